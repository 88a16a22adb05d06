"""What leads are worth: expected amounts against a reference in plain Python, and what a day holds."""

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.reference.value import company_size, counted_deals, expected_amounts
from tests.scoring_files import MODEL, configuration, contact, criterion
from tests.test_backtest import count_won_deals

AS_OF = date(2026, 6, 30)
POPULATIONS = {"acquisition": "open_leads", "expansion": "customers", "all": "everyone"}
RULES = configuration(
    activities=[{"activity": "visit", "source": "web", "event_name": "page_viewed", "intent": "positive"}],
    scoring_models=[{**MODEL, "scoring_model": name, "population": population, "mql_score": "1"}
                    for name, population in POPULATIONS.items()],
    engagement_criteria=[criterion("visited", 10, scoring_model=name) for name in POPULATIONS])


def ago(days):
    return f"{AS_OF - timedelta(days=days)} 08:00:00"


def random_company(seed):
    """Raw tables: companies of all sizes, some of them customers, whose deals grow with their size."""
    dice = random.Random(seed)
    companies = [{
        "company_id": f"k{number}", "updated_at": ago(900),
        "employee_count": dice.choice([None, 5, 20, 100, 500, 5000]),
        "industry": dice.choice(["Chemistry", "chemistry", "Logistics", None]),
        "customer_since": dice.choice([None, None, AS_OF - timedelta(days=dice.randrange(900))]),
    } for number in range(300)]
    # Some belong to no company, some to one that is not there.
    contacts = [contact(f"c{number}", ago(900), company_id=f"k{number % 310}" if number % 7 else None,
                        owner_id=dice.choice(["ana", "ben", None]))
                for number in range(400)]
    people = defaultdict(list)
    for row in contacts:
        people[row["company_id"]].append(row["contact_id"])
    deals = []
    for number in range(400):
        company = dice.choice([*companies, *5 * [{"company_id": None}]])
        size = company.get("employee_count") or 50
        amount = round(size ** 0.5 * 1000 * dice.lognormvariate(0, 0.5))
        colleagues = people.get(company["company_id"], [])
        closed = dice.randrange(-20, 800)
        is_won = dice.choice([True, True, True, False, None])
        deals.append({
            "deal_id": f"d{number}", "company_id": company["company_id"], "is_won": is_won,
            "contact_id": dice.choice([None, f"c{dice.randrange(400)}", *5 * colleagues]),
            "amount": dice.choice([None, 0, 1, 9e8, *30 * [amount]]),
            "created_at": ago(closed + 30), "closed_at": ago(closed) if is_won is not None else None,
            "updated_at": ago(closed)})
    visits = [{"event_id": f"e{number}", "contact_id": f"c{number}", "event_name": "page_viewed",
               "occurred_at": ago(1), "loaded_at": ago(1)} for number in range(0, 400, 4)]
    return {"contacts": contacts, "companies": companies, "deals": deals, "web_events": visits}


def close_to(amounts):
    return pytest.approx(amounts, rel=1e-9, abs=0.006)


@pytest.mark.parametrize("segments", [
    ["company_size", "industry"],
    *(pytest.param(names, marks=pytest.mark.slow) for names in (["company_size"], []))])
def test_expected_amounts_are_those_of_the_reference(fresh, segments):
    world = random_company(len(segments))
    fresh.configure(RULES)
    count_won_deals(fresh)
    fresh.fill(world)
    fresh.build_some("hot", AS_OF, expected_amount_segments=segments, expected_amount_days=600)
    companies = {row["company_id"]: row for row in world["companies"]}

    def segment_of(lead):
        company = companies.get(lead["company_id"], {})
        values = {"company_size": company_size(company.get("employee_count")),
                  "industry": (company.get("industry") or "not known").lower()}
        return ", ".join(values[name] for name in segments) or "all leads"

    leads = {row["contact_id"]: segment_of(row) for row in world["contacts"]}
    found = defaultdict(dict)
    for row in fresh.query("select * from scoring.int_expected_amounts"):
        found[row["scoring_model"]][row["segment"]] = (
            row["expected_amount"], row["expected_amount_low"], row["expected_amount_high"])
    expected = {}
    for model, population in POPULATIONS.items():
        deals = counted_deals(world, population, AS_OF, 600)
        assert len(deals) > 40
        expected[model] = expected_amounts([
            (leads[deal["lead_id"]] if deal["lead_id"] else "not known", deal["amount"]) for deal in deals])
        assert {segment: tuple(map(float, amounts)) for segment, amounts in found[model].items()} == {
            segment: close_to(amounts) for segment, amounts in expected[model].items()}
    values = fresh.query("select * from marts.lead_values")
    assert len(values) > 200
    for row in values:
        amounts = expected[row["scoring_model"]]
        mean, low, high = amounts.get(leads[row["lead_id"]], amounts[""])
        assert (row["segment"], float(row["expected_amount"]), row["expected_value"]) == (
            leads[row["lead_id"]], close_to(mean), None)
        assert low <= mean <= high


def test_too_few_deals_are_worth_nothing_that_is_known(fresh):
    """Nineteen deals are too few; of twenty, the one of tomorrow is not known yet."""
    fresh.configure(RULES)
    count_won_deals(fresh)
    deals = [{"deal_id": f"d{number}", "is_won": True, "amount": 100, "created_at": ago(50),
              "closed_at": ago(number), "updated_at": ago(50)} for number in range(-1, 19)]
    fresh.fill({"contacts": [contact("c1")], "deals": deals})
    fresh.build_some("hot", AS_OF)
    assert fresh.query("select * from marts.lead_values") == []
    fresh.build_some("hot", AS_OF + timedelta(days=1))
    assert [(row["scoring_model"], row["expected_amount"], row["model_deals"]) for row in fresh.query(
        "select * from marts.lead_values order by all")] == [
        ("acquisition", Decimal(100), 20), ("all", Decimal(100), 20)]


def owners_lists(rows):
    """The call list by owner, nobody for none, in its order: dict owner -> list of rows."""
    lists = defaultdict(list)
    for row in rows:
        lists[row["owner_id"] or "nobody"].append(row)
    return lists


def worth(calls):
    """What a list is worth: each company once, with its best lead; None if nothing is known."""
    best = {}
    for row in calls:
        if row["expected_value"] is not None:
            key = row["company_id"] or row["lead_id"]
            best[key] = max(best.get(key, Decimal(0)), row["expected_value"])
    return sum(best.values()) if best else None


CALLS = """
    select call_list.*, leads.company_id
    from marts.call_list inner join marts.leads using (lead_id)
    order by overall_rank
"""


def test_the_demos_call_list_goes_by_expected_value(demo):
    values = {(row["lead_id"], row["scoring_model"]): row
              for row in demo.query("select * from marts.lead_values")}
    assert len({row["segment"] for row in values.values()}) == 6
    calls = demo.query(CALLS)
    assert "expected value" in {row["ranked_by"] for row in calls}
    before = {}
    for row in calls:
        value = values.get((row["lead_id"], row["scoring_model"]))
        if value is None:  # of a model with too few past deals
            assert (row["expected_amount"], row["expected_value"]) == (None, None)
            continue
        assert (row["expected_amount"], row["expected_value"]) == (
            value["expected_amount"], value["expected_value"])
        assert value["expected_amount_low"] < value["expected_amount"] < value["expected_amount_high"]
        if row["conversion_probability"] is not None:
            assert float(row["expected_value"]) == pytest.approx(
                row["conversion_probability"] * float(row["expected_amount"]), abs=0.006)
        if row["ranked_by"] == "expected value":
            place = int(row["order_reason"].split()[1])
            before.setdefault(row["scoring_model"], {})[place] = row["expected_value"] or 0
    for places in before.values():
        ordered = [places[place] for place in sorted(places)]
        assert ordered == sorted(ordered, reverse=True) and len(set(ordered)) > 10
    for owner, mine in owners_lists(calls).items():
        for number, row in enumerate(mine, start=1):
            assert (row["list_minutes"], row["list_value"]) == (15 * number, worth(mine[:number])), owner
            assert row["is_within_capacity"] is None
    capacity = {row["owner_id"]: row for row in demo.query("select * from marts.call_capacity")}
    assert capacity.keys() == owners_lists(calls).keys()
    for owner, mine in owners_lists(calls).items():
        row = capacity[owner]
        assert (row["leads_to_call"], row["list_value"]) == (len(mine), worth(mine)), owner
        # The first calls may be of a model without expected amounts.
        assert row["value_of_next_hour"] == (worth(mine[:4]) or 0), owner


def test_a_day_holds_as_many_calls_as_its_hours(fresh):
    fresh.configure(RULES)
    fresh.fill(random_company(1))
    fresh.build_some("hot", AS_OF, call_minutes=25, call_hours_per_day=2.5)
    lists = owners_lists(fresh.query(CALLS))
    assert lists.keys() == {"ana", "ben", "nobody"} and min(map(len, lists.values())) > 8
    for owner, mine in lists.items():
        held = 0 if owner == "nobody" else 6
        assert [row["is_within_capacity"] for row in mine] == [
            number < held for number in range(len(mine))]
        row, = fresh.query(f"select * from marts.call_capacity where owner_id = '{owner}'")
        assert (row["hours_per_day"], row["minutes_to_call"], row["leads_within_capacity"],
                row["leads_in_next_hour"]) == (
            0 if owner == "nobody" else 2.5, 25 * len(mine), held, 2)
