"""Describes a plan's data for programs: VoID, DCAT, and the SPARQL Service Description.

Sources: Describing Linked Datasets with the VoID Vocabulary (W3C, 2011), Data Catalog Vocabulary
version 3 (W3C, 2024), SPARQL 1.1 Service Description (W3C, 2013).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox

from metrograph.messages import LANGUAGES, word
from metrograph.plan import Plan
from metrograph.vocabulary import MG, MG_NAMESPACE, RDF, XSD, Dcterms
from metrograph.web.vocabulary import Dcat, Sd, Void

DUMPS: Mapping[str, str] = {  # the ending of the dump's name, and its media type
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
}
_DATASET = ".well-known/void#plan"  # what the data as a whole is called on this server
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LANGUAGE = "http://id.loc.gov/vocabulary/iso639-1/"  # as DCAT 3, section 6.4.10, recommends
_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
_PERIOD = "http://purl.org/dc/terms/PeriodOfTime"
_DATE = ox.NamedNode(XSD + "date")
_TYPE = ox.NamedNode(RDF.type)
_Object = str | int | ox.Literal | ox.BlankNode


@dataclass(frozen=True)
class Counts:
    """How much the graph of all triples holds, as VoID counts it (section 4.6)."""

    triples: int
    subjects: int
    objects: int
    entities: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]


def counts(plan: Plan) -> Counts:
    """Return what the default graph of a plan's store holds; entities are records of the plan."""
    subjects: set[object] = set()
    objects: set[object] = set()
    members: dict[str, int] = Counter()
    properties: dict[str, int] = Counter()
    for triple in plan.built.engine.triples():
        subjects.add(triple.subject)
        objects.add(triple.object)
        properties[triple.predicate.value] += 1
        if triple.predicate == _TYPE and isinstance(triple.object, ox.NamedNode):
            members[triple.object.value] += 1
    base = plan.ids.base
    entities = sum(
        isinstance(subject, ox.NamedNode) and subject.value.startswith(base) for subject in subjects
    )
    total = sum(properties.values())
    return Counts(total, len(subjects), len(objects), entities, members, properties)


def service(plan: Plan, base: str, formats: Iterable[str]) -> Iterator[ox.Triple]:
    """Return the description of the SPARQL endpoint: its language, formats and graphs."""
    endpoint = base + "sparql"
    yield from _about(
        endpoint,
        (RDF.type, [Sd.Service]),
        (Sd.endpoint, [endpoint]),
        (Sd.supportedLanguage, [Sd.SPARQL11Query]),
        (Sd.resultFormat, formats),
        (Sd.defaultDataset, [endpoint + "#dataset"]),
    )
    yield from _graphs(plan, base, endpoint + "#dataset", Sd.Dataset)


def graph_list(plan: Plan, base: str) -> Iterator[ox.Triple]:
    """Return the graphs of the store: the default graph and the named ones, each at its address."""
    return _graphs(plan, base, base + "graphs", Sd.GraphCollection)


def void(plan: Plan, base: str, numbers: Counts) -> Iterator[ox.Triple]:
    """Return the VoID description: counts, vocabularies, endpoint and dumps."""
    data = base + _DATASET
    vocabularies = {_namespace(iri) for iri in (*numbers.properties, *numbers.classes)}
    yield from _about(
        data.partition("#")[0],
        (RDF.type, [Void.DatasetDescription]),
        ("http://xmlns.com/foaf/0.1/primaryTopic", [data]),
    )
    yield from _plain_words(plan, data)
    yield from _about(
        data,
        (RDF.type, [Void.Dataset]),
        (Void.triples, [numbers.triples]),
        (Void.entities, [numbers.entities]),
        (Void.classes, [len(numbers.classes)]),
        (Void.properties, [len(numbers.properties)]),
        (Void.distinctSubjects, [numbers.subjects]),
        (Void.distinctObjects, [numbers.objects]),
        (Void.uriSpace, [ox.Literal(plan.ids.base)]),
        (Void.rootResource, [plan.iri]),
        (Void.sparqlEndpoint, [base + "sparql"]),
        (Void.dataDump, [f"{base}dump.{ending}" for ending in DUMPS]),
        (Void.vocabulary, vocabularies),
        (Void.feature, _formats(DUMPS.values())),
    )
    yield from _partitions(data, Void.classPartition, Void.class_, Void.entities, numbers.classes)
    yield from _partitions(
        data, Void.propertyPartition, Void.property, Void.triples, numbers.properties
    )


def catalog(plan: Plan, base: str) -> Iterator[ox.Triple]:
    """Return the DCAT catalogue: the plan's data, its distributions, and the SPARQL service."""
    data, endpoint = base + _DATASET, base + "sparql"
    downloads = {f"{base}dump.{ending}": kind for ending, kind in DUMPS.items()}
    yield from _about(
        base + "catalog",
        (RDF.type, [Dcat.Catalog]),
        (Dcterms.title, _words("data_title")),
        (Dcat.dataset, [data]),
        (Dcat.service, [endpoint]),
    )
    yield from _plain_words(plan, data)
    yield from _about(
        data,
        (RDF.type, [Dcat.Dataset]),
        (Dcat.landingPage, [base]),
        (Dcat.distribution, [*(_part(base, url) for url in downloads), _part(base, endpoint)]),
    )
    for url, kind in downloads.items():
        yield from _distribution(_part(base, url), url, kind)
    yield from _about(
        _part(base, endpoint),
        (RDF.type, [Dcat.Distribution]),
        (Dcat.accessURL, [endpoint]),
        (Dcat.accessService, [endpoint]),
    )
    yield from _about(
        endpoint,
        (RDF.type, [Dcat.DataService]),
        (Dcterms.title, _words("data_service")),
        (Dcat.endpointURL, [endpoint]),
        (Dcat.endpointDescription, [endpoint]),
        (Dcat.servesDataset, [data]),
        (Dcterms.conformsTo, [_PROTOCOL]),
    )


def _about(subject: str | ox.BlankNode, *facts: tuple[str, Iterable[_Object]]) -> list[ox.Triple]:
    """Return triples about a record; a text is an IRI, a number a number."""
    node = ox.NamedNode(subject) if isinstance(subject, str) else subject
    return [
        ox.Triple(node, ox.NamedNode(predicate), _node(value))
        for predicate, values in facts
        for value in values
    ]


def _node(value: _Object) -> ox.NamedNode | ox.Literal | ox.BlankNode:
    if isinstance(value, str):
        return ox.NamedNode(value)
    return ox.Literal(value) if isinstance(value, int) else value


def _words(key: str) -> list[ox.Literal]:
    return [ox.Literal(word(key, lang), language=lang) for lang in LANGUAGES]


def _graphs(plan: Plan, base: str, whole: str, kind: str) -> Iterator[ox.Triple]:
    default = base + "graphs?default"
    yield from _about(whole, (RDF.type, [kind]), (Sd.defaultGraph, [default]))
    yield from _about(default, (RDF.type, [Sd.Graph]))
    for graph in sorted(plan.built.engine.graphs()):
        address = f"{base}graphs?graph={quote(graph, safe='')}"
        named = f"{base}graphs#{quote(graph, safe='')}"
        yield from _about(whole, (Sd.namedGraph, [named]))
        yield from _about(
            named, (RDF.type, [Sd.NamedGraph]), (Sd.name, [graph]), (Sd.graph, [address])
        )
        yield from _about(address, (RDF.type, [Sd.Graph]))


def last_change(plan: Plan) -> str | None:
    """Return the latest day on which a record of the plan was made or changed, as 2024-05-31."""
    return max(
        (
            value.value[:10]
            for predicate in (Dcterms.created, Dcterms.modified, MG.recordedOn, MG.recordChangedOn)
            for value in _values(plan, None, predicate)
            if value.datatype.value.rpartition("#")[2] in ("date", "dateTime")
        ),
        default=None,
    )


def _plain_words(plan: Plan, data: str) -> Iterator[ox.Triple]:
    """Return what catalogues show: title, description, languages, licence, period, last change."""
    modified = last_change(plan)
    yield from _about(
        data,
        (Dcterms.title, _values(plan, plan.iri, RDF.label)),
        (Dcterms.description, _words("data_description")),
        (Dcterms.language, [_LANGUAGE + lang for lang in plan.built.languages if lang.isalpha()]),
        (Dcterms.license, _objects(plan, plan.iri, Dcterms.license)),
        (Dcterms.modified, [ox.Literal(modified, datatype=_DATE)] if modified else []),
    )
    start, end = (_values(plan, plan.iri, term) for term in (MG.startDate, MG.endDate))
    if start or end:
        period = ox.BlankNode("period")
        yield from _about(data, (Dcterms.temporal, [period]))
        yield from _about(
            period, (RDF.type, [_PERIOD]), (Dcat.startDate, start), (Dcat.endDate, end)
        )


def _objects(plan: Plan, subject: str | None, predicate: str) -> list[_Object]:
    """Return the records or literals that the graph gives; no record without a name."""
    triples = plan.built.engine.triples(
        ox.NamedNode(subject) if subject else None, ox.NamedNode(predicate)
    )
    objects = (triple.object for triple in triples)
    return [
        term.value if isinstance(term, ox.NamedNode) else term
        for term in objects
        if isinstance(term, ox.NamedNode | ox.Literal)
    ]


def _values(plan: Plan, subject: str | None, predicate: str) -> list[ox.Literal]:
    objects = _objects(plan, subject, predicate)
    return [value for value in objects if isinstance(value, ox.Literal)]


def _namespace(iri: str) -> str:
    """Return the namespace of a term: what stands before its last # or /.

    >>> _namespace("http://www.w3.org/ns/prov#Entity")
    'http://www.w3.org/ns/prov#'
    """
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] or MG_NAMESPACE


def _formats(media_types: Iterable[str]) -> list[str]:
    forms = (ox.RdfFormat.from_media_type(kind) for kind in media_types)
    return [form.iri for form in forms if form]


def _partitions(
    data: str, partition: str, of: str, measure: str, amounts: Mapping[str, int]
) -> Iterator[ox.Triple]:
    for number, name in enumerate(sorted(amounts), start=1):
        part = ox.BlankNode(f"{of.rpartition('#')[2]}{number}")
        yield from _about(data, (partition, [part]))
        yield from _about(part, (of, [name]), (measure, [amounts[name]]))


def _part(base: str, url: str) -> str:
    """Return what a distribution is called: a part of the catalogue, apart from its file."""
    return f"{base}catalog#{url.rpartition('/')[2]}"


def _distribution(name: str, url: str, kind: str) -> list[ox.Triple]:
    return _about(
        name,
        (RDF.type, [Dcat.Distribution]),
        (Dcat.accessURL, [url]),
        (Dcat.downloadURL, [url]),
        (Dcat.mediaType, [_MEDIA_TYPES + kind]),
    )
