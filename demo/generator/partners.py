"""Partners and the prospects that they introduce. Uses a separate random stream."""

from .chance import dice
from .pages import WEBINARS
from .rows import add
from .sales import sell
from .settings import BEGIN, DAY, LAST_DAY
from .social import socialise
from .website import visit

# How many there are, and their referrals, visits, meetings and mails in a year (means).
LEVELS = [(6, 5.0, 14, 3.0, 5.0), (10, 1.5, 8, 1.2, 2.0), (15, 0.1, 2, 0.1, 0.3)]


def work_with_partners(people):
    """Consultants and software houses that became partners, and what partners do."""
    houses = [person for person in people if person.kind in ("quiet", "casual") and not person.merged
              and person.company and person.company.industry in ("Consulting", "Software")
              and person.company.customer_from is None and person.created < -60 * DAY and person.tags == ""]
    partners = [person for person in people if person.tags.startswith("partner") and not person.merged]
    for person in dice.some(houses, sum(level[0] for level in LEVELS) - len(partners)):
        person.changes[0][1]["tags"] = person.tags = dice.pick(["partner", "partner;reseller", "reseller; partner"])
        person.changes[0][1]["lead_source"] = "partner"
        partners.append(person)
    partners = dice.some(partners, len(partners))
    for number, *means in LEVELS:
        for person in partners[:number]:
            introduce(person, *means)
        partners = partners[number:]


def introduce(person, referrals, visits, meetings, mails):
    """What a partner does; so many referrals, visits, meetings and mails in a year (means)."""
    start = max(person.created, BEGIN) // DAY + 4
    share = (LAST_DAY - start) / 365
    person.known_from = person.created
    person.change(person.created + 3 * DAY, owner_id=person.owner)

    def days(mean):
        return [dice.working_time(start + dice.between(0, LAST_DAY - start)) for _ in range(dice.count(mean * share))]

    for at in days(visits):
        visit(person, at, "partner", entry="direct", landing="/partners/portal")
    for at in days(referrals):
        visit(person, at, "partner", entry="direct", landing="/partners/introduce", form="referral-form")
    for at in days(meetings):
        sell(person, at, "meeting", "outbound", "held")
    for at in days(mails):
        sell(person, at, "email", "inbound")
        sell(person, at + DAY, "call", "outbound", dice.pick(["connected", "no_answer"]))
    for at in days(visits / 6):
        add("web_events", at, person, anonymous_id=person.devices[0], email=person.email,
            event_name="webinar_attended", page_path=dice.pick(WEBINARS), duration_seconds=dice.whole(900, 3600),
            user_agent=person.agents[0], ip_address=person.ip)
    for at in days(referrals / 3):
        socialise(person, at, "shared")
