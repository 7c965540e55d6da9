"""Analyses the cells of a column: kinds, lengths, repetition, dependence on other columns.

`determines` is how levels are found: where each value of a finer column comes with one value of a
coarser one (a functional dependency), far more often than by chance.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from metrograph.reading.any_table import heading_words, numbering
from metrograph.reading.dates import days_of
from metrograph.reading.markup import is_markup
from metrograph.reading.numbers import figure_of, line_of
from metrograph.reading.parts_of_years import is_open
from metrograph.reading.policy import Habit, habit_of, order_of
from metrograph.reading.sheets import Row, Value
from metrograph.text import folded, whole_number

_CODE = re.compile(r"[A-Za-z]{0,6}[-_./ ]?\d++[A-Za-z0-9]*(?:[-_./][A-Za-z0-9]+)*")
_NOTHING = frozenset(("n/a", "n.a.", "#n/a", "s/o", "sans objet", "no aplica", "não se aplica"))
_SAMPLE = 500  # cells that tell what is in a column
_SLACK = 0.02  # share of rows in which a dependency may fail, by a slip of the pen


@dataclass(frozen=True)
class Profile:
    """A column (from 0): its heading and its cells, row by row."""

    index: int
    heading: str
    cells: tuple[Value, ...]
    order: bool | None = None  # whether all columns write the month first, where that is known

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the cells as lines, folded, so that what is written alike is alike."""
        return tuple(folded(line_of(cell)) for cell in self.cells)

    @cached_property
    def filled(self) -> tuple[Value, ...]:
        """Return the cells that are not empty."""
        return tuple(cell for cell in self.cells if cell is not None)

    @cached_property
    def sample(self) -> tuple[Value, ...]:
        """Return some of the cells that are not empty, from all over the column."""
        step = max(len(self.filled) // _SAMPLE, 1)
        return self.filled[::step]

    @cached_property
    def counts(self) -> Counter[str]:
        """Return how often each text comes."""
        return Counter(text for text in self.texts if text)

    @property
    def distinct(self) -> int:
        """Return how many texts there are that differ."""
        return len(self.counts)

    @cached_property
    def habit(self) -> Habit:
        """Return how the column writes numbers and days."""
        own = habit_of(self.sample)
        return own if self.order is None else replace(own, month_first=self.order)

    @cached_property
    def length(self) -> float:
        """Return how long its texts are on average."""
        return sum(len(line_of(cell)) for cell in self.sample) / max(len(self.sample), 1)

    def share(self, test: Callable[[Value], object]) -> float:
        """Return for which share of the cells that are not empty a test holds."""
        return sum(bool(test(cell)) for cell in self.sample) / max(len(self.sample), 1)

    @cached_property
    def kind(self) -> str:
        """Return what is in most cells: empty, url, percent, number, year, date, code or text."""
        tests: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("empty", lambda: not self.filled),
            ("url", lambda: self.share(_is_url) > 0.8),
            ("year", lambda: self.share(_is_year) > 0.8),
            ("percent", lambda: self.share(lambda cell: self._unit(cell) == "%") > 0.5),
            ("date", self._has_days),
            ("number", self._has_numbers),
            ("code", lambda: self.share(lambda cell: _CODE.fullmatch(line_of(cell))) > 0.9),
        )
        return next((kind for kind, holds in tests if holds()), "text")

    def _has_days(self) -> bool:
        """Return whether most cells are days; years among them count where the heading says so."""
        is_called = bool({"start", "end", "date"} & set(heading_words.roles_of(self.heading)))
        days = self.share(lambda cell: self._is_day(cell) or (is_called and _is_year(cell)))
        return days > 0.6

    def _has_numbers(self) -> bool:
        """Return whether most cells are figures, of few units: "2 Walking" is a name."""
        units = [unit for cell in self.sample if (unit := self._unit(cell)) is not None]
        is_most = len(units) > 0.6 * len(self.sample) and not self.is_numbered_names
        return is_most and len(set(units)) <= 1 + 0.3 * len(units)

    @cached_property
    def is_numbered_names(self) -> bool:
        """Tell whether names of a level follow numbers that count: no figures with their units."""
        is_level = "level" in heading_words.roles_of(self.heading)
        if not is_level or heading_words.year_of(self.heading) is not None:
            return False
        read = [numbering.read(text) for text in dict.fromkeys(map(line_of, self.filled))]
        named = [numbered for numbered in read if numbered and numbered.rest[:1].isalpha()]
        is_deep = all(len(numbered.parts) > 1 and " " in numbered.rest for numbered in named)
        is_most = len(named) > 0.5 * len(read)
        return is_most and (is_deep or numbering.depths(read) is not None)

    def _unit(self, cell: Value) -> str | None:
        figure = figure_of(cell, self.habit)
        return figure.unit if figure else None

    def _is_day(self, cell: Value) -> bool:
        """Return whether a cell is a day; a bare number is one only in a column of days."""
        is_bare = isinstance(cell, int | float) or line_of(cell).replace(".", "").isdigit()
        is_named = days_of(cell, self.habit) is not None or is_open(folded(line_of(cell)))
        return not is_bare and is_named

    @cached_property
    def is_unique(self) -> bool:
        """Return whether no cell is empty or comes twice."""
        return len(self.filled) == len(self.cells) == self.distinct

    @cached_property
    def is_never_again(self) -> bool:
        """Return whether no text comes twice, though some cells are empty."""
        return 0 < self.distinct == len(self.filled)

    @cached_property
    def is_in_blocks(self) -> bool:
        """Return whether what is alike stands together, also with blanks below its first."""
        runs, last = 0, ""
        for text in self.texts:
            if text and text != last:
                runs, last = runs + 1, text
        return 0 < runs <= self.distinct * 1.1

    @cached_property
    def is_coded(self) -> bool:
        """Return whether the cells are short and of one word, as codes are."""
        return self.length < 24 and self.share(lambda cell: " " not in line_of(cell)) > 0.9

    @property
    def is_sparse(self) -> bool:
        """Return whether some cells are empty, and few of the others come again."""
        return len(self.filled) < len(self.cells) and self.distinct > 0.8 * len(self.filled)

    @property
    def is_filled_down(self) -> bool:
        """Return whether blanks stand for what is above them: from the first cell on."""
        return self.is_sparse and bool(self.texts[0])

    @cached_property
    def has_markup(self) -> bool:
        """Return whether many cells have HTML tags."""
        return self.share(lambda cell: is_markup(str(cell))) > 0.3

    @cached_property
    def has_states(self) -> bool:
        """Return whether most cells are known words for how far something is."""
        return self.share(lambda cell: heading_words.is_state(line_of(cell))) > 0.5

    @cached_property
    def has_grades(self) -> bool:
        """Return whether most cells are words such as high and low."""
        return self.share(lambda cell: heading_words.is_grade(line_of(cell))) > 0.5

    @cached_property
    def has_directions(self) -> bool:
        """Return whether nearly all cells say how a figure is to change."""
        return self.share(lambda cell: heading_words.direction_of(line_of(cell))) > 0.8

    @cached_property
    def downward(self) -> tuple[str, ...]:
        """Return the texts with blanks filled from above, if that is what they stand for."""
        if not self.is_filled_down:
            return self.texts
        texts, last = [], ""
        for text in self.texts:
            last = text or last
            texts.append(last)
        return tuple(texts)

    @cached_property
    def numbered(self) -> list[numbering.Numbered | None]:
        """Return the outline numbers with which cells begin."""
        return numbering.outline([line_of(cell) for cell in self.cells])


def profiles(body: Sequence[Row], names: Sequence[str], date_order: str = "") -> list[Profile]:
    """Return the profile of each column; `date_order` is that of all days (dmy, mdy), if known."""
    alone = [
        Profile(index, name, _filled([row.at(index) for row in body]))
        for index, name in enumerate(names)
    ]
    orders = {order for column in alone if (order := order_of(column.filled)) is not None}
    orders = {date_order == "mdy"} if date_order else orders
    return (
        [replace(column, order=orders == {True}) for column in alone] if len(orders) == 1 else alone
    )


def _filled(cells: Sequence[Value]) -> tuple[Value, ...]:
    """Return the cells of a column without those that say that nothing fits, if others do."""
    kept = tuple(filled_of(cell) for cell in cells)
    return kept if any(cell is not None for cell in kept) else tuple(cells)


def filled_of(cell: Value) -> Value:
    """Return a cell, or nothing for one that says that nothing fits there, as N/A does."""
    return None if isinstance(cell, str) and cell.strip().casefold() in _NOTHING else cell


def determines(fine: Sequence[str], coarse: Sequence[str]) -> bool:
    """Return whether each fine text comes with one coarse text, and not by chance.

    >>> determines(["a", "a", "b", "b", "c", "c"] * 3, ["x", "x", "x", "x", "y", "y"] * 3)
    True
    >>> determines(["a", "b", "c"], ["x", "x", "y"])
    False
    """
    pairs = [(text, other) for text, other in zip(fine, coarse, strict=True) if text and other]
    groups: dict[str, Counter[str]] = {}
    for text, other in pairs:
        groups.setdefault(text, Counter())[other] += 1
    tested = len(pairs) - len(groups)
    wrong = len(pairs) - sum(max(group.values()) for group in groups.values())
    whole = Counter(other for _, other in pairs)
    chance = 1 - sum((count / len(pairs)) ** 2 for count in whole.values()) if pairs else 0
    return wrong <= _SLACK * tested and tested * chance >= 3


def _is_year(cell: Value) -> bool:
    text = line_of(cell)
    return len(text) == 4 and 1900 < (whole_number(text) or 0) < 2200


def _is_url(cell: Value) -> bool:
    return line_of(cell).startswith(("http://", "https://"))
