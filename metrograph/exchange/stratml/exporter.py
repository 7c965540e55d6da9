"""Exports a plan as StratML Part 1 or 2, with a list of what the file does not contain.

Writing is strict: the file is valid against the schema of its part. What it holds is not claimed
but found: the file is read again, and what does not come back, triple by triple, is lost and goes
into the ledger with the reason.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pyoxigraph as ox
from lxml import etree

from metrograph.exchange import asserted, ledger
from metrograph.exchange.stratml import ids, reader
from metrograph.exchange.stratml.view import ELEMENTS, Said
from metrograph.exchange.stratml.writer import document
from metrograph.plan import Plan
from metrograph.vocabulary import MG, RDF, XSD, Dcterms, Skos

_NEVER = date(1, 1, 1)  # the day of a file that says none: no plan is of it
_PATH = Path("plan.xml")
_DAYS = {MG.startDate, MG.endDate, Dcterms.issued}
_TEXTS = {RDF.label, Dcterms.description, Skos.note, MG.vision, MG.mission}
_XSD_DATE = XSD + "date"


def write(plan: Plan, part: int = 2, lang: str | None = None) -> ledger.Written:
    """Return what a plan asserts as StratML of a part (1 or 2), valid against its schema.

    A file has one language: `lang`, or that of the plan as it was opened; if the plan has no names
    in it, the one in which it has most. Carried is what `stratml_in` reads from the file as the
    same triple; citations are not compared, since those of a file are its own lines.
    """
    quads = asserted.quads(plan, asserted.Choice("nq"))
    triples = frozenset(quad.triple for quad in quads)
    language = _language(triples, lang or plan.lang)
    return written(Said(triples, plan.iri, plan.ids.base, language), part)


def written(said: Said, part: int) -> ledger.Written:
    """Return what is said as StratML of a part, with what comes back of it and what does not."""
    root = document(said, part)
    etree.indent(root, "  ")
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
    carried = said.triples & _read(data, said)
    lost = ledger.losses(said.triples, carried, reasons(said, part))
    return ledger.Written(data, carried, lost, said.lang)


def _language(triples: Iterable[ox.Triple], wanted: str) -> str:
    counts = Counter(
        one.object.language for one in triples
        if isinstance(one.object, ox.Literal) and one.object.language
    )  # fmt: skip
    return wanted if wanted in counts or not counts else min(counts, key=lambda x: (-counts[x], x))


def _read(data: bytes, said: Said) -> frozenset[ox.Triple]:
    """Return what a reader with the same base gets out of a file, but for where it is there."""
    root = etree.fromstring(data)
    draft = reader.document(root, _PATH, data, said.base, said.lang, _NEVER).draft
    return frozenset(
        triple
        for name, (_, records) in draft.files.items()
        for record in records
        for triple in record.triples()
        if name != "sources.ttl" and triple.predicate.value != MG.citation
    )


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
