"""The matrix of any two axes: which records are in which cell, where none are, and as a table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from metrograph.messages import counted, word
from metrograph.query.axes import Axis
from metrograph.query.bitmaps import Activities
from metrograph.query.filters import Filters
from metrograph.tables.table import Cell, Column, Entity, Table
from metrograph.text import joined, separated

if TYPE_CHECKING:
    import pandas

Pair = tuple[str, str]  # a row and a column
_READABLE = (30, 12)  # rows and columns, up to which empty ones are shown as well
_NONE = Activities(0)


@dataclass(frozen=True)
class Side:
    """The rows or the columns of a matrix: an axis, and the records of each of its categories.

    `held` are those that filters keep, `whole` all. `labels` are those of categories; `ids` the
    categories that are records of the plan. `is_claimed` where claims link the two.
    """

    axis: Axis
    held: Mapping[str, Activities]
    whole: Mapping[str, Activities]
    labels: Mapping[str, str]
    ids: frozenset[str]
    is_claimed: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The categories, in the order of the axis."""
        return tuple(self.held)

    def cell(self, name: str) -> Cell:
        """Return a category as the cell of a table."""
        return Entity(name, self.labels[name]) if name in self.ids else self.labels[name]


@dataclass(frozen=True)
class Crosstab:
    """Which records of a plan belong to which category of two axes at once.

    `unit` says what is counted: "activities" or "elements" of the plan; `every` are all of them
    that filters keep. Totals count a record once, so they can be less than sums.
    """

    rows: Side
    columns: Side
    unit: str
    every: Activities
    filters: Filters
    labels: Mapping[str, str]  # of what is filtered
    lang: str
    margins: Mapping[str, Activities] = field(repr=False)  # all of the rows, and of the columns

    def held(self, row: str | None = None, column: str | None = None) -> Activities:
        """Return the records of a cell, a row, a column, or the whole matrix."""
        left = self.margins["rows"] if row is None else self.rows.held.get(row, _NONE)
        right = self.margins["columns"] if column is None else self.columns.held.get(column, _NONE)
        return left & right

    def records(self, row: str | None = None, column: str | None = None) -> tuple[str, ...]:
        """Return the ids of what `held` gives, in the order of the plan."""
        return tuple(self.held(row, column))

    def count(self, row: str | None = None, column: str | None = None) -> int:
        """Return how many distinct records `held` gives."""
        return len(self.held(row, column))

    def is_filled(self, row: str, column: str) -> bool:
        """Return whether a cell has records when nothing is filtered."""
        whole = self.rows.whole.get(row, _NONE) & self.columns.whole.get(column, _NONE)
        return bool(whole)

    def gaps(self, column: str | None = None) -> tuple[Pair, ...]:
        """Return the cells, of a column or all, that are empty even when nothing is filtered."""
        return tuple(pair for pair in self._empty(column) if not self.is_filled(*pair))

    def emptied(self, column: str | None = None) -> tuple[Pair, ...]:
        """Return the cells, of a column or all, that are empty only because of filters."""
        return tuple(pair for pair in self._empty(column) if self.is_filled(*pair))

    def _empty(self, column: str | None) -> list[Pair]:
        """Return the empty cells, also of rows that are not shown."""
        columns = self.columns.names if column is None else (column,)
        return [
            (row, name) for row in self.rows.whole for name in columns if not self.held(row, name)
        ]

    def empty_word(self, row: str, column: str) -> str:
        """Return the word for an empty cell: a gap, or empty because of filters."""
        return word("emptied_by_filters" if self.is_filled(row, column) else "gap", self.lang)

    def readable(self) -> "Crosstab":
        """Return the matrix without empty rows where there are many, and so for columns."""
        rows, columns = self.rows, self.columns
        if len(rows.names) > _READABLE[0]:
            kept = {row: held for row, held in rows.held.items() if self.held(row=row)}
            rows = replace(rows, held=kept)
        if len(columns.names) > _READABLE[1]:
            kept = {name: held for name, held in columns.held.items() if self.held(column=name)}
            columns = replace(columns, held=kept)
        return replace(self, rows=rows, columns=columns)

    def hidden(self) -> list[str]:
        """Return a sentence each on the rows and on the columns that `readable` leaves out."""
        shown = self.readable()
        left_out = {
            "rows_hidden": len(self.rows.names) - len(shown.rows.names),
            "columns_hidden": len(self.columns.names) - len(shown.columns.names),
        }
        return [
            counted(key, number, self.lang).format(number)
            for key, number in left_out.items()
            if number
        ]

    @property
    def is_claimed(self) -> bool:
        """Whether it matters which claims count."""
        return self.rows.is_claimed or self.columns.is_claimed

    @property
    def title(self) -> str:
        """What is counted by what: "Activities: Members × Challenges"."""
        colon = word("colon", self.lang)
        axes = separated(" × ", [self.rows.axis.title, self.columns.axis.title])
        return joined(word(self.unit, self.lang), f"{colon} ", axes)

    @property
    def table(self) -> Table:
        """The matrix as a table, with totals and the number of empty cells of each column."""
        lang, names = self.lang, self.columns.names
        columns = (
            Column("row", self.rows.axis.title, bool(self.rows.ids)),
            *(Column(name, self.columns.labels[name]) for name in names),
            Column("total", word("total", lang)),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                self.rows.cell(row),
                *(self.count(row, name) or self.empty_word(row, name) for name in names),
                self.count(row=row),
            )
            for row in self.rows.names
        ]
        if rows:
            totals = (self.count(column=name) for name in names)
            rows.append((word("total", lang), *totals, self.count()))
            gaps = [len(self.gaps(name)) for name in names]
            rows.append((word("gaps", lang), *gaps, sum(gaps)))
        return Table(
            title=self.title,
            columns=columns,
            rows=tuple(rows),
            note=separated("\n", self.notes()),
            lang=lang,
            empty=word("nothing", lang),
        )

    def notes(self) -> list[str]:
        """Return how the numbers came about: filters, how many records are in no cell."""
        lang = self.lang
        key = "activities_in_matrix" if self.unit == "activities" else "elements_in_matrix"
        in_all = word(key, lang).format(self.count(), len(self.every))
        emptied = [word("emptied_note", lang)] * bool(self.emptied())
        return [*self.chosen(), in_all, word("crosstab_note", lang), *emptied]

    def chosen(self) -> list[str]:
        """Return the filters as a line, if there are any."""
        lang = self.lang
        chosen = [
            joined(f"{word(name, lang)}{word('colon', lang)} ", self._show_value(value))
            for name, value in self.filters.to_json().items()
            if name != "claims" or self.is_claimed
        ]
        return [separated(" · ", chosen)] if chosen else []

    def _show_value(self, value: str | int) -> str:
        return self.labels.get(str(value)) or word(str(value), self.lang)

    def to_json(self, left_out: Mapping[str, list[str]] | None = None) -> str:
        """Return the matrix as JSON: its axes, the cells that are not empty, totals and gaps."""
        value: dict[str, object] = {
            "rows": {"axis": self.rows.axis.name, "categories": self.rows.names},
            "columns": {"axis": self.columns.axis.name, "categories": self.columns.names},
            "count": self.unit,
            "cells": [
                {"row": row, "column": name, "count": len(held), self.unit: tuple(held)}
                for row in self.rows.names
                for name in self.columns.names
                if (held := self.held(row, name))
            ],
            "totals": {
                "rows": {row: self.count(row=row) for row in self.rows.names},
                "columns": {name: self.count(column=name) for name in self.columns.names},
                "all": self.count(),
            },
            "gaps": _named(self.gaps()),
            "emptyWithFilters": _named(self.emptied()),
            "filters": self.filters.to_json(),
            **(left_out or {}),
        }
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    def __str__(self) -> str:
        """Return the matrix as text for a terminal, without empty rows where there are many."""
        return str(self.readable().table)

    def _repr_html_(self) -> str:
        """Show the matrix in a notebook."""
        return self.readable().table.to_html()

    def to_pandas(self) -> "pandas.DataFrame":
        """Return the matrix as a pandas DataFrame, with totals and words as in `table`."""
        return self.table.to_pandas()


def _named(pairs: tuple[Pair, ...]) -> list[dict[str, str]]:
    return [{"row": row, "column": column} for row, column in pairs]
