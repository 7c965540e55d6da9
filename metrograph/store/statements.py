"""Finds asserted statements that have invalid values or no effect.

To be asked before the ontology and what follows are added: then all statements are the files'.
"""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from metrograph.messages import LANGUAGES, word
from metrograph.store.datatypes import problem
from metrograph.store.findings import Finding
from metrograph.vocabulary import MG_NAMESPACE, OWL_NAMESPACE, PREFIXES, RDF, SKOS_NAMESPACE, XSD

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
    known = (known | _READ) - {_SAME_AS}
    is_a = ox.NamedNode(RDF.type)
    properties = {term: (term, None) for term in _distinct(store, "?this ?term ?any")}
    classes = {term: (is_a, term) for term in _distinct(store, "?this a ?term")}
    return [
        _idle(term, store.quads_for_pattern(None, *pattern, ox.DefaultGraph()))
        for term, pattern in {**properties, **classes}.items()
        if term.value not in known and not term.value.startswith(MG_NAMESPACE)
    ]  # an unknown term of metrograph's own vocabulary is a violation by the shapes


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
