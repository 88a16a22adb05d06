"""Freshness of the raw tables: the result of `dbt source freshness` for each state they can be in."""

from datetime import datetime, timedelta, timezone

import pytest

from tests.project import BuildFailed

NOW = datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)


def event(age, **given):
    """A web event that was delivered a number of days ago, or at a time told as text."""
    delivered_at = age if isinstance(age, str) else str(NOW - timedelta(days=age))
    return {"event_id": "w1", "anonymous_id": "a1", "event_name": "page_viewed",
            "occurred_at": delivered_at, "loaded_at": delivered_at, **given}


def freshness(project, demo_data=False):
    """The status of each raw table by its name, for a run that finds none stale."""
    results = project.dbt("source", "freshness", variables={"demo_data": demo_data}).results
    return {result.node.name: str(result.status) for result in results
            if result.node.resource_type == "source"}


@pytest.mark.parametrize(("ages", "status"), [
    ([0.1], "pass"),
    ([2], "warn"),
    ([9, 0.1, "soon"], "pass"),  # as text, "soon" is the latest
    ([str(NOW - timedelta(hours=3)) + "+00:00"], "pass"),
])
def test_the_latest_readable_delivery_counts(fresh, ages, status):
    fresh.fill({"web_events": [event(age) for age in ages]})
    assert freshness(fresh)["web_events"] == status


@pytest.mark.parametrize("ages", [
    [4],
    ["soon"],
    [4, -30],  # a date in the future hides nothing
])
def test_stale_rows_fail_the_check(fresh, ages):
    fresh.fill({"web_events": [event(age) for age in ages]})
    with pytest.raises(BuildFailed, match="web_events"):
        freshness(fresh)


def test_timestamps_are_read_as_they_are(fresh):
    fresh.fill({"web_events": [event(0, loaded_at=NOW - timedelta(days=2))]})
    assert freshness(fresh)["web_events"] == "warn"


def test_an_absent_and_an_empty_table_cannot_be_stale(fresh):
    fresh.fill({"web_events": [event(0.1)]}, {"email_events": ["event_id", "loaded_at"]})
    checked = freshness(fresh)
    assert checked.pop("web_events") == "pass"
    assert set(checked) == {"contacts", "companies", "deals", "sales_activities", "email_events",
                            "social_events", "product_events"}
    assert set(checked.values()) == {"pass"}


def test_tables_that_people_fill_may_rest_over_a_long_weekend(fresh):
    fresh.fill({
        "contacts": [{"contact_id": "c1", "updated_at": str(NOW - timedelta(days=4))}],
        "sales_activities": [{"sales_activity_id": "s1", "loaded_at": str(NOW - timedelta(days=2))}],
        "erasure_requests": [{"contact_id": "c1", "requested_at": "2020-01-01"}],
    })
    checked = freshness(fresh)
    assert (checked["contacts"], checked["sales_activities"]) == ("warn", "pass")
    assert "erasure_requests" not in checked


def test_the_demo_is_delivered_before_it_is_checked(fresh):
    assert set(freshness(fresh, demo_data=True).values()) == {"pass"}
    assert fresh.query("select count(*) as n from raw_activity.web_events")[0]["n"] > 1000
