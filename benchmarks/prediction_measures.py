"""How well probabilities predict outcomes, and whether that is good enough. Plain Python."""

import math
import random
from collections.abc import Iterable, Sequence
from typing import NamedTuple

# How far a probability may fall short in AUC, and how far off the mark it may be, in ECE.
BELOW_LOGISTIC_REGRESSION, BELOW_BOOSTING = 0.001, 0.005
MOST_ECE = {"random": 0.03, "time": 0.05}
DRAWS = 400


class Measures(NamedTuple):
    """ece_low, ece_high: where the ECE of 95 in 100 perfect probabilities lies on as many rows."""

    auc: float
    brier: float
    log_loss: float
    ece: float
    ece_low: float
    ece_high: float
    lift: float


def measures(outcomes: Sequence[bool], probabilities: Sequence[float]) -> Measures:
    return Measures(
        area_under_curve(outcomes, probabilities),
        sum((probability - outcome) ** 2 for outcome, probability in zip(
            outcomes, probabilities)) / len(outcomes),
        sum(losses(outcomes, probabilities)) / len(outcomes),
        calibration_error(outcomes, probabilities), *calibration_error_range(probabilities),
        top_decile_lift(outcomes, probabilities))


def area_under_curve(outcomes: Sequence[bool], probabilities: Sequence[float]) -> float:
    """How often a conversion has the higher probability; equal ones count half."""
    order = sorted(range(len(outcomes)), key=lambda row: probabilities[row])
    won, below, first = 0.0, 0, 0
    while first < len(order):
        last = first
        while (last < len(order)
               and probabilities[order[last]] == probabilities[order[first]]):
            last += 1
        conversions = sum(outcomes[row] for row in order[first:last])
        others = last - first - conversions
        won += conversions * (below + others / 2)
        below += others
        first = last
    return won / (sum(outcomes) * below)


def top_decile_lift(outcomes: Sequence[bool], probabilities: Sequence[float]) -> float:
    """Conversion rate of the best tenth divided by that of all; equal ones at its end share it."""
    best = max(1, len(outcomes) // 10)
    last = sorted(probabilities, reverse=True)[best - 1]
    above = [outcome for outcome, probability in zip(outcomes, probabilities) if probability > last]
    equal = [outcome for outcome, probability in zip(outcomes, probabilities) if probability == last]
    conversions = sum(above) + (best - len(above)) * sum(equal) / len(equal)
    return (conversions / best) / (sum(outcomes) / len(outcomes))


def losses(outcomes: Iterable[bool], probabilities: Iterable[float]) -> list[float]:
    """The log loss of each row."""
    return [-math.log(max(probability if outcome else 1 - probability, 1e-12))
            for outcome, probability in zip(outcomes, probabilities)]


def calibration_error(outcomes: Iterable[bool], probabilities: Sequence[float]) -> float:
    """ECE over ten equally wide ranges of the probability."""
    tenths = [0.0] * 10
    for outcome, probability in zip(outcomes, probabilities):
        tenths[min(int(10 * probability), 9)] += probability - outcome
    return sum(map(abs, tenths)) / len(probabilities)


def calibration_error_range(
    probabilities: Sequence[float], draws: int = DRAWS, seed: int = 0
) -> tuple[float, float]:
    """Ends of the 95 % range of the ECE if the probabilities are the true ones.

    It depends on nothing but chance: few rows alone make an ECE.
    """
    draw = random.Random(seed).random
    found = sorted(
        calibration_error([draw() < probability for probability in probabilities], probabilities)
        for _ in range(draws))
    return found[round(0.025 * (draws - 1))], found[round(0.975 * (draws - 1))]


def gain_and_error(
    outcomes: Sequence[bool], probabilities: Sequence[float], constant: float
) -> tuple[float, float]:
    """By how much the log loss is less than that of a constant, and the standard error of that."""
    gains = [ours - theirs for ours, theirs in zip(
        losses(outcomes, [constant] * len(outcomes)), losses(outcomes, probabilities))]
    mean = sum(gains) / len(gains)
    return mean, math.sqrt(sum((gain - mean) ** 2 for gain in gains)) / len(gains)


def shortfalls(
    found: Measures, logistic_regression: Measures, boosting: Measures, split: str,
    has_signal: bool = True, drifts: bool = False,
) -> list[str]:
    """In what used probabilities miss the bar: a list of text, empty if they are good enough."""
    if not has_signal:
        return ["used, though there is no signal"]
    missed = []
    for name, other, most in (("logistic regression", logistic_regression, BELOW_LOGISTIC_REGRESSION),
                              ("gradient boosting", boosting, BELOW_BOOSTING)):
        if found.auc < other.auc - most:
            missed.append(f"AUC {other.auc - found.auc:.4f} below {name}")
    if not (split == "time" and drifts) and found.ece > max(MOST_ECE[split], found.ece_high):
        missed.append(f"ECE {found.ece:.3f}")
    return missed
