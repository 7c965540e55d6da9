"""Checks the shipped plan against its documents in ../shared/sources: a part of `make suites`.

Each citation leads to a passage; what is not in its cited lines is explained by its record, and is
at most one statement in twenty; and of 30 figures, names and citations that are made false in a
copy, 28 are noticed. `METROGRAPH_SHARED` names another folder than ../shared.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from metrograph.documents.adding import add
from metrograph.documents.checking import Check, check
from metrograph.documents.passages import Shelf
from metrograph.paths import SHIPPED_GRAPH
from metrograph.plan import open_plan
from tests.seeding import seed

ROOT = Path(__file__).parents[1]
SOURCES = Path(os.environ.get("METROGRAPH_SHARED", ROOT.parent / "shared")) / "sources"


def main() -> int:
    """Run the checks and return 1 if one of them fails."""
    if not SOURCES.is_dir():
        print(f"Skipped: {SOURCES} is not there. METROGRAPH_SHARED may name its folder.")
        return 0
    with tempfile.TemporaryDirectory() as name:
        os.environ["METROGRAPH_STATE"] = str(Path(name, "state"))
        folder = shutil.copytree(SHIPPED_GRAPH, Path(name, "graph"))
        plan = open_plan(folder)
        for path in sorted(SOURCES.glob("*.txt")):
            add(plan, path)
        shelf = Shelf(plan)
        result = check(plan, shelf)
        lost = [
            str(row["citation"])
            for source in shelf.recorded
            for row in plan.rows("citations-of-source", source=source)
            if not (passage := shelf.passage(str(row["citation"]))) or not passage.lines
        ]
        true = {
            outcome.statement.record
            for outcome in result.printed
            if outcome.statement.kind in {"figure", "name"}
        }
        seeded = seed(folder, "fr", 10, true)
        false = open_plan(folder)
        doubted = {outcome.statement.record for outcome in check(false, Shelf(false)).doubted}
    return _report(result, lost, [name for name in seeded if name not in doubted])


def _report(result: Check, lost: list[str], missed: list[str]) -> int:
    total = len(result.outcomes)
    print(f"The shipped plan against its documents: {dict(result.counts)} of {total}.")
    print(f"Not explained by the record: {result.open_doubts}. False and not noticed: {missed}.")
    wrong = [
        f"no passage: {lost}" if lost else "",
        f"not explained: {result.open_doubts}" if result.open_doubts else "",
        "more than one in twenty is doubted" if len(result.doubted) * 20 > total else "",
        f"not noticed: {missed}" if len(missed) > 2 else "",
    ]
    for line in filter(None, wrong):
        print(f"WRONG {line}", file=sys.stderr)
    return int(any(wrong))
