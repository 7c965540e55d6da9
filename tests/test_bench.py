"""Checks that the benchmarks compare like with like and that generated plans are sound."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from metrograph.plan import Plan, open_plan
from tests.conftest import HARBOUR

BENCH = Path(__file__).parents[1] / "bench"


def script(name: str, *arguments: str | Path) -> str:
    command = [sys.executable, str(BENCH / name), *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def matrix(plan: Plan) -> dict[str, dict[str, int]]:
    found = plan.coverage()
    return {
        plan.ids.iri(challenge): {
            plan.ids.iri(theme): found.count(challenge, theme) for theme in found.themes
        }
        for challenge in found.challenges
    }


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    script("plans.py", folder, "20")
    return folder


def test_the_explorer_is_measured_on_pages_that_it_has() -> None:
    found = json.loads(script("web.py", HARBOUR, "--only", "/en/coverage", "/en/plan"))
    assert set(found["pages"]) == {"/en/coverage", "/en/plan"}
    assert found["errors"] == 0


@pytest.mark.long
def test_the_plain_stack_counts_what_metrograph_counts(harbour: Plan) -> None:
    plain = json.loads(script("baseline.py", HARBOUR))
    assert plain["matrix"] == matrix(harbour)
    assert plain["violations"] == 0


def test_a_generated_plan_has_no_finding_and_a_full_matrix(generated: Path, cache: Path) -> None:
    plan = open_plan(generated, cache=cache)
    assert plan.findings == []
    counts = matrix(plan)
    assert (len(counts), {len(row) for row in counts.values()}) == (4, {5})
    assert plan.coverage().count() > 10


def test_a_seed_gives_the_same_plan_again(generated: Path, tmp_path: Path) -> None:
    script("plans.py", tmp_path / "again", "20")
    script("plans.py", tmp_path / "other", "20", "--seed", "1")
    for path in generated.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()
    claims = "claims-a-000.ttl"
    assert (tmp_path / "other" / claims).read_bytes() != (generated / claims).read_bytes()


def test_stages_are_measured_and_a_built_plan_is_only_opened(
    generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METROGRAPH_CACHE", str(tmp_path))
    built, opened = (json.loads(script("stages.py", generated))["stages"] for _ in range(2))
    assert list(built)[:4] == ["open", "load", "infer", "validate"]
    assert list(opened) == ["open", "first answer", "next answer"]
    assert all(stage["megabytes"] > 0 for stage in built.values())


def test_evaluations_are_timed_beside_plain_questions(generated: Path) -> None:
    took = json.loads(script("evaluation.py", generated))
    assert list(took)[:4] == ["coverage", "claims", "agreement", "gaps"]
    assert len(took) == 6
    assert all(seconds > 0 for seconds in took.values())


def test_an_import_is_measured_beside_its_parts() -> None:
    found = json.loads(script("importing.py", "50", "--turns", "1"))
    assert found["rows"] == 50
    assert found["import"] > found["baseline"] > 0
