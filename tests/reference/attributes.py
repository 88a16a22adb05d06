"""What is known about a lead and its company, and which fit criteria it meets."""

from datetime import date, datetime
from fractions import Fraction

from .identity import domain_of
from .reading import (
    documented_columns,
    read_addresses,
    read_boolean,
    read_date,
    read_id,
    read_number,
    read_text,
    read_time,
)

COUNTRIES = ("country", "company_country")
OPERATORS = ("equals", "in", "not_in", "contains", "has", "at_least", "at_most", "between",
             "is_true", "is_false", "is_known", "is_missing", "due_within")


def country_code(text, countries):
    """The ISO 3166 two-letter code of a country's name or code, or None if it is not known.

    countries: dict name or code in lower case -> code.
    """
    return countries.get(text.lower()) if text else None


def job_of(title, job_titles):
    """(seniority, job_function) of a job title; each None if it is not known.

    job_titles: function title -> pair, or dict title in lower case -> pair.
    """
    if not title:
        return None, None
    found = job_titles(title) if callable(job_titles) else job_titles.get(title.lower())
    return found or (None, None)


def attributes_of(contact, company, seeds, custom_attributes=(), contact_columns=()):
    """All attributes of a lead: dict name -> value as reading.py reads it, None if missing.

    contact: the version of the contact that holds; company: likewise, or None; seeds: see
    scorer.score; custom_attributes: names of extra columns; contact_columns: the columns that the
    raw contacts table has (a custom attribute that it has not is the company's).
    """
    countries = seeds["countries"]
    own = documented_columns("contacts") + [
        name for name in custom_attributes if name in contact_columns]
    others = documented_columns("companies") + list(custom_attributes)
    company = company or {}
    result = {}
    for name in others:
        value = company.get(name)
        if name == "country":
            value = country_code(value, countries)
        result[f"company_{name}"] = value
        result[name] = value
    for name in own:
        result[name] = contact[name]
    further = contact["emails"][1 if contact["email"] else 0:]
    result["additional_emails"] = ";".join(sorted(set(further))) or None
    result["country"] = country_code(contact["country"], countries) or result["company_country"]
    result["seniority"], result["job_function"] = job_of(
        contact["job_title"], seeds["job_titles"])
    _, at, domain = (contact["email"] or "").rpartition("@")
    result["email_domain"] = domain if at and domain else None
    result["is_free_email"] = (
        domain in seeds["free_mail_domains"] if result["email_domain"] else None)
    return result


def equals(attribute, value, wanted, countries):
    """Whether a known value equals a criterion's text, which is normalised like the attribute.

    Ids compare to the letter, numbers as numbers, days as days, other text without regard to case.
    """
    if attribute.endswith("_id"):
        return value == read_id(wanted)
    if attribute in ("domain", "company_domain"):
        return domain_of(value) == domain_of(wanted)
    if attribute in ("email", "additional_emails"):
        return [value] == read_addresses(wanted)[:1]
    if attribute in COUNTRIES:
        return country_code(wanted, countries) == value
    if isinstance(value, bool):
        return read_boolean(wanted) == value
    if isinstance(value, datetime):
        return read_time(wanted) == value
    if isinstance(value, date):
        return read_date(wanted) == value
    number, wanted_number = read_number(value), read_number(wanted)
    if number is not None and wanted_number is not None:
        return number == wanted_number
    return isinstance(value, str) and value.lower() == wanted.lower()


def text_of(value):
    """A known value as text, for `contains`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else str(float(value))
    return str(value)


def items_of(text):
    """The items of a `;` list, trimmed, without empty ones (list of str)."""
    return [item.strip() for item in (text or "").split(";") if item.strip()]


def day_in(value, day_of):
    """The day of a value (date, datetime or text), None if it is none."""
    return day_of(value) if isinstance(value, datetime) else (
        read_date(value) if isinstance(value, (date, str)) else None)


def meets(criterion, attributes, as_of, day_of, countries):
    """Whether a lead meets a fit criterion.

    criterion: a row of fit_criteria as dict of str; attributes: see attributes_of; as_of: date;
    day_of: function datetime -> date; countries: see country_code.
    Raises ValueError on an unknown attribute or operator.
    """
    attribute, operator = (read_text(criterion[column]).lower()
                           for column in ("attribute", "operator"))
    if attribute not in attributes:
        raise ValueError(f"unknown attribute {attribute}")
    if operator not in OPERATORS:
        raise ValueError(f"unknown operator {operator}")
    value = attributes[attribute]
    if operator == "is_missing":
        return value is None
    if value is None:
        return False
    if operator == "is_known":
        return True
    wanted = read_text(criterion.get("value")) or ""
    if operator == "equals":
        return equals(attribute, value, wanted, countries)
    if operator in ("in", "not_in"):
        is_in = any(equals(attribute, value, item, countries) for item in items_of(wanted))
        return is_in == (operator == "in")
    if operator == "has":
        items = items_of(value) if isinstance(value, str) else [value]
        return any(equals(attribute, item, wanted, countries) for item in items)
    if operator == "contains":
        part = wanted.lower()
        if attribute in COUNTRIES:
            part = (country_code(wanted, countries) or wanted).lower()
        return part in text_of(value).lower()
    if operator in ("is_true", "is_false"):
        is_true = value if isinstance(value, bool) else read_boolean(text_of(value))
        return is_true is (operator == "is_true")
    if operator == "due_within":
        due = day_in(value, day_of)
        within = read_number(criterion.get("within_days"))
        return due is not None and 0 <= (due - as_of).days and (
            within is None or (due - as_of).days <= within)
    number = read_number(value) if isinstance(value, (Fraction, str)) else None
    if number is None:
        return False
    lower = read_number(criterion.get("min_value")) if operator != "at_most" else None
    upper = read_number(criterion.get("max_value")) if operator != "at_least" else None
    return (lower is None or lower <= number) and (upper is None or number <= upper)
