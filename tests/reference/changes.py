"""Why the points of leads differ between two published days, from score() of both days."""

from collections import defaultdict
from fractions import Fraction

from .engagement import Tally
from .reading import read_text
from .scorer import criteria_rows, name_in, of_model

LABELS = ("description", "category", "stage", "channel", "intent")
# Attributes that depend on the deals and activity of everybody who merged into the lead.
OF_ALL_MERGED = ("account_user_count", "days_since_won_deal", "open_deal_count",
                 "owned_product_count")


def score_changes(published, known_now, today, from_day, rules_before, rules):
    """The changes between a published day and a later one.

    published: what score() gave for from_day (date) with the rows and rules_before (a
    configuration) of then; known_now: what it gives for from_day with today's rows and rules (a
    configuration); today: likewise for the later day.
    Returns a dict (lead_id, scoring_model, cause, criterion) -> points (Fraction), none of them 0.
    """
    points = [points_of(result) for result in (published, known_now, today)]
    before, _, now = (scored_in(result) for result in (published, known_now, today))
    changes = defaultdict(Fraction)
    for key in before | now:
        criteria = sorted({criterion for found in points for criterion in found[key]})
        if key not in before or key not in now or key not in scored_in(known_now):
            absence = cause_of_absence(key, before, now, known_now, today, rules_before, rules)
            for criterion in criteria:
                cause = absence or cause_of_kind(points, key, criterion)
                changes[(*key, cause, criterion)] += (
                    points[2][key].get(criterion, (0,))[0] - points[0][key].get(criterion, (0,))[0])
            continue
        stopped = stopped_points(today["leads"][key[0]], key[1], from_day, rules)
        for criterion in sorted({*criteria, *stopped}):
            steps = [found[key].get(criterion, (Fraction(0),))[0] for found in points]
            kind = cause_of_kind(points, key, criterion)
            first = kind
            if definition(rules_before, key[1], criterion) != definition(rules, key[1], criterion):
                first = "rules"
            elif kind != "limit" and contacts_of(published, key[0]) != contacts_of(
                    known_now, key[0]):
                first = "merge"
            if kind == "new_activity":
                merged, active = stopped.get(criterion, (Fraction(0), Fraction(0)))
                causes = [(first, steps[0], steps[1]), ("merge", steps[1], merged),
                          ("new_activity", merged, active), ("decay", active, steps[2])]
            else:
                last = kind
                if kind == "attribute" and is_same_date(known_now, today, key, criterion, rules):
                    last = "decay"
                elif (attribute_of(rules, key[1], criterion) in OF_ALL_MERGED
                        and contacts_of(known_now, key[0]) != contacts_of(today, key[0])):
                    last = "merge"
                causes = [(first, steps[0], steps[1]), (last, steps[1], steps[2])]
            for cause, start, end in causes:
                changes[(*key, cause, criterion)] += end - start
    return {key: change for key, change in changes.items() if change != 0}


def crossing_causes(changes, rules):
    """What made a lead cross, if it did: dict (lead_id, scoring_model) -> word of score_alerts.

    changes: what score_changes() gives; rules: the configuration, of which nothing but criteria
    and limits was edited.
    """
    words = {"new_activity": "activity", "attribute": "attribute", "merge": "merge",
             "rules": "rules"}
    gained = defaultdict(lambda: dict.fromkeys([*words.values(), "faded"], Fraction(0)))
    for (lead_id, scoring_model, cause, criterion), points in changes.items():
        of_lead = gained[lead_id, scoring_model]
        if cause in words:
            of_lead[words[cause]] += points
        elif cause == "decay" and fit_criterion(rules, scoring_model, criterion) is None:
            of_lead["faded"] += points
    causes = {}
    for key, points in gained.items():
        faded = points.pop("faded")
        # max gives the first of equal ones.
        best = max(points, key=points.__getitem__)
        causes[key] = best if points[best] > 0 else "activity" if faded > 0 else "attribute"
    return causes


def points_of(result):
    """Of each lead and model: dict criterion -> (points, dimension)."""
    found = defaultdict(dict)
    for row in result["lead_score_ledger"]:
        found[row["lead_id"], row["scoring_model"]][row["criterion"]] = (
            Fraction(row["points"]), row["dimension"])
    return found


def scored_in(result):
    """The leads and models that are scored: set of (lead_id, scoring_model)."""
    return {(row["lead_id"], row["scoring_model"]) for row in result["lead_scores"]}


def cause_of_kind(points, key, criterion):
    """What changes points of a kind, if nothing else is known: limit, attribute or new_activity."""
    if criterion.startswith("limit:"):
        return "limit"
    dimensions = {found[key][criterion][1] for found in points if criterion in found[key]}
    return "attribute" if "fit" in dimensions else "new_activity"


def cause_of_absence(key, before, now, known_now, today, rules_before, rules):
    """Why a lead is not scored on one of the days, or None if all depends on what gave points.

    Scored on both days, it is in no population on the first one by what is known now.
    """
    lead_id, scoring_model = key
    models, models_before = (
        {read_text(row["scoring_model"]): read_text(row["population"])
         for row in configuration["scoring_models"]}
        for configuration in (rules, rules_before))
    is_edited = models.get(scoring_model) != models_before.get(scoring_model)
    would_be_scored = key in scored_in(known_now)
    if key in before and key in now:
        return "rules" if is_edited else "attribute"
    if key in now:
        if scoring_model not in models_before or (is_edited and would_be_scored):
            return "rules"
        merged = contacts_of(today, lead_id) - {lead_id}
        if any((name, scoring_model) in before for name in merged):
            return "merge"
        is_back = lead_id in known_now["survivors"] and not would_be_scored
        return "attribute" if is_back else None
    if scoring_model not in models:
        return "rules"
    if today["survivors"].get(lead_id, lead_id) != lead_id:
        return "merge"
    return "rules" if is_edited and not would_be_scored else "attribute"


def contacts_of(result, lead_id):
    """The contacts that have become a lead: set of ids."""
    return {name for name, survivor in result["survivors"].items() if survivor == lead_id}


def stopped_points(lead, scoring_model, clock_on, rules):
    """The engagement points of a lead (of score()'s leads) when no time passes after clock_on.

    Returns a dict criterion -> (points of activity up to clock_on, points of all activity).
    """
    criteria = of_model(rules["engagement_criteria"], {"scoring_model": scoring_model})
    earlier = {name: Tally(type(tally.count)({day: n for day, n in tally.count.items()
                                              if day <= clock_on}),
                           {day: q for day, q in tally.quantity.items() if day <= clock_on})
               for name, tally in lead["tallies"].items()}
    both = [{row["criterion"]: row["points"]
             for row in criteria_rows({**lead, "tallies": tallies}, [], criteria, clock_on,
                                      None, None)}
            for tallies in (earlier, lead["tallies"])]
    return {criterion: (both[0][criterion], both[1][criterion]) for criterion in both[0]}


def is_same_date(known_now, today, key, criterion, rules):
    """Whether a criterion waits for a date that the lead had on both days."""
    row = fit_criterion(rules, key[1], criterion)
    if row is None or name_in(row, "operator") != "due_within":
        return False
    values = [result["leads"][key[0]]["attributes"][name_in(row, "attribute")]
              for result in (known_now, today)]
    return None not in values and values[0] == values[1]


def attribute_of(rules, scoring_model, criterion):
    """The attribute that a fit criterion tests; None for other criteria and limits."""
    row = fit_criterion(rules, scoring_model, criterion)
    return None if row is None else name_in(row, "attribute")


def fit_criterion(rules, scoring_model, criterion):
    """The row of a fit criterion of a scoring model, or None."""
    return next((row for row in of_model(rules["fit_criteria"], {"scoring_model": scoring_model})
                 if read_text(row["criterion"]) == criterion), None)


def definition(rules, scoring_model, criterion):
    """What a criterion or limit asks for and gives, with the activities that it counts."""
    model = {"scoring_model": scoring_model}
    if criterion.startswith("limit:"):
        return [cells(row) for row in of_model(rules["category_limits"], model)
                if ":".join(["limit", name_in(row, "dimension"), read_text(row["category"])])
                == criterion]
    rows = [row for file in ("fit_criteria", "engagement_criteria")
            for row in of_model(rules[file], model) if read_text(row["criterion"]) == criterion]
    wanted = {name_in(row, name) for row in rows for name in ("activity", "per")
              if row.get(name)}
    return [cells(row) for row in rows] + [
        cells(row) for row in rules["activities"]
        if name_in(row, "activity") in wanted
        or ("any" in wanted and name_in(row, "intent") == "positive")]


def cells(row):
    """The filled cells of a row of the configuration that scores depend on."""
    return {name: read_text(value) for name, value in row.items()
            if name not in LABELS and read_text(value)}
