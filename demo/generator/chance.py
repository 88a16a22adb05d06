"""Random numbers: one stream for the demo, and others for later additions."""

import math
import random
from contextlib import contextmanager

from .settings import DAY, HOUR, SEED


class Dice:
    """All random values of the demo, drawn from one stream of uniform numbers."""

    def __init__(self, seed):
        self.uniform = random.Random(seed).random

    def chance(self, probability):
        """True with the given probability (0 to 1)."""
        return self.uniform() < probability

    def between(self, low, high):
        """A float, low <= x < high."""
        return low + (high - low) * self.uniform()

    def whole(self, low, high):
        """An integer, both bounds included."""
        return low + int((high - low + 1) * self.uniform())

    def pick(self, items):
        """One item of a list."""
        return items[int(len(items) * self.uniform())]

    def weighted(self, items, weights):
        """One item of a list, in proportion to its weight."""
        mark = self.uniform() * sum(weights)
        for item, weight in zip(items, weights):
            mark -= weight
            if mark < 0:
                return item
        return items[-1]

    def normal(self):
        """A standard normal number, of twelve uniform ones."""
        return sum(self.uniform() for _ in range(12)) - 6

    def count(self, mean):
        """A Poisson count with the given mean."""
        limit, product, result = math.exp(-mean), self.uniform(), 0
        while product > limit:
            product *= self.uniform()
            result += 1
        return result

    def some(self, items, number):
        """Different items of a list, `number` of them at most, in random order."""
        left = list(items)
        return [left.pop(int(len(left) * self.uniform())) for _ in range(min(number, len(left)))]

    def working_time(self, day):
        """A timestamp (seconds) in the working hours of a day (days from the anchor)."""
        return int(day) * DAY + int(6.5 * HOUR + (self.uniform() + self.uniform()) * 5.5 * HOUR)


dice = Dice(SEED)


@contextmanager
def another_stream(number):
    """Within this context, draw from another stream, so that the rest of the data does not change."""
    kept, dice.uniform = dice.uniform, random.Random(SEED + number).random
    try:
        yield
    finally:
        dice.uniform = kept


def logistic(x):
    """A probability for log odds x."""
    return 1 / (1 + math.exp(-x))
