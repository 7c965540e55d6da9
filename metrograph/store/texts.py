"""Keeps the texts of a plan's files beside the store that was built of them.

When a file has changed, only the part that differs from its kept text is parsed (`stretches`). A
text lies under its SHA-256: one that is damaged, or missing, is as good as none.
"""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.late import late
from metrograph.store.digest import sha256

if TYPE_CHECKING:
    import shutil
else:  # only file systems without hard links need it
    shutil = late("shutil")

_FOLDER = "texts"  # in an entry of the cache


def write_texts(entry: Path, contents: Iterable[bytes]) -> None:
    """Write the contents of files into an entry that is being made, or raise `OSError`."""
    folder = entry / _FOLDER
    folder.mkdir(exist_ok=True)
    for data in contents:
        (folder / sha256(data)).write_bytes(data)


def link_texts(entry: Path, base: Path, hashes: Iterable[str]) -> None:
    """Give an entry that is being made the texts that another has, by the hashes of files.

    Raises `OSError` where one can be neither linked nor copied.
    """
    folder = entry / _FOLDER
    folder.mkdir(exist_ok=True)
    for name in hashes:
        source, target = base / _FOLDER / name, folder / name
        if target.exists() or not source.exists():
            continue
        try:
            os.link(source, target)
        except OSError:  # a file system without hard links
            shutil.copyfile(source, target)


def text_of(entry: Path, name: str) -> bytes | None:
    """Return the text of a file by its SHA-256, if an entry has it whole."""
    with contextlib.suppress(OSError):
        data = (entry / _FOLDER / name).read_bytes()
        if sha256(data) == name:
            return data
    return None
