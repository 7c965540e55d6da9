"""Checks that a store that was updated is the one that a build from scratch would give.

`make test` tries a few sequences of edits, `make long` many long ones (METROGRAPH_LONG).
"""

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrograph.errors import InputError
from metrograph.store import update
from metrograph.store.build import assemble
from metrograph.store.cache import open_store
from metrograph.store.entries import Built
from metrograph.store.findings import to_json
from metrograph.store.turtle import turtle_files
from tests.conftest import HARBOUR, noted
from tests.edits import change
from tests.test_bench import script

LONG = "METROGRAPH_LONG" in os.environ
SEQUENCES, EDITS = (250, 10) if LONG else (10, 3)  # of each of two plans
LAW = settings(
    max_examples=SEQUENCES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def quads_of(store: ox.Store) -> tuple[frozenset[str], frozenset[str]]:
    """Return the quads of a store, and apart those with blank nodes under canonical names."""
    plain, blank = set(), ox.Dataset()
    for quad in store:
        if any(isinstance(term, ox.BlankNode) for term in quad):
            blank.add(quad)
        else:
            plain.add(str(quad))
    blank.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(plain), frozenset(map(str, blank))


def in_order(findings: Iterable[dict[str, Any]]) -> list[str]:
    """Return findings as texts; the languages of their messages come in any order."""
    return sorted(json.dumps(values, sort_keys=True) for values in findings)


def on_disk(folder: Path, cache: Path) -> Built:
    """Return the store of a folder; one that fell back into memory is no update, and says why."""
    reported: list[str] = []
    built = open_store(folder, cache, noted(reported))
    assert built.path, reported
    return built


def assert_is_a_fresh_build(built: Built, what: str) -> None:
    """Compare an open store with a build of the same files in memory: quads, findings, the rest."""
    fresh = assemble(turtle_files(built.folder), built.folder)
    for mine, theirs in zip(quads_of(built.store), quads_of(fresh.in_memory()), strict=True):
        assert sorted(mine - theirs)[:9] == sorted(theirs - mine)[:9] == [], what
    assert in_order(built.findings_json()) == in_order(map(to_json, fresh.located())), what
    assert (built.plan, built.base, built.languages) == (
        fresh.plan, fresh.base, fresh.languages,
    ), what  # fmt: skip


def assert_law(plan: Path, seed: int) -> None:
    """Change a copy of a plan again and again, and compare each state with a fresh build."""
    random = Random(seed)  # noqa: S311  drawing lots, not keys
    with TemporaryDirectory() as name:
        folder, cache = Path(name) / "plan", Path(name) / "cache"
        shutil.copytree(plan, folder)
        open_store(folder, cache)
        done: list[str] = []
        for _ in range(EDITS):
            kept = {path: path.read_bytes() for path in folder.rglob("*.ttl")}
            done.append(change(folder, random))
            try:
                built = on_disk(folder, cache)
            except InputError:  # no plan is left, or no Turtle: nobody would keep it so
                for path in folder.rglob("*.ttl"):
                    path.unlink()
                for path, data in kept.items():
                    path.write_bytes(data)
                continue
            assert_is_a_fresh_build(built, f"seed {seed}: {done}")


@LAW
@given(st.integers(0, 2**32))
def test_after_any_edits_of_the_invented_plan_the_store_is_that_of_a_fresh_build(seed: int) -> None:
    assert_law(HARBOUR, seed)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a generated plan."""
    folder = tmp_path_factory.mktemp("generated")
    script("plans.py", folder, "8", "--seed", "5")
    return folder


@LAW
@given(seed=st.integers(0, 2**32))
def test_after_any_edits_of_a_generated_plan_the_store_is_that_of_a_fresh_build(
    generated: Path, seed: int
) -> None:
    assert_law(generated, seed)


# ---------------------------------------------------------------- what the law rests on


@pytest.fixture
def harbour_copy(tmp_path: Path) -> Path:
    """Return a copy of the invented plan that may be changed."""
    return shutil.copytree(HARBOUR, tmp_path / "harbour")


def supersede(folder: Path) -> None:
    """Add a decision that supersedes one that accepts: what this accepted is agreed no more."""
    with (folder / "decisions.ttl").open("a", encoding="utf-8") as file:
        file.write("\n<decision/later> mg:supersedes <decision/1> .\n")


def test_the_law_fails_where_a_rule_is_thought_not_to_read_what_it_reads(
    harbour_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    steps, clusters = update._program()
    blind = tuple(
        replace(
            group,
            steps=tuple(
                replace(
                    step,
                    triggers=tuple(
                        trigger
                        for trigger in step.triggers
                        if "supersedes" not in str(trigger.pattern)
                    ),
                )
                for step in group.steps
            ),
        )
        for group in steps.groups
    )
    open_store(harbour_copy, cache)
    supersede(harbour_copy)
    with monkeypatch.context() as broken:
        broken.setattr(update, "_program", lambda: (replace(steps, groups=blind), clusters))
        built = on_disk(harbour_copy, cache)
        with pytest.raises(AssertionError, match="addresses"):
            assert_is_a_fresh_build(built, "a rule that does not see supersedes")
    shutil.rmtree(cache)
    open_store(shutil.copytree(HARBOUR, tmp_path / "again"), cache)
    assert_is_a_fresh_build(on_disk(harbour_copy, cache), "as it is")


def test_a_change_is_an_update_and_another_plan_is_not(
    harbour_copy: Path, generated: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    steps: list[str] = []
    open_store(harbour_copy, cache, noted(steps))
    assert steps == ["reading", "inferring", "checking", "storing"]
    supersede(harbour_copy)
    steps.clear()
    open_store(harbour_copy, cache, noted(steps))
    assert steps == ["updating"]
    steps.clear()
    open_store(generated, cache, noted(steps))
    assert steps == ["reading", "inferring", "checking", "storing"]


def test_much_changed_is_built_from_scratch_and_said(harbour_copy: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    open_store(harbour_copy, cache)
    (harbour_copy / "claims-a.ttl").unlink()
    (harbour_copy / "claims-b.ttl").unlink()
    steps: list[str] = []
    built = open_store(harbour_copy, cache, noted(steps))
    assert steps[0] == "updating"
    assert steps[1].startswith("from scratch: ")
    assert "statements changed" in steps[1]
    assert steps[2:] == ["reading", "inferring", "checking", "storing"]
    assert_is_a_fresh_build(built, "from scratch")
