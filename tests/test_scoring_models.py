"""The scoring models that ship, and the SQL activities and attributes that they use."""

import random
from datetime import date, timedelta

import pytest

from tests.reference.ownership import ownership
from tests.reference.random_worlds import SEEDS, random_world
from tests.scoring_files import contact, event
from tests.suites import worlds

DAY = "2026-03-31"
SELECTED = ("--select", "+int_activity_days", "+int_sql_attributes")  # without the scores
ATTRIBUTES = ("owned_product_count", "days_since_won_deal", "account_user_count")


def used(number, age, **cells):
    """A raw product event so many days before 2026-03-31, with a log-in unless told otherwise."""
    return event(f"u{number}", str(date.fromisoformat(DAY) - timedelta(days=age)),
                 **{"event_name": "logged_in", **cells})


def said(project):
    """What is said of every lead on each as-of day of the last run: dict day (ISO date) -> what
    reference.ownership has.
    """
    result = {}
    for row in project.query("select as_of, lead_id from scoring.dim_leads"):
        result.setdefault(str(row["as_of"]), {})[row["lead_id"]] = {
            **dict.fromkeys(ATTRIBUTES), "interest": 0, "request": 0}
    for row in project.query("select * from scoring.int_sql_attributes"):
        if row["attribute"] in ATTRIBUTES:
            result[str(row["as_of"])][row["lead_id"]][row["attribute"]] = int(row["value"])
    for row in project.show("select as_of, lead_id, activity,"
                            " cast(sum(occurrences) as bigint) as n"
                            " from {{ ref('int_activity_days') }}"
                            " where activity like '%_unowned_product'"
                            " group by as_of, lead_id, activity"):
        result[str(row["as_of"])][row["lead_id"]][row["activity"].split("_")[0]] = row["n"]
    return result


@pytest.mark.slow
def test_what_is_owned_depends_on_the_day(fresh):
    """A product is bought, a deal of a merged contact comes along, a company is left, and a deal
    that was won turns out to be lost: each day has its own, as a run of that day has.
    """
    days = [f"2026-03-{day:02d}" for day in range(1, 9)]
    deal = {"is_won": True, "created_at": "2026-02-01", "updated_at": "2026-02-01"}
    fresh.fill({
        "contacts": [
            contact("c1", company_id="k1"), contact("c2"), contact("c3", company_id="k1"),
            contact("c3", company_id="k2", updated_at="2026-03-06"), contact("c4"),
            contact("c4", merged_into_contact_id="c2", updated_at="2026-03-05")],
        "deals": [
            {**deal, "deal_id": "d1", "company_id": "k1", "product": "Guard",
             "closed_at": "2026-03-04"},
            {**deal, "deal_id": "d2", "contact_id": "c4", "product": "guard",
             "closed_at": "2026-02-20"},
            {**deal, "deal_id": "d3", "contact_id": "c1", "product": "insight",
             "closed_at": "2026-03-05"},
            {**deal, "deal_id": "d3", "contact_id": "c1", "product": "insight", "is_won": False,
             "closed_at": "2026-03-05", "updated_at": "2026-03-07"}],
        "web_events": [
            event(1, "2026-03-02", product="guard"), event(2, "2026-03-03", product="GUARD"),
            event(3, "2026-03-03", "demo_requested", product="insight"),
            event(4, "2026-03-02", "ad_shown", product="guard"), event(5, "2026-03-02"),
            event(6, "2026-03-02", contact_id="c2", product="guard"),
            event(7, "2026-03-02", contact_id="c3", product="guard")],
        "product_events": [
            event(1, "2026-03-02", "logged_in"), event(2, "2026-02-04", contact_id="c3"),
            event(3, "2026-03-03", contact_id="c3"), event(4, "2026-02-02", contact_id="c2")]})
    fresh.build("2026-03-02", *SELECTED, scored_days=days)
    found = said(fresh)
    by_day = [found[day] for day in days]

    def of(lead_id, name):
        return [leads.get(lead_id, {}).get(name) for leads in by_day]

    assert of("c1", "interest") == [0, 1, 3, 1, 0, 0, 1, 1]
    assert of("c1", "request") == [0, 0, 1, 1, 0, 0, 1, 1]
    assert of("c2", "interest") == [0, 1, 1, 1, 0, 0, 0, 0]
    assert of("c3", "interest") == [0, 1, 1, 0, 0, 1, 1, 1]
    assert of("c1", "owned_product_count") == [0, 0, 0, 1, 2, 2, 1, 1]
    assert of("c1", "days_since_won_deal") == [None, None, None, 0, 0, 1, 3, 4]
    assert of("c2", "days_since_won_deal") == [None] * 4 + [13, 14, 15, 16]
    assert of("c1", "account_user_count") == [1, 2, 2, 2, 2, 1, 1, 1]
    assert of("c2", "account_user_count") == [1, 1, 1, 0, 0, 0, 0, 0]
    fresh.build(days[5], *SELECTED)
    assert said(fresh)[days[5]] == by_day[5]


def test_the_shipped_models_tell_a_small_company_what_to_do(fresh):
    """A customer who looks at how to cancel, one who wants more, a trial, and a partner."""
    week = range(1, 29, 2)
    fresh.fill({
        "contacts": [
            contact("leaving", company_id="k1", lifecycle_stage="customer"),
            contact("growing", company_id="k2", job_title="CEO", lifecycle_stage="customer"),
            contact("trying", company_id="k3"), contact("partner", tags="Partner; reseller")],
        "companies": [
            {"company_id": "k1", "updated_at": "2026-01-01", "contract_renewal_on": "2026-04-20"},
            {"company_id": "k2", "updated_at": "2026-01-01", "employee_count": 900,
             "plant_count": 6}, {"company_id": "k3", "updated_at": "2026-01-01"}],
        "deals": [{"deal_id": "d1", "company_id": "k2", "deal_type": "new", "product": "connect",
                   "is_won": True, "created_at": "2025-01-01", "closed_at": "2025-02-01",
                   "updated_at": "2025-02-01"}],
        "web_events": [
            *(event(f"l{i}", f"2026-03-{day}", contact_id="leaving", page_path=path)
              for i, (day, path) in enumerate((("20", "/support/cancel-contract"),
                                               ("25", "/Support/Refunds?x=1")))),
            *(event(f"g{day}", f"2026-03-{day}", contact_id="growing", product="guard",
                    page_path="/products/guard") for day in range(10, 20)),
            event("g", "2026-03-25", "demo_requested", contact_id="growing", product="guard"),
            *(event(f"p{day}", f"2026-03-{day}", "form_submitted", contact_id="partner",
                    form_id="referral-form") for day in range(10, 14))],
        "product_events": [
            *(used(f"l{age}", age, contact_id="leaving") for age in range(31, 50, 2)),
            *(used(f"c{age}", age, contact_id="leaving", event_name="loyalty_card_used")
              for age in (70, 80, 90)),
            *(used(f"g{age}", age, contact_id="growing") for age in week),
            *(used(f"t{age}", age, contact_id="trying") for age in week),
            *(used(f"f{i}", i, contact_id="trying", event_name="feature_used", feature=feature)
              for i, feature in enumerate(("dashboards", "alerts", "reports", "invite")))]})
    fresh.build(DAY)
    rows = fresh.query("select lead_id, scoring_model, score, tier from marts.lead_scores")
    tiers = {(row["lead_id"], row["scoring_model"]): row["tier"] for row in rows}
    models = {lead: sorted(model for name, model in tiers if name == lead)
              for lead in ("leaving", "growing", "trying", "partner")}
    assert models == {"leaving": ["adoption", "expansion", "retention"],
                      "growing": ["adoption", "expansion", "retention"],
                      "trying": ["acquisition", "adoption"],
                      "partner": ["acquisition", "partners"]}
    assert tiers["leaving", "retention"] == "at_risk"
    assert tiers["growing", "retention"] == "stable"
    assert tiers["growing", "expansion"] == "ready"
    assert tiers["leaving", "expansion"] == "no_need"
    assert tiers["trying", "adoption"] == "established"
    assert tiers["leaving", "adoption"] == "not_using"
    assert tiers["partner", "partners"] in ("key", "active")

    fresh.forget()
    fresh.fill({"contacts": [contact("leaving", lifecycle_stage="customer")]})
    fresh.build(DAY)
    assert fresh.query("select distinct tier from marts.lead_scores"
                       " where scoring_model = 'retention'") == [{"tier": "stable"}]


def deals(rng, contacts, as_of):
    """Random raw deals, most of them won, some of them corrected later (list of dict)."""
    def moment(least, most):
        day = as_of - timedelta(days=rng.randint(least, most))
        return f"{day} 0{rng.randint(0, 9)}:{rng.randint(10, 59)}:{rng.randint(10, 59)}"

    rows = []
    for number in range(16):
        for _ in range(rng.choice([1, 1, 2])):
            rows.append({
                "deal_id": f"d{number}", "contact_id": rng.choice([None, *contacts]),
                "company_id": rng.choice([None, "k1", "k2", "k99"]),
                "deal_type": rng.choice(["new", "expansion", "renewal", None]),
                "product": rng.choice([None, "Suite", "suite ", "Lite", "LITE"]),
                "is_won": rng.choice(["true", "true", "true", "false", None]),
                "closed_at": rng.choice([None, *[moment(-5, 95)] * 5]),
                "created_at": f"{as_of - timedelta(days=200)}", "updated_at": moment(0, 110)})
    return rows


@pytest.mark.parametrize("seed", worlds(8001, 8002, 8003))
def test_random_companies_own_what_they_own(fresh, seed):
    rng = random.Random(seed)
    raw_tables, _, as_of, options = random_world(
        seed, contacts=25, absent_columns=False, erasures=seed % 2 == 0)
    for row in raw_tables["contacts"]:  # a row that came twice gets the same company
        row["company_id"] = random.Random(str(row)).choice([row["company_id"], "k1", "k2"])
    raw_tables["deals"] = deals(rng, [row["contact_id"] for row in raw_tables["contacts"]], as_of)
    given = {name: value for name, value in options.items() if value is not None}
    days = [as_of - timedelta(days=age) for age in (0, 1, 9, 20, 40, 65, 90)]
    right = {day: ownership(raw_tables, day, options, SEEDS) for day in days}
    assert any(lead["owned_product_count"] for leads in right.values() for lead in leads.values())
    fresh.fill(raw_tables)
    fresh.build(as_of, *SELECTED, scored_days=[str(day) for day in days], **given)
    found = said(fresh)
    for day in days:
        assert found[str(day)] == right[day], day
