"""Turns the goals and objectives of a StratML document into records, and their levels too."""

import re
from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from metrograph.exchange.stratml.elements import Doc, facts
from metrograph.exchange.stratml.nodes import Node
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF, Skos

_LEVELS = {1: "stratml_goal", 2: "stratml_objective"}


def levels(goals: tuple[Node, ...], doc: Doc) -> Iterator[Record]:
    """Yield the scheme of levels, and a level for each depth of goals."""
    scheme = ox.NamedNode(f"{doc.base}scheme/levels")
    yield Record(scheme.value, (
        (RDF.type, (ox.NamedNode(Skos.ConceptScheme),)), (RDF.label, (doc.own("levels"),)),
    ))  # fmt: skip
    for depth in range(1, _depth(goals) + 1):
        yield Record(_level(depth, doc).value, (
            (RDF.type, (ox.NamedNode(MG.Level),)),
            (RDF.label, (doc.own(_LEVELS.get(depth, "stratml_deeper"), depth),)),
            (Skos.inScheme, (scheme,)),
            (MG.depth, (ox.Literal(depth),)),
        ))  # fmt: skip


def _depth(nodes: tuple[Node, ...]) -> int:
    """Return how many levels there are: the standard has two, and documents have more."""
    return 1 + max(
        (_depth(inner) for node in nodes if (inner := node.every("Objective"))), default=0
    )


def _level(depth: int, doc: Doc) -> ox.NamedNode:
    key = {1: "goal", 2: "objective"}.get(depth, f"objective-{depth}")
    return ox.NamedNode(f"{doc.base}level/{key}")


def elements(
    nodes: tuple[Node, ...], whole: Node | None, doc: Doc, depth: int = 1
) -> Iterator[Record]:
    """Yield goals, or the objectives of one, each followed by its own."""
    known = [node for node in nodes if node in doc.iris]
    for node, position in zip(known, _positions(known, whole), strict=True):
        number = node.text_of("SequenceIndicator")
        related, notes = doc.relations(node)
        above = (MG.partOf, doc.iris[whole]) if whole else (MG.ofPlan, doc.plan)
        yield facts(
            node,
            doc,
            MG.PlanElement,
            notes,
            node.find_child("Identifier"),
            (
                (MG.level, [_level(depth, doc)]),
                (MG.position, [ox.Literal(position)] if position else []),
                (Skos.notation, [ox.Literal(number)] if number else []),
                (above[0], [ox.NamedNode(above[1])]),
                (MG.relatesTo, related),
            ),
        )
        yield from elements(node.every("Objective"), node, doc, depth + 1)


def _positions(nodes: list[Node], whole: Node | None) -> list[int | None]:
    """Return the places of elements within their whole, where their printed numbers agree.

    A number is that of the whole and the position ("1.2"): what is numbered otherwise is in order
    by its number alone.
    """
    above = whole.text_of("SequenceIndicator") if whole else ""
    positions: dict[Node, int | None] = {}
    for at, node in enumerate(nodes, start=1):
        number = node.text_of("SequenceIndicator")
        is_checked = number and (above or not whole)
        positions[node] = _as_position(number, above) if is_checked else at
    times = Counter(positions.values())
    return [at if times[at] == 1 else None for at in positions.values()]


def _as_position(number: str, above: str) -> int | None:
    """Return the last part of a printed number that continues the one above it, or nothing."""
    own = number.removeprefix(f"{above}.") if above else number
    is_whole = re.fullmatch(r"[1-9][0-9]{0,8}", own) and (not above or own != number)
    return int(own) if is_whole else None
