"""The conversion probability: what it is worth, what it is made of, and when there is none."""

import csv
import gzip
import math
import os
import random
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from benchmarks import probability_project
from tests.project import ROOT, Project
from tests.reference import logistic_regression as reference

REAL_DATA = Path(os.environ.get("LEAD_SCORING_REAL_DATA") or ROOT.parent / "shared" / "data")
X_EDUCATION = REAL_DATA / "x_education" / "Leads.csv.gz"
NO_FEATURES = {
    "Converted", "Prospect ID", "Lead Number", "Tags", "Lead Quality", "Lead Profile",
    "Asymmetrique Activity Index", "Asymmetrique Profile Index", "Asymmetrique Activity Score",
    "Asymmetrique Profile Score", "Last Notable Activity",
}
ODD_TEXT = ["O'Brien \"& Sons\"", "köln; zürich", "{{ ref('x') }}", "100%_\\", "'", "-- no",
            "東京", "a" * 5000]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    result = Project(tmp_path_factory.mktemp("probability") / "project")
    probability_project.configure(result.folder)
    return result


def build(project, columns, *arguments, as_of=probability_project.AS_OF, evaluate=True, **given):
    return project.dbt(
        "build", "--exclude-resource-type", "test", "unit_test",
        "--select", *probability_project.SELECTED, *arguments,
        variables={"demo_data": False, "as_of": as_of, "evaluate": evaluate,
                   "custom_attributes": list(
                       probability_project.attribute_names(columns).values()), **given})


def fill_and_build(project, rows, columns, outcomes, is_training):
    project.forget()
    probability_project.fill(project.database, rows, columns, outcomes, is_training)
    build(project, columns)


# What it is worth, on leads that nobody here made up.


def x_education():
    if not X_EDUCATION.exists():
        pytest.skip(f"there is no file {X_EDUCATION}")
    with gzip.open(X_EDUCATION, "rt", newline="", encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["Lead Number"]))
    columns = [column for column in rows[0] if column not in NO_FEATURES]
    outcomes = [row["Converted"] == "1" for row in rows]
    return [{column: None if row[column] in ("", "Select") else row[column]
             for column in columns} for row in rows], columns, outcomes


def of_tested(values, is_training):
    return [value for value, trains in zip(values, is_training) if not trains]


def test_on_later_leads_it_is_as_good_as_logistic_regression_fitted_beside_it(project):
    rows, columns, outcomes = x_education()
    is_training = [number < int(0.7 * len(rows)) for number in range(len(rows))]
    fill_and_build(project, rows, columns, outcomes, is_training)
    found = of_tested(
        probability_project.probabilities(project.database, len(rows)), is_training)
    features, count = reference.prepared(rows, columns, is_training)
    weights, intercept = reference.fitted(
        [row for row, trains in zip(features, is_training) if trains], count,
        [outcome for outcome, trains in zip(outcomes, is_training) if trains])
    expected = reference.probabilities(of_tested(features, is_training), weights, intercept)
    tested = of_tested(outcomes, is_training)
    assert reference.area_under_curve(tested, expected) == pytest.approx(0.888, abs=0.003)
    assert (reference.area_under_curve(tested, found)
            >= reference.area_under_curve(tested, expected) - 0.001)
    assert (reference.brier_score(tested, found)
            <= reference.brier_score(tested, expected) + 0.001)


def test_on_random_leads_it_is_calibrated(project):
    rows, columns, outcomes = x_education()
    draw = random.Random(0)
    training = set()
    for outcome in (True, False):
        numbers = [number for number, one in enumerate(outcomes) if one == outcome]
        training.update(draw.sample(numbers, round(0.7 * len(numbers))))
    is_training = [number in training for number in range(len(rows))]
    fill_and_build(project, rows, columns, outcomes, is_training)
    found = of_tested(
        probability_project.probabilities(project.database, len(rows)), is_training)
    assert reference.calibration_error(of_tested(outcomes, is_training), found) <= 0.03


# What it is made of, on leads that are as odd as can be.


def odd_leads(count, seed=7):
    """Rows, columns, outcomes and training flags: half of what there is says something."""
    draw = random.Random(seed)
    rows, outcomes = [], []
    for number in range(count):
        level, size = draw.choice(ODD_TEXT), draw.gauss(0, 2)
        log_odds = ODD_TEXT.index(level) / 2 - 2.2 + abs(size) / 2
        is_recent = number >= int(0.8 * count)
        rows.append({
            "Level": "never seen" if is_recent and number % 3 == 0 else level,
            "level ": None if number % 2 else level.upper(),
            "Größe": None if number % 5 == 0 else f"{size:.6f}",
            "all null": None,
            "constant": "same",
            "own": f"value {number}",
            "flag": draw.choice(["0", "1"]),
            "huge": draw.choice(["1e12", "-1e12", "3", "x"]),
        })
        outcomes.append(draw.random() < 1 / (1 + math.exp(-log_odds)))
    return rows, list(rows[0]), outcomes, [number < int(0.8 * count) for number in range(count)]


@pytest.fixture(scope="module")
def odd(project):
    """The columns of the odd leads, fitted and scored."""
    rows, columns, outcomes, is_training = odd_leads(1500)
    fill_and_build(project, rows, columns, outcomes, is_training)
    return rows, columns, outcomes, is_training


def state(project):
    """Everything that a run gives of the probability."""
    return [project.query(f"select * from marts.{mart} order by all")
            for mart in ("scorecard_versions", "scorecard_weights", "conversion_reasons")] + [
        project.query("select lead_id, conversion_probability, priority from marts.lead_scores"
                      " order by all")]


def test_the_reasons_of_a_lead_add_up_to_its_log_odds(project, odd):
    rows = project.query("""
        select lead_scores.lead_id, conversion_probability as probability, sum(weight) as log_odds
        from marts.lead_scores
        join marts.conversion_reasons using (lead_id, scoring_model)
        group by all""")
    assert len(rows) == len(project.query("select * from marts.lead_scores"))
    for row in rows:
        assert row["probability"] == pytest.approx(
            1 / (1 + math.exp(-float(row["log_odds"]))), abs=1e-12)


def test_missing_and_unseen_values_have_no_reason(project, odd):
    rows, _, _, is_training = odd
    reasons = {}
    for row in project.query("select * from marts.conversion_reasons"):
        reasons.setdefault(row["lead_id"], {})[row["feature"]] = row["bin"]
    recent = [number for number, trains in enumerate(is_training) if not trains]
    for number in recent:
        found = reasons[f"lead_{number}"]
        level = rows[number]["Level"]
        assert found.get("x_level") == (
            None if level == "never seen" else level.lower()[:100])  # its name is no longer
        assert ("x_gr_e" in found) == (rows[number]["Größe"] is not None)
    assert any(rows[number]["Level"] == "never seen" for number in recent)
    features = {feature for found in reasons.values() for feature in found}
    assert not features & {"x_all_null", "x_constant", "x_own"}


def test_the_fit_is_at_the_top_of_the_penalised_likelihood(project, odd):
    bins = project.query("""
        select fit_id, bin_id, share, weight from scoring.int_fit_final order by all""")
    rows = project.query("""
        select fit_id, observation_id, bin_id, is_converted from scoring.int_fit_rows
        where is_training order by all""")
    for fit in {row["fit_id"] for row in bins}:
        weight_of = {row["bin_id"]: row["weight"] for row in bins if row["fit_id"] == fit}
        centre = sum(row["share"] * row["weight"] for row in bins if row["fit_id"] == fit)
        observations, outcomes = {}, {}
        for row in rows:
            if row["fit_id"] == fit:
                members = observations.setdefault(row["observation_id"], {})
                if row["bin_id"]:
                    members[row["bin_id"] - 1] = 1.0
                outcomes[row["observation_id"]] = row["is_converted"]
        count = max(weight_of)
        features = list(observations.values())
        labels = [outcomes[number] for number in observations]
        weights, intercept = reference.fitted(features, count, labels, penalty=20.0)
        best = penalised_loss(features, labels, weights, intercept)
        reached = penalised_loss(features, labels, [weight_of[n + 1] for n in range(count)],
                                 weight_of[0] - centre)
        assert best - 1e-6 <= reached <= best + 1e-4


def test_calibration_is_at_the_top_of_the_penalised_likelihood(project, odd):
    rows = project.query("select * from scoring.int_later_probabilities")
    assert {row["method"] for row in rows} == {"scorecard", "naive_bayes"}
    for method in ("scorecard", "naive_bayes"):
        later = [row for row in rows if row["method"] == method]
        slope, intercept = later[0]["slope"], later[0]["intercept"]

        def loss(slope, intercept):
            return 100 * ((slope - 1) ** 2 + intercept ** 2) + logistic_loss(
                [slope * row["margin"] + intercept for row in later],
                [row["is_converted"] for row in later])

        assert abs(slope - 1) > 0.02
        assert loss(slope, intercept) < min(
            loss(slope + 0.005, intercept), loss(slope - 0.005, intercept),
            loss(slope, intercept + 0.005), loss(slope, intercept - 0.005))


def test_how_much_better_than_a_constant_it_is_and_how_sure_that_is(project, odd):
    versions = {row["method"]: row for row in project.query("select * from marts.scorecard_versions")}
    rows = project.query("select * from scoring.int_later_probabilities")
    for method, version in versions.items():
        later = [(row["is_converted"], row["probability"]) for row in rows if row["method"] == method]
        rate = sum(outcome for outcome, _ in later) / len(later)

        def loss(outcome, probability):
            return -math.log(probability if outcome else 1 - probability)

        gains = [loss(outcome, rate) - loss(outcome, probability) for outcome, probability in later]
        mean = sum(gains) / len(gains)
        assert version["constant_log_loss"] - version["log_loss"] == pytest.approx(mean, abs=1e-9)
        assert version["log_loss_error"] == pytest.approx(
            math.sqrt(sum((gain - mean) ** 2 for gain in gains)) / len(gains), rel=1e-6)
        area, converted = version["auc"], sum(outcome for outcome, _ in later)
        others = len(later) - converted
        both, neither = area / (2 - area), 2 * area ** 2 / (1 + area)
        assert version["auc_error"] ** 2 == pytest.approx(
            (area * (1 - area) + (converted - 1) * (both - area ** 2)
             + (others - 1) * (neither - area ** 2)) / converted / others, rel=1e-6)


def logistic_loss(log_odds, labels):
    return sum(math.log(1 + math.exp(margin)) - label * margin
               for margin, label in zip(log_odds, labels))


def penalised_loss(features, labels, weights, intercept):
    found = reference.probabilities(features, weights, intercept)
    return (10 * sum(weight * weight for weight in weights)
            - sum(math.log(value if label else 1 - value)
                  for value, label in zip(found, labels)))


# Four observations, the bins that each is in and whether it converted; and a state between steps.
MEMBERS = {1: ([0, 1], 1), 2: ([0, 1, 2], 0), 3: ([0, 2], 1), 4: ([0], 0)}
SHARE, WEIGHT, DIRECTION = [0, 0.5, 0.5], [0.3, 0.5, -0.4], [0.05, -0.1, 0.2]
GRADIENT, GRADIENT_PRODUCT = [-0.2, 0.3, -0.4], 0.5
STEP = """
    with given_rows as (select 1 as fit_id, true as is_training, * from (values {rows})
        as r (observation_id, bin_id, is_converted)),
    before as (select 1 as fit_id, {slope}::double as slope, {product}::double as gradient_product,
        0.1 as largest_change, false as is_finished, * from
        (values {bins}) as b (bin_id, share, weight, direction, gradient)),
    {{{{ scorecard_step('before', 'given_rows') }}}}
    order by bin_id"""


def loss_of(weights):
    centre = sum(map(math.prod, zip(SHARE, weights)))
    return 10 * sum(weight * weight for weight in weights[1:]) + logistic_loss(
        [sum(weights[number] for number in members) - centre
         for members, _ in MEMBERS.values()], [label for _, label in MEMBERS.values()])


def moved(weights, direction, by):
    return [weight + by * one for weight, one in zip(weights, direction)]


def slope_and_bend(weights, direction, by=1e-4):
    """First and second derivative of the penalised loss along a direction."""
    before, here, after = (loss_of(moved(weights, direction, sign * by)) for sign in (-1, 0, 1))
    return (after - before) / (2 * by), (after - 2 * here + before) / by ** 2


def test_a_step_goes_along_its_direction_and_then_against_the_gradient(project):
    """Derivatives of the penalised likelihood, found by moving the weights a little."""
    slope, bend = slope_and_bend(WEIGHT, DIRECTION)
    compiled = project.dbt("compile", "--inline", STEP.format(
        rows=", ".join(f"({number}, {member}, {label}::double)"
                       for number, (members, label) in MEMBERS.items() for member in members),
        bins=", ".join(f"({number}, {', '.join(f'{cell}::double' for cell in cells)})"
                       for number, cells in enumerate(zip(SHARE, WEIGHT, DIRECTION, GRADIENT))),
        slope=slope, product=GRADIENT_PRODUCT))
    found = duckdb.sql(compiled.results[0].node.compiled_code).select(
        "weight, direction, gradient, gradient_product, slope").fetchall()
    weights = moved(WEIGHT, DIRECTION, -slope / bend)
    gradient, curvature = zip(*(
        slope_and_bend(weights, [float(number == other) for other in range(3)])
        for number in range(3)))
    product = sum(one * one / bent for one, bent in zip(gradient, curvature))
    momentum = max(0, sum((one - before) * one / bent for one, before, bent in zip(
        gradient, GRADIENT, curvature)) / GRADIENT_PRODUCT)
    direction = [momentum * before - one / bent
                 for before, one, bent in zip(DIRECTION, gradient, curvature)]
    assert momentum > 0
    expected = [(weight, ahead, one, product, sum(map(math.prod, zip(gradient, direction))))
                for weight, ahead, one in zip(weights, direction, gradient)]
    assert found == [pytest.approx(row, abs=1e-4) for row in expected]


def test_priorities_are_equal_quarters_of_the_open_leads(project, odd):
    _, _, outcomes, is_training = odd
    rows = project.query("""
        select lead_id, priority, conversion_probability as probability from marts.lead_scores""")
    assert len(rows) == sum(not (trains and outcome)
                            for outcome, trains in zip(outcomes, is_training))
    counts = Counter(row["priority"] for row in rows)
    assert set(counts) == {"very_high", "high", "medium", "low"}
    assert max(counts.values()) - min(counts.values()) <= 1
    lowest = 1
    for priority in ("very_high", "high", "medium", "low"):
        found = [row["probability"] for row in rows if row["priority"] == priority]
        assert max(found) <= lowest
        lowest = min(found)


def test_it_is_fitted_when_asked_and_past_days_go_by_the_version_of_their_time(project, odd):
    _, columns, _, _ = odd
    first = state(project)
    assert {row["version"] for row in first[0]} == {1}
    build(project, columns)
    assert [row["version"] for row in state(project)[0]] == [1, 1]
    assert same_numbers(state(project)[3], first[3])

    build(project, columns, "--full-refresh", evaluate=False)
    assert state(project)[:2] == first[:2] or same_numbers(state(project)[1], first[1])
    assert same_numbers(state(project)[3], first[3])

    build(project, columns, as_of="2026-06-29", evaluate=False)
    assert {row["conversion_probability"] for row in state(project)[3]} == {None}
    assert {row["priority"] for row in state(project)[3]} == {None}

    build(project, columns, as_of="2026-07-03")
    assert {row["version"] for row in state(project)[0]} == {1, 2}
    assert {row["version"] for row in state(project)[2]} == {2}
    build(project, columns, evaluate=False)
    assert {row["version"] for row in state(project)[2]} == {1}
    assert same_numbers(state(project)[3], first[3])


def same_numbers(found, expected):
    """Whether rows are the same, numbers to within what adding them in another order changes."""
    return len(found) == len(expected) and all(
        one == other or (isinstance(one, float) and one == pytest.approx(other, abs=1e-6))
        or (not isinstance(one, (float, str, type(None))) and not isinstance(other, (str, type(None)))
            and hasattr(one, "as_tuple") and abs(one - other) < 1e-6)
        for row, same in zip(found, expected) for one, other in zip(row.values(), same.values()))


def noise(count, columns, rate):
    """Rows of numbers and words that say nothing of the outcome."""
    draw = random.Random(11)
    rows = [{f"x{number}": draw.choice("abcdef") if number % 3 else f"{draw.gauss(0, 1):.4f}"
             for number in range(columns)} for _ in range(count)]
    return rows, list(rows[0]), [draw.random() < rate for _ in rows]


def test_without_a_signal_there_is_no_probability(project):
    rows, columns, outcomes = noise(1540, 60, 0.13)
    fill_and_build(project, rows, columns, outcomes, [number < 1232 for number in range(1540)])
    versions = project.query("select * from marts.scorecard_versions")
    assert {row["status"] for row in versions} == {"refused"}
    assert all(row["status_because"].startswith("no signal found: on later observations")
               for row in versions)
    assert project.query("select * from marts.scorecard_weights") == []
    assert {(row["conversion_probability"], row["priority"]) for row in state(project)[3]} == {
        (None, None)}


def test_what_turns_round_later_is_not_used(project):
    """Who was the likeliest to convert on the earlier days is the least likely on the later ones."""
    draw = random.Random(5)
    rows = [{"size": draw.choice(["small", "large"])} for _ in range(1500)]
    outcomes = [draw.random() < (0.6 if (row["size"] == "large") == (number < 850) else 0.1)
                for number, row in enumerate(rows)]
    fill_and_build(project, rows, ["size"], outcomes, [number < 1200 for number in range(1500)])
    versions = project.query("select * from marts.scorecard_versions")
    assert {row["status"] for row in versions} == {"refused"}
    assert all(row["slope"] < 1 for row in versions)
    assert {row["conversion_probability"] for row in state(project)[3]} == {None}


def test_it_refuses_to_train_on_too_little_and_says_how_much_it_needs(project):
    rows, columns, outcomes, is_training = odd_leads(200, seed=3)
    outcomes = [outcome and number % 2 == 0 for number, outcome in enumerate(outcomes)]
    won = sum(outcome and trains for outcome, trains in zip(outcomes, is_training))
    assert won < 100
    fill_and_build(project, rows, columns, outcomes, is_training)
    versions = project.query("select * from marts.scorecard_versions")
    assert {row["status"] for row in versions} == {"refused"}
    assert {row["status_because"] for row in versions} == {
        f"too little data: {won} conversions and {sum(is_training) - won} non-conversions,"
        " 100 and 100 are needed"}
    assert project.query("select * from marts.scorecard_weights") == []
    assert {row["conversion_probability"] for row in state(project)[3]} == {None}
    build(project, columns, minimum_conversions=20)
    versions = project.query("select * from marts.scorecard_versions")
    assert all(row["log_loss"] is not None and "too little" not in row["status_because"]
               for row in versions)
