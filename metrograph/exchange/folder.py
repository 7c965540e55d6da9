"""The records of a plan in, a new plan folder with them out: one file a subject, in one step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from metrograph.beginning import begin, check_base
from metrograph.exchange.remarks import Remark
from metrograph.records import Record, with_records
from metrograph.terms import MG, RDF


@dataclass(frozen=True)
class Draft:
    """A plan that is not written yet.

    `files` are names of Turtle files, each with its opening comment and its records; `texts` other
    files that go beside them (names within the folder, such as `sources/plan.csv`).
    """

    base: str
    files: Mapping[str, tuple[str, Sequence[Record]]]
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
        name: with_records(f"# {about}\n@base <{draft.base}> .\n", records)
        for name, (about, records) in draft.files.items()
        if records
    }
    return begin(folder, {**made, **draft.texts})


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
    found = []
    for key in keys:
        number, free = 1, key
        while free in taken:
            number += 1
            free = f"{key}-{number}"
        taken.add(free)
        found.append(free)
    return found
