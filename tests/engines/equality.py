"""Compare the project's results on two engines.

Usage, from the project's root: .venv/bin/python -m tests.engines.equality [postgres] [spark]

Builds the demo company on DuckDB and on the named engines, by default on both (on Spark where the
machine has Java): a first run, later ones with new rows and further days to score, and a full
refresh. Prints how many rows of each mart are equal and how long each side took, runs dbt's data
tests on each engine, and ends with a table; fails on any difference and any failed test.
tests/test_engines.py compares a small company.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tests.project import ACTIVITY_TABLES, CRM_TABLES, BuildFailed, Project, schema_of

TOLERANCE = 1e-6  # of points
LAST_DIGITS = 1e-7  # of numbers of type double, whose sums depend on the order


def marts_of(project, is_evaluated):
    """The public marts of a Project, without those that no selector but training's builds unless it
    is evaluated: dict name -> tuple of the columns of the primary key.
    """
    return {
        node.name: tuple(name for constraint in node.constraints
                         if constraint.type == "primary_key" for name in constraint.columns)
        for node in project.dbt(
            "parse", variables=None if is_evaluated else {"evaluate": False}).nodes.values()
        if node.resource_type == "model" and node.access == "public"
        and (is_evaluated or not node.original_file_path.startswith(
            ("models/marts/evaluation", "models/marts/probability", "models/marts/metrics")))
    }


def unequal_rows(first, second, is_evaluated):
    """Where two projects' marts differ: list of text, and the number of rows of each mart.

    first, second: Project, both built. is_evaluated: whether past scores were evaluated. Returns
    (differences, Counter mart -> equal rows).
    """
    found, equal = [], Counter()
    for mart, grain in marts_of(first, is_evaluated).items():
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
    """The raw tables that a Project has: dict bare name -> list of dict rows."""
    present = {row["table_name"] for row in project.query(
        "select table_name from duckdb_tables() where schema_name in ('raw_crm', 'raw_activity')")}
    return {table: project.query(f"select * from {schema_of(table)}.{table}")
            for table in (*CRM_TABLES, *ACTIVITY_TABLES) if table in present}


@dataclass(frozen=True)
class Step:
    """One build of the demo company.

    name: said of it. as_of: a date. days: scored_days, list of str. is_full: a full refresh.
    """

    name: str
    as_of: date
    days: list = field(default_factory=list)
    is_full: bool = False


def demo_steps(first_day):
    """What is built one after the other: list of Step."""
    next_day, last = first_day + timedelta(days=1), first_day + timedelta(days=21)
    days = [str(first_day - timedelta(days=30)), str(next_day)]
    return [
        Step("first day", first_day),
        Step("the next day", next_day),
        Step("three weeks on, with two further days", last, days),
        Step("the same by a full refresh", last, days, is_full=True),
    ]


@dataclass
class Outcome:
    """What one engine showed. seconds: dict step name -> its build. equal: rows that were equal
    to DuckDB's, at all steps. different: list of text. marts: names of those compared. tests:
    Counter of dbt's data tests by how they ended.
    """

    seconds: dict = field(default_factory=dict)
    equal: int = 0
    different: list = field(default_factory=list)
    marts: set = field(default_factory=set)
    tests: Counter = field(default_factory=Counter)


def built(project, step, **variables):
    """Build a step; returns its seconds."""
    started = time.monotonic()
    project.build(step.as_of, *(["--full-refresh"] if step.is_full else []),
                  scored_days=step.days, **variables)
    return time.monotonic() - started


def run_tests(project, step, outcome, **variables):
    """Run dbt's data tests on what a step built; an Outcome takes what they showed.

    Not its unit tests: their rows are in DuckDB's types, and `dbt build` runs them there.
    """
    try:
        results = project.dbt("test", "--select", "test_type:data", variables=project.variables(
            step.as_of, {"scored_days": step.days, **variables})).results
    except BuildFailed as failure:
        outcome.different.append(f"dbt's data tests: {failure}")
        return
    outcome.tests = Counter(str(result.status) for result in results
                            if result.node.resource_type == "test")


def compare_demo(projects, tell=print):
    """Build the demo company step by step on each engine and compare the marts with DuckDB's.

    projects: dict engine -> Project, duckdb first. Returns a dict engine -> Outcome; tells figures.
    """
    outcomes = {engine: Outcome() for engine in projects}
    evaluate = {"evaluate": None}  # when an evaluation is due
    for project in projects.values():
        project.dbt("parse", variables=evaluate)
    duckdb = projects["duckdb"]
    # Not from today: what is published of the day that lasts depends on the minute.
    for step in demo_steps(date.today() + timedelta(days=1)):
        tell(f"{step.name}, {step.as_of}:")
        for engine, project in projects.items():
            if engine != "duckdb" and not step.is_full:
                project.fill(raw_rows(duckdb))
            took = built(project, step, demo_data=engine == "duckdb", **evaluate)
            outcome = outcomes[engine]
            outcome.seconds[step.name] = took
            if engine == "duckdb":
                tell(f"  duckdb took {took:.0f} s")
                continue
            found, equal = unequal_rows(duckdb, project, True)
            outcome.different += [f"{step.name}: {text}" for text in found]
            outcome.equal += equal.total()
            outcome.marts |= set(equal)
            tell(f"  {engine} took {took:.0f} s; rows equal to DuckDB's: "
                 + ", ".join(f"{mart} {rows:,}" for mart, rows in sorted(equal.items()))
                 + f"; different: {len(found)}")
    for engine, project in projects.items():
        run_tests(project, step, outcomes[engine], demo_data=engine == "duckdb", **evaluate)
        tell(f"dbt's data tests on {engine}: {dict(outcomes[engine].tests)}")
    return outcomes


def table_of(projects, outcomes):
    """What compare_demo showed, as lines of a table: how long each step took as a multiple of
    DuckDB's seconds.
    """
    base = outcomes["duckdb"].seconds
    yield "| engine | models | dbt's data tests | marts, rows equal to DuckDB's | different | " + " | ".join(
        f"{name} (DuckDB {seconds:.0f} s)" for name, seconds in base.items()) + " |"
    for engine, outcome in outcomes.items():
        models = sum(node.resource_type == "model"
                     for node in projects[engine].dbt("parse").nodes.values())
        tests = ", ".join(f"{count} {status}" for status, count in outcome.tests.items())
        yield (f"| {projects[engine].version()} | {models} | {tests or 'not run'} | "
               f"{len(outcome.marts)}, {outcome.equal:,} | {len(outcome.different)} | "
               + " | ".join(f"{seconds / base[name]:.1f}"
                            for name, seconds in outcome.seconds.items()) + " |")


def engine_project(name, folder):
    """A started engine and a Project on it. Raises KeyError for a name that is none."""
    if name == "duckdb":
        return Project(folder / "duckdb")
    if name == "postgres":
        from tests.engines.postgres import PostgresProject, PostgresServer
        return PostgresProject(folder / "postgres", PostgresServer(folder / "server"))
    if name == "spark":
        from tests.engines.spark import SparkCluster, SparkProject
        return SparkProject(folder / "spark", SparkCluster(folder / "cluster"))
    raise KeyError(f"no engine {name}: postgres and spark are")


def main():
    parser = argparse.ArgumentParser(description="Compare engines with DuckDB on the demo company.")
    parser.add_argument("engines", nargs="*", help="postgres, spark; those that can run if none is named")
    given = parser.parse_args()
    names = given.engines or ["postgres", "spark"]
    if not given.engines and shutil.which("java") is None:
        names.remove("spark")
        print("Spark is skipped: it needs Java 8, 11 or 17, and there is no command java here.")
    with tempfile.TemporaryDirectory() as name:
        projects = {engine: engine_project(engine, Path(name)) for engine in ["duckdb", *names]}
        outcomes = compare_demo(projects)
        lines = list(table_of(projects, outcomes))
    differences = [f"{engine}: {text}" for engine, outcome in outcomes.items()
                   for text in outcome.different]
    print(*lines, *differences[:50], f"{len(differences)} differences", sep="\n")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
