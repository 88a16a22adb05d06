"""Score the leads of a sales team's call log and compare the tiers with the outcomes.

Copies the project to a temporary folder, adds the scoring files of this folder, fills the raw
tables by mapping.sql, runs dbt build and prints tiers, conversion rates and rejected rows.

Run: .venv/bin/python examples/edtech_crm/run.py [--keep FILE.duckdb]
The environment variable LEAD_SCORING_REAL_DATA names the folder that holds edtech_crm/
(default: ../shared/data beside the project). Without the data, nothing is done; this is not an error.
Exit code: 0, or 1 when the build fails or the tiers do not order the conversion rates.
"""

import argparse
import csv
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

EXAMPLE = Path(__file__).resolve().parent
PROJECT = EXAMPLE.parents[1]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", ".dagster", "target", "logs", "profiles.yml", "*.duckdb", "*.duckdb.wal",
    "__pycache__", ".pytest_cache", ".hypothesis",
)
CALLS_FILE = "leads_interaction_details.csv"
BUILD_VARS = {
    "demo_data": False,
    "as_of": "2022-03-01",  # the day of the last call
    "custom_attributes": ["age", "education", "city", "parent_occupation"],
}


class BuildFailed(Exception):
    """dbt build ended with an error; the text is what dbt printed."""


@dataclass(frozen=True)
class TierResult:
    """Outcomes of the leads of one tier."""

    tier: str
    leads: int
    conversions: int

    @property
    def rate(self) -> float | None:
        """Share of converted leads, 0 to 1; None without leads."""
        return self.conversions / self.leads if self.leads else None


@dataclass(frozen=True)
class ExampleResult:
    """The results of a run of the example.

    leads: how many the CSV file holds; tiers: list of TierResult, best tier first;
    rejected: list of (source table, reason, the value in words, rows);
    calls, calls_left_out: rows of the call log, and those that the mapping did not take.
    """

    leads: int
    tiers: list[TierResult]
    rejected: list[tuple[str, str, str, int]]
    calls: int
    calls_left_out: int

    @property
    def leads_scored(self) -> int:
        return sum(tier.leads for tier in self.tiers)

    @property
    def is_ordered(self) -> bool:
        """Whether each tier holds leads and converts better than the next."""
        rates = [tier.rate for tier in self.tiers if tier.rate is not None]
        return len(rates) == len(self.tiers) and all(
            better > worse for better, worse in zip(rates, rates[1:])
        )


def data_folder() -> Path:
    """The folder of the CSV files, whether it is there or not."""
    real_data = os.environ.get("LEAD_SCORING_REAL_DATA") or PROJECT.parent / "shared" / "data"
    return Path(real_data).resolve() / "edtech_crm"


def run_example(folder: Path, data: Path) -> ExampleResult:
    """Run the example in `folder` (made here, must not exist) with the CSV files in `data`.

    Leaves the database edtech_crm.duckdb in the folder. Raises BuildFailed.
    """
    database = folder / "edtech_crm.duckdb"
    copy_project(folder)
    map_files(database, data)
    build(folder, database)
    return result_of(database, data)


def copy_project(folder: Path) -> None:
    """Copy the project, with the scoring files of this example instead of its own."""
    shutil.copytree(PROJECT, folder, ignore=LEFT_OUT)
    shutil.copy(folder / "profiles.example.yml", folder / "profiles.yml")
    for file in (EXAMPLE / "scoring").glob("*.csv"):
        shutil.copy(file, folder / "seeds" / "scoring" / file.name)


def map_files(database: Path, data: Path) -> None:
    """Fill the raw tables of a DuckDB file from the CSV files."""
    with duckdb.connect(str(database)) as connection:
        connection.execute("set variable data_folder = ?", [str(data)])
        connection.execute((EXAMPLE / "mapping.sql").read_text(encoding="utf-8"))


def build(folder: Path, database: Path) -> None:
    """Run dbt build, tests included, in a copy of the project."""
    completed = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "build", "--target", "duckdb",
         "--project-dir", str(folder), "--profiles-dir", str(folder),
         "--vars", json.dumps(BUILD_VARS)],
        cwd=folder,
        env={**os.environ, "LEAD_SCORING_DUCKDB_PATH": str(database)},
        capture_output=True,
        text=True,
        check=False,
    )
    if completed.returncode != 0:
        raise BuildFailed(completed.stdout + completed.stderr)


def result_of(database: Path, data: Path) -> ExampleResult:
    """Read the marts and, from outside the project, who converted."""
    calls = read_csv(data / CALLS_FILE)
    converted = {
        call["lead_id"] for call in calls if call["call_reason"] == "successful_conversion"
    }
    with duckdb.connect(str(database), read_only=True) as connection:
        tier_of = dict(
            connection.execute("select lead_id, tier from marts.lead_scores").fetchall()
        )
        rejected = connection.execute(
            """
            select source_table, reason, coalesce(given, 'other'), cast(sum(row_count) as bigint)
            from (
                select *, (regexp_extract_all(raw_row, 'impossible [^"]*'))[1] as given
                from marts.rejected_rows
            )
            group by all
            order by all
            """
        ).fetchall()
        calls_taken = connection.execute(
            "select count(*) from raw_crm.sales_activities where kind = 'call'"
        ).fetchall()[0][0]
    tiers = []
    tier_rows = read_csv(EXAMPLE / "scoring" / "tiers.csv")
    for row in sorted(tier_rows, key=lambda row: int(row["rank"])):
        leads = {lead for lead, tier in tier_of.items() if tier == row["tier"]}
        tiers.append(TierResult(row["tier"], len(leads), len(leads & converted)))
    return ExampleResult(
        leads=len(read_csv(data / "leads_basic_details.csv")),
        tiers=tiers,
        rejected=rejected,
        calls=len(calls),
        calls_left_out=len(calls) - calls_taken,
    )


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, each a dict of text."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def interval(conversions: int, leads: int) -> tuple[float, float]:
    """95 % confidence interval (Wilson) of a conversion rate, as two shares."""
    z = 1.96
    rate = conversions / leads
    centre = rate + z * z / (2 * leads)
    spread = z * math.sqrt(rate * (1 - rate) / leads + z * z / (4 * leads * leads))
    scale = 1 + z * z / leads
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def report(result: ExampleResult) -> str:
    """The text that a run prints."""
    lines = [
        f"Leads scored: {result.leads_scored} of {result.leads}, as of {BUILD_VARS['as_of']}",
        f"Calls: {result.calls}, of which {result.calls_left_out} left out"
        " (about the decision itself or just before it)",
        "",
        "tier    leads  conversions    rate   95 % interval",
    ]
    for tier in result.tiers:
        line = f"{tier.tier:<6} {tier.leads:>6} {tier.conversions:>12}"
        if tier.leads:
            low, high = interval(tier.conversions, tier.leads)
            line += f" {tier.rate:>7.1%}   {low:.1%} to {high:.1%}"
        lines.append(line)
    lines += [
        "The tiers order the conversion rates."
        if result.is_ordered else "The tiers do NOT order the conversion rates.",
        "",
        "Rejected rows:" if result.rejected else "No row was rejected.",
    ]
    for table, reason, given, rows in result.rejected:
        lines.append(f"{rows:>4} of {table}: {reason} ({given})")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Score the leads of a sales team's call log.")
    parser.add_argument(
        "--keep", metavar="FILE.duckdb", type=Path, help="keep the database, to look into its marts"
    )
    keep = parser.parse_args().keep
    data = data_folder()
    if not data.is_dir():
        print(f"Skipped: there is no folder {data}. Name the folder that holds edtech_crm in the"
              " environment variable LEAD_SCORING_REAL_DATA.")
        return 0
    with tempfile.TemporaryDirectory(prefix="edtech_crm_") as parent:
        folder = Path(parent) / "project"
        print("Scoring the call log in a copy of the project ...", flush=True)
        try:
            result = run_example(folder, data)
        except BuildFailed as failure:
            print(failure, file=sys.stderr)
            return 1
        if keep is not None:
            shutil.copy(folder / "edtech_crm.duckdb", keep)
    print(report(result))
    return 0 if result.is_ordered else 1


if __name__ == "__main__":
    sys.exit(main())
