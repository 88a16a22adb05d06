"""The use of the product, in trials and by customers."""

from .chance import dice
from .rows import add
from .settings import DAY, LAST_DAY
from .vocabulary import FEATURES
from .website import visit


def use_product(person, at, product, amount):
    """A log-in at `at` (seconds) and what is used then; amount: mean number of features used."""
    who = {"contact_id": person.id} if dice.chance(0.7) else {"email": person.email}
    who["company_id"] = person.company.id if person.company else ""
    add("product_events", at, person, **who, event_name="logged_in", product=product)
    for feature in dict.fromkeys(dice.pick(FEATURES) for _ in range(dice.count(amount))):
        add("product_events", at + dice.whole(30, 1500), person, **who, event_name="feature_used", feature=feature,
            product=product, quantity=1 + dice.count(4))


def trial(person, at, days, logins_per_week):
    """A trial of the product: log-ins over some days from `at` (seconds)."""
    for _ in range(1 + dice.count(logins_per_week * days / 7)):
        use_product(person, dice.working_time((at + dice.between(0, days) * DAY) // DAY), person.product, 1.4)
    if dice.chance(0.2):
        add("product_events", at + 3 * DAY, person, contact_id=person.id,
            company_id=person.company.id if person.company else "", event_name="feature_used", feature="invite",
            product=person.product, quantity=1)


def work_with(person, product, start, per_week):
    """Product usage of a customer's user from `start` (seconds); some lose interest."""
    fades = dice.chance(0.22)
    for day in range(int(start // DAY), LAST_DAY + 1):
        rate = per_week / 7 * (max(0.05, 1 - (day - start / DAY) / 200) if fades else 1)
        if dice.chance(rate):
            use_product(person, dice.working_time(day), product, 0.9)
        if dice.chance(rate / 12):
            visit(person, dice.working_time(day), "customer")
