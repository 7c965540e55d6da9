"""The rows and sheets that any table is read into, with their locations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from metrograph.reading.looks import PLAIN, Looks
from metrograph.reading.notices import Remark

Value = str | int | float | bool | date | datetime | None
CELLS = 10_000_000  # of a workbook: 100,000 rows of 100 columns


@dataclass(frozen=True)
class Row:
    """A row: its number (from 1; of a text, the line at which it begins) and its cells.

    Empty cells are None; those after the last that is not are left out.
    """

    number: int
    cells: tuple[Value, ...]

    def at(self, column: int) -> Value:
        """Return the cell of a column (from 0), also of one that the row does not reach."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name (of a text, the file's), its rows that are not blank, remarks, looks."""

    name: str
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()
    is_text: bool = False
    looks: Looks = PLAIN

    def place(self, row: int, column: int) -> str:
        """Return the place of a cell by the number of its row and its column (from 0).

        >>> Sheet("Activities", ()).place(14, 3), Sheet("Activities", ()).place(2, 27)
        ('Activities!D14', 'Activities!AB2')
        """
        return f"{self.name}!{letters(column)}{row}"

    @property
    def width(self) -> int:
        """Return how many columns the longest row has."""
        return max((len(row.cells) for row in self.rows), default=0)


def letters(column: int) -> str:
    """Return a column (from 0) as spreadsheets name it.

    >>> letters(0), letters(25), letters(26), letters(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name = chr(ord("A") + letter) + name
        column -= 1
    return name


def trimmed(cells: Sequence[Value]) -> tuple[Value, ...]:
    """Return cells with nothing for blank ones, without those at the end."""
    filled = [None if isinstance(cell, str) and not cell.strip() else cell for cell in cells]
    while filled and filled[-1] is None:
        filled.pop()
    return tuple(filled)
