"""Logistic regression with a penalty on the squares of its weights, by Newton steps, in plain Python.

The reference for the scorecard: the same model as scikit-learn's LogisticRegression(C=1).
"""

import math
import statistics

RARE = 20  # levels with fewer training rows are merged


def is_number(text):
    try:
        return math.isfinite(float(text))
    except (TypeError, ValueError):
        return False


def prepared(rows, columns, is_training):
    """Each row as a dict of feature number -> value, and how many features there are.

    Numbers: the median where missing, a flag for missing, scaled; other columns: a feature for each
    level, missing among them. Whatever is learned of them is learned from the training rows.
    """
    features, count = [{} for _ in rows], 0
    for column in columns:
        known = [row[column] for row, trains in zip(rows, is_training)
                 if trains and row[column] is not None]
        numbers = [float(value) for value in known if is_number(value)]
        if known and len(numbers) >= 0.95 * len(known) and len(set(numbers)) > 10:
            median = statistics.median(numbers)
            filled = [float(row[column]) if is_number(row[column]) else median for row in rows]
            trained = [value for value, trains in zip(filled, is_training) if trains]
            mean, spread = statistics.fmean(trained), statistics.pstdev(trained) or 1
            for feature, row, value in zip(features, rows, filled):
                feature[count] = (value - mean) / spread
                if not is_number(row[column]):
                    feature[count + 1] = 1.0
            count += 2
        else:
            seen = {}
            for value in known:
                seen[value.lower()] = seen.get(value.lower(), 0) + 1
            levels = {None: 0, "": 1}
            for value, number in seen.items():
                if number >= RARE:
                    levels[value] = len(levels)
            for feature, row in zip(features, rows):
                value = row[column] and row[column].lower()
                feature[count + levels.get(value, 1)] = 1.0
            count += len(levels)
    return features, count


def logistic(log_odds):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def fitted(features, count, outcomes, penalty=1.0, steps=12):
    """Weights and intercept; features: list of dict number -> value."""
    weights = [0.0] * (count + 1)  # the last one is the intercept
    entries = [[*row.items(), (count, 1.0)] for row in features]
    for _ in range(steps):
        gradient = [penalty * weight for weight in weights[:count]] + [0.0]
        curvature = [[0.0] * (count + 1) for _ in range(count + 1)]
        for number in range(count):
            curvature[number][number] = penalty
        for row, outcome in zip(entries, outcomes):
            probability = logistic(sum(weights[n] * value for n, value in row))
            spread = probability * (1 - probability)
            for n, value in row:
                gradient[n] += (probability - outcome) * value
                line, scaled = curvature[n], spread * value
                for other, second in row:
                    line[other] += scaled * second
        moves = solved(curvature, gradient)
        weights = [weight - move for weight, move in zip(weights, moves)]
        if max(abs(move) for move in moves) < 1e-6:
            break
    return weights[:count], weights[count]


def solved(matrix, right):
    """The solution of a system of linear equations whose matrix is symmetric and positive."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right)]
    for pivot in range(size):
        line = rows[pivot]
        for below in range(pivot + 1, size):
            if rows[below][pivot]:
                factor = rows[below][pivot] / line[pivot]
                rows[below] = [value - factor * other for value, other in zip(rows[below], line)]
    result = [0.0] * size
    for pivot in reversed(range(size)):
        line = rows[pivot]
        result[pivot] = (line[size] - sum(
            line[n] * result[n] for n in range(pivot + 1, size))) / line[pivot]
    return result


def probabilities(features, weights, intercept):
    return [logistic(intercept + sum(weights[n] * value for n, value in row.items()))
            for row in features]


def area_under_curve(outcomes, values):
    """How probably a conversion has the higher value; ties count for half."""
    order = sorted(range(len(values)), key=values.__getitem__)
    rank_sum, first = 0.0, 0
    while first < len(order):
        last = first
        while last < len(order) and values[order[last]] == values[order[first]]:
            last += 1
        rank_sum += (first + last + 1) / 2 * sum(outcomes[n] for n in order[first:last])
        first = last
    won = sum(outcomes)
    return (rank_sum - won * (won + 1) / 2) / (won * (len(outcomes) - won))


def brier_score(outcomes, values):
    return statistics.fmean((value - outcome) ** 2 for value, outcome in zip(values, outcomes))


def calibration_error(outcomes, values):
    """Mean difference of probability and share that converted, over ten equally wide ranges."""
    sums = [0.0] * 10
    for value, outcome in zip(values, outcomes):
        sums[min(9, int(10 * value))] += value - outcome
    return sum(map(abs, sums)) / len(values)
