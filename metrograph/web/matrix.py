"""The coverage matrix of the filters in an address, as a page or a file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.counting import activities as all_activities
from metrograph.analysis.counting import intersections as intersections_of
from metrograph.analysis.coverage import Coverage
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query.filters import Filters
from metrograph.report.omissions import left_out
from metrograph.web import crosstab
from metrograph.web.entities import forms, triples_of
from metrograph.web.filters import address_of, filters_of, options
from metrograph.web.pages import asked, file, lang_of, page, plan_of, state_of
from metrograph.web.site import State

_SHADES = 5
_DEFAULT = {"rows": "challenge", "columns": "theme"}


@dataclass(frozen=True)
class Square:
    """One square of the matrix: `count` activities, `stated` of them on a stated basis.

    `same` of them name challenge and theme in one passage.
    `shade` is 1 to 5, darker for more; 0 is empty. `empty` is the word for an empty one, which
    `is_emptied` if filters alone make it empty.
    """

    challenge: str | None
    theme: str | None
    count: int
    stated: int
    same: int
    shade: int
    empty: str
    is_emptied: bool = False


def matrix(state: State, lang: str, filters: Filters) -> Coverage:
    """Return the matrix of these filters, counted once.

    Raises `QueryError` for a filter that names nothing of the plan.
    """
    return state.known(("matrix", lang, filters), lambda: state.plan(lang).coverage(filters))


def squares(counted: Coverage, stated: Coverage) -> list[list[Square]]:
    """Return the rows of the matrix; the last of each row and the last row are totals."""
    most = max(map(len, counted.cells.values()), default=0)
    passages, emptied = counted.in_one_passage(), counted.emptied()

    def square(challenge: str | None, theme: str | None) -> Square:
        held = counted.held(challenge, theme)
        known = len(held & stated.held(challenge, theme))
        same = passages.count(challenge, theme)
        if challenge is None or theme is None:
            return Square(challenge, theme, len(held), known, same, 0, "0")
        shade = -(-len(held) * _SHADES // most) if most else 0
        pair = (challenge, theme)
        empty = counted.empty_word(pair) if pair in counted.cells else "–"
        if pair in emptied:
            empty = word("emptied_by_filters", counted.lang)
        return Square(challenge, theme, len(held), known, same, shade, empty, pair in emptied)

    return [
        [square(challenge, theme) for theme in (*counted.themes, None)]
        for challenge in (*counted.challenges, None)
    ]


def show(request: Request) -> Response:
    """Return the coverage page, or the matrix as a file."""
    state, lang = state_of(request), lang_of(request)
    chosen = asked(request, *crosstab.AXES)
    if chosen and chosen != _DEFAULT:
        return crosstab.show(request)
    filters = filters_of(request)
    counted = matrix(state, lang, filters)
    form = request.path_params.get("form")
    if form:
        return _download(request, counted, form)
    examples = crosstab.examples(state, lang)
    stated = counted if filters.basis else matrix(state, lang, replace(filters, basis="stated"))
    return page(
        request,
        "coverage.html",
        matrix=counted,
        rows=squares(counted, stated),
        chosen=address_of(filters),
        counts_stated=not filters.basis,
        options=options(state, lang),
        gaps=len(counted.gaps()),
        emptied=len(counted.emptied()),
        activities=len(all_activities(state.plan())),
        axes=crosstab.offered(state, lang),
        examples=examples,
        start=("challenge", "theme") if counted.cells or not examples else examples[0][:2],
        units=crosstab.units(state, lang),
    )


def _download(request: Request, counted: Coverage, form: str) -> Response:
    """Return the matrix as a file: a table, JSON, or the records of its activities."""
    plan = plan_of(request)
    if form in ("ttl", "jsonld"):
        return records(plan, counted.activities(), form)
    left = left_out("coverage", plan)
    if form == "json":
        return Response(counted.to_json(left), media_type="application/json")
    return file(counted.sheet, form, counted.table.title, left)


def records(plan: Plan, names: Iterable[str], form: str) -> Response:
    """Return all that the graph states of some activities, as a file of RDF."""
    content = triples_of(plan, names, form)
    disposition = f'attachment; filename="coverage.{form}"'
    return Response(content, headers={"Content-Disposition": disposition}, media_type=forms[form])


def intersections(state: State) -> dict[tuple[str, str], str]:
    """Return the id of the intersection of a challenge and a theme, asked for once."""
    return state.known("intersections", lambda: intersections_of(state.plan()))
