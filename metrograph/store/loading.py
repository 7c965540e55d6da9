"""Loads Turtle files into a store (Oxigraph), and writes a store to disk, in compiled code.

The default graph of a store is the set of all triples; the named graph of a file repeats what that
file asserts. Oxigraph loads the files by itself: to make its quads in Python takes twice as long.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from metrograph.store.digest import sha256
from metrograph.store.turtle import (
    File,
    counted,
    decode,
    file_contents,
    parsed,
    read_bytes,
)

_BLANK = ("_:", "[", "(")  # each blank node is written with one of these
_ANY_BLANK = "ASK { ?this ?property ?value FILTER(ISBLANK(?this) || ISBLANK(?value)) }"


def load(store: ox.Store, paths: Iterable[Path], folder: Path | None = None) -> list[File]:
    """Read Turtle files into the default graph of an empty store and their own, and return them.

    Raises `InputError` as `load_together` does.
    """
    files = load_together(store, paths, folder)
    load_apart(store, files)
    return files


def load_together(store: ox.Store, paths: Iterable[Path], folder: Path | None = None) -> list[File]:
    """Read Turtle files into the default graph of an empty store and return them.

    Names are relative to `folder` where given. Raises `InputError` at the first file that cannot
    be read, is not UTF-8, is not Turtle, or holds a blank node.
    """
    files = []
    contents = (
        file_contents(folder, paths) if folder else ((path, read_bytes(path)) for path in paths)
    )
    for path, data in contents:
        name = path.relative_to(folder).as_posix() if folder else path.name
        text = decode(data, path)
        file = counted(name, path, text)
        store.bulk_load(text.encode(), format=ox.RdfFormat.TURTLE)
        files.append(replace(file, sha256=sha256(data)))
    _refuse_blank_nodes(store, files)
    if len(store) == sum(file.triples for file in files):  # each triple is stated once
        return [replace(file, repeats=False) for file in files]
    return files


def load_apart(store: ox.Store, files: Iterable[File]) -> None:
    """Add what files assert to a store, each to the graph of the file."""
    for file in files:
        store.bulk_load(file.text.encode(), format=ox.RdfFormat.TURTLE, to_graph=file.graph)


def _refuse_blank_nodes(store: ox.Store, files: Iterable[File]) -> None:
    doubtful = [file for file in files if any(mark in file.text for mark in _BLANK)]
    if doubtful and store.query(_ANY_BLANK):
        for file in doubtful:
            parsed(file.name, file.path, file.text)


def write(store: ox.Store, files: Iterable[File], folder: Path) -> None:
    """Write a store to a folder, with a graph for each of the files, and put it in order.

    Out of order, a large store takes twice as long to answer. Inferring in the target itself would
    leave RocksDB much more to put in order.
    """
    target = ox.Store(str(folder))
    load_apart(target, files)
    target.bulk_extend(iter(store))
    target.optimize()
    target.flush()
