"""Finds the record that a person named: its id, its label, or the nearest ids."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from metrograph.errors import QueryError, Text
from metrograph.ids import cited_lines
from metrograph.late import late_from
from metrograph.messages import LANGUAGES, word
from metrograph.query.limits import UNLIMITED
from metrograph.store.cache import Built
from metrograph.text import joined, tagged
from metrograph.vocabulary import MG_NAMESPACE, RDF

if TYPE_CHECKING:
    from metrograph.query import library, sparql
    from metrograph.query.library import Query
else:  # labels need neither
    library, sparql = late_from("metrograph.query", "library", "sparql")

_LABEL = ox.NamedNode(RDF.label)
_NOT_TYPED = frozenset(
    {
        *("AlignmentClaim", "Decision", "ScopeDecision", "Coding", "Observation", "StatusReport"),
        *("Citation", "Section", "Membership", "Interval", "Instant"),
    }
)


def label(built: Built, name: str, lang: str) -> str:
    """Return the label of an id or IRI in a language, else another, else its id.

    It knows its language (`text.Tagged`), so that pages can mark one in another than theirs.
    """
    iri = built.ids.iri(name)
    try:
        node = ox.NamedNode(iri)
    except ValueError:  # whatever a form or an address holds
        return name
    labels = {
        triple.object.language or "": triple.object.value
        for triple in built.engine.triples(node, _LABEL)
        if isinstance(triple.object, ox.Literal)
    }
    for other in (lang, *LANGUAGES, *sorted(labels)):
        if other in labels:
            return tagged(labels[other], other)
    if lines := cited_lines(iri):
        source, first, last = lines
        where = (
            f"{word('one_line', lang)} {first}"
            if first == last
            else f"{word('lines', lang)} {first}–{last}"
        )
        return joined(label(built, source, lang), f", {where}")
    return built.ids.short(iri)


def known(built: Built, name: str) -> str:
    """Return the id of a record that the graph holds, or raise `QueryError`."""
    if not name.strip():
        raise QueryError("The ID is empty. Give an ID such as theme/sustainability.")
    iri = built.ids.iri(name)
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        raise QueryError(
            "“{name}” is not a valid ID. An ID looks like theme/sustainability.{near}",
            name=name,
            near=_near(built, name),
        ) from None
    if built.engine.holds(node):
        return built.ids.short(iri)
    raise QueryError(
        "The plan has no record “{short}”.{near}",
        short=built.ids.short(iri),
        near=_near(built, built.ids.short(iri)),
    )


def check_kinds(
    built: Built, query: "Query", terms: Mapping[str, ox.NamedNode | ox.Literal], lang: str
) -> None:
    """Raise `QueryError` for an id that is unknown or of another kind, or an unknown term."""
    for parameter in query.parameters:
        term = terms.get(parameter.name)
        if not isinstance(term, ox.NamedNode):
            continue
        name = known(built, built.ids.short(term.value))
        if parameter.kind is None:
            continue
        kind = ox.NamedNode(MG_NAMESPACE + parameter.kind)
        if not built.engine.holds(term, ox.NamedNode(RDF.type), kind):
            example = Text.of(" Example: {id}", id=parameter.example)
            raise QueryError(
                "{query}: {parameter} must be a record of the kind “{kind}”, which “{name}” "
                "is not.{example}",
                query=query.name,
                parameter=parameter.name,
                name=name,
                kind=label(built, kind.value, lang),
                example=example if parameter.example else "",
            )


def typed_ids(built: Built, lang: str, kinds: Iterable[str] = ()) -> dict[str, str]:
    """Return the ids that people type, in order, each with its label; of some kinds, or of all.

    Nobody types the ids of what records say of each other: claims, citations, values.
    """
    chosen = frozenset(kinds)
    names = sorted(
        built.ids.short(iri)
        for iri, classes in _classes(built).items()
        if iri.startswith(built.ids.base)
        if (classes & chosen if chosen else not classes & _NOT_TYPED)
    )
    return {name: label(built, name, lang) for name in names}


def _classes(built: Built) -> dict[str, set[str]]:
    """Return the local names of the classes of each record, inferred ones too."""
    rows = sparql.run(built.engine, "SELECT ?s ?class { ?s a ?class }", {}, "ids", UNLIMITED).rows
    classes: dict[str, set[str]] = {}
    for record, kind in rows:
        if isinstance(record, ox.NamedNode) and isinstance(kind, ox.NamedNode):
            local = kind.value.replace("#", "/").rpartition("/")[2]
            classes.setdefault(record.value, set()).add(local)
    return classes


def _near(built: Built, name: str) -> Text | str:
    """Return the ids most like a wrong one: by their last part, by their label, by spelling.

    They are those that people type, or of the kind that the wrong one names.
    """
    wanted, kind = name.casefold(), name.partition("/")[0] + "/"
    ids = {
        short: iri
        for iri, classes in _classes(built).items()
        for short in [built.ids.short(iri)]
        if not classes & _NOT_TYPED or short.startswith(kind)
    }
    query = "SELECT ?s ?l { ?s rdfs:label ?l }"
    rows = sparql.run(built.engine, query, {}, "labels", UNLIMITED).rows
    labelled = [
        short
        for record, text in rows
        if isinstance(record, ox.NamedNode) and isinstance(text, ox.Literal)
        for short in [built.ids.short(record.value)]
        if short in ids and wanted in (text.value.casefold(), short.rpartition("/")[2])
    ]
    return library.near(name, list(ids), first=labelled)
