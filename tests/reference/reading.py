"""How raw rows and cells are read: text, numbers, days and times, versions and rejected rows.

A raw table is a list of dicts (column -> value). A value is None or a str, int, float, Decimal,
bool, date or datetime; a column may be absent from a row and then reads as null. What comes out
is a dict with every documented column, each value in one of these forms:

    id, text, path   str, trimmed, never empty
    email            str, the first address of the cell; emails: list of str, all of them
    number           Fraction (exact)
    boolean          bool
    date             date
    time             datetime, aware, in UTC
"""

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timezone
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

# The columns of each raw table in documented order; a star marks a required one. The first column
# is the key of a row, the last required one tells its versions apart.
COLUMNS = {
    "contacts": """contact_id* email additional_emails first_name last_name job_title department company_id country
        region lead_source origin lifecycle_stage owner_id tags budget_amount budget_confirmed
        buying_role need project_start_on technical_requirements_ready solution_considered
        created_at* updated_at* unsubscribed_at merged_into_contact_id merged_contact_ids
        deleted_at""",
    "companies": """company_id* parent_company_id name domain industry employee_count annual_revenue country region
        plant_count technologies credit_rating contract_renewal_on customer_since customer_until
        updated_at*""",
    "deals": """deal_id* contact_id company_id deal_type product stage amount created_at* closed_at
        is_won updated_at*""",
    "sales_activities": """sales_activity_id* contact_id email kind direction outcome owner_id
        occurred_at* loaded_at*""",
    "web_events": """event_id* anonymous_id contact_id email session_id event_name* page_path
        referrer utm_source utm_medium utm_campaign product content_id form_id duration_seconds
        percent_complete user_agent ip_address occurred_at* loaded_at*""",
    "email_events": """event_id* contact_id email campaign_id event_name* bounce_type link_url user_agent
        ip_address occurred_at* loaded_at*""",
    "social_events": "event_id* contact_id email network event_name* occurred_at* loaded_at*",
    "product_events": """event_id* contact_id email company_id event_name* feature product quantity
        occurred_at* loaded_at*""",
    "deal_contacts": "deal_id* contact_id* updated_at*",
    "contact_companies": "contact_id* company_id* updated_at*",
    "erasure_requests": "contact_id email requested_at*",
}
PAIRS = ("deal_contacts", "contact_companies")
ACTIVITY_TABLES = {
    "web_events": "web",
    "email_events": "email",
    "social_events": "social",
    "product_events": "product",
    "sales_activities": "sales",
}
IDENTITIES = ("contact_id", "email", "anonymous_id")
CLOSED_LISTS = {
    ("email_events", "event_name"): {
        "sent", "delivered", "opened", "clicked", "bounced", "unsubscribed", "subscribed",
        "complained"},
    ("social_events", "event_name"): {
        "page_visited", "followed", "commented", "shared", "connected", "replied"},
}
NUMBERS = {"budget_amount", "employee_count", "annual_revenue", "plant_count", "amount",
           "duration_seconds", "percent_complete", "quantity"}
BOOLEANS = {"budget_confirmed", "technical_requirements_ready", "is_won"}

# A number with thousands between spaces, commas or points, and what may stand around it.
SCALES = {"k": 10 ** 3, "thousand": 10 ** 3, "m": 10 ** 6, "mn": 10 ** 6, "mio": 10 ** 6,
          "million": 10 ** 6, "millions": 10 ** 6, "b": 10 ** 9, "bn": 10 ** 9, "billion": 10 ** 9,
          "billions": 10 ** 9}
SPACES = re.compile("[ \u00a0\u2009\u202f]")
CURRENCY = r"(?:[$€£¥]|us\$|eur|usd|gbp|chf|jpy)"
AMOUNT = rf"(\d+(?:[ .,]\d+)*)(?: *({'|'.join(SCALES)}))?"
WRITTEN = re.compile(
    rf"(?:{CURRENCY} *)?([+-]?){AMOUNT}(?: *(?:[%+]|{CURRENCY}))?"
    rf"|(?:{CURRENCY} *)?{AMOUNT} *(?:-|–|to) *(?:{CURRENCY} *)?{AMOUNT}(?: *{CURRENCY})?", re.ASCII)
ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff]")
AROUND_ADDRESSES = " \t\n\r\"'`\u00a0\u00ab\u00bb\u2018\u2019\u201a\u201c\u201d\u201e"
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
# All but tab and line ends.
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
ISO_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[T ] *(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) *(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII | re.IGNORECASE)


def documented_columns(table):
    """The columns of a raw table in documented order, without stars (list of str)."""
    return [column.rstrip("*") for column in COLUMNS[table].split()]


def required_columns(table):
    """The starred columns of a raw table in documented order (list of str)."""
    return [column.rstrip("*") for column in COLUMNS[table].split() if column.endswith("*")]


def key_of(table, row):
    """The key of a row that was read (str), None if it cannot be read."""
    names = documented_columns(table)
    names = sorted(names[:2], key="contact_id".__ne__) if table in PAIRS else names[:1]
    ids = [row[name] for name in names]
    return " ".join(ids) if all(ids) else None


def kind_of(column):
    """How a documented column is read: id, email, number, boolean, date, time, path or text."""
    if column.endswith("_id"):
        return "id"
    if column == "email":
        return "email"
    if column in NUMBERS:
        return "number"
    if column in BOOLEANS:
        return "boolean"
    if column.endswith("_on") or column in ("customer_since", "customer_until"):
        return "date"
    if column.endswith("_at"):
        return "time"
    if column in ("page_path", "link_url"):
        return "path"
    return "text"


def read_text(value, placeholders=frozenset()):
    """A value as trimmed text without control characters; None if null, empty, no number or a placeholder.

    placeholders: words in lower case that stand for a missing value.
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool):
        value = "true" if value else "false"
    text = CONTROL_CHARACTERS.sub("", str(value)).strip()
    return None if not text or text.lower() in placeholders else text


def read_number(value):
    """A value as an exact Fraction, or None if it is not a plain decimal number.

    A sign, a decimal point and an exponent are read; thousands separators, percent signs,
    infinities and truth values are not.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool):
        return None
    text = read_text(value)
    if text is None or not NUMBER.fullmatch(text):
        return None
    return Fraction(Decimal(text))


def read_written_number(value):
    """A raw number as people and CRMs write it, as a Fraction; None if it is none or beyond 1e15.

    1,000 and 1 000 are 1000, 1.000 is 1, 1,5 is 1.5, 1.234,5 is 1234.5, 51-200 is 51, $1.2M is
    1200000, 40% is 40.
    """
    number = read_number(value)
    text = read_text(value)
    if number is None and text and not isinstance(value, bool):
        found = WRITTEN.fullmatch(SPACES.sub(" ", text).lower())
        if found:
            sign, digits, scale, lower, lower_scale, _, upper_scale = found.groups()
            # Of a range with a scale at one end alone nobody knows what the other end is.
            if bool(lower_scale) == bool(upper_scale):
                number = number_of_digits(digits or lower)
        if number is not None:
            number *= SCALES[scale or lower_scale] if scale or lower_scale else 1
            number = -number if sign == "-" else number
    return number if number is not None and abs(number) <= 10 ** 15 else None


def number_of_digits(digits):
    """A Fraction of digits with marks between them, None where the marks do not fit."""
    groups = r"\d{1,3}(?: \d{3})+|\d+"
    if re.fullmatch(rf"(?:[1-9]\d{{0,2}}(?:,\d{{3}})+|{groups})(?:\.\d+)?", digits):
        return Fraction(digits.replace(",", "").replace(" ", ""))
    if re.fullmatch(rf"(?:\d{{1,3}}(?:\.\d{{3}})+|{groups}),\d+|\d{{1,3}}(?:\.\d{{3}}){{2,}}", digits):
        return Fraction(digits.replace(".", "").replace(" ", "").replace(",", "."))
    return None


def read_id(text):
    """An id as text; 101.0, as spreadsheets write 101, is 101."""
    return re.sub(r"^(\d+)\.0+$", r"\1", text) if text else None


def read_addresses(value, placeholders=frozenset()):
    """The e-mail addresses of a cell, in its order (list of str)."""
    text = read_text(value, placeholders)
    if text is None:
        return []
    text = unicodedata.normalize("NFC", ZERO_WIDTH.sub("", text).lower())
    found = []
    for piece in re.split("[;,]", text):
        if "@" in piece:
            piece = piece.rpartition("<")[2].split(">")[0]
            piece = piece.rstrip(AROUND_ADDRESSES + ".").lstrip(AROUND_ADDRESSES)
            piece = piece.removeprefix("mailto:")
            piece = piece.rstrip(AROUND_ADDRESSES + ".").lstrip(AROUND_ADDRESSES)
            found.append(piece)
    return found


def read_boolean(value):
    """A value as bool: true/t/yes/y/1 and false/f/no/n/0 in any case; anything else is None."""
    text = (read_text(value) or "").lower()
    if text in ("true", "t", "yes", "y", "1"):
        return True
    if text in ("false", "f", "no", "n", "0"):
        return False
    return None


def read_time(value, zone=None):
    """A value as an aware datetime in UTC, or None if it is no ISO date or ISO timestamp.

    A time without offset is UTC, a date is its first moment in the zone (name, None: UTC). Digits
    beyond microseconds are cut. None before 1902 or after 2199.
    """
    moment = any_time(value)
    if moment and is_day(value):
        moment = moment.replace(tzinfo=ZoneInfo(zone or "UTC")).astimezone(timezone.utc)
    return moment if moment and 1902 <= moment.year < 2200 else None


def is_day(value):
    """Whether a readable value is a date without a time."""
    if isinstance(value, (datetime, date)):
        return not isinstance(value, datetime)
    return re.search(r"\d[T ]", read_text(value), re.IGNORECASE) is None


def any_time(value):
    """As read_time, of any year."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return value.replace(tzinfo=timezone.utc)
        return value.astimezone(timezone.utc)
    if isinstance(value, date):
        return datetime.combine(value, time(), timezone.utc)
    text = read_text(value)
    found = ISO_TIME.fullmatch(text) if text else None
    if not found:
        return None
    day, clock, offset = found.groups()
    offset = "Z" if (offset or "").upper() in ("", "UTC", "GMT") else offset.upper()
    clock = clock or "00:00"
    try:
        moment = datetime.fromisoformat(f"{day}T{clock[:15]}{offset}")
        return moment.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def read_date(value, zone=None):
    """A value as a date, or None if it is no ISO date or ISO timestamp; of a time its day in the zone."""
    moment = read_time(value, zone)
    return None if moment is None else calendar_day(moment, zone)


def read_path(value):
    """A path or link as it is matched: lower case, without query, fragment and trailing slashes.

    The root stays '/'; a path that is empty (also after the cut) is None.
    """
    text = read_text(value)
    if text is None:
        return None
    text = re.split(r"[?#]", text.lower())[0].strip()
    return text.rstrip("/") or ("/" if text else None)


def read_value(kind, value, placeholders=frozenset(), zone=None):
    """Read one cell as kind (see kind_of); None if it is missing or cannot be read."""
    text = read_text(value, placeholders)
    if text is None:
        return None
    if kind == "number":
        return read_written_number(value)
    if kind == "boolean":
        return read_boolean(value)
    if kind == "date":
        return read_date(value, zone)
    if kind == "time":
        return read_time(value, zone)
    if kind == "path":
        return read_path(text)
    if kind == "email":
        return next(iter(read_addresses(value, placeholders)), None)
    return read_id(text) if kind == "id" else text


def calendar_day(moment, reporting_timezone=None):
    """The calendar day (date) of an aware datetime in a zone given by name; UTC if None.

    Raises ZoneInfoNotFoundError if the zone is not known.
    """
    return moment.astimezone(ZoneInfo(reporting_timezone or "UTC")).date()


def read_row(table, raw, placeholders=frozenset(), custom_attributes=(), zone=None):
    """Read one raw row.

    Returns (row, reason): row has every documented column of the table and the custom attributes
    (as text); reason is None, or the first reason to reject the row: '<column> missing' or
    '<column> unreadable' for the first required column (or column with a closed list) in
    documented order that cannot be read, then 'no identity' (of activities and requests).
    """
    is_activity = table in ACTIVITY_TABLES
    required = required_columns(table)
    row, reason = {}, None
    for column in documented_columns(table):
        kind = kind_of(column)
        words = placeholders if not is_activity or kind in ("id", "email") else frozenset()
        value = raw.get(column)
        row[column] = read_value(kind, value, words, zone)
        listed = CLOSED_LISTS.get((table, column))
        is_unlisted = listed and row[column] is not None and row[column].lower() not in listed
        if is_unlisted:
            row[column] = None
        if reason is None and row[column] is None and (column in required or is_unlisted):
            is_missing = read_text(value, words) is None
            reason = f"{column} {'missing' if is_missing else 'unreadable'}"
    for column in custom_attributes:
        row.setdefault(column, read_text(raw.get(column), placeholders))
    if table in ("contacts", "companies", "deals", *PAIRS):
        row["loaded_at"] = read_time(raw.get("loaded_at"), zone)
    if table == "contacts":
        for column in ("unsubscribed_at", "deleted_at"):
            if read_boolean(raw.get(column)):
                row[column] = row["updated_at"]
        row["emails"] = read_addresses(raw.get("email"), placeholders) + read_addresses(
            raw.get("additional_emails"), placeholders)
        items = (read_id(read_text(item, placeholders))
                 for item in (row["merged_contact_ids"] or "").split(";"))
        row["listed_ids"] = [item for item in items if item]
    names_somebody = is_activity or table == "erasure_requests"
    if reason is None and names_somebody and not any(row.get(column) for column in IDENTITIES):
        reason = "no identity"
    return row, reason


@dataclass
class ReadTable:
    """What became of the rows of one raw table."""

    rows: list = field(default_factory=list)  # readable rows, repeats and older versions included
    rejected_rows: list = field(default_factory=list)  # pairs of a row and the reason
    columns: set = field(default_factory=set)  # the columns that the raw table has
    count: int = 0  # raw rows
    erased: int = 0

    def rejected(self, table):
        """The rejected rows of the table by key, '' where the key itself cannot be read, and
        reason: Counter (row_key, reason) -> number of rows.
        """
        return Counter((key_of(table, row) or "", reason) for row, reason in self.rejected_rows)


def read_table(table, raw_rows, placeholders=frozenset(), custom_attributes=(), zone=None):
    """Read every row of a raw table; returns a ReadTable."""
    result = ReadTable(count=len(raw_rows))
    for raw in raw_rows:
        result.columns |= set(raw)
        row, reason = read_row(table, raw, placeholders, custom_attributes, zone)
        if reason is None:
            result.rows.append(row)
        else:
            result.rejected_rows.append((row, reason))
    return result


def chosen_of_equals(rows):
    """Which of several rows with the same key and the same time counts: the one that was loaded
    last, where an empty time loses. Else a free choice, but one that does not depend on the order of
    delivery. Here: the greatest content as text.
    """
    never = datetime.min.replace(tzinfo=timezone.utc)
    return max(rows, key=lambda row: (row["loaded_at"] or never, repr(sorted(row.items()))))


def versions(table, rows):
    """The versions of each key: dict key -> rows in ascending order of time, one for each time."""
    moment, by_key = required_columns(table)[-1], {}
    for row in rows:
        by_key.setdefault(key_of(table, row), {}).setdefault(row[moment], []).append(row)
    return {
        name: [chosen_of_equals(by_time[when]) for when in sorted(by_time)]
        for name, by_time in by_key.items()
    }


def holding_versions(rows, as_of, day_of):
    """The versions of one key (ascending) that were there at the end of the as-of day, else the
    earliest alone; the last of them holds. day_of: datetime -> date.
    """
    return [row for row in rows if day_of(row["updated_at"]) <= as_of] or rows[:1]
