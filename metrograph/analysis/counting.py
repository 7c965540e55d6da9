"""Counts a plan's coverage matrix, narrowed by filters, with the library's questions.

Each question states one thing about activities: at which intersections they are, in which year,
claimed by whom. `query.bitmaps` keeps the answers as bitmaps; here they are combined.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from metrograph.analysis.coverage import Coverage, Grounds, Pair, matrix_of
from metrograph.late import late_from
from metrograph.messages import word
from metrograph.query import kept_answers
from metrograph.query.answers import Answers, out_of_scope, text
from metrograph.query.bitmaps import Activities, Bitmaps, bitmaps, union
from metrograph.query.filters import Filters
from metrograph.store.cache import Built

if TYPE_CHECKING:
    from metrograph.query import asking, library
else:  # only filters are checked by them
    asking, library = late_from("metrograph.query", "asking", "library")

_OF_ACTIVITIES = {  # the question that says which activities a filter keeps
    "year": "years-of-activities",
    "line": "lines-of-activities",
    "output": "output-types-of-activities",
    "region": "regions-of-activities",
}
_QUESTIONS = (
    *_OF_ACTIVITIES.values(), "activities-at-intersections", "activities-in-one-passage",
    "activities-pending", "sides-of-activities", "passages-of-activities", "readings",
)  # fmt: skip
_OF_FRAME = ("intersections", "intersections-out-of-scope", "intersections-named-by-the-plan")
_NONE = Activities(0)


class Counted(Answers, Protocol):
    """A plan whose activities can be counted."""

    @property
    def built(self) -> Built:
        """The plan's store."""
        ...


@dataclass(frozen=True)
class Frame:
    """What all matrices of a plan have in common: its intersections, and what is known of them."""

    points: tuple[tuple[Pair, str], ...]  # (challenge, theme) and the id, in the plan's order
    outside: frozenset[Pair]
    named: frozenset[Pair]

    @property
    def ids(self) -> list[str]:
        """The ids of the intersections."""
        return [name for _, name in self.points]

    def cells(self, at: Iterable[Activities]) -> dict[Pair, Activities]:
        """Return the activities at each intersection by challenge and theme."""
        cells: dict[Pair, Activities] = {}
        for (pair, _), held in zip(self.points, at, strict=True):
            cells[pair] = cells.get(pair, _NONE) | held
        return cells


def prepared(built: Built) -> Built:
    """Return a store; if it was built just now, ask and keep all that any filters need."""
    if built.is_new:
        for name in _QUESTIONS:
            bitmaps(built).of(name)
    return built


def activities(plan: Counted) -> Activities:
    """Return all activities of a plan."""
    return bitmaps(plan.built).every()


def frame(plan: Counted) -> Frame:
    """Return what all matrices of a plan have in common, asked once for each state of the plan."""

    def ask() -> dict[str, list[list[str]]]:
        return {
            "points": [[*pair, name] for pair, name in intersections(plan).items()],
            "outside": [list(pair) for pair in sorted(out_of_scope(plan))],
            "named": [
                [text(row["challenge"]), text(row["theme"])]
                for row in plan.rows("intersections-named-by-the-plan")
            ],
        }

    kept = kept_answers.kept(kept_answers.folder_of(plan.built), "frame", _OF_FRAME, ask)
    return Frame(
        points=tuple(((challenge, theme), name) for challenge, theme, name in kept["points"]),
        outside=frozenset((challenge, theme) for challenge, theme in kept["outside"]),
        named=frozenset((challenge, theme) for challenge, theme in kept["named"]),
    )


def matrix(plan: Counted, filters: Filters, known: Frame | None = None) -> Coverage:
    """Return the challenge x theme matrix of the activities that pass the filters.

    `known` is the plan's frame, for several matrices asked for once. Raises `QueryError` for an
    unknown coder, line, output type or region.
    """
    filters = filters.known(plan.known)
    if not filters.is_empty:
        asking.check(plan.built, library.find("coverage"), filters.parameters(), plan.lang)
    known = known or frame(plan)
    of_plan = bitmaps(plan.built)
    chosen = selected(of_plan, filters)
    at = (held & chosen for held in addressing(of_plan, filters, known))
    sharing = (held & chosen for held in in_one_passage(of_plan, filters, known))
    grounds = Grounds(
        outside=known.outside,
        named=known.named,
        passages=known.cells(sharing),
        waiting={
            int(coders): held & chosen
            for (coders,), held in of_plan.of("activities-pending").items()
        },
        filled=_filled(of_plan, filters, known),
    )
    whole = matrix_of(known.cells(at), filters, plan.label, plan.lang, grounds)
    return whole if filters.evidence == "any" else whole.in_one_passage()


def _filled(of_plan: Bitmaps, filters: Filters, known: Frame) -> frozenset[Pair]:
    """Return the pairs of a challenge and a theme that have activities when nothing is filtered."""
    if filters.is_empty:
        return frozenset()
    cells = known.cells(addressing(of_plan, Filters(), known))
    return frozenset(pair for pair, held in cells.items() if held)


def selected(of_plan: Bitmaps, filters: Filters) -> Activities:
    """Return the activities that the filters of activities keep."""
    kept = of_plan.every()
    for name, value in filters.of_activities().items():
        kept &= of_plan.of(_OF_ACTIVITIES[name]).get((value,), _NONE)
    return kept


def addressing(of_plan: Bitmaps, filters: Filters, known: Frame) -> list[Activities]:
    """Return the activities that address each intersection, by the claims that count.

    What agreed claims add up to is inferred; of others, one has to claim each side.
    """
    if filters.counts_all_agreed:
        agreed = of_plan.of("activities-at-intersections")
        return [agreed.get((name,), _NONE) for name in known.ids]
    of_side: dict[str, Activities] = {}
    for (side, coder, basis, is_agreed), held in of_plan.of("sides-of-activities").items():
        if filters.counts(coder, basis, is_agreed=is_agreed == "true"):
            of_side[side] = of_side.get(side, _NONE) | held
    return [
        of_side.get(challenge, _NONE) & of_side.get(theme, _NONE)
        for (challenge, theme), _ in known.points
    ]


def in_one_passage(of_plan: Bitmaps, filters: Filters, known: Frame) -> list[Activities]:
    """Return the activities of which a coder finds both sides of an intersection in one passage."""
    if filters.counts_all_agreed:
        agreed = of_plan.of("activities-in-one-passage")
        return [agreed.get((name,), _NONE) for name in known.ids]
    sharing: dict[str, list[Activities]] = {}
    for (name, coder, *bases, is_agreed), held in of_plan.of("passages-of-activities").items():
        counts = (filters.counts(coder, basis, is_agreed=is_agreed == "true") for basis in bases)
        if all(counts):
            sharing.setdefault(name, []).append(held)
    return [union(sharing.get(name, ())) for name in known.ids]


def intersections(answers: Answers) -> dict[Pair, str]:
    """Return the id of the intersection of each challenge and theme, in the plan's order."""
    return {
        (text(row["challenge"]), text(row["theme"])): text(row["intersection"])
        for row in answers.rows("intersections")
    }


def ways(
    plan: Counted, year: int | None, line: str | None
) -> tuple[dict[str, Coverage], dict[str, str]]:
    """Return the matrix by each way to count claims, and the labels of the ways.

    The ways are: what is agreed, any claim, each coder alone, and what is agreed on a stated basis.
    """
    coders = sorted({coder for (coder,) in bitmaps(plan.built).of("readings")})
    filters = {
        "standing": Filters(year, line),
        "any": Filters(year, line, "any"),
        **{coder: Filters(year, line, f"coder:{coder.partition('/')[2]}") for coder in coders},
        "stated": Filters(year, line, basis="stated"),
    }
    labels = {way: plan.label(way) if way in coders else word(way, plan.lang) for way in filters}
    known = frame(plan)
    return {way: matrix(plan, chosen, known) for way, chosen in filters.items()}, labels


def by_line(plan: Counted, year: int | None, claims: str) -> tuple[Coverage, dict[str, Coverage]]:
    """Return the whole matrix, which knows the labels of action lines, and that of each line."""
    lines = [text(row["line"]) for row in plan.rows("lines-with-records")]
    known = frame(plan)
    whole = matrix(plan, Filters(year, claims=claims), known)
    labels = {**whole.labels, **{line: plan.label(line) for line in lines}}
    of_lines = {line: matrix(plan, Filters(year, line, claims), known) for line in lines}
    return replace(whole, labels=labels), of_lines
