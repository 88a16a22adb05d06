"""Measures of a back-test by their definitions, over lists, without regard to speed."""

from math import log, sqrt

Z = 1.959963984540054


def wilson(successes, trials):
    """The rates that are no further than Z errors from the one seen: (least, greatest), found by
    halving; (None, None) of no trials.
    """
    if not trials:
        return None, None
    seen = successes / trials

    def suits(rate):
        return abs(seen - rate) <= Z * sqrt(rate * (1 - rate) / trials)

    return edge(suits, seen, 0.0), edge(suits, seen, 1.0)


def edge(suits, inside, outside):
    """Where a condition that holds inside ceases to hold on the way outside."""
    if suits(outside):
        return outside
    for _ in range(200):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if suits(middle) else (inside, middle)
    return inside


def auc(pairs):
    """How often a converted lead stands above another, of equals half; pairs: (ranking, converted)."""
    converted = [ranking for ranking, is_converted in pairs if is_converted]
    others = [ranking for ranking, is_converted in pairs if not is_converted]
    if not converted or not others:
        return None
    return sum((a > b) + (a == b) / 2 for a in converted for b in others) / (
        len(converted) * len(others))


def auc_error(area, converted, others):
    """Standard error of an AUC by Hanley and McNeil."""
    both_converted = area / (2 - area)
    both_others = 2 * area ** 2 / (1 + area)
    return sqrt((area * (1 - area) + (converted - 1) * (both_converted - area ** 2)
                 + (others - 1) * (both_others - area ** 2)) / (converted * others))


def top_decile_conversions(pairs):
    """Conversions in the highest tenth, of equals at its edge in proportion."""
    left, found = len(pairs) / 10, 0.0
    for ranking in sorted({ranking for ranking, _ in pairs}, reverse=True):
        group = [is_converted for other, is_converted in pairs if other == ranking]
        taken = min(left, len(group))
        found += sum(group) * taken / len(group)
        left -= taken
    return found


def mean_and_bounds(losses):
    """Mean of losses with its interval, the lower bound not below 0."""
    mean = sum(losses) / len(losses)
    error = Z * sqrt(sum((loss - mean) ** 2 for loss in losses) / len(losses) / len(losses))
    return mean, max(mean - error, 0), mean + error


def psi(shares, reference):
    """Population stability index of counts per bin; both are dicts, bin -> count."""
    bins = {*shares, *reference}
    total, whole = 0.0, [sum(counts.values()) + 0.5 * len(bins) for counts in (shares, reference)]
    for name in bins:
        now, then = ((counts.get(name, 0) + 0.5) / size
                     for counts, size in zip((shares, reference), whole))
        total += (now - then) * log(now / then)
    return total


def phi(both, first, second, everybody):
    """Correlation of two lists of 0 and 1 by its definition, from their counts."""
    means = first / everybody, second / everybody
    covariance = both / everybody - means[0] * means[1]
    spread = [sqrt(mean * (1 - mean)) for mean in means]
    return covariance / (spread[0] * spread[1]) if all(spread) else None


def log_odds(leads, conversions, all_leads, all_conversions):
    """Log-odds of converting with something against without it, and their error."""
    cells = [conversions, leads - conversions, all_conversions - conversions,
             all_leads - leads - (all_conversions - conversions)]
    cells = [cell + 0.5 for cell in cells]
    return log(cells[0] * cells[3] / (cells[1] * cells[2])), sqrt(sum(1 / cell for cell in cells))
