"""Checks that a plan folder from someone else is only data, and that changes are all or nothing."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from metrograph.errors import InputError
from metrograph.store import journal
from metrograph.store.journal import decided, plan_file, recover, state_folder, write_all
from metrograph.store.turtle import file_contents, turtle_files
from metrograph.store.writing import locked
from tests.conftest import HARBOUR, Run

HOOK = "#!/bin/sh\ntouch harmed\n"
CHANGED = "# changed\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(HARBOUR, tmp_path / "harbour")


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, hidden ones too, by their names within it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".metrograph.lock"
    }


def texts(folder: Path) -> dict[str, str]:
    """Return the Turtle files of a folder as a reader sees them."""
    paths = turtle_files(folder)
    return {path.name: data.decode() for path, data in file_contents(folder, paths)}


def stopped(folder: Path, changes: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Write changes as a process that is killed right after it has decided."""
    with monkeypatch.context() as patch:
        patch.setattr(journal, "recover", lambda _: None)
        write_all(folder, changes)


# ---------------------------------------------------------------- what came with the folder


def forged_ready(folder: Path) -> None:
    ready = folder / ".metrograph.ready"
    (ready / ".git" / "hooks").mkdir(parents=True)
    (ready / ".git" / "hooks" / "pre-commit").write_text(HOOK)
    (ready / "categories.ttl").write_text("forged")


def forged_staging(folder: Path) -> None:
    staging = folder / ".metrograph.staged.0123456789abcdef0123456789abcdef"
    staging.mkdir()
    (staging / "categories.ttl").write_text("forged")
    (staging / "manifest.json").write_text(json.dumps({"files": {"categories.ttl": "0"}}))


@pytest.mark.parametrize("forge", [forged_ready, forged_staging])
@pytest.mark.parametrize("command", [["coverage"], ["check"], ["query", "themes"]])
def test_an_unfinished_change_that_came_with_a_folder_is_named_and_left_alone(
    folder: Path, run: Run, forge: Callable[[Path], None], command: list[str]
) -> None:
    forge(folder)
    before = tree(folder)
    shown = run(*command, "--graph", folder)
    assert shown.returncode == 0, shown.stderr
    assert tree(folder) == before
    assert "an unfinished change that metrograph did not make in this folder" in shown.stderr
    assert ".metrograph." in shown.stderr


def test_a_forged_change_is_left_alone_by_commands_that_write_too(folder: Path) -> None:
    forged_ready(folder)
    forged_staging(folder)
    before = tree(folder)
    with locked(folder):
        write_all(folder, {"categories.ttl": CHANGED})
    assert tree(folder) == {**before, "categories.ttl": CHANGED.encode()}


def test_a_pending_change_is_not_taken_over_by_a_copy_of_its_folder(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped(folder, {"categories.ttl": CHANGED}, monkeypatch)
    copied = shutil.copytree(folder, tmp_path / "copy")
    assert texts(folder)["categories.ttl"] == CHANGED
    assert texts(copied)["categories.ttl"] == (HARBOUR / "categories.ttl").read_text(
        encoding="utf-8"
    )
    assert len(journal.warnings(copied)) == 1
    assert journal.warnings(folder) == []
    shutil.rmtree(folder)
    copied.rename(folder)  # the same path, but another folder
    assert decided(folder) == {}


def test_a_manifest_of_another_machine_is_not_taken_for_ones_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped(folder, {"categories.ttl": CHANGED}, monkeypatch)
    assert decided(folder)
    monkeypatch.setattr("platform.node", lambda: "elsewhere")
    assert decided(folder) == {}


def test_a_staged_text_that_was_exchanged_is_neither_read_nor_put_in_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(folder)
    stopped(folder, {"categories.ttl": CHANGED}, monkeypatch)
    (staged,) = decided(folder).values()
    staged.write_text("exchanged")
    assert texts(folder) == before
    with locked(folder):
        assert texts(folder) == before
    assert staged.read_text() == "exchanged"  # left, and named from now on
    assert len(journal.warnings(folder)) == 1


# ---------------------------------------------------------------- links


def test_a_file_that_is_a_link_out_of_the_folder_is_refused(
    folder: Path, tmp_path: Path, run: Run
) -> None:
    outside = tmp_path / "outside.ttl"
    outside.write_text("# someone else's\n")
    (folder / "more.ttl").symlink_to(outside)
    shown = run("coverage", "--graph", folder)
    assert shown.returncode == 3
    assert "more.ttl: this file is a link that leads outside the plan's folder" in shown.stderr


def test_a_file_that_is_a_link_within_the_folder_is_read(folder: Path) -> None:
    (folder / "kept").mkdir()
    (folder / "categories.ttl").rename(folder / "kept" / "categories.txt")
    (folder / "categories.ttl").symlink_to("kept/categories.txt")
    assert texts(folder)["categories.ttl"] == (HARBOUR / "categories.ttl").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    "name",
    ["../out.ttl", "/srv/out.ttl", ".git/hooks/x.ttl", ".hidden.ttl", "a/../../x.ttl", "plan.txt",
     "", "..", "a\\..\\b.ttl", "linked/x.ttl", "link.ttl"],
)  # fmt: skip
def test_only_turtle_files_of_the_plan_are_written(folder: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / "linked").symlink_to(outside)
    (folder / "link.ttl").symlink_to(outside / "x.ttl")
    before = tree(tmp_path)
    with pytest.raises(InputError):
        plan_file(folder, name)
    with pytest.raises(InputError):
        write_all(folder, {"categories.ttl": CHANGED, name: "harm"})
    assert tree(tmp_path) == before


def test_a_link_that_appears_after_the_decision_is_not_followed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "part").mkdir()
    stopped(folder, {"part/new.ttl": "# new\n"}, monkeypatch)
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / "part").rmdir()
    (folder / "part").symlink_to(outside)
    recover(folder)
    assert list(outside.iterdir()) == []


def test_a_lock_that_is_a_link_is_refused(folder: Path, tmp_path: Path, run: Run) -> None:
    outside = tmp_path / "precious"
    for is_there in (True, False):
        if is_there:
            outside.write_text("precious")
        else:
            outside.unlink()
        (folder / ".metrograph.lock").unlink(missing_ok=True)
        (folder / ".metrograph.lock").symlink_to(outside)
        shown = run(
            "adjudicate",
            "--graph",
            folder,
            "--in-scope",
            "intersection/a/b",
            "--by",
            "a",
            "--because",
            "x",
        )
        assert shown.returncode == 3, shown.stderr
        assert ".metrograph.lock: this is a link; remove it" in shown.stderr
        assert outside.exists() == is_there
        assert not is_there or outside.read_text() == "precious"


# ---------------------------------------------------------------- what killed saves leave


def test_a_decided_change_is_read_at_once_and_finished_by_the_next_change(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METROGRAPH_STATE", str(tmp_path / "state"))
    before = tree(folder)
    stopped(folder, {"categories.ttl": CHANGED, "part/new.ttl": "# new\n"}, monkeypatch)
    assert tree(folder)["categories.ttl"] == before["categories.ttl"]
    assert texts(folder)["categories.ttl"] == CHANGED
    assert texts(folder)["new.ttl"] == "# new\n"
    with locked(folder):
        expected = {**before, "categories.ttl": CHANGED.encode(), "part/new.ttl": b"# new\n"}
        assert tree(folder) == expected
    assert not list((state_folder() / "journal").iterdir())


def test_temporary_files_of_killed_saves_are_removed_by_the_next_change(folder: Path) -> None:
    before = tree(folder)
    script = (
        "import os, sys; from pathlib import Path; from metrograph.store import journal\n"
        "with journal.aside(Path(sys.argv[1])) as new: new.write_text('half'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, folder / "categories.ttl"], check=False)
    assert len(tree(folder)) == len(before) + 1
    with locked(folder):
        assert tree(folder) == before


def test_the_state_folder_is_the_users_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METROGRAPH_STATE", str(tmp_path / "state"))
    stopped(folder, {"categories.ttl": CHANGED}, monkeypatch)
    (manifest,) = (tmp_path / "state" / "journal").iterdir()
    assert manifest.stat().st_mode & 0o077 == 0
    assert manifest.parent.stat().st_mode & 0o077 == 0


def test_a_state_folder_that_is_a_file_leaves_the_plan_as_it_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("a file")
    monkeypatch.setenv("METROGRAPH_STATE", str(tmp_path / "state"))
    before = tree(folder)
    with pytest.raises(InputError, match="METROGRAPH_STATE"):
        write_all(folder, {"categories.ttl": CHANGED})
    assert tree(folder) == before
