"""Measures of coverage matrices: how certain, how shared and how even the coverage is.

- `span`: the lowest and highest count of each cell over several ways of counting;
- `fractional`: a matrix in which an activity in n intersections counts 1/n in each;
- `concentration`: what share of the activities the fullest cells hold, and how evenly all do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial
from math import log

from metrograph.analysis.coverage import Coverage
from metrograph.messages import word
from metrograph.query.answers import columns
from metrograph.query.bitmaps import Activities, union
from metrograph.tables.cell import percent, rounded
from metrograph.tables.table import Cell, Column, Entity, Table

FULLEST = (1, 3, 5)  # cells


@dataclass(frozen=True)
class Span:
    """The same matrix counted in several ways, by the name of the way."""

    ways: Mapping[str, Coverage]
    lang: str = "en"
    labels: Mapping[str, str] = field(default_factory=dict)

    def of(self, challenge: str, theme: str) -> tuple[int, int]:
        """Return the lowest and the highest count of a cell."""
        counts = [way.count(challenge, theme) for way in self.ways.values()]
        return min(counts), max(counts)

    def is_firm(self, challenge: str, theme: str) -> bool:
        """Return whether all ways agree that the cell is covered, or all that it is empty."""
        low, high = self.of(challenge, theme)
        return low > 0 or high == 0

    @property
    def table(self) -> Table:
        """The matrix of spans, "1–3"; a star marks what is not firm, a word what is a firm gap."""
        first = next(iter(self.ways.values()))
        rows = tuple(
            (
                Entity(row, first.labels.get(row, row)),
                *(self._cell(row, theme, first) for theme in first.themes),
            )
            for row in first.challenges
        )
        every = ", ".join(self.labels.get(way, way) for way in self.ways)
        firm = sum(self.is_firm(*pair) for pair in first.cells)
        note = word("span_note", self.lang).format(every, firm, len(first.cells))
        title = word("span", self.lang)
        return Table(
            title, first.table.columns[:-1], rows, note, self.lang, word("nothing", self.lang)
        )

    def _cell(self, challenge: str, theme: str, first: Coverage) -> Cell:
        if (challenge, theme) not in first.cells:
            return None
        low, high = self.of(challenge, theme)
        if high == 0:
            return first.empty_word((challenge, theme))
        shown = str(low) if low == high else f"{low}–{high}"
        return shown if self.is_firm(challenge, theme) else f"{shown} *"


def fractional(matrix: Coverage) -> Table:
    """Return the matrix with each activity's weight of 1 shared among its cells: totals add up.

    Numbers are rounded to two places for reading; totals are rounded sums of the exact fractions.
    """
    lang = matrix.lang
    weight = partial(_weight, matrix, _by_cells(matrix))

    def cell(challenge: str, theme: str) -> Cell:
        if (challenge, theme) not in matrix.cells:
            return None
        if not matrix.cells[challenge, theme]:
            return matrix.empty_word((challenge, theme))
        return weight(challenge, theme)

    rows: list[tuple[Cell, ...]] = [
        (
            Entity(row, matrix.labels.get(row, row)),
            *(cell(row, theme) for theme in matrix.themes),
            weight(challenge=row),
        )
        for row in matrix.challenges
    ]
    if rows:
        rows.append(
            (word("total", lang), *(weight(theme=theme) for theme in matrix.themes), weight())
        )
    table = matrix.table
    note = f"{table.note.splitlines()[0]}\n{word('fractional_note', lang)}"
    return Table(table.title, table.columns, tuple(rows), note, lang, table.empty)


def _weight(
    matrix: Coverage,
    sharing: Mapping[int, Activities],
    challenge: str | None = None,
    theme: str | None = None,
) -> Decimal:
    """Return the weight of all activities in a row, a column, a cell, or the whole matrix."""
    total = sum(
        (
            Fraction(len(activities & shared), cells)
            for (row, column), activities in matrix.cells.items()
            if challenge in (None, row) and theme in (None, column)
            for cells, shared in sharing.items()
        ),
        Fraction(0),
    )
    return (Decimal(total.numerator) / total.denominator).quantize(Decimal("0.01"))


def _by_cells(matrix: Coverage) -> dict[int, Activities]:
    """Return the activities by the number of cells that they are in, which share their weight."""
    at_least = [matrix.held()]
    for activities in matrix.cells.values():
        grown = [before & activities for before in at_least]
        at_least.append(Activities(0))
        at_least[1:] = [old | new for old, new in zip(at_least[1:], grown, strict=True)]
    levels = [*at_least, Activities(0)]
    return {
        number: levels[number] - levels[number + 1]
        for number in range(1, len(at_least))
        if levels[number]
    }


def share(matrix: Coverage, cells: int) -> float | None:
    """Return the share of the distinct activities that stand in the `cells` fullest cells in scope.

    Cells as full as the last of them are taken, too. None without activities.
    """
    in_scope = _in_scope(matrix)
    every = union(in_scope)
    fullest = sorted(map(len, in_scope), reverse=True)[:cells]
    held = union(activities for activities in in_scope if len(activities) >= fullest[-1])
    return len(held) / len(every) if every else None


def _in_scope(matrix: Coverage) -> list[Activities]:
    """Return the activities of each cell that no decision puts out of scope."""
    return [
        activities
        for pair, activities in matrix.cells.items()
        if pair not in matrix.grounds.outside
    ]


def evenness(matrix: Coverage) -> float | None:
    """Return Pielou's evenness J' = H' / ln S of the activities over the cells, from 0 to 1.

    H' is Shannon's -sum(p ln p), p the share of a cell in all counts (an activity in two cells
    counts in both), S the number of all cells of the plan that are in scope, empty ones included:
    an empty cell is uneven, too. 1 is the same number everywhere, 0 all in one cell. None without
    activities or with one cell only. Pielou, E. C. (1966), The measurement of diversity in
    different types of biological collections, J. Theoretical Biology 13, 131-144.

    >>> from metrograph.analysis.coverage import coverage
    >>> from metrograph.query.filters import Filters
    >>> round(evenness(coverage([("c", "t", "", "a"), ("c", "u", "", "b")], Filters())), 3)
    1.0
    """
    counts = [len(activities) for activities in _in_scope(matrix)]
    total = sum(counts)
    if not total or len(counts) < 2:
        return None
    shares = [count / total for count in counts if count]
    return abs(sum(part * log(part) for part in shares)) / log(len(counts))


def concentration(whole: Coverage, lines: Mapping[str, Coverage]) -> Table:
    """Return how concentrated the coverage is, in all and per action line."""
    lang = whole.lang
    named: list[tuple[Cell, Coverage]] = [
        (Entity(line, whole.labels.get(line, line)), matrix) for line, matrix in lines.items()
    ]
    named.append((word("whole_plan", lang), whole))
    rows = tuple(
        (
            name,
            matrix.count(),
            f"{sum(map(bool, _in_scope(matrix)))} / {len(_in_scope(matrix))}",
            *(_if_any(percent, share(matrix, cells)) for cells in FULLEST),
            _if_any(rounded, evenness(matrix)),
        )
        for name, matrix in named
    )
    heads = (
        *columns(lang, "line", "activities", "covered_cells", things=("line",)),
        *(
            Column(f"fullest_{cells}", word(key, lang).format(cells))
            for cells, key in zip(FULLEST, ("fullest_one", "fullest", "fullest"), strict=True)
        ),
        *columns(lang, "evenness"),
    )
    return Table(word("concentration", lang), heads, rows, word("concentration_note", lang), lang)


def _if_any(read: Callable[[float], Decimal], value: float | None) -> Decimal | None:
    """Return a number as a table shows it; nothing for none."""
    return None if value is None else read(value)
