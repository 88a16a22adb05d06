"""Check the configuration files as a spreadsheet saved them, before dbt reads them.

Usage: check_config.py [folder of the seeds; default: the project's]. It needs only Python. Each
mistake is one sentence that names file, line, column and fix; the exit status is then 1.
seeds/rules/configuration_columns.csv says what columns may hold. `dbt build` reads it too, and finds
mistakes that involve several columns, such as a tier that nobody reaches.
"""

import csv
import io
import re
import sys
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "seeds" / "rules" / "configuration_columns.csv"
NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")
YES_OR_NO = ("true", "t", "yes", "y", "1", "false", "f", "no", "n", "0")
MAY_HAVE_LINES = "sentence"  # the kind of column whose cells may have line breaks
CRITERIA = ("scoring/fit_criteria", "scoring/engagement_criteria")
SEPARATORS = {";": "semicolons", "\t": "tabs"}


class Broken(Exception):
    """A mistake that makes a whole file unreadable; the message says what is wrong."""


class Row:
    """A row of a file: its cells by column, trimmed, and the line where it begins.

    naming: the column that identifies the row for people.
    """

    def __init__(self, line: int, cells: dict[str, str], naming: str) -> None:
        self.line, self.cells = line, cells
        name = self[naming].split("\n")[0][:40]
        self.place = f"line {line}" + (f" ({name})" if name else "")

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def word(self, column: str) -> str:
        return self[column].lower()


def meant(text: str, words: Iterable[str]) -> str:
    """The word that a text is likely to mean, or ''."""
    by_lower = {word.lower(): word for word in words}
    return next((by_lower[found] for found in get_close_matches(text.lower(), by_lower, 1)), "")


def fix(text: str, words: Iterable[str], otherwise: str) -> str:
    """The end of a sentence about an unknown word."""
    found = meant(text, words)
    return f"is not known; did you mean {found}?" if found else f"is not known; {otherwise}."


def is_day(text: str) -> bool:
    """Whether a text is an ISO date of an existing day."""
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) and date.fromisoformat(text))
    except ValueError:
        return False


def text_of(path: Path) -> str:
    """The text of a file; raises Broken if it is not UTF-8."""
    content = path.read_bytes()
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content:
        raise Broken("is UTF-16; save it as CSV UTF-8, separated by commas.")
    try:
        text = content.decode("utf-8-sig")  # dbt skips a byte order mark, too
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        word = re.findall(rb"[^\s,;]*$", content[:error.start])[0] + re.findall(
            rb"^[^\s,;]*", content[error.start:])[0]
        raise Broken(f'line {line}: "{word.decode("cp1252", "replace")}" is not UTF-8; '
                     "save the file as CSV UTF-8.") from None
    return text


def has_open_quote(text: str) -> bool:
    """Whether a text ends within quotes."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def check_header(rows: list[list[str]], columns: list[str]) -> None:
    """Raise Broken unless the first row is the header, separated by commas."""
    if not any(cell.strip() for row in rows for cell in row):
        raise Broken(f"is empty; it needs at least its header: {','.join(columns)}")
    known = [sum(cell.strip().lower() in columns for cell in row) for row in rows[:20]]
    for separator, name in SEPARATORS.items():
        parts = [set(re.split(f'[{separator}"]', ",".join(row))) for row in rows[:20]]
        if max(known) < 2 and any(len(names & set(columns)) > 1 for names in parts):
            raise Broken(f"has {name} between its cells; save it with commas instead.")
    first = known.index(max(known))
    if first and max(known) > 1:
        said = " ".join(cell for row in rows[:first] for cell in row if cell.strip())[:40]
        raise Broken(f'line 1 ("{said}") is not the header; delete all lines above '
                     f'"{",".join(rows[first])[:40]}...".')


class Checker:
    """Finds mistakes in the files of a folder, and things that deserve a warning."""

    def __init__(self, seeds: Path) -> None:
        self.seeds = seeds
        self.mistakes: list[str] = []
        self.warnings: list[str] = []
        self.rules: dict[str, dict[str, dict[str, str]]] = {}
        with RULES.open(encoding="utf-8", newline="") as file:
            for rule in csv.DictReader(file):
                if rule["required"] != "yes":  # a column with which dbt build checks it
                    rule["required"] = ""
                self.rules.setdefault(rule["file"], {})[rule["column_name"]] = rule
        self.rows = {file: self.read(file) for file in self.rules}
        # Files with unreadable rows: references to them cannot be checked.
        self.torn = {file for file in self.rules if any(
            words.startswith(f"seeds/{file}.csv") for words in self.mistakes)}

    def say(self, file: str, words: str) -> None:
        self.mistakes.append(f"seeds/{file}.csv{words}")

    def read(self, file: str) -> list[Row]:
        """The rows of a file that are not blank; reports mistakes in its format."""
        path, columns = self.seeds / f"{file}.csv", list(self.rules[file])
        if not path.exists():
            self.say(file, " is missing; restore it, at least with its header.")
            return []
        try:
            text = text_of(path)
            reader = csv.reader(io.StringIO(text, newline=""))
            lines: list[int] = []
            cells: list[list[str]] = []
            start = 1
            for row in reader:
                lines.append(start)
                cells.append(row)
                start = reader.line_num + 1
            check_header(cells, columns)
        except Broken as broken:
            words = str(broken)
            self.say(file, (", " if words.startswith("line") else " ") + words)
            return []
        names = self.header(file, cells[0])
        rows = []
        for line, row in zip(lines[1:], cells[1:]):
            if any(cell.strip() for cell in row):
                found = Row(
                    line, {name: cell.strip() for name, cell in zip(names, row)}, columns[0])
                if self.has_shape(file, found, row, names):
                    rows.append(found)
                elif has_open_quote(text):
                    return rows
        if has_open_quote(text):
            self.say(file, f', line {lines[-1]}: a quote (") is not closed; close it or delete it.')
        return rows

    def header(self, file: str, cells: list[str]) -> list[str]:
        """The names of the columns, corrected if misspelt; reports unknown, repeated and missing ones."""
        rules = self.rules[file]
        names: list[str] = []
        for cell in cells:
            known = cell if cell in rules else re.sub(r"[\s_-]+", "_", cell.strip().lower())
            missing = [name for name in rules if name not in cells]
            if known in names and known in rules:
                self.say(file, f", line 1: the column {known} appears twice; delete one of them.")
                known = cell + " again"
            elif cell not in rules and (known in missing or meant(cell, missing)):
                known = known if known in missing else meant(cell, missing)
                self.say(file, f', line 1: the column "{cell}" is not known; did you mean {known}?')
            names.append(known)
        for name, rule in rules.items():
            if rule["required"] and name not in names:
                self.say(file, f", line 1: the column {name} is missing; add it.")
        return names

    def has_shape(self, file: str, row: Row, cells: list[str], names: list[str]) -> bool:
        """Whether a row has no more cells than the header and no stray line breaks; reports mistakes."""
        for name, cell in zip(names, cells):
            rule = self.rules[file].get(name)
            lines = cell.strip().splitlines()
            if len(lines) > 1 and rule and (
                    rule["kind"] != MAY_HAVE_LINES
                    or any(line.count(",") >= len(names) - 1 for line in lines[1:])):
                self.say(file, f', {row.place}, column {name}: "{lines[0][:40]}" goes on over '
                         f'{len(lines)} lines; close its quote (") or remove the line break.')
                return False
        if any(cell.strip() for cell in cells[len(names):]):
            self.say(file, f", {row.place} has {len(cells)} cells, the header {len(names)}; put cells "
                     "with a comma in quotes, and write decimals with a point.")
            return False
        return True

    def check(self) -> None:
        """Check every cell, keys, references, and criteria with the same condition."""
        for file, rows in self.rows.items():
            seen: dict[tuple[str, ...], Row] = {}
            for row in rows:
                for column, rule in self.rules[file].items():
                    words = self.mistake(row, row[column], rule)
                    if words and (column in row.cells or not rule["required"]):
                        self.say(file, f", {row.place}, column {column}: {words}")
                self.check_key(file, row, seen)
        for row in self.rows["scoring/score_gates"]:
            self.check_gate(row)
        for row in self.rows["scoring/engagement_criteria"]:
            if row.word("rule") == "rate" and row["per"]:
                words = self.unknown_reference(row["per"], "scoring/activities")
                if words:
                    self.say("scoring/engagement_criteria", f", {row.place}, column per: {words}")
        self.find_twins()

    def mistake(self, row: Row, cell: str, rule: dict[str, str]) -> str:
        """What is wrong with a cell according to its rule, or ''."""
        kind, words = rule["kind"], rule["words"].split(";")
        if not cell:
            return "it is empty; fill it." if rule["required"] else ""
        if kind in ("number", "whole") and not NUMBER.fullmatch(cell):
            plain = cell.replace(" ", "").rstrip("%")
            if re.fullmatch(r"-?\d{1,3}(,\d{3})+", plain):
                plain = plain.replace(",", "")
            plain = plain.replace(",", ".")
            return f'"{cell}" is not a number; write ' + (
                f"{plain}." if NUMBER.fullmatch(plain) and "%" not in cell
                else "only digits and a decimal point, such as 40 or 0.4.")
        if kind == "yes_no" and cell.lower() not in YES_OR_NO:
            return f'"{cell}" is not known; write true or false.'
        if kind == "date" and not is_day(cell):
            return f'"{cell}" is not a date; write one such as 2026-12-25.'
        if kind in ("word", "words", "grade", "grades"):
            for word in cell.split(";") if kind in ("words", "grades") else [cell]:
                if word.strip() and word.strip().lower() not in [known.lower() for known in words]:
                    return f'"{word.strip()}" {fix(word.strip(), words, "write one of " + ", ".join(words))}'
        if rule["refers_to"] and cell.lower() not in words:
            return self.unknown_reference(cell, rule["refers_to"])
        return ""

    def unknown_reference(self, cell: str, file: str) -> str:
        """What is wrong with a reference to a row of another file, or ''."""
        rows, column = self.rows[file], next(iter(self.rules[file]))
        if not rows or file in self.torn:
            return ""
        names = [row[column] for row in rows]
        if file == "scoring/activities":
            names += sql_activities()
        if cell.lower() in [name.lower() for name in names]:
            return ""
        return f'"{cell}" {fix(cell, names, f"write one that has a row in seeds/{file}.csv")}'

    def check_key(self, file: str, row: Row, seen: dict[tuple[str, ...], Row]) -> None:
        key = [name for name, rule in self.rules[file].items() if rule["key"]]
        values = tuple(re.sub(r"^([0-9]+)[.]0+$", r"\1", row[name])  # as a spreadsheet writes an id
                       if self.rules[file][name]["kind"] == "id" else row.word(name) for name in key)
        if not values or not all(values):
            return
        if values in seen:
            self.say(file, f", {row.place}, column {key[0]}: line {seen[values].line} has the same "
                     f"{', '.join(key)}; rename or delete one of them.")
        seen.setdefault(values, row)

    def criteria(self) -> list[tuple[str, Row]]:
        """Each criterion with its file."""
        return [(file, row) for file in CRITERIA for row in self.rows[file]]

    def check_gate(self, row: Row) -> None:
        names = [found["criterion"] for _, found in self.criteria()
                 if found.word("scoring_model") == row.word("scoring_model")]
        if not names or not row["criterion"] or self.torn & {*CRITERIA}:
            return
        if row.word("criterion") not in [name.lower() for name in names]:
            words = fix(row["criterion"], names, f"write a criterion of {row['scoring_model']}")
            self.say("scoring/score_gates", f', {row.place}, column criterion: "{row["criterion"]}" {words}')

    def find_twins(self) -> None:
        """Warn about criteria of one scoring model with the same condition: their points add up."""
        asked: dict[tuple[str, ...], Row] = {}
        for file, row in self.criteria():
            names = ["scoring_model", "attribute", "operator", "min_value", "max_value", "within_days"]
            if file == "scoring/engagement_criteria":
                names = ["scoring_model", "activity", "rule", "per", "window_days", "min_count",
                         "max_count", "min_rate"]
            parts = [row.word(name).replace("contains", "has") for name in names]
            values = sorted(word.strip() for word in row.word("value").split(";"))
            key = (file, *parts, *values)
            if key in asked:
                self.warnings.append(
                    f"seeds/{file}.csv, {row.place} has the same condition as line {asked[key].line} "
                    f"({asked[key]['criterion']}); their points add up.")
            asked.setdefault(key, row)


def sql_activities() -> list[str]:
    """The names under sql_activities in dbt_project.yml."""
    text = (ROOT / "dbt_project.yml").read_text(encoding="utf-8")
    block = re.search(r"^  sql_activities:\n((?:    .*\n|\s*\n)*)", text, re.MULTILINE)
    return re.findall(r"^    (\w+):", block[1], re.MULTILINE) if block else []


def main() -> None:
    checker = Checker(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "seeds")
    checker.check()
    for words in checker.warnings:
        print(f"Warning: {words}")
    print(*checker.mistakes or ["The configuration files have no mistakes."], sep="\n")
    sys.exit(1 if checker.mistakes else 0)


if __name__ == "__main__":
    main()
