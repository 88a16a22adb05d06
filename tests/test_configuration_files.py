"""Mistakes in configuration files and settings stop the run with one sentence."""

import csv
import re

import duckdb
import pytest
import yaml

from tests.project import ROOT, BuildFailed
from tests.scoring_files import configuration, contact, criterion, event

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")

SEEDS = {
    "fit_criteria": "scoring", "engagement_criteria": "scoring", "tiers": "scoring", "activities": "scoring",
    "scoring_models": "scoring", "category_limits": "scoring", "account_scoring": "accounts",
    "challengers": "what_if", "outcomes": "evaluation", "experiments": "experiments", "holidays": "calendar",
    "placeholder_words": "normalisation", "job_title_words": "normalisation",
}


def path_of(file):
    return f"seeds/{SEEDS[file]}/{file}.csv"


def edit(project, file, old, new):
    """Replace the first occurrence of a text in a shipped file."""
    path = project.folder / path_of(file)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def said_of(project, *files):
    """What dbt says when it loads files; nothing where it does."""
    try:
        project.dbt("seed", "--select", *files, variables={"demo_data": False})
    except BuildFailed as failure:
        return str(failure)
    return ""


# File, what is replaced in its header, by what, what is said.
HEADERS = [
    ("fit_criteria", "points", "Points", 'the column "Points" is not known; write points.'),
    ("engagement_criteria", "max_points", " max points ", 'column " max points " is not known; write max_points.'),
    ("tiers", "response_minutes", "RESPONSE-MINUTES", "write response_minutes."),
    ("account_scoring", "score_cap", "Score_Cap", "write score_cap."),
    ("challengers", "challenger", "Challenger", "write challenger."),
    ("outcomes", "is_won", "is won", "write is_won."),
    ("experiments", "smallest_effect", "smallest effect", "write smallest_effect."),
    ("holidays", "holiday_on", "Holiday_on", "write holiday_on."),
    ("placeholder_words", "placeholder", "Placeholder", "write placeholder."),
    ("category_limits", "min_points,max_points", "max_points,max_points", "max_points appears twice"),
    ("category_limits", "max_points", "max_pionts",
     'the column max_points is missing and "max_pionts" is not known; add it, or rename the other.'),
    ("job_title_words", "priority", "rank",
     'the column priority is missing and "rank" is not known; add it, or rename the other.'),
]


def test_a_header_in_other_letters_is_a_mistake_that_names_the_column(fresh):
    fresh.fill({})
    for file, old, new, said in HEADERS:
        edit(fresh, file, old, new)
        message = said_of(fresh, file)
        assert f"{path_of(file)}, row 1 (the header): " in message, (file, message)
        assert said in message, (file, message)
        fresh.restore()


def test_an_extra_column_is_fine_next_to_one_that_may_be_absent(fresh):
    fresh.fill({})
    edit(fresh, "tiers", "response_unit", "owner_note")
    edit(fresh, "activities", ",page_path,", ",notes,")
    edit(fresh, "activities", ",utm_source,", ",utm_term,")
    assert said_of(fresh, "tiers", "activities") == ""
    fresh.restore()
    edit(fresh, "activities", ",event_name,", ",eventname,")
    assert 'the column event_name is missing and "eventname" is not known' in said_of(
        fresh, "activities")
    fresh.restore()
    edit(fresh, "tiers", "response_unit", "response_units")
    assert 'the column response_unit is missing and "response_units" is not known' in said_of(
        fresh, "tiers")
    fresh.restore()
    edit(fresh, "tiers", "response_unit", "reponse_unit")
    assert 'the column response_unit is missing' in said_of(fresh, "tiers")


def test_a_file_with_semicolons_is_a_mistake(fresh):
    fresh.fill({})
    path = fresh.folder / path_of("tiers")
    path.write_text(path.read_text(encoding="utf-8").replace(";", "").replace(",", ";"),
                    encoding="utf-8")
    assert "row 1 (the header): columns are separated by ;, not by commas" in said_of(fresh, "tiers")
    path.write_text(path.read_text(encoding="utf-8").replace(";", "\t"), encoding="utf-8")
    assert "row 1 (the header): columns are separated by tabs, not by commas" in said_of(fresh, "tiers")


BROKEN_FILES = {
    "empty": (lambda text: b"", " is empty; it needs at least its header: scoring_model,rank,tier"),
    "an unquoted comma": (
        lambda text: text.encode() + b"acquisition,9,icy,,,,,,,Wait, or not\n",
        r", row [0-9]+ \(acquisition\), has 11 cells, the header 10; put cells with a comma in quotes"),
    "sep=": (lambda text: b"sep=,\n" + text.encode(), ', row 1 .* is not the header; delete the lines'),
}


@pytest.mark.parametrize("kind", BROKEN_FILES)
def test_a_file_that_dbt_cannot_read_is_a_mistake(fresh, kind):
    broken, sentence = BROKEN_FILES[kind]
    path = fresh.folder / "seeds" / "scoring" / "tiers.csv"
    path.write_bytes(broken(path.read_text(encoding="utf-8")))
    with pytest.raises(BuildFailed, match="seeds/scoring/tiers.csv" + sentence):
        fresh.dbt("build", "--select", "path:seeds", "path:models/0_configuration",
                  variables={"evaluate": False, "demo_data": False})


def test_a_title_above_the_header_is_a_mistake(fresh):
    fresh.fill({})
    path = fresh.folder / path_of("category_limits")
    path.write_text("Limits 2026,,,,\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert (
        "row 1 (the header): it is not the header, which has scoring_model, dimension, category, "
        "min_points, max_points; delete the lines above the header."
    ) in said_of(fresh, "category_limits")


def test_a_byte_order_mark_is_no_mistake(fresh):
    fresh.fill({})
    path = fresh.folder / path_of("tiers")
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert said_of(fresh, "tiers") == ""


@pytest.mark.parametrize("file, column", [
    ("fit_criteria", "x\" varchar); create table scoring.planted (a int); --"),
    ("job_title_words", "x varchar); create table scoring.planted (a int); --"),
])
def test_sql_in_a_header_is_never_run(fresh, file, column):
    fresh.fill({})
    path = fresh.folder / path_of(file)
    with path.open(newline="", encoding="utf-8") as source:
        header, *rows = csv.reader(source)
    with path.open("w", newline="", encoding="utf-8") as target:
        csv.writer(target).writerows([[*header, column], *([*row, ""] for row in rows)])
    message = said_of(fresh, file)
    assert "may contain only letters, digits, spaces, - and _; rename or delete it" in message
    assert fresh.query(
        "select table_name from information_schema.tables where table_name = 'planted'") == []


def test_rows_that_an_unclosed_quote_swallows_are_missed(fresh):
    fresh.fill({})
    edit(fresh, "fit_criteria", "Works in operations or engineering", '"Works in operations')
    edit(fresh, "fit_criteria", "Works in IT", 'Works in "IT"')
    edit(fresh, "tiers", ",hot,", ',"hot,')
    edit(fresh, "tiers", ",warm,", ',warm",')
    edit(fresh, "outcomes", "*,,true", '"*,,true')
    message = said_of(fresh, "fit_criteria", "tiers", "outcomes")
    assert (
        f'{path_of("fit_criteria")}, row 2: the cell of description starting with "Works in '
        'operations" goes on over the end of its line; close its quote (") or remove the line '
        "break."
    ) in message
    assert f"{path_of('tiers')}, row 2: the cell of tier starting with" in message
    assert f"{path_of('outcomes')}, row 2: the cell of scoring_model starting with" in message


def test_a_description_may_have_lines(fresh):
    fresh.fill({})
    edit(fresh, "fit_criteria", "Works in IT", '"Works in IT,\nnot in sales, not elsewhere"')
    assert said_of(fresh, "fit_criteria") == ""
    assert fresh.query(
        "select description from scoring.fit_criteria where criterion = 'works_in_it'"
    ) == [{"description": "Works in IT,\nnot in sales, not elsewhere"}]


def test_a_column_that_is_absent_reads_as_empty(fresh):
    files = configuration(
        activities=[{"activity": "visit", "source": "web", "event_name": "page_viewed"}],
        engagement_criteria=[criterion("visits", 5)])
    fresh.fill({"contacts": [contact("c1")], "web_events": [event(1, "2026-02-01")]})
    for name, rows in files.items():
        columns = list(dict.fromkeys(column for row in rows for column in row)) or ["scoring_model"]
        with (fresh.folder / "seeds" / "scoring" / f"{name}.csv").open(
                "w", newline="", encoding="utf-8") as target:
            writer = csv.DictWriter(target, columns)
            writer.writeheader()
            writer.writerows(rows)
    fresh.build_scores("2026-03-01")
    assert [int(row["engagement_points"]) for row in fresh.query(
        "select engagement_points from marts.lead_scores")] == [5]
    (fresh.folder / path_of("engagement_criteria")).write_text(
        "criterion,scoring_model,activity,rule\nvisits,acquisition,visit,each\n", encoding="utf-8")
    with pytest.raises(BuildFailed, match="row visits .acquisition.: points is empty; write how"):
        fresh.build_scores("2026-03-01")


def test_control_characters_are_cut_and_numbers_stay_within_a_decimal(fresh):
    fresh.fill({"contacts": [contact("c1")], "web_events": [event(1, "2026-02-01")]})
    visit = {"activity": "visit\x1f", "source": "\x1eweb", "event_name": "page_\x02viewed"}
    fresh.configure(configuration(
        activities=[visit], engagement_criteria=[criterion("vis\x1fits", "\x7f5")]))
    fresh.build_scores("2026-03-01")
    assert fresh.query("select criterion, points from marts.lead_score_ledger") == [
        {"criterion": "visits", "points": 5}]
    fresh.configure(configuration(
        activities=[visit], engagement_criteria=[
            criterion("visits", "9" * 18, max_points="-1000001", window_days="100001"),
            criterion("minutes", "1", rule="amount", per="0.0000001")],
        category_limits=[{"dimension": "fit", "category": "x", "min_points": "1000000000"}],
        fit_criteria=[{"criterion": "big", "attribute": "employee_count", "operator": "at_least",
                       "min_value": "10000000000000000", "points": "1"}]))
    with pytest.raises(BuildFailed) as failed:
        fresh.build_scores("2026-03-01")
    for sentence in (
        f"row visits (acquisition): points {'9' * 18} is too large; write a number "
        "from -1000000 to 1000000.",
        "row visits (acquisition): window_days 100001 is too large; write a number "
        "from -100000 to 100000.",
        "row minutes (acquisition): per 0.0000001 is too small or too large",
        "min_points 1000000000 is too large",
        "row big (acquisition): min_value 10000000000000000 is too large",
    ):
        assert sentence in str(failed.value)


CONFIGURATION = ["--select", "path:seeds", "path:models/0_configuration"]


def test_criteria_with_the_same_condition_are_counted_in_a_warning(fresh):
    def sap(name, operator, value, **cells):
        return {"criterion": name, "attribute": "technologies", "operator": operator, "value": value,
                "points": "5", **cells}

    def warnings(fit_criteria, engagement_criteria):
        fresh.configure(configuration(
            activities=[{"activity": "visit", "source": "web"}],
            fit_criteria=fit_criteria, engagement_criteria=engagement_criteria))
        return [result.failures for result in fresh.dbt(
            "build", *CONFIGURATION, "--indirect-selection", "cautious",
            variables={"demo_data": False}).results if str(result.status) == "warn"]

    fresh.fill({"contacts": [contact("c1")]})
    assert warnings(
        [sap("sap", "contains", "SAP"), sap("crm", "contains", "CRM")],
        [criterion("visits", 5), criterion("recent_visits", 5, window_days="30")]) == []
    assert warnings(
        [sap("sap", "contains", "SAP"), sap("sap_2", "has", "sap "),
         sap("two", "in", "a;B"), sap("two_2", "in", "b; a")],
        [criterion("visits", 5), criterion("visits_2", 2)]) == [3]


def test_a_run_without_the_rules_says_what_to_load(fresh):
    fresh.fill({"contacts": [contact("c1")]})
    fresh.dbt("seed", variables={"demo_data": False})
    with duckdb.connect(str(fresh.database)) as connection:
        connection.execute("drop table scoring.configuration_columns")
    with pytest.raises(BuildFailed, match="configuration_columns.csv is not loaded; run dbt seed, or"):
        fresh.dbt("run", *CONFIGURATION, variables={"demo_data": False})


WRONG_VARS = {
    "as_of": ("2026-02-30", "an ISO date such as 2026-01-31"),
    "anonymous_lookback_days": ("abc", "a whole number from 0 to 99999"),
    "score_automated": ("false", "true or false, without quotes"),
    "automated_signs": (0, "a whole number from 1 to 99"),
    "automated_within_seconds": ("soon", "a whole number from 0 to 86400"),
    "demo_data": ("no", "true or false, without quotes"),
    "allowed_shrinkage": ("half", "a number from 0 to 1"),
    "reporting_timezone": ("Europe/Madird", "an IANA time zone such as Europe/Madrid"),
    "experiments": ("yes", "true or false, without quotes"),
    "interest_half_life_days": (0, "a whole number from 1 to 99999"),
    "buying_stage_days": (2.5, "a whole number from 1 to 99999"),
    "custom_attributes": ({"a": 1}, "a list of names"),
    "conversion_horizon_days": ("-1", "a whole number from 1 to 99999"),
    "evaluation_interval_days": (None, "a whole number from 1 to 99999"),
    "minimum_conversions": (19, "a whole number of at least 20"),
    "wanted_recall": (1.5, "a number from 0 to 1"),
    "weekly_capacity": ("many", "a number of at least 0"),
    "trial_sample_size": (True, "a whole number of at least 0"),
    "trial_sample_draw": ("first", "a whole number"),
    "crm_sync_models": ([1, 2], "a list of names"),
    "crm_override_column": (["a"], "a name"),
    "crm_lead_url": ("https://crm.example", "a link with {lead_id} in it"),
    "call_list_quiet_days": (-1, "a whole number from 0 to 99999"),
    "call_list_overdue_days": (0, "a whole number from 1 to 99999"),
    "call_minutes": (0, "a whole number from 1 to 480"),
    "call_hours_per_day": (25, "a number from 0 to 24"),
    "expected_amount_segments": (
        ["employee_count"],
        "a list of company_size and attributes that are text, such as [company_size, industry]"),
    "expected_amount_days": (0, "a whole number from 1 to 99999"),
    "raw_crm_schema": (" ", "a name"),
    "production_targets": ([""], "a list of names"),
}


def test_every_var_that_is_wrong_is_said_at_once_and_nothing_is_written(fresh):
    assert not fresh.database.exists()
    with pytest.raises(BuildFailed) as failed:
        fresh.dbt("seed", variables={
            "evaluate": False, **{name: value for name, (value, _) in WRONG_VARS.items()}})
    said = str(failed.value)
    for name, (value, wanted) in WRONG_VARS.items():
        assert f"The var {name} must be {wanted}, not '{value}'." in said, said
    assert said.count("The var ") == len(WRONG_VARS)
    assert fresh.query("select table_name from information_schema.tables") == []


def test_a_day_that_is_none_is_not_compiled(fresh):
    with pytest.raises(BuildFailed, match="The var as_of must be"):
        fresh.dbt("compile", "--select", "int_scoring_dates", variables={
            "as_of": "2026-02-30"})


def test_an_empty_var_is_one_that_is_left_out(own_project):
    """Empty text comes from a variable of the shell that is not set; a list or dict may be null."""
    own_project.fill({})
    models = ["int_scoring_dates", "int_identity_resolution", "backtest_thresholds", "int_listed_calls",
              "activity_names", "int_sql_activity_daily", "int_sql_attributes", "int_points_changes",
              "int_observed_attributes"]

    def compiled(nothing, no_list, no_dict):
        outcome = own_project.dbt("compile", "--select", *models, variables={
            "demo_data": False, "evaluate": nothing, "sql_activities": no_dict,
            **dict.fromkeys(["as_of", "anonymous_lookback_days", "weekly_capacity", "raw_database",
                             "call_hours_per_day", "crm_lead_url", "crm_override_column"], nothing),
            **dict.fromkeys(["scored_days", "custom_attributes", "allowed_attributes", "crm_sync_models",
                             "expected_amount_segments", "sql_attributes"], no_list)})
        return {result.node.name: result.node.compiled_code for result in outcome.results}

    assert compiled("", None, None) == compiled(None, [], {})


def test_every_var_has_a_rule():
    given = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    rules = (ROOT / "macros" / "project" / "check_vars.sql").read_text(encoding="utf-8")
    assert set(re.findall(r"^        '(\w+)': \[", rules, re.MULTILINE)) == set(given)


def test_vars_may_be_given_in_several_ways(fresh):
    fresh.fill({})
    fresh.dbt("seed", "--select", "outcomes", variables={
        "demo_data": False, "as_of": "2028-02-29", "anonymous_lookback_days": "30",
        "weekly_capacity": 2.5, "crm_sync_models": "acquisition", "crm_override_column": "",
        "custom_attributes": "Lead_Rating", "allowed_attributes": "phone",
        "scored_days": "2026-12-31", "reporting_timezone": None, "evaluate": False})


def schemas(project):
    return {row["table_schema"] for row in project.query(
        "select distinct table_schema from information_schema.tables")}


def test_marts_and_raw_tables_lie_where_the_target_and_the_vars_say(own_project):
    selection = ["--select", "+channel_engagement", "--exclude-resource-type", "test", "unit_test"]
    own_project.dbt("build", *selection, variables={
        "evaluate": False, "production_targets": ["prod"], "raw_crm_schema": "crm",
        "raw_activity_schema": "events", "as_of": "2026-06-01"})
    assert schemas(own_project) == {"scoring", "scoring_marts", "crm", "events"}
    assert own_project.query("select count(*) > 0 as is_read from scoring_marts.channel_engagement") \
        == [{"is_read": True}]
    assert own_project.query("select count(*) > 0 as is_there from crm.demo_deliveries") == [
        {"is_there": True}]


@pytest.mark.parametrize("selector", ["scores", "published"])
def test_a_selector_builds_and_tests_a_new_database(fresh, selector):
    fresh.fill({"contacts": [contact("c1")], "web_events": [event(1, "2026-02-01")]})
    outcome = fresh.dbt("build", "--selector", selector, "--exclude-resource-type", "unit_test",
                        variables=fresh.variables("2026-03-01", {}))
    names = {result.node.name for result in outcome.results}
    assert {"ledger_adds_up_to_points", "every_lead_has_one_row_per_model"} <= names
    assert "account_points_add_up" not in names
    assert ("changes_add_up_to_history" in names) == (selector == "published")
