"""What people write for a day, a month, a year or a period in; its first and last day out."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from metrograph.reading.numbers import PLAIN, Manner, text_of
from metrograph.reading.sheets import Value
from metrograph.text import folded

LANGUAGES = ("en", "fr", "es", "ca", "pt", "de", "it")  # of which the names of months are known
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's count, since it counts a 29 February 1900
_SERIALS = range(20_000, 80_000)  # days from 1954 to 2119
_YEARS = range(1900, 2200)
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ]\d{2}:\d{2}.*)?)?)?")
_DAY = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})")
_MONTH = re.compile(r"(\d{1,2})[-/.](\d{4})")
_NAMED = re.compile(
    r"(?:(\d{1,2})\D{0,4}?[ .-]+(?:d[e']? ?)?)?([a-z]{3,10})[., -]+(?:del? )?(\d{4})"
)
_NAMED_FIRST = re.compile(r"([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_COUNTED = re.compile(r"[0-9]{5}")
_SHORT = re.compile(r"([a-z]{3,10})\.?[-'’](\d\d)")
_BY = re.compile(
    r"^(?:(?:by|until|before|end|avant|fin|finales|final|bis|ende|fine|antes)"
    r"(?: (?:of|de|d'|del|di))* )+"
)
_QUARTER = re.compile(r"[qt] ?([1-4])[ /-]*(\d{4})|(\d{4})[ /-]*[qt] ?([1-4])")
_SPAN = re.compile(r"(\d{4}) ?(?:[-–—/]|to|a|au|bis) ?(\d{4}|\d{2})")


def days_of(value: Value, manner: Manner = PLAIN) -> tuple[str, str] | None:
    """Return the first and the last day, month or year (ISO 8601) that a cell means, or nothing.

    >>> days_of("7 oct. 2023"), days_of("Q3 2024"), days_of("2021-2024"), days_of("2021/22")
    (('2023-10-07', '2023-10-07'), ('2024-07', '2024-09'), ('2021', '2024'), ('2021', '2022'))
    >>> days_of("déc. 2024"), days_of("Sep-24"), days_of("by end of 2025")
    (('2024-12', '2024-12'), ('2024-09', '2024-09'), ('2025', '2025'))
    >>> days_of("07/10/2023"), days_of("07/10/2023", Manner(month_first=True))
    (('2023-10-07', '2023-10-07'), ('2023-07-10', '2023-07-10'))
    """
    if isinstance(value, date):  # a datetime is one, too
        day = value.isoformat()[:10]
        return day, day
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        found = _serial(value)
    else:
        typed = _BY.sub("", " ".join(folded(text_of(value)).split()))
        if span := _span(typed):
            return span
        found = _written(typed, manner)
    return (found, found) if found else None


def _serial(value: float) -> str | None:
    """Return the year that a number is, or the day that Excel counts by it."""
    if value in _YEARS and value == int(value):
        return str(int(value))
    if int(value) in _SERIALS:
        return (_EPOCH + timedelta(days=int(value))).isoformat()
    return None


def _span(typed: str) -> tuple[str, str] | None:
    if found := _QUARTER.fullmatch(typed):
        quarter, year = int(found[1] or found[4]), found[2] or found[3]
        return f"{year}-{quarter * 3 - 2:02}", f"{year}-{quarter * 3:02}"
    if found := _SPAN.fullmatch(typed):
        first, last = found[1], found[2] if len(found[2]) == 4 else found[1][:2] + found[2]
        is_month = len(found[2]) == 2 and int(found[2]) <= 12 and int(last) != int(first) + 1
        if not is_month and int(first) in _YEARS and int(first) <= int(last):
            return first, last
    return None


def _written(typed: str, manner: Manner) -> str | None:
    """Return the day, month or year that folded words mean; the first way that fits counts."""
    for pattern, read in _WAYS:
        if found := pattern.fullmatch(typed):
            return read(found, manner)
    return None


def _day(found: re.Match[str], manner: Manner) -> str | None:
    first, second, year = (int(part) for part in found.groups())
    month, day = (first, second) if manner.month_first else (second, first)
    return _calendar(year + 2000 if year < 100 else year, month, day)


def _named(name: str, day: str | None, year: str) -> str | None:
    month = _months().get(name)
    return _calendar(int(year), month, *([int(day)] if day else [])) if month else None


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its names, without accents, in the languages known."""
    from babel.dates import get_month_names  # noqa: PLC0415  only dates in words need it

    return {
        re.sub(r"^(?:de |d['’] ?)", "", folded(name)).strip(". "): month
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for lang in LANGUAGES
        for month, name in get_month_names(width, context, lang).items()
    }


def _calendar(*parts: int) -> str | None:
    """Return a year, month or day of the calendar as ISO 8601 writes it, or nothing."""
    try:
        day = date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
    return day.isoformat()[: (4, 7, 10)[len(parts) - 1]] if day.year in _YEARS else None


_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Manner], str | None]], ...] = (
    (_ISO, lambda found, _: _calendar(*(int(part) for part in found.groups() if part))),
    (_DAY, _day),
    (_COUNTED, lambda found, _: _serial(int(found[0]))),
    (_SHORT, lambda found, _: _named(found[1], None, f"20{found[2]}")),
    (_MONTH, lambda found, _: _calendar(int(found[2]), int(found[1]))),
    (_NAMED_FIRST, lambda found, _: _named(found[1], found[2], found[3])),
    (_NAMED, lambda found, _: _named(found[2], found[1], found[3])),
)
