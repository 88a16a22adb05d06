"""Spark at ten times the demo company's size, with a worker killed in mid-run.

Usage, from the project's root: .venv/bin/python -m tests.engines.spark_at_scale [times]

Builds that many copies of the demo company (default: ten) on DuckDB and on a cluster, kills one of
its two workers while the facts are read, prints how that run ended, gives the cluster a new worker,
builds a day later and compares the marts with DuckDB's. Takes half an hour; evaluates no past
scores.
"""

import os
import signal
import sys
import tempfile
import threading
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

from tests.engines.equality import raw_rows, unequal_rows
from tests.engines.spark import SparkCluster, SparkProject
from tests.project import ACTIVITY_TABLES, BuildFailed, Project, schema_of

# The workers are slow: seconds until Spark gives up what it sends to all of them.
LARGE_COMPANY = {"spark.sql.shuffle.partitions": 8, "spark.sql.broadcastTimeout": 1800}
KEYS = ("contact_id", "merged_into_contact_id", "company_id", "deal_id", "event_id",
        "sales_activity_id", "anonymous_id", "session_id")


def multiply(run, rows, times, table_format=""):
    """Make of the raw tables those of so many companies that are alike.

    run: takes a statement. rows: the raw tables as they are, as of raw_rows. table_format: said of
    new tables. Keys and addresses get the number of their company.
    """
    def copied(name):
        if name in KEYS:
            return f"{name} || '-' || copies.number as {name}"
        if name == "email":
            return "replace(email, '@', '.' || copies.number || '@') as email"
        return name

    for table, listed in rows.items():
        if listed:
            place = f"{schema_of(table)}.{table}"
            run(f"create table {place}_many {table_format} as"
                f" select {', '.join(copied(name) for name in listed[0])}"
                f" from {place} cross join range({times}) as copies(number)")
            run(f"drop table {place}")
            run(f"create table {place} {table_format} as select * from {place}_many")
            run(f"drop table {place}_many")


def kill_when_reading_facts(project, cluster, happened):
    """Kill the first worker, with its executor, while the model int_activity_log is built."""
    log = project.folder / "logs" / "dbt.log"
    while not (log.exists() and "Began executing node model.lead_scoring.int_activity_log"
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
        failure = str(error)[:1000]
    return time.monotonic() - started, failure


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    # Not from today: what is published of the day that lasts depends on the minute.
    first_day = date.today() + timedelta(days=1)
    next_day = first_day + timedelta(days=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        local = Project(folder / "duckdb")
        local.build_scores(next_day, demo_data=True)
        rows = raw_rows(local)
        spark = SparkProject(folder / "spark", SparkCluster(folder / "cluster", LARGE_COMPANY))
        spark.has_logs = True  # tell when to kill
        spark.fill(rows)
        multiply(spark.cluster.run, rows, times, "using iceberg")
        local.forget()
        local.fill(rows)
        with duckdb.connect(str(local.database)) as connection:
            multiply(connection.execute, rows, times)
        count = sum(times * len(rows[table]) for table in ACTIVITY_TABLES)
        print(f"{times} demo companies, {count:,} raw activities", flush=True)
        for day in (first_day, next_day):
            print(f"{day}: DuckDB took {timed_build(local, day)[0]:.0f} s", flush=True)
        killed = []
        threading.Thread(target=kill_when_reading_facts, args=(spark, spark.cluster, killed),
                         daemon=True).start()
        seconds, failure = timed_build(spark, first_day)
        print(f"{first_day}: a worker killed: {bool(killed)}; Spark took {seconds:.0f} s and "
              + (f"failed: {failure}" if failure else "recovered"), flush=True)
        spark.cluster.workers[0] = spark.cluster.start_worker("worker-3")
        if failure:
            seconds, failure = timed_build(spark, first_day)
            print(f"{first_day} again: {seconds:.0f} s, failed: {failure}", flush=True)
        seconds, failure = timed_build(spark, next_day)
        print(f"{next_day}: Spark took {seconds:.0f} s, failed: {failure}", flush=True)
        differences, equal = unequal_rows(local, spark, is_evaluated=False)
    print("equal rows: " + ", ".join(f"{mart} {rows:,}" for mart, rows in sorted(equal.items())),
          f"{len(differences)} different", *differences[:10], sep="\n")
    sys.exit(1 if differences or failure or not killed else 0)


if __name__ == "__main__":
    main()
