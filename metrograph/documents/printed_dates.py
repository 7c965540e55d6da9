"""Finds a date in a text as people print it: day, month and year, in digits or with its month."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from metrograph.late import late
from metrograph.reading.calendar_words import LINKING, ORDINALS
from metrograph.text import folded

if TYPE_CHECKING:
    from babel import dates as babel_dates
else:
    babel_dates = late("babel.dates")

LANGUAGES = ("en", "fr", "es")
_TOKEN = re.compile(r"[0-9]++|[^\W\d_]++")
_DIGITS = re.compile(r"(?<![0-9])([0-9]{1,4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,4})(?![0-9])")
_BETWEEN = frozenset(
    (*LINKING, *ORDINALS, "to", "and", "until", "au", "et", "du", "jusqu", "y", "al", "hasta", "en")
)
_LAST_DAY = 31


def is_printed(date: str, text: str, lang: str) -> bool:
    """Return whether a date (2023, 2023-10 or 2023-10-07) stands in a text.

    A month and a day without a year next to them count, with another year next to them they do
    not. The first and the last day of a year count where the year stands.

    >>> is_printed("2021-09-06", "Porto Salgado, 6 to 10 September 2021", "en")
    True
    >>> is_printed("2021-09-07", "Porto Salgado, 6 to 10 September 2021", "en")
    False
    >>> is_printed("2023-06-12", "du 12 au 15 juin", "fr")
    True
    """
    parts = re.findall(r"[0-9]++", date)[:3]
    if not parts:
        return False
    numbers = [int(part) for part in parts]
    is_whole = numbers[1:] in ([1, 1], [12, 31])  # of a year, whose days are not printed
    if len(numbers) == 1 or is_whole:
        return parts[0] in re.findall(r"[0-9]++", text)
    if len(numbers) == len(("year", "month", "day")) and _in_digits(numbers, text):
        return True
    tokens = _TOKEN.findall(folded(text))
    return any(
        _is_at(numbers, tokens, at, lang)
        for at, token in enumerate(tokens)
        if months(lang).get(token) == numbers[1]
    )


def _in_digits(date: Sequence[int], text: str) -> bool:
    year, month, day = date
    return any(
        (int(match[1]), int(match[2]), int(match[3])) == (year, month, day)
        or (
            int(match[3]) in {year, year % 100}
            and {(int(match[1]), int(match[2])), (int(match[2]), int(match[1]))} & {(day, month)}
        )
        for match in _DIGITS.finditer(text)
    )


def _is_at(date: Sequence[int], tokens: Sequence[str], at: int, lang: str) -> bool:
    """Return whether a date stands around the name of its month, the token `at`."""
    around = set(_days(tokens[:at][::-1], lang)) | set(_days(tokens[at + 1 :], lang))
    year = _year(tokens[at + 1 :], lang)
    is_day = len(date) < len(("year", "month", "day")) or date[2] in around
    return is_day and year in {None, date[0]}


def _days(tokens: Sequence[str], _lang: str) -> list[int]:
    """Return the days that stand next to a month: numbers with linking words between them."""
    days = []
    for token in tokens[:8]:
        if token.isdecimal() and int(token) <= _LAST_DAY:
            days.append(int(token))
        elif token not in _BETWEEN:
            break
    return days


def _year(tokens: Sequence[str], lang: str) -> int | None:
    """Return the year that follows a month, perhaps after the other end of a range."""
    for token in tokens[:8]:
        if token.isdecimal():
            if len(token) == len("2023"):
                return int(token)
            if int(token[:3]) > _LAST_DAY:
                return None
        elif token not in _BETWEEN and token not in months(lang):
            return None
    return None


@cache
def months(lang: str) -> dict[str, int]:
    """Return the months of a language by their folded names, full and short; of all for another."""
    names = {}
    for language in (lang,) if lang in LANGUAGES else LANGUAGES:
        for width in ("abbreviated", "wide"):
            for month, name in babel_dates.get_month_names(width, "format", language).items():
                names[folded(name).strip(".")] = month
    return names
