"""Why published points moved, compared with the reference scorer's results for both days."""

import copy
import random
from datetime import timedelta
from fractions import Fraction

import pytest

from tests.reference.changes import score_changes
from tests.reference.random_worlds import SEEDS, random_world
from tests.reference.scorer import number_in, score
from tests.suites import worlds
from tests.test_laws import given

TOLERANCE = Fraction(2, 1_000_000)  # of the difference of two points
CAUSES = {"merge", "rules", "attribute", "new_activity", "decay", "limit"}


def edited(rules):
    """A configuration of which every third criterion and every limit gives something else."""
    rules = copy.deepcopy(rules)
    for file in ("fit_criteria", "engagement_criteria"):
        for row in rules[file][::3]:
            row["points"] = "-3" if number_in(row, "points") < 0 else "7"
    for row in rules["category_limits"]:
        if row.get("max_points"):
            row["max_points"] = str(float(number_in(row, "max_points")) + 1)
    return rules


@pytest.mark.parametrize("seed", worlds(12, 15))
def test_changes_of_a_random_company(fresh, seed):
    """Published before some rows came; with more rows and other rules; with all rows, later."""
    raw_tables, rules, as_of, options = random_world(seed, contacts=25, erasures=False)
    rng = random.Random(seed)
    early, some = {}, {}
    for table, rows in raw_tables.items():
        moments = [rng.random() for _ in rows]
        early[table], some[table] = (
            [row for row, moment in zip(rows, moments) if moment < end] for end in (0.75, 0.9))
    columns = {table: list(rows[0]) for table, rows in raw_tables.items() if rows}
    rounds = [(as_of - timedelta(days=25), early, rules), (as_of, some, edited(rules)),
              (as_of + timedelta(days=12), raw_tables, edited(rules))]
    published, causes = None, set()
    for number, (day, rows, configuration) in enumerate(rounds):
        fresh.configure(configuration)
        fresh.fill(rows, columns)
        fresh.publish(day, **given(options))
        today = score(rows, configuration, day, options, SEEDS)
        if number:
            from_day, _, rules_before = rounds[number - 1]
            known_now = score(rows, configuration, from_day, options, SEEDS)
            wanted = score_changes(published, known_now, today, from_day, rules_before,
                                   configuration)
            found = {(row["lead_id"], row["scoring_model"], row["cause"], row["criterion"]):
                     Fraction(row["points_change"]) for row in fresh.query(
                         f"select * from marts.lead_score_changes where to_date = '{day}'")}
            assert len(found) > 20
            assert {key: (found.get(key), wanted.get(key)) for key in found.keys() | wanted.keys()
                    if abs(found.get(key, 0) - wanted.get(key, 0)) > TOLERANCE} == {}
            causes |= {cause for _, _, cause, _ in found}
        published = today
    assert causes == CAUSES
