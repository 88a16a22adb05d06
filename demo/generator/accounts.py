"""Customers over time: some leave, some lose interest, some want more. Uses a separate random stream."""

from .chance import dice
from .pages import LEAVING, SUPPORT, WEBINARS
from .people import Person
from .product import use_product
from .rows import add, rows
from .sales import deal, sell
from .settings import BEGIN, DAY, END, FIRST_DAY, HOUR, LAST_DAY
from .vocabulary import PRODUCTS
from .website import visit


def look_after_customers(companies):
    """First deals, renewals, usage and outcomes of all customers."""
    customers = [company for company in companies if company.customer_from is not None and company.people
                 and company.customer_from < END]
    for company in customers:
        since = company.customer_from
        if company.customer_since != "":
            since = company.customer_since * DAY
            deal(company.people[0], company, "new", company.product, since - 40 * DAY, since, True)
            others = [product for product in PRODUCTS if product != company.product]
            for product in dice.some(others, dice.weighted([0, 1, 2], [70, 23, 7])):
                at = dice.between(since, BEGIN)
                deal(company.people[0], company, "expansion", product, at - 30 * DAY, at, True)
                company.owned.append(product)
        users = users_of(company)
        fate = dice.weighted(["steady", "leaves", "fades", "grows"], [42, 22, 13, 23]) if users else "steady"
        if users and dice.chance(0.55):
            work_regularly(users[0], company.product, company.customer_from, dice.between(0.8, 1.8))
        if users and dice.chance(0.25):
            use_card(dice.pick(users), company.customer_from)
        turn = dice.whole(-120, 38)  # the day of the change, where there is one
        if company.customer_from > (turn - 60) * DAY:
            fate = "steady"
        if fate == "leaves":
            leave(company, dice.pick(users), turn)
        elif fate == "fades":
            thin_out(company, turn, 0.35)
            for _ in range(dice.count(2.5)):
                visit(users[0], dice.working_time(turn + dice.whole(-5, 25)), "customer", entry="direct",
                      landing=dice.pick(SUPPORT))
            renew(company, dice.whole(-300, 330))
        else:
            renew(company, since // DAY + 365 * (1 + (FIRST_DAY * DAY - min(since, BEGIN)) // (365 * DAY)))
        if fate == "grows" and len(company.owned) + 1 < len(PRODUCTS):
            grow(company, dice.pick(users), turn)


def users_of(company):
    """The people of a company who use the product, the most frequent first."""
    uses = {}
    names = {name: person for person in company.people for name in (person.id, person.email)}
    for row in rows["product_events"]:
        person = names.get(row.get("contact_id", row.get("email")))
        if person:
            uses[person.id] = uses.get(person.id, 0) + 1
    return sorted((person for person in company.people if person.id in uses), key=lambda one: (-uses[one.id], one.id))


def work_regularly(person, product, start, per_week):
    """More log-ins of a company's main user from `start` (seconds)."""
    for day in range(int(max(start, person.created) // DAY) + 5, LAST_DAY + 1):
        if dice.chance(per_week / 7):
            use_product(person, dice.working_time(day), product, 1.0)


def use_card(person, start):
    """Spare parts bought with a loyalty card from `start` (seconds); the quantity is the parts bought."""
    for day in range(int(max(start, person.created) // DAY) + 20, LAST_DAY + 1):
        if dice.chance(0.055):
            add("product_events", dice.working_time(day), person, contact_id=person.id, company_id=person.company.id,
                event_name="loyalty_card_used", quantity=dice.whole(1, 20))


def thin_out(company, day, left):
    """From a day (from the anchor) on, only a share of a company's product events happens (left, 0 to 1)."""
    names = {name for person in company.people for name in (person.id, person.email)}
    rows["product_events"] = [
        row for row in rows["product_events"]
        if row["occurred_at"] < day * DAY or row.get("contact_id", row.get("email")) not in names
        or dice.chance(left)]


def renew(company, due):
    """The contract is renewed for a year on a day (from the anchor), and every year."""
    due = int(due)
    company.changes.append((max(company.customer_from, BEGIN), {"contract_renewal_on": due}))
    if due <= LAST_DAY:
        company.changes.append((due * DAY, {"contract_renewal_on": due + 365}))
        if dice.chance(0.6):
            deal(dice.pick(company.people), company, "renewal", company.product, (due - 35) * DAY,
                 dice.working_time(due - dice.whole(2, 12)), True)


def leave(company, person, day):
    """A company that lets its contract expire: less use, visits to the help pages about leaving."""
    thin_out(company, day, 0.25)
    thin_out(company, day + 25, 0.04)
    due = day + dice.whole(25, 95)
    company.changes.append((max(company.customer_from, BEGIN), {"contract_renewal_on": due}))
    if dice.chance(0.3):
        deal(person, company, "renewal", company.product, (due - 30) * DAY, due * DAY, False)
    person.known_from = min(person.known_from, day * DAY)
    if dice.chance(0.75):
        for _ in range(1 + dice.count(1.2)):
            visit(person, dice.working_time(day + dice.whole(0, 40)), "leaving", entry="direct",
                  landing=dice.pick(LEAVING))
    for _ in range(dice.count(1.0)):
        sell(person, dice.working_time(day + dice.whole(5, 50)), "call", "outbound",
             dice.pick(["no_answer", "no_answer", "connected"]))
    if dice.chance(0.25):
        sell(person, dice.working_time(day + dice.whole(5, 40)), "meeting", "outbound", "cancelled")


def grow(company, person, day):
    """A customer that wants another product: visits, a request, meetings, a deal, and more users."""
    other = dice.pick([product for product in PRODUCTS if product not in (company.product, *company.owned)])
    first, person.product = person.product, other
    person.known_from = min(person.known_from, day * DAY)
    length = dice.whole(20, 45)
    for _ in range(2 + dice.count(3)):
        visit(person, dice.working_time(day + dice.whole(0, length)), dice.pick(["consideration", "decision"]),
              entry="direct")
    if dice.chance(0.3):
        add("web_events", dice.working_time(day + 6), person, anonymous_id=person.devices[0], email=person.email,
            event_name="webinar_attended", page_path=WEBINARS[PRODUCTS.index(other)], product=other,
            duration_seconds=dice.whole(900, 3600), user_agent=person.agents[0], ip_address=person.ip)
    if dice.chance(0.45):
        asked = visit(person, dice.working_time(day + length), "decision", entry="direct",
                      landing=f"/products/{other}", form="demo-form")
        sell(person, asked + 4 * HOUR, "call", "outbound", "connected")
        if dice.chance(0.7):
            sell(person, dice.working_time(day + length + dice.whole(3, 9)), "meeting", "inbound", "held")
            sell(person, dice.working_time(day + length + dice.whole(10, 14)), "email", "inbound")
        if dice.chance(0.6):
            deal(person, company, "expansion", other, (day + length + 9) * DAY,
                 dice.working_time(day + length + dice.whole(25, 60)), dice.chance(0.7))
    person.product = first
    for _ in range(dice.count(1.3)):
        invite(person, company, dice.working_time(day + dice.whole(0, length)))


def invite(person, company, at):
    """A colleague is invited to the product at `at` (seconds), comes and stays."""
    add("product_events", at, person, contact_id=person.id, company_id=company.id, event_name="feature_used",
        feature="invite", product=company.product, quantity=1)
    if at + 2 * DAY >= END:
        return
    other = Person(company, "customer")
    other.create(int(at + 2 * HOUR), "inbound", "website", stage="customer")
    other.known_from = other.created
    visit(other, other.created + HOUR, "newcomer", entry="direct")
    work_regularly(other, company.product, other.created, dice.between(0.5, 2.5))
