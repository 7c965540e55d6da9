"""A store with its inferences and SHACL shapes in, findings out: pyshacl checks, this reports.

pyshacl's own `conforms` is false for mere information; what conforms is judged by severity
(SHACL, section 2.1.4).
"""

import difflib
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from pyshacl import validate as shacl_validate
from rdflib import SH, Graph, Literal, Node, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from metrograph.findings import Finding, Severity
from metrograph.terms import MG_NAMESPACE
from metrograph.wording import word

_SEVERITY: dict[Node, Severity] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}


def validate(store: ox.Store, shapes: Graph, ontology: Graph) -> list[Finding]:
    """Check the default graph of the store by the shapes and return what they find."""
    data = Graph(_Uncounted(store=store), identifier=DATASET_DEFAULT_GRAPH_ID)
    _, report, _ = shacl_validate(
        data, shacl_graph=shapes, advanced=True, inplace=True, inference="none"
    )
    terms = sorted(
        str(term).removeprefix(MG_NAMESPACE)
        for term in set(ontology.subjects())
        if str(term).startswith(MG_NAMESPACE)
    )
    return [_with_suggestion(finding, terms) for finding in _findings(report)]


# rdflib logs a traceback for a literal that is not of its type; the shapes say it better.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


class _Uncounted(OxigraphStore):
    """Oxigraph as rdflib sees it, which does not count itself whenever it is asked if it is empty.

    pyshacl asks that for every result, and counting reads the whole store.
    """

    def __len__(self, context: Any = None) -> int:
        return 1


def to_rdflib(store: ox.Store) -> Graph:
    """Return the default graph of a store, asserted and inferred, as an rdflib graph in memory."""
    graph = Graph()
    graph += Graph(OxigraphStore(store=store), identifier=DATASET_DEFAULT_GRAPH_ID)
    return graph


def read_shapes(path: Path) -> Graph:
    """Read a file of shapes."""
    return Graph().parse(path, format="turtle")


def _findings(report: Graph) -> Iterator[Finding]:
    for result in report.objects(None, SH.result):  # sh:detail tells the same again
        severity = report.value(result, SH.resultSeverity)
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        yield Finding(
            severity=_SEVERITY.get(severity, "violation") if severity else "violation",
            shape=_local(report.value(result, SH.sourceShape)),
            focus=str(report.value(result, SH.focusNode)),
            path=str(path) if isinstance(path, URIRef) else None,
            value=None if value is None else str(value),
            messages={
                message.language or "en": str(message)
                for message in report.objects(result, SH.resultMessage)
                if isinstance(message, Literal)
            },
        )


def _local(shape: Node | None) -> str:
    return str(shape).rpartition("#")[2]


def _with_suggestion(finding: Finding, terms: list[str]) -> Finding:
    """Name a term that the ontology does not define, and the nearest one that it does."""
    for candidate in (finding.value, finding.path):
        local = (candidate or "").removeprefix(MG_NAMESPACE)
        if candidate and local != candidate and local not in terms:
            near = difflib.get_close_matches(local, terms, n=1)
            messages = {
                lang: f"{text} (mg:{local})"
                + (word("did_you_mean", lang).format(f"mg:{near[0]}") if near else "")
                for lang, text in finding.messages.items()
            }
            return replace(finding, messages=messages)
    return finding
