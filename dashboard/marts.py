"""Read the readers' copy. Each query opens and closes the file: an open connection would keep
reading the file of an earlier run.
"""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

ROOT = Path(__file__).resolve().parent.parent
Version = tuple[int, int]


def copy_path() -> Path:
    """The readers' copy, as scripts/readers_copy.py names it; relative paths start at the project."""
    named = os.environ.get("LEAD_SCORING_MARTS_PATH")
    if named:
        return ROOT / named
    database = ROOT / (os.environ.get("LEAD_SCORING_DUCKDB_PATH") or "lead_scoring.duckdb")
    return database.with_name("lead_scoring_marts.duckdb")


def version() -> Version:
    """What identifies a copy: the file's inode and time. Raises FileNotFoundError."""
    found = copy_path().stat()
    return found.st_ino, found.st_mtime_ns


def ask(sql: str, **values: Any) -> pd.DataFrame:
    """Rows of a query on the readers' copy; values: those of its parameters, such as $lead_id.

    An empty frame without columns if a mart does not exist: some are built only by evaluations.
    """
    return _rows(sql, tuple(sorted(values.items())), version())


@st.cache_data(show_spinner=False, max_entries=200)
def _rows(sql: str, values: tuple[tuple[str, Any], ...], version: Version) -> pd.DataFrame:
    with duckdb.connect(str(copy_path()), read_only=True) as copy:
        try:
            frame = copy.execute(sql, dict(values)).df()
        except duckdb.CatalogException:
            return pd.DataFrame()
    return plain(frame)


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with Python's decimals as floating-point numbers."""
    for name in frame.columns:
        cells = frame[name]
        if cells.dtype == object and any(isinstance(cell, Decimal) for cell in cells):
            frame[name] = pd.to_numeric(cells, errors="coerce").astype(float)
    return frame


def has_table(name: str) -> bool:
    """Whether the copy has a private table, such as those of the scoring studio."""
    found = ask("select count(*) as tables from information_schema.tables"
                " where table_schema = 'scoring' and table_name = $name", name=name)
    return bool(found.tables[0])


def about() -> dict[str, Any]:
    """The run that the copy holds: as_of, copied_at, invocation_id, project_version."""
    row = ask("select as_of, copied_at, invocation_id, project_version from marts.readers_copy")
    return {str(name): value for name, value in row.iloc[0].items()}
