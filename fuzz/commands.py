"""Runs a command line and returns its answer; an answer that must never occur is a fault."""

import contextlib
import io
import logging
import os
import threading
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from fuzz.inputs import Fault, Taken
from metrograph.cli.main import main

_CODES = (0, 1, 2, 3)
_NEVER = ("Traceback (most recent call last)", "unexpected:", "Exception ignored")
_OURS = (DeprecationWarning, PendingDeprecationWarning)  # for programmers, and not shown to people


@dataclass(frozen=True)
class Answer:
    """The exit code of a command, and its messages."""

    code: int
    errors: str


def run(*arguments: str | Path) -> Answer:
    """Run a command in this process. Raises `Fault` for an answer that must never occur."""
    words = [str(word) for word in arguments]
    errors = io.StringIO()
    with (
        warnings.catch_warnings(record=True) as warned,
        patch("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8")),
        patch("sys.stderr", errors),
        _logged(errors),
    ):
        warnings.simplefilter("always")
        for kind in _OURS:
            warnings.simplefilter("ignore", kind)
        try:
            code = main(words)
        except SystemExit as ended:  # as a shell is answered
            code = ended.code if isinstance(ended.code, int) else -1
    answer = Answer(code, errors.getvalue())
    _judge(words, answer, [f"{note.category.__name__}: {note.message}" for note in warned])
    return answer


def _judge(words: Sequence[str], answer: Answer, warned: Sequence[str]) -> None:
    if answer.code not in _CODES:
        raise Fault(f"{words[0]} ended with {answer.code}")
    if answer.code > 1 and not answer.errors.strip():
        raise Fault(f"{words[0]} ended with {answer.code} and said nothing")
    for text in _NEVER:
        if text in answer.errors:
            raise Fault(f"{words[0]} wrote {text!r}: {answer.errors.strip()[-500:]}")
    if warned:
        raise Fault(f"{words[0]} warned programmers: {warned[0]}")


@contextlib.contextmanager
def _logged(errors: io.StringIO) -> Iterator[None]:
    """Write log messages of libraries where a person would see them."""
    handler = logging.StreamHandler(errors)
    handler.setLevel(logging.WARNING)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


def taken(answer: Answer) -> Taken:
    """Return how a command ended; while an abandoned query still runs, nothing else may run."""
    return Taken(f"exit {answer.code}", threading.active_count() > 1)


def use_cache(folder: Path) -> None:
    """Make commands of this process keep built stores in a folder, and answer in English."""
    os.environ["METROGRAPH_CACHE"] = str(folder)
    os.environ["METROGRAPH_LANG"] = "en"
    os.environ.pop("METROGRAPH_GRAPH", None)
