"""Trials by several people of a company. Uses a separate random stream."""

from .chance import dice
from .product import use_product
from .rows import add
from .settings import DAY, LAST_DAY
from .website import visit

TRIAL_COUNT = 22


def try_together(projects):
    """Companies whose people try the product together, while they compare products."""
    able = [project for project in projects if project.depth >= 2 and project.company.customer_from is None
            and -110 * DAY < project.start < (LAST_DAY - 25) * DAY]
    for project in dice.some(able, TRIAL_COUNT):
        start = int((project.start + project.phases[0] * DAY) // DAY)
        colleagues = [person for person in project.company.people
                      if person.created < (start + 10) * DAY and not person.merged]
        eager = dice.pick([0.8, 2.0, 4.0])  # log-ins a week
        for person in dice.some(colleagues, 1 + dice.count(2)):
            person.known_from = min(person.known_from, max(person.created, start * DAY))
            take_part(person, project, max(start, int(person.created // DAY) + 1), eager * dice.between(0.4, 1.3))


def take_part(person, project, start, per_week):
    """A trial of four weeks from a day (from the anchor), with so many log-ins a week (mean)."""
    for day in range(start, start + 28):
        if dice.chance(per_week / 7):
            use_product(person, dice.working_time(day), project.product, 1.5)
    if per_week > 1.5 and dice.chance(0.5):
        add("product_events", dice.working_time(start + 4), person, contact_id=person.id,
            company_id=project.company.id, event_name="feature_used", feature="invite", product=project.product,
            quantity=1)
    if dice.chance(0.5):
        visit(person, dice.working_time(start + dice.whole(0, 6)), "newcomer", entry="direct")
