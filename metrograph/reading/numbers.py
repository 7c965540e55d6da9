"""Reads numbers as people write them, alone or as a value with its unit and year.

This is the one reader of numbers, for forms, rows of workbooks and tables. What can be read in two
ways is settled by the policy of who asks (`policy.py`).
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from metrograph.reading.markup import plain_of
from metrograph.reading.policy import PLAIN, Ambiguous, Ask, Habit, Policy, Unread
from metrograph.reading.sheets import Value
from metrograph.store.datatypes import decimal_of, is_countable

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f", " ") | {"’": "'", "\u2212": "-"})
_GROUPED = re.compile(
    r"([+-]?[1-9][0-9]{0,2}(?:([ ',.])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]+))?"
)
_SINGLE = re.compile(r"([+-]?[0-9]*)(?:([.,])([0-9]+))?")
_CURRENCY = (
    r"(?:[A-Z]{2}\$|R\$|[€$£¥₹₦₱]|EUR|USD|GBP|CHF|CAD|MXN|BRL|F ?CFA|XOF|XAF|Kč|CZK|zł|PLN|"
    r"SEK|NOK|DKK|COP|ARS|CLP|PEN|INR|ZAR|KES|GHS|NGN|MAD|TND|JPY|CNY|AUD|NZD)"
)
_DIGITS = r"[.,]?\d(?:[\d.,'’ \u00a0\u2009\u202f]*\d)?"
_FIGURE = re.compile(
    rf"(?P<sign>[+\-−]?) ?(?P<before>{_CURRENCY})? ?(?P<digits>{_DIGITS})[ \u00a0\u202f]*"
    rf"(?:(?P<times>k|m|M|mn|Mio|bn|millions?|millones|milions|Mrd)(?![^\W\d])\.?)?(?: d['e’] ?)? ?"
    rf"(?:(?P<after>%|{_CURRENCY}|euros?|[^\W\d](?:[^()\d]{{0,22}}[^()\d ])?) *)?"
    r"(?:[([]?(?:by|in|en|em|im)? ?(?P<year>(?:19|20)\d\d)[)\]]?)?"
)
_BOUNDS = {
    "atLeast": r"≥|>=|=>|⩾|min(?:imum|imo)?\b\.?|at least|au moins|al menos|como minimo|mindestens",
    "atMost": r"≤|<=|=<|⩽|max(?:imum|imo)?\b\.?|at most|up to|au plus|jusqu'a|hasta|"
    r"hochstens|no mas de",
    "moreThan": r">|more than|over|above|plus de|mas de|superior a|mehr als|uber",
    "lessThan": r"<|less than|under|below|fewer than|moins de|menos de|"
    r"inferior a|weniger als|unter",
    "about": r"~|≈|±|\+/-|circa|ca\b\.?|approx\b\.?|approximately|about|around|environ|env\b\.?|"
    r"aprox\b\.?|aproximadamente|alrededor de|etwa|rund",
}
_BOUND = re.compile(
    "|".join(rf"(?P<{name}>{words})" for name, words in _BOUNDS.items()), re.IGNORECASE
)
_BRACKETED = re.compile(r"\(([^()]{1,60})\)")  # as accountants write what is below zero
_TIMES = {"k": 3, "m": 6, "mn": 6, "mio": 6, "bn": 9, "mrd": 9}


@dataclass(frozen=True)
class Figure:
    """A number with what stands around it: a unit, a year, perhaps none."""

    number: Decimal
    unit: str = ""
    year: int | None = None
    qualifier: str = ""  # atLeast, atMost, moreThan, lessThan or about


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


def read_number(text: str, policy: Policy) -> Decimal:
    """Return the number that a text means, with or without a percent sign.

    Thousands may be apart by a space, an apostrophe, a comma or a point; decimals come after a
    comma or a point. Raises `Unread` for what is not a number, and `Ambiguous` for one that is two,
    such as 1,400: always, if a person can be asked; in a column, only for a point whose meaning no
    cell shows.

    >>> read_number("1 400,5", Ask()), read_number("45 %", Ask()), read_number("1'400", Ask())
    (Decimal('1400.5'), Decimal('45'), Decimal('1400'))
    >>> read_number("1,400", Habit()), read_number("1,400", Habit(decimal=","))
    (Decimal('1400'), Decimal('1.400'))
    >>> read_number("1,400", Ask())
    Traceback (most recent call last):
    metrograph.reading.policy.Ambiguous: 1400 / 1.400
    """
    typed = text.strip().removesuffix("%").rstrip().translate(_SPACES)
    grouped, single = _GROUPED.fullmatch(typed), _SINGLE.fullmatch(typed)
    many = Decimal(re.sub("[ ',.]", "", grouped[1]) + _decimals(grouped[3])) if grouped else None
    few = Decimal(single[1] + _decimals(single[3])) if single and typed[-1:].isdigit() else None
    if many is not None and few is not None and grouped:
        return _chosen(many, few, grouped[2], policy)
    number = few if many is None else many
    if number is None:
        raise Unread
    return number


def _chosen(many: Decimal, few: Decimal, mark: str, policy: Policy) -> Decimal:
    """Return the number of thousands or that of decimals, as a policy takes the mark."""
    if isinstance(policy, Ask) or (mark == "." and not policy.decimal):
        raise Ambiguous(f"{many:f}", f"{few:f}")
    return few if policy.decimal == mark else many


def _decimals(digits: str | None) -> str:
    return f".{digits}" if digits else ""


def figure_of(value: Value, habit: Habit = PLAIN) -> Figure | None:
    """Return the figure that a cell is, or nothing; a number that cannot be counted with is none.

    >>> figure_of("1 400").number, figure_of("45 %")
    (Decimal('1400'), Figure(number=Decimal('45'), unit='%', year=None, qualifier=''))
    >>> figure_of("£2.5m").number, figure_of("1.200,50 €").number, figure_of("+1,400").number
    (Decimal('2500000.0'), Decimal('1200.50'), Decimal('1400'))
    >>> figure_of("≥ 75").qualifier, figure_of("max. 3").number, figure_of("(1,200)").number
    ('atLeast', Decimal('3'), Decimal('-1200'))
    >>> figure_of("1,200 (2019)").year, figure_of("about half")
    (2019, None)
    >>> figure_of("9" * 60) is None, figure_of(1e300) is None
    (True, True)
    """
    figure = _figure(value, habit)
    return figure if figure and is_countable(figure.number) else None


def _figure(value: Value, habit: Habit) -> Figure | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        number = decimal_of(value)
        if not is_countable(number):
            return None
        return Figure(number * 100, "%") if habit.shares else Figure(number)
    return _typed_figure(text_of(value), habit) if isinstance(value, str) else None


def _typed_figure(typed: str, habit: Habit) -> Figure | None:
    """Return the figure that a text is: with a bound before it, in brackets, or alone."""
    if bound := _BOUND.match(_plain(typed)):
        figure = _figure(typed[bound.end() :].lstrip(" :"), habit)
        is_bare = figure is not None and not figure.qualifier and typed[bound.end() :].strip()
        return replace(figure, qualifier=bound.lastgroup or "") if figure and is_bare else None
    if negative := _BRACKETED.fullmatch(typed):
        figure = _figure(negative[1], habit)
        is_amount = figure is not None and figure.number > 0 and not figure.qualifier
        return replace(figure, number=-figure.number) if figure and is_amount else None
    match = _FIGURE.fullmatch(typed)
    number_found = _digits(match["digits"], habit) if match else None
    if match is None or number_found is None or not is_countable(number_found):
        return None
    unit = (match["before"] or match["after"] or "").strip()
    number = _multiplied(number_found, match["times"] or "", unit)
    if match["times"] and number == number_found and not _is_many(match["times"]):
        unit = f"{match['times']} {unit}".strip()  # metres, not millions
    year = int(match["year"]) if match["year"] else None
    return Figure(number.copy_negate() if match["sign"] in ("-", "−") else number, unit, year)


def _plain(typed: str) -> str:
    """Return a text without accents, letter for letter."""
    return "".join(unicodedata.normalize("NFD", char)[:1] or char for char in typed[:40])


def _digits(text: str, habit: Habit) -> Decimal | None:
    """Return the number of a cell's digits, of any writing; in doubt, thousands are meant."""
    try:
        return read_number("".join(str(unicodedata.decimal(char, char)) for char in text), habit)
    except Ambiguous as error:
        return Decimal(error.readings[0])
    except Unread:
        return None


def _multiplied(number: Decimal, times: str, unit: str) -> Decimal:
    """Return a number of millions as one; a lone letter counts only before or after a currency."""
    power = 6 if _is_many(times) else _TIMES.get(times.lower(), 0)
    is_money = bool(re.fullmatch(f"{_CURRENCY}|euros?", unit))
    return number * Decimal(10) ** power if is_money or len(times) > 1 else number


def _is_many(times: str) -> bool:
    return times.lower().startswith("mil")
