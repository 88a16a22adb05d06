"""The contacts and the versions of their rows."""

from .chance import dice
from .pages import PEOPLE_AGENTS
from .rows import rows
from .settings import END, NEVER
from .vocabulary import (COUNTRIES, DEPARTMENTS, FIRST_NAMES, FREE_MAIL, LAST_NAMES, NEEDS, OWNERS,
                         PLACEHOLDERS, PRODUCTS, REGIONS, STUDENT_TITLES, TITLES)


def plain(text):
    """Text in ASCII lower case, for addresses."""
    for letters, replacement in (("é", "e"), ("ú", "u"), ("ñ", "n"), ("ü", "u"), ("ó", "o"), ("ë", "e")):
        text = text.replace(letters, replacement)
    return text.lower()


class Person:
    """A contact: who it is, how it behaves, and the versions of its row.

    changes: list of (timestamp in seconds, {column: value}), the first one complete.
    busy: list of (from, to, level): timestamps in seconds, level 0 to 1 how interested it is then.
    known_from: timestamp in seconds from which the first device is known to be the person's.
    stop_at: timestamp in seconds after which nothing more is heard of the person.
    """

    everybody = []
    addresses = set()

    def __init__(self, company, kind, domain=None):
        self.id = f"c{len(Person.everybody) + 1:05d}"
        Person.everybody.append(self)
        self.company, self.kind = company, kind
        self.first, self.last = dice.pick(FIRST_NAMES), dice.pick(LAST_NAMES)
        self.domain = domain or (company.domain if company else dice.pick(FREE_MAIL))
        self.email = self.make_address()
        self.function, self.seniority, _, titles = dice.weighted(TITLES, [title[2] for title in TITLES])
        self.title = dice.pick(titles)
        self.department = dice.pick(DEPARTMENTS[self.function])
        if kind == "student":
            self.function, self.seniority, self.title = "other", "intern_or_student", dice.pick(STUDENT_TITLES)
            self.department = ""
        self.devices = [f"a{int(dice.uniform() * 16**8):08x}" for _ in range(1 + dice.chance(0.25))]
        self.agents = [dice.pick(PEOPLE_AGENTS[:4])] + [dice.pick(PEOPLE_AGENTS[4:])] * (len(self.devices) - 1)
        self.ip = f"{dice.pick(['192.0.2', '198.51.100', '203.0.113'])}.{dice.whole(1, 254)}"
        self.product = dice.pick(PRODUCTS)
        self.owner = dice.pick(OWNERS)
        self.created, self.known_from, self.stop_at, self.mail_stops_at = None, NEVER, NEVER, NEVER
        self.subscribed = dice.chance(0.55)
        self.bad_address = dice.chance(0.025)
        self.session_times, self.busy, self.changes = [], [], []
        self.tags, self.merged = "", False
        self.downloaded = []
        if company:
            company.people.append(self)

    def make_address(self):
        """An address that nobody else has."""
        name = f"{plain(self.first)}.{plain(self.last)}"
        if self.domain in FREE_MAIL:  # a real domain: the name must be nobody's
            return f"{name}.demo-{self.id}@{self.domain}"
        address, number = f"{name}@{self.domain}", 2
        while address in Person.addresses:
            address, number = f"{name}{number}@{self.domain}", number + 1
        Person.addresses.add(address)
        return address

    def fit(self):
        """Fit of person and company together, about -4 to 4."""
        role = {"operations": 0.5, "engineering": 0.5, "it": 0.2, "executive": 0.4, "procurement": 0.2}
        rank = {"c_level": 0.4, "vp": 0.4, "director": 0.4, "manager": 0.2, "specialist": -0.1}
        company = self.company.fit if self.company else -1.2
        return company + role.get(self.function, -0.6) + rank.get(self.seniority, -1.5)

    def interest(self, at):
        """How interested the person is at a timestamp (seconds), 0 to 1."""
        return max([level for start, end, level in self.busy if start <= at < end], default=0.0)

    def create(self, at, origin, source, stage="lead"):
        """Row of the contact at `at` (seconds), as messy as forms and lists are."""
        self.created = at
        self.origin = origin
        anywhere = dice.weighted(list(COUNTRIES), [weight for weight, _ in COUNTRIES.values()])
        country = self.company.country if self.company else anywhere
        spelling = dice.pick(COUNTRIES[country][1])
        if dice.chance(0.22):
            spelling = dice.pick(PLACEHOLDERS + [""] * 8)
        title = self.title if not dice.chance(0.07) else dice.pick(PLACEHOLDERS + [""] * 8)
        title = dice.weighted([title, title.upper(), title.lower(), f" {title} "], [88, 4, 5, 3])
        talks = origin == "inbound" and dice.chance(0.25)  # forms with optional questions
        self.changes.append((at, {
            "email": dice.weighted([self.email, self.email.title(), f" {self.email}"], [92, 5, 3]),
            "first_name": self.first, "last_name": self.last, "job_title": title,
            "department": self.department if dice.chance(0.6) else dice.pick(["", "", "N/A", "Select"]),
            "company_id": self.company.id if self.company and not dice.chance(0.02) else "",
            "country": spelling,
            "region": dice.pick(REGIONS[country]) if country in REGIONS and dice.chance(0.25) else "",
            "lead_source": source, "origin": origin, "lifecycle_stage": stage,
            "owner_id": self.owner if origin == "outbound" or stage == "customer" else "",
            "tags": self.tags,
            "buying_role": dice.pick(["decision_maker", "influencer", "user", "user"]) if talks else "",
            "need": dice.pick(NEEDS + ["Something else", "Select"]) if talks else "",
        }))

    def change(self, at, **columns):
        """A later version of the row: the columns that change at `at` (seconds)."""
        self.changes.append((int(at), columns))


def finish_contacts():
    """Rows of contacts: one per version, each complete. Versions after the demo's days are left out."""
    for person in Person.everybody:
        state = {"contact_id": person.id}
        created = person.changes[0][0]
        for at, columns in sorted(person.changes, key=lambda change: change[0]):
            at = max(at, created)
            if at >= END or (at > person.stop_at and "deleted_at" not in columns):
                continue
            state = {**state, **columns, "created_at": created, "updated_at": int(at)}
            rows["contacts"].append(state)
