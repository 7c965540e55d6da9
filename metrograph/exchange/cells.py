"""What people write in cells in; days, periods, figures and plain texts out, or nothing.

What can be read in two ways is read as the rest of its column is: `Manner` says how.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

from metrograph.exchange.markup import plain_of
from metrograph.exchange.sheets import Value
from metrograph.folding import folded

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
_CURRENCY = r"(?:[A-Z]{2}\$|R\$|[€$£¥]|EUR|USD|GBP|CHF|CAD|MXN|BRL)"
_DIGITS = r"\d(?:[\d.,'’ \u00a0\u2009\u202f]*\d)?"
_FIGURE = re.compile(
    rf"(?P<sign>[+\-−]?) ?(?P<before>{_CURRENCY})? ?(?P<digits>{_DIGITS})[ \u00a0\u202f]*"
    rf"(?:(?P<times>k|m|M|mn|Mio|bn|millions?|millones|milions|Mrd)(?![^\W\d])\.?)?(?: d['e’] ?)? ?"
    rf"(?P<after>%|{_CURRENCY}|euros?|[^\W\d][^()\d]{{0,23}})? *"
    r"(?:[([]?(?:by|in|en|em|im)? ?(?P<year>(?:19|20)\d\d)[)\]]?)?"
)
_TIMES = {"k": 3, "m": 6, "mn": 6, "mio": 6, "bn": 9, "mrd": 9}


@dataclass(frozen=True)
class Manner:
    """How a column writes what can be read in two ways: its decimal sign, its month first or not.

    `shares` are numbers from 0 to 1 that are parts of a whole.
    """

    decimal: str = "."
    month_first: bool = False
    shares: bool = False


@dataclass(frozen=True)
class Figure:
    """A number with what stands around it: a unit, a year, perhaps none."""

    number: Decimal
    unit: str = ""
    year: int | None = None


def text_of(value: Value) -> str:
    r"""Return what a cell says as one text.

    >>> text_of(None), text_of(3.0), text_of(date(2023, 10, 7)), text_of(" a\r\nb ")
    ('', '3', '2023-10-07', 'a\nb')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", timespec="minutes")
    plain = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return plain.encode(errors="replace").decode()  # a half of a sign that takes two is no text


def line_of(value: Value) -> str:
    """Return what a cell says as one line without markup."""
    return " ".join(plain_of(text_of(value)).split())


# ---------------------------------------------------------------- days and periods


def days_of(value: Value, manner: Manner = Manner()) -> tuple[str, str] | None:
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


# ---------------------------------------------------------------- figures


def figure_of(value: Value, manner: Manner = Manner()) -> Figure | None:
    """Return the figure that a cell is, or nothing.

    >>> figure_of("1 400").number, figure_of("45 %")
    (Decimal('1400'), Figure(number=Decimal('45'), unit='%', year=None))
    >>> figure_of("£2.5m").number, figure_of("1.200,50 €").number, figure_of("+1,400").number
    (Decimal('2500000.0'), Decimal('1200.50'), Decimal('1400'))
    >>> figure_of("1,200 (2019)").year, figure_of("about half")
    (2019, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        number = Decimal(str(value))
        if not number.is_finite():
            return None
        return Figure(number * 100, "%") if manner.shares else Figure(number)
    found = _FIGURE.fullmatch(text_of(value)) if isinstance(value, str) else None
    number_found = _number(found["digits"], manner.decimal) if found else None
    if found is None or number_found is None:
        return None
    unit = (found["before"] or found["after"] or "").strip()
    number = _multiplied(number_found, found["times"] or "", unit)
    if found["times"] and number == number_found and not _is_many(found["times"]):
        unit = f"{found['times']} {unit}".strip()  # metres, not millions
    year = int(found["year"]) if found["year"] else None
    return Figure(-number if found["sign"] in ("-", "−") else number, unit, year)


def _multiplied(number: Decimal, times: str, unit: str) -> Decimal:
    """Return a number of millions as one; a lone letter counts only before or after a currency."""
    power = 6 if _is_many(times) else _TIMES.get(times.lower(), 0)
    is_money = bool(re.fullmatch(f"{_CURRENCY}|euros?", unit))
    return number * Decimal(10) ** power if is_money or len(times) > 1 else number


def _is_many(times: str) -> bool:
    return times.lower().startswith("mil")


def _number(digits: str, decimal: str) -> Decimal | None:
    """Return the number of digits with signs between them; groups are of three."""
    plain = re.sub(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))", "", digits)
    signs = [sign for sign in plain if not sign.isdigit()]
    if not signs:
        return Decimal(plain)
    last = signs[-1]
    whole, _, part = plain.rpartition(last)
    if len(set(signs)) > 2 or set(signs) - {".", ","}:
        return None
    is_decimal = signs.count(last) == 1 and (
        len(set(signs)) == 2 or len(part) != 3 or last == decimal or whole in ("0", "")
    )
    if not is_decimal:
        whole, part = plain, ""
    groups = re.split(r"[.,]", whole)
    if len(groups) > 1 and (len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:])):
        return None
    return Decimal("".join(groups) + (f".{part}" if part else ""))


def manner_of(values: Iterable[Value]) -> Manner:
    """Return how a column writes its numbers and days, as the clear ones among them tell.

    >>> manner_of(["1,400", "2,5"]).decimal, manner_of(["1,400", "2.5"]).decimal
    (',', '.')
    >>> manner_of(["07/10/2023", "10/25/2023"]).month_first
    True
    """
    present = [value for value in values if value is not None]
    texts = [text_of(value) for value in present if isinstance(value, str)]
    commas = sum(bool(re.search(r"\d,(?:\d{1,2}|\d{4,})(?!\d)", text)) for text in texts)
    points = sum(bool(re.search(r"\d\.(?:\d{1,2}|\d{4,})(?!\d)", text)) for text in texts)
    days = [found for text in texts if (found := _DAY.fullmatch(text))]
    numbers = [value for value in present if isinstance(value, int | float)]
    return Manner(
        "," if commas > points else "." if points else "",
        any(int(day[2]) > 12 for day in days) and not any(int(day[1]) > 12 for day in days),
        bool(numbers)
        and all(0 <= number <= 1 for number in numbers)
        and any(0 < number < 1 for number in numbers),
    )
