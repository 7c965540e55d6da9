"""Writes values as JSON under the hash of it, so that damage is seen when they are read."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from metrograph.errors import CacheError


def seal(path: Path, value: Any) -> None:
    """Write a value as JSON under the hash of it, in one step, or raise `OSError`."""
    text = json.dumps(value)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}", encoding="utf-8")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)  # what is half written, where the disk is full


def unsealed(path: Path) -> Any:
    """Return the value that `seal` wrote, or raise `CacheError`."""
    try:
        mark, _, text = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        mark = text = ""
    if hashlib.sha256(text.encode()).hexdigest() != mark:
        raise CacheError("{path}: damaged.", path=path)
    return json.loads(text)
