"""Finds asserted statements that have invalid values or no effect.

To be asked before the ontology and what follows are added: then all statements are the files'.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from metrograph.messages import LANGUAGES, word
from metrograph.store.datatypes import problem
from metrograph.store.findings import Finding
from metrograph.vocabulary import (
    CONCLUSIONS,
    MG_NAMESPACE,
    OWL_NAMESPACE,
    PREFIXES,
    RDF,
    SKOS_NAMESPACE,
    XSD,
)

_SAME_AS = OWL_NAMESPACE + "sameAs"
_READ = {
    RDF.type,
    RDF.subClassOf,  # the checks follow it
    *(SKOS_NAMESPACE + f"{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")),
}  # beside the terms that the ontology defines
_SHOWN = 60  # letters of a value in a sentence
_LITERALS = f"""
SELECT ?this ?property ?value WHERE {{
  ?this ?property ?value .
  FILTER(ISLITERAL(?value) && LANG(?value) = "" && DATATYPE(?value) != <{XSD}string>)
  # What the engine can count with is well written; to ask Python of each would take long.
  FILTER(!(DATATYPE(?value) IN (<{XSD}integer>, <{XSD}decimal>) && ISNUMERIC(?value)))
}}"""
_EXAMPLES = {
    "boolean": "true",
    "date": "2023-10-07",
    "dateTime": "2023-10-07T09:30:00",
    "gYear": "2023",
    "gYearMonth": "2023-10",
    "integer": "12",
    "decimal": "35.1",
    "duration": "P1Y6M",
    "time": "09:30:00",
}


def written_conclusions(store: ox.Store) -> list[Finding]:
    """Return a violation for each alignment that a file writes instead of the claim behind it.

    It would count like one that follows from claims, with nobody's word to show for it. To be asked
    of what files assert, before anything is inferred.
    """
    messages = {lang: word("written_conclusion", lang) for lang in LANGUAGES}
    return [
        Finding(
            "violation", "written-conclusion", quad.subject.value, messages, term, _text_of(quad)
        )
        for term in CONCLUSIONS
        for quad in store.quads_for_pattern(None, ox.NamedNode(term), None, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode)
    ]


def _text_of(quad: ox.Quad) -> str:
    return str(getattr(quad.object, "value", quad.object))


def unusable_values(store: ox.Store) -> list[Finding]:
    """Return a violation for each literal that is no value of its datatype, or none to count with.

    See `datatypes.problem` for what these are.
    """
    unusable = []
    for row in store.query(_LITERALS):  # type: ignore[union-attr]  # a SELECT gives rows
        value = row["value"]
        wrong = problem(value.value, value.datatype.value)
        if wrong is None:
            continue
        kind = value.datatype.value.removeprefix(XSD)
        messages = {lang: _unusable(wrong, value.value, kind, lang) for lang in LANGUAGES}
        about, by = _iri(row["this"]), _iri(row["property"])
        unusable.append(
            Finding("violation", "unusable-value", about, messages, by, _short(value.value))
        )
    return unusable


def _unusable(wrong: str, text: str, kind: str, lang: str) -> str:
    sentence = word(f"value_{wrong}", lang).format(_short(text), kind)
    example = _EXAMPLES.get(kind)
    return sentence + (word("value_example", lang).format(example) if example else "")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def without_effect(store: ox.Store, ontology: ox.Store) -> list[Finding]:
    """Return a note for each property and class that metrograph does not read, with its first user.

    `ontology` holds the terms that are read. That two records of a plan are the same (`owl:sameAs`)
    is a statement without effect, too, as they stay two.
    """
    known = {quad.subject.value for quad in ontology if isinstance(quad.subject, ox.NamedNode)}

    def quads(term: Any, value: Any) -> Iterable[ox.Quad]:
        return store.quads_for_pattern(None, term, value, ox.DefaultGraph())

    terms = dict.fromkeys(
        (*_distinct(store, "?this ?term ?any"), *_distinct(store, "?this a ?term"))
    )
    return [finding for term in terms for finding in effect_of(term, known, quads)]


def effect_of(
    term: ox.NamedNode, known: Collection[str], quads: Callable[..., Iterable[ox.Quad]]
) -> Iterator[Finding]:
    """Yield a note on a property or class, if it is used and not read.

    `known` are the terms of the ontology; `quads` gives what is stated by a property and a value.
    An unknown term of metrograph's own vocabulary is a violation by the shapes.
    """
    is_read = term.value in known or term.value in _READ
    if (is_read and term.value != _SAME_AS) or term.value.startswith(MG_NAMESPACE):
        return
    for pattern in ((ox.NamedNode(RDF.type), term), (term, None)):
        if used := list(quads(*pattern)):
            yield _idle(term, used)
            return


def _distinct(store: ox.Store, pattern: str) -> list[ox.NamedNode]:
    rows = store.query(f"SELECT ?term WHERE {{ {pattern} }} GROUP BY ?term ORDER BY ?term")
    return [row["term"] for row in rows if isinstance(row["term"], ox.NamedNode)]  # type: ignore[union-attr]  # as above


def _idle(term: ox.NamedNode, quads: Iterable[ox.Quad]) -> Finding:
    records = sorted({_iri(quad.subject) for quad in quads})
    key = "same_as" if term.value == _SAME_AS else "no_effect"
    messages = {
        lang: word(key, lang).format(_name(term.value, PREFIXES | {"owl": OWL_NAMESPACE}))
        + (word("also_on", lang).format(len(records) - 1) if len(records) > 1 else "")
        for lang in LANGUAGES
    }
    return Finding("info", "no-effect", records[0], messages, term.value)


def _name(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return an IRI as Turtle shortens it, where a prefix is known.

    >>> _name("http://www.w3.org/2002/07/owl#sameAs", {"owl": OWL_NAMESPACE})
    'owl:sameAs'
    """
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def _iri(node: object) -> str:
    return str(getattr(node, "value", node))
