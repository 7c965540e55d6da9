"""What a StratML file says of a plan in, a function that says why it does not hold a triple out."""

from collections.abc import Callable

import pyoxigraph as ox

from metrograph.exchange.stratml import ids
from metrograph.exchange.stratml.view import ELEMENTS, Said
from metrograph.vocabulary import MG, RDF, Dcterms, Skos

_DAYS = {MG.startDate, MG.endDate, Dcterms.issued}
_TEXTS = {RDF.label, Dcterms.description, Skos.note, MG.vision, MG.mission}
_XSD_DATE = "http://www.w3.org/2001/XMLSchema#date"


def reasons(said: Said, part: int) -> Callable[[ox.Triple], str]:
    """Return a function from a triple to the key (in `wording`) why a file of a part lacks it."""
    written = _written(said, part)

    def why(triple: ox.Triple) -> str:
        subject = _iri(triple.subject)
        for_value = _of_value(triple, said)
        if for_value in ("stratml_why_language", "stratml_why_citation"):
            return for_value
        if subject not in written:
            return _of_kind(subject, said, part)
        return for_value or _of_relation(triple, said)

    return why


def _written(said: Said, part: int) -> frozenset[str]:
    objectives = [iri for of in said.objectives.values() for iri in of]
    indicators = [iri for of in said.indicators.values() for iri in of] if part == 2 else []
    parts = [said.plan, *said.goals, *objectives]
    units = [unit for iri in indicators for unit in said.nodes(iri, MG.unit)]
    figures = [one.iri for iri in indicators for one in said.figures(iri)]
    stakeholders = [one for iri in parts for one in said.stakeholders(iri)]
    return frozenset(
        (*parts, *said.bodies, *said.core_values, *indicators, *units, *figures, *stakeholders)
    )


def _of_value(triple: ox.Triple, said: Said) -> str:
    """Return a reason that lies in the relation or value itself, or nothing."""
    value = triple.object
    if triple.predicate.value == MG.citation:
        return "stratml_why_citation"
    if isinstance(value, ox.Literal):
        if value.language and value.language != said.lang:
            return "stratml_why_language"
        if ids.for_xml(value.value) != value.value:
            return "stratml_why_signs"
        if triple.predicate.value in _DAYS and value.datatype.value != _XSD_DATE:
            return "stratml_why_date"
    return ""


def _of_kind(subject: str, said: Said, part: int) -> str:
    """Return why a record is not written."""
    if said.is_a(subject, MG.Indicator, MG.Observation, MG.Unit, MG.CountUnit) and part == 1:
        return "stratml_why_part"
    if said.is_a(subject, *ELEMENTS):
        return "stratml_why_level"
    if said.is_a(subject, MG.Level):
        return "stratml_why_type"
    if said.is_a(subject, MG.Indicator):
        return "stratml_why_indicator"
    return "stratml_why_figure" if said.is_a(subject, MG.Observation) else "stratml_why_kind"


def _of_relation(triple: ox.Triple, said: Said) -> str:
    """Return why a written record lacks something."""
    predicate = triple.predicate.value
    named = _iri(triple.object)
    if predicate in (RDF.type, MG.level):
        return "stratml_why_type"
    if predicate == MG.measures:
        return "stratml_why_level" if said.is_a(named, *ELEMENTS) else "stratml_why_indicator"
    if predicate == MG.unit or said.is_a(_iri(triple.subject), MG.Unit, MG.CountUnit):
        return "stratml_why_id"
    if predicate == Dcterms.identifier:
        return "stratml_why_identifier"
    return "stratml_why_form" if predicate in _TEXTS else "stratml_why_relation"


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
