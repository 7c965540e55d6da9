"""Asks a store a question, and returns rows of ids and values or a table with labels."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox

from metrograph.late import late
from metrograph.messages import word
from metrograph.query import library, sparql
from metrograph.query.answers import Id, Row, Value
from metrograph.query.library import Query
from metrograph.query.limits import UNLIMITED, Limits
from metrograph.query.lookup import check_kinds, label
from metrograph.query.sparql import Rows
from metrograph.store.cache import Built
from metrograph.tables.table import Cell, Column, Entity, Table
from metrograph.text import tagged
from metrograph.vocabulary import XSD

if TYPE_CHECKING:
    from metrograph.store import datatypes
else:  # an answer with numbers needs it
    datatypes = late("metrograph.store.datatypes")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | None


def rows(built: Built, query: Query, parameters: Mapping[str, str | int], lang: str) -> list[Row]:
    """Return the answer of a query: a dict per row, records by their ids, no labels.

    `parameters` are as a person types them. Raises `QueryError` for a wrong one.
    """
    answer, shown = _run(built, query, parameters, lang, UNLIMITED)
    ids: dict[str, Id] = {}  # most ids come again and again

    def plain(term: Term) -> Value:
        if isinstance(term, ox.Literal):
            return value_of(term)
        if term is None:
            return None
        iri = term.value
        if iri not in ids:
            ids[iri] = Id(built.ids.short(iri))
        return ids[iri]

    columns = [(at, answer.names[at]) for at in shown]
    return [{name: plain(row[at]) for at, name in columns} for row in answer.rows]


def table(
    built: Built, query: Query, parameters: Mapping[str, str | int], lang: str, limits: Limits
) -> Table:
    """Return the answer of a query, with parameters as a person types them, as a table."""
    answer, shown = _run(built, query, parameters, lang, limits)
    rows = tuple(tuple(cell(built, row[at], lang) for at in shown) for row in answer.rows)
    title = query.title.get(lang) or query.title.get("en") or word("answer", lang)
    return tabled(title, [answer.names[at] for at in shown], rows, lang)


def tabled(
    title: str, names: Sequence[str], rows: tuple[tuple[Cell, ...], ...], lang: str
) -> Table:
    """Return cells as a table, its columns under the headings that the library has for them."""
    heading = library.headings()
    columns = tuple(
        Column(
            name,
            heading.get(name, {}).get(lang, name),
            any(isinstance(row[at], Entity) for row in rows),
        )
        for at, name in enumerate(names)
    )
    return Table(title, columns, rows, lang=lang, empty=word("nothing", lang))


def _run(
    built: Built, query: Query, parameters: Mapping[str, str | int], lang: str, limits: Limits
) -> tuple[Rows, list[int]]:
    """Return the rows of a query, and which of its columns are no parameters."""
    terms = check(built, query, parameters, lang)
    every = {parameter.name: terms.get(parameter.name) for parameter in query.parameters}
    answer = sparql.run(built.engine, query.text, every, query.name, limits)
    return answer, [at for at, name in enumerate(answer.names) if name not in every]


def check(
    built: Built, query: Query, parameters: Mapping[str, str | int], lang: str
) -> dict[str, ox.NamedNode | ox.Literal]:
    """Return the terms of parameters as a person types them; raise `QueryError` for a wrong one."""
    typed = {name: str(value) for name, value in parameters.items()}
    if any(parameter.name == "language" for parameter in query.parameters):
        typed = {"language": lang, **typed}
    terms = library.bind(query, typed, built.ids)
    check_kinds(built, query, terms, lang)
    return terms


def cell(built: Built, term: Term, lang: str) -> Cell:
    """Return a term as a cell of a table: an entity with its label, or a plain value."""
    if isinstance(term, ox.NamedNode):
        return Entity(built.ids.short(term.value), label(built, term.value, lang))
    if isinstance(term, ox.Literal):
        return value_of(term)
    return None if term is None else str(term)


def value_of(literal: ox.Literal) -> str | int | Decimal | bool:
    """Return a literal as a Python value: int, Decimal, bool, or its text, with its language.

    What is no value of its datatype, or none to count with, is a text.

    >>> value_of(ox.Literal("35.1", datatype=ox.NamedNode(XSD + "decimal")))
    Decimal('35.1')
    """
    number = datatypes.number_of(literal.value, literal.datatype.value)
    if number is not None:
        return number
    if literal.datatype.value == XSD + "boolean" and literal.value in ("true", "1", "false", "0"):
        return literal.value in ("true", "1")
    return tagged(literal.value, literal.language)
