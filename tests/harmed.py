"""Updates a plan's store in processes that come to harm, for `test_update_harm`.

`python -m tests.harmed KEPT WORK KIND@STEP…` copies the folder KEPT (`before`, `plan`, `cache`) to
WORK for each step, has a process open the store that comes to harm there, then another one, and
writes a line of JSON. Processes are made by fork from one that has opened no store, so that all
modules are loaded once.
"""

import ctypes
import errno
import functools
import hashlib
import json
import os
import re
import shutil
import signal
import struct
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pyoxigraph as ox

from metrograph.store import cache, checks, entries, leases, sealing, transition, update
from metrograph.store.kept import compiled
from tests.conftest import noted
from tests.test_updates import in_order

STEPPED = (cache, transition, entries, leases, sealing, update)
_MOST = 2  # calls of one function, or removals of one kind of file, that are steps of their own
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_BLANK = re.compile(r"_:\w+")


# ---------------------------------------------------------------- steps


class Steps:
    """Counts the steps of an update, and does something at one of them."""

    def __init__(self, at: str, harm: Callable[[], None]) -> None:
        """Begin to count; `at` is the name of a step, or its number, counted from 1."""
        self.at, self.harm = at, harm
        self.names: list[str] = []
        self.removed: Counter[str] = Counter()

    def step(self, name: str) -> None:
        """Count a step."""
        self.names.append(name)
        if self.at in (name, str(len(self.names))):
            self.at = ""
            self.harm()

    def watch(self, cache_folder: Path) -> None:
        """Count each change of a file in the cache, and the calls of the modules of an update."""

        def heard(event: str, values: tuple[Any, ...]) -> None:
            if event in ("os.remove", "os.rmdir"):  # by names relative to a folder
                self.removed[Path(values[0]).suffix] += 1
                if self.removed[Path(values[0]).suffix] > _MOST:
                    return
            elif not (
                event in ("os.mkdir", "os.rename", "os.utime")
                or (event == "open" and values[2] & _WRITES)
            ) or not str(values[0]).startswith(str(cache_folder)):
                return
            self.step(f"{event} {Path(values[0]).suffix}")

        sys.addaudithook(heard)
        for module in STEPPED:
            self._wrap(module)

    def _wrap(self, module: ModuleType) -> None:
        for name, value in list(vars(module).items()):
            if isinstance(value, FunctionType) and value.__module__.startswith("metrograph.store"):
                setattr(module, name, self._stepping(f"{module.__name__}.{name}", value))

    def _stepping(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        calls = 0

        @functools.wraps(function)
        def stepping(*arguments: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls > _MOST:
                return function(*arguments, **named)
            self.step(f"before {name}")
            result = function(*arguments, **named)
            self.step(f"after {name}")
            return result

        return stepping


# ---------------------------------------------------------------- harm

_CALLS = {  # of Linux on x86-64
    "write": 1, "pwrite64": 18, "writev": 20, "ftruncate": 77, "fallocate": 285, "pwritev": 296,
    "link": 86, "linkat": 265, "open": 2, "openat": 257, "mkdir": 83, "mkdirat": 258,
    "rename": 82, "renameat": 264, "renameat2": 316, "unlink": 87, "unlinkat": 263, "rmdir": 84,
    "utimensat": 280, "creat": 85, "copy_file_range": 326, "sendfile": 40,
}  # fmt: skip
_ALL_THREADS = 1


def refuse(number: int, *names: str) -> None:
    """Have the system refuse calls to this process from now on, with an error number.

    What is written to the standard streams goes on, and so does what is opened to be read.
    """
    code = [(0x20, 0, 0, 0)]  # the number of the call
    for name in names:
        if "open" in name:
            code += [(0x15, 0, 4, _CALLS[name]), *_if_flag(16 + 8 * (1 + (name == "openat")))]
        elif "write" in name:
            code += [(0x15, 0, 4, _CALLS[name]), *_if_file()]
        else:
            code += [(0x15, 0, 1, _CALLS[name]), (0x06, 0, 0, 0x50000 | number)]
            continue
        code += [(0x06, 0, 0, 0x50000 | number), (0x20, 0, 0, 0)]
    code.append((0x06, 0, 0, 0x7FFF0000))
    text = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in code))
    program = struct.pack("HxxxxxxQ", len(code), ctypes.addressof(text))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) or libc.syscall(317, 1, _ALL_THREADS, program):
        raise OSError(ctypes.get_errno(), "seccomp")


def _if_flag(offset: int) -> list[tuple[int, int, int, int]]:
    """Go on to the refusal if the flags of a call ask for writing, else past it."""
    return [(0x20, 0, 0, offset), (0x45, 0, 1, _WRITES)]


def _if_file() -> list[tuple[int, int, int, int]]:
    """Go on to the refusal if a call writes to no standard stream."""
    return [(0x20, 0, 0, 16), (0x25, 0, 1, 2)]


def _waiting() -> None:
    print("waiting", flush=True)
    sys.stdin.readline()


def _killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _full() -> None:
    refuse(errno.ENOSPC, "write", "pwrite64", "writev", "pwritev", "fallocate", "mkdir", "mkdirat")


def _read_only() -> None:
    changes = set(_CALLS) - {"write", "writev", "pwrite64", "pwritev", "sendfile"}
    refuse(errno.EROFS, *sorted(changes))


HARM: dict[str, Callable[[], None]] = {
    "killed": _killed,
    "full": _full,
    "read-only": _read_only,
    "EPERM": lambda: refuse(errno.EPERM, "link", "linkat"),
    "EXDEV": lambda: refuse(errno.EXDEV, "link", "linkat"),
    "ENOTSUP": lambda: refuse(errno.ENOTSUP, "link", "linkat"),
    "waiting": _waiting,
    "none": lambda: None,
}


# ---------------------------------------------------------------- processes


def answer(plan: Path) -> dict[str, Any]:
    """Open the store of a plan, and return what it answers."""
    reported: list[str] = []
    try:
        built = cache.open_store(plan, plan.parent / "cache", noted(reported))
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}", "reported": reported}
    return {
        "digest": built.digest,
        "sign": sign(built.store, built.findings_json()),
        "on_disk": built.path is not None,
        "reported": reported,
    }


def sign(store: ox.Store, findings: Iterable[dict[str, Any]]) -> str:
    """Return a hash of all that a store holds, but for names of blank nodes, and was found."""
    held = sorted(_BLANK.sub("_:", str(quad)) for quad in store)
    return hashlib.sha256("\n".join((*held, *in_order(findings))).encode()).hexdigest()


def forked(task: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what a process of its own answers, and whether it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.dup2(writing, 2)  # a standard stream: see `refuse`
            os.write(2, json.dumps(task()).encode())
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        text = file.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"killed": status == -signal.SIGKILL, **(json.loads(text) if text else {})}


def harmed(kind: str, at: str, plan: Path) -> dict[str, Any]:
    """Return what a process answers that comes to harm at a step; at 0, from the beginning."""
    steps = Steps(at, HARM[kind])
    if at == "0":
        HARM[kind]()
    steps.watch(plan.parent / "cache")
    return {**answer(plan), "steps": steps.names}


def names_in(folder: Path) -> list[str]:
    """Return the names of what lies in a folder, in order."""
    return sorted(path.name for path in folder.iterdir())


def main(kept: Path, work: Path, harms: Iterable[str]) -> None:
    """Write one line for each harm."""
    compiled()
    checks._shapes()  # and with them, all that judges
    for harm in harms:
        kind, _, at = harm.partition("@")
        folder = work / ("before" if kind.endswith("before") else "plan")
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(kept, work)
        first = forked(lambda: harmed(kind.removesuffix("-before"), at, folder))  # noqa: B023  at once
        left = names_in(work / "cache")
        then = forked(lambda: answer(folder))  # noqa: B023  at once
        after = names_in(work / "cache")
        old = forked(lambda: answer(work / "before"))
        line = {
            "harm": harm,
            "first": first,
            "left": left,
            "then": then,
            "after": after,
            "old": old,
        }
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
