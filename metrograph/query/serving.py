"""Answers jobs on a connection: everything that a worker process does."""

import contextlib
import os
import signal
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.errors import CacheError, LimitError, MetrographError
from metrograph.late import late
from metrograph.query.limits import Limits
from metrograph.query.results import NAME, Answer, Question, answer
from metrograph.query.sparql import STACK
from metrograph.store.engine import Engine, opened
from metrograph.store.leases import Lease, take

if TYPE_CHECKING:
    import resource
else:
    resource = late("resource")  # Windows has none

_GRACE = 10  # seconds past its time after which a worker whose server is gone ends itself
_Engines = dict[str, tuple[Engine, Lease | None]]


@dataclass(frozen=True)
class Job:
    """A question to a store in a folder, and the folder of the cache that holds it."""

    folder: str
    entry: str | None  # of the cache, if the store is in it
    question: Question
    limits: Limits


def serve(line: "Connection[object, Job | None]", memory: int) -> None:
    """Answer jobs until the line breaks: all that a worker process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    _be_silent()
    _allow(memory)
    threading.stack_size(STACK)  # see sparql.run
    answering = threading.Thread(target=_answer_all, args=(line,))
    answering.start()
    answering.join()


def _be_silent() -> None:
    """Write nothing to stderr, which queries could fill: the server logs our end."""
    with contextlib.suppress(OSError), Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), 2)


def _allow(memory: int) -> None:
    """Bound this process's memory, and leave no core dump; where the system cannot, go on."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _answer_all(line: "Connection[object, Job | None]") -> None:
    engines: _Engines = {}
    with contextlib.suppress(EOFError, OSError, MemoryError):  # the server has gone, or notices
        line.send(None)
        while job := line.recv():
            _end_after(job.limits.seconds + _GRACE)
            line.send(_answer_or_error(engines, job))
            _end_after(0)


def _end_after(seconds: float) -> None:
    """End this process after a time, unless called again: nobody kills it when the server died."""
    if hasattr(signal, "setitimer"):  # Windows has none
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer_or_error(engines: _Engines, job: Job) -> Answer | MetrographError:
    try:
        if job.folder not in engines:
            engines.clear()  # a plan that was changed is built elsewhere, and the old one is done
            lease = take(Path(job.entry)) if job.entry else None  # also where the server died
            engines[job.folder] = opened(Path(job.folder)), lease
        return answer(engines[job.folder][0], job.question, job.limits.rows)
    except MetrographError as error:
        return error
    except MemoryError:
        return LimitError(
            "{name}: the query requires more memory than is allowed. Ask for less.", name=NAME
        )
    except Exception as error:  # whatever it is, this process goes on; it is the server's to log
        return CacheError(
            "{store}: {name}: {error}", store=job.folder, name=type(error).__name__, error=error
        )
