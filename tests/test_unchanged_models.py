"""On DuckDB a run builds only models whose SQL or inputs have changed."""

from datetime import date, timedelta

import duckdb
import pytest

from tests.scoring_files import VISIT, configuration, contact, criterion, event
from tests.test_marts_are_tables import marts_of

DAY = date(2026, 3, 2)
NEXT = DAY + timedelta(days=1)
# They read raw activity or a random value, or record when a run published.
ALWAYS_BUILT = {"int_raw_batches", "lead_tiers", "stg_erasure__salt", "what_if_trial_leads"}


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


def test_a_run_without_news_builds_hardly_anything(fresh):
    filled(fresh)
    before = marts_of(fresh.database)
    assert built(fresh.build(DAY)) <= ALWAYS_BUILT
    assert marts_of(fresh.database) == before


def test_running_a_day_again_repeats_no_work(fresh):
    """Not even that of publishing the day."""
    fresh.configure(rules(5))
    fresh.fill({"contacts": [contact("c1"), contact("c2")], "web_events": [event(1, DAY)]})
    fresh.publish(DAY)
    fresh.fill({"contacts": [contact("c1"), contact("c2")],
                "web_events": [event(1, DAY), event(2, NEXT)]})
    fresh.publish(NEXT)
    # The log is asked once more which days of delivery changed.
    assert built(fresh.publish(NEXT)) <= ALWAYS_BUILT | {"int_activity_log"}
    assert built(fresh.publish(NEXT)) <= ALWAYS_BUILT


def test_a_cell_of_an_activity_without_loaded_at_that_changes_in_place_is_seen(fresh):
    """Without loaded_at, nothing else says that the row is another one; it is rejected, and shown."""
    fresh.configure(rules(5))
    fresh.fill({"contacts": [contact("c1")], "web_events": [
        event(1, DAY), {**event(2, DAY, page_path="/first"), "loaded_at": None}]})
    for _ in range(3):
        unchanged = built(fresh.build(DAY))
    assert unchanged <= ALWAYS_BUILT
    fresh.fill({"contacts": [contact("c1")], "web_events": [
        event(1, DAY), {**event(2, DAY, page_path="/other"), "loaded_at": None}]})
    assert {"int_activity_log", "rejected_rows"} <= built(fresh.build(DAY))
    [row] = fresh.query("select raw_row from marts.rejected_rows")
    assert "/other" in row["raw_row"]


def test_a_cell_of_the_crm_that_changes_in_place_is_seen(fresh):
    filled(fresh)
    fresh.fill({"contacts": [contact("c1", job_title="Buyer"), contact("c2")],
                "web_events": [event(1, DAY), event(2, DAY, contact_id="c2")]})
    assert {"stg_crm__contact_versions", "leads"} <= built(fresh.build(DAY))
    assert {row["job_title"] for row in fresh.query("select job_title from marts.leads")} == {
        "Buyer", None}


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
    assert {"int_scoring_dates", "lead_scores"} <= built(fresh.build(NEXT))


def test_the_configuration_is_checked_again_only_after_an_edit(fresh):
    def checked():
        results = fresh.dbt("build", "--select", "path:seeds", "+configuration_check",
                            variables=fresh.variables(DAY, {})).results
        return "configuration_errors" in built(results)

    fresh.configure(rules(5))
    fresh.fill({"contacts": [contact("c1")]})
    assert [checked(), checked()] == [True, False]
    fresh.configure(rules(7))
    assert checked()


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_full_refresh_builds_every_table(fresh):
    filled(fresh)
    changed = built(fresh.build(DAY, "--full-refresh"))
    assert {"int_people", "fct_activity_daily", "lead_scores", "int_lead_profiles"} <= changed


@pytest.mark.slow
def test_columns_that_change_places_are_a_change(fresh):
    """As by a header of a file: the rows are the same ones."""
    filled(fresh)
    path = fresh.folder / "seeds" / "scoring" / "scoring_models.csv"
    text = path.read_text(encoding="utf-8")
    assert "fit_weight,engagement_weight" in text
    path.write_text(text.replace("fit_weight,engagement_weight", "engagement_weight,fit_weight", 1),
                    encoding="utf-8")
    assert {"config_scoring_models", "lead_scores"} <= built(fresh.build(DAY))


@pytest.mark.slow
def test_hooks_are_run_when_they_change(own_project):
    model = own_project.folder / "models" / "intermediate" / "scoring" / "own_model.sql"
    own_project.fill({"contacts": [contact("c1")]})
    for file in ("first.csv", "second.csv"):
        written = own_project.folder / file
        model.write_text(
            "{{ config(post_hook=\"copy {{ this }} to '" + str(written) + "'\") }}\n"
            "select as_of from {{ ref('int_scoring_dates') }}", encoding="utf-8")
        own_project.manifests.clear()
        own_project.build(DAY, "--select", "+own_model")
        assert written.exists()


@pytest.mark.slow
def test_large_tables_are_told_by_their_last_build(own_project, fresh):
    """Every table counts as large: runs, edits and erasures end where they end with small ones."""
    size = own_project.folder / "macros" / "engine" / "model_builds.sql"
    text = size.read_text(encoding="utf-8")
    assert text.count("return(10000)") == 1
    size.write_text(text.replace("return(10000)", "return(0)"), encoding="utf-8")
    marts = []
    for project in (own_project, fresh):
        filled(project)
        project.configure(rules(7))
        project.build(DAY)
        raw = {"contacts": [contact("c1", email="c1@a.com"), contact("c2"), contact("c3")],
               "web_events": [event(1, DAY), event(2, DAY, contact_id="c2"),
                              event(3, NEXT, contact_id="c3")],
               "erasure_requests": [
                   {"contact_id": "c2", "email": None, "requested_at": f"{NEXT} 08:00:00"}]}
        project.fill(raw)
        project.build(NEXT)
        project.build(NEXT)  # tables that an erasure took rows from are rebuilt once more
        changed = built(project.build(NEXT))
        assert "lead_scores" not in changed and "fct_activity_daily" not in changed
        marts.append(marts_of(project.database))
    assert marts[0] == marts[1]


@pytest.mark.slow
def test_a_score_kept_by_hand_leaves_what_the_crm_waits_for(own_project):
    """A run for an earlier day publishes nothing; a hook changes the payloads in place."""
    size = own_project.folder / "macros" / "engine" / "model_builds.sql"
    size.write_text(size.read_text(encoding="utf-8").replace("return(10000)", "return(1)"),
                    encoding="utf-8")
    filled(own_project)
    own_project.build(DAY - timedelta(days=1))
    waiting = "select lead_id from marts.crm_sync order by all"
    assert [row["lead_id"] for row in own_project.query(waiting)] == ["c1", "c2"]
    own_project.fill({
        "contacts": [contact("c1", score_override="yes"), contact("c2", score_override=None)],
        "web_events": [event(1, DAY), event(2, DAY, contact_id="c2")]})
    own_project.build(DAY - timedelta(days=1))
    assert [row["lead_id"] for row in own_project.query(waiting)] == ["c2"]


@pytest.mark.slow
def test_a_full_refresh_repairs_what_was_changed_by_hand(own_project):
    """A large table whose number of rows is as it was, and what is kept of it by a full refresh."""
    folder = own_project.folder / "models" / "intermediate" / "scoring"
    (folder / "own_table.sql").write_text(
        "select range as number, 1 as value from {{ ref('int_scoring_dates') }}, range(20000)",
        encoding="utf-8")
    history = folder / "own_history.sql"
    history.write_text(
        "{{ config(materialized='incremental', incremental_strategy='delete+insert',"
        " unique_key='name', full_refresh=false) }}\n"
        "select 'sum' as name, sum(value) as total from {{ ref('own_table') }}", encoding="utf-8")
    own_project.fill({"contacts": [contact("c1")]})
    arguments = ["--select", "+own_history"]
    total = "select total from scoring.own_history"
    own_project.build(DAY, *arguments)
    own_project.build(DAY, *arguments)
    with duckdb.connect(str(own_project.database)) as connection:
        connection.execute("update scoring.own_table set value = 2")
    history.write_text(history.read_text(encoding="utf-8") + " where true", encoding="utf-8")
    own_project.manifests.clear()
    own_project.build(DAY, *arguments)
    assert own_project.query(total) == [{"total": 40000}]
    own_project.build(DAY, *arguments, "--full-refresh")
    assert own_project.query(total) == [{"total": 20000}]


@pytest.mark.slow
@pytest.mark.parametrize("time", ["current_timestamp", "get_current_timestamp()", "now()"])
def test_a_model_of_your_own_that_reads_the_time_is_built_by_each_run(own_project, time):
    model = own_project.folder / "models" / "intermediate" / "scoring" / "own_model.sql"
    model.write_text(f"select {time} as built_at, as_of from " "{{ ref('int_scoring_dates') }}",
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
