"""The records of a plan in, a new plan folder with them out: one file a subject, in one step."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from metrograph.errors import InputError
from metrograph.exchange.scaffold import begin, check_base
from metrograph.reading.notices import Remark
from metrograph.store.records import Record, with_records
from metrograph.vocabulary import MG, RDF

_BATCH = 1_000  # records that are written at once
_PIECE = 1 << 20  # bytes that are read at once


@dataclass(frozen=True)
class Draft:
    """A plan that is not written yet.

    `files` are names of Turtle files, each with its opening comment and its records; `texts` other
    files that go beside them (names within the folder, such as `sources/plan.csv`). Records may be
    made while they are iterated over: no more than a batch of them is held when they are written.
    """

    base: str
    files: Mapping[str, tuple[str, Collection[Record]]]
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """A file that was read: the plan it makes, and what was noticed."""

    draft: Draft
    remarks: tuple[Remark, ...]


def write(folder: Path, draft: Draft) -> Path:
    """Make the folder of a plan, and return its whole path; all of it is written, or nothing.

    Raises `UsageError` where something is there already, or for a base that is none, and
    `InputError` if it cannot be written.
    """
    check_base(draft.base)
    made = {
        name: _written(f"# {about}\n@base <{draft.base}> .\n", records)
        for name, (about, records) in draft.files.items()
        if records
    }
    return begin(folder, {**made, **draft.texts})


def _written(head: str, records: Iterable[Record]) -> Iterator[str]:
    """Yield the text of a Turtle file, a batch of records after the other.

    What the first batch needs gets prefixes; names that only later ones need are written whole.
    """
    left = iter(records)
    first = with_records(head, islice(left, _BATCH))
    yield first
    heads = first.partition("\n\n")[0] + "\n"
    while batch := list(islice(left, _BATCH)):
        yield with_records(heads, batch, adds_prefixes=False).removeprefix(heads)


def fingerprint(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file, and its number of lines, as `source` counts them.

    Raises `InputError` if the file cannot be read.
    """
    import hashlib  # noqa: PLC0415  only imports need it

    digest, lines, last = hashlib.sha256(), 0, b""
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                lines += piece.count(b"\n") + piece.count(b"\r") - piece.count(b"\r\n")
                lines -= last == b"\r" and piece.startswith(b"\n")
                last = piece[-1:]
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from None
    return digest.hexdigest(), max(1, lines + (last not in {b"", b"\n", b"\r"}))


def source(iri: str, text: bytes, label: str, lang: str) -> Record:
    """Return the record of the document that was imported, as others cite it line by line.

    Lines are counted as RFC 5147 counts them, and the SHA-256 tells whether a text is the same.
    """
    import hashlib  # noqa: PLC0415  only imports need it

    lines = len(text.splitlines()) or 1
    return Record(
        iri,
        (
            (RDF.type, (ox.NamedNode(MG.Source),)),
            (RDF.label, (ox.Literal(label, language=lang),)),
            (MG.sha256, (ox.Literal(hashlib.sha256(text).hexdigest()),)),
            (MG.lineCount, (ox.Literal(lines),)),
        ),
    )


def citation(source_iri: str, first: int, last: int) -> ox.NamedNode:
    """Return the citation of lines (from 1, the last one too) of a source (RFC 5147, 2.2.2).

    >>> citation("https://example.org/source/plan", 3, 4).value
    'https://example.org/source/plan#line=2,4'
    """
    return ox.NamedNode(f"{source_iri}#line={first - 1},{last}")


def unique(keys: Iterable[str]) -> list[str]:
    """Return keys, each once: a later one that is there already gets a number.

    >>> unique(["a", "b", "a", "a"])
    ['a', 'b', 'a-2', 'a-3']
    """
    taken: set[str] = set()
    again: Counter[str] = Counter()
    found = []
    for key in keys:
        free = key
        while free in taken:
            again[key] += 1
            free = f"{key}-{again[key] + 1}"
        taken.add(free)
        found.append(free)
    return found
