"""The marts of interest and accounts, computed by hand."""

import csv
from datetime import date, timedelta

import pytest

from tests.project import BuildFailed
from tests.scoring_files import MODEL, configuration, contact, event

GRAINS = {
    "product_interest": ("lead_id", "product"),
    "channel_engagement": ("lead_id", "channel"),
    "medium_engagement": ("lead_id", "medium"),
    "content_performance": ("content_key",),
    "buying_stage": ("lead_id",),
    "account_scores": ("company_id", "scoring_model"),
}
MARTS = [f"+{mart}" for mart in GRAINS]
HELPERS = ["int_current_facts", "int_current_leads", "int_current_deals", "int_won_deals", "int_content_touches",
           "int_earlier_conversions", "int_lead_stage_signs", "int_account_people"]
AS_OF = date(2026, 6, 30)


def write_account_scoring(project, rows):
    path = project.folder / "seeds" / "accounts" / "account_scoring.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(
            file, ["scoring_model", "method", "account_level", "score_cap", "engaged_score"], restval="")
        writer.writeheader()
        writer.writerows(rows)


def build(project, as_of, **variables):
    """Build the marts of this file and what they need, and test them."""
    given_variables = project.variables(as_of, variables)
    project.dbt("build", "--exclude-resource-type", "test", "unit_test", "--select", *MARTS,
                "+lead_score_ledger", variables=given_variables)
    project.dbt("test", "--exclude-resource-type", "unit_test", "--select", *GRAINS,
                *HELPERS, variables=given_variables)


def rows_of(project, mart, columns, order):
    return [tuple(row.values()) for row in project.query(
        f"select {columns} from marts.{mart} order by {order}")]


def ago(days):
    return str(AS_OF - timedelta(days=days))


def on(days):
    return AS_OF - timedelta(days=days)


ACTIVITIES = [
    {"activity": "page", "source": "web", "event_name": "page_viewed", "intent": "positive",
     "stage": "awareness", "channel": "Website"},
    {"activity": "prices", "source": "web", "event_name": "page_viewed", "page_path": "/pricing",
     "intent": "positive", "stage": "decision", "channel": "website"},
    {"activity": "file", "source": "web", "event_name": "content_downloaded",
     "intent": "positive", "stage": "consideration", "channel": "website"},
    {"activity": "shown", "source": "web", "event_name": "ad_shown", "intent": "neutral",
     "stage": "awareness", "channel": "advertising"},
    {"activity": "log_in", "source": "product", "event_name": "logged_in", "intent": "positive",
     "channel": "product"},
    {"activity": "mail_click", "source": "email", "event_name": "clicked", "intent": "positive",
     "stage": "consideration", "channel": "email"},
    {"activity": "visit_by_mail", "source": "web", "event_name": "page_viewed",
     "utm_medium": "email", "intent": "positive", "channel": "email"},
]
# The score of a lead of the accounts is the number in its first name, by each of three methods.
MODELS = [{**MODEL, "scoring_model": name, "population": "everyone", "fit_weight": "1",
           "engagement_weight": "0", "engagement_target": "4"}
          for name in ("mix", "best", "total")]
POINTS = (80, 50, 30, 20, 90, 40)
RULES = configuration(
    scoring_models=MODELS, activities=ACTIVITIES,
    fit_criteria=[{**row, "scoring_model": model["scoring_model"]} for model in MODELS for row in [
        *[{"criterion": f"worth_{points}", "attribute": "first_name", "operator": "equals",
           "value": str(points), "points": str(points)} for points in POINTS],
        {"criterion": "rival", "attribute": "tags", "operator": "contains",
         "value": "competitor", "points": "0"}]],
    engagement_criteria=[
        {"criterion": "seen", "scoring_model": model["scoring_model"], "activity": "page",
         "rule": "count", "min_count": "1", "points": "1"} for model in MODELS],
    score_gates=[
        {"gate": "rival", "scoring_model": model["scoring_model"], "criterion": "rival",
         "when": "met", "disqualifies": "true"} for model in MODELS])

# c1 looks at Suite and owns Lite, c2 uses what its company bought, c3 was merged into c1, c4 does
# nothing but get mail.
INTEREST = {
    "contacts": [contact("c1"), contact("c2", company_id="k9"),
                 contact("c3", merged_into_contact_id="c1"), contact("c4")],
    "deals": [
        {"deal_id": "d1", "contact_id": "c3", "product": " Lite ", "is_won": "true",
         "created_at": ago(100), "updated_at": ago(50), "closed_at": ago(50)},
        {"deal_id": "d2", "contact_id": None, "company_id": "k9", "product": "SUITE",
         "is_won": "true", "created_at": ago(30), "updated_at": ago(10), "closed_at": ago(10)},
        # Not won yet on the as-of day, and spelled otherwise.
        {"deal_id": "d3", "contact_id": "c1", "product": "suite", "is_won": "true",
         "created_at": ago(30), "updated_at": ago(20), "closed_at": ago(-1)}],
    "web_events": [
        event(1, ago(0), product="Suite"), event(2, ago(30), product="suite "),
        event(3, ago(60), product="Suite", page_path="/pricing"),
        event(4, ago(30), product="Basic", contact_id="c3"),
        # Not of positive intent, and after the as-of day.
        event(5, ago(1), "ad_shown", product="Basic"), event(6, ago(-1), product="Basic"),
        event(7, ago(5), contact_id="c2", utm_medium="EMAIL", utm_campaign="June"),
        event(8, ago(20), "content_offered", content_id="Guide"),
        event(9, ago(19), "content_downloaded", content_id="guide"),
        event(10, ago(3), "content_downloaded", content_id="guide", contact_id="c2"),
        event(11, ago(200), "content_offered", content_id="old", contact_id="c4"),
        event(12, ago(200), "content_downloaded", content_id="old", contact_id="c2"),
        event(13, ago(200), "content_downloaded", content_id="old", contact_id="c1"),
        event(14, ago(70), "video_watched", content_id="tour", contact_id="c4",
              utm_campaign="Winter ads")],
    "product_events": [event(1, ago(0), "logged_in", contact_id="c2", product="Suite")],
    "email_events": [
        event(1, ago(6), "sent", contact_id="c1", campaign_id="june"),
        event(2, ago(6), "bounced", contact_id="c1", campaign_id="june"),
        event(3, ago(6), "delivered", contact_id="c2", campaign_id="june"),
        event(4, ago(5), "clicked", contact_id="c2", campaign_id="june"),
        event(5, ago(6), "delivered", contact_id="c4", campaign_id="June")]}

# s1 is in decision, s2 was, s3 was and looks around again, s4 came back, s5 never came.
STAGES = {
    "contacts": [contact(f"s{number}") for number in range(1, 6)],
    "web_events": [event(f"s{number}", ago(days), contact_id=name, page_path=path)
                   for number, (name, days, path) in enumerate([
                       ("s1", 200, "/pricing"), ("s1", 110, "/pricing"), ("s1", 20, "/pricing"),
                       ("s1", 0, "/"), ("s2", 300, "/"), ("s2", 120, "/pricing"),
                       ("s3", 95, "/pricing"), ("s3", 89, "/"), ("s4", 400, "/pricing"),
                       ("s4", 10, "/"), ("s4", 8, "/pricing")])]}

# k1 has a1 to a4 with 80, 50, 30 and 20 points and a5, who is disqualified; k2 has a6 with 40.
ACCOUNTS = {
    "contacts": [
        contact(name, first_name=str(points), **cells) for points, (name, cells) in zip(POINTS, {
            "a1": {"company_id": "k1", "job_title": "CEO"},
            "a2": {"company_id": "k1", "job_title": "Software Engineer"},
            "a3": {"company_id": "k1", "job_title": "Director of Operations",
                   "buying_role": "User"},
            "a4": {"company_id": "k1", "buying_role": "Decision_Maker"},
            "a5": {"company_id": "k1", "job_title": "IT Manager", "tags": "competitor"},
            "a6": {"company_id": "k2", "lifecycle_stage": "customer"}}.items())],
    "companies": [{"company_id": "k1", "name": "First", "updated_at": ago(9)}],
    "deals": [
        {"deal_id": "a1", "contact_id": "a1", "created_at": ago(9), "updated_at": ago(9)},
        {"deal_id": "a2", "contact_id": "a6", "company_id": "k1", "created_at": ago(9),
         "updated_at": ago(9), "closed_at": ago(-1)},
        {"deal_id": "a3", "company_id": "k1", "created_at": ago(9), "updated_at": ago(9),
         "closed_at": ago(0), "is_won": "no"}],
    "web_events": [event("a1", ago(4), contact_id="a1"), event("a2", ago(2), contact_id="a5")],
    "social_events": [event(1, ago(9), "connected", contact_id="a5"),
                      event(2, ago(9), "followed", contact_id="a1")],
    "sales_activities": [
        {"sales_activity_id": f"s{number}", "contact_id": name, "kind": kind,
         "direction": direction, "outcome": outcome, "occurred_at": ago(9), "loaded_at": ago(9)}
        for number, (name, kind, direction, outcome) in enumerate([
            ("a1", "email", "outbound", None), ("a1", "call", "outbound", "no_answer"),
            ("a2", "email", "inbound", None), ("a3", "meeting", None, "held"),
            ("a4", "linkedin_message", "inbound", None)])]}
ACCOUNT_SCORING = [
    {"scoring_model": "BEST", "method": "maximum", "engaged_score": "26"},
    {"scoring_model": "total", "method": "sum_with_cap", "score_cap": "60.5"}]


@pytest.fixture(scope="module")
def built(project):
    """The project with the marts of all the above."""
    project.forget()
    project.configure(RULES)
    write_account_scoring(project, ACCOUNT_SCORING)
    raw_tables = {}
    for tables in (INTEREST, STAGES, ACCOUNTS):
        for table, rows in tables.items():
            raw_tables.setdefault(table, []).extend(rows)
    project.fill(raw_tables)
    build(project, AS_OF)
    yield project
    project.restore()


@pytest.mark.slow
def test_products(built):
    assert rows_of(built, "product_interest", "lead_id, product, visits, uses, active_days,"
                   " first_on, last_on, cast(interest as double), round(interest_share, 4),"
                   " interest_rank, is_owned, owned_since", "lead_id, product") == [
        ("c1", "Lite", 0, 0, 0, None, None, 0, 0, None, True, on(50)),
        ("c1", "SUITE", 3, 0, 3, on(60), on(0), 1.75, 0.7778, 1, False, None),
        ("c1", "basic", 1, 0, 1, on(30), on(30), 0.5, 0.2222, 2, False, None),
        ("c2", "SUITE", 0, 1, 1, on(0), on(0), 1, 1, 1, True, on(10))]


@pytest.mark.slow
def test_channels_and_media(built):
    # The look at the prices is two activities of one channel: one occurrence.
    website = 1 + 0.5 + 0.25 + 0.5 + 2 ** (-19 / 30) + 2 ** (-200 / 30)
    rows = rows_of(built, "channel_engagement", "lead_id, channel, occurrences, active_days,"
                   " engagement_rank, cast(engagement as double)", "lead_id, engagement_rank")
    assert [row for row in rows if row[0] in ("c1", "c2")] == [
        ("c1", "Website", 6, 5, 1, pytest.approx(website, abs=1e-6)),
        ("c2", "Website", 3, 3, 1, pytest.approx(
            2 ** (-5 / 30) + 2 ** (-3 / 30) + 2 ** (-200 / 30), abs=1e-6)),
        ("c2", "email", 2, 1, 2, pytest.approx(2 * 2 ** (-5 / 30), abs=1e-6)),
        ("c2", "product", 1, 1, 3, 1)]
    assert rows_of(built, "medium_engagement", "lead_id, medium, occurrences, engagement_share",
                   "lead_id") == [("c2", "email", 1, 1)]


@pytest.mark.slow
def test_contents_and_campaigns(built):
    # c2's first won deal is of 10 days ago: after the old file and before the rest. c1's is of 50
    # days ago. At the guide's age of 20 days nobody had converted by the old file.
    assert rows_of(
        built, "content_performance", "content_key, people, engaged_people, sent_people,"
        " delivered_people, opened_people, clicked_people, offered_people, viewed_people,"
        " downloaded_people, converted_people, open_rate, click_rate, round(download_rate, 4),"
        " conversion_rate, round(earlier_download_rate, 4), round(download_rate_ratio, 4),"
        " earlier_conversion_rate, conversion_rate_ratio", "content_key") == [
        ("campaign:june", 3, 1, 3, 2, 1, 1, 0, 1, 0, 0, 0.5, 0.5, None, 0, None, None, None,
         None),
        ("campaign:winter ads", 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, None, None, None, None, None, None,
         None, None),
        ("content:guide", 2, 2, 0, 0, 0, 0, 2, 0, 2, 0, None, None, 1, 0, 0.6667, 1.5, 0, None),
        ("content:old", 3, 2, 0, 0, 0, 0, 3, 0, 2, 2, None, None, 0.6667, 1, None, None, None,
         None),
        ("content:tour", 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, None, None, None, None, 0.6667, None, 0,
         None)]


@pytest.mark.slow
def test_buying_stages(built):
    assert rows_of(built, "buying_stage", "lead_id, stage, is_faded, stage_since, last_sign_on,"
                   " awareness_occurrences, consideration_occurrences, decision_occurrences,"
                   " decision_last_on", "lead_id")[-5:] == [
        ("s1", "decision", False, on(200), on(0), 4, 0, 3, on(20)),
        ("s2", "decision", True, on(30), on(120), 2, 0, 1, on(120)),
        ("s3", "awareness", False, on(5), on(89), 2, 0, 1, on(95)),
        ("s4", "decision", False, on(8), on(8), 3, 0, 2, on(8)),
        ("s5", None, None, None, None, 0, 0, 0, None)]


def test_accounts(built):
    k1 = ("First", 5, 1, "a1", "80.0", 270, 2, "decision_maker;user", "influencer", 3, 2, on(4),
          2, False)
    k2 = (None, 1, 0, "a6", "40.0", 40, 0, None, "decision_maker;influencer;user", 0, 0, None, 0,
          True)
    assert rows_of(
        built, "account_scores", "company_id, scoring_model, method,"
        " cast(account_score as varchar), engaged_leads, engaged_job_functions,"
        " company_name, leads, disqualified_leads, best_lead_id, cast(best_score as varchar),"
        " cast(fit_points as double), cast(engagement_points as double), buying_roles,"
        " missing_buying_roles, decision_makers, connected_decision_makers, last_activity_on,"
        " open_deals, is_customer", "company_id, scoring_model")[:6] == [
        # Engaged is who has 25 or more: a1, but for the model that asks for 26.
        ("k1", "best", "maximum", "80.0", 0, 0, *k1),
        ("k1", "mix", "champion_mix", "61.3", 1, 1, *k1),
        ("k1", "total", "sum_with_cap", "60.5", 1, 1, *k1),
        ("k2", "best", "maximum", "40.0", 0, 0, *k2),
        ("k2", "mix", "champion_mix", "24.0", 0, 0, *k2),
        ("k2", "total", "sum_with_cap", "40.0", 0, 0, *k2)]


def test_further_companies_and_contacts_and_parents(fresh):
    """k1 and k2 belong to k3, which belongs to k4, which has no row; c1 works for k1 and for k2."""
    def company(name, **cells):
        return {"company_id": name, "updated_at": ago(9), **cells}

    write_account_scoring(fresh, [
        {"scoring_model": "*", "method": "sum_with_cap"},
        {"scoring_model": "group", "account_level": "Top_Parent"}])
    fresh.configure(configuration(
        scoring_models=[{**MODEL, "scoring_model": name, "population": "everyone"}
                        for name in ("single", "group")]))
    fresh.fill({
        "contacts": [contact("c1", company_id="k1"), contact("c2", company_id="k2"),
                     contact("c3", merged_into_contact_id="c1"), contact("c4"), contact("c5")],
        "companies": [company("k1", parent_company_id="k3"),
                      company("k2", parent_company_id="k3", customer_since=ago(30)),
                      company("k3", parent_company_id="k4"), company("k5")],
        "contact_companies": [
            {"contact_id": "c3", "company_id": "k2", "updated_at": ago(9)},
            {"contact_id": "c3", "company_id": "k2", "updated_at": ago(8)},
            {"contact_id": "c4", "company_id": "k5", "updated_at": ago(9)},
            {"contact_id": "c4", "company_id": None, "updated_at": ago(9)}],
        "deals": [
            {"deal_id": "d1", "contact_id": "c2", "created_at": ago(9), "updated_at": ago(9)},
            {"deal_id": "d2", "contact_id": "c2", "company_id": "k1", "created_at": ago(9),
             "updated_at": ago(9)},
            {"deal_id": "d3", "created_at": ago(9), "updated_at": ago(9), "is_won": "yes"}],
        "deal_contacts": [
            {"deal_id": "d1", "contact_id": "c3", "updated_at": ago(9)},
            {"deal_id": "d3", "contact_id": "c4", "updated_at": ago(-9)},
            {"deal_id": "d9", "contact_id": "c5", "updated_at": ago(9)},
            {"deal_id": "d3", "contact_id": "c5", "updated_at": "soon"}]})
    build(fresh, AS_OF)
    accounts = rows_of(fresh, "account_scores", "scoring_model, company_id, leads, open_deals,"
                       " is_customer", "scoring_model, company_id")
    # A deal of c2 and, further, of c1 is one of both of their own companies; at k1 nobody bought.
    assert accounts == [
        ("group", "k4", 2, 2, True), ("group", "k5", 1, 0, False),
        ("single", "k1", 1, 2, False), ("single", "k2", 2, 1, True), ("single", "k5", 1, 0, False)]
    # c1 is one at its further company, c4 through a deal of which it is a further contact.
    assert fresh.query("select lead_id, is_customer from scoring.dim_leads order by lead_id") == [
        {"lead_id": name, "is_customer": name != "c5"} for name in ("c1", "c2", "c4", "c5")]


def test_mistakes_in_the_account_scoring_stop_the_build(fresh):
    write_account_scoring(fresh, [
        {"scoring_model": "*", "method": "median"},
        {"scoring_model": "acquisition", "score_cap": "0", "engaged_score": "101"},
        {"scoring_model": "Acquisition", "score_cap": "100.5", "engaged_score": "-1"},
        {"scoring_model": "retention", "score_cap": "many"},
        {"method": "maximum"}])
    fresh.configure(configuration())
    fresh.fill({"contacts": [contact("c1")]})
    with pytest.raises(BuildFailed) as failed:
        fresh.dbt("build", "--select", "+configuration_check",
                  "--exclude-resource-type", "test", "unit_test",
                  variables=fresh.variables(AS_OF, {}))
    said = str(failed.value)
    file = "seeds/accounts/account_scoring.csv, row"
    for sentence in (
        f'{file} *: method "median" is not known; write one of maximum, champion_mix,'
        ' sum_with_cap.',
        f"{file} acquisition: score_cap 0 is not above 0; write a number greater than 0.",
        f"{file} acquisition: engaged_score 101 is out of range; write a number from 0 to 100.",
        f"{file} Acquisition: score_cap 100.5 is above 100, the highest score; write 100 or less.",
        f"{file} Acquisition: engaged_score -1 is out of range; write a number from 0 to 100.",
        "the file has more than one row of this scoring_model; keep one of them, rename or delete"
        " the others.",
        f'{file} retention: scoring_model "retention" is not known; write one that has a row in'
        " seeds/scoring/scoring_models.csv, or * for those without a row here.",
        f'{file} retention: score_cap "many" is not a number; write one such as 5 or 0.5.',
        f"{file} without scoring_model: scoring_model is empty; write a scoring model, or * for"
        " those without a row.",
    ):
        assert sentence in said
    assert said.count("account_scoring.csv") == 9


def test_everything_builds_without_any_row(fresh):
    fresh.fill({}, columns={"contacts": ["contact_id"]})
    write_account_scoring(fresh, [])
    build(fresh, AS_OF)
    assert [fresh.query(f"select count(*) as n from marts.{mart}")[0]["n"]
            for mart in GRAINS] == [0] * 6
