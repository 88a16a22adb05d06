"""Edits of the configuration files by the studio: only changed cells differ."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

Row = dict[str, str]
Edits = Mapping[tuple[int, str], str]  # (place of the row, column) -> new text of the cell


@dataclass(frozen=True)
class RuleFile:
    """A CSV file: its header, its rows as dicts of text, and the original text of each row."""

    header: list[str]
    rows: list[Row]
    records: list[str]  # of the header, then of each row, with line ends

    def edited(self, edits: Edits) -> str:
        """The text of the file with some cells changed and everything else unchanged, byte for byte."""
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
    """The file of a text. Empty lines and missing cells stay unchanged."""
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
    """The original cells of a row, with their quotes, and its line end."""
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
    """A cell's text with CSV quoting."""
    if any(letter in text for letter in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
