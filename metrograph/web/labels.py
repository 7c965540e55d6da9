"""Searches the labels of all records, ignoring accents and case."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from metrograph.plan import Plan
from metrograph.query.answers import text
from metrograph.text import folded, tagged
from metrograph.vocabulary import MG_NAMESPACE, RDF, Graphs
from metrograph.web.site import State

_NO_RECORDS = {"mg:Citation"}


@dataclass(frozen=True)
class Hit:
    """A record to search for: its id, its kind, and its labels by language, plain and folded."""

    id: str
    kind: str
    labels: tuple[tuple[str, str], ...]
    folded: tuple[str, ...]

    def other(self, shown: str, lang: str) -> str | None:
        """Return the label of another language, where that is not the one shown."""
        return next(
            (
                tagged(label, spoken)
                for spoken, label in self.labels
                if spoken != lang and label != shown
            ),
            None,
        )


def labelled(plan: Plan, query: str, column: str) -> list[tuple[str, str]]:
    """Return the records in a column of a question, each once, as (id, label)."""
    ids = dict.fromkeys(text(row[column]) for row in plan.rows(query) if row[column])
    return [(name, plan.label(name)) for name in ids]


def search(state: State) -> tuple[Hit, ...]:
    """Return all records of the plan that have a label, made once for a state of its files."""
    return state.known("search", lambda: _hits(state.plan(), things(state)))


def things(state: State) -> dict[str, str]:
    """Return the kind of each record of the plan, worked out once for a state of its files."""
    return state.known("things", lambda: kinds(state.plan()))


def kinds(plan: Plan) -> dict[str, str]:
    """Return the kind of each record that a file of the plan describes: the class written first."""
    kind_of: dict[str, str] = {}
    is_a = ox.NamedNode(RDF.type)
    for quad in plan.built.engine.quads(None, is_a):
        graph = getattr(quad.graph_name, "value", "")
        if not graph.startswith(Graphs.files) or not isinstance(quad.subject, ox.NamedNode):
            continue
        kind = getattr(quad.object, "value", "")
        if kind.startswith(MG_NAMESPACE):
            kind_of.setdefault(plan.ids.short(quad.subject.value), plan.ids.short(kind))
    return kind_of


def _hits(plan: Plan, of_kind: Mapping[str, str]) -> tuple[Hit, ...]:
    labels: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for triple in plan.built.engine.triples(None, ox.NamedNode(RDF.label)):
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal):
            labels[plan.ids.short(triple.subject.value)].append(
                (triple.object.language or "", triple.object.value)
            )
    return tuple(
        Hit(
            name,
            kind,
            tuple(sorted(labels[name])),
            tuple(folded(label) for label in (*(label for _, label in labels[name]), name)),
        )
        for name, kind in sorted(of_kind.items())
        if name in labels and kind not in _NO_RECORDS
    )


def match_hits(hits: tuple[Hit, ...], words: str) -> list[Hit]:
    """Return the hits that hold every word, those first whose label begins with the words."""
    wanted = folded(words).split()
    if not wanted:
        return []
    whole = " ".join(wanted)

    def rank(hit: Hit) -> tuple[int, int, str]:
        if whole in hit.folded:
            return (0, 0, hit.id)
        starts = any(name.startswith(whole) for name in hit.folded)
        return (1 if starts else 2, min(map(len, hit.folded)), hit.id)

    return sorted(
        (hit for hit in hits if any(all(part in name for part in wanted) for name in hit.folded)),
        key=rank,
    )
