"""Runs work for requests in separate threads, so that it does not block other work."""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.exceptions import HTTPException

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")
BUSY = "busy"  # what the page of an error says in the reader's language
_LATER = 5  # seconds after which a browser may ask again


class Pool:
    """Threads for work of one kind, and how many requests at most may wait for one of them."""

    def __init__(self, threads: int, waiting: int) -> None:
        self.waiting = waiting
        self._limiter = CapacityLimiter(threads)
        self._inside = 0
        self._threads = threads

    async def run(
        self,
        work: Callable[_Arguments, _Result],
        *args: _Arguments.args,
        **kwargs: _Arguments.kwargs,
    ) -> _Result:
        """Return the result of some work; raise the error 503 if too many wait for theirs."""
        if self._inside >= self._threads + self.waiting:
            raise HTTPException(503, BUSY, {"Retry-After": str(_LATER)})
        self._inside += 1
        try:
            return await to_thread.run_sync(partial(work, *args, **kwargs), limiter=self._limiter)
        finally:
            self._inside -= 1
