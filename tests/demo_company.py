"""The demo company as `make demo` leaves it, built once per session of tests."""

import fcntl
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.project import Project


@dataclass(frozen=True)
class DemoCompany:
    """A copy of the project in `folder` with the demo scored in it, and what the command printed."""

    folder: Path

    @property
    def database(self):
        """The path of the project's database."""
        return self.folder / "lead_scoring.duckdb"

    @property
    def marts(self):
        """The path of the readers' copy."""
        return self.folder / "lead_scoring_marts.duckdb"

    @property
    def environment(self):
        """The environment variables that name both files: dict of str."""
        return {"LEAD_SCORING_DUCKDB_PATH": str(self.database),
                "LEAD_SCORING_MARTS_PATH": str(self.marts)}

    @property
    def printed(self):
        """What the command printed."""
        return (self.folder / "demo.txt").read_text(encoding="utf-8")

    def query(self, sql, database=None):
        """Rows of a query on the readers' copy, or another file, as a list of dict."""
        with duckdb.connect(str(database or self.marts), read_only=True) as connection:
            cursor = connection.execute(sql)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row)) for row in cursor.fetchall()]


def demo_company(shared_folder):
    """The demo company in a folder that the processes of a session share; the first one builds it."""
    shared_folder.mkdir(exist_ok=True)
    demo = DemoCompany(shared_folder / "project")
    with (shared_folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (demo.folder / "demo.txt").exists():
            Project(demo.folder)
            done = subprocess.run(
                [sys.executable, "scripts/demo.py"], cwd=demo.folder, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                env={**os.environ, **demo.environment})
            assert done.returncode == 0, done.stdout
            (demo.folder / "demo.txt").write_text(done.stdout, encoding="utf-8")
    return demo
