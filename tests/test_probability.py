"""The conversion probability: how good it is, what it consists of, and when there is none."""

import csv
import gzip
import math
import os
import random
from collections import Counter
from datetime import date
from decimal import Decimal
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


@pytest.mark.slow
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
            "note": None if number % 2 else f"note {number}",
            "flag": draw.choice(["0", "1"]),
            "huge": draw.choice(["1e12", "-1e12", "3", "x"]),
            "paid on": f"2025-{1 + number % 12:02}-{1 + number % 28:02}",
            "discount": f"{number % 40},{number % 10} %",
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


def test_dates_and_numbers_are_read_as_people_write_them(project, odd):
    """A date is the days until it, which has ranges as a number has."""
    found = project.query("""
        select feature, as_of, value, number_value from scoring.int_training_features
        where feature in ('x_paid_on', 'x_discount')""")
    assert {row["feature"] for row in found} == {"x_paid_on", "x_discount"}
    for row in found:
        expected = ((date.fromisoformat(row["value"]) - row["as_of"]).days if row["feature"] == "x_paid_on"
                    else Decimal(row["value"].removesuffix(" %").replace(",", ".")))
        assert row["number_value"] == expected, row
    ranges = project.query("""
        select feature, count(lower_bound) as ranges from marts.scorecard_weights
        where feature in ('x_paid_on', 'x_discount') group by feature""")
    assert len(ranges) == 2 and all(row["ranges"] > 2 for row in ranges)


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
    assert {found.get("x_note") for found in reasons.values()} == {None, "known, but rare"}
    features = {feature for found in reasons.values() for feature in found}
    assert not features & {"x_all_null", "x_constant", "x_own"}


# How strongly a weight is held, as docs/probability.md says.
VALUE_PENALTY, PAIR_PENALTY, FEATURES_PER_PENALTY = (4, 20), 4, 4


def penalty_of(bins, weights, strength, of_values):
    """What the penalty adds to the loss.

    bins: dict id -> row of int_fit_bins or a pair; of_values: dict feature -> penalty of its values.
    """
    total, ranges = 0, {}
    lines = sum(one["kind"] == "line" for one in bins.values())
    values = len({one["feature"] for one in bins.values() if one["kind"] in ("value", "rare")})
    of_line = max(1, lines / FEATURES_PER_PENALTY)
    for number, one in bins.items():
        kind, weight = one["kind"], weights[number]
        if kind == "range":
            ranges.setdefault(one["feature"], []).append((one["range_number"], weight))
        elif kind != "intercept":
            least, most = VALUE_PENALTY
            of_value = min(most, max(values / FEATURES_PER_PENALTY,
                                     min(least, of_values.get(one["feature"], least))))
            held = {"value": of_value, "rare": of_value, "pair": PAIR_PENALTY, "line": of_line}[kind]
            total += held * weight ** 2 / 2
    for steps in ranges.values():
        ordered = [weight for _, weight in sorted(steps)]
        mean = sum(ordered) / len(ordered)
        total += of_line * mean ** 2 / 2
        total += 0.05 * strength * sum((weight - mean) ** 2 for weight in ordered) / 2
        total += strength * (len(ordered) - 1) * sum(
            (after - before) ** 2 for before, after in zip(ordered, ordered[1:])) / 2
    return total


def counts_in(fit, observation):
    """Whether an observation takes part in a fit."""
    return fit == "nothing" or (not observation["is_later"] if fit == "later"
                                else fit != f"fold_{observation['fold']}")


def test_each_fit_is_at_the_top_of_its_penalised_likelihood(project, odd):
    bins = {row["bin_id"]: row for row in project.query("select * from scoring.int_fit_bins")}
    bins |= {row["bin_id"]: row | {"kind": "pair"}
             for row in project.query("select * from scoring.int_fit_pairs")}
    cells = {}
    for row in project.query("select * from scoring.int_fit_paired_rows"):
        cells.setdefault(row["observation_id"], []).append((row["bin_id"], row["amount"]))
    observations = project.query("select * from scoring.int_fit_observations")
    fits = {}
    for row in project.query("select * from scoring.int_fit_final"):
        fits.setdefault((row["left_out"], row["penalty"]), {})[row["bin_id"]] = row["weight"]
    assert {fit for fit, _ in fits} == {"nothing", "later", "fold_0", "fold_1", "fold_2"}
    of_values = {row["feature"]: row["penalty"] for row in project.query(
        "select * from scoring.int_fit_value_penalties")}
    assert of_values and {"rare", "value", "range"} <= {one["kind"] for one in bins.values()}
    draw = random.Random(1)
    for (fit, strength), weights in fits.items():
        counted = [row for row in observations if counts_in(fit, row)]
        assert fit == "nothing" or len(counted) < len(observations)

        def loss(weights):
            centre = sum(bins[number]["mean_amount"] * weight for number, weight in weights.items())
            return penalty_of(bins, weights, strength, of_values) + logistic_loss(
                [sum(weights[number] * amount for number, amount in cells[row["observation_id"]])
                 - centre for row in counted], [row["is_converted"] for row in counted])

        reached = loss(weights)
        for _ in range(5):
            step = {number: draw.gauss(0, 0.02) for number in weights}
            ahead, back = (loss({number: weights[number] + sign * step[number]
                                 for number in weights}) for sign in (1, -1))
            assert reached < min(ahead, back)
            assert abs(ahead - back) < 0.05 * (ahead + back - 2 * reached)


def test_the_penalty_is_the_one_that_predicts_held_out_leads_best(project, odd):
    penalties = project.query("select * from scoring.int_fit_penalties order by penalty")
    weights = {}
    for row in project.query("select * from scoring.int_fit_init"):
        weights.setdefault((row["penalty"], row["left_out"]), {})[row["bin_id"]] = row["weight"]
    bins = {row["bin_id"]: row for row in project.query("select * from scoring.int_fit_bins")}
    cells = {}
    for row in project.query("select * from scoring.int_fit_rows"):
        cells.setdefault(row["observation_id"], []).append((row["bin_id"], row["amount"]))
    observations = project.query("select * from scoring.int_fit_observations")
    losses = {}
    for penalty in penalties:
        losses[penalty["penalty"]] = []
        for row in observations:
            held_out = weights[penalty["penalty"], f"fold_{row['fold']}"]
            margin = sum(held_out[number] * amount
                         for number, amount in cells[row["observation_id"]]) - sum(
                bins[number]["mean_amount"] * weight for number, weight in held_out.items())
            losses[penalty["penalty"]].append(logistic_loss([margin], [row["is_converted"]]))
        assert penalty["log_loss"] == pytest.approx(
            sum(losses[penalty["penalty"]]) / len(observations), rel=1e-9)
    best = min(losses.values(), key=sum)
    chosen = None
    for strength, found in losses.items():
        excess = [one - other for one, other in zip(found, best)]
        mean = sum(excess) / len(excess)
        error = math.sqrt(sum((one - mean) ** 2 for one in excess)) / len(excess)
        if mean <= error:
            chosen = strength
    assert [row["penalty"] for row in penalties if row["is_chosen"]] == [chosen]
    versions = project.query("select * from marts.scorecard_versions")
    assert [row["penalty"] for row in versions] == [chosen]


def test_calibration_is_at_the_top_of_its_penalised_likelihood(project, odd):
    rows = project.query("select * from scoring.int_held_out_log_odds")
    for calibration in project.query("select * from scoring.int_calibration"):
        seen = [row for row in rows if calibration["left_out"] == "nothing" or not row["is_later"]]
        slope, intercept = calibration["slope"], calibration["intercept"]

        def loss(slope, intercept):
            return 5 * ((slope - 1) ** 2 + intercept ** 2) + logistic_loss(
                [slope * row["fold_margin"] + intercept for row in seen],
                [row["is_converted"] for row in seen])

        assert calibration["is_finished"] and loss(slope, intercept) < loss(1, 0)
        assert loss(slope, intercept) < min(
            loss(slope + 0.005, intercept), loss(slope - 0.005, intercept),
            loss(slope, intercept + 0.005), loss(slope, intercept - 0.005))


def test_how_much_better_than_a_constant_it_is_and_how_sure_that_is(project, odd):
    version, = project.query("select * from marts.scorecard_versions")
    later = [(row["is_converted"], row["probability"])
             for row in project.query("select * from scoring.int_later_probabilities")]
    rate = sum(outcome for outcome, _ in later) / len(later)

    def loss(outcome, probability):
        return -math.log(probability if outcome else 1 - probability)

    gains = [loss(outcome, rate) - loss(outcome, probability) for outcome, probability in later]
    mean = sum(gains) / len(gains)
    assert version["constant_log_loss"] - version["log_loss"] == pytest.approx(mean, abs=1e-9)
    assert version["log_loss_error"] == pytest.approx(
        math.sqrt(sum((gain - mean) ** 2 for gain in gains)) / len(gains), rel=1e-6)
    assert version["later_conversion_rate"] == pytest.approx(rate)
    assert version["later_expected_rate"] == pytest.approx(
        sum(probability for _, probability in later) / len(later))
    area, converted = version["auc"], sum(outcome for outcome, _ in later)
    others = len(later) - converted
    both, neither = area / (2 - area), 2 * area ** 2 / (1 + area)
    assert version["auc_error"] ** 2 == pytest.approx(
        (area * (1 - area) + (converted - 1) * (both - area ** 2)
         + (others - 1) * (neither - area ** 2)) / converted / others, rel=1e-6)
    assert version["is_live"] and version["age_days"] == 0


def logistic_loss(log_odds, labels):
    return sum(math.log1p(math.exp(margin)) - label * margin
               for margin, label in zip(log_odds, labels))


# Four observations, the bins that each is in and whether it converted; and a state between steps.
# The feature of bins 1 to 3 has ranges, bin 4 is its line.
MEMBERS = {1: ({0: 1, 1: 1, 4: -1.2}, 1), 2: ({0: 1, 2: 1, 4: 0.1}, 0),
           3: ({0: 1, 3: 1, 4: 1.1}, 1), 4: ({0: 1}, 0)}
KINDS = ["intercept", "range", "range", "range", "line"]
MEANS, CURVATURES = [0, 0.25, 0.25, 0.25, 0], [1, 0.8, 0.7, 0.6, 0.9]
WEIGHT, DIRECTION = [0.3, 0.5, -0.4, 0.1, 0.2], [0.05, -0.1, 0.2, 0.1, -0.1]
GRADIENT, GRADIENT_PRODUCT = [-0.2, 0.3, -0.4, 0.1, 0.2], 0.5
# Curvature with respect to all ranges together, and their distances from the middle one.
TOGETHER, DISTANCES = 1.4, [0, -1, 0, 1, 0]
STRENGTH = 2
BINS = {number: {"kind": kind, "feature": "f", "range_number": number if kind == "range" else 0}
        for number, kind in enumerate(KINDS)}
STEP = """
    with bins as (select 'm' as scoring_model, 'f' as feature, 3 as bins_of_feature, * from
        (values {bins}) as b
        (bin_id, kind, range_number, mean_amount, curvature, feature_penalty, feature_curvature)),
    observations as (select 'm' as scoring_model, false as is_later, 1.0::double as observation_weight, *
        from (values {observations}) as o (observation_id, fold, is_converted)),
    given_rows as (select 'm' as scoring_model, * from
        (values {rows}) as r (observation_id, bin_id, amount)),
    before as (select 'm' as scoring_model, {strength}::double as penalty,
        {product}::double as gradient_product, 0.1 as largest_change, false as is_finished, *
        from (values {state}) as s
        (fit_number, left_out, slope, bin_id, weight, direction, gradient)),
    {{{{ scorecard_step('before', 'given_rows', [
        {{'number': 1, 'left_out': 'nothing', 'fold': none}},
        {{'number': 2, 'left_out': 'fold_1', 'fold': 1}},
    ], '0.001') }}}}
    order by fit_number, bin_id"""


def loss_of(weights, fit):
    """Observation 4 is in fold 1."""
    centre = sum(map(math.prod, zip(MEANS, weights)))
    counted = [MEMBERS[number] for number in MEMBERS if fit == 1 or number != 4]
    return penalty_of(BINS, dict(enumerate(weights)), STRENGTH, {}) + logistic_loss(
        [sum(weights[number] * amount for number, amount in members.items()) - centre
         for members, _ in counted], [label for _, label in counted])


def moved(weights, direction, by):
    return [weight + by * one for weight, one in zip(weights, direction)]


def slope_and_bend(weights, direction, fit, by=1e-4):
    """First and second derivative of the penalised loss along a direction."""
    before, here, after = (loss_of(moved(weights, direction, sign * by), fit) for sign in (-1, 0, 1))
    return (after - before) / (2 * by), (after - 2 * here + before) / by ** 2


def test_a_step_goes_along_its_direction_and_then_against_the_gradient(project):
    """Derivatives of the penalised likelihood, found by moving the weights a little."""
    slopes = {fit: slope_and_bend(WEIGHT, DIRECTION, fit) for fit in (1, 2)}
    compiled = project.dbt("compile", "--inline", STEP.format(
        strength=STRENGTH, product=GRADIENT_PRODUCT,
        rows=", ".join(f"({number}, {member}, {amount}::double)"
                       for number, (members, _) in MEMBERS.items()
                       for member, amount in members.items()),
        observations=", ".join(f"({number}, {int(number == 4)}, {label}::double)"
                               for number, (_, label) in MEMBERS.items()),
        bins=", ".join(f"({number}, '{kind}', {BINS[number]['range_number']}, {MEANS[number]}::double,"
                       f" {CURVATURES[number]}::double,"
                       f" {'null' if kind == 'intercept' else '1.0'}::double, {TOGETHER}::double)"
                       for number, kind in enumerate(KINDS)),
        state=", ".join(f"({fit}, '{left_out}', {slopes[fit][0]}::double, {number},"
                        f" {', '.join(f'{cell}::double' for cell in cells)})"
                        for fit, left_out in ((1, "nothing"), (2, "fold_1"))
                        for number, cells in enumerate(zip(WEIGHT, DIRECTION, GRADIENT)))))
    found = duckdb.sql(compiled.results[0].node.compiled_code).select(
        "weight, direction, gradient, gradient_product, slope").fetchall()
    neighbours = [0, 1, 2, 1, 0]
    curvatures = [
        curvature + {"intercept": 0, "line": 1,
                     "range": 1 / 9 + STRENGTH * (0.05 + 2 * neighbours[number])}[KINDS[number]]
        for number, curvature in enumerate(CURVATURES)]
    expected = []
    for fit, (slope, bend) in slopes.items():
        centre = sum(map(math.prod, zip(MEANS, DIRECTION)))
        largest = max(abs(sum(DIRECTION[one] * amount for one, amount in members.items()) - centre)
                      for number, (members, _) in MEMBERS.items() if fit == 1 or number != 4)
        weights = moved(WEIGHT, DIRECTION, math.log1p(-slope / bend * largest) / largest)
        gradient = [slope_and_bend(weights, [float(number == other) for other in range(5)], fit)[0]
                    for number in range(5)]
        shift = sum(gradient[1:4]) / (TOGETHER + 1)
        tilt = sum(map(math.prod, zip(DISTANCES, gradient))) / (
            sum(distance ** 2 * (bent + 0.05 * STRENGTH) for distance, bent in zip(DISTANCES, CURVATURES))
            + STRENGTH * (3 - 1) ** 2)
        changes = [one / bent + (shift + distance * tilt if kind == "range" else 0)
                   for one, bent, distance, kind in zip(gradient, curvatures, DISTANCES, KINDS)]
        product = sum(map(math.prod, zip(gradient, changes)))
        momentum = max(0, sum((one - before) * change for one, before, change in zip(
            gradient, GRADIENT, changes)) / GRADIENT_PRODUCT)
        assert momentum > 0
        direction = [momentum * before - change for before, change in zip(DIRECTION, changes)]
        expected += [(weight, ahead, one, product, sum(map(math.prod, zip(gradient, direction))))
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


@pytest.mark.slow
def test_it_is_fitted_when_asked_and_past_days_go_by_the_version_of_their_time(project, odd):
    _, columns, _, _ = odd
    first = state(project)
    assert {row["version"] for row in first[0]} == {1}
    build(project, columns)
    assert [row["version"] for row in state(project)[0]] == [1]
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
    assert all(row["status_because"].startswith("no signal found: on ") for row in versions)
    assert project.query("select * from marts.scorecard_weights") == []
    assert {(row["conversion_probability"], row["priority"]) for row in state(project)[3]} == {
        (None, None)}


@pytest.mark.slow
def test_what_turns_round_later_is_not_used(project):
    """Who was the likeliest to convert on the earlier days is the least likely on the later ones."""
    draw = random.Random(5)
    rows = [{"size": draw.choice(["small", "large"])} for _ in range(1500)]
    outcomes = [draw.random() < (0.6 if (row["size"] == "large") == (number < 850) else 0.1)
                for number, row in enumerate(rows)]
    fill_and_build(project, rows, ["size"], outcomes, [number < 1200 for number in range(1500)])
    versions = project.query("select * from marts.scorecard_versions")
    assert {row["status"] for row in versions} == {"refused"}
    assert all(row["auc"] < 0.5 for row in versions)
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
