"""Exports the activities of a plan as IATI 2.03, with the loss ledger.

The file holds the plan's activities, with the results that they contribute to or relate to. What
the schema wants and the plan does not say is filled in by a default that is marked as such. What
is carried is found out by reading the file back: so nothing is said to be carried that is not.
"""

import tempfile
from pathlib import Path

import pyoxigraph as ox
from lxml import etree

from metrograph.errors import UsageError
from metrograph.exchange.asserted import iri_of
from metrograph.exchange.iati import reader
from metrograph.exchange.iati.codes import EXTENSION, ID, VERSIONS
from metrograph.exchange.iati.view import View, view_of
from metrograph.exchange.iati.write_activity import activity
from metrograph.exchange.iati.write_parts import clean
from metrograph.exchange.ledger import Written, losses
from metrograph.plan import Plan
from metrograph.vocabulary import MG, RDF

_NAME = "iati.xml"  # of the file that is read back


def write(plan: Plan) -> Written:
    """Return a plan's activities as a file of IATI, what it carries, and what it loses.

    The same plan gives the same bytes. Raises `UsageError` for a plan without activities, as IATI
    has no file without one.
    """
    view = view_of(plan)
    if not view.activities:
        raise UsageError("The plan has no activities, and an IATI file contains nothing else.")
    data = _file(view)
    carried = frozenset(view.triples & _reread(data, view))
    return Written(data, carried, losses(view.triples, carried, _Reasons(view, carried).why))


def _file(view: View) -> bytes:
    root = etree.Element(
        "iati-activities", {"version": max(VERSIONS), ID: view.plan}, {"metrograph": EXTENSION}
    )
    root.extend(activity(view, iri) for iri in view.activities)
    etree.indent(root)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def _reread(data: bytes, view: View) -> set[ox.Triple]:
    """Return what a file says when it is read into a plan with the same base."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / _NAME
        path.write_bytes(data)
        read = reader.read(path, view.ids.base, view.lang)
        return {
            triple
            for _, records in read.draft.files.values()
            for record in records
            for triple in record.triples()
        }


# ---------------------------------------------------------------- why something is lost


class _Reasons:
    """Why a triple is not carried, by the keys of `wording`."""

    def __init__(self, view: View, carried: frozenset[ox.Triple]) -> None:
        self._view = view
        self._written = {triple.subject for triple in carried}

    def why(self, triple: ox.Triple) -> str:
        """Return the key of the reason why a triple is lost."""
        kind = self._view.kinds.get(iri_of(triple.subject), "")
        if (
            isinstance(triple.object, ox.Literal)
            and clean(triple.object.value) != triple.object.value
        ):
            return "iati_lost_signs"
        by_predicate = _BY_PREDICATE.get(triple.predicate.value)
        if by_predicate:
            return by_predicate
        if kind in _BY_KIND:
            return _BY_KIND[kind]
        if triple.subject not in self._written:
            return "iati_lost_elsewhere"
        if triple.predicate.value == RDF.type:
            return "iati_lost_kind"
        return "iati_lost_place"


_BY_PREDICATE = {
    MG.citation: "iati_lost_citation",
    MG.unit: "iati_lost_unit",
    MG.host: "iati_lost_role",
    MG.participant: "iati_lost_role",
    MG.involves: "iati_lost_role",
    MG.qualifier: "iati_lost_qualifier",
    **dict.fromkeys((MG.level, MG.partOf, MG.position, MG.reportedUnder), "iati_lost_level"),
}
_BY_KIND = {
    **dict.fromkeys(
        (MG.AlignmentClaim, MG.Coding, MG.Decision, MG.ScopeDecision, MG.Coder), "iati_lost_claim"
    ),
    **dict.fromkeys((MG.Unit, MG.CountUnit), "iati_lost_unit"),
    **dict.fromkeys((MG.ActionLine, MG.Axis, MG.PlanElement, MG.Level), "iati_lost_level"),
    MG.StrategicPlan: "iati_lost_plan",
    MG.Source: "iati_lost_citation",
}
