"""Targets with a planted fault, for the fuzzer to find: `python -m tests.planted KIND`.

In a process of its own, because the fuzzer forks, and the process of the tests has threads.
"""

import ctypes
import json
import re
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from unittest.mock import patch

from fuzz import commands
from fuzz.inputs import Format, Input, Taken, input_of
from fuzz.process import Limits, fuzz

LIMITS = Limits(processor=0.5, clock=20, memory=400 * 2**20)
# A fault that is not a loop must not be taken for one where the machine is busy.
_OTHER_LIMITS = {
    "deadlock": Limits(0.5, 1, LIMITS.memory),
    "memory": Limits(10, 60, LIMITS.memory),
}
_HOARD: list[bytes] = []


def _raise() -> None:
    raise KeyError("planted")


def _loop() -> None:
    while True:
        pass


def _loop_in_c() -> None:
    re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter, so that no handler of ours runs


def _hog() -> None:
    _HOARD.append(b"x" * 500 * 2**20)


def _crash() -> None:
    ctypes.string_at(0)


def _wait() -> None:
    threading.Event().wait()


def _command(main: Callable[[Sequence[str]], int]) -> Callable[[], None]:
    def run() -> None:
        with patch.object(commands, "main", main):
            commands.run("check")

    return run


def _say_unexpected(_: Sequence[str]) -> int:
    print("metrograph: unexpected: KeyError: 'x'. Please report it.", file=sys.stderr)
    return 3


PLANTED: dict[str, Callable[[], None]] = {
    "nothing": lambda: None,
    "traceback": _raise,
    "loop": _loop,
    "loop in C": _loop_in_c,
    "memory": _hog,
    "crash": _crash,
    "deadlock": _wait,
    "unexpected": _command(_say_unexpected),
    "silence": _command(lambda _: 3),
    "exit code": _command(lambda _: 70),
}


def _mutate(rng: Random, _: Sequence[Input]) -> Input:
    return Input("x", rng.randbytes(8))


def main(kind: str) -> None:
    """Run three inputs, of which the second meets the fault, and print the findings."""
    limits = _OTHER_LIMITS.get(kind, LIMITS)
    with tempfile.TemporaryDirectory() as folder:
        form = Format("planted", lambda _: [], _mutate, lambda _: give)
        second, _ = input_of(form, [], 1, 1)

        def give(entered: Input, _rng: Random) -> Taken:
            if entered == second:
                PLANTED[kind]()
            return Taken("fine")

        outcome = fuzz(form, [], Path(folder), 1, range(3), limits=limits)
    findings = [(finding.number, finding.kind) for finding in outcome.findings]
    print(json.dumps({"answers": outcome.answers, "findings": findings}))


if __name__ == "__main__":
    main(sys.argv[1])
