"""How raw rows and cells are read: text, numbers, days and times, versions and rejected rows.

A raw table is a list of dicts (column -> value). A value is None or a str, int, float, Decimal,
bool, date or datetime; a column may be absent from a row and then reads as null. What comes out
is a dict with every documented column, each value in one of these forms:

    id, text, path   str, trimmed, never empty
    email            str, trimmed and in lower case
    number           Fraction (exact)
    boolean          bool
    date             date
    time             datetime, aware, in UTC
"""

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timezone
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

# The columns of each raw table in documented order; a star marks a required one. The first column
# is the key of a row, the last required one tells its versions apart.
COLUMNS = {
    "contacts": """contact_id* email first_name last_name job_title department company_id country
        region lead_source origin lifecycle_stage owner_id tags budget_amount budget_confirmed
        buying_role need project_start_on technical_requirements_ready solution_considered
        created_at* updated_at* unsubscribed_at merged_into_contact_id deleted_at""",
    "companies": """company_id* name domain industry employee_count annual_revenue country region
        plant_count technologies credit_rating contract_renewal_on customer_since updated_at*""",
    "deals": """deal_id* contact_id company_id deal_type product stage amount created_at* closed_at
        is_won updated_at*""",
    "sales_activities": """sales_activity_id* contact_id* kind direction outcome owner_id
        occurred_at* loaded_at*""",
    "web_events": """event_id* anonymous_id contact_id email session_id event_name* page_path
        referrer utm_source utm_medium utm_campaign product content_id form_id duration_seconds
        percent_complete user_agent ip_address occurred_at* loaded_at*""",
    "email_events": """event_id* contact_id email campaign_id event_name* bounce_type link_url user_agent
        ip_address occurred_at* loaded_at*""",
    "social_events": "event_id* contact_id email network event_name* occurred_at* loaded_at*",
    "product_events": """event_id* contact_id email company_id event_name* feature product quantity
        occurred_at* loaded_at*""",
    "erasure_requests": "contact_id email requested_at*",
}
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

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
# All but tab and line ends.
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
ISO_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII | re.IGNORECASE)


def documented_columns(table):
    """The columns of a raw table in documented order, without stars (list of str)."""
    return [column.rstrip("*") for column in COLUMNS[table].split()]


def required_columns(table):
    """The starred columns of a raw table in documented order (list of str)."""
    return [column.rstrip("*") for column in COLUMNS[table].split() if column.endswith("*")]


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
    if column.endswith("_on") or column == "customer_since":
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


def read_boolean(value):
    """A value as bool: true/t/yes/y/1 and false/f/no/n/0 in any case; anything else is None."""
    text = (read_text(value) or "").lower()
    if text in ("true", "t", "yes", "y", "1"):
        return True
    if text in ("false", "f", "no", "n", "0"):
        return False
    return None


def read_time(value):
    """A value as an aware datetime in UTC, or None if it is no ISO date or ISO timestamp.

    A time without offset is UTC, a date is its first moment. Digits beyond microseconds are cut.
    None before 1902 or after 2199.
    """
    moment = any_time(value)
    return moment if moment and 1902 <= moment.year < 2200 else None


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
    clock = clock or "00:00"
    try:
        moment = datetime.fromisoformat(f"{day}T{clock[:15]}{(offset or 'Z').upper()}")
        return moment.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def read_date(value):
    """A value as a date, or None if it is no ISO date or ISO timestamp.

    Of a timestamp it is the calendar day as written: a column of days knows no time zone.
    """
    if read_time(value) is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = read_text(value)
    if text is None:
        return None
    return date.fromisoformat(text[:10])


def read_path(value):
    """A path or link as it is matched: lower case, without query, fragment and trailing slashes.

    The root stays '/'; a path that is empty (also after the cut) is None.
    """
    text = read_text(value)
    if text is None:
        return None
    text = re.split(r"[?#]", text.lower())[0].strip()
    return text.rstrip("/") or ("/" if text else None)


def read_value(kind, value, placeholders=frozenset()):
    """Read one cell as kind (see kind_of); None if it is missing or cannot be read."""
    text = read_text(value, placeholders)
    if text is None:
        return None
    if kind == "number":
        return read_number(value)
    if kind == "boolean":
        return read_boolean(value)
    if kind == "date":
        return read_date(value)
    if kind == "time":
        return read_time(value)
    if kind == "path":
        return read_path(text)
    if kind == "email":
        return text.lower()
    return text


def calendar_day(moment, reporting_timezone=None):
    """The calendar day (date) of an aware datetime in a zone given by name; UTC if None.

    Raises ZoneInfoNotFoundError if the zone is not known.
    """
    return moment.astimezone(ZoneInfo(reporting_timezone or "UTC")).date()


def read_row(table, raw, placeholders=frozenset(), custom_attributes=()):
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
        row[column] = read_value(kind, value, words)
        listed = CLOSED_LISTS.get((table, column))
        is_unlisted = listed and row[column] is not None and row[column].lower() not in listed
        if is_unlisted:
            row[column] = None
        if reason is None and row[column] is None and (column in required or is_unlisted):
            is_missing = read_text(value, words) is None
            reason = f"{column} {'missing' if is_missing else 'unreadable'}"
    for column in custom_attributes:
        row.setdefault(column, read_text(raw.get(column), placeholders))
    if table in ("contacts", "companies", "deals"):
        row["loaded_at"] = read_time(raw.get("loaded_at"))
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
        key = documented_columns(table)[0]
        return Counter((row[key] or "", reason) for row, reason in self.rejected_rows)


def read_table(table, raw_rows, placeholders=frozenset(), custom_attributes=()):
    """Read every row of a raw table; returns a ReadTable."""
    result = ReadTable(count=len(raw_rows))
    for raw in raw_rows:
        result.columns |= set(raw)
        row, reason = read_row(table, raw, placeholders, custom_attributes)
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
    key, moment = documented_columns(table)[0], required_columns(table)[-1]
    by_key = {}
    for row in rows:
        by_key.setdefault(row[key], {}).setdefault(row[moment], []).append(row)
    return {
        name: [chosen_of_equals(by_time[when]) for when in sorted(by_time)]
        for name, by_time in by_key.items()
    }


def holding_versions(rows, as_of, day_of):
    """The versions of one key (ascending) that were there at the end of the as-of day, else the
    earliest alone; the last of them holds. day_of: datetime -> date.
    """
    return [row for row in rows if day_of(row["updated_at"]) <= as_of] or rows[:1]
