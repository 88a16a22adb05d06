"""Hand-offs of random companies over several days, compared with a reference in plain Python."""

import random
from collections import Counter
from datetime import datetime, time, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from tests.reference.handoffs import HandOffs, activities_of, attainment
from tests.reference.publication import Publications
from tests.reference.random_handoffs import (
    CALENDAR_OF,
    calendars_near,
    corrected,
    give_owners,
    merged,
    random_calls,
    some_by_address,
)
from tests.reference.random_worlds import SEEDS, random_world
from tests.reference.scorer import score
from tests.scoring_files import MODEL, configuration, criterion
from tests.suites import worlds
from tests.test_handoffs import random_calendar, write_calendars
from tests.test_laws import given

MODELS = ("acquisition", "expansion")
MARTS = ("+score_alerts", "+sales_handoffs", "+sla_attainment", "+lead_tiers")
UNCHANGED = ("--exclude", "path:seeds", "path:models/0_configuration")
ALERT = ("lead_id", "scoring_model", "tier", "crossed_on", "score")
FIRST_TOO = {"handoffs_on_first_publication": True}
EVENTFUL, CALLS = 1591, 7  # a world and calls in which everything occurs
STATUSES = {"met", "breached", "at_risk", "waiting"}


def rules(minutes=("60", "2400")):
    """Two models of everyone whose scores rise and fall within days.

    minutes: the response minutes of the tiers hot (which one of the models has not) and warm.
    """
    files = configuration(
        scoring_models=[{**MODEL, "scoring_model": name, "population": ""} for name in MODELS],
        activities=[{"activity": source, "source": source, "intent": "positive"}
                    for source in ("web", "email", "product")])
    for model, activities in zip(MODELS, (("web", "email"), ("web", "product"))):
        files["engagement_criteria"] += [
            {**criterion(name, 10, activity=name, decay="expire", decay_days=2),
             "scoring_model": model} for name in activities]
        files["tiers"] += [
            {"scoring_model": model, "rank": "1", "tier": "hot", "min_score": "20",
             "keep_score": "15",
             "response_minutes": minutes[0] if model == "expansion" else ""},
            {"scoring_model": model, "rank": "2", "tier": "warm", "min_score": "10",
             "response_minutes": minutes[1],
             "response_unit": "minutes" if model == "acquisition" else ""},
            {"scoring_model": model, "rank": "3", "tier": "cold"}]
    return files


def write(project, calendars):
    """Write the calendars; `house` goes by the reporting time zone without naming it."""
    write_calendars(
        project,
        calendars=[[name, "" if name == "house" else calendar.zone.key, str(name == "house")]
                   for name, calendar in calendars.items()],
        business_hours=[[name, *hours] for name, calendar in calendars.items()
                        for hours in calendar.hours],
        holidays=[[name, day, ""] for name, calendar in calendars.items()
                  for day in sorted(calendar.holidays)],
        owner_calendars=list(CALENDAR_OF.items()))


def end_of(day, zone):
    """The end of a day in a time zone, as UTC time without zone."""
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return midnight.astimezone(timezone.utc).replace(tzinfo=None)


def tier_crossings(project):
    """What raised alerts of tiers, or handed over with the first publication: two lists of rows."""
    return (project.query("select * from marts.score_alerts where crossing = 'tier'"),
            project.query("select *, 'tier' as crossing from scoring.int_first_handoffs"))


def compare(project, mart, grain, wanted):
    """A mart has the rows that the reference has (dict key -> row), in every column."""
    found = {tuple(row[name] for name in grain): row
             for row in project.query(f"select * from marts.{mart}")}
    assert found.keys() == wanted.keys()
    for key, row in found.items():
        assert row.keys() == wanted[key].keys()
        assert {name: (value, wanted[key][name]) for name, value in row.items()
                if value != wanted[key][name] and not (
                    isinstance(wanted[key][name], Fraction) and isinstance(value, float)
                    and abs(value - wanted[key][name]) < 1e-9)} == {}, key
    return [found[key] for key in sorted(found)]


def delivered(rng, raw_tables, calls, is_all):
    """The raw tables with calls, and with all or seven tenths of other activities."""
    kept = {table: [row for row in rows if is_all or not table.endswith("_events")
                    or rng.random() < 0.7]
            for table, rows in raw_tables.items()}
    return {**kept, "sales_activities": raw_tables["sales_activities"] + calls}


def missing_situations(seen, calendars):
    """Which situations of the docs do not occur in what the marts said run by run (list of their
    rows).
    """
    rows, groups = ([row for run in seen for row in run[mart]] for mart in (0, 1))
    last = seen[-1][0]
    answered = [row for row in rows if row["responded_at"] is not None]
    times_handed_off = Counter((row["lead_id"], row["scoring_model"]) for row in last)

    def zone(row):
        return calendars[row["calendar"]].zone

    occurred = {
        "every calendar": {row["calendar"] for row in last} == calendars.keys(),
        "edited minutes": {row["response_minutes"] for row in last} == {15, 60, 480, 2400},
        "both units": {row["response_unit"] for row in last} == {"business_minutes", "minutes"},
        "the same day found more": len(seen[2][0]) > len(seen[1][0]),
        "handed off again": max(times_handed_off.values()) > 1,
        "due in another week": any(
            row["due_at"].isocalendar()[1] > row["handed_off_at"].isocalendar()[1]
            for row in last),
        "clocks change before it is due": any(
            offset(row["due_at"], zone(row)) != offset(row["handed_off_at"], zone(row))
            for row in last),
        "holiday before it is due": any(
            row["handed_off_at"].date() < holiday < row["due_at"].date()
            for row in last for holiday in calendars[row["calendar"]].holidays),
        "response while closed": any(row["minutes_to_response"] == 0 for row in answered),
        "response when due": any(row["responded_at"] == row["due_at"] for row in rows),
        "response before publication": any(
            row["responded_at"] < row["published_at"] for row in answered),
        "contact without attempt": any(row["first_attempt_at"] is None for row in answered),
        "attempt without contact": any(row["first_contact_at"] is None for row in answered),
        **{f"{name} of all words": {row[name] for row in rows} == STATUSES
           for name in ("sla_status", "sla_status_from_publication")},
        **{f"{name} known or not": {row[name] is None for row in of} == {True, False}
           for of, names in (
               (rows, ("owner_id", "first_attempt_at", "first_contact_at", "responded_at")),
               (groups, ("met_share", "met_share_from_publication", "within_hour_share",
                         "median_minutes_to_response"))) for name in names},
    }
    return {name for name, is_there in occurred.items() if not is_there}


def offset(moment, zone):
    """The offset of a time zone at a UTC time without zone."""
    return moment.replace(tzinfo=timezone.utc).astimezone(zone).utcoffset()


# Days after the as-of day of the world, and flags. Of the second and third run some activity is
# missing, so that the third finds other crossings on the day of the second.
RUNS = [(-14, ()), (-7, UNCHANGED), (-7, UNCHANGED), (-2, ()), (2, ("--full-refresh",))]


@pytest.mark.parametrize("seed", worlds(EVENTFUL, 1450, 1172, 1161, 872))
def test_hand_offs_of_a_random_company(fresh, seed):
    raw_tables, _, as_of, options = random_world(
        seed, contacts=25, days=30, erasures=False, absent_columns=False)
    zone = options["reporting_timezone"] or "UTC"
    rng, chance = random.Random(seed), random.Random(CALLS)
    give_owners(rng, raw_tables["contacts"])
    calendars = calendars_near(chance, zone, as_of, random_calendar(chance))
    published, handed_off, calls, seen = Publications(rules()), HandOffs(), [], []

    def calendar(owner):
        name = CALENDAR_OF.get(owner, "house")
        return name, calendars[name]

    for number, (days_on, flags) in enumerate(RUNS):
        day = as_of + timedelta(days=days_on)
        now = end_of(day, zone)
        if number == 3:
            published.configuration = rules(("15", "480"))
            calendars["house"].holidays.add(day - timedelta(days=1))
        rows = delivered(rng, raw_tables, calls, number not in (1, 2))
        write(fresh, calendars)
        fresh.configure(published.configuration)
        fresh.fill(rows)
        fresh.build(day, "--select", *MARTS, *flags, **FIRST_TOO, **given(options))

        result = score(rows, published.configuration, day, options, SEEDS)
        published.publish(day, result["lead_scores"])
        crossings = tier_crossings(fresh)
        for rows_found, told in zip(crossings, (published.alerts, published.unalerted)):
            assert {tuple(row[name] for name in ALERT) for row in rows_found} == {
                (lead_id, model, tier, crossed_on, points)
                for lead_id, model, crossing, tier, crossed_on, points, _ in told
                if crossing == "tier"}
        crossings = {row["alert_id"]: row for rows_found in crossings for row in rows_found}
        handed_off.publish(crossings, published.configuration["tiers"], result["leads"], now)
        activities = activities_of(
            rows["sales_activities"], SEEDS["placeholders"], result["sales_activity_leads"])
        wanted = handed_off.rows(activities, result["survivors"], calendar, now)
        found = compare(fresh, "sales_handoffs", ("handoff_id",),
                        {(key,): row for key, row in wanted.items()})
        attained = compare(fresh, "sla_attainment", ("owner_id", "scoring_model", "tier", "week"),
                           attainment(wanted.values(), zone))
        seen.append((found, attained))
        if number == 1:
            raw_tables["contacts"] += merged(
                rng, raw_tables["contacts"], found, result["survivors"], now)
        calls = corrected(chance, calls, number) + some_by_address(random_calls(
            chance, found, result["survivors"], now, 1000 * number), result["leads"])

    if seed == EVENTFUL:
        assert missing_situations(seen, calendars) == set()
        assert wanted != handed_off.rows(activities, {}, calendar, now)  # had nobody merged
        by_contact = activities_of(rows["sales_activities"], SEEDS["placeholders"], {})
        assert wanted != handed_off.rows(by_contact, result["survivors"], calendar, now)
