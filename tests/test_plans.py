"""No query joins two large inputs by comparing each row of one with each row of the other."""

import json

import duckdb
import pytest

from benchmarks.raw_tables import DAYS, fill
from tests.project import Project

LEADS, EVENTS = 1_500, 15_000
MANY = 300  # rows: more than there are criteria, patterns, days ahead, or scored days
NESTED_LOOPS = {"NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN", "CROSS_PRODUCT"}


@pytest.fixture(scope="module")
def queries(tmp_path_factory):
    """The queries of all models, of a first run and of the next day: list of (name, day, SQL)."""
    project = Project(tmp_path_factory.mktemp("plans") / "project")
    found = []
    fill(project.database, LEADS, EVENTS)
    for day, as_of in enumerate(("2025-12-31", "2026-01-01")):
        if day:
            fill(project.database, LEADS, EVENTS, DAYS, DAYS + 1)
        built = project.build(as_of)
        found += [(result.node.name, day, result.node.compiled_code) for result in built.results
                  if result.node.resource_type == "model"]
    return project.database, found


def operators(profile):
    """The operators of a profile as DuckDB writes it, from the last to the first."""
    yield profile
    for child in profile["children"]:
        yield from operators(child)


def nested_loops(connection, sql):
    """The nested-loop joins of a query whose two inputs have MANY rows or more: list of text."""
    plan = json.loads(connection.execute(f"explain (analyze, format json) {sql}").fetchone()[1])
    found = []
    for operator in operators(plan["children"][0]):
        inputs = [child["operator_cardinality"] for child in operator["children"]]
        if operator["operator_name"].strip() in NESTED_LOOPS and min(inputs) >= MANY:
            found.append(f"{operator['operator_name'].strip()} of {inputs} rows")
    return found


def test_large_inputs_are_joined_by_hash(queries):
    database, models = queries
    assert len({name for name, _, _ in models}) > 90
    with duckdb.connect(str(database), read_only=True) as connection:
        found = [(name, day, loops) for name, day, sql in models
                 if (loops := nested_loops(connection, sql))]
    assert found == []


def test_a_nested_loop_is_found(queries):
    with duckdb.connect(str(queries[0]), read_only=True) as connection:
        assert nested_loops(connection, (
            "select count(*) from marts.lead_scores as one"
            " inner join marts.lead_scores as other on one.score + other.score > 150"))
