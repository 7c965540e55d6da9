"""Words as a person types them in, RDF terms of a field out, or the problem with them.

Nothing is guessed: what can be read in two ways, such as "1,400" or "07/10/2023" in English, is a
problem that says how to write it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

import pyoxigraph as ox

from metrograph.editing.forms import Field
from metrograph.ids import Ids
from metrograph.messages import LANGUAGES, word
from metrograph.query.library import near
from metrograph.store.datatypes import is_countable

Term = ox.NamedNode | ox.Literal
_XSD = "http://www.w3.org/2001/XMLSchema#"
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_MONTH = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})")
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_NUMBER = re.compile(r"-?[0-9.,\u202f]*[0-9]")
_LONGEST = 100  # signs of a number; of those that can be counted with, none has so many
_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_SPACES = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_LINES = re.compile(r"(\S+?),?\s+(?:\w+\.?\s+)?([0-9]{1,9})(?:\s*[-–]\s*([0-9]{1,9}))?")
_TRUE = ("true", "yes", "oui", "sí", "si", "vrai", "verdadero", "1")
_FALSE = ("false", "no", "non", "faux", "falso", "0")


class Unreadable(ValueError):  # noqa: N818  its text is shown, its name is not
    """What was typed is not a value of its field; its text says why and what to write."""


@dataclass(frozen=True)
class Reader:
    """What it takes to read words: the language of the messages, ids, and which IRIs are known."""

    lang: str
    ids: Ids
    knows: Callable[[str], bool]


def parse(text: str, field: Field, reader: Reader) -> Term:
    """Return the term that a text means in a field; a text without its language.

    Raises `Unreadable`.
    """
    typed = plain(text)
    try:
        typed.encode()
    except UnicodeEncodeError:
        raise Unreadable(word("text_unreadable", reader.lang)) from None
    return _READERS.get(field.kind, _text)(typed, field, reader)


def plain(text: str) -> str:
    r"""Return a text as it is kept: without space around it, with one kind of line end.

    >>> plain(" one\r\ntwo ")
    'one\ntwo'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def is_same(text: str, term: Term, ids: Ids) -> bool:
    """Tell whether a text is how a person would type a term, so that the term can stay.

    Numbers are compared as numbers: the store spells 70.0 as 70.
    """
    if isinstance(term, ox.NamedNode):
        return ids.iri(text) == term.value
    is_number = term.datatype.value in (_XSD + "integer", _XSD + "decimal")
    if is_number and _DECIMAL.fullmatch(text.strip()) and _DECIMAL.fullmatch(term.value):
        return Decimal(text.strip()) == Decimal(term.value)
    return plain(text) == plain(term.value)


def language_of(term: Term) -> str:
    """Return the language of a text, or nothing."""
    return (term.language or "") if isinstance(term, ox.Literal) else ""


def _literal(value: str, kind: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(_XSD + kind))


def _text(typed: str, field: Field, _: Reader) -> ox.Literal:
    """Return a text, on one line unless the field is a long one."""
    return ox.Literal(typed if field.kind == "long" else " ".join(typed.split()))


def _date(typed: str, field: Field, reader: Reader) -> ox.Literal:
    """Return a day, month or year; day and month are told apart, or not taken (ISO 8601 is)."""
    whole = [kind for kind in ("date", "gYearMonth", "gYear") if _XSD + kind in field.datatypes]
    if found := _ISO.fullmatch(typed):
        parts = [int(part) for part in found.groups() if part]
        readings = [parts]
    elif found := _MONTH.fullmatch(typed):
        readings = [[int(found[2]), int(found[1])]]
    elif found := _DAY.fullmatch(typed):
        first, second, year = (int(part) for part in found.groups())
        readings = [[year, second, first]]
        if reader.lang == "en":  # where people write the month first, too
            readings.append([year, first, second])
    else:
        raise Unreadable(word("date_unreadable", reader.lang).format(typed))
    real = {one for reading in readings if (one := _calendar(reading))}
    if not real:
        raise Unreadable(word("date_missing", reader.lang).format(typed))
    if len(real) > 1:
        raise Unreadable(word("date_doubtful", reader.lang).format(typed, *sorted(real)))
    (value,) = real
    kind = ("gYear", "gYearMonth", "date")[value.count("-")]
    if kind not in whole:
        raise Unreadable(word("day_wanted", reader.lang).format(typed))
    return _literal(value, kind)


def _calendar(parts: list[int]) -> str | None:
    """Return a year, month or day of the calendar as ISO 8601 writes it, or nothing."""
    try:
        day = date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
    return day.isoformat()[: (4, 7, 10)[len(parts) - 1]]


def _year(typed: str, _: Field, reader: Reader) -> ox.Literal:
    if not re.fullmatch(r"[0-9]{4}", typed):
        raise Unreadable(word("year_unreadable", reader.lang).format(typed))
    return _literal(typed, "gYear")


def _number(typed: str, field: Field, reader: Reader) -> ox.Literal:
    """Return a number that all of English, French and Spanish that can read it read alike."""
    from babel.numbers import (  # noqa: PLC0415  only numbers need it
        NumberFormatError,
        parse_decimal,
    )

    text = _SPACES.sub("\u202f", typed.replace("\u2212", "-").removeprefix("+"))
    is_number = _NUMBER.fullmatch(text) is not None
    if is_number and len(text) > _LONGEST:
        raise Unreadable(word("number_too_long", reader.lang).format(typed))
    read: set[Decimal] = set()
    with localcontext(prec=_LONGEST):  # babel counts with what it reads, and must not round it
        for locale in LANGUAGES if is_number else ():
            try:
                read.add(parse_decimal(text, locale=locale, strict=True))
            except NumberFormatError:
                continue
    if not read:
        raise Unreadable(word("number_unreadable", reader.lang).format(typed))
    if len(read) > 1:
        small, large = sorted(read, key=abs)
        raise Unreadable(
            word("number_doubtful", reader.lang).format(typed, f"{large:f}", f"{small:f}0")
        )
    (number,) = read
    if not is_countable(number):
        raise Unreadable(word("number_too_long", reader.lang).format(typed))
    if number == number.to_integral_value() and "." not in f"{number:f}":
        kind = "integer" if _XSD + "integer" in field.datatypes else "decimal"
    elif _XSD + "decimal" in field.datatypes:
        kind = "decimal"
    else:
        raise Unreadable(word("number_not_whole", reader.lang).format(typed))
    return _literal(f"{number:f}", kind)


def _boolean(typed: str, _: Field, reader: Reader) -> ox.Literal:
    if typed.casefold() in (*_TRUE, *_FALSE):
        return _literal(str(typed.casefold() in _TRUE).lower(), "boolean")
    raise Unreadable(word("yes_no_unreadable", reader.lang).format(typed))


def _id(typed: str, field: Field, reader: Reader) -> ox.NamedNode:
    """Return the record of an id, or of a label in the field's pick-list that only one has."""
    labelled = [name for name, label in field.choices if label.casefold() == typed.casefold()]
    node = _node(labelled[0] if len(labelled) == 1 else typed, reader.ids)
    if node and reader.knows(node.value):
        return node
    names = [one for choice in field.choices for one in choice]
    raise Unreadable(
        word("id_unknown", reader.lang).format(typed) + nearest(typed, names, reader.lang)
    )


def _node(name: str, ids: Ids) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(ids.iri(name))
    except ValueError:
        return None


def nearest(typed: str, names: Iterable[str], lang: str) -> str:
    """Return " Did you mean ...?" with the nearest name, or nothing."""
    found = near(typed, list(names))
    names = found.removeprefix(" Did you mean ").removesuffix("?").split(" or ")
    return word("did_you_mean", lang).format(names[0]) if found else ""


def _citation(typed: str, _: Field, reader: Reader) -> ox.NamedNode:
    """Return a range of lines of a source (RFC 5147); "SOURCE 278-283" says it in lines."""
    if found := _LINES.fullmatch(typed):
        first = int(found[2])
        typed = f"{found[1]}#line={first - 1},{found[3] or first}"
    node = _node(typed, reader.ids)
    match = re.fullmatch(r"(.+)#line=([0-9]+),([0-9]+)", node.value) if node else None
    if node is None or match is None:
        raise Unreadable(word("citation_unreadable", reader.lang).format(typed))
    if not reader.knows(match[1]):
        name = reader.ids.short(match[1])
        key = "id_unknown" if "/" in name else "citation_unreadable"
        raise Unreadable(word(key, reader.lang).format(name if "/" in name else typed))
    return node


_READERS: Mapping[str, Callable[[str, Field, Reader], Term]] = {
    "date": _date,
    "year": _year,
    "integer": _number,
    "decimal": _number,
    "boolean": _boolean,
    "id": _id,
    "citation": _citation,
}
