"""Checks that no harm to an update is ever served: the old state stays whole, the answer right."""

import gc
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from metrograph.store import entries, transition
from metrograph.store.cache import Built, open_store
from metrograph.store.sealing import seal
from metrograph.store.update import Updated, update
from tests.conftest import HARBOUR, noted

LATER = (  # what no shape accepts, so that pyshacl is asked
    "\n<decision/later> mg:supersedes <decision/1> .\n<activity/2026/nameless> a mg:Activity .\n"
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the invented plan and a cache with its store, to be copied."""
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(HARBOUR, folder / "plan")
    open_store(folder / "plan", folder / "cache")
    return folder


@pytest.fixture
def plan(kept: Path, tmp_path: Path) -> Path:
    """Return a changed plan, beside which lies the cache with the store of its last state."""
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    change(tmp_path / "plan")
    return tmp_path / "plan"


def change(plan: Path, text: str = LATER) -> None:
    with (plan / "decisions.ttl").open("a", encoding="utf-8") as file:
        file.write(text)


def opened(plan: Path) -> tuple[Built, list[str]]:
    """Return the store of a plan by the cache beside it, and what was reported."""
    reported: list[str] = []
    return open_store(plan, plan.parent / "cache", noted(reported)), reported


# ---------------------------------------------------------------- whoever still holds the store


def in_use(monkeypatch: pytest.MonkeyPatch, use: Callable[[ox.Store], object]) -> None:
    """Have somebody hold the store that an update makes, and use it whenever a file is sealed."""
    held: list[ox.Store] = []

    def held_update(old: ox.Store, new: ox.Store, *others: Any) -> Updated:
        held.append(new)
        return update(old, new, *others)

    def slow_seal(path: Path, value: Any) -> None:
        seal(path, value)
        for store in held:
            use(store)

    monkeypatch.setattr(transition, "update", held_update)
    monkeypatch.setattr(entries, "seal", slow_seal)


def test_an_entry_is_whole_though_the_database_tidies_up_the_store_it_was_made_in(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RocksDB does so by itself, at any time, as long as anything refers to the store."""
    in_use(monkeypatch, ox.Store.optimize)
    built, reported = opened(plan)
    assert (built.path is not None, reported) == (True, ["updating"])
    assert len(built.store) > 1000
    again, _ = opened(plan)
    assert again.path == built.path


def test_an_update_leaves_nothing_that_refers_to_its_store(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[int] = []

    def counted(old: ox.Store, new: ox.Store, *others: Any) -> Updated:
        before = sys.getrefcount(new)
        updated = update(old, new, *others)
        counts.append(sys.getrefcount(new) - before)
        return updated

    monkeypatch.setattr(transition, "update", counted)
    gc.disable()  # a cycle would hold it until Python looks for such
    try:
        opened(plan)
    finally:
        gc.enable()
    assert counts == [0]
