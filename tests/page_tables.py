"""The tables of pages that show rows of the demo company: each stands below its SQL.

To write them anew after a change: python -m tests.page_tables, in the project's folder after
`make demo`.
"""

import re
import sys
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from tests.project import ROOT

PAGES = sorted(path for name in ("how_a_score_is_made", "how_to_tune")
               for path in (ROOT / "docs").glob(f"{name}*.md"))
BLOCK = re.compile(r"```sql\n(?P<sql>.*?)```\n+</details>\n\n(?P<table>(?:\|[^\n]*\|\n)+|<table>\n)", re.S)


@dataclass
class Table:
    """A table of a page: its SQL, and what the page shows."""

    sql: str
    shown: str


def tables(text):
    """The tables below SQL in a page: list of Table."""
    return [Table(found["sql"], found["table"]) for found in BLOCK.finditer(text)]


def cell(value):
    """A value as pages show it."""
    if isinstance(value, Decimal | float):
        return f"{value:,.9f}".rstrip("0").rstrip(".")
    return "" if value is None else f"{value:,}" if type(value) is int else str(value)


def rendered(sql, connection):
    """A query's rows as a Markdown table."""
    cursor = connection.execute(sql)
    header = [column[0] for column in cursor.description]
    is_number = [str(column[1]).startswith(("DECIMAL", "BIGINT", "INTEGER", "DOUBLE", "NUMBER", "HUGEINT"))
                 for column in cursor.description]
    lines = [header, ["---:" if number else "---" for number in is_number],
             *([cell(value) for value in row] for row in cursor.fetchall())]
    return "".join(f"| {' | '.join(line)} |\n".replace("|  |", "| |").replace("|  |", "| |")
                   for line in lines)


def main():
    with duckdb.connect(sys.argv[1] if len(sys.argv) > 1 else "lead_scoring.duckdb",
                        read_only=True) as connection:
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            written = BLOCK.sub(
                lambda found: found[0][:found.start("table") - found.start()]
                + rendered(found["sql"], connection), text)
            page.write_text(written, encoding="utf-8")
            print(f"{page.name}: {len(tables(written))} tables{'' if text == written else ', changed'}")


if __name__ == "__main__":
    main()
