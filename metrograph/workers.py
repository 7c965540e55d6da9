"""SPARQL from strangers in, answers as bytes out: each query runs in a process that can be killed.

Oxigraph cannot be interrupted, and a query may need more memory than there is. So a server hands
queries to worker processes: one that takes too long is killed and replaced, and the server, and the
other queries, go on.
"""

import contextlib
import io
import multiprocessing
import queue
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from metrograph.errors import CacheError, LimitError, MetrographError, QueryError
from metrograph.sparql import DEFAULT_LIMITS, PREFIXES, STACK, Limits, check, explained
from metrograph.store import Built

_NAME = "query"  # what messages call it
_MEMORY = 4 * 2**30  # bytes of a worker
_LARGEST = 100 * 2**20  # bytes of an answer, which the server holds in memory
_WAITING = 32  # queries that may wait for a worker
_START = 60  # seconds in which a new process must be ready
_GRACE = 10  # seconds past its time after which a worker whose server is gone ends itself
Kind = Literal["rows", "triples"]


@dataclass(frozen=True)
class Question:
    """A query, the graphs it is asked of, and the media types that its answer may take.

    `rows` is for SELECT and ASK, `triples` for CONSTRUCT and DESCRIBE; None where the asker takes
    none. Graphs are IRIs; None for both means the whole store.
    """

    text: str
    rows: str | None
    triples: str | None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Answer:
    """The answer of a query: its kind and, unless no media type fits the kind, its bytes."""

    kind: Kind
    body: bytes | None


@dataclass(frozen=True)
class _Job:
    store: str
    question: Question
    limits: Limits


class Workers:
    """A few processes that answer queries; they start when first needed, and end with `close`."""

    def __init__(self, count: int = 2, memory: int = _MEMORY) -> None:
        self._memory = memory
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(count):
            self._idle.put(None)
        self._running: set[_Worker] = set()
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="query")
        self._room = threading.BoundedSemaphore(count + _WAITING)
        self._copies: dict[str, Path] = {}
        self._lock = threading.Lock()
        self._closed = False

    @property
    def pids(self) -> list[int]:
        """The ids of the processes that run."""
        return [worker.process.pid or 0 for worker in list(self._running)]

    def submit(
        self, built: Built, question: Question, limits: Limits = DEFAULT_LIMITS
    ) -> "Future[Answer]":
        """Return the answer to come of a query to a store; it waits until a process is free.

        The future raises what `sparql.run` raises: `RefusedError` for an update or SERVICE,
        `LimitError` past the limits or when the process died, `QueryError` for any other mistake.
        Raises `LimitError` at once when too many queries wait already, or after `close`.
        """
        if self._closed or not self._room.acquire(blocking=False):
            raise LimitError(f"{_NAME}: too many queries wait for an answer. Ask again later.")
        future = self._threads.submit(self._ask, built, question, limits)
        future.add_done_callback(lambda _: self._room.release())
        return future

    def close(self) -> None:
        """End all processes, and with them the queries that they run; nothing is left behind."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in running:
            worker.process.kill()  # whoever waits for its answer sees it end, and tidies up
        self._threads.shutdown(wait=True)
        for worker in running:
            self._end(worker)
        for copy in self._copies.values():
            shutil.rmtree(copy, ignore_errors=True)

    def _ask(self, built: Built, question: Question, limits: Limits) -> Answer:
        job = _Job(str(self._folder_of(built)), question, limits)
        worker = self._idle.get()
        answer: Answer | MetrographError | None = None
        try:
            if worker is None or not worker.process.is_alive():
                worker = self._replaced(worker)
            answer = worker.ask(job)
        except (EOFError, OSError):
            raise LimitError(
                f"{_NAME}: the process that ran it ended before it answered. Perhaps it needed "
                f"more than {self._memory / 2**30:g} GB of memory: ask for less, or ask again."
            ) from None
        finally:
            if answer is None and worker is not None:
                self._end(worker)  # too slow, or dead
            self._idle.put(worker if answer else None)
        if answer is None:
            raise LimitError(
                f"{_NAME}: it took longer than {limits.seconds:g} seconds and was stopped. "
                "Ask for less."
            )
        if isinstance(answer, MetrographError):
            raise answer
        return answer

    def _replaced(self, old: "_Worker | None") -> "_Worker":
        """Return a new worker in the place of a dead one, or of none."""
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
                self._copies[built.digest] = _copied(built.store)
            return self._copies[built.digest]


class _Worker:
    """One process and the line to it."""

    def __init__(self, memory: int) -> None:
        # spawn, not fork: the server has threads, and a fork of it would hold its open store
        context = multiprocessing.get_context("spawn")
        self.line, far_end = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_serve, args=(far_end, memory), daemon=True, name="metrograph-query"
        )
        self.process.start()
        far_end.close()  # else the line would not break when the process ends

    def wait_until_ready(self) -> None:
        """Return when the process can be asked; raise `EOFError` if it cannot be started."""
        if not self.line.poll(_START):
            self.process.kill()
        self.line.recv()

    def ask(self, job: _Job) -> "Answer | MetrographError | None":
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


def _copied(store: ox.Store) -> Path:
    """Return a new folder with a copy of a store in memory, for other processes to read."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="metrograph-"))
        copy = ox.Store(str(folder))
        copy.bulk_extend(iter(store))
        copy.flush()
    except OSError as error:
        raise CacheError(
            f"queries need the store on disk, and it cannot be written there ({error}). "
            "Set METROGRAPH_CACHE to a folder that can be written."
        ) from None
    return folder


def _serve(line: "Connection[object, _Job | None]", memory: int) -> None:
    """Answer jobs until the line breaks: all that a worker process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    _allow(memory)
    threading.stack_size(STACK)  # see sparql.run
    answering = threading.Thread(target=_answer_all, args=(line,))
    answering.start()
    answering.join()


def _allow(memory: int) -> None:
    """Bound this process's memory, and leave no core dump; where the system cannot, go on."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  Windows has none

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _answer_all(line: "Connection[object, _Job | None]") -> None:
    stores: dict[str, ox.Store] = {}
    with contextlib.suppress(EOFError, OSError):  # the server has gone
        line.send(None)
        while job := line.recv():
            _end_after(job.limits.seconds + _GRACE)
            line.send(_answer_or_error(stores, job))
            _end_after(0)


def _end_after(seconds: float) -> None:
    """End this process after a time, unless called again: nobody kills it when the server died."""
    if hasattr(signal, "setitimer"):  # Windows has none
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer_or_error(stores: dict[str, ox.Store], job: _Job) -> Answer | MetrographError:
    try:
        if job.store not in stores:
            stores.clear()  # a plan that was changed is built elsewhere, and the old one is done
            stores[job.store] = ox.Store.read_only(job.store)
        return answer(stores[job.store], job.question, job.limits.rows)
    except MetrographError as error:
        return error
    except MemoryError:
        return LimitError(f"{_NAME}: it needs more memory than a query may take. Ask for less.")
    except Exception as error:  # whatever it is, this process goes on and the asker is told
        return QueryError(f"{_NAME}: it cannot be run: {error}")


def answer(store: ox.Store, question: Question, most: int) -> Answer:
    """Return what a store answers: in the media type that fits, with at most so many rows.

    Raises `RefusedError`, `LimitError` or `QueryError` (see `Workers.submit`).
    """
    check(question.text, _NAME)
    with explained(question.text, _NAME):
        found = store.query(
            question.text,
            prefixes=PREFIXES,
            default_graph=_nodes(question.default_graphs),  # type: ignore[arg-type]  # list is
            named_graphs=_nodes(question.named_graphs),  # type: ignore[arg-type]  # invariant
        )
        if isinstance(found, ox.QueryTriples):
            return Answer("triples", _triples(found, question.triples, most))
        return Answer("rows", _rows(found, question.rows, most))


def _nodes(graphs: Iterable[str] | None) -> list[ox.NamedNode] | None:
    return None if graphs is None else [ox.NamedNode(graph) for graph in graphs]


def _rows(
    found: ox.QuerySolutions | ox.QueryBoolean, media_type: str | None, most: int
) -> bytes | None:
    if media_type is None:
        return None
    form = ox.QueryResultsFormat.from_media_type(media_type)
    if isinstance(found, ox.QueryBoolean):
        return found.serialize(format=form)
    # A row is a line in TSV, and in no other form: as TSV the rows are counted while they come,
    # and a query with too many of them is given up before it has made them all.
    lines = _Buffer(most)
    found.serialize(lines, format=ox.QueryResultsFormat.TSV)
    if form == ox.QueryResultsFormat.TSV:
        return lines.getvalue()
    out = _Buffer()
    ox.parse_query_results(lines.getvalue(), format=ox.QueryResultsFormat.TSV).serialize(
        out, format=form
    )
    return out.getvalue()


def _triples(found: ox.QueryTriples, media_type: str | None, most: int) -> bytes | None:
    if media_type is None:
        return None
    triples = list(islice(found, most + 1))
    if len(triples) > most:
        raise _too_many(most)
    out = _Buffer()
    form = ox.RdfFormat.from_media_type(media_type)
    ox.serialize(sorted(set(triples), key=str), out, form, prefixes=PREFIXES)
    return out.getvalue()


def _too_many(rows: int) -> LimitError:
    return LimitError(
        f"{_NAME}: the answer has more than {rows} rows, the most that is given. "
        "Ask for less, or for a part with LIMIT and OFFSET."
    )


class _Buffer(io.BytesIO):
    """Bytes in memory, but neither more rows (lines after the first) nor bytes than allowed."""

    def __init__(self, rows: int | None = None) -> None:
        super().__init__()
        self._most = rows
        self._lines = 0

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # all that Oxigraph gives
        """Take what fits, or raise `LimitError`."""
        data = bytes(data)
        self._lines += data.count(b"\n")
        if self._most is not None and self._lines > self._most + 1:
            raise _too_many(self._most)
        if self.tell() + len(data) > _LARGEST:
            raise LimitError(
                f"{_NAME}: the answer has more than {_LARGEST // 2**20} MB. Ask for less."
            )
        return super().write(data)
