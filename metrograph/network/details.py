"""Reads what a canvas filters and colours by: years, lines, statuses, claims, gaps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrograph.messages import word
from metrograph.query.answers import Answers, out_of_scope, text

if TYPE_CHECKING:
    import networkx as nx

AGREED, CONTESTED, REJECTED, PENDING = STANDINGS = ("agreed", "contested", "rejected", "pending")
_DECIDED = {"mg:rejected": REJECTED, "mg:accepted": AGREED}


@dataclass(frozen=True)
class Details:
    """What is known of records beside their relations, by their ids.

    `lines` are the action lines that a record belongs to; `standings` says of each claim whether it
    is agreed, contested, rejected or pending (its activity has fewer than two coders); `sides` are
    the challenge and the theme of each intersection, in the order of the plan; `gaps` the
    intersections in scope that no activity addresses.
    """

    years: Mapping[str, str]
    lines: Mapping[str, frozenset[str]]
    statuses: Mapping[str, str]
    standings: Mapping[str, str]
    coders: Mapping[str, str]
    units: Mapping[str, str]
    names: Mapping[str, str]
    sides: Mapping[str, tuple[str, str]]
    gaps: frozenset[str]


def details(plan: Answers) -> Details:
    """Return the details of a plan's records, in the plan's language."""
    claims = {text(row["claim"]): row for row in plan.rows("claims")}
    sides = {
        text(row["intersection"]): (text(row["challenge"]), text(row["theme"]))
        for row in plan.rows("intersections")
    }
    return Details(
        {
            text(row["activity"]): text(row["activityYear"])
            for row in plan.rows("years-of-activities")
        },
        _lines(plan),
        {
            text(row["element"]): plan.label(text(row["status"]))
            for row in plan.rows("statuses-of-elements")
            if row["status"]
        },
        _standings(plan),
        {name: text(row["coder"]) for name, row in claims.items()},
        {name: text(row["activity"]) for name, row in claims.items()},
        {
            name: f"{plan.label(text(row['category']))} ({plan.label(text(row['coder']))})"
            for name, row in claims.items()
        },
        sides,
        _gaps(plan, sides),
    )


def _lines(plan: Answers) -> dict[str, frozenset[str]]:
    lines = {text(row["line"]) for row in plan.rows("lines-with-records")}
    lines_of: dict[str, set[str]] = {}
    for row in plan.rows("records-by-line-challenge-theme"):
        if text(row["belongsTo"]) in lines:
            lines_of.setdefault(text(row["entity"]), set()).add(text(row["belongsTo"]))
    return {name: frozenset(held) for name, held in lines_of.items()}


def _standings(plan: Answers) -> dict[str, str]:
    """Return how each claim stands; a decision in force weighs more than the coders."""
    coders: dict[str, set[str]] = {}
    for row in plan.rows("codings"):
        coders.setdefault(text(row["activity"]), set()).add(text(row["coder"]))
    rows = plan.rows("claims")
    decided = {
        (text(row["activity"]), text(row["category"])): _DECIDED[text(row["verdict"])]
        for row in rows
        if text(row["verdict"]) in _DECIDED and not row["superseded"]
    }
    standings = {}
    for row in rows:
        activity = text(row["activity"])
        standing = decided.get((activity, text(row["category"])))
        if not standing and row["standing"]:
            standing = AGREED
        if not standing:
            standing = CONTESTED if len(coders.get(activity, ())) > 1 else PENDING
        standings[text(row["claim"])] = standing
    return standings


def _gaps(plan: Answers, sides: Mapping[str, tuple[str, str]]) -> frozenset[str]:
    covered = {text(row["intersection"]) for row in plan.rows("coverage") if row["activity"]}
    outside = out_of_scope(plan)
    return frozenset(
        name for name, pair in sides.items() if name not in covered and pair not in outside
    )


def name_claims(graph: "nx.MultiDiGraph", known: Details) -> "nx.MultiDiGraph":
    """Return a network whose claims are called by what they claim and by whom, not by an id."""
    for name in known.names.keys() & graph.nodes:
        graph.nodes[name]["label"] = known.names[name]
        standing = word(f"canvas_{known.standings[name]}", graph.graph["lang"])
        graph.nodes[name]["description"] = standing
    return graph


def shown_years(known: Details, names: Iterable[str]) -> list[str]:
    """Return the years of records, the earliest first."""
    return sorted({known.years[name] for name in names if name in known.years})
