"""The companies and the versions of their rows."""

import math

from .chance import dice
from .rows import rows
from .settings import BEGIN, COMPANY_COUNT, CUSTOMER_COUNT, DAY, END
from .vocabulary import (COMPANY_HEADS, COMPANY_TAILS, COUNTRIES, FAR_COUNTRIES, INDUSTRY_WEIGHTS,
                         PLACEHOLDERS, REGIONS, TARGET_INDUSTRIES, TECHNOLOGIES)


class Company:
    """A company: its true properties, and the versions of its row.

    first: (timestamp in seconds, {column: value}), complete; changes: list of such later ones.
    product: the first that it bought, None as long as it has none. owned: the others.
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
        self.product, self.owned = None, []
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


def finish_companies(companies):
    """Rows of companies: one per version, each complete."""
    for company in companies:
        state = {"company_id": company.id}
        changes = {}  # two changes of one second are one version
        for at, columns in [company.first] + sorted(company.changes, key=lambda change: change[0]):
            at = int(max(at, company.first[0]))
            changes[at] = {**changes.get(at, {}), **columns}
        for at, columns in changes.items():
            if at < END:
                state = {**state, **columns, "updated_at": at}
                rows["companies"].append(state)
