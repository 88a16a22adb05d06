"""The example examples/edtech_crm, from the CSV files of a call log to tiers."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[1]
RUN_FILE = ROOT / "examples" / "edtech_crm" / "run.py"
RAW_TABLES = ("raw_crm.contacts", "raw_crm.sales_activities", "raw_activity.web_events")
LEAKY_WORDS = ("conversion", "convert", "not_interested", "can't afford", "offline classes")


def load_example():
    """The module run.py, which is no package."""
    spec = importlib.util.spec_from_file_location("edtech_example", RUN_FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


example = load_example()
needs_data = pytest.mark.skipif(
    not example.data_folder().is_dir(),
    reason=f"there is no folder {example.data_folder()}"
    " (LEAD_SCORING_REAL_DATA names the folder that holds it)",
)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """One run of the example: its folder and its result."""
    folder = tmp_path_factory.mktemp("edtech") / "project"
    return folder, example.run_example(folder, example.data_folder())


@pytest.fixture(scope="module")
def database(finished):
    """A read-only connection to the database that the run left."""
    folder, _ = finished
    with duckdb.connect(str(folder / "edtech_crm.duckdb"), read_only=True) as connection:
        yield connection


@needs_data
def test_every_lead_with_a_usable_row_is_scored(finished, database):
    _, result = finished
    without_usable_row = database.execute(
        """
        select count(*) from (
            select contact_id from raw_crm.contacts
            group by contact_id
            having bool_and(try_cast(created_at as timestamp) is null)
        )
        """
    ).fetchone()[0]
    assert result.leads == 360
    assert result.leads_scored == 360 - without_usable_row
    assert without_usable_row == 0  # an impossible age costs the age, not the lead


@needs_data
def test_the_tiers_order_the_conversion_rates_strictly(finished):
    _, result = finished
    assert [tier.tier for tier in result.tiers] == ["hot", "warm", "cold"]
    assert sum(tier.conversions for tier in result.tiers) == 64
    hot, warm, cold = (tier.rate for tier in result.tiers)
    assert hot > warm > cold
    assert result.is_ordered


@needs_data
@pytest.mark.parametrize("table", RAW_TABLES)
def test_nothing_known_because_of_the_outcome_is_mapped(database, table):
    rows = database.execute(
        f"select lower(cast(to_json(t) as varchar)) from {table} as t"
    ).fetchall()
    assert rows
    found = {word for word in LEAKY_WORDS for (row,) in rows if word in row}
    assert found == set()


@needs_data
def test_each_call_is_mapped_or_counted_as_left_out(finished, database):
    _, result = finished
    mapped = database.execute(
        "select count(*) from raw_crm.sales_activities where kind = 'call'"
    ).fetchone()[0]
    leaky = sum(
        call["lead_stage"] in ("consideration", "conversion")
        for call in example.read_csv(example.data_folder() / example.CALLS_FILE)
    )
    assert result.calls == 2192
    assert result.calls_left_out == leaky
    assert mapped + leaky == 2192


@needs_data
def test_impossible_values_are_rejected_in_sight(finished, database):
    _, result = finished
    assert [(table, given, rows) for table, _, given, rows in result.rejected] == [
        ("contacts", "impossible age: 116", 1),
        ("contacts", "impossible age: 211", 1),
        ("web_events", "impossible watched_percentage: 233", 1),
        ("web_events", "impossible watched_percentage: 510", 1),
    ]
    originals = database.execute("select raw_row from marts.rejected_rows").fetchall()
    values = {row.get("age") or row.get("percent_complete") for row in
              (json.loads(text) for (text,) in originals)}
    assert values == {"116", "211", "233", "510"}


@needs_data
def test_an_impossible_value_costs_the_value_only(database):
    leads_of = {
        table: {
            json.loads(row)["contact_id"] for (row,) in database.execute(
                "select raw_row from marts.rejected_rows where source_table = ?", [table]
            ).fetchall()
        }
        for table in ("contacts", "web_events")
    }
    for lead in leads_of["contacts"]:
        coverage = database.execute(
            "select score_coverage from marts.lead_scores where lead_id = ?", [lead]
        ).fetchone()[0]
        assert float(coverage) == 0.5  # education is known, the age is not
    for lead in leads_of["web_events"]:
        met = {criterion for (criterion,) in database.execute(
            "select criterion from marts.lead_score_ledger where lead_id = ?", [lead]
        ).fetchall()}
        assert "watched_demo" in met
        assert "watched_half_of_demo" not in met


@needs_data
def test_the_raw_rows_close(database):
    rows = database.execute(
        "select source_table, raw_rows - used_rows - superseded_rows - rejected_rows - erased_rows,"
        " raw_rows from marts.row_counts where raw_rows > 0"
    ).fetchall()
    assert {table for table, _, _ in rows} == {"contacts", "sales_activities", "web_events"}
    assert all(difference == 0 for _, difference, _ in rows)


@needs_data
def test_the_report_says_what_a_reader_asks(finished):
    text = example.report(finished[1])
    assert "Leads scored: 360 of 360, as of 2022-03-01" in text
    assert "395 left out" in text
    assert "The tiers order the conversion rates." in text


def result_with(*tiers):
    return example.ExampleResult(
        leads=9, tiers=[example.TierResult(*tier) for tier in tiers], rejected=[], calls=0,
        calls_left_out=0,
    )


@pytest.mark.parametrize(
    ("tiers", "is_ordered"),
    [
        ([("hot", 3, 2), ("warm", 3, 1), ("cold", 3, 0)], True),
        ([("hot", 3, 1), ("warm", 3, 2), ("cold", 3, 0)], False),
        ([("hot", 3, 1), ("warm", 3, 1), ("cold", 3, 0)], False),
        ([("hot", 0, 0), ("warm", 6, 1), ("cold", 3, 0)], False),
    ],
)
def test_an_order_is_strict_and_needs_leads_in_every_tier(tiers, is_ordered):
    assert result_with(*tiers).is_ordered is is_ordered


def test_without_the_data_the_example_is_skipped(tmp_path):
    completed = subprocess.run(
        [sys.executable, str(RUN_FILE)], capture_output=True, text=True, check=False,
        env={**os.environ, "LEAD_SCORING_REAL_DATA": str(tmp_path / "absent")},
    )
    assert completed.returncode == 0
    assert "Skipped: there is no folder" in completed.stdout
