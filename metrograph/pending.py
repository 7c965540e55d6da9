"""New texts of several files of a folder in, all of them in place out: all, or none.

The texts are written into a folder of their own first. Renaming that folder is the one step that
decides: a process that is killed before it has changed nothing, and what is left to do after it is
done by whoever next looks at the files (`finish`).
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from metrograph.errors import InputError

_READY = ".metrograph.ready"
_WRITING = ".metrograph.writing."


def write_all(folder: Path, texts: Mapping[str, str]) -> None:
    """Put texts in the place of files (names within the folder), in one step.

    The caller holds the folder (`records.locked`). Raises `InputError` if something cannot be
    written; then nothing was changed.
    """
    finish(folder)
    for left in folder.glob(f"{_WRITING}*"):  # of a process that was killed
        shutil.rmtree(left, ignore_errors=True)
    aside = None
    try:
        aside = Path(tempfile.mkdtemp(prefix=_WRITING, dir=folder))
        for name, text in texts.items():
            _write(aside / name, text, folder / name)
        aside.rename(folder / _READY)
    except OSError as error:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)
        raise InputError(
            f"{folder}: cannot be written ({error.strerror}). Nothing was changed."
        ) from None
    finish(folder)


def finish(folder: Path) -> None:
    """Put in place what was decided and not done, if a process was killed in between.

    Several processes may do it at once: each file is moved by one of them. Raises `InputError` if
    the files cannot be written.
    """
    ready = folder / _READY
    if not ready.is_dir():
        return
    try:
        for path in sorted(path for path in ready.rglob("*") if path.is_file()):
            target = folder / path.relative_to(ready)
            target.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):  # another process has moved it
                path.replace(target)
    except OSError as error:
        raise InputError(
            f"{folder}: a change was begun and not finished, and the files cannot be written "
            f"({error.strerror}). Run a command as someone who may write there."
        ) from None
    shutil.rmtree(ready, ignore_errors=True)


def _write(path: Path, text: str, old: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(old.stat().st_mode if old.exists() else 0o644)
