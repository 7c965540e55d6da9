"""Checks that the next file of a plan's table updates the plan, and deletes and overwrites nothing.

The two tables are small; what must come of the second was worked out by comparing them by eye.
"""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from openpyxl import Workbook

from metrograph.store.turtle import turtle_files
from metrograph.vocabulary import MG, RDF, Skos
from tests.conftest import Run

BASE = "https://example.org/town/"
HEADS: list[str | int | None] = [
    "Axis",
    "Action",
    "Owner",
    "Due",
    "Budget (€)",
    "Indicator",
    "Target 2027",
    "Status",
]
FIRST: list[list[str | int | None]] = [
    HEADS,
    ["1. Clean air", "1.1 Cycle lanes", "Roads", "2026-12-31", 1000, "km of lanes", 40, "Started"],
    [None, "1.2 Quiet streets", "Roads", "2027", 500, "streets", 12, "Not started"],
    ["2. Good homes", "2.1 Repairs", "Housing", "2026", 700, "homes", 90, "Started"],
    [None, "2.2 Old mills", "Housing", "2025", 300, "mills", 3, "Done"],
]
# The columns have moved; 1.1 is done, 1.2 has a new owner and a budget of 650, 2.1 is the same,
# 2.2 is gone, 2.3 is new.
NEXT: list[list[str | int | None]] = [
    ["Status", "Axis", "Action", "Due", "Owner", "Indicator", "Target 2027", "Budget (€)"],
    ["Done", "1. Clean air", "1.1 Cycle lanes", "2026-12-31", "Roads", "km of lanes", 40, 1000],
    ["Not started", None, "1.2 Quiet streets", "2027", "Parks", "streets", 12, 650],
    ["Started", "2. Good homes", "2.1 Repairs", "2026", "Housing", "homes", 90, 700],
    ["Not started", None, "2.3 New roofs", "2027", "Housing", "roofs", 8, 900],
]


def written(path: Path, rows: Sequence[Sequence[str | int | None]]) -> Path:
    """Write a workbook of one sheet that is named "Plan"."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plan"
    sheet.append(["Town plan 2025-2027"])
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def answer(done: "subprocess.CompletedProcess[str]") -> tuple[int, str, str]:
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def town(tmp_path: Path, run: Run) -> Path:
    """Make the plan of the first table, as of March 2025."""
    folder = tmp_path / "town"
    first = written(tmp_path / "plan.xlsx", FIRST)
    status, _, err = answer(run("import", first, "--new", folder, "--as-of", "2025-03-01"))
    assert status == 0, err
    return folder


def facts(folder: Path) -> set[tuple[str, str, str]]:
    """Return what the files of a plan assert, ids without the base, terms without theirs."""

    def short(term: object) -> str:
        value = getattr(term, "value", str(term))
        name = value.removeprefix(BASE)
        return name if name != value or "#" not in value else value.rpartition("#")[2]

    return {
        (short(quad.subject), short(quad.predicate), short(quad.object))
        for path in turtle_files(folder)
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    }


def of(folder: Path, subject: str, predicate: str) -> list[str]:
    name = predicate.rpartition("#")[2].rpartition("/")[2]
    return sorted(o for s, p, o in facts(folder) if s == subject and p.rpartition("/")[2] == name)


def texts(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def update(
    run: Run,
    town: Path,
    rows: Sequence[Sequence[str | int | None]],
    *options: str,
    day: str = "2026-02-01",
) -> tuple[int, str, str]:
    file = written(town.parent / "plan-2026.xlsx", rows)
    return answer(run("import", file, "--graph", town, "--as-of", day, *options))


def test_the_next_file_adds_dated_statuses_and_figures_and_deletes_nothing(
    town: Path, run: Run
) -> None:
    before = facts(town)
    status, out, err = update(run, town, NEXT)
    assert status == 0, err
    # the statuses: the latest at the element, both with their days in its history
    assert of(town, "action/1.1", MG.status) == ["status/done"]
    reports = {
        subject: (of(town, subject, MG.status), of(town, subject, MG.asOf))
        for subject, _, about in facts(town)
        if subject.startswith("status-report/") and about == "action/1.1"
    }
    assert sorted(reports.values()) == [
        (["status/done"], ["2026-02-01"]),
        (["status/started"], ["2025-03-01"]),
    ]
    # the budget of 1.2: the new value comes beside the old
    (new,) = [s for s, p, o in facts(town) if p == "value" and o == "650"]
    (old,) = [s for s, p, o in facts(town) if p == "value" and o == "500"]
    assert of(town, new, MG.supersedes) == [old]
    assert of(town, new, MG.asOf) == ["2026-02-01"]
    # owners: 1.2 is that of the parks now, and no more that of the roads
    assert of(town, "stakeholder/owner/parks", MG.stakeIn) == ["action/1.2"]
    assert of(town, "stakeholder/owner/roads", MG.stakeIn) == ["action/1.1"]
    # the new action is there after its sisters, the one that is gone too
    (roofs,) = [s for s, p, o in facts(town) if o == "New roofs"]
    assert of(town, roofs, Skos.notation) == ["2.3"]
    assert of(town, roofs, MG.position) == ["3"]
    assert of(town, "action/2.2", RDF.label) == ["Old mills"]
    # nothing of the plan was lost but what changed: a status and a stake
    gone = before - facts(town)
    assert gone == {
        ("action/1.1", "status", "status/started"),
        ("stakeholder/owner/roads", "stakeIn", "action/1.2"),
    }
    assert [value in out for value in ("500", "650", "Old mills", "New roofs")] == [True] * 4
    assert run("check", "--graph", town).returncode == 0


def test_a_dry_run_shows_the_same_and_writes_nothing(town: Path, run: Run) -> None:
    before = texts(town)
    dry = update(run, town, NEXT, "--dry-run")
    assert dry[0] == 0
    assert texts(town) == before
    done = update(run, town, NEXT)
    assert dry[1].splitlines()[1:] == done[1].splitlines()[1:]  # but for the title


def test_the_same_file_changes_nothing(town: Path, run: Run) -> None:
    assert update(run, town, NEXT)[0] == 0
    before = texts(town)
    status, out, err = update(run, town, NEXT, day="2026-03-01")
    assert status == 0, err
    assert texts(town) == before
    assert "unchanged: 6" in out  # two axes; 1.1, 1.2, 2.1, 2.3


def test_a_renaming_is_asked(town: Path, run: Run) -> None:
    """Action 1.2 of another name: the same or another, as the person says."""
    renamed = [list(row) for row in FIRST]
    renamed[2][1] = "1.2 Silent streets"
    before = texts(town)
    status, _, err = update(run, town, renamed)
    assert status == 1
    assert "action/1.2: “Quiet streets” is “Silent streets” in the file." in err
    assert texts(town) == before

    status, out, err = update(run, town, renamed, "--accept-renames")
    assert status == 0, err
    assert of(town, "action/1.2", RDF.label) == ["Silent streets"]
    assert "Quiet streets" in out


def test_a_renamed_element_can_be_a_new_one(town: Path, run: Run) -> None:
    renamed = [list(row) for row in FIRST]
    renamed[2][1] = "1.2 Silent streets"
    status, _, err = update(run, town, renamed, "--no-renames")
    assert status == 0, err
    assert of(town, "action/1.2", RDF.label) == ["Quiet streets"]
    (new,) = [s for s, p, o in facts(town) if o == "Silent streets"]
    assert new != "action/1.2"
    assert of(town, new, Skos.notation) == ["1.2"]


def test_a_renumbered_table_is_known_by_its_names(town: Path, run: Run) -> None:
    """A new axis comes first: the others are 2 and 3 now, and none is renamed."""
    rows: list[list[str | int | None]] = [
        HEADS,
        ["1. Calm", "1.1 Benches", "Parks", "2027", 50, "benches", 5, "Started"],
        ["2. Clean air", "2.1 Cycle lanes", *FIRST[1][2:]],
        [None, "2.2 Quiet streets", *FIRST[2][2:]],
        ["3. Good homes", "3.1 Repairs", *FIRST[3][2:]],
        [None, "3.2 Old mills", *FIRST[4][2:]],
    ]
    status, _, err = update(run, town, rows)
    assert status == 0, err
    assert of(town, "axis/1", RDF.label) == ["Clean air"]
    assert of(town, "axis/1", Skos.notation) == ["2"]
    (calm,) = [s for s, p, o in facts(town) if o == "Calm"]
    assert of(town, calm, Skos.notation) == ["1"]
    (benches,) = [s for s, p, o in facts(town) if o == "Benches"]
    assert of(town, benches, MG.partOf) == [calm]
    # no figure of the others is taken for another's: those of the benches alone are new
    assert [o for _, p, o in facts(town) if p == "supersedes"] == []


def test_blank_cells_and_a_column_that_is_gone_take_nothing_away(town: Path, run: Run) -> None:
    rows = [[row[0], row[1], *row[3:]] for row in FIRST]  # no owners
    rows[1][2] = None  # no day for 1.1
    before = facts(town)
    status, _, err = update(run, town, rows)
    assert status == 0, err
    assert before <= facts(town)
    assert "Owner" in err
    assert "leaves blank or out: 1" in err


def test_a_file_without_a_level_is_refused(town: Path, run: Run) -> None:
    before = texts(town)
    status, _, err = update(run, town, [row[1:] for row in FIRST])
    assert status == 3
    assert "“Axis”" in err
    assert texts(town) == before
