"""Keeps what follows from the answers of questions, in files beside the built store.

A built store does not change, so a question needs to be asked once for each state of the plan.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metrograph import paths
from metrograph.late import late
from metrograph.store.cache import Built

if TYPE_CHECKING:
    import tempfile
else:  # only what is written needs it
    tempfile = late("tempfile")


def folder_of(built: Built) -> Path | None:
    """Return the folder beside a built store in which answers are kept; none in memory."""
    return built.path.parent / "answers" if built.path else None


def kept(folder: Path | None, name: str, questions: tuple[str, ...], ask: Callable[[], Any]) -> Any:
    """Return a value of JSON from its file; the first time, `ask` for it and keep it.

    `questions` are those of the library from whose answers it follows. The name of the file tells
    their texts, and its first line the hash of the rest, by which damage is seen. Where the folder
    cannot be written, nothing is kept.
    """
    path = folder / f"{name}-{_version(questions)}.json" if folder else None
    if path:
        with contextlib.suppress(OSError, ValueError):
            seal, _, content = path.read_text(encoding="utf-8").partition("\n")
            if hashlib.sha256(content.encode()).hexdigest() == seal:
                return json.loads(content)
    answer = ask()
    if path:
        with contextlib.suppress(OSError):
            _write(path, json.dumps(answer))
    return answer


def _version(questions: tuple[str, ...]) -> str:
    """Return a hash of the texts of questions, which need not be parsed for that."""
    hashed = hashlib.sha256()
    for name in questions:
        hashed.update((paths.QUERIES / f"{name}.rq").read_bytes())
    return hashed.hexdigest()[:16]


def _write(path: Path, content: str) -> None:
    """Write a file under its seal, aside and then renamed, so that readers see all or nothing."""
    path.parent.mkdir(exist_ok=True)
    seal = hashlib.sha256(content.encode()).hexdigest()
    handle, aside = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{seal}\n{content}")
        Path(aside).replace(path)
    except OSError:
        Path(aside).unlink()
        raise
