"""Says what keeps a row of a sheet from being taken, and where."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What keeps a row from being taken: where, and why."""

    where: str
    message: str


class Faulty(Exception):  # noqa: N818  carries faults to where they are collected
    """Says that a row cannot be taken."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)
