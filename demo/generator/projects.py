"""Projects: the search of a company for a solution, from the first visit to the deal."""

import math

from .chance import dice, logistic
from .customers import win
from .pages import WEBINARS
from .people import Person
from .product import trial
from .rows import add
from .sales import deal, qualify, sell
from .settings import DAY, END, HOUR
from .social import see_ads, socialise
from .vocabulary import PRODUCTS
from .website import visit


class Project:
    """A company's search for a solution, with the people who take part.

    start: timestamp in seconds. depth: 1 looks around, 2 compares, 3 wants an offer.
    drive: how much they want it, about -2 to 2.
    """

    def __init__(self, company, start_day):
        self.company, self.start = company, start_day * DAY
        self.drive = dice.normal()
        self.product = dice.pick(PRODUCTS)
        self.phases = [dice.between(8, 24), dice.between(8, 26), dice.between(10, 24)]  # days
        self.depth = 1
        for step in (0.9, 0.2):
            if dice.chance(logistic(step + 0.45 * company.fit + 0.8 * self.drive)):
                self.depth += 1
            else:
                break
        self.people = [Person(company, "project") for _ in range(dice.weighted([1, 2, 3], [45, 38, 17]))]
        self.lead = max(self.people, key=lambda person: person.fit() + 0.6 * dice.normal())
        for person in self.people:
            person.product = self.product
            person.share = 1.0 if person is self.lead else dice.between(0.25, 0.8)

    def run(self):
        """Everything that the people of the project do, and what sales does with them."""
        compares = self.start + self.phases[0] * DAY
        decides = compares + self.phases[1] * DAY
        ends = decides + self.phases[2] * DAY
        stages = [("awareness", self.start, compares, 1.6), ("consideration", compares, decides, 3.2),
                  ("decision", decides, ends, 4.0)][: self.depth]
        for person in self.people:
            eagerness = person.share * math.exp(0.35 * self.drive)
            for stage, start, end, mean in stages:
                person.busy.append((start, end, {"awareness": 0.4, "consideration": 0.7, "decision": 0.9}[stage]))
                for _ in range(dice.count(mean * eagerness)):
                    visit(person, dice.working_time(dice.between(start, end) // DAY), stage,
                          device=0 if dice.chance(0.85) else 1)
            person.busy.append((stages[-1][2], stages[-1][2] + 60 * DAY, 0.25))
            see_ads(person, self.start, stages[-1][2], dice.count(7 * person.share), 0.14)
            for _ in range(dice.count(1.1 * eagerness)):
                socialise(person, dice.between(self.start, stages[-1][2]),
                          dice.weighted(["page_visited", "followed", "commented", "shared", "connected", "replied"],
                                        [46, 17, 14, 8, 8, 7]), dice.weighted(["linkedin", "youtube"], [85, 15]))
            if self.depth >= 2:
                self.compare(person, compares, decides)
        if self.depth == 3:
            self.decide(decides, ends)
        for person in self.people:  # looks back now and then
            for _ in range(dice.count(0.5)):
                visit(person, dice.working_time((stages[-1][2] + dice.between(5, 90) * DAY) // DAY), "casual")

    def compare(self, person, start, end):
        """Webinar, chat and the like, between two timestamps (seconds)."""
        if dice.chance(0.3 * person.share):
            at = dice.working_time(dice.between(start, end) // DAY)
            add("web_events", at, person, anonymous_id=person.devices[0], email=person.email,
                event_name="webinar_attended", page_path=WEBINARS[PRODUCTS.index(self.product)], product=self.product,
                duration_seconds=dice.whole(900, 3600), user_agent=person.agents[0], ip_address=person.ip)
            person.known_from = min(person.known_from, at)
        if dice.chance(0.16 * person.share):
            add("web_events", dice.working_time(dice.between(start, end) // DAY), person,
                anonymous_id=person.devices[0], event_name="chat_started", page_path="/pricing",
                user_agent=person.agents[0], ip_address=person.ip)
        if person is self.lead:
            at = max(dice.between(start, end), person.created + HOUR)
            person.change(at, lifecycle_stage="mql", owner_id=person.owner)
            if dice.chance(0.5):
                self.call(person, at + dice.between(0.5, 40) * HOUR, tries=2)

    def call(self, person, at, tries):
        """Outbound calls from `at` (seconds) until somebody answers. Returns the last one's time."""
        for number in range(tries):
            answered = dice.chance(0.45)
            sell(person, at, "call", "outbound", "connected" if answered else "no_answer")
            if answered:
                break
            if dice.chance(0.5):
                sell(person, at + 80, "voicemail", "outbound")
            if number + 1 < tries:
                at = at + dice.between(4, 50) * HOUR
        return at

    def decide(self, start, end):
        """Requests, calls, meetings and the deal, from `start` to `end` (seconds)."""
        person = self.lead
        asked = max(dice.working_time(start // DAY + dice.whole(0, 3)), person.created + HOUR)
        request = dice.weighted(["demo", "call", "none"], [56, 22, 22])
        if request == "demo":
            asked = visit(person, asked, "decision", landing="/pricing", form="demo-form")
        elif request == "call":
            asked = visit(person, asked, "decision", landing="/contact")
            add("web_events", asked, person, anonymous_id=person.devices[0], email=person.email,
                event_name="call_requested", page_path="/contact", form_id="contact-form", user_agent=person.agents[0],
                ip_address=person.ip)
            person.known_from = min(person.known_from, asked)
        reached = self.call(person, asked + math.exp(math.log(3) + 1.2 * dice.normal()) * HOUR, tries=4)
        if dice.chance(0.4):
            sell(person, reached + 2 * HOUR, "call", "outbound", "meeting_booked")
        if dice.chance(0.12):
            return  # sales never gets hold of anybody
        met = dice.working_time(reached // DAY + dice.whole(2, 7))
        for number in range(dice.whole(1, 3)):
            held = dice.chance(0.85)
            sell(person, met + number * 7 * DAY, "meeting", "inbound" if request == "demo" else "outbound",
                 "held" if held else "cancelled")
            if dice.chance(0.5):
                sell(person, met + number * 7 * DAY + 26 * HOUR, "email", "inbound")
            sell(person, met + number * 7 * DAY + 28 * HOUR, "email", "outbound")
        if dice.chance(0.35):
            trial(person, met, dice.between(12, 28), 2.5)
        luck = -1.1 + 0.5 * self.company.fit + 0.75 * self.drive + 0.25 * person.fit() / 2 + 0.6 * dice.normal()
        wins = dice.chance(logistic(1.7 * luck))
        person.change(met + HOUR, lifecycle_stage="sql", **qualify(luck, self.product, met))
        created = met + dice.between(1, 6) * DAY
        if dice.chance(0.15):
            return  # met, and no more
        person.change(created, lifecycle_stage="opportunity")
        closed = created + dice.between(9, 45) * DAY
        deal(person, self.company, "new", self.product, created, closed, wins)
        if wins:
            win(self.company, self.people, self.product, closed)
        elif closed < END:
            person.change(closed + 2 * HOUR, lifecycle_stage="lead")
