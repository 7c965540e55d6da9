"""Looks over the entries of the cache: which were used last, and which can go."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from metrograph.errors import CacheError
from metrograph.store import leases
from metrograph.store.entries import BUILDING, DAMAGED
from metrograph.store.sealing import unsealed

_UNUSED = 60 * 86400  # seconds after which a store that nobody opened is removed
_LOOKED_AT = 20  # entries, of which a new one may be an update
_STATES = 10  # of one folder that are kept: each change makes another


def recent(cache: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the entries used last, latest first, each with what is kept of it."""
    used: list[tuple[float, Path]] = []
    for entry in cache.iterdir():
        with contextlib.suppress(OSError):
            if not entry.name.endswith(BUILDING) and not (entry / DAMAGED).exists():
                used.append(((entry / "meta.json").stat().st_mtime, entry))
    for _, entry in sorted(used, reverse=True)[:_LOOKED_AT]:
        with contextlib.suppress(CacheError):
            yield entry, unsealed(entry / "meta.json")


def sweep(cache: Path, folder: Path) -> None:
    """Remove what killed builds left, stores not opened for long, and old states of a folder.

    What somebody uses stays.
    """
    now = time.time()
    for entry in cache.iterdir():
        if entry.name.endswith(BUILDING):
            pid = entry.name.split(".")[1]
            if pid.isdecimal() and not _alive(int(pid)):
                leases.remove(entry)
        elif now - _last_used(entry, now) > _UNUSED:
            leases.remove(entry)
    own = [entry for entry, meta in recent(cache) if meta.get("folder") == str(folder.resolve())]
    for entry in own[_STATES:]:
        leases.remove(entry)


def _last_used(entry: Path, now: float) -> float:
    """Return when an entry was opened last; what is none, or was just removed, counts as new."""
    try:
        return (entry / "meta.json").stat().st_mtime
    except OSError:
        return now


def _alive(pid: int) -> bool:
    if sys.platform == "win32":  # there, a signal of 0 would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def discard(entry: Path) -> bool:
    """Remove an entry that proved damaged; return whether it is gone.

    What others use is marked, to be built again by whoever opens it next. So are the entries that
    share tables with it by hard links: the damage is in them too, even where it is not seen.
    """
    tables = _tables(entry)
    with contextlib.suppress(OSError):  # of a cache that may only be read, nothing can be marked
        for other in entry.parent.iterdir():
            if other == entry or tables & _tables(other):
                (other / DAMAGED).touch()
    return leases.remove(entry)


def _tables(entry: Path) -> set[tuple[int, int]]:
    """Return which tables (files of RocksDB) the store of an entry has."""
    tables = set()
    with contextlib.suppress(OSError):
        for path in (entry / "store").glob("*.sst"):
            status = path.stat()
            tables.add((status.st_dev, status.st_ino))
    return tables
