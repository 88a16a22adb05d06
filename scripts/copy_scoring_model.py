"""Try a second version of a scoring model alongside the live one, without publishing it.

Usage:
    copy_scoring_model.py MODEL CHALLENGER              copy MODEL as CHALLENGER
    copy_scoring_model.py --promote CHALLENGER          replace the live model with it
    copy_scoring_model.py --remove CHALLENGER delete it

The script copies every row of MODEL in seeds/scoring under the new name and adds a row to
seeds/what_if/challengers.csv. Edit the copy, run dbt build and read the what_if marts. Other rows
stay unchanged, byte for byte.
"""

import argparse
import csv
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
# The files that say to which scoring model a row belongs.
FILES = ("scoring_models", "fit_criteria", "engagement_criteria", "category_limits",
         "score_gates", "grade_bands", "tiers")


class Mistake(Exception):
    """A mistake that the user has to fix."""


class SeedFile:
    """A CSV file that keeps unchanged rows byte for byte.

    path: where it is. header: its column names. rows: list of dict, with the text of the row in
    the file under the key None.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open(encoding="utf-8", newline="") as file:
            lines = file.read().splitlines(keepends=True)
        reader = csv.reader(lines)
        names = next(reader, [])
        self.header = [name.strip().lstrip("\ufeff").lower() for name in names]
        self.first = "".join(lines[:reader.line_num])
        self.rows: list[dict[str | None, str]] = []
        start = reader.line_num
        for cells in reader:
            row: dict[str | None, str] = dict(zip(self.header, cells))
            row[None] = "".join(lines[start:reader.line_num])
            self.rows.append(row)
            start = reader.line_num
        if "scoring_model" not in self.header:
            raise Mistake(f"{path}: the column scoring_model is missing.")

    def renamed(self, row: dict[str | None, str], **cells: str) -> dict[str | None, str]:
        """A copy of a row with other cells (dict)."""
        changed = row | cells
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(
            [changed.get(name, "") for name in self.header])
        changed[None] = text.getvalue()
        return changed

    def of(self, name: str, column: str = "scoring_model") -> list[dict[str | None, str]]:
        """The rows that have a name in a column, ignoring case (list of dict)."""
        return [row for row in self.rows if same(row.get(column), name)]

    def save(self) -> None:
        """Write the file."""
        texts = [self.first, *(row[None] for row in self.rows)]
        ended = [text if text.endswith("\n") else text + "\n" for text in texts if text]
        with self.path.open("w", encoding="utf-8", newline="") as file:
            file.write("".join(ended))


def same(first: str | None, second: str | None) -> bool:
    """Whether two cells hold the same name."""
    return (first or "").strip().lower() == (second or "").strip().lower()


def read(seeds: Path) -> dict[str, SeedFile]:
    """The files of a seeds folder: dict name -> SeedFile."""
    files = {name: SeedFile(seeds / "scoring" / f"{name}.csv") for name in FILES}
    files["challengers"] = SeedFile(seeds / "what_if" / "challengers.csv")
    return files


def challenged_by(files: Mapping[str, SeedFile], challenger: str) -> str:
    """The live model that a challenger challenges."""
    rows = files["challengers"].of(challenger, "challenger")
    if not rows:
        raise Mistake(f"{challenger} has no row in seeds/what_if/challengers.csv.")
    return rows[0]["scoring_model"].strip()


def copy(files: Mapping[str, SeedFile], model: str, challenger: str) -> str:
    """Copy the rows of a model under the challenger's name."""
    models = files["scoring_models"]
    if not challenger.strip():
        raise Mistake("The challenger needs a name.")
    if not models.of(model):
        raise Mistake(f"{model} has no row in seeds/scoring/scoring_models.csv.")
    if any(file.of(challenger) for name, file in files.items() if name in FILES):
        raise Mistake(f"There are rows of {challenger} in seeds/scoring; choose another name.")
    if files["challengers"].of(challenger, "challenger"):
        raise Mistake(f"{challenger} already has a row in seeds/what_if/challengers.csv.")
    if files["challengers"].of(model, "challenger"):
        raise Mistake(f"{model} is a challenger itself; copy the live model.")
    live = models.of(model)[0]["scoring_model"].strip()
    for name in FILES:
        file = files[name]
        file.rows += [file.renamed(row, scoring_model=challenger) for row in file.of(model)]
    table = files["challengers"]
    table.rows.append(table.renamed({}, challenger=challenger, scoring_model=live))
    return f"{challenger} is a copy of {live} and challenges it. Edit its rows, then run dbt build."


def remove(files: Mapping[str, SeedFile], challenger: str) -> str:
    """Delete the rows of a challenger."""
    live = challenged_by(files, challenger)
    for name in FILES:
        files[name].rows = [
            row for row in files[name].rows if not same(row.get("scoring_model"), challenger)]
    drop_challenge(files, challenger)
    return f"{challenger} is deleted; {live} is unchanged."


def promote(files: Mapping[str, SeedFile], challenger: str) -> str:
    """Replace the live model's rows with the challenger's, under the live model's name."""
    live = challenged_by(files, challenger)
    if not files["scoring_models"].of(challenger):
        raise Mistake(f"{challenger} has no row in seeds/scoring/scoring_models.csv.")
    for name in FILES:
        file = files[name]
        file.rows = [
            file.renamed(row, scoring_model=live)
            if same(row.get("scoring_model"), challenger) else row
            for row in file.rows if not same(row.get("scoring_model"), live)]
    drop_challenge(files, challenger)
    return f"{live} now has the rules of {challenger}. The next dbt build publishes it."


def drop_challenge(files: Mapping[str, SeedFile], challenger: str) -> None:
    """Delete the row of a challenger in challengers.csv."""
    table = files["challengers"]
    table.rows = [row for row in table.rows if not same(row.get("challenger"), challenger)]


def main(arguments: Sequence[str] | None = None, seeds: Path = SEEDS) -> None:
    parser = argparse.ArgumentParser(description="Try a second version of a scoring model.")
    parser.add_argument("names", nargs="*", metavar="MODEL CHALLENGER")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--promote", metavar="CHALLENGER")
    choice.add_argument("--remove", metavar="CHALLENGER")
    given = parser.parse_args(arguments)
    chosen = given.promote or given.remove
    if len(given.names) != (0 if chosen else 2):
        parser.error("name a scoring model and its challenger, or one of --promote and --remove")
    try:
        files = read(seeds)
        if given.promote:
            done = promote(files, given.promote)
        elif given.remove:
            done = remove(files, given.remove)
        else:
            done = copy(files, *given.names)
    except Mistake as mistake:
        sys.exit(str(mistake))
    for file in files.values():
        file.save()
    print(done)


if __name__ == "__main__":
    main()
