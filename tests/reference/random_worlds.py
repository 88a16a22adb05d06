"""Small random worlds: raw tables as badly kept as real ones, with a valid configuration.

The same seed and options give the same world. In one table all rows have the same columns.
"""

import random
from datetime import date, datetime, time, timedelta

from .engagement import RAW_COLUMNS
from .random_configurations import (
    COUNTRY_NAMES,
    CUSTOM_ATTRIBUTES,
    EVENT_VALUES,
    JOBS,
    NUMBER_ATTRIBUTES,
    TEXT_ATTRIBUTES,
    random_configuration,
)
from .reading import ACTIVITY_TABLES, CLOSED_LISTS, IDENTITIES, documented_columns, kind_of, required_columns

# What score() needs to know of the words in these worlds; other sensible seeds agree with it.
SEEDS = {
    "placeholders": {"select", "n/a", "-", "unknown"},
    "countries": COUNTRY_NAMES,
    "automated_user_agents": ["%googlebot%", "%bingbot%", "%ahrefsbot%"],
    "scanner_networks": ["63.128.21.", "170.10.129."],
    "free_mail_domains": {"gmail.com", "yahoo.com", "hotmail.com"},
    "job_titles": JOBS,
}
PLACEHOLDERS = ["Select", "N/A", "n/a", "-", "Unknown", " unknown "]
USER_AGENTS = [
    None, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/121.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_2) Safari/605.1.15",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; BINGBOT/2.0)",
]
UNREADABLE = {
    "number": ["abc", "<50", "12 people", "1,2,3", "2e16"],
    "boolean": ["maybe", "2"],
    "date": ["31/12/2024", "2024-13-01", "soon"],
    "time": ["never", "2024-02-30 10:00:00", "yesterday"],
}
QUANTITY_VALUES = {
    "duration_seconds": [0, 1, 30, 59.5, 600],
    "percent_complete": [0, 24.9, 25, 49.999, 50, 74.999, 75, 100],
    "quantity": [0, 1, 2, 3, 2.5, -1],
}
EDGES = [-1, 0, 0, 1, 5, 7, 10, 14, 29, 30, 45, 60, 90]  # ages in days at which rules may turn
COMPANY_IDS = [f"k{number}" for number in range(1, 7)]


class _World:
    """The state of one generation: the random source, the days and the people."""

    def __init__(self, seed, days, contacts):
        self.rng = random.Random(seed)
        self.start = date(2024, 1, 1) + timedelta(days=self.rng.randint(0, 300))
        self.days = days
        self.as_of = self.start + timedelta(days=self.rng.randint(days * 2 // 3, days))
        number = contacts or self.rng.randint(5, 25)
        self.contact_ids = [f"c{index}" for index in range(1, number + 1)]
        if number > 7 and self.rng.random() < 0.3:
            self.contact_ids[-1] = "C1"  # another one than c1
        self.emails = {
            name: f"p{index}@{self.rng.choice(TEXT_ATTRIBUTES['email_domain'])}"
            for index, name in enumerate(self.contact_ids, start=1)}
        self.devices = [f"a{index}" for index in range(1, number + 1)]
        self.busy_contacts = self.rng.sample(self.contact_ids, min(3, number))
        self.busy_days = [self.rng.randint(0, days) for _ in range(6)]

    def chance(self, probability):
        """True with the probability."""
        return self.rng.random() < probability

    def day(self, first=0, last=None):
        """A day between two offsets from the start; often a busy one or on the edge of a window."""
        if first == 0 and self.chance(0.25):
            return self.as_of - timedelta(days=self.rng.choice(EDGES))
        if first == 0 and self.chance(0.35):
            return self.start + timedelta(days=self.rng.choice(self.busy_days))
        return self.start + timedelta(
            days=self.rng.randint(first, self.days + 8 if last is None else last))

    def moment(self, first=0, last=None):
        """A time (naive, UTC) on such a day, often near midnight."""
        clock = self.rng.choice([
            time(0, 0), time(23, 59, 59, 999999), time(22, 30), time(1, 15),
            *[time(self.rng.randint(0, 23), self.rng.randint(0, 59), self.rng.randint(0, 59))] * 6])
        return datetime.combine(self.day(first, last), clock)


def _contact(world):
    """The attributes of a contact, without id, identity and times."""
    rng = world.rng
    row = {name: rng.choice([None, *values]) for name, values in TEXT_ATTRIBUTES.items()
           if name in documented_columns("contacts")}
    row["country"] = rng.choice([None, "Atlantis", *COUNTRY_NAMES])
    row["tags"] = rng.choice([";", "; "]).join(
        rng.sample(TEXT_ATTRIBUTES["tags"], rng.randint(0, 3))) or None
    row["lifecycle_stage"] = rng.choice(
        [None, "lead", "lead", "mql", "sql", "opportunity", "customer"])
    row["last_name"] = rng.choice([None, "Smith"])
    row["company_id"] = rng.choice([None, "k99", *COMPANY_IDS * 2])
    row["owner_id"] = rng.choice([None, "u1", "u2"])
    row["budget_amount"] = _number(rng, "budget_amount")
    row["budget_confirmed"] = rng.choice([None, True, False])
    row["technical_requirements_ready"] = rng.choice([None, True, False])
    row["solution_considered"] = rng.choice([None, "yes", "no"])
    row["project_start_on"] = rng.choice([None, _due(world)])
    row["unsubscribed_at"] = rng.choice([None] * 18 + [world.moment(), True])
    return row


def _number(rng, name):
    """A value of a numeric column, often one that criteria name."""
    return rng.choice([None, -1, 7, *map(float, NUMBER_ATTRIBUTES[name])])


def _due(world):
    """A day near the as-of day, often on the edge of what due_within asks for."""
    return world.as_of + timedelta(
        days=world.rng.choice([-30, -1, 0, 0, 1, 7, 8, 30, 31, 90, 91]))


def _contacts(world):
    """The contacts table: versions, e-mail changes, merges, deletions."""
    rng, rows = world.rng, []
    merges = _merges(world)
    for name in world.contact_ids:
        created = world.moment(-30, None if world.chance(0.3) else world.days // 2)
        updated = created if world.chance(0.8) else world.moment()
        email = world.emails[name]
        number = rng.randint(1, 4)
        attributes = _contact(world)
        for version in range(number):
            if version:
                updated += timedelta(days=rng.randint(0, 25), seconds=rng.randint(1, 80000))
                attributes |= rng.choice([{}, _contact(world)])
                if world.chance(0.05):
                    created -= timedelta(days=rng.randint(1, 20))
                if world.chance(0.25):
                    email = rng.choice([None, f"new.{email}" if email else None,
                                        rng.choice(list(world.emails.values()))])
            elif world.chance(0.15):
                email = rng.choice(list(world.emails.values()))
            is_last = version == number - 1
            rows.append({
                "contact_id": name, "email": email, **attributes,
                "additional_emails": _further_emails(world) if world.chance(0.1) else None,
                "merged_contact_ids": ";".join(rng.choices(
                    [*world.contact_ids, "c996", "c997"], k=2)) if world.chance(0.05) else None,
                "created_at": created, "updated_at": updated,
                "merged_into_contact_id": merges.get(name) if is_last or world.chance(0.1)
                else None,
                "deleted_at": updated + timedelta(days=rng.choice([0, 0, 0, 1, 60]))
                if world.chance(0.12 if is_last else 0.02) else None,
            })
    return rows


def _further_emails(world):
    """A cell with several addresses, of the contact or of others."""
    rng = world.rng
    return rng.choice([";", "; ", ", "]).join(rng.choices(
        [*world.emails.values(), "extra@acme.test", "Jo Doe <extra@acme.test>", "n/a"], k=2))


def _merges(world):
    """Into whom contacts are merged: pairs, chains, cycles, itself, unknown ones."""
    rng, merges = world.rng, {}
    names = rng.sample(world.contact_ids, len(world.contact_ids))
    for shape in rng.choices(["pair", "chain", "cycle", "into cycle", "self", "unknown", "star"],
                             k=rng.randint(0, len(names) // 3)):
        size = {"pair": 2, "chain": 4, "cycle": rng.randint(2, 3), "into cycle": 4,
                "self": 1, "unknown": 1, "star": 3}[shape]
        group, names = names[:size], names[size:]
        if len(group) < size:
            break
        if shape in ("pair", "chain"):
            merges |= dict(zip(group, group[1:]))
        elif shape == "cycle":
            merges |= dict(zip(group, group[1:] + group[:1]))
        elif shape == "into cycle":
            merges |= dict(zip(group, group[1:] + group[1:2]))
        elif shape == "star":
            merges |= dict.fromkeys(group[1:], group[0])
        else:
            merges[group[0]] = group[0] if shape == "self" else "c999"
    return merges


def _companies(world):
    """The companies table with versions."""
    rng, rows = world.rng, []
    for name in COMPANY_IDS:
        updated = world.moment(-20, 60)
        domain = rng.choice([None, "Own.test", *TEXT_ATTRIBUTES["email_domain"]])
        for version in range(rng.randint(1, 3)):
            updated += timedelta(days=rng.randint(0, 40), seconds=rng.randint(1, 80000))
            rows.append({
                "company_id": name, "name": f"Company {name}", "domain": domain,
                "industry": rng.choice([None, *TEXT_ATTRIBUTES["industry"]]),
                "employee_count": _number(rng, "employee_count"),
                "annual_revenue": _number(rng, "annual_revenue"),
                "country": rng.choice([None, "Atlantis", *COUNTRY_NAMES]),
                "region": rng.choice([None, *TEXT_ATTRIBUTES["region"]]),
                "plant_count": _number(rng, "plant_count"),
                "technologies": ";".join(
                    rng.sample(TEXT_ATTRIBUTES["technologies"], rng.randint(0, 3))) or None,
                "credit_rating": rng.choice([None, *TEXT_ATTRIBUTES["credit_rating"]]),
                "contract_renewal_on": rng.choice([None, _due(world)]),
                "customer_since": world.day(0) if world.chance(0.15) else None,
                "customer_until": world.day(0) if world.chance(0.15) else None,
                "updated_at": updated,
            })
    return rows


def _deals(world):
    """The deals table with versions, won and lost, of contacts and companies."""
    rng, rows = world.rng, []
    for number in range(1, rng.randint(2, 9)):
        created = world.moment(-20)
        updated = created
        row = {"deal_id": f"d{number}", "deal_type": rng.choice(["new", "new", "renewal", None]),
               "contact_id": rng.choice([None, "c998", *world.contact_ids]),
               "company_id": rng.choice([None, None, None, "k99", *COMPANY_IDS]),
               "product": rng.choice([None, "Suite"]), "stage": "open", "created_at": created}
        for version in range(rng.randint(1, 3)):
            rows.append(row | {
                "amount": rng.choice([None, 0, 100, 2500.5]), "updated_at": updated,
                "is_won": rng.choice([None, True, True, False]),
                "closed_at": world.moment() if world.chance(0.7) else None})
            updated += timedelta(days=rng.randint(0, 30), seconds=rng.randint(1, 80000))
    return rows


def _identity(world, with_device):
    """contact_id, e-mail and anonymous id of an activity: known, shared, strange or missing."""
    rng = world.rng
    name = rng.choice(world.busy_contacts if world.chance(0.7) else world.contact_ids)
    email = world.emails[name]
    device = world.devices[world.contact_ids.index(name)]
    if world.chance(0.12):
        device = rng.choice(world.devices)  # shared
    strange = rng.choice(["c997", "C2", "c999"])
    strange_email = rng.choice(["stranger@acme.test", f"new.{email}"])
    contact_id, email, use_device = rng.choice([
        (name, None, False), (name, email, False), (None, email, False),
        (name, rng.choice(list(world.emails.values())), False),
        (name, None, True), (None, email, True), (name, email, True),
        *[(None, None, True)] * (6 if with_device else 0),
        *([(strange, None, False), (None, strange_email, True), (strange, email, True)]
          if world.chance(0.3) else []),
    ])
    if not with_device:
        return contact_id, email, None
    return contact_id, email, device if use_device else None


def _activity(world, table, number):
    """One row of an activity table."""
    rng, source = world.rng, ACTIVITY_TABLES[table]
    row = dict.fromkeys(documented_columns(table))
    for name, values in EVENT_VALUES[source].items():
        column = RAW_COLUMNS.get((source, name), name)
        if name == "event_name" or world.chance(0.6):
            row[column] = rng.choice(values)
    contact_id, email, device = _identity(world, table == "web_events")
    row["contact_id"] = contact_id
    if table == "sales_activities":
        row["contact_id"] = contact_id or rng.choice(world.contact_ids)
        if email and not contact_id:
            row |= {"contact_id": None, "email": email}
    else:
        row["email"] = email
    if table == "web_events":
        row["anonymous_id"] = device
    for name in QUANTITY_VALUES:
        if name in row and world.chance(0.8):
            row[name] = rng.choice(QUANTITY_VALUES[name])
    if "user_agent" in row:
        row["user_agent"] = rng.choice(USER_AGENTS if world.chance(0.4) else USER_AGENTS[:3])
    if "company_id" in row:
        row["company_id"] = rng.choice([None, *COMPANY_IDS])
    row[documented_columns(table)[0]] = f"{source[0]}{number}"
    row["occurred_at"] = world.moment()
    row["loaded_at"] = row["occurred_at"] + timedelta(
        days=rng.choice([0, 0, 1, 3, 40]), seconds=rng.randint(0, 5000))
    return row


def _mail_with_reactions(world, rng, number):
    """The rows of one mail that a program, a person or both react to within seconds or hours."""
    name = rng.choice(world.busy_contacts)
    contact_id, email = rng.choice([(None, world.emails[name]), (name, world.emails[name]),
                                    (name, None)])
    who = {"contact_id": contact_id, "email": email, "campaign_id": rng.choice(["m1", "M1", "m2", None])}
    sent = world.moment()
    links = rng.sample([f"https://acme.test/{path}" for path in ("offer", "pricing", "demo", "Unsubscribe")],
                       rng.randint(1, 4))
    steps = [("delivered", 0, None)] * rng.choice([0, 1, 1, 1, 2])
    after = rng.choice([0, 1, 9, 10, 11, 300])
    for link in links * rng.choice([1, 1, 2]):
        after += rng.choice([0, 1, 2, 2.000001, 3, 30])
        steps.append(("clicked", after, link))
    steps += [("opened", rng.choice([0, 1, after, after + 1, 4000]), None)] * rng.choice([0, 1, 1])
    steps += [("unsubscribed", after + rng.choice([0, 1, 2, 3]), None)] * rng.choice([0, 1])
    return [dict.fromkeys(documented_columns("email_events")) | who | {
        "event_id": f"mail{number}.{step}", "event_name": event, "link_url": link,
        "user_agent": rng.choice(USER_AGENTS[:3] * 3 + USER_AGENTS),
        "ip_address": rng.choice([None, "203.0.113.7", "63.128.21.5", "63.128.2.15"]),
        "occurred_at": sent + timedelta(seconds=after),
        "loaded_at": sent + timedelta(seconds=after, days=rng.choice([0, 0, 2])),
    } for step, (event, after, link) in enumerate(steps)]


def _settled(contacts, world):
    """Contacts with one address, which is their own, one day of creation and one merge each."""
    created, merges = {}, {}
    for row in contacts:
        created.setdefault(row["contact_id"], row["created_at"])
        merges[row["contact_id"]] = row["merged_into_contact_id"]
    return [row | {"email": world.emails[row["contact_id"]],
                   "additional_emails": None, "merged_contact_ids": None,
                   "created_at": created[row["contact_id"]],
                   "merged_into_contact_id": merges[row["contact_id"]]} for row in contacts]


def _erasures(world, rng, tables, settled):
    """Add up to three requests to be forgotten, and what people do who come back afterwards."""
    contacts = tables["contacts"]
    merged = [name for row in contacts if row["merged_into_contact_id"]
              for name in (row["contact_id"], row["merged_into_contact_id"])]
    moments = [row["occurred_at"] for table in ACTIVITY_TABLES for row in tables.get(table, [])]
    moments += [row[name] for row in contacts for name in ("created_at", "updated_at")]
    middle = datetime.combine(world.start, time()), datetime.combine(world.as_of, time())
    moments = [moment for moment in moments if middle[0] < moment < middle[1]]
    dealt = [row["contact_id"] for row in tables["deals"] if row["contact_id"]]
    rows = []
    for _ in range(rng.randint(1, 3)):
        name = rng.choice(world.busy_contacts * 2 + world.contact_ids + merged + dealt)
        borne = [row["email"] for row in contacts if row["contact_id"] == name and row["email"]]
        address = rng.choice(borne or [world.emails.get(name, "nobody@acme.test")])
        moment = world.start + timedelta(days=rng.randint(world.days // 4, world.days))
        moment = datetime.combine(moment, time(rng.randint(0, 23), rng.randint(0, 59)))
        if moments and rng.random() < 0.4:
            moment = rng.choice(moments)  # at the very moment of something
        contact_id, email = rng.choice([
            (name, None), (name, None), (None, address), (None, address), (name, address),
            (name, rng.choice(list(world.emails.values()))),
            ("c999", None), (None, "stranger@acme.test"), (None, f"new.{address}")])
        rows.append({"contact_id": contact_id, "email": email, "requested_at": moment})
        if rng.random() < 0.4 and contacts and not settled:
            contacts.append(_come_back(rng, contacts, name, address, moment))
    if settled and contacts:  # after all requests: what is known at them stays the same
        last = max(row["requested_at"] for row in rows)
        contacts.append(_come_back(rng, contacts, name, address, last))
    rows += [row | rng.choice([{"contact_id": None, "email": None}, {"requested_at": None}])
             for row in rows if rng.random() < 0.3]
    tables["erasure_requests"] = rows + [dict(row) for row in rows if rng.random() < 0.3]


def _come_back(rng, contacts, name, address, moment):
    """A contact that was created after a request, as a new person."""
    later = moment + timedelta(days=rng.randint(0, 20), seconds=rng.randint(1, 5000))
    return rng.choice(contacts) | {
        "contact_id": rng.choice([name, f"{name}b"]), "email": rng.choice([address, None]),
        "created_at": later, "updated_at": later, "merged_into_contact_id": None,
        "deleted_at": None}


def _once_more(world, table, row, last):
    """A row like the last one, done again by the same person, mostly on the same day."""
    key = documented_columns(table)[0]
    days = world.rng.choice([0, 0, 0, 1, 10, 30])
    later = timedelta(days=days, seconds=world.rng.randint(0, 7200))
    return last | {key: row[key], "occurred_at": last["occurred_at"] + later,
                   "loaded_at": last["loaded_at"] + later}


def _corrected(world, table, row, ties):
    """A row once more with other content, loaded later (or at the same time, with ties)."""
    rng = world.rng
    other = _activity(world, table, 0)
    key = documented_columns(table)[0]
    columns = rng.choice([
        ["occurred_at"], ["contact_id", "email", "anonymous_id"], ["event_name", "kind"],
        ["user_agent"], [name for name in row if name != key]])
    result = row | {name: other[name] for name in columns if name in row}
    later = timedelta(0) if ties and world.chance(0.5) else timedelta(
        days=rng.choice([0, 0, 1, 10]), seconds=rng.randint(1, 5000))
    return result | {"loaded_at": row["loaded_at"] + later}


def _bad(world, table, row):
    """A row that is to be rejected."""
    rng = world.rng
    required = required_columns(table)
    column = rng.choice(required)
    is_word = kind_of(column) in ("id", "text")
    words = [None, "", " ", "N/A", "-"] if kind_of(column) == "id" else [None, "", " \t"]
    bad = row | {column: rng.choice(words) if is_word else rng.choice([None, "soon", ""])}
    listed = [name for name_of_table, name in CLOSED_LISTS if name_of_table == table]
    if listed and world.chance(0.3):
        bad = row | {listed[0]: rng.choice(["printed", "OPENED!"])}
    elif "email" in row and table in ACTIVITY_TABLES and world.chance(0.3):
        identities = [name for name in ("contact_id", "email", "anonymous_id") if name in row]
        bad = row | {name: rng.choice([None, "", "N/A", "-"]) for name in identities}
    moment = required[-1]
    if bad[moment] == row[moment]:
        bad[moment] += timedelta(days=rng.choice([-1, 0, 5]))
    return bad


def _as_written(world, table, row, values):
    """A row as a person or a loader writes it: text or typed values, with what goes wrong."""
    rng, result = world.rng, {}
    is_crm = table not in ACTIVITY_TABLES
    required = required_columns(table)
    for column, value in row.items():
        kind = kind_of(column) if column in documented_columns(table) else "text"
        if kind in UNREADABLE and values == "typed":
            if isinstance(value, str) or (value is True and kind == "time"):
                value = None  # no other value in a typed column
            elif kind == "number" and value is not None:
                value = int(value) if column in ("employee_count", "plant_count") else float(value)
        elif kind in UNREADABLE:
            if value is None or isinstance(value, str):
                value = value if value else rng.choice([None, None, ""])
            elif column not in required and world.chance(0.04):
                value = rng.choice(UNREADABLE[kind])
            elif value is True and kind == "time":
                value = rng.choice(["yes", "TRUE", "1"])
            else:
                value = _number_text(rng, value) if kind == "number" else _spelling(rng, value)
        elif value is None and (is_crm or kind in ("id", "email")) and column not in required:
            value = rng.choice([None, None, "", "  ", rng.choice(PLACEHOLDERS)])
        elif value is None:
            value = rng.choice([None, None, ""])
        elif kind == "id":
            value = rng.choice([*[value] * 8, f" {value} ", f"\t{value}\n", f"{value}\u00a0"])
        elif kind == "email" and rng.random() < 0.2:
            value = rng.choice([f"Jo <{value}>", f"mailto:{value.upper()}", f"'{value}'", f"\u200b{value}.",
                                f"n/a;{value}", f"{value}, {value}"])
        elif isinstance(value, str):
            value = rng.choice([*[value] * 6, value.upper(), value.title(), f"  {value}\u00a0"])
        elif values == "text":
            value = _number_text(rng, value) if isinstance(value, (int, float)) and not isinstance(
                value, bool) else _spelling(rng, value)
        else:
            value = str(value)  # a custom attribute: text in every world
        result[column] = value
    return result


def _number_text(rng, value):
    """A number as text."""
    text = str(int(value)) if value == int(value) else str(value)
    if value >= 1000 and value == int(value) and rng.random() < 0.3:
        return rng.choice([f"{int(value):,}", f"{int(value):,}".replace(",", " "), f"${int(value):,}.00",
                           f"{text}-{text}0", f"{text}+", f"{text},0"])
    return rng.choice([text, text, f" {text} ", f"{text}.0" if "." not in text else f"{text}0"])


def _spelling(rng, value):
    """A truth value, day or time as text, in one of the forms that people use."""
    if isinstance(value, bool):
        words = ["true", "T", "Yes", "y", "1"] if value else ["false", "F", "NO", "n", "0"]
        return rng.choice(words)
    if not isinstance(value, datetime):
        return rng.choice([value.isoformat(), value.isoformat(), f"{value.isoformat()} 09:30:00"])
    shifted = (value + timedelta(hours=2)).isoformat()
    forms = [str(value), str(value), value.isoformat(), f"{value.isoformat()}Z",
             f"{shifted}+02:00"]
    if value.time() == time(0, 0):
        forms.append(value.date().isoformat())
    return rng.choice(forms)


def _with_custom_attributes(world, tables, names):
    """Add the custom attributes to contacts, companies or both."""
    rng = world.rng
    values = {
        "persona": [None, "builder", "Buyer"],
        "seats": [None, "many", 0, 5, 10, 25, 9.5],
        "opted_in": [None, True, False],
        "next_audit": [None, "soon", *[_due(world) for _ in range(6)]],
    }
    for name in names:
        places = rng.choice([["contacts"], ["companies"], ["contacts", "companies"]])
        if not tables["companies"]:
            places = ["contacts"]  # so that the column is in one of the tables
        for place in places:
            for row in tables[place]:
                row[name] = rng.choice(values[name])


def random_world(seed, *, values="text", contacts=None, days=120, bad_rows=True,
                 absent_columns=True, ties=False, max_models=3, erasures=None, settled=False,
                 further=False):
    """A small random world with a valid configuration.

    seed: anything random.Random takes.
    values: 'text' (every value as text, also unreadable ones) or 'typed' (numbers int or float,
        days date, times naive datetime in UTC, truth values bool; bad ones None).
    contacts: how many (5 to 25 if None); days: about how many days the world lasts.
    bad_rows: whether there are rows to reject (of requests always); absent_columns: whether
    optional columns may be absent and tables empty; ties: whether rows of one key with the same
    time and other content occur (which of them counts is a free choice); max_models: scoring
    models at most.
    erasures: whether there are requests to be forgotten (None: in a third of the worlds).
    settled: leave out of a world with requests what can tell later that something was not the
        erased person's: addresses that contacts share, changes of created_at and of merges,
        corrections of when and by whom a device was used. What an earlier run erased stays
        erased, so the result of several runs may differ from that of one run otherwise.
    further: whether deals have further contacts, contacts further companies, companies parents.

    Returns (raw_tables, configuration, as_of, options) as scorer.score takes them; the seeds that
    go with it are SEEDS. All rows of a table have the same columns.
    """
    world = _World(seed, days, contacts)
    rng = world.rng
    choices = random.Random(f"erasures of {seed}")
    if erasures is None:
        erasures = choices.random() < 1 / 3
    settled = settled and erasures
    tables = {"contacts": _contacts(world), "companies": _companies(world),
              "deals": _deals(world)}
    if settled:
        tables["contacts"] = _settled(tables["contacts"], world)
    sizes = {"web_events": 120, "email_events": 70, "social_events": 40, "product_events": 60,
             "sales_activities": 40}
    for table, size in sizes.items():
        size = rng.randint(size // 3, size * len(world.contact_ids) // 10)
        rows = []
        for number in range(1, size + 1):
            row = _activity(world, table, number)
            if rows and world.chance(0.4):
                row = _once_more(world, table, row, rows[-1])
            rows.append(row)
        for row in [row for row in rows if world.chance(0.15)]:
            for _ in range(rng.randint(1, 2)):
                other = _corrected(world, table, row, ties)
                if settled and table == "web_events":
                    other |= {name: row[name] for name in (*IDENTITIES, "occurred_at")}
                rows.append(row := other)
        tables[table] = rows
    programs = random.Random(f"programs of {seed}")
    for number in range(programs.randint(0, 8)):
        tables["email_events"] += _mail_with_reactions(world, programs, number)
    if erasures:
        _erasures(world, choices, tables, settled)
    if absent_columns:
        for table in rng.choices(["contacts", "companies", "deals", *sizes],
                                 k=rng.choice([0, 0, 1, 2])):
            if table != "contacts" or world.chance(0.2):
                tables[table] = []
    custom_attributes = rng.sample(CUSTOM_ATTRIBUTES, rng.choice([0, 0, 2, 4]))
    if not tables["contacts"]:
        custom_attributes = []
    _with_custom_attributes(world, tables, custom_attributes)

    for table, rows in tables.items():
        absent = [column for column in documented_columns(table)
                  if absent_columns and column not in required_columns(table)
                  and column != "parent_company_id"  # see _further
                  and (table, column) not in CLOSED_LISTS and world.chance(0.07)]
        if bad_rows and table != "erasure_requests":
            rows += [_bad(world, table, row) for row in rows if world.chance(0.05)]
        rows = [{column: value for column, value in row.items() if column not in absent}
                for row in rows]
        rows = [_as_written(world, table, row, values) for row in rows]
        rows += [dict(row) for row in rows if world.chance(0.08)]  # delivered once more
        rng.shuffle(rows)
        tables[table] = rows

    options = {
        "anonymous_lookback_days": rng.choice([None, None, 0, 1, 7, 30]),
        "score_automated": world.chance(0.15),
        "automated_signs": programs.choice([None, None, 1, 3]),
        "automated_within_seconds": programs.choice([None, None, 0, 30]),
        "reporting_timezone": rng.choice(
            [None, None, None, "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]),
        "custom_attributes": custom_attributes,
    }
    configuration = random_configuration(rng, custom_attributes, max_models)
    if further:
        _further(world, tables, bad_rows)
    return tables, configuration, world.as_of, options


def _further(world, tables, bad_rows):
    """Add further contacts of deals, further companies of contacts, and parents of companies."""
    rng = world.rng

    def pairs(table, first_ids, second_ids):
        first, second, moment = documented_columns(table)
        rows = [{first: rng.choice(first_ids), second: rng.choice(second_ids),
                 moment: world.moment(-20, 10)} for _ in range(rng.randint(1, 12))]
        rows += [row | {moment: world.moment()} for row in rows if world.chance(0.2)]
        if bad_rows:
            rows += [_bad(world, table, row) for row in rows if world.chance(0.1)]
        return [_as_written(world, table, row, "text") for row in rows]

    deals = [row["deal_id"] for row in tables["deals"] if (row["deal_id"] or "").strip()] + ["d99"]
    tables["deal_contacts"] = pairs("deal_contacts", deals, [*world.contact_ids, "c998"])
    tables["contact_companies"] = pairs(
        "contact_companies", [*world.contact_ids, "c998"], [*COMPANY_IDS, "k98"])
    parents = {name: rng.choice([None, None, "k97", *COMPANY_IDS]) for name in COMPANY_IDS}
    for row in tables["companies"]:
        row["parent_company_id"] = parents.get((row["company_id"] or "").strip())
