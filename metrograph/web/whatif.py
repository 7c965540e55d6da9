"""What if a record were not there: questions on what most depends, and the page of an answer."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.fragility import Support, fragile
from metrograph.analysis.whatif import Whatif, hanging
from metrograph.errors import QueryError
from metrograph.messages import in_language, word
from metrograph.plan import Plan
from metrograph.query.answers import text
from metrograph.tables.table import Table
from metrograph.text import filled, separated
from metrograph.web.labels import labelled, things
from metrograph.web.pages import file, lang_of, page, plan_of, state_of
from metrograph.web.site import State

MOST = 20  # records of one question
_ASKED, _OTHERS = 12, 5  # questions on the page, and beside an answer, until all are asked for
_FEW = 200  # activities that a list offers
_KINDS = {
    "mg:Member": "organization", "mg:Organization": "organization", "mg:Body": "organization",
    "mg:Source": "source", "mg:Document": "source", "mg:Coder": "coder",
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question about a record: its words, and how much depends on the record alone."""

    name: str
    words: str
    cells: int
    results: int


@dataclass(frozen=True)
class Change:
    """A cell or a total of the matrix: the number of activities before and after.

    `word` is what an empty cell is called.
    """

    challenge: str | None
    theme: str | None
    before: int
    after: int
    word: str

    @property
    def is_lost(self) -> bool:
        """Whether the last activity goes."""
        return bool(self.before and not self.after)


def show(request: Request) -> Response:
    """Return the page of what would change without some records; without any, the questions."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    names = tuple(request.query_params.getlist("without")[:MOST])
    form = request.path_params.get("form")
    try:
        change = plan.whatif(*names) if names else None
    except QueryError as error:
        if form:
            raise
        return _page(request, None, in_language(error, lang))
    if form:
        return _download(change, lambda made: made.table, form, "what-if")
    return _page(request, change)


def losses(request: Request) -> Response:
    """Return as a file what would lose its last activity without some records."""
    names = request.query_params.getlist("without")[:MOST]
    change = plan_of(request).whatif(*names) if names else None
    return _download(change, lambda made: made.losses, request.path_params["form"], "losses")


def depends(request: Request) -> Response:
    """Return as a file the records on which most coverage depends."""
    return file(plan_of(request).fragility(), request.path_params["form"], "dependencies")


def _download(
    change: Whatif | None, table: Callable[[Whatif], Table], form: str, name: str
) -> Response:
    if change is None:
        raise HTTPException(404)
    return file(table(change), form, name)


def _page(request: Request, change: Whatif | None, problem: str = "") -> Response:
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    asked = change.without if change else ()
    every = [other for other in questions(state, lang) if other.name not in asked]
    most = len(every) if "all" in request.query_params else _OTHERS if change else _ASKED
    return page(
        request,
        "whatif.html",
        status=404 if problem else 200,
        problem=problem,
        change=change,
        title=_title(state, plan, change.without) if change else word("whatif_title", lang),
        rows=changes(change) if change else [],
        labels=change.matrix(change.before).labels if change else {},
        names=[(name, plan.label(name)) for name in change.without] if change else [],
        lost=[(name, plan.label(name)) for name in sorted(change.lost)] if change else [],
        dark=_dark(change, plan) if change else [],
        results=_results(change, plan) if change else [],
        questions=every[:most],
        total=len(every),
        offered=_offered(state, lang),
    )


def questions(state: State, lang: str) -> list[Question]:
    """Return the questions about the records on which something depends, most first."""
    plan = state.plan(lang)
    supports: tuple[Support, ...] = state.known("fragile", lambda: fragile(state.plan()))
    return [
        Question(
            support.thing,
            question(support.kind, plan.label(support.thing), lang),
            len(support.cells),
            len(support.results),
        )
        for support in supports
        if support.cells or support.results
    ]


def question(kind: str, label: str, lang: str) -> str:
    """Return the question what would be without a record: an activity, organisation, source ..."""
    return filled(word(f"whatif_{kind}", lang), label)


def question_of(state: State, plan: Plan, name: str, kind: str) -> str:
    """Return the question what would be without a record, or "" where nothing depends on it."""

    def judging() -> frozenset[str]:
        claims = state.plan().rows("sources-of-claims")
        readings = state.plan().rows("readings")
        sources = (text(row["source"]) for row in claims)
        return frozenset((*sources, *(text(row["coder"]) for row in readings)))

    if kind_of(kind) in ("source", "coder"):
        depends = name in state.known("judging", judging)
    else:
        depends = bool(hanging(plan, name))
    return question(kind_of(kind), plan.label(name), plan.lang) if depends else ""


def kind_of(kind: str) -> str:
    """Return as what a record of a class of the ontology is asked about.

    >>> kind_of("mg:Member"), kind_of("mg:Activity")
    ('organization', 'activity')
    """
    return _KINDS.get(kind, "activity")


def _title(state: State, plan: Plan, names: tuple[str, ...]) -> str:
    if len(names) == 1:
        kind = "year" if names[0].isdecimal() else kind_of(things(state).get(names[0], ""))
        return question(kind, plan.label(names[0]), plan.lang)
    return question("several", separated(", ", [plan.label(name) for name in names]), plan.lang)


def changes(change: Whatif) -> list[list[Change]]:
    """Return the rows of the matrix before and after; the last of each, and the last, are totals.

    A pair that is no intersection of the plan has no change.
    """
    before, after = change.matrix(change.before), change.matrix(change.after)

    def cell(challenge: str | None, theme: str | None) -> Change:
        empty = "0" if challenge is None or theme is None else after.empty_word((challenge, theme))
        if challenge and theme and (challenge, theme) not in before.cells:
            empty = "–"
        counts = before.count(challenge, theme), after.count(challenge, theme)
        return Change(challenge, theme, *counts, empty)

    return [
        [cell(challenge, theme) for theme in (*before.themes, None)]
        for challenge in (*before.challenges, None)
    ]


def _dark(
    change: Whatif, plan: Plan
) -> list[tuple[tuple[str, str], str, str, list[tuple[str, str]]]]:
    """Return the cells that lose coverage, the labels of their sides, and their activities."""
    return [
        (
            pair,
            plan.label(pair[0]),
            plan.label(pair[1]),
            [(name, plan.label(name)) for name in sorted(change.before.cells[pair])],
        )
        for pair in change.dark
    ]


def _results(change: Whatif, plan: Plan) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the results that lose their last activity, with these activities."""
    return [
        (
            name,
            plan.label(name),
            [(held, plan.label(held)) for held in sorted(change.before.results[name])],
        )
        for name in change.lost_results
    ]


def _offered(state: State, lang: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the records that a list offers, by kind: activities only where they are few."""
    plan = state.plan(lang)

    def make() -> list[tuple[str, list[tuple[str, str]]]]:
        activities = labelled(plan, "activities", "activity")
        known = {name for name, _ in activities}
        involved = [
            (name, label)
            for name, label in labelled(plan, "involved-in-activities", "entity")
            if name not in known
        ]
        years = dict.fromkeys(text(row["year"]) for row in plan.rows("activities-by-year"))
        groups = [
            ("activities", activities if len(activities) <= _FEW else []),
            ("organizations", involved),
            ("coders", labelled(plan, "coders", "coder")),
            ("years", [(year, year) for year in years]),
        ]
        return [
            (word(f"many_{key}", lang), sorted(group, key=lambda pair: pair[1].casefold()))
            for key, group in groups
            if group
        ]

    return state.known(("offered", lang), make)
