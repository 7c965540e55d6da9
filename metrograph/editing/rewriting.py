"""Turns records to add, change and remove into the texts of the plan's files as they would be."""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from metrograph.editing.placement import Now
from metrograph.errors import InputError, UsageError
from metrograph.store import records
from metrograph.store.records import Record
from metrograph.store.turtle import File, read_bytes

_MARK = "\ufeff"  # the byte order mark with which some editors begin a file


@dataclass(frozen=True)
class Added:
    """A record to add: to which file, and what that opens with where it is new."""

    record: Record
    file: str
    about: str


@dataclass(frozen=True)
class Rewrite:
    """What becomes of a plan: records added, records as they are after the change, IRIs removed."""

    added: tuple[Added, ...] = ()
    changed: tuple[Record, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass
class _Draft:
    """A file while it is being rewritten."""

    text: str
    added: list[Record] = field(default_factory=list)
    changed: dict[str, Record | None] = field(default_factory=dict)  # None: removed


def texts(now: Now, rewrite: Rewrite) -> dict[str, str]:
    """Return the files that a rewrite touches, as they would be, by their names.

    Each text is parsed: it states what the file stated, but for the rewrite. Raises `InputError`
    where a record is not in a block by itself or cannot be written, `UsageError` where no file has
    it.
    """
    drafts: dict[str, _Draft] = {}
    of_record = {record.subject: record for record in rewrite.changed}
    for iri in (*of_record, *rewrite.removed):
        file = now.file_of(iri)
        if file is None:
            raise UsageError(
                "No file contains the record “{short}”. Check the ID.", short=now.ids.short(iri)
            )
        draft = drafts.setdefault(file.name, _Draft(file.text))
        draft.changed[iri] = of_record.get(iri)
    for addition in rewrite.added:
        known = now.text(addition.file)
        opening = f"# {addition.about}\n@base <{now.ids.base}> .\n"
        draft = drafts.setdefault(addition.file, _Draft(known or opening))
        draft.added.append(addition.record)
    files = {file.name: file for file in now.files}
    return {name: _text(draft, files.get(name), name) for name, draft in drafts.items()}


def _text(draft: _Draft, file: File | None, name: str) -> str:
    wanted = _wanted(draft)
    path = file.path if file else Path(name)
    for adds_prefixes in (True, False):
        text = draft.text
        for iri, record in draft.changed.items():
            block = records.block(text, iri, path)
            text = (
                records.with_replaced(text, block, record, adds_prefixes)
                if record
                else records.without(text, block)
            )
        text = records.with_records(text, draft.added, adds_prefixes)
        with contextlib.suppress(SyntaxError):
            if _triples(text) == wanted:
                return (_MARK if file and _has_mark(file) else "") + text
    raise InputError(
        "{file}: its records cannot be changed by themselves. Edit it by hand.", file=name
    )


def _wanted(draft: _Draft) -> set[ox.Triple]:
    """Return what a file must state after the change."""
    changed = {ox.NamedNode(iri) for iri in draft.changed}
    kept = {triple for triple in _triples(draft.text) if triple.subject not in changed}
    new = [record for record in (*draft.added, *draft.changed.values()) if record]
    return kept.union(*(set(record.triples()) for record in new))


def _triples(text: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}


def _has_mark(file: File) -> bool:
    return read_bytes(file.path).startswith(_MARK.encode())
