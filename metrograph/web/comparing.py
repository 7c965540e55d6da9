"""What became of the elements of an earlier plan, where the server was started with one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.comparison import EVENTS, Comparison
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.tables.table import Cell, Entity, Table
from metrograph.text import filled
from metrograph.web.pages import ROWS, asked, file, lang_of, page, site_of, state_of


def show(request: Request) -> Response:
    """Return the page that compares an earlier plan with this one, or its table as a file.

    `with` is the number of the earlier plan, from 1; `event` keeps what was renamed, dropped ...
    """
    state, lang = state_of(request), lang_of(request)
    plan, chosen = state.plan(lang), asked(request, "with", "event")
    earlier = [replace(other, lang=lang) for other in site_of(request).compared]
    number = chosen.get("with", "1")
    if number not in {str(at) for at in range(1, len(earlier) + 1)}:
        raise HTTPException(404, word("nothing_compared", lang))
    before = earlier[int(number) - 1]
    comparison = state.known(("compare", lang, number), lambda: before.compare(plan))
    event = chosen.get("event")
    if event not in (None, *EVENTS):
        raise HTTPException(404, word("nothing", lang))
    if form := request.path_params.get("form"):
        return file(_narrowed(comparison, comparison.table, event), form, "comparison")
    counts = Counter(match.event for match in comparison.matches)
    return page(
        request,
        "compare.html",
        before=before.label(before.iri),
        title=filled(word("compare_title", lang), before.label(before.iri)),
        earlier=_others(earlier, number),
        events=[(name, word(f"event_{name}", lang), counts[name]) for name in EVENTS],
        total=len(comparison.matches),
        table=_linked(_narrowed(comparison, comparison.table, event)),
        rows=ROWS,
        chosen=chosen,
    )


def _narrowed(comparison: Comparison, table: Table, event: str | None) -> Table:
    """Return the rows of an event, or all."""
    pairs = zip(comparison.matches, table.rows, strict=True)
    return replace(table, rows=tuple(row for match, row in pairs if event in (None, match.event)))


def _linked(table: Table) -> Table:
    """Return a table that leads to this plan's records alone: the earlier plan is not served."""
    at = [column.name for column in table.columns].index("before")

    def cell(index: int, value: Cell) -> Cell:
        return value.label if index == at and isinstance(value, Entity) else value

    rows = tuple(tuple(cell(*column) for column in enumerate(row)) for row in table.rows)
    return replace(table, rows=rows, note=word("compare_note", table.lang))


def _others(earlier: Sequence[Plan], number: str) -> list[tuple[str, str]]:
    """Return the number and the name of the other plans that can be compared."""
    return [
        (str(at), plan.label(plan.iri)) for at, plan in enumerate(earlier, 1) if str(at) != number
    ]
