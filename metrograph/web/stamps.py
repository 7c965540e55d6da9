"""Detects changes in a plan folder's files without reading them."""

from dataclasses import dataclass
from pathlib import Path

from metrograph.store.journal import decided
from metrograph.store.turtle import turtle_files

_COARSEST = 2_000_000_000  # nanoseconds: some file systems note times no finer than that


@dataclass(frozen=True)
class Stamp:
    """The files of a plan folder: name, size, times in nanoseconds and number of each.

    Two stamps that are equal mean the same content only if the first is `settled`: its files are
    older than the clock of any file system is coarse, so that a later change shows.
    """

    files: tuple[tuple[str, int, int, int, int], ...]
    settled: bool


def stamp(folder: Path, now: int) -> Stamp:
    """Return the stamp of a plan folder's files; `now` is the time, in nanoseconds.

    Raises `InputError` for a folder that holds no plan, or a file that cannot be a part of one.
    """
    staged = decided(folder)  # texts of a change that is not finished count, and lie elsewhere
    files = tuple(_stamp_file(staged.get(path, path)) for path in turtle_files(folder))
    latest = max((max(changed, noted) for _, _, changed, noted, _ in files), default=0)
    return Stamp(files, now - latest > _COARSEST)


def _stamp_file(path: Path) -> tuple[str, int, int, int, int]:
    try:
        status = path.stat()
    except OSError:  # gone since it was listed: the next look sees that
        return str(path), -1, 0, 0, 0
    return str(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
