"""The readers' copy, opened for one query at a time: read-only, without files, network or settings."""

import json
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parents[2]
MOST_ROWS = 200
TABLE_FUNCTIONS = {"unnest", "range", "generate_series"}
SECONDS = 10.0
# Only the file itself can be read, nothing can be loaded, and no query can change these settings.
CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False, "autoload_known_extensions": False,
    "autoinstall_known_extensions": False, "allow_community_extensions": False,
    "temp_directory": "", "memory_limit": "1GB", "threads": 2, "lock_configuration": True,
}


class Refused(Exception):
    """A question that cannot be answered; the message is one sentence for the agent."""


def copy_path() -> Path:
    """The path of the readers' copy."""
    return Path(os.environ.get("LEAD_SCORING_MARTS_PATH") or ROOT / "lead_scoring_marts.duckdb")


@contextmanager
def opened() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the current copy, closed afterwards. Raises Refused if there is none."""
    path = copy_path()
    if not path.exists():
        raise Refused(f"There is no {path.name}: run make demo, or make readers-copy after a dbt run.")
    connection = duckdb.connect(path, read_only=True, config=CONFIGURATION)
    try:
        yield connection
    finally:
        connection.close()


def plain(value: Any) -> Any:
    """A value as JSON: number, text, true, false or null."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def rows(sql: str, values: Sequence[Any] = (), most: int = MOST_ROWS) -> list[dict[str, Any]]:
    """The first rows of a query, at most `most`, as a list of dict. Raises Refused.

    values: for the ? of the query.
    """
    with opened() as connection:
        timer = threading.Timer(SECONDS, connection.interrupt)
        timer.start()
        try:
            cursor = connection.execute(sql, list(values))
            names = [column[0] for column in cursor.description]
            found = cursor.fetchmany(most)
        except duckdb.InterruptException as error:
            raise Refused(f"The query took more than {SECONDS:.0f} seconds: ask for less.") from error
        except duckdb.Error as error:
            raise Refused(str(error)) from error
        finally:
            timer.cancel()
    return [{name: plain(value) for name, value in zip(names, row)} for row in found]


def rows_of_select(sql: str, most: int) -> list[dict[str, Any]]:
    """The first rows of a single SELECT on marts, as rows() returns them. Raises Refused."""
    with opened() as connection:
        try:
            [parsed] = connection.execute("select json_serialize_sql(?)", [sql]).fetchone() or [""]
            tree = json.loads(parsed)
            if tree["error"]:
                raise Refused(f"Only SELECT is allowed: {tree['error_message']}")
            if len(tree["statements"]) != 1:
                raise Refused("Only a single SELECT is allowed.")
        except duckdb.Error as error:
            raise Refused(str(error)) from error
    others = sorted(sources(tree) - {f".{name}" for name in names_in_with(tree)} - TABLE_FUNCTIONS)
    others = [name for name in others if not name.startswith("marts.")]
    if others:
        raise Refused("Only relations of the schema marts can be read, as marts.<name>:"
                      f" {others[0].removeprefix('.')} is none.")
    return rows(sql, most=most)


def parts(tree: Any) -> Iterator[dict[str, Any]]:
    """Each object in a parsed query."""
    if isinstance(tree, dict):
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from parts(part)


def sources(tree: Any) -> set[str]:
    """What a parsed query reads: <schema>.<table>, or only a name if it has no schema, and functions."""
    return {
        f"{part['schema_name']}.{part['table_name']}".lower() if part["type"] == "BASE_TABLE"
        else str(part["function"]["function_name"]).lower()
        for part in parts(tree) if part.get("type") in ("BASE_TABLE", "TABLE_FUNCTION")
    }


def names_in_with(tree: Any) -> set[str]:
    """The names of the CTEs in a parsed query."""
    return {entry["key"].lower() for part in parts(tree)
            for entry in (part.get("cte_map") or {"map": []})["map"]}
