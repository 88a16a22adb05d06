"""Score the demo company and print whom to call first. A new database first publishes two past
days, so that alerts and changes have rows. Then follow one `dbt build` without dbt's unit tests,
with a progress line, and the readers' copy. dbt's full log is logs/dbt.log.

Usage, from the project's folder: .venv/bin/python scripts/demo.py
"""

import json
import os
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TextIO

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt_common.events.base_types import EventMsg
from first_to_call import first_to_call
from readers_copy import NoCopy, copy_for_readers, copy_path

COMMAND = ["build", "--quiet", "--exclude-resource-type", "unit_test"]
PUBLISH = [*COMMAND, "test", "--selector", "hot"]
DAYS_AGO = (7, 1)


class Progress:
    """dbt's progress: one line that is rewritten on a terminal, elsewhere a new line at each tenth."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self.out, self.told, self.what = out, -1, "Building and testing"
        self.tell("Reading the project ...")

    def begin(self, what: str) -> None:
        """Start the progress of another command."""
        self.what, self.told = what, -1

    def tell(self, words: str) -> None:
        self.out.write(f"\r\033[K{words}" if self.out.isatty() else f"{words}\n")
        self.out.flush()

    def clear(self) -> None:
        """Clear the progress line before other output."""
        if self.out.isatty():
            self.out.write("\r\033[K")
            self.out.flush()

    def __call__(self, event: EventMsg) -> None:
        """Handle an event of dbt."""
        if event.info.name == "LogStartLine":
            done, all_of_them = event.data.index, event.data.total
            tenth = 10 * done // all_of_them
            if self.out.isatty() or tenth > self.told:
                self.told = tenth
                self.tell(f"{self.what}: {done} of {all_of_them}")
        elif event.info.level == "error" or event.info.name in ("PrintEvent", "EndRunResult"):
            self.clear()


def close_database() -> None:
    """Close the DuckDB file, which dbt may leave open for writing in this process."""
    if DuckDBConnectionManager._ENV is not None:
        DuckDBConnectionManager._ENV.close()
    DuckDBConnectionManager.close_all_connections()


def forget_compiled(manifest: Any) -> None:
    """Discard compiled SQL, so that dbt compiles the project again for another day."""
    for node in manifest.nodes.values() if manifest else ():
        if getattr(node, "compiled", False):
            node.compiled = node.extra_ctes_injected = False
            node.extra_ctes = []


def main() -> None:
    started = time.monotonic()
    progress = Progress()
    database = os.environ.get("LEAD_SCORING_DUCKDB_PATH", "lead_scoring.duckdb")
    # Parse the project once for all runs.
    manifest: Any = dbtRunner().invoke(["parse", "--quiet"]).result
    dbt = dbtRunner(manifest, [progress])
    # An existing database has published days already.
    days_ago = () if Path(database).exists() else DAYS_AGO
    if days_ago:
        # Faster to write than DuckDB's default format, and readable by DuckDB 1.3 or later.
        duckdb.connect(database, config={"storage_compatibility_version": "v1.3.0"}).close()
    for days in days_ago:
        day = datetime.now(timezone.utc).date() - timedelta(days=days)
        progress.begin(f"Publishing {day}")
        dbt.invoke([*PUBLISH, "--vars", json.dumps({"as_of": str(day)})])
        forget_compiled(manifest)
    progress.begin("Building and testing")
    outcome: Any = dbt.invoke(COMMAND)
    progress.clear()
    close_database()
    if not outcome.success:
        sys.exit("The demo company could not be built: see the errors above, or logs/dbt.log.")
    copy = copy_path(Path(database))
    try:
        copy_for_readers(Path(database), copy)
    except NoCopy as error:
        sys.exit(f"The demo company is scored, but the readers' copy failed. {error}")
    print("First to call", *first_to_call(database, 5), sep="\n")
    built = [result.node.resource_type for result in outcome.result]
    print(f"\nBuilt {built.count('model')} models from {built.count('seed')} CSV files and the raw"
          f" tables, passed {built.count('test')} data tests, in"
          f" {time.monotonic() - started:.0f} s.\nThe scores are in {database}, schema marts; {copy} is the"
          " readers' copy.\nTo see them in a browser: make dashboard")


if __name__ == "__main__":
    main()
