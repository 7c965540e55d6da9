"""The rows of the coverage question in, the challenge x theme matrix out, with distinct totals."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from metrograph.tables import Cell, Column, Entity, Table
from metrograph.wording import WORDS, word


@dataclass(frozen=True)
class Coverage:
    """Which activities address each intersection: ids, in the plan's order of both sides.

    `cells` maps (challenge, theme) to the activities; a pair that the plan does not name as an
    intersection is absent. Totals count an activity once, so they can be less than sums.
    """

    challenges: tuple[str, ...]
    themes: tuple[str, ...]
    cells: dict[tuple[str, str], tuple[str, ...]]
    filters: dict[str, str | int]

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
        """Return the intersections without activity, as (challenge, theme)."""
        return tuple(pair for pair, activities in self.cells.items() if not activities)

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
            "filters": self.filters,
        }
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    def table(self, label: Callable[[str], str], lang: str) -> Table:
        """Return the matrix as a table with totals; a gap is a word, not a zero."""
        themes = [Column(theme, label(theme)) for theme in self.themes]
        columns = (
            Column("challenge", word("challenge", lang), is_entity=True),
            *themes,
            Column("total", word("total", lang)),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                Entity(row, label(row)),
                *(self._cell(row, column, lang) for column in self.themes),
                self.count(challenge=row),
            )
            for row in self.challenges
        ]
        totals = (self.count(theme=column) for column in self.themes)
        rows.append((word("total", lang), *totals, self.count()))
        chosen = " · ".join(
            f"{word(key, lang)}{word('colon', lang)} {_value(value, lang)}"
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

    def _cell(self, challenge: str, theme: str, lang: str) -> Cell:
        if (challenge, theme) not in self.cells:
            return None
        return len(self.cells[challenge, theme]) or word("gap", lang)


def _value(value: str | int, lang: str) -> str:
    return word(value, lang) if isinstance(value, str) and value in WORDS else str(value)


def coverage(rows: Iterable[Sequence[str | None]], filters: dict[str, str | int]) -> Coverage:
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
    return Coverage(
        challenges=tuple(dict.fromkeys(challenge for challenge, _ in cells)),
        themes=tuple(dict.fromkeys(theme for _, theme in cells)),
        cells={pair: tuple(found) for pair, found in cells.items()},
        filters=filters,
    )
