"""What tests share: a cache of their own, the two plans, and the command as a person runs it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings

import metrograph
from metrograph.plan import Plan, open_plan
from metrograph.store.kept import compiled
from metrograph.store.reports import Report

HARBOUR = Path(__file__).parent / "data" / "harbour"
# The same examples in each run, so that what fails is a change's doing; to look for new ones:
# pytest --hypothesis-profile default
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")
# `make long` sets it: tests that can try more then try all.
IS_LONG = bool(os.environ.get("METROGRAPH_LONG"))
T = TypeVar("T")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def noted(steps: list[str]) -> Report:
    """Return what keeps the reports of an opening store as their English sentences."""
    return lambda done: steps.append(str(done.text))


def some(values: Sequence[T], of: int, start: int = 0) -> Sequence[T]:
    """Return every `of`th value, or all in a long run."""
    return values if IS_LONG else values[start % of :: of]


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the whole test run a fresh cache and state folder, and English, on any machine."""
    folder = tmp_path_factory.mktemp("cache")
    os.environ["METROGRAPH_CACHE"] = str(folder)
    os.environ["METROGRAPH_STATE"] = str(tmp_path_factory.mktemp("state"))
    os.environ["METROGRAPH_LANG"] = "en"
    os.environ.pop("METROGRAPH_GRAPH", None)
    return folder


@pytest.fixture
def own_cache(cache: Path, tmp_path: Path) -> Path:
    """Return a cache without stores, which has the compiled rules: to compile them takes long."""
    compiled()
    shutil.copytree(cache / "compiled", tmp_path / "cache" / "compiled")
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def metropolis(cache: Path) -> Plan:
    """Return the shipped plan."""
    assert cache.is_dir()
    return metrograph.open()


@pytest.fixture(scope="session")
def harbour(cache: Path) -> Plan:
    """Return the invented plan."""
    return open_plan(HARBOUR, cache=cache)


@pytest.fixture(scope="session")
def harbour_more(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Plan:
    """Return the invented plan with the gaps that it lacks (data/harbour-more.ttl says which)."""
    folder = shutil.copytree(HARBOUR, tmp_path_factory.mktemp("more") / "harbour")
    shutil.copy(HARBOUR.parent / "harbour-more.ttl", folder / "more.ttl")
    return open_plan(folder, cache=cache)


@pytest.fixture
def run(cache: Path) -> Run:
    """Return a function that runs the command in a process of its own."""

    def run_command(
        *arguments: str | Path, stdin: str = "", **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        settings = {**os.environ, "METROGRAPH_CACHE": str(cache), **environment}
        return subprocess.run(
            [sys.executable, "-m", "metrograph", *map(str, arguments)],
            input=stdin,
            env=settings,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run_command


@pytest.fixture
def small_plan(tmp_path: Path) -> Path:
    """Return a folder with the least that is a plan."""
    (tmp_path / "plan.ttl").write_text(
        "@base <https://example.org/small/> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix mg: <https://w3id.org/metrograph/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "\n"
        "<plan/2030> a mg:StrategicPlan ;\n"
        '    rdfs:label "Small plan"@en ;\n'
        '    dcterms:language "en" .\n',
        encoding="utf-8",
    )
    return tmp_path


@pytest.fixture
def harbour_copy(tmp_path: Path) -> Path:
    """Return a copy of the invented plan, to be changed."""
    return shutil.copytree(HARBOUR, tmp_path / "harbour")
