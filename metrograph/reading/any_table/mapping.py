"""The role of each column, with a reason; written as TOML for correction, and read back."""

import json
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from metrograph import toml
from metrograph.errors import InputError, Text
from metrograph.reading.sheets import letters

ROLES = (
    "level",  # an element of the plan at `depth`, the deepest being what a row is about
    "label",  # the name of the element at `depth` in the language that the heading names
    "number",  # a printed number of the element at `depth`, or of the row where depth is 0
    "id",
    "description",
    "status",
    "progress",
    "start",
    "end",
    "date",
    "owner",
    "budget",
    "indicator",
    "indicator_id",
    "unit",
    "baseline",
    "baseline_year",
    "target",
    "actual",
    "year",  # the year of the figures of a row
    "dimension",  # the part of the whole that the figures of a row are about, such as women
    "direction",  # how the figures of an indicator are to change
    "location",
    "url",
    "parent",  # the code of the element above
    "kind",  # the name of the level at which a row stands
    "note",
    "left",
)
HIERARCHIES = ("columns", "numbers", "indentation", "sections", "parents")
FIGURES = ("progress", "budget", "baseline", "target", "actual")
KEPT = "sources/import-map.toml"  # where a plan keeps what its table was taken for
_KINDS = {
    int: Text("a number"),
    str: Text("a text in quotation marks"),
    bool: Text("true or false"),
}
_ABOUT = """\
# What each column of the table is taken for. Change what is wrong, and import with --map.
# role: {roles}
# depth: of a level, 1 for the highest; of another column, the level that it describes (0: the row)
# year: of a figure, where the heading is of one year
# date_order: dmy or mdy, where 03/04/2024 can be read in two ways
# blanks: filled (blank cells of levels stand for what is above them) or none
# names: once, where rows of one name are one element
# hidden: true, to read hidden rows, columns and sheets too
# hierarchy: columns (levels are columns), numbers (1, 1.1, 1.1.1), indentation, sections (rows
# with nothing but a name), or parents (a column has the code of the row above)
"""


@dataclass(frozen=True)
class Column:
    """A column (from 0) with its heading, its role, and why it is thought to have it."""

    index: int
    heading: str
    role: str
    reason: str = ""
    depth: int = 0
    year: int | None = None
    why: str = field(default="", compare=False)  # the key (in the catalogue) of the reason

    @property
    def letter(self) -> str:
        """Return the column as spreadsheets name it."""
        return letters(self.index)


@dataclass(frozen=True)
class Mapping:
    """What a table is taken for: its sheet, its header's row (0: none) and its columns.

    A mapping that was read may leave out its header and its hierarchy: they are to be guessed.
    """

    sheet: str
    header: int | None
    hierarchy: str
    columns: tuple[Column, ...]
    title: str = ""
    first_year: int | None = None
    last_year: int | None = None
    reason: str = ""  # of the hierarchy
    date_order: str = ""  # dmy or mdy, where the table leaves it open
    hidden: bool = False  # whether hidden rows, columns and sheets are read
    blanks: str = ""  # filled or none: what blank cells of levels stand for, else as they seem
    names: str = ""  # once: rows of one name are one element

    def of(self, *roles: str) -> tuple[Column, ...]:
        """Return the columns that have one of these roles, in their order."""
        if len(roles) == 1:
            return self._of_role.get(roles[0], ())
        return tuple(column for column in self.columns if column.role in roles)

    @cached_property
    def _of_role(self) -> dict[str, tuple[Column, ...]]:
        by_role: dict[str, list[Column]] = {}
        for column in self.columns:
            by_role.setdefault(column.role, []).append(column)
        return {role: tuple(columns) for role, columns in by_role.items()}

    @cached_property
    def levels(self) -> tuple[Column, ...]:
        """Return the columns of levels, the highest first."""
        return tuple(sorted(self.of("level"), key=lambda column: (column.depth, column.index)))

    def to_toml(self) -> str:
        """Return the mapping as TOML (v1.0.0), which `from_toml` reads."""
        heads: dict[str, str | int | None] = {
            "sheet": self.sheet,
            "header": self.header,
            "hierarchy": self.hierarchy,
            "title": self.title,
            "first_year": self.first_year,
            "last_year": self.last_year,
            "date_order": self.date_order or None,
            "hidden": self.hidden or None,
            "blanks": self.blanks or None,
            "names": self.names or None,
        }
        blocks = [_ABOUT.format(roles=", ".join(ROLES)) + _lines(heads, self.reason)]
        for column in self.columns:
            fields: dict[str, str | int | None] = {
                "column": column.letter,
                "heading": column.heading,
                "role": column.role,
                "depth": column.depth or None,
                "year": column.year,
            }
            blocks.append("[[columns]]\n" + _lines(fields, column.reason))
        return "\n".join(blocks)


def from_toml(text: str, name: str = "mapping.toml") -> Mapping:
    """Return the mapping that a TOML text says; what it leaves out is empty.

    Raises `InputError` for what is no mapping, naming what is wrong in it.
    """
    table = toml.parsed(text, Text.of("{name}: the mapping", name=name))
    columns = table.get("columns", [])
    if not isinstance(columns, list) or not all(isinstance(block, dict) for block in columns):
        raise InputError(
            "{name}: write each column as a [[columns]] table, one after the other.", name=name
        )
    hierarchy = _taken(table, "hierarchy", str, "", name)
    if hierarchy not in ("", *HIERARCHIES):
        raise InputError(
            "{name}: hierarchy must be one of {hierarchies}, not {hierarchy}.",
            name=name,
            hierarchies=", ".join(HIERARCHIES),
            hierarchy=hierarchy,
        )
    read_columns = tuple(_column(block, name) for block in columns)
    if len({column.index for column in read_columns}) < len(read_columns):
        raise InputError("{name}: a column is listed twice. Keep one of the two.", name=name)
    return Mapping(
        _taken(table, "sheet", str, "", name),
        _taken(table, "header", int, None, name),
        hierarchy,
        read_columns,
        _taken(table, "title", str, "", name),
        _taken(table, "first_year", int, None, name),
        _taken(table, "last_year", int, None, name),
        date_order=_date_order(table, name),
        hidden=_taken(table, "hidden", bool, False, name),
        blanks=_choice(table, "blanks", ("filled", "none"), name),
        names=_choice(table, "names", ("once",), name),
    )


def _date_order(table: AnyMapping[str, Any], name: str) -> str:
    date_order = _taken(table, "date_order", str, "", name)
    if date_order not in ("", "dmy", "mdy"):
        raise InputError(
            "{name}: date_order must be dmy (day first) or mdy (month first), not {date_order}.",
            name=name,
            date_order=date_order,
        )
    return str(date_order)


def _choice(table: AnyMapping[str, Any], key: str, known: tuple[str, ...], name: str) -> str:
    value = str(_taken(table, key, str, "", name))
    if value not in ("", *known):
        raise InputError(
            "{name}: {key} must be one of {known}, not {value}.",
            name=name,
            key=key,
            known=", ".join(known),
            value=value,
        )
    return value


def _column(block: AnyMapping[str, Any], name: str) -> Column:
    letter = _taken(block, "column", str, "", name)
    role = _taken(block, "role", str, "note", name)
    if not (letter.isascii() and letter.isalpha() and len(letter) <= 3):
        raise InputError(
            "{name}: column must be a letter, such as D, not “{letter}”.", name=name, letter=letter
        )
    if role not in ROLES:
        raise InputError(
            "{name}: column {letter}: role must be one of {roles}, not {role}.",
            name=name,
            letter=letter,
            roles=", ".join(ROLES),
            role=role,
        )
    depth = _taken(block, "depth", int, 0, name)
    if depth < 0 or depth > 50 or (role == "level" and not depth):
        raise InputError(
            "{name}: column {letter}: a level requires a depth, 1 for the highest.",
            name=name,
            letter=letter,
        )
    heading = _taken(block, "heading", str, letter, name)
    return Column(
        _index(letter), heading, role, depth=depth, year=_taken(block, "year", int, None, name)
    )


def _index(letter: str) -> int:
    """Return a column (from 0) by its letters.

    >>> _index("A"), _index("AA"), _index("XFD")
    (0, 26, 16383)
    """
    number = 0
    for sign in letter.upper():
        number = number * 26 + ord(sign) - ord("A") + 1
    return number - 1


def _taken(table: AnyMapping[str, Any], key: str, kind: type, otherwise: Any, name: str) -> Any:
    value = table.get(key, otherwise)
    if value is not otherwise and (
        not isinstance(value, kind) or isinstance(value, bool) != (kind is bool)
    ):
        raise InputError(
            "{name}: {key} must be {text}.",
            name=name,
            key=key,
            text=_KINDS[kind],
        )
    return value


def _lines(fields: AnyMapping[str, str | int | None], reason: str) -> str:
    """Return keys with their values; a basic string of TOML is written as JSON writes one."""
    lines = [f"# {' '.join(reason.split())}\n"] if reason else []
    for key, value in fields.items():
        if value is not None:
            written = json.dumps(value, ensure_ascii=False).encode(errors="replace").decode()
            shown = written.replace("\x7f", "\\u007f")
            lines.append(f"{key} = {shown}\n")
    return "".join(lines)
