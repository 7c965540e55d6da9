"""The words of dates: the name of a month or of a weekday in, its number out (CLDR, by Babel)."""

import re
from functools import cache
from typing import TYPE_CHECKING

from metrograph.late import late
from metrograph.text import folded

if TYPE_CHECKING:
    from babel import dates as babel_dates
else:
    babel_dates = late("babel.dates")

LANGUAGES = ("en", "fr", "es", "ca", "pt", "de", "it")  # of which names are known
ORDINALS = (  # right after the number of a day
    *("st", "nd", "rd", "th", "er", "re", "e", "ere", "eme", "ero", "o", "a"),
    *("r", "n", "t"),
)
FIRST = ("first", "premier", "primero", "primer", "primo", "primeiro", "erster", "ersten")
LINKING = (  # what may stand before a day, and between it, its month and its year
    *("the", "on", "of", "le", "l", "el", "de", "del", "d", "dia"),
    *("di", "il", "o", "em", "am", "den", "der"),
)
_SHORTER = {"sept": 9, "set": 9}  # in use, and not in CLDR for all of these languages
_WEEKDAY = re.compile(
    r"(?:(?:le|el|the|on|il|am|den|der|em|dia) )?([a-z]+(?:-[a-z]+)?)(?:[.,]{1,2} ?| )(?=\S)"
)


@cache
def months() -> dict[str, int]:
    """Return the number of each month by its folded names, in full and short."""
    names = {
        re.sub(r"^(?:de |d['’] ?)", "", folded(name)).strip(". "): month
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for lang in LANGUAGES
        for month, name in babel_dates.get_month_names(width, context, lang).items()
    }
    return _SHORTER | names


@cache
def _weekdays() -> dict[str, frozenset[int]]:
    """Return the numbers of weekdays (Monday is 0) by their folded names, in full and short.

    A short name may be of two days in two languages.
    """
    days: dict[str, frozenset[int]] = {}
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for lang in LANGUAGES:
                for day, name in babel_dates.get_day_names(width, context, lang).items():
                    key = folded(name).strip(". ")
                    days[key] = days.get(key, frozenset()) | {day}
    return days


def split_weekday(text: str) -> tuple[frozenset[int], str] | None:
    """Return the weekdays that a folded text may begin with, and the rest of it.

    >>> split_weekday("le samedi 7 octobre 2023"), split_weekday("sat, 07/10/2023")
    ((frozenset({5}), '7 octobre 2023'), (frozenset({5}), '07/10/2023'))
    >>> split_weekday("7 octobre 2023") is None
    True
    """
    match = _WEEKDAY.match(text)
    weekdays = _weekdays().get(match[1]) if match else None
    return (weekdays, text[match.end() :]) if match and weekdays else None
