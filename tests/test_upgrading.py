"""Checks that a plan of each released version becomes one of today, and answers as before."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from metrograph.exchange.upgrade import needs_upgrade, upgrade
from metrograph.plan import Plan, open_plan
from tests.conftest import HARBOUR, Run

RELEASED = Path(__file__).parent / "data" / "released"
VERSIONS = sorted(path.name for path in RELEASED.iterdir())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a copy of the invented plan as version 0.1.0 had it."""
    return shutil.copytree(RELEASED / "0.1.0", tmp_path / "old")


def subjects(folder: Path) -> set[str]:
    return {
        str(quad.subject.value)
        for path in folder.glob("*.ttl")
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode)
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_a_plan_of_each_released_version_is_upgraded_and_covers_what_it_covered(
    version: str, tmp_path: Path, run: Run, cache: Path, harbour: Plan
) -> None:
    folder = shutil.copytree(RELEASED / version, tmp_path / "plan")
    ids = subjects(folder)
    done = run("upgrade", folder)
    assert done.returncode == 0, done.stderr
    assert subjects(folder) == ids
    plan = open_plan(folder, cache=cache)
    assert plan.built.violations == 0
    # the invented plan's matrix was worked out by hand, and no version changed what it covers
    assert plan.coverage().table.rows == harbour.coverage().table.rows
    assert not needs_upgrade(plan.built.engine)
    assert upgrade(folder).texts == {}


def test_a_dry_run_lists_the_changes_and_writes_nothing(old: Path, run: Run) -> None:
    """By hand: decisions 1, 4 and 5 are on themes, 2 on an area, 3 on a challenge."""
    before = {path.name: path.read_bytes() for path in old.glob("*.ttl")}
    done = run("upgrade", old, "--dry-run", "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = {tuple(line.split(",")) for line in done.stdout.splitlines()[1:]}
    assert rows == {
        ("decisions.ttl", "mg:claimsArea", "mg:decidesArea", "1"),
        ("decisions.ttl", "mg:claimsChallenge", "mg:decidesChallenge", "1"),
        ("decisions.ttl", "mg:claimsTheme", "mg:decidesTheme", "3"),
        ("plan.ttl", "", "mg:formatVersion", "1"),
    }
    assert {path.name: path.read_bytes() for path in old.glob("*.ttl")} == before


def test_a_plan_that_needs_it_says_so_in_one_sentence(old: Path, run: Run) -> None:
    told = run("coverage", "--graph", old).stderr
    assert told.count("metrograph upgrade") == 1
    run("upgrade", old)
    assert "upgrade" not in run("coverage", "--graph", old).stderr
    assert "upgrade" not in run("coverage", "--graph", HARBOUR).stderr


def test_what_a_form_wrote_of_a_record_is_said_of_the_record(old: Path, run: Run) -> None:
    path = old / "members.ttl"
    with path.open("a", encoding="utf-8") as file:
        file.write(
            "\n<member/new> a <https://w3id.org/metrograph/ontology#Member> ;\n"
            "    # dcterms:created stays in a comment\n"
            "    <http://purl.org/dc/terms/created> "
            '"2026-01-02"^^<http://www.w3.org/2001/XMLSchema#date> ;\n'
            '    <http://www.w3.org/2004/02/skos/core#note> "dcterms:created"@en ;\n'
            "    <http://purl.org/dc/terms/contributor> <coder/a> .\n"
        )
    text = upgrade(old).texts["members.ttl"]
    assert text.count("recordedOn") == text.count("recordedBy") == 1
    assert "# dcterms:created stays in a comment" in text
    assert '"dcterms:created"@en' in text
    assert "members.ttl" in upgrade(old).texts
    # a claim was itself made on a day
    assert "claims-a.ttl" not in upgrade(old).texts
    assert run("upgrade", old).returncode == 0
    assert path.read_text(encoding="utf-8") == text


def test_a_file_that_cannot_be_rewritten_safely_is_refused_and_nothing_is_written(
    old: Path, run: Run
) -> None:
    path = old / "decisions.ttl"
    path.write_text(
        path.read_text(encoding="utf-8").replace("\n<decision/1> a", "\n  <decision/1> a"),
        encoding="utf-8",
    )
    before = {one.name: one.read_bytes() for one in old.glob("*.ttl")}
    done = run("upgrade", old)
    assert done.returncode == 3
    assert "decisions.ttl" in done.stderr
    assert "Traceback" not in done.stderr
    assert {one.name: one.read_bytes() for one in old.glob("*.ttl")} == before
