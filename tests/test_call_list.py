"""call_list, consent and alerts of a small company over several published days."""

from tests.scoring_files import MODEL, configuration, contact, criterion, event

TIERS = [
    {"rank": "1", "tier": "hot", "min_score": "45", "keep_score": "40", "fit_grades": "",
     "response_minutes": "15", "action": "Call"},
    {"rank": "2", "tier": "promising", "min_score": "20", "fit_grades": "A",
     "response_minutes": "960"},
    {"rank": "3", "tier": "cold"}]
RULES = configuration(
    scoring_models=[{**MODEL, "fit_weight": "0.5", "engagement_weight": "0.5", "mql_score": "",
                     "sql_score": ""}],
    activities=[
        {"activity": "view", "source": "web", "event_name": "page_viewed"},
        {"activity": "download", "source": "web", "event_name": "content_downloaded"},
        # The name of an activity that ships as SQL.
        {"activity": "email_opt_out", "source": "email", "event_name": "unsubscribed"}],
    fit_criteria=[
        {"criterion": "has_deal", "attribute": "open_deal_count", "operator": "at_least",
         "min_value": "1", "points": "60"},
        {"criterion": "chief", "attribute": "job_title", "operator": "contains", "value": "chief",
         "points": "60"},
        {"criterion": "student", "attribute": "job_title", "operator": "contains",
         "value": "student", "points": "0"}],
    engagement_criteria=[
        criterion("viewed", 100, activity="view", rule="count", min_count=1),
        criterion("downloaded", 92, activity="download", decay="linear", decay_days=20)],
    score_gates=[{"gate": "students", "criterion": "student", "when": "met", "max_score": "5"}],
    grade_bands=[{"dimension": "fit", "grade": "A", "min_score": "50"},
                 {"dimension": "fit", "grade": "B", "min_score": "0"}],
    tiers=TIERS)


def with_model(**cells):
    return {**RULES, "scoring_models": [{**RULES["scoring_models"][0], **cells}]}


def call(number, contact_id, moment, **cells):
    return {"sales_activity_id": f"s{number}", "contact_id": contact_id, "kind": "call",
            "direction": "outbound", "outcome": "connected", "occurred_at": moment,
            "loaded_at": moment, **cells}


def listed(project):
    return {row["lead_id"]: (row["tier"], row["ranked_by"]) for row in project.query(
        "select lead_id, tier, ranked_by from marts.call_list")}


def causes(project, day):
    return {(row["lead_id"], row["cause"]) for row in project.query(
        f"select distinct lead_id, cause from marts.score_alerts where crossed_on = '{day}'")}


def test_three_days_of_calls_and_alerts(fresh):
    raw = {
        "contacts": [
            contact("out", unsubscribed_at="2026-01-10 15:00:00"), contact("back", job_title="chief"),
            contact("heir"), contact("merged"), contact("kept"), contact("student", job_title="student"),
            contact("graded"), contact("colleague"), contact("neighbour"), contact("caller")],
        "deals": [{"deal_id": deal_id, "contact_id": contact_id, "created_at": "2026-01-05",
                   "updated_at": "2026-01-05"}
                  for deal_id, contact_id in (("d1", "merged"), ("d2", "colleague"))],
        "deal_contacts": [{"deal_id": "d2", "contact_id": "neighbour", "updated_at": "2026-01-05"}],
        "sales_activities": [call(0, "colleague", "2026-01-31 10:00:00")],
        "web_events": [
            event(1, "2026-01-20", contact_id="student"),
            event(2, "2026-01-20", contact_id="neighbour"),
            event(3, "2026-02-01", "content_downloaded", contact_id="kept"),
            # Not a subscription.
            event(4, "2026-01-11", "form_submitted", contact_id="out", form_id="newsletter-unsubscribe")]}
    fresh.configure(RULES)
    fresh.fill(raw)
    fresh.build("2026-02-01")
    assert fresh.query("select lead_id from marts.leads where consent = 'unsubscribed'") == [
        {"lead_id": "out"}]
    # Sales was in touch with the colleague of the neighbour's deal.
    assert listed(fresh) == {"kept": ("hot", "score"), "back": ("promising", "score"),
                             "merged": ("promising", "score")}

    raw["contacts"].append(contact("merged", updated_at="2026-02-02 08:00:00",
                                   merged_into_contact_id="heir"))
    raw["web_events"] += [event(5, "2026-02-02", contact_id="caller"),
                          event(6, "2026-02-02", "content_downloaded", contact_id="back")]
    raw["sales_activities"].append(
        call(1, "caller", "2026-02-02 15:00:00", direction="inbound"))
    fresh.fill(raw)
    fresh.build("2026-02-02")
    assert fresh.query("select criterion, cause from marts.lead_score_changes"
                       " where lead_id = 'heir' and to_date = '2026-02-02'") == [
        {"criterion": "has_deal", "cause": "merge"}]
    assert causes(fresh, "2026-02-02") == {
        ("heir", "merge"), ("caller", "activity"), ("back", "activity")}
    # kept has 43.7 points, which keep it hot; the caller has called, if late, and nobody waits.
    assert listed(fresh) == {
        "kept": ("hot", "score"), "caller": ("hot", "score"), "heir": ("promising", "score"),
        "back": ("hot", "hand-off due")}

    # Both cross by a title that they have since today, although a weight was edited, too.
    raw["contacts"] += [
        contact("student", updated_at="2026-02-03 08:00:00", job_title="buyer"),
        contact("graded", updated_at="2026-02-03 08:00:00", job_title="chief")]
    fresh.fill(raw)
    fresh.configure(with_model(fit_target="99"))
    fresh.build("2026-02-03")
    assert causes(fresh, "2026-02-03") == {("student", "attribute"), ("graded", "attribute")}

    # Its hand-off is overdue for a month, and it is no longer hot.
    fresh.build("2026-03-10")
    assert listed(fresh)["back"] == ("promising", "score")
