"""Fill the raw tables of a generated company, defined in raw_tables.sql.

Usage, from the project's root:
.venv/bin/python -m benchmarks.raw_tables DATABASE [--leads 30000] [--events 300000] [--days 0 365]

Days 0 to 365 are the year 2025; `--days 365 366` appends the first day of 2026 to them.
"""

import argparse
from pathlib import Path

import duckdb

DAYS = 365
MACROS = Path(__file__).with_name("raw_tables.sql")
QUERIES = {
    "raw_crm.companies": "companies_until({last})",
    "raw_crm.contacts": "contacts_between({first}, {last})",
    "raw_crm.deals": "deals_between({first}, {last})",
    "raw_crm.sales_activities": "sales_activities_between({first}, {last})",
    "raw_activity.web_events": "web_events_between({first}, {last})",
    "raw_activity.email_events": "email_events_between({first}, {last})",
    "raw_activity.product_events": "product_events_between({first}, {last})",
    "raw_activity.social_events": "social_events_between({first}, {last})",
}


def fill(database: str | Path, leads: int, events: int, first: int = 0, last: int = DAYS) -> None:
    """Make the raw tables in a DuckDB file, or append to them if first is not 0.

    leads, events: how many contacts there are at first and how many events a year. first, last: the
    days to deliver, counted from 2025-01-01, without last.
    """
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"set variable leads = {leads}")
        connection.execute(f"set variable events = {events}")
        connection.execute(MACROS.read_text(encoding="utf-8"))
        connection.execute("create schema if not exists raw_crm")
        connection.execute("create schema if not exists raw_activity")
        for table, query in QUERIES.items():
            rows = f"from {query.format(first=first, last=last)}"
            if first == 0:
                connection.execute(f"create or replace table {table} as {rows}")
            elif table != "raw_crm.companies":
                connection.execute(f"insert into {table} {rows}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("database")
    parser.add_argument("--leads", type=int, default=30_000)
    parser.add_argument("--events", type=int, default=300_000)
    parser.add_argument("--days", type=int, nargs=2, default=(0, DAYS), metavar=("FIRST", "LAST"))
    given = parser.parse_args()
    fill(given.database, given.leads, given.events, *given.days)


if __name__ == "__main__":
    main()
