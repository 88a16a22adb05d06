"""Tests of the reference scorer: laws that hold on random worlds, and the worlds themselves."""

import random
from fractions import Fraction

import pytest

from .attributes import OPERATORS
from .engagement import DECAYS, RULES
from .random_worlds import SEEDS, random_world
from .reading import ACTIVITY_TABLES, IDENTITIES, read_row
from .scorer import score

SEEDS_OF_WORLDS = range(25)


@pytest.mark.parametrize("seed", SEEDS_OF_WORLDS)
def test_the_order_of_delivery_and_repeats_change_nothing(seed):
    tables, configuration, as_of, options = random_world(seed)
    first = score(tables, configuration, as_of, options, SEEDS)
    shuffle = random.Random(seed)
    mixed = {}
    for name, rows in tables.items():
        rows = rows + [dict(row) for row in rows if shuffle.random() < 0.2]
        mixed[name] = shuffle.sample(rows, len(rows))
    second = score(mixed, configuration, as_of, options, SEEDS)
    for mart in ("lead_scores", "lead_score_ledger"):
        assert first[mart] == second[mart]


@pytest.mark.parametrize("seed", SEEDS_OF_WORLDS)
def test_rows_and_points_add_up(seed):
    tables, configuration, as_of, options = random_world(seed, values="typed", ties=True)
    result = score(tables, configuration, as_of, options, SEEDS)
    for name, counts in result["row_counts"].items():
        assert counts["rows"] == len(tables.get(name, []))
        assert counts["rows"] == sum(counts[part] for part in
                                     ("used", "superseded", "rejected", "erased"))
        rejected = [row["row_count"] for row in result["rejected_rows"]
                    if row["source_table"] == name]
        assert sum(rejected) == counts["rejected"]
    for row in result["lead_scores"]:
        for dimension in ("fit", "engagement"):
            assert row[f"{dimension}_points"] == sum(
                entry["points"] for entry in result["lead_score_ledger"]
                if entry["dimension"] == dimension and all(
                    entry[key] == row[key] for key in ("lead_id", "scoring_model")))
        assert 0 <= row["score"] <= 100


@pytest.mark.parametrize("seed", SEEDS_OF_WORLDS)
def test_activities_after_the_as_of_day_change_nothing(seed):
    tables, configuration, as_of, options = random_world(
        seed, bad_rows=False, values="typed")
    options["reporting_timezone"] = None
    first = score(tables, configuration, as_of, options, SEEDS)
    past = dict(tables)
    for name in ACTIVITY_TABLES:
        # a correction may move an activity: only keys that never were in the past go
        key = "sales_activity_id" if name == "sales_activities" else "event_id"
        kept = {row[key].strip() for row in tables[name]
                if row["occurred_at"].date() <= as_of}
        past[name] = [row for row in tables[name] if row[key].strip() in kept]
    second = score(past, configuration, as_of, options, SEEDS)
    for mart in ("lead_scores", "lead_score_ledger"):
        assert first[mart] == second[mart]


def test_a_world_is_the_same_for_the_same_seed():
    assert random_world(3) == random_world(3) and random_world(3) != random_world(4)


def test_rows_of_equal_key_and_time_read_the_same_without_ties():
    for seed in SEEDS_OF_WORLDS:
        tables, *_ = random_world(seed)
        tables.pop("erasure_requests", None)  # they have no versions
        for name, rows in tables.items():
            contents = {}
            for raw in rows:
                row, reason = read_row(name, raw, SEEDS["placeholders"])
                if reason is None:
                    key = next(iter(row.values()))
                    moment = row.get("updated_at"), row.get("loaded_at")
                    assert contents.setdefault((key, moment), row) == row


@pytest.mark.parametrize("seed", SEEDS_OF_WORLDS[:15])
def test_requests_take_away_and_never_add(seed):
    tables, configuration, as_of, options = random_world(seed, erasures=True)
    some = score(tables, configuration, as_of, options, SEEDS)
    requests = tables.pop("erasure_requests")
    whole = score(tables, configuration, as_of, options, SEEDS)
    again = score({**tables, "erasure_requests": requests}, configuration, as_of, options, SEEDS,
                  remembered=some["erased_keys"])
    assert again == some
    for table in tables:
        for part in ("used", "superseded", "rejected"):
            assert some["row_counts"][table][part] <= whole["row_counts"][table][part]


def test_people_are_erased_in_every_way():
    """In random worlds rows of all tables are erased, keys of each kind are found."""
    erased, kinds, worlds = set(), set(), 0
    for seed in range(80):
        world = random_world(seed)
        worlds += "erasure_requests" in world[0]
        assert random_world(seed, erasures=False)[0].keys() == world[0].keys() - {
            "erasure_requests"}
        result = score(*world, SEEDS)
        erased |= {name for name, counts in result["row_counts"].items() if counts["erased"]}
        kinds |= {kind for _, kind, _ in result["erased_keys"]}
    assert kinds == set(IDENTITIES) and 15 <= worlds <= 35
    assert erased == {"contacts", "deals", "erasure_requests", *ACTIVITY_TABLES}


@pytest.mark.parametrize("seed", SEEDS_OF_WORLDS[:10])
def test_in_settled_worlds_rows_that_come_later_take_no_key_away(seed):
    tables, configuration, as_of, options = random_world(seed, erasures=True, settled=True)
    whole = score(tables, configuration, as_of, options, SEEDS)
    keys = set()
    for number in range(3):
        rng = random.Random(number)
        some = {name: rng.sample(rows, len(rows) // 2) for name, rows in tables.items()}
        keys |= score(some, configuration, as_of, options, SEEDS)["erased_keys"]
    assert keys <= whole["erased_keys"]
    again = score(tables, configuration, as_of, options, SEEDS, remembered=keys)
    assert again == whole


def test_everything_occurs_in_random_configurations():
    found = set()
    for seed in range(60):
        _, files, _, options = random_world(seed)
        for row in files["fit_criteria"]:
            found.add(row["operator"])
        for row in files["engagement_criteria"]:
            found |= {row["rule"], row["decay"] or "empty"}
            found |= {column for column in row if row[column]}
        for row in files["score_gates"]:
            found |= {row["when"], "disqualifies" if row["disqualifies"] == "true" else "holds"}
        for row in files["tiers"]:
            found |= {column for column in row if row[column]}
        for row in files["category_limits"]:
            found |= {column for column in row if row[column]}
        for row in files["activities"]:
            found |= {column for column in row if row[column]}
        for row in files["scoring_models"]:
            assert Fraction(row["fit_weight"]) + Fraction(row["engagement_weight"]) == 1
            found |= set(row["population"].replace(" ", "").split(";"))
        found |= {name for name, value in options.items() if value not in (None, False, [])}
    assert found >= {
        *OPERATORS, *RULES, *DECAYS, "empty", "met", "not_met", "disqualifies", "holds",
        "min_count", "max_count", "min_rate", "window_days", "daily_limit", "max_points", "per",
        "min_points", "min_score", "keep_score", "fit_grades", "engagement_grades",
        "event_name", "page_path", "content_id", "form_id", "utm_source", "utm_medium",
        "utm_campaign", "campaign_id", "network", "link_url", "feature", "product", "direction",
        "outcome", "min_percent_complete", "quantity", "open_leads", "customers", "trial_users",
        "partners", "everyone", "anonymous_lookback_days", "score_automated",
        "reporting_timezone", "custom_attributes"}
