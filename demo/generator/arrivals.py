"""How contacts come into the CRM."""

from .chance import dice
from .people import Person
from .sales import cold_outreach
from .settings import CONTACT_COUNT, DAY, FIRST_DAY, LAST_DAY
from .vocabulary import COMPETITORS, FREE_MAIL, UNIVERSITIES
from .website import visit


def arrive(person, day):
    """How a contact comes into the CRM on a day (days from the anchor): by a form, or by a list."""
    at = dice.working_time(day)
    if person.kind == "customer" or dice.chance({"quiet": 0.75, "project": 0.2}.get(person.kind, 0.35)):
        source = dice.weighted(["trade fair", "cold list", "referral", "LinkedIn"], [30, 40, 10, 20])
        if person.kind == "customer":
            person.create(at, "inbound", "website", stage="customer")
        else:
            person.create(at, "inbound" if source == "referral" else "outbound", source)
            if dice.chance(0.5):
                cold_outreach(person, at)
        return
    form = dice.weighted(["download-form", "newsletter-form", "contact-form"], [50, 34, 16])
    stage = {"student": "student", "project": "awareness"}.get(person.kind, "casual")
    for _ in range(dice.count(1.2)):  # first visits, when nobody knows who it is
        visit(person, at - dice.between(0.2, 30) * DAY, stage)
    at = visit(person, at, stage, form=form)
    person.subscribed = person.subscribed or form == "newsletter-form"
    source = {"download-form": "website", "newsletter-form": "newsletter", "contact-form": "website"}[form]
    person.create(at + 2, "inbound", dice.weighted([source, "webinar", "partner"], [86, 9, 5]),
                  stage="subscriber" if form == "newsletter-form" else "lead")


def make_people(companies, projects):
    """All contacts but duplicates, each with the day it comes into the CRM. Shape: CONTACT_COUNT."""
    for company in companies:
        if company.customer_from is not None:
            for _ in range(1 + dice.count(1.2)):
                Person(company, "customer")
    others = [company for company in companies if company.customer_from is None]
    special = [("student", 60), ("competitor", 24)]
    for kind, number in special:
        for _ in range(number):
            domain = dice.pick(COMPETITORS) if kind == "competitor" else dice.pick(UNIVERSITIES + FREE_MAIL[:3])
            Person(None, kind, domain=domain)
    while len(Person.everybody) < CONTACT_COUNT:
        company = dice.pick(others) if dice.chance(0.93) else None
        domain = dice.pick(FREE_MAIL) if dice.chance(0.05) else None
        person = Person(company, "quiet" if dice.chance(0.48) else "casual", domain=domain)
        if company and dice.chance(0.02):
            person.tags = dice.pick(["partner", "partner;reseller", "press"])
    people = list(Person.everybody)
    days = list(range(FIRST_DAY, LAST_DAY + 1))  # somebody new every day, and more at random
    plain_people = [person for person in people if person.kind not in ("project", "customer")]
    for number, person in enumerate(dice.some(plain_people, len(plain_people))):
        arrive(person, days[number] if number < len(days) else dice.pick(days))
    for person in people:
        if person.kind == "customer":
            arrive(person, FIRST_DAY if dice.chance(0.7) else dice.pick(days))
    for project in projects:
        for person in project.people:
            day = project.start // DAY + (dice.between(-120, 0) if dice.chance(0.3) else dice.between(0, 26))
            arrive(person, min(max(day, FIRST_DAY), LAST_DAY))
    return people
