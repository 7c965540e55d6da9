"""The report to the Board: its figures, what changed since the last one, and the files it becomes.

Expected figures of the invented plan are counted by hand in tests/data/harbour/README.md.
"""

import json
import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest

from metrograph.cli import main as command_line
from metrograph.errors import InputError, UsageError
from metrograph.plan import Plan, open_plan
from metrograph.report import page, snapshot
from metrograph.report.board import Asked, Board, Changes, board
from metrograph.report.composing import composed
from metrograph.report.document import Document, Grid, Items, plain
from metrograph.report.snapshot import Counted, Snapshot
from tests.conftest import HARBOUR, Run

SEAS, PORT = "challenge/rising-seas", "challenge/port-transition"
WATER, WORK, HERITAGE = "theme/clean-water", "theme/decent-work", "theme/port-heritage"
SPILLS = ("indicator/spills", "body/harbour-cities", "")


@pytest.fixture(scope="module")
def now(harbour: Plan) -> Board:
    return board(harbour, Asked(date(2026, 2, 1)), None)


def earlier_of(now: Board) -> Snapshot:
    """Return the plan before Tide School, when old walks covered the port's heritage."""
    pairs = ((SEAS, WATER), (SEAS, WORK), (SEAS, HERITAGE), (PORT, WATER), (PORT, WORK))
    known = {
        name: counted
        for name, counted in now.snapshot.activities.items()
        if name != "activity/2021/tide-school"
    }
    return Snapshot(
        day=date(2025, 6, 12),
        plan=now.snapshot.plan,
        digest="0" * 64,
        activities={**known, "activity/2020/old-walks": Counted((2020,), ((PORT, HERITAGE),))},
        pairs=(*pairs, (PORT, HERITAGE)),
        outside=frozenset(),
        statuses={**now.snapshot.statuses, SPILLS: "off_track"},
    )


def text_of(document: Document) -> str:
    """Return all texts of a document."""
    texts = [document.title, document.subject]
    for block in document.blocks:
        match block:
            case Grid():
                texts += [
                    block.caption,
                    *block.headings,
                    *(cell for row in block.rows for cell in row),
                ]
            case Items():
                texts += block.texts
            case _:
                texts.append(str(getattr(block, "text", "")))
    return "\n".join(map(plain, texts))


def test_the_headline_figures_are_counted_with_their_change(harbour: Plan, now: Board) -> None:
    figures = {headline.name: (headline.now, headline.of) for headline in now.headlines}
    assert figures == {
        "covered": (5, 6),
        "gaps": (1, None),
        "activities": (7, None),
        "addressing": (3, None),
        "waiting": (2, None),
    }
    later = board(harbour, Asked(date(2026, 2, 1)), earlier_of(now))
    # without Tide School, Rising seas x Port heritage was empty, and old walks filled the other
    assert {headline.name: headline.before for headline in later.headlines} == {
        "covered": 5,
        "gaps": 1,
        "activities": 7,
        "addressing": 3,
        "waiting": 2,
    }
    assert later.changes == Changes(
        since=date(2025, 6, 12),
        added=("activity/2021/tide-school",),
        removed=("activity/2020/old-walks",),
        closed=((SEAS, HERITAGE),),
        opened=((PORT, HERITAGE),),
        statuses=((SPILLS, "off_track", "reached"),),
    )


def test_a_year_counts_its_activities_and_compares_the_same_year(harbour: Plan, now: Board) -> None:
    later = board(harbour, Asked(date(2026, 2, 1), 2022), earlier_of(now))
    figures = {headline.name: (headline.now, headline.before) for headline in later.headlines}
    # of 2022 are the assembly and the forum; the forum is on clean water at both challenges
    assert figures["activities"] == (2, 2)
    assert figures["covered"] == (2, 2)
    assert later.changes is not None
    assert (later.changes.added, later.changes.closed) == ((), ())
    text = text_of(composed(later))
    assert "It covers the activities recorded for 2022." in text
    assert "Rising seas × Decent work – covered in another year" in text


def test_what_depends_on_one_activity_and_what_is_overdue_are_listed(now: Board) -> None:
    assert now.depending == {
        "activity/2021/tide-school": ((SEAS, HERITAGE),),
        "activity/2023/clean-docks": ((PORT, WORK),),
    }
    assert [(step.year, step.by_whom) for step in now.due] == [
        ("2023", "Steering Group"),
        ("2025", "Assembly"),
    ]
    text = text_of(composed(now))
    assert "4[9] of 13 results of the plan have at least one activity." in text
    assert "On a straight line from the baseline to the target, 76.25 was due by 2023." in text


def test_gaps_that_the_plan_names_come_first(metropolis: Plan) -> None:
    text = text_of(composed(board(metropolis, Asked(date(2024, 6, 1)), None)))
    gaps = text[text.index("4[7] intersections have no activity.") :].splitlines()[1:5]
    assert [" – named by the plan: " in gap for gap in gaps] == [True, True, True, False]
    assert gaps[3] == "Public legitimacy × Economic development"


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("en", ["New activity: Tide School", "Gap closed: Rising seas × Port heritage"]),
        (
            "fr",
            [
                "Nouvelle activité\u00a0: École des marées",
                "Depuis",
                "Situation au 1er février 2026",
            ],
        ),
        ("es", ["Actividad nueva: Escuela de Mareas", "1 de febrero de 2026"]),
    ],
)
def test_the_report_reads_in_three_languages(now: Board, lang: str, sentences: list[str]) -> None:
    plan = Plan(now.plan.built, lang)
    text = text_of(composed(board(plan, Asked(date(2026, 2, 1)), earlier_of(now))))
    for sentence in sentences:
        assert sentence.replace("Depuis", "Ce qui a changé depuis le 12 juin 2025") in text
    if lang != "en":
        assert re.findall(r"\b(?:the|with|New|Gap|Report)\b", text) == []


def test_each_number_leads_to_a_command_that_runs_and_to_lines(
    harbour: Plan, now: Board, capsys: pytest.CaptureFixture[str]
) -> None:
    document = composed(now)
    entries = next(
        block for block in document.blocks if isinstance(block, Grid) and block.kind == "references"
    )
    used = {int(number) for number in re.findall(r"\[([0-9]+)\]", text_of(document))}
    assert used == set(range(1, len(entries.rows) + 1))
    for command in dict.fromkeys(row[2] for row in entries.rows):
        code = command_line.main([*shlex.split(command)[1:], "--graph", str(harbour.built.folder)])
        assert code == 0, command
    assert capsys.readouterr().out
    lines = {row[1]: row[3] for row in entries.rows}
    # tide-school cites lines 3-5, clean docks 13-16
    assert lines["Intersections that a single activity addresses"] == (
        "Harbour Cities report 2023, lines 3–5, 13–16"
    )


def test_the_command_keeps_its_figures_and_compares_with_them(run: Run, tmp_path: Path) -> None:
    plan = shutil.copytree(HARBOUR, tmp_path / "plan")
    file = tmp_path / "board.html"
    ask = ["report", "--graph", plan, "-o", file]
    first = run(*ask, "--as-of", "2025-06-12")
    assert first.returncode == 0, first.stderr
    kept = plan / "reports" / "2025-06-12.json"
    assert f"Its figures are kept for the next report: {kept}" in first.stderr
    value = json.loads(kept.read_text("utf-8"))
    del value["activities"]["activity/2021/tide-school"]
    kept.write_text(json.dumps(value), encoding="utf-8")

    second = run(*ask, "--as-of", "2026-02-01")
    assert second.returncode == 0, second.stderr
    html = file.read_bytes()
    assert b"New activity: Tide School" in html
    assert b"What changed since June 12, 2025" in html
    again = run(*ask, "--as-of", "2026-02-01")
    assert again.returncode == 0
    assert file.read_bytes() == html

    since = run(*ask, "--as-of", "2026-02-01", "--since", "2024-01-01")
    assert since.returncode == 2
    assert "No report of 2024-01-01 or earlier" in since.stderr
    assert "Kept: 2025-06-12, 2026-02-01." in since.stderr


def test_a_report_of_a_file_that_is_none_or_a_link_is_refused(tmp_path: Path, now: Board) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for text in ("", "[]", '{"kind": "metrograph report 1"}', "[" * 100_000):
        (folder / "2025-01-01.json").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="does not contain the figures of a report"):
            snapshot.before(tmp_path, date(2026, 1, 1))
    (folder / "2025-01-01.json").unlink()
    with pytest.raises(UsageError, match="leave out --since"):
        snapshot.before(tmp_path, date(2026, 1, 1), date(2025, 1, 1))
    (folder / "2026-02-01.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(InputError, match="this is a link"):
        snapshot.keep(tmp_path, now.snapshot)
    assert not (tmp_path / "elsewhere.json").exists()


def test_a_snapshot_is_read_as_it_was_written(tmp_path: Path, now: Board) -> None:
    path = snapshot.keep(tmp_path, now.snapshot)
    assert path == tmp_path / "reports" / "2026-02-01.json"
    assert snapshot.read(path) == now.snapshot


def test_a_report_that_cannot_be_kept_is_written_all_the_same(run: Run, tmp_path: Path) -> None:
    plan = shutil.copytree(HARBOUR, tmp_path / "plan")
    (plan / "reports").write_text("", encoding="utf-8")
    written = run("report", "--graph", plan, "-o", tmp_path / "board.html")
    assert written.returncode == 0
    assert "So the next report cannot show what has changed since this one." in written.stderr
    assert (tmp_path / "board.html").is_file()
    other = run("report", "--graph", plan, "-o", tmp_path / "board.odt")
    assert other.returncode == 2
    assert "board.odt: the file extension sets the format" in other.stderr


def test_labels_cannot_become_markup_or_references(tmp_path: Path, cache: Path) -> None:
    folder = shutil.copytree(HARBOUR, tmp_path / "plan")
    file = folder / "activities.ttl"
    text = file.read_text("utf-8").replace(
        '"Tide School"@en', '"<script>[7]\\u0001alert(1)</script>"@en'
    )
    file.write_text(text, encoding="utf-8")
    plan = open_plan(folder, cache=cache)
    document = composed(board(plan, Asked(date(2026, 2, 1)), None))
    html = page.to_html(document).decode("utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "\u0001" not in html
    assert "&gt;[7]alert" in html  # as text, not as a link
