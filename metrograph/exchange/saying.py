"""The cells of a table in, what they say of the elements of a plan out, each once.

What a cell says goes where its column's role says; what has no place there stays as a note of its
element, with the heading before it.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

import pyoxigraph as ox

from metrograph.exchange.cells import Manner, days_of, line_of, text_of
from metrograph.exchange.figures import Measures
from metrograph.exchange.mappings import Column, Mapping
from metrograph.exchange.markup import plain_of
from metrograph.exchange.naming import element_keys
from metrograph.exchange.settings import Setting, Term
from metrograph.exchange.sheets import Row
from metrograph.exchange.trees import Element, Tree
from metrograph.folding import as_key, folded
from metrograph.terms import MG, Dcterms

_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_SEPARATORS = re.compile(r"\s*[;\n]\s*|\s+/\s+")


@dataclass
class Lists:
    """Statuses, stakeholders and places by their folded names: name, first row, elements."""

    names: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    elements: dict[tuple[str, str], dict[ox.NamedNode, None]] = field(default_factory=dict)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)

    def node(self, setting: Setting, kind: str, name: str, row: Row) -> ox.NamedNode:
        """Return the record of a name within a kind, noted when it comes first."""
        known = (kind, folded(name))
        if known not in self.names:
            taken = {key for (other, _), key in self.keys.items() if other == kind}
            self.names[known], self.rows[known] = name, row.number
            key = as_key(name)[:60].strip("-") or str(len(taken) + 1)
            while key in taken:
                key += "-2"
            self.keys[known] = key
        return setting.node(kind, self.keys[known])


@dataclass
class Facts:
    """What is said of one element, value by value."""

    description: list[str] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    start: str = ""
    end: str = ""
    terms: dict[str, dict[Term, None]] = field(default_factory=dict)

    def add(self, predicate: str, term: Term) -> None:
        """Add a value, once."""
        self.terms.setdefault(predicate, {})[term] = None


class Notebook:
    """What is said of the elements of one plan, and which cells were noted, read or not read."""

    def __init__(self, tree: Tree, mapping: Mapping, setting: Setting) -> None:
        self.tree, self.mapping, self.setting = tree, mapping, setting
        self.lists = Lists()
        self.noted: Counter[Column] = Counter()
        self.unread: dict[Column, list[str]] = {}
        self.days: dict[Column, list[tuple[str, str, str]]] = {}
        self.facts: dict[Element, Facts] = {one: Facts() for one in tree.elements}
        self.keys = element_keys(tree, mapping)

    def node(self, one: Element) -> ox.NamedNode:
        """Return the term of an element."""
        return self.setting.node(*self.keys[one])


def said(
    tree: Tree,
    mapping: Mapping,
    manners: dict[int, Manner],
    measures: Measures,
    setting: Setting,
) -> Notebook:
    """Return what all cells of a table say, but for figures, which `measures` has."""
    book = Notebook(tree, mapping, setting)
    for one in tree.elements:
        for row in one.rows:
            for column in mapping.columns:
                if row.at(column.index) is not None:
                    _say(book, one.at(column.depth), row, column, manners)
    for element, row, column in measures.unread:
        _unread(book, element, row, column)
    return book


def _say(
    book: Notebook, element: Element, row: Row, column: Column, manners: dict[int, Manner]
) -> None:
    """Put what a cell says where its column's role says."""
    value, facts = row.at(column.index), book.facts[element]
    text = plain_of(text_of(value))
    if column.role == "description":
        facts.description += [text] if text and text not in facts.description else []
    elif column.role in ("start", "end", "date"):
        _date(book, element, row, column, manners)
    elif column.role in ("status", "owner", "location"):
        _listed(book, element, row, column, text)
    elif column.role == "url" and _URL.fullmatch(text):
        facts.add(Dcterms.source, ox.NamedNode(text))
    elif column.role == "id":
        facts.add(Dcterms.identifier, ox.Literal(text))
    elif column.role in ("note", "url") or _is_aside(book.tree, element, row, column, text):
        _note(book, element, column, text)


def _is_aside(tree: Tree, element: Element, row: Row, column: Column, text: str) -> bool:
    """Tell whether the word of a level, or a number, is not that of its element."""
    if column.role == "kind":
        return folded(text) != folded(tree.level_names.get(element.depth, ""))
    if column.role == "number" and column.depth == 0:
        return element.number not in text or not element.number
    return column.role == "unit" and not any(True for _ in row.cells)


def _note(book: Notebook, element: Element, column: Column, text: str) -> None:
    facts = book.facts[element]
    facts.notes[f"{column.heading}: {text}"] = None
    book.noted[column] += 1


def _unread(book: Notebook, element: Element, row: Row, column: Column) -> None:
    """Keep a cell that is not what its column has as a note."""
    text = plain_of(text_of(row.at(column.index)))
    book.facts[element].notes[f"{column.heading}: {text}"] = None
    book.unread.setdefault(column, []).append(
        f"{book.setting.sheet.place(row.number, column.index)} {text}"
    )


def _date(
    book: Notebook, element: Element, row: Row, column: Column, manners: dict[int, Manner]
) -> None:
    """Say when an element begins and ends; a second day, or one in the wrong order, is a note."""
    value, facts = row.at(column.index), book.facts[element]
    found = days_of(value, manners.get(column.index, Manner()))
    start = found[0] if found and column.role != "end" else ""
    end = found[1] if found and column.role != "start" else ""
    fits = (not start or facts.start in ("", start)) and (not end or facts.end in ("", end))
    first, last = start or facts.start, end or facts.end
    shared = min(len(first), len(last))
    if found is None or not fits or last[:shared] < first[:shared]:
        _unread(book, element, row, column)
        return
    facts.start, facts.end = first, last
    shown = start if start == end or not end else end if not start else f"{start} - {end}"
    if text_of(value) != shown:
        place = book.setting.sheet.place(row.number, column.index)
        book.days.setdefault(column, []).append((place, line_of(value), shown))


def _listed(book: Notebook, element: Element, row: Row, column: Column, text: str) -> None:
    """Say a status, or each owner or place that a cell names."""
    kind = {"status": "status", "location": "place"}.get(column.role, "stakeholder")
    predicate = {"status": MG.status, "place": MG.place}.get(kind)
    names = [text] if kind == "status" else _SEPARATORS.split(text)
    for name in (" ".join(one.split()) for one in names):
        if not name:
            continue
        within = f"stakeholder/{as_key(column.heading) or 'owner'}" if not predicate else kind
        node = book.lists.node(book.setting, within, name, row)
        if predicate:
            book.facts[element].add(predicate, node)
        else:
            elements = book.lists.elements.setdefault((within, folded(name)), {})
            elements[book.node(element)] = None
