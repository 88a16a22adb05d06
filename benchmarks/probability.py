"""How well the conversion probability predicts, compared with three methods of scikit-learn.

Fits all four to the same training rows of a CSV file, twice: to the first 70 % in the order of time,
and to 70 % at random (stratified, random_state 0). The project fits with dbt only, from raw tables;
nothing fitted earlier is used. Prints one table.

Run: make measure, which uses the data sets of LEAD_SCORING_REAL_DATA; or, for your own file,
    .venv-benchmarks/bin/python -m benchmarks.probability FILE.csv --label COLUMN \
        [--order COLUMN] [--leave-out COLUMN ...] [--missing WORD ...]
The file may be gzipped. The label is 1, true or yes for a conversion. Without --order the rows are
in the order of time. Columns known only after the outcome must be left out.
"""

import argparse
import csv
import gzip
import math
import os
import statistics
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeGuard

import duckdb
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import CategoricalNB

from benchmarks import probability_project

RARE = 20  # levels with fewer training rows are merged
# The data sets of LEAD_SCORING_REAL_DATA: a CSV file, or an SQL file that makes a table of a folder.
REAL: dict[str, dict[str, Any]] = {
    "x_education": {
        "file": "x_education/Leads.csv.gz", "label": "Converted", "order": "Lead Number",
        "leave_out": [
            "Prospect ID", "Lead Number", "Tags", "Lead Quality", "Lead Profile",
            "Asymmetrique Activity Index", "Asymmetrique Profile Index",
            "Asymmetrique Activity Score", "Asymmetrique Profile Score", "Last Notable Activity",
        ],
        "missing": ["Select"],
    },
    "product_usage": {
        "file": "product_usage.sql", "label": "adopted", "order": "created_on",
        "leave_out": ["user_id", "created_on"],
    },
    # Far fewer conversions than a probability needs.
    "edtech_crm": {
        "file": "edtech_crm.sql", "label": "converted", "order": "assigned_on",
        "leave_out": ["lead_id", "assigned_on"], "minimum_conversions": 20,
    },
}


@dataclass(frozen=True)
class Dataset:
    """rows: list of dict of text or None in the order of time; outcomes: list of bool.

    places: where each row is in the file, 0 is the first; what random splits are drawn by.
    minimum_conversions: the var of the project, None for its default.
    """

    name: str
    rows: list[dict[str, str | None]]
    columns: list[str]
    outcomes: list[bool]
    places: list[int]
    minimum_conversions: int | None = None


def read_real(name: str, folder: Path) -> Dataset:
    """A data set of REAL, whose files lie in folder/name."""
    given = dict(REAL[name])
    file = given.pop("file")
    minimum = given.pop("minimum_conversions", None)
    if not file.endswith(".sql"):
        return replace(read(folder / file, **given), name=name)
    query = (Path(__file__).parent / file).read_text(encoding="utf-8").rstrip().rstrip(";")
    with tempfile.TemporaryDirectory() as parent, duckdb.connect() as connection:
        table = Path(parent) / "table.csv"
        connection.execute("set variable folder = ?", [str(folder / name)])
        connection.execute(f"copy ({query}) to '{table}' (header)")
        return replace(read(table, **given), name=name, minimum_conversions=minimum)


def read(
    path: str | Path, label: str, order: str | None = None, leave_out: Iterable[str] = (),
    missing: Iterable[str] = (),
) -> Dataset:
    """The data set of a CSV file."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", newline="", encoding="utf-8-sig") as file:
        given = list(csv.DictReader(file))
    places = list(range(len(given)))
    if order:
        # Numbers as numbers; other text, such as ISO days, by its letters.
        places.sort(key=lambda place: (
            float(given[place][order]) if is_number(given[place][order]) else math.inf,
            given[place][order]))
    rows = [given[place] for place in places]
    outcomes = [row[label].strip().lower() in ("1", "1.0", "true", "yes", "t", "y")
                for row in rows]
    columns = [column for column in rows[0] if column not in {label, *leave_out}]
    absent = {"", *missing}
    return Dataset(Path(path).name, [
        {column: None if (row[column] or "").strip() in absent else row[column].strip()
         for column in columns}
        for row in rows
    ], columns, outcomes, places)


def is_number(text: Any) -> TypeGuard[str]:
    try:
        return math.isfinite(float(text))
    except (TypeError, ValueError):
        return False


def splits(dataset: Dataset) -> Iterator[tuple[str, list[bool]]]:
    """Name and training flags of each split."""
    count = len(dataset.rows)
    yield "time", [number < int(0.7 * count) for number in range(count)]
    outcomes = dict(zip(dataset.places, dataset.outcomes))
    training, _ = train_test_split(
        range(count), test_size=0.3, stratify=[outcomes[place] for place in range(count)],
        random_state=0)
    training = set(training)
    yield "random", [place in training for place in dataset.places]


class Prepared:
    """The columns for scikit-learn's methods, transformed with training rows only."""

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
                # Boosting accepts at most 255 categories; the rarest ones are merged.
                boosted.append(np.where(codes < 250, codes, 1).astype(float))
                categorical.append(True)
                binned.append(codes)
                levels.append(len(kept) + 2)
        self.dense, self.boosted = np.column_stack(dense), np.column_stack(boosted)
        self.binned, self.categorical, self.levels = np.column_stack(binned), categorical, levels


def fitted_probabilities(dataset: Dataset, is_training: Sequence[bool]) -> dict[str, np.ndarray]:
    """Probabilities of all rows by each method of scikit-learn: dict of arrays."""
    prepared = Prepared(dataset, is_training)
    training, outcomes = np.array(is_training), np.array(dataset.outcomes)
    methods = {
        "logistic regression": (LogisticRegression(C=1, max_iter=2000), prepared.dense),
        "gradient boosting": (HistGradientBoostingClassifier(
            learning_rate=0.05, max_iter=150, max_leaf_nodes=8, min_samples_leaf=40,
            l2_regularization=5, early_stopping=False, random_state=0,
            categorical_features=prepared.categorical), prepared.boosted),
        "naive Bayes": (CategoricalNB(alpha=1, min_categories=prepared.levels), prepared.binned),
    }
    return {name: method.fit(features[training], outcomes[training]).predict_proba(features)[:, 1]
            for name, (method, features) in methods.items()}


def project_probabilities(
    dataset: Dataset, is_training: Sequence[bool]
) -> tuple[list[float | None], list[str]]:
    """Probabilities by the project, None where it gives none, and its versions as text."""
    with tempfile.TemporaryDirectory(prefix="probability_") as parent:
        folder = Path(parent) / "project"
        variables = probability_project.make_project(folder, dataset.columns)
        if dataset.minimum_conversions:
            variables["minimum_conversions"] = dataset.minimum_conversions
        database = Path(parent) / "leads.duckdb"
        probability_project.fill(
            database, dataset.rows, dataset.columns, dataset.outcomes, is_training)
        probability_project.build(folder, database, variables)
        return (probability_project.probabilities(database, len(dataset.rows)),
                probability_project.versions(database))


def measures(
    outcomes: Sequence[bool] | np.ndarray, probabilities: Sequence[float] | np.ndarray
) -> tuple[float, float, float, float, float]:
    """AUC, Brier score, log loss, ECE over ten equally wide ranges, lift in the top decile."""
    outcomes = np.array(outcomes, float)
    probabilities = np.array(probabilities, float)
    tenth = np.minimum((10 * probabilities).astype(int), 9)
    error = sum(abs(probabilities[tenth == n].sum() - outcomes[tenth == n].sum())
                for n in range(10)) / len(outcomes)
    top = np.argsort(-probabilities, kind="stable")[:max(1, len(outcomes) // 10)]
    return (roc_auc_score(outcomes, probabilities), brier_score_loss(outcomes, probabilities),
            log_loss(outcomes, np.clip(probabilities, 1e-12, 1 - 1e-12)), error,
            outcomes[top].mean() / outcomes.mean())


def measured(dataset: Dataset) -> Iterator[tuple[str, str, float, float, float, float, float]]:
    """Rows of the table: split, method, the five measures."""
    for split, is_training in splits(dataset):
        tested = [number for number, trains in enumerate(is_training) if not trains]
        outcomes = [dataset.outcomes[number] for number in tested]
        given, versions = project_probabilities(dataset, is_training)
        found: list[Any] = [given[number] for number in tested]
        if None in found:
            print(f"{dataset.name}, {split}: no probability. " + "; ".join(versions))
        else:
            yield split, "this project (SQL)", *measures(outcomes, found)
        for name, values in fitted_probabilities(dataset, is_training).items():
            yield split, name, *measures(outcomes, values[tested])


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the conversion probability.")
    parser.add_argument("file", nargs="?", help="CSV file; default: the real data sets")
    parser.add_argument("--label", help="column that says who converted")
    parser.add_argument("--order", help="column that rises with time")
    parser.add_argument("--leave-out", nargs="*", default=[], help="columns that are no features")
    parser.add_argument("--missing", nargs="*", default=[], help="words that mean missing")
    given = parser.parse_args()
    if given.file:
        if not given.label:
            parser.error("--label is needed with a file")
        datasets = [read(given.file, given.label, given.order,
                         {*given.leave_out, *([given.order] if given.order else [])},
                         given.missing)]
    else:
        folder = Path(os.environ.get("LEAD_SCORING_REAL_DATA")
                      or probability_project.PROJECT.parent / "shared" / "data")
        datasets = [read_real(name, folder) for name in REAL if (folder / name).exists()]
        if not datasets:
            print(f"Skipped: there is no data set of {', '.join(REAL)} in {folder}.")
            return
    print(f"{'data set':<18} {'split':<7} {'method':<20} {'AUC':>6} {'Brier':>6} {'log loss':>8}"
          f" {'ECE':>6} {'lift':>5}", flush=True)
    for dataset in datasets:
        for split, method, auc, brier, loss, error, lift in measured(dataset):
            print(f"{dataset.name:<18} {split:<7} {method:<20} {auc:>6.3f} {brier:>6.3f}"
                  f" {loss:>8.3f} {error:>6.3f} {lift:>5.2f}", flush=True)


if __name__ == "__main__":
    main()
