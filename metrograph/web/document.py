"""The pages of documents: which there are, and a document with what cites each of its lines."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from metrograph.documents.citing import Use, cited, share, uses
from metrograph.documents.edition import BLANK, Line
from metrograph.documents.passages import Held, shortened
from metrograph.errors import QueryError
from metrograph.ids import citation_id
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query.answers import text
from metrograph.text import whole_number
from metrograph.web.access import kept_out
from metrograph.web.labels import things
from metrograph.web.pages import address, asked, lang_of, page, plan_of, site_of, state_of
from metrograph.web.shelves import LINES, seen_of
from metrograph.web.site import State

_PARTS = 60  # of the strip
_NOTES = 5  # records beside a line, until the rest is unfolded
_SHADES = 4
_TYPES = {"mg:AlignmentClaim": "claim", "mg:Coding": "claim", "mg:Decision": "claim",
          "mg:Observation": "figure"}  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A source on the list of documents; without lines, its text is not at hand.

    `id` is that of the source, or the SHA-256 of the text of a document that is linked to none;
    `share` is which share of its lines some record cites, in per cent.
    """

    id: str
    title: str
    lines: int | None
    pages: int | None
    share: int | None
    is_private: bool
    is_source: bool = True


@dataclass(frozen=True)
class Note:
    """A record that cites a line: its id, what it is called, and its kind in words."""

    id: str
    label: str
    kind: str
    type: str
    first: int
    last: int


@dataclass(frozen=True)
class Row:
    """A line on the page of a document: its number, and the records whose citations begin there."""

    number: int
    line: Line
    text: str
    is_cited: bool
    notes: Sequence[Note]
    more: Sequence[Note]
    new_page: int | None


@dataclass(frozen=True)
class Part:
    """A part of the strip: its lines, the share of them that is cited in per cent, its shade."""

    first: int
    last: int
    share: int
    shade: int


def listed(request: Request) -> Response:
    """Return the list of the documents that a plan cites, also of those that are not at hand."""
    state, lang = state_of(request), lang_of(request)
    plan, seen = state.plan(lang), seen_of(request, state)
    shelf = seen.shelf()
    rows = []
    for name in sorted(shelf.recorded, key=plan.label):
        if held := seen.held(name):
            rows.append(_listed(name, plan.label(name), held, _uses(state, name)))
        else:
            rows.append(Listed(name, plan.label(name), None, None, None, False))
    for document in shelf.documents:
        if document.source is None and (held := seen.held(document.sha256)):
            rows.append(_listed(document.sha256, document.name, held, None))
    return page(request, "documents.html", rows=rows)


def _listed(name: str, title: str, held: Held, of: Sequence[Use] | None) -> Listed:
    lines = held.edition.lines
    part = None if of is None else share(lines, cited(of, len(lines)))
    return Listed(
        name,
        title,
        len(lines),
        held.edition.pages,
        None if part is None else round(100 * part),
        held.document.is_private,
        of is not None,
    )


def show(request: Request) -> Response:
    """Return the text of a document, with what cites each line."""
    state, lang = state_of(request), lang_of(request)
    plan, seen, name = state.plan(lang), seen_of(request, state), request.path_params["name"]
    held, is_source = seen.held(name), name in seen.shelf().recorded
    if held is None:
        if not is_source:
            raise HTTPException(404, word("nothing_called", lang).format(name))
        return page(request, "document.html", name=name, title=plan.label(name), held=None)
    total = len(held.edition.lines)
    every = _uses(state, name) if is_source else ()
    numbers = cited(every, total)
    number = _page_number(request, total)
    first = (number - 1) * LINES + 1
    last = min(total, first + LINES - 1)
    part = share(held.edition.lines, numbers)
    uncited = "uncited" in request.query_params
    notes = _notes(state, plan, every, first, last)
    rows = [
        row
        for row in _rows(held, numbers, notes, first, last)
        if not uncited or (not row.is_cited and row.line.kind != BLANK)
    ]
    return page(
        request,
        "document.html",
        name=name,
        title=plan.label(name) if is_source else held.document.name,
        is_source=is_source,
        held=held,
        lines=rows,
        total=total,
        share=None if part is None else round(100 * part),
        strip=_strip(held.edition.lines, numbers),
        number=number,
        pages=-(-total // LINES) or 1,
        uncited=uncited,
        may_edit=site_of(request).edits,
    )


def cite(request: Request) -> Response:
    """Lead from lines of a document to the form of a record that cites them.

    Raises `QueryError` where the lines are none of the document's.
    """
    if refused := kept_out(request):
        return refused
    fields = asked(request, "source", "first", "last", "kind")
    source = plan_of(request).known(fields.get("source", ""))
    held = seen_of(request, state_of(request)).held(source)
    first, last = fields.get("first", ""), fields.get("last") or fields.get("first", "")
    total = len(held.edition.lines) if held else 0
    numbers = [whole_number(first) or 0, whole_number(last) or 0]
    if not 1 <= numbers[0] <= numbers[1] <= total:
        raise QueryError(
            "“{first}” to “{last}” are not lines of this document, which has {total}. Give the "
            "number of the first line and of the last one.",
            first=first,
            last=last,
            total=total,
        )
    kind = fields.get("kind", "Activity")
    citation = citation_id(source, *numbers)
    target = address(lang_of(request), "/edit/record", kind=kind, citation=citation)
    return RedirectResponse(target, 303)


def _uses(state: State, source: str) -> tuple[Use, ...]:
    return state.known(("uses", source), lambda: uses(state.plan(), source))


def _page_number(request: Request, total: int) -> int:
    wanted = asked(request, "page").get("page", "1")
    last = -(-total // LINES) or 1
    return min(max(1, int(wanted[:9])), last) if wanted.isascii() and wanted.isdecimal() else 1


def _rows(
    held: Held, numbers: frozenset[int], notes: Mapping[int, Sequence[Note]], first: int, last: int
) -> list[Row]:
    lines = held.edition.lines
    rows = []
    for number in range(first, last + 1):
        line, beside = lines[number - 1], notes.get(number, ())
        before = lines[number - 2].page if number > 1 else None
        rows.append(
            Row(
                number,
                line,
                shortened(line.text),
                number in numbers,
                beside[:_NOTES],
                beside[_NOTES:],
                line.page if line.page and (line.page != before or number == first) else None,
            )
        )
    return rows


def _strip(lines: Sequence[Line], numbers: frozenset[int]) -> list[Part]:
    """Return the parts of the strip: as many lines each, with the share of them that is cited."""
    step = max(1, -(-len(lines) // _PARTS))
    parts = []
    for start in range(0, len(lines), step):
        held = lines[start : start + step]
        part = share(held, frozenset(number - start for number in numbers))
        per_cent = round(100 * (part or 0))
        shade = -(-per_cent * _SHADES // 100)
        parts.append(Part(start + 1, start + len(held), per_cent, shade))
    return parts


def _notes(
    state: State, plan: Plan, every: Sequence[Use], first: int, last: int
) -> dict[int, list[Note]]:
    """Return the records that cite lines, by the first of these that is on the page."""
    kinds, claims = things(state), _claims(state)
    notes: dict[int, list[Note]] = defaultdict(list)
    for use in every:
        if use.first > last or use.last < first:
            continue
        kind = kinds.get(use.record, "")
        label = plan.label(use.record)
        if claim := claims.get(use.record):
            coder, category = claim
            label = f"{plan.label(coder)}{word('colon', plan.lang)} {plan.label(category)}"
        elif figure := _figures(state).get(use.record):
            label = plan.label(figure)
        notes[max(first, use.first)].append(
            Note(
                use.record,
                label,
                plan.label(kind) if kind else "",
                _TYPES.get(kind, "fact"),
                use.first,
                use.last,
            )
        )
    return notes


def _claims(state: State) -> Mapping[str, tuple[str, str]]:
    """Return who claims which category in each claim."""

    def make() -> dict[str, tuple[str, str]]:
        return {
            text(row["claim"]): (text(row["coder"]), text(row["category"]))
            for row in state.plan().rows("claims")
        }

    return state.known("claims and coders", make)


def _figures(state: State) -> Mapping[str, str]:
    """Return the indicator of each figure."""

    def make() -> dict[str, str]:
        rows = state.plan().rows("figures")
        return {text(row["observation"]): text(row["indicator"]) for row in rows}

    return state.known("figures and indicators", make)
