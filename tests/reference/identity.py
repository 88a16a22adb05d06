"""Who is who: known contacts, merges, owners of addresses, whose activity it is, populations."""

import re
from datetime import date

from .reading import ACTIVITY_TABLES, documented_columns, holding_versions

STRANGER = "a stranger"  # who is named, but no lead
POPULATIONS = ("open_leads", "customers", "trial_users", "partners", "everyone")


def survivors(merged_into):
    """The survivor of every contact.

    merged_into: dict contact id -> id of the contact that it was merged into, or None, for all
    known contacts. Merges into itself or into an unknown contact are ignored; in a cycle the
    smallest id survives. Returns dict contact id -> id of the survivor.
    """
    result = {}
    for start in merged_into:
        path, current = [], start
        while current not in path:
            path.append(current)
            target = merged_into[current]
            if target is None or target == current or target not in merged_into:
                break
            current = target
        else:  # back at a contact of the path: a cycle from there on
            current = min(path[path.index(current):])
        result[start] = current
    return result


def nobody(contact_id, lister):
    """A contact that another one lists as merged into it: known with that one, without attributes."""
    return {**dict.fromkeys(documented_columns("contacts")), "contact_id": contact_id,
            "created_at": lister["created_at"], "emails": [], "listed_ids": []}


def closed(versions, holding):
    """A deal with the time at which it was closed: None if undecided, else at the latest when its
    first version with the decision was written.
    """
    so_decided = [row["updated_at"] for row in versions if row["is_won"] is holding["is_won"]]
    closed_at = None if holding["is_won"] is None else holding["closed_at"] or min(so_decided)
    return {**holding, "closed_at": closed_at}


def domain_of(text):
    """A company's domain without scheme, www., port, path and last dot (str)."""
    text = re.sub(r"^([a-z]+://)?(www\.)?", "", text.lower())
    return re.split("[/?#:]", text)[0].strip().rstrip(".")


class People:
    """The people that are known at the end of the as-of day.

    used: dict raw table -> dict key -> its versions in ascending order (rows of reading.py)
    as_of: date; day_of: function datetime -> date

    holding: dict contact id -> the version that holds, for known contacts
    survivor: dict contact id -> survivor's id, for known contacts
    owner: dict address -> id of the contact that it belongs to
    companies, deals: dict id -> the version that holds
    """

    def __init__(self, used, as_of, day_of,
                 free_mail_domains=frozenset(), match_companies_by_domain=True):
        self.as_of, self.day_of = as_of, day_of
        contact_versions, company_versions, deal_versions = (
            used[table] for table in ("contacts", "companies", "deals"))
        self.further_contacts = [(rows[-1]["deal_id"], rows[-1]["contact_id"])
                                 for rows in used["deal_contacts"].values()]
        self.further_companies = [(rows[-1]["contact_id"], rows[-1]["company_id"])
                                  for rows in used["contact_companies"].values()]
        seen = {name: holding_versions(rows, as_of, day_of)
                for name, rows in contact_versions.items()}
        seen = {name: rows for name, rows in seen.items()
                if day_of(rows[-1]["created_at"]) <= as_of}
        self.companies = {name: holding_versions(rows, as_of, day_of)[-1]
                          for name, rows in company_versions.items()}
        company_of_domain = {}
        for name, company in self.companies.items():
            company_of_domain.setdefault(company["domain"] and domain_of(company["domain"]), []).append(name)
        self.holding = {}
        for name, rows in seen.items():
            row = self.holding[name] = dict(rows[-1])
            domain = (row["email"] or "").rpartition("@")[2]
            named = company_of_domain.get(domain, [])
            if (match_companies_by_domain and not row["company_id"] and domain
                    and domain not in free_mail_domains and len(named) == 1):
                row["company_id"] = named[0]
        listed_by = {}
        for name in sorted(seen):
            for listed in seen[name][-1]["listed_ids"]:
                if listed != name:
                    listed_by.setdefault(listed, name)
        for listed, name in listed_by.items():
            if listed not in contact_versions:
                self.holding[listed] = nobody(listed, self.holding[name])
                seen[listed] = [self.holding[listed]]
        self.deals = {name: closed(rows, holding_versions(rows, as_of, day_of)[-1])
                      for name, rows in deal_versions.items()}
        self.survivor = survivors({
            name: row["merged_into_contact_id"] or listed_by.get(name)
            for name, row in self.holding.items()})
        self.living = {name: row for name, row in self.holding.items()
                       if self.survivor[name] == name and not self.is_past(row["deleted_at"])}
        self.owner = {}
        bearers = [
            (self.survivor[name] not in self.living, address not in self.holding[name]["emails"],
             self.holding[name]["created_at"], name, address)
            for name, rows in seen.items() for row in rows for address in row["emails"]]
        for *_, name, address in sorted(bearers):
            self.owner.setdefault(address, name)

    def is_past(self, moment):
        """Whether a time (datetime or None) is there and not after the as-of day."""
        return moment is not None and self.day_of(moment) <= self.as_of

    def leads(self):
        """The surviving contacts that are not deleted: dict lead id -> version that holds."""
        return self.living

    def created_on(self, lead_id):
        """The day on which a lead was created (date)."""
        return self.day_of(self.holding[lead_id]["created_at"])

    def company_of(self, lead_id):
        """The version of the lead's company that holds, or None."""
        return self.companies.get(self.holding[lead_id]["company_id"])

    def person_of(self, row):
        """Whom a row names by contact_id, else by e-mail: the lead's id, STRANGER if that is no
        lead, or None if both are empty.
        """
        by_contact = self.survivor.get(row["contact_id"])
        by_address = self.survivor.get(self.owner.get(row["email"]))
        for person in (by_contact, by_address):
            if person in self.living:
                return person
        return STRANGER if row["contact_id"] or row["email"] else None

    def leads_of(self, deal):
        """The survivors of a deal's contacts, deleted or not (set of contact ids)."""
        named = {deal["contact_id"]} | {
            name for deal_id, name in self.further_contacts if deal_id == deal["deal_id"]}
        return {self.survivor[name] for name in named if name in self.survivor}

    def companies_of(self, lead_id):
        """The lead's own company and its further ones (set); None alone if it has none at all."""
        own = self.holding[lead_id]["company_id"]
        further = {company_id for name, company_id in self.further_companies
                   if self.survivor.get(name) == lead_id}
        return (further | {own}) - {None} or {None}

    def is_customer_at(self, lead_id, company_id):
        """Whether the company, and whether something of its own, makes the lead a customer there:
        a pair of bool. company_id: None for a lead without a company.
        """
        company = self.companies.get(company_id) or {}
        until, since = company.get("customer_until"), company.get("customer_since")
        until = until if until is not None and until <= self.as_of else date.min
        won = [(deal, self.day_of(deal["closed_at"])) for deal in self.deals.values()
               if deal["is_won"] and self.is_past(deal["closed_at"])]
        is_named_customer = (self.holding[lead_id]["lifecycle_stage"] or "").lower() == "customer"
        return (
            (since is not None and until < since <= self.as_of)
            or any(day > until for deal, day in won
                   if company_id and deal["company_id"] == company_id),
            (is_named_customer and until == date.min)
            or any(day > until for deal, day in won if lead_id in self.leads_of(deal)))

    def customers(self):
        """The ids of the leads that are customers (set)."""
        return {lead_id for lead_id in self.leads()
                if any(any(self.is_customer_at(lead_id, company_id))
                       for company_id in self.companies_of(lead_id))}

    def populations(self, facts):
        """The populations of every lead: dict lead id -> set of POPULATIONS.

        facts: the facts that count (see attribute_facts).
        """
        customers = self.customers()
        on_trial = {fact["person"] for fact in facts if fact["source"] == "product"}
        result = {}
        for lead_id, contact in self.leads().items():
            tags = [tag.strip().lower() for tag in (contact["tags"] or "").split(";")]
            belongs = {
                "open_leads": lead_id not in customers,
                "customers": lead_id in customers,
                "trial_users": lead_id not in customers and lead_id in on_trial,
                "partners": "partner" in tags,
                "everyone": True,
            }
            result[lead_id] = {name for name in POPULATIONS if belongs[name]}
        return result


def attribute_facts(people, activity_rows, lookback_days=None):
    """Give every activity up to the as-of day to a person.

    people: People; activity_rows: dict activity table -> rows, one for each key;
    lookback_days: how many whole days before the day of the first sighting of an anonymous id
    with its person an activity may lie (int, None: no limit).
    Returns a list of facts: dicts with source, table, day, row and person (id of the lead;
    STRANGER; None if it is nobody's).
    """
    facts = []
    for table, rows in activity_rows.items():
        for row in rows:
            day = people.day_of(row["occurred_at"])
            if day <= people.as_of:
                row = {"email": None, "anonymous_id": None, **row}
                facts.append({"source": ACTIVITY_TABLES[table], "table": table, "day": day,
                              "row": row, "person": people.person_of(row)})
    sightings = {}  # anonymous id -> person -> first day
    for fact in facts:
        anonymous_id, person = fact["row"]["anonymous_id"], fact["person"]
        if anonymous_id and person not in (None, STRANGER):
            days = sightings.setdefault(anonymous_id, {})
            days[person] = min(fact["day"], days.get(person, fact["day"]))
    for fact in facts:
        if fact["person"] is None:
            seen_with = sightings.get(fact["row"]["anonymous_id"], {})
            if len(seen_with) == 1:
                [(person, first_day)] = seen_with.items()
                if lookback_days is None or (first_day - fact["day"]).days <= lookback_days:
                    fact["person"] = person
    return facts
