"""The readers' copy: readers get one complete run, whatever runs and copies do meanwhile."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.project import ROOT, Project
from tests.scoring_files import VISIT, configuration, contact, criterion, event

START = date(2026, 3, 2)
READERS = 20
RULES = configuration(
    activities=[VISIT], engagement_criteria=[criterion("visited", 2)],
    tiers=[{"rank": "1", "tier": "warm", "min_score": "3"}, {"rank": "2", "tier": "cold"}])
# How many leads have a score and a ledger of different runs.
APART = """
    select count(*) from marts.lead_scores left join (
        select lead_id, scoring_model, sum(points) as points from marts.lead_score_ledger group by all
    ) as ledger using (lead_id, scoring_model)
    where fit_points + engagement_points <> coalesce(ledger.points, 0)
"""
# Prints what a reader has seen when its input ends: how often it read, which runs, what was wrong.
READER = """
import duckdb, json, sys, threading, time
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
seen = {"reads": 0, "days": [], "errors": [], "mixes": []}
while not stop.is_set():
    try:
        with duckdb.connect(sys.argv[1], read_only=True, config={"threads": 1}) as copy:
            [(about,)] = copy.execute("select cast(as_of as varchar) from marts.readers_copy").fetchall()
            scored = copy.execute('''
                select distinct cast(as_of as varchar) from marts.lead_scores''').fetchall()
            apart = copy.execute(sys.argv[2]).fetchall()
        seen["reads"] += 1
        if about not in seen["days"]:
            seen["days"].append(about)
        if scored != [(about,)] or apart != [(0,)]:
            seen["mixes"].append([about, scored, apart])
        time.sleep(0.3)  # leave dbt some of the machine
    except Exception as error:
        seen["errors"].append(repr(error))
print("\\n" + json.dumps(seen))  # DuckDB may have told how far a slow query is
"""


class Company:
    """A small company whose scores differ from day to day, with dbt runs by the command line."""

    def __init__(self, folder):
        self.project = Project(folder)
        self.project.has_logs = True  # the copy reads what runs leave in target
        self.project.configure(RULES)
        self.project.fill({
            "contacts": [contact(f"c{number}") for number in range(200)],
            "web_events": [
                event(f"{number}-{day}", START + timedelta(days=day), contact_id=f"c{number}")
                for number in range(200) for day in range(number % 7 + 1)]})
        self.copy = self.project.folder / "copy.duckdb"
        self.ledger = self.project.folder / "models" / "marts" / "core" / "lead_score_ledger.sql"
        self.environment = {**os.environ, "LEAD_SCORING_DUCKDB_PATH": str(self.project.database),
                            "LEAD_SCORING_MARTS_PATH": str(self.copy)}

    def start(self, day):
        """Begin a dbt run for the day of this number from START; returns the process."""
        given = self.project.variables(START + timedelta(days=day), {})
        return subprocess.Popen(
            [str(Path(sys.executable).with_name("dbt")),
             "build", "--exclude-resource-type", "test", "unit_test", "--selector", "scores",
             "--vars", json.dumps(given)],
            cwd=self.project.folder, env=self.environment, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)

    def run(self, day):
        """A whole dbt run; returns its exit status and what it said."""
        process = self.start(day)
        said, _ = process.communicate()
        return process.returncode, said

    def kill_at(self, day, words):
        """A dbt run that is killed as soon as it says these words."""
        process = self.start(day)
        for line in process.stdout:
            if words in line:
                break
        else:
            raise AssertionError(f"dbt never said {words}")
        process.send_signal(signal.SIGKILL)
        process.communicate()

    def make_copy(self, *arguments, seconds=None):
        """Make the readers' copy, killed after so many seconds if given; returns (status, words)."""
        process = subprocess.Popen(
            [sys.executable, "scripts/readers_copy.py", *arguments], cwd=self.project.folder,
            env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if seconds is not None:
            time.sleep(seconds)
            process.kill()
        said, _ = process.communicate()
        return process.returncode, said

    def read(self, sql, path=None):
        with duckdb.connect(str(path or self.copy), read_only=True) as connection:
            return connection.execute(sql).fetchall()


class Readers:
    """Processes that read the copy in a loop for as long as the with block lasts."""

    def __init__(self, copy, number=READERS):
        self.command, self.number, self.seen = [sys.executable, "-c", READER, str(copy), APART], number, []

    def __enter__(self):
        self.processes = [
            subprocess.Popen(["nice", "-n", "19", *self.command], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, text=True)
            for _ in range(self.number)]
        return self

    def __exit__(self, *error):
        self.seen = [json.loads(process.communicate()[0].splitlines()[-1]) for process in self.processes]

    def all(self, what):
        return [item for seen in self.seen for item in seen[what]]


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    company = Company(tmp_path_factory.mktemp("readers") / "project")
    status, said = company.run(0)
    assert status == 0, said
    assert company.make_copy() == (
        0, f"{len(marts_of(company))} marts as of {START} are in {company.copy}, for readers.\n")
    return company


def marts_of(company):
    return company.read("select table_name from information_schema.tables where table_schema = 'marts'",
                        company.project.database)


@pytest.mark.slow
def test_readers_see_whole_runs_while_runs_and_copies_fail_and_are_killed(company):
    before = company.copy.read_bytes()
    with Readers(company.copy) as readers:
        # Killed between two marts that belong together: the database is a mix of two runs.
        company.kill_at(1, "START sql table model marts.lead_scores ")
        assert company.read(APART, company.project.database) > [(0,)]
        status, said = company.make_copy()
        assert (status, said) == (
            1, "The last dbt run did not end, so its marts are not copied: run dbt again.\n")

        sql = company.ledger.read_text(encoding="utf-8")
        company.ledger.write_text(sql.replace("score_components.points,", "cast('x' as integer) as points,"),
                                  encoding="utf-8")
        status, _ = company.run(2)
        company.ledger.write_text(sql, encoding="utf-8")
        assert status != 0
        status, said = company.make_copy()
        assert (status, said) == (1, "The last dbt run failed at lead_score_ledger, so its marts are not"
                                     " copied: fix it and run dbt again.\n")
        assert company.copy.read_bytes() == before

        status, said = company.run(3)  # no reader is in its way
        assert status == 0, said
        for seconds in (0.3, 0.6, 0.9):
            company.make_copy(seconds=seconds)
        status, said = company.make_copy()
        assert status == 0, said
        time.sleep(2)
    assert readers.all("errors") == []
    assert readers.all("mixes") == []
    assert {*readers.all("days")} == {str(START), str(START + timedelta(days=3))}
    assert all(seen["reads"] > 10 and len(seen["days"]) == 2 for seen in readers.seen)
    assert not company.copy.with_name("copy.duckdb.new").exists()


@pytest.mark.slow
def test_readers_see_whole_runs_for_minutes(company):
    """Prints, with pytest -s, how often was read."""
    rng = random.Random(18)
    endings = {"good": 0, "killed": 0, "copy killed": 0}
    with Readers(company.copy) as readers:
        for day in range(4, 28):
            kind = rng.choice([*endings])
            endings[kind] += 1
            if kind == "killed":
                process = company.start(day)
                time.sleep(rng.uniform(4, 12))
                process.kill()
                process.communicate()
                company.make_copy()
                continue
            status, said = company.run(day)
            assert status == 0, said
            if kind == "copy killed":
                company.make_copy(seconds=rng.uniform(0.2, 1))
            else:
                assert company.make_copy()[0] == 0
    print(endings, "reads:", sum(seen["reads"] for seen in readers.seen))
    assert readers.all("errors") == []
    assert readers.all("mixes") == []
    assert len({*readers.all("days")}) >= endings["good"]


def test_the_copy_has_every_mart_as_it_is(company):
    assert company.make_copy()[0] == 0
    names = [name for (name,) in marts_of(company)]
    assert "lead_scores" in names and "rejected_rows" in names
    for name in names:
        rows = f"select * from marts.{name} order by all"
        assert company.read(rows) == company.read(rows, company.project.database)
    kinds = company.read("select distinct table_type from information_schema.tables")
    assert kinds == [("BASE TABLE",)]
    [(as_of, invocation, copied_at, version)] = company.read(
        "select as_of, invocation_id, copied_at, project_version from marts.readers_copy")
    results = json.loads((company.project.folder / "target" / "run_results.json").read_text())
    assert (as_of,) in company.read("select as_of from marts.lead_scores", company.project.database)
    assert invocation == results["metadata"]["invocation_id"]
    assert copied_at is not None and f"'{version}'" in (ROOT / "dbt_project.yml").read_text()


def test_parquet_files_hold_the_same_and_are_swapped_by_one_link(company, tmp_path):
    folder = tmp_path / "parquet"
    for _ in range(2):
        assert company.make_copy("--parquet", str(folder))[0] == 0
    assert folder.is_symlink()
    # The folder before it is gone: it may name people who asked to be erased since.
    assert len([path for path in tmp_path.iterdir() if not path.is_symlink()]) == 1
    scores = "select * from {} order by all"
    assert company.read(scores.format(f"'{folder}/lead_scores.parquet'")) == company.read(
        scores.format("marts.lead_scores"))
    names = [name for (name,) in company.read(
        "select table_name from information_schema.tables where table_schema = 'marts'")]
    assert {path.stem for path in folder.iterdir()} == {*names}
    (tmp_path / "own").mkdir()
    status, said = company.make_copy("--parquet", str(tmp_path / "own"))
    assert (status, said.count("\n")) == (1, 1) and "was not made by this script" in said


def test_what_prevents_a_copy_is_said_in_one_sentence(company, tmp_path):
    before = company.copy.read_bytes()
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", hold, str(company.project.database)],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        holder.stdout.readline()
        assert company.make_copy() == (
            1, f"Another process is writing to {company.project.database}: copy it when dbt has finished.\n")
        holder.kill()
    own = company.environment
    try:
        company.environment = {**own, "LEAD_SCORING_DUCKDB_PATH": str(tmp_path / "none.duckdb")}
        status, said = company.make_copy()
        assert (status, said) == (
            1, f"There is no database {tmp_path / 'none.duckdb'}: run make demo, or .venv/bin/dbt build.\n")
        duckdb.connect(str(tmp_path / "empty.duckdb")).close()
        company.environment = {**own, "LEAD_SCORING_DUCKDB_PATH": str(tmp_path / "empty.duckdb")}
        status, said = company.make_copy("--target-path", str(tmp_path))
        assert (status, said) == (
            1, "The database has no marts: run make demo, or .venv/bin/dbt build.\n")
    finally:
        company.environment = own
    assert company.copy.read_bytes() == before


