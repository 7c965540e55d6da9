"""The page of a cell of two axes: its activities or elements, and the claims by which they count.

Without a row, it is the page of a column, and so on; with `empty`, that of its empty cells.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.crosstab import Crosstab
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query.answers import Id, Row, columns, entity, text
from metrograph.query.categories import records
from metrograph.tables.table import Cell, Column, Table
from metrograph.web.crosstab import address_of_matrix, matrix_of
from metrograph.web.evidence import Item, page_number
from metrograph.web.filters import described
from metrograph.web.pages import asked, file, lang_of, page, state_of
from metrograph.web.site import State

_LISTED = 100  # records on one page


@dataclass(frozen=True)
class _Claims:
    """Which claims on an activity count for a cell."""

    plan: Plan
    above: Mapping[str, str]  # the challenge of an area, the element of which another is a part
    sides: tuple[str, ...]
    matrix: Crosstab

    def item(self, record: str) -> Item:
        """Return a record, with the claims by which it is in the cell."""
        plan = self.plan
        rows = plan.rows("claims-of-activity", activity=record, language=plan.lang)
        claims = tuple({**row, "activity": Id(record)} for row in rows if self._counts(row))
        return Item(record, plan.label(record), (), claims, None)

    def _counts(self, row: Row) -> bool:
        category, filters = text(row["category"]), self.matrix.filters
        is_counted = filters.counts(
            text(row["coder"]), text(row["basis"]), is_agreed=bool(row["standing"])
        )
        while category and category not in self.sides:
            category = self.above.get(category, "")
        return is_counted and bool(category) and row["verdict"] != "mg:rejected"


def show(request: Request) -> Response:
    """Return the records of a cell, a row, a column or the whole matrix, or them as a file."""
    matrix, state, lang = matrix_of(request), state_of(request), lang_of(request)
    plan, sides = state.plan(lang), asked(request, "row", "column")
    for side, names in (("row", matrix.rows), ("column", matrix.columns)):
        if side in sides and sides[side] not in names.whole:
            raise HTTPException(404, word("nothing", lang))
    if "empty" in request.query_params and "column" in sides:
        return _empty(request, matrix, sides["column"])
    held = matrix.records(sides.get("row"), sides.get("column"))
    if form := request.path_params.get("form"):
        return file(_table(plan, matrix, held), form, matrix.unit)
    claims = _Claims(plan, _above(state), tuple(sides.values()), matrix)
    number = page_number(request, len(held))
    listed = held[(number - 1) * _LISTED : number * _LISTED]
    is_cell = len(sides) == len(("row", "column"))
    return page(
        request,
        "cell.html",
        matrix=matrix,
        sides=_sides(matrix, sides),
        address=address_of_matrix(request, matrix),
        asked=sides,
        filters=described(plan, matrix.filters),
        items=[
            claims.item(name)
            if matrix.unit == "activities"
            else Item(name, plan.label(name), (), (), None)
            for name in listed
        ],
        total=len(held),
        number=number,
        pages=-(-len(held) // _LISTED) or 1,
        is_emptied=is_cell and not held and matrix.is_filled(sides["row"], sides["column"]),
        gaps=None,
        emptied=None,
    )


def _empty(request: Request, matrix: Crosstab, column: str) -> Response:
    """Return the page of the categories that have nothing in a column."""
    gaps, emptied = (
        [row for row, _ in pairs] for pairs in (matrix.gaps(column), matrix.emptied(column))
    )
    if form := request.path_params.get("form"):
        rows = tuple((matrix.rows.cell(row),) for row in gaps)
        heading = Column("category", matrix.rows.axis.title, bool(matrix.rows.ids))
        title = matrix.columns.labels[column]
        return file(Table(title, (heading,), rows, lang=matrix.lang), form, "gaps")
    return page(
        request,
        "cell.html",
        matrix=matrix,
        sides=_sides(matrix, {"column": column}),
        address=address_of_matrix(request, matrix),
        asked={"column": column, "empty": "1"},
        filters=described(state_of(request).plan(matrix.lang), matrix.filters),
        items=[],
        total=len(gaps),
        number=1,
        pages=1,
        is_emptied=False,
        gaps=gaps,
        emptied=emptied,
    )


def _sides(matrix: Crosstab, sides: Mapping[str, str]) -> list[tuple[Cell, str]]:
    """Return the categories of a page as cells, each with the title of its axis."""
    of_side = {"row": matrix.rows, "column": matrix.columns}
    return [(of_side[side].cell(name), of_side[side].axis.title) for side, name in sides.items()]


def _above(state: State) -> Mapping[str, str]:
    """Return the challenge of each work area, and the element of which each element is a part."""

    def make() -> dict[str, str]:
        plan = state.plan()
        areas = {text(row["category"]): text(row["challenge"]) for row in plan.rows("categories")}
        above = {**areas, **records(plan.built).wholes}
        return {name: whole for name, whole in above.items() if whole and whole != name}

    return state.known("above", make)


def _table(plan: Plan, matrix: Crosstab, held: tuple[str, ...]) -> Table:
    """Return the records of a cell as a table."""
    rows = tuple((entity(plan, name),) for name in held)
    name = "activity" if matrix.unit == "activities" else "element"
    return Table(matrix.title, columns(plan.lang, name, things=(name,)), rows, lang=plan.lang)
