"""The page of a matrix of two axes that are chosen, or the matrix as a file."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.crosstab import Crosstab
from metrograph.analysis.sums import PERCENT, Sums
from metrograph.messages import word
from metrograph.query import axes, kept_answers, library
from metrograph.query.answers import text
from metrograph.query.categories import records
from metrograph.query.filters import Filters
from metrograph.report.omissions import left_out
from metrograph.web.filters import address_of, filters_of, options
from metrograph.web.pages import asked, file, lang_of, page, plan_of, state_of
from metrograph.web.site import State

AXES = ("rows", "columns", "count")  # as a form has them
_SHADES = 5
_ROWS = 200  # on one page
_COLUMNS = 60
_CLAIMED = ("claims", "basis")  # filters that matter only where claims link records to an axis
_EXAMPLES = (  # rows and columns of questions that are often asked; a level is that of axes, or 2nd
    ("member", "challenge"), ("level", "region"), ("level", "owner"), ("level", "status"),
    ("country", "theme"), ("output-type", "theme"),
)  # fmt: skip


@dataclass(frozen=True)
class Square:
    """A cell, its shade from 0 (empty) to 5, the word if it is empty, and whether filters do it."""

    column: str | None
    count: int
    shade: int
    empty: str
    is_emptied: bool


@dataclass(frozen=True)
class Line:
    """A row of the page: a category, or None for the totals."""

    row: str | None
    squares: tuple[Square, ...]


def matrix_of(request: Request) -> Crosstab:
    """Return the matrix that an address asks for, counted once.

    Raises `QueryError` for what names no axis, and for a filter that names nothing of the plan.
    """
    if added := sums_of(request):
        return added.matrix
    state, lang = state_of(request), lang_of(request)
    rows, columns, unit, filters = _asked_for(request)
    return state.known(
        ("crosstab", lang, rows, columns, unit, filters),
        lambda: state.plan(lang).crosstab(rows, columns, unit, **vars(filters)),
    )


def sums_of(request: Request) -> Sums | None:
    """Return the sums that an address asks for, if it names an indicator; added up once."""
    state, lang = state_of(request), lang_of(request)
    rows, columns, unit, filters = _asked_for(request)
    if not unit or "/" not in unit:
        return None
    return state.known(
        ("sums", lang, rows, columns, unit, filters),
        lambda: state.plan(lang).sums(unit, rows, columns, **vars(filters)),
    )


def _asked_for(request: Request) -> tuple[str, str, str | None, Filters]:
    """Return the rows, the columns, what is counted and the filters that an address names."""
    chosen = asked(request, *AXES)
    filters = replace(filters_of(request), evidence="any")
    rows, columns = chosen.get("rows", "challenge"), chosen.get("columns", "theme")
    return rows, columns, chosen.get("count"), filters


def address_of_matrix(request: Request, matrix: Crosstab) -> dict[str, str]:
    """Return what an address says of a matrix: its axes, what it counts, and the filters."""
    named = {"rows": matrix.rows.axis.name, "columns": matrix.columns.axis.name}
    return {**named, **asked(request, "count"), **address_of(matrix.filters)}


def show(request: Request) -> Response:
    """Return the page of a matrix of two axes, or the matrix as a file."""
    state, lang = state_of(request), lang_of(request)
    matrix, added = matrix_of(request), sums_of(request)
    if form := request.path_params.get("form"):
        return _download(request, added or matrix, form)
    every = "all" in request.query_params
    shown = matrix if every else matrix.readable()
    number, pages, shown = _paged(request, shown)
    unfiltered = matrix.filters == Filters()
    return page(
        request,
        "crosstab.html",
        matrix=matrix,
        sums=added,
        title=added.table_title if added else matrix.title,
        shown=shown,
        lines=lines(matrix, shown),
        hidden=[] if every else matrix.hidden(),
        every=every,
        number=number,
        pages=pages,
        columns_left=len(matrix.columns.names) - len(shown.columns.names) if every else 0,
        address=address_of_matrix(request, matrix),
        chosen={} if unfiltered else address_of(matrix.filters),
        options=_options(state, lang, matrix),
        units=units(state, lang),
        axes=offered(state, lang),
        examples=examples(state, lang),
        gaps=len(matrix.gaps()),
        emptied=len(matrix.emptied()),
    )


def lines(matrix: Crosstab, shown: Crosstab) -> list[Line]:
    """Return the rows of a page, shaded by the fullest cell, and then the totals."""
    names = shown.columns.names
    counts = [matrix.count(row, column) for row in shown.rows.names for column in names]
    most = max(counts, default=0)

    def square(row: str | None, column: str | None) -> Square:
        count = matrix.count(row, column)
        if row is None or column is None:
            return Square(column, count, 0, "0", is_emptied=False)
        shade = -(-count * _SHADES // most) if most else 0
        empty = "" if count else matrix.empty_word(row, column)
        return Square(column, count, shade, empty, not count and matrix.is_filled(row, column))

    return [
        Line(row, tuple(square(row, column) for column in (*names, None)))
        for row in (*shown.rows.names, None)
    ]


def offered(state: State, lang: str) -> list[tuple[str, str]]:
    """Return the axes that have categories in the plan, as (name, title)."""
    built = state.plan(lang).built

    def ask() -> list[str]:
        return [axis.name for axis in axes.axes(built, "en") if axes.is_filled(built, axis)]

    def make() -> list[tuple[str, str]]:
        questions = tuple(f"axes/{query.name}" for query in library.library(axes.FOLDER))
        folder = kept_answers.folder_of(built)
        filled = kept_answers.kept(folder, "filled-axes", questions, ask)
        known = {axis.name: axis.title for axis in axes.axes(built, lang)}
        return [(name, title) for name, title in known.items() if name in filled]

    return state.known(("axes", lang), make)


def examples(state: State, lang: str) -> list[tuple[str, str, str, str]]:
    """Return matrices that are often asked for, as (rows, columns) and the titles of both."""
    known = dict(offered(state, lang))
    levels = [name for name in known if "/" in name]
    level = "level/axis" if "level/axis" in known else next(iter(levels[:2][::-1]), "")
    pairs = [(level if rows == "level" else rows, columns) for rows, columns in _EXAMPLES]
    return [
        (rows, columns, known[rows], known[columns])
        for rows, columns in pairs
        if rows in known and columns in known
    ]


def units(state: State, lang: str) -> list[tuple[str, str]]:
    """Return what the cells of a matrix can hold, as (value, label): counts, sums of indicators."""
    plan = state.plan(lang)
    known = records(plan.built)
    counts = {"activities": known.activities(), "elements": known.elements()}

    def ask() -> list[str]:
        subjects = set(known.ids)
        added = {
            text(row["indicator"]): row["unit"]
            for row in plan.rows("figures")
            if row["value"] is not None and text(row["subject"]) in subjects
        }
        return [name for name, unit in added.items() if unit != PERCENT]

    def make() -> list[tuple[str, str]]:
        folder = kept_answers.folder_of(plan.built)
        questions = ("figures", "all-activities", "plan-tree")
        added = kept_answers.kept(folder, "indicators-to-add", questions, ask)
        return [
            *((unit, word(unit, lang)) for unit, held in counts.items() if held),
            *((name, plan.label(name)) for name in added),
        ]

    return state.known(("units", lang), make)


def _options(state: State, lang: str, matrix: Crosstab) -> dict[str, list[tuple[str, str]]]:
    """Return the filters that matter to a matrix, with what each offers."""
    return {
        name: values
        for name, values in options(state, lang).items()
        if name != "evidence" and (matrix.is_claimed or name not in _CLAIMED)
    }


def _paged(request: Request, shown: Crosstab) -> tuple[int, int, Crosstab]:
    """Return the number of the page, of how many, and the matrix with the rows on it."""
    names = shown.rows.names
    pages = -(-len(names) // _ROWS) or 1
    wanted = request.query_params.get("page", "1")
    digits = wanted.isdecimal() and wanted.isascii()
    number = min(max(1, int(wanted[:9])), pages) if digits else 1
    rows = {name: shown.rows.held[name] for name in names[(number - 1) * _ROWS : number * _ROWS]}
    columns = {name: shown.columns.held[name] for name in shown.columns.names[:_COLUMNS]}
    narrowed = replace(
        shown,
        rows=replace(shown.rows, held=rows),
        columns=replace(shown.columns, held=columns),
    )
    return number, pages, narrowed


def _download(request: Request, matrix: Crosstab | Sums, form: str) -> Response:
    """Return the whole matrix as a table, or as JSON with the records of each cell."""
    left = left_out("coverage", plan_of(request))
    if form == "json":
        return Response(matrix.to_json(left), media_type="application/json")
    return file(matrix.table, form, matrix.table.title, left)
