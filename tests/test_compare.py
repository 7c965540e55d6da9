"""Two plans: the invented one and its successor, whose page lists what became of what."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrograph.analysis.comparison import likeness
from metrograph.plan import Plan, open_plan
from tests.conftest import HARBOUR, Run

SUCCESSOR = HARBOUR.parent / "harbour-2026"
KINDS = {"goal": "element", "outcome": "element"}
MORE = """
<area/rising-seas/early-warnings> a mg:WorkArea ;
    rdfs:label "Alertes précoces"@fr, "Early warnings"@en, "Alertas tempranas"@es ;
    skos:inScheme <scheme/challenges> ;
    mg:position 3 ;
    skos:broader <challenge/rising-seas> ;
    mg:citation <source/plan-2022-2025#line=6,7> .
"""


@pytest.fixture(scope="module", params=["en", "fr", "es"])
def plans(request: pytest.FixtureRequest, cache: Path) -> tuple[Plan, Plan]:
    before, after = (open_plan(folder, request.param, cache) for folder in (HARBOUR, SUCCESSOR))
    return before, after


def expected() -> list[tuple[str, ...]]:
    """Return the table of the successor's page: kind, old, new, event, word, comparable."""
    text = (SUCCESSOR / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| (?!kind)(.*) \|$", text, re.MULTILINE)
    found: list[tuple[str, ...]] = []
    for line in lines:
        kind, old, new, event, by, _, comparable = (cell.strip() for cell in line.split("|"))
        words = {"no: wanted": "direction_differs", "no: unit": "unit_differs", "yes": "yes"}
        found.append(
            (
                KINDS.get(kind, kind),
                old,
                new,
                event,
                by.replace("nothing", ""),
                next((word for start, word in words.items() if comparable.startswith(start)), ""),
            )
        )
    return found


def test_every_element_fares_as_the_page_says_in_each_language(plans: tuple[Plan, Plan]) -> None:
    before, after = plans
    found = [
        (
            (one.before or one.after).kind,  # type: ignore[union-attr]  # one of them is there
            one.before.id if one.before else "",
            one.after.id if one.after else "",
            one.event,
            one.by or "",
            one.comparable or "",
        )
        for one in before.compare(after).matches
    ]
    assert sorted(found) == sorted(expected())
    assert len(found) == 39


def test_of_two_that_resemble_one_the_likelier_is_matched(tmp_path: Path, cache: Path) -> None:
    folder = shutil.copytree(HARBOUR, tmp_path / "harbour")
    with (folder / "categories.ttl").open("a", encoding="utf-8") as file:
        file.write(MORE)
    matches = open_plan(folder, cache=cache).compare(open_plan(SUCCESSOR, cache=cache)).matches
    fate = {one.before.id: (one.event, one.after and one.after.id) for one in matches if one.before}
    assert fate["area/rising-seas/early-warnings"] == ("kept", "area/seas/warnings")
    assert fate["area/rising-seas/early-warning"] == ("dropped", None)


def test_a_plan_compared_with_itself_is_kept_whole(harbour: Plan) -> None:
    found = harbour.compare(harbour)
    assert {one.event for one in found.matches} == {"kept"}
    assert all(one.before == one.after for one in found.matches)
    assert {one.comparable for one in found.matches} == {None, "yes"}


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_symmetric_and_full_for_the_same(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 100
    assert 0 <= likeness(one, other) <= 100


def test_the_command(run: Run, tmp_path: Path) -> None:
    done = run("compare", HARBOUR, SUCCESSOR, "--format", "csv")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 40
    shown = run("compare", HARBOUR, SUCCESSOR, "--lang", "fr").stdout
    assert "conservé : 9 · renommé : 6 · fusionné : 2 · scindé : 4" in shown.replace("\u00a0", " ")
    missing = run("compare", HARBOUR, tmp_path / "none")
    assert missing.returncode == 3
    assert "folder not found" in missing.stderr
