"""Opens the store of a plan folder: from the user's cache, updated or built where it must be.

A built store is a disposable index under the hash of all that it was built from. Where files
changed since one was built, a copy of it is updated; else, or if that is not sure, it is built from
scratch. Either way readers see the old state or the new one, whole, also when two processes write
at once or one is killed midway.
"""

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph import paths
from metrograph.errors import CacheError, ChangedError, MetrographError, Text, reason_of
from metrograph.late import late_from
from metrograph.store import leases
from metrograph.store.digest import digest_by, digest_of, engine, engine_digest, hashes
from metrograph.store.entries import (
    Built,
    new_entry,
    open_entry,
    refuse_if_changed,
    write_beside,
)
from metrograph.store.findings import to_json
from metrograph.store.journal import warnings
from metrograph.store.reports import Notice, Report, Step
from metrograph.store.sweeping import discard, sweep
from metrograph.store.texts import write_texts
from metrograph.store.turtle import turtle_files

# Only a build or an update needs them, and what they import (rdflib, pyshacl) takes long.
if TYPE_CHECKING:
    from metrograph.store import build, transition
else:
    build, transition = late_from("metrograph.store", "build", "transition")

_LOOKS = 3  # at files that someone changes meanwhile
_STUCK = (
    "The built store {entry} is damaged and cannot be replaced now: another process, such as an "
    "explorer, uses it, or the cache cannot be written. Working in memory, which is slower."
)
_DAMAGED = "The built store {entry} was damaged; building it again."
_UNUSABLE = (
    "The cache folder {cache} cannot be used ({reason}); working in memory, which is slower. "
    "Set METROGRAPH_CACHE to a folder that can be written."
)

__all__ = ["Built", "Report", "cache_folder", "digest_of", "engine", "forget", "open_store"]


def cache_folder() -> Path:
    """Return the folder of built stores: METROGRAPH_CACHE, or the user's cache folder."""
    return paths.user_folder("cache")


def open_store(folder: Path, cache: Path, progress: Report = lambda _: None) -> Built:
    """Return the store of a plan folder, built if it must be.

    Where the cache cannot be written, the store is built in memory and `progress` is told so.
    Where files change between two looks at them, all are read again. Raises `InputError` for a
    folder that holds no readable plan, `ChangedError` for one that does not come to rest.
    """
    files = turtle_files(folder)
    for warning in warnings(folder):
        progress(Notice(warning))
    for _ in range(_LOOKS - 1):
        with contextlib.suppress(ChangedError):
            return _opened(folder, files, cache, progress)
        files = turtle_files(folder)
    return _opened(folder, files, cache, progress)


def _opened(folder: Path, files: list[Path], cache: Path, progress: Report) -> Built:
    """Return the store of the files as they are at one look, or raise `ChangedError`."""
    plan = hashes(folder, files)
    digest = digest_by(plan, engine_digest())
    entry = cache / digest
    if entry.is_dir():
        try:
            return open_entry(entry, folder, digest)
        except CacheError:
            if not discard(entry):
                progress(Notice(Text.of(_STUCK, entry=entry.name[:12])))
                return _in_memory(folder, files, digest, progress)
            progress(Notice(Text.of(_DAMAGED, entry=entry.name[:12])))
    try:
        cache.mkdir(parents=True, exist_ok=True)
        sweep(cache, folder)
        is_new = not _updated(entry, folder, plan, progress)
        if is_new:
            _build(entry, folder, files, progress)
        return replace(open_entry(entry, folder, digest), is_new=is_new)
    except (OSError, RuntimeError, CacheError) as error:  # RuntimeError: RocksDB
        progress(Notice(Text.of(_UNUSABLE, cache=cache, reason=_reason(error))))
        return _in_memory(folder, files, digest, progress)


def forget(folder: Path, cache: Path) -> None:
    """Have the built store of a plan folder built again by the next command that opens it.

    It is removed, or marked where another process uses it: this one is done with it.
    """
    entry = cache / digest_of(folder, turtle_files(folder))
    leases.give_up(entry)
    discard(entry)


def _reason(error: Exception) -> Text | str:
    """Return why something failed, without the error: that would hold on to what it had open."""
    if isinstance(error, MetrographError):
        return error.text
    if not isinstance(error, OSError):
        return str(error)
    if error.strerror:
        return reason_of(error)
    return Text(str(error).rpartition(": ")[2])  # RocksDB ends with what the system says


def _updated(entry: Path, folder: Path, plan: dict[str, str], progress: Report) -> bool:
    """Make an entry of one that was built of much the same files; return whether that was done."""
    base = transition.nearest(entry.parent, folder, plan, engine_digest())
    if base is None:
        return False
    try:
        transition.make(entry, base, folder, plan, progress)
        return True
    except (transition.Wider, CacheError, OSError, RuntimeError, ValueError) as error:
        is_damaged = isinstance(error, CacheError) and base.is_dir()  # not just removed by others
        reason = _reason(error)
    if is_damaged:
        discard(base)  # which nothing of the attempt uses any more
        progress(Notice(Text.of(_DAMAGED, entry=base.name[:12])))
    else:
        progress(Step(Text.of("from scratch: {reason}", reason=reason)))
    return False


def _build(entry: Path, folder: Path, files: list[Path], progress: Report) -> None:
    with new_entry(entry) as aside:
        built = build.assemble(files, folder, progress)
        refuse_if_changed(entry.name, _digest_of(built), folder)
        progress(Step(Text("storing")))
        built.write(aside / "store")
        write_beside(aside, built.content(), folder, engine_digest())
        write_texts(aside, built.contents())


def _digest_of(built: "build.Assembled") -> str:
    """Return the hash of what was built: of the texts that were parsed, whatever files hold now."""
    return digest_by({file.name: file.sha256 for file in built.files}, engine_digest())


def _in_memory(folder: Path, files: list[Path], digest: str, progress: Report) -> Built:
    built = build.assemble(files, folder, progress)
    refuse_if_changed(digest, _digest_of(built), folder)
    return Built(
        store=built.in_memory(),
        folder=folder,
        digest=digest,
        plan=built.plan,
        base=built.base,
        languages=built.languages,
        violations=built.content().violations,
        findings_file=None,
        findings_values=tuple(map(to_json, built.located())),
    )
