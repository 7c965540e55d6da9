"""The columns of a table in; what one column asks of those beside it out, each worked out once.

So a table takes time in step with its columns, not with their square.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress

from metrograph.reading.any_table import heading_words, numbering
from metrograph.reading.any_table.columns import Profile


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
        """Tell whether a column has figures."""
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
