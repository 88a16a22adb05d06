"""The benchmarks compare like with like: the query written by hand gives the project's scores, made-up
tables of leads are what they say, and probabilities are measured right."""

import random

import duckdb
import pytest

from benchmarks import by_hand, prediction_measures, probability_project, synthetic_sets
from benchmarks.raw_tables import DAYS, fill
from tests.project import Project
from tests.reference import logistic_regression as reference

LEADS, EVENTS = 300, 2_000
AS_OF = "2025-12-31"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("benchmark") / "project")
    fill(project.database, LEADS, EVENTS)
    project.build_scores(AS_OF)
    return project


def test_by_hand_and_project_score_alike(project):
    with duckdb.connect(str(project.database), read_only=True) as connection:
        by_hand.score(connection, AS_OF)
        leads, agreeing = by_hand.agreement(connection)
        scores = connection.execute(
            "select count(distinct score) as scores from scores_by_hand").fetchone()[0]
    assert leads > LEADS / 2
    assert scores > 50
    assert agreeing == leads


@pytest.mark.parametrize("share, rows", [
    # What makes raw tables of real companies costly is in these, too.
    (0.5, "where contact_id is null and email is null"),
    (0.01, "where user_agent like '%bot%'"),
    (0.005, "where occurred_at < loaded_at - interval 1 day"),
    (0.003, "where event_id in (select event_id from raw_activity.web_events"
            " group by event_id having count(*) > 1)"),
])
def test_web_events_are_like_those_of_a_company(project, share, rows):
    found = project.query(f"select count(*) as n from raw_activity.web_events {rows}")[0]["n"]
    assert found > share * 0.7 * EVENTS


def test_contacts_have_versions_and_merges(project):
    [found] = project.query("""
        select count(*) as versions, count(distinct contact_id) as contacts,
            count(merged_into_contact_id) as merges, count(deleted_at) as deletions
        from raw_crm.contacts
    """)
    assert found["versions"] > 1.5 * found["contacts"]
    assert found["merges"] > 0
    assert found["deletions"] > 0


def test_a_further_day_is_what_a_longer_year_would_have_delivered(tmp_path):
    appended, at_once = tmp_path / "appended.duckdb", tmp_path / "at_once.duckdb"
    fill(appended, LEADS, EVENTS)
    fill(appended, LEADS, EVENTS, DAYS, DAYS + 1)
    fill(at_once, LEADS, EVENTS, 0, DAYS + 1)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{appended}' as appended; attach '{at_once}' as at_once")
        for table in ("raw_activity.web_events", "raw_activity.email_events", "raw_crm.contacts",
                      "raw_crm.deals", "raw_crm.sales_activities"):
            assert connection.execute(f"select count(*) from at_once.{table}").fetchone()[0] > 0
            for one, other in (("appended", "at_once"), ("at_once", "appended")):
                assert connection.execute(
                    f"from {one}.{table} except all from {other}.{table}").fetchall() == []


# The measure of the conversion probability.


@pytest.mark.parametrize("name, rows, columns, rate", [
    ("noise", 1_540, 60, 0.13),
    ("deals", 8_000, 8, 0.63),
    ("calls", 41_000, 15, 0.11),
    ("rare_linear", 29_000, 15, 0.03),
    ("words", 4_600, 57, 0.3),
    ("web_leads", 7_900, 10, 0.1),
    ("product", 2_800, 6, 0.3),
    ("filled_in", 5_000, 4, 0.2),
    ("half_missing", 5_000, 12, 0.2),
    ("mostly_zero", 12_000, 6, 0.2),
    ("many_levels", 20_000, 3, 0.25),
    ("levels_together", 12_000, 3, 0.25),
    ("two_products", 6_000, 60, 0.3),
    ("rarest_linear", 60_000, 10, 0.003),
    ("large_linear", 50_000, 20, 0.2),
])
def test_made_up_leads_have_size_and_conversion_rate(name, rows, columns, rate):
    dataset = synthetic_sets.SYNTHETIC[name]()
    assert dataset.name == name
    assert (len(dataset.rows), len(dataset.outcomes), len(dataset.columns)) == (rows, rows, columns)
    assert all(list(row) == dataset.columns for row in dataset.rows)
    # Four standard errors, as outcomes are drawn.
    assert sum(dataset.outcomes) == pytest.approx(
        rate * rows, abs=4 * (rate * (1 - rate) * rows) ** 0.5)


@pytest.mark.parametrize("make", [
    synthetic_sets.noise, synthetic_sets.deals, synthetic_sets.words, synthetic_sets.web_leads,
    synthetic_sets.product, synthetic_sets.filled_in, synthetic_sets.half_missing,
    synthetic_sets.mostly_zero, synthetic_sets.many_levels, synthetic_sets.levels_together,
    synthetic_sets.two_products,
    lambda seed=9: synthetic_sets.linear("linear", 500, 5, 0.2, 1, seed),
])
def test_made_up_leads_come_again_with_their_seed_alone(make):
    once, again, other = make(), make(), make(seed=99)
    assert (once.rows, once.outcomes) == (again.rows, again.outcomes)
    assert once.rows != other.rows and once.outcomes != other.outcomes


def test_there_is_something_to_find_where_leads_say_so():
    """The log-odds of what a set says it has: the product of two numbers, late calls, no noise."""
    def area(dataset, score):
        return prediction_measures.area_under_curve(dataset.outcomes, [score(row) for row in dataset.rows])

    product, calls, noise = (synthetic_sets.product(), synthetic_sets.calls(), synthetic_sets.noise())
    assert area(product, lambda row: float(row["number_0"]) * float(row["number_1"])) > 0.7
    assert area(product, lambda row: float(row["number_0"])) == pytest.approx(0.5, abs=0.05)
    assert all(abs(area(noise, lambda row: float(row[column])) - 0.5) < 0.1
               for column in noise.columns)
    late = int(0.7 * len(calls.outcomes))
    assert sum(calls.outcomes[late:]) > sum(calls.outcomes[:late])


def drawn(count, seed):
    """True probabilities, and outcomes by them."""
    draw = random.Random(seed)
    probabilities = [draw.betavariate(1, 4) for _ in range(count)]
    return probabilities, [draw.random() < probability for probability in probabilities]


def test_measures_are_those_of_the_reference():
    probabilities, outcomes = drawn(700, seed=1)
    probabilities = [round(probability, 2) for probability in probabilities]  # some are equal
    found = prediction_measures.measures(outcomes, probabilities)
    assert found.auc == pytest.approx(reference.area_under_curve(outcomes, probabilities))
    assert found.brier == pytest.approx(reference.brier_score(outcomes, probabilities))
    assert found.ece == pytest.approx(reference.calibration_error(outcomes, probabilities))
    assert prediction_measures.measures([True, False] * 10, [0.9, 0.2] * 10).lift == 2
    # In whatever order, a constant has none.
    assert prediction_measures.measures([True] * 10 + [False] * 10, [0.5] * 20).lift == 1


def test_true_probabilities_are_in_the_range_of_their_calibration_error_19_times_in_20():
    inside, above = 0, 0
    for seed in range(100):
        probabilities, outcomes = drawn(300, seed)
        low, high = prediction_measures.calibration_error_range(probabilities, draws=200)
        inside += low <= prediction_measures.calibration_error(outcomes, probabilities) <= high
        above += prediction_measures.calibration_error(
            outcomes, [probability * 0.5 for probability in probabilities]) > high
    assert 88 <= inside <= 99
    assert above > 80
    few, many = (prediction_measures.calibration_error_range(drawn(count, 0)[0])[1] for count in (100, 6_400))
    assert few == pytest.approx(8 * many, rel=0.3)


def test_a_gain_on_a_constant_has_an_error():
    probabilities, outcomes = drawn(2_000, seed=2)
    rate = sum(outcomes) / len(outcomes)
    gain, error = prediction_measures.gain_and_error(outcomes, probabilities, rate)
    assert gain > 3 * error > 0
    shuffled = random.Random(3).sample(probabilities, len(probabilities))
    assert prediction_measures.gain_and_error(outcomes, shuffled, rate)[0] < 0
    assert prediction_measures.gain_and_error(outcomes, [rate] * 2_000, rate) == (0, 0)


@pytest.mark.parametrize("given, said", [
    ({}, []),
    ({"auc": 0.798}, ["AUC 0.0020 below logistic regression"]),
    ({"auc": 0.7995}, []),
    ({"boosting": 0.806}, ["AUC 0.0060 below gradient boosting"]),
    ({"ece": 0.035}, ["ECE 0.035"]),
    ({"ece": 0.035, "high": 0.04}, []),
    ({"ece": 0.035, "split": "time"}, []),
    ({"ece": 0.055, "split": "time"}, ["ECE 0.055"]),
    ({"ece": 0.055, "split": "time", "drifts": True}, []),
    ({"has_signal": False}, ["used, though there is no signal"]),
])
def test_a_verdict_says_what_is_missing(given, said):
    def figures(auc, ece=0.01, high=0.02):
        return prediction_measures.Measures(auc, 0.1, 0.3, ece, 0.001, high, 2)

    given = {"auc": 0.8, "ece": 0.01, "high": 0.02, "boosting": 0.8, "split": "random",
             "has_signal": True, "drifts": False} | given
    assert prediction_measures.shortfalls(
        figures(given["auc"], given["ece"], given["high"]), figures(0.8), figures(given["boosting"]),
        given["split"], given["has_signal"], given["drifts"]) == said


def test_the_measured_leads_are_created_on_the_day_that_is_looked_at():
    is_training = [number % 10 < 7 for number in range(1_000)]
    days = probability_project.creation_days(is_training)
    # Evaluations look back in steps of 30 days.
    assert {day % 30 for day in days} == {0}
    # After 90 days a lead is looked at again: before 90 days ago, its outcome would be known.
    assert max(days) - 90 < 90
    assert {day for day, trains in zip(days, is_training) if not trains} == {0}
    trained = [day for day, trains in zip(days, is_training) if trains]
    assert trained == sorted(trained, reverse=True) and trained.count(90) == 175
