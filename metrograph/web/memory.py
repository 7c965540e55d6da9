"""Remembers computed values by key: each is computed once, for all who request it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar, cast

Made = TypeVar("Made")


class Memory:
    """Remembers what was worked out: the `most` values that were used last."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._made: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is made under a key: once, however many ask, unless it was not used for long.

        What `make` raises is raised to all who wait for it, and it is made again when next asked
        for.
        """
        with self._lock:
            known = self._made.get(key)
            mine: Future[Made] = Future()
            self._made[key] = known or mine
            self._made.move_to_end(key)
            if len(self._made) > self.most:
                self._made.popitem(last=False)
        if known:
            return cast("Made", known.result())
        try:
            mine.set_result(make())
        except BaseException as error:
            with self._lock:
                self._made.pop(key, None)
            mine.set_exception(error)
        return mine.result()
