"""Visitors without a project: contacts who look around, strangers and bots."""

from .chance import dice
from .pages import BLOG, BOT_AGENTS, PEOPLE_AGENTS, SOLUTIONS, STORIES
from .people import Person
from .product import trial
from .rows import add
from .settings import DAY, END, FIRST_DAY, LAST_DAY, NEVER, STRANGER_COUNT
from .social import see_ads, socialise
from .vocabulary import PRODUCTS
from .website import visit


def drift(person):
    """Visits of somebody who looks around without a project."""
    stage = "student" if person.kind == "student" else "casual"
    mean = {"casual": 2.2, "student": 4.0, "competitor": 7.0}[person.kind]
    for _ in range(dice.count(mean)):
        visit(person, dice.working_time(person.created // DAY + 1 + int(dice.uniform() ** 1.7 * 200)),
              "consideration" if person.kind == "competitor" else stage, device=dice.whole(0, 1))
    person.busy.append((person.created, END, 0.15))
    if dice.chance(0.14):
        for _ in range(1 + dice.count(1.3)):
            socialise(person, person.created + dice.between(0, 120) * DAY,
                      dice.weighted(["page_visited", "followed", "commented", "shared"], [70, 18, 8, 4]))
    if dice.chance(0.25):
        see_ads(person, person.created, person.created + 60 * DAY, dice.count(4), 0.03)
    if person.kind == "casual" and dice.chance(0.03):  # asks for a trial out of curiosity
        trial(person, person.created + dice.between(1, 60) * DAY, 10, 1.2)


def strangers_and_bots():
    """Visitors who never say who they are, and machines."""
    for number in range(STRANGER_COUNT):
        ghost = Person.__new__(Person)
        ghost.devices, ghost.agents = [f"a{int(dice.uniform() * 16**8):08x}"], [dice.pick(PEOPLE_AGENTS)]
        ghost.ip = f"198.51.100.{dice.whole(1, 254)}"
        ghost.product, ghost.known_from, ghost.stop_at = dice.pick(PRODUCTS), NEVER, NEVER
        ghost.downloaded = []
        day = dice.whole(FIRST_DAY, LAST_DAY)
        for _ in range(1 + dice.count(0.7)):
            visit(ghost, dice.working_time(day), "casual")
            day += dice.whole(0, 20)
    for number in range(70):
        agent, day = dice.pick(BOT_AGENTS), dice.whole(FIRST_DAY, LAST_DAY)
        at, anonymous_id = day * DAY + dice.whole(0, DAY - 2000), f"b{int(dice.uniform() * 16**8):08x}"
        for path in dice.some(BLOG + STORIES + SOLUTIONS + ["/", "/pricing", "/products/connect"], dice.whole(4, 18)):
            add("web_events", at, anonymous_id=anonymous_id, event_name="page_viewed", page_path=path,
                duration_seconds=1, user_agent=agent, ip_address=f"203.0.113.{number % 200 + 1}")
            at += dice.whole(1, 4)
