"""Adds a document to a plan: reads it, finds the source that it is the text of, and keeps it."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from metrograph.documents.archive import Document, folder_for, keep
from metrograph.documents.edition import Edition
from metrograph.documents.reading import file_bytes, read_document
from metrograph.errors import InputError, QueryError
from metrograph.plan import Plan
from metrograph.vocabulary import MG, RDF


def add(plan: Plan, path: Path, source: str | None = None, *, is_private: bool = False) -> Document:
    """Read a document and keep it; return what is kept.

    Without `source`, the one whose record has the SHA-256 of the text is taken, if there is one.
    Raises `InputError` for what cannot be read, or is not the text that the source records;
    `QueryError` for what is no source.
    """
    data = file_bytes(path)
    edition = read_document(path, data)
    document = Document(
        edition.sha256,
        hashlib.sha256(data).hexdigest(),
        path.name,
        _source(plan, path, edition, source),
        is_private,
        folder_for(plan.built.folder, is_private=is_private),
    )
    keep(plan.built.folder, document, edition, data)
    return document


def recorded_texts(plan: Plan) -> Mapping[str, tuple[str, int]]:
    """Return the sources of a plan: the SHA-256 that each records, or "", and its lines, or 0."""

    def recorded(term: str) -> dict[str, str]:
        return {
            str(getattr(triple.subject, "value", "")): str(getattr(triple.object, "value", ""))
            for triple in plan.built.engine.triples(None, ox.NamedNode(term))
        }

    texts, lines = recorded(MG.sha256), recorded(MG.lineCount)
    kind = ox.NamedNode(MG.Source)
    sources = [
        triple.subject.value
        for triple in plan.built.engine.triples(None, ox.NamedNode(RDF.type), kind)
        if isinstance(triple.subject, ox.NamedNode)
    ]
    return {
        plan.ids.short(source): (texts.get(source, "").lower(), _number(lines.get(source, "")))
        for source in sources
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _source(plan: Plan, path: Path, edition: Edition, asked: str | None) -> str | None:
    """Return the id of the source that a text is of; citations of it must fit."""
    recorded = recorded_texts(plan)
    by_text = {sha256: source for source, (sha256, _) in recorded.items() if sha256}
    if asked is None:
        return by_text.get(edition.sha256)
    name = plan.known(asked)
    if name not in recorded:
        raise QueryError("“{name}” is not a source of this plan.", name=name)
    sha256, lines = recorded[name]
    if sha256 and sha256 != edition.sha256:
        raise InputError(
            "{path}: {source} was cited by the lines of another text, of {lines} lines (SHA-256 "
            "{sha256}). This one has {number} lines: its citations would lead to wrong passages. "
            "Add the text that the citations count, or record this one as a new source. What would "
            "move: metrograph documents compare {path} --source {source}",
            path=path,
            source=name,
            lines=lines,
            sha256=sha256[:12],
            number=len(edition.lines),
        )
    return name
