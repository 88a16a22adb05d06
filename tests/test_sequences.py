"""Whole sequences of deliveries, edits and runs agree with the reference scorer.

LEAD_SCORING_SEQUENCES sets how many (default 5). They are the same ones each time;
`.venv/bin/python -m tests.sequences --hours 2` plays others.
"""

import os

from hypothesis import HealthCheck, given, settings

from tests.sequences import play, plans

SEQUENCES = int(os.environ.get("LEAD_SCORING_SEQUENCES", "5"))


def test_any_sequence_agrees_with_the_reference_scorer(project):
    @settings(max_examples=SEQUENCES, derandomize=True, deadline=None, database=None,
              suppress_health_check=list(HealthCheck))
    @given(plans())
    def agrees(plan):
        play(plan, project)

    try:
        agrees()
    finally:
        project.forget()
        project.restore()
