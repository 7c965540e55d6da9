"""Writes an Excel workbook to fill in: a sheet for each kind of record, from its form.

Headings, help and pick-lists are in the plan's language.
"""

import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from metrograph.editing.choices import natural
from metrograph.editing.forms import Field, Form
from metrograph.editing.values import language_of
from metrograph.errors import UsageError
from metrograph.exchange.asserted import iri_of
from metrograph.exchange.workbook.changes import version
from metrograph.exchange.workbook.forms import KINDS, form_of, title
from metrograph.exchange.workbook.headings import language
from metrograph.exchange.workbook.state import LISTS, STATE, Lists, labels, write_state
from metrograph.late import late
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.store.working import asserted
from metrograph.tables.cell import FORMULA_STARTS
from metrograph.tables.xlsx import LONGEST_CELL
from metrograph.vocabulary import RDF

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = late("xlsxwriter")

FIRST = ("Activity", "Coding", "AlignmentClaim", "Observation", "Member")
ALWAYS = {*FIRST, "Indicator", "Organization", "Place", "Coder", "VisionTheme", "Challenge"}
ALWAYS |= {"WorkArea", "Level", "PlanElement"}  # the other kinds have a sheet if the plan has some
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


def template(plan: Plan, day: date, empty: bool = False) -> bytes:
    """Return the workbook; an `empty` one holds no records.

    Texts are written as texts, never as formulas or links.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime.combine(day, time())})
    looks = _looks(book)
    lists = Lists()
    versions: dict[str, str] = {}
    _guide(book.add_worksheet(word("template_guide", plan.lang)), plan, looks)
    for kind in (*FIRST, *(kind for kind in KINDS if kind not in FIRST)):
        form = form_of(plan, kind)
        records = _records(plan, form)
        if kind not in ALWAYS and not records:
            continue
        held = {} if empty else records
        versions |= {name: version(record, form) for name, record in held.items()}
        _sheet(book.add_worksheet(title(kind, plan.lang)), plan, form, held, lists, looks)
    lists.write(book.add_worksheet(LISTS))
    write_state(book.add_worksheet(STATE), plan, versions)
    book.worksheets()[1].activate()
    book.close()
    return out.getvalue()


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
    triples = plan.built.engine.triples(None, ox.NamedNode(RDF.type), ox.NamedNode(form.type))
    iris = [quad.subject.value for quad in triples if isinstance(quad.subject, ox.NamedNode)]
    held = {plan.ids.short(iri): asserted(plan.built.engine, iri) for iri in iris}
    kind = {(RDF.type, form.type)}  # as written: what only follows to be one has a form of its own
    return {
        name: held[name]
        for name in sorted(held, key=natural)
        if kind & {(triple.predicate.value, iri_of(triple.object)) for triple in held[name]}
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
    lists: "Lists",
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


def _validate(sheet: Any, at: int, last: int, field: Field, lists: "Lists") -> None:
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
