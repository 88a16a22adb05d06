"""Small versions of failures that random sequences found."""

import pytest

from tests.scoring_files import VISIT, configuration, contact, criterion, event
from tests.traces import traces

DAY = "2026-03-31"


@pytest.mark.slow
def test_staging_shows_nothing_of_a_row_that_is_erased_by_its_address(fresh):
    """The row has a contact_id, which no contact known by then has, so it goes by its address."""
    fresh.configure(configuration(activities=[VISIT], engagement_criteria=[criterion("v", 1)]))
    fresh.fill({
        "contacts": [contact("zoe", email="zoe@x.example"), contact("ann", email="ann@x.example")],
        "product_events": [{**event("zoelogin", "2026-03-01", "logged_in"),
                            "contact_id": "zoeapp", "email": "zoe@x.example"}],
        "erasure_requests": [{"contact_id": "zoe", "email": None,
                              "requested_at": "2026-03-20 12:00:00"}]})
    fresh.build_scores(DAY)
    counts = {row["source_table"]: row["erased_rows"]
              for row in fresh.query("select * from marts.row_counts")}
    assert counts["product_events"] == 1
    assert traces(fresh, ["zoe"]) == []


@pytest.mark.slow
def test_a_row_that_forgot_an_address_goes_when_its_contact_is_deleted(fresh):
    """As long as Ann is known the row is hers; without her it is Zoe's, in a full refresh, too."""
    fresh.configure(configuration(activities=[VISIT], engagement_criteria=[criterion("v", 1)]))
    zoe, ann = contact("zoe", email="zoe@x.example"), contact("ann")
    raw_tables = {
        "contacts": [zoe, ann],
        "web_events": [
            {**event(1, "2026-03-01"), "contact_id": "ann", "email": "zoe@x.example",
             "anonymous_id": "phone"},
            {**event(2, "2026-03-02"), "contact_id": None, "email": None,
             "anonymous_id": "phone"}],
        "erasure_requests": [{"contact_id": "zoe", "email": None,
                              "requested_at": "2026-03-20 12:00:00"}]}

    def web_rows():
        return [(row["used_rows"], row["erased_rows"]) for row in fresh.query(
            "select * from marts.row_counts where source_table = 'web_events'")]

    fresh.fill(raw_tables)
    fresh.build_scores(DAY)
    assert web_rows() == [(2, 0)]
    fresh.fill({**raw_tables, "contacts": [zoe]})
    fresh.build_scores(DAY)
    assert web_rows() == [(0, 2)]
    fresh.build_scores(DAY, "--full-refresh")
    assert web_rows() == [(0, 2)]
