"""What erasure requests remove: the keys of the person, and the rows with them.

A key is a tuple (moment, kind, value): up to the moment (aware datetime), everything with the value
(a contact id, address or anonymous id) of the kind (one of IDENTITIES) is the person's.
"""

from datetime import datetime, timezone

from .identity import survivors
from .reading import ACTIVITY_TABLES, IDENTITIES, PAIRS, versions

CONTACT, ADDRESS, DEVICE = IDENTITIES
LATEST = datetime.max.replace(tzinfo=timezone.utc)


class Then:
    """The contacts as known at a moment.

    contact_versions: dict contact id -> its versions in ascending order; moment: aware datetime
    asked: dict contact id -> when it was first to be erased; it is not known afterwards, unless it
        was created anew

    survivor: dict contact id -> survivor's id, for contacts that were created by then, or that
        have no row and are listed then
    addresses: dict contact id -> addresses that it bears or bore by then (set)
    owner: dict address -> id of the contact that it belongs to
    meant: dict address -> ids of the contacts that bear it, else of those that bore it last
    """

    def __init__(self, contact_versions, moment, asked):
        seen = {}
        for name, rows in contact_versions.items():
            known = [row for row in rows if row["updated_at"] <= moment] or rows[:1]
            created, first = known[-1]["created_at"], asked.get(name, moment)
            if created <= moment and not created <= first < moment:
                seen[name] = known
        self.holding = {name: rows[-1] for name, rows in seen.items()}
        self.addresses = {name: {address for row in rows for address in row["emails"]}
                          for name, rows in seen.items()}
        listed_by = {}
        for name in sorted(self.holding):
            for listed in self.holding[name]["listed_ids"]:
                if listed != name:
                    listed_by.setdefault(listed, name)
        merged_into = {name: row["merged_into_contact_id"] or listed_by.get(name)
                       for name, row in self.holding.items()}
        merged_into |= {listed: name for listed, name in listed_by.items()
                        if listed not in contact_versions}
        self.survivor = survivors(merged_into)
        claims, until = [], {}
        for name, rows in seen.items():
            for row, following in zip(rows, [*rows[1:], None]):
                for address in row["emails"]:
                    claims.append((
                        self.is_deleted(self.survivor[name], moment),
                        address not in self.holding[name]["emails"],
                        self.holding[name]["created_at"], name, address))
                    until.setdefault(address, {})[name] = (
                        following["updated_at"] if following else LATEST)
        self.owner = {}
        for *_, name, address in sorted(claims):
            self.owner.setdefault(address, name)
        self.meant = {address: {name for name, end in ends.items() if end == max(ends.values())}
                      for address, ends in until.items()}

    def is_deleted(self, name, moment):
        """Whether a contact is no lead as it was deleted by the moment."""
        deleted_at = self.holding[name]["deleted_at"] if name in self.holding else None
        return deleted_at is not None and deleted_at <= moment

    def names_of(self, contact_id, address):
        """The contact ids and addresses of the person that a request names: a pair of sets.

        Each of contact_id and address may be None.
        """
        named = {contact_id} | self.meant.get(address, set())
        people = {self.survivor[name] for name in named if name in self.survivor}
        contacts = {name for name, survivor in self.survivor.items() if survivor in people}
        addresses = {borne for name in contacts for borne in self.addresses.get(name, ())
                     if self.owner[borne] in contacts}
        return contacts | {contact_id} - {None}, addresses | {address} - {None}


class Erasure:
    """What the requests of a world erase. Every request means whom it would mean if none had been
    erased before, and also whom it means after the earlier ones: a person who came back. Whom it
    then means may be unknown to later ones, so this is repeated until nobody new is found.

    tables: dict raw table -> ReadTable, nothing erased yet
    contact_versions: dict contact id -> its versions in ascending order
    used: dict activity table -> dict key -> the row that counts
    remembered: keys of earlier runs, whose evidence may be gone since

    keys: set of keys, the remembered ones included
    """

    def __init__(self, tables, contact_versions, used, remembered=()):
        requests = {(row["requested_at"], row["contact_id"], row["email"])
                    for row in tables["erasure_requests"].rows}
        self.keys = set(remembered)
        moments = {moment for moment, *_ in requests | self.keys}
        earlier, asked = None, {}
        while asked != earlier:
            earlier = asked
            self.then = {moment: Then(contact_versions, moment, earlier) for moment in moments}
            named = {request: self.then[request[0]].names_of(*request[1:]) for request in requests}
            for (moment, *_), (contacts, addresses) in named.items():
                self.keys |= {(moment, CONTACT, name) for name in contacts}
                self.keys |= {(moment, ADDRESS, borne) for borne in addresses}
            asked = {}
            for moment, kind, name in self.keys:
                if kind == CONTACT:
                    asked[name] = min(moment, asked.get(name, moment))
        self.keys |= {(moment, DEVICE, row["anonymous_id"])
                      for row in used["web_events"].values() if row["anonymous_id"]
                      for moment in moments if self.is_named(row, moment)}

    def is_key(self, moment, kind, row):
        """Whether what a row has of a kind is a key at the moment."""
        return (moment, kind, row.get(kind)) in self.keys

    def is_named(self, row, moment):
        """Whether an activity up to the moment is the person's by its contact or address."""
        if not is_by(row["occurred_at"], moment):
            return False
        is_another_contacts = row["contact_id"] in self.then[moment].holding
        return self.is_key(moment, CONTACT, row) or (
            self.is_key(moment, ADDRESS, row) and not is_another_contacts)

    def left_of(self, table, row):
        """What is left of a row: the row, the row without what must be forgotten, or None.

        row: a row of the raw table as read_row reads it, rejected ones included.
        """
        if table in ACTIVITY_TABLES:
            is_gone, moved, forgotten = self.is_activity_erased, row["occurred_at"], ADDRESS
        elif table == "contacts":
            if any(self.is_contact_erased(row, moment) for moment in self.then):
                return None
            return self.without_names(row)
        elif table == "deals":
            is_gone, moved, forgotten = self.is_deal_erased, row["created_at"], CONTACT
        elif table in PAIRS:
            is_gone, moved, forgotten = self.is_pair_erased, row["updated_at"], None
        elif table == "erasure_requests":
            is_gone, moved, forgotten = self.is_request_erased, None, None
        else:
            return row
        moments = [moment for moment in self.then if is_by(moved, moment)]
        if any(is_gone(row, moment) for moment in moments):
            return None
        if forgotten and any(self.is_key(moment, forgotten, row) for moment in moments):
            return row | {forgotten: None}
        return row

    def is_activity_erased(self, row, moment):
        """Whether an activity is the person's by its names, or without any by its device."""
        is_nameless = not row["contact_id"] and not row.get("email")
        return self.is_named(row, moment) or (is_nameless and self.is_key(moment, DEVICE, row))

    def is_contact_erased(self, row, moment):
        """Whether a contact is the person's, if created by the moment; one without an id is if it
        names the person otherwise.
        """
        if row["contact_id"] or self.is_key(moment, ADDRESS, row):
            kind = CONTACT if row["contact_id"] else ADDRESS
            return self.is_key(moment, kind, row) and is_by(row["created_at"], moment)
        return self.without_names(row) != row

    def without_names(self, row):
        """A row of contacts without what it names of others who are erased."""
        def is_kept(kind, name):
            return not any((moment, kind, name) in self.keys and is_by(row["updated_at"], moment)
                           for moment in self.then)

        emails = [name for name in row["emails"] if is_kept(ADDRESS, name)]
        return row | {
            "email": row["email"] if row["email"] in emails else None, "emails": emails,
            "merged_into_contact_id": row["merged_into_contact_id"]
            if is_kept(CONTACT, row["merged_into_contact_id"]) else None,
            "listed_ids": [name for name in row["listed_ids"] if is_kept(CONTACT, name)]}

    def is_deal_erased(self, row, moment):
        """Whether a deal is the person's and no company's."""
        return self.is_key(moment, CONTACT, row) and not row["company_id"]

    def is_pair_erased(self, row, moment):
        """Whether a row of two ids names the person's contact."""
        return self.is_key(moment, CONTACT, row)

    def is_request_erased(self, row, moment):
        """Whether a request without a time names a person whom another one erases."""
        return row["requested_at"] is None and (
            self.is_key(moment, CONTACT, row) or self.is_key(moment, ADDRESS, row))


def is_by(when, moment):
    """Whether something was by the moment; what has no readable time may have been."""
    return when is None or when <= moment


def erase(tables, overwritten, remembered=()):
    """Erase what the requests ask for.

    tables: dict raw table -> ReadTable; their rows, rejected rows and erased count are changed.
    overwritten: dict raw table -> readable rows that a loader overwrote; of a key that is gone
        from its raw table they do not count.
    remembered: keys of earlier runs.

    Returns (used, keys): dict table -> dict key -> versions in ascending order (of an activity
    the one that counts), and the set of keys. If the row that counts for an activity is erased,
    no earlier one takes its place.
    """
    counting = {}
    for table in ACTIVITY_TABLES:
        of_key = versions(table, tables[table].rows)
        counting[table] = {name: rows[-1] for name, rows in of_key.items()}
    erasure = Erasure(
        tables, kept_versions("contacts", tables["contacts"].rows, overwritten), counting,
        remembered)

    def left(table, rows):
        return [row for row in (erasure.left_of(table, row) for row in rows) if row]

    for table, read in tables.items():
        read.rows = left(table, read.rows)
        read.rejected_rows = [pair for pair in read.rejected_rows
                              if erasure.left_of(table, pair[0])]
        read.erased = read.count - len(read.rows) - len(read.rejected_rows)
    used = {}
    for table, rows in counting.items():
        used[table] = {name: left(table, [row]) for name, row in rows.items()}
        used[table] = {name: rows for name, rows in used[table].items() if rows}
    for table in ("contacts", "companies", "deals"):
        kept = {table: left(table, overwritten.get(table, []))}
        used[table] = kept_versions(table, tables[table].rows, kept)
    for table in PAIRS:
        used[table] = versions(table, tables[table].rows)
    # A request has neither key nor versions: repeats count once.
    used["erasure_requests"] = {
        tuple(row.values()): [row] for row in tables["erasure_requests"].rows}
    return used, erasure.keys


def kept_versions(table, rows, overwritten):
    """The versions of each key that has a row left: dict key -> rows in ascending order."""
    left = versions(table, rows)
    every = versions(table, rows + overwritten.get(table, []))
    return {name: every[name] for name in left}
