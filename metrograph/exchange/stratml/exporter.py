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
from metrograph.exchange.asserted import iri_of
from metrograph.exchange.stratml import ids, reader
from metrograph.exchange.stratml.view import ELEMENTS, View
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
    return written(View(triples, plan.iri, plan.ids.base, language), part)


def written(view: View, part: int) -> ledger.Written:
    """Return what is said as StratML of a part, with what comes back of it and what does not."""
    root = document(view, part)
    etree.indent(root, "  ")
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
    carried = view.triples & _read(data, view)
    lost = ledger.losses(view.triples, carried, reasons(view, part))
    return ledger.Written(data, carried, lost, view.lang)


def _language(triples: Iterable[ox.Triple], wanted: str) -> str:
    counts = Counter(
        triple.object.language
        for triple in triples
        if isinstance(triple.object, ox.Literal) and triple.object.language
    )
    return wanted if wanted in counts or not counts else min(counts, key=lambda x: (-counts[x], x))


def _read(data: bytes, view: View) -> frozenset[ox.Triple]:
    """Return what a reader with the same base gets out of a file, but for where it is there."""
    root = etree.fromstring(data)
    draft = reader.document(root, _PATH, data, view.base, view.lang, _NEVER).draft
    return frozenset(
        triple
        for name, (_, records) in draft.files.items()
        for record in records
        for triple in record.triples()
        if name != "sources.ttl" and triple.predicate.value != MG.citation
    )


def reasons(view: View, part: int) -> Callable[[ox.Triple], str]:
    """Return a function from a triple to the key (in `wording`) why a file of a part lacks it."""
    written = _written(view, part)

    def why(triple: ox.Triple) -> str:
        subject = iri_of(triple.subject)
        for_value = _of_value(triple, view)
        if for_value in ("stratml_why_language", "stratml_why_citation"):
            return for_value
        if subject not in written:
            return _of_kind(subject, view, part)
        return for_value or _of_relation(triple, view)

    return why


def _written(view: View, part: int) -> frozenset[str]:
    objectives = [iri for of in view.objectives.values() for iri in of]
    indicators = [iri for of in view.indicators.values() for iri in of] if part == 2 else []
    parts = [view.plan, *view.goals, *objectives]
    units = [unit for iri in indicators for unit in view.nodes(iri, MG.unit)]
    figures = [figure.iri for iri in indicators for figure in view.figures(iri)]
    stakeholders = [stakeholder for iri in parts for stakeholder in view.stakeholders(iri)]
    return frozenset(
        (*parts, *view.bodies, *view.core_values, *indicators, *units, *figures, *stakeholders)
    )


def _of_value(triple: ox.Triple, view: View) -> str:
    """Return a reason that lies in the relation or value itself, or nothing."""
    value = triple.object
    if triple.predicate.value == MG.citation:
        return "stratml_why_citation"
    if isinstance(value, ox.Literal):
        if value.language and value.language != view.lang:
            return "stratml_why_language"
        if ids.for_xml(value.value) != value.value:
            return "stratml_why_signs"
        if triple.predicate.value in _DAYS and value.datatype.value != _XSD_DATE:
            return "stratml_why_date"
    return ""


def _of_kind(subject: str, view: View, part: int) -> str:
    """Return why a record is not written."""
    if view.is_a(subject, MG.Indicator, MG.Observation, MG.Unit, MG.CountUnit) and part == 1:
        return "stratml_why_part"
    if view.is_a(subject, *ELEMENTS):
        return "stratml_why_level"
    if view.is_a(subject, MG.Level):
        return "stratml_why_type"
    if view.is_a(subject, MG.Indicator):
        return "stratml_why_indicator"
    return "stratml_why_figure" if view.is_a(subject, MG.Observation) else "stratml_why_kind"


def _of_relation(triple: ox.Triple, view: View) -> str:
    """Return why a written record lacks something."""
    predicate = triple.predicate.value
    named = iri_of(triple.object)
    if predicate in (RDF.type, MG.level):
        return "stratml_why_type"
    if predicate == MG.measures:
        return "stratml_why_level" if view.is_a(named, *ELEMENTS) else "stratml_why_indicator"
    if predicate == MG.unit or view.is_a(iri_of(triple.subject), MG.Unit, MG.CountUnit):
        return "stratml_why_id"
    if predicate == Dcterms.identifier:
        return "stratml_why_identifier"
    return "stratml_why_form" if predicate in _TEXTS else "stratml_why_relation"
