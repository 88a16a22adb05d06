"""The selector hot: alerts, hand-offs and CRM changes, every few minutes."""

from datetime import timedelta

import pytest

from tests.scoring_files import VISIT, configuration, contact, criterion, event
from tests.test_marts_are_tables import marts_of
from tests.test_published_tiers import START, TIERS

BEFORE, NEXT = START - timedelta(days=1), START + timedelta(days=1)
RULES = configuration(
    activities=[VISIT, {"activity": "demo", "source": "web", "event_name": "demo_requested"}],
    engagement_criteria=[criterion("visited", 1, decay="half_life", decay_days=3),
                         criterion("asked", 75, activity="demo")],
    tiers=[{**TIERS[0], "response_minutes": "60"}, *TIERS[1:]])
CONTACTS = [contact("c1"), contact("c2")]
VISITS = [event(1, START), event(2, START, contact_id="c2")]
MARTS = {"call_capacity", "call_list", "crm_sync", "lead_score_changes", "lead_score_history",
         "lead_score_ledger", "lead_scores", "lead_tiers", "lead_values", "leads", "sales_handoffs",
         "score_alerts"}


def alerts(project):
    return [tuple(row.values()) for row in project.query(
        "select lead_id, crossing, tier, cause from marts.score_alerts order by all")]


def test_a_demo_request_is_told_with_the_next_run(fresh):
    """On a database in which nothing was built before; no mart is built that nobody waits for."""
    fresh.configure(RULES)
    fresh.fill({"contacts": CONTACTS, "web_events": VISITS})
    fresh.build_some("hot", BEFORE)
    assert alerts(fresh) == []
    assert marts_of(fresh.database).keys() == MARTS
    fresh.fill({"contacts": CONTACTS, "web_events": [
        *VISITS, event(3, START, "demo_requested", "14:00:00")]})
    fresh.build_some("hot", START)
    assert alerts(fresh) == [
        ("c1", "mql_score", "hot", "activity"), ("c1", "tier", "hot", "activity")]
    handoff, = fresh.query("select lead_id, tier, handed_off_at from marts.sales_handoffs")
    assert (handoff["lead_id"], str(handoff["handed_off_at"])) == ("c1", f"{START} 14:00:00")
    told = fresh.query("select tier, qualification from marts.crm_sync where lead_id = 'c1'")
    assert told == [{"tier": "hot", "qualification": "mql"}]
    called = fresh.query("select lead_id, ranked_by, due_at from marts.call_list")
    assert [(row["lead_id"], row["ranked_by"]) for row in called] == [("c1", "hand-off due")]
    assert called[0]["due_at"] is not None


@pytest.mark.slow
def test_marts_are_the_same_whether_or_not_it_ran_between_two_days(fresh):
    """It found a part of the second day's rows, with which scores differed but crossed no mark."""
    fresh.configure(RULES)
    fresh.fill({"contacts": CONTACTS, "web_events": VISITS})
    fresh.build(START)
    first_day = fresh.database.read_bytes()
    part = [*VISITS, event(3, NEXT)]
    whole = {"contacts": CONTACTS, "web_events": [
        *part, event(4, NEXT, "demo_requested", "14:00:00", contact_id="c2")]}
    fresh.fill(whole)
    fresh.build(NEXT)
    without = marts_of(fresh.database)
    fresh.database.write_bytes(first_day)
    fresh.fill({"contacts": CONTACTS, "web_events": part})
    fresh.build_some("hot", NEXT)
    assert marts_of(fresh.database)["lead_scores"] != without["lead_scores"]
    fresh.fill(whole)
    fresh.build(NEXT)
    assert len(without["score_alerts"]) == 2
    assert marts_of(fresh.database) == without
