"""Contacts that are deleted or erased, people who opt out, titles and addresses that change."""

from .chance import dice
from .rows import rows
from .settings import DAY, HOUR


def leave(people):
    """Deleted contacts, people who opted out on the phone, erased people, corrected and old addresses."""
    calm = [p for p in people if p.kind in ("casual", "quiet") and not p.merged]
    for person in dice.some([p for p in calm if p.created < 0], 22):
        at = int(person.created + dice.between(5, 200) * DAY)
        person.change(at, deleted_at=at)
        person.stop_at = at
        person.merged = True
    for person in dice.some([p for p in people if p.kind in ("casual", "project") and not p.merged], 22):
        at = int(person.created + dice.between(5, 120) * DAY)
        person.change(at + HOUR, unsubscribed_at=at)
        person.mail_stops_at = at
    erased = dice.some([p for p in calm if p.kind == "casual" and p.created < -220 * DAY and p.known_from < 0
                        and p.company and not p.merged], 2)
    for person, day, columns in zip(erased, (-64, -17), ("contact_id", "email")):
        at = dice.working_time(day)
        person.stop_at, person.merged = at - 2 * DAY, True
        rows["erasure_requests"].append({columns: getattr(person, "id" if columns == "contact_id" else "email"),
                                         "requested_at": at})
    for person in dice.some([p for p in people if p.created < 0 and not p.merged], 60):  # a title is corrected
        person.change(person.created + dice.between(1, 90) * DAY, job_title=person.title)
    for person in dice.some([p for p in calm if p.created < 0 and p.company and not p.merged], 10):  # a new address
        person.change(person.created + dice.between(20, 90) * DAY,
                      email=person.email.replace("@", ".new@"))
