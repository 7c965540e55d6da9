"""Checks the text of a literal against its datatype, and returns what is wrong with it.

How values of a datatype are written is that of W3C XML Schema Definition Language (XSD) 1.1 Part 2.
A few that are valid there are of no use in a plan, as nothing can be counted with them: NaN and
infinity, years outside of 1 to 9999, and numbers with more digits than the engine takes.
"""

import base64
import binascii
import calendar
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from metrograph.vocabulary import XSD

Problem = Literal["ill_typed", "not_finite", "too_long", "year_outside", "datatype_unknown"]
_DIGITS = 18  # before and after the point: Oxigraph's integers have 64 bits, its decimals 18 places
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_MONTHS = r"(?:[0-9]+Y)?(?:[0-9]+M)?"
_DAYS = r"(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
_WRITTEN: Mapping[str, str] = {
    "boolean": "true|false|0|1",
    "decimal": _NUMBER,
    "double": rf"{_NUMBER}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "float": rf"{_NUMBER}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}(?=Z|[+-]){_ZONE}",
    "time": f"{_TIME}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "duration": rf"-?P(?=[0-9T]){_MONTHS}{_DAYS}",
    "yearMonthDuration": f"-?P(?=[0-9]){_MONTHS}",
    "dayTimeDuration": f"-?P(?=[0-9T]){_DAYS}",
    "hexBinary": "(?:[0-9a-fA-F]{2})*",
    "language": "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
    "Name": r"[^\W\d.·-][\w.:·-]*|:[\w.:·-]*",
    "NCName": r"[^\W\d.·-][\w.·-]*",
    "NMTOKEN": r"[\w.:·-]+",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _WRITTEN.items()}
_INTEGER = re.compile("[+-]?[0-9]+")
_ANY_TEXT = ("string", "anyURI", "base64Binary", "anySimpleType", "anyAtomicType")
_BOUNDS: Mapping[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{
        name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
        for name, bits in (("long", 64), ("int", 32), ("short", 16), ("byte", 8))
    },
    **{
        f"unsigned{name}": (0, 2**bits - 1)
        for name, bits in (("Long", 64), ("Int", 32), ("Short", 16), ("Byte", 8))
    },
}
INTEGERS = frozenset(_BOUNDS)
NUMBERS = INTEGERS | {"decimal", "double", "float"}


@lru_cache(maxsize=65_536)
def problem(text: str, datatype: str) -> Problem | None:
    """Return what is wrong with a text as a value of a datatype (an IRI), or None.

    Datatypes outside of XSD have any text: nothing is known of them.

    >>> problem("35.1", XSD + "decimal"), problem("NaN", XSD + "decimal")
    (None, 'ill_typed')
    >>> problem("INF", XSD + "double"), problem("2023-02-30", XSD + "date")
    ('not_finite', 'ill_typed')
    >>> problem("0000", XSD + "gYear"), problem("5", XSD + "whole")
    ('year_outside', 'datatype_unknown')
    """
    if not datatype.startswith(XSD):
        return None
    kind = datatype.removeprefix(XSD)
    if kind in _BOUNDS:
        return _of_integer(text, kind)
    if kind in _PATTERNS:
        match = _PATTERNS[kind].fullmatch(text)
        if not match:
            return "ill_typed"
        return _of_number(match) if kind in NUMBERS else _of_date(match)
    if kind == "base64Binary":
        return None if _is_base64(text) else "ill_typed"
    return None if kind in _ANY_TEXT else "datatype_unknown"


def _of_integer(text: str, kind: str) -> Problem | None:
    if not _INTEGER.fullmatch(text):
        return "ill_typed"
    if len(text.lstrip("+-0")) > _DIGITS:
        return "too_long"
    least, most = _BOUNDS[kind]
    value = int(text)
    is_within = (least is None or value >= least) and (most is None or value <= most)
    return None if is_within else "ill_typed"


def _of_number(match: re.Match[str]) -> Problem | None:
    """Return what is wrong with a decimal or floating-point number that is well written."""
    text = match[0].lower()
    if "inf" in text or "nan" in text or "e" in text:
        return None if math.isfinite(float(text)) else "not_finite"
    whole, _, part = text.lstrip("+-0").partition(".")
    return "too_long" if max(len(whole), len(part.rstrip("0"))) > _DIGITS else None


def _of_date(match: re.Match[str]) -> Problem | None:
    """Return what is wrong with a date or a part of one that is well written."""
    parts = match.groupdict()
    year, month, day = (parts.get(name) for name in ("year", "month", "day"))
    is_outside = year is not None and (len(year) > len("9999") or year == "0000")
    if day and month:
        leap = 2024 if year is None or is_outside else int(year)  # --02-29 is a day of some years
        if int(day) > calendar.monthrange(leap, int(month))[1]:
            return "ill_typed"
    return "year_outside" if is_outside else None


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text.replace(" ", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def is_countable(number: Decimal) -> bool:
    """Return whether a number can be counted with: it has no more digits than the engine takes.

    >>> is_countable(Decimal("0.125")), is_countable(Decimal(10) ** 18)
    (True, False)
    """
    return number.is_finite() and problem(f"{number:f}", f"{XSD}decimal") is None


def decimal_of(value: float) -> Decimal:
    """Return a number of a workbook with 18 places at most: 1 / 300 has more, which nobody wrote.

    >>> decimal_of(1 / 300), decimal_of(0.5)
    (Decimal('0.003333333333333334'), Decimal('0.5'))
    """
    number = Decimal(repr(value))
    is_long = math.isfinite(value) and -int(number.as_tuple().exponent) > _DIGITS
    return number.quantize(Decimal(1).scaleb(-_DIGITS)) if is_long else number


def number_of(text: str, datatype: str) -> int | Decimal | None:
    """Return the number that a text is by its datatype, or None where none can be counted with.

    >>> number_of("35.1", XSD + "decimal"), number_of("NaN", XSD + "decimal")
    (Decimal('35.1'), None)
    """
    kind = datatype.removeprefix(XSD)
    if kind not in NUMBERS or problem(text, datatype):
        return None
    if kind in INTEGERS:
        return int(text)
    number = Decimal(text)
    return number if abs(number) < Decimal(10) ** _DIGITS else None
