"""Whole sequences of deliveries, edits and runs agree with the reference scorer.

They are the same ones each time; `.venv/bin/python -m tests.sequences --hours 2` runs others.
"""

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from tests.scoring_files import contact, event
from tests.sequences import STEPS, Company, Plan, changes, plans, play
from tests.traces import traces


@pytest.mark.check
def test_a_short_sequence_agrees_with_the_reference_scorer(fresh):
    play(Plan(world=42, contacts=8, rounds=[
        ([("deliver", 1), ("edit_rules", 2)], "plain"),
        ([("merge", 3), ("erase", 4), ("delete", 5), ("deliver", 6)], "plain")]), fresh)


@pytest.mark.slow
@pytest.mark.parametrize("count, most_rounds", [(2, 4), (20, 8)], ids=["some", "many and long"])
def test_any_sequence_agrees_with_the_reference_scorer(fresh, count, most_rounds):
    @settings(max_examples=count, derandomize=True, deadline=None, database=None,
              suppress_health_check=list(HealthCheck))
    @given(plans(most_rounds))
    def agrees(plan):
        play(plan, fresh)

    agrees()


def test_steps_do_what_they_are_for():
    """Without the project: random steps lead to everything that a run has to cope with."""
    found = Counter()
    for number in range(40):
        rng = random.Random(number)
        company = Company(Plan(number, 4 + number % 10, []))
        for _ in range(4):
            for name in rng.choices([*STEPS], k=8):
                STEPS[name](company, random.Random(rng.randrange(1000)))
            result = company.expected()
            company.note(result)
            found["leads"] += len(result["lead_scores"])
            found["overwritten"] += any(company.overwritten().values())
            found["tokens"] += len(company.erased)
            for table, counts in result["row_counts"].items():
                found |= Counter({f"{part} {table}": 1 for part in counts if counts[part]})
        remembered, company.remembered = company.remembered, set()
        found["evidence gone"] += company.expected()["erased_keys"] != remembered
        found["requests"] += len(company.raw["erasure_requests"])
    assert found["leads"] > 200 and found["overwritten"] > 20 and found["requests"] > 20
    assert found["tokens"] > 500 and found["evidence gone"] > 2
    assert sum(name.startswith("erased") for name in found) == 8  # all tables but companies


def test_traces_are_found_in_tables_views_and_files(fresh):
    fresh.fill({"contacts": [contact("needle"), contact("c2", email="Ann@Needle.example")],
                "web_events": [event(1, "2026-03-02")]})
    fresh.build_scores("2026-03-02")
    assert traces(fresh, []) == [] and traces(fresh, ["haystack"]) == []
    found = traces(fresh, ["haystack", "NEEDLE"])
    assert {"marts.lead_scores.lead_id", "scoring.stg_crm__contacts.email"} <= set(found)
    assert not any(place.startswith("raw_") for place in found)
    (fresh.folder / "logs" / "more.log").write_text("a haystack\n")
    (fresh.folder / "target" / "deep").mkdir()
    (fresh.folder / "target" / "deep" / "file").write_text("Haystack")
    assert traces(fresh, ["haystack"]) == ["logs/more.log", "target/deep/file"]


def test_changes_are_told():
    before = {"a": [{"n": 1.0}, {"n": 2.0}], "b": []}
    assert changes(before, {"a": [{"n": 1.0}, {"n": 2.0 + 1e-9}], "b": []}) == []
    assert len(changes(before, {"a": [{"n": 1.1}, {"n": 2.1}], "b": [{"n": 1}]})) == 3
