"""How well the conversion probability predicts, next to three methods of scikit-learn and a constant.

Fits all to the same training rows: the first 70 % in the order of time, or 70 % at random
(stratified, random_state 0). The project fits by dbt alone, from raw tables; nothing that was fitted
before is used, and no feature that the other methods do not have. Prints one table in Markdown, with
a row for each method, and says of the project whether it is good enough:

- its AUC is at most .001 below that of logistic regression, .005 below that of boosting;
- its ECE is at most .03 on random rows and .05 on later ones that do not drift, or in the 95 % range
  of what true probabilities have on as many rows;
- or it refuses, and no other method's log loss is less than a constant's by more than its standard
  error. Where there is nothing to find it must refuse.

Run: make measure, which takes the data sets of LEAD_SCORING_REAL_DATA and made-up ones; or some of
them, or a file of your own
    .venv-benchmarks/bin/python -m benchmarks.probability --sets x_education noise [--seed NUMBER]
    .venv-benchmarks/bin/python -m benchmarks.probability FILE.csv --label COLUMN \
        [--order COLUMN] [--leave-out COLUMN ...] [--missing WORD ...]
The file may be gzipped. The label is 1, true or yes for a conversion. Without --order the rows are
in the order of time. Columns known only after the outcome must be left out.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sklearn.model_selection import train_test_split

from benchmarks import probability_project
from benchmarks.baselines import BOOSTING, CONSTANT, LOGISTIC_REGRESSION, baselines
from benchmarks.data_sets import REAL, Dataset, read, read_real
from benchmarks.measures import cpu_seconds_with_children
from benchmarks.prediction_measures import Measures, gain_and_error, measures, shortfalls
from benchmarks.synthetic_sets import SYNTHETIC

PROJECT, PROJECT_SPREAD = "this project (SQL)", "this project, spread out"
COLUMNS = ("data set", "split", "rows", "conversions", "method", "AUC", "Brier", "log loss", "ECE",
           "ECE if true", "lift", "CPU s", "status", "verdict")


@dataclass(frozen=True)
class Found:
    """Probabilities of the tested rows, None where a method refuses, and what they took."""

    method: str
    probabilities: Sequence[float] | None
    cpu: float
    status: str = "used"


def splits(dataset: Dataset) -> Iterator[tuple[str, list[bool]]]:
    """Name and training flags of each split."""
    count = len(dataset.rows)
    if "time" in dataset.splits:
        yield "time", [number < int(0.7 * count) for number in range(count)]
    if "random" in dataset.splits:
        outcomes = dict(zip(dataset.places, dataset.outcomes))
        chosen, _ = train_test_split(
            range(count), test_size=0.3, stratify=[outcomes[place] for place in range(count)],
            random_state=0)
        training = set(chosen)
        yield "random", [place in training for place in dataset.places]


def by_project(
    dataset: Dataset, is_training: Sequence[bool], method: str,
    creation_days: Callable[[Sequence[bool]], list[int]],
) -> Found:
    """What the project gives, from an empty database to the scored leads."""
    with tempfile.TemporaryDirectory(prefix="probability_") as parent:
        folder = Path(parent) / "project"
        variables = probability_project.make_project(folder, dataset.columns)
        if dataset.minimum_conversions:
            variables["minimum_conversions"] = dataset.minimum_conversions
        database = Path(parent) / "leads.duckdb"
        probability_project.fill(database, dataset.rows, dataset.columns, dataset.outcomes,
                                 is_training, creation_days(is_training))
        before = cpu_seconds_with_children()
        probability_project.build(folder, database, variables)
        cpu = cpu_seconds_with_children() - before
        given = probability_project.probabilities(database, len(dataset.rows))
        status = "; ".join(probability_project.versions(database))
        strange = probability_project.features(database) - set(
            probability_project.attribute_names(dataset.columns).values())
        if strange and method == PROJECT:
            raise SystemExit(f"Features that no other method has: {', '.join(sorted(strange))}.")
    tested = [probability for probability, trains in zip(given, is_training) if not trains]
    known = [probability for probability in tested if probability is not None]
    return Found(method, known if len(known) == len(tested) else None, cpu, status)


def found(dataset: Dataset, is_training: Sequence[bool]) -> Iterator[Found]:
    """What each method gives for one split."""
    yield by_project(dataset, is_training, PROJECT, probability_project.creation_days)
    if dataset.shows_creation:
        yield by_project(
            dataset, is_training, PROJECT_SPREAD, probability_project.spread_creation_days)
    for name, probabilities, cpu in baselines(dataset, is_training):
        yield Found(name, [probability for probability, trains in zip(probabilities, is_training)
                           if not trains], cpu)


def measured(dataset: Dataset) -> Iterator[tuple[str, ...]]:
    """Rows of the table."""
    for split, is_training in splits(dataset):
        outcomes = [outcome for outcome, trains in zip(dataset.outcomes, is_training) if not trains]
        size = f"{sum(is_training)} + {len(outcomes)}"
        conversions = f"{sum(dataset.outcomes) - sum(outcomes)} + {sum(outcomes)}"
        all_found = list(found(dataset, is_training))
        figures = {one.method: measures(outcomes, one.probabilities)
                   for one in all_found if one.probabilities}
        for one in all_found:
            verdict = ""
            if one.method == PROJECT:
                verdict = (of_used(dataset, split, figures) if one.probabilities
                           else of_refused(dataset, outcomes, all_found))
            yield (dataset.name, split, size, conversions, one.method,
                   *in_words(figures.get(one.method)), f"{one.cpu:.1f}", one.status, verdict)


def in_words(figures: Measures | None) -> list[str]:
    if not figures:
        return [""] * 6
    return [f"{figures.auc:.4f}", f"{figures.brier:.4f}", f"{figures.log_loss:.4f}",
            f"{figures.ece:.3f}", f"{figures.ece_low:.3f} to {figures.ece_high:.3f}",
            f"{figures.lift:.2f}"]


def of_used(dataset: Dataset, split: str, figures: dict[str, Measures]) -> str:
    missed = shortfalls(figures[PROJECT], figures[LOGISTIC_REGRESSION], figures[BOOSTING], split,
                        dataset.has_signal, dataset.drifts)
    return "misses: " + ", ".join(missed) if missed else "good enough"


def of_refused(dataset: Dataset, outcomes: Sequence[bool], all_found: Sequence[Found]) -> str:
    """Whether a constant is as good as anything: by how much log loss others are better than it."""
    given = {one.method: one.probabilities for one in all_found if one.probabilities}
    constant = given[CONSTANT][0]
    gains = {name: gain_and_error(outcomes, given[name], constant)
             for name in (LOGISTIC_REGRESSION, BOOSTING)}
    said = ", ".join(f"{name} {gain:.4f} +- {error:.4f}" for name, (gain, error) in gains.items())
    is_right = not dataset.has_signal or all(gain <= error for gain, error in gains.values())
    return (f"{'rightly refused' if is_right else 'misses: refused'}; log loss gained on a constant:"
            f" {said}")


def chosen_datasets(names: Sequence[str], folder: Path, seed: int | None) -> Iterator[Dataset]:
    """Data sets by name; real ones that are not in the folder are skipped."""
    for name in names:
        if name in SYNTHETIC:
            yield SYNTHETIC[name]() if seed is None else SYNTHETIC[name](seed)
        elif (folder / name).exists():
            yield read_real(name, folder)
        else:
            print(f"Skipped: there is no data set {name} in {folder}.", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the conversion probability.")
    parser.add_argument("file", nargs="?", help="CSV file; left out: the sets that ship")
    parser.add_argument("--sets", nargs="+", choices=[*REAL, *SYNTHETIC], metavar="SET",
                        default=[*REAL, *SYNTHETIC],
                        help=f"some of {', '.join([*REAL, *SYNTHETIC])}; left out: all")
    parser.add_argument("--label", help="column that says who converted")
    parser.add_argument("--order", help="column that rises with time")
    parser.add_argument("--leave-out", nargs="*", default=[], help="columns that are no features")
    parser.add_argument("--missing", nargs="*", default=[], help="words that mean missing")
    parser.add_argument("--minimum-conversions", type=int,
                        help="the var of this name, for all sets")
    parser.add_argument("--seed", type=int, help="makes other made-up sets of the same kinds")
    given = parser.parse_args()
    datasets: Iterator[Dataset]
    if given.file:
        if not given.label:
            parser.error("--label is needed with a file")
        datasets = iter([read(given.file, given.label, given.order,
                              {*given.leave_out, *([given.order] if given.order else [])},
                              given.missing)])
    else:
        folder = Path(os.environ.get("LEAD_SCORING_REAL_DATA")
                      or probability_project.PROJECT.parent / "shared" / "data")
        datasets = chosen_datasets(given.sets, folder, given.seed)
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}", flush=True)
    for dataset in datasets:
        if given.minimum_conversions:
            dataset = replace(dataset, minimum_conversions=given.minimum_conversions)
        for row in measured(dataset):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
