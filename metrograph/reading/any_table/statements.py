"""Reads what the cells of a table state about a plan's elements, each statement once.

What a cell says goes where its column's role says; what has no place there stays as a note of its
element, with the heading before it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from metrograph.reading.any_table import heading_words, numbering
from metrograph.reading.any_table.columns import filled_of
from metrograph.reading.any_table.context import Setting
from metrograph.reading.any_table.facts import Facts, Lists
from metrograph.reading.any_table.hierarchy import element_keys
from metrograph.reading.any_table.indicators import Measures
from metrograph.reading.any_table.languages import name_languages, tag_of
from metrograph.reading.any_table.mapping import FIGURES, Column
from metrograph.reading.any_table.mapping import Mapping as Roles
from metrograph.reading.any_table.nesting import Element, Tree
from metrograph.reading.dates import days_of
from metrograph.reading.markup import is_markup, plain_of
from metrograph.reading.numbers import line_of, text_of
from metrograph.reading.parts_of_years import is_open
from metrograph.reading.policy import PLAIN, Habit
from metrograph.reading.sheets import Row
from metrograph.text import as_key, folded
from metrograph.vocabulary import MG, Dcterms, Skos

_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_SEPARATORS = re.compile(r"[;\n]|(?<=\s)/(?=\s)")
_PLAIN = re.compile(r"-?\d+(?:\.\d{1,2})? ?%?")  # figures that are read as they stand
_BLANK = ("-", "–", "—", "n/a", "n.a.")  # what some write for no status
_KINDS = {"status": MG.status, "place": MG.place}


@dataclass
class Notebook:
    """The statements about the elements of one plan, and which cells were noted, read or not read.

    `read` has places with what stands there and what became of it, by column and by the key (in
    `wording`) of how it was read; `unread` places with what stands there.
    """

    tree: Tree
    roles: Roles
    setting: Setting
    habits: Mapping[int, Habit]
    keys: Mapping[Element, tuple[str, str]]
    facts: dict[Element, Facts]
    lists: Lists = field(default_factory=Lists)
    has: dict[tuple[int, tuple[str, ...]], bool] = field(default_factory=dict)
    noted: dict[Column, int] = field(default_factory=dict)
    unread: dict[Column, list[str]] = field(default_factory=dict)
    read: dict[tuple[Column, str], list[tuple[str, str, str]]] = field(default_factory=dict)
    langs: Mapping[int, str] = field(default_factory=dict)

    @property
    def rows(self) -> Iterator[Row]:
        """Yield the rows of all elements."""
        return (row for element in self.tree.elements for row in element.rows)

    def node(self, element: Element) -> ox.NamedNode:
        """Return the term of an element."""
        return self.setting.node(*self.keys[element])

    def lang_at(self, depth: int) -> str:
        """Return the language of the names at a depth: that of their heading, or the plan's."""
        return self.langs.get(depth, self.setting.lang)


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty: its column and row, its text, and the element that it is about."""

    column: Column
    row: Row
    text: str
    element: Element


def read_statements(
    tree: Tree, roles: Roles, habits: Mapping[int, Habit], measures: Measures, setting: Setting
) -> Notebook:
    """Return what all cells of a table say, but for figures, which `measures` has."""
    facts = {element: Facts() for element in tree.elements}
    keys = element_keys(tree, roles)
    book = Notebook(tree, roles, setting, habits, keys, facts, langs=name_languages(roles))
    for element in tree.elements:
        for row in element.rows:
            for column in roles.columns:
                if row.at(column.index) is not None:
                    _say(book, _cell(book, element.at(column.depth), row, column))
    for element, row, column in measures.unread:
        _unread(book, _cell(book, element, row, column))
    for measure in measures.known.values():
        for value in measure.values:
            cell = _cell(book, value.element, value.row, value.column)
            if not _PLAIN.fullmatch(cell.text):
                shown = f"{value.number.normalize():f} {measure.unit}".strip()
                _read(book, cell, "figures_read", shown)
    return book


def _cell(book: Notebook, element: Element, row: Row, column: Column) -> Cell:
    typed = text_of(row.at(column.index))
    cell = Cell(column, row, plain_of(typed), element)
    if is_markup(typed) and column.role != "level":
        _read(book, cell, "markup_read", line_of(typed)[:60])
    return cell


def _say(book: Notebook, cell: Cell) -> None:
    """Put what a cell says where its column's role says; the name of a section is said by it."""
    if book.roles.hierarchy == "sections" and cell.text == cell.element.label:
        return
    _WAYS.get(cell.column.role, _other)(book, cell)


def _describe(book: Notebook, cell: Cell) -> None:
    if cell.text:
        book.facts[cell.element].description[cell.text] = None


def _link(book: Notebook, cell: Cell) -> None:
    if address := _address(cell.text):
        book.facts[cell.element].add(Dcterms.source, address)
    else:
        _unread(book, cell)


def _address(text: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(text) if _URL.fullmatch(text) else None
    except ValueError:
        return None


def _identify(book: Notebook, cell: Cell) -> None:
    book.facts[cell.element].add(Dcterms.identifier, ox.Literal(cell.text))


def _other(book: Notebook, cell: Cell) -> None:
    """Keep what a name, number or unit says beyond what its element is called by."""
    role, element = cell.column.role, cell.element
    level = book.tree.level_names.get(element.depth, "")
    is_beyond: dict[str, Callable[[], bool]] = {
        "indicator_id": lambda: (
            not _has(book, cell.row, "indicator", "baseline", "target", "actual")
        ),
        "kind": lambda: folded(cell.text) != folded(level),
        "number": lambda: not _is_number_of(element, cell.text),
        "baseline_year": lambda: (
            heading_words.year_of(cell.text) is None
            or not _has(book, cell.row, *FIGURES, "indicator")
        ),
        "direction": lambda: (
            not heading_words.direction_of(cell.text) or not _has(book, cell.row, "indicator")
        ),
        "dimension": lambda: not _has(book, cell.row, *FIGURES, "indicator"),
        "unit": lambda: not _has(book, cell.row, *FIGURES, "indicator"),
        "level": lambda: (
            filled_of(cell.text) is None
            or (book.roles.hierarchy != "columns" and _is_other(book, cell))
        ),
        "year": lambda: (
            heading_words.year_of(cell.text) is None or not _has(book, cell.row, *FIGURES)
        ),
    }
    if role in is_beyond and is_beyond[role]():
        _note(book, cell)


def _is_other(book: Notebook, cell: Cell) -> bool:
    """Return whether a cell among the names is not the name of its own element."""
    is_title = cell.column == book.roles.levels[0] and len(book.roles.levels) == 1
    return not is_title and line_of(cell.text) != cell.element.label


def _has(book: Notebook, row: Row, *roles: str) -> bool:
    """Return whether a row has a cell in a column of one of these roles; it is looked for once."""
    known = (row.number, roles)
    if known not in book.has:
        book.has[known] = any(row.at(column.index) is not None for column in book.roles.of(*roles))
    return book.has[known]


def _is_number_of(element: Element, text: str) -> bool:
    """Return whether a text has the number of an element, and no more than its name."""
    if element.word and folded(text) == folded(element.word):
        return True
    numbered = numbering.read(text)
    rest = numbered.rest if numbered else ""
    return bool(element.number) and element.number in text and (not rest or rest == element.label)


def _note(book: Notebook, cell: Cell) -> None:
    book.facts[cell.element].notes[f"{cell.column.heading}: {cell.text}"] = None
    book.noted[cell.column] = book.noted.get(cell.column, 0) + 1


def _unread(book: Notebook, cell: Cell) -> None:
    """Keep a cell that is not what its column has as a note."""
    book.facts[cell.element].notes[f"{cell.column.heading}: {cell.text}"] = None
    place = book.setting.sheet.place(cell.row.number, cell.column.index)
    book.unread.setdefault(cell.column, []).append(f"{place} {cell.text}")


def _read(book: Notebook, cell: Cell, how: str, made: str) -> None:
    place = book.setting.sheet.place(cell.row.number, cell.column.index)
    shown = line_of(cell.row.at(cell.column.index))[:60]
    book.read.setdefault((cell.column, how), []).append((place, shown, made))


def _date(book: Notebook, cell: Cell) -> None:
    """Say when an element begins and ends; a second day, or one in the wrong order, is a note."""
    role, facts = cell.column.role, book.facts[cell.element]
    habit = book.habits.get(cell.column.index, PLAIN)
    if role == "end" and is_open(folded(cell.text)):
        _read(book, cell, "open_read", "")
        facts.notes[f"{cell.column.heading}: {cell.text}"] = None
        return
    days = days_of(cell.row.at(cell.column.index), habit)
    start = days[0] if days and role != "end" else ""
    end = days[1] if days and role != "start" else ""
    fits = (not start or facts.start in ("", start)) and (not end or facts.end in ("", end))
    first, last = start or facts.start, end or facts.end
    shared = min(len(first), len(last))
    if days is None or not fits or last[:shared] < first[:shared]:
        _unread(book, cell)
        return
    facts.start, facts.end = first, last
    shown = " - ".join(dict.fromkeys(day for day in (start, end) if day))
    if cell.text != shown:
        _read(book, cell, "days_read", shown)


def _listed(book: Notebook, cell: Cell) -> None:
    """Say a status, or each place or stakeholder that a cell names."""
    column, facts = cell.column, book.facts[cell.element]
    kind = {"status": "status", "location": "place"}.get(column.role, stakeholder_kind(column))
    if kind == "status" and folded(cell.text) in _BLANK:
        return
    names = [cell.text] if kind == "status" else _SEPARATORS.split(cell.text)
    for name in filter(None, (" ".join(text.split()) for text in names)):
        key = book.lists.add(kind, name, cell.row, cell.element)
        if kind in _KINDS:
            facts.add(_KINDS[kind], book.setting.node(kind, key))


def stakeholder_kind(column: Column) -> str:
    """Return what the ids of a column's stakeholders begin with.

    >>> stakeholder_kind(Column(4, "Lead officer", "owner"))
    'stakeholder/lead-officer'
    """
    return f"stakeholder/{as_key(column.heading) or 'owner'}"


def _name(book: Notebook, cell: Cell) -> None:
    """Add a name in the language that the heading names; a second one is another name."""
    tagged = tag_of(cell.column.heading)
    lang = tagged[1] if tagged else book.setting.lang
    facts, text = book.facts[cell.element], line_of(cell.text)
    if lang == book.lang_at(cell.element.depth) or facts.names.setdefault(lang, text) != text:
        facts.add(Skos.altLabel, ox.Literal(text, language=lang))


_WAYS: Mapping[str, Callable[[Notebook, Cell], None]] = {
    "description": _describe,
    "start": _date,
    "end": _date,
    "date": _date,
    "status": _listed,
    "owner": _listed,
    "location": _listed,
    "url": _link,
    "id": _identify,
    "note": _note,
    "label": _name,
}
