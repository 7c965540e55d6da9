"""Makes a cache entry for changed files from the entry of an earlier state.

The new store begins as a checkpoint of the old one, whose files it shares by hard links, so that
its cost is that of the change. Nothing of the old entry is written.
"""

import contextlib
import gc
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from metrograph.errors import CacheError, Text
from metrograph.late import late
from metrograph.store.build import languages_of
from metrograph.store.differing import Difference, compare
from metrograph.store.digest import Stated, digest_by, engine_digest
from metrograph.store.entries import (
    Built,
    Content,
    beside,
    file_of,
    files_of,
    kept_findings,
    new_entry,
    open_entry,
    refuse_if_changed,
    write_beside,
)
from metrograph.store.findings import Finding, count, from_json, to_json
from metrograph.store.reports import Notice, Report, Step
from metrograph.store.sweeping import recent
from metrograph.store.texts import link_texts, text_of, write_texts
from metrograph.store.turtle import file_contents, plan_and_base
from metrograph.store.update import Updated, Wider, update

if TYPE_CHECKING:
    import shutil
else:  # only a file system without hard links needs it
    shutil = late("shutil")

__all__ = ["Difference", "Wider", "findings_with", "make", "nearest"]


def nearest(cache: Path, folder: Path, hashes: Mapping[str, str], engine: str) -> Path | None:
    """Return the entry of the last state of a plan folder, or of one that has most of its files.

    None if there is none that this version of metrograph built from this ontology.
    """
    best: tuple[int, Path] | None = None
    for entry, meta in recent(cache):
        if meta.get("engine") != engine:
            continue
        known: Mapping[str, Stated] = {}
        with contextlib.suppress(CacheError):  # damaged: `make` says so, if it is the last state
            known = files_of(entry)
        same = sum(known[name].sha256 == sha256 for name, sha256 in hashes.items() if name in known)
        is_own = meta.get("folder") == str(folder.resolve())
        if (is_own or same * 2 > len(hashes)) and (best is None or same > best[0]):
            best = (same, entry)
    return best[1] if best else None


def make(
    entry: Path,
    base: Path,
    folder: Path,
    hashes: Mapping[str, str],
    progress: Report,
) -> None:
    """Make the entry of a plan folder's state, known by hashes, as an update of another entry.

    Raises `Wider` if it is to be built from scratch, `CacheError` if the base cannot be opened.
    """
    old = open_entry(base, folder, base.name, is_used=False)
    progress(Step(Text("updating")))
    before = files_of(base)
    read = _read_changed(folder, hashes, before)
    contents = ((name, folder / name, read.get(name)) for name in hashes)
    difference = compare(old.store, before, contents, partial(text_of, base))
    now = {name: stated.sha256 for name, stated in difference.files.items()}
    refuse_if_changed(entry.name, digest_by(now, engine_digest()), folder)
    with beside(entry) as apart, new_entry(entry) as aside:
        is_linked = _checkpoint(old, apart / "store", progress)
        target = aside / "store" if is_linked else None
        content = _changed(old, difference, apart / "store", target)
        if not is_linked:  # another checkpoint would be another copy
            gc.collect()
            (apart / "store").rename(aside / "store")
        write_beside(aside, content, folder, engine_digest())
        write_texts(aside, read.values())
        link_texts(aside, base, now.values())


def _read_changed(
    folder: Path, hashes: Mapping[str, str], before: Mapping[str, Stated]
) -> dict[str, bytes]:
    """Return the contents of the files whose hash is not the one that they had."""
    names = [name for name in hashes if name not in before or before[name].sha256 != hashes[name]]
    contents = file_contents(folder, [folder / name for name in names])
    return {name: data for name, (_, data) in zip(names, contents, strict=True)}


def _changed(old: Built, difference: Difference, path: Path, target: Path | None) -> Content:
    """Update the checkpoint of a store at a path, and make a checkpoint of that at the target.

    RocksDB puts files in order, and removes some, as long as anything refers to an open store: of
    a checkpoint that nobody has opened, they stay as they are.
    """
    entry = (old.path or path).parent
    new = ox.Store(str(path))
    kept = [from_json(values) for values in kept_findings(entry)]
    content = _content(new, update(old.store, new, files_of(entry), difference, kept))
    if target:
        new.backup(str(target))
    else:
        new.flush()
    return content


def findings_with(built: Built, path: Path, difference: Difference) -> list[Finding]:
    """Return what would be found in a built store at a path, with a difference; it is not kept.

    Raises `Wider` if no update can tell, `CacheError` or `OSError` where there is no room for it.
    """
    with beside(path.parent) as aside:
        _checkpoint(built, aside / "store", lambda _: None)
        return _findings_of(built, path.parent, aside / "store", difference)


def _findings_of(built: Built, entry: Path, path: Path, difference: Difference) -> list[Finding]:
    kept = [from_json(values) for values in kept_findings(entry)]
    new = ox.Store(str(path))
    return update(built.store, new, files_of(entry), difference, kept).findings


def _checkpoint(old: Built, path: Path, progress: Report) -> bool:
    """Copy a store by hard links to its files, or as a whole; return whether it was linked."""
    try:
        old.store.backup(str(path))
    except OSError:  # some file systems say that hard links are not permitted: RocksDB gives up
        _copy(old, path)
    tables = list(path.glob("*.sst"))
    is_linked = not tables or any(table.stat().st_nlink > 1 for table in tables)
    if not is_linked:
        progress(
            Notice(
                Text(
                    "The file system of the cache has no hard links, so the built store was "
                    "copied, which takes longer. METROGRAPH_CACHE chooses another folder."
                )
            )
        )
    return is_linked


def _copy(old: Built, path: Path) -> None:
    """Copy the files of a store that nobody writes."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    for file in (old.path or path).iterdir():
        shutil.copyfile(file, path / file.name)


def _content(store: ox.Store, updated: Updated) -> Content:
    files = [file_of(name, stated) for name, stated in updated.files.items()]
    plan, base = plan_and_base(store, files)
    return Content(
        plan=plan,
        base=base,
        languages=languages_of(store, plan),
        violations=count(updated.findings)["violation"],
        files=updated.files,
        findings=[to_json(finding) for finding in updated.findings],
        is_placed=False,
    )
