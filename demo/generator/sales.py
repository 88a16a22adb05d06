"""The work of the sales team: activities, what it learns, and deals."""

from .chance import dice, logistic
from .rows import add, rows
from .settings import DAY, END, HOUR
from .social import socialise
from .vocabulary import NEEDS
from .website import visit


def sell(person, at, kind, direction, outcome=""):
    """A sales activity at `at` (seconds) of the person's owner."""
    add("sales_activities", at, person, contact_id=person.id, kind=kind, direction=direction, outcome=outcome,
        owner_id=person.owner)


def cold_outreach(person, at):
    """Calls and messages to somebody who did not ask, from `at` (seconds) on."""
    at += dice.between(1, 6) * DAY
    for _ in range(1 + dice.count(1.2)):
        kind = dice.weighted(["call", "email", "linkedin_message"], [50, 30, 20])
        if kind == "call":
            outcome = dice.weighted(["no_answer", "connected", "meeting_booked"], [74, 23, 3])
            sell(person, at, "call", "outbound", outcome)
            if outcome == "no_answer" and dice.chance(0.35):
                sell(person, at + 90, "voicemail", "outbound")
            if outcome == "connected" and person.fit() < 0:
                person.change(at + HOUR, budget_confirmed="false")
            if outcome == "meeting_booked":
                sell(person, at + 5 * DAY, "meeting", "outbound", dice.pick(["held", "held", "cancelled"]))
        else:
            sell(person, at, kind, "outbound")
            if kind == "linkedin_message" and dice.chance(0.15 if person.kind == "quiet" else 0.4):
                visit(person, at + dice.between(0.1, 20) * HOUR, "casual", entry="message")
                socialise(person, at + dice.between(1, 30) * HOUR, "replied")
                sell(person, at + dice.between(1, 30) * HOUR, "linkedin_message", "inbound")
                socialise(person, at + dice.between(1, 30) * HOUR, "connected")
        at += dice.between(2, 9) * DAY


def qualify(luck, product, at):
    """What sales learns in a first meeting at `at` (seconds); the luckier the deal, the better."""

    def good(base):
        return dice.chance(logistic(base + luck))

    answers = {
        "budget_amount": dice.whole(4, 40) * 2_500 if good(1.2) else "",
        "budget_confirmed": "true" if good(0.3) else dice.pick(["false", ""]),
        "buying_role": "decision_maker" if good(-0.2) else dice.pick(["influencer", "user"]),
        "need": dice.pick(NEEDS) if good(1.5) else dice.pick(["", "Something else"]),
        "project_start_on": int(at // DAY + dice.whole(20, 260)) if good(0.8) else "",
        "technical_requirements_ready": "true" if good(-0.4) else dice.pick(["false", ""]),
        "solution_considered": product if good(0.8) else dice.pick(["", "linkfactory"]),
    }
    return {name: value for name, value in answers.items() if value != ""}


def worth(company):
    """How much more a company of its size buys than one with 150 employees, as a factor."""
    return (company.employees / 150) ** 0.3


def deal(person, company, deal_type, product, created, closed, wins):
    """A deal and the versions of its row, between two timestamps (seconds)."""
    created, closed = int(created), int(closed)
    if created >= END:
        return
    number = sum(row["stage"] == "discovery" for row in rows["deals"]) + 1
    base = {"deal_id": f"d{number:04d}", "contact_id": person.id if dice.chance(0.93) else "", "company_id": company.id,
            "deal_type": deal_type, "product": product, "created_at": created,
            "amount": int(dice.between(6, 90) * worth(company)) * 1000}
    middle = created + (closed - created) * 0.4
    for at, changes in (
        (created, {"stage": "discovery"}),
        (middle, {"stage": "proposal", "amount": int(base["amount"] * dice.pick([1, 1, 0.9, 1.2]))}),
        (closed, {"stage": "won" if wins else "lost", "closed_at": closed, "is_won": "true" if wins else "false"}),
    ):
        base = {**base, **changes, "updated_at": int(at)}
        if at < END:
            rows["deals"].append(base)
