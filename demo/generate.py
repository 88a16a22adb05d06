"""Make the demo data: a year in the life of a small company that sells to industry.

The company sells a gateway (`connect`), an analytics software (`insight`) and a safety system
(`guard`). Every number comes from one seed, so two runs write the same bytes.

Units: a timestamp is whole seconds from the anchor day's 00:00 UTC, a date is whole days from the
anchor day; both are negative for the past. Shape: one file data/<table>.csv.gz per raw table, one
line per delivered row, in the order of delivery, an empty cell where nothing is known.

Run: python3 demo/generate.py
"""

import csv
import gzip
import io
import math
import random
from pathlib import Path

SEED = 20_240_611
MINUTE, HOUR, DAY = 60, 3_600, 86_400  # seconds
FIRST_DAY, LAST_DAY = -365, 45  # days from the anchor, both included
BEGIN, END = FIRST_DAY * DAY, (LAST_DAY + 1) * DAY  # seconds from the anchor, END excluded
NEVER = math.inf

COMPANY_COUNT = 900
CUSTOMER_COUNT = 95  # companies that are customers from the beginning
PROJECT_COUNT = 370  # companies that look for a solution at some time
SURPRISE_COUNT = 14  # companies that buy with hardly a trace on the website
CONTACT_COUNT = 2_500
STRANGER_COUNT = 850  # visitors who never say who they are
DATA_FOLDER = Path(__file__).resolve().parent / "data"

# ---------------------------------------------------------------------------------------------
# Tables: names and order of columns
# ---------------------------------------------------------------------------------------------

COLUMNS = {
    "contacts": """contact_id email first_name last_name job_title department company_id country
        region lead_source origin lifecycle_stage owner_id tags budget_amount budget_confirmed
        buying_role need project_start_on technical_requirements_ready solution_considered
        created_at updated_at unsubscribed_at merged_into_contact_id deleted_at""",
    "companies": """company_id name domain industry employee_count annual_revenue country region
        plant_count technologies credit_rating contract_renewal_on customer_since updated_at""",
    "deals": """deal_id contact_id company_id deal_type product stage amount created_at closed_at
        is_won updated_at""",
    "sales_activities": """sales_activity_id contact_id kind direction outcome owner_id occurred_at
        loaded_at""",
    "erasure_requests": "contact_id email requested_at",
    "web_events": """event_id anonymous_id contact_id email session_id event_name page_path referrer
        utm_source utm_medium utm_campaign product content_id form_id duration_seconds
        percent_complete user_agent ip_address occurred_at loaded_at""",
    "email_events": """event_id contact_id email campaign_id event_name link_url user_agent
        ip_address occurred_at loaded_at""",
    "social_events": "event_id contact_id email network event_name occurred_at loaded_at",
    "product_events": """event_id contact_id email company_id event_name feature product quantity
        occurred_at loaded_at""",
}
COLUMNS = {table: names.split() for table, names in COLUMNS.items()}
DELIVERED_AT = {table: names[-1] for table, names in COLUMNS.items()}
EVENT_KEY = {
    "web_events": ("event_id", "w"),
    "email_events": ("event_id", "e"),
    "social_events": ("event_id", "n"),
    "product_events": ("event_id", "p"),
    "sales_activities": ("sales_activity_id", "s"),
}

# ---------------------------------------------------------------------------------------------
# Vocabulary
# ---------------------------------------------------------------------------------------------

FIRST_NAMES = """Anna Ben Carla David Elena Felix Greta Hugo Irene Jonas Karin Luis Marta Nils Olga
    Pablo Rosa Simon Teresa Victor Laura Martin Sofia Thomas Julia Peter Clara Andres Emma Oscar
    Lucia Paul Eva Daniel Nora Miguel José Inés Jürgen Zoë""".split()
LAST_NAMES = """Keller Garcia Smith Lopez Weber Martin Brown Fischer Rossi Novak Jansen Moreno Clark
    Wagner Ruiz Taylor Becker Silva Hansen Dubois Torres Meyer Walker Romero Schmidt Bianchi Lewis
    Navarro Berg Ortega Núñez Müller Gómez Evans Klein Vidal Hill Castro Wood Lang""".split()
COMPANY_HEADS = """Alder Borea Castor Delta Elbe Faro Granit Helio Iber Jura Kestrel Lumen Merid
    Norda Orbis Pinta Quarz Rhona Sierra Tauro Ulmen Vega Westa Xenon Ymir Zenit Ambra Birken
    Corvo Duero Ebro Fjord Gallo Havel Indra""".split()
COMPANY_TAILS = {
    "Machinery": ["Machines", "Werk", "Tooling", "Presses"],
    "Automotive": ["Motors", "Drive", "Autoparts"],
    "Food and beverage": ["Foods", "Dairy", "Drinks"],
    "Chemicals": ["Chem", "Coatings", "Resins"],
    "Pharmaceuticals": ["Pharma", "Biolabs"],
    "Metals": ["Steel", "Alloys", "Castings"],
    "Packaging": ["Pack", "Cartons"],
    "Electronics": ["Circuits", "Sensors"],
    "Logistics": ["Cargo", "Logistics"],
    "Retail": ["Markets", "Stores"],
    "Consulting": ["Advisory", "Partners"],
    "Software": ["Soft", "Cloud"],
}
TARGET_INDUSTRIES = list(COMPANY_TAILS)[:8]
INDUSTRY_WEIGHTS = [15, 10, 12, 9, 6, 9, 8, 9, 6, 5, 6, 5]
COMPETITORS = ["linkfactory.example", "gatewerk.example", "plantpulse.example"]
UNIVERSITIES = ["northfield-university.example", "universidad-delmar.example", "universitaet-alm.example"]
FREE_MAIL = ["gmail.com", "gmail.com", "gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "gmx.de"]

# code: (weight, spellings as people and systems write them)
COUNTRIES = {
    "DE": (22, ["Germany", "DE", "Deutschland", "germany", "GERMANY", "DEU"]),
    "ES": (14, ["Spain", "ES", "España", "spain", "Espana"]),
    "GB": (8, ["United Kingdom", "GB", "UK", "Great Britain", "uk"]),
    "FR": (8, ["France", "FR", "france"]),
    "IT": (7, ["Italy", "IT", "Italia"]),
    "US": (8, ["United States", "US", "USA", "U.S.A.", "United States of America"]),
    "MX": (6, ["Mexico", "MX", "México"]),
    "AT": (4, ["Austria", "AT", "Österreich"]),
    "CH": (4, ["Switzerland", "CH", "Schweiz"]),
    "NL": (4, ["Netherlands", "NL", "The Netherlands"]),
    "PL": (3, ["Poland", "PL", "Polska"]),
    "SE": (2, ["Sweden", "SE"]),
    "PT": (2, ["Portugal", "PT"]),
    "CZ": (2, ["Czechia", "CZ", "Czech Republic"]),
    "BR": (3, ["Brazil", "BR", "Brasil"]),
    "IN": (3, ["India", "IN"]),
    "CN": (2, ["China", "CN"]),
    "TR": (2, ["Turkey", "TR", "Türkiye"]),
    "AR": (2, ["Argentina", "AR"]),
    "ZA": (1, ["South Africa", "ZA"]),
    "AU": (1, ["Australia", "AU"]),
}
FAR_COUNTRIES = ["BR", "IN", "CN", "TR", "AR", "ZA", "AU"]
REGIONS = {"DE": ["Bavaria", "Hesse", "Saxony"], "ES": ["Cataluña", "Madrid", "País Vasco"],
           "US": ["Ohio", "Texas", "Michigan"], "GB": ["Midlands", "Wales"]}
PLACEHOLDERS = ["Select", "N/A", "-", "unknown", "Unknown", "n/a", "select"]

# (function, seniority, weight, titles as people write them)
TITLES = [
    ("operations", "c_level", 3, ["COO", "Chief Operating Officer", "Director General de Operaciones"]),
    ("executive", "c_level", 6, ["CEO", "C.E.O.", "Managing Director", "Director General", "Founder & CEO",
                                 "Consejero Delegado", "owner", "Gerente General"]),
    ("it", "c_level", 3, ["CIO", "CTO", "Chief Technology Officer", "Chief Digital Officer"]),
    ("finance", "c_level", 2, ["CFO", "Chief Financial Officer", "Director Financiero"]),
    ("operations", "vp", 4, ["VP Operations", "Vice President, Manufacturing", "V.P. Production",
                             "SVP Supply Chain & Operations", "Vicepresidente de Operaciones"]),
    ("operations", "director", 8, ["Director of Operations", "Director de Operaciones", "Plant Director",
                                   "director de planta", "Head of Production", "head of prod.",
                                   "Director de Producción", "Dir. Operations"]),
    ("engineering", "director", 6, ["Director of Engineering", "Head of Automation", "Head of Engineering ",
                                    "Director de Ingeniería", "Director Técnico"]),
    ("it", "director", 4, ["Head of IT", "IT Director", "Director de Sistemas", "Director of Digitalization"]),
    ("operations", "manager", 12, ["Plant Manager", "Production Manager", "plant mgr", "Jefe de Producción",
                                   "Jefe de Planta", "Maintenance Manager", "Jefe de Mantenimiento",
                                   "Responsable de Mantenimiento", "Shift Supervisor", "Operations Manager"]),
    ("engineering", "manager", 9, ["Engineering Manager", "Automation Manager", "Team Lead Automation",
                                   "Responsable de Automatización", "Jefe de Ingeniería", "Process Eng. Manager"]),
    ("it", "manager", 6, ["IT-Manager", "IT Manager", "Jefe de Informática", "Responsable IT", "OT Security Manager"]),
    ("procurement", "manager", 6, ["Purchasing Manager", "Purchasing Mgr", "Gerente de Compras", "Jefe de Compras",
                                   "Procurement Lead"]),
    ("engineering", "specialist", 14, ["Sr. Automation Engineer", "Automation engineer", "Process Engineer",
                                       "Ingeniero de Automatización", "Ing. de Procesos", "PLC Programmer",
                                       "Controls Engineer", "Ingeniera de Mantenimiento", "Safety Engineer",
                                       "R&D engineer", "Electrical Eng."]),
    ("operations", "specialist", 5, ["Maintenance Technician", "Técnico de Mantenimiento", "Production Planner",
                                     "Operario de Planta"]),
    ("it", "specialist", 5, ["System Administrator", "Data Engineer", "Analista de Sistemas", "IT Specialist"]),
    ("procurement", "specialist", 4, ["Buyer", "Comprador", "Strategic Purchaser", "Técnico de Compras"]),
    ("marketing", "specialist", 4, ["Marketing Specialist", "Técnico de Marketing", "Content Manager"]),
    ("sales", "manager", 4, ["Sales Manager", "Key Account Manager", "Jefe de Ventas", "Gerente Comercial"]),
    ("hr", "manager", 2, ["HR Manager", "Responsable de RRHH", "Recursos Humanos"]),
    ("finance", "specialist", 2, ["Controller", "Accountant", "Contable"]),
    ("other", "specialist", 2, ["Assistant", "Coordinator", "Administrativo", "Team member"]),
]
STUDENT_TITLES = ["Student", "student (mech. engineering)", "Estudiante de Ingeniería", "Intern", "Becario",
                  "Becaria de Automatización", "PhD student", "Working student", "Trainee"]
DEPARTMENTS = {
    "operations": ["Production", "Operations", "Maintenance", "production", "Manufacturing", "Producción"],
    "engineering": ["Engineering", "Automation", "R&D", "engineering", "Ingeniería"],
    "it": ["IT", "Information Technology", "Digital"], "procurement": ["Purchasing", "Procurement", "Compras"],
    "finance": ["Finance", "Accounting"], "marketing": ["Marketing"], "sales": ["Sales", "Ventas"],
    "hr": ["Human Resources"], "executive": ["Management", "Board", "Dirección"], "other": ["Administration"],
}
TECHNOLOGIES = ["OPC UA", "PLC", "SCADA", "SAP", "MES", "Modbus", "MQTT", "Azure", "AWS", "Historian"]
NEEDS = ["Remote access", "Predictive maintenance", "Machine safety", "Energy reporting"]
PRODUCTS = ["connect", "insight", "guard"]
OWNERS = ["u01", "u02", "u03", "u04", "u05", "u06"]
FEATURES = ["dashboards", "dashboards", "alerts", "alerts", "reports", "api"]

BLOG = ["/blog/" + slug for slug in """opc-ua-in-ten-minutes predictive-maintenance-basics
    safe-remote-access downtime-costs machine-safety-2-0 energy-per-part mqtt-or-opc-ua brownfield-plants
    first-dashboard spare-parts""".split()]
STORIES = ["/customers/" + slug for slug in "norda-steel iber-foods vega-motors elbe-chem fjord-pack".split()]
SOLUTIONS = ["/solutions/" + slug for slug in
             "predictive-maintenance remote-access machine-safety energy-reporting".split()]
WEBINARS = ["/webinars/" + slug for slug in "connect-live insight-first-steps guard-in-practice".split()]
CAREERS = ["/careers", "/careers/field-engineer", "/careers/inside-sales", "/careers/working-student"]
SUPPORT = ["/support/" + slug for slug in "update-gateway reset-password alert-rules api-keys export-report".split()]
CONTENT = {
    "connect": ["cad-connect", "manual-connect", "brochure-connect", "whitepaper-remote-access"],
    "insight": ["manual-insight", "brochure-insight", "whitepaper-predictive-maintenance", "checklist-data-readiness"],
    "guard": ["cad-guard", "manual-guard", "brochure-guard", "checklist-machine-safety"],
}
TECHNICAL = ("cad-", "manual-")
VIDEOS = {"connect": "video-connect-tour", "insight": "video-insight-tour", "guard": "video-guard-tour"}
SITE = "https://www.plantside.example"

PEOPLE_AGENTS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36 Edg/123.0.0.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
]
BOT_AGENTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/119.0.0.0 Safari/537.36",
    "python-requests/2.31.0",
]
SCANNER_AGENTS = [
    "Mozilla/5.0 (compatible; BarracudaLinkProtect/1.0)",
    "Mimecast-URL-Scanner/2.0",
    "Proofpoint-URL-Defense/1.0",
]


# ---------------------------------------------------------------------------------------------
# Chance
# ---------------------------------------------------------------------------------------------


class Dice:
    """All chance of the demo, drawn from one stream of uniform numbers."""

    def __init__(self, seed):
        self.uniform = random.Random(seed).random

    def chance(self, probability):
        """True with the given probability (0 to 1)."""
        return self.uniform() < probability

    def between(self, low, high):
        """A float, low <= x < high."""
        return low + (high - low) * self.uniform()

    def whole(self, low, high):
        """An integer, both bounds included."""
        return low + int((high - low + 1) * self.uniform())

    def pick(self, items):
        """One item of a list."""
        return items[int(len(items) * self.uniform())]

    def weighted(self, items, weights):
        """One item of a list, in proportion to its weight."""
        mark = self.uniform() * sum(weights)
        for item, weight in zip(items, weights):
            mark -= weight
            if mark < 0:
                return item
        return items[-1]

    def normal(self):
        """A standard normal number, of twelve uniform ones."""
        return sum(self.uniform() for _ in range(12)) - 6

    def count(self, mean):
        """A Poisson count with the given mean."""
        limit, product, result = math.exp(-mean), self.uniform(), 0
        while product > limit:
            product *= self.uniform()
            result += 1
        return result

    def some(self, items, number):
        """Different items of a list, `number` of them at most, in random order."""
        left = list(items)
        return [left.pop(int(len(left) * self.uniform())) for _ in range(min(number, len(left)))]

    def working_time(self, day):
        """A timestamp (seconds) in the working hours of a day (days from the anchor)."""
        return int(day) * DAY + int(6.5 * HOUR + (self.uniform() + self.uniform()) * 5.5 * HOUR)


dice = Dice(SEED)


def logistic(x):
    """A probability for log odds x."""
    return 1 / (1 + math.exp(-x))


def plain(text):
    """Text in ASCII lower case, for addresses."""
    for letters, replacement in (("é", "e"), ("ú", "u"), ("ñ", "n"), ("ü", "u"), ("ó", "o"), ("ë", "e")):
        text = text.replace(letters, replacement)
    return text.lower()


# ---------------------------------------------------------------------------------------------
# What exists: companies and people
# ---------------------------------------------------------------------------------------------


class Company:
    """A company: its true properties, and the versions of its row.

    first: (timestamp in seconds, {column: value}), complete; changes: list of such later ones.
    fit: how well it suits the seller, about -3 to 3. customer_from: timestamp in seconds or None.
    customer_since: days from the anchor of those who are customers from the beginning, else "".
    """

    def __init__(self, number, name, domain, industry, country):
        self.id = f"co{number:04d}"
        self.name, self.domain, self.industry, self.country = name, domain, industry, country
        self.employees = max(3, int(math.exp(5.0 + 1.5 * dice.normal())))
        self.spelling = dice.pick(COUNTRIES[country][1])
        self.technologies = dice.some(TECHNOLOGIES, dice.count(2.2))
        self.plants = max(1, int(self.employees / 250 + dice.between(0, 2))) if industry in TARGET_INDUSTRIES else 0
        self.fit = self.measure_fit()
        self.customer_from, self.customer_since = None, ""
        self.people = []
        self.scans_mail = dice.chance(0.05)
        self.first, self.changes = None, []

    def measure_fit(self):
        """Fit of the company, about -3 to 3."""
        size = next(value for limit, value in ((9, -1.5), (49, -0.5), (199, 0.3), (499, 0.8), (1499, 1.1), (5000, 0.7),
                                               (10**9, -1.2)) if self.employees <= limit)
        return (
            size
            + (0.8 if self.industry in TARGET_INDUSTRIES else -1.0)
            + (-1.5 if self.country in FAR_COUNTRIES else 0.3)
            + (0.4 if "OPC UA" in self.technologies else 0)
        )

    def first_version(self, at):
        """Row at `at` (seconds), with gaps and placeholders as forms and purchased lists leave them."""

        def gap(value, share):
            return dice.pick(PLACEHOLDERS + ["", "", "", ""]) if dice.chance(share) else value

        self.first = (at, {
            "name": self.name,
            "domain": dice.pick([self.domain, self.domain, "www." + self.domain, "https://" + self.domain + "/"]),
            "industry": gap(dice.pick([self.industry, self.industry, self.industry.lower()]), 0.08),
            "employee_count": gap(self.employees, 0.12),
            "annual_revenue": gap(int(self.employees * dice.between(120, 320)) * 1000, 0.25),
            "country": gap(self.spelling, 0.06),
            "region": dice.pick(REGIONS[self.country]) if self.country in REGIONS and dice.chance(0.4) else "",
            "plant_count": gap(self.plants, 0.35),
            "technologies": ";".join(self.technologies),
            "credit_rating": dice.weighted(["A", "B", "C", "D", ""], [18, 28, 14, 4, 36]),
            "contract_renewal_on": dice.whole(-200, 400) if dice.chance(0.25) else "",
            "customer_since": self.customer_since,
        })
        if dice.chance(0.1):  # somebody looks the size up later, or the company grows
            self.changes.append((at + dice.whole(5, 200) * DAY,
                                 {"employee_count": int(self.employees * dice.between(1, 1.08))}))

    def become_customer(self, at):
        """A customer from `at` (seconds) on, as a later version of the row says (days)."""
        self.customer_from = at
        self.changes.append((at, {"customer_since": at // DAY}))


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


# ---------------------------------------------------------------------------------------------
# What is delivered: rows
# ---------------------------------------------------------------------------------------------

rows = {table: [] for table in COLUMNS}


def add(table, at, person=None, **columns):
    """Add an event at a timestamp (seconds), delivered with the next load of its source.

    Nothing is added outside of the demo's days, or after the person has gone.
    """
    at = int(at)
    if not BEGIN <= at < END or (person and at >= person.stop_at):
        return None
    if table in ("web_events", "email_events"):  # loaded every hour
        loaded = (at // HOUR + 1) * HOUR + 5 * MINUTE
    else:  # loaded every night
        loaded = (at // DAY + 1) * DAY + 2 * HOUR
    row = {name: value for name, value in columns.items() if value not in (None, "")}
    row["occurred_at"], row["loaded_at"] = at, loaded
    rows[table].append(row)
    return row


def product_of(path):
    """The product that a page is about, or None."""
    return path.rsplit("/", 1)[1] if path.startswith("/products/") else None


def messy(path):
    """A path as browsers send it: sometimes with query, capital letters or a trailing slash."""
    return dice.weighted([path, path + "?ref=nav", path.rstrip("/") + "/", path.title(), path + "#top"],
                         [86, 4, 5, 2, 3])


PAGES = {  # stage of interest: (pages, weights)
    "casual": (["/", "blog", "solutions", "products", "/resources", "customers", "careers", "/pricing"],
               [18, 38, 10, 14, 6, 5, 5, 4]),
    "awareness": (["/", "blog", "solutions", "products", "/resources", "customers", "/products", "/pricing"],
                  [14, 26, 18, 18, 9, 8, 5, 2]),
    "consideration": (["/", "blog", "solutions", "products", "/resources", "customers", "/pricing", "/products"],
                      [8, 8, 10, 34, 14, 12, 10, 4]),
    "decision": (["/", "products", "/pricing", "customers", "/resources", "/contact", "/demo", "solutions"],
                 [6, 30, 26, 12, 10, 6, 6, 4]),
    "student": (["blog", "careers", "products", "/resources", "/"], [30, 30, 16, 14, 10]),
    "customer": (["support", "/", "blog", "products"], [70, 10, 12, 8]),
}
DEPTH = {"casual": 0.9, "awareness": 2.0, "consideration": 3.0, "decision": 3.2, "student": 1.4, "customer": 1.0}
DOWNLOADS = {"casual": 0.10, "awareness": 0.22, "consideration": 0.42, "decision": 0.4, "student": 0.3, "customer": 0.1}
ENTRIES = {  # (utm_source, utm_medium, referrer)
    "search": ("", "", "https://www.google.com/"),
    "tagged_search": ("google", "organic", "https://www.google.com/"),
    "direct": ("", "", ""),
    "social": ("linkedin", "social", "https://www.linkedin.com/"),
    "ad": ("google", "cpc", "https://www.google.com/"),
    "partner": ("partner", "", "https://www.partner-portal.example/"),
    "message": ("linkedin", "message", "https://www.linkedin.com/"),
    "email": ("newsletter", "email", ""),
}
session_count = 0


def visit(person, at, stage, entry=None, campaign="", landing=None, device=0, form=None):
    """A web session from `at` (seconds): page views and what happens on the pages.

    stage: key of PAGES. form: form_id that the visitor sends at the end. Returns the end in seconds.
    """
    global session_count
    session_count += 1
    at = int(at)
    device = min(device, len(person.devices) - 1)
    common = {"anonymous_id": person.devices[device], "session_id": f"v{session_count:06d}",
              "user_agent": person.agents[device], "ip_address": person.ip}
    entry = entry or dice.weighted(["search", "tagged_search", "direct", "social", "ad", "partner"],
                                   [34, 10, 32, 9, 10, 5])
    source, medium, referrer = ENTRIES[entry]
    if entry == "ad":
        campaign = "ads-" + person.product
    pages, weights = PAGES[stage]
    choices = {"blog": BLOG, "solutions": SOLUTIONS, "customers": STORIES, "careers": CAREERS, "support": SUPPORT,
               "products": [f"/products/{p}" for p in [person.product] * 4 + PRODUCTS]}
    path = None
    for number in range(1 + dice.count(DEPTH[stage] * (0.35 if dice.chance(0.25) else 1.1))):
        previous, path = path, dice.weighted(pages, weights)
        path = dice.pick(choices[path]) if path in choices else path
        path = landing if landing and number == 0 else "/resources" if path == previous else path
        who = dict(common)
        if entry in ("email", "message") and number == 0:
            who["email"] = person.email  # the link in a mail or message tells who clicks
        elif at >= person.known_from and device == 0 and dice.chance(0.12):
            who["contact_id"] = person.id
        seconds = max(2, int(math.exp(3.7 + 0.9 * dice.normal())))
        first = {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign,
                 "referrer": referrer} if number == 0 else {}
        add("web_events", at, person, **who, event_name="page_viewed", page_path=messy(path),
            product=product_of(path), duration_seconds=seconds if dice.chance(0.93) else "", **first)
        inside(person, who, at + seconds // 2, path, stage)
        at += seconds + dice.whole(1, 8)
    if form:
        send_form(person, common, at, form)
    return at


def inside(person, who, at, path, stage):
    """What a visitor does on one page: offers, downloads, videos, calls to action. `at` in seconds."""
    product = product_of(path) or person.product
    if (path == "/resources" or path.startswith("/products/")) and dice.chance(0.4):
        offered = dice.pick(CONTENT[product])
        add("web_events", at, person, **who, event_name="content_offered", page_path=path, product=product,
            content_id=offered)
        if dice.chance(DOWNLOADS[stage]) and offered not in person.downloaded:
            person.downloaded.append(offered)
            if stage != "customer" and dice.chance(0.3) and at >= person.known_from:
                who = {**who, "email": person.email}
                add("web_events", at + 18, person, **who, event_name="form_submitted", page_path=path,
                    form_id="download-form")
            add("web_events", at + 21, person, **who, event_name="content_downloaded", page_path=path,
                product=product, content_id=offered)
    if path.startswith("/products/") and dice.chance(0.13):
        add("web_events", at, person, **who, event_name="video_watched", page_path=path, product=product,
            content_id=VIDEOS[product], duration_seconds=dice.whole(20, 180),
            percent_complete=dice.pick([10, 25, 50, 75, 90, 95, 100, 100]))
    if stage in ("consideration", "decision", "awareness") and dice.chance(0.07):
        add("web_events", at, person, **who, event_name="cta_clicked", page_path=path, product=product_of(path))


def send_form(person, who, at, form):
    """A form sent at `at` (seconds): from here on the device is known to be the person's."""
    page = {"contact-form": "/contact", "newsletter-form": dice.pick(BLOG), "demo-form": "/demo",
            "download-form": "/resources"}[form]
    name = {"demo-form": "demo_requested"}.get(form, "form_submitted")
    address = dice.weighted([person.email, person.email.title(), person.email.upper()], [94, 4, 2])
    add("web_events", at, person, **{**who, "email": address}, event_name=name, page_path=page, form_id=form,
        product=person.product if form == "demo-form" else "")
    if form == "download-form":
        content = dice.pick(CONTENT[person.product])
        person.downloaded.append(content)
        add("web_events", at + 4, person, **who, event_name="content_downloaded", page_path=page,
            product=person.product, content_id=content)
    person.known_from = min(person.known_from, at)


def sell(person, at, kind, direction, outcome=""):
    """A sales activity at `at` (seconds) of the person's owner."""
    add("sales_activities", at, person, contact_id=person.id, kind=kind, direction=direction, outcome=outcome,
        owner_id=person.owner)


def socialise(person, at, event_name, network="linkedin"):
    """Something on a social network at `at` (seconds); the network knows the e-mail address only at times."""
    who = {"contact_id": person.id} if dice.chance(0.6) else {"email": person.email}
    add("social_events", at, person, **who, network=network, event_name=event_name)


def use_product(person, at, product, amount):
    """A log-in at `at` (seconds) and what is used then; amount: mean number of features used."""
    who = {"contact_id": person.id} if dice.chance(0.7) else {"email": person.email}
    who["company_id"] = person.company.id if person.company else ""
    add("product_events", at, person, **who, event_name="logged_in", product=product)
    for feature in dict.fromkeys(dice.pick(FEATURES) for _ in range(dice.count(amount))):
        add("product_events", at + dice.whole(30, 1500), person, **who, event_name="feature_used", feature=feature,
            product=product, quantity=1 + dice.count(4))


# ---------------------------------------------------------------------------------------------
# What happens: arrivals, projects, customers, mails
# ---------------------------------------------------------------------------------------------


def make_companies():
    """List of companies, customers from the beginning among them. Shape: COMPANY_COUNT."""
    companies, names = [], set()
    countries = list(COUNTRIES)
    while len(companies) < COMPANY_COUNT:
        industry = dice.weighted(list(COMPANY_TAILS), INDUSTRY_WEIGHTS)
        name = f"{dice.pick(COMPANY_HEADS)} {dice.pick(COMPANY_TAILS[industry])}"
        if name in names:
            name += " " + dice.pick(["Group", "Nord", "Iberia", "International", "Sur", "West"])
        if name in names:
            continue
        names.add(name)
        country = dice.weighted(countries, [COUNTRIES[code][0] for code in countries])
        company = Company(len(companies) + 1, name, name.lower().replace(" ", "-") + ".example", industry, country)
        companies.append(company)
    for company in dice.some(sorted(companies, key=lambda c: -c.fit)[:500], CUSTOMER_COUNT):
        company.customer_from, company.customer_since = BEGIN, dice.whole(-2200, -370)
    return companies


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


def see_ads(person, start, end, number, click_rate):
    """Ads shown between two timestamps (seconds), with visits from the clicked ones."""
    for _ in range(number):
        at = dice.between(start, end)
        common = {"anonymous_id": person.devices[0], "utm_source": dice.pick(["google", "linkedin"]),
                  "utm_medium": "cpc", "utm_campaign": "ads-" + person.product, "product": person.product,
                  "user_agent": person.agents[0], "ip_address": person.ip}
        add("web_events", at, person, **common, event_name="ad_shown")
        if dice.chance(click_rate):
            add("web_events", at + 5, person, **common, event_name="ad_clicked")
            visit(person, at + 8, "awareness", entry="ad", landing="/products/" + person.product)


def trial(person, at, days, logins_per_week):
    """A trial of the product: log-ins over some days from `at` (seconds)."""
    for _ in range(1 + dice.count(logins_per_week * days / 7)):
        use_product(person, dice.working_time((at + dice.between(0, days) * DAY) // DAY), person.product, 1.4)
    if dice.chance(0.2):
        add("product_events", at + 3 * DAY, person, contact_id=person.id,
            company_id=person.company.id if person.company else "", event_name="feature_used", feature="invite",
            product=person.product, quantity=1)


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


def deal(person, company, deal_type, product, created, closed, wins):
    """A deal and the versions of its row, between two timestamps (seconds)."""
    created, closed = int(created), int(closed)
    if created >= END:
        return
    number = sum(row["stage"] == "discovery" for row in rows["deals"]) + 1
    base = {"deal_id": f"d{number:04d}", "contact_id": person.id if dice.chance(0.93) else "", "company_id": company.id,
            "deal_type": deal_type, "product": product, "created_at": created,
            "amount": int(dice.between(6, 90)) * 1000}
    middle = created + (closed - created) * 0.4
    for at, changes in (
        (created, {"stage": "discovery"}),
        (middle, {"stage": "proposal", "amount": int(base["amount"] * dice.pick([1, 1, 0.9, 1.2]))}),
        (closed, {"stage": "won" if wins else "lost", "closed_at": closed, "is_won": "true" if wins else "false"}),
    ):
        base = {**base, **changes, "updated_at": int(at)}
        if at < END:
            rows["deals"].append(base)


def win(company, people, product, closed):
    """The company is a customer from `closed` (seconds): its people's rows say so, and they use the product."""
    if closed >= END:
        return
    company.become_customer(int(closed))
    for person in people:
        person.change(closed + dice.between(0.1, 3) * DAY, lifecycle_stage="customer")
        if person is people[0] or dice.chance(0.5):
            work_with(person, product, closed + 5 * DAY, dice.between(0.3, 1.2))


def work_with(person, product, start, per_week):
    """Product usage of a customer's user from `start` (seconds); some lose interest."""
    fades = dice.chance(0.22)
    for day in range(int(start // DAY), LAST_DAY + 1):
        rate = per_week / 7 * (max(0.05, 1 - (day - start / DAY) / 200) if fades else 1)
        if dice.chance(rate):
            use_product(person, dice.working_time(day), product, 0.9)
        if dice.chance(rate / 12):
            visit(person, dice.working_time(day), "customer")


def serve_customers(companies):
    """Usage, visits, renewals and expansions of the companies that are customers from the beginning."""
    for company in companies:
        product = dice.pick(PRODUCTS)
        for person in company.people:
            if dice.chance(0.75):
                person.known_from = person.created
                work_with(person, product, max(person.created, BEGIN), dice.between(0.2, 1.0))
        if company.people and dice.chance(0.55):
            kind = dice.pick(["renewal", "renewal", "expansion"])
            created = dice.between(BEGIN + 10 * DAY, END)
            person = dice.pick(company.people)
            if created > person.created:
                other = product if kind == "renewal" else dice.pick([p for p in PRODUCTS if p != product])
                deal(person, company, kind, other, created, created + dice.between(10, 70) * DAY, dice.chance(0.75))


def surprise(person):
    """A company that buys after a call or a fair, with hardly a trace on the website."""
    at = person.created + dice.between(3, 40) * DAY
    sell(person, at, "call", "outbound", "connected")
    sell(person, at + 4 * DAY, "meeting", "outbound", "held")
    person.change(at + 4 * DAY, lifecycle_stage="opportunity", **qualify(0.5, person.product, at))
    closed = at + dice.between(20, 50) * DAY
    deal(person, person.company, "new", person.product, at + 6 * DAY, closed, True)
    win(person.company, [person], person.product, closed)


def send_mail(person, campaign, at, links):
    """One mail of a campaign at `at` (seconds) and what comes of it; links: paths that it offers."""
    if at < person.created or at >= min(person.stop_at, person.mail_stops_at) or not BEGIN <= at < END:
        return
    who = {"email": person.email, "campaign_id": campaign}
    if dice.chance(0.85):
        who["contact_id"] = person.id
    add("email_events", at, person, **who, event_name="sent")
    if person.bad_address:
        add("email_events", at + dice.whole(2, 600), person, **who, event_name="bounced")
        person.mail_stops_at = at + 1
        return
    at += dice.whole(1, 40)
    add("email_events", at, person, **who, event_name="delivered")
    if person.company and person.company.scans_mail and person.domain == person.company.domain:
        scanner = {"user_agent": SCANNER_AGENTS[int(person.company.id[2:]) % 3], "ip_address": "192.0.2.250"}
        for link in links:
            add("email_events", at + dice.whole(1, 6), person, **who, **scanner, event_name="clicked",
                link_url=f"{SITE}{link}?utm_source=newsletter&utm_medium=email")
        if dice.chance(0.3):
            add("web_events", at + 4, person, anonymous_id=f"a{int(dice.uniform() * 16**8):08x}", email=person.email,
                event_name="page_viewed", page_path=links[0], utm_source="newsletter", utm_medium="email",
                utm_campaign=campaign, **scanner)
    interest = person.interest(at)
    if dice.chance(0.03 + (0.1 if person.kind != "quiet" else 0) + 0.45 * interest):
        opened = at + math.exp(math.log(2 * HOUR) + 1.5 * dice.normal())
        agent = {"user_agent": dice.pick(person.agents), "ip_address": person.ip}
        for _ in range(1 + dice.count(0.25)):
            add("email_events", opened, person, **who, **agent, event_name="opened")
        if dice.chance(0.06 + 0.4 * interest):
            link = dice.pick(links)
            add("email_events", opened + 25, person, **who, **agent, event_name="clicked",
                link_url=f"{SITE}{link}?utm_source=newsletter&utm_medium=email&utm_campaign={campaign}")
            stage = "decision" if interest > 0.8 else "consideration" if interest > 0.5 else "casual"
            visit(person, opened + 28, stage, entry="email", campaign=campaign, landing=link, device=dice.whole(0, 1))
        if dice.chance(0.012):
            add("email_events", opened + 40, person, **who, **agent, event_name="unsubscribed")
            person.change(opened + 5 * MINUTE, unsubscribed_at=int(opened + 40))
            person.mail_stops_at = at + 1
        elif dice.chance(0.002):
            add("email_events", opened + 45, person, **who, event_name="complained")
            person.mail_stops_at = at + 1


def mail_everybody(people, projects):
    """Monthly newsletters, welcome mails to new inbound leads, product mails to those who compare."""
    mails = []
    welcome = [(1, "/resources"), (5, "/solutions/remote-access"), (12, "/pricing")]  # days, link
    for number, day in enumerate(range(FIRST_DAY + 6, LAST_DAY, 28), start=1):
        links = [dice.pick(BLOG), dice.pick(STORIES), dice.pick([f"/products/{p}" for p in PRODUCTS] + ["/pricing"])]
        mails += [(day * DAY + 8 * HOUR + n % 1800, person, f"newsletter-{number:02d}", links)
                  for n, person in enumerate(people) if person.subscribed]
    for person in people:
        if person.kind != "customer" and person.origin == "inbound" and dice.chance(0.6):
            for step, (days, link) in enumerate(welcome, start=1):
                mails.append((person.created + days * DAY, person, f"nurture-welcome-{step}",
                              [link, "/products/" + person.product]))
    for project in projects:
        if project.depth >= 2:
            start = project.start + project.phases[0] * DAY
            for person in project.people:
                for step in (1, 2, 3):
                    mails.append((int(start + step * 7 * DAY), person, f"nurture-{project.product}-{step}",
                                  [["/resources", STORIES[0]], ["/demo", "/products/" + project.product],
                                   ["/pricing", "/demo"]][step - 1]))
    for at, person, campaign, links in sorted(mails, key=lambda mail: (mail[0], mail[1].id, mail[2])):
        send_mail(person, campaign, at, links)


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


# ---------------------------------------------------------------------------------------------
# What goes wrong: duplicates, deletions, late and broken rows
# ---------------------------------------------------------------------------------------------


def duplicate(person, at):
    """A second contact of the same person, created at `at` (seconds) under another address."""
    private = dice.chance(0.5)
    other = Person(person.company, "duplicate", domain=dice.pick(FREE_MAIL) if private else None)
    if person.company:
        person.company.people.remove(other)
    other.first, other.last, other.title, other.function = person.first, person.last, person.title, person.function
    other.seniority, other.department = person.seniority, person.department
    other.email = other.make_address()
    other.product, other.owner = person.product, person.owner
    other.create(int(at), "inbound", "website")
    visit(other, at - 5 * MINUTE, "casual", form="download-form")
    for _ in range(dice.count(1.5)):
        visit(other, at + dice.between(0.1, 20) * DAY, "awareness")
    other.merged = person.merged = True
    return other


def merge_duplicates(people):
    """Contacts that are the same person: pairs, chains, one into a deleted one, a loop, a slip of the pen."""
    chosen = dice.some([p for p in people if p.created < 20 * DAY and p.kind in ("casual", "project")], 52)

    def merge(one, other, at):
        one.change(at, merged_into_contact_id=other.id)

    for number, person in enumerate(chosen):
        at = person.created + dice.between(2, 60) * DAY
        twin = duplicate(person, at)
        if number < 40:
            merge(twin, person, at + dice.between(1, 60) * DAY)
        elif number < 48:  # a chain
            third = duplicate(person, at + 3 * DAY)
            merge(third, twin, at + 9 * DAY)
            merge(twin, person, at + dice.between(12, 50) * DAY)
        elif number == 48:  # the survivor is deleted afterwards
            merge(twin, person, at + 5 * DAY)
            person.change(at + 12 * DAY, deleted_at=int(at + 12 * DAY))
            person.stop_at = at + 12 * DAY
        elif number == 49:  # each into the other
            merge(twin, person, at + 2 * DAY)
            merge(person, twin, at + 4 * DAY)
        elif number == 50:  # into itself
            twin.change(at + 2 * DAY, merged_into_contact_id=twin.id)
        else:  # into a contact that is not there
            twin.change(at + 2 * DAY, merged_into_contact_id="c99999")


def leave(people):
    """Deleted contacts, people who opted out on the phone, erased people, corrected and old addresses."""
    calm = [p for p in people if p.kind in ("casual", "quiet") and not p.merged]
    for person in dice.some([p for p in calm if p.created < 0], 22):
        at = int(person.created + dice.between(5, 200) * DAY)
        person.change(at, deleted_at=at)
        person.stop_at = at
        person.merged = True
    for person in dice.some([p for p in people if p.kind in ("casual", "project") and not p.merged], 22):
        at = int(person.created + dice.between(5, 120) * DAY)
        person.change(at + HOUR, unsubscribed_at=at)
        person.mail_stops_at = at
    erased = dice.some([p for p in calm if p.kind == "casual" and p.created < -220 * DAY and p.known_from < 0
                        and p.company and not p.merged], 2)
    for person, day, columns in zip(erased, (-64, -17), ("contact_id", "email")):
        at = dice.working_time(day)
        person.stop_at, person.merged = at - 2 * DAY, True
        rows["erasure_requests"].append({columns: getattr(person, "id" if columns == "contact_id" else "email"),
                                         "requested_at": at})
    for person in dice.some([p for p in people if p.created < 0 and not p.merged], 60):  # a title is mended
        person.change(person.created + dice.between(1, 90) * DAY, job_title=person.title)
    for person in dice.some([p for p in calm if p.created < 0 and p.company and not p.merged], 10):  # a new address
        person.change(person.created + dice.between(20, 90) * DAY,
                      email=person.email.replace("@", ".new@"))


def share_devices(companies):
    """Colleagues who use one device: both say on it who they are."""
    for company in dice.some([c for c in companies if len(c.people) >= 2 and c.customer_from is None], 16):
        one, other = company.people[:2]
        other.devices = [one.devices[0]] + other.devices[1:]
        for person in (one, other):
            at = dice.working_time(max(one.created, other.created) // DAY + dice.whole(1, 12))
            visit(person, at, "awareness", form="download-form")


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


def finish_companies(companies):
    """Rows of companies: one per version, each complete."""
    for company in companies:
        state = {"company_id": company.id}
        for at, columns in [company.first] + sorted(company.changes, key=lambda change: change[0]):
            at = max(at, company.first[0])
            if at < END:
                state = {**state, **columns, "updated_at": int(at)}
                rows["companies"].append(state)


def number_events():
    """Give every event its id, in the order of time."""
    for table, (key, letter) in EVENT_KEY.items():
        rows[table].sort(key=lambda row: row["occurred_at"])
        for number, row in enumerate(rows[table], start=1):
            row[key] = f"{letter}{number:06d}"


def disturb_delivery():
    """Rows that come late, that come twice, and that are corrected later."""
    for table in EVENT_KEY:
        extra = []
        for row in rows[table]:
            kind = dice.weighted(["", "late", "very late", "repeat", "correction"], [9700, 150, 40, 70, 40])
            delay = {"late": dice.between(1, 9), "very late": dice.between(10, 60)}.get(kind, dice.between(0.1, 12))
            later = row["loaded_at"] + int(delay * 24) * HOUR
            if not kind or later >= END:
                continue
            if kind in ("late", "very late"):
                row["loaded_at"] = later
            elif kind == "repeat":
                extra.append({**row, "loaded_at": dice.pick([row["loaded_at"], later])})
            elif "duration_seconds" in row:
                extra.append({**row, "loaded_at": later + HOUR, "duration_seconds": row["duration_seconds"] + 7})
            elif table == "sales_activities":
                extra.append({**row, "loaded_at": later + HOUR, "occurred_at": row["occurred_at"] - 10 * MINUTE})
            else:
                extra.append({**row, "loaded_at": later + HOUR, "occurred_at": row["occurred_at"] - 1})
        rows[table] += extra


def break_rows():
    """Rows that nobody can use: no key, no readable time, nobody they belong to, unknown types."""
    agent = PEOPLE_AGENTS[0]

    def broken(table, **columns):
        time = dice.working_time(dice.whole(-340, 44))
        row = {"occurred_at": time, "loaded_at": (time // HOUR + 2) * HOUR, **columns}
        rows[table].append({name: value for name, value in row.items() if value != ""})

    page = {"event_name": "page_viewed", "page_path": "/pricing", "user_agent": agent}
    for number in range(6):
        broken("web_events", anonymous_id=f"a{number:08d}", **page)
        broken("web_events", event_id=f"wx{number:03d}", anonymous_id=dice.pick(["", "N/A", "-"]), **page)
        broken("email_events", event_id=f"ex{number:03d}", email=f"nobody{number}@alder-steel.example",
               campaign_id="newsletter-05", event_name=dice.pick(["open", "deferred", "click_tracked"]))
    for number, time in enumerate(["not a time", "2024-13-45 10:00", "", "yesterday"]):
        broken("web_events", event_id=f"wy{number:03d}", anonymous_id=f"a1{number:07d}", occurred_at=time, **page)
        broken("product_events", event_id=f"py{number:03d}", contact_id=f"c{number + 11:05d}", event_name="logged_in",
               occurred_at=time)
    broken("web_events", event_id="wz001", anonymous_id="a20000001", page_path="/pricing", user_agent=agent)
    broken("email_events", event_id="ez001", campaign_id="newsletter-06", event_name="opened")
    broken("email_events", event_id="ez002", email="-", campaign_id="newsletter-06", event_name="opened")
    broken("social_events", event_id="nz001", network="linkedin", event_name="page_visited")
    broken("social_events", event_id="nz002", email="nobody@alder-steel.example", event_name="liked",
           network="linkedin")
    broken("social_events", event_id="nz003", contact_id="c00021", event_name="poked", network="linkedin")
    broken("product_events", event_id="pz001", company_id="co0003", event_name="logged_in", product="insight")
    broken("sales_activities", sales_activity_id="sz001", kind="call", direction="outbound", outcome="connected")
    broken("sales_activities", sales_activity_id="sz002", contact_id="c00031", kind="fax", direction="outbound")
    broken("sales_activities", contact_id="c00032", kind="call", direction="outbound", outcome="no_answer")
    broken("sales_activities", sales_activity_id="sz003", contact_id="c00033", kind="call", direction="outbound",
           loaded_at="soon")
    good = [row for row in rows["web_events"] if row.get("event_id", "").startswith("w0")][7::9000]
    for row in good:  # corrections that nobody can read: the first version stays
        rows["web_events"].append({**row, "occurred_at": "n/a", "loaded_at": row["loaded_at"] + DAY})
    for number in range(3):
        time = dice.working_time(dice.whole(-340, 44))
        rows["contacts"].append({"email": f"lost{number}@alder-steel.example", "first_name": "Lost", "created_at": time,
                                 "updated_at": time})
    rows["contacts"].append({"contact_id": "cx0001", "email": "bad.clock@alder-steel.example", "created_at": "soon",
                             "updated_at": -90 * DAY})
    rows["contacts"].append({"contact_id": "N/A", "email": "no.key@alder-steel.example", "created_at": -80 * DAY,
                             "updated_at": -80 * DAY})
    rows["companies"].append({"company_id": "-", "name": "Nameless", "updated_at": -100 * DAY})
    rows["companies"].append({"company_id": "cox001", "name": "Timeless", "updated_at": "?"})
    rows["deals"].append({"contact_id": "c00041", "deal_type": "new", "stage": "discovery", "created_at": -70 * DAY,
                          "updated_at": -70 * DAY})
    rows["deals"].append({"deal_id": "dx001", "contact_id": "c00042", "deal_type": "new", "stage": "discovery",
                          "created_at": "Q3", "updated_at": -60 * DAY})
    rows["erasure_requests"].append({"email": "lost0@alder-steel.example", "requested_at": "asap"})


# ---------------------------------------------------------------------------------------------
# The whole
# ---------------------------------------------------------------------------------------------


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


def write(table):
    """Write data/<table>.csv.gz in the order of delivery, with bytes that depend on the rows alone."""
    column = DELIVERED_AT[table]
    ordered = sorted(enumerate(rows[table]),
                     key=lambda item: (item[1].get(column) if isinstance(item[1].get(column), int) else BEGIN, item[0]))
    text = io.StringIO()
    lines = csv.DictWriter(text, COLUMNS[table], restval="", lineterminator="\n")
    lines.writeheader()
    lines.writerows(row for _, row in ordered)
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write(text.getvalue().encode("utf-8"))
    DATA_FOLDER.mkdir(parents=True, exist_ok=True)
    (DATA_FOLDER / f"{table}.csv.gz").write_bytes(packed.getvalue())
    print(f"{table:18} {len(rows[table]):7,} rows {len(packed.getvalue()):10,} bytes")


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


if __name__ == "__main__":
    main()
