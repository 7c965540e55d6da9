"""Normalises cells as people and Excel write them to text that forms accept.

A form takes nothing that can be read in two ways. In a column, the other cells often show which way
is meant; what is decided by that, or by custom alone, is remarked.
"""

from dataclasses import dataclass
from datetime import date, datetime

from metrograph.reading.dates import read_date, read_year
from metrograph.reading.markup import plain_of
from metrograph.reading.numbers import read_number
from metrograph.reading.policy import Habit, Unread
from metrograph.reading.sheets import Value
from metrograph.store.datatypes import decimal_of

_TICKS = {"x", "✓", "✔"}


@dataclass(frozen=True)
class Normalized:
    """What a cell says, as a form takes it, and whether it had to be interpreted."""

    text: str
    is_interpreted: bool = False


def normalize(value: Value, kind: str, habit: Habit) -> Normalized:
    """Return what a cell says in a field of a kind (`forms.Field.kind`).

    What cannot be read stays as it is written, so that the form says what is wrong with it.

    >>> normalize("7 oct. 2023", "date", Habit())
    Normalized(text='2023-10-07', is_interpreted=True)
    >>> normalize("1 400", "integer", Habit())
    Normalized(text='1400', is_interpreted=True)
    """
    written = _written(value)
    try:
        text = _read(value, written, kind, habit)
    except Unread:
        text = written
    return Normalized(text, text != written)


def _written(value: Value) -> str:
    """Return a cell as a text; Excel holds 70 as 70.0 and 0.1 as a little more."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        number = decimal_of(value)
        whole = number == number.to_integral_value()
        return f"{number.to_integral_value():f}" if whole else f"{number.normalize():f}"
    return value.strip()


def _read(value: Value, written: str, kind: str, habit: Habit) -> str:
    """Return what a cell says, or raise `Unread`."""
    if kind == "date":
        return read_date(value, habit)
    if kind == "year":
        return read_year(value, habit)
    if kind in ("integer", "decimal"):
        return f"{read_number(written, habit):f}"
    if kind == "boolean":
        return "true" if written.casefold() in _TICKS else written
    # Without markup and signs that nobody sees; links and names stay as they are.
    return plain_of(written) if "<" in written or "&" in written else written
