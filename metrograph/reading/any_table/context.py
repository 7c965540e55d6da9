"""What all records of a table's plan share: ids, texts, and citations of rows."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from metrograph.reading import delimited
from metrograph.reading.numbers import text_of
from metrograph.reading.sheets import Row, Sheet
from metrograph.store import new_plan
from metrograph.text import as_key

Term = ox.NamedNode | ox.Literal


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


@dataclass(frozen=True)
class Setting:
    """What all records of a plan share."""

    base: str
    lang: str
    title: str
    period: tuple[int, int]
    notes: tuple[str, ...]
    sheet: Sheet
    edition: Edition
    key: str
    is_dated: bool = True  # whether the table itself names a year

    def iri(self, *parts: str) -> str:
        """Return the IRI of an id."""
        return self.base + "/".join(parts)

    def node(self, *parts: str) -> ox.NamedNode:
        """Return the term of an id."""
        return ox.NamedNode(self.iri(*parts))

    def text(self, text: str) -> ox.Literal:
        """Return a text in the plan's language."""
        return ox.Literal(text, language=self.lang)

    @property
    def plan(self) -> ox.NamedNode:
        """Return the plan, whose id has its period."""
        first, last = self.period
        return self.node("plan", f"{first}-{last}" if last > first else str(first))

    def cited(self, rows: Iterable[int]) -> list[Term]:
        """Return the places of rows, by their numbers, in the text edition."""
        source = self.iri("source", self.edition.key)
        return [new_plan.citation(source, *lines) for lines in self.edition.ranges(rows)]
