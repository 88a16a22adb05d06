"""The marts of interest and accounts agree with their reference on random companies."""

import random
from datetime import timedelta

import pytest

from tests.comparison import by_grain, is_same
from tests.reference import accounts, interest
from tests.reference.random_worlds import SEEDS, random_world
from tests.reference.reading import read_time
from tests.reference.scorer import score
from tests.suites import worlds
from tests.test_interest_and_accounts import GRAINS, build, write_account_scoring
from tests.test_laws import given

SETTINGS = [
    [],
    [{"scoring_model": "*", "method": "sum_with_cap", "score_cap": "70.5"}],
    [{"scoring_model": "*", "method": "Maximum", "account_level": "Top_parent", "engaged_score": "10"}],
]


def world_with_deals(seed):
    """A random world with more deals, and with contents and campaigns that start on many days."""
    raw_tables, rules, as_of, options = random_world(
        f"interest {seed}", contacts=15 + seed % 5, further=seed % 2 == 0)
    rng = random.Random(seed)
    for table, column in (("web_events", "content_id"), ("web_events", "utm_campaign"),
                          ("email_events", "campaign_id")):
        for row in raw_tables[table]:
            moment = read_time(row["occurred_at"])
            choice = random.Random(f"{row['event_id']} {row['loaded_at']}")  # repeats stay alike
            if column in row and moment and choice.random() < 0.7:
                row[column] = f"Theme {moment.toordinal() // 12} {choice.randint(1, 2)}"
    names = sorted({row["contact_id"] for row in raw_tables["contacts"] if row["contact_id"]})
    for number in range(20):
        closed_on = as_of - timedelta(days=rng.randint(-5, 70))
        raw_tables["deals"].append({
            "deal_id": f"more{number}", "contact_id": rng.choice([None, *names * 2]),
            "company_id": rng.choice([None, None, "k1", "k2", "k3"]),
            "deal_type": rng.choice(["new", "renewal"]),
            "product": rng.choice([None, "Suite", "suite", "Lite", "LITE", "Other"]),
            "is_won": rng.choice(["true", "true", "false"]),
            "created_at": f"{closed_on - timedelta(days=rng.randint(0, 30))} 08:00:00",
            "updated_at": f"{closed_on} 20:00:00",
            "closed_at": rng.choice([f"{closed_on} 12:00:00", f"{closed_on} 23:30:00", None])})
    return raw_tables, rules, as_of, options


# First those in which most happens.
@pytest.mark.parametrize("seed", worlds(4, 2, 1, 6, 3, 5))
def test_the_marts_agree_with_the_reference(fresh, seed):
    raw_tables, rules, as_of, options = world_with_deals(seed)
    names = [row["scoring_model"].strip() for row in rules["scoring_models"]]
    account_scoring = SETTINGS[seed % 3] + [
        {"scoring_model": names[0], "method": "champion_mix"}] * (seed % 2)
    fresh.fill(raw_tables)
    fresh.configure(rules)
    write_account_scoring(fresh, account_scoring)
    build(fresh, as_of, interest_half_life_days=20, buying_stage_days=25, **given(options))

    wanted = expected(raw_tables, rules, as_of, options, account_scoring)
    found = []
    for mart, grain in GRAINS.items():
        right = by_grain(wanted[mart], grain)
        built = by_grain(fresh.query(f"select * from marts.{mart}"), grain)
        found += [f"{mart}: {key} should not be there" for key in built.keys() - right]
        found += [f"{mart}: {key} is missing" for key in right.keys() - built]
        for key in built.keys() & right.keys():
            assert built[key].keys() == right[key].keys()
            found += [f"{mart}: {key} {column} is {built[key][column]}, should be {value}"
                      for column, value in right[key].items()
                      if not is_same(built[key][column], value)]
    assert found == []


def expected(raw_tables, rules, as_of, options, account_scoring):
    """The rows of every mart as the reference has them."""
    known = interest.Known(raw_tables, rules, as_of, options, SEEDS)
    return {
        "product_interest": interest.product_interest(known, 20),
        "channel_engagement": interest.channel_engagement(known, 20),
        "medium_engagement": interest.medium_engagement(known, 20),
        "content_performance": interest.content_performance(known),
        "buying_stage": interest.buying_stage(known, 25),
        "account_scores": accounts.account_scores(
            known, score(raw_tables, rules, as_of, options, SEEDS), account_scoring),
    }
