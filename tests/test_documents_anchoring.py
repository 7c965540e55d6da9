"""A new edition of a document: where each citation leads in it, worked out by hand."""

import json
from pathlib import Path

import pytest

from metrograph.documents.anchoring import Anchor, anchors
from metrograph.documents.citing import Use
from metrograph.plan import Plan
from tests.conftest import Run
from tests.shelf import REPORT, shelved

OLD = ["Goals", "Clean docks", "Quiet cranes", "Old boats", "Lamps", "", "Nets"]
NEW = ["Preface", "Goals", "Clean  docks!", "Loud cranes", "Old boats", "", "Nets", "Lamps"]


@pytest.mark.parametrize(
    ("first", "last", "outcome", "new"),
    [
        (1, 2, "moved", (2, 3)),
        (2, 4, "changed", (3, 5)),
        (3, 3, "lost", None),
        (5, 5, "moved", (8, 8)),  # to another place, where it stands once
        (6, 7, "same", (6, 7)),
    ],
)
def test_a_citation_is_found_again_by_its_text(
    first: int, last: int, outcome: str, new: tuple[int, int] | None
) -> None:
    assert anchors(OLD, NEW, [Use("r", first, last)]) == [Anchor(first, last, outcome, new, ("r",))]


def test_the_command_lists_what_moved_and_changes_nothing(
    tmp_path: Path, cache: Path, run: Run
) -> None:
    """A line is put before all others, and line 9 ("It also cleaned a dock.") is taken out."""
    plan: Plan = shelved(tmp_path / "harbour", cache)
    lines = REPORT.read_text("utf-8").splitlines()
    new = tmp_path / "annual-2023-corrected.txt"
    new.write_text("\n".join(["Second edition", *lines[:8], *lines[9:]]) + "\n", "utf-8")
    before = {path: path.read_bytes() for path in plan.built.folder.rglob("*") if path.is_file()}
    where = ("--graph", plan.built.folder)
    refused = run("documents", "add", new, "--source", "source/annual-2023", *where)
    assert "metrograph documents compare" in refused.stderr
    answer = run(
        "documents", "compare", new, "--source", "source/annual-2023", "--format", "json", *where
    )
    assert answer.returncode == 1
    rows = {row["citation"]["id"]: row for row in json.loads(answer.stdout)["rows"]}
    moved = rows["source/annual-2023#line=3,4"]
    assert (moved["outcome"], moved["lines"]) == ("moved", "5")
    assert rows["source/annual-2023#line=8,9"]["outcome"] == "lost"
    same = rows["source/annual-2023#line=9,11"]  # one line more before, one line less
    assert (same["outcome"], same["lines"]) == ("same", "10–11")
    after = {path: path.read_bytes() for path in plan.built.folder.rglob("*") if path.is_file()}
    assert after == before
