"""Checks that the cache of built stores is never half, never wrong, and never in the way."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from metrograph.errors import CacheError
from metrograph.store import compiling, kept
from metrograph.store.cache import digest_of, open_store
from metrograph.store.compiled import Compiled
from metrograph.store.compiling import compile_all
from metrograph.store.sealing import unsealed
from tests.conftest import Run, noted

SLOW_BUILD = """
import sys, time
from pathlib import Path
import metrograph.store.build as build
validate = build.checked
def slow(*arguments):
    print("checking", flush=True)
    time.sleep(60)
    return validate(*arguments)
build.checked = slow
from metrograph.store.cache import open_store
open_store(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def entries(cache: Path) -> list[str]:
    """Return what is kept of plans, without the catalogues and the compiled rules beside it."""
    beside = {"words", "compiled"}
    return sorted(path.name for path in cache.iterdir() if path.name not in beside)


def test_the_second_command_opens_what_the_first_built(small_plan: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    steps: list[str] = []
    first = open_store(small_plan, cache, noted(steps))
    assert steps == ["reading", "inferring", "checking", "storing"]
    second = open_store(small_plan, cache, noted(steps))
    assert len(steps) == 4
    assert entries(cache) == [first.digest] == [second.digest]
    assert first.findings_json() == second.findings_json()


def test_the_places_of_findings_are_looked_for_when_they_are_shown(
    small_plan: Path, tmp_path: Path
) -> None:
    """All that is wrong with the small plan is wrong with its only record, on line 6."""
    built = open_store(small_plan, tmp_path / "cache")
    file = tmp_path / "cache" / built.digest / "findings.json"
    assert {(kept["file"], kept["line"]) for kept in unsealed(file)["findings"]} == {(None, None)}
    shown = built.findings_json()
    assert {(finding["file"], finding["line"]) for finding in shown} == {("plan.ttl", 6)}
    assert built.severities() == Counter(finding["severity"] for finding in shown)
    assert unsealed(file)["placed"]  # so that nobody looks again


def test_a_changed_file_is_another_store(small_plan: Path) -> None:
    before = digest_of(small_plan, [small_plan / "plan.ttl"])
    with (small_plan / "plan.ttl").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert digest_of(small_plan, [small_plan / "plan.ttl"]) != before


def test_a_build_killed_midway_leaves_nothing_that_is_read(
    small_plan: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    with subprocess.Popen(
        [sys.executable, "-c", SLOW_BUILD, str(small_plan), str(cache)], stdout=subprocess.PIPE
    ) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline().strip() == b"checking"
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    (left,) = entries(cache)
    assert left.endswith(".building")
    built = open_store(small_plan, cache)
    assert entries(cache) == [built.digest]
    assert not list(cache.glob("*.building"))


def test_two_processes_that_build_at_once_both_answer(small_plan: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    command = [sys.executable, "-m", "metrograph", "check", "--format", "json"]
    environment = {**os.environ, "METROGRAPH_CACHE": str(cache)}
    both = [
        subprocess.Popen(
            [*command, "--graph", str(small_plan)], stdout=subprocess.PIPE, env=environment
        )
        for _ in range(2)
    ]
    answers = [process.communicate(timeout=120)[0] for process in both]
    assert answers[0] == answers[1]
    assert "conforms" in json.loads(answers[0])
    assert len(entries(cache)) == 1


@pytest.mark.parametrize("damage", ["truncate", "remove", "meta", "garbage", "findings", "flip"])
def test_a_damaged_store_is_built_again_with_one_line_that_says_so(
    run: Run, small_plan: Path, own_cache: Path, damage: str
) -> None:
    cache = own_cache
    good = run("check", "--format", "json", "--graph", small_plan, METROGRAPH_CACHE=str(cache))
    (entry,) = (cache / name for name in entries(cache))
    table = max((entry / "store").glob("*.sst"), key=lambda path: path.stat().st_size)
    if damage == "truncate":
        table.write_bytes(table.read_bytes()[:100])
    elif damage == "remove":
        shutil.rmtree(entry / "store")
    elif damage == "meta":
        (entry / "meta.json").write_text("{", encoding="utf-8")
    elif damage == "findings":
        (entry / "findings.json").write_text("[", encoding="utf-8")
    elif damage == "flip":
        for path in (entry / "store").glob("*.sst"):
            data = path.read_bytes()
            path.write_bytes(data[:40] + bytes(255 - byte for byte in data[40:90]) + data[90:])
    else:
        for path in (entry / "store").glob("*.sst"):
            path.write_bytes(b"\xaa" * path.stat().st_size)
    again = run("check", "--format", "json", "--graph", small_plan, METROGRAPH_CACHE=str(cache))
    assert again.stdout == good.stdout
    assert again.stderr.count("\n") == 1
    assert "damaged" in again.stderr
    assert "again" in again.stderr
    assert len(entries(cache)) == 1


def test_a_cache_that_cannot_be_written_is_said_and_not_in_the_way(
    run: Run, small_plan: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    answer = run(
        "check", "--format", "json", "--graph", small_plan, METROGRAPH_CACHE=str(blocked / "cache")
    )
    assert answer.returncode in (0, 1)
    assert "conforms" in json.loads(answer.stdout)
    assert "METROGRAPH_CACHE" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_and_not_in_the_way(small_plan: Path, own_cache: Path) -> None:
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from metrograph.cli.main import main\n"
        f"sys.exit(main(['check', '--format', 'json', '--graph', {str(small_plan)!r}]))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "METROGRAPH_CACHE": str(own_cache)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert "conforms" in json.loads(answer.stdout)
    assert "cannot be used" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_store_unused_for_long_is_swept_and_a_used_one_is_kept(
    small_plan: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    old = open_store(small_plan, cache).digest
    long_ago = time.time() - 100 * 86400
    os.utime(cache / old / "meta.json", (long_ago, long_ago))
    with (small_plan / "plan.ttl").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    new = open_store(small_plan, cache).digest
    assert entries(cache) == [new]


def test_cache_errors_are_of_the_one_family() -> None:
    assert CacheError.exit_code == 3


def test_a_second_build_in_a_process_compiles_no_rules_again(
    small_plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.compiled.cache_clear()
    monkeypatch.setenv("METROGRAPH_CACHE", str(tmp_path / "file" / "cache"))
    (tmp_path / "file").touch()  # so that nothing is kept between processes
    compilations: list[str] = []

    def counted() -> Compiled:
        compilations.append("again")
        return compile_all()

    monkeypatch.setattr(compiling, "compile_all", counted)
    first = open_store(small_plan, tmp_path / "cache")
    findings = first.findings_json()
    plan = small_plan / "plan.ttl"
    plan.write_text(plan.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    second = open_store(small_plan, tmp_path / "cache")
    assert first.digest != second.digest
    assert findings == second.findings_json()
    assert len(compilations) == 1
    kept.compiled.cache_clear()
