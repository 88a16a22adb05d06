"""Spark at ten times the demo company's size, with a worker killed in mid-run.

Usage, from the project's root: .venv-spark/bin/python -m tests.engines.spark_at_scale [times, 10]

Builds so many copies of the demo company on a cluster, kills one of its two workers while the
facts are read, tells how that run ended, gives the cluster a new worker, builds again and compares
the marts with DuckDB's. Takes from half an hour.
"""

import os
import signal
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

from tests.engines.equality import raw_rows, unequal_rows
from tests.engines.spark import SparkCluster, SparkProject
from tests.project import BuildFailed, Project

NAMES_PEOPLE = ("contact_id", "merged_into_contact_id", "company_id", "deal_id", "event_id",
                "sales_activity_id", "anonymous_id", "session_id")


def copies(raw_tables, times):
    """Raw tables of so many companies that are alike: ids and addresses get a number each."""
    def copied(name, value, number):
        if value is None:
            return None
        if name in NAMES_PEOPLE:
            return f"{value}-{number}"
        return value.replace("@", f".{number}@") if name == "email" else value

    return {table: [{name: copied(name, value, number) for name, value in row.items()}
                    for number in range(times) for row in rows]
            for table, rows in raw_tables.items()}


def kill_when_reading_facts(project, cluster, happened):
    """Kill the first worker, with its executor, as soon as the model activity_rows is built."""
    log = project.folder / "logs" / "dbt.log"
    while not (log.exists() and "Began executing node model.lead_scoring.activity_rows"
               in log.read_text(encoding="utf-8", errors="replace")):
        time.sleep(1)
    time.sleep(10)
    os.killpg(cluster.workers[0].pid, signal.SIGKILL)
    happened.append(time.monotonic())


def timed_build(project, as_of):
    """Build; returns seconds and what failed, or None."""
    started = time.monotonic()
    try:
        project.build(as_of)
        failure = None
    except BuildFailed as error:
        failure = str(error)[:500]
    return time.monotonic() - started, failure


def main():
    times, as_of = int(sys.argv[1]) if len(sys.argv) > 1 else 10, date.today()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo, duckdb = Project(folder / "demo"), Project(folder / "duckdb")
        demo.build(as_of, demo_data=True)
        rows = copies(raw_rows(demo), times)
        duckdb.fill(rows)
        seconds, _ = timed_build(duckdb, as_of)
        activities = sum(len(rows[table]) for table in rows if table.endswith("events"))
        print(f"{times} demo companies, {activities:,} events: DuckDB {seconds:.0f} s", flush=True)
        cluster = SparkCluster(folder / "cluster", memory="2g")
        spark = SparkProject(folder / "spark", cluster)
        spark.fill(rows)
        killed = []
        threading.Thread(
            target=kill_when_reading_facts, args=(spark, cluster, killed), daemon=True).start()
        seconds, failure = timed_build(spark, as_of)
        print(f"worker killed: {bool(killed)}; the run took {seconds:.0f} s and "
              + (f"failed: {failure}" if failure else "recovered"), flush=True)
        cluster.workers[0] = cluster.start_worker("worker-3")
        seconds, failure = timed_build(spark, as_of)
        print(f"the next run took {seconds:.0f} s, failed: {failure}", flush=True)
        differences, equal = unequal_rows(duckdb, spark)
        print(dict(equal), f"{len(differences)} different", *differences[:10], sep="\n")
        sys.exit(1 if differences or failure or not killed else 0)


if __name__ == "__main__":
    main()
