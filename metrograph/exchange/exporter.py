"""Exports a plan to a file in a chosen format."""

from typing import TYPE_CHECKING

from metrograph.exchange.asserted import Choice, quads
from metrograph.exchange.network_export import network
from metrograph.exchange.rdf_export import json_ld, rdf
from metrograph.exchange.table_export import spreadsheet
from metrograph.plan import Plan

if TYPE_CHECKING:
    pass


FORMS = ("ttl", "nq", "trig", "jsonld", "csv", "xlsx", "graphml", "gexf", "stratml", "iati")


def export(plan: Plan, choice: Choice) -> bytes:
    """Return what a plan says in the form chosen; the same for the same plan (but for XLSX).

    Raises `UsageError` for what does not go together, or what Excel cannot hold.
    """
    asserted = quads(plan, choice)
    if choice.form in ("ttl", "trig", "nq"):
        return rdf(plan, asserted, choice.form)
    if choice.form == "jsonld":
        return json_ld(plan, {quad.triple for quad in asserted})
    if choice.form in ("csv", "xlsx"):
        return spreadsheet(plan, asserted, choice)
    return network(plan, asserted, choice)
