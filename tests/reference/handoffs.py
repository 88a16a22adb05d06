"""Hand-offs to sales, their responses and response times, by loops over hand-offs and sales
activities.
"""

from datetime import timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

from .business_time import MINUTE, AllTime
from .reading import read_table, read_text, versions
from .scorer import name_in, number_in, of_model

REACHED = {"connected", "meeting_booked", "held"}


class HandOffs:
    """What was handed off up to a publication; a hand-off stays what it was at first.

    kept: dict alert_id -> dict of lead_id, scoring_model, tier, score, owner_id, response_minutes,
    response_unit and the UTC times handed_off_at and published_at.
    """

    def __init__(self):
        self.kept = {}

    def publish(self, alerts, tiers, leads, published_at):
        """Take over the alerts (dict alert_id -> row of score_alerts) that were not there before.

        tiers: rows of tiers.csv; leads: what score() says of leads; published_at: UTC time.
        """
        for alert_id, alert in alerts.items():
            tier = next((row for row in of_model(tiers, alert)
                         if read_text(row["tier"]) == alert["tier"]), {})
            minutes = number_in(tier, "response_minutes")
            if alert_id in self.kept or alert["crossing"] != "tier" or minutes is None:
                continue
            self.kept[alert_id] = {
                **{name: alert[name] for name in ("lead_id", "scoring_model", "tier", "score")},
                "owner_id": leads[alert["lead_id"]]["attributes"]["owner_id"],
                "response_minutes": int(minutes),
                "response_unit": name_in(tier, "response_unit") or "business_minutes",
                "handed_off_at": alert["crossed_at"], "published_at": published_at}

    def rows(self, activities, survivors, calendars, now):
        """What sales_handoffs says: dict handoff_id -> row.

        activities: see activities_of; survivors: dict contact id -> id of the contact that it has
        become; calendars: function owner id or None -> (name, Calendar); now: the time of the last
        publication, UTC.
        """
        return {alert_id: outcome(alert_id, handoff, *calendars(handoff["owner_id"]), now, [
                    activity for activity in activities
                    if handoff["handed_off_at"] < activity["occurred_at"] <= now
                    and is_of(activity, handoff["lead_id"], survivors)])
                for alert_id, handoff in self.kept.items()}


def is_of(activity, lead_id, survivors):
    """Whether an activity is of a lead, or of a contact that has become the same one."""
    contact_id = activity["contact_id"]
    return survivors.get(contact_id, contact_id) == survivors.get(lead_id, lead_id)


def activities_of(raw_rows, placeholders, leads):
    """Sales activities as they were delivered last: list of dict of contact_id (of the lead, else as
    delivered), occurred_at (UTC without zone), direction and outcome (in lower case, or '').

    leads: dict sales_activity_id -> lead_id.
    """
    read = read_table("sales_activities", raw_rows, placeholders)
    latest = [rows[-1] for rows in versions("sales_activities", read.rows).values()]
    return [{"contact_id": leads.get(row["sales_activity_id"], row["contact_id"]),
             "occurred_at": row["occurred_at"].replace(tzinfo=None),
             "direction": name_in(row, "direction") or "", "outcome": name_in(row, "outcome") or ""}
            for row in latest]


def outcome(handoff_id, handoff, name, calendar, now, activities):
    """The row of sales_handoffs of a hand-off and the activities that count for it."""
    begin, published_at = handoff["handed_off_at"], handoff["published_at"]
    minutes = handoff["response_minutes"]
    calendar = AllTime() if handoff["response_unit"] == "minutes" else calendar
    attempts = [activity["occurred_at"] for activity in activities
                if activity["outcome"] != "cancelled" and activity["direction"] != "inbound"]
    contacts = [activity["occurred_at"] for activity in activities
                if activity["outcome"] != "cancelled"
                and (activity["direction"] == "inbound" or activity["outcome"] in REACHED)]
    responded_at = min(attempts + contacts, default=None)
    due_at, own_due_at = calendar.due(begin, minutes), calendar.due(published_at, minutes)

    def minutes_to(moment, start=begin):
        return None if moment is None else calendar.minutes(start, max(start, moment))

    return {
        **handoff, "handoff_id": handoff_id, "calendar": name,
        "run_delay_minutes": -(-(published_at - begin) // MINUTE),
        "due_at": due_at, "due_from_publication_at": own_due_at,
        "first_attempt_at": min(attempts, default=None),
        "first_contact_at": min(contacts, default=None),
        "responded_at": responded_at,
        "minutes_to_attempt": minutes_to(min(attempts, default=None)),
        "minutes_to_contact": minutes_to(min(contacts, default=None)),
        "minutes_to_response": minutes_to(responded_at),
        "minutes_to_response_from_publication": minutes_to(responded_at, published_at),
        "minutes_waited": minutes_to(responded_at or now),
        "sla_status": status(responded_at, due_at, minutes, calendar, now),
        "sla_status_from_publication": status(responded_at, own_due_at, minutes, calendar, now),
    }


def status(responded_at, due_at, minutes, calendar, now):
    """met, breached, at_risk or waiting, at a time."""
    if responded_at is not None:
        return "met" if responded_at <= due_at else "breached"
    if due_at <= now:
        return "breached"
    return "at_risk" if calendar.due(now, minutes / 4) > due_at else "waiting"


def attainment(handoffs, zone):
    """What sla_attainment says of rows of sales_handoffs: dict of its key -> row.

    zone: name of the reporting time zone.
    """
    groups = {}
    for row in handoffs:
        day = row["handed_off_at"].replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone)).date()
        key = (row["owner_id"] or "nobody", row["scoring_model"], row["tier"],
               day - timedelta(days=day.weekday()))
        groups.setdefault(key, []).append(row)
    return {key: summary(key, rows) for key, rows in groups.items()}


def summary(key, rows):
    """The row of sla_attainment of a key and its hand-offs; shares as Fraction."""
    answered = [row for row in rows if row["responded_at"] is not None]
    minutes = [row["minutes_to_response"] for row in answered]
    counts = {name: [row["sla_status"] for row in rows].count(name)
              for name in ("met", "breached", "waiting", "at_risk")}
    own = [row["sla_status_from_publication"] for row in rows]
    slow = [row for row in rows if row["responded_at"] is None and row["minutes_waited"] > 60]
    return {
        **dict(zip(("owner_id", "scoring_model", "tier", "week"), key)),
        "handoffs": len(rows), "responded": len(answered),
        "met": counts["met"], "breached": counts["breached"],
        "waiting": counts["waiting"] + counts["at_risk"],
        "met_share": share(counts["met"], counts["met"] + counts["breached"]),
        "met_share_from_publication": share(
            own.count("met"), own.count("met") + own.count("breached")),
        "within_hour_share": share(
            sum(number <= 60 for number in minutes), len(answered) + len(slow)),
        "median_minutes_to_response": nearest_rank(minutes, 50),
        "p90_minutes_to_response": nearest_rank(minutes, 90),
        "p95_minutes_to_response": nearest_rank(minutes, 95),
        "median_minutes_from_publication": nearest_rank(
            [row["minutes_to_response_from_publication"] for row in answered], 50),
        "median_run_delay_minutes": nearest_rank([row["run_delay_minutes"] for row in rows], 50),
    }


def share(part, whole):
    """A part of a whole as Fraction, or None of nothing."""
    return Fraction(part, whole) if whole else None


def nearest_rank(numbers, percent):
    """The number at place ceiling(n x percent / 100) in ascending order, or None of none."""
    return sorted(numbers)[-(-len(numbers) * percent // 100) - 1] if numbers else None
