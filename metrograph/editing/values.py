"""Converts what a person types in a field to RDF terms, or explains why it cannot.

Nothing is guessed: what can be read in two ways, such as "1,400" or "07/10/2023" in English, is a
problem that says how to write it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from metrograph.editing.forms import Field
from metrograph.errors import Text
from metrograph.ids import Ids
from metrograph.messages import in_language, word
from metrograph.query.library import near
from metrograph.reading.dates import read_date, read_year
from metrograph.reading.numbers import read_number
from metrograph.reading.policy import Ambiguous, Ask, Impossible, Unread
from metrograph.store.datatypes import is_countable
from metrograph.text import folded
from metrograph.vocabulary import XSD

Term = ox.NamedNode | ox.Literal
_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_LINES = re.compile(r"(\S+?),?\s+(?:\w+\.?\s+)?([0-9]{1,9})(?:\s*[-–]\s*([0-9]{1,9}))?")
_TRUE = ("true", "yes", "oui", "sí", "si", "vrai", "verdadero", "1")
_FEW = 8  # records that a message can name
_FALSE = ("false", "no", "non", "faux", "falso", "0")


class Unreadable(ValueError):  # noqa: N818  its text is shown, its name is not
    """What was typed is not a value of its field; its text says why and what to write."""


@dataclass(frozen=True)
class Reader:
    """What it takes to read words: the language of the messages, ids, and which IRIs are known.

    `hint` says what a name that a field does not know is elsewhere, if it is anything.
    """

    lang: str
    ids: Ids
    knows: Callable[[str], bool]
    hint: Callable[[str, Field], str] = lambda _, __: ""


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
    """Return whether a text is how a person would type a term, so that the term can stay.

    Numbers are compared as numbers: the store spells 70.0 as 70.
    """
    if isinstance(term, ox.NamedNode):
        return ids.iri(text) == term.value
    is_number = term.datatype.value in (XSD + "integer", XSD + "decimal")
    if is_number and _DECIMAL.fullmatch(text.strip()) and _DECIMAL.fullmatch(term.value):
        return Decimal(text.strip()) == Decimal(term.value)
    return plain(text) == plain(term.value)


def language_of(term: Term) -> str:
    """Return the language of a text, or nothing."""
    return (term.language or "") if isinstance(term, ox.Literal) else ""


def _literal(value: str, kind: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + kind))


def _text(typed: str, field: Field, _: Reader) -> ox.Literal:
    """Return a text, on one line unless the field is a long one."""
    return ox.Literal(typed if field.kind == "long" else " ".join(typed.split()))


def _date(typed: str, field: Field, reader: Reader) -> ox.Literal:
    """Return a day, month or year; day and month are told apart, or not taken (ISO 8601 is)."""
    try:
        date = read_date(typed, Ask(reader.lang))
    except Impossible:
        raise Unreadable(word("date_missing", reader.lang).format(typed)) from None
    except Ambiguous as error:
        asked = word("date_doubtful", reader.lang).format(typed, *error.readings)
        raise Unreadable(asked) from None
    except Unread:
        raise Unreadable(word("date_unreadable", reader.lang).format(typed)) from None
    kind = ("gYear", "gYearMonth", "date")[date.count("-")]
    if XSD + kind not in field.datatypes:
        raise Unreadable(word("day_wanted", reader.lang).format(typed))
    return _literal(date, kind)


def _year(typed: str, _: Field, reader: Reader) -> ox.Literal:
    try:
        return _literal(read_year(typed, Ask(reader.lang)), "gYear")
    except Unread:
        raise Unreadable(word("year_unreadable", reader.lang).format(typed)) from None


def _number(typed: str, field: Field, reader: Reader) -> ox.Literal:
    """Return a number; it is asked where English, French and Spanish read it in two ways."""
    try:
        number = read_number(typed, Ask(reader.lang))
    except Ambiguous as error:
        many, few = error.readings
        asked = word("number_doubtful", reader.lang).format(typed, many, f"{few}0")
        raise Unreadable(asked) from None
    except Unread:
        raise Unreadable(word("number_unreadable", reader.lang).format(typed)) from None
    if not is_countable(number):
        raise Unreadable(word("number_too_long", reader.lang).format(typed))
    if number == number.to_integral_value() and "." not in f"{number:f}":
        kind = "integer" if XSD + "integer" in field.datatypes else "decimal"
    elif XSD + "decimal" in field.datatypes:
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
    labelled = [name for name, label in field.choices if folded(label) == folded(typed)]
    node = _node(labelled[0] if len(labelled) == 1 else typed, reader.ids)
    is_offered = node and reader.ids.short(node.value) in dict(field.choices)
    if node and (is_offered or reader.knows(node.value)):
        return node
    if elsewhere := reader.hint(typed, field):
        raise Unreadable(elsewhere)
    names = [name for choice in field.choices for name in choice]
    hint = nearest(typed, names, reader.lang) or _possible(field, reader.lang)
    raise Unreadable(word("id_unknown", reader.lang).format(typed) + hint)


def _possible(field: Field, lang: str) -> str:
    """Return " Possible values: ..." where they are few, or nothing."""
    if not 0 < len(field.choices) <= _FEW:
        return ""
    return word("choices_few", lang).format(", ".join(label for _, label in field.choices))


def _node(name: str, ids: Ids) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(ids.iri(name))
    except ValueError:
        return None


def nearest(typed: str, names: Iterable[str], lang: str) -> str:
    """Return " Did you mean ...?" with the nearest name, or nothing."""
    close = near(typed, list(names), most=1)
    return in_language(close, lang) if isinstance(close, Text) else ""


def _citation(typed: str, _: Field, reader: Reader) -> ox.NamedNode:
    """Return a range of lines of a source (RFC 5147); "SOURCE 278-283" says it in lines."""
    if lines := _LINES.fullmatch(typed):
        first = int(lines[2])
        typed = f"{lines[1]}#line={first - 1},{lines[3] or first}"
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
