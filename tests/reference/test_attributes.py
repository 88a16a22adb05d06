"""Tests of the reference scorer: attributes and the operators of fit criteria."""

import pytest

from .worlds_for_tests import EARLY, contact, fit, ledger, run


def meets_fit(cells, companies=(), options=None, **criterion):
    """Whether c1 with these cells meets a fit criterion."""
    result = run({"contacts": [contact(**cells)], "companies": list(companies)},
                 fit_criteria=[fit(**criterion)], options=options)
    return ledger(result, "f") is not None


@pytest.mark.parametrize("cells, attribute, operator, criterion, met", [
    ({"need": " Quality"}, "need", "equals", {"value": "quality "}, True),
    ({"budget_amount": "10.0"}, "budget_amount", "equals", {"value": "10"}, True),
    ({"budget_amount": "10"}, "budget_amount", "in", {"value": "5; 10.00"}, True),
    ({"need": "a"}, "need", "in", {"value": "A;b"}, True),
    ({"need": "a"}, "need", "not_in", {"value": "b;c"}, True),
    ({"need": "a"}, "need", "not_in", {"value": "A"}, False),
    ({}, "need", "not_in", {"value": "b"}, False),
    ({"tags": "vip;Event 2024"}, "tags", "contains", {"value": "event"}, True),
    ({"tags": "vip; Event 2024"}, "tags", "has", {"value": "event 2024 "}, True),
    ({"tags": "vip;Event 2024"}, "tags", "has", {"value": "event"}, False),
    ({"tags": "5.0;7"}, "tags", "has", {"value": "5"}, True),
    ({"budget_amount": "10.0"}, "budget_amount", "has", {"value": "10"}, True),
    ({"country": "Spain"}, "country", "has", {"value": "ESP"}, True),
    ({}, "tags", "has", {"value": "vip"}, False),
    ({"budget_amount": "99.99"}, "budget_amount", "at_least", {"min_value": "100"}, False),
    ({"budget_amount": "100"}, "budget_amount", "at_least", {"min_value": "100.0"}, True),
    ({"budget_amount": "100"}, "budget_amount", "at_most", {"max_value": "100"}, True),
    ({"budget_amount": "100.01"}, "budget_amount", "at_most", {"max_value": "100"}, False),
    ({"budget_amount": "7"}, "budget_amount", "between", {"min_value": "7", "max_value": "7"},
     True),
    ({"budget_amount": "lots"}, "budget_amount", "is_missing", {}, True),
    ({"need": "lots"}, "need", "at_least", {"min_value": "0"}, False),
    ({"budget_confirmed": "Y"}, "budget_confirmed", "is_true", {}, True),
    ({"budget_confirmed": "0"}, "budget_confirmed", "is_false", {}, True),
    ({"budget_confirmed": "maybe"}, "budget_confirmed", "is_false", {}, False),
    ({}, "budget_confirmed", "is_false", {}, False),
    ({"need": "Select"}, "need", "is_known", {}, False),
    ({"need": "Select"}, "need", "is_missing", {}, True),
    ({"project_start_on": "2024-06-30"}, "project_start_on", "due_within", {"within_days": "0"},
     True),
    ({"project_start_on": "2024-06-29"}, "project_start_on", "due_within", {"within_days": "9"},
     False),
    ({"project_start_on": "2024-07-30"}, "project_start_on", "due_within", {"within_days": "30"},
     True),
    ({"project_start_on": "2024-07-31"}, "project_start_on", "due_within", {"within_days": "30"},
     False),
    ({"need": "soon"}, "need", "due_within", {"within_days": "30"}, False),
    ({"country": "España"}, "country", "equals", {"value": "ESP"}, True),
    ({"country": "Atlantis"}, "country", "is_missing", {}, True),
    ({"country": "usa"}, "country", "in", {"value": "Mexico;United States"}, True),
    ({"job_title": " vp sales"}, "seniority", "equals", {"value": "vp"}, True),
    ({"job_title": "VP Sales"}, "job_function", "in", {"value": "it;sales"}, True),
    ({"email": "A@Gmail.com"}, "is_free_email", "is_true", {}, True),
    ({"email": "a@acme.test"}, "is_free_email", "is_false", {}, True),
    ({"email": "N/A"}, "is_free_email", "is_missing", {}, True),
    ({"email": "a@Acme.test"}, "email_domain", "equals", {"value": "ACME.test"}, True),
])
def test_fit_operators(cells, attribute, operator, criterion, met):
    assert meets_fit(cells, attribute=attribute, operator=operator, **criterion) is met


def test_attributes_of_the_company():
    company = {"company_id": "k1", "updated_at": EARLY, "industry": "Software",
               "country": "Deutschland", "region": "EMEA", "name": "Acme"}
    cells = {"company_id": "k1"}

    def known(attribute, value, **more):
        return meets_fit(cells | more, [company], attribute=attribute, operator="equals",
                         value=value)

    assert known("industry", "software") and known("company_industry", "software")
    assert not known("region", "EMEA") and known("company_region", "EMEA")
    assert not known("country", "DE")  # a country that the seed does not know
    company["country"] = "Germany"
    assert known("country", "de") and known("country", "DE", country="Atlantis")
    assert known("country", "fr", country="France") and known(
        "company_country", "DE", country="France")


def test_custom_attributes():
    company = {"company_id": "k1", "updated_at": EARLY, "seats": "25", "plan": "gold"}
    cells = {"company_id": "k1", "seats": "few"}
    options = {"custom_attributes": ["seats", "plan"]}

    def known(attribute, operator, **criterion):
        return meets_fit(cells, [company], options, attribute=attribute, operator=operator,
                         **criterion)

    assert known("seats", "equals", value="Few")
    assert not known("seats", "at_least", min_value="0")  # text meets no numeric operator
    assert known("company_seats", "at_least", min_value="25")
    assert known("plan", "equals", value="gold") and known("company_plan", "is_known")
    with pytest.raises(ValueError):
        meets_fit(cells, [company], attribute="plan", operator="is_known")
