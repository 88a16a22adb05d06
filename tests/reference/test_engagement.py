"""Tests of the reference scorer: what an activity is, the rules and the decay."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from .engagement import decay, is_like
from .reading import ACTIVITY_TABLES
from .worlds_for_tests import AS_OF, VISIT, act, ago, contact, ledger, points, run, scored, visit_points, visits

# Decay and rules


@pytest.mark.parametrize("start, kind, days, rate, vector", [
    (10, None, None, None, {0: 10, 1000: 10}),
    (10, "none", None, None, {0: 10, 1000: 10}),
    (10, "half_life", 30, None, {0: 10, 30: 5, 60: 2.5}),
    (9, "linear", 90, None, {3: 8.7, 90: 0, 91: 0}),
    (10, "step", 30, 0.5, {29: 10, 30: 5, 60: 0, 90: 0}),
    (10, "compound", 30, 0.5, {29: 10, 30: 5, 60: 2.5}),
    (10, "expire", 30, None, {29: 10, 30: 0}),
])
def test_decay_vectors(start, kind, days, rate, vector):
    for age, expected in vector.items():
        left = decay(kind, age, days and Fraction(days), rate and Fraction(rate))
        assert float(start * left) == pytest.approx(expected, abs=1e-12)
        cells = {"decay": kind, "decay_days": days, "decay_rate": rate}
        cells = {name: "" if cell is None else str(cell) for name, cell in cells.items()}
        assert visit_points(age, points=str(start), **cells) == pytest.approx(expected, abs=1e-9)


def test_half_life_between_the_halvings():
    assert float(decay("half_life", 15, Fraction(30))) == pytest.approx(0.5 ** 0.5, abs=1e-15)


def test_each_with_window_and_daily_limit():
    assert visit_points(0, 6, 7, window_days="7") == 20
    assert visit_points(0, 0, 0, 1, daily_limit="2") == 30
    assert visit_points(-1) is None  # not before its day
    result = run({"web_events": visits(0, 0, 30)}, engagement_criteria=[
        act(daily_limit="1", decay="half_life", decay_days="30", max_points="12")])
    assert ledger(result, "a") == {
        "lead_id": "c1", "scoring_model": "m", "criterion": "a", "dimension": "engagement",
        "category": "content", "occurrences": 3, "raw_points": 30, "points": 12,
        "last_occurred_on": AS_OF}
    assert visit_points(0, 1, points="-10", max_points="15") == -15


def test_a_criterion_that_is_met_without_points_is_in_the_ledger():
    result = run({"web_events": visits(30)},
                 engagement_criteria=[act(decay="expire", decay_days="30")])
    assert ledger(result, "a")["points"] == 0 and ledger(result, "a")["raw_points"] == 10


def test_amount_sums_the_raw_values():
    activity = VISIT | {"quantity": "duration_seconds"}

    def amount(seconds, **cells):
        events = [row | {"duration_seconds": value}
                  for row, value in zip(visits(*[0] * len(seconds)), seconds)]
        return points(run({"web_events": events}, activities=[activity],
                          engagement_criteria=[act("amount", "2", **cells)]))

    assert amount(["30", "60.5"]) == 181
    assert amount(["30", "60"], per="60") == 3
    assert amount(["30", "60"], per="60", daily_limit="1") == 3
    assert amount(["long", None]) == 0  # occurrences, but nothing to sum
    assert amount([]) is None


@pytest.mark.parametrize("ages, cells, met", [
    ([1, 2], {"min_count": "2"}, True),
    ([1], {"min_count": "2"}, False),
    ([1, 2, 3], {"min_count": "2", "max_count": "2"}, False),
    ([1, 2, 3], {"max_count": "3"}, True),
    ([], {"max_count": "0"}, True),
    ([], {"min_count": "0", "max_count": "2"}, True),
    ([0, 6], {"min_count": "2", "window_days": "7"}, True),
    ([0, 7], {"min_count": "2", "window_days": "7"}, False),
    ([1, 1, 1], {"min_count": "2", "daily_limit": "1"}, False),
    ([1, 1, 2], {"min_count": "2", "max_count": "2", "daily_limit": "1"}, True),
])
def test_count(ages, cells, met):
    assert visit_points(*ages, rule="count", **cells) == (10 if met else None)


@pytest.mark.parametrize("opened, clicked, cells, met", [
    ([1, 2, 3], [1], {"min_rate": "0.333333"}, True),
    ([1, 2, 3], [1], {"min_rate": "0.333334"}, False),
    ([1, 2], [1], {"min_rate": "0.5"}, True),
    ([], [1], {"min_rate": "0.1"}, False),
    ([1], [1, 1, 1], {"min_rate": "1"}, True),
    ([1], [1], {"min_rate": "0.5", "min_count": "2"}, False),
    ([1, 2], [1], {"min_rate": "0.5", "min_count": "2"}, True),
    ([1, 40], [1], {"min_rate": "1", "window_days": "30"}, True),
    ([1, 1, 1], [1, 1, 1], {"min_rate": "0.5", "daily_limit": "1"}, False),
    ([1, 1], [1, 1], {"min_rate": "0.5", "daily_limit": "1"}, True),
])
def test_rate(opened, clicked, cells, met):
    activities = [{"activity": name, "source": "email", "event_name": name}
                  for name in ("opened", "clicked")]
    events = visits(*opened, event_name="opened") + visits(*clicked, event_name="clicked")
    result = run({"email_events": events}, activities=activities, engagement_criteria=[
        act("rate", activity="clicked", per="opened", **cells)])
    assert points(result) == (10 if met else None)
    if met:
        inside = [age for age in clicked if age < int(cells.get("window_days", 1000))]
        assert ledger(result, "a")["occurrences"] == len(inside)


def test_inactive():
    def inactive(*ages, activity="any", **tables):
        return points(run({"web_events": visits(*ages), **tables}, engagement_criteria=[
            act("inactive", "-15", activity=activity, window_days="30")]))

    assert inactive(30) == -15 and inactive(29) is None and inactive(30, 29) is None
    assert inactive(30, activity="visit") == -15
    assert inactive(29, -1) is None
    # never: since the creation day
    assert inactive(contacts=[contact(created_at=ago(30, "23:59:59"))]) == -15
    assert inactive(contacts=[contact(created_at=ago(29, "00:00:00"))]) is None
    # activity before the creation day counts all the same
    assert inactive(40, contacts=[contact(created_at=ago(1))]) == -15
    neutral = run({"web_events": visits(5)}, activities=[VISIT | {"intent": "neutral"}],
                  engagement_criteria=[act("inactive", "-15", activity="any", window_days="30")])
    assert points(neutral) == -15 and scored(neutral)["last_activity_on"] is None
    row = ledger(run({"web_events": visits(30, 200)}, engagement_criteria=[
        act("inactive", "-15", activity="any", window_days="30")]), "a")
    assert row["occurrences"] == 2 and row["last_occurred_on"] == AS_OF - timedelta(days=30)


@pytest.mark.parametrize("ages, cells, met", [
    ([0, 10, 11], {"min_rate": "0.5"}, True),
    ([0, 1, 10, 11], {"min_rate": "0.5"}, False),
    ([9, 10, 19], {"min_rate": "0.5"}, True),
    ([9, 10, 20], {"min_rate": "0.5"}, False),
    ([], {"min_rate": "0.5"}, False),
    ([10], {"min_rate": "1"}, True),
    ([10], {"min_rate": "1", "min_count": "2"}, False),
    ([10, 11], {"min_rate": "1", "min_count": "2"}, True),
    ([5, 10, 10], {"min_rate": "0.5", "daily_limit": "1"}, False),
    ([5, 5, 10, 11], {"min_rate": "0.5", "daily_limit": "1"}, True),
])
def test_decline(ages, cells, met):
    assert visit_points(*ages, rule="decline", points="-10", window_days="10", **cells) == (
        -10 if met else None)


def test_the_published_example():
    """A visit +5, a download +20, opened and clicked +10 each, a demo +40, a quiet month -15."""
    activities = [
        VISIT,
        {"activity": "download", "source": "web", "event_name": "content_downloaded",
         "intent": "positive"},
        {"activity": "demo", "source": "web", "event_name": "demo_requested",
         "intent": "positive"},
    ]
    criteria = [act("each", "5", "visit", "visit"), act("each", "20", "download", "download"),
                act("each", "40", "demo", "demo"),
                act("inactive", "-15", "quiet", "any", window_days="30")]
    events = (visits(3) + visits(2, event_name="content_downloaded")
              + visits(1, event_name="demo_requested"))
    files = {"activities": activities, "engagement_criteria": criteria}
    row = scored(run({"web_events": events}, **files))
    assert row["engagement_points"] == 65 and row["engagement_score"] == 65
    assert row["score"] == Decimal("32.5") and row["last_activity_on"] == date(2024, 6, 29)
    later = scored(run({"web_events": events}, as_of=date(2024, 7, 29), **files))
    assert later["engagement_points"] == 50


# What an activity is


def test_wildcards():
    assert is_like("Content_Downloaded", "content_%") and is_like("", "%")
    assert not is_like("pageXviewed", "page_viewed") and is_like("a.b", "a.b")
    assert not is_like("axb", "a.b") and is_like("a\nb", "a%b") and is_like("abcabc", "a%c")


def occurs(activity, source="web", **cells):
    """Whether a raw row of a source is an occurrence of an activity with the conditions."""
    table = {name: table for table, name in ACTIVITY_TABLES.items()}[source]
    key = "sales_activity_id" if source == "sales" else "event_id"
    row = visits(1)[0] | {key: "e"} | cells
    result = run({table: [row]}, activities=[{"activity": "visit", **activity}],
                 engagement_criteria=[act()])
    return points(result) == 10


def test_an_activity_matches_rows_that_meet_every_filled_condition():
    assert occurs({"source": "web"}) and not occurs({"source": "product"})
    assert occurs({"source": "web", "event_name": " PAGE_% "})
    assert not occurs({"source": "web", "page_path": "%"})
    assert occurs({"source": "web", "page_path": "%"}, page_path="/")
    assert occurs({"source": "web", "page_path": "/Blog/?x"}, page_path="/blog/#top")
    assert occurs({"source": "web", "page_path": "/blog/%"}, page_path="/BLOG/a/?b")
    assert not occurs({"source": "web", "page_path": "/blog/%"}, page_path="/blog/")
    assert occurs({"source": "web", "page_path": "/"}, page_path="/?utm=1")
    assert occurs({"source": "web", "content_id": "GUIDE-%"}, content_id="guide-1")
    assert not occurs({"source": "web", "content_id": "%"}, content_id="n/a")
    assert occurs({"source": "web", "utm_source": "unknown"}, utm_source="Unknown")
    assert occurs({"source": "email", "campaign_id": "m%", "event_name": "opened"}, "email",
                  campaign_id="M1", event_name="opened")
    assert occurs({"source": "sales", "event_name": "call", "direction": "inbound"}, "sales",
                  kind="Call", direction="Inbound")
    assert not occurs({"source": "sales", "event_name": "call", "direction": "outbound"}, "sales",
                      kind="call", direction="inbound")


def test_percentages_are_floored():
    for value, met in [("74.999", False), ("75", True), ("75.9", True), (None, False)]:
        assert occurs({"source": "web", "min_percent_complete": "75"},
                      percent_complete=value) is met
    assert occurs({"source": "web", "min_percent_complete": "75.5"}, percent_complete="75.1")


def test_automated_activity_counts_nowhere_but_tells_who_a_device_is():
    bot = visits(1, anonymous_id="a1", user_agent="x GOOGLEBOT/2.1")
    person = visits(2, contact_id=None, anonymous_id="a1")
    result = run({"web_events": bot + person}, engagement_criteria=[act()])
    assert points(result) == 10 and scored(result)["last_activity_on"] == date(2024, 6, 28)
    result = run({"web_events": bot + person}, engagement_criteria=[act()],
                 options={"score_automated": True})
    assert points(result) == 20
