"""On DuckDB a run builds only the models of which the SQL, or what they read, has changed."""

from datetime import date, timedelta

import duckdb

from tests.scoring_files import VISIT, configuration, contact, criterion, event
from tests.test_marts_are_tables import marts_of

DAY = date(2026, 3, 2)
# They read raw tables, which nothing tells to be unchanged, or record when a run published.
ALWAYS_BUILT = {
    "int_activity_log", "int_contact_keys", "int_keys_to_erase", "int_named_rows_to_erase",
    "int_raw_batches", "int_requested_keys", "int_score_overrides", "lead_tiers", "rejected_rows",
    "row_counts", "stg_crm__company_versions", "stg_crm__contact_versions", "stg_crm__contacts",
    "stg_crm__deal_versions", "stg_crm__erasure_requests", "stg_erasure__salt",
    "what_if_trial_leads",
}


def rules(points):
    return configuration(activities=[VISIT], engagement_criteria=[criterion("visited", points)])


def built(results):
    """Names of the models that a run did not leave as they were."""
    return {result.node.name for result in results
            if result.node.resource_type == "model" and result.message != "UNCHANGED"}


def filled(project):
    """A project with two leads, which was built twice, so that nothing is left to change."""
    project.configure(rules(5))
    project.fill({"contacts": [contact("c1"), contact("c2")],
                  "web_events": [event(1, DAY), event(2, DAY, contact_id="c2")]})
    project.build(DAY)
    project.build(DAY)
    return project


def test_a_run_without_news_builds_what_reads_raw_tables(fresh):
    filled(fresh)
    before = marts_of(fresh.database)
    assert built(fresh.build(DAY)) <= ALWAYS_BUILT
    assert marts_of(fresh.database) == before


def test_what_changes_is_built_with_what_follows_from_it(fresh):
    filled(fresh)
    fresh.configure(rules(7))
    changed = built(fresh.build(DAY))
    assert {"config_engagement_criteria", "int_engagement_points", "lead_score_ledger",
            "lead_scores"} <= changed
    assert not {"fct_activity_daily", "int_people", "int_lead_attributes", "int_fit_points"} & changed
    assert {row["engagement_points"] for row in fresh.query(
        "select engagement_points from marts.lead_scores")} == {7}

    fresh.fill({"contacts": [contact("c1"), contact("c2")],
                "web_events": [event(1, DAY), event(2, DAY, contact_id="c2"),
                               event(3, DAY, contact_id="c2")]})
    changed = built(fresh.build(DAY))
    assert {"fct_activity_daily", "int_engagement_points", "lead_scores"} <= changed
    assert not {"config_engagement_criteria", "int_people", "int_fit_points"} & changed
    assert {"int_scoring_dates", "lead_scores"} <= built(fresh.build(DAY + timedelta(days=1)))


def test_a_table_that_lost_rows_is_built_again(fresh):
    """By hand, or with a file that somebody copied over it."""
    filled(fresh)
    before = marts_of(fresh.database)
    with duckdb.connect(str(fresh.database)) as connection:
        connection.execute("delete from marts.lead_score_ledger where lead_id = 'c2'")
        connection.execute("drop table scoring.int_people")
    changed = built(fresh.build(DAY))
    assert {"lead_score_ledger", "int_people"} <= changed
    assert "fct_activity_daily" not in changed
    assert marts_of(fresh.database) == before


def test_a_full_refresh_builds_every_table(fresh):
    filled(fresh)
    changed = built(fresh.build(DAY, "--full-refresh"))
    assert {"int_people", "fct_activity_daily", "lead_scores", "int_lead_profiles"} <= changed


def test_a_model_of_your_own_that_reads_the_time_is_built_by_each_run(own_project):
    model = own_project.folder / "models" / "intermediate" / "scoring" / "own_model.sql"
    model.write_text("select current_timestamp as built_at, as_of from {{ ref('int_scoring_dates') }}",
                     encoding="utf-8")
    own_project.fill({"contacts": [contact("c1")]})
    arguments = ["--select", "+own_model"]
    times = set()
    for _ in range(2):
        own_project.build(DAY, *arguments)
        times |= {row["built_at"] for row in own_project.query(
            "select built_at from scoring.own_model")}
    assert len(times) == 2
    model.write_text("select 1 as one_row, as_of from {{ ref('int_scoring_dates') }}", encoding="utf-8")
    own_project.manifests.clear()
    assert "own_model" in built(own_project.build(DAY, *arguments))
    assert "own_model" not in built(own_project.build(DAY, *arguments))
