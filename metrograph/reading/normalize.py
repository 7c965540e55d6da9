"""Cells as people and Excel write them in, words that `parsing` reads out, and what was decided.

`parsing` takes nothing that can be read in two ways. In a spreadsheet, the other cells of a column
often tell which way is meant; what is decided by that, or by custom alone, is said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from metrograph.messages import LANGUAGES
from metrograph.store.datatypes import decimal_of
from metrograph.text import folded

Value = str | int | float | bool | date | datetime | None
_NUMERIC = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})")
_WORDED = (
    re.compile(r"(?P<day>\d{1,2})(?:er|º|st|nd|rd|th)?\s+(?:de\s+)?(?P<month>[^\W\d]+)\.?,?\s+"
               r"(?:de\s+|del\s+)?(?P<year>\d{4})"),
    re.compile(r"(?P<month>[^\W\d]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"),
    re.compile(r"(?P<month>[^\W\d]+)\.?,?\s+(?:de\s+|del\s+)?(?P<year>\d{4})"),
)  # fmt: skip
_FIRST_SERIAL = date(1899, 12, 30)  # day 0 of Excel, which takes 1900 for a leap year
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: years and other numbers lie elsewhere
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([ ,.'’\u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_DECIMAL = re.compile(r"[+-]?\d+([.,])\d+")
_TICKS = {"x", "✓", "✔"}


@dataclass(frozen=True)
class Habits:
    """How a column writes dates and numbers: what its unmistakable cells show."""

    month_first: bool = False
    decimal: str | None = None


@dataclass(frozen=True)
class Spelt:
    """What a cell says, as `parsing.parse` takes it, and whether it had to be interpreted."""

    text: str
    is_interpreted: bool = False


def habits(values: Iterable[Value]) -> Habits:
    """Return how a column writes dates and numbers.

    >>> habits(["03/25/2023", "1/2/2023"]).month_first
    True
    >>> habits(["12,5", "1,400"]).decimal
    ','
    """
    texts = [value.strip() for value in values if isinstance(value, str)]
    dates = [found for text in texts if (found := _NUMERIC.fullmatch(text)) and len(found[1]) < 4]
    late = [int(found[2]) > 12 >= int(found[1]) for found in dates]
    early = [int(found[1]) > 12 for found in dates]
    marks = {
        found[1]
        for text in texts
        if (found := _DECIMAL.fullmatch(_bare(text))) and not _GROUPED.fullmatch(text)
    }
    return Habits(any(late) and not any(early), marks.pop() if len(marks) == 1 else None)


def spelt(value: Value, kind: str, how: Habits) -> Spelt:
    """Return what a cell says in a field of a kind (`forms.Field.kind`).

    What cannot be read stays as it is written, so that `parsing` says what is wrong with it.

    >>> spelt("7 oct. 2023", "date", Habits())
    Spelt(text='2023-10-07', is_interpreted=True)
    >>> spelt("1 400", "integer", Habits())
    Spelt(text='1400', is_interpreted=True)
    """
    if value is None:
        return Spelt("")
    if isinstance(value, datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, date) else _plain(value)
    if kind == "date":
        found = text if isinstance(value, date) else _day(text, how)
    elif kind == "year":
        found = text[:4] if isinstance(value, date) else _year(text)
    elif kind in ("integer", "decimal"):
        found = _number(text, how)
    elif kind == "boolean":
        found = "true" if text.casefold() in _TICKS else text
    else:
        found = _words(text)
    return Spelt(found, found != text)


def _plain(value: str | float | bool) -> str:
    """Return a cell as a text; Excel holds 70 as 70.0 and 0.1 as a little more."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        number = decimal_of(value)
        whole = number == number.to_integral_value()
        return f"{number.to_integral_value():f}" if whole else f"{number.normalize():f}"
    return value.strip()


def _words(text: str) -> str:
    """Return a text without markup and signs that nobody sees; links and names stay as they are."""
    from metrograph.reading.markup import plain_of  # noqa: PLC0415  only long texts need it

    return plain_of(text) if "<" in text or "&" in text else text


def _day(text: str, how: Habits) -> str:
    if text.isdecimal() and len(text) == 5 and int(text) in _SERIALS:
        return (_FIRST_SERIAL + timedelta(days=int(text))).isoformat()
    if found := _NUMERIC.fullmatch(text):
        return _numeric(found, how) or text
    for pattern in _WORDED:
        if (found := pattern.fullmatch(text)) and (month := _months().get(folded(found["month"]))):
            day = found.groupdict().get("day")
            if not day:
                return f"{found['year']}-{month:02}"
            return _real(int(found["year"]), month, int(day)) or text
    return text


def _numeric(found: re.Match[str], how: Habits) -> str | None:
    """Return the day of three numbers; the column's habit, else the day before the month."""
    if len(found[1]) == 4:
        return _real(int(found[1]), int(found[2]), int(found[3]))
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if len(found[3]) == 2:
        year += 2000
    day, month = (second, first) if how.month_first else (first, second)
    return _real(year, month, day)


def _real(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _year(text: str) -> str:
    """Return the year of a day, or of a year that Excel took for a number."""
    if found := _NUMERIC.fullmatch(text):
        whole = next((part for part in found.groups() if len(part) == 4), None)
        return whole or text
    return text


def _bare(text: str) -> str:
    """Return a text without a percent sign at its end."""
    return text.removesuffix("%").rstrip() if text.endswith("%") else text


def _number(text: str, how: Habits) -> str:
    bare = _bare(text).replace("\u2212", "-").removeprefix("+")
    if found := _GROUPED.fullmatch(bare):
        return _grouped(bare, found[1], how)
    if found := _DECIMAL.fullmatch(bare):
        return bare.replace(found[1], ".")
    return bare


def _grouped(bare: str, mark: str, how: Habits) -> str:
    """Return a number whose thousands seem to be apart.

    "1,400" is fourteen hundred, unless the column has a comma before its decimals; "1.400" alone
    is left as it is, and asked, unless the column shows what its point means.
    """
    digits = [part for part in re.split(r"[^\d-]", bare) if part]
    if mark in ",." and len(digits) == 2 and bare.count(mark) == 1:  # one group, no decimals
        if how.decimal == mark:
            return bare.replace(mark, ".")
        if mark == "." and how.decimal is None:
            return bare
    rest = bare.rpartition("." if mark != "." else ",")
    if rest[1] and rest[1] != mark:
        return re.sub(r"[^\d-]", "", rest[0]) + "." + rest[2]
    if mark in " '’\u00a0\u2009\u202f" and "," in bare:
        whole, _, decimals = bare.rpartition(",")
        return re.sub(r"[^\d-]", "", whole) + "." + decimals
    return re.sub(r"[^\d-]", "", bare)


@cache
def _months() -> dict[str, int]:
    """Return the names of the months in the three languages, long and short (CLDR, by Babel)."""
    from babel.dates import get_month_names  # noqa: PLC0415  only worded dates need it

    found = {}
    for lang in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, lang).items():
                    found[folded(name).rstrip(".")] = number
    return {**found, "sept": 9, "set": 9}
