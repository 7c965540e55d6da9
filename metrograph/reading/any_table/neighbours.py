"""Infers the roles of columns from the columns next to them.

So a table takes time in step with its columns, not with their square.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress

from metrograph.reading.any_table import heading_words, numbering
from metrograph.reading.any_table.columns import Profile
from metrograph.reading.dates import days_of
from metrograph.reading.numbers import figure_of


@dataclass(frozen=True)
class Neighbours:
    """All columns of a table, each at the place that it has in the table."""

    columns: Sequence[Profile]

    @cached_property
    def _named(self) -> Counter[str]:
        return Counter(role for one in self.columns for role in heading_words.roles_of(one.heading))

    def named_beside(self, one: Profile) -> set[str]:
        """Return the roles that headings of other columns name."""
        return set(self._named - Counter(heading_words.roles_of(one.heading)))

    @cached_property
    def first_outline(self) -> int:
        """Return the first column (from 0) of outline numbers of several depths, or their count."""
        return next(
            (one.index for one in self.columns if max(numbering.depths(one.numbered) or [0]) > 1),
            len(self.columns),
        )

    @cached_property
    def has_figures(self) -> bool:
        """Return whether a column has figures."""
        return any(one.kind in ("number", "percent") for one in self.columns)

    @cached_property
    def longest_description(self) -> float:
        """Return how long the texts are in the longest column that is called a description."""
        called = (
            one for one in self.columns if "description" in heading_words.roles_of(one.heading)
        )
        return max((one.length for one in called), default=0)

    def right_of(self, one: Profile) -> Profile | None:
        """Return the column to the right of one, in the rows that `without_sections` has."""
        right = next(iter(self.columns[one.index + 1 : one.index + 2]), None)
        rows = self._under_sections.get(one.index)
        return _in(right, rows) if right and rows else right

    def without_sections(self, one: Profile) -> Profile:
        """Return a column; one of codes under names of sections, without the rows of those."""
        rows = self._under_sections.get(one.index)
        return _in(one, rows) if rows else one

    @cached_property
    def _under_sections(self) -> dict[int, tuple[bool, ...]]:
        """Return by columns of codes which rows have more than the name of a section."""
        found: dict[int, tuple[bool, ...]] = {}
        for column, lone in self._lone.items():
            one = self.columns[column]
            rows = tuple(at not in lone for at in range(len(one.cells)))
            own = _in(one, rows)
            is_most = 0 < len(own.cells) < 2 * len(own.filled)
            if is_most and own.kind in ("code", "number"):
                found[column] = rows
        return found

    @cached_property
    def _lone(self) -> dict[int, set[int]]:
        """Return by column the rows that have nothing but a cell of it."""
        found: dict[int, set[int]] = {}
        for at, row in enumerate(zip(*(one.cells for one in self.columns), strict=True)):
            filled = [column for column, cell in enumerate(row) if cell is not None]
            if len(filled) == 1:
                found.setdefault(filled[0], set()).add(at)
        return found


def _in(one: Profile, rows: Sequence[bool]) -> Profile:
    return replace(one, cells=tuple(compress(one.cells, rows)))


@dataclass(frozen=True)
class Guess:
    """What a column seems to be, the key (in `wording`) of the reason and what stands in it."""

    role: str
    why: str
    depth: int = 0
    says: tuple[str, ...] = ()


def note_undated(columns: Sequence[Profile], found: dict[int, Guess | None]) -> None:
    """Take figures of one kind without years for notes: no one can tell them from each other."""
    for role in ("baseline", "target", "actual"):
        undated = [
            one
            for one in columns
            if (of := found[one.index]) and of.role == role and not _has_year(one)
        ]
        if len(undated) > 1:
            found |= {one.index: Guess("note", "why_years_unknown") for one in undated}


def give_codes(columns: Sequence[Profile], found: dict[int, Guess | None]) -> None:
    """Take codes for those of indicators, where there are more of both than of names."""
    of_role = {role: _of_role(columns, found, role) for role in ("id", "indicator", "level")}
    names = max((one.distinct for one in of_role["level"]), default=0)
    if any(one.distinct > names for one in of_role["indicator"]):
        for one in of_role["id"]:
            if one.distinct > names:
                found[one.index] = Guess("indicator_id", "why_of_indicator")


def _of_role(
    columns: Sequence[Profile], found: dict[int, Guess | None], role: str
) -> list[Profile]:
    return [one for one in columns if (of := found[one.index]) and of.role == role]


def _has_year(one: Profile) -> bool:
    """Return whether the heading or most cells of a column of figures name a year."""
    years = one.share(lambda cell: (found := figure_of(cell, one.habit)) and found.year)
    return heading_words.year_of(one.heading) is not None or years > 0.5


def pair_dates(columns: Sequence[Profile], found: dict[int, Guess | None]) -> None:
    """Take two columns of days without a say for start and end, where they are in that order."""
    dates = [one for one in columns if (of := found[one.index]) and of.role == "date"]
    if any(of and of.role in ("start", "end") for of in found.values()):
        found |= {one.index: Guess("note", "why_dates_known") for one in dates}
        return
    if len(dates) != 2:
        return
    spans = [
        (start[0], end[1])
        for cells in zip(dates[0].cells, dates[1].cells, strict=True)
        if (start := days_of(cells[0], dates[0].habit))
        and (end := days_of(cells[1], dates[1].habit))
    ]
    if spans and all(start <= end for start, end in spans):
        found[dates[0].index] = Guess("start", "why_dates")
        found[dates[1].index] = Guess("end", "why_dates")


def choose_status(columns: Sequence[Profile], found: dict[int, Guess | None]) -> None:
    """Keep one column of statuses, with known words if there is one: an element has one status."""
    all_ = [one for one in columns if (of := found[one.index]) and of.role == "status"]
    for other in sorted(all_, key=lambda one: not one.has_states)[1:]:
        found[other.index] = Guess("note", "why_status_known")
