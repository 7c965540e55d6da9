"""How certain and how even the coverage is: pages of its range and of its concentration."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.coverage import Coverage
from metrograph.analysis.measures import Span
from metrograph.web.filters import filters_of, options
from metrograph.web.matrix import matrix
from metrograph.web.pages import file, lang_of, page, state_of

_FULLEST = 5  # cells that are listed


@dataclass(frozen=True)
class Bound:
    """The lowest or highest number of a cell, by which way of counting, and the page of it."""

    count: int
    way: str
    query: dict[str, str]


@dataclass(frozen=True)
class Reach:
    """A cell of the range: its lowest and highest number; `word` is what an empty one is called."""

    lowest: Bound
    highest: Bound
    is_firm: bool
    word: str


def span(request: Request) -> Response:
    """Return the page of the lowest and highest count of each cell, or its table as a file."""
    state, lang = state_of(request), lang_of(request)
    plan, filters = state.plan(lang), filters_of(request)
    year, line = filters.year, plan.known(filters.line) if filters.line else None
    spread = state.known(("span", lang, year, line), lambda: plan.coverage_span(year, line))
    if form := request.path_params.get("form"):
        return file(spread.table, form, "range")
    chosen = {"year": str(year or ""), "line": line or ""}
    first = next(iter(spread.ways.values()))
    return page(
        request,
        "range.html",
        first=first,
        rows=[
            (row, [_reach(spread, first, row, theme, chosen) for theme in first.themes])
            for row in first.challenges
        ],
        ways=[spread.labels.get(way, way) for way in spread.ways],
        firm=sum(spread.is_firm(*pair) for pair in first.cells),
        chosen={name: value for name, value in chosen.items() if value},
        options={name: options(state, lang).get(name, []) for name in ("year", "line")},
    )


def _reach(
    spread: Span, first: Coverage, challenge: str, theme: str, chosen: dict[str, str]
) -> Reach | None:
    """Return a cell of the range, or None where the plan has no such intersection."""
    if (challenge, theme) not in first.cells:
        return None
    counts = {way: matrix.count(challenge, theme) for way, matrix in spread.ways.items()}
    sides = {"challenge": challenge, "theme": theme}

    def bound(count: int) -> Bound:
        way = next(way for way, number in counts.items() if number == count)
        return Bound(count, spread.labels.get(way, way), {**chosen, **_counting(way), **sides})

    low, high = spread.of(challenge, theme)
    empty = first.empty_word((challenge, theme))
    return Reach(bound(low), bound(high), spread.is_firm(challenge, theme), empty)


def _counting(way: str) -> dict[str, str]:
    """Return a way of counting as filters in an address."""
    if way == "stated":
        return {"basis": "stated"}
    if way == "any":
        return {"claims": "any"}
    return {"claims": f"coder:{way.partition('/')[2]}"} if way.startswith("coder/") else {}


def concentration(request: Request) -> Response:
    """Return the page of how concentrated the coverage is, or its table as a file."""
    state, lang = state_of(request), lang_of(request)
    plan, filters = state.plan(lang), filters_of(request)
    table = state.known(
        ("concentration", lang, filters.year, filters.claims),
        lambda: plan.concentration(filters.year, filters.claims),
    )
    if form := request.path_params.get("form"):
        return file(table, form, "concentration")
    counted = matrix(state, lang, filters)
    ordered = sorted(counted.cells.items(), key=lambda cell: -len(cell[1]))
    least = len(ordered[min(_FULLEST, len(ordered)) - 1][1]) if ordered else 0
    names = (("year", str(filters.year or "")), ("claims", filters.claims))
    return page(
        request,
        "concentration.html",
        table=table,
        fullest=[
            (row, column, len(held))
            for (row, column), held in ordered
            if held and len(held) >= least
        ],
        counted=counted,
        chosen={name: value for name, value in names if value not in ("", "agreed", "standing")},
        options={name: options(state, lang).get(name, []) for name in ("year", "claims")},
    )
