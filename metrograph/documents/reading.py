"""Reads a document into its text edition, in a process of its own that can be killed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from metrograph.documents.edition import Edition, Line, edition_of
from metrograph.documents.refusals import LARGEST_FILE, SECONDS, SENTENCES
from metrograph.documents.worker import READERS
from metrograph.errors import InputError, reason_of

_PACKAGES = Path(__file__).parents[2]


def file_bytes(path: Path) -> bytes:
    """Return the bytes of a document. Raises `InputError` where it is missing or too large."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(
            "{path}: cannot be read ({reason}).", path=path, reason=reason_of(error)
        ) from None
    if len(data) > LARGEST_FILE:
        raise InputError(
            "{path}: this file is larger than {largest} MB. Split the document, and add its parts.",
            path=path,
            largest=LARGEST_FILE // 1_000_000,
        )
    return data


def read_document(path: Path, data: bytes, seconds: float = SECONDS) -> Edition:
    """Return the text edition of a document, whose kind is that of its name.

    Raises `InputError` for a kind that is not read, and for what is damaged, encrypted, scanned, or
    too much.
    """
    kind = path.suffix.lower()
    if kind not in READERS:
        raise InputError(
            "{path}: documents of this kind cannot be read. Save it as one of these: {kinds}.",
            path=path,
            kinds=", ".join(READERS),
        )
    answer = _answer(kind, data, seconds)
    if code := answer.get("refusal"):
        reason = SENTENCES.get(str(code), SENTENCES["crash"])
        raise InputError("{path}: {reason}", path=path, reason=reason)
    lines = tuple(Line(*line) for line in answer["lines"])
    return Edition(data, lines) if answer["as_is"] else edition_of(lines)


def _answer(kind: str, data: bytes, seconds: float) -> dict[str, Any]:
    # -P: a folder of a stranger, in which the command may run, gives it no modules
    command = [sys.executable, "-P", "-m", "metrograph.documents.worker", kind]
    paths = [str(_PACKAGES), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    try:
        ended = subprocess.run(  # noqa: S603  our own module, in our own interpreter
            command,
            input=data,
            env=environment,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
        answer: dict[str, Any] = json.loads(ended.stdout)
    except subprocess.TimeoutExpired:
        return {"refusal": "slow"}
    except ValueError:  # it was ended by a limit, or by a mistake of a reader
        return {"refusal": "slow" if ended.returncode == -24 else "crash"}
    return answer
