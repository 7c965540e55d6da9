"""Filters in an address in; the coverage matrix, its cells' activities and their evidence out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.coverage import Coverage
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query.answers import Id, Row, text
from metrograph.report.omissions import left_out
from metrograph.tables.table import Table
from metrograph.web.entities import forms, triples_of
from metrograph.web.pages import asked, file, lang_of, page, plan_of, state_of, table_of
from metrograph.web.site import State

FILTERS = ("year", "line", "output", "region", "claims", "basis", "evidence")
_SHADES = 5
_LISTED = 100  # activities on one page


@dataclass(frozen=True)
class Square:
    """One square of the matrix: `count` activities, `stated` of them on a stated basis.

    `same` of them name challenge and theme in one passage.
    `shade` is 1 to 5, darker for more; 0 is empty. `empty` is the word for an empty one.
    """

    challenge: str | None
    theme: str | None
    count: int
    stated: int
    same: int
    shade: int
    empty: str


def matrix(
    state: State, lang: str, chosen: Mapping[str, str], basis: str | None = None
) -> Coverage:
    """Return the matrix of these filters, counted once.

    Raises `QueryError` for a filter that names nothing of the plan.
    """
    values: dict[str, Any] = dict(chosen)
    if basis:
        values["basis"] = basis
    if year := values.pop("year", None):
        if not (len(year) == 4 and year.isdecimal() and year.isascii()):
            raise HTTPException(404, f"{year!r} is no year.")
        values["year"] = int(year)
    return state.known(
        ("matrix", lang, *sorted(values.items())), lambda: state.plan(lang).coverage(**values)
    )


def squares(found: Coverage, stated: Coverage) -> list[list[Square]]:
    """Return the rows of the matrix; the last of each row and the last row are totals."""
    most = max((len(held) for held in found.cells.values()), default=0)
    only = {pair: set(held) for pair, held in stated.cells.items()}
    passages = found.in_one_passage()

    def square(challenge: str, theme: str) -> Square:
        pair = (challenge, theme)
        held = found.cells.get(pair, ())
        shade = -(-len(held) * _SHADES // most) if most else 0
        empty = found.empty_word(pair) if pair in found.cells else "–"
        known = len(only.get(pair, set()) & set(held))
        same = len(passages.cells.get(pair, ()))
        return Square(challenge, theme, len(held), known, same, shade, empty)

    def total(challenge: str | None, theme: str | None) -> Square:
        held = found.activities(challenge, theme)
        known = len(set(held) & set(stated.activities(challenge, theme)))
        same = passages.count(challenge, theme)
        return Square(challenge, theme, len(held), known, same, 0, "0")

    rows = [
        [*(square(challenge, theme) for theme in found.themes), total(challenge, None)]
        for challenge in found.challenges
    ]
    rows.append([*(total(None, theme) for theme in found.themes), total(None, None)])
    return rows


def options(state: State, lang: str) -> dict[str, list[tuple[str, str]]]:
    """Return what each filter offers, as (value, label); a filter of one choice is left out."""
    plan = state.plan(lang)

    def make() -> dict[str, list[tuple[str, str]]]:
        coders = labelled(plan, "coders", "coder")
        found = {
            "year": [(text(row["year"]), text(row["year"]))
                     for row in plan.rows("activities-by-year")],
            "line": lines(plan),
            "output": labelled(plan, "activities-by-line-and-output-type", "outputType"),
            "region": labelled(plan, "activities-by-region", "region"),
            "claims": [
                ("any", word("any", lang)),
                *((f"coder:{one.partition('/')[2]}", label) for one, label in coders),
            ],
            "basis": [(one, word(one, lang)) for one in ("stated", "implied")],
            "evidence": [("same-passage", word("same-passage", lang))],
        }  # fmt: skip
        return {name: offered for name, offered in found.items() if offered}

    return state.known(("options", lang), make)


def _filters(request: Request) -> dict[str, str]:
    """Return the filters of an address; agreed claims ("standing" in older ones) need none."""
    chosen = asked(request, *FILTERS)
    if chosen.get("claims") in ("agreed", "standing"):
        del chosen["claims"]
    return chosen


def labelled(plan: Plan, query: str, column: str) -> list[tuple[str, str]]:
    """Return the things in a column of a question, each once, as (id, label)."""
    ids = dict.fromkeys(text(row[column]) for row in plan.rows(query) if row[column])
    return [(one, plan.label(one)) for one in ids]


def lines(plan: Plan) -> list[tuple[str, str]]:
    """Return the action lines of a plan, in order, as (id, label)."""
    tops = [text(row["element"]) for row in plan.rows("plan-tree") if row["partOf"] is None]
    return [(one, plan.label(one)) for one in tops]


def show(request: Request) -> Response:
    """Return the coverage page, or the matrix as a file."""
    state, lang = state_of(request), lang_of(request)
    chosen = _filters(request)
    found = matrix(state, lang, chosen)
    form = request.path_params.get("form")
    if form in ("ttl", "jsonld"):
        return _graph(request, found.activities(), form)
    if form == "json":
        return Response(
            found.to_json(left_out("coverage", state.plan(lang))), media_type="application/json"
        )
    if form:
        return file(found.sheet, form, found.table.title, left_out("coverage", state.plan(lang)))
    stated = found if "basis" in chosen else matrix(state, lang, chosen, "stated")
    return page(
        request,
        "coverage.html",
        matrix=found,
        rows=squares(found, stated),
        chosen=chosen,
        counts_stated="basis" not in chosen,
        options=options(state, lang),
        gaps=len(found.gaps()),
        gaps_in_all=len(matrix(state, lang, {}).gaps()),
        activities=len({text(row["activity"]) for row in _activities(state)}),
    )


def _activities(state: State) -> list[Row]:
    return state.known("activities", lambda: state.plan().rows("activities"))


def _graph(request: Request, names: tuple[str, ...], form: str) -> Response:
    """Return all that the graph says of some activities."""
    content = triples_of(plan_of(request), names, form)
    disposition = f'attachment; filename="coverage.{form}"'
    return Response(content, headers={"Content-Disposition": disposition}, media_type=forms[form])


def activities(request: Request) -> Response:
    """Return the activities of a cell, a row, a column or the whole matrix, with their evidence."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    chosen = _filters(request)
    sides = {side: plan.known(name) for side, name in asked(request, "challenge", "theme").items()}
    found = matrix(state, lang, chosen)
    if any(name not in (*found.challenges, *found.themes) for name in sides.values()):
        raise HTTPException(404, word("nothing", lang))
    names = found.activities(sides.get("challenge"), sides.get("theme"))
    cell = intersections(state).get((sides.get("challenge", ""), sides.get("theme", "")))
    counting = _Counting(plan, _kinds(state), sides, chosen, _passages(plan, cell, chosen))
    if form := request.path_params.get("form"):
        if form in ("ttl", "jsonld"):
            return _graph(request, names, form)
        items = map(counting.item, names)
        return file(_evidence(items, plan, is_cell=cell is not None), form, "activities")
    number = _page_number(request, len(names))
    shown = names[(number - 1) * _LISTED : number * _LISTED]
    pair = (sides.get("challenge", ""), sides.get("theme", ""))
    return page(
        request,
        "activities.html",
        sides=[(side, name, plan.label(name)) for side, name in sides.items()],
        chosen={**chosen, **sides},
        sides_only=sides,
        filters=[(word(name, lang), _filter_label(plan, name, value))
                 for name, value in chosen.items()],
        items=[counting.item(name) for name in shown],
        total=len(names),
        number=number,
        pages=-(-len(names) // _LISTED) or 1,
        intersection=cell,
        named_at=[text(row["citation"]) for row in _named(state) if row["intersection"] == cell],
        empty=found.empty_word(pair) if pair in found.cells else "",
        is_gap=pair in found.gaps(),
        in_all=matrix(state, lang, {}).count(sides.get("challenge"), sides.get("theme")),
    )  # fmt: skip


def _kinds(state: State) -> Mapping[str, Row]:
    """Return the categories of the plan by their ids."""
    rows = state.known("kinds", lambda: state.plan().rows("categories"))
    return {text(row["category"]): row for row in rows}


def intersections(state: State) -> dict[tuple[str, str], str]:
    """Return the id of the intersection of a challenge and a theme."""
    rows = state.known("intersections", lambda: state.plan().rows("coverage-counts"))
    return {(text(row["challenge"]), text(row["theme"])): text(row["intersection"]) for row in rows}


def _named(state: State) -> list[Row]:
    """Return where the plan itself names its intersections."""
    return state.known("named", lambda: state.plan().rows("intersections-named-by-the-plan"))


def _passages(
    plan: Plan, cell: str | None, chosen: Mapping[str, str]
) -> Mapping[str, tuple[tuple[str, str], ...]] | None:
    """Return the passages of a cell in which one coder finds both of its sides, by activity.

    Each is a citation and the coder.
    """
    if cell is None:
        return None
    claims = chosen.get("claims", "agreed")
    given = {"selection": "standingJudgement" if claims == "agreed" else "hasJudgement"}
    if claims.startswith("coder:"):
        given["coder"] = f"coder/{claims[6:]}"
    if "basis" in chosen:
        given["basis"] = chosen["basis"]
    passages: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in plan.rows("shared-passages", cell=cell, **given):
        name, before = text(row["activity"]), int(text(row["firstLine"])) - 1
        citation = f"{row['source']}#line={before},{row['lastLine']}"  # RFC 5147: between lines
        passages[name] = (*passages.get(name, ()), (citation, text(row["claimant"])))
    return passages


def _page_number(request: Request, total: int) -> int:
    wanted = request.query_params.get("page", "1")
    last = -(-total // _LISTED) or 1
    return min(max(1, int(wanted[:9])), last) if wanted.isdecimal() and wanted.isascii() else 1


def _filter_label(plan: Plan, name: str, value: str) -> str:
    if name in ("line", "output", "region"):
        return plan.label(value)
    if name == "evidence":
        return word("same-passage", plan.lang)
    if value.startswith("coder:"):
        return plan.label(f"coder/{value[6:]}")
    return word(value, plan.lang) if value in ("any", "stated", "implied") else value


@dataclass(frozen=True)
class _Counting:
    """Which claims count for the activities of a page."""

    plan: Plan
    kinds: Mapping[str, Row]
    sides: Mapping[str, str]
    chosen: Mapping[str, str]
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
            tuple((one, plan.label(one)) for one in results),
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
        which = self.chosen.get("claims", "agreed")
        if which == "agreed":
            fits = fits and bool(row["standing"])
        elif which.startswith("coder:"):
            fits = fits and row["coder"] == f"coder/{which[6:]}"
        return fits and self.chosen.get("basis") in (None, text(row["basis"]).removeprefix("mg:"))


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
        found: dict[str, tuple[Row, list[str]]] = {}
        for row in self.claims:
            cited = found.setdefault(text(row["claim"]), (row, []))[1]
            cited += [text(row["citation"])] if row["citation"] else []
        return list(found.values())


def _evidence(items: Iterable[Item], plan: Plan, *, is_cell: bool) -> Table:
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
