"""Chooses the policy for a column's ambiguous cells from its other cells.

`07/10/2023` is a day in July or in October, and `1,400` is fourteen hundred or less than two. Where
a person edits, the policy is `Ask`: the reader names both readings and takes neither. In a column,
the policy is `Habit`: the cells that can be read in one way only show how the column writes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from metrograph.reading.sheets import Value

_DECIMALS = r"\d{}(?:\d{{1,2}}|\d{{4,}})(?!\d)"  # three digits after the sign may be thousands
_COMMA, _POINT = re.compile(_DECIMALS.format(",")), re.compile(_DECIMALS.format(r"\."))
_LONGEST = 60  # signs of a day with its time
_DAY = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(?:\d{4}|\d{2})(?:[, ]+\d{1,2}[:h]\d{2}.*)?")


@dataclass(frozen=True)
class Ask:
    """A person can be asked: what can be read in two ways raises `Ambiguous`.

    In English, days are written before months and after them; in the other languages, before.
    """

    lang: str = "en"


@dataclass(frozen=True)
class Habit:
    """How a column writes what can be read in two ways: its decimal sign, its month first or not.

    `decimal` is empty where no cell shows it. `shares` are numbers from 0 to 1 that are parts of a
    whole.
    """

    decimal: str = ""
    month_first: bool = False
    shares: bool = False


Policy = Ask | Habit
PLAIN = Habit(decimal=".")


class Unread(ValueError):  # noqa: N818  what was read is at fault, not the program
    """A text that is not a date, or not a number."""


class Impossible(Unread):
    """A date that the calendar does not have, such as 31 February."""


class Ambiguous(Unread):
    """A text that can be read in two ways; `readings` are both, the more usual one first."""

    def __init__(self, *readings: str) -> None:
        super().__init__(" / ".join(readings))
        self.readings = readings


def order_of(values: Iterable[Value]) -> bool | None:
    """Return whether values write the month before the day, or None where no day shows it.

    >>> order_of(["03/04/2024", "12/25/2024"]), order_of(["25/12/2024"]), order_of(["03/04/2024"])
    (True, False, None)
    """
    texts = (value.strip() for value in values if isinstance(value, str) and len(value) < _LONGEST)
    days = [match for text in texts if (match := _DAY.fullmatch(text))]
    first, second = (any(int(day[at]) > 12 for day in days) for at in (1, 2))
    return second if first != second else None


def is_order_open(value: Value) -> bool:
    """Return whether a value is a day whose month and day could change places."""
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return False
    return all(int(match[at]) <= 12 for at in (1, 2)) and int(match[1]) != int(match[2])


def habit_of(values: Iterable[Value]) -> Habit:
    """Return how a column writes its numbers and days, as its unmistakable cells show.

    >>> habit_of(["1,400", "2,5"]).decimal, habit_of(["1,400", "2.5"]).decimal
    (',', '.')
    >>> habit_of(["07/10/2023", "10/25/2023"]).month_first
    True
    """
    present = [value for value in values if value is not None]
    texts = [value.strip() for value in present if isinstance(value, str)]
    commas = sum(_COMMA.search(text) is not None for text in texts)
    points = sum(_POINT.search(text) is not None for text in texts)
    days = [match for text in texts if (match := _DAY.fullmatch(text))]
    numbers = [value for value in present if isinstance(value, int | float)]
    return Habit(
        "," if commas > points else "." if points > commas else "",
        any(int(day[2]) > 12 for day in days) and not any(int(day[1]) > 12 for day in days),
        bool(numbers)
        and all(0 <= number <= 1 for number in numbers)
        and any(0 < number < 1 for number in numbers),
    )
