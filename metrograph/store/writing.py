"""Changes single records in a plan's files: in one step, one process at a time.

Before a file is replaced, the new text is parsed: it must hold what the file held and the new
record, and nothing else.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from metrograph.errors import BusyError, InputError, Text, UsageError, reason_of
from metrograph.late import late
from metrograph.store.journal import aside, recover
from metrograph.store.records import Record, block, with_records, with_replaced
from metrograph.store.turtle import decode, read_bytes, turtle_files

if TYPE_CHECKING:
    import filelock
else:
    filelock = late("filelock")

LOCK = ".metrograph.lock"
_MARK = "\ufeff"  # the byte order mark with which some editors begin a file
LONGEST_WAIT = 600.0  # seconds for another process to finish its change


@contextlib.contextmanager
def locked(folder: Path, wait: float = LONGEST_WAIT) -> Iterator[None]:
    """Hold a plan folder, so that no other process changes its files meanwhile.

    A change that a killed process decided and did not finish is finished first. Raises
    `InputError` if the folder cannot be written, `BusyError` if another process holds it for longer
    than `wait` seconds.
    """
    turtle_files(folder)  # what is no plan is not locked
    lock = filelock.FileLock(folder / LOCK, timeout=wait)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise BusyError(
            "{folder}: another process is changing this plan. Try again when it has finished.",
            folder=folder,
        ) from None
    except OSError as error:
        is_link = (folder / LOCK).is_symlink()  # filelock follows none
        reason = Text("this is a link; remove it") if is_link else reason_of(error)
        raise InputError(
            "{folder}: cannot be changed ({lock}: {reason}). Check its permissions.",
            folder=folder,
            lock=LOCK,
            reason=reason,
        ) from None
    try:
        recover(folder)
        yield
    finally:
        lock.release()


def append(path: Path, records: Iterable[Record], base: str, about: str) -> None:
    """Add records at the end of a Turtle file, which is made (opening with `about`) if missing.

    The file is replaced in one step, or left as it was. Raises `InputError` if it cannot be read
    or written.
    """
    path = path.resolve()  # of a link, the file itself is changed
    added = tuple(records)
    before = f"# {about}\n@base <{base}> .\n"
    mark = ""
    if path.exists():
        data = read_bytes(path)
        before = decode(data, path)
        mark = _MARK if data.startswith(_MARK.encode()) else ""
    wanted = _triples(before) | {triple for record in added for triple in record.triples()}
    for adds_prefixes in (True, False):
        after = with_records(before, added, adds_prefixes)
        with contextlib.suppress(SyntaxError):
            if _triples(after) == wanted:
                replace_file(path, mark + after)
                return
    raise InputError(
        "{path}: the record cannot be added at the end of the file. Add it by hand.", path=path
    )


def replace(path: Path, record: Record) -> None:
    """Replace the block that a Turtle file has for a record.

    The rest of the file stays, byte by byte, but for prefixes that are added; comments within the
    old block are kept before the new one. The file is replaced in one step, or left as it was.
    Raises `InputError` if the file cannot be read or written, has no such record, or says things of
    it outside of one block.
    """
    path = path.resolve()  # of a link, the file itself is changed
    data = read_bytes(path)
    before = decode(data, path)
    old = block(before, record.subject, path)
    kept = {triple for triple in _triples(before) if triple.subject != ox.NamedNode(record.subject)}
    for adds_prefixes in (True, False):
        after = with_replaced(before, old, record, adds_prefixes)
        with contextlib.suppress(SyntaxError):
            if _triples(after) == kept | set(record.triples()):
                replace_file(path, (_MARK if data.startswith(_MARK.encode()) else "") + after)
                return
    raise InputError(
        "{path}:{line}: the record that begins here cannot be replaced automatically. "
        "Edit it by hand.",
        path=path,
        line=old.line,
    )


def _triples(text: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}


def check_apart(path: Path, folder: Path | None, source: Path | None = None) -> None:
    """Raise `UsageError` for an output that would become, or replace, a file of a plan's folder.

    The same goes for `source`, the file that is being read.
    """
    target = path.resolve()
    if source is not None and target == source.resolve():
        raise UsageError(
            "{path}: this is the file being read. Choose another file for the output.", path=path
        )
    within = folder is not None and target.is_relative_to(folder.resolve())
    if within and (path.suffix.lower() == ".ttl" or target.exists()):
        raise UsageError(
            "{path}: this path is in the plan's own folder: the output would become part "
            "of the plan, or replace a file there. Choose another place.",
            path=path,
        )


def replace_file(path: Path, content: str | bytes) -> None:
    """Replace a file by a text, or bytes, in one step, keeping its permissions.

    Of a link, the file that it leads to is replaced; a device or a pipe is written into. Raises
    `InputError` if it cannot be written; then a file that was there is as it was.
    """
    path = path.resolve()
    if path.exists() and not path.is_file() and not path.is_dir():
        _write_into(path, content)
        return
    try:
        with aside(path) as new:
            with new.open("wb") as file:
                file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            new.chmod(path.stat().st_mode if path.exists() else 0o644)
            new.replace(path)
    except OSError as error:
        raise InputError(
            "{path}: cannot be written ({reason}). Nothing was changed.",
            path=path,
            reason=reason_of(error),
        ) from None


def _write_into(path: Path, content: str | bytes) -> None:
    """Write into what is no file, such as /dev/null: to replace it would take it from everyone."""
    try:
        with path.open("wb") as target:
            target.write(content if isinstance(content, bytes) else content.encode("utf-8"))
    except OSError as error:
        raise InputError(
            "{path}: cannot be written ({reason}).", path=path, reason=reason_of(error)
        ) from None
