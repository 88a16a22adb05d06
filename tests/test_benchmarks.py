"""The benchmark compares equal results: its query by hand gives the project's scores."""

import duckdb
import pytest

from benchmarks import by_hand
from benchmarks.raw_tables import DAYS, fill
from tests.project import Project

LEADS, EVENTS = 300, 2_000
AS_OF = "2025-12-31"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("benchmark") / "project")
    fill(project.database, LEADS, EVENTS)
    project.build_scores(AS_OF)
    return project


def test_by_hand_and_project_score_alike(project):
    with duckdb.connect(str(project.database), read_only=True) as connection:
        by_hand.score(connection, AS_OF)
        leads, agreeing = by_hand.agreement(connection)
        scores = connection.execute(
            "select count(distinct score) as scores from scores_by_hand").fetchone()[0]
    assert leads > LEADS / 2
    assert scores > 50
    assert agreeing == leads


@pytest.mark.parametrize("share, rows", [
    # What makes raw tables of real companies costly is in these, too.
    (0.5, "where contact_id is null and email is null"),
    (0.01, "where user_agent like '%bot%'"),
    (0.005, "where occurred_at < loaded_at - interval 1 day"),
    (0.003, "where event_id in (select event_id from raw_activity.web_events"
            " group by event_id having count(*) > 1)"),
])
def test_web_events_are_like_those_of_a_company(project, share, rows):
    found = project.query(f"select count(*) as n from raw_activity.web_events {rows}")[0]["n"]
    assert found > share * 0.7 * EVENTS


def test_contacts_have_versions_and_merges(project):
    [found] = project.query("""
        select count(*) as versions, count(distinct contact_id) as contacts,
            count(merged_into_contact_id) as merges, count(deleted_at) as deletions
        from raw_crm.contacts
    """)
    assert found["versions"] > 1.5 * found["contacts"]
    assert found["merges"] > 0
    assert found["deletions"] > 0


def test_a_further_day_is_what_a_longer_year_would_have_delivered(tmp_path):
    appended, at_once = tmp_path / "appended.duckdb", tmp_path / "at_once.duckdb"
    fill(appended, LEADS, EVENTS)
    fill(appended, LEADS, EVENTS, DAYS, DAYS + 1)
    fill(at_once, LEADS, EVENTS, 0, DAYS + 1)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{appended}' as appended; attach '{at_once}' as at_once")
        for table in ("raw_activity.web_events", "raw_activity.email_events", "raw_crm.contacts",
                      "raw_crm.deals", "raw_crm.sales_activities"):
            assert connection.execute(f"select count(*) from at_once.{table}").fetchone()[0] > 0
            for one, other in (("appended", "at_once"), ("at_once", "appended")):
                assert connection.execute(
                    f"from {one}.{table} except all from {other}.{table}").fetchall() == []
