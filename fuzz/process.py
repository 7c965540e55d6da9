"""Runs inputs in processes that can be killed, and returns what failed."""

import faulthandler
import multiprocessing
import os
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import metrograph
from fuzz.inputs import Fault, Format, Input, Taken, input_of

_OURS = f"{Path(metrograph.__file__).parent}{os.sep}"
_FORK = multiprocessing.get_context("fork")  # a new process has all modules, and starts at once
_LOOK = 0.5  # seconds between two looks at the memory of a process that is at work
_KILOBYTE = (
    1 if sys.platform == "darwin" else 1024
)  # the unit in which a peak of memory is measured


@dataclass(frozen=True)
class Limits:
    """The limits of an input: seconds of processor time, seconds on the clock, bytes of memory."""

    processor: float = 10
    clock: float = 300
    memory: int = 2**30
    inputs: int = 250  # per process, so that nothing it keeps accumulates


@dataclass(frozen=True)
class Finding:
    """An input that failed: its number, the kind of failure, its location and details."""

    number: int
    kind: str
    place: str
    detail: str

    @property
    def signature(self) -> tuple[str, str]:
        """What findings of one cause have in common."""
        return self.kind, self.place


@dataclass
class Outcome:
    """How many inputs of a format were answered in which way, and the findings."""

    answers: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many inputs were run."""
        return self.answers.total()


Made = TypeVar("Made")
_Report = tuple[str, Finding | None]
DEFAULT_LIMITS = Limits()


def apart(make: Callable[[Path], Made], work: Path) -> Made:
    """Return the result of a function that runs in a separate process."""
    line, far_end = _FORK.Pipe(duplex=False)

    def send() -> None:
        far_end.send(make(work))
        os._exit(0)

    process = _FORK.Process(target=send)
    process.start()
    far_end.close()
    try:
        made: Made = line.recv()
    except EOFError:
        raise SystemExit("The samples cannot be made; see above.") from None
    finally:
        process.join()
        line.close()
    return made


def fuzz(  # noqa: PLR0913, PLR0917  what a run is made of
    form: Format,
    samples: Sequence[Input],
    work: Path,
    seed: int,
    numbers: Sequence[int],
    ends: float = float("inf"),
    limits: Limits = DEFAULT_LIMITS,
    report: Callable[[Finding], None] = lambda _: None,
) -> Outcome:
    """Run the numbered inputs of a seed until `ends` on the monotonic clock; return what failed.

    `report` gets what failed as soon as its process ends.
    """
    outcome, left = Outcome(), list(numbers)
    while left and time.monotonic() < ends:
        done = _run_some(form, samples, work, seed, left[: limits.inputs], ends, limits)
        outcome.answers.update(answer for answer, _ in done)
        findings = [finding for _, finding in done if finding]
        if len(done) > 1:  # memory may be what those before it left: only what fails alone counts
            findings = [
                again
                for finding in findings
                for again in (
                    fuzz(form, samples, work, seed, [finding.number], limits=limits).findings
                    if finding.kind == "memory"
                    else [finding]
                )
            ]
        outcome.findings += findings
        for finding in findings:
            report(finding)
        left = left[len(done) :]
    return outcome


def _run_some(  # noqa: PLR0913, PLR0917  as above
    form: Format,
    samples: Sequence[Input],
    work: Path,
    seed: int,
    numbers: Sequence[int],
    ends: float,
    limits: Limits,
) -> list[_Report]:
    """Run inputs in one process, as far as it comes, and return what it reported."""
    trace = work / f"trace-{form.name}"
    line, far_end = _FORK.Pipe(duplex=False)
    process = _FORK.Process(
        target=_serve, args=(form, samples, work, seed, numbers, far_end, trace, limits)
    )
    process.start()
    far_end.close()
    done: list[_Report] = []
    try:
        while len(done) < len(numbers) and time.monotonic() < ends:
            if cause := _waited(line, process, limits):
                done.append(("failed", Finding(numbers[len(done)], *cause)))
                break
            report: _Report | None = line.recv()
            if report is None:
                break
            done.append(report)
    except EOFError:
        process.join()
        done.append(("failed", _death(numbers[len(done)], process, trace, limits)))
    finally:
        process.kill()
        process.join()
        line.close()
    return done


def _waited(
    line: "Connection[object, object]", process: ForkProcess, limits: Limits
) -> tuple[str, str, str] | None:
    """Wait for a report; return a failure if none comes, or if memory runs out first."""
    ends = time.monotonic() + limits.clock
    while not line.poll(_LOOK):
        if (size := _size(process)) > 2 * limits.memory:
            return "memory", "", f"{size / 2**20:,.0f} MB, and growing"
        if time.monotonic() > ends:
            return "hang", "no answer", f"no answer within {limits.clock:g} s on the clock"
    return None


def _size(process: ForkProcess) -> int:
    """Return the resident memory of a process in bytes, where the system reports it."""
    statm = Path(f"/proc/{process.pid}/statm")
    try:
        return int(statm.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


def _death(number: int, process: ForkProcess, trace: Path, limits: Limits) -> Finding:
    """Return why a process died."""
    dump = trace.read_text(encoding="utf-8", errors="replace") if trace.is_file() else ""
    if process.exitcode == -signal.SIGPROF:
        place = _place_of_dump(dump)
        return Finding(number, "hang", place, f"more than {limits.processor:g} s\n{dump}")
    cause = f"exit code {process.exitcode}"
    return Finding(number, "death", f"{cause} in {_place_of_dump(dump)}", f"{cause}\n{dump}")


def _place_of_dump(dump: str) -> str:
    """Return the innermost line of metrograph in the output of `faulthandler`."""
    for text in dump.splitlines():
        if _OURS in text:
            return text.rpartition(_OURS)[2]
    return "?"


def _serve(  # noqa: PLR0913, PLR0917  as above
    form: Format,
    samples: Sequence[Input],
    work: Path,
    seed: int,
    numbers: Sequence[int],
    line: "Connection[object, object]",
    trace: Path,
    limits: Limits,
) -> None:
    """Run inputs one after the other, and report each; None means that the process is spent."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with trace.open("w", encoding="utf-8") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())  # where libraries write why they end a process
        faulthandler.enable(file)
        # at the end of its time the system writes the process's location, and ends it
        faulthandler.register(signal.SIGPROF, file=file, chain=True)
        give = form.open_target(work)
        for number in numbers:
            entered, rng = input_of(form, samples, seed, number)
            taken, finding = Taken("failed", spent=True), None
            signal.setitimer(signal.ITIMER_PROF, limits.processor)
            try:
                taken = give(entered, rng)
            except BaseException as error:  # uncaught exceptions are what the fuzzer looks for
                finding = _failure(number, error)
            signal.setitimer(signal.ITIMER_PROF, 0)
            if (peak := _peak()) > limits.memory and not finding:
                finding = Finding(number, "memory", "", f"{peak / 2**20:,.0f} MB")
            line.send((taken.answer, finding))
            if taken.spent or finding:
                break
        line.send(None)
    os._exit(0)  # without waiting for threads of queries that were given up


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE


def _failure(number: int, error: BaseException) -> Finding:
    lines = "".join(traceback.format_exception(error))
    if isinstance(error, Fault):
        return Finding(number, "answer", " ".join(str(error).split()[:6]), str(error))
    return Finding(number, "traceback", f"{type(error).__name__} in {_innermost(error)}", lines)


def _innermost(error: BaseException) -> str:
    """Return the innermost function of metrograph in the traceback of an error."""
    place, step = "?", error.__traceback__
    while step:
        place = _named(step) or place
        step = step.tb_next
    return place


def _named(step: TracebackType) -> str:
    code = step.tb_frame.f_code
    if not code.co_filename.startswith(_OURS):
        return ""
    return f"{code.co_filename.removeprefix(_OURS)}:{code.co_name}"
