"""Writes triples as JSON-LD for web developers, with the part of the context that they use."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from metrograph import paths
from metrograph.late import late

if TYPE_CHECKING:
    import rdflib
else:
    rdflib = late("rdflib")


def compacted(triples: Iterable[ox.Triple]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return triples as compact JSON-LD (1.1): the part of the project's context, and the nodes.

    Nodes stand in the order of their ids, values in a fixed order.
    """
    context = json.loads((paths.ONTOLOGY / "context.jsonld").read_bytes())["@context"]
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=data, format="nt")
    text = graph.serialize(format="json-ld", context=context, auto_compact=False)
    document = _ordered(json.loads(text))
    document.pop("@context", None)
    # One node stands by itself, several in @graph; a reader had better find one shape only.
    nodes = document.get("@graph", [document] if document else [])
    used = set(_texts(nodes))
    needed = {
        term: meaning
        for term, meaning in context.items()
        if term in used or _is_namespace(meaning) or term in ("@version", "id", "type")
    }
    return needed, nodes


def _is_namespace(meaning: object) -> bool:
    """Return whether a term of a context is a prefix of names."""
    return isinstance(meaning, str) and meaning.endswith(("#", "/"))


def _ordered(value: Any) -> Any:
    """Return JSON in a fixed order; the values of a property are a set, whatever their order."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=_rank)}
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=_place)
    return value


def _rank(key: str) -> tuple[bool, str]:
    return key not in ("id", "type"), key


def _place(item: Any) -> tuple[str, str]:
    node = item.get("id", "") if isinstance(item, dict) else ""
    return node, json.dumps(item, sort_keys=True)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of a JSON value: keys, and values, among which are classes."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value
