"""Reads the Turtle files of a plan: which there are, what each asserts, where its records are.

A file that cannot be read is named, with its line and the remedy.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import quote, urljoin

import pyoxigraph as ox

from metrograph import paths as resources
from metrograph.errors import InputError, Text, reason_of
from metrograph.ids import base_of
from metrograph.store import syntax
from metrograph.store.journal import decided
from metrograph.store.tokens import blanked
from metrograph.vocabulary import MG, RDF, Graphs

_BEGINNINGS = (
    (b"\xff\xfe\0\0", Text("in UTF-32")),  # before that of UTF-16, which it begins with
    (b"\0\0\xfe\xff", Text("in UTF-32")),
    (b"\xff\xfe", Text("in UTF-16")),
    (b"\xfe\xff", Text("in UTF-16")),
    (b"\x1f\x8b", Text("compressed with gzip")),
    (b"PK\x03\x04", Text("a zip file")),
)
Result = TypeVar("Result")
_RECORD = re.compile(r"^(?:<(?P<iri>[^>\s]*)>|(?P<prefix>[\w-]*):(?P<local>\S+))\s")


@dataclass(frozen=True)
class File:
    """One Turtle file: its name relative to the folder, its text, and the base IRI it declares."""

    name: str
    path: Path
    text: str
    base: str | None
    prefixes: dict[str, str]
    sha256: str = ""
    triples: int = 0
    repeats: bool | None = None  # whether it states a triple twice, where that is known

    @property
    def graph(self) -> ox.NamedNode:
        """The named graph that holds what the file asserts."""
        return ox.NamedNode(Graphs.files + quote(self.name))


@dataclass(frozen=True)
class Place:
    """The location of a record: a file and the line on which it begins, counted from 1."""

    file: str
    line: int


def turtle_files(folder: Path) -> list[Path]:
    """Return the Turtle files of a plan folder in a fixed order; nothing is written.

    Files of a change that was decided and not finished count. Raises `InputError` if the folder is
    missing or holds no Turtle file, or if a file is a link that leads out of it.
    """
    if not folder.is_dir():
        problem = Text("this is a file" if folder.exists() else "folder not found")
        raise InputError(
            "{folder}: {problem}. Give a folder of .ttl files.", folder=folder, problem=problem
        )
    files = sorted({*_turtle_files(folder), *decided(folder)})
    if not files:
        raise InputError(
            "{folder}: this folder contains no .ttl file. Give a folder that contains a plan.",
            folder=folder,
        )
    return files


def _turtle_files(folder: Path) -> Iterator[Path]:
    """Yield the files whose name ends in .ttl; nothing that looks like one is passed over."""

    def refuse(error: OSError) -> None:
        raise InputError(
            "{filename}: cannot be read ({reason}).",
            filename=error.filename,
            reason=reason_of(error),
        )

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in (*folders, *names):
            path = Path(parent, name)
            if name.startswith(".") or path.suffix.lower() != ".ttl":
                continue
            if not path.is_file():
                raise InputError("{path}: not a readable file. Fix or remove it.", path=path)
            if path.suffix != ".ttl" or not name.isprintable():
                raise InputError(
                    "{path}: the file name is not valid. Rename the file, for example to "
                    "activities.ttl.",
                    path=str(path),
                )
            if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
                raise InputError(
                    "{path}: this file is a link that leads outside the plan's folder, so it is "
                    "not read. Replace it with the file itself, or remove it.",
                    path=path,
                )
            yield path


def file_contents(folder: Path, paths: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
    """Yield files of a plan folder with their bytes, as the last decided change left them.

    Raises `InputError` for a file that cannot be read.
    """
    staged = decided(folder)
    for path in paths:
        try:
            data = staged[path].read_bytes()
        except (KeyError, FileNotFoundError):  # not staged, or moved into place by now
            data = read_bytes(path)
        yield path, data


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, or raise `InputError` with the reason that it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            "{path}: cannot be read ({reason}). Check its permissions.",
            path=path,
            reason=reason_of(error),
        ) from None


def decode(data: bytes, path: Path) -> str:
    """Return the text of UTF-8 bytes, or raise `InputError` with the line that is not UTF-8."""
    if kind := _kind(data):
        raise InputError("{path}:1: the file is {kind}. Save it as UTF-8.", path=path, kind=kind)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            "{path}:{line}: the file is not in UTF-8 (byte 0x{data:02x}, perhaps "
            "Latin-1). Save it as UTF-8.",
            path=path,
            line=line,
            data=data[error.start],
        ) from None


def _kind(data: bytes) -> Text | None:
    """Return what bytes are that are not UTF-8, as their beginning shows, with a mark or without.

    >>> print(_kind("@base".encode("utf-32-le")), _kind("@base".encode("utf-16-be")))
    in UTF-32 in UTF-16
    """
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    zeros = data[:8].count(0)  # of the four letters, or two, that these hold
    wide = Text("in UTF-32") if zeros > len(data[:8]) // 2 else Text("in UTF-16")
    return wide if zeros > 1 else None


def load_ontology(store: ox.Store) -> bytes:
    """Add the ontology, and the names of other vocabularies' terms; return the ontology's text.

    Both go to the default graph, and each to a graph of its own: the names are for people to read,
    and no part of the published ontology.
    """
    text = (resources.ONTOLOGY / "metrograph.ttl").read_bytes()
    names = (resources.ONTOLOGY / "interface.ttl").read_bytes()
    for data, graph in ((text, Graphs.ontology), (names, Graphs.interface)):
        for place in (ox.DefaultGraph(), ox.NamedNode(graph)):
            store.load(data, format=ox.RdfFormat.TURTLE, to_graph=place)
    return text


def parsed(name: str, path: Path, text: str) -> tuple[File, list[ox.Triple]]:
    """Return a file of this text, and what it asserts.

    Raises `InputError` for what is not Turtle, or holds a blank node.
    """
    parser, triples = _parse(path, text, lambda quads: [quad.triple for quad in quads])
    if any(isinstance(term, ox.BlankNode | ox.Triple) for triple in triples for term in triple):
        refuse_blank_node(path, text)
    return File(name, path, text, parser.base_iri, dict(parser.prefixes)), triples


def counted(name: str, path: Path, text: str) -> File:
    """Return a file of this text, with the number of its triples; blank nodes are not looked for.

    Raises `InputError` for what is no Turtle.
    """
    parser, triples = _parse(path, text, lambda quads: sum(1 for _ in quads))
    return File(name, path, text, parser.base_iri, dict(parser.prefixes), triples=triples)


def _parse(
    path: Path, text: str, read: Callable[[Iterable[ox.Quad]], Result]
) -> tuple[ox.QuadParser, Result]:
    """Return the parser of a text at its end, and what was read of it, or raise `InputError`."""
    syntax.refuse_other(text, str(path))
    if any(mark in text for mark in syntax.NEWER):
        syntax.refuse_newer(blanked(text), str(path))
    parser = ox.parse(text, format=ox.RdfFormat.TURTLE)
    try:
        return parser, read(parser)
    except (SyntaxError, MemoryError) as error:  # MemoryError: a token without end
        line = getattr(error, "lineno", None) or 1
        why = syntax.explained(str(error.args[0]), blanked(text))
        raise InputError("{path}:{line}: {why}", path=path, line=line, why=why) from None


def refuse_blank_node(path: Path, text: str) -> NoReturn:
    """Raise `InputError` for a text that holds a blank node."""
    raise InputError(
        "{path}:{blank_node_line}: a blank node has no ID and cannot be cited. Give "
        "it an ID in angle brackets.",
        path=path,
        blank_node_line=_blank_node_line(text),
    )


def _blank_node_line(text: str) -> int:
    bare = blanked(text)
    match = re.search(r"_:|\[|\(", bare)
    return bare.count("\n", 0, match.start()) + 1 if match else 1


def plan_and_base(store: ox.Store, files: Iterable[File]) -> tuple[str, str]:
    """Return the IRI of the (first) plan in the store and the base IRI of its ids.

    Raises `InputError` if no record is a plan.
    """
    plans = sorted(
        (str(quad.subject.value), str(quad.graph_name.value))
        for quad in store.quads_for_pattern(
            None, ox.NamedNode(RDF.type), ox.NamedNode(MG.StrategicPlan)
        )
        if isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name.value.startswith(Graphs.files)
    )
    if not plans:
        raise InputError(
            "The folder contains no plan: no record has the type mg:StrategicPlan. Add "
            "one, for example: <plan/2030> a mg:StrategicPlan ."
        )
    plan, graph = plans[0]
    file_base = next((file.base for file in files if file.graph.value == graph), None)
    return plan, base_of(plan, file_base)


def places(files: Iterable[File]) -> dict[str, Place]:
    """Return the location of each record: the first line that begins with its subject.

    A record begins at the start of a line (CONTRIBUTING, "How the graph's files are written").
    """
    places_: dict[str, Place] = {}
    for file in files:
        for number, line in enumerate(_without_long_strings(file.text).split("\n"), start=1):
            if match := _RECORD.match(line + "\n"):
                if match["iri"] is not None:
                    subject = urljoin(file.base or "", match["iri"])
                else:
                    subject = file.prefixes.get(match["prefix"], "") + match["local"]
                places_.setdefault(subject, Place(file.name, number))
    return places_


def _without_long_strings(text: str) -> str:
    """Return a text without the signs of strings in three quotation marks; their lines stay.

    One look from each mark to the next: a pattern would look for the last one from every place.
    """
    pieces = text.split('"""')
    closed = (len(pieces) - 1) // 2 * 2  # the last mark of an odd number opens nothing
    pieces[1:closed:2] = ["\n" * piece.count("\n") for piece in pieces[1:closed:2]]
    return '"""'.join(pieces)
