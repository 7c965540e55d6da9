"""Writes log records as lines: one line per error, however often it occurs.

What repeats is counted, and the count is written when a minute has passed: nobody who repeats a
request can fill the disk.
"""

import logging
import re
import sys
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

QUIET = 60.0  # seconds in which the same fault is not written again
_KINDS = 500  # faults that are told apart
_LONGEST = 1_000  # characters of a line
_OWN = "metrograph"
_VARYING = re.compile(r"\d[\da-fx]*+")  # addresses and numbers of objects, which asyncio writes
_log = logging.getLogger("metrograph.web")


class OneLine(logging.Formatter):
    """Writes a record in one line: when, how grave, what, and for an exception its kind and place.

    What a client sent stands in a line escaped, so that it cannot write a line of its own.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        message = record.getMessage().strip()
        if record.exc_info and (error := record.exc_info[1]):
            message += f": {type(error).__name__}: {error} ({_place(error)})"
        if count := getattr(record, "repeated", 0):
            message += f" ({count} more like this before)"
        start = self.formatTime(record, self.datefmt)
        return f"{start} {record.levelname} {_escaped(message)[:_LONGEST]}"


def _place(error: BaseException) -> str:
    """Return where an exception comes from: the last of our own lines, or the last of all."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if f"/{_OWN}/" in frame.filename.replace("\\", "/")]
    if not (shown := own or list(frames)):
        return "no place"
    return f"{shown[-1].filename}:{shown[-1].lineno}"


def _escaped(text: str) -> str:
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


@dataclass
class _Seen:
    since: float
    written: int = 1
    dropped: int = 0


class Repeats(logging.Filter):
    """Lets a fault through once a minute, or as often as its record says (`burst`).

    Two records are of one fault if they have the same words but for what is filled in, and the same
    kind and place of exception. `clock` gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._seen: OrderedDict[Hashable, _Seen] = OrderedDict()
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a record is written; it then says how many like it were not."""
        error = record.exc_info[1] if record.exc_info else None
        words = _VARYING.sub("#", str(record.msg).partition("\n")[0])
        key = (record.name, words, type(error), _place(error) if error else "")
        now = self._clock()
        with self._lock:
            seen = self._seen.get(key)
            if seen and now - seen.since < QUIET:
                if seen.written < getattr(record, "burst", 1):
                    seen.written += 1
                    return True
                seen.dropped += 1
                return False
            record.repeated = seen.dropped if seen else 0
            self._seen[key] = _Seen(now)
            self._seen.move_to_end(key)
            if len(self._seen) > _KINDS:
                self._seen.popitem(last=False)
            return True


def start_log() -> None:
    """Write all warnings and errors of this process to stderr, in lines, from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    handler.addFilter(Repeats())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    threading.excepthook = _note_thread
    sys.unraisablehook = _note_unraisable
    logging.raiseExceptions = False  # a log that cannot be written is no reason to write more


def _note_thread(failure: threading.ExceptHookArgs) -> None:
    _log.error("a thread failed", exc_info=failure.exc_value)


def _note_unraisable(failure: "sys.UnraisableHookArgs") -> None:
    _log.error("a failure was passed over", exc_info=failure.exc_value)
