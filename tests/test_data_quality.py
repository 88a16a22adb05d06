"""Losses are reported: activity that belongs to no lead, and cells that cannot be read."""

from datetime import date

from tests.scoring_files import VISIT, configuration, contact, criterion, event

AS_OF = "2026-03-31"
RULES = configuration(activities=[VISIT], engagement_criteria=[criterion("visited", 1)])


def build(project, raw_tables, capfd):
    project.configure(RULES)
    project.fill(raw_tables)
    project.has_logs = True  # the summary is printed to them
    project.build(AS_OF, evaluate=False)
    return capfd.readouterr().out


def visit(number, day="2026-03-01", **keys):
    return {**event(number, day), "contact_id": None, "email": None, "anonymous_id": None,
            "user_agent": None, **keys}


def mail(number, event_name, seconds):
    return {"event_id": f"m{number}", "contact_id": None, "email": "gateway@y.example",
            "campaign_id": "spring", "event_name": event_name, "bounce_type": None, "link_url": None,
            "user_agent": "Mozilla/5.0", "ip_address": None,
            "occurred_at": f"2026-03-01 09:00:{seconds:02}", "loaded_at": "2026-03-01 10:00:00"}


def test_used_rows_are_told_apart_by_whose_they_are(fresh, capfd):
    printed = build(fresh, {
        "contacts": [contact("c1", email="one@x.example"), contact("c2"),
                     contact("gone", email="gone@x.example", deleted_at="2026-02-01")],
        "web_events": [
            visit(1, contact_id="c1", anonymous_id="d1"), visit(2, anonymous_id="d1"),
            visit(3, email="gone@x.example"), visit(4, email="demo@y.example", event_name="demo_requested"),
            visit(5, "2026-03-02", email="demo@y.example"), visit(6, contact_id="c9"),
            visit(7, contact_id="c1", anonymous_id="d2"), visit(8, contact_id="c2", anonymous_id="d2"),
            visit(9, anonymous_id="d2"), visit(10, anonymous_id="d3"),
            visit(11, email="bot@y.example", user_agent="Googlebot/2.1"),
            visit(12, contact_id="p@z.example"), visit(13, email="p@z.example")]}, capfd)
    [counts] = fresh.query(
        "select used_rows, lead_rows, stranger_rows, ambiguous_rows, anonymous_rows"
        " from marts.row_counts where source_table = 'web_events'")
    assert tuple(counts.values()) == (13, 4, 7, 1, 1)
    found = {(row["identity"], row["matched_to"]): row for row in fresh.query(
        "select * from marts.unmatched_activity")}
    assert set(found) == {
        ("demo@y.example", "stranger"), ("gone@x.example", "stranger"), ("c9", "stranger"),
        ("d2", "ambiguous"), ("d3", "anonymous"), ("p@z.example", "stranger")}
    # Once as an address, once as an id.
    assert found["p@z.example", "stranger"]["what_they_did"] == "page_viewed 2"
    asked = found["demo@y.example", "stranger"]
    assert asked["what_they_did"] == "demo_requested 1, page_viewed 1"
    assert (asked["occurrences"], asked["identified_by"]) == (2, "email")
    assert "Warning: 7 of 11 identified rows of web_events belong to no lead" in printed


def test_unmatched_activity_leaves_out_what_counts_as_automated_or_as_a_leads(fresh):
    clicks = [{**mail(number, "clicked", number), "link_url": f"https://x.example/{number}"}
              for number in range(1, 4)]
    fresh.configure(RULES)
    fresh.fill({
        "contacts": [contact("c1")],
        "email_events": [mail(0, "delivered", 0), *clicks],
        "web_events": [visit(1, "2026-01-10", anonymous_id="d1"), visit(2, anonymous_id="d1"),
                       visit(3, contact_id="c1", anonymous_id="d1")]})
    fresh.build(AS_OF, evaluate=False, anonymous_lookback_days=30)
    found = {(row["identity"], row["matched_to"]): row["what_they_did"] for row in fresh.query(
        "select * from marts.unmatched_activity")}
    assert found == {("gateway@y.example", "stranger"): "delivered 1",
                     ("d1", "anonymous"): "page_viewed 1"}


def test_who_asked_for_something_comes_first_and_a_useless_table_is_noticed(fresh, capfd):
    kinds = ["chat_started", "cta_clicked", "page_viewed", "webinar_attended", "video_watched"]
    busy = [visit(f"{number}-{kind}", email="busy@y.example", event_name=kind)
            for kind in kinds for number in range(2)]
    printed = build(fresh, {
        "contacts": [contact("c1")],
        "web_events": [*busy, visit("asked", email="busy@y.example", event_name="demo_requested"),
                       *(visit(f"{one}-{again}", email=f"s{one}@y.example")
                         for one in range(50) for again in range(2)),
                       visit("shy", email="shy@y.example", event_name="call_requested")]}, capfd)
    found = fresh.query("select identity, what_they_did from marts.unmatched_activity")
    assert len(found) == 50
    did = {row["identity"]: row["what_they_did"] for row in found}
    assert did["busy@y.example"].startswith("demo_requested 1, ")
    assert did["shy@y.example"] == "call_requested 1"
    assert fresh.query("select identity, requests from marts.unmatched_activity"
                       " where requests > 0 order by identity") == [
        {"identity": "busy@y.example", "requests": 1}, {"identity": "shy@y.example", "requests": 1}]
    assert "Warning: none of the 112 rows of web_events belongs to a lead" in printed


def test_unreadable_cells_are_counted_without_naming_anybody(fresh, capfd):
    printed = build(fresh, {
        "contacts": [contact("c1", budget_amount="about 5000", unsubscribed_at="no",
                             country=" germany ", job_title="Wizard"),
                     contact("c2", budget_amount="N/A", email="nobody at all", unsubscribed_at="soon",
                             country="Gondor"),
                     contact("c3", budget_amount="<50", country="n/a"),
                     contact("c4", budget_amount="<70", loaded_at="soon",
                             additional_emails="anna at y.example")],
        "companies": [{"company_id": "k1", "employee_count": "1,000", "updated_at": "2026-01-01",
                       "country": "Rohan; or Mordor", "customer_until": date(9999, 12, 31)}],
        "erasure_requests": [{"contact_id": "c9", "email": "c9 at x.example",
                              "requested_at": "2026-01-01"}],
        "web_events": [visit(1, contact_id="c1", duration_seconds="long"),
                       visit(2, contact_id="c1", duration_seconds="30")]}, capfd)
    cells = {(row["source_table"], row["column_name"]): (row["cell_count"], row["example_pattern"])
             for row in fresh.query("select * from marts.unreadable_cells")}
    assert cells == {
        ("companies", "country"): (1, "aaaaaa aa aaaaaa"), ("contacts", "country"): (1, "aaaaaa"),
        ("companies", "customer_until"): (1, "9999-99-99"), ("contacts", "loaded_at"): (1, "aaaa"),
        ("erasure_requests", "email"): (1, "a9 aa a.aaaaaaa"),
        ("contacts", "budget_amount"): (3, "<99"), ("contacts", "email"): (1, "aaaaaa aa aaa"),
        ("contacts", "additional_emails"): (1, "aaaa aa a.aaaaaaa"),
        ("contacts", "unsubscribed_at"): (1, "aaaa"), ("web_events", "duration_seconds"): (1, "aaaa")}
    assert "Warning: 3 cells of contacts.budget_amount cannot be read, such as <99" in printed
    assert "Cells that cannot be read: 12 in 10 columns; see unreadable_cells" in printed
