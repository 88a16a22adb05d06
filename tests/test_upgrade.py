"""A database as version 1.5.1 left it keeps what was published."""

from datetime import timedelta

import duckdb
import pytest

from tests.scoring_files import contact
from tests.test_hot import RULES
from tests.test_marts_are_tables import marts_of
from tests.test_published_tiers import START
from tests.scoring_files import event

NEXT = START + timedelta(days=1)
# Marts that were views, the private tables in which their rows were, and columns that were of
# another type there.
KEPT_IN = {
    "lead_score_history": ("published_scores", {}),
    "lead_score_changes": ("published_changes", {}),
    "score_alerts": ("published_alerts", {"response_minutes": "integer"}),
    "sales_handoffs": ("published_handoffs", {}),
}
RETIRED = ("connected_leads", "handoff_deadlines", "handoff_moments", "handoff_responses",
           "lead_payloads", "weekly_qualified_leads")
