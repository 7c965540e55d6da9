"""The interface between evaluations and a plan: rows and labels, however the plan is stored.

`Plan` is an `Answers`. An evaluation (agreement, gaps, progress ...) takes one, so that its module
stands before the plan's, and its sums are plain functions of rows.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from metrograph.messages import word
from metrograph.tables.table import Cell, Column, Entity
from metrograph.text import Tagged, separated


class Id(str):
    """An id of a record of the graph, which has a label; other texts have none."""


Value = Id | str | int | Decimal | bool | None
Row = Mapping[str, Value]


class Answers(Protocol):
    """A plan that answers the questions of the library."""

    @property
    def lang(self) -> str:
        """The language of labels and headings."""
        ...

    def rows(self, name: str, **parameters: str | int) -> list[Row]:
        """Return the answer of a question: a dict per row, records by their ids, no labels."""
        ...

    def label(self, name: str) -> str:
        """Return the label of an id."""
        ...

    def iri_of(self, name: str) -> str:
        """Return the IRI of an id."""
        ...

    def known(self, name: str) -> str:
        """Return the id of a record that the graph holds, or raise `QueryError`."""
        ...


def out_of_scope(answers: Answers) -> frozenset[tuple[str, str]]:
    """Return the pairs (challenge, theme) that a decision puts out of scope."""
    return frozenset(
        (text(row["challenge"]), text(row["theme"]))
        for row in answers.rows("intersections-out-of-scope")
    )


def text(value: Value) -> str:
    """Return an id or a text, or the empty text where there is none."""
    if isinstance(value, Tagged):
        return value
    return "" if value is None else str(value)


def shown(answers: Answers, value: Value) -> str:
    """Return a value as a person reads it: the label of an id, else its text."""
    return answers.label(value) if isinstance(value, Id) else text(value)


def entity(answers: Answers, name: Value) -> Cell:
    """Return an id as a cell with its label; nothing for none."""
    return None if name is None else Entity(str(name), answers.label(str(name)))


def entities(answers: Answers, names: "set[str] | list[str] | tuple[str, ...]") -> str | None:
    """Return several ids as one cell: their labels, in order; nothing for none."""
    ordered = sorted(names) if isinstance(names, set) else names
    return separated(", ", [Entity(name, answers.label(name)).text for name in ordered]) or None


def columns(lang: str, *names: str, things: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return columns with their headings in a language; `things` are those that hold entities."""
    return tuple(Column(name, word(name, lang), name in things) for name in names)
