"""Finds what a plan's files state and did not when a store was built of them, and what no more.

Files with the hash they had are not read. Of others, only the stretch that differs from the kept
text is parsed, where that is sure (`stretches`); else the whole file.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from metrograph.store.changes import quad_of
from metrograph.store.digest import Stated, sha256
from metrograph.store.stretches import changed
from metrograph.store.turtle import File, decode, parsed

Kept = Callable[[str], bytes | None]  # the content that is kept under a SHA-256


@dataclass
class Difference:
    """The quads of files that one store has and the other not; `files` are all that state now."""

    gained: list[ox.Quad] = field(default_factory=list)
    lost: list[ox.Quad] = field(default_factory=list)
    files: dict[str, Stated] = field(default_factory=dict)

    @property
    def triples(self) -> set[ox.Triple]:
        """All triples that a file states now and did not, or the other way round."""
        return {quad.triple for quad in (*self.gained, *self.lost)}

    def add(self, name: str, part: "_Part") -> None:
        """Add what a file makes of it."""
        self.gained += part.gained
        self.lost += part.lost
        self.files[name] = part.stated


@dataclass(frozen=True)
class _Part:
    """The difference that one file makes."""

    gained: set[ox.Quad]
    lost: set[ox.Quad]
    stated: Stated


def compare(
    old: ox.Store,
    before: Mapping[str, Stated],
    contents: Iterable[tuple[str, Path, bytes | None]],
    kept: Kept = lambda _: None,
) -> Difference:
    """Return what files state now and did not, and the other way round.

    `contents` are names with paths and bytes, or with none where a file is as it was `before`.
    Raises `InputError` for a file that cannot be read.
    """
    difference = Difference()
    for name, path, data in contents:
        known = before.get(name)
        if known and (data is None or known.is_of(data)):
            difference.files[name] = known
            continue
        if data is None:
            raise ValueError(name)
        part = _by_stretches(old, name, data, known, kept) if known else None
        difference.add(name, part or _by_whole(old, name, path, data, known))
    for name in before.keys() - difference.files.keys():
        difference.lost += old.quads_for_pattern(None, None, None, _graph(name))
    return difference


def _by_whole(old: ox.Store, name: str, path: Path, data: bytes, known: Stated | None) -> _Part:
    """Return the difference that a file makes, all of which is parsed."""
    file, triples = parsed(name, path, decode(data, path))
    graph = file.graph
    now = _as_stored(triples, graph)
    was = set(old.quads_for_pattern(None, None, None, graph)) if known else set()
    repeats = len(now) < len(triples)
    stated = Stated(sha256(data), len(triples), file.base, file.prefixes, repeats)
    return _Part(now - was, was - now, stated)


def _by_stretches(old: ox.Store, name: str, data: bytes, known: Stated, kept: Kept) -> _Part | None:
    """Return the difference that a file makes, of which only a part is parsed; None: all must be.

    What a file states twice may still be stated where a stretch does so no more.
    """
    before = kept(known.sha256)
    part = before and changed(before, data, known.base, known.prefixes)
    if not part or _repeats(old, name, known):
        return None
    graph = _graph(name)
    removed, added = _as_stored(part.removed, graph), _as_stored(part.added, graph)
    if not all(quad in old for quad in removed):
        return None
    new = added - removed
    gained = {quad for quad in new if quad not in old}
    repeats = len(added) < len(part.added) or len(gained) < len(new)
    triples = known.triples - len(part.removed) + len(part.added)
    stated = Stated(sha256(data), triples, known.base, known.prefixes, repeats)
    return _Part(gained, removed - added, stated)


def _repeats(old: ox.Store, name: str, known: Stated) -> bool:
    """Whether a file stated a triple more than once; it is counted where it is not known."""
    if known.repeats is not None:
        return known.repeats
    rows = old.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {_graph(name)} {{ ?s ?p ?o }} }}")
    return [int(row["n"].value) for row in rows] != [known.triples]  # type: ignore[union-attr]  # a SELECT gives rows


def _as_stored(triples: Iterable[ox.Triple], graph: ox.NamedNode) -> set[ox.Quad]:
    """Return quads as a store gives them back: 01 as 1, and each once."""
    store = ox.Store()
    store.bulk_extend(quad_of(triple, graph) for triple in triples)
    return set(store)


def _graph(name: str) -> ox.NamedNode:
    return File(name, Path(name), "", None, {}).graph
