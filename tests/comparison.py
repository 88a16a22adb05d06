"""Compare built marts with the results of the reference scorer."""

from collections import Counter
from decimal import Decimal

GRAINS = {
    "lead_scores": ("lead_id", "scoring_model"),
    "lead_score_ledger": ("lead_id", "scoring_model", "criterion"),
}
TOLERANCE = 1e-6


def differences(project, expected):
    """What the marts of a project have otherwise than the reference scorer, as list of text.

    expected: what reference.scorer.score returned for the same raw tables.
    """
    found = []
    for mart, grain in GRAINS.items():
        built = by_grain(project.query(f"select * from marts.{mart}"), grain)
        wanted = by_grain(expected[mart], grain)
        found += [f"{mart}: {key} should not be there" for key in sorted(built.keys() - wanted)]
        found += [f"{mart}: {key} is missing" for key in sorted(wanted.keys() - built)]
        for key in sorted(built.keys() & wanted):
            for column, value in wanted[key].items():
                if column in built[key] and not is_same(built[key][column], value):
                    found.append(
                        f"{mart}: {key} {column} is {built[key][column]}, should be {value}")
    counts = by_grain(project.query("select * from marts.row_counts"), ("source_table",))
    for table, wanted in expected["row_counts"].items():
        row = counts.get((table,))
        built = row and [row[name] for name in (
            "raw_rows", "used_rows", "superseded_rows", "rejected_rows", "erased_rows")]
        right = [wanted[name] for name in ("rows", "used", "superseded", "rejected", "erased")]
        if built != right and (built or wanted["rows"]):
            found.append(f"row_counts: {table} is {built}, should be {right}")
    return found + rejected_differences(project, expected)


def rejected_differences(project, expected):
    """Which rejected rows are more or fewer than they should be, as list of text.

    Reasons are worded otherwise. Rows whose key cannot be read are taken together: the mart has
    `row` and a checksum for a key, the reference scorer an empty text.
    """
    built, wanted = Counter(), Counter()
    for row in project.query("select * from marts.rejected_rows"):
        key = "" if row["row_key"].startswith("row ") else row["row_key"]
        built[row["source_table"], key] += row["row_count"]
    for row in expected["rejected_rows"]:
        wanted[row["source_table"], row["row_key"]] += row["row_count"]
    return [f"rejected_rows: {key} is {built[key]}, should be {wanted[key]}"
            for key in sorted(built.keys() | wanted.keys()) if built[key] != wanted[key]]


def by_grain(rows, grain):
    """Rows by their key: dict tuple -> row. Fails on two rows of one key."""
    result = {tuple(row[column] for column in grain): row for row in rows}
    assert len(result) == len(rows), f"two rows of one {grain}"
    return result


def is_same(built, wanted):
    """Whether two values are equal, numbers within the tolerance."""
    numbers = (Decimal, float, int)
    if isinstance(built, numbers) and isinstance(wanted, numbers):
        return abs(float(built) - float(wanted)) <= TOLERANCE * max(1, abs(float(wanted)))
    return built == wanted
