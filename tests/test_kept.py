"""Checks that the compiled ontology and shapes are kept, and never taken for what they are not."""

import json
from pathlib import Path

import pytest

from metrograph.store import compiling, kept
from metrograph.store.compiled import Compiled
from metrograph.store.program import Program

SMALL = Compiled(Program((), ()), (), (), (("<urn:s>", "SELECT ?this {}"),), ("Plan",), "")


@pytest.fixture
def compilations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Use an empty cache, compile next to nothing, and return a list that notes each time."""
    done: list[str] = []

    def compile_all() -> Compiled:
        done.append("compiled")
        return SMALL

    monkeypatch.setenv("METROGRAPH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(compiling, "compile_all", compile_all)
    return done


def another_process() -> Compiled:
    """Return what a process gets that has compiled nothing yet."""
    return kept.compiled.__wrapped__()


def test_what_is_kept_is_what_was_compiled() -> None:
    compiled = compiling.compile_all()
    assert len(compiled.clusters) > 100
    assert len(compiled.groups) > 50
    assert kept.from_json(json.loads(json.dumps(kept.to_json(compiled)))) == compiled


def test_the_second_process_compiles_nothing(compilations: list[str]) -> None:
    assert another_process() == another_process() == SMALL
    assert compilations == ["compiled"]


def test_another_engine_compiles_again(
    compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    another_process()
    monkeypatch.setattr(kept, "engine_digest", lambda: "f" * 64)
    another_process()
    assert compilations == ["compiled", "compiled"]


def test_what_is_damaged_is_compiled_again(compilations: list[str], tmp_path: Path) -> None:
    another_process()
    (file,) = tmp_path.glob("cache/compiled/*.json")
    file.write_text(file.read_text().replace("urn:s", "urn:t"))
    assert another_process() == SMALL
    file.write_bytes(b"\xff")
    assert another_process() == another_process() == SMALL
    assert compilations == ["compiled"] * 3


def test_a_cache_that_cannot_be_written_is_done_without(
    compilations: list[str], tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file")
    assert another_process() == another_process() == SMALL
    assert compilations == ["compiled", "compiled"]


def test_what_earlier_versions_kept_is_removed_in_time(
    compilations: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for digest in "abcde":
        monkeypatch.setattr(kept, "engine_digest", lambda digest=digest: digest)
        another_process()
    assert len(compilations) == 5
    assert len(list(tmp_path.glob("cache/compiled/*"))) == 3
