"""Expected amounts of deals by their definitions, over lists, without regard to speed."""

from collections import defaultdict
from math import exp, log, sqrt

Z = 1.959963984540054
FEWEST = 20


def reached(values, percent):
    """The least value that at least so many percent of the values do not exceed."""
    return min(value for value in values
               if 100 * sum(other <= value for other in values) >= percent * len(values))


def fences(values):
    """Beyond which numbers a value is an outlier: (least, greatest)."""
    mirrored = [-value for value in values]
    upper, lower = reached(values, 75), -reached(mirrored, 75)
    return (min(-reached(mirrored, 95), lower - 1.5 * (upper - lower)),
            max(reached(values, 95), upper + 1.5 * (upper - lower)))


def expected_amounts(deals):
    """Expected amount per segment: dict segment -> (mean, low, high), None for any other segment.

    deals: pairs (segment, amount above 0). Empty if there are too few.
    """
    if len(deals) < FEWEST:
        return {}
    least, greatest = fences([log(amount) for _, amount in deals])
    groups = defaultdict(list)
    for segment, amount in deals:
        groups[segment].append(min(max(log(amount), least), greatest))
    number, kinds = len(deals), len(groups)
    means = {segment: sum(values) / len(values) for segment, values in groups.items()}
    overall = sum(sum(values) for values in groups.values()) / number
    inside = sum((value - means[segment]) ** 2 for segment, values in groups.items() for value in values)
    outside = sum(len(values) * (means[segment] - overall) ** 2 for segment, values in groups.items())
    of_deal = inside / (number - kinds) if number > kinds else outside / (number - 1)
    of_segment = least_of_segment = 0.0
    if kinds > 1:
        size = number - sum(len(values) ** 2 for values in groups.values()) / number
        of_segment = max(outside - (kinds - 1) * of_deal, 0) / size
        least_of_segment = sqrt(2 * (kinds - 1)) * of_deal / size
    weights = {segment: 0.0 if of_segment == 0 else of_segment / (of_segment + of_deal / len(values))
               for segment, values in groups.items()}
    total = sum(weights.values())
    centre = sum(weights[segment] * means[segment] for segment in groups) / total if total else overall
    drawn = {segment: weights[segment] * means[segment] + (1 - weights[segment]) * centre
             for segment in groups}
    scale = (sum(exp(value) for values in groups.values() for value in values)
             / sum(len(values) * exp(drawn[segment]) for segment, values in groups.items()))
    found = {}
    for segment in [*groups, None]:
        weight = weights.get(segment, 0.0)
        error = sqrt(
            (1 - weight) ** 2 * (max(of_segment, least_of_segment) + of_deal / number)
            + weight ** 2 * of_deal / len(groups.get(segment, [0]))
            + of_deal ** 2 / (2 * max(number - kinds, 1)))
        mean = drawn.get(segment, centre)
        found[segment] = tuple(scale * exp(mean + times * Z * error) for times in (0, -1, 1))
    return found
