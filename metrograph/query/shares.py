"""Chooses the next job to run: clients take turns, each within its share."""

from collections import Counter, OrderedDict, deque
from dataclasses import dataclass
from typing import Generic, TypeVar

Job = TypeVar("Job")


@dataclass(frozen=True)
class Share:
    """How many jobs may run and wait at most: of one client, and (wait) of all."""

    running: int
    waiting: int
    waiting_in_all: int


class Shares(Generic[Job]):
    """What waits, client by client. It is not safe among threads: its user holds a lock.

    >>> shares = Shares(Share(running=1, waiting=2, waiting_in_all=4))
    >>> [shares.add("a", 1), shares.add("a", 2), shares.add("a", 3), shares.add("b", 4)]
    [True, True, False, True]
    >>> [shares.next(), shares.next(), shares.next()]
    [('a', 1), ('b', 4), None]
    """

    def __init__(self, share: Share) -> None:
        self.share = share
        self._waiting: OrderedDict[str, deque[Job]] = OrderedDict()
        self._running: Counter[str] = Counter()

    def add(self, client: str, job: Job) -> bool:
        """Let a job wait; return False, and forget it, where too many wait already."""
        mine = self._waiting.get(client, deque())
        in_all = sum(map(len, self._waiting.values()))
        if len(mine) >= self.share.waiting or in_all >= self.share.waiting_in_all:
            return False
        mine.append(job)
        self._waiting[client] = mine
        return True

    def next(self) -> tuple[str, Job] | None:
        """Return the next job with its client, counted as running until `done`; none if none may.

        Whoever is served goes behind the others.
        """
        for client, jobs in self._waiting.items():
            if self._running[client] < self.share.running:
                job = jobs.popleft()
                self._running[client] += 1
                del self._waiting[client]
                if jobs:
                    self._waiting[client] = jobs
                return client, job
        return None

    def done(self, client: str) -> None:
        """Say that a job of a client has ended."""
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]

    def clear(self) -> list[Job]:
        """Return all jobs that wait, and let them wait no more."""
        left = [job for jobs in self._waiting.values() for job in jobs]
        self._waiting.clear()
        return left
