"""The same job as a build of metrograph, on the plain stack: rdflib, owlrl and pyshacl.

A plan folder in; stage times in seconds and the counts of the coverage matrix out, as JSON. It
shares no code with metrograph, only the ontology, the shapes and the coverage question.

It is spared what it need not do: everything stays in one graph in memory, `rdfs:domain` and
`rdfs:range` are left out (as metrograph does; owlrl is faster without), rules and closures take
turns only until the rules give nothing new, and pyshacl neither copies nor infers. It even does
less: shapes whose focus nodes a query selects are left out, since rdflib needs minutes for them.

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
    """Close the graph under the ontology's rules and OWL 2 RL; return the number of closures."""
    rules = [str(text) for text in graph.objects(None, SH.construct)]
    closures = 0
    while run(rules, graph):
        DeductiveClosure(OWLRL_Semantics).expand(graph)
        closures += 1
    return closures


def run(rules: list[str], graph: Graph) -> int:
    """Add what the rules construct, each rule once; return how many triples were new."""
    before = len(graph)
    for rule in rules:
        graph += graph.query(rule).graph or Graph()
    return len(graph) - before


def check(graph: Graph) -> int:
    """Return how many violations the shapes without queries find."""
    shapes = Graph().parse(ROOT / "ontology" / "shapes.ttl", format="turtle")
    shapes.remove((None, SH.target, None))
    _, report, _ = validate(graph, shacl_graph=shapes, inplace=True)
    return sum(1 for _ in report.subjects(SH.resultSeverity, SH.Violation))


def cover(graph: Graph) -> dict[str, dict[str, int]]:
    """Return how many activities address each intersection, by challenge and theme."""
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
    """Do the whole job for one folder."""
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
    """Return what a stage returns and note how long it took."""
    start = time.perf_counter()
    result = function(given)
    seconds[stage] = round(time.perf_counter() - start, 3)
    return result


if __name__ == "__main__":
    main()
