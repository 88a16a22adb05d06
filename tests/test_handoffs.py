"""Hand-offs to sales: when a response is due, what counts as one, and what runs keep."""

import csv
import random
from datetime import date, datetime, timedelta

import duckdb
import pytest

from tests.project import BuildFailed
from tests.reference.business_time import WEEKDAYS, Calendar
from tests.scoring_files import VISIT, configuration, contact, criterion, event

HEADERS = {
    "calendars": "calendar,time_zone,is_default", "holidays": "calendar,holiday_on,name",
    "business_hours": "calendar,weekday,opens_at,closes_at", "owner_calendars": "owner_id,calendar",
}
WORKDAYS = WEEKDAYS[:5]
MODELS = ["config_calendars", "config_business_hours", "config_holidays", "config_owner_calendars",
          "int_handoffs", "int_business_intervals", "int_handoff_times", "sales_handoffs", "sla_attainment"]
LAST_DAY = date(2025, 12, 31)


def write_calendars(project, **files):
    """Write files of seeds/calendar: name -> list of rows, each a list of cells."""
    for name, rows in files.items():
        path = project.folder / "seeds" / "calendar" / f"{name}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([HEADERS[name].split(","), *rows])


def write(project, calendars, default):
    """Write business calendars, dict name -> Calendar, each that of the owner of its name; a number
    as a spreadsheet may write it.
    """
    write_calendars(
        project,
        calendars=[[name, calendar.zone.key, str(name == default).lower()]
                   for name, calendar in calendars.items()],
        business_hours=[[name, *hours] for name, calendar in calendars.items()
                        for hours in calendar.hours],
        holidays=[[name, day, ""] for name, calendar in calendars.items()
                  for day in sorted(calendar.holidays)],
        owner_calendars=[[f"{name}.0" if name.isdigit() else name, name]
                         for name in calendars if name != default])


def office(zone="UTC", holidays=(), lunch=False, weekdays=WORKDAYS):
    """9 to 17 on workdays, with or without lunch from 12 to 13."""
    intervals = [("9:00", "12:00"), ("13:00", "17:00")] if lunch else [("09:00", "17:00")]
    return Calendar(zone, [(day, *hours) for day in weekdays for hours in intervals], holidays)


VECTOR_CALENDARS = {
    "office": office(), "feast": office(holidays=[date(2025, 5, 1)]), "lunch": office(lunch=True),
    "madrid": office("Europe/Madrid"), "york": office("America/New_York"),
    # Open over the hours in which the clocks of Madrid and New York change.
    "madrid night": Calendar("Europe/Madrid", [("sunday", "00:00", "06:00")]),
    "york night": Calendar("America/New_York", [("sunday", "00:00", "06:00")]),
    "101": Calendar("UTC", [("wednesday", "20:00", "24:00")]),
}
# Calendar, handed off (UTC), response minutes, due (UTC).
VECTORS = [
    ("office", "2025-05-05 10:00:30", 15, "2025-05-05 10:15:30"),
    # Friday afternoon to Monday, and Saturday.
    ("office", "2025-05-09 16:50", 15, "2025-05-12 09:05"),
    ("office", "2025-05-10 12:00", 15, "2025-05-12 09:15"),
    # At night, before and after midnight.
    ("office", "2025-05-06 23:30", 240, "2025-05-07 13:00"),
    ("office", "2025-05-07 03:30", 240, "2025-05-07 13:00"),
    # Due on closing, handed off on closing, handed off on opening.
    ("office", "2025-05-05 16:00", 60, "2025-05-05 17:00"),
    ("office", "2025-05-05 17:00", 60, "2025-05-06 10:00"),
    ("office", "2025-05-05 09:00", 480, "2025-05-05 17:00"),
    ("office", "2025-05-05 09:00", 2880, "2025-05-12 17:00"),
    # Before, on and over a holiday, a Thursday.
    ("feast", "2025-04-30 16:30", 60, "2025-05-02 09:30"),
    ("feast", "2025-05-01 10:00", 60, "2025-05-02 10:00"),
    # Into, within and over lunch.
    ("lunch", "2025-05-05 11:50", 10, "2025-05-05 12:00"),
    ("lunch", "2025-05-05 11:50", 15, "2025-05-05 13:05"),
    ("lunch", "2025-05-05 12:30", 15, "2025-05-05 13:15"),
    ("lunch", "2025-05-05 09:00", 420, "2025-05-05 17:00"),
    # 9:00 is 8:00 UTC in Madrid's winter and 7:00 in its summer; the clocks change on 2025-03-30
    # and 2025-10-26, in New York on 2025-03-09 and 2025-11-02.
    ("madrid", "2025-03-28 15:30", 60, "2025-03-31 07:30"),
    ("madrid", "2025-10-24 14:30", 60, "2025-10-27 08:30"),
    ("york", "2025-03-07 21:30", 60, "2025-03-10 13:30"),
    ("york", "2025-10-31 20:30", 60, "2025-11-03 14:30"),
    # Sunday from 0 to 6 is five hours in March and seven in October and November.
    ("madrid night", "2025-03-29 12:00", 120, "2025-03-30 01:00"),
    ("madrid night", "2025-03-29 12:00", 300, "2025-03-30 04:00"),
    ("madrid night", "2025-03-29 12:00", 301, "2025-04-05 22:01"),
    ("madrid night", "2025-10-25 12:00", 420, "2025-10-26 05:00"),
    ("madrid night", "2025-10-25 12:00", 421, "2025-11-01 23:01"),
    ("york night", "2025-03-08 12:00", 301, "2025-03-16 04:01"),
    ("york night", "2025-11-01 12:00", 420, "2025-11-02 11:00"),
    # Due at the very time of the last publication.
    ("101", "2025-12-31 23:00", 60, "2026-01-01 00:00"),
    # No calendar of its own: the default.
    ("somebody", "2025-05-09 16:50", 15, "2025-05-12 09:05"),
]
ZONES = ["UTC", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
         "Pacific/Auckland", "America/Santiago", "Africa/Casablanca", "America/Los_Angeles"]


def random_calendar(chance):
    """One or two intervals on some days, often over the hours in which clocks change."""
    hours = []
    for weekday in chance.sample(WEEKDAYS, chance.randint(1, 7)):
        marks = sorted(chance.sample(range(0, 1441, 30 if chance.random() < 0.5 else 5), 4))
        if chance.random() < 0.4:
            marks = sorted(chance.sample(range(0, 300, 15), 4))
        texts = [f"{mark // 60}:{mark % 60:02}" for mark in marks]
        hours.append((weekday, texts[0], texts[1]))
        if chance.random() < 0.5:
            hours.append((weekday, texts[1 if chance.random() < 0.2 else 2], texts[3]))
    holidays = {date(2025, 1, 1) + timedelta(days=chance.randrange(400)) for _ in range(20)}
    return Calendar(chance.choice(ZONES), hours, holidays)


def random_cases(chance, calendars):
    """Hand-offs, often near the days on which clocks change, and the times of two activities."""
    changes = [datetime(2025, month, day) for month, day in
               ((3, 30), (10, 26), (3, 9), (11, 2), (4, 6), (10, 5), (9, 28), (9, 7), (2, 23))]
    for number in range(400):
        near = chance.choice(changes) if chance.random() < 0.6 else datetime(2025, 6, 15)
        begin = near + timedelta(
            seconds=chance.randint(-3, 2) * 86400 + chance.randrange(86400),
            microseconds=chance.choice([0, 0, 1, 999999]))
        if chance.random() < 0.3:
            begin = begin.replace(minute=0, second=0, microsecond=0)
        published = begin + timedelta(seconds=chance.choice([0, 60, 86399, 200000]))
        attempt = begin + timedelta(seconds=chance.randint(1, 10 ** chance.randint(2, 6)))
        yield (chance.choice(list(calendars)), begin, chance.choice([1, 15, 60, 240, 2880, 7777]),
               published, attempt, attempt + timedelta(seconds=chance.randrange(100000)))


def calendars_and_cases():
    """Random calendars by name, and the vectors followed by random cases on them."""
    chance = random.Random(1)
    calendars = {f"r{number}": random_calendar(chance) for number in range(24)}
    vectors = [(owner, datetime.fromisoformat(begin), minutes, datetime.fromisoformat(begin),
                None, None) for owner, begin, minutes, _ in VECTORS]
    return calendars, vectors + list(random_cases(chance, calendars))


def check_business_time(handoffs, calendars, cases):
    """Hand-offs are due when the vectors say and, on random calendars, when the reference does."""
    found = {int(row["handoff_id"]): row for row in handoffs}
    assert len(found) == len(cases)
    for number, (_, _, _, due) in enumerate(VECTORS):
        assert found[number]["due_at"] == datetime.fromisoformat(due), VECTORS[number]
        assert found[number]["sla_status"] == "breached"
    for number, case in enumerate(cases[len(VECTORS):], len(VECTORS)):
        owner, begin, minutes, published, attempt, reached = case
        calendar, row = calendars[owner], found[number]
        due = calendar.due(begin, minutes)
        right = {
            "calendar": owner, "due_at": due,
            "due_from_publication_at": calendar.due(published, minutes),
            "first_attempt_at": attempt, "first_contact_at": reached,
            "minutes_to_attempt": calendar.minutes(begin, attempt),
            "minutes_to_contact": calendar.minutes(begin, reached),
            "minutes_to_response_from_publication":
                0 if attempt < published else calendar.minutes(published, attempt),
            "sla_status": "met" if attempt <= due else "breached",
            "run_delay_minutes": -(-(published - begin) // timedelta(minutes=1)),
        }
        assert {name: row[name] for name in right} == right, (
            number, calendar.zone.key, calendar.hours, case)


# What the models of hand-offs read, alerts and activities as if runs had published and read them.
READ = """
create schema scoring;
create schema marts;
create table scoring.int_publication as
select date '2025-12-31' as as_of, timestamp '2026-01-01' as published_at, true as is_published;
create table scoring.int_contact_merges (as_of date, contact_id text, survivor_contact_id text);
create table marts.score_alerts (
    alert_id text, lead_id text, scoring_model text, crossing text, tier text, score decimal(5, 1),
    owner_id text, response_minutes bigint, response_unit text, crossed_at timestamp,
    published_at timestamp
);
create table scoring.int_first_handoffs as
select * from marts.score_alerts;
create table scoring.int_activity_log (
    row_number bigint, contact_id text, occurred_at timestamp, direction text, outcome text,
    source text, row_status text, unreadable_cells text
);
create table scoring.int_sales_activities (
    survivor_id text, occurred_at timestamp, direction text, outcome text
);
"""


def insert(project, cases):
    """Make READ of cases: a lead each, named by its number."""
    with duckdb.connect(str(project.database)) as connection:
        connection.execute(READ)
        connection.executemany(
            "insert into marts.score_alerts"
            " values ($1, $1, 'acquisition', 'tier', 'hot', 70, $2, $3, null, $4, $5)",
            [[str(number), owner, minutes, begin, published]
             for number, (owner, begin, minutes, published, *_) in enumerate(cases)])
        connection.executemany(
            "insert into scoring.int_sales_activities values (?, ?, 'outbound', ?)",
            [[str(number), moment, outcome] for number, case in enumerate(cases)
             for outcome, moment in (("no_answer", case[4]), ("connected", case[5])) if moment])


def test_business_time_of_vectors_and_of_random_calendars(fresh):
    calendars, cases = calendars_and_cases()
    write(fresh, {**VECTOR_CALENDARS, **calendars}, "office")
    fresh.fill({"contacts": [contact("c1")]})
    insert(fresh, cases)
    variables = fresh.variables(LAST_DAY, {})
    fresh.dbt("seed", "--select", "path:seeds/calendar", variables=variables)
    fresh.dbt("run", "--select", *MODELS, variables=variables)
    found = fresh.query("select * from marts.sales_handoffs")
    check_business_time(found, calendars, cases)
    check_attainment(fresh, found)


def check_attainment(project, handoffs):
    """sla_attainment says what the hand-offs do."""
    groups = {}
    for row in handoffs:
        week = row["handed_off_at"].date() - timedelta(days=row["handed_off_at"].weekday())
        key = row["owner_id"] or "nobody", row["scoring_model"], row["tier"], week
        groups.setdefault(key, []).append(row)
    found = project.query("select * from marts.sla_attainment")
    assert len(found) == len(groups)
    for row in found:
        group = groups[row["owner_id"], row["scoring_model"], row["tier"], row["week"]]
        minutes = [handoff["minutes_to_response"] for handoff in group
                   if handoff["responded_at"] is not None]
        statuses = [handoff["sla_status"] for handoff in group]
        own = [handoff["sla_status_from_publication"] for handoff in group]
        decided = [handoff for handoff in group
                   if handoff["responded_at"] or handoff["minutes_waited"] > 60]
        quick = [number for number in minutes if number <= 60]
        assert row["handoffs"] == len(group) and row["responded"] == len(minutes)
        assert [row["met"], row["breached"]] == [statuses.count("met"), statuses.count("breached")]
        assert row["waiting"] == len(group) - row["met"] - row["breached"]
        assert near(row["met_share"], row["met"], row["met"] + row["breached"])
        assert near(row["met_share_from_publication"], own.count("met"),
                    own.count("met") + own.count("breached"))
        assert near(row["within_hour_share"], len(quick), len(decided))
        for name, percent in (("median", 50), ("p90", 90), ("p95", 95)):
            assert row[f"{name}_minutes_to_response"] == nearest_rank(minutes, percent)
        assert row["median_run_delay_minutes"] == nearest_rank(
            [handoff["run_delay_minutes"] for handoff in group], 50)
        assert row["median_minutes_from_publication"] == nearest_rank(
            [handoff["minutes_to_response_from_publication"] for handoff in group
             if handoff["responded_at"] is not None], 50)


def near(share, part, whole):
    return share is None if not whole else abs(float(share) - part / whole) < 0.00006


def nearest_rank(numbers, percent):
    """The least number that at least so many percent of all do not exceed."""
    for number in sorted(numbers):
        if sum(other <= number for other in numbers) * 100 >= percent * len(numbers):
            return number
    return None


# Hand-offs in whole runs.

FRIDAY = date(2026, 3, 6)
RULES = configuration(
    activities=[VISIT],
    # Ten points a visit, on the day of the visit and the next.
    engagement_criteria=[criterion("visited", 10, decay="expire", decay_days=2)],
    tiers=[{"rank": "1", "tier": "hot", "min_score": "70", "response_minutes": "60"},
           {"rank": "2", "tier": "warm", "min_score": "30", "response_minutes": "240"},
           {"rank": "3", "tier": "cold"}])


def visits(lead, day, clock, number):
    return [event(f"{lead}{day}{visit}", day, clock=clock, contact_id=lead)
            for visit in range(number)]


def call(number, lead, moment, outcome="no_answer", direction="outbound", **cells):
    return {"sales_activity_id": number, "contact_id": lead, "kind": "call", "outcome": outcome,
            "direction": direction, "occurred_at": moment, "loaded_at": moment, **cells}


def on(days):
    return FRIDAY + timedelta(days=days)


CONTACTS = [
    *[contact(lead, owner_id="u1") for lead in ("caller", "writer", "booked", "late", "void")],
    contact("twin", owner_id="u1"), contact("quiet")]
FRIDAYS_VISITS = [
    *visits("caller", FRIDAY, "16:30:00", 7), *visits("writer", FRIDAY, "16:30:00", 7),
    *visits("booked", FRIDAY, "10:00:00", 3), *visits("late", FRIDAY, "16:30:00", 7),
    *visits("void", FRIDAY, "16:30:00", 7), *visits("twin", FRIDAY, "16:30:00", 7),
    *visits("quiet", FRIDAY, "13:30:00", 3)]
CALLS = [
    call(1, "caller", "2026-03-06 16:29:59", "connected"),
    call(2, "caller", "2026-03-06 16:30:00", "connected"),
    call(3, "caller", "2026-03-09 09:20:00"),
    call(4, "caller", "2026-03-09 11:00:00", "connected"),
    # The lead wrote, and was called only later.
    call(5, "writer", "2026-03-07 08:00:00", None, "inbound"),
    call(6, "writer", "2026-03-09 10:00:00", "connected"),
    # Direction unknown: of sales.
    call(7, "booked", "2026-03-06 10:05:00", "meeting_booked", None),
    call(8, "late", "2026-03-09 09:30:01"),
    call(9, "void", "2026-03-09 09:05:00", "cancelled"),
    # To a contact that is merged into the lead later.
    call(10, "other twin", "2026-03-09 09:10:00", "held"),
    call(11, "quiet", "2026-03-20 09:10:00", "connected")]
COLUMNS = ("tier", "owner_id", "due_at", "first_attempt_at", "first_contact_at",
           "minutes_to_attempt", "minutes_to_contact", "minutes_to_response", "sla_status")


def handoffs(project):
    rows = project.query("select * from marts.sales_handoffs order by lead_id, handed_off_at")
    check_attainment(project, rows)
    return rows


def publish_again(project, day):
    """Run the marts alone."""
    project.dbt("run", "--select", "path:models/marts", variables=project.variables(day, {}))


def at(text):
    return text and datetime.fromisoformat(f"2026-{text}")


@pytest.mark.slow
def test_hand_offs_of_several_days(fresh):
    raw = {"contacts": CONTACTS, "web_events": FRIDAYS_VISITS, "sales_activities": CALLS}
    fresh.configure(RULES)
    fresh.fill(raw)
    fresh.publish(on(-1))
    fresh.build(FRIDAY)
    first = handoffs(fresh)
    assert {row["lead_id"]: (row["sla_status"], row["minutes_waited"]) for row in first} == {
        "caller": ("waiting", 30), "writer": ("waiting", 30), "booked": ("met", 5),
        "late": ("waiting", 30), "void": ("waiting", 30), "twin": ("waiting", 30),
        "quiet": ("at_risk", 210)}
    # The same again, twice.
    for _ in range(2):
        publish_again(fresh, FRIDAY)
        assert handoffs(fresh) == first

    # On Monday the leads have cooled down, and are another owner's.
    raw["contacts"] = CONTACTS + [
        {**row, "owner_id": "u2", "updated_at": "2026-03-08 08:00:00"} for row in CONTACTS
    ] + [contact("other twin", merged_into_contact_id="twin")]
    raw["web_events"] = FRIDAYS_VISITS + visits("caller", on(4), "12:00:00", 8)
    fresh.fill(raw)
    fresh.build(on(3), "--full-refresh")
    assert {row["lead_id"]: tuple(row[name] for name in COLUMNS) for row in handoffs(fresh)} == {
        "booked": ("warm", "u1", at("03-06 14:00"), at("03-06 10:05"), at("03-06 10:05"),
                   5, 5, 5, "met"),
        "caller": ("hot", "u1", at("03-09 09:30"), at("03-09 09:20"), at("03-09 11:00"),
                   50, 150, 50, "met"),
        "late": ("hot", "u1", at("03-09 09:30"), at("03-09 09:30:01"), None, 61, None, 61,
                 "breached"),
        "quiet": ("warm", None, at("03-09 09:30"), None, None, None, None, None, "breached"),
        "twin": ("hot", "u1", at("03-09 09:30"), at("03-09 09:10"), at("03-09 09:10"),
                 40, 40, 40, "met"),
        "void": ("hot", "u1", at("03-09 09:30"), None, None, None, None, None, "breached"),
        "writer": ("hot", "u1", at("03-09 09:30"), at("03-09 10:00"), at("03-07 08:00"),
                   90, 30, 30, "met")}

    # On Tuesday a second hand-off after the fall; what was logged late or taken back counts; who is
    # erased is gone.
    raw["sales_activities"] = [*CALLS[:8], call(12, "caller", "2026-03-10 12:30:00"),
                               call(13, "void", "2026-03-09 09:25:00")]
    raw["erasure_requests"] = [{"contact_id": "writer", "requested_at": "2026-03-10 10:00:00"}]
    fresh.fill(raw)
    fresh.build(on(4))
    tuesday = handoffs(fresh)
    assert {row["lead_id"]: row["sla_status"] for row in tuesday if row["lead_id"] != "caller"} == {
        "booked": "met", "late": "breached", "quiet": "breached", "twin": "breached", "void": "met"}
    assert [(row["owner_id"], row["score"], row["handed_off_at"], row["minutes_to_response"],
             row["published_at"], row["run_delay_minutes"])
            for row in tuesday if row["lead_id"] == "caller"] == [
        ("u1", 70, at("03-06 16:30"), 50, at("03-07 00:00"), 450),
        ("u2", 80, at("03-10 12:00"), 30, at("03-11 00:00"), 720)]
    for table in ("scoring.int_handoffs", "marts.sales_handoffs"):
        assert not fresh.query(f"select * from {table} where lead_id = 'writer'")
    # A run for an earlier day publishes nothing.
    publish_again(fresh, on(3))
    assert not fresh.query("select * from scoring.int_publication where is_published")
    assert handoffs(fresh) == tuesday


# Mistakes in seeds/calendar.

def sentences(project, selection, **files):
    """What a run says of calendar files."""
    write_calendars(project, **files)
    try:
        project.dbt("build", "--select", selection, "--exclude-resource-type", "test",
                    variables={"demo_data": False})
    except BuildFailed as failure:
        return {line.strip()[2:].removeprefix("seeds/calendar/")
                for line in str(failure).splitlines() if line.strip().startswith("- ")}
    return set()


def test_mistakes_in_calendars_stop_the_build_with_a_sentence_each(fresh):
    fresh.configure(configuration())
    fresh.fill({"contacts": [contact("c1")]})
    known = "write one that has a row in seeds/calendar/calendars.csv."
    weekdays = ", ".join(WEEKDAYS)
    assert sentences(
        fresh, "+configuration_check",
        calendars=[["Office", "", "true"], ["odd", "Europe/Madird", "maybe"], ["other", "UTC", "yes"],
                   ["office ", "", ""], ["closed", "UTC", "false"], ["", "UTC", ""]],
        business_hours=[
            ["office", "Monday", "9:00", "12:00"], ["OFFICE", "monday", "11:30", "13:00"],
            ["office", "tuesday", "13:00", "14:00"], ["office", "tuesday", "13:00", "14:00"],
            ["office", "wednesday", "9:00", "12:00"], ["office", "wednesday", "12:00", "24:00"],
            ["odd", "mon", "9:00", "12:00"], ["other", "friday", "17:00", "9:00"],
            ["odd", "friday", "9", "25:00"], ["none", "friday", "9:00", "17:00"],
            ["", "sunday", "", "17:00"], ["odd", "", "9:00", ""]],
        holidays=[["office", "25/12/2026", ""], ["office", "2026-02-30", ""], ["office", "", ""],
                  ["none", "2026-12-25", ""], ["", "2026-12-26", ""],
                  ["office", "2026-01-01", ""], ["OFFICE", "2026-01-01", "New Year"]],
        owner_calendars=[["u1", "office"], ["u1", "other"], ["U1", "office"], ["u2", "none"],
                         ["7", "office"], ["7.0", "other"], ["", "office"], ["u3", ""]],
    ) == {
        "calendars.csv, row Office: the file has more than one row of this calendar; "
        "keep one of them, rename or delete the others.",
        'calendars.csv, row odd: time_zone "Europe/Madird" is not known; write an IANA name such '
        "as Europe/Madrid, or empty the cell for the reporting time zone.",
        'calendars.csv, row odd: is_default "maybe" is not known; write true or false.',
        "calendars.csv, row other: calendar Office is also the default; "
        "write true for only one of them.",
        "calendars.csv, row closed: the calendar is never open, so nothing would ever be due; "
        "give it a row in seeds/calendar/business_hours.csv.",
        "calendars.csv, row without calendar: calendar is empty; write a name for the calendar.",
        "business_hours.csv, row monday (OFFICE, 11:30): the interval 11:30 to 13:00 overlaps that "
        "from 9:00 to 12:00; change or delete one of them.",
        "business_hours.csv, row tuesday (office, 13:00): the interval 13:00 to 14:00 overlaps that "
        "from 13:00 to 14:00; change or delete one of them.",
        f'business_hours.csv, row mon (odd, 9:00): weekday "mon" is not known; '
        f"write one of {weekdays}.",
        "business_hours.csv, row friday (other, 17:00): closes_at 9:00 is not after opens_at 17:00; "
        "swap or correct them, and write two rows for hours past midnight.",
        'business_hours.csv, row friday (odd, 9): opens_at "9" is not a time of day; '
        "write one such as 09:00.",
        'business_hours.csv, row friday (odd, 9): closes_at "25:00" is not a time of day; '
        "write one such as 17:30.",
        f'business_hours.csv, row friday (none, 9:00): calendar "none" is not known; {known}',
        "business_hours.csv, row sunday (without calendar, without opens_at): calendar is empty; "
        "write the calendar that it belongs to.",
        "business_hours.csv, row sunday (without calendar, without opens_at): opens_at is empty; "
        "write a time of day such as 09:00.",
        "business_hours.csv, row without weekday (odd, 9:00): weekday is empty; "
        "write a day such as monday.",
        "business_hours.csv, row without weekday (odd, 9:00): closes_at is empty; "
        "write a time of day such as 17:30.",
        'holidays.csv, row 25/12/2026 (office): holiday_on "25/12/2026" is not a date; '
        "write one such as 2026-12-25.",
        'holidays.csv, row 2026-02-30 (office): holiday_on "2026-02-30" is not a date; '
        "write one such as 2026-12-25.",
        "holidays.csv, row without holiday_on (office): holiday_on is empty; "
        "write a date such as 2026-12-25.",
        f'holidays.csv, row 2026-12-25 (none): calendar "none" is not known; {known}',
        "holidays.csv, row 2026-12-26 (without calendar): calendar is empty; "
        "write the calendar that it belongs to.",
        "holidays.csv, row 2026-01-01 (OFFICE): the file has more than one row of this holiday_on; "
        "keep one of them, rename or delete the others.",
        "owner_calendars.csv, row u1: the file has more than one row of this owner_id; "
        "keep one of them and delete the others.",
        "owner_calendars.csv, row 7: the file has more than one row of this owner_id; "
        "keep one of them and delete the others.",
        f'owner_calendars.csv, row u2: calendar "none" is not known; {known}',
        "owner_calendars.csv, row without owner_id: owner_id is empty; "
        "write the owner_id of contacts.",
        "owner_calendars.csv, row u3: calendar is empty; write a calendar, or delete the row.",
    }
    nobody = "2 (the first below the header): no calendar is the default; " \
        "write true as is_default of one calendar."
    again = "path:seeds/calendar configuration_cells configuration_errors configuration_check"
    assert sentences(fresh, again, calendars=[], business_hours=[], holidays=[],
                     owner_calendars=[]) == {
        f"calendars.csv, row {nobody}"}
