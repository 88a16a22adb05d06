"""Who is who: known contacts, merges, owners of addresses, whose activity it is, populations."""

from .reading import ACTIVITY_TABLES, holding_versions

STRANGER = "a stranger"  # one for all: who has been seen with any of them is nobody's lead
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


class People:
    """The people that are known at the end of the as-of day.

    contact_versions: dict contact id -> its versions in ascending order (rows of reading.py)
    company_versions, deal_versions: likewise by company id and deal id
    as_of: date; day_of: function datetime -> date

    holding: dict contact id -> the version that holds, for known contacts
    survivor: dict contact id -> survivor's id, for known contacts
    owner: dict address -> id of the contact that it belongs to
    companies, deals: dict id -> the version that holds
    """

    def __init__(self, contact_versions, company_versions, deal_versions, as_of, day_of):
        self.as_of, self.day_of = as_of, day_of
        seen = {name: holding_versions(rows, as_of, day_of)
                for name, rows in contact_versions.items()}
        seen = {name: rows for name, rows in seen.items()
                if day_of(rows[-1]["created_at"]) <= as_of}
        self.holding = {name: rows[-1] for name, rows in seen.items()}
        self.companies = {name: holding_versions(rows, as_of, day_of)[-1]
                          for name, rows in company_versions.items()}
        self.deals = {name: holding_versions(rows, as_of, day_of)[-1]
                      for name, rows in deal_versions.items()}
        self.survivor = survivors(
            {name: row["merged_into_contact_id"] for name, row in self.holding.items()})
        self.owner = {}
        for name in sorted(seen, key=lambda name: (self.holding[name]["created_at"], name)):
            for row in seen[name]:
                if row["email"]:
                    self.owner.setdefault(row["email"], name)

    def is_past(self, moment):
        """Whether a time (datetime or None) is there and not after the as-of day."""
        return moment is not None and self.day_of(moment) <= self.as_of

    def leads(self):
        """The surviving contacts that are not deleted: dict lead id -> version that holds."""
        return {name: row for name, row in self.holding.items()
                if self.survivor[name] == name and not self.is_past(row["deleted_at"])}

    def created_on(self, lead_id):
        """The day on which a lead was created (date)."""
        return self.day_of(self.holding[lead_id]["created_at"])

    def company_of(self, lead_id):
        """The version of the lead's company that holds, or None."""
        return self.companies.get(self.holding[lead_id]["company_id"])

    def person_of(self, row):
        """Whom a row names by contact_id, else by e-mail: the survivor's id, STRANGER, or None if
        both are empty.
        """
        if row["contact_id"] in self.survivor:
            return self.survivor[row["contact_id"]]
        if row["email"] in self.owner:
            return self.survivor[self.owner[row["email"]]]
        return STRANGER if row["contact_id"] or row["email"] else None

    def customers(self):
        """The ids of the leads that are customers (set)."""
        won = [deal for deal in self.deals.values()
               if deal["is_won"] and (deal["deal_type"] or "").lower() == "new"
               and self.is_past(deal["closed_at"])]
        people = {self.survivor.get(deal["contact_id"]) for deal in won}
        companies = {deal["company_id"] for deal in won if deal["company_id"]}
        result = set()
        for lead_id, contact in self.leads().items():
            since = (self.company_of(lead_id) or {}).get("customer_since")
            if ((contact["lifecycle_stage"] or "").lower() == "customer"
                    or (since is not None and since <= self.as_of)
                    or lead_id in people
                    or contact["company_id"] in companies):
                result.add(lead_id)
        return result

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
    Returns a list of facts: dicts with source, table, day, row and person (id of the survivor,
    deleted or not; STRANGER; None if it is nobody's).
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
        if anonymous_id and person:
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
