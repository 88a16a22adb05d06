"""The whole year, from the companies to the files."""

import math

from .accounts import look_after_customers
from .arrivals import make_people
from .bad_rows import break_rows
from .chance import another_stream, dice
from .companies import finish_companies, make_companies
from .customers import serve_customers, surprise
from .delivery import disturb_delivery, number_events
from .departures import leave
from .duplicates import merge_duplicates, share_devices
from .files import write
from .mails import mail_everybody
from .partners import work_with_partners
from .people import finish_contacts
from .projects import Project
from .rows import COLUMNS
from .settings import BEGIN, DAY, FIRST_DAY, LAST_DAY, PROJECT_COUNT, SURPRISE_COUNT
from .trials import try_together
from .visitors import drift, strangers_and_bots


def main():
    """Make everything and write the files."""
    companies = make_companies()
    weights = [math.exp(0.35 * company.fit) if company.customer_from is None else 0 for company in companies]
    seekers = []
    while len(seekers) < PROJECT_COUNT:
        company = dice.weighted(companies, weights)
        if company not in seekers:
            seekers.append(company)
    projects = [Project(company, dice.whole(FIRST_DAY + 5, LAST_DAY - 4)) for company in seekers]
    people = make_people(companies, projects)
    share_devices(companies)
    merge_duplicates(people)
    leave(people)
    for project in projects:
        project.run()
    for person in people:
        if person.kind in ("casual", "student", "competitor"):
            drift(person)
    buyers = [p for p in people if p.kind in ("quiet", "casual") and p.company and p.company not in seekers
              and p.company.fit > 0.5 and p.company.customer_from is None and p.created < -20 * DAY and not p.merged]
    for person in dice.some(buyers, SURPRISE_COUNT):
        if person.company.customer_from is None:
            surprise(person)
    serve_customers([company for company in companies if company.customer_since != ""])
    mail_everybody(people, projects)
    strangers_and_bots()
    with another_stream(1):
        look_after_customers(companies)
    with another_stream(2):
        work_with_partners(people)
    with another_stream(3):
        try_together(projects)
    for company in companies:
        first = min([person.created for person in company.people], default=BEGIN)
        company.first_version(BEGIN if company.customer_since != "" else min(first, BEGIN + DAY * 200))
    finish_contacts()
    finish_companies(companies)
    number_events()
    disturb_delivery()
    break_rows()
    for table in COLUMNS:
        write(table)
