"""Builds the challenge × theme matrix, with distinct totals, from the coverage question's rows."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from metrograph.messages import counted, word
from metrograph.query.bitmaps import Activities, union
from metrograph.query.filters import Filters
from metrograph.tables.table import Cell, Column, Entity, Table
from metrograph.text import joined, separated

if TYPE_CHECKING:
    import pandas

Pair = tuple[str, str]  # a challenge and a theme


@dataclass(frozen=True)
class Grounds:
    """What is known of a matrix besides which activities are where.

    `outside` are the pairs that a decision puts out of scope, `named` those that the plan itself
    names. `passages` are the activities at each pair of which the cited lines of one coder share a
    line; none where that was not asked. `waiting` are the activities that fewer than two coders
    have coded, by the number who have. `filled` are the pairs with activities when nothing is
    filtered.
    """

    outside: frozenset[Pair] = frozenset()
    named: frozenset[Pair] = frozenset()
    passages: Mapping[Pair, Activities] | None = None
    waiting: Mapping[int, Activities] = field(default_factory=dict)
    filled: frozenset[Pair] = frozenset()


@dataclass(frozen=True)
class Coverage:
    """Which activities address each intersection: ids, in the plan's order of both sides.

    `cells` maps (challenge, theme) to the activities; a pair that the plan does not name as an
    intersection is absent. Totals count an activity once, so they can be less than sums.
    """

    challenges: tuple[str, ...]
    themes: tuple[str, ...]
    cells: Mapping[Pair, Activities]
    filters: Filters
    labels: Mapping[str, str]
    lang: str
    grounds: Grounds = field(default_factory=Grounds)

    def activities(self, challenge: str | None = None, theme: str | None = None) -> tuple[str, ...]:
        """Return the distinct activities of a cell, a row, a column, or the whole matrix."""
        return tuple(sorted(self.held(challenge, theme)))

    def held(self, challenge: str | None = None, theme: str | None = None) -> Activities:
        """Return what `activities` lists, to be counted or compared, in the plan's order."""
        return union(
            activities
            for (row, column), activities in self.cells.items()
            if challenge in (None, row) and theme in (None, column)
        )

    def count(self, challenge: str | None = None, theme: str | None = None) -> int:
        """Return how many distinct activities `activities` gives."""
        return len(self.held(challenge, theme))

    def in_one_passage(self) -> "Coverage":
        """Return the matrix of the activities that name challenge and theme in one passage.

        The lines that one coder cites for the theme, and for the challenge or an area of it, share
        a line. Without that, an activity addresses the intersection by co-mention.
        """
        passages = self.grounds.passages or {}
        cells = {
            pair: activities & passages.get(pair, Activities(0))
            for pair, activities in self.cells.items()
        }
        return replace(self, cells=cells)

    def gaps(self) -> tuple[Pair, ...]:
        """Return the intersections in scope without activity; those that the plan names first."""
        gaps = (pair for pair in self._empty() if pair not in self.grounds.filled)
        return tuple(sorted(gaps, key=lambda pair: pair not in self.grounds.named))

    def emptied(self) -> tuple[Pair, ...]:
        """Return the intersections in scope that are empty only because of filters."""
        return tuple(pair for pair in self._empty() if pair in self.grounds.filled)

    def _empty(self) -> list[Pair]:
        outside = self.grounds.outside
        return [pair for pair, held in self.cells.items() if not held and pair not in outside]

    def empty_word(self, pair: Pair) -> str:
        """Return the word for an empty cell: a gap, out of scope, or empty because of filters."""
        if pair in self.grounds.outside:
            return word("out_of_scope", self.lang)
        return word("emptied" if pair in self.grounds.filled else "gap", self.lang)

    def to_json(self, left_out: Mapping[str, list[str]] | None = None) -> str:
        """Return the matrix as JSON: ids, counts and activities of each cell, distinct totals.

        What it leaves out of the plan's files comes last.
        """
        same, named = self.in_one_passage(), self.grounds.named
        value: dict[str, object] = {
            "themes": self.themes,
            "challenges": self.challenges,
            "cells": [
                {
                    "challenge": row,
                    "theme": column,
                    "count": len(activities),
                    "same_passage": len(same.cells[row, column]),
                    "activities": tuple(activities),
                }
                for (row, column), activities in self.cells.items()
            ],
            "totals": {**self._totals(), "same_passage": same._totals()},
            "gaps": [
                {"challenge": row, "theme": column, "named_by_plan": (row, column) in named}
                for row, column in self.gaps()
            ],
            "emptyWithFilters": _named(self.emptied()),
            "outOfScope": _named(pair for pair in self.cells if pair in self.grounds.outside),
            "pending": sorted(union(self.grounds.waiting.values())),
            "filters": self.filters.to_json(),
            **(left_out or {}),
        }
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    def _totals(self) -> dict[str, dict[str, int] | int]:
        return {
            "challenges": {row: self.count(challenge=row) for row in self.challenges},
            "themes": {column: self.count(theme=column) for column in self.themes},
            "all": self.count(),
        }

    @property
    def table(self) -> Table:
        """The matrix as a table with totals; a gap is a word, not a zero."""
        lang = self.lang
        columns = (
            Column("challenge", word("challenge", lang), is_entity=True),
            *(Column(theme, self.labels.get(theme, theme)) for theme in self.themes),
            Column("total", word("total", lang)),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                Entity(row, self.labels.get(row, row)),
                *(self._cell(row, column) for column in self.themes),
                self.count(challenge=row),
            )
            for row in self.challenges
        ]
        totals = (self.count(theme=column) for column in self.themes)
        if rows:
            rows.append((word("total", lang), *totals, self.count()))
        chosen = separated(
            " · ",
            [
                joined(f"{word(key, lang)}{word('colon', lang)} ", self._show_value(value))
                for key, value in self.filters.to_json().items()
            ],
        )
        emptied = [word("emptied_note", lang)] * bool(self.emptied())
        notes = [chosen, word("coverage_note", lang), *emptied, *self.waiting_notes()]
        return Table(
            title=word("coverage", lang),
            columns=columns,
            rows=tuple(rows),
            note=separated("\n", notes),
            lang=lang,
            empty=word("nothing", lang),
        )

    def waiting_notes(self) -> list[str]:
        """Return a sentence each on the activities that one coder has coded, and that none has."""
        counts = [len(self.grounds.waiting.get(coders, ())) for coders in (1, 0)]
        return [
            counted(key, number, self.lang).format(number)
            for key, number in zip(("waits", "uncoded"), counts, strict=True)
            if number
        ]

    @property
    def shown(self) -> Table:
        """The matrix for reading: in brackets, how many of a number are in one passage, if fewer.

        "3 (2)" are three activities, two of which name challenge and theme in one passage.
        """
        table, same = self.table, self.in_one_passage().table
        if self.grounds.passages is None or table == same:
            return table

        def cell(number: Cell, fewer: Cell) -> Cell:
            if number == fewer or not isinstance(number, int):
                return number
            return f"{number} ({fewer if isinstance(fewer, int) else 0})"

        rows = tuple(tuple(map(cell, *pair)) for pair in zip(table.rows, same.rows, strict=True))
        return replace(
            table, rows=rows, note=joined(table.note, "\n", word("passage_note", self.lang))
        )

    @property
    def sheet(self) -> Table:
        """The matrix for a file: the numbers, then those of the activities in one passage."""
        table, same = self.table, self.in_one_passage()
        if self.grounds.passages is None:
            return table
        heading = word("same_passage", self.lang)
        columns = tuple(
            Column(f"{column.name}_same_passage", joined(column.heading, f" ({heading})"))
            for column in table.columns[1:]
        )
        counts = [
            [same.count(row, column) for column in (*self.themes, None)]
            for row in (*self.challenges, None)
        ]
        # a plan without challenges has no row of totals either
        rows = tuple((*row, *more) for row, more in zip(table.rows, counts, strict=False))
        return replace(table, columns=(*table.columns, *columns), rows=rows)

    def __str__(self) -> str:
        """Return the matrix as text for a terminal."""
        return str(self.shown)

    def _repr_html_(self) -> str:
        """Show the matrix in a notebook."""
        return self.shown.to_html()

    def to_pandas(self) -> "pandas.DataFrame":
        """Return the matrix as a pandas DataFrame, with totals and words as in `sheet`."""
        return self.sheet.to_pandas()

    def _show_value(self, value: str | int) -> str:
        """Return the value of a filter as people read it."""
        return self.labels.get(str(value)) or word(str(value), self.lang)

    def _cell(self, challenge: str, theme: str) -> Cell:
        if (challenge, theme) not in self.cells:
            return None
        return len(self.cells[challenge, theme]) or self.empty_word((challenge, theme))


def _named(pairs: Iterable[Pair]) -> list[dict[str, str]]:
    return [{"challenge": challenge, "theme": theme} for challenge, theme in pairs]


def coverage(
    rows: Iterable[Sequence[str | None]],
    filters: Filters,
    label: Callable[[str], str] = str,
    lang: str = "en",
    grounds: Grounds | None = None,
) -> Coverage:
    """Return the matrix of rows of ids (challenge, theme, intersection, activity or None).

    >>> matrix = coverage([("c/1", "t/1", "i/1", "a/1"), ("c/1", "t/2", "i/2", None)], Filters())
    >>> matrix.count(), matrix.gaps()
    (1, (('c/1', 't/2'),))
    """
    places: dict[str, int] = {}
    cells: dict[Pair, int] = {}
    for challenge, theme, _, activity in rows:
        bits = 1 << places.setdefault(activity, len(places)) if activity is not None else 0
        cells[str(challenge), str(theme)] = cells.get((str(challenge), str(theme)), 0) | bits
    activities = {pair: Activities(bits, lambda: tuple(places)) for pair, bits in cells.items()}
    return matrix_of(activities, filters, label, lang, grounds)


def matrix_of(
    cells: Mapping[Pair, Activities],
    filters: Filters,
    label: Callable[[str], str],
    lang: str,
    grounds: Grounds | None,
) -> Coverage:
    """Return the matrix of the activities at each pair of a challenge and a theme, in order."""
    challenges = tuple(dict.fromkeys(challenge for challenge, _ in cells))
    themes = tuple(dict.fromkeys(theme for _, theme in cells))
    return Coverage(
        challenges=challenges,
        themes=themes,
        cells=cells,
        filters=filters,
        labels={
            **{name: label(name) for name in (*challenges, *themes)},
            **{
                str(name): label(str(name))
                for name in filters.to_json().values()
                if "/" in str(name)
            },
        },
        lang=lang,
        grounds=grounds or Grounds(),
    )
