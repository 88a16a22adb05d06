"""The reference of expected amounts: by hand, and how near it comes to amounts that are known."""

import random
from math import exp, log

import pytest

from tests.reference.value import expected_amounts, fences

SHARES = {"a": 1, "b": 3, "c": 3, "d": 2, "e": 1}


def test_an_outlier_counts_as_the_fence():
    """The quartiles of twenty numbers are their fifteenth from below and from above."""
    assert fences(range(1, 21)) == (6 - 1.5 * 9, 15 + 1.5 * 9)
    assert fences([*range(1, 20), 1000]) == (6 - 1.5 * 9, 15 + 1.5 * 9)
    # Where most amounts are equal, only one in twenty is held.
    assert fences([*19 * [5], 9]) == (5, 5) and fences([*17 * [5], 7, 8, 9]) == (5, 8)


def test_equal_segments_have_the_mean_of_all():
    deals = [(segment, amount) for segment in "ab" for amount in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)]
    found = expected_amounts(deals)
    assert {segment: mean for segment, (mean, _, _) in found.items()} == {
        segment: pytest.approx(5.5) for segment in ("a", "b", "")}
    assert found["a"][1] < 5.5 < found["a"][2] and expected_amounts(deals[1:]) == {}


def draw(dice, spread, difference, number):
    """Deals of log-normal amounts, and what each segment's really average to."""
    centres = {segment: dice.gauss(0, difference) for segment in SHARES}
    deals = [(segment, exp(centres[segment] + dice.gauss(0, spread)))
             for segment in dice.choices([*SHARES], [*SHARES.values()], k=number)]
    return deals, {segment: exp(centre + spread ** 2 / 2) for segment, centre in centres.items()}


@pytest.mark.parametrize("spread, difference", [(0.5, 0), (1, 0), (0.5, 0.3), (1, 0.3), (1, 1)])
def test_amounts_are_nearer_than_the_segments_own_means_and_mostly_in_the_interval(spread, difference):
    dice, held, errors, own_errors = random.Random(5), [], [], []
    for _ in range(60):
        deals, truth = draw(dice, spread, difference, 100)
        found = expected_amounts(deals)
        for segment, true in truth.items():
            mean, low, high = found.get(segment, found[""])
            own = [amount for name, amount in deals if name == segment]
            held.append(low <= true <= high)
            errors.append(log(mean / true) ** 2)
            own_errors.append(log(sum(own) / len(own) / true) ** 2 if own else errors[-1])
    assert 0.88 <= sum(held) / len(held) <= 0.995
    assert sum(errors) < (0.4 if difference == 0 else 1) * sum(own_errors)
