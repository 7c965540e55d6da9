"""A plan's folder in; the plan in each language out, anew when its files were changed here."""

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from metrograph.errors import MetrographError
from metrograph.plan import Plan, open_plan
from metrograph.wording import LANGUAGES

if TYPE_CHECKING:
    from metrograph.gaps import Gaps

Made = TypeVar("Made")
_MOST = 500  # things worked out that are kept


class State:
    """The plan as its files were at one time, and what was worked out from it, kept with it."""

    def __init__(self, plan: Plan) -> None:
        self.plans = {lang: replace(plan, lang=lang) for lang in LANGUAGES}
        self._made: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def digest(self) -> str:
        """The hash of the files."""
        return self.plans["en"].digest

    def plan(self, lang: str = "en") -> Plan:
        """Return the plan in a language."""
        return self.plans[lang]

    def known(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is made under a key: once, however many ask, unless it was not used for long.

        What `make` raises is raised to all who wait for it, and is made anew when next asked for.
        """
        with self._lock:
            known = self._made.get(key)
            mine: Future[Made] = Future()
            self._made[key] = known or mine
            self._made.move_to_end(key)
            if len(self._made) > _MOST:
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

    def prepare(self) -> None:
        """Find what the first page counts, gaps and contested claims, while the server starts."""
        with contextlib.suppress(MetrographError):  # the page that asks again will say it
            self.gaps()
            self.contested()

    def gaps(self) -> "Gaps":
        """Return all gaps of the plan; their words come with `answers` in a language."""
        return self.known("gaps", self.plan().gaps)

    def contested(self) -> int:
        """Return how many pairs of an activity and a category are contested."""
        return self.known("contested", lambda: len(self.plan().contested()))


@dataclass
class Site:
    """The plan that is served.

    `edits` says whether records may be changed; `token` is the word that allows it, if one is
    asked for.
    """

    folder: Path | None
    cache: Path | None = None
    edits: bool = False
    token: str | None = None
    _state: State | None = None
    _changing: threading.Lock = field(default_factory=threading.Lock)

    @property
    def state(self) -> State:
        """The plan as it is now, opened (and built, if need be) when first asked for.

        A request asks once, so that all that it shows is of one state.
        """
        return self._state or self.reopen()

    def plan(self, lang: str = "en") -> Plan:
        """Return the plan as it is now, in a language."""
        return self.state.plan(lang)

    def reopen(self) -> State:
        """Read the plan's files again, after a change, and return what they say now.

        Raises `InputError` where they cannot be read; then the state before stays.
        """
        with self._changing:
            plan = open_plan(self.folder, cache=self.cache)
            if self._state is None or plan.digest != self._state.digest:
                self._state = State(plan)
            return self._state

    def take(self, plan: Plan) -> None:
        """Serve a plan that is open already."""
        self._state = State(plan)
