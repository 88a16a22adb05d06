"""Copy the marts, after a successful run, to a DuckDB file for dashboards, BI tools and notebooks.

Usage: readers_copy.py [--parquet FOLDER]. The environment variable LEAD_SCORING_DUCKDB_PATH is the
path of the project's database (default: lead_scoring.duckdb), LEAD_SCORING_MARTS_PATH that of the
copy (default: lead_scoring_marts.duckdb in the same folder). Readers that have the old copy open
keep it until they open the file again.
"""

import argparse
import json
import os
import shutil
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import duckdb
from studio_tables import copy_studio_tables

ROOT = Path(__file__).resolve().parent.parent
ABOUT = """
    create table marts.readers_copy as
    select
        cast($as_of as date) as as_of,
        cast($invocation_id as varchar) as invocation_id,
        cast($copied_at as timestamp) as copied_at,
        cast($project_version as varchar) as project_version
"""
RUN_DAY = 'select max(as_of) from "{source}".{schema}.int_scoring_dates where is_run_day'


class NoCopy(Exception):
    """No copy was made and the old one is unchanged; the message is one sentence for people."""


def project_database() -> Path:
    """The path of the project's DuckDB file."""
    return Path(os.environ.get("LEAD_SCORING_DUCKDB_PATH") or "lead_scoring.duckdb")


def copy_path(database: Path) -> Path:
    """The path of the readers' copy of a database."""
    named = os.environ.get("LEAD_SCORING_MARTS_PATH")
    return Path(named) if named else database.with_name("lead_scoring_marts.duckdb")


def copy_for_readers(
    database: Path, copy: Path, target: Path | None = None, schema: str = "scoring",
    invocation_id: str | None = None, parquet: Path | None = None, project: Path = ROOT,
) -> dict[str, Any]:
    """Make a new copy and replace the old one by an atomic rename. Raises NoCopy.

    database, copy: paths of DuckDB files; target: dbt's target folder of the last run; schema: the
    schema of the private tables; invocation_id: dbt's id of the run (default: the one in target);
    parquet: a folder for the marts as Parquet files; project: the folder with dbt_project.yml and
    seeds. Returns a dict: as_of, marts (their number), studio (None, or a sentence that says why
    the scoring studio's tables were left out).
    """
    if not database.exists():
        raise NoCopy(f"There is no database {database}: run make demo, or .venv/bin/dbt build.")
    if database.resolve() == copy.resolve():
        raise NoCopy(f"The copy cannot be the database itself, {database}: set LEAD_SCORING_MARTS_PATH.")
    target = target or project / "target"
    last_run = run_in(target, database)
    new = copy.with_name(f"{copy.name}.new")
    connection = open_new(new)
    inode = new.stat().st_ino
    try:
        source = database.stem  # views in the database refer to it by this name
        attach(connection, database, source)
        connection.execute("begin")  # one consistent state of the database
        marts = copy_marts(connection, source)
        studio = copy_studio_tables(connection, source, schema, target, project / "seeds")
        [as_of] = connection.execute(RUN_DAY.format(source=source, schema=schema)).fetchone() or [None]
        connection.execute(ABOUT, {
            "as_of": as_of, "invocation_id": invocation_id or last_run,
            "copied_at": datetime.now(timezone.utc).replace(tzinfo=None),
            "project_version": project_version(project),
        })
        connection.execute("commit")
        connection.execute("checkpoint")
        if parquet is not None:
            write_parquet(connection, parquet)
    except duckdb.Error as error:
        connection.close()
        forget(new)
        raise NoCopy(f"The marts could not be copied: {str(error).splitlines()[0]}") from error
    except NoCopy:
        connection.close()
        forget(new)
        raise
    connection.close()
    with new.open("rb") as file:
        os.fsync(file.fileno())
    if new.stat().st_ino != inode:
        raise NoCopy(f"Another copy to {copy} began meanwhile: make one at a time.")
    os.replace(new, copy)
    return {"as_of": as_of, "marts": len(marts), "studio": studio}


def open_new(new: Path) -> duckdb.DuckDBPyConnection:
    """An empty DuckDB file; overwrites what a killed copy left. Raises NoCopy."""
    try:
        if new.exists():
            duckdb.connect(str(new)).close()
    except duckdb.Error as error:
        if "lock" in str(error):
            raise NoCopy(f"{new} is being written by another process: make one copy at a time.") from error
    forget(new)
    try:
        return duckdb.connect(str(new))
    except duckdb.Error as error:
        raise NoCopy(f"{new} cannot be written: {str(error).splitlines()[0]}") from error


def forget(new: Path) -> None:
    """Delete an unfinished copy."""
    for path in (new, new.with_name(f"{new.name}.wal")):
        path.unlink(missing_ok=True)


def attach(connection: duckdb.DuckDBPyConnection, database: Path, source: str) -> None:
    """Attach the project's database for reading, as source. Raises NoCopy if dbt has it open."""
    path = str(database).replace("'", "''")
    try:
        connection.execute(f"attach '{path}' as \"{source}\" (read_only)")
    except duckdb.Error as error:
        if "lock" in str(error):
            raise NoCopy(f"Another process is writing to {database}: copy it when dbt has finished.") from error
        raise


def copy_marts(connection: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    """Copy each relation of schema marts as a table; return their names. Raises NoCopy if there are none."""
    names = [name for (name,) in connection.execute(
        "select table_name from information_schema.tables"
        " where table_catalog = ? and table_schema = 'marts' order by table_name", [source]).fetchall()]
    if "lead_scores" not in names:
        raise NoCopy("The database has no marts: run make demo, or .venv/bin/dbt build.")
    connection.execute("create schema marts")
    for name in names:
        connection.execute(f'create table marts."{name}" as select * from "{source}".marts."{name}"')
    return names


def run_in(target: Path, database: Path) -> str | None:
    """dbt's id of the last run, if it is known. Raises NoCopy if that run failed or was killed.

    dbt writes the manifest first and the results last: a killed run leaves a manifest that is newer
    than the results, and a database that is newer than the manifest.
    """
    found, manifest = target / "run_results.json", target / "manifest.json"
    results = json.loads(found.read_text(encoding="utf-8")) if found.exists() else None
    if results and results["args"].get("which") in ("build", "run", "retry"):
        failed = [result["unique_id"] for result in results["results"]
                  if result["status"] in ("error", "fail", "runtime error")]
        if failed:
            raise NoCopy(f"The last dbt run failed at {failed[0].split('.')[2]}, so its marts are not"
                         " copied: fix it and run dbt again.")
    if manifest.exists():
        began = manifest.stat().st_mtime
        ended = found.stat().st_mtime if found.exists() else 0.0
        wal = database.with_name(f"{database.name}.wal")
        written = max(path.stat().st_mtime for path in (database, wal) if path.exists())
        if ended + 1 < began < written:
            raise NoCopy("The last dbt run did not end, so its marts are not copied: run dbt again.")
    if results and results["args"].get("which") in ("build", "run", "retry"):
        return str(results["metadata"]["invocation_id"])
    return None


def project_version(project: Path) -> str | None:
    """The version in dbt_project.yml, as text."""
    for line in (project / "dbt_project.yml").read_text(encoding="utf-8").splitlines():
        if line.startswith("version:"):
            return line.partition(":")[2].strip().strip("'\"")
    return None


def write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write each mart of the copy as a Parquet file to a new folder, and make `folder`, a symbolic
    link, point to it. The previous folder is deleted, because it may name people who asked to be erased.
    """
    if folder.exists() and not folder.is_symlink():
        raise NoCopy(f"{folder} was not made by this script: name a folder that does not exist.")
    moment = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S%f")
    new = folder.with_name(f"{folder.name}.{moment}")
    new.mkdir(parents=True)
    for (name,) in connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts'"
            " and table_catalog = current_database()").fetchall():
        path = str(new / f"{name}.parquet").replace("'", "''")
        connection.execute(f"copy marts.\"{name}\" to '{path}' (format parquet)")
    link = folder.with_name(f"{folder.name}.new")
    link.unlink(missing_ok=True)
    link.symlink_to(new.name, target_is_directory=True)
    os.replace(link, folder)
    for old in folder.parent.glob(f"{folder.name}.[0-9]*"):
        if old.name != new.name:
            shutil.rmtree(old, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Copy the marts to a file for readers.")
    parser.add_argument("--parquet", type=Path, metavar="FOLDER",
                        help="also write each mart as a Parquet file into this folder")
    parser.add_argument("--target-path", type=Path, default=Path(os.environ.get("DBT_TARGET_PATH", "target")),
                        help="dbt's target folder (default: target)")
    parser.add_argument("--private-schema", default="scoring",
                        help="the schema of the private tables (default: scoring)")
    parser.add_argument("--invocation-id", help="dbt's id of the run (default: the one in the target folder)")
    given = parser.parse_args()
    database = project_database()
    copy = copy_path(database)
    try:
        made = copy_for_readers(database, copy, given.target_path, given.private_schema,
                                given.invocation_id, given.parquet)
    except NoCopy as error:
        sys.exit(str(error))
    print(f"{made['marts']} marts as of {made['as_of']} are in {copy}, for readers.")
    if made["studio"]:
        print(made["studio"])


if __name__ == "__main__":
    main()
