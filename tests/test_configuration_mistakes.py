"""An error in seeds/scoring stops the build with a sentence that names the file, the row and the fix."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.configuration_helpers import (
    COLUMNS,
    FILES,
    ONE_CONTACT,
    Checker,
    add,
    change,
    copy_row,
    remove,
    small_configuration,
    write_configuration,
)
from tests.project import ROOT, Project

pytestmark = pytest.mark.check


@pytest.fixture(scope="session")
def checker(tmp_path_factory):
    return Checker(tmp_path_factory.mktemp("configuration") / "project")


# One mistake of each kind is also built: see test_a_mistake_stops_the_build.
BUILD = "build"

# Edit, row as the sentence names it, and what the sentence says about the error and its fix.
BROKEN = {
    "scoring_models": [
        (remove(), "2 (the first below the header)", "there is no scoring model; write a row",
         BUILD),
        (change("new", scoring_model=""), "without scoring_model",
         "scoring_model is empty; write a name"),
        (copy_row("new", scoring_model="NEW "), "NEW", "more than one row of this scoring_model",
         BUILD),
        (change("new", population="open_leads;leads"), "new",
         'population "leads" is not known; write one of open_leads, customers, trial_users', BUILD),
        (change("new", population=" ; "), "new", 'population ";" is not a population; write one'),
        (change("new", fit_weight=""), "new", "fit_weight is empty; write a number from 0 to 1",
         BUILD),
        (change("use", engagement_weight=""), "use", "engagement_weight is empty; write"),
        (change("new", fit_weight="0,4"), "new", 'fit_weight "0,4" is not a number; write one'),
        (change("new", fit_weight="4e-1"), "new", 'fit_weight "4e-1" is not a number; write one'),
        (change("new", fit_weight="-0.4"), "new", "fit_weight [-0.4] is out of range; write"),
        (change("new", fit_weight="0.400000001"), "new", "do not add up to 1; change one of them",
         BUILD),
        (change("new", fit_target=""), "new", "fit_target is empty; write the fit points"),
        (change("use", engagement_target=""), "use", "engagement_target is empty; write the"),
        (change("new", fit_target="0"), "new", "fit_target [0] is not above 0; write"),
        (change("use", engagement_target="-5"), "use", "engagement_target [-5] is not above 0"),
        (change("new", mql_score="76"), "new", "mql_score [76] is above sql_score [75]; swap"),
        (change("new", sql_score="101"), "new", "sql_score [101] is out of range; write a number"),
    ],
    "activities": [
        (add(source="web", event_name="cta"), "without activity but with event_name cta",
         "activity is empty; write a name"),
        (copy_row("view", activity="View"), "View", "more than one row of this activity; keep one"),
        (add(activity="Any", source="web"), "Any", "choose another name", BUILD),
        (change("view", source="webb"), "view",
         'source "webb" is not known; write one of web, email, social, product, sales', BUILD),
        (change("view", intent="good"), "view", 'intent "good" is not known; write one of pos'),
        (change("view", stage="late"), "view", 'stage "late" is not known; write one of aware',
         BUILD),
        (change("open", event_name="open"), "open",
         'event_name "open" is not known; write one of sent, delivered, opened'),
        (change("reply", event_name="%answer%"), "reply", 'event_name "%answer%" is not known',
         BUILD),
        (change("meeting", event_name="demo"), "meeting",
         'event_name "demo" is not known; write one of call, email, meeting'),
        (change("open", page_path="/x"), "open",
         "source email has no page_path; empty the cell or write source web"),
        (change("reply", min_percent_complete="5"), "reply", "has no min_percent_complete; empty"),
        (change("view", outcome="held"), "view", "source web has no outcome; empty the cell"),
        (add(activity="odd", network="x", link_url="/x"), "odd", "no source has all of the filled"),
        (add(activity="odd", event_name="open", network="x"), "odd", "write the source and empty"),
        (change("stay", quantity="seconds"), "stay", 'quantity "seconds" is not known; write one'),
        (change("stay", quantity="quantity"), "stay",
         "source web has no quantity quantity; empty the cell or write one of duration_seconds"),
        (change("open", quantity="quantity"), "open", "source email has no quantity quantity;"),
        (change("video", min_percent_complete="all"), "video",
         'min_percent_complete "all" is not a number; write one'),
        (change("video", min_percent_complete="101"), "video", "[101] is out of range; write"),
        (change("stay", page_path="?utm=x"), "stay", 'page_path "?utm=x" has nothing before'),
        (change("meeting", outcome="hold"), "meeting",
         'outcome "hold" is not known; write one of no_answer, connected'),
        (change("meeting", direction="sideways"), "meeting",
         'direction "sideways" is not known; write one of inbound, outbound'),
        (change("open", campaign_id="N/A"), "open", 'campaign_id "N/A" is a placeholder, which'),
        (change("view", product="Unknown"), "view", 'product "Unknown" is a placeholder, which'),
    ],
    "fit_criteria": [
        (change("plc", criterion=""), "without criterion but with attribute technologies (new)",
         "criterion is empty; write a name"),
        (change("plc", scoring_model=""), "plc (without scoring_model)",
         "scoring_model is empty; write the scoring model"),
        (change("plc", scoring_model="old"), "plc (old)",
         'scoring_model "old" is not known; write one that has a row in', BUILD),
        (copy_row("boss", criterion=" Boss"), "Boss (new)", "more than one row of this criterion",
         BUILD),
        (change("plc", criterion="Limit:x"), "Limit:x (new)", "choose another name"),
        (change("plc", attribute=""), "plc (new)", "attribute is empty; write a column of"),
        (change("plc", attribute="technology"), "plc (new)",
         'attribute "technology" is not known; write a column of contacts', BUILD),
        (change("plc", operator=""), "plc (new)", "operator is empty; write one of equals, in"),
        (change("it", operator="equal"), "it (new)",
         'operator "equal" is not known; write one of equals, in, not_in, contains', BUILD),
        (change("plc", points=""), "plc (new)", "points is empty; write how many points"),
        (change("plc", points="ten"), "plc (new)", 'points "ten" is not a number; write one such'),
        (change("plc", points="1e40"), "plc (new)", 'points "1e40" is not a number; write one'),
        (change("it", value=""), "it (new)", "value is empty; write what operator equals", BUILD),
        (change("boss", value=" "), "boss (new)", "value is empty; write what operator in"),
        (change("abroad", value=""), "abroad (new)", "value is empty; write what operator not_in"),
        (change("plc", value=""), "plc (new)", "value is empty; write what operator contains"),
        (change("plc", operator="has", value=""), "plc (new)", "write what operator has compares"),
        (change("plc", operator="has", value="SAP;PLC"), "plc (new)",
         'value "SAP;PLC" is several items, and operator has compares with one; write a row for'),
        (change("home", operator="has", value="Germny"), "home (new)",
         'country "Germny" is not known; write'),
        (change("it", operator="has", value="chief"), "it (new)", 'job_function is never "chief"'),
        (change("large", min_value=""), "large (new)", "min_value is empty; write the lowest"),
        (change("small", max_value=""), "small (new)", "max_value is empty; write the highest"),
        (change("mid", min_value=""), "mid (new)", "min_value is empty; write the lowest"),
        (change("mid", max_value=""), "mid (new)", "max_value is empty; write the highest"),
        (change("mid", min_value="100"), "mid (new)",
         "min_value [100] is above max_value [99]; swap or correct them", BUILD),
        (change("renewal", within_days=""), "renewal (new)", "within_days is empty; write how"),
        (change("renewal", within_days="-1"), "renewal (new)", "[-1] is below 0; write 0 or more"),
        (change("renewal", within_days="1.5"), "renewal (new)", "is not a whole number; write"),
        (change("boss", value="unknown; -"), "boss (new)", "is a placeholder, which reads as",
         BUILD),
        (change("plc", operator="equals", value="N/A"), "plc (new)",
         'value "N/A" is a placeholder'),
        (change("abroad", value=";"), "abroad (new)", "write a real value"),
        (change("home", value="DE;Germny"), "home (new)",
         'country "Germny" is not known; write a two-letter code', BUILD),
        (change("abroad", value="ES;XX"), "abroad (new)", 'country "XX" is not known; write'),
        (change("plc", attribute="country"), "plc (new)", 'no country code contains "PLC"; write'),
        (change("boss", value="vp;chief"), "boss (new)",
         'seniority is never "chief"; write one of c_level, vp, director'),
        (change("it", value="it;hr"), "it (new)", 'job_function is never "it;hr"; write one of'),
        (change("it", attribute="likely_buying_role", value="boss"), "it (new)",
         'never "boss"; write one of decision_maker, influencer, user'),
        (change("plc", attribute="seniority", value="head"), "plc (new)", "never \"head\"; write"),
        (change("plc", attribute="plant_count", operator="equals", value="some"), "plc (new)",
         'value "some" is not a number, which plant_count always is; write a number'),
        (change("plc", attribute="plant_count", operator="in", value="5;1e3"), "plc (new)",
         'value "1e3" is not a number, which plant_count always is; write a number'),
        (change("plc", attribute="is_free_email", operator="in", value="free"), "plc (new)",
         'value "free" is neither true nor false, which is_free_email always is; use operator'),
        (change("plc", attribute="customer_since", operator="equals", value="soon"), "plc (new)",
         'value "soon" is not a date, which customer_since always is; write one such as'),
        (change("plc", attribute="domain", value="https://"), "plc (new)",
         'value "https://" has nothing of a domain but what is cut from domains; write one such'),
        (change("plc", attribute="company_domain", operator="not_in", value="Acme.com;WWW."),
         "plc (new)", 'value "WWW." has nothing of a domain'),
        (change("plc", attribute="email_domain", operator="in", value="x.com;@acme.com"),
         "plc (new)", 'no email_domain contains "@acme.com"; write what follows the @ alone'),
        (change("plc", attribute="email_domain", value="https://acme.com"), "plc (new)",
         'no email_domain contains "https://acme.com"; write what'),
        (change("plc", attribute="email", operator="equals", value="acme.com"), "plc (new)",
         'value "acme.com" is not an e-mail address, which email always is; write one such as'),
        (change("plc", attribute="additional_emails", operator="has", value="Jo"), "plc (new)",
         'value "Jo" is not an e-mail address, which additional_emails always is; write one'),
        (change("plc", attribute="additional_emails", operator="equals", value="a@x.com, b@x.com"),
         "plc (new)", 'value "a@x.com, b@x.com" is several items, and operator equals compares'),
        (change("plc", attribute="employee_count", value="many"), "plc (new)",
         'value "many" is no part of employee_count, which always is a number; use another'),
        (change("plc", attribute="budget_confirmed", value="ja"), "plc (new)",
         'value "ja" is no part of budget_confirmed, which always is true or false; use another'),
        (change("plc", attribute="created_at", value="monday"), "plc (new)",
         'value "monday" is no part of created_at, which always is a date; use another operator'),
        (change("large", attribute="budget_confirmed"), "large (new)",
         "budget_confirmed is never a number, so nobody can meet operator at_least; use another",
         BUILD),
        (change("small", attribute="created_at"), "small (new)", "created_at is never a number"),
        (change("mid", attribute="seniority"), "mid (new)", "seniority is never a number"),
        (change("large", attribute="owner_id"), "large (new)", "owner_id is never a number"),
        (change("renewal", attribute="employee_count"), "renewal (new)",
         "employee_count is never a date, so nobody can meet operator due_within; use another"),
        (change("free_mail", attribute="company_employee_count"), "free_mail (new)",
         "company_employee_count is never true or false, so operator is_true means nothing; use"),
        (change("budget", attribute="project_start_on"), "budget (new)", "never true or false"),
        (change("no_mail", attribute="contact_id"), "no_mail (new)",
         "contact_id is never missing, so nobody can meet operator is_missing; use another"),
        (change("no_mail", attribute="open_deal_count"), "no_mail (new)",
         "open_deal_count is never missing, so nobody can meet operator is_missing; use another"),
    ],
    "engagement_criteria": [
        (change("met", criterion=""), "without criterion but with activity meeting (new)",
         "criterion is empty; write a name"),
        (change("met", scoring_model=""), "met (without scoring_model)", "is empty; write the"),
        (change("met", scoring_model="old"), "met (old)", 'scoring_model "old" is not known; wri'),
        (copy_row("met", criterion="MET"), "MET (new)", "more than one row of this criterion"),
        (change("met", criterion="Plc"), "Plc (new)",
         "seeds/scoring/fit_criteria.csv has a criterion of this name too; rename one", BUILD),
        (change("met", criterion="limit:fit:web"), "limit:fit:web (new)", "choose another name"),
        (change("met", activity=""), "met (new)", "activity is empty; write an activity"),
        (change("met", activity="meet"), "met (new)",
         'activity "meet" is not known; write one of seeds/scoring/activities.csv', BUILD),
        (change("met", activity="any"), "met (new)",
         "activity any works only with rule inactive; write one activity, or rule inactive", BUILD),
        (change("met", rule=""), "met (new)", "rule is empty; write one of each, amount, count"),
        (change("met", rule="sum"), "met (new)", 'rule "sum" is not known; write one of each'),
        (change("met", points=""), "met (new)", "points is empty; write how many points"),
        (change("met", points="1O"), "met (new)", 'points "1O" is not a number; write one'),
        (change("returns", min_count="", max_count=""), "returns (new)",
         "min_count and max_count are empty; write one of them", BUILD),
        (change("returns", min_count="10"), "returns (new)",
         "min_count [10] is above max_count [9]; swap or correct them"),
        (change("returns", min_count="31", max_count=""), "returns (new)",
         "min_count [31] is more than daily_limit [1] lets through in window_days [30]", BUILD),
        (change("returns", min_count="2.5"), "returns (new)", "[2.5] is not a whole number; write"),
        (change("returns", min_count="-1"), "returns (new)", "min_count [-1] is below 0; write 0"),
        (change("returns", window_days="0"), "returns (new)",
         "window_days [0] is not above 0; write a number greater than 0"),
        (change("returns", window_days="7.5"), "returns (new)", "[7.5] is not a whole number"),
        (change("returns", daily_limit="0"), "returns (new)", "daily_limit [0] is not above 0"),
        (change("opens", per=""), "opens (new)", "per is empty; write the activity that rule rate"),
        (change("opens", per="click"), "opens (new)", 'per "click" is not a known activity; write'),
        (change("opens", per="any"), "opens (new)", 'per "any" is not a known activity; write'),
        (change("opens", min_rate=""), "opens (new)", "min_rate is empty; write the share"),
        (change("opens", min_rate="half"), "opens (new)", 'min_rate "half" is not a number; write'),
        (change("opens", per="Open", min_rate="1.5"), "opens (new)",
         "min_rate [1.5] is above 1, but nothing occurs more often than itself; write another"),
        (change("opens", min_rate="-1"), "opens (new)", "min_rate [-1] is below 0; write 0"),
        (change("quiet", window_days=""), "quiet (new)", "window_days is empty; write the number"),
        (change("fewer", window_days=""), "fewer (new)", "window_days is empty; write the number"),
        (change("fewer", min_rate=""), "fewer (new)", "min_rate is empty; write the share"),
        (change("fewer", min_rate="1.2"), "fewer (new)", "min_rate [1.2] is above 1, but nothing"),
        (change("fewer", daily_limit="1", min_count="31"), "fewer (new)", "lower min_count"),
        (change("minutes", per="0"), "minutes (new)", 'per "0" is not a number above 0; write how'),
        (change("minutes", per="view"), "minutes (new)", 'per "view" is not a number above 0'),
        (change("minutes", activity="view"), "minutes (new)",
         "activity view has no quantity that rule amount could sum; fill its cell quantity", BUILD),
        (change("met", decay="half"), "met (new)", 'decay "half" is not known; write one of none'),
        (change("met", decay_days=""), "met (new)", "decay_days is empty; write the days of decay"),
        (change("views", decay_days="-30"), "views (new)", "decay_days [-30] is not above 0; wri"),
        (change("met", decay_rate=""), "met (new)", "decay_rate is empty; write the share"),
        (change("replies", decay_rate="1.5"), "replies (new)", "decay_rate [1.5] is out of range",
         BUILD),
        (change("views", max_points="-20"), "views (new)", "max_points [-20] is below 0; write 0"),
    ],
    "category_limits": [
        (change("web", scoring_model=""), "web (without scoring_model, engagement)",
         "scoring_model is empty; write the scoring model"),
        (change("web", scoring_model="old"), "web (old, engagement)",
         'scoring_model "old" is not known; write'),
        (change("web", dimension=""), "web (new, without dimension)", "dimension is empty; write"),
        (change("web", dimension="activity"), "web (new, activity)",
         'dimension "activity" is not known; write one of fit, engagement'),
        (change("web", category=""), "without category (new, engagement)",
         "category is empty; write a category"),
        (copy_row("web", category="Web"), "Web (new, engagement)", "keep one of them, rename",
         BUILD),
        (change("fit", min_points="41"), "fit (new, fit)",
         "min_points [41] is above max_points [40]; swap or correct them", BUILD),
        (change("fit", max_points="much"), "fit (new, fit)", 'max_points "much" is not a number'),
    ],
    "score_gates": [
        (change("silent", gate=""), "without gate but with criterion views (new)",
         "gate is empty; write a name"),
        (change("silent", scoring_model=""), "silent (without scoring_model)", "is empty; write"),
        (change("silent", scoring_model="old"), "silent (old)", 'scoring_model "old" is not known'),
        (copy_row("silent"), "silent (new)", "more than one row of this gate; keep one of them"),
        (change("silent", criterion=""), "silent (new)", "criterion is empty; write the criterion"),
        (change("silent", criterion="view"), "silent (new)",
         'criterion "view" of scoring model new does not exist; write one of', BUILD),
        (change("too_small", scoring_model="use"), "too_small (use)",
         'criterion "small" of scoring model use does not exist; write one of'),
        (change("silent", when=""), "silent (new)", "when is empty; write met or not_met"),
        (change("silent", when="never"), "silent (new)", 'when "never" is not known; write one'),
        (change("silent", disqualifies="maybe"), "silent (new)",
         'disqualifies "maybe" is not known; write true or false'),
        (change("silent", disqualifies=""), "silent (new)", "the gate has no effect; write a max_s",
         BUILD),
        (change("silent", disqualifies="No"), "silent (new)", "the gate has no effect; write a max"),
        (change("too_small", max_score="400"), "too_small (new)", "[400] is out of range; write"),
        (change("too_small", max_score="low"), "too_small (new)", '"low" is not a number; write'),
    ],
    "grade_bands": [
        (change("A", scoring_model=""), "A (without scoring_model, fit)", "is empty; write the"),
        (change("A", scoring_model="old"), "A (old, fit)", 'scoring_model "old" is not known; wri'),
        (change("A", dimension=""), "A (new, without dimension)", "dimension is empty; write"),
        (change("A", dimension="role"), "A (new, role)", 'dimension "role" is not known; write'),
        (change("A", grade=""), "without grade (new, fit)", "grade is empty; write A to E for fit"),
        (change("A", grade="F"), "F (new, fit)",
         'grade "F" is not known; write one of A, B, C, D, E'),
        (change("3", grade="6"), "6 (new, engagement)",
         'grade "6" is not known; write one of 1, 2, 3, 4, 5', BUILD),
        (copy_row("A", grade="a", min_score="90"), "A (new, fit)",
         "more than one row of this grade"),
        (change("A", min_score="30.0"), "B (new, fit)",
         "grade A has the same min_score; change one of them",
         BUILD),
        (add(scoring_model="new", dimension="fit", grade="D", min_score="0"), "D (new, fit)",
         "grade C has the same min_score; change one of them"),
        (change("A", min_score="high"), "A (new, fit)", 'min_score "high" is not a number; write'),
        (change("A", min_score="-1"), "A (new, fit)", "min_score [-1] is out of range; write"),
    ],
    "tiers": [
        (change("hot", scoring_model="old", fit_grades="", min_score="", engagement_grades=""),
         "hot (old, rank 1)", 'scoring_model "old" is not known; write'),
        (change("hot", scoring_model="", fit_grades=""), "hot (without scoring_model, rank 1)",
         "scoring_model is empty; write the scoring model"),
        (change("hot", rank=""), "hot (new, without rank)", "rank is empty; write 1 for the tier"),
        (change("hot", rank="first"), "hot (new, rank first)", 'rank "first" is not a number; wri'),
        (change("hot", tier=""), "without tier (new, rank 1)", "tier is empty; write a name"),
        (change("hot", tier="Warm"), "Warm (new, rank 1)", "more than one row of this tier; keep"),
        (change("hot", rank="2.0"), "warm (new, rank 2)",
         "tier hot also has rank 2; give each tier a different rank"),
        (change("cold", min_score="10"), "cold (new, rank 3)",
         "this is the last tier of its scoring model and must take all remaining leads; empty",
         BUILD),
        (remove("cold"), "warm (new, rank 2)", "or add a tier of a higher rank"),
        (change("warm", min_score="", fit_grades=""), "warm (new, rank 2)",
         "the tier has no condition and hides those after it; fill min_score", BUILD),
        (change("hot", rank="9", min_score="40", keep_score=""), "cold (new, rank 3)",
         "or give it the highest rank"),
        (change("hot", min_score="40", fit_grades="", engagement_grades="", keep_score=""),
         "warm (new, rank 2)",
         "nobody can reach the tier, because tier hot is checked first and takes all leads"),
        (change("hot", min_score="0", fit_grades="", engagement_grades="", keep_score=""),
         "warm (new, rank 2)",
         "nobody can reach the tier, because tier hot is checked first and takes all leads"),
        (change("hot", min_score="50", fit_grades="C;B;A", engagement_grades="", keep_score=""),
         "warm (new, rank 2)", "change the conditions or the rank of one of them", BUILD),
        (change("hot", keep_score="76"), "hot (new, rank 1)",
         "keep_score [76] is above min_score [75]; swap or correct them"),
        (change("hot", keep_score="-1"), "hot (new, rank 1)", "keep_score [-1] is out of range"),
        (change("hot", min_score="750"), "hot (new, rank 1)", "min_score [750] is out of range"),
        (change("hot", fit_grades="A;1"), "hot (new, rank 1)",
         'grade "1" is not known; write A, B, C, D, E in fit_grades'),
        (change("hot", engagement_grades="1 2"), "hot (new, rank 1)",
         'grade "1 2" is not known; write 1, 2, 3, 4, 5 in engagement_grades'),
        (change("hot", fit_grades=";"), "hot (new, rank 1)", 'fit_grades ";" is not a grade; wr'),
        (change("hot", fit_grades="D;E"), "hot (new, rank 1)",
         'fit_grades "D;E" is never given, so nobody can reach the tier; write grades that have',
         BUILD),
        (change("hot", response_minutes="0"), "hot (new, rank 1)", "[0] is not above 0; write"),
        (change("hot", response_minutes="7.5"), "hot (new, rank 1)", "[7.5] is not a whole number"),
        (change("hot", response_unit="days"), "hot (new, rank 1)",
         'response_unit "days" is not known; write one of business_minutes, minutes'),
        (change("hot", response_minutes="soon"), "hot (new, rank 1)", '"soon" is not a number; wr'),
    ],
}

def cases(only_built=False):
    return [
        pytest.param(file, *case[:3], id=f"{file}-{number}-{case[2][:40]}")
        for file in FILES
        for number, case in enumerate(BROKEN[file], start=1)
        if BUILD in case or not only_built
    ]


def is_said(sentence, file, row, said):
    """Whether a sentence names the file, the row and the fix; [12] stands for 12, as cells are numbers too."""
    said = re.sub(r"\[([-.0-9]+)\]", r"\1", said)
    return sentence.startswith(f"seeds/scoring/{file}.csv, row {row}: ") and said in sentence


@pytest.mark.parametrize(("file", "edit", "row", "said"), cases())
def test_a_mistake_is_said_once(checker, file, edit, row, said):
    sentences = checker.sentences(everywhere=False, **{file: edit})
    assert len(sentences) == 1, sentences
    assert is_said(sentences[0], file, row, said), sentences


@pytest.mark.parametrize(("file", "edit", "row", "said"), cases(only_built=True))
def test_a_mistake_stops_the_build(checker, file, edit, row, said):
    outcome = checker.check(**{file: edit})
    assert not outcome.success
    assert len(outcome.sentences) == 1, outcome.message
    assert is_said(outcome.sentences[0], file, row, said), outcome.message
    assert outcome.status["configuration_check"] == "error"
    assert outcome.status["config_fit_criteria"] == "skipped"
    assert outcome.status["lead_scores"] == "skipped"
    assert not {table for table in outcome.tables if table.startswith("marts.")}


def test_every_mistake_is_said_at_once(checker):
    outcome = checker.check(
        fit_criteria=change("plc", points="", operator="like"),
        tiers=change("hot", min_score="hot"),
    )
    assert "has 3 mistakes" in outcome.message
    assert len(outcome.sentences) == 3


def check_passes(checker, **edits):
    outcome = checker.check(**edits)
    assert outcome.sentences == []
    assert outcome.status["configuration_check"] == "success", outcome.message
    assert outcome.status["config_fit_criteria"] == "success", outcome.message


def other_columns(file, rows):
    """Columns in another order, with one that nobody asked for."""
    rows[0]["note"] = "it's ours, isn't it"
    return ["note", *reversed(COLUMNS[file].split())]


ALLOWED = {
    "a part of a text that looks like a placeholder": {
        "fit_criteria": change("plc", value="-")},
    "a tier for every score before the last one": {
        "tiers": change("warm", min_score="0", fit_grades="", keep_score="")},
    "no gates": {"score_gates": remove()},
    "no limits": {"category_limits": remove()},
    "no tiers": {"tiers": remove()},
    "no bands and tiers by score": {
        "grade_bands": remove(),
        "tiers": change("hot", fit_grades="", engagement_grades=""),
    },
    "no bands though tiers ask for grades": {"grade_bands": remove()},
    "no fit criteria": {
        "fit_criteria": remove(), "score_gates": remove("too_small"),
    },
    "no engagement criteria": {
        "engagement_criteria": remove(), "score_gates": remove("silent"),
    },
    "everyone": {"scoring_models": change("new", population="")},
    "no thresholds": {"scoring_models": change("new", mql_score="", sql_score="")},
    "equal thresholds": {"scoring_models": change("new", mql_score="75")},
    "a target of 0 without weight": {"scoring_models": change("use", fit_target="0")},
    "weights in thirds": {
        "scoring_models": change("new", fit_weight="0.333333333", engagement_weight="0.666666667"),
    },
    "spelling of words": {
        "fit_criteria": change("boss", operator=" IN ", attribute="Seniority", scoring_model="NEW"),
        "engagement_criteria": change("met", activity="Meeting", rule="EACH", decay="Step"),
    },
    "spelling of numbers": {
        "fit_criteria": change("mid", min_value="-.5", max_value="1000.", points="5.0"),
        "engagement_criteria": change("returns", min_count="3.0", window_days="30.00"),
    },
    "an activity of SQL": {"engagement_criteria": change("views", activity="session")},
    "an activity of the name of an SQL one": {
        "activities": add(activity="session", source="web", event_name="session"),
    },
    "an activity without source": {"activities": add(activity="x", event_name="clicked")},
    "an activity of all events": {"activities": add(activity="all")},
    "two activities of one meaning": {"activities": copy_row("view", activity="view_2")},
    "the root page": {"activities": change("stay", page_path="/?ref=%")},
    "two criteria of one meaning": {"fit_criteria": copy_row("boss", criterion="boss_2")},
    "one criterion in two models": {"fit_criteria": copy_row("boss", scoring_model="use")},
    "a criterion without category": {"fit_criteria": change("boss", category="")},
    "a limit of a category without criteria": {"category_limits": change("web", category="ads")},
    "a limit without bounds": {"category_limits": change("web", max_points="")},
    "a list with a placeholder": {"fit_criteria": change("abroad", value="DE;unknown;")},
    "numbers in text": {"fit_criteria": change("large", attribute="credit_rating")},
    "dates in text": {"fit_criteria": change("renewal", attribute="need")},
    "truth in text": {"fit_criteria": change("free_mail", attribute="need")},
    "a part of a word": {"fit_criteria": change("plc", attribute="seniority", value="intern")},
    "a part of a number": {
        "fit_criteria": change("plc", attribute="annual_revenue", value="000.5")},
    "a part of true": {"fit_criteria": change("plc", attribute="budget_confirmed", value="Tru")},
    "a part of a day": {"fit_criteria": change("plc", attribute="created_at", value="2026-01")},
    "a part of an address": {"fit_criteria": change("plc", attribute="email", value="acme.")},
    "a part of a domain": {"fit_criteria": change("plc", attribute="domain", value=".de")},
    "as often as itself": {"engagement_criteria": change("opens", per="open", min_rate="1")},
    "numbers in a list": {
        "fit_criteria": change("it", attribute="plant_count", operator="in", value="1;2.0;.5"),
    },
    "a boolean in words": {
        "fit_criteria": change("it", attribute="budget_confirmed", value="Yes"),
    },
    "a rate above 1": {"engagement_criteria": change("opens", min_rate="2.5")},
    "never in a month": {
        "engagement_criteria": change("returns", min_count="", max_count="0"),
    },
    "a count in a window without daily limit": {
        "engagement_criteria": change("returns", min_count="900", max_count="", daily_limit=""),
    },
    "a decay in half days": {"engagement_criteria": change("met", decay_days="0.5")},
    "a gate that holds and disqualifies": {"score_gates": change("silent", max_score="10")},
    "fewer grades": {
        "grade_bands": remove("B", "3"), "tiers": change("hot", fit_grades="A;B"),
    },
    "grades upside down": {"grade_bands": change("A", min_score="10")},
    "ranks with gaps and decimals": {"tiers": change("warm", rank="2.5")},
    "a last tier from score 0": {"tiers": change("cold", min_score="0", keep_score="0")},
    "a tier to keep without a least score": {
        "tiers": change("hot", min_score="", keep_score="40"),
    },
    "tiers told apart by one grade": {
        "tiers": change("hot", min_score="50", keep_score="", fit_grades="A;B",
                        engagement_grades=""),
    },
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_the_files_may_say_is_no_mistake(checker, name):
    assert checker.sentences(**ALLOWED[name]) == []


@pytest.mark.parametrize("file", FILES)
def test_a_file_with_other_columns_passes(checker, file):
    check_passes(checker, **{file: other_columns})


def test_empty_lines_are_no_rows(checker):
    for file in FILES:
        with open(checker.seeds / f"{file}.csv", "a", encoding="utf-8") as target:
            target.write("\n" + "," * (len(COLUMNS[file].split()) - 1) + "\n\n")
    check_passes(checker, **{file: None for file in FILES})


def test_files_without_rows_pass(checker):
    empty = ["fit_criteria", "engagement_criteria", "category_limits", "score_gates",
             "grade_bands", "tiers", "activities"]
    check_passes(checker, **{file: remove() for file in empty})


def test_the_small_configuration_has_no_mistakes(checker):
    assert checker.outcome_of_base.success, checker.outcome_of_base.message


def test_the_shipped_configuration_has_no_mistakes(checker):
    def shipped(file, rows):
        with open(ROOT / "seeds" / "scoring" / f"{file}.csv", encoding="utf-8-sig") as source:
            reader = csv.DictReader(source)
            rows[:] = list(reader)
            return reader.fieldnames

    check_passes(checker, **{file: shipped for file in FILES})


def test_a_whole_build_scores_nothing(tmp_path):
    project = Project(tmp_path / "project")
    project.fill(ONE_CONTACT)
    configuration = small_configuration()
    change("it", operator="equal")("fit_criteria", configuration["fit_criteria"])
    write_configuration(project.folder / "seeds" / "scoring", configuration)
    run = subprocess.run(
        [Path(sys.executable).with_name("dbt"), "build", "--no-use-colors",
         "--vars", "{demo_data: false}"],
        cwd=project.folder, capture_output=True, text=True, timeout=600,
        env={**os.environ, "LEAD_SCORING_DUCKDB_PATH": str(project.database)},
    )
    print(run.stdout, run.stderr)
    assert run.returncode == 1
    assert (
        'seeds/scoring/fit_criteria.csv, row it (new): operator "equal" is not known; '
        "write one of equals, in, not_in"
    ) in run.stdout
    tables = {row["table_name"] for row in project.query(
        "select table_name from information_schema.tables"
    )}
    assert "configuration_errors" in tables
    assert not tables & {"config_scoring_models", "int_scored_leads", "criterion_points",
                         "lead_scores", "lead_score_ledger", "lead_tiers"}
