"""Write the rows of marts.crm_sync to a CRM, then acknowledge those that the CRM has accepted.

Usage: sync.py [--crm FILE]. The warehouse is the DuckDB file in the environment variable
LEAD_SCORING_DUCKDB_PATH (default: lead_scoring.duckdb). The job reads the readers' copy, if there
is one: LEAD_SCORING_MARTS_PATH (default: lead_scoring_marts.duckdb in the folder of the warehouse).
Another DuckDB file (default: crm.duckdb) stands in for the CRM: its table sales.lead_scores has a
row per lead and scoring model.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import duckdb

os.environ.setdefault("RUNTIME__DLTHUB_TELEMETRY", "false")

import dlt  # noqa: E402  reads the line above when it is imported

READERS_COPY = Path(__file__).resolve().parents[2] / "scripts" / "readers_copy.py"

# The fields of the CRM. as_of is not among them, because it changes each day.
FIELDS: dict[str, Any] = {
    "lead_id": {"data_type": "text", "nullable": False},
    "scoring_model": {"data_type": "text", "nullable": False},
    "sync_key": {"data_type": "text"},
    "score": {"data_type": "decimal", "precision": 5, "scale": 1},
    "grade": {"data_type": "text"},
    "tier": {"data_type": "text"},
    "qualification": {"data_type": "text"},
    "reason": {"data_type": "text"},
}


def rows_to_send(warehouse: str | Path) -> list[dict[str, Any]]:
    """The rows of crm_sync as a list of dict.

    warehouse: path of the DuckDB file of the project, or of its readers' copy.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        cursor = connection.execute("select * from marts.crm_sync order by lead_id, scoring_model")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]


def load(rows: Iterable[dict[str, Any]], crm: str | Path) -> None:
    """Insert or update the rows in the CRM, by lead and scoring model. Raises if one is not accepted.

    rows: list of dict as from rows_to_send; crm: path of the DuckDB file that stands in for it.
    """
    # A new folder for each run: dlt would otherwise send what an earlier run left there, and keep
    # personal data. Rows that an earlier run did not send are still in crm_sync.
    with tempfile.TemporaryDirectory() as folder:
        pipeline = dlt.pipeline(
            "crm_sync", destination=dlt.destinations.duckdb(str(crm)), dataset_name="sales",
            pipelines_dir=folder)
        pipeline.run(
            [{name: row[name] for name in FIELDS} for row in rows],
            table_name="lead_scores", primary_key=("lead_id", "scoring_model"), columns=FIELDS,
            write_disposition={"disposition": "merge", "strategy": "upsert"},
        ).raise_on_failed_jobs()


def acknowledge(
    rows: Sequence[dict[str, Any]], warehouse: str | Path, schema: str = "scoring",
    wait_seconds: float = 600,
) -> None:
    """Record that the CRM has accepted the rows, and delete them from crm_sync: the rows that were
    sent, not newer rows of the same leads and scoring models.

    rows: list of dict as from rows_to_send; schema: the schema of the project's private tables;
    wait_seconds: how long to wait for a dbt run that is writing to the warehouse. Raises
    duckdb.IOException if it writes longer than that.
    """
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    with connected(warehouse, wait_seconds) as connection:
        connection.execute("begin")
        connection.executemany(
            f"insert into {schema}.crm_sync_acknowledgements"
            " (lead_id, scoring_model, payload_hash, acknowledged_at) values (?, ?, ?, ?)",
            [(row["lead_id"], row["scoring_model"], row["payload_hash"], now) for row in rows])
        connection.executemany(
            "delete from marts.crm_sync"
            " where lead_id = ? and scoring_model = ? and payload_hash = ?",
            [(row["lead_id"], row["scoring_model"], row["payload_hash"]) for row in rows])
        connection.execute("commit")


def connected(warehouse: str | Path, wait_seconds: float) -> duckdb.DuckDBPyConnection:
    """A connection that can write, once no other process has the file open."""
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            return duckdb.connect(str(warehouse))
        except duckdb.IOException as error:
            if "lock" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(1)


def sync(warehouse: str | Path, crm: str | Path, copy: str | Path | None = None) -> int:
    """Send what has changed and acknowledge it; returns how many rows were sent.

    copy: path of the readers' copy, from which to read; without it, the warehouse is read.
    """
    rows = rows_to_send(copy or warehouse)
    if rows:
        load(rows, crm)
        acknowledge(rows, warehouse)
    return len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write changed lead scores to the CRM.")
    parser.add_argument("--crm", type=Path, default=Path("crm.duckdb"),
                        help="the DuckDB file that stands in for the CRM")
    crm = parser.parse_args().crm
    warehouse = Path(os.environ.get("LEAD_SCORING_DUCKDB_PATH", "lead_scoring.duckdb"))
    copy = Path(os.environ.get("LEAD_SCORING_MARTS_PATH", warehouse.with_name("lead_scoring_marts.duckdb")))
    sent = sync(warehouse, crm, copy if copy.exists() else None)
    print(f"{sent} {'score' if sent == 1 else 'scores'} written to {crm}.")
    if sent and copy.exists():
        # The copy still lists what the warehouse has acknowledged: the next job would send it again.
        subprocess.run([sys.executable, READERS_COPY], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
