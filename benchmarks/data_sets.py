"""Tables of leads with a known outcome, for `make measure`: what one holds, and how files are read."""

import csv
import gzip
import math
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeGuard

import duckdb

# The data sets of LEAD_SCORING_REAL_DATA: a CSV file, or an SQL file that makes a table of a folder.
REAL: dict[str, dict[str, Any]] = {
    "x_education": {
        "file": "x_education/Leads.csv.gz", "label": "Converted", "order": "Lead Number",
        "leave_out": [
            "Prospect ID", "Lead Number", "Tags", "Lead Quality", "Lead Profile",
            "Asymmetrique Activity Index", "Asymmetrique Profile Index",
            "Asymmetrique Activity Score", "Asymmetrique Profile Score", "Last Notable Activity",
        ],
        "missing": ["Select"], "shows_creation": True,
    },
    "product_usage": {
        "file": "product_usage.sql", "label": "adopted", "order": "created_on",
        "leave_out": ["user_id", "created_on"],
    },
    # Far fewer conversions than a probability should be fitted to.
    "edtech_crm": {
        "file": "edtech_crm.sql", "label": "converted", "order": "assigned_on",
        "leave_out": ["lead_id", "assigned_on"], "minimum_conversions": 20,
    },
}


@dataclass(frozen=True)
class Dataset:
    """rows: list of dict of text or None in the order of time; outcomes: list of bool.

    places: where each row is in the file, 0 is the first; what random splits are drawn by.
    splits: those that are measured, of `time` and `random`. drifts: whether the later rows are known
    to convert for other reasons. has_signal: False if the columns are known to say nothing.
    shows_creation: measure also what creation dates do that say when a lead came.
    minimum_conversions: the var of the project, None for its default.
    """

    name: str
    rows: list[dict[str, str | None]]
    columns: list[str]
    outcomes: list[bool]
    places: list[int]
    splits: tuple[str, ...] = ("time", "random")
    drifts: bool = False
    has_signal: bool = True
    shows_creation: bool = False
    minimum_conversions: int | None = None


def read_real(name: str, folder: Path) -> Dataset:
    """A data set of REAL, whose files lie in folder/name."""
    given = dict(REAL[name])
    file = given.pop("file")
    properties = {key: given.pop(key) for key in ("minimum_conversions", "shows_creation")
                  if key in given}
    if not file.endswith(".sql"):
        return replace(read(folder / file, **given), name=name, **properties)
    query = (Path(__file__).parent / file).read_text(encoding="utf-8").rstrip().rstrip(";")
    with tempfile.TemporaryDirectory() as parent, duckdb.connect() as connection:
        table = Path(parent) / "table.csv"
        connection.execute("set variable folder = ?", [str(folder / name)])
        connection.execute(f"copy ({query}) to '{table}' (header)")
        return replace(read(table, **given), name=name, **properties)


def read(
    path: str | Path, label: str, order: str | None = None, leave_out: Iterable[str] = (),
    missing: Iterable[str] = (),
) -> Dataset:
    """The data set of a CSV file."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", newline="", encoding="utf-8-sig") as file:
        given = list(csv.DictReader(file))
    places = list(range(len(given)))
    if order:
        # Numbers as numbers; other text, such as ISO days, by its letters.
        places.sort(key=lambda place: (
            float(given[place][order]) if is_number(given[place][order]) else math.inf,
            given[place][order]))
    rows = [given[place] for place in places]
    outcomes = [row[label].strip().lower() in ("1", "1.0", "true", "yes", "t", "y")
                for row in rows]
    columns = [column for column in rows[0] if column not in {label, *leave_out}]
    absent = {"", *missing}
    return Dataset(Path(path).name, [
        {column: None if (row[column] or "").strip() in absent else row[column].strip()
         for column in columns}
        for row in rows
    ], columns, outcomes, places)


def is_number(text: Any) -> TypeGuard[str]:
    try:
        return math.isfinite(float(text))
    except (TypeError, ValueError):
        return False
