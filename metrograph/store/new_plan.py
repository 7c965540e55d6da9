"""Writes the records of a plan to a new folder: one file per subject, in one step."""

import hashlib
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox

from metrograph.errors import InputError, UsageError, reason_of
from metrograph.ids import citation_id
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
    digest, lines, last = hashlib.sha256(), 0, b""
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                lines += piece.count(b"\n") + piece.count(b"\r") - piece.count(b"\r\n")
                lines -= last == b"\r" and piece.startswith(b"\n")
                last = piece[-1:]
    except OSError as error:
        raise InputError(
            "{path}: cannot be read ({reason}).", path=path, reason=reason_of(error)
        ) from None
    return digest.hexdigest(), max(1, lines + (last not in {b"", b"\n", b"\r"}))


def source(iri: str, text: bytes, label: str, lang: str) -> Record:
    """Return the record of the document that was imported, as others cite it line by line.

    Lines are counted as RFC 5147 counts them, and the SHA-256 tells whether a text is the same.
    """
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
    return ox.NamedNode(citation_id(source_iri, first, last))


def begin(folder: Path, texts: Mapping[str, str | Iterable[str]]) -> Path:
    """Make a folder with these files in one step, and return its whole path.

    A file is given as a text or as its pieces, which may be made while they are written. Turtle is
    read again before the folder gets its name. Raises `UsageError` where something is there
    already, `InputError` if it cannot be written; then nothing was changed.
    """
    target = folder.resolve()
    _check_free(folder, target)
    aside = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        made = aside / "plan"  # with the permissions of a folder of one's own, unlike `aside`
        for name, text in texts.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, str):
                path.write_text(text, encoding="utf-8", newline="")
            else:
                with path.open("w", encoding="utf-8", newline="") as file:
                    file.writelines(text)
        for path in sorted(made.rglob("*.ttl")):
            _check_turtle(folder, path)
        if target.is_dir():
            target.rmdir()  # empty: what came into it meanwhile makes this fail
        made.rename(target)
    except OSError as error:
        raise InputError(
            "{folder}: cannot be written ({reason}). Nothing was changed.",
            folder=folder,
            reason=reason_of(error),
        ) from None
    finally:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)
    return target


def _check_turtle(folder: Path, path: Path) -> None:
    """Raise `InputError` if a file that was made for a new folder cannot be read as Turtle."""
    try:
        for _ in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            pass
    except (SyntaxError, MemoryError) as error:
        raise InputError(
            "{folder}: {name} would not be valid Turtle ({error}). Nothing was changed.",
            folder=folder,
            name=path.name,
            error=error,
        ) from None


def _check_free(folder: Path, target: Path) -> None:
    """Raise `UsageError` where a new plan's folder cannot be made."""
    try:
        if target.is_dir() and any(target.iterdir()):
            raise UsageError(
                "{folder}: this folder is not empty. Give the name of a new folder.", folder=folder
            )
    except OSError as error:
        raise InputError(
            "{folder}: cannot be read ({reason}).", folder=folder, reason=reason_of(error)
        ) from None
    if target.exists() and not target.is_dir():
        raise UsageError("{folder}: this is a file. Give the name of a new folder.", folder=folder)
    if target == Path.cwd():
        raise UsageError(
            "{folder}: this is the current folder. Give the name of a new folder, such as plan.",
            folder=folder,
        )


def check_base(base: str) -> None:
    """Raise `UsageError` for a base under which ids would not be what follows it (RFC 3986, 5.2).

    >>> check_base("https://example.org/town/")
    """
    try:
        parts = urlsplit(base)
        made = next(iter(ox.parse(f"@base <{base}> .\n<a/b> a <c> .", format=ox.RdfFormat.TURTLE)))
        is_fit = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and base.endswith("/")
            and not {"?", "#", "'", "`"} & set(base)
            and isinstance(made.subject, ox.NamedNode)
            and made.subject.value == urljoin(base, "a/b") == f"{base}a/b"
        )
    except (ValueError, SyntaxError, StopIteration):
        is_fit = False
    if not is_fit:
        raise UsageError(
            "--base must be an address that ends in a slash, such as "
            "https://example.org/town/, not “{base}”.",
            base=base,
        )
