"""Writes an Excel workbook to fill in: a sheet for each kind of record, from its form.

Headings, help and pick-lists are in the plan's language. A hidden sheet keeps the id and version of
each record that the workbook holds, by which an import tells what was changed on either side.
"""

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

import pyoxigraph as ox

from metrograph.editing.choices import natural
from metrograph.editing.forms import Field, Form, asserted
from metrograph.editing.values import language_of
from metrograph.errors import UsageError
from metrograph.exchange.workbook.changes import version
from metrograph.exchange.workbook.rows import forms, language, title
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.reading.sheets import Row, Sheet
from metrograph.tables.cell import FORMULA_STARTS
from metrograph.tables.xlsx import LONGEST_CELL
from metrograph.vocabulary import RDF

SHEETS = ("Activity", "Coding", "AlignmentClaim", "Observation", "Member")
STATE = "_metrograph"  # the hidden sheet with what the workbook was made from
LISTS = "_lists"  # the hidden sheet with what there is to pick from
JOIN = "\n"  # between several values of a cell
_EMPTY_ROWS = 500  # below the last record, with pick-lists, for new ones
_LONGEST_HELP = 255  # signs that Excel shows of it
_WIDTHS = {"long": 50, "text": 30, "id": 34, "citation": 34}
_ID_WIDTH = 28
_WIDTH = 14  # of dates, numbers, years
_GUIDE_WIDTH = 100
_A4 = 9  # as Excel numbers papers
_PRINTED = 45  # % of the size on screen: still read, and several columns fit beside the name
_LINE = 15  # points, as Excel's default font has them
_MOST_LINES = 8  # that are seen of a cell: a long description must not fill the screen


@dataclass(frozen=True)
class State:
    """What a workbook was made from: the base of the plan, and versions of the records in it.

    `picks` are the ids of what its pick-lists offer, by label: a label may be another by now.
    """

    base: str
    versions: Mapping[str, str]
    picks: Mapping[str, str]


def template(plan: Plan, day: date, empty: bool = False) -> bytes:
    """Return the workbook; an `empty` one holds no records.

    Texts are written as texts, never as formulas or links.
    """
    import xlsxwriter  # noqa: PLC0415  only this needs it

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime.combine(day, time())})
    looks = _looks(book)
    lists = _Lists()
    versions: dict[str, str] = {}
    _guide(book.add_worksheet(word("template_guide", plan.lang)), plan, looks)
    for kind in SHEETS:
        form = forms(plan)[kind]
        held = {} if empty else _records(plan, form)
        versions |= {name: version(record, form) for name, record in held.items()}
        _sheet(book.add_worksheet(title(kind, plan.lang)), plan, form, held, lists, looks)
    lists.write(book.add_worksheet(LISTS))
    _state(book.add_worksheet(STATE), plan, versions)
    book.worksheets()[1].activate()
    book.close()
    return out.getvalue()


def state(sheets: Iterable[Sheet]) -> State | None:
    """Return what a workbook was made from, or nothing if `template` did not make it."""
    named = {sheet.name: sheet.rows for sheet in sheets}
    rows = named.get(STATE, ())
    if not rows:
        return None
    versions = {str(row.at(0)): str(row.at(1)) for row in rows[1:] if row.at(0) and row.at(1)}
    return State(str(rows[0].at(1) or ""), versions, _offered(named.get(LISTS, ())))


def _offered(rows: Iterable[Row]) -> dict[str, str]:
    """Return the ids of the pick-lists by label: a column of labels, then one of ids, and so on."""
    ids: dict[str, str] = {}
    for row in rows:
        for label, name in zip(row.cells[::2], row.cells[1::2], strict=False):
            if label is not None and name is not None:
                ids.setdefault(str(label), str(name))
    return ids


def records_of(sheets: Iterable[Sheet], lang_titles: Iterable[str]) -> list[Sheet]:
    """Return the sheets with records: not the hidden ones, nor the guide."""
    guides = set(lang_titles)
    return [
        sheet for sheet in sheets if not sheet.name.startswith("_") and sheet.name not in guides
    ]


def _looks(book: Any) -> dict[str, Any]:
    top = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#d4d4d4"}
    head = {**top, "bold": True, "bg_color": "#e7e5e4", "bottom": 2, "bottom_color": "#57534e"}
    return {
        "head": book.add_format(head),
        "required": book.add_format({**head, "bg_color": "#fde68a"}),
        "body": book.add_format(top),
        "text": book.add_format({**top, "quote_prefix": True}),
        "as_text": book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _guide(sheet: Any, plan: Plan, looks: Mapping[str, Any]) -> None:
    """Write how the workbook is filled in, for who opens it first."""
    sheet.set_column(0, 0, _GUIDE_WIDTH)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, plan.label(plan.iri), looks["title"])
    for at, line in enumerate(word("template_help", plan.lang).split("\n"), start=2):
        sheet.write_string(at, 0, line, looks["wrap"])
        sheet.set_row(at, _height([(line, _GUIDE_WIDTH)]))


def _records(plan: Plan, form: Form) -> dict[str, set[ox.Triple]]:
    """Return what the files assert of each record of a kind, by id."""
    quads = plan.built.store.quads_for_pattern(
        None, ox.NamedNode(RDF.type), ox.NamedNode(form.type), ox.DefaultGraph()
    )
    iris = [quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)]
    held = {plan.ids.short(iri): asserted(plan.built.store, iri) for iri in iris}
    kind = {(RDF.type, form.type)}  # as written: what only follows to be one has a form of its own
    return {
        name: held[name]
        for name in sorted(held, key=natural)
        if kind
        & {(triple.predicate.value, str(triple.object).strip("<>")) for triple in held[name]}
    }


def columns(plan: Plan, form: Form) -> list[tuple[str, Field, str]]:
    """Return the heading, field and language of each column but the first, which is the id."""
    return [
        (_heading(plan, field, tag), field, tag)
        for field in form.fields
        for tag in (field.languages or ("",))
    ]


def _heading(plan: Plan, field: Field, tag: str) -> str:
    name = f"{field.label} ({language(tag, plan.lang)})" if tag else field.label
    return f"{name} *" if field.required else name


def _sheet(  # noqa: PLR0913, PLR0917  a sheet, what goes into it, and how it looks
    sheet: Any,
    plan: Plan,
    form: Form,
    held: Mapping[str, set[ox.Triple]],
    lists: "_Lists",
    looks: Mapping[str, Any],
) -> None:
    shown = columns(plan, form)
    widths = [_ID_WIDTH, *(_WIDTHS.get(field.kind, _WIDTH) for _, field, _ in shown)]
    sheet.write_string(0, 0, word("record", plan.lang), looks["head"])
    sheet.write_comment(0, 0, word("template_id", plan.lang), {"x_scale": 2})
    sheet.set_column(0, 0, _ID_WIDTH, looks["as_text"])
    last = len(held) + _EMPTY_ROWS
    for at, (heading, field, _) in enumerate(shown, start=1):
        sheet.write_string(0, at, heading, looks["required" if field.required else "head"])
        if field.help:
            sheet.write_comment(0, at, field.help, {"x_scale": 2.5, "y_scale": 1.5})
        sheet.set_column(at, at, widths[at], looks["as_text"])
        _validate(sheet, at, last, field, lists)
    headings = (heading for heading, _, _ in shown)
    sheet.set_row(0, _height(zip(headings, widths[1:], strict=True)))
    for number, (name, record) in enumerate(held.items(), start=1):
        texts = [name, *(_cell(plan, field, tag, record) for _, field, tag in shown)]
        for at, text in enumerate(texts):
            _write(sheet, number, at, text, looks)
        sheet.set_row(number, _height(zip(texts, widths, strict=True)))
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_print_scale(_PRINTED)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, 1)
    sheet.print_area(0, 0, len(held), len(shown))
    if held:
        sheet.autofilter(0, 0, len(held), len(shown))


def _height(cells: Iterable[tuple[str, int]]) -> int:
    """Return the height of a row in points, by its texts and the widths of their columns in signs.

    Excel finds it by itself, LibreOffice does not.

    >>> _height([("2023", 14), ("Care and health of people in cities", 30)])
    30
    """
    lines = [
        sum(max(1, -(-len(line) // width)) for line in text.split("\n")) for text, width in cells
    ]
    return _LINE * min(_MOST_LINES, max(lines, default=1))


def _validate(sheet: Any, at: int, last: int, field: Field, lists: "_Lists") -> None:
    """Offer a pick-list, where there is one; of several values, only one can be picked."""
    if not field.choices:
        return
    sheet.data_validation(
        1,
        at,
        last,
        at,
        {
            "validate": "list",
            "source": lists.source(field),
            "input_title": field.label[:32],
            "input_message": (field.help or field.label)[:_LONGEST_HELP],
            "show_error": not field.many,
        },
    )


def _cell(plan: Plan, field: Field, tag: str, record: Iterable[ox.Triple]) -> str:
    """Return the values of a field as one cell: labels where they can be picked, else as typed."""
    terms = [
        triple.object
        for triple in record
        if triple.predicate.value == field.path
        and isinstance(triple.object, ox.NamedNode | ox.Literal)
        and language_of(triple.object) == tag
    ]
    picks = labels(field.choices)
    texts = [
        picks.get(name, name)
        if isinstance(term, ox.NamedNode) and (name := plan.ids.short(term.value))
        else term.value
        for term in terms
    ]
    return JOIN.join(sorted(texts, key=natural))


@cache
def labels(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return what is picked for each id: its label, with the id behind it where two are alike."""
    counts = Counter(label.casefold() for _, label in choices)
    return {
        name: label if counts[label.casefold()] == 1 else f"{label} ({name})"
        for name, label in choices
    }


def _write(sheet: Any, row: int, column: int, text: str, looks: Mapping[str, Any]) -> None:
    """Write a text as a text: what begins like a formula keeps Excel's own mark for text."""
    if len(text) > LONGEST_CELL:
        raise UsageError(
            "A text of {number} characters is too long for an Excel cell: “{text}…”. "
            "Shorten it in the plan, or make an empty workbook with --empty.",
            number=len(text),
            text=text[:60],
        )
    if not text:
        sheet.write_blank(row, column, None, looks["body"])  # with its border
        return
    look = "text" if text.startswith(FORMULA_STARTS) else "body"
    sheet.write_string(row, column, text, looks[look])


class _Lists:
    """The hidden sheet with the pick-lists, a column each, and where each stands."""

    def __init__(self) -> None:
        self._lists: dict[tuple[tuple[str, str], ...], tuple[int, Sequence[str]]] = {}

    def source(self, field: Field) -> str:
        """Return the range of a field's choices, as a formula."""
        if field.choices not in self._lists:
            self._lists[field.choices] = (len(self._lists), tuple(labels(field.choices).values()))
        place, texts = self._lists[field.choices]
        at = 2 * place
        from xlsxwriter.utility import xl_range_abs  # noqa: PLC0415  with the workbook only

        return f"={LISTS}!{xl_range_abs(0, at, max(0, len(texts) - 1), at)}"

    def write(self, sheet: Any) -> None:
        """Write the lists, each beside its ids, and hide the sheet."""
        for choices, (place, texts) in self._lists.items():
            for row, (text, (name, _)) in enumerate(zip(texts, choices, strict=True)):
                sheet.write_string(row, 2 * place, text)
                sheet.write_string(row, 2 * place + 1, name)
        sheet.hide()


def _state(sheet: Any, plan: Plan, versions: Mapping[str, str]) -> None:
    sheet.write_string(0, 0, "base")
    sheet.write_string(0, 1, plan.ids.base)
    for at, (name, hash_) in enumerate(versions.items(), start=1):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, hash_)
    sheet.very_hidden()
