"""The files of the demo."""

import csv
import gzip
import io
from pathlib import Path

from .rows import COLUMNS, rows
from .settings import BEGIN

DELIVERED_AT = {table: names[-1] for table, names in COLUMNS.items()}
DATA_FOLDER = Path(__file__).resolve().parents[1] / "data"


def write(table):
    """Write data/<table>.csv.gz in the order of delivery, with bytes that depend only on the rows."""
    column = DELIVERED_AT[table]
    ordered = sorted(enumerate(rows[table]),
                     key=lambda item: (item[1].get(column) if isinstance(item[1].get(column), int) else BEGIN, item[0]))
    text = io.StringIO()
    lines = csv.DictWriter(text, COLUMNS[table], restval="", lineterminator="\n")
    lines.writeheader()
    lines.writerows(row for _, row in ordered)
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write(text.getvalue().encode("utf-8"))
    DATA_FOLDER.mkdir(parents=True, exist_ok=True)
    (DATA_FOLDER / f"{table}.csv.gz").write_bytes(packed.getvalue())
    print(f"{table:18} {len(rows[table]):7,} rows {len(packed.getvalue()):10,} bytes")
