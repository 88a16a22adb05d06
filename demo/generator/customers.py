"""Companies that buy, and companies that are customers from the beginning."""

from .chance import dice
from .product import work_with
from .sales import deal, qualify, sell
from .settings import BEGIN, DAY, END
from .vocabulary import PRODUCTS


def win(company, people, product, closed):
    """The company is a customer from `closed` (seconds): its people's rows say so, and they use the product."""
    if closed >= END:
        return
    company.become_customer(int(closed))
    company.product = company.product or product
    for person in people:
        person.change(closed + dice.between(0.1, 3) * DAY, lifecycle_stage="customer")
        if person is people[0] or dice.chance(0.5):
            work_with(person, product, closed + 5 * DAY, dice.between(0.3, 1.2))


def serve_customers(companies):
    """Usage, visits, renewals and expansions of the companies that are customers from the beginning."""
    for company in companies:
        company.product = product = dice.pick(PRODUCTS)
        for person in company.people:
            if dice.chance(0.75):
                person.known_from = person.created
                work_with(person, product, max(person.created, BEGIN), dice.between(0.2, 1.0))
        if company.people and dice.chance(0.55):
            kind = dice.pick(["renewal", "renewal", "expansion"])
            created = dice.between(BEGIN + 10 * DAY, END)
            person = dice.pick(company.people)
            if created > person.created:
                other = product if kind == "renewal" else dice.pick([p for p in PRODUCTS if p != product])
                deal(person, company, kind, other, created, created + dice.between(10, 70) * DAY, dice.chance(0.75))


def surprise(person):
    """A company that buys after a call or a fair, with hardly any website visits."""
    at = person.created + dice.between(3, 40) * DAY
    sell(person, at, "call", "outbound", "connected")
    sell(person, at + 4 * DAY, "meeting", "outbound", "held")
    person.change(at + 4 * DAY, lifecycle_stage="opportunity", **qualify(0.5, person.product, at))
    closed = at + dice.between(20, 50) * DAY
    deal(person, person.company, "new", person.product, at + 6 * DAY, closed, True)
    win(person.company, [person], person.product, closed)
