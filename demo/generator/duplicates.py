"""Who is who: contacts that are the same person, and devices that colleagues share."""

from .chance import dice
from .people import Person
from .settings import DAY, MINUTE
from .vocabulary import FREE_MAIL
from .website import visit


def duplicate(person, at):
    """A second contact of the same person, created at `at` (seconds) under another address."""
    private = dice.chance(0.5)
    other = Person(person.company, "duplicate", domain=dice.pick(FREE_MAIL) if private else None)
    if person.company:
        person.company.people.remove(other)
    other.first, other.last, other.title, other.function = person.first, person.last, person.title, person.function
    other.seniority, other.department = person.seniority, person.department
    other.email = other.make_address()
    other.product, other.owner = person.product, person.owner
    other.create(int(at), "inbound", "website")
    visit(other, at - 5 * MINUTE, "casual", form="download-form")
    for _ in range(dice.count(1.5)):
        visit(other, at + dice.between(0.1, 20) * DAY, "awareness")
    other.merged = person.merged = True
    return other


def merge_duplicates(people):
    """Contacts that are the same person: pairs, chains, one into a deleted one, a loop, a slip of the pen."""
    chosen = dice.some([p for p in people if p.created < 20 * DAY and p.kind in ("casual", "project")], 52)

    def merge(one, other, at):
        one.change(at, merged_into_contact_id=other.id)

    for number, person in enumerate(chosen):
        at = person.created + dice.between(2, 60) * DAY
        twin = duplicate(person, at)
        if number < 40:
            merge(twin, person, at + dice.between(1, 60) * DAY)
        elif number < 48:  # a chain
            third = duplicate(person, at + 3 * DAY)
            merge(third, twin, at + 9 * DAY)
            merge(twin, person, at + dice.between(12, 50) * DAY)
        elif number == 48:  # the survivor is deleted afterwards
            merge(twin, person, at + 5 * DAY)
            person.change(at + 12 * DAY, deleted_at=int(at + 12 * DAY))
            person.stop_at = at + 12 * DAY
        elif number == 49:  # each into the other
            merge(twin, person, at + 2 * DAY)
            merge(person, twin, at + 4 * DAY)
        elif number == 50:  # into itself
            twin.change(at + 2 * DAY, merged_into_contact_id=twin.id)
        else:  # into a contact that is not there
            twin.change(at + 2 * DAY, merged_into_contact_id="c99999")


def share_devices(companies):
    """Colleagues who use one device: both say on it who they are."""
    for company in dice.some([c for c in companies if len(c.people) >= 2 and c.customer_from is None], 16):
        one, other = company.people[:2]
        other.devices = [one.devices[0]] + other.devices[1:]
        for person in (one, other):
            at = dice.working_time(max(one.created, other.created) // DAY + dice.whole(1, 12))
            visit(person, at, "awareness", form="download-form")
