"""A sheet in, the text edition of it out, with the lines at which each of its rows stands."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from metrograph.reading import delimited
from metrograph.reading.numbers import text_of
from metrograph.reading.sheets import Row, Sheet
from metrograph.text import as_key


@dataclass(frozen=True)
class Edition:
    """A text to be kept and cited: its file's name, and the first and last line of each row."""

    name: str
    key: str
    text: str
    lines: Mapping[int, tuple[int, int]]

    def ranges(self, rows: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield the lines of rows (by their numbers), those that follow each other as one range."""
        begin = end = 0
        for first, last in sorted(self.lines[row] for row in rows):
            if begin and first > end + 1:
                yield begin, end
                begin = 0
            begin, end = begin or first, max(end, last)
        if begin:
            yield begin, end


def edition(path: Path, sheet: Sheet, data: bytes) -> Edition:
    """Return the text of a CSV file as it is; a sheet of a workbook is written as one."""
    key = as_key(path.stem) or "plan"
    if sheet.is_text:
        text, _ = delimited.decoded(path, data)
        return Edition(f"{key}.csv", key, text, {row.number: _lines(row) for row in sheet.rows})
    return as_csv(sheet, key)


def _lines(row: Row) -> tuple[int, int]:
    breaks = sum(
        cell.replace("\r\n", "\n").replace("\r", "\n").count("\n")
        for cell in row.cells
        if isinstance(cell, str)
    )
    return row.number, row.number + breaks


def as_csv(sheet: Sheet, key: str) -> Edition:
    """Return a sheet written as CSV."""
    out, line, lines = io.StringIO(), 1, {}
    writer = csv.writer(out, lineterminator="\n")
    for row in sheet.rows:
        cells = [text_of(cell) for cell in row.cells]
        writer.writerow(cells)
        last = line + sum(cell.count("\n") for cell in cells)
        lines[row.number] = (line, last)
        line = last + 1
    return Edition(f"{key}.csv", key, out.getvalue(), lines)
