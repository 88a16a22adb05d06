"""Additions to random worlds for hand-offs: calendars, owners, merges, and calls at critical times.

rng: random.Random, everywhere.
"""

from datetime import datetime, timedelta

from .business_time import WEEKDAYS, Calendar
from .reading import read_text, read_time

OWNERS = [None, "u1", "u2", "u3", "U1"]
CALENDAR_OF = {"u1": "lunch", "u2": "night", "u3": "random"}  # of others: house


def calendars_near(rng, zone, day, other):
    """Calendars by name, with holidays near a day; `random` is the other one given."""
    def holidays():
        return {day + timedelta(days=rng.randint(-16, 20)) for _ in range(4)}

    calendars = {
        "house": Calendar(zone, [(name, "09:00", "17:00") for name in WEEKDAYS[:5]], holidays()),
        "lunch": Calendar("Europe/Madrid", [
            (name, *hours) for name in WEEKDAYS[:5]
            for hours in (("9:00", "14:00"), ("15:30", "18:30"))], holidays()),
        "night": Calendar("America/New_York", [
            (name, *hours) for name in ("friday", "saturday", "sunday", "monday")
            for hours in (("00:00", "06:00"), ("20:00", "24:00"))], holidays()),
        "random": other}
    other.holidays = holidays()
    return calendars


def give_owners(rng, contacts):
    """Give each version of a contact an owner of OWNERS."""
    owners = {}
    for row in contacts:
        version = read_text(row["contact_id"]), read_time(row["updated_at"])
        row["owner_id"] = owners.setdefault(version, rng.choice(OWNERS))


def random_calls(rng, handoffs, survivors, now, number):
    """Raw sales activities about hand-offs (rows of sales_handoffs): at the very moment, around
    due times and publications, of which the last was now, and any time; with the lead or a contact
    merged into it. The first has the number in its id.
    """
    rows = []
    for handoff in handoffs:
        for _ in range(rng.choice([0, 1, 1, 2])):
            start = rng.choice([now, *[handoff[name] for name in (
                "handed_off_at", "due_at", "due_at", "published_at",
                "due_from_publication_at")]])
            moment = start + timedelta(seconds=rng.choice(
                [0, 0, 1, -1, 59, 600, 3600, 40000, rng.randrange(500_000)]))
            group = [contact for contact in survivors
                     if survivors[contact] == survivors.get(handoff["lead_id"])]
            rows.append({
                "sales_activity_id": f"call{number + len(rows)}",
                "contact_id": rng.choice([handoff["lead_id"], *group, *group]),
                "kind": rng.choice([None, "call", "meeting"]),
                "direction": rng.choice([None, "outbound", " OUTBOUND", "inbound", "Inbound "]),
                "outcome": rng.choice([None, "no_answer", "connected", "Held ", "meeting_booked",
                                       "cancelled", "Cancelled"]),
                "owner_id": rng.choice(OWNERS), "occurred_at": str(moment),
                "loaded_at": str(moment + timedelta(hours=rng.choice([0, 1, 100])))})
    return rows


def some_by_address(rows, leads):
    """Calls (raw rows) of which every third names its lead by the e-mail address alone.

    leads: those of score().
    """
    def address(row):
        lead = leads.get(row["contact_id"])
        return lead and lead["attributes"]["email"]

    return [{**row, "contact_id": None, "email": address(row)}
            if number % 3 == 0 and address(row) else row for number, row in enumerate(rows)]


def corrected(rng, rows, number):
    """Calls (raw rows) of which some are taken back and some are delivered once more, later by a
    number of seconds of its own, with another outcome.
    """
    kept = [row for row in rows if rng.random() < 0.9]
    return kept + [
        {**row, "outcome": rng.choice(["cancelled", "held"]),
         "loaded_at": str(datetime.fromisoformat(row["loaded_at"])
                          + timedelta(days=1, seconds=number))}
        for row in kept if rng.random() < 0.15]


def merged(rng, contacts, handoffs, survivors, moment):
    """Versions at a time (UTC) of the contacts of three hand-offs, as merged into other leads."""
    lead_ids = rng.sample(sorted({row["lead_id"] for row in handoffs}), 3)
    others = sorted({*survivors.values()} - {*lead_ids})
    rows = [next(row for row in contacts if read_text(row["contact_id"]) == lead_id)
            for lead_id in lead_ids]
    return [{**row, "merged_into_contact_id": rng.choice(others), "deleted_at": None,
             "updated_at": str(moment)} for row in rows]
