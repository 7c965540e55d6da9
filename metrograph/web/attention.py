"""What needs attention in a plan: how many gaps and contested pairs, counted once for its files.

The counts are kept beside the built store. In a large plan they take seconds the first time, for
which no page waits.
"""

import threading
from collections.abc import Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Any

from metrograph.analysis.contested import QUESTION, count_open
from metrograph.analysis.counting import activities
from metrograph.analysis.gaps import gap_types
from metrograph.query import kept_answers
from metrograph.web.site import State

_WAITED_FOR = 2_000  # activities: the counts of a plan with no more take less than a second
_MOMENT = 0.2  # seconds, in which a file beside the store is read


@dataclass(frozen=True)
class Attention:
    """The number of gaps of each type that has any, and of contested pairs without a decision."""

    gaps: Mapping[str, int]
    contested: int


class _Counting:
    """Counts in a thread of its own, once; again when next asked for if that failed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Future[Attention] | None = None

    def started(self, state: State) -> "Future[Attention]":
        """Return the counts, which may still be to come."""
        with self._lock:
            known = self._counts
            if known is None or (known.done() and known.exception()):
                known = self._counts = Future()
                threading.Thread(target=_count, args=(state, known), daemon=True).start()
            return known


def prepare(state: State) -> None:
    """Begin to count, before the first page asks."""
    _counting(state)


def outstanding(state: State) -> Attention | None:
    """Return what needs attention in a plan; none while it is being counted in a large one."""
    counts = _counting(state)
    is_small = len(activities(state.plan())) <= _WAITED_FOR
    wait([counts], None if is_small else _MOMENT)
    return counts.result() if counts.done() else None


def _counting(state: State) -> "Future[Attention]":
    return state.known("attention", _Counting).started(state)


def _count(state: State, counts: "Future[Attention]") -> None:
    try:
        counts.set_result(_kept(state))
    except BaseException as error:  # whoever asks for the counts gets it
        counts.set_exception(error)


def _kept(state: State) -> Attention:
    """Return the counts from beside the store; the first time, work them out."""

    def ask() -> dict[str, Any]:
        gaps = state.gaps()
        numbers = {gap_type.name: gaps.count(gap_type.name) for gap_type in gaps.types}
        return {
            "gaps": {name: number for name, number in numbers.items() if number},
            "contested": count_open(state.plan()),
        }

    questions = (QUESTION, *(gap_type.name for gap_type in gap_types()))
    folder = kept_answers.folder_of(state.plan().built)
    return Attention(**kept_answers.kept(folder, "attention", questions, ask))
