"""Checks that no process removes a built store that another uses, whatever that one is."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from metrograph.query.limits import Limits
from metrograph.query.results import Question
from metrograph.query.workers import Workers
from metrograph.store import leases
from metrograph.store.cache import Built, forget, open_store
from tests.conftest import noted

LONG_AGO = time.time() - 100 * 86400
USER = (  # opens a store, says so, and uses it until its input ends
    "import sys; from pathlib import Path; from metrograph.store.cache import open_store\n"
    "built = open_store(Path(sys.argv[1]), Path(sys.argv[2]))\n"
    "print(built.digest, flush=True); sys.stdin.read()\n"
    "print(len(built.store), flush=True)\n"
)


@contextmanager
def used_elsewhere(plan: Path, cache: Path) -> Iterator["subprocess.Popen[str]"]:
    """Give a process that has the store of a plan open."""
    command = [sys.executable, "-c", USER, str(plan), str(cache)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as user:
        assert user.stdout
        user.stdout.readline()
        yield user


def grow_old(entry: Path) -> None:
    os.utime(entry / "meta.json", (LONG_AGO, LONG_AGO))


def build_another(plan: Path, cache: Path) -> Built:
    """Change a plan and build it, which sweeps the cache."""
    with (plan / "plan.ttl").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    return open_store(plan, cache)


def test_a_store_that_another_process_uses_is_never_swept(small_plan: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = open_store(small_plan, cache).digest
    with used_elsewhere(small_plan, cache) as user:
        grow_old(cache / first)
        second = build_another(small_plan, cache).digest
        assert (cache / first / "meta.json").is_file()
        told, _ = user.communicate()
    assert int(told) > 100  # it could read it to the end
    third = build_another(small_plan, cache).digest  # and when nobody uses it, it goes
    assert {path.name for path in cache.iterdir()} == {second, third}


def test_a_store_that_this_process_uses_is_never_swept(small_plan: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    used = open_store(small_plan, cache)
    grow_old(cache / used.digest)
    build_another(small_plan, cache)
    assert len(used.findings_json()) >= 0  # its files are there
    assert (cache / used.digest).is_dir()


def test_a_store_whose_user_was_killed_is_swept(small_plan: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = open_store(small_plan, cache).digest
    with used_elsewhere(small_plan, cache) as user:
        user.send_signal(signal.SIGKILL)
        user.wait()
    grow_old(cache / first)
    second = build_another(small_plan, cache).digest
    assert [path.name for path in cache.iterdir()] == [second]


def test_a_store_that_only_a_worker_uses_is_never_swept(small_plan: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    pool = Workers(1)
    try:
        built = open_store(small_plan, cache)
        first = cache / built.digest
        pool.submit(built, Question("ASK {}", "text/csv", None), Limits(60, 10)).result()
        leases.give_up(first)  # as where the server itself serves another state by now
        grow_old(first)
        build_another(small_plan, cache)
        assert (first / "store" / "CURRENT").is_file()
    finally:
        pool.close()
    assert leases.remove(first)


def test_a_damaged_store_in_use_is_left_and_the_command_works(
    small_plan: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    first = open_store(small_plan, cache).digest
    with used_elsewhere(small_plan, cache) as user:
        (cache / first / "meta.json").write_text("{", encoding="utf-8")
        steps: list[str] = []
        built = open_store(small_plan, cache, noted(steps))
        assert built.path is None  # in memory
        assert "another process" in steps[0]
        assert (cache / first / "store" / "CURRENT").is_file()
        told, _ = user.communicate()
    assert int(told) > 100
    again = open_store(small_plan, cache, noted(steps))
    assert again.path
    assert "building it again" in " ".join(steps)


def test_a_store_to_forget_that_another_process_uses_is_marked(
    small_plan: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    mine = open_store(small_plan, cache)
    with used_elsewhere(small_plan, cache) as user:
        forget(small_plan, cache)
        assert (cache / mine.digest / "store" / "CURRENT").is_file()
        assert open_store(small_plan, cache).path is None
        user.communicate()
    rebuilt = open_store(small_plan, cache)
    assert rebuilt.path
    assert not list((cache / mine.digest).glob("damaged"))


def test_a_store_to_forget_that_only_this_process_uses_goes(
    small_plan: Path, tmp_path: Path
) -> None:
    mine = open_store(small_plan, tmp_path / "cache")
    forget(small_plan, tmp_path / "cache")
    assert not (tmp_path / "cache" / mine.digest).exists()


def test_a_build_in_another_container_is_not_swept(small_plan: Path, tmp_path: Path) -> None:
    # there, the number of the process that builds means nothing here
    cache = tmp_path / "cache"
    building = cache / "0a1b.999999999.xyz.building"
    building.mkdir(parents=True)
    lease = leases.take(building)
    assert lease
    open_store(small_plan, cache)
    assert building.is_dir()
    lease.release()
    build_another(small_plan, cache)
    assert not building.exists()


def test_a_folder_that_is_gone_has_no_lease(tmp_path: Path) -> None:
    assert leases.take(tmp_path / "gone") is None
    (tmp_path / "here").mkdir()
    lease = leases.take(tmp_path / "here")
    assert lease
    assert not leases.remove(tmp_path / "here")
    lease.release()
    assert leases.remove(tmp_path / "here")
    assert leases.remove(tmp_path / "here")  # which is as good


def test_whoever_waited_while_a_folder_was_removed_gets_no_lease(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "entry"
    folder.mkdir()
    flock: Callable[[int, int], None] = fcntl.flock

    def removed_meanwhile(file: int, how: int) -> None:
        shutil.rmtree(folder)
        folder.mkdir()  # and perhaps built again by then
        (folder / "in-use").touch()
        flock(file, how)

    monkeypatch.setattr(fcntl, "flock", removed_meanwhile)
    assert leases.take(folder) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_that_may_only_be_read_is_used_all_the_same(
    small_plan: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    entry = cache / open_store(small_plan, cache).digest
    (entry / "in-use").unlink()
    for folder in (entry, cache):
        folder.chmod(0o555)
    try:
        assert open_store(small_plan, cache).path
    finally:
        for folder in (cache, entry):
            folder.chmod(0o755)
