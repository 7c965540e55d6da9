"""The page of a cell: its activities, and the claims by which each counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from metrograph.ids import citation_id
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query.answers import Id, Row, text
from metrograph.query.filters import Filters
from metrograph.tables.table import Table
from metrograph.web.filters import address_of, described, filters_of
from metrograph.web.gap import gap, looser
from metrograph.web.matrix import intersections, matrix, records
from metrograph.web.pages import asked, file, lang_of, page, state_of, table_of
from metrograph.web.provisional import note
from metrograph.web.site import State
from metrograph.web.whatif import question

_LISTED = 100  # activities on one page


def show(request: Request) -> Response:
    """Return the activities of a cell, a row, a column or the whole matrix, with their evidence."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    filters = filters_of(request)
    sides = {side: plan.known(name) for side, name in asked(request, "challenge", "theme").items()}
    counted = matrix(state, lang, filters)
    if any(name not in (*counted.challenges, *counted.themes) for name in sides.values()):
        raise HTTPException(404, word("nothing", lang))
    names = counted.activities(sides.get("challenge"), sides.get("theme"))
    pair = (sides.get("challenge", ""), sides.get("theme", ""))
    cell = intersections(state).get(pair)
    evidence = _Evidence(plan, _kinds(state), sides, filters, _passages(plan, cell, filters))
    if form := request.path_params.get("form"):
        if form in ("ttl", "jsonld"):
            return records(plan, names, form)
        items = map(evidence.item, names)
        return file(_table(items, plan, is_cell=cell is not None), form, "activities")
    number = page_number(request, len(names))
    chosen = address_of(filters)
    return page(
        request,
        "activities.html",
        sides=[(side, name, plan.label(name)) for side, name in sides.items()],
        chosen={**chosen, **sides},
        sides_only=sides,
        filters=described(plan, filters),
        provisional={name: note(state, lang, name) for name in names},
        items=[evidence.item(name) for name in names[(number - 1) * _LISTED : number * _LISTED]],
        total=len(names),
        number=number,
        pages=-(-len(names) // _LISTED) or 1,
        intersection=cell,
        named_at=[text(row["citation"]) for row in _named(state) if row["intersection"] == cell],
        question=question("activity", plan.label(names[0]), lang) if len(names) == 1 else "",
        gap=gap(state, lang, *pair) if cell and not names else None,
        looser=[] if names else looser(state, lang, filters, sides),
        in_all=matrix(state, lang, Filters()).count(**sides),
    )


def _kinds(state: State) -> Mapping[str, Row]:
    """Return the categories of the plan by their ids."""
    rows = state.known("categories", lambda: state.plan().rows("categories"))
    return {text(row["category"]): row for row in rows}


def _named(state: State) -> list[Row]:
    """Return where the plan itself names its intersections."""
    return state.known("plan names", lambda: state.plan().rows("intersections-named-by-the-plan"))


def _passages(
    plan: Plan, cell: str | None, filters: Filters
) -> Mapping[str, tuple[tuple[str, str], ...]] | None:
    """Return the passages of a cell in which one coder finds both of its sides, by activity.

    Each is a citation and the coder.
    """
    if cell is None:
        return None
    passages: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in plan.rows("shared-passages", cell=cell, **filters.of_claims()):
        name, first, last = text(row["activity"]), text(row["firstLine"]), text(row["lastLine"])
        citation = citation_id(text(row["source"]), int(first), int(last))
        passages[name] = (*passages.get(name, ()), (citation, text(row["claimant"])))
    return passages


def page_number(request: Request, total: int) -> int:
    """Return which page of a list an address asks for: the nearest that there is."""
    wanted = request.query_params.get("page", "1")
    last = -(-total // _LISTED) or 1
    return min(max(1, int(wanted[:9])), last) if wanted.isdecimal() and wanted.isascii() else 1


@dataclass(frozen=True)
class _Evidence:
    """Which claims count for the activities of a page."""

    plan: Plan
    kinds: Mapping[str, Row]
    sides: Mapping[str, str]
    filters: Filters
    passages: Mapping[str, tuple[tuple[str, str], ...]] | None

    def item(self, activity: str) -> "Item":
        """Return an activity with its agreed results and the claims by which it is counted."""
        plan = self.plan
        rows = plan.rows("claims-of-activity", activity=activity, language=plan.lang)
        results = dict.fromkeys(
            text(row["category"])
            for row in rows
            if row["standing"] and self._kind(row) == "mg:Result"
        )
        return Item(
            activity,
            plan.label(activity),
            tuple((name, plan.label(name)) for name in results),
            tuple({**row, "activity": Id(activity)} for row in rows if self._counts(row)),
            None if self.passages is None else self.passages.get(activity, ()),
        )

    def _kind(self, row: Row) -> str:
        known = self.kinds.get(text(row["category"]))
        return text(known["kind"]) if known else ""

    def _counts(self, row: Row) -> bool:
        category, kind = text(row["category"]), self._kind(row)
        if kind == "mg:VisionTheme":
            fits = self.sides.get("theme") in (None, category)
        elif kind in ("mg:Challenge", "mg:WorkArea"):
            above = text(self.kinds[category]["challenge"])
            fits = self.sides.get("challenge") in (None, category, above)
        else:
            fits = False
        if self.filters.counts_agreed:
            fits = fits and bool(row["standing"])
        elif self.filters.coder:
            fits = fits and row["coder"] == self.filters.coder
        return fits and self.filters.basis in (None, text(row["basis"]).removeprefix("mg:"))


@dataclass(frozen=True)
class Item:
    """An activity on a page: its results as (id, label), and the claims by which it counts.

    `passages` are those in which one coder finds both sides of a cell, as (citation, coder).
    None of them means a co-mention; where the page is not about a cell, they are not asked for.
    """

    id: str
    label: str
    results: tuple[tuple[str, str], ...]
    claims: tuple[Row, ...]
    passages: tuple[tuple[str, str], ...] | None

    @property
    def places(self) -> list[tuple[Row, list[str]]]:
        """The claims, each once, with all the places that it cites."""
        cited: dict[str, tuple[Row, list[str]]] = {}
        for row in self.claims:
            places = cited.setdefault(text(row["claim"]), (row, []))[1]
            places += [text(row["citation"])] if row["citation"] else []
        return list(cited.values())


def _table(items: Iterable[Item], plan: Plan, *, is_cell: bool) -> Table:
    """Return activities with a row for each claim by which they are counted.

    For a cell, each row states whether the activity names both sides in one passage.
    """
    names = ("activity", "category", "coder", "basis", "reason", "citation")
    rows: list[Row] = [
        {**claim, "evidence": word("same_passage" if item.passages else "co_mention", plan.lang)}
        for item in items
        for claim in item.claims
    ]
    shown = (*names, "evidence") if is_cell else names
    return table_of(plan, word("activities", plan.lang), rows, shown)
