"""Whole runs on random companies: the models agree with an independent, slow scorer, whatever
was delivered, scored and configured before.
"""

import random
from datetime import timedelta

import pytest

from tests.comparison import differences
from tests.reference.random_worlds import SEEDS, random_world
from tests.reference.reading import read_time
from tests.reference.scorer import score
from tests.suites import worlds


def given(options):
    """The options of a world as vars."""
    return {name: value for name, value in options.items() if value is not None}


@pytest.mark.parametrize("seed", worlds(*range(1, 7), check=1))
def test_a_run_agrees_with_the_reference_scorer(fresh, seed):
    raw_tables, configuration, as_of, options = random_world(
        seed, values=("text", "typed")[seed % 2], erasures=seed % 3 > 0, further=seed % 2 == 1)
    fresh.fill(raw_tables)
    fresh.configure(configuration)
    fresh.build_scores(as_of, **given(options))
    expected = score(raw_tables, configuration, as_of, options, SEEDS)
    assert differences(fresh, expected) == []


@pytest.mark.parametrize("seed", worlds(*range(1001, 1005)))
def test_batches_in_any_order_equal_one_full_refresh(fresh, seed):
    """Three deliveries in any order; before the last, other rules, days and settings applied,
    and rows were there that their source has deleted since.
    """
    rng = random.Random(seed)
    raw_tables, configuration, as_of, options = random_world(
        seed, erasures=seed % 2 == 0, settled=True)
    _, other_configuration, _, other_options = random_world(seed + 500_000, max_models=2)
    ghosts = {table: [ghost_of(table, row, number) for number, row in enumerate(rows[:6])]
              for table, rows in raw_tables.items()
              if len(rows) > 6 and table != "erasure_requests"}
    for part in (0.4, 0.8):
        delivered = {
            table: rng.sample(rows, int(len(rows) * part)) + ghosts.get(table, [])
            for table, rows in raw_tables.items()}
        fresh.fill(delivered, {table: list(rows[0]) for table, rows in raw_tables.items() if rows})
        fresh.configure(other_configuration if part == 0.4 else configuration)
        settings = {**given(options), "score_automated": rng.random() < 0.5,
                    "reporting_timezone": rng.choice(["UTC", "Asia/Tokyo"]),
                    "custom_attributes": options["custom_attributes"] + [
                        name for name in other_options["custom_attributes"]
                        if name not in options["custom_attributes"]]}
        fresh.build_scores(as_of.replace(day=rng.randint(1, 28)), **settings)
    fresh.configure(configuration)
    fresh.fill(raw_tables)
    fresh.build_scores(as_of, **given(options))
    expected = score(raw_tables, configuration, as_of, options, SEEDS)
    assert differences(fresh, expected) == []


def ghost_of(table, row, number):
    """A row like another one, with a key and a time of delivery of its own."""
    key = {"contacts": "contact_id", "companies": "company_id", "deals": "deal_id",
           "sales_activities": "sales_activity_id"}.get(table, "event_id")
    time = "loaded_at" if "loaded_at" in row else "updated_at"
    read = read_time(row[time])
    moved = str(read + timedelta(microseconds=number + 1)) if read else row[time]
    return {**row, key: f"ghost{number}", time: moved}
