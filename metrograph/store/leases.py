"""Leases on folders of the cache: while a lease exists, no process removes the folder.

A lease is a shared lock (flock) on a file in the folder, which the system gives up when its process
ends, however it ends. Whoever would remove the folder first asks for the lock alone.
"""

import contextlib
import os
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.late import late

if TYPE_CHECKING:
    import shutil
else:  # only a sweep needs it
    shutil = late("shutil")


try:
    import fcntl
except ImportError:  # Windows, which itself refuses to rename a folder whose files are open
    fcntl = None  # type: ignore[assignment]  # asked for before each use

LEFT = "building"  # how names end of folders that their process may have left half done
_FILE = "in-use"
_held: "weakref.WeakSet[Lease]" = weakref.WeakSet()


class Lease:
    """The right to use a folder until `release`, or until nobody refers to this any more."""

    def __init__(self, folder: Path, file: int | None) -> None:
        self.folder = folder
        self.release = weakref.finalize(self, _close, file)
        _held.add(self)


def take(folder: Path) -> Lease | None:
    """Return a lease on a folder, or none where the folder is gone.

    It waits while the folder is just being removed. Where no lock file can be made (a cache that
    may only be read), the lease is one in name, as nobody can remove the folder either.
    """
    if fcntl is None or (file := _opened(folder)) is None:
        return Lease(folder, None) if folder.is_dir() else None
    lease = Lease(folder, file)
    try:
        fcntl.flock(file, fcntl.LOCK_SH)
    except OSError:  # a file system without locks
        return lease
    return lease if _is_there(folder, file) else None


def remove(folder: Path) -> bool:
    """Remove a folder with all that it holds, unless anyone uses it; return whether it is gone.

    It goes from its place in one step, so nobody ever opens a half of it.
    """
    with _alone(folder) as is_free:
        if not is_free:
            return False
        aside = folder.with_name(f"{folder.name}.{os.getpid()}.{LEFT}")
        try:
            folder.rename(aside)
        except FileNotFoundError:
            return True  # another process was first
        except OSError:
            return False
        shutil.rmtree(aside, ignore_errors=True)
        return True


def give_up(folder: Path) -> None:
    """Release the leases that this process itself holds on a folder."""
    for lease in list(_held):
        if lease.folder == folder:
            lease.release()


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Hold the lock of a folder alone inside this, if nobody else holds it."""
    if fcntl is None or (file := _opened(folder)) is None:
        yield True
        return
    is_free = True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        is_free = False
    except OSError:  # a file system without locks, where leases hold nothing
        pass
    try:
        yield is_free
    finally:
        os.close(file)


def _opened(folder: Path) -> int | None:
    """Return the open lock file of a folder, made where it is missing and can be made."""
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        with contextlib.suppress(OSError):
            return os.open(folder / _FILE, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    return None


def _is_there(folder: Path, file: int) -> bool:
    try:
        there, own = (folder / _FILE).stat(), os.fstat(file)
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (own.st_dev, own.st_ino)


def _close(file: int | None) -> None:
    if file is not None:
        os.close(file)
