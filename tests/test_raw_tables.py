"""Raw tables as badly kept as real ones: nothing fails, nothing is lost silently."""

import json

import duckdb
import pytest

from tests.project import BuildFailed
from tests.scoring_files import VISIT, configuration, contact, criterion, event

DAY = "2026-03-02"
SIMPLE = configuration(activities=[VISIT], engagement_criteria=[criterion("visited", 5)])


def test_bad_rows_are_rejected_and_counts_close(fresh):
    """Null ids, unreadable times, unknown types, repeats and corrections, in one run with dbt's
    own tests (row_counts closes, the ledger adds up), and again in a second run.
    """
    good = event(1, DAY)
    fresh.configure(SIMPLE)
    fresh.fill({
        "contacts": [
            contact("c1"), contact("c1"), contact("c2", updated_at="yesterday"),
            contact("N/A"), contact(None), contact("c3", created_at="soon")],
        "companies": [{"company_id": "k1", "updated_at": "2026-01-01", "employee_count": "many"},
                      {"company_id": None, "updated_at": "2026-01-01"}],
        "deals": [{"deal_id": "d1", "created_at": "-", "updated_at": "2026-01-01"},
                  {"deal_id": "d2", "created_at": "2026-01-01", "updated_at": "2026-01-01"}],
        "sales_activities": [
            {"sales_activity_id": "s1", "contact_id": "c1", "kind": "fax",
             "occurred_at": DAY, "loaded_at": DAY},
            {"sales_activity_id": "s2", "contact_id": "unknown", "kind": "call",
             "occurred_at": DAY, "loaded_at": DAY}],
        "erasure_requests": [{"contact_id": None, "email": None, "requested_at": DAY},
                             {"contact_id": "gone", "email": None, "requested_at": "never"}],
        "web_events": [
            good, good,
            {**good, "loaded_at": "2026-03-03 00:00:00"},
            {**event(2, DAY), "occurred_at": "not a time"},
            {**event(3, DAY), "loaded_at": None},
            {**event(4, DAY), "contact_id": "select"},
            {**event(5, DAY), "event_id": None}, {**event(5, DAY), "event_id": None},
            {**event(6, DAY), "event_name": " "},
            # A correction that cannot be read supersedes nothing.
            event(7, DAY), {**event(7, DAY), "loaded_at": "2026-03-09", "occurred_at": "?"}],
        "email_events": [{**event(1, DAY, "teleported")}, {**event(2, DAY, "Opened")}],
        "social_events": [event(1, DAY, "poked"), event(2, DAY, "shared")],
        "product_events": [{**event(1, DAY, "anything_at_all"), "quantity": "NaN"}]})
    for _ in range(2):
        fresh.build_and_test(DAY)
        rejected = {
            (row["source_table"], row["row_key"] if row["row_key"][:3] != "row" else "row",
             row["reason"]): row["row_count"]
            for row in fresh.query("select * from marts.rejected_rows")}
        assert rejected == {
            ("contacts", "c2", "updated_at is missing or unreadable"): 1,
            ("contacts", "row", "contact_id is missing"): 1,
            ("contacts", "c3", "created_at is missing or unreadable"): 1,
            ("companies", "row", "company_id is missing"): 1,
            ("deals", "d1", "created_at is missing or unreadable"): 1,
            ("sales_activities", "s2", "no contact_id and no email"): 1,
            ("erasure_requests", "row", "no contact_id and no email"): 1,
            ("erasure_requests", "gone", "requested_at is missing or unreadable"): 1,
            ("web_events", "e2", "occurred_at is missing or unreadable"): 1,
            ("web_events", "e3", "loaded_at is missing or unreadable"): 1,
            ("web_events", "e4", "no contact_id, no email and no anonymous_id"): 1,
            ("web_events", "row", "event_id is missing"): 2,
            ("web_events", "e6", "event_name is missing"): 1,
            ("web_events", "e7", "occurred_at is missing or unreadable"): 1,
            ("email_events", "e1", "event_name is none of sent, delivered, opened, clicked, "
                                   "bounced, unsubscribed, subscribed, complained"): 1,
            ("social_events", "e1", "event_name is none of page_visited, followed, commented, "
                                    "shared, connected, replied"): 1,
        }
        counts = {row["source_table"]: row for row in fresh.query("select * from marts.row_counts")}
        web = counts["web_events"]
        assert (web["raw_rows"], web["used_rows"], web["superseded_rows"],
                web["rejected_rows"]) == (11, 2, 2, 7)
        for row in counts.values():
            assert row["raw_rows"] == (row["used_rows"] + row["superseded_rows"]
                                       + row["rejected_rows"] + row["erased_rows"])
        points = fresh.query("select points, occurrences from marts.lead_score_ledger")
        assert [(float(row["points"]), row["occurrences"]) for row in points] == [(10, 2)]
    broken = fresh.query("select raw_row from marts.rejected_rows where row_key = 'e2'")[0]
    assert json.loads(broken["raw_row"])["occurred_at"] == "not a time"


def test_tables_without_optional_columns_or_rows_or_not_there_at_all(fresh):
    fresh.configure(SIMPLE)
    fresh.fill(
        {"contacts": [{"contact_id": 7, "created_at": "2026-01-01", "updated_at": "2026-01-01"}],
         "web_events": [{"event_id": 1, "event_name": "page_viewed", "contact_id": 7,
                         "occurred_at": DAY, "loaded_at": DAY}]},
        columns={"email_events": ["event_id", "event_name", "occurred_at", "loaded_at"]})
    fresh.build_and_test(DAY)
    rows = fresh.query("select lead_id, engagement_points from marts.lead_scores")
    assert [(row["lead_id"], float(row["engagement_points"])) for row in rows] == [("7", 5)]


def test_empty_raw_tables_score_nobody(fresh):
    fresh.configure(SIMPLE)
    fresh.fill({}, columns={"contacts": ["contact_id", "created_at", "updated_at"]})
    fresh.build_and_test(DAY)
    assert fresh.query("select * from marts.lead_scores") == []


def test_no_raw_table_at_all_is_a_clear_error(fresh):
    with pytest.raises(BuildFailed, match="There is no raw table to score: fill the schemas"):
        fresh.build_scores(DAY)


@pytest.mark.slow
def test_a_loader_that_overwrites_rows_makes_no_version_forgotten(fresh):
    """The job title of a past day is known although its row is gone, after a full refresh too;
    a contact without any row left goes.
    """
    fresh.configure(configuration(fit_criteria=[{
        "criterion": "chief", "category": "role", "attribute": "job_title",
        "operator": "equals", "value": "CEO", "points": "1"}]))
    other = contact("c2")
    first = contact("c1", updated_at="2026-02-01", job_title="CEO")
    fresh.fill({"contacts": [first, other]})
    fresh.build_scores("2026-02-10")
    fresh.fill({"contacts": [{**first, "updated_at": "2026-03-01", "job_title": "Pilot"}, other]})
    for flags in ([], ["--full-refresh"]):
        fresh.build_scores("2026-03-10", *flags)
        assert fresh.query("select * from marts.lead_score_ledger") == []
        fresh.build_scores("2026-02-10", *flags)
        assert len(fresh.query("select * from marts.lead_score_ledger")) == 1
    fresh.fill({"contacts": [other]})
    fresh.build_scores("2026-02-10")
    assert [row["lead_id"] for row in fresh.query("select * from marts.lead_scores")] == ["c2"]


@pytest.mark.slow
def test_spellings_of_names_ids_and_times_of_other_peoples_loaders(fresh):
    """Odd column names, ids and truth values as floats, offsets, tables named in capitals."""
    fresh.configure(configuration(
        activities=[VISIT], engagement_criteria=[criterion("visited", 5)],
        fit_criteria=[
            {"criterion": "confirmed", "category": "budget", "attribute": "budget_confirmed",
             "operator": "is_true", "points": "1"},
            {"criterion": "domain", "category": "company", "attribute": "domain",
             "operator": "equals", "value": "acme.com", "points": "2"}]))
    fresh.fill({
        "contacts": [{"contact_id": 1, "company_id": 5.0, "budget_confirmed": 1.0,
                      "created_at": "2026-01-01T08:00Z", "updated_at": "2026-01-01 08:00:00 +02:00",
                      "we'ird name": "x"}],
        "companies": [{"company_id": 5, "domain": "https://www.Acme.com/en",
                       "updated_at": "2026-01-01"}],
        "web_events": [{"event_id": 1.0, "contact_id": 1.0, "event_name": "page_viewed",
                        "occurred_at": "2026-03-02T23:30-05:00", "loaded_at": "2026-03-03t05:00z"}]})
    with duckdb.connect(str(fresh.database)) as connection:
        connection.execute("alter table raw_activity.web_events rename to \"WEB_Events_2\"")
        connection.execute("alter table raw_activity.\"WEB_Events_2\" rename to \"Web_Events\"")
    fresh.build_and_test("2026-03-02")
    points = {row["criterion"] for row in fresh.query("select * from marts.lead_score_ledger")}
    assert points == {"confirmed", "domain"}  # the visit was on 3 March in UTC
    fresh.build_scores("2026-03-03")
    points = {row["criterion"] for row in fresh.query("select * from marts.lead_score_ledger")}
    assert points == {"confirmed", "domain", "visited"}


@pytest.mark.slow
def test_rows_without_a_time_of_delivery_are_compared_each_time(fresh):
    bad = {**event(1, DAY), "loaded_at": None}
    fresh.configure(SIMPLE)
    fresh.fill({"contacts": [contact("c1")], "web_events": [bad, event(2, DAY)]})
    fresh.build_scores(DAY)
    fresh.fill({"contacts": [contact("c1")],
                "web_events": [{**bad, "event_id": "e9"}, event(2, DAY)]})
    fresh.build_scores(DAY)
    assert [row["row_key"] for row in fresh.query("select * from marts.rejected_rows")] == ["e9"]


def test_a_missing_required_column_stops_the_run_before_anything_is_written(fresh):
    """Renamed or empty for one run: what was kept stays."""
    fresh.configure(SIMPLE)
    fresh.fill({"contacts": [contact("N/A"), contact("N/A")]})
    with pytest.raises(BuildFailed, match="The column contact_id of the raw table raw_crm.contacts"):
        fresh.build_scores(DAY)
    good = {"contacts": [contact("c1"), contact("c2")], "web_events": [event(1, DAY)]}
    fresh.fill(good)
    fresh.build_scores(DAY)
    kept = fresh.query("select * from scoring.stg_crm__contact_versions order by contact_id")
    for table, column, message in (
            ("contacts", "contact_id", "The raw table raw_crm.contacts has no column contact_id"),
            ("web_events", "occurred_at", "raw_activity.web_events has no column occurred_at")):
        fresh.fill({**good, table: [
            {("old_" if name == column else "") + name: value for name, value in row.items()}
            for row in good[table]]})
        with pytest.raises(BuildFailed, match=message):
            fresh.build_scores(DAY)
    for value, column in ((None, "contact_id"), ("N/A", "contact_id"), ("soon", "updated_at")):
        fresh.fill({**good, "contacts": [{**row, column: value} for row in good["contacts"]]})
        with pytest.raises(BuildFailed, match=f"The column {column} of the raw table raw_crm.contacts"):
            fresh.build_scores(DAY)
    fresh.fill({**good, "email_events": [event(number, DAY, name) for number, name in enumerate(
        ["open", "bounce", "click"] * 4)]})
    with pytest.raises(BuildFailed, match="The column event_name of the raw table raw_activity.email"):
        fresh.build_scores(DAY)
    assert fresh.query("select * from scoring.stg_crm__contact_versions order by contact_id") == kept


def test_a_table_that_lost_most_of_its_rows_stops_the_run(fresh):
    fresh.configure(SIMPLE)
    fresh.fill({"contacts": [contact(f"c{number}") for number in range(12)],
                "web_events": [event(number, DAY) for number in range(12)]})
    fresh.build_scores(DAY)
    fresh.fill({"contacts": [contact(f"c{number}") for number in range(12)],
                "web_events": [event(number, DAY) for number in range(5)]})
    with pytest.raises(BuildFailed, match="raw_activity.web_events has 5 rows where the project holds 12"):
        fresh.build_scores(DAY, allowed_shrinkage=0.5)
    fresh.fill({"contacts": [contact(f"c{number}") for number in range(5)],
                "web_events": [event(number, DAY) for number in range(12)]})
    with pytest.raises(BuildFailed, match="raw_crm.contacts has 5 contact_ids"):
        fresh.build_scores(DAY, allowed_shrinkage=0.5)
    fresh.build_scores(DAY)
    assert len(fresh.query("select * from marts.lead_scores")) == 5


def test_control_characters_are_cut_and_join_nothing(fresh):
    """Two kinds of event whose texts differ only by where a unit separator stands; an id that is
    only a record separator; times at the edges of the calendar.
    """
    fresh.configure(SIMPLE)
    fresh.fill({
        "contacts": [contact("c1"), contact("c2", deleted_at="9999-12-31")],
        "web_events": [
            {**event(1, DAY), "utm_source": "x\x1fy", "utm_medium": "z"},
            {**event(2, DAY), "utm_source": "x", "utm_medium": "y\x1fz"},
            {**event(3, DAY), "contact_id": "\x1ec1\x1f"},
            {**event(4, DAY), "contact_id": "\x1e"},
            {**event(5, DAY), "loaded_at": "9999-12-31 00:00:00"},
            {**event(6, DAY), "loaded_at": "1901-12-31 00:00:00"}]})
    for _ in range(2):
        fresh.build_and_test(DAY)
        points = fresh.query("select points, occurrences from marts.lead_score_ledger")
        assert [(float(row["points"]), row["occurrences"]) for row in points] == [(15, 3)]
        kinds = fresh.query("select utm_source, utm_medium from scoring.dim_event_types")
        assert {(row["utm_source"], row["utm_medium"]) for row in kinds} == {
            ("xy", "z"), ("x", "yz"), (None, None)}
        rejected = fresh.query("select row_key, reason from marts.rejected_rows")
        assert {(row["row_key"], row["reason"]) for row in rejected} == {
            ("e4", "no contact_id, no email and no anonymous_id"),
            ("e5", "loaded_at is missing or unreadable"),
            ("e6", "loaded_at is missing or unreadable")}
    assert len(fresh.query("select * from marts.lead_scores")) == 2  # 9999-12-31 is no end


@pytest.mark.slow
def test_text_without_an_offset_is_utc_whatever_the_session_says(fresh):
    fresh.configure(SIMPLE)
    profile = fresh.folder / "profiles.yml"
    profile.write_text(profile.read_text(encoding="utf-8").replace(
        "TimeZone: UTC", "TimeZone: America/New_York", 1), encoding="utf-8")
    fresh.manifests.clear()
    clocks = [" 23:30:00", "  23:30:00", "T  23:30", "  23:30 UTC", " 21:30:00gmt", "  21:30  -02:00",
              " (BC)", " 10:00 11:00", " 10:00:00 America/New_York"]
    fresh.fill({"contacts": [contact("c1")],
                "web_events": [{**event(number, DAY), "occurred_at": f"{DAY}{clock}"}
                               for number, clock in enumerate(clocks)]})
    try:
        fresh.build_scores(DAY)
    finally:
        profile.write_text(profile.read_text(encoding="utf-8").replace(
            "America/New_York", "UTC"), encoding="utf-8")
        fresh.manifests.clear()
    days = fresh.query("select occurred_on, occurrences from scoring.fct_activity_daily")
    assert [(str(row["occurred_on"]), row["occurrences"]) for row in days] == [(DAY, 6)]
    rejected = fresh.query("select row_key from marts.rejected_rows")
    assert {row["row_key"] for row in rejected} == {"e6", "e7", "e8"}


@pytest.mark.slow
def test_of_versions_with_equal_updated_at_the_one_loaded_last_holds(fresh):
    """Then the one that is still there, then the first by the documented columns: naming a custom
    attribute changes nothing. Empty loses.
    """
    fresh.configure(configuration(fit_criteria=[{
        "criterion": "chief", "category": "role", "attribute": "job_title",
        "operator": "equals", "value": "CEO", "points": "1"}]))

    def chiefs(rows, **variables):
        fresh.fill({"contacts": rows})
        fresh.build_scores("2026-03-10", **variables)
        return {row["lead_id"] for row in fresh.query("select * from marts.lead_score_ledger")}

    first = [contact("c1", job_title="CEO", loaded_at="2026-02-02", hobby="z"),
             contact("c1", job_title="Pilot", loaded_at="2026-02-01", hobby="a"),
             contact("c2", job_title="CEO", loaded_at=None, hobby="z"),
             contact("c2", job_title="Pilot", loaded_at=None, hobby="a"),
             contact("c3", job_title="Pilot", loaded_at="2026-02-01", hobby="a"),
             contact("c3", job_title="CEO", loaded_at=None, hobby="a")]
    assert chiefs(first) == {"c1", "c2"}
    assert chiefs(first[::-1], custom_attributes=["hobby"]) == {"c1", "c2"}
    # The row that won goes from the raw table: it was loaded later than the one that is there.
    assert chiefs(first[1:2] + first[3:]) == {"c1"}


def test_rows_that_only_their_content_tells_apart_are_counted_in_a_warning(fresh):
    def warnings(*contacts):
        fresh.fill({"contacts": contacts})
        fresh.build_scores("2026-03-01")
        return [result.failures for result in fresh.dbt(
            "test", "--select", "versions_have_no_ties",
            variables=fresh.variables("2026-03-01", {})).results if str(result.status) == "warn"]

    loaded = {"loaded_at": "2026-01-02 08:00:00"}
    assert warnings(contact("c1", **loaded), contact("c1", **loaded),
                    contact("c1", loaded_at=None, job_title="CEO")) == []
    assert warnings(contact("c1", **loaded), contact("c1", job_title="CEO", **loaded),
                    contact("c2"), contact("c2", job_title="CEO"), contact("c3")) == [2]
