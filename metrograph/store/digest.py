"""Hashes all that a store depends on: the plan's files, the ontology, the engine."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from metrograph import messages, paths
from metrograph.store.turtle import file_contents, read_bytes


@dataclass(frozen=True)
class Stated:
    """What is kept of a file whose triples a store holds: enough not to read it again.

    `triples` counts them as written; `repeats` is whether one is written twice, if that is known.
    """

    sha256: str
    triples: int
    base: str | None
    prefixes: Mapping[str, str]
    repeats: bool | None = None

    def is_of(self, data: bytes) -> bool:
        """Whether a file still has this content."""
        return sha256(data) == self.sha256


def engine() -> list[Path]:
    """Return the files by which a store is built: this folder, and what it stands on.

    Findings are kept in words, so the catalogues are part of it. A change of any other module, such
    as a command or a page, leaves built stores as they are.
    """
    here = Path(__file__).parent
    stands_on = ("errors", "ids", "late", "messages", "paths", "text", "vocabulary")
    modules = (*sorted(here.glob("*.py")), *(here.parent / f"{name}.py" for name in stands_on))
    return [*modules, *sorted(messages.FOLDER.glob("*.po"))]


@cache
def engine_digest() -> str:
    """Return the hash of the ontology and of the code by which a store is built.

    A process builds by what it has loaded. Files of metrograph that are exchanged while it runs, as
    by an update, change neither that nor the plan, so they are hashed once.
    """
    ontology = sorted(paths.ONTOLOGY.glob("*.ttl"))
    return _digest((path.name, sha256(read_bytes(path))) for path in (*ontology, *engine()))


def digest_of(folder: Path, files: list[Path]) -> str:
    """Return the hash of all that a build depends on: its files, the ontology, the engine."""
    return digest_by(hashes(folder, files), engine_digest())


def digest_by(plan: Mapping[str, str], engine_hash: str) -> str:
    """Return the hash of a build by the hashes of its files, by name, and that of the engine."""
    return _digest((*plan.items(), ("", engine_hash)))


def hashes(folder: Path, files: list[Path]) -> dict[str, str]:
    """Return the names of a plan's files, each with the SHA-256 of its content."""
    return {
        path.relative_to(folder).as_posix(): sha256(data)
        for path, data in file_contents(folder, files)
    }


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def _digest(named: Iterable[tuple[str, str]]) -> str:
    digest = hashlib.sha256()
    for name, content in named:
        digest.update(f"{name}\0".encode() + bytes.fromhex(content))
    return digest.hexdigest()
