"""Reads indicators and their values from the rows of a plan's elements.

What has no number, or another unit than its indicator, is no figure, and is given back.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from metrograph.reading.any_table import heading_words
from metrograph.reading.any_table.mapping import FIGURES, Column, Mapping
from metrograph.reading.any_table.nesting import Element, Tree
from metrograph.reading.numbers import Figure, figure_of, line_of
from metrograph.reading.policy import PLAIN, Habit
from metrograph.reading.sheets import Row, Value
from metrograph.text import folded

_PERCENT = (
    "percent", "per cent", "percentage", "pourcentage", "porcentaje", "percentatge",
    "percentagem", "percentuale", "prozent",
)  # fmt: skip
_CURRENCIES = {
    **{"eur": "€", "euro": "€", "euros": "€", "usd": "$", "us$": "$", "gbp": "£"},
    **{"fcfa": "XOF", "f cfa": "XOF", "kc": "CZK", "zł": "PLN", "mx$": "MXN", "r$": "BRL"},
}
_THOUSANDS = {"k": 3, "m": 6, "mn": 6, "mio": 6}  # of money, where a cell has no currency
_UNITS = _CURRENCIES | dict.fromkeys(_PERCENT, "%")
_SPENT = re.compile(
    r"spent|spend|actual|outturn|depens|realise|gast|ejecutad|liquid|speso|ist\b|pagos?\b|pagad|paid|"
    r"disburse|decaisse|desembols|paiement"
)
_COMMITTED = re.compile(
    r"(?<![a-z])(?:compromis|commit|obligaci|obligation|engage|encumb|impegn|empenh|verpflicht)"
)
_TRIMMED = re.compile(r"(?:19|20)\d\d|[()\[\]]|%|\bk?[€$£]|[€$£]")


@dataclass(frozen=True)
class MeasuredValue:
    """A figure as a cell states it: its element, row, column, number, year and kind of value."""

    element: Element
    row: Row
    column: Column
    number: Decimal
    year: int | None
    kind: str
    qualifier: str = ""
    scope: str = ""  # the part of the whole that it is about, such as women
    span: tuple[str, str] | None = None  # the months that its heading names


@dataclass(eq=False)
class Measure:
    """An indicator: its name, unit, codes, what it measures, its rows and its figures."""

    label: str
    unit: str
    elements: dict[Element, None] = field(default_factory=dict)
    rows: dict[int, None] = field(default_factory=dict)
    values: list[MeasuredValue] = field(default_factory=list)
    codes: dict[str, None] = field(default_factory=dict)
    direction: str = ""


@dataclass(frozen=True)
class _About:
    """What the figures of a row are about: the name, unit and codes it gives, and its element."""

    name: str
    unit: str
    element: Element
    row: Row
    baseline_year: int | None
    codes: tuple[str, ...]
    direction: str
    scope: str
    year: int | None


@dataclass
class Measures:
    """All indicators, and the cells that were to be figures and are none."""

    known: dict[tuple[object, ...], Measure] = field(default_factory=dict)
    unread: list[tuple[Element, Row, Column]] = field(default_factory=list)
    before: dict[Column, Column] = field(default_factory=dict)  # of amounts: whose they are


def measured(tree: Tree, mapping: Mapping, habits: dict[int, Habit]) -> Measures:
    """Return the indicators of a table: those that rows name, those of elements, of columns."""
    measures = Measures(before=_before(mapping))
    names, columns = mapping.of("indicator"), mapping.of(*FIGURES)
    if not names and not columns:
        return measures
    for element in tree.elements:
        for row in element.rows:
            about = _about(mapping, element, row)
            if about.name:
                _of_row(measures, about)
            for column in columns:
                if row.at(column.index) is not None:
                    _add(measures, about, column, habits.get(column.index, PLAIN))
    return measures


def _about(mapping: Mapping, element: Element, row: Row) -> _About:
    return _About(
        " ".join(_texts(row, mapping.of("indicator"))),
        _unit(row, mapping.of("unit")),
        element,
        row,
        heading_words.year_of(" ".join(_texts(row, mapping.of("baseline_year")))),
        tuple(_texts(row, mapping.of("indicator_id"))),
        heading_words.direction_of(" ".join(_texts(row, mapping.of("direction")))),
        _scope(row, mapping.of("dimension")),
        heading_words.year_of(" ".join(_texts(row, mapping.of("year")))),
    )


def _texts(row: Row, columns: Sequence[Column]) -> Iterator[str]:
    return (text for column in columns if (text := line_of(row.at(column.index))))


def _unit(row: Row, columns: Sequence[Column]) -> str:
    unit = " ".join(_texts(row, columns))
    return _UNITS.get(folded(unit), unit)


def _add(measures: Measures, about: _About, column: Column, habit: Habit) -> None:
    """Add the figure of a cell to its indicator, or to what could not be read."""
    is_own = column.role in ("progress", "budget")
    figure = _read(about.row.at(column.index), column, habit)
    if figure is None:
        measures.unread.append((about.element, about.row, column))
        return
    made = _of_column(measures, column, figure.unit) if is_own else _of_row(measures, about)
    if not made.values:
        made.unit = made.unit or figure.unit
    if figure.unit not in ("", made.unit):
        measures.unread.append((about.element, about.row, column))
        return
    made.rows[about.row.number] = None
    at = about.element.at(column.depth)
    of_row = about.baseline_year if column.role == "baseline" else None
    year = column.year or figure.year or about.year or of_row
    made.values.append(
        MeasuredValue(
            *(at, about.row, column, figure.number, year, kind_of(column), figure.qualifier),
            _part(about.row, column, measures.before) if is_own else about.scope,
            heading_words.months_of(column.heading),
        )
    )


def _of_row(measures: Measures, about: _About) -> Measure:
    """Return the indicator that a row names; one without a name is that of its element."""
    key = (folded(about.name), folded(about.unit), None if about.name else about.element)
    made = measures.known.setdefault(key, Measure(about.name or about.element.label, about.unit))
    made.elements[about.element] = None
    made.rows[about.row.number] = None
    made.direction = made.direction or about.direction
    made.codes |= dict.fromkeys(about.codes)
    return made


def _of_column(measures: Measures, column: Column, unit: str) -> Measure:
    """Return the indicator of a column; amounts of another currency are figures of another."""
    label = name_of(column)
    first = measures.known.setdefault(("", folded(label)), Measure(label, ""))
    if not first.values or first.unit == unit:
        return first
    other = Measure(f"{label} ({unit})" if unit else label, unit)
    return measures.known.setdefault(("", folded(label), unit), other)


def _scope(row: Row, columns: Sequence[Column]) -> str:
    """Return the part of the whole that a row is about; totals are about the whole."""
    parts = (text for text in _texts(row, columns) if not heading_words.is_whole(text))
    return ", ".join(parts)


def _before(mapping: Mapping) -> dict[Column, Column]:
    """Return by columns of amounts the column of owners that their heading begins with."""
    owners = {owner.index: owner for owner in mapping.of("owner")}
    pairs = ((amount, owners.get(amount.index - 1)) for amount in mapping.of("budget"))
    return {
        amount: owner
        for amount, owner in pairs
        if owner and amount.heading.startswith(f"{owner.heading}: ")
    }


def _part(row: Row, column: Column, before: AnyMapping[Column, Column]) -> str:
    """Return whose an amount is, or what it is a part of a budget as: commitments, say."""
    if column in before:
        return line_of(row.at(before[column].index))
    is_committed = column.role == "budget" and _COMMITTED.search(folded(column.heading))
    return name_of(column) if is_committed else ""


def _read(value: Value, column: Column, habit: Habit) -> Figure | None:
    """Return the figure of a cell in the unit that it, its heading or its role says."""
    is_share = column.role == "progress" or heading_words.unit_of(column.heading) == "%"
    figure = figure_of(value, habit if is_share else replace(habit, shares=False))
    if figure is None:
        return None
    unit, number = figure.unit, figure.number
    if column.role == "budget" and unit.lower() in _THOUSANDS:
        unit, number = "", number.scaleb(_THOUSANDS[unit.lower()])
    unit = unit or heading_words.unit_of(column.heading)
    if not unit and column.role == "progress" and 0 <= figure.number <= 100:
        unit = "%"
    return replace(figure, number=number, unit=_UNITS.get(folded(unit), unit))


def name_of(column: Column) -> str:
    """Return the name of a column's own indicator: its heading without year and unit.

    >>> name_of(Column(3, "Budget 2024 (€)", "budget")), name_of(Column(0, "2024", "budget"))
    ('Budget', '2024')
    """
    named = " ".join(_TRIMMED.sub(" ", column.heading).split()).strip(" :-–")
    return named or column.heading


def kind_of(column: Column) -> str:
    """Return which kind of value a column's figures are, as the ontology calls it.

    >>> kind_of(Column(0, "Budget", "budget")), kind_of(Column(0, "Spent 2023", "budget"))
    ('projection', 'actual')
    """
    if column.role == "budget":
        return "actual" if _SPENT.search(folded(column.heading)) else "projection"
    return "actual" if column.role == "progress" else column.role
