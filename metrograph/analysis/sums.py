"""Adds up the values of an indicator, such as a budget, in the cells of a matrix of two axes."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from metrograph.analysis.counting import Counted
from metrograph.analysis.crosstab import Crosstab
from metrograph.analysis.tabulation import UNITS, crosstab
from metrograph.errors import QueryError
from metrograph.messages import counted, word
from metrograph.query.answers import Row, text
from metrograph.query.axes import Axis
from metrograph.query.categories import records
from metrograph.query.filters import Filters
from metrograph.tables.table import Cell, Column, Table
from metrograph.text import joined, separated

Measure = tuple[str, str]  # a unit and a type of value: amounts of others are never added to it
PERCENT = "mg:percent"


@dataclass(frozen=True)
class Amount:
    """A value of an activity or an element of the plan, and the period and scope that it is of."""

    measure: Measure
    period: tuple[str, ...]
    value: Decimal
    is_exact: bool


@dataclass(frozen=True)
class Sums:
    """The sums of an indicator's values in the cells of a matrix, by unit and type of value.

    `above` are the elements of which others are a part. A value of an element does not count where
    an element above it is in the same cell with a value of its own for the period. `differing` is
    how many values are left out because there are others of the same record and period.
    """

    matrix: Crosstab
    title: str
    amounts: Mapping[str, Sequence[Amount]]
    above: Mapping[str, str]
    labels: Mapping[str, str]
    differing: int

    def total(self, row: str | None = None, column: str | None = None) -> dict[Measure, Decimal]:
        """Return the sum of a cell, a row, a column or the whole matrix, for each measure."""
        names = {name for name in self.matrix.held(row, column) if name in self.amounts}
        sums: dict[Measure, Decimal] = {}
        for name in names:
            for amount in self.amounts[name]:
                if not self._is_covered(name, amount, names):
                    sums[amount.measure] = sums.get(amount.measure, Decimal(0)) + amount.value
        return dict(sorted(sums.items()))

    def _is_covered(self, name: str, amount: Amount, names: set[str]) -> bool:
        """Return whether an element above a record has a value for the same in the same cell."""
        whole, passed = self.above.get(name, ""), {name}
        while whole and whole not in passed:
            same = (amount.measure, amount.period)
            if whole in names and same in {(a.measure, a.period) for a in self.amounts[whole]}:
                return True
            passed.add(whole)
            whole = self.above.get(whole, "")
        return False

    @property
    def table(self) -> Table:
        """The sums as a table: a row for each category and measure, and the totals."""
        matrix, lang = self.matrix, self.matrix.lang
        names = matrix.columns.names
        columns = (
            Column("row", matrix.rows.axis.title, bool(matrix.rows.ids)),
            Column("unit", word("unit", lang)),
            Column("valueType", word("value_type", lang)),
            *(Column(name, matrix.columns.labels[name]) for name in names),
            Column("total", word("total", lang)),
        )
        rows: list[tuple[Cell, ...]] = []
        for row in (*matrix.rows.names, None):
            heading = word("total", lang) if row is None else matrix.rows.cell(row)
            cells = [self.total(row, name) for name in (*names, None)]
            for measure in cells[-1] or [None]:
                rows.append((heading, *self._words(measure), *self._line(row, measure, cells)))
        return Table(
            title=self.table_title,
            columns=columns,
            rows=tuple(rows) if matrix.rows.names else (),
            note=separated("\n", self.notes()),
            lang=lang,
            empty=word("nothing", lang),
        )

    @property
    def table_title(self) -> str:
        """What is added by what: "Budget: Axis × Responsible organisations"."""
        axes = separated(" × ", [self.matrix.rows.axis.title, self.matrix.columns.axis.title])
        return joined(self.title, word("colon", self.matrix.lang), " ", axes)

    def shown(self, row: str | None, column: str | None) -> list[tuple[Decimal, str]]:
        """Return the sums of a cell with their units, and with their types if there are several."""
        sums = self.total(row, column)
        kinds = {a.measure[1] for amounts in self.amounts.values() for a in amounts}
        return [
            (value, separated(", ", [part for part in self._words(measure)[: len(kinds)] if part]))
            for measure, value in sums.items()
        ]

    def _words(self, measure: Measure | None) -> tuple[str | None, str | None]:
        """Return a unit and a type of value as people read them."""
        if measure is None:
            return (None, None)
        unit, kind = (self.labels.get(part, part) for part in measure)
        return (unit, kind)

    def _line(
        self, row: str | None, measure: Measure | None, cells: Sequence[Mapping[Measure, Decimal]]
    ) -> list[Cell]:
        """Return the sums of a measure, or the word for a cell in which no record is."""
        line: list[Cell] = []
        for name, sums in zip((*self.matrix.columns.names, None), cells, strict=True):
            value = sums.get(measure) if measure else None
            is_empty = row is not None and name is not None and not self.matrix.held(row, name)
            empty = self.matrix.empty_word(row, name) if is_empty and row and name else None
            line.append(empty if value is None else value)
        return line

    def notes(self) -> list[str]:
        """Return the filters, and how the sums came about."""
        return [*self.matrix.chosen(), *self.rules()]

    def rules(self) -> list[str]:
        """Return the rule by which values are added, and what is left out."""
        inexact = sum(not a.is_exact for amounts in self.amounts.values() for a in amounts)
        left_out = {"sums_differing": self.differing, "sums_inexact": inexact}
        lang = self.matrix.lang
        return [
            word("sums_note", lang),
            *(counted(key, count, lang).format(count) for key, count in left_out.items() if count),
        ]

    def to_json(self, left_out: Mapping[str, list[str]] | None = None) -> str:
        """Return the sums as JSON: axes, the cells and totals that have any, filters."""
        matrix = self.matrix
        pairs = [(row, name) for row in matrix.rows.names for name in matrix.columns.names]
        value: dict[str, object] = {
            "rows": {"axis": matrix.rows.axis.name, "categories": matrix.rows.names},
            "columns": {"axis": matrix.columns.axis.name, "categories": matrix.columns.names},
            "sum": self.title,
            "of": matrix.unit,
            "cells": [
                {"row": row, "column": name, "sums": _plain(sums)}
                for row, name in pairs
                if (sums := self.total(row, name))
            ],
            "totals": {
                "rows": {row: _plain(self.total(row=row)) for row in matrix.rows.names},
                "columns": {name: _plain(self.total(column=name)) for name in matrix.columns.names},
                "all": _plain(self.total()),
            },
            "filters": matrix.filters.to_json(),
            **(left_out or {}),
        }
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    def __str__(self) -> str:
        """Return the sums as text for a terminal, without empty rows where there are many."""
        return str(self.readable().table)

    def _repr_html_(self) -> str:
        """Show the sums in a notebook."""
        return self.readable().table.to_html()

    def readable(self) -> "Sums":
        """Return the sums without empty rows where there are many, and so for columns."""
        return replace(self, matrix=self.matrix.readable())

    def hidden(self) -> list[str]:
        """Return a sentence each on the rows and on the columns that `readable` leaves out."""
        return self.matrix.hidden()


def sums(
    plan: Counted, indicator: str, rows: str | Axis, columns: str | Axis, filters: Filters
) -> Sums:
    """Return the sums of the values of an indicator by two axes.

    They are those of activities, where any has one, else those of elements of the plan. A year
    among the filters is that of the values. Raises `QueryError` for an unknown indicator, axis or
    filter, and for an indicator in percent.
    """
    name = plan.known(indicator)
    in_force = [row for row in plan.rows("figures", language=plan.lang) if row["indicator"] == name]
    if any(row["unit"] == PERCENT for row in in_force):
        raise QueryError("“{name}” is in percent, and percentages cannot be added.", name=name)
    if not in_force:
        raise QueryError("“{name}” has no values to add.", name=name)
    known = records(plan.built)
    of_year = [row for row in in_force if filters.year in (None, _year(row))]
    amounts, differing = _amounts(of_year)
    activities = set(known.activities())
    unit = UNITS[0] if activities & {text(row["subject"]) for row in in_force} else UNITS[1]
    measures = {part for kept in amounts.values() for amount in kept for part in amount.measure}
    matrix = crosstab(plan, rows, columns, replace(filters, year=None), unit)
    return Sums(
        matrix=replace(matrix, filters=replace(matrix.filters, year=filters.year)),
        title=plan.label(name),
        amounts=amounts,
        above=known.wholes,
        labels={part: plan.label(part) for part in measures},
        differing=differing,
    )


def _year(row: Row) -> int | None:
    """Return the year of a value, if it is of one."""
    year = text(row["figureYear"])
    return int(year) if year.isdecimal() else None


def _amounts(rows: Iterable[Row]) -> tuple[dict[str, list[Amount]], int]:
    """Return the values of each record, and how many differ from others of the same."""
    same: dict[tuple[str, Measure, tuple[str, ...]], dict[Decimal, bool]] = defaultdict(dict)
    for row in rows:
        value = row["value"]
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            continue
        measure = (text(row["unit"]), text(row["valueType"]))
        period = tuple(text(row[name]) for name in ("figureYear", "startDate", "endDate", "scope"))
        is_exact = text(row["qualifier"]) in ("", "mg:exactly")
        same[text(row["subject"]), measure, period][Decimal(value)] = is_exact
    amounts: dict[str, list[Amount]] = defaultdict(list)
    differing = 0
    for (record, measure, period), values in same.items():
        if len(values) > 1:
            differing += len(values)
            continue
        ((value, is_exact),) = values.items()
        amounts[record].append(Amount(measure, period, value, is_exact))
    return dict(amounts), differing


def _plain(sums: Mapping[Measure, Decimal]) -> list[dict[str, object]]:
    """Return sums as JSON has them."""
    return [
        {
            "unit": unit,
            "type": kind,
            "value": int(value) if value == value.to_integral_value() else float(value),
        }
        for (unit, kind), value in sums.items()
    ]
