"""What people write in cells in; figures and lines of text out, or nothing.

What can be read in two ways is read as the rest of its column is: `Manner` says how.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from metrograph.reading.markup import plain_of
from metrograph.reading.sheets import Value
from metrograph.store.datatypes import decimal_of, is_countable

_DAY = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(?:\d{4}|\d{2})")
_CURRENCY = r"(?:[A-Z]{2}\$|R\$|[€$£¥]|EUR|USD|GBP|CHF|CAD|MXN|BRL)"
_DIGITS = r"\d(?:[\d.,'’ \u00a0\u2009\u202f]*\d)?"
_FIGURE = re.compile(
    rf"(?P<sign>[+\-−]?) ?(?P<before>{_CURRENCY})? ?(?P<digits>{_DIGITS})[ \u00a0\u202f]*"
    rf"(?:(?P<times>k|m|M|mn|Mio|bn|millions?|millones|milions|Mrd)(?![^\W\d])\.?)?(?: d['e’] ?)? ?"
    rf"(?:(?P<after>%|{_CURRENCY}|euros?|[^\W\d](?:[^()\d]{{0,22}}[^()\d ])?) *)?"
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


PLAIN = Manner()


@dataclass(frozen=True)
class Figure:
    """A number with what stands around it: a unit, a year, perhaps none."""

    number: Decimal
    unit: str = ""
    year: int | None = None


def text_of(value: Value) -> str:
    r"""Return what a cell says as one text.

    >>> text_of(None), text_of(3.0), text_of(" a\r\nb ")
    ('', '3', 'a\nb')
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


def indent_of(cell: Value) -> int:
    """Return by how many signs a text is indented; a tab counts as four.

    >>> indent_of("  New homes"), indent_of(3)
    (2, 0)
    """
    text = cell.expandtabs(4) if isinstance(cell, str) else ""
    return len(text) - len(text.lstrip())


def figure_of(value: Value, manner: Manner = PLAIN) -> Figure | None:
    """Return the figure that a cell is, or nothing; a number that cannot be counted with is none.

    >>> figure_of("1 400").number, figure_of("45 %")
    (Decimal('1400'), Figure(number=Decimal('45'), unit='%', year=None))
    >>> figure_of("£2.5m").number, figure_of("1.200,50 €").number, figure_of("+1,400").number
    (Decimal('2500000.0'), Decimal('1200.50'), Decimal('1400'))
    >>> figure_of("1,200 (2019)").year, figure_of("about half")
    (2019, None)
    >>> figure_of("9" * 60) is None, figure_of(1e300) is None
    (True, True)
    """
    found = _figure(value, manner)
    return found if found and is_countable(found.number) else None


def _figure(value: Value, manner: Manner) -> Figure | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        number = decimal_of(value)
        if not is_countable(number):
            return None
        return Figure(number * 100, "%") if manner.shares else Figure(number)
    found = _FIGURE.fullmatch(text_of(value)) if isinstance(value, str) else None
    number_found = _number(found["digits"], manner.decimal) if found else None
    if found is None or number_found is None or not is_countable(number_found):
        return None
    unit = (found["before"] or found["after"] or "").strip()
    number = _multiplied(number_found, found["times"] or "", unit)
    if found["times"] and number == number_found and not _is_many(found["times"]):
        unit = f"{found['times']} {unit}".strip()  # metres, not millions
    year = int(found["year"]) if found["year"] else None
    return Figure(number.copy_negate() if found["sign"] in ("-", "−") else number, unit, year)


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
