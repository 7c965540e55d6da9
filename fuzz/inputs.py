"""The types of the fuzzer: inputs, input formats, and faults."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random


@dataclass(frozen=True)
class Input:
    """An input to metrograph: its bytes, and the name that it would have as a file."""

    name: str
    data: bytes


class Fault(Exception):  # noqa: N818  it is what is looked for, not what went wrong here
    """Something that metrograph did with an input and must never do."""


@dataclass(frozen=True)
class Taken:
    """How an input was answered, in one word; `spent` means that another process must continue."""

    answer: str
    spent: bool = False


Target = Callable[[Input, Random], Taken]
"""Passes an input to metrograph, and returns how it was answered.

Raises `Fault`, or whatever metrograph itself failed to catch.
"""


@dataclass(frozen=True)
class Format:
    """An input format: its samples, how they are changed, and the target that gets them.

    `samples` and `open_target` get the folder in which the fuzzer works; `open_target` is called in
    each process that runs inputs.
    """

    name: str
    samples: Callable[[Path], list[Input]]
    mutate: Callable[[Random, Sequence[Input]], Input]
    open_target: Callable[[Path], Target]
    is_text: bool = True
    endings: tuple[str, ...] = ()  # of files that can also be samples
    mark: bytes = b""  # that such a file contains

    def takes(self, entered: Input) -> bool:
        """Whether a file can be a sample of this format."""
        return entered.name.lower().endswith(self.endings) and self.mark in entered.data


def input_of(
    form: Format, samples: Sequence[Input], seed: int, number: int
) -> tuple[Input, Random]:
    """Return an input of a seed, and the random generator with which it is run."""
    name = f"{seed}/{form.name}/{number}"
    chance = Random(name)  # noqa: S311  it is to be repeated, not secret
    return form.mutate(chance, samples), Random(f"{name}/run")  # noqa: S311  as above
