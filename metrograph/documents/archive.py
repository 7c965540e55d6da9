"""Keeps the documents of a plan: text editions and originals, under the SHA-256 of their bytes.

Text editions lie in the plan's folder `documents/`, each with a file of its structure beside it;
originals, and text editions that are private, in the user's own state folder, which nobody else can
read and no export looks into. The text editions of the shipped plan stay with the user, too.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from metrograph import paths
from metrograph.documents.edition import KINDS, Edition, Line, texts_of
from metrograph.documents.refusals import MOST_TEXT
from metrograph.errors import InputError, reason_of
from metrograph.store.journal import aside, state_folder

FOLDER = "documents"
LARGEST_PLAN = 1_000_000_000  # bytes of all originals of a plan
_SHA = re.compile(r"[0-9a-f]{64}")
_LARGEST_STRUCTURE = 20_000_000  # bytes


@dataclass(frozen=True)
class Document:
    """A document that is kept: the SHA-256 of its text edition and of its original, and its name.

    `source` is the id of the record of the plan that it is the text of, or none.
    """

    sha256: str
    original: str
    name: str
    source: str | None
    is_private: bool
    folder: Path

    @property
    def path(self) -> Path:
        """The file of the text edition."""
        return self.folder / f"{self.sha256}.txt"


def own_folder(plan: Path) -> Path:
    """Return the user's own folder for the documents of a plan folder; it may not exist yet."""
    key = hashlib.sha256(str(plan.resolve()).encode()).hexdigest()[:32]
    return state_folder() / FOLDER / key


def documents(plan: Path) -> list[Document]:
    """Return the documents that are kept for a plan folder, by name; what is no such file is not.

    A text edition whose bytes are not those of its name is left out when it is read (`edition`).
    """
    kept = [*_documents(plan / FOLDER, plan, False), *_documents(own_folder(plan), None, True)]
    return sorted(kept, key=lambda document: (document.name, document.sha256))


def stamp(plan: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what changes with the documents of a plan folder: names, sizes, times of files."""
    seen = []
    for folder in (plan / FOLDER, own_folder(plan)):
        try:
            for path in folder.iterdir():
                if path.suffix in {".json", ".txt"}:
                    status = path.stat(follow_symlinks=False)
                    seen.append((str(path), status.st_size, status.st_mtime_ns))
        except OSError:
            continue
    return tuple(sorted(seen))


def keep(plan: Path, document: Document, edition: Edition, original: bytes) -> None:
    """Keep a text edition and its original. Raises `InputError` where they cannot be written."""
    own = own_folder(plan)
    try:
        _make_private(own)
        used = sum(path.stat().st_size for path in (own / "originals").iterdir())
        if used + len(original) > LARGEST_PLAN:
            raise InputError(
                "{name}: the documents of this plan would take more than {largest} MB. Remove "
                "some from {folder}.",
                name=document.name,
                largest=LARGEST_PLAN // 1_000_000,
                folder=own,
            )
        if document.folder != own and document.folder.is_symlink():
            raise InputError(
                "{target}: this link leads outside the plan's folder. Replace it with a folder.",
                target=document.folder,
            )
        document.folder.mkdir(exist_ok=True)
        if document.is_private:  # what was open before is no longer
            for suffix in (".txt", ".json"):
                (plan / FOLDER / document.path.name).with_suffix(suffix).unlink(missing_ok=True)
        _write(own / "originals" / document.original, original)
        _write(document.path, edition.data)
        structure = json.dumps(_structure(document, edition), ensure_ascii=False, indent=0)
        _write(document.path.with_suffix(".json"), structure.encode())
    except OSError as error:
        raise InputError(
            "{path}: cannot be written ({reason}).",
            path=error.filename or document.folder,
            reason=reason_of(error),
        ) from None


def folder_for(plan: Path, *, is_private: bool) -> Path:
    """Return where the text edition of a document of a plan belongs."""
    is_own = is_private or paths.is_shipped(plan)
    return own_folder(plan) if is_own else plan / FOLDER


def edition(document: Document) -> Edition | None:
    """Return the text edition of a document, or none where its bytes have changed."""
    try:
        if document.path.is_symlink() or document.path.stat().st_size > 4 * MOST_TEXT:
            return None
        data = document.path.read_bytes()
        structure = _read_structure(document.path.with_suffix(".json"))
    except OSError:
        return None
    if hashlib.sha256(data).hexdigest() != document.sha256:
        return None
    try:
        texts = texts_of(data)
    except UnicodeDecodeError:
        return None
    return Edition(data, tuple(_lines(texts, structure.get("lines"))))


def _make_private(own: Path) -> None:
    """Make the user's folder of documents, which nobody else can read."""
    (own / "originals").mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (own.parent, own, own / "originals"):
        folder.chmod(0o700)


def _write(path: Path, data: bytes) -> None:
    with aside(path) as new:
        new.write_bytes(data)
        new.replace(path)


def _structure(document: Document, edition: Edition) -> dict[str, Any]:
    """Return what the text itself does not tell: names, and where the kinds of lines change."""
    changes: list[tuple[int, str, int, int | None]] = []
    before: tuple[str, int, int | None] | None = None
    for number, line in enumerate(edition.lines, start=1):
        state = (line.kind, line.level, line.page)
        if state != before:
            changes.append((number, *state))
        before = state
    return {
        "name": document.name,
        "original": document.original,
        "source": document.source,
        "private": document.is_private,
        "lines": changes,
    }


def _documents(folder: Path, plan: Path | None, is_private: bool) -> Iterator[Document]:
    """Yield the documents in a folder; within a plan's, nothing that a link leads to."""
    try:
        if plan is not None and not folder.resolve().is_relative_to(plan.resolve()):
            return
        files = sorted(folder.glob("*.json"))
    except OSError:
        return
    for path in files:
        if not _SHA.fullmatch(path.stem) or path.is_symlink():
            continue
        values = _read_structure(path)
        name, original, source = (values.get(key) for key in ("name", "original", "source"))
        if isinstance(name, str) and isinstance(original, str) and _SHA.fullmatch(original):
            source = source if isinstance(source, str) else None
            private = is_private and values.get("private") is not False
            yield Document(path.stem, original, name, source, private, folder)


def _read_structure(path: Path) -> dict[str, Any]:
    """Return the values of a file of structure, or none of what is not one."""
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST_STRUCTURE:
            return {}
        values = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _lines(texts: Sequence[str], changes: object) -> Iterator[Line]:
    """Yield the lines of a text, as the structure describes them."""
    known = {}
    for change in changes if isinstance(changes, list) else ():
        match change:
            case [int(number), str(kind), int(level), int() | None as page] if kind in KINDS:
                known[number] = (kind, level, page)
    state: tuple[str, int, int | None] = ("paragraph", 0, None)
    for number, text in enumerate(texts, start=1):
        state = known.get(number, state)
        yield Line(text.replace("\f", "").rstrip("\r"), *state)
