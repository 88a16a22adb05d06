"""What runs publish day after day, by a loop over the days: tiers with hysteresis, alerts, and since
when a lead is an MQL or SQL.
"""

import copy

from .reading import read_text
from .scorer import name_in, number_in, of_model

DISQUALIFIED = "disqualified"


class Publications:
    """What was published up to a day.

    tiers: dict (lead_id, scoring_model) -> (tier, tier_since, previous_tier).
    alerts: set of (lead_id, scoring_model, crossing, tier or None, crossed_on, score, cause).
    unalerted: the same of crossings of the first publication of a scoring model; cause is None.
    qualifications: dict (lead_id, scoring_model) -> dict of dates by name, as in
    lead_qualifications; qualification is None of a lead that is no longer scored.
    """

    def __init__(self, configuration):
        self.configuration = configuration
        self.tiers, self.alerts, self.qualifications = {}, set(), {}
        self.unalerted, self.models, self.models_today, self.causes = set(), set(), set(), {}
        self.last, self.day, self.before = {}, None, None

    def publish(self, day, lead_scores, causes=()):
        """Publish the rows of lead_scores of a day that is not earlier than any before.

        causes: what made leads cross: dict (lead_id, scoring_model) -> word; crossings of rules
        raise no alert. What the same day published before gives way, but for its alerts.
        """
        self.causes = dict(causes)
        if day == self.day:
            self.tiers, self.qualifications, self.last = self.before
        else:
            self.models |= self.models_today
        self.models_today = {
            read_text(row["scoring_model"]) for row in self.configuration["scoring_models"]}
        self.before = copy.deepcopy((self.tiers, self.qualifications, self.last))
        self.day = day
        today = {(row["lead_id"], row["scoring_model"]): row for row in lead_scores}
        for key in self.last.keys() | today.keys():
            self.change_tier(key, day, today.get(key))
            self.change_qualification(key, day, today.get(key))
        for key, row in today.items():
            self.cross_marks(key, day, row, self.last.get(key))
        self.last = today

    def model(self, name):
        """The row of a scoring model."""
        return next(row for row in self.configuration["scoring_models"]
                    if name_in(row, "scoring_model") == name.lower())

    def change_tier(self, key, day, row):
        """Settle the tier of a lead; reaching a better one with response_minutes is an alert."""
        if row is None:
            self.tiers.pop(key, None)
            return
        published = self.tiers.get(key, (None,))[0]
        ranked = sorted(of_model(self.configuration["tiers"], self.model(key[1])),
                        key=lambda tier: number_in(tier, "rank"))
        names = [read_text(tier["tier"]) for tier in ranked]
        tier = row["tier"]
        if published in names and tier in names and names.index(published) < names.index(tier):
            kept_by = ranked[names.index(published)]
            least = number_in(kept_by, "keep_score")
            if least is None:
                least = number_in(kept_by, "min_score")
            if least is None or row["score"] >= least:
                tier = published
        if tier == published:
            return
        self.tiers[key] = (tier, day, published)
        before = len(names) - 1 if published in (None, DISQUALIFIED) else names.index(published)
        if tier in names and names.index(tier) < before and number_in(
                ranked[names.index(tier)], "response_minutes") is not None:
            self.alert(*key, "tier", tier, day, row["score"])

    def cross_marks(self, key, day, row, before):
        """Reaching mql_score or sql_score from below is an alert."""
        model = self.model(key[1])
        for mark in ("mql_score", "sql_score"):
            least = number_in(model, mark)
            if is_reached(row, least) and not (before and is_reached(before, least)):
                tier = self.tiers.get(key, (None,))[0]
                self.alert(*key, mark, tier, day, row["score"])

    def alert(self, *alert):
        """Tell of a crossing; once a day, with the score and cause that were told first."""
        is_first = alert[1] not in self.models
        cause = None if is_first else self.causes.get(alert[:2], "attribute")
        kept = self.unalerted if is_first else self.alerts
        if cause != "rules" and all(told[:5] != alert[:5] for told in kept):
            kept.add((*alert, cause))

    def change_qualification(self, key, day, row):
        """Note on which day a lead became or ceased to be an MQL (an SQL is one, too) or SQL."""
        dates = self.qualifications.setdefault(key, {"qualification": None})
        before, now = dates["qualification"], row and row["qualification"]
        for name, words in (("mql", ("mql", "sql")), ("sql", ("sql",))):
            if now in words and before not in words:
                dates.setdefault(f"first_{name}_on", day)
                dates[f"{name}_reached_on"] = day
            if before in words and now not in words:
                dates[f"{name}_lost_on"] = day
        dates["qualification"] = now


def is_reached(row, least):
    """Whether the score of a row of lead_scores is at a mark, which may be None."""
    return least is not None and not row["is_disqualified"] and row["score"] >= least
