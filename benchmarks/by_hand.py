"""Run by_hand.sql on a database that the project has built, and print its cost.

Usage, from the project's root: .venv/bin/python -m benchmarks.by_hand DATABASE AS_OF [MEMORY_LIMIT]

Prints a line of JSON: CPU seconds and peak gigabytes of this process, and how many leads agree with
the project's lead_scores, which are queried after the measurement.
"""

import json
import sys
import tempfile
from pathlib import Path

import duckdb

from benchmarks.measures import cpu_seconds, peak_gigabytes

QUERY = Path(__file__).with_name("by_hand.sql")
AGREEMENT = """
    select
        count(*) as leads,
        count(*) filter (
            by_hand.score = project.score
            and by_hand.fit_score = project.fit_score
            and by_hand.engagement_score = project.engagement_score
            and by_hand.tier is not distinct from project.tier
        ) as agreeing
    from scores_by_hand as by_hand
    full join (
        select * from marts.lead_scores where scoring_model = 'acquisition'
    ) as project
        on by_hand.lead_id = project.lead_id
"""


def score(connection: duckdb.DuckDBPyConnection, as_of: str) -> None:
    """Leave the temporary table scores_by_hand on a connection to a built database."""
    connection.execute("set timezone = 'UTC'")
    connection.execute(f"set variable as_of = date '{as_of}'")
    connection.execute(QUERY.read_text(encoding="utf-8"))


def agreement(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """The number of leads that either side scores, and the number on which both agree: a pair of int."""
    return connection.execute(AGREEMENT).fetchall()[0]


def main() -> None:
    database, as_of, *limit = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(
            database, read_only=True, config={"temp_directory": folder}) as connection:
        if limit:
            connection.execute(f"set memory_limit = '{limit[0]}'")
        before = cpu_seconds()
        score(connection, as_of)
        cost = {"cpu": cpu_seconds() - before, "peak": peak_gigabytes()}
        leads, agreeing = agreement(connection)
    print(json.dumps({**cost, "leads": leads, "agreeing": agreeing}))


if __name__ == "__main__":
    main()
