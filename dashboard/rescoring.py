"""Score leads under edited rules, with the SQL that dbt compiled from the project's models.

The readers' copy holds that SQL and the tables that it reads (scripts/studio_tables.py). It runs in
an in-memory database, in which edited files replace the seeds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from rule_files import read

if TYPE_CHECKING:
    import pandas as pd

WEEKS = 4
# Days of the given tables that are needed for past weeks, if no run has scored these: what is known
# of leads today, with the activity up to the end of each week.
PAST_WEEKS = {
    "int_scenario_leads": """
        select * exclude (weeks_ago) replace (
            cast(score_key + weeks_ago * (select max(score_key) + 1 from {table}) as bigint) as score_key,
            as_of - cast(7 * weeks_ago as integer) as as_of,
            activity_ends_on - cast(7 * weeks_ago as integer) as activity_ends_on,
            clock_on - cast(7 * weeks_ago as integer) as clock_on
        )
        from {table} cross join (select unnest(range({weeks} + 1)) as weeks_ago)
        where created_on <= as_of - cast(7 * weeks_ago as integer)""",
    "int_sql_activity_daily": """
        select * exclude (weeks_ago) replace (as_of - cast(7 * weeks_ago as integer) as as_of)
        from {table} cross join (select unnest(range({weeks} + 1)) as weeks_ago)
        where as_of is not null or weeks_ago = 0""",
}
for name in ("int_lead_attributes", "dim_leads"):
    PAST_WEEKS[name] = """
        select * exclude (weeks_ago) replace (as_of - cast(7 * weeks_ago as integer) as as_of)
        from {table} cross join (select unnest(range({weeks} + 1)) as weeks_ago)"""
SCORES = """
    select scores.* from {schema}.int_scores as scores
    inner join {schema}.int_scoring_dates as dates on scores.as_of = dates.as_of
    where dates.is_run_day
        and scores.scoring_model not in (select challenger from {schema}.config_challengers)
"""
LEDGER = """
    select components.* from {schema}.int_score_components as components
    inner join {schema}.int_scoring_dates as dates on components.as_of = dates.as_of
    where dates.is_run_day
        and components.scoring_model not in (select challenger from {schema}.config_challengers)
"""
# Like what_if_summary: MQLs and SQLs at the end of a week that were neither a week before.
NEW_MQLS = """
    with qualified as (
        select scoring_model, lead_id, as_of from {schema}.int_scores where qualification in ('mql', 'sql')
    ),
    run_day as (select as_of from {schema}.int_scoring_dates where is_run_day)
    select qualified.scoring_model, count(*) / {weeks}.0 as new_mqls_per_week
    from qualified
    cross join run_day
    left join qualified as week_before
        on qualified.scoring_model = week_before.scoring_model
        and qualified.lead_id = week_before.lead_id
        and qualified.as_of - 7 = week_before.as_of
    where week_before.lead_id is null and qualified.as_of > run_day.as_of - 7 * {weeks}
    group by qualified.scoring_model
"""


@dataclass(frozen=True)
class Outcome:
    """The outcome of rules: mistakes (sentences) or, if there are none, scores and ledger with the
    columns of the marts, and new MQLs a week by scoring model.
    """

    mistakes: list[str]
    scores: pd.DataFrame | None
    ledger: pd.DataFrame | None
    new_mqls: dict[str, float]


def score(copy: Path, files: Mapping[str, str]) -> Outcome:
    """Score all leads of a readers' copy; files: name of a configuration file -> its edited text.

    Raises duckdb.Error if the copy lacks the studio's tables.
    """
    with duckdb.connect() as memory:
        schema = compute(memory, copy, files)
        mistakes = mistakes_in(memory, schema)
        if mistakes:
            return Outcome(mistakes, None, None, {})
        return Outcome(
            [], memory.execute(SCORES.format(schema=schema)).df(),
            memory.execute(LEDGER.format(schema=schema)).df(),
            new_mqls(memory, schema))


def mistakes_in(memory: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    """The configuration errors of computed tables, as sentences."""
    return [sentence for (sentence,) in memory.execute(
        f"select sentence from {schema}.configuration_errors order by sentence").fetchall()]


def new_mqls(memory: duckdb.DuckDBPyConnection, schema: str) -> dict[str, float]:
    """New MQLs a week of computed tables, by scoring model; without any, a model is left out."""
    rates = memory.execute(NEW_MQLS.format(schema=schema, weeks=WEEKS)).fetchall()
    return {model: float(rate) for model, rate in rates}


def compute(memory: duckdb.DuckDBPyConnection, copy: Path, files: Mapping[str, str]) -> str:
    """Build the studio's tables in memory up to the first mistake in the files; returns the schema."""
    path = str(copy).replace("'", "''")
    memory.execute(f"attach '{path}' as readers_copy (read_only)")
    plan = memory.execute(
        "select name, kind, relation, sql from readers_copy.scoring.studio_sql order by step").fetchall()
    database, schema_name, _ = re.findall(r'"([^"]+)"', plan[0][2])
    schema = f'"{database}"."{schema_name}"'
    memory.execute(f"attach ':memory:' as \"{database}\"")
    memory.execute(f"create schema {schema}")
    week_ends = memory.execute(
        "select count(*) from readers_copy.scoring.int_scoring_dates where is_week_end").fetchall()
    has_weeks = week_ends[0][0] > WEEKS
    for name, kind, relation, sql in plan:
        given = f'readers_copy.scoring."{name}"'
        if kind == "model":
            memory.execute(f"create table {relation} as {sql}")
            if name == "configuration_errors" and memory.execute(f"from {relation}").fetchall():
                break
        elif kind == "seed" and name in files:
            load(memory, relation, given, files[name])
        elif name in PAST_WEEKS and not has_weeks:
            sql = PAST_WEEKS[name].format(table=given, weeks=WEEKS)
            memory.execute(f"create table {relation} as {sql}")
        else:
            memory.execute(f"create view {relation} as from {given}")
    return schema


def load(memory: duckdb.DuckDBPyConnection, relation: str, given: str, content: str) -> None:
    """Make a table like the seed's, of the rows of an edited file, as dbt loads them: cells are text."""
    memory.execute(f"create table {relation} as from {given} limit 0")
    names = [name for name, *_ in memory.execute(f"describe {relation}").fetchall()]
    rows = [[row.get(name) or None for name in names] for row in read(content).rows]
    rows = [row for row in rows if any(cell is not None for cell in row)]
    if rows:
        memory.executemany(f"insert into {relation} values ({', '.join('?' * len(names))})", rows)
