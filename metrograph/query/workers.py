"""Runs queries from untrusted clients in processes that can be killed; returns bytes.

Oxigraph cannot be interrupted, and a query may need more memory than there is. So a server hands
queries to worker processes: one that takes too long is killed and replaced, and the server, and the
other queries, go on.
"""

import contextlib
import logging
import multiprocessing
import queue
import shutil
import tempfile
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from pathlib import Path

from metrograph.errors import CacheError, LimitError, MetrographError, reason_of
from metrograph.query.limits import DEFAULT_LIMITS, Limits
from metrograph.query.results import NAME, Answer, Question
from metrograph.query.serving import Job, serve
from metrograph.query.shares import Share, Shares
from metrograph.store.cache import Built
from metrograph.store.engine import Engine, write

COUNT = 2
MEMORY = 4 * 2**30  # bytes of a worker
_WAITING = 8  # queries of one client that may wait for a worker
_WAITING_IN_ALL = 64
_START = 60  # seconds in which a new process must be ready
_log = logging.getLogger("metrograph.query.workers")


@dataclass(frozen=True)
class _Asked:
    built: Built
    question: Question
    limits: Limits
    future: "Future[Answer]"


class Workers:
    """A few processes that answer queries; they start when first needed, and end with `close`.

    `memory` is what each may need, in bytes. Of one client, at most one query less runs than there
    are processes, and clients are served in turn: slow queries of one leave room for others.
    """

    def __init__(self, count: int = COUNT, memory: int = MEMORY) -> None:
        self._memory = memory
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(count):
            self._idle.put(None)
        self._running: set[_Worker] = set()
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="query")
        self._free = count
        self._shares: Shares[_Asked] = Shares(Share(max(1, count - 1), _WAITING, _WAITING_IN_ALL))
        self._copies: dict[str, Path] = {}
        self._lock = threading.Lock()
        self._closed = False

    @property
    def pids(self) -> list[int]:
        """The ids of the processes that run."""
        with self._lock:
            return [worker.process.pid or 0 for worker in self._running]

    def submit(
        self, built: Built, question: Question, limits: Limits = DEFAULT_LIMITS, client: str = ""
    ) -> "Future[Answer]":
        """Return the answer to come of a client's query to a store, when a process is free for it.

        The future raises what `sparql.run` raises: `RefusedError` for an update or SERVICE,
        `LimitError` past the limits or when the process died, `QueryError` for any other mistake,
        `CacheError` for a store that cannot be read. Raises `LimitError` after `close`, or when
        too many queries wait.
        """
        asked = _Asked(built, question, limits, Future())
        with self._lock:
            if self._closed or not self._shares.add(client, asked):
                raise LimitError(
                    "{name}: too many queries are waiting for an answer. Try again later.",
                    name=NAME,
                )
        self._start()
        return asked.future

    def _start(self) -> None:
        """Let queries run while there are processes for them."""
        with self._lock:
            while self._free and not self._closed and (turn := self._shares.next()):
                self._free -= 1
                self._threads.submit(self._run, *turn)

    def _run(self, client: str, asked: "_Asked") -> None:
        try:
            if asked.future.set_running_or_notify_cancel():
                asked.future.set_result(self._ask(asked.built, asked.question, asked.limits))
        except BaseException as error:  # whatever it is, whoever asked is told
            asked.future.set_exception(error)
        with self._lock:
            self._free += 1
            self._shares.done(client)
        self._start()

    def close(self) -> None:
        """End all processes, and with them the queries that they run; nothing is left behind."""
        with self._lock:
            self._closed = True
            running = list(self._running)
            waiting = self._shares.clear()
        for asked in waiting:
            if asked.future.set_running_or_notify_cancel():
                asked.future.set_exception(
                    LimitError("{name}: the server is shutting down.", name=NAME)
                )
        for worker in running:
            worker.process.kill()  # whoever waits for its answer sees it end, and tidies up
        self._threads.shutdown(wait=True)
        for worker in running:
            self._end(worker)
        for copy in self._copies.values():
            shutil.rmtree(copy, ignore_errors=True)

    def _ask(self, built: Built, question: Question, limits: Limits) -> Answer:
        entry = str(built.path.parent) if built.path else None
        job = Job(str(self._folder_of(built)), entry, question, limits)
        worker = self._idle.get()
        answer: Answer | MetrographError | None = None
        try:
            if worker is None or not worker.process.is_alive():
                worker = self._replaced(worker)
            answer = worker.ask(job)
        except (EOFError, OSError):
            if not self._closed:
                _log.warning("a process that ran a query ended before it answered")
            raise LimitError(
                "{name}: the process running the query ended before it answered. It may have "
                "required more than {memory:g} GB of memory: ask for less, or try again.",
                name=NAME,
                memory=self._memory / 2**30,
            ) from None
        finally:
            if answer is None and worker is not None:
                self._end(worker)  # too slow, or dead
            self._idle.put(worker if answer else None)
        if answer is None:
            raise LimitError(
                "{name}: the query took longer than {seconds:g} seconds and was stopped. Ask "
                "for less.",
                name=NAME,
                seconds=limits.seconds,
            )
        if isinstance(answer, MetrographError):
            raise answer
        return answer

    def _replaced(self, old: "_Worker | None") -> "_Worker":
        """Return a new worker instead of a dead one, or of none."""
        if old is not None:
            self._end(old)
        with self._lock:
            if self._closed:
                raise EOFError
            worker = _Worker(self._memory)
            self._running.add(worker)
        try:
            worker.wait_until_ready()
        except (EOFError, OSError):
            self._end(worker)
            raise
        return worker

    def _end(self, worker: "_Worker") -> None:
        with self._lock:
            self._running.discard(worker)
            worker.end()

    def _folder_of(self, built: Built) -> Path:
        """Return where a store lies on disk; one in memory is copied there once."""
        if built.path is not None:
            return built.path
        with self._lock:
            if built.digest not in self._copies:
                self._copies[built.digest] = _copied(built.engine)
            return self._copies[built.digest]


class _Worker:
    """One process and the line to it."""

    def __init__(self, memory: int) -> None:
        # spawn, not fork: the server has threads, and a fork of it would hold its open store
        context = multiprocessing.get_context("spawn")
        self.line, far_end = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=serve, args=(far_end, memory), daemon=True, name="metrograph-query"
        )
        self.process.start()
        far_end.close()  # else the line would not break when the process ends

    def wait_until_ready(self) -> None:
        """Return when the process can be asked; raise `EOFError` if it cannot be started."""
        if not self.line.poll(_START):
            self.process.kill()
        self.line.recv()

    def ask(self, job: Job) -> "Answer | MetrographError | None":
        """Return the answer, or none when it did not come in time; raise `EOFError` at a death."""
        self.line.send(job)
        if not self.line.poll(job.limits.seconds):
            return None
        answer: Answer | MetrographError = self.line.recv()
        return answer

    def end(self) -> None:
        """Kill the process and wait until it is gone; once more does no harm."""
        self.line.close()
        with contextlib.suppress(ValueError):  # it was closed before
            self.process.kill()
            self.process.join()
            self.process.close()


def _copied(engine: Engine) -> Path:
    """Return a new folder with a copy of a store in memory, for other processes to read."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="metrograph-"))
        write(engine, folder)
    except OSError as error:
        raise CacheError(
            "Queries require a store on disk, and it cannot be written ({error}). Set "
            "METROGRAPH_CACHE to a writable folder.",
            error=reason_of(error),
        ) from None
    return folder
