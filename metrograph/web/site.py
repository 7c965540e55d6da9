"""The served plan, in each language, read again when its files change."""

import logging
import os
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.documents.archive import stamp as documents_stamp
from metrograph.errors import InputError, MetrographError, Text
from metrograph.messages import LANGUAGES
from metrograph.paths import folder_of
from metrograph.plan import Plan, open_plan
from metrograph.store.cache import digest_of
from metrograph.store.turtle import turtle_files
from metrograph.web.memory import Made, Memory
from metrograph.web.stamps import Stamp, stamp

if TYPE_CHECKING:
    from metrograph.analysis.gaps import Gaps

_MOST = 500  # values worked out from one state that are remembered
_DRAWINGS = 24  # drawings that are remembered; a file with one takes 2 MB
_log = logging.getLogger(__name__)


class State:
    """The plan as its files were at one time, and what was worked out from it, kept with it."""

    def __init__(self, plan: Plan) -> None:
        self.plans = {lang: replace(plan, lang=lang) for lang in LANGUAGES}
        self._memory = Memory(_MOST)

    @property
    def digest(self) -> str:
        """The hash of the files."""
        return self.plans["en"].digest

    def plan(self, lang: str = "en") -> Plan:
        """Return the plan in a language."""
        return self.plans[lang]

    def known(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is made under a key, made once for this state (see `Memory.known`)."""
        return self._memory.known(key, make)

    def gaps(self) -> "Gaps":
        """Return all gaps of the plan; their words come with `answers` in a language."""
        return self.known("gaps", self.plan().gaps)


@dataclass
class Site:
    """The plan that is served.

    `edits` says whether records may be changed; `token` is the word that allows it, if one is
    asked for. `compared` are earlier plans, as they were when the server started. `problem` says
    why the files cannot be read as they are now; then the state before is served. `patience` is how
    many seconds requests wait for changed files to be read; then they show the state before.
    `drawings` holds what takes seconds to draw, from one state to the next: its keys are all that
    is drawn. `documents` changes with the documents that are kept for the plan.
    """

    folder: Path | None
    cache: Path | None = None
    edits: bool = False
    compared: tuple[Plan, ...] = ()
    token: str | None = None
    problem: Text | None = None
    patience: float = 15.0
    drawings: Memory = field(default_factory=lambda: Memory(_DRAWINGS))
    server: str | None = None  # of SPARQL, which answers for the plan
    documents: tuple[tuple[str, int, int], ...] = ()
    _state: State | None = None
    _stamp: Stamp | None = None
    _tried: str = ""  # the hash of the files that were last read
    _reading: threading.Lock = field(default_factory=threading.Lock)

    @property
    def state(self) -> State:
        """The plan as it was last read, opened (and built, if need be) when first asked for.

        A request asks once, so that all that it shows is of one state.
        """
        return self._state or self.current()

    @property
    def is_open(self) -> bool:
        """Whether the plan has been read."""
        return self._state is not None

    def plan(self, lang: str = "en") -> Plan:
        """Return the plan as it was last read, in a language."""
        return self.state.plan(lang)

    def current(self) -> State:
        """Return the plan as its files are now: they are read again if they changed.

        Where they cannot be read, the state before stays, and `problem` says why; raises
        `InputError` if there is none. Whoever else asks meanwhile waits, and nothing is read twice.
        """
        with self._reading:
            try:
                self._read_changes(folder_of(self.folder))
            except (MetrographError, OSError) as error:
                self.problem = self.plainly(error)
            if self._state is None:
                raise InputError(self.problem or Text(""))
            self.documents = documents_stamp(self._state.plan().built.folder)
            return self._state

    def _read_changes(self, folder: Path) -> None:
        seen = stamp(folder, time.time_ns())
        if seen.settled and seen == self._stamp:
            return
        before, self._tried, self._stamp = self._tried, "", None  # should this fail: try again
        digest = digest_of(folder, turtle_files(folder))
        self._tried = digest
        if self._state is None or self._state.digest != digest:
            if self._state is not None and digest == before:
                return  # it was tried, and `problem` says what is wrong
            self._open()
        self.problem = None
        self._stamp = seen

    def _open(self) -> None:
        try:
            self._state = State(open_plan(self.folder, cache=self.cache, server=self.server))
        except MetrographError:
            raise
        except Exception as error:
            # a fault of the program must not take away the state that is served
            _log.exception("The plan's files could not be read.")
            raise InputError(
                "The files could not be read ({name}).", name=type(error).__name__
            ) from None

    def plainly(self, error: Exception) -> Text:
        """Return the sentence of an error as readers of pages may see it: files by their names."""
        text = error.text if isinstance(error, MetrographError) else Text(str(error))
        folder = folder_of(self.folder)

        def without_folder(value: object) -> object:
            if isinstance(value, Text | MetrographError | int | float):
                return value
            plain = str(value)
            for name in {str(folder), str(folder.resolve())}:
                plain = plain.replace(name + os.sep, "").replace(name, folder.name)
            return plain

        values = {name: without_folder(value) for name, value in text.values.items()}
        return replace(text, message=str(without_folder(text.message)), values=values)

    def take(self, plan: Plan) -> None:
        """Serve a plan that is open already."""
        self._state = State(plan)
        self._tried = plan.digest
