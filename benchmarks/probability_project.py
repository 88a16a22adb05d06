"""A table of leads with a known outcome as raw tables of the project, and the probabilities it gives.

Each training lead is created on a day on which an evaluation looks at it once, and whose horizon is
over; each other lead is created on the as-of day, so that its outcome is not known. All are looked
at on the day of their creation: it is the same for all, so no feature. What the project gives the
other leads is the result. The columns go in as custom attributes, as they are.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

PROJECT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", ".dagster", "target", "logs", "profiles.yml", "*.duckdb", "*.duckdb.wal",
    "__pycache__", ".pytest_cache", ".hypothesis",
)
AS_OF = "2026-06-30"
SCORING_MODEL = "conversion"
SELECTED = ("+lead_scores", "+scorecard_versions", "+scorecard_weights", "+conversion_reasons")
# Days before AS_OF that an evaluation looks at. A share of 3/4 of the training leads is on the earlier
# ones, so that the last one whose horizon of 90 days is over has the later quarter. A lead of 180 days
# would be looked at a second time after 90.
EARLIER_DAYS, LATER_DAY = (150, 120), 90


class BuildFailed(Exception):
    """dbt ended with an error; the text is what dbt printed."""


def attribute_names(columns: Iterable[str]) -> dict[str, str]:
    """Names for custom attributes, one for each column: dict column -> name."""
    names: dict[str, str] = {}
    for column in columns:
        name = "x_" + re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_")
        while name in names.values():
            name += "_"
        names[column] = name
    return names


def creation_days(is_training: Sequence[bool]) -> list[int]:
    """Days before AS_OF on which each lead is created, in the order of the leads."""
    earlier = sum(is_training) * 3 // 4
    days, trained = [], 0
    for is_one in is_training:
        if not is_one:
            days.append(0)
        elif trained < earlier:
            days.append(EARLIER_DAYS[trained * len(EARLIER_DAYS) // earlier])
        else:
            days.append(LATER_DAY)
        trained += is_one
    return days


def spread_creation_days(is_training: Sequence[bool]) -> list[int]:
    """The same, but spread evenly over the month before: days that tell a lead's place in the order.

    To see what such a day does to the measures.
    """
    days = creation_days(is_training)
    of_day = Counter(days)
    seen: Counter[int] = Counter()
    spread = []
    for day in days:
        spread.append(day + 29 - 30 * seen[day] // of_day[day])
        seen[day] += 1
    return spread


def make_project(folder: Path, columns: Iterable[str]) -> dict[str, Any]:
    """Copy the project to `folder`, with a single scoring model without criteria; returns vars."""
    shutil.copytree(PROJECT, folder, ignore=LEFT_OUT)
    shutil.copy(folder / "profiles.example.yml", folder / "profiles.yml")
    configure(folder)
    return {"demo_data": False, "as_of": AS_OF, "evaluate": True,
            "custom_attributes": list(attribute_names(columns).values())}


def configure(folder: Path) -> None:
    """Write seeds with a single scoring model without criteria into a copy of the project."""
    for file in (folder / "seeds" / "scoring").glob("*.csv"):
        with file.open(newline="", encoding="utf-8") as stream:
            header = next(csv.reader(stream))
        rows = []
        if file.stem == "scoring_models":
            rows = [{"scoring_model": SCORING_MODEL, "label": "Conversion",
                     "population": "open_leads", "fit_target": 100, "engagement_target": 100,
                     "fit_weight": 0.5, "engagement_weight": 0.5}]
        with file.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, header)
            writer.writeheader()
            writer.writerows(rows)


def fill(
    database: str | Path, rows: Iterable[Mapping[str, str | None]], columns: Collection[str],
    outcomes: Iterable[bool], is_training: Sequence[bool], days: Sequence[int] | None = None,
) -> None:
    """Fill the raw tables.

    rows: list of dict of text or None, in the order of time; columns: those that are features;
    outcomes, is_training: list of bool, one for each row; days: before AS_OF on which each lead is
    created, left out: those of creation_days. The lead of row n has the id lead_n.
    """
    names = attribute_names(columns)
    file = Path(str(database) + ".csv")
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["n", "days_ago", "is_won", *names.values()])
        for number, (row, days_ago, outcome, trains) in enumerate(
            zip(rows, days or creation_days(is_training), outcomes, is_training)
        ):
            writer.writerow([number, days_ago, int(outcome and trains),
                             *(row[column] for column in columns)])
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema raw_crm; create schema raw_activity")
        connection.execute(
            "create temp table leads as select * from read_csv(?, header = true,"
            " all_varchar = true, max_line_size = 10000000)", [str(file)])
        given = ", ".join(f'nullif("{name}", \'\') as "{name}"' for name in names.values())
        connection.execute(f"""
            create table raw_crm.contacts as
            select
                'lead_' || n as contact_id,
                cast('{AS_OF}' as timestamp) - to_days(days_ago::int) as created_at,
                cast('{AS_OF}' as timestamp) - to_days(days_ago::int) as updated_at,
                {given}
            from leads""")
        connection.execute(f"""
            create table raw_crm.deals as
            select
                'deal_' || n as deal_id, 'lead_' || n as contact_id, 'new' as deal_type,
                true as is_won,
                cast('{AS_OF}' as timestamp) - to_days(days_ago::int - 45) as created_at,
                cast('{AS_OF}' as timestamp) - to_days(days_ago::int - 45) as closed_at,
                cast('{AS_OF}' as timestamp) - to_days(days_ago::int - 45) as updated_at
            from leads
            where is_won = '1'""")
    file.unlink()


def build(folder: Path, database: str | Path, variables: Mapping[str, Any], *arguments: str) -> str:
    """Run dbt build for the probabilities and what they are fitted by."""
    completed = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "build", "--target", "duckdb",
         "--project-dir", str(folder), "--profiles-dir", str(folder),
         "--exclude-resource-type", "test", "unit_test",
         "--select", *SELECTED, *arguments,
         "--vars", json.dumps(variables)],
        cwd=folder,
        env={**os.environ, "LEAD_SCORING_DUCKDB_PATH": str(database)},
        capture_output=True, text=True, check=False,
    )
    if completed.returncode != 0:
        raise BuildFailed(completed.stdout + completed.stderr)
    return completed.stdout


def probabilities(database: str | Path, count: int) -> list[float | None]:
    """The probability of each lead, in the order of the rows; None where the project gives none."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = dict(connection.execute(
            "select lead_id, conversion_probability from marts.lead_scores").fetchall())
    return [found.get(f"lead_{number}") for number in range(count)]


def versions(database: str | Path) -> list[str]:
    """What was fitted or refused, in words, one text for each version."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return [": ".join(row) for row in connection.execute(
            "select status, status_because from marts.scorecard_versions order by all").fetchall()]


def features(database: str | Path) -> set[str]:
    """The features that have weights, and those of pairs."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return {name for names in connection.execute(
            "select coalesce(first_feature, feature), second_feature from marts.scorecard_weights"
        ).fetchall() for name in names if name not in (None, "(intercept)")}
