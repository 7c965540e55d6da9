"""The cells of a table: what they can contain, and how they are written."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from metrograph.text import Tagged, joined

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Entity:
    """A cell that is a record of the graph: its id and its label in the table's language."""

    id: str
    label: str

    def __str__(self) -> str:
        """Return the label, and the id after it where the two differ."""
        return str(self.text)

    @property
    def text(self) -> str:
        """The same text, which keeps the language of the label."""
        return self.label if self.label == self.id else joined(self.label, f" ({self.id})")


Cell = Entity | str | int | float | Decimal | bool | None


@dataclass(frozen=True)
class Column:
    """A column: the name that programs use and the heading that people read."""

    name: str
    heading: str
    is_entity: bool = False


class Tabular(Protocol):
    """What every form of a table is made from; `table.Table` is one."""

    @property
    def title(self) -> str:
        """What the table is about."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns."""

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Its rows, each of as many cells."""

    @property
    def note(self) -> str:
        """How to read it; a line is a paragraph."""

    @property
    def lang(self) -> str:
        """The language of its headings and labels."""

    @property
    def empty(self) -> str:
        """What stands there instead of rows."""


def is_number(cell: Any) -> bool:
    """Return whether a cell is a number (True and False are none)."""
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def rounded(value: Decimal | float, places: str = "0.001") -> Decimal:
    """Return a number rounded for reading, to as many places as `places` has.

    >>> rounded(2 / 3)
    Decimal('0.667')
    """
    return Decimal(str(value)).quantize(Decimal(places))


def percent(share: Decimal | float) -> Decimal:
    """Return a share of 1 in per cent, to one decimal place."""
    return rounded(100 * share, "0.1")


def shown(cell: Cell, lang: str = "en") -> str:
    """Return a cell as text: numbers as a language writes them, true and false as signs."""
    if cell is None:
        return ""
    if isinstance(cell, Tagged):
        return cell
    if isinstance(cell, Entity):
        return cell.text
    if isinstance(cell, bool):
        return "✓" if cell else "–"
    if isinstance(cell, Decimal | float):
        return spoken(cell, lang)
    return str(cell)


def spoken(number: Decimal | float, lang: str) -> str:
    """Return a number as people write it in a language: with a point, or with a comma.

    >>> spoken(Decimal("76.25"), "fr")
    '76,25'
    """
    digits = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return digits if lang == "en" else digits.replace(".", ",")


def clean(value: str) -> str:
    """Drop control characters: a label must not steer the terminal."""
    return "".join(char for char in value if char in "\n\t\u00a0\u202f" or char.isprintable())


def defused(value: Any) -> Any:
    """Put a quote before text that a spreadsheet would run as a formula (OWASP, CSV injection).

    Control characters are dropped: CSV is shown on terminals, too.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        plain = "".join(
            char for char in value if char in "\n\r\t" or unicodedata.category(char) != "Cc"
        )
        return "'" + plain if value.startswith(FORMULA_STARTS) else plain
    return value


def split_headings(columns: Sequence[Column]) -> list[str]:
    """Return the headings of columns; a column of records has two, one for its ids."""
    headings: list[str] = []
    for column in columns:
        headings += (
            [column.heading, f"{column.heading} (id)"] if column.is_entity else [column.heading]
        )
    return headings


def split_row(columns: Sequence[Column], row: Sequence[Cell], id_first: bool = False) -> list[Any]:
    """Return the values of a row, with label and id of a record next to each other."""
    values: list[Any] = []
    for column, cell in zip(columns, row, strict=True):
        if not column.is_entity:
            values.append(shown(cell) if isinstance(cell, Entity) else cell)
        elif isinstance(cell, Entity):
            values += [cell.id, cell.label] if id_first else [cell.label, cell.id]
        else:
            values += [cell, None] if id_first else [cell, ""]
    return values
