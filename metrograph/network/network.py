"""Builds a plan's network (networkx): records as nodes, triples between records as edges."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from metrograph.late import late
from metrograph.messages import LANGUAGES
from metrograph.query.answers import Answers
from metrograph.store.cache import Built
from metrograph.store.engine import Engine
from metrograph.text import tagged
from metrograph.vocabulary import MG, MG_NAMESPACE, PREFIXES, RDF, Dcterms, Graphs, Owl, Skos

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = late("networkx")

# What is about the graph's own records, and what all things share: each would tie everything
# to everything, so that no path and no drawing could tell anything.
LEFT_OUT = frozenset(
    {
        *("AlignmentClaim", "Decision", "ScopeDecision", "Coder", "Coding"),
        *(
            "Observation",
            "StatusReport",
            "Citation",
            "Section",
            "Membership",
            "Role",
            "Interval",
            "Instant",
        ),
        *("Unit", "CountUnit", "Level", "ConceptScheme"),
        *("Place", "Country", "Region", "StrategicPlan"),
    }
)
_Link = tuple[str, str, str]  # IRIs of subject, predicate, object
_TEXTS = (Dcterms.description, Skos.definition, MG.mandate)


class Stored(Answers, Protocol):
    """A plan whose store can be read."""

    @property
    def built(self) -> Built:
        """The open store of the plan."""
        ...

    @property
    def iri(self) -> str:
        """The IRI of the plan itself."""
        ...


def network(
    plan: Stored,
    kinds: Iterable[str] | None = None,
    also: Iterable[str] = (),
    citations: bool = False,
) -> "nx.MultiDiGraph":
    """Return the plan as a networkx MultiDiGraph.

    A node is an id, with `label`, `kind` (the local name of its most specific class, such as
    "Activity"), `kind_label` and `description` ("" where there is none). An edge has the predicate
    as its key and as `predicate` ("mg:partOf"), `label`, and `inferred`. Texts are in the plan's
    language. Nodes and edges come in the order of their ids.

    `kinds` says which kinds it holds (default: all but `LEFT_OUT`), `also` ids that it holds
    whatever their kind. With `citations`, a record is tied to each document that it cites.

    Left out is an inferred edge that another edge says more exactly: a super-property between the
    same two things (`mg:within` beside `mg:partOf`); the other way of a symmetric property; and the
    same relation to a whole (a line) where there is one to a part of it (a result).
    """
    engine, ids = plan.built.engine, plan.built.ids
    wanted = {ids.iri(name) for name in also}
    chosen = None if kinds is None else frozenset(kinds)
    held = {
        iri: kind
        for iri, kind in classes(engine).items()
        if iri in wanted or _is_chosen(_local(kind), chosen)
    }
    graph = nx.MultiDiGraph(lang=plan.lang, title=plan.label(plan.iri))
    graph.add_nodes_from(_nodes(plan, held))
    links = _exact(_links(engine, held), _rules(engine), _wholes(engine))
    graph.add_edges_from(_edges(plan, links | (_cited(engine, held) if citations else {})))
    return graph


def _nodes(plan: Stored, held: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    kinds = {kind: plan.label(kind) for kind in set(held.values())}
    for iri in sorted(held):
        yield (
            plan.built.ids.short(iri),
            {
                "label": plan.label(iri),
                "kind": _local(held[iri]),
                "kind_label": kinds[held[iri]],
                "description": _description(plan.built.engine, iri, plan.lang),
            },
        )


def _edges(
    plan: Stored, links: Mapping[_Link, bool]
) -> Iterator[tuple[str, str, str, dict[str, str | bool]]]:
    labels = {name: plan.label(name) for name in {predicate for _, predicate, _ in links}}
    short = plan.built.ids.short
    for (subject, predicate, object_), inferred in sorted(links.items()):
        name = _short(predicate)
        attributes: dict[str, str | bool] = {"predicate": name, "label": labels[predicate]}
        yield short(subject), short(object_), name, attributes | {"inferred": inferred}


def content_hash(graph: "nx.MultiDiGraph") -> str:
    """Return a hash of all that a network says: what is drawn of two with the same is the same."""
    held = (graph.graph, [*graph.nodes(data=True)], [*graph.edges(keys=True, data=True)])
    return hashlib.sha256(repr(held).encode()).hexdigest()


def kinds_of(plan: Stored) -> dict[str, str]:
    """Return the kinds of records that a plan holds, in order, each with its label."""
    iris = set(classes(plan.built.engine).values())
    return {_local(iri): plan.label(iri) for iri in sorted(iris, key=_local)}


def _is_chosen(kind: str, chosen: frozenset[str] | None) -> bool:
    return kind not in LEFT_OUT if chosen is None else kind in chosen


def _local(iri: str) -> str:
    """Return the last part of an IRI.

    >>> _local("http://www.w3.org/ns/org#Organization")
    'Organization'
    """
    return iri.replace("#", "/").rpartition("/")[2]


def _short(predicate: str) -> str:
    """Return a predicate as Turtle writes it.

    >>> _short("http://www.w3.org/2004/02/skos/core#broader")
    'skos:broader'
    """
    for prefix, namespace in PREFIXES.items():
        if predicate.startswith(namespace):
            return f"{prefix}:{predicate[len(namespace) :]}"
    return predicate


def _pairs(engine: Engine, predicate: str) -> Iterator[tuple[str, str]]:
    """Yield subject and object, where both are IRIs, of the triples of a predicate."""
    quads = engine.triples(None, ox.NamedNode(predicate))
    for triple in quads:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
            yield triple.subject.value, triple.object.value


def _above(engine: Engine, predicate: str) -> dict[str, frozenset[str]]:
    """Return, for each record, all that lies above it by a predicate, however far."""
    direct: dict[str, set[str]] = {}
    for low, high in _pairs(engine, predicate):
        direct.setdefault(low, set()).add(high)
    return {start: _reached(start, direct) for start in direct}


def _reached(start: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    reached: set[str] = set()
    frontier = direct.get(start, set())
    while frontier:
        reached |= frontier
        frontier = set().union(*(direct.get(class_, set()) for class_ in frontier)) - reached
    return frozenset(reached - {start})


def classes(engine: Engine) -> dict[str, str]:
    """Return the most specific class of each record of the plan, one of ours before any other."""
    vocabulary = {
        triple.subject.value
        for graph in (Graphs.ontology, Graphs.interface)
        for triple in engine.triples(None, None, None, ox.NamedNode(graph))
        if isinstance(triple.subject, ox.NamedNode)
    }
    types: dict[str, set[str]] = {}
    for thing, kind in _pairs(engine, RDF.type):
        if thing not in vocabulary:
            types.setdefault(thing, set()).add(kind)
    above = _above(engine, RDF.subClassOf)
    # many records have the same classes
    best = cache(lambda kinds: _most_specific(kinds, above))
    return {thing: best(frozenset(kinds)) for thing, kinds in types.items()}


def _most_specific(kinds: frozenset[str], above: Mapping[str, frozenset[str]]) -> str:
    general = frozenset().union(*(above.get(kind, frozenset()) for kind in kinds))
    return min(kinds - general or kinds, key=lambda kind: (not kind.startswith(MG_NAMESPACE), kind))


def _description(engine: Engine, iri: str, lang: str) -> str:
    """Return what a record is said to be, in a language where there is a choice."""
    for predicate in _TEXTS:
        triples = engine.triples(ox.NamedNode(iri), ox.NamedNode(predicate))
        texts = {
            triple.object.language or "": triple.object.value
            for triple in triples
            if isinstance(triple.object, ox.Literal)
        }
        for choice in (lang, *LANGUAGES, *sorted(texts)):
            if choice in texts:
                return tagged(texts[choice], choice)
    return ""


def _links(engine: Engine, held: Mapping[str, str]) -> dict[_Link, bool]:
    """Return what links two records that are held, and whether it is inferred."""
    inferred = ox.NamedNode(Graphs.inferred)
    links = {}
    for thing in held:
        node = ox.NamedNode(thing)
        followed = set(engine.triples(node, None, None, inferred))
        for triple in engine.triples(node):
            if isinstance(triple.object, ox.NamedNode) and triple.object.value in held:
                links[thing, triple.predicate.value, triple.object.value] = triple in followed
    return links


def _cited(engine: Engine, held: Mapping[str, str]) -> dict[_Link, bool]:
    """Return a link from each record to each other document that it cites, however often."""
    documents = dict(_pairs(engine, MG.inSource))
    return {
        (thing, MG.citation, documents[place]): False
        for thing, place in _pairs(engine, MG.citation)
        if thing in held and documents.get(place) in held.keys() - {thing}
    }


@dataclass(frozen=True)
class _Rules:
    """What the ontology says of properties."""

    supers: Mapping[str, frozenset[str]]
    symmetric: frozenset[str]


def _rules(engine: Engine) -> _Rules:
    symmetric = engine.triples(None, ox.NamedNode(RDF.type), ox.NamedNode(Owl.SymmetricProperty))
    names = (
        triple.subject.value for triple in symmetric if isinstance(triple.subject, ox.NamedNode)
    )
    return _Rules(_above(engine, RDF.subPropertyOf), frozenset(names))


def _wholes(engine: Engine) -> dict[str, set[str]]:
    """Return, for each part, the wholes that it is within (the rules have closed the relation)."""
    wholes: dict[str, set[str]] = {}
    for part, whole in _pairs(engine, MG.within):
        wholes.setdefault(part, set()).add(whole)
    return wholes


def _exact(
    links: Mapping[_Link, bool], rules: _Rules, wholes: Mapping[str, set[str]]
) -> dict[_Link, bool]:
    """Return the links without the inferred ones that another says more exactly."""
    between: dict[tuple[str, str], set[str]] = {}
    targets: dict[tuple[str, str], set[str]] = {}
    for subject, predicate, object_ in links:
        between.setdefault((subject, object_), set()).add(predicate)
        targets.setdefault((subject, predicate), set()).add(object_)

    def is_said_better(link: _Link) -> bool:
        subject, predicate, object_ = link
        return (
            any(predicate in rules.supers.get(near, ()) for near in between[subject, object_])
            or (predicate in rules.symmetric and links.get((object_, predicate, subject)) is False)
            or any(object_ in wholes.get(near, ()) for near in targets[subject, predicate])
        )

    return {
        link: inferred
        for link, inferred in links.items()
        if not (inferred and is_said_better(link))
    }
