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
        return Counter(
            role for column in self.columns for role in heading_words.roles_of(column.heading)
        )

    def named_beside(self, column: Profile) -> set[str]:
        """Return the roles that headings of other columns name."""
        return set(self._named - Counter(heading_words.roles_of(column.heading)))

    @cached_property
    def first_outline(self) -> int:
        """Return the first column (from 0) of outline numbers of several depths, or their count."""
        return next(
            (
                column.index
                for column in self.columns
                if max(numbering.depths(column.numbered) or [0]) > 1
            ),
            len(self.columns),
        )

    @cached_property
    def has_figures(self) -> bool:
        """Return whether a column has figures."""
        return any(column.kind in ("number", "percent") for column in self.columns)

    @cached_property
    def longest_description(self) -> float:
        """Return how long the texts are in the longest column that is called a description."""
        called = (
            column
            for column in self.columns
            if "description" in heading_words.roles_of(column.heading)
        )
        return max((column.length for column in called), default=0)

    def right_of(self, column: Profile) -> Profile | None:
        """Return the column to the right of one, in the rows that `without_sections` has."""
        right = next(iter(self.columns[column.index + 1 : column.index + 2]), None)
        rows = self._under_sections.get(column.index)
        return _in(right, rows) if right and rows else right

    def without_sections(self, column: Profile) -> Profile:
        """Return a column; one of codes under names of sections, without the rows of those."""
        rows = self._under_sections.get(column.index)
        return _in(column, rows) if rows else column

    @cached_property
    def _under_sections(self) -> dict[int, tuple[bool, ...]]:
        """Return by columns of codes which rows have more than the name of a section."""
        under: dict[int, tuple[bool, ...]] = {}
        for column, lone in self._lone.items():
            profile = self.columns[column]
            rows = tuple(at not in lone for at in range(len(profile.cells)))
            own = _in(profile, rows)
            is_most = 0 < len(own.cells) < 2 * len(own.filled)
            if is_most and own.kind in ("code", "number"):
                under[column] = rows
        return under

    @cached_property
    def _lone(self) -> dict[int, set[int]]:
        """Return by column the rows that have nothing but a cell of it."""
        lone: dict[int, set[int]] = {}
        for at, row in enumerate(zip(*(column.cells for column in self.columns), strict=True)):
            filled = [column for column, cell in enumerate(row) if cell is not None]
            if len(filled) == 1:
                lone.setdefault(filled[0], set()).add(at)
        return lone


def _in(column: Profile, rows: Sequence[bool]) -> Profile:
    return replace(column, cells=tuple(compress(column.cells, rows)))


@dataclass(frozen=True)
class Guess:
    """What a column seems to be, the key (in `wording`) of the reason and what stands in it."""

    role: str
    why: str
    depth: int = 0
    says: tuple[str, ...] = ()


def note_undated(columns: Sequence[Profile], guesses: dict[int, Guess | None]) -> None:
    """Take figures of one kind without years for notes: no one can tell them from each other."""
    if any(of and of.role == "year" for of in guesses.values()):
        return
    for role in ("baseline", "target", "actual"):
        undated = [
            column
            for column in columns
            if (of := guesses[column.index]) and of.role == role and not _has_year(column)
        ]
        if len(undated) > 1:
            guesses |= {column.index: Guess("note", "why_years_unknown") for column in undated}


def find_dimension(columns: Sequence[Profile], guesses: dict[int, Guess | None]) -> None:
    """Take a column for the parts of a whole where rows of one indicator differ by it alone."""
    names = _of_role(columns, guesses, "indicator")
    for column in columns if names else ():
        of = guesses[column.index]
        is_open = of is None or of.role in ("note", "location")
        if not is_open or "dimension" not in heading_words.roles_of(column.heading):
            continue
        about = zip(*(name.texts for name in names), strict=True)
        parts: dict[tuple[str, ...], list[str]] = {}
        for key, text in zip(about, column.texts, strict=True):
            parts.setdefault(key, []).append(text)
        again = [texts for texts in parts.values() if len(texts) > 1]
        if any(len(set(texts)) == len(texts) for texts in again):
            guesses[column.index] = Guess("dimension", "why_dimension")


def give_codes(columns: Sequence[Profile], guesses: dict[int, Guess | None]) -> None:
    """Take codes for those of indicators, where there are more of both than of names."""
    of_role = {role: _of_role(columns, guesses, role) for role in ("id", "indicator", "level")}
    names = max((column.distinct for column in of_role["level"]), default=0)
    if any(column.distinct > names for column in of_role["indicator"]):
        for column in of_role["id"]:
            if column.distinct > names:
                guesses[column.index] = Guess("indicator_id", "why_of_indicator")


def _of_role(
    columns: Sequence[Profile], guesses: dict[int, Guess | None], role: str
) -> list[Profile]:
    return [column for column in columns if (of := guesses[column.index]) and of.role == role]


def _has_year(column: Profile) -> bool:
    """Return whether the heading or most cells of a column of figures name a year."""
    years = column.share(lambda cell: (figure := figure_of(cell, column.habit)) and figure.year)
    return heading_words.year_of(column.heading) is not None or years > 0.5


def find_years(columns: Sequence[Profile], guesses: dict[int, Guess | None]) -> None:
    """Take a column of years for those of figures, where the figures name none themselves.

    Rows are then of the same again, year by year: some texts come with several years.
    """
    figures = [
        column
        for column in columns
        if (of := guesses[column.index])
        and of.role in ("target", "actual")
        and heading_words.year_of(column.heading) is None
    ]
    years = [column for column in columns if column.kind == "year" and _is_date(column, guesses)]
    if not figures or len(years) != 1:
        return
    (year,) = years
    for column in columns:
        if column.kind in ("text", "code") and 1 < column.distinct <= 0.5 * len(column.filled):
            pairs = set(zip(column.texts, year.texts, strict=True))
            if len(pairs) == len(year.filled):
                guesses[year.index] = Guess("year", "why_year_of_row", 0, (column.heading,))
                return


def _is_date(column: Profile, guesses: dict[int, Guess | None]) -> bool:
    of = guesses[column.index]
    return of is not None and of.role in ("date", "start", "end")


def pair_dates(columns: Sequence[Profile], guesses: dict[int, Guess | None]) -> None:
    """Take two columns of days without a say for start and end, where they are in that order."""
    dates = [column for column in columns if (of := guesses[column.index]) and of.role == "date"]
    if any(of and of.role in ("start", "end") for of in guesses.values()):
        guesses |= {column.index: Guess("note", "why_dates_known") for column in dates}
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
        guesses[dates[0].index] = Guess("start", "why_dates")
        guesses[dates[1].index] = Guess("end", "why_dates")


def choose_status(columns: Sequence[Profile], guesses: dict[int, Guess | None]) -> None:
    """Keep one column of statuses, with known words if there is one: an element has one status."""
    all_ = [column for column in columns if (of := guesses[column.index]) and of.role == "status"]
    for other in sorted(all_, key=lambda column: not column.has_states)[1:]:
        guesses[other.index] = Guess("note", "why_status_known")
