"""Comparing what the project says on one engine with what it says on another.

Usage, from the project's root: .venv/bin/python -m tests.engines.equality [postgres] [spark]

Builds the demo company on DuckDB and on the named engines (default: postgres; spark needs
the packages of requirements-spark.txt): the day of the
first run, two later days with new rows and further days to score, and a full refresh at the end.
Prints how many rows of each mart are equal and how long each side took; fails on any difference.
"""

import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tests.project import ACTIVITY_TABLES, CRM_TABLES, Project, schema_of

TOLERANCE = 1e-6  # of points
LAST_DIGITS = 1e-7  # of numbers of type double, whose sums depend on the order


def marts_of(project):
    """The public marts of a Project: dict name -> tuple of the columns of the primary key."""
    return {
        node.name: tuple(name for constraint in node.constraints
                         if constraint.type == "primary_key" for name in constraint.columns)
        for node in project.dbt("parse").nodes.values()
        if node.resource_type == "model" and node.access == "public"
    }


def unequal_rows(first, second):
    """Where two projects' marts differ: list of text, and the number of rows of each mart.

    first, second: Project, both built. Returns (differences, Counter mart -> equal rows).
    """
    found, equal = [], Counter()
    for mart, grain in marts_of(first).items():
        sides = [{tuple(row[name] for name in grain): row
                  for row in project.query(f"select * from marts.{mart}")}
                 for project in (first, second)]
        found += [f"{mart}: {key} is on one side only"
                  for key in sorted(sides[0].keys() ^ sides[1].keys(), key=str)]
        for key in sides[0].keys() & sides[1].keys():
            rows = [side[key] for side in sides]
            if rows[0].keys() != rows[1].keys():
                found.append(f"{mart}: columns {sorted(rows[0].keys() ^ rows[1].keys())}")
                break
            wrong = [f"{mart}: {key} {name} is {rows[0][name]!r} and {rows[1][name]!r}"
                     for name in rows[0] if not is_equal(name, rows[0][name], rows[1][name])]
            found += wrong
            equal[mart] += not wrong
    return found, equal


def is_equal(name, first, second):
    """Whether two values of a column are the same, points within the tolerance."""
    if name.endswith("points") and None not in (first, second):
        return abs(Decimal(first) - Decimal(second)) <= TOLERANCE
    if isinstance(first, float) and isinstance(second, float):
        return abs(first - second) <= LAST_DIGITS * max(1, abs(first))
    return first == second


def raw_rows(project):
    """The raw tables of a Project: dict bare name -> list of dict rows."""
    return {table: project.query(f"select * from {schema_of(table)}.{table}")
            for table in (*CRM_TABLES, *ACTIVITY_TABLES)}


def demo_steps(first_day):
    """What is built one after the other: (name, as-of day, scored days, further arguments).

    The first run evaluates past scores and fits the conversion probability; what it found is kept.
    """
    later, last = first_day + timedelta(days=8), first_day + timedelta(days=21)
    return [
        ("the first day", first_day, [], []),
        ("a week on", later, [], []),
        ("three weeks on, with other days", last,
         [str(first_day - timedelta(days=30)), str(later)], []),
        ("the same by a full refresh", last,
         [str(first_day - timedelta(days=30)), str(later)], ["--full-refresh"]),
    ]


def compare_demo(duckdb, others, tell=print):
    """Build the demo company step by step on each project and compare the marts each time.

    duckdb: Project; others: dict name -> Project of another engine. Returns the differences, a
    list of text; tells figures.
    """
    differences = []
    # Not from today: what is published of the day that lasts depends on the minute.
    for name, as_of, days, arguments in demo_steps(date.today() + timedelta(days=1)):
        started = time.monotonic()
        duckdb.build(as_of, *arguments, demo_data=True, scored_days=days, evaluate=None)
        took = time.monotonic() - started
        tell(f"{name}, {as_of}: DuckDB {took:.0f} s")
        rows = raw_rows(duckdb)
        for engine, project in others.items():
            if "--full-refresh" not in arguments:
                project.fill(rows)
            started = time.monotonic()
            project.build(as_of, *arguments, scored_days=days, evaluate=None)
            other_took = time.monotonic() - started
            found, equal = unequal_rows(duckdb, project)
            differences += [f"{name}: {engine}: {text}" for text in found]
            tell(f"  {engine} {other_took:.0f} s ({other_took / took:.1f} times DuckDB); equal: "
                 + ", ".join(f"{mart} {rows:,}" for mart, rows in equal.items())
                 + f"; different: {len(found)}")
    return differences


def engine_project(name, folder):
    """A started engine and a Project on it. Raises KeyError for a name that is none."""
    if name == "postgres":
        from tests.engines.postgres import PostgresProject, PostgresServer
        return PostgresProject(folder / "postgres", PostgresServer(folder / "server"))
    if name == "spark":
        from tests.engines.spark import SparkCluster, SparkProject
        return SparkProject(folder / "spark", SparkCluster(folder / "cluster"))
    raise KeyError(f"no engine {name}: postgres and spark are")


def main():
    names = sys.argv[1:] or ["postgres"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        differences = compare_demo(
            Project(folder / "duckdb"), {name: engine_project(name, folder) for name in names})
    for text in differences[:50]:
        print(text)
    print(f"{len(differences)} differences on {', '.join(names)}")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
