"""The demo company: plausible at once, delivered as days pass, never mixed with real data."""

from datetime import date, timedelta

import pytest

from scripts.first_to_call import first_to_call
from tests.scoring_files import contact

TODAY = date.today()
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
SKIPPED = ("--exclude-resource-type", "test", "unit_test")


def count(project, table):
    return project.query(f"select count(*) as n from {table}")[0]["n"]


def marts(project):
    """The marts that follow from raw tables, configuration and day alone."""
    return {name: project.query(f"select * from marts.{name} order by all") for name in (
        "lead_scores", "lead_score_ledger", "rejected_rows", "row_counts")}


@pytest.mark.slow
def test_the_demo_is_scored_on_any_day_and_goes_on_as_days_pass(fresh, capfd):
    fresh.has_logs = True
    fresh.dbt("build", "--warn-error", *WITHOUT_UNIT_TESTS, variables={"as_of": str(TODAY)})
    said = capfd.readouterr().out
    for words in ("leads scored as of", "are MQL or SQL", "hot", "Raw rows:", "more reasons",
                  "acquisition: fitted by", "expansion: not fitted, too little data",
                  "Warning: the score of expansion ranks no better than chance: AUC 0.",
                  "Look next:"):
        assert words in said
    nodes = fresh.dbt("parse", variables={}).nodes.values()
    public = {node.unique_id for node in nodes if getattr(node, "access", None) == "public"
              and node.config.contract.enforced}
    assert len(public) > 20 and public == {
        node.unique_id for node in nodes
        if node.resource_type == "model" and node.schema == "marts"}
    assert public <= {node.attached_node for node in nodes
                      if getattr(node, "test_metadata", None)
                      and node.test_metadata.name in ("unique", "unique_combination")}
    calls = first_to_call(str(fresh.database), 5)
    assert len(calls) == 15 and calls[0].startswith("1. ")
    # By expected value, a lead worth more may come before one that its tier calls at once.
    assert any("Call at once" in call for call in calls[:9:3])
    assert any(word in calls[1] for word in ("score", "probability", "expected value", "Handed off"))
    assert "+" in calls[2]
    assert count(fresh, "marts.lead_scores") > 1000
    tiers = fresh.query("""
        select scoring_model, tier, avg(score) as mean_score
        from scoring.config_tiers
        left join marts.lead_scores using (scoring_model, tier)
        group by scoring_model, tier, tier_rank
        order by scoring_model, tier_rank""")
    assert [row for row in tiers if row["mean_score"] is None] == []  # somebody is in each
    assert tiers == sorted(tiers, key=lambda row: (row["scoring_model"], -row["mean_score"]))
    delivered = count(fresh, "raw_activity.web_events")

    fresh.build(TODAY + timedelta(days=7), demo_data=True)
    assert count(fresh, "raw_activity.web_events") > delivered
    incremental = marts(fresh)
    fresh.build(TODAY + timedelta(days=7), "--full-refresh", demo_data=True)
    assert marts(fresh) == incremental


def test_the_demo_command_prints_a_page_with_whom_to_call(demo):
    assert len(demo.printed.splitlines()) < 100
    for words in ("First to call", ": Call at once", "data tests, in", "schema marts"):
        assert words in demo.printed
    assert demo.query("select count(*) as n from marts.call_list")[0]["n"] > 100


@pytest.mark.slow
def test_raw_tables_of_a_user_are_not_touched(fresh):
    fresh.fill({"contacts": [contact("mine")]})
    fresh.dbt("build", *SKIPPED, variables={})
    assert fresh.query("select contact_id from raw_crm.contacts") == [{"contact_id": "mine"}]
    assert [row["lead_id"] for row in fresh.query("select * from marts.lead_scores")] == ["mine"]
