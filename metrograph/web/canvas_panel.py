"""What stands beside a canvas about the selection: relations, cells, paths, what would be lost."""

from collections.abc import Iterable
from dataclasses import dataclass

from metrograph.analysis.whatif import Whatif
from metrograph.errors import QueryError
from metrograph.network.canvas import PICKED, Choice, Shown
from metrograph.network.details import Details
from metrograph.network.view import Bundle, Thing
from metrograph.plan import Plan
from metrograph.web.pages import address, entity_address
from metrograph.web.site import State

_LEAVING = frozenset(  # kinds whose leaving can be tried
    ("Member", "Organization", "Body", "Activity", "Initiative", "ActionLine", "Coder", "Source")
)
_ALIKE = 24  # records of one relation that are named; the rest are on the canvas


@dataclass(frozen=True)
class Link:
    """A place that a panel leads to."""

    label: str
    address: str


@dataclass(frozen=True)
class Relation:
    """What one relation ties to a selected record; `arrow` says which way it runs."""

    arrow: str
    label: str
    is_inferred: bool
    others: tuple[Thing, ...]


@dataclass(frozen=True)
class Selected:
    """A selected record, what it is tied to on the canvas, and the cells of the matrix it is in."""

    thing: Thing
    page: str
    relations: tuple[Relation, ...]
    cells: tuple[Link, ...]
    is_gap: bool
    can_leave: bool


@dataclass(frozen=True)
class Panel:
    """What stands beside a canvas: the selection, its paths, and what leaves with a record."""

    selected: tuple[Selected, ...]
    paths: tuple[tuple[Thing, ...], ...]
    is_pair: bool
    cell: Link | None
    without: str
    lost_activities: tuple[Link, ...]
    lost_cells: tuple[Link, ...]
    lost_results: tuple[Link, ...]


def panel(state: State, lang: str, choice: Choice, shown: Shown, known: Details) -> Panel:
    """Return what stands beside a canvas."""
    plan = state.plan(lang)
    by_id = {thing.id: thing for thing in shown.view.things}
    selected = [by_id[name] for name in choice.picked if name in by_id]
    lost = _lost(state, lang, choice)
    return Panel(
        tuple(_selected(plan, lang, thing, shown, known) for thing in selected),
        tuple(tuple(by_id[name] for name in path) for path in shown.paths),
        len(selected) == PICKED,
        _pair(plan, lang, selected),
        plan.label(choice.without) if lost is not None else "",
        tuple(_records(plan, lang, sorted(lost.lost) if lost else ())),
        tuple(_cell(plan, lang, *pair) for pair in (lost.dark if lost else ())),
        tuple(_records(plan, lang, lost.lost_results if lost else ())),
    )


def _records(plan: Plan, lang: str, names: Iterable[str]) -> list[Link]:
    return [Link(plan.label(name), entity_address(lang, name)) for name in names]


def _selected(plan: Plan, lang: str, thing: Thing, shown: Shown, known: Details) -> Selected:
    is_record = not isinstance(thing, Bundle)
    cells = [known.sides[thing.id]] if thing.id in known.sides else []
    if thing.kind == "Activity" and is_record:
        cells = [
            known.sides[other]
            for edge in shown.view.edges
            for other in (edge.source, edge.target)
            if thing.id in (edge.source, edge.target) and other in known.sides
        ]
    links = [_cell(plan, lang, *pair) for pair in dict.fromkeys(cells)]
    side = {"VisionTheme": "theme", "Challenge": "challenge"}.get(thing.kind)
    if side:
        where = address(lang, "/coverage/activities", {side: thing.id})
        links = [Link(thing.label, where)]
    return Selected(
        thing,
        entity_address(lang, thing.id) if is_record else "",
        tuple(_relations(thing, shown)),
        tuple(links),
        thing.id in known.gaps,
        is_record and thing.kind in _LEAVING,
    )


def _relations(thing: Thing, shown: Shown) -> list[Relation]:
    by_id = {other.id: other for other in shown.view.things}
    others: dict[tuple[str, str, bool], list[Thing]] = {}
    for edge in shown.view.edges:
        if edge.source == thing.id:
            others.setdefault(("→", edge.label, edge.inferred), []).append(by_id[edge.target])
        elif edge.target == thing.id:
            others.setdefault(("←", edge.label, edge.inferred), []).append(by_id[edge.source])
    return [Relation(*key, tuple(held[:_ALIKE])) for key, held in others.items()]


def _pair(plan: Plan, lang: str, selected: list[Thing]) -> Link | None:
    """Return the cell of the matrix where two selected categories meet."""
    kinds = {thing.kind: thing for thing in selected}
    if set(kinds) == {"VisionTheme", "Challenge"}:
        return _cell(plan, lang, kinds["Challenge"].id, kinds["VisionTheme"].id)
    return None


def _cell(plan: Plan, lang: str, challenge: str, theme: str) -> Link:
    where = {"challenge": challenge, "theme": theme}
    label = f"{plan.label(challenge)} × {plan.label(theme)}"
    return Link(label, address(lang, "/coverage/activities", where))


def _lost(state: State, lang: str, choice: Choice) -> Whatif | None:
    """Return what the coverage loses without a record, or None where nothing depends on it."""
    if not choice.without:
        return None

    def make() -> Whatif | None:
        try:
            return state.plan(lang).whatif(choice.without)
        except QueryError:
            return None

    return state.known(("leaving", lang, choice.without), make)


def lost_by(state: State, lang: str, choice: Choice) -> frozenset[str]:
    """Return the ids that are cut off without a record: it, its activities, cells and results."""
    lost = _lost(state, lang, choice)
    if lost is None:
        return frozenset()
    cells = {lost.points[pair] for pair in lost.dark}
    return frozenset({choice.without, *lost.lost, *lost.lost_results, *cells})
