"""Score the leads of a course seller by points and by the conversion probability, fitted in SQL.

Copies the project to a temporary folder, adds the scoring files of this folder, fills the raw
tables by mapping.sql and runs dbt build. The probability is fitted to the first 70 % of the leads;
the project does not know the outcomes of the rest, which are compared with their tiers and quarters.

Run: .venv/bin/python examples/x_education/run.py [--keep FILE.duckdb] [--misquoted]
The environment variable LEAD_SCORING_REAL_DATA names the folder that holds x_education/
(default: ../shared/data beside the project). Without the data, nothing is done; this is not an error.
Exit code: 0, or 1 when the build fails or tiers or quarters do not order the conversion rates.
"""

import argparse
import csv
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

EXAMPLE = Path(__file__).resolve().parent
PROJECT = EXAMPLE.parents[1]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", ".dagster", "target", "logs", "profiles.yml", "*.duckdb", "*.duckdb.wal",
    "__pycache__", ".pytest_cache", ".hypothesis",
)
SHARE_KNOWN = 0.7
LEAKY = ["lead_quality", "lead_profile", "activity_index", "profile_index", "activity_score",
         "profile_score", "last_notable_activity"]
BUILD_VARS = {
    "demo_data": False,
    "as_of": "2020-12-31",
    "evaluate": True,
    "custom_attributes": [
        "lead_origin", "do_not_email", "do_not_call", "total_visits", "time_on_website",
        "page_views_per_visit", "last_activity", "specialization", "heard_by", "occupation",
        "matters_most", "saw_search", "saw_article", "saw_forum", "saw_newspaper",
        "saw_advertisement", "was_recommended", "city", "wants_free_copy", *LEAKY,
    ],
}
TIERS = ["hot", "warm", "cold"]
QUARTERS = ["very_high", "high", "medium", "low"]


class BuildFailed(Exception):
    """dbt build ended with an error; the text is what dbt printed."""


def data_folder() -> Path:
    """The folder of the CSV files, whether it is there or not."""
    real_data = os.environ.get("LEAD_SCORING_REAL_DATA") or PROJECT.parent / "shared" / "data"
    return Path(real_data).resolve() / "x_education"


def prepare(folder: Path, data: Path, is_misquoted: bool = False) -> Path:
    """Copy the project to `folder` and fill its raw tables; returns the database's path."""
    shutil.copytree(PROJECT, folder, ignore=LEFT_OUT)
    shutil.copy(folder / "profiles.example.yml", folder / "profiles.yml")
    for file in (EXAMPLE / "scoring").glob("*.csv"):
        shutil.copy(file, folder / "seeds" / "scoring" / file.name)
    database = folder / "x_education.duckdb"
    map_file(database, data / f"Leads{'_misquoted' if is_misquoted else ''}.csv.gz")
    return database


def map_file(database: Path, file: Path) -> None:
    """Fill the raw tables of a DuckDB file from the CSV file."""
    with duckdb.connect(str(database)) as connection:
        connection.execute("set variable leads_file = ?", [str(file)])
        connection.execute("set variable share_known = ?", [SHARE_KNOWN])
        connection.execute((EXAMPLE / "mapping.sql").read_text(encoding="utf-8"))


def build(folder: Path, database: Path) -> None:
    """Run dbt build, tests included, in a copy of the project."""
    completed = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "build", "--target", "duckdb",
         "--project-dir", str(folder), "--profiles-dir", str(folder),
         "--vars", json.dumps(BUILD_VARS)],
        cwd=folder,
        env={**os.environ, "LEAD_SCORING_DUCKDB_PATH": str(database)},
        capture_output=True, text=True, check=False,
    )
    if completed.returncode != 0:
        raise BuildFailed(completed.stdout + completed.stderr)


def outcomes_of(data: Path) -> dict[str, bool]:
    """Of the leads whose outcome the project does not know: dict id -> whether it converted."""
    with gzip.open(data / "Leads.csv.gz", "rt", newline="", encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["Lead Number"]))
    return {row["Prospect ID"]: row["Converted"] == "1"
            for row in rows[int(SHARE_KNOWN * len(rows)):]}


def scores_of(database: Path) -> dict[str, tuple[str | None, str | None, float]]:
    """Dict id -> (tier, priority, probability)."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return {row[0]: row[1:] for row in connection.execute(
            "select lead_id, tier, priority, conversion_probability from marts.lead_scores"
        ).fetchall()}


def groups_of(
    names: Iterable[str], found: Mapping[str, str | None], outcomes: Mapping[str, bool]
) -> list[tuple[str, int, int]]:
    """For each name: (name, leads, conversions); `found` is the name of each lead."""
    return [
        (name, len(leads), sum(outcomes[lead] for lead in leads))
        for name in names
        for leads in [[lead for lead in outcomes if found[lead] == name]]
    ]


def is_ordered(groups: Sequence[tuple[str, int, int]]) -> bool:
    """Whether each group holds leads and converts better than the next."""
    rates = [conversions / leads for _, leads, conversions in groups if leads]
    return len(rates) == len(groups) and all(
        better > worse for better, worse in zip(rates, rates[1:]))


def area_under_curve(values: Mapping[str, float], outcomes: Mapping[str, bool]) -> float:
    """Probability that a lead that converted has the higher value; ties count half."""
    ranked = sorted(outcomes, key=lambda lead: values[lead])
    ranks, first = {}, 0
    while first < len(ranked):
        last = first
        while last < len(ranked) and values[ranked[last]] == values[ranked[first]]:
            last += 1
        for lead in ranked[first:last]:
            ranks[lead] = (first + last + 1) / 2
        first = last
    won = [lead for lead in outcomes if outcomes[lead]]
    return ((sum(ranks[lead] for lead in won) - len(won) * (len(won) + 1) / 2)
            / (len(won) * (len(outcomes) - len(won))))


def report(
    tiers: Iterable[tuple[str, int, int]], quarters: Iterable[tuple[str, int, int]], auc: float, brier: float
) -> str:
    """The text that a run prints."""
    lines = ["by points   leads  conversions    rate"]
    lines += [f"{name:<9} {leads:>7} {won:>12} {won / leads if leads else 0:>7.1%}"
              for name, leads, won in tiers]
    lines += ["", "by probability", *(
        f"{name:<9} {leads:>7} {won:>12} {won / leads if leads else 0:>7.1%}"
        for name, leads, won in quarters)]
    lines += ["", f"AUC of the probability {auc:.3f}, Brier score {brier:.3f}"]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Score the leads of a course seller.")
    parser.add_argument("--keep", metavar="FILE.duckdb", type=Path, help="keep the database")
    parser.add_argument("--misquoted", action="store_true",
                        help="take the file in which 338 lines are quoted as a whole")
    given = parser.parse_args()
    data = data_folder()
    if not data.is_dir():
        print(f"Skipped: there is no folder {data}. Name the folder that holds x_education in the"
              " environment variable LEAD_SCORING_REAL_DATA.")
        return 0
    with tempfile.TemporaryDirectory(prefix="x_education_") as parent:
        folder = Path(parent) / "project"
        print("Scoring the leads in a copy of the project ...", flush=True)
        database = prepare(folder, data, given.misquoted)
        try:
            build(folder, database)
        except BuildFailed as failure:
            print(failure, file=sys.stderr)
            return 1
        scores, outcomes = scores_of(database), outcomes_of(data)
        if given.keep is not None:
            shutil.copy(database, given.keep)
    tiers = groups_of(TIERS, {lead: scores[lead][0] for lead in scores}, outcomes)
    quarters = groups_of(QUARTERS, {lead: scores[lead][1] for lead in scores}, outcomes)
    probabilities = {lead: scores[lead][2] for lead in outcomes}
    brier = sum((probabilities[lead] - outcomes[lead]) ** 2 for lead in outcomes) / len(outcomes)
    print(report(tiers, quarters, area_under_curve(probabilities, outcomes), brier))
    return 0 if is_ordered(tiers) and is_ordered(quarters) else 1


if __name__ == "__main__":
    sys.exit(main())
