"""The methods that the conversion probability is measured against: three of scikit-learn, a constant."""

import statistics
from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import CategoricalNB

from benchmarks.data_sets import Dataset, is_number
from benchmarks.measures import cpu_seconds

RARE = 20  # levels with fewer training rows are merged
LOGISTIC_REGRESSION, BOOSTING, NAIVE_BAYES, CONSTANT = (
    "logistic regression", "gradient boosting", "naive Bayes", "constant")


class Prepared:
    """The columns as scikit-learn's methods take them; whatever is learned is from training rows."""

    def __init__(self, dataset: Dataset, is_training: Sequence[bool]) -> None:
        dense, boosted, binned, categorical, levels = [], [], [], [], []
        for column in dataset.columns:
            values = [row[column] for row in dataset.rows]
            known = [value for value, trains in zip(values, is_training)
                     if trains and value is not None]
            numbers = [float(value) for value in known if is_number(value)]
            if known and len(numbers) >= 0.95 * len(known) and len(set(numbers)) > 10:
                given = np.array([float(value) if is_number(value) else np.nan
                                  for value in values])
                absent = np.isnan(given)
                filled = np.where(absent, statistics.median(numbers), given)
                trained = filled[np.array(is_training)]
                dense += [(filled - trained.mean()) / (trained.std() or 1), absent.astype(float)]
                boosted.append(given)
                categorical.append(False)
                edges = np.unique(np.quantile(numbers, np.arange(1, 10) / 10))
                codes = np.where(absent, len(edges) + 1,
                                 np.searchsorted(edges, filled, side="right"))
                binned.append(codes)
                levels.append(len(edges) + 2)
            else:
                counts: dict[str, int] = {}
                for value in known:
                    counts[value.lower()] = counts.get(value.lower(), 0) + 1
                kept = {value: number + 2 for number, value in enumerate(
                    sorted(value for value, seen in counts.items() if seen >= RARE))}
                codes = np.array([0 if value is None else kept.get(value.lower(), 1)
                                  for value in values])
                dense += [(codes == code).astype(float) for code in range(len(kept) + 2)]
                # The boosting takes 255 categories at most; the rarest ones beyond are merged.
                boosted.append(np.where(codes < 250, codes, 1).astype(float))
                categorical.append(True)
                binned.append(codes)
                levels.append(len(kept) + 2)
        self.dense, self.boosted = np.column_stack(dense), np.column_stack(boosted)
        self.binned, self.categorical, self.levels = np.column_stack(binned), categorical, levels


def baselines(
    dataset: Dataset, is_training: Sequence[bool]
) -> Iterator[tuple[str, list[float], float]]:
    """Of each method its name, the probabilities of all rows as it gives them, and CPU seconds."""
    prepared = Prepared(dataset, is_training)
    training, outcomes = np.array(is_training), np.array(dataset.outcomes)
    methods = {
        LOGISTIC_REGRESSION: (LogisticRegression(C=1, max_iter=2000), prepared.dense),
        BOOSTING: (HistGradientBoostingClassifier(
            learning_rate=0.05, max_iter=150, max_leaf_nodes=8, min_samples_leaf=40,
            l2_regularization=5, early_stopping=False, random_state=0,
            categorical_features=prepared.categorical), prepared.boosted),
        NAIVE_BAYES: (CategoricalNB(alpha=1, min_categories=prepared.levels), prepared.binned),
    }
    for name, (method, features) in methods.items():
        before = cpu_seconds()
        given = method.fit(features[training], outcomes[training]).predict_proba(features)[:, 1]
        yield name, given.tolist(), cpu_seconds() - before
    yield CONSTANT, [float(outcomes[training].mean())] * len(outcomes), 0
