"""The baseline: what a build of metrograph does, on the plain stack of rdflib, owlrl and pyshacl.

Reads a plan folder; prints the seconds of each stage and the counts of the coverage matrix as
JSON. It shares no code with metrograph, only the ontology, the shapes and the coverage question.

It does no unnecessary work: everything stays in one graph in memory, `rdfs:domain` and `rdfs:range`
are ignored (as in metrograph; owlrl is faster without), rules and closures alternate only until the
rules add nothing, and pyshacl neither copies nor infers. It even does less: shapes whose focus
nodes are selected by a query are left out, because rdflib needs minutes for them.

    python bench/baseline.py graph/metropolis
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from owlrl import DeductiveClosure, OWLRL_Semantics
from pyshacl import validate
from rdflib import RDFS, SH, Graph, URIRef

ROOT = Path(__file__).parents[1]
MG = "https://w3id.org/metrograph/ontology#"
Given = TypeVar("Given")
Result = TypeVar("Result")


def load(folder: Path) -> Graph:
    """Return one graph of the plan and the ontology."""
    graph = Graph()
    for path in (*sorted(folder.rglob("*.ttl")), ROOT / "ontology" / "metrograph.ttl"):
        graph.parse(path, format="turtle")
    graph.remove((None, RDFS.domain, None))
    graph.remove((None, RDFS.range, None))
    return graph


def infer(graph: Graph) -> int:
    """Apply the ontology's rules and OWL 2 RL until nothing is new; return the closures needed."""
    rules = [str(text) for text in graph.objects(None, SH.construct)]
    closures = 0
    while run(rules, graph):
        DeductiveClosure(OWLRL_Semantics).expand(graph)
        closures += 1
    return closures


def run(rules: list[str], graph: Graph) -> int:
    """Run each rule once and add its triples; return how many were new."""
    before = len(graph)
    for rule in rules:
        graph += graph.query(rule).graph or Graph()
    return len(graph) - before


def check(graph: Graph) -> int:
    """Return the number of violations of the shapes without queries."""
    shapes = Graph().parse(ROOT / "ontology" / "shapes.ttl", format="turtle")
    shapes.remove((None, SH.target, None))
    _, report, _ = validate(graph, shacl_graph=shapes, inplace=True)
    return sum(1 for _ in report.subjects(SH.resultSeverity, SH.Violation))


def cover(graph: Graph) -> dict[str, dict[str, int]]:
    """Return the number of activities at each intersection, by challenge and theme."""
    text = (ROOT / "queries" / "coverage.rq").read_text(encoding="utf-8")
    found: dict[str, dict[str, set[str]]] = {}
    answer = graph.query(text, initBindings={"selection": URIRef(MG + "standingJudgement")})
    for row in answer.bindings:
        names = {str(variable): str(term) for variable, term in row.items()}
        cell = found.setdefault(names["challenge"], {}).setdefault(names["theme"], set())
        cell.update([names["activity"]] if "activity" in names else [])
    return {
        challenge: {theme: len(activities) for theme, activities in row.items()}
        for challenge, row in found.items()
    }


def main() -> None:
    """Run the baseline for one folder."""
    parser = argparse.ArgumentParser(
        description="Build and ask a plan with rdflib, owlrl, pyshacl."
    )
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    seconds: dict[str, float] = {}
    graph = timed("load", seconds, load, folder)
    closures = timed("infer", seconds, infer, graph)
    violations = timed("validate", seconds, check, graph)
    matrix = timed("coverage", seconds, cover, graph)
    facts = {"triples": len(graph), "closures": closures, "violations": violations}
    print(json.dumps({"seconds": seconds, **facts, "matrix": matrix}, indent=1))


def timed(
    stage: str, seconds: dict[str, float], function: Callable[[Given], Result], given: Given
) -> Result:
    """Return the result of a stage and record how long it took."""
    start = time.perf_counter()
    result = function(given)
    seconds[stage] = round(time.perf_counter() - start, 3)
    return result


if __name__ == "__main__":
    main()
