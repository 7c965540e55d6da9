"""What leads on from an empty cell: what nearly fills it, and what to do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.candidates import Candidates, candidates
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query.answers import text
from metrograph.query.filters import Filters
from metrograph.web.filters import address_of, described
from metrograph.web.matrix import intersections, matrix
from metrograph.web.pages import asked, file, lang_of, state_of
from metrograph.web.site import State


@dataclass(frozen=True)
class Neighbour:
    """An activity that addresses one side of a gap, and the other cells in which it is counted."""

    id: str
    label: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Scope:
    """The decision that puts an intersection out of scope."""

    id: str
    reason: str
    by: str
    day: str


@dataclass(frozen=True)
class Gap:
    """What the page of an intersection without activities shows, filtered or not.

    `scope` is the decision that puts it out of scope, if there is one.
    """

    challenge: str
    theme: str
    known: Candidates
    of_theme: tuple[Neighbour, ...]
    of_challenge: tuple[Neighbour, ...]
    scope: Scope | None


def gap(state: State, lang: str, challenge: str, theme: str) -> Gap | None:
    """Return what leads on from a gap or a cell out of scope, or None where activities are."""
    everything = matrix(state, lang, Filters())
    if everything.cells.get((challenge, theme), "none"):
        return None
    plan = state.plan(lang)
    known = state.known(
        ("candidates", challenge, theme), lambda: candidates(state.plan(), challenge, theme)
    )

    def neighbour(name: str, *, is_of_theme: bool) -> Neighbour:
        others = (
            row if is_of_theme else column
            for (row, column), held in everything.cells.items()
            if name in held and (column == theme if is_of_theme else row == challenge)
        )
        return Neighbour(
            name, plan.label(name), tuple((other, plan.label(other)) for other in others)
        )

    return Gap(
        challenge,
        theme,
        known,
        _alone_first(neighbour(name, is_of_theme=True) for name in known.of_theme),
        _alone_first(neighbour(name, is_of_theme=False) for name in known.of_challenge),
        scope_of(plan, intersections(state)[challenge, theme]),
    )


def scope_of(plan: Plan, intersection: str) -> Scope | None:
    """Return the decision in force that puts an intersection out of scope, if there is one."""
    for row in plan.rows("intersections-out-of-scope", language=plan.lang):
        if row["intersection"] == intersection:
            by = plan.label(text(row["coder"])) if row["coder"] else ""
            return Scope(text(row["decision"]), text(row["reason"]), by, text(row["created"]))
    return None


def looser(
    state: State, lang: str, filters: Filters, sides: Mapping[str, str]
) -> list[tuple[str, str, dict[str, str], int]]:
    """Return what a cell holds without one of its filters each, where it holds anything.

    Each is the name of the filter, its value, the address without it, and the number of activities.
    """
    plan, loosened = state.plan(lang), []
    for name, (label, value) in zip(address_of(filters), described(plan, filters), strict=True):
        without = replace(filters, **{name: getattr(Filters(), name)})
        number = matrix(state, lang, without).count(**sides)
        if number:
            loosened.append((label, value, {**address_of(without), **sides}, number))
    return loosened


def listed(request: Request) -> Response:
    """Return as a file what nearly fills an intersection."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    sides = {side: plan.known(name) for side, name in asked(request, "challenge", "theme").items()}
    pair = (sides.get("challenge", ""), sides.get("theme", ""))
    if pair not in intersections(state):
        raise HTTPException(404, word("nothing", lang))
    return file(candidates(plan, *pair).table(plan), request.path_params["form"], "candidates")


def _alone_first(neighbours: Iterable[Neighbour]) -> tuple[Neighbour, ...]:
    return tuple(sorted(neighbours, key=lambda near: (bool(near.others), near.label)))
