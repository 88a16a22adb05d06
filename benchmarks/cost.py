"""The cost of scoring a company compared with one query by hand: a table and a plot.

Usage, from the project's root:
.venv/bin/python -m benchmarks.cost [--leads 30000] [--events 300000] [--memory-limit 4GB]
                                    [--plot benchmarks/cost.svg] [--folder FOLDER] [--without-demo]

Fills the raw tables of a year, scores them in full, runs by_hand.sql, delivers one more day, scores
it, and runs once more with nothing changed; then the demo company. Every figure comes from a
separate process, in CPU seconds, because elapsed time depends on other work on the machine.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.plot import plot
from benchmarks.raw_tables import DAYS, fill

ROOT = Path(__file__).resolve().parent.parent
FIRST_RUN, NEXT_DAY = "2025-12-31", "2026-01-01"
# Unit, maximum and aim of each line of the table. Those in
# seconds, gigabytes and megabytes are for a million events of 100,000 leads.
LINES = {
    "full run : by hand": ("x", 20, 8),
    "models of the scores, full : by hand": ("x", 8, 4),
    "one more day": ("CPU s", 30, 15),
    "nothing changed": ("CPU s", 20, 10),
    "peak memory, full": ("GB", 2, 1),
    "database after a full run, per million events": ("MB", 300, 150),
    "database after the next day, per million events": ("MB", 350, 150),
    "demo company: run, nothing changed": ("CPU s", 14, 8),
    "demo company: --selector scores": ("CPU s", 8, 5),
    "demo company: --selector hot": ("CPU s", 8, 4),
    "models built on a daily run": ("", 130, 100),
}


class Database:
    """A DuckDB file in a separate folder, with its profile and dbt's files."""

    def __init__(self, folder: str | Path, memory_limit: str | None = None) -> None:
        self.folder, self.memory_limit = Path(folder), memory_limit
        self.folder.mkdir(parents=True, exist_ok=True)
        self.file = self.folder / "company.duckdb"
        self.file.unlink(missing_ok=True)
        # As make demo and docs/running.md create it.
        duckdb.connect(str(self.file), config={"storage_compatibility_version": "v1.3.0"}).close()
        settings = {"TimeZone": "UTC"}
        if memory_limit:
            settings["memory_limit"] = memory_limit
        # JSON is YAML, too.
        (self.folder / "profiles.yml").write_text(json.dumps({"lead_scoring": {
            "target": "duckdb",
            "outputs": {"duckdb": {
                "type": "duckdb", "path": str(self.file), "schema": "scoring", "threads": 1,
                "settings": settings,
            }},
        }}), encoding="utf-8")

    def dbt(self, *arguments: str, **variables: Any) -> dict[str, Any]:
        """Run a dbt command in a separate process: a dict, as run_dbt.py reports it."""
        report = self.folder / "report.json"
        command = [*arguments, "--quiet", "--profiles-dir", str(self.folder), "--target-path",
                   str(self.folder / "target"), "--log-path", str(self.folder / "logs")]
        if variables:
            command += ["--vars", json.dumps(variables)]
        subprocess.run([sys.executable, "-m", "benchmarks.run_dbt", str(report), *command],
                       cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return json.loads(report.read_text(encoding="utf-8"))

    def by_hand(self, as_of: str) -> dict[str, Any]:
        """Run the query by hand in a separate process: a dict, as by_hand.py prints it."""
        limit = [self.memory_limit] if self.memory_limit else []
        said = subprocess.run(
            [sys.executable, "-m", "benchmarks.by_hand", str(self.file), as_of, *limit],
            cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
        return json.loads(said)

    def megabytes(self) -> float:
        """The size of the file."""
        return os.path.getsize(self.file) / 1e6


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def company(
    folder: Path, leads: int, events: int, memory_limit: str | None
) -> tuple[dict[str, float], dict[str, Any]]:
    """Measure a generated company: figures by line of the table, and those of the notes."""
    database = Database(folder / "company", memory_limit)
    say(f"Filling raw tables: {events:,} events of {leads:,} leads ...")
    fill(database.file, leads, events)
    asked = {"evaluate": False, "demo_data": False}
    raw = database.megabytes()
    database.dbt("seed", as_of=FIRST_RUN, **asked)
    say("Scoring in full ...")
    full = database.dbt("run", as_of=FIRST_RUN, **asked)
    after_full = database.megabytes()
    say(f"{full['cpu']:.1f} CPU s. Scoring by hand ...")
    by_hand = database.by_hand(FIRST_RUN)
    say(f"{by_hand['cpu']:.2f} CPU s. Scoring one more day ...")
    fill(database.file, leads, events, DAYS, DAYS + 1)
    # A daily run gives no as_of and finds the project parsed; other vars make dbt parse it again.
    parse = database.dbt("parse", as_of=NEXT_DAY, **asked)
    day = database.dbt("run", as_of=NEXT_DAY, **asked)
    after_day = database.megabytes()
    by_hand_next = database.by_hand(NEXT_DAY)
    say(f"{day['cpu']:.1f} CPU s. Once more, nothing changed ...")
    again = database.dbt("run", as_of=NEXT_DAY, **asked)
    scores = database.dbt("ls", "--selector", "scores", "--resource-type", "model",
                          "--output", "name", as_of=FIRST_RUN, **asked)["listed"]
    scores_cpu = sum(cpu for name, cpu in full["models"].items() if name in set(scores))
    return {
        "full run : by hand": full["cpu"] / by_hand["cpu"],
        "models of the scores, full : by hand": scores_cpu / by_hand["cpu"],
        "one more day": day["cpu"],
        "nothing changed": again["cpu"],
        "peak memory, full": full["peak"],
        "database after a full run, per million events": after_full / events * 1e6,
        "database after the next day, per million events": after_day / events * 1e6,
        "models built on a daily run": len(day["models"]),
    }, {
        "full": full, "by_hand": by_hand, "by_hand_next": by_hand_next, "scores_cpu": scores_cpu,
        "day": day, "again": again, "raw": raw, "parse": parse,
    }


def demo(folder: Path) -> dict[str, float]:
    """Measure runs of the demo company on which nothing changed: figures by line of the table."""
    say("Scoring the demo company ...")
    database = Database(folder / "demo")
    database.dbt("seed")
    database.dbt("run", evaluate=False)
    return {
        "demo company: run, nothing changed": database.dbt("run", evaluate=False)["cpu"],
        "demo company: --selector scores":
            database.dbt("run", "--selector", "scores", evaluate=False)["cpu"],
        "demo company: --selector hot":
            database.dbt("run", "--selector", "hot", evaluate=False)["cpu"],
    }


def rounded(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}"


def table(figures: Mapping[str, float]) -> str:
    """The table in Markdown."""
    lines = ["| | measured | at most | aim |", "|---|---|---|---|"]
    for line, (unit, most, aim) in LINES.items():
        if line in figures:
            lines.append(f"| {line} | {rounded(figures[line])} {unit} | {most} | {aim} |")
    return "\n".join(line.replace("  |", " |") for line in lines)


def notes(found: Mapping[str, Any], leads: int, events: int) -> str:
    """The notes on the figures of the table, as lines of text."""
    full, by_hand, day = found["full"], found["by_hand"], found["day"]
    slowest = sorted(full["models"].items(), key=lambda item: -item[1])[:8]
    return "\n".join([
        f"{events:,} events of {leads:,} leads; DuckDB {duckdb.__version__}, {os.cpu_count()} cores,"
        f" {platform.machine()}; raw tables alone {found['raw']:,.0f} MB.",
        f"Full run {full['cpu']:.1f} CPU s, {full['peak']:.2f} GB, of it models"
        f" {sum(full['models'].values()):.1f}, those of the scores {found['scores_cpu']:.1f}."
        f" One more day {day['cpu']:.1f}, {day['peak']:.2f} GB, models"
        f" {sum(day['models'].values()):.1f}. By hand {by_hand['cpu']:.2f} CPU s,"
        f" {by_hand['peak']:.2f} GB. To parse the project, before the runs, {found['parse']['cpu']:.1f}.",
        *[f"On {as_of} {one['agreeing']:,} of {one['leads']:,} leads have the same scores and tier"
          " by hand." for as_of, one in
          ((FIRST_RUN, by_hand), (NEXT_DAY, found["by_hand_next"]))],
        "Dearest models, full: " + ", ".join(f"{name} {cpu:.1f}" for name, cpu in slowest) + ".",
    ])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--leads", type=int, default=30_000)
    parser.add_argument("--events", type=int, default=300_000)
    parser.add_argument("--memory-limit", help="DuckDB's memory_limit, such as 4GB")
    parser.add_argument("--plot", type=Path, help="an SVG file to write")
    parser.add_argument("--folder", type=Path, help="folder in which the databases are made and kept")
    parser.add_argument("--without-demo", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.folder or Path(temporary)).resolve()
        figures, found = company(folder, given.leads, given.events, given.memory_limit)
        if not given.without_demo:
            figures.update(demo(folder))
    print(table(figures), notes(found, given.leads, given.events), sep="\n\n")
    if given.plot:
        title = f"{given.events:,} events, {given.leads:,} leads"
        given.plot.write_text(plot(title, figures, LINES, rounded), encoding="utf-8")
    wrong = [one for one in (found["by_hand"], found["by_hand_next"])
             if one["agreeing"] < one["leads"]]
    if wrong:
        sys.exit("The query by hand and the project disagree, so the figures above cannot be compared.")


if __name__ == "__main__":
    main()
