"""Print whom to call first, and why: the first rows of marts.call_list.

Usage: first_to_call.py [number of leads; default: 10]. It reads the DuckDB file in the environment
variable LEAD_SCORING_DUCKDB_PATH (default: lead_scoring.duckdb).
"""

import os
import sys
from pathlib import Path

import duckdb

QUERY = """
    select overall_rank, name, company_name, lead_id, owner_id, action, order_reason, reasons
    from marts.call_list
    where overall_rank <= ?
    order by overall_rank
"""


def first_to_call(database: str | Path, number: int = 10) -> list[str]:
    """The first leads of the call list as text (list of str), three lines for each.

    database: path of the DuckDB file; number: how many leads.
    """
    with duckdb.connect(database, read_only=True) as connection:
        leads = connection.execute(QUERY, [number]).fetchall()
    lines = []
    for rank, name, company, lead_id, owner, action, order_reason, reasons in leads:
        who = f"{name or 'No name'} of {company}" if company else name or "No name"
        lines.append(f"{rank}. {who} ({lead_id}, {f'owner {owner}' if owner else 'no owner'}):"
                     f" {action or 'no action in tiers.csv'}")
        lines += [f"    {order_reason}", f"    {reasons}"]
    return lines


def main() -> None:
    database = os.environ.get("LEAD_SCORING_DUCKDB_PATH", "lead_scoring.duckdb")
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    lines = first_to_call(database, number)
    print("First to call" if lines else "There are no leads to call.")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
