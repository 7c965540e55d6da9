"""The overview, the structure of the plan, and the search."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.gaps import Gaps
from metrograph.analysis.rollup import attention
from metrograph.plan import Plan
from metrograph.query.answers import Row, text
from metrograph.query.filters import Filters
from metrograph.vocabulary import MG_NAMESPACE, RDF
from metrograph.web.attention import outstanding
from metrograph.web.catalog import last_change
from metrograph.web.labels import match_hits, search
from metrograph.web.matrix import matrix, squares
from metrograph.web.next_steps import next_steps
from metrograph.web.pages import asked, lang_of, page, site_of, state_of
from metrograph.web.site import State
from metrograph.web.standing import standing_of

_MOST_FOUND = 100
_OPENED = 200  # elements of a plan up to which its whole tree is shown open


def overview(request: Request) -> Response:
    """Return the overview: what the plan is, its figures, and what needs attention."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    covered = matrix(state, lang, Filters())
    stated = matrix(state, lang, Filters(basis="stated"))
    needed, findings = outstanding(state), plan.built.severities()
    answer = page(
        request,
        "overview.html",
        about=[
            row
            for row in plan.rows("plans", language=lang)
            if row["plan"] == plan.ids.short(plan.iri)
        ],
        matrix=covered,
        rows=squares(covered, stated),
        covered=sum(bool(held) for held in covered.cells.values()),
        numbers=_numbers(plan),
        needed=needed,
        steps=next_steps(
            findings["violation"], covered, needed, standing_of(state, lang).count("late")
        ),
        gaps=sum(needed.gaps.values()) if needed else 0,
        findings=findings,
        changed=last_change(plan),
        compares=bool(site_of(request).compared),
    )
    if needed is None:  # the next one has the numbers
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _numbers(plan: Plan) -> dict[str, int]:
    """Return how many records of each kind there are, as the questions that list them have rows."""
    is_a = ox.NamedNode(RDF.type)

    def count(kind: str) -> int:
        triples = plan.built.engine.triples(None, is_a, ox.NamedNode(MG_NAMESPACE + kind))
        return sum(1 for _ in triples)

    return {
        "results": count("Result"), "activities": count("Activity"), "members": count("Member"),
        "indicators": count("Indicator"), "claims": count("AlignmentClaim"),
        "elements": count("PlanElement"),
    }  # fmt: skip


@dataclass(frozen=True)
class Branch:
    """One element of the plan, with what depends on it."""

    id: str
    label: str
    number: str
    level: str
    activities: int
    indicators: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]
    parts: tuple["Branch", ...]
    status: str = ""
    attention: str = ""


def tree(request: Request) -> Response:
    """Return the plan's tree, with counts, indicators and gaps, and its themes and challenges."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    areas: dict[str, list[str]] = defaultdict(list)
    for row in plan.rows("challenges-and-areas"):
        areas[text(row["challenge"])] += [text(row["area"])] if row["area"] else []
    covered = matrix(state, lang, Filters())
    themes = [(id_, plan.label(id_), covered.count(theme=id_)) for id_ in covered.themes]
    challenges = [
        (
            id_,
            plan.label(id_),
            covered.count(challenge=id_),
            [(area, plan.label(area)) for area in areas[id_]],
        )
        for id_ in covered.challenges
    ]
    branches = _branches(state, plan)
    return page(
        request,
        "plan.html",
        branches=branches,
        compares=bool(site_of(request).compared),
        follows=any(item.is_followed for item in standing_of(state, lang).items),
        themes=themes,
        challenges=challenges,
        counts=any(id_.activities for id_ in branches),
        is_small=len(plan.rows("plan-tree")) <= _OPENED,
    )


def all_gaps(state: State, lang: str) -> Gaps:
    """Return all gaps of the plan, found once for a state of its files."""
    return replace(state.gaps(), answers=state.plan(lang))


def _branches(state: State, plan: Plan) -> tuple[Branch, ...]:
    below: dict[str, list[Row]] = defaultdict(list)
    for row in plan.rows("plan-tree"):
        below[text(row["partOf"])].append(row)
    indicators: dict[str, dict[str, None]] = defaultdict(dict)
    for row in plan.rows("elements-of-indicators"):
        indicators[text(row["element"])][text(row["indicator"])] = None
    gaps: dict[str, list[str]] = defaultdict(list)
    every = all_gaps(state, plan.lang)
    for gap in every.found:
        gaps[gap.thing].append(gap.type)
    followed = {item.element: item for item in standing_of(state, plan.lang).items}
    titles = {gap_type.name: gap_type.label(plan.lang) for gap_type in every.types}

    def branch(row: Row) -> Branch:
        name = text(row["element"])
        return Branch(
            name,
            plan.label(name),
            text(row["number"]),
            plan.label(text(row["level"])) if row["level"] else "",
            int(row["activities"] or 0),
            tuple((name_, plan.label(name_)) for name_ in indicators[name]),
            tuple(titles[name_] for name_ in gaps[name]),
            tuple(branch(part) for part in below[name]),
            plan.label(item.status) if (item := followed[name]).status else "",
            attention(followed[name], plan.lang) if not followed[name].is_done else "",
        )

    return tuple(branch(row) for row in below[""])


def find(request: Request) -> Response:
    """Return what the labels of all languages find for some words."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    wanted = asked(request, "q").get("q", "")[:200]
    hits = match_hits(search(state), wanted)
    kinds = Counter(hit.kind for hit in hits)
    return page(
        request,
        "search.html",
        wanted=wanted,
        total=len(hits),
        kinds=[(plan.label(kind), number) for kind, number in kinds.most_common()],
        hits=[
            (hit.id, label, plan.label(hit.kind), hit.other(label, lang))
            for hit in hits[:_MOST_FOUND]
            for label in [plan.label(hit.id)]
        ],
        most=_MOST_FOUND,
    )
