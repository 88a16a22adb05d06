"""The configuration files as the studio edits them: only the cells that were changed differ."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

Row = dict[str, str]
Edits = Mapping[tuple[int, str], str]  # (place of the row, column) -> new text of the cell


@dataclass(frozen=True)
class RuleFile:
    """A CSV file: its header, its rows as dicts of text, and the text of each row as it stands."""

    header: list[str]
    rows: list[Row]
    records: list[str]  # of the header, then of each row, with line ends

    def edited(self, edits: Edits) -> str:
        """The text of the file with some cells changed, everything else as it was to the letter."""
        records = list(self.records)
        for (place, column), text in edits.items():
            if self.rows[place][column] == text:
                continue
            cells, end = raw_cells(records[place + 1])
            cells += [""] * (len(self.header) - len(cells))
            cells[self.header.index(column)] = quoted(text)
            records[place + 1] = ",".join(cells) + end
        return "".join(records)


def read(content: str) -> RuleFile:
    """The file of a text. Empty lines and cells that a row lacks are kept as they are."""
    lines = content.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(content, newline=""))
    records, cells_of, begin = [], [], 0
    for cells in reader:
        records.append("".join(lines[begin:reader.line_num]))
        cells_of.append(cells)
        begin = reader.line_num
    header = [name.strip().removeprefix("\ufeff") for name in cells_of[0]]
    rows = [dict(zip(header, [*cells, *[""] * len(header)])) for cells in cells_of[1:]]
    return RuleFile(header, rows, records)


def raw_cells(record: str) -> tuple[list[str], str]:
    """The cells of a row as they stand, with their quotes, and its line end."""
    body = record.rstrip("\r\n")
    cells, cell, is_quoted = [], "", False
    for letter in body:
        if letter == '"':
            is_quoted = not is_quoted
        if letter == "," and not is_quoted:
            cells.append(cell)
            cell = ""
        else:
            cell += letter
    return [*cells, cell], record[len(body):]


def quoted(text: str) -> str:
    """A cell's text as a CSV file writes it."""
    if any(letter in text for letter in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
