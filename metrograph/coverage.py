"""The rows of the coverage question in, the challenge x theme matrix out, with distinct totals."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrograph.tables import Cell, Column, Entity, Table
from metrograph.wording import WORDS, word

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Coverage:
    """Which activities address each intersection: ids, in the plan's order of both sides.

    `cells` maps (challenge, theme) to the activities; a pair that the plan does not name as an
    intersection is absent. Totals count an activity once, so they can be less than sums. `outside`
    are the pairs that a decision puts out of scope.
    """

    challenges: tuple[str, ...]
    themes: tuple[str, ...]
    cells: dict[tuple[str, str], tuple[str, ...]]
    filters: dict[str, str | int]
    labels: Mapping[str, str]
    lang: str
    outside: frozenset[tuple[str, str]] = frozenset()

    def activities(self, challenge: str | None = None, theme: str | None = None) -> tuple[str, ...]:
        """Return the distinct activities of a cell, a row, a column, or the whole matrix."""
        return tuple(
            sorted(
                {
                    activity
                    for (row, column), activities in self.cells.items()
                    if challenge in (None, row) and theme in (None, column)
                    for activity in activities
                }
            )
        )

    def count(self, challenge: str | None = None, theme: str | None = None) -> int:
        """Return how many distinct activities `activities` gives."""
        return len(self.activities(challenge, theme))

    def gaps(self) -> tuple[tuple[str, str], ...]:
        """Return the intersections in scope without activity, as (challenge, theme)."""
        return tuple(
            pair
            for pair, activities in self.cells.items()
            if not activities and pair not in self.outside
        )

    def empty_word(self, pair: tuple[str, str]) -> str:
        """Return the word for an empty cell: a gap, or out of scope."""
        return word("out_of_scope" if pair in self.outside else "gap", self.lang)

    def to_json(self) -> str:
        """Return the matrix as JSON: ids, counts and activities of each cell, distinct totals."""
        value = {
            "themes": self.themes,
            "challenges": self.challenges,
            "cells": [
                {"challenge": row, "theme": column, "count": len(found), "activities": found}
                for (row, column), found in self.cells.items()
            ],
            "totals": {
                "challenges": {row: self.count(challenge=row) for row in self.challenges},
                "themes": {column: self.count(theme=column) for column in self.themes},
                "all": self.count(),
            },
            "gaps": [{"challenge": row, "theme": column} for row, column in self.gaps()],
            "outOfScope": [
                {"challenge": row, "theme": column}
                for row, column in self.cells
                if (row, column) in self.outside
            ],
            "filters": self.filters,
        }
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

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
        chosen = " · ".join(
            f"{word(key, lang)}{word('colon', lang)} {self._said(value)}"
            for key, value in self.filters.items()
        )
        return Table(
            title=word("coverage", lang),
            columns=columns,
            rows=tuple(rows),
            note=f"{chosen}\n{word('coverage_note', lang)}",
            lang=lang,
            empty=word("nothing", lang),
        )

    def __str__(self) -> str:
        """Return the matrix as text for a terminal."""
        return str(self.table)

    def _repr_html_(self) -> str:
        """Show the matrix in a notebook."""
        return self.table.to_html()

    def to_pandas(self) -> "pandas.DataFrame":
        """Return the matrix as a pandas DataFrame, with totals and words as in `table`."""
        return self.table.to_pandas()

    def _said(self, value: str | int) -> str:
        """Return the value of a filter as people read it."""
        is_word = isinstance(value, str) and value in WORDS
        return word(str(value), self.lang) if is_word else self.labels.get(str(value), str(value))

    def _cell(self, challenge: str, theme: str) -> Cell:
        if (challenge, theme) not in self.cells:
            return None
        return len(self.cells[challenge, theme]) or self.empty_word((challenge, theme))


def coverage(
    rows: Iterable[Sequence[str | None]],
    filters: dict[str, str | int],
    label: Callable[[str], str] = str,
    lang: str = "en",
    outside: Iterable[tuple[str, str]] = (),
) -> Coverage:
    """Return the matrix of rows of ids (challenge, theme, intersection, activity or None).

    >>> matrix = coverage([("c/1", "t/1", "i/1", "a/1"), ("c/1", "t/2", "i/2", None)], {})
    >>> matrix.count(), matrix.gaps()
    (1, (('c/1', 't/2'),))
    """
    cells: dict[tuple[str, str], dict[str, None]] = {}
    for challenge, theme, _, activity in rows:
        found = cells.setdefault((str(challenge), str(theme)), {})
        if activity is not None:
            found[activity] = None
    challenges = tuple(dict.fromkeys(challenge for challenge, _ in cells))
    themes = tuple(dict.fromkeys(theme for _, theme in cells))
    return Coverage(
        challenges=challenges,
        themes=themes,
        cells={pair: tuple(found) for pair, found in cells.items()},
        filters=filters,
        labels={
            **{name: label(name) for name in (*challenges, *themes)},
            **{str(name): label(str(name)) for name in filters.values() if "/" in str(name)},
        },
        lang=lang,
        outside=frozenset(outside),
    )
