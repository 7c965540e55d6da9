"""What the fuzzer is made of: inputs, forms of input, and what an input must never do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random


@dataclass(frozen=True)
class Input:
    """What is given to metrograph: the name that it would have as a file, and its bytes."""

    name: str
    data: bytes


class Fault(Exception):  # noqa: N818  it is what is looked for, not what went wrong here
    """What metrograph did with an input and must never do."""


@dataclass(frozen=True)
class Taken:
    """How an input was answered, in a word; whether the process is spent and another must go on."""

    answer: str
    spent: bool = False


Target = Callable[[Input, Random], Taken]
"""Gives an input to metrograph, and returns how it was taken.

Raises `Fault`, or whatever metrograph itself failed to catch.
"""


@dataclass(frozen=True)
class Format:
    """A form of input: its samples, how they are changed, and what takes them.

    `samples` and `open_target` get the folder in which the fuzzer works; `open_target` is called in
    each process that runs inputs.
    """

    name: str
    samples: Callable[[Path], list[Input]]
    mutate: Callable[[Random, Sequence[Input]], Input]
    open_target: Callable[[Path], Target]
    is_text: bool = True
    endings: tuple[str, ...] = ()  # of files that may be samples, too
    mark: bytes = b""  # what such a file holds

    def takes(self, entered: Input) -> bool:
        """Whether a file can be a sample of this form."""
        return entered.name.lower().endswith(self.endings) and self.mark in entered.data


def input_of(
    form: Format, samples: Sequence[Input], seed: int, number: int
) -> tuple[Input, Random]:
    """Return one input of a seed, and the chance by which it is run, whatever the input."""
    name = f"{seed}/{form.name}/{number}"
    chance = Random(name)  # noqa: S311  it is to be repeated, not secret
    return form.mutate(chance, samples), Random(f"{name}/run")  # noqa: S311  as above
