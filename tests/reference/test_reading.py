"""Tests of the reference scorer: how cells and rows are read."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from .reading import read_boolean, read_date, read_number, read_path, read_row, read_text, read_time
from .worlds_for_tests import AS_OF, act, ago, contact, fit, points, run, visits


def test_text_is_trimmed_of_all_white_space_and_placeholders_are_missing():
    assert read_text(" \t\r\n\u00a0Ann B. \u00a0") == "Ann B."
    assert read_text(" \u00a0") is None and read_text(float("nan")) is None
    assert read_text(" n/A ", {"n/a"}) is None
    assert read_text(True) == "true" and read_text(7) == "7"
    assert read_text("a\x1fb\x00 \x1e") == "ab" and read_text("\x1e") is None


@pytest.mark.parametrize("value, path", [
    ("/Pricing/?a=1#b", "/pricing"), ("/a#b?c", "/a"), ("/a//", "/a"), ("/", "/"), ("//", "/"),
    ("/?a", "/"), ("", None), ("?a", None), (None, None), (" HTTPS://A.b/ ", "https://a.b")])
def test_paths_are_cut(value, path):
    assert read_path(value) == path


def test_numbers_days_and_truth_values():
    assert read_number("10.0") == read_number(10) == read_number(" 10 ") == 10
    assert read_number(0.1) == Fraction(1, 10)
    assert [read_number(value) for value in ("1,000", "abc", "nan", "inf", "", True)] == [None] * 6
    assert [read_boolean(value) for value in ("Yes", "t", 1, True, "y")] == [True] * 5
    assert [read_boolean(value) for value in ("No", "F", 0, False, "n")] == [False] * 5
    assert read_boolean("2") is None
    noon = read_time("2024-05-01 12:00:00")
    for same in ("2024-05-01T12:00:00Z", "2024-05-01T14:00+02:00", datetime(2024, 5, 1, 12)):
        assert read_time(same) == noon
    assert read_time("2024-05-01") == read_time(date(2024, 5, 1)) == read_time("2024-05-01 00:00")
    assert [read_time(value) for value in ("2024-02-30", "01/02/2024", "soon", 7)] == [None] * 4
    assert [read_time(value) for value in ("1901-12-31", "2200-01-01", "9999-12-31")] == [None] * 3
    assert read_date("2024-05-01T23:30:00") == date(2024, 5, 1) and read_date("May") is None


def test_reasons_to_reject_a_row():
    event = visits(1)[0]

    def reason(table, **cells):
        return read_row(table, event | cells, {"n/a"})[1]

    assert reason("web_events") is None
    assert reason("web_events", event_id=" N/A") == "event_id missing"
    assert reason("web_events", event_name="N/A") is None  # placeholders: ids and e-mails only
    assert reason("web_events", event_name=" ", occurred_at="soon") == "event_name missing"
    assert reason("web_events", occurred_at="soon") == "occurred_at unreadable"
    assert reason("web_events", contact_id="n/a", email="") == "no identity"
    assert reason("web_events", contact_id=None, anonymous_id="a1") is None
    assert reason("email_events", event_name="Opened ") is None
    assert reason("email_events", event_name="printed") == "event_name unreadable"
    assert reason("sales_activities", sales_activity_id="s1", kind="Call") is None
    assert reason("sales_activities", sales_activity_id="s1", kind="fax") is None
    assert reason("sales_activities", sales_activity_id="s1") is None
    row, _ = read_row("contacts", contact(job_title="N/A", budget_amount="much"), {"n/a"})
    assert row["job_title"] is None and row["budget_amount"] is None and row["email"] is None


def test_rows_are_used_superseded_or_rejected():
    first = visits(1)[0] | {"event_id": "e1", "loaded_at": ago(1)}
    corrected = first | {"event_name": "chat_started", "loaded_at": ago(0)}
    rejected = first | {"occurred_at": "soon", "loaded_at": ago(-5)}
    for rows in ([first, corrected, rejected, first], [rejected, first, first, corrected]):
        result = run({"web_events": rows}, engagement_criteria=[act()])
        assert points(result) is None
        assert result["row_counts"]["web_events"] == {
            "rows": 4, "used": 1, "superseded": 2, "rejected": 1, "erased": 0}
        assert result["rejected_rows"] == [
            {"source_table": "web_events", "row_key": "e1",
             "reason": "occurred_at unreadable", "row_count": 1}]
    assert points(run({"web_events": [first, rejected]}, engagement_criteria=[act()])) == 10


def test_the_version_of_the_as_of_day_holds_else_the_earliest():
    contacts = [contact(updated_at=when, job_title=title) for when, title in
                [("2024-03-01", "CEO"), ("2024-06-30 23:59:59", "VP Sales"),
                 ("2024-07-01 00:00:00", "IT Manager")]]
    criteria = [fit(title, attribute="job_title", operator="equals", value=title)
                for title in ("CEO", "VP Sales", "IT Manager")]
    for as_of, title in [(date(2024, 2, 1), "CEO"), (date(2024, 6, 29), "CEO"),
                         (AS_OF, "VP Sales"), (date(2024, 7, 1), "IT Manager")]:
        for rows in (contacts, contacts[::-1]):
            result = run({"contacts": rows}, as_of=as_of, fit_criteria=criteria)
            assert [row["criterion"] for row in result["lead_score_ledger"]] == [title]


def test_days_are_those_of_the_reporting_timezone():
    late = visits(0)[0] | {"occurred_at": ago(0, "23:30:00")}
    tables = {"web_events": [late]}
    assert points(run(tables, engagement_criteria=[act()])) == 10
    berlin = {"reporting_timezone": "Europe/Berlin"}
    assert points(run(tables, engagement_criteria=[act()], options=berlin)) is None
    assert points(run(tables, date(2024, 7, 1), berlin, engagement_criteria=[act()])) == 10
