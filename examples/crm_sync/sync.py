"""Write what marts.crm_sync holds to a CRM, then acknowledge what the CRM has accepted.

Usage: sync.py [--crm FILE]. The warehouse is the DuckDB file that the environment variable
LEAD_SCORING_DUCKDB_PATH names, else lead_scoring.duckdb. A second DuckDB file stands in for the
CRM, crm.duckdb if left out: its table sales.lead_scores has a row per lead and scoring model.
"""

import argparse
import os
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import duckdb

os.environ.setdefault("RUNTIME__DLTHUB_TELEMETRY", "false")

import dlt  # noqa: E402  reads the line above when it is imported

# What the CRM has a field for. as_of is not among them: it is new each day.
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

    warehouse: path of the DuckDB file of the project.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        cursor = connection.execute("select * from marts.crm_sync order by lead_id, scoring_model")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]


def load(rows: Iterable[dict[str, Any]], crm: str | Path) -> None:
    """Insert or update the rows in the CRM, by lead and scoring model. Raises if one is not accepted.

    rows: list of dict as from rows_to_send; crm: path of the DuckDB file that stands in for it.
    """
    # A folder of its own for each run: dlt would else finish what an earlier run left there, and
    # keep people's data. What an earlier run did not get through is in crm_sync again.
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
    rows: Sequence[dict[str, Any]], warehouse: str | Path, schema: str = "scoring"
) -> None:
    """Record that the CRM has accepted the rows, and take them out of crm_sync: those that were
    sent, not what crm_sync has of the same leads and scoring models by now.

    rows: list of dict as from rows_to_send; schema: the schema of the project's private tables.
    """
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    with duckdb.connect(str(warehouse)) as connection:
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


def sync(warehouse: str | Path, crm: str | Path) -> int:
    """Send what has changed and acknowledge it; returns how many rows were sent."""
    rows = rows_to_send(warehouse)
    if rows:
        load(rows, crm)
        acknowledge(rows, warehouse)
    return len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write changed lead scores to the CRM.")
    parser.add_argument("--crm", type=Path, default=Path("crm.duckdb"),
                        help="the DuckDB file that stands in for the CRM")
    crm = parser.parse_args().crm
    sent = sync(os.environ.get("LEAD_SCORING_DUCKDB_PATH", "lead_scoring.duckdb"), crm)
    print(f"{sent} {'score' if sent == 1 else 'scores'} written to {crm}.")


if __name__ == "__main__":
    main()
