"""Checks that no harm to an update is ever served: the old state stays whole, the answer right."""

import gc
import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pyoxigraph as ox
import pytest

from metrograph.errors import InputError
from metrograph.store import entries, loading, transition
from metrograph.store.build import assemble
from metrograph.store.cache import Built, digest_of, forget, open_store
from metrograph.store.entries import assign
from metrograph.store.findings import to_json
from metrograph.store.sealing import seal
from metrograph.store.turtle import file_contents, turtle_files
from metrograph.store.update import Updated, update
from tests.conftest import HARBOUR, noted, some
from tests.harmed import sign

ROOT = Path(__file__).parent.parent
LINUX = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64",
    reason="has the system refuse calls, as Linux on x86-64 numbers them",
)
DISK_STEPS = (  # of which each begins something on disk
    "before metrograph.store.transition._checkpoint",
    "before metrograph.store.update._applied",
    "before metrograph.store.transition.refuse_if_changed",
    "before metrograph.store.transition.write_beside",
    "os.rename .building",
)
LATER = (  # what no shape accepts, so that pyshacl is asked
    "\n<decision/later> mg:supersedes <decision/1> .\n<activity/2026/nameless> a mg:Activity .\n"
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder, to be copied, with a plan before and after a change, and a cache of both.

    The cache has the store of the plan before the change.
    """
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(HARBOUR, folder / "before")
    shutil.copytree(HARBOUR, folder / "plan")
    open_store(folder / "plan", folder / "cache")
    change(folder / "plan")
    return folder


@pytest.fixture(scope="module")
def right(kept: Path) -> dict[str, str]:
    """Return what the two states are known by, as builds from scratch have it."""
    return {name: signed(kept / name) for name in ("before", "plan")}


def signed(plan: Path) -> str:
    fresh = assemble(turtle_files(plan), plan)
    return sign(fresh.in_memory(), map(to_json, fresh.located()))


@pytest.fixture
def plan(kept: Path, tmp_path: Path) -> Path:
    """Return a changed plan, beside which lies the cache with the store of its last state."""
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    assign(tmp_path / "cache" / digests(tmp_path)[0], tmp_path / "plan")
    return tmp_path / "plan"


def change(plan: Path, text: str = LATER) -> None:
    with (plan / "decisions.ttl").open("a", encoding="utf-8") as file:
        file.write(text)


def opened(plan: Path) -> tuple[Built, list[str]]:
    """Return the store of a plan by the cache beside it, and what was reported."""
    reported: list[str] = []
    return open_store(plan, plan.parent / "cache", noted(reported)), reported


def digests(folder: Path) -> tuple[str, str]:
    """Return the names of the entries of the two states."""
    before, after = (
        digest_of(folder / name, turtle_files(folder / name)) for name in ("before", "plan")
    )
    return before, after


# ---------------------------------------------------------------- killed, full, no links


@contextmanager
def process_of(kept: Path, work: Path, harms: Iterable[str]) -> "Iterator[subprocess.Popen[str]]":
    """Give the process that has others come to harm."""
    command = [sys.executable, "-m", "tests.harmed", str(kept), str(work / "work"), *harms]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        yield process


def after_harm(kept: Path, work: Path, harms: Iterable[str]) -> list[dict[str, Any]]:
    """Return what came of each harm."""
    with process_of(kept, work, harms) as process:
        lines = process.communicate()[0].splitlines()
    assert process.returncode == 0
    return [json.loads(line) for line in lines]


def assert_harmless(end: dict[str, Any], right: dict[str, str], entries_: tuple[str, str]) -> None:
    """See that after harm, the next command answers right, and nothing but whole states is kept."""
    old, new = entries_
    assert {name for name in end["left"] if not name.endswith(".building")} - {old, new} == set()
    assert (end["then"].get("sign"), end["then"]["digest"]) == (right["plan"], new), end
    assert end["then"]["reported"] == ([] if new in end["left"] else ["updating"]), end
    assert end["then"]["on_disk"]
    if new not in end["left"]:  # it had something to build, so it looked for what was left
        assert end["after"] == sorted(entries_)
    assert (end["old"].get("sign"), end["old"]["reported"]) == (right["before"], []), end


def test_an_update_killed_at_any_step_leaves_the_old_state_or_the_new_one(
    kept: Path, tmp_path: Path, right: dict[str, str]
) -> None:
    (whole,) = after_harm(kept, tmp_path, ["none@0"])
    steps = whole["first"]["steps"]
    assert whole["first"]["sign"] == right["plan"]
    rename = steps.index("os.rename .building") + 1
    at = sorted({*some(range(1, len(steps) + 1), 24, 11), rename, rename + 1})
    ends = after_harm(kept, tmp_path, [f"killed@{step}" for step in at])
    for end in ends:
        assert end["first"]["killed"], end
        assert_harmless(end, right, digests(kept))
    is_new = [digests(kept)[1] in end["left"] for end in ends]
    assert is_new == [step > rename for step in at]


@LINUX
def test_a_disk_that_fills_at_any_step_is_said_and_not_in_the_way(
    kept: Path, tmp_path: Path, right: dict[str, str]
) -> None:
    at = ("0", *DISK_STEPS)
    for end in after_harm(kept, tmp_path, [f"full@{step}" for step in at]):
        first = end["first"]
        assert first.get("sign") == right["plan"], end
        assert first["on_disk"] == (digests(kept)[1] in end["left"])
        if not first["on_disk"]:
            assert first["reported"][1] == "from scratch: No space left on device"
            assert "(No space left on device); working in memory" in first["reported"][2]
        assert not any(name.endswith(".building") for name in end["left"])
        assert_harmless(end, right, digests(kept))


@LINUX
@pytest.mark.parametrize("refusal", ["EPERM", "EXDEV", "ENOTSUP"])
def test_without_hard_links_the_store_is_copied_and_that_is_said(
    kept: Path, tmp_path: Path, right: dict[str, str], refusal: str
) -> None:
    (end,) = after_harm(kept, tmp_path, [f"{refusal}@0"])
    assert (end["first"].get("sign"), end["first"]["on_disk"]) == (right["plan"], True)
    assert [text.partition(",")[0] for text in end["first"]["reported"]] == [
        "updating",
        "The file system of the cache has no hard links",
    ]
    assert digests(kept)[1] in end["left"]
    assert_harmless(end, right, digests(kept))


@LINUX
def test_a_cache_that_may_only_be_read_serves_what_it_has(
    kept: Path, tmp_path: Path, right: dict[str, str]
) -> None:
    old, new = after_harm(kept, tmp_path, ["read-only-before@0", "read-only@0"])
    assert (old["first"].get("sign"), old["first"]["on_disk"]) == (right["before"], True)
    assert old["first"]["reported"] == []
    assert (new["first"].get("sign"), new["first"]["on_disk"]) == (right["plan"], False)
    assert "Read-only file system" in new["first"]["reported"][-4]
    assert_harmless(new, right, digests(kept))


def test_two_who_update_at_once_both_answer_and_make_one_entry(
    kept: Path, tmp_path: Path, right: dict[str, str]
) -> None:
    """The slower process waits before its first step on disk, then before it renames its entry."""
    steps = ("before metrograph.store.transition.make", "os.rename .building")
    with process_of(kept, tmp_path, [f"waiting@{step}" for step in steps]) as slower:
        assert slower.stdin
        assert slower.stdout
        for _ in steps:
            assert slower.stdout.readline() == "waiting\n"
            built, reported = opened(tmp_path / "work" / "plan")
            assert (sign(built.store, built.findings_json()), reported) == (
                right["plan"],
                ["updating"],
            )
            print(file=slower.stdin, flush=True)
            end = json.loads(slower.stdout.readline())
            assert (end["first"].get("sign"), end["first"]["reported"]) == (
                right["plan"],
                ["updating"],
            )
            assert end["left"] == sorted(digests(kept))
            assert_harmless(end, right, digests(kept))


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


# ---------------------------------------------------------------- files that change meanwhile


def reads(
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    before: Callable[[int], None],
    after: Callable[[int], None] = lambda _: None,
) -> list[int]:
    """Have something happen before and after each look of a module at all files."""
    looks: list[int] = []

    def contents(folder: Path, paths: Iterable[Path]) -> list[tuple[Path, bytes]]:
        looks.append(len(looks) + 1)
        before(looks[-1])
        read = list(file_contents(folder, paths))
        after(looks[-1])
        return read

    monkeypatch.setattr(module, "file_contents", contents)
    return looks


def test_a_file_that_changes_before_an_update_reads_it_is_read_again(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def once(look: int) -> None:
        if look == 1:
            change(plan, "\n<decision/last> mg:supersedes <decision/2> .\n")

    reads(monkeypatch, transition, once)
    built, reported = opened(plan)
    assert reported == ["updating", "updating"]
    assert built.digest == digest_of(plan, turtle_files(plan))
    assert sign(built.store, built.findings_json()) == signed(plan)
    kept_states = {path.name for path in (plan.parent / "cache").iterdir()}
    assert kept_states == {digests(plan.parent)[0], built.digest}


def label_of(built: Built) -> list[str]:
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    plan = ox.NamedNode(built.plan)
    return [quad.object.value for quad in built.store.quads_for_pattern(plan, label, None, None)]  # type: ignore[union-attr]  # labels are literals


@pytest.mark.parametrize("cache", ["cache", "plan.ttl/cache"])  # on disk, and in memory
def test_a_file_that_is_other_only_while_it_is_parsed_is_read_again(
    small_plan: Path, monkeypatch: pytest.MonkeyPatch, cache: str
) -> None:
    file = small_plan / "plan.ttl"
    text = file.read_text(encoding="utf-8")
    other = text.replace("Small plan", "Other plan")
    looks = reads(
        monkeypatch,
        loading,
        lambda look: void(file.write_text(other if look == 1 else text, encoding="utf-8")),
        lambda _: void(file.write_text(text, encoding="utf-8")),
    )
    built = open_store(small_plan, small_plan / cache)
    assert set(label_of(built)) == {"Small plan"}
    assert len(looks) == 2
    assert (built.path is None) == (cache != "cache")


def void(_: object) -> None:
    """Return nothing."""


def test_a_file_that_never_comes_to_rest_is_said(
    small_plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = reads(monkeypatch, loading, lambda look: add_remark(small_plan, look))
    with pytest.raises(InputError, match="changed while they were being read"):
        open_store(small_plan, small_plan / "cache")
    assert len(looks) == 3
    assert list((small_plan / "cache").iterdir()) == []


def add_remark(plan: Path, number: int) -> None:
    with (plan / "plan.ttl").open("a", encoding="utf-8") as file:
        file.write(f"# {number}\n")


# ---------------------------------------------------------------- damage


@pytest.mark.parametrize("damage", ["truncated table", "no CURRENT", "files", "findings"])
def test_an_update_of_a_damaged_state_is_a_build_and_that_is_said(
    plan: Path, right: dict[str, str], damage: str
) -> None:
    old, new = digests(plan.parent)
    entry = plan.parent / "cache" / old
    if damage == "truncated table":
        table = max((entry / "store").glob("*.sst"), key=lambda path: path.stat().st_size)
        table.write_bytes(table.read_bytes()[:100])
    elif damage == "no CURRENT":
        (entry / "store" / "CURRENT").unlink()
    else:
        (entry / f"{damage}.json").write_text("{", encoding="utf-8")
    built, reported = opened(plan)
    assert [text for text in reported if text != "updating"] == [
        f"The built store {old[:12]} was damaged; building it again.",
        "reading",
        "inferring",
        "checking",
        "storing",
    ]
    assert sign(built.store, built.findings_json()) == right["plan"]
    assert [path.name for path in (plan.parent / "cache").iterdir()] == [new]


def test_states_that_share_tables_with_a_damaged_one_are_no_base_of_new_ones(plan: Path) -> None:
    """The damage is in the tables of both; whoever asked the newer one saw it first."""
    opened(plan)
    old, new = digests(plan.parent)
    forget(plan, plan.parent / "cache")
    _, reported = opened(plan)
    assert reported == ["reading", "inferring", "checking", "storing"]
    _, reported = opened(plan.parent / "before")
    assert reported[0] == f"The built store {old[:12]} was damaged; building it again."
    assert sorted(path.name for path in (plan.parent / "cache").iterdir()) == sorted((old, new))
