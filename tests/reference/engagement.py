"""The activities of which a raw row is an occurrence, and the points of the engagement rules."""

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction

from .reading import read_number, read_path, read_text

PATTERNS = ("event_name", "page_path", "content_id", "form_id", "utm_source", "utm_medium",
            "utm_campaign", "campaign_id", "network", "link_url", "feature", "product",
            "direction", "outcome")
# Conditions that a raw column of another name meets.
RAW_COLUMNS = {("sales", "event_name"): "kind", ("email", "outcome"): "bounce_type"}
RULES = ("each", "amount", "count", "rate", "inactive", "decline")
DECAYS = ("none", "half_life", "linear", "step", "compound", "expire")
ANY = "any"  # stands for any activity of positive intent


def is_like(text, pattern):
    """Whether a text matches a pattern: any case, `%` is the wildcard, `_` is itself."""
    parts = [re.escape(part) for part in pattern.lower().split("%")]
    return re.fullmatch(".*".join(parts), text.lower(), re.DOTALL) is not None


def is_automated(fact, patterns):
    """Whether the user agent of a fact (web and e-mail events) matches one of the patterns."""
    agent = fact["row"].get("user_agent")
    return agent is not None and any(is_like(agent, pattern) for pattern in patterns)


def machine_reactions(facts, networks, within_seconds=10):
    """How many signs say that a program reacted to a mail: dict id(fact) -> number of signs.

    Only rows of email_events of one address (without one, of one contact_id), campaign_id and day are
    compared. facts: see identity.attribute_facts; networks: what the addresses of scanners begin with.
    """
    mails = {}
    for fact in facts:
        row = fact["row"]
        if fact["source"] == "email" and row.get("campaign_id"):
            key = row["email"] or row["contact_id"], row["campaign_id"].lower(), fact["day"]
            mails.setdefault(key, []).append({
                "fact": fact, "event": row["event_name"].lower(), "at": row["occurred_at"],
                "link": (row.get("link_url") or "").lower(), "ip": (row.get("ip_address") or "").lower()})
    signs = {}
    for rows in mails.values():
        clicks = [row for row in rows if row["event"] == "clicked" and row["link"]]
        links = {row["link"] for row in clicks}
        can_unsubscribe = any(
            word in link for link in links for word in ("unsubscri", "opt-out", "optout"))
        for row in rows:
            if row["event"] not in ("opened", "clicked", "unsubscribed"):
                continue
            near = [other for other in rows if abs(other["at"] - row["at"]) <= timedelta(seconds=2)]
            deliveries = [other["at"] for other in rows
                          if other["event"] == "delivered" and other["at"] <= row["at"]]
            is_several = len({other["link"] for other in near if other in clicks}) >= 2
            signs[id(row["fact"])] = sum([
                bool(deliveries)
                and row["at"] - max(deliveries) <= timedelta(seconds=within_seconds),
                row in clicks and len(links) >= 3 and can_unsubscribe and row["at"] == min(
                    click["at"] for click in clicks if click["link"] == row["link"]),
                is_several,
                row["event"] == "clicked" and not any(
                    other["event"] == "opened" and other["at"] <= row["at"] for other in rows),
                is_several and any(other["event"] == "unsubscribed" for other in near),
                any(row["ip"].startswith(network.lower()) for network in networks),
            ])
    return signs


def counted_facts(facts, options, seeds):
    """The facts that are not automated, by their user agent or by enough signs; with the option
    score_automated all of them.
    """
    if options.get("score_automated"):
        return facts
    within = options.get("automated_within_seconds")
    signs = machine_reactions(
        facts, seeds["scanner_networks"], 10 if within is None else within)
    return [fact for fact in facts
            if not is_automated(fact, seeds["automated_user_agents"])
            and signs.get(id(fact), 0) < (options.get("automated_signs") or 2)]


def is_occurrence(fact, activity):
    """Whether a fact is an occurrence of an activity: it meets every filled condition.

    fact: see identity.attribute_facts; activity: a row of activities as dict of str.
    A condition on something that the row has not is not met, also `%`.
    """
    source = read_text(activity.get("source"))
    if source and fact["source"] != source.lower():
        return False
    for column in PATTERNS:
        pattern = read_text(activity.get(column))
        if pattern is None:
            continue
        if column in ("page_path", "link_url"):
            pattern = read_path(pattern)
        value = fact["row"].get(RAW_COLUMNS.get((fact["source"], column), column))
        if value is None or not is_like(value, pattern):
            return False
    minimum = read_number(activity.get("min_percent_complete"))
    if minimum is not None:
        value = fact["row"].get("percent_complete")
        if value is None or math.floor(value) < math.floor(minimum):
            return False
    return True


@dataclass
class Tally:
    """A lead's occurrences of one activity up to the as-of day."""

    count: Counter = field(default_factory=Counter)  # day -> n(d)
    quantity: dict = field(default_factory=dict)  # day -> q(d), Fraction

    def add(self, day, quantity=None):
        """Add an occurrence on a day, with its quantity (Fraction or None)."""
        self.count[day] += 1
        self.quantity[day] = self.quantity.get(day, Fraction(0)) + (quantity or 0)


def tallies_of(facts, activities):
    """The tallies of one lead: dict activity name in lower case -> Tally, with `any` for all rows
    of positive intent (a row counts once, whatever number of activities it is).

    facts: the lead's facts that count; activities: rows of activities.
    """
    result = {ANY: Tally()}
    for activity in activities:
        result[read_text(activity["activity"]).lower()] = Tally()
    for fact in facts:
        is_positive = False
        for activity in activities:
            if is_occurrence(fact, activity):
                column = (read_text(activity.get("quantity")) or "").lower()
                quantity = fact["row"].get(column)
                result[read_text(activity["activity"]).lower()].add(fact["day"], quantity)
                is_positive |= (read_text(activity.get("intent")) or "").lower() == "positive"
        if is_positive:
            result[ANY].add(fact["day"])
    return result


def decay(kind, age, days=None, rate=None):
    """What is left of a point after age whole days (Fraction; exact but for half_life, which has
    50 digits).

    kind: one of DECAYS or None; days: H or T (Fraction); rate: r (Fraction).
    Raises ValueError on an unknown kind.
    """
    if kind in (None, "none"):
        return Fraction(1)
    if kind == "half_life":
        halvings = Fraction(age) / days
        if halvings.denominator == 1:
            return Fraction(1, 2 ** int(halvings))
        with localcontext() as context:
            context.prec = 50
            exponent = -Decimal(halvings.numerator) / Decimal(halvings.denominator)
            return Fraction(Decimal(2) ** exponent)
    if kind == "linear":
        return max(Fraction(0), 1 - Fraction(age) / days)
    if kind == "step":
        return max(Fraction(0), 1 - rate * math.floor(age / days))
    if kind == "compound":
        return (1 - rate) ** math.floor(age / days)
    if kind == "expire":
        return Fraction(1 if age < days else 0)
    raise ValueError(f"unknown decay {kind}")


@dataclass
class Outcome:
    """What a criterion gives to one lead."""

    met: bool
    points: Fraction  # unlimited and unrounded where max_points has not been applied yet
    raw_points: Fraction = Fraction(0)
    occurrences: int | None = None
    last_occurred_on: date | None = None


def evaluate(criterion, tallies, as_of, created_on):
    """Evaluate an engagement criterion for one lead, before max_points and rounding.

    criterion: a row of engagement_criteria as dict of str; tallies: see tallies_of; as_of: date
    (what occurred later counts as if on that day); created_on: the lead's creation day.
    Returns an Outcome.
    Raises ValueError on an unknown rule, decay or activity, or a missing window.
    """
    def text(column):
        found = read_text(criterion.get(column))
        return found.lower() if found else None

    def number(column):
        return read_number(criterion.get(column))

    def tally_of(name):
        if name not in tallies:
            raise ValueError(f"unknown activity {name}")
        return tallies[name]

    rule, points, window = text("rule"), number("points"), number("window_days")
    tally = tally_of(text("activity"))
    limit, min_count, max_count, min_rate = (
        number(column) for column in ("daily_limit", "min_count", "max_count", "min_rate"))
    if rule in ("inactive", "decline") and window is None:
        raise ValueError(f"rule {rule} needs window_days")

    def age(day):
        return max(0, (as_of - day).days)

    def days(counts, start=0, end=window):
        """The days d of occurrences with start <= as-of - d < end."""
        return [day for day in counts
                if start <= age(day) and (end is None or age(day) < end)]

    def capped(day):
        count = tally.count[day]
        return count if limit is None else min(count, limit)

    def total(start=0, end=window):
        return sum(capped(day) for day in days(tally.count, start, end))

    def left(day):
        return decay(text("decay"), age(day), number("decay_days"), number("decay_rate"))

    inside = days(tally.count) if rule != "inactive" else list(tally.count)
    occurrences = sum(tally.count[day] for day in inside)
    last = max(inside, default=None)

    if rule == "each":
        met = bool(inside)
        given = points * sum(capped(day) * left(day) for day in inside)
        raw = points * occurrences
    elif rule == "amount":
        met = bool(inside)
        per = number("per") or 1
        given = points * sum(tally.quantity[day] * left(day) for day in inside) / per
        raw = points * sum(tally.quantity[day] for day in inside) / per
    else:
        def holds():
            if rule == "count":
                found = total()
                return (min_count is None or min_count <= found) and (
                    max_count is None or found <= max_count)
            if rule == "rate":
                others = tally_of(text("per")).count
                base = sum(others[day] for day in days(others))
                return base > 0 and base >= (min_count or 0) and (
                    total() >= (min_rate or 0) * base)
            if rule == "inactive":
                return (as_of - (last or created_on)).days >= window
            if rule == "decline":
                before = total(window, 2 * window)
                return before > 0 and before >= (min_count or 0) and (
                    total() <= (1 - (min_rate or 0)) * before)
            raise ValueError(f"unknown rule {rule}")

        met = holds()
        given = raw = points if met else Fraction(0)
    return Outcome(met, Fraction(given), Fraction(raw), occurrences, last)
