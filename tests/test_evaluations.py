"""When past scores are evaluated, and that the results stay until the next evaluation."""

import re
from datetime import date, timedelta

import pytest

from tests.project import BuildFailed
from tests.scoring_files import configuration, contact
from tests.traces import traces

TODAY = date(2026, 3, 2)


def company(leads):
    """Raw tables: leads that were created 100 days ago and won a deal a month later."""
    created, won = TODAY - timedelta(days=100), TODAY - timedelta(days=70)
    return {
        "contacts": [contact(f"c{number}x", f"{created} 08:00:00") for number in range(leads)],
        "deals": [{"deal_id": f"d{number}", "contact_id": f"c{number}x", "company_id": None,
                   "deal_type": "new", "amount": 100, "is_won": True,
                   "created_at": f"{created} 09:00:00", "closed_at": f"{won} 09:00:00",
                   "updated_at": f"{won} 09:00:00"} for number in range(leads)]}


def evaluated_on(project):
    """The days of the evaluations that are done, and the day that the kept leads are from."""
    days = project.query("select evaluated_on from scoring.int_evaluations order by all")
    kept = project.query("select distinct evaluated_on from scoring.int_holdout_leads")
    return ([row["evaluated_on"] for row in days], [row["evaluated_on"] for row in kept])


@pytest.mark.slow
def test_evaluations_are_due_at_first_and_after_the_interval(fresh):
    fresh.configure(configuration())
    fresh.fill(company(99))
    fresh.build_scores(TODAY, evaluate=None)
    assert fresh.query("select is_due from scoring.int_evaluation_plan") == [{"is_due": False}]
    fresh.fill(company(100))
    fresh.build(TODAY, evaluate=None)
    assert evaluated_on(fresh) == ([TODAY], [TODAY])
    assert fresh.query("select distinct due_because from scoring.int_evaluations") == [
        {"due_because": "there are enough deals for the first time"}]
    later = TODAY + timedelta(days=29)
    fresh.build(later, "--full-refresh", evaluate=None)
    assert evaluated_on(fresh) == ([TODAY], [TODAY])  # the last one is kept
    fresh.build(later + timedelta(days=1), evaluate=None)
    assert evaluated_on(fresh) == ([TODAY, later + timedelta(days=1)], [later + timedelta(days=1)])
    fresh.build_scores(TODAY, evaluate=True)  # a day before the last published one
    assert fresh.query("select is_due from scoring.int_evaluation_plan") == [{"is_due": False}]


@pytest.mark.slow
def test_what_was_found_of_an_erased_lead_goes(fresh):
    fresh.configure(configuration())
    raw_tables = company(100)
    fresh.fill(raw_tables)
    fresh.build(TODAY, evaluate=True)
    assert len(traces(fresh, ["c7x"])) > 3
    fresh.fill({**raw_tables, "erasure_requests": [
        {"contact_id": "c7x", "email": None, "requested_at": f"{TODAY} 12:00:00"}]})
    fresh.build(TODAY + timedelta(days=1), evaluate=False)  # training is not in the run
    assert traces(fresh, ["c7x"]) == []
    assert fresh.query("select count(*) as leads from scoring.int_holdout_leads") == [{"leads": 99}]
    assert fresh.query("select * from scoring.int_fit_values") == []
    # A run that builds the marts of evaluations anew, long before the next evaluation is due.
    fresh.build(TODAY + timedelta(days=2), evaluate=None)


def versions(project):
    return [row["version"] for row in project.query(
        "select distinct version from scoring.int_scorecard_versions order by all")]


def test_training_is_a_run_of_its_own_and_scores_never_wait_for_it(fresh):
    fresh.configure(configuration())
    fresh.fill(company(100))
    fresh.build_scores(TODAY, evaluate=None)
    days = "select count(*) as days from scoring.int_scoring_dates where is_evaluation_day"
    assert fresh.query(days) == [{"days": 0}] and versions(fresh) == []
    fresh.build_some("training", TODAY, evaluate=None)
    assert evaluated_on(fresh) == ([TODAY], [TODAY]) and versions(fresh) == [1]
    fresh.build_some("training", TODAY + timedelta(days=1), evaluate=None)  # long before it is due
    assert evaluated_on(fresh)[0] == [TODAY, TODAY + timedelta(days=1)]
    assert versions(fresh) == [1, 2]
    fresh.build_scores(TODAY + timedelta(days=90), evaluate=True)
    assert fresh.query(days) == [{"days": 0}] and versions(fresh) == [1, 2]


@pytest.mark.slow
def test_every_table_of_training_that_names_leads_forgets_the_erased(project):
    manifest = project.dbt("parse", variables={"demo_data": False})
    macro = manifest.macros["macro.lead_scoring.training_tables_with_leads"]
    named = set(re.findall(r"'([a-z_]+)'", macro.macro_sql))
    assert named == {
        node.name for node in manifest.nodes.values()
        if node.resource_type == "model" and "lead_id" in node.columns
        and re.match("models/intermediate/(observations|scorecard|evaluation)/", node.original_file_path)
        and node.config.materialized != "view"}


def test_another_word_than_true_or_false_is_a_clear_error(fresh):
    fresh.configure(configuration())
    fresh.fill(company(1))
    with pytest.raises(BuildFailed, match="The var evaluate must be true, false or empty"):
        fresh.build_scores(TODAY, evaluate="yes please")
    with pytest.raises(BuildFailed, match="minimum_conversions must be a whole number of at least"):
        fresh.build_scores(TODAY, minimum_conversions=19)
