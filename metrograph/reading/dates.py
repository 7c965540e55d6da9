"""Reads dates, months, years and periods as people write them; returns ISO 8601 dates.

This is the one reader of dates, for forms, rows of workbooks and tables. Who asks gives the policy
for what can be read in two ways (`policy.py`). The time of a day is not kept: the day of a
date-time is the one that is written in it, whatever its offset from UTC.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from metrograph.reading.calendar_words import FIRST, LINKING, ORDINALS, months, split_weekday
from metrograph.reading.numbers import text_of
from metrograph.reading.parts_of_years import read_part
from metrograph.reading.policy import PLAIN, Ambiguous, Habit, Impossible, Policy, Unread
from metrograph.reading.sheets import Value
from metrograph.text import folded

_Parts = tuple[int, ...]  # a year, perhaps a month, perhaps a day
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's count, since it counts a 29 February 1900
_SERIALS = range(20_000, 80_000)  # days from 1954 to 2119
_YEARS = range(1900, 2200)
_LONGEST = 60  # signs of a date in words, with weekday, time and zone
_ISO = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_DAY = re.compile(r"([0-9]{1,2})[-/. ]+([0-9]{1,2})[-/. ]+([0-9]{4}|[0-9]{2})")
_SHORT_YEAR = re.compile(r"[0-9]{2}-[0-9]{1,2}-[0-9]{2}")  # whose year may stand first or last
_MONTH = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
_COUNTED = re.compile(r"[0-9]{5}")
_TYPED_SERIAL = 21_000  # so that 20236, typed for 2023, is not a day of 1955
_ZONE = r"(?: ?(?:z|utc|gmt|[+-][0-9]{2}(?::?[0-9]{2})?))"
_TIME = re.compile(
    r"(?<=[0-9])(?:t|,? (?:(?:at|a|a las|a les|as|alle|um) )?)"
    r"(?:(?:[01]?[0-9]|2[0-3])[:h][0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?|24:00(?::00)?)"
    rf"(?: ?[ap]\.? ?m\.?| ?uhr)?{_ZONE}?\Z"
)
_ISO_ZONED = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:z|[+-][0-9]{2}:[0-9]{2})")
_COMPACT = re.compile(rf"([0-9]{{4}})([0-9]{{2}})([0-9]{{2}})t[0-9]{{4,6}}(?:[.,][0-9]+)?{_ZONE}?")
_XML_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_XML_ZONED = re.compile(rf"({_XML_DAY.pattern})(?:Z|[+-][0-9]{{2}}:[0-9]{{2}}|T\S*)?")
_TOKEN = re.compile(r"[0-9]++|[a-z]++|['’.,°\- ]")
_ORDERS = {"dmy": (2, 1, 0), "dmd": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2), "my": (1, 0)}
_SHORT = re.compile(r"([a-z]{3,10})\.?[-'’]([0-9]{2})")
_BY = re.compile(
    r"^(?:(?:by|until|before|end|avant|fin|finales|final|bis|ende|fine|antes)"
    r"(?: (?:of|de|d'|del|di))* )+"
)
_QUARTER = re.compile(r"[qt] ?([1-4])[ /-]*([0-9]{4})|([0-9]{4})[ /-]*[qt] ?([1-4])")
_SPAN = re.compile(r"([0-9]{4}) ?(?:[-–—/]|to|a|au|bis) ?([0-9]{4}|[0-9]{2})")


def read_date(value: Value, policy: Policy) -> str:
    """Return the day, month or year that a value means, as ISO 8601 writes it.

    Raises `Unread` for what is not a date, `Impossible` for a date that does not exist (or falls on
    another weekday than it says), and `Ambiguous` if the policy leaves two readings.

    >>> from metrograph.reading.policy import Ask
    >>> read_date("le 7 octobre 2023", Ask("fr")), read_date("2023-10-07T14:30:00Z", Ask())
    ('2023-10-07', '2023-10-07')
    >>> read_date("07/10/2023", Ask("es")), read_date("07/10/2023", Habit(month_first=True))
    ('2023-10-07', '2023-07-10')
    >>> read_date("07/10/2023", Ask("en"))
    Traceback (most recent call last):
    metrograph.reading.policy.Ambiguous: 2023-07-10 / 2023-10-07
    """
    dates = _dates(value, policy)
    if dates is None:
        raise Unread
    if not dates:
        raise Impossible
    if len(dates) > 1:
        raise Ambiguous(*dates)
    return dates[0]


def read_year(value: Value, policy: Policy) -> str:
    """Return the year of a date; in which order its day and its month stand is no matter.

    Raises `Unread` for what has no year; a number by which Excel counts days is none, either.
    """
    is_counted = isinstance(value, str) and _COUNTED.fullmatch(value.strip())
    dates = None if is_counted else _dates(value, policy)
    if not dates:
        raise Unread
    return dates[0][:4]


def days_of(value: Value, habit: Habit = PLAIN) -> tuple[str, str] | None:
    """Return the first and the last day, month or year that a cell of a table means, or None.

    >>> days_of("7 oct. 2023"), days_of("Q3 2024"), days_of("2021-2024"), days_of("2021/22")
    (('2023-10-07', '2023-10-07'), ('2024-07', '2024-09'), ('2021', '2024'), ('2021', '2022'))
    >>> days_of("déc. 2024"), days_of("Sep-24"), days_of("by end of 2025")
    (('2024-12', '2024-12'), ('2024-09', '2024-09'), ('2025', '2025'))
    >>> days_of("2e semestre 2026"), days_of("mi-2027"), days_of("Spring 2024"), days_of("FY24")
    (('2026-07', '2026-12'), ('2027-06', '2027-07'), ('2024-03', '2024-05'), ('2024', '2024'))
    """
    if isinstance(value, str):
        whole = _typed(value)
        typed = _BY.sub("", whole)
        if span := read_part(whole) or _span(typed):
            return span
        dates = _read(typed, habit)
    else:
        dates = _dates(value, habit)
    if not dates or len(dates) > 1 or int(dates[0][:4]) not in _YEARS:
        return None
    return dates[0], dates[0]


def read_xml_day(text: str | None) -> str | None:
    """Return the day of a date or date-time in XML Schema, without time and zone, or None.

    >>> read_xml_day("2012-04-15Z"), read_xml_day("2012-02-30"), read_xml_day("15/04/2012")
    ('2012-04-15', None, None)
    """
    match = _XML_ZONED.fullmatch((text or "").strip())
    return _calendar(tuple(map(int, match[1].split("-")))) if match else None


def is_xml_day(text: str) -> bool:
    """Return whether a text is a day of the calendar as XML Schema writes it, without a zone."""
    return bool(_XML_DAY.fullmatch(text)) and read_xml_day(text) is not None


def _dates(value: Value, policy: Policy) -> list[str] | None:
    """Return the dates that a value can mean, none if the calendar has none; None: not a date."""
    if isinstance(value, date):  # a datetime is one, too
        return [value.isoformat()[:10]]
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        counted = _serial(value)
        return [counted] if counted else None
    return _read(_typed(value), policy)


def _typed(value: str) -> str:
    """Return a text as it is read: folded, with single spaces; a long one is not a date."""
    text = " ".join(text_of(value).split())
    return folded(text).replace("’", "'") if len(text) <= _LONGEST else ""


def _serial(value: float) -> str | None:
    """Return the year that a number is, or the day that Excel counts by it."""
    if value in _YEARS and value == int(value):
        return str(int(value))
    if _SERIALS.start <= value < _SERIALS.stop:
        return (_EPOCH + timedelta(days=int(value))).isoformat()
    return None


def _span(typed: str) -> tuple[str, str] | None:
    if match := _QUARTER.fullmatch(typed):
        quarter, year = int(match[1] or match[4]), match[2] or match[3]
        return f"{year}-{quarter * 3 - 2:02}", f"{year}-{quarter * 3:02}"
    if part := read_part(typed):
        return part
    if match := _SPAN.fullmatch(typed):
        first, last = match[1], match[2] if len(match[2]) == 4 else match[1][:2] + match[2]
        is_month = len(match[2]) == 2 and int(match[2]) <= 12 and int(last) != int(first) + 1
        if not is_month and int(first) in _YEARS and int(first) <= int(last):
            return first, last
    return None


def _read(typed: str, policy: Policy) -> list[str] | None:
    """Return what folded words can mean, in order; a weekday before them decides, too."""
    if not any(char.isdigit() for char in typed):
        return None
    if typed[0].isalpha() and (weekday := split_weekday(typed)):
        days, rest = weekday
        readings = _readings(rest, policy)
        if readings is not None:
            return _existing(parts for parts in readings if _falls_on(parts, days))
    readings = _readings(typed, policy)
    return None if readings is None else _existing(readings)


def _falls_on(parts: _Parts, weekdays: frozenset[int]) -> bool:
    return len(parts) == 3 and _calendar(parts) is not None and date(*parts).weekday() in weekdays


def _existing(readings: Iterable[_Parts]) -> list[str]:
    return sorted({day for parts in readings if (day := _calendar(parts))})


def _calendar(parts: _Parts) -> str | None:
    """Return a year, month or day of the calendar as ISO 8601 writes it, or None."""
    try:
        day = date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
    return day.isoformat()[: (4, 7, 10)[len(parts) - 1]]


def _readings(typed: str, policy: Policy) -> list[_Parts] | None:
    """Return each reading of words without a weekday; only a day has a time behind it."""
    time = _TIME.search(typed)
    day = typed[: time.start()] if time else typed
    for pattern, read in _NOTATIONS:
        if match := pattern.fullmatch(day):
            readings = read(match, policy)
            break
    else:
        parts = _worded(day)
        readings = [parts] if parts else None
    return readings if readings and (not time or len(readings[0]) == 3) else None


def _numbers(match: re.Match[str]) -> _Parts:
    return tuple(int(part) for part in match.groups() if part)


def _day(match: re.Match[str], policy: Policy) -> list[_Parts] | None:
    """Return the orders of day and month that a policy allows."""
    first, second, year = _numbers(match)
    year += 2000 if year < 100 else 0
    day_first, month_first = (year, second, first), (year, first, second)
    if isinstance(policy, Habit):
        return [month_first if policy.month_first else day_first]
    if _SHORT_YEAR.fullmatch(match[0]):
        return None
    return [day_first, month_first] if policy.lang == "en" else [day_first]


def _counted(match: re.Match[str], policy: Policy) -> list[_Parts] | None:
    """Return the day of a text that is a number of Excel's; a year with a digit more is none."""
    number = int(match[0])
    day = _serial(number) if isinstance(policy, Habit) or number >= _TYPED_SERIAL else None
    return [tuple(map(int, day.split("-")))] if day else None


def _short(match: re.Match[str], _: Policy) -> list[_Parts] | None:
    month = months().get(match[1])
    return [(2000 + int(match[2]), month)] if month else None


def _worded(typed: str) -> _Parts | None:
    """Return the date of a day (or none), a month's name and a year, in any of their orders."""
    tokens = _TOKEN.findall(typed)
    if "".join(tokens) != typed:  # a sign that no date has
        return None
    values: list[int] = []
    kinds = ""
    for before, token in zip(("", *tokens), tokens, strict=False):
        if not token.isalnum() or token in LINKING or (before.isdigit() and token in ORDINALS):
            continue
        kind, value = _part(token)
        kinds += kind
        values.append(value)
    if kinds not in _ORDERS:
        return None
    year, *rest = (values[at] for at in _ORDERS[kinds])
    return (year + 2000 if year < 100 else year, *rest)


def _part(token: str) -> tuple[str, int]:
    """Return what a token is (d, m or y, else ?) and its number."""
    if token.isdigit():
        return {1: "d", 2: "d", 4: "y"}.get(len(token), "?"), int(token[:4])
    if token in FIRST:
        return "d", 1
    month = months().get(token)
    return ("m", month) if month else ("?", 0)


_NOTATIONS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], Policy], list[_Parts] | None]], ...
] = (
    (_ISO, lambda match, _: [_numbers(match)]),
    (_ISO_ZONED, lambda match, _: [_numbers(match)]),
    (_COMPACT, lambda match, _: [_numbers(match)]),
    (_DAY, _day),
    (_COUNTED, _counted),
    (_SHORT, _short),
    (_MONTH, lambda match, _: [_numbers(match)[::-1]]),
)
