"""How criteria and attributes relate to conversions, and trials of a configuration before launch."""

import csv
import importlib.util
import random
import shutil
import sys
from collections import Counter

import pytest

from tests.project import ROOT
from tests.reference.evaluation import log_odds, phi, wilson
from tests.scoring_files import MODEL, configuration, contact, criterion, event
from tests.test_backtest import AS_OF, ago, build, count_won_deals, deal, known

MARTS = ["criterion_insight", "criterion_overlap", "attribute_insight", "time_to_conversion"]
LEAKY = ["notes", "quality"]
CUSTOM = [*LEAKY, "group", "shuffled_word", "odd", "hours", "empty", "code", "won_tag"]
ODD = ["SAP;PLC", "plc ; Sap", "O'Brien \"& Sons\"", "100 %", "naïve – 東京 😀", "{{ jinja }}", "a_b%",
       "x" * 3000, " spaced ", "1e3", "-- not a comment", "true", "NULL", "[]", "\\", "0.0", None, None]
RULES = configuration(
    scoring_models=[{**MODEL, "population": "everyone", "fit_weight": "0.5",
                     "engagement_weight": "0.5"}],
    activities=[{"activity": "visit", "source": "web", "event_name": "page_viewed",
                 "intent": "positive"}],
    fit_criteria=[
        {"criterion": name, "category": "fit", "attribute": attribute, "operator": "equals",
         "value": value, "points": points}
        for name, attribute, value, points in [
            ("good_group", "group", "Good", "10"), ("bad_group", "group", "bad", "-4"),
            ("shuffled", "shuffled_word", "one", "10"), ("leaks", "quality", "high", "10"),
            ("nobody", "group", "unheard of", "3"), ("never", "won_tag", "lost", "-1")]],
    engagement_criteria=[criterion("visited", 2, decay="half_life", decay_days=30),
                         criterion("capped", 8, rule="count", min_count=1, max_points=9)])


def random_company(seed, contacts=700):
    """Leads of which those of the good group convert more often, each with a later version, from
    after the outcome, in which alone the leaky columns are filled; a tag tells most who convert.
    """
    dice = random.Random(seed)
    rows, deals, visits = [], [], []
    for number in range(contacts):
        lead, group = f"c{number}", dice.choice(["Good", "good", "bad", "plain", None])
        wins = dice.random() < {"Good": 0.6, "good": 0.6, "bad": 0.05}.get(group, 0.25)
        tag = dice.choice(["kept", "kept", None]) if not wins else dice.choice(["won", "won", None])
        first = contact(
            lead, ago(200), group=group, shuffled_word=dice.choice(["one", "two"]),
            odd=dice.choice(ODD), hours=str(dice.randrange(500) / 4) if dice.random() < 0.9 else None,
            empty=None, code=f"id-{number}", won_tag=tag, job_title=dice.choice(["CEO", None]))
        closed = dice.randrange(70, 140)
        rows += [first, {**first, "updated_at": ago(closed - dice.randrange(0, 5)),
                         "quality": dice.choice(["high", "high", "low"]) if wins else "low",
                         "notes": f"called {number}"}]
        deals.append(deal(number, lead, closed, wins, amount=1))
        for _ in range(dice.choice([0, 1, 4]) if wins else dice.choice([0, 0, 1])):
            day = AS_OF.toordinal() - dice.randrange(closed, 190)
            visits.append(event(f"{number}-{_}", AS_OF.fromordinal(day), contact_id=lead))
    return {"contacts": rows, "deals": deals, "web_events": visits}


@pytest.fixture(scope="module")
def company(project):
    project.forget()
    project.configure(RULES)
    project.fill(random_company(3))
    build(project, *MARTS, custom_attributes=CUSTOM)
    yield project
    project.restore()


def insight(project):
    return {row["criterion"]: row for row in project.query("select * from marts.criterion_insight")}


def attributes(project):
    return {(row["attribute"], row["value_kind"], row["attribute_value"]): row
            for row in project.query("select * from marts.attribute_insight")}


def close_to(value):
    return None if value is None else pytest.approx(value, abs=1e-9)


def met_by(project):
    """Which observed leads met each criterion: dict criterion -> set of (day, lead)."""
    result = {}
    for row in project.query("select * from scoring.int_score_components where is_met"):
        result.setdefault(row["criterion"], set()).add((row["as_of"], row["lead_id"]))
    return result


def test_criteria_are_measured_by_who_met_them(company):
    leads = {(row["as_of"], row["lead_id"]): row["is_converted"] for row in known(company)}
    met, converted = met_by(company), sum(leads.values())
    for name, row in insight(company).items():
        with_it = [leads[key] for key in met.get(name, ()) if key in leads]
        least, greatest = wilson(sum(with_it), len(with_it))
        assert (row["leads"], row["conversions"], row["conversion_rate_low"],
                row["conversion_rate_high"]) == (
            len(with_it), sum(with_it), close_to(least), close_to(greatest)), name
        if not 0 < len(with_it) < len(leads):
            assert row["log_odds"] is None
            continue
        odds, error = log_odds(len(with_it), sum(with_it), len(leads), converted)
        assert row["log_odds"] == close_to(odds)
        # 2.7344 bounds 95 % of 8 comparisons together.
        assert row["log_odds_high"] == pytest.approx(odds + 2.7344 * error, abs=0.001)
        assert row["lift"] == close_to(sum(with_it) / len(with_it) * len(leads) / converted)
    for row in company.query("select * from marts.criterion_overlap"):
        first, second = (met[row[name]] & leads.keys() for name in ("criterion", "other_criterion"))
        assert row["phi"] == close_to(phi(len(first & second), len(first), len(second), len(leads)))


def test_a_long_value_is_named_by_its_beginning(company):
    named = {value for attribute, _, value in attributes(company) if attribute == "odd"}
    assert max(named, key=len) == "x" * 100


def test_what_tells_nothing_gets_no_points(company):
    rows = insight(company)
    assert rows["shuffled"]["log_odds_low"] < 0 < rows["shuffled"]["log_odds_high"]
    assert (rows["shuffled"]["suggested_points"], rows["shuffled"]["suggestion"]) == (
        None, "no_evidence")
    assert {(row["suggested_points"], row["suggestion"])
            for (attribute, *_), row in attributes(company).items()
            if attribute == "shuffled_word"} == {(None, "no_evidence")}
    assert rows["good_group"]["suggestion"] == rows["bad_group"]["suggestion"] == "measured"
    assert rows["good_group"]["suggested_points"] > 0 > rows["bad_group"]["suggested_points"]
    # Nobody met it, so nothing is known, and what is written stays.
    assert (rows["nobody"]["suggested_points"], rows["nobody"]["suggestion"]) == (
        3, "too_few_leads")
    assert rows["capped"]["suggested_points"] <= 9


def test_suggestions_keep_what_an_average_converted_lead_gets(company):
    """Of fit, what the good group gets now is all that is left: a lead that converts keeps its
    average of positive points, those for what tells nothing among them.
    """
    leads = {(row["as_of"], row["lead_id"]): row["is_converted"] for row in known(company)}
    converted = [key for key, is_converted in leads.items() if is_converted]
    today = sum(row["points"] for row in company.query(
        "select * from scoring.int_score_components where is_met and dimension = 'fit' and points > 0")
        if leads.get((row["as_of"], row["lead_id"])))
    good = len(met_by(company)["good_group"].intersection(converted))
    assert float(insight(company)["good_group"]["suggested_points"]) == pytest.approx(
        float(today) / good, abs=0.06)


def test_leaky_columns_are_named(company):
    """Also by a value that is near-certain; a good group, missing ones and numbers are not."""
    suspected = {attribute: row["suspected_leakage"]
                 for (attribute, *_), row in attributes(company).items()
                 if row["suspected_leakage"] is not None}
    assert suspected == {**dict.fromkeys(LEAKY, "learnt_after_outcome"),
                         "won_tag": "near_certain"}
    rows = insight(company)
    assert rows["leaks"]["suspected_leakage"] == "learnt_after_outcome"
    assert [name for name, row in rows.items() if row["suspected_leakage"]] == ["leaks"]


def test_every_lead_has_one_value_of_each_kind_of_attribute(company):
    leads = known(company)
    table = attributes(company)
    for name in ("group", "shuffled_word", "hours", "empty", "code", "country", "seniority"):
        rows = [row for (attribute, *_), row in table.items() if attribute == name]
        assert sum(row["leads"] for row in rows) == len(leads), name
        assert sum(row["conversions"] for row in rows) == sum(row["is_converted"] for row in leads)
    assert {(kind, value) for attribute, kind, value in table if attribute == "group"} == {
        ("word", "Good"), ("word", "bad"), ("word", "plain"), ("missing", "")}
    # A word of its own for each lead says nothing, and nobody's is stored.
    assert {(kind, value) for attribute, kind, value in table if attribute == "code"} == {
        ("others", "")}
    ranges = [row for (attribute, kind, _), row in table.items() if (attribute, kind) == ("hours", "range")]
    assert len(ranges) == 10 and max(row["leads"] for row in ranges) <= len(leads) / 9
    odd = {value: row["leads"] for (attribute, kind, value), row in table.items()
           if attribute == "odd" and kind == "word"}
    counts = Counter(row["odd"] for row in {row["lead_id"]: row for row in company.query(
        "select contact_id as lead_id, odd from raw_crm.contacts")}.values())
    assert odd["SAP"] == odd["PLC"] == counts["SAP;PLC"] + counts["plc ; Sap"]
    assert odd["naïve – 東京 😀"] == counts["naïve – 東京 😀"]
    assert not any(attribute in ("email", "first_name", "contact_id") for attribute, *_ in table)


@pytest.mark.slow
def test_an_overwritten_crm_cannot_be_dated(fresh):
    """Only the last version of each contact is there, so that nothing tells what came first."""
    raw = random_company(5, contacts=300)
    raw["contacts"] = [row for row in raw["contacts"] if "quality" in row]
    fresh.configure(RULES)
    fresh.fill(raw)
    build(fresh, *MARTS, custom_attributes=CUSTOM)
    assert {row["suspected_leakage"] for (attribute, *_), row in attributes(fresh).items()
            if attribute in ("quality", "group", "job_title")} == {"undated"}
    assert insight(fresh)["good_group"]["suggestion"] == "measured"


def x_education():
    """The module examples/x_education/run.py, which is no package."""
    file = ROOT / "examples" / "x_education" / "run.py"
    spec = importlib.util.spec_from_file_location("x_education_example", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_columns_that_are_known_to_leak_are_named(own_project):
    """All of them and no other one, of leads that nobody here made up."""
    example = x_education()
    data = example.data_folder() / "Leads.csv.gz"
    if not data.exists():
        pytest.skip(f"there is no file {data}; LEAD_SCORING_REAL_DATA names its folder's folder")
    for file in (example.EXAMPLE / "scoring").glob("*.csv"):
        shutil.copy(file, own_project.folder / "seeds" / "scoring")
    example.map_file(own_project.database, data)
    own_project.dbt("build", "--exclude-resource-type", "test", "unit_test", "--select",
                    "+attribute_insight", variables=example.BUILD_VARS)
    assert {attribute for (attribute, *_), row in attributes(own_project).items()
            if row["suspected_leakage"] is not None} == {"tags", *example.LEAKY}


TRIAL = configuration(
    scoring_models=[{**MODEL, "population": "open_leads", "fit_weight": "0.5", "fit_target": "40",
                     "engagement_target": "20", "engagement_weight": "0.5", "mql_score": "58",
                     "sql_score": "95"}],
    activities=[{"activity": "visit", "source": "web", "event_name": "page_viewed",
                 "intent": "positive"}],
    fit_criteria=[
        {"criterion": name, "category": category, "attribute": attribute, "operator": operator,
         "points": points, **cells}
        for name, category, attribute, operator, points, cells in [
            ("chief", "role", "seniority", "equals", "20", {"value": "c_level"}),
            ("manager", "role", "seniority", "in", "12", {"value": "manager; director"}),
            ("known_role", "role", "seniority", "is_known", "3", {}),
            ("mid", "size", "employee_count", "between", "9",
             {"min_value": "50", "max_value": "500"}),
            ("large", "size", "employee_count", "at_least", "6", {"min_value": "400"}),
            ("small", "size", "employee_count", "at_most", "2", {"max_value": "40"}),
            ("rival", "other", "tags", "contains", "50", {"value": "rival"}),
            ("abroad", "other", "country", "not_in", "-9", {"value": "DE;FR"})]],
    engagement_criteria=[
        criterion("some", 5, rule="count", min_count=1, max_count=2),
        criterion("many", 8, rule="count", min_count=3),
        criterion("each", 1, max_points=4), criterion("quiet", -5, rule="inactive", window_days=30)],
    category_limits=[{"dimension": "fit", "category": "Role", "max_points": "22"}],
    score_gates=[
        {"gate": "rivals", "criterion": "rival", "when": "met", "max_score": "10",
         "disqualifies": "false"},
        {"gate": "no_boss", "criterion": "known_role", "when": "not_met", "max_score": "40",
         "disqualifies": "false"}])


def list_leads(project, *rows):
    path = project.folder / "seeds" / "what_if" / "sales_ready_leads.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("contact_id", "email"), *rows])


def test_a_configuration_is_tried_before_launch(fresh):
    fresh.configure(TRIAL)
    count_won_deals(fresh)
    visits = [event(number, AS_OF, contact_id="best") for number in range(4)]
    fresh.fill({
        "contacts": [
            contact("best", job_title="CEO", company_id="k", country="DE"),
            contact("rival", job_title="CEO", company_id="k", tags="a;rival", country="DE"),
            contact("vague", company_id="k", country="FR"),
            contact("weak", job_title="Manager", country="ES", email="Weak@x.example"),
            contact("buyer", lifecycle_stage="customer"), contact("7", lifecycle_stage="customer"),
            contact("merged", merged_into_contact_id="weak")],
        "companies": [{"company_id": "k", "employee_count": 450, "updated_at": ago(300)}],
        "web_events": [*visits, *(
            {**visit, "event_id": f"{visit['event_id']}{lead}", "contact_id": lead}
            for lead in ("rival", "vague") for visit in visits)]})
    list_leads(fresh, ("best", ""), ("rival", ""), (" vague ", ""), ("", "Weak <WEAK@X.example>"),
               ("merged", ""), ("7.0", ""), ("buyer", ""), ("", "nobody@x.example"), ("", ""))
    marts = ["what_if_reach", "what_if_combinations", "what_if_trial", "what_if_trial_leads"]
    build(fresh, *marts, evaluate=False, trial_sample_size=3)

    # 20 + 3 for a chief, held to 22; 9 + 6 for 400 to 500 employees; 8 + 4 for many visits.
    reach, = fresh.query("select * from marts.what_if_reach")
    assert [float(reach[name]) for name in (
        "highest_fit_points", "highest_engagement_points", "highest_fit_score",
        "highest_engagement_score", "highest_score")] == [37, 12, 92.5, 60, 76.3]
    assert reach["is_mql_reachable"] and not reach["is_sql_reachable"]

    # Without a known role no lead is an MQL. Role is full with 22, which makes 27.5 of 100, mid 11.3,
    # large 7.5, many 20, each 10; some and many exclude one another, mid and large do not.
    combinations = fresh.query("select * from marts.what_if_combinations order by combination")
    assert [({row[f"criterion_{number}"] for number in range(1, 5)}, float(row["score"]))
            for row in combinations] == [
        ({"known_role", "chief", "many", "mid"}, 58.8)]
    assert reach["fewest_criteria_to_mql"] == 4

    tried = {row["listed_as"]: row for row in fresh.query(
        "select * from marts.what_if_trial_leads where audience = 'sales_ready'")}
    assert {name: (row["lead_id"], None if row["score"] is None else float(row["score"]),
                   row["is_mql"], row["missed_because"]) for name, row in tried.items()} == {
        "best": ("best", 76.3, True, None),
        "rival": ("rival", 10, False, "held by a gate"),
        "vague": ("vague", 40, False, "too few points"),
        "merged": ("weak", 7.5, False, "too few points"),
        "buyer": ("buyer", None, False, "outside the population"),
        "7": ("7", None, False, "outside the population"),
        "nobody@x.example": (None, None, False, "no lead")}
    assert tried["merged"]["strongest_unmet_criteria"] == "chief: +20; mid: +9; many: +8"
    assert float(tried["merged"]["missing_score"]) == 50.5
    trial = {row["audience"]: row for row in fresh.query("select * from marts.what_if_trial")}
    assert [trial["sales_ready"][name] for name in ("leads", "scored_leads", "mqls", "sqls")] == [
        7, 4, 1, 0]
    assert trial["sample"]["leads"] == 3
