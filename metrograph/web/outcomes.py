"""Remembers the outcomes of saves for sessions that have not seen the answer."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum

_REMEMBERED = 500  # forms that were sent


class Stage(Enum):
    """How far the saving of a form has come."""

    RUNNING = "running"
    SAVED = "saved"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """What became of a form: `name` is the record, `why` what kept it from being saved."""

    once: str
    session: str
    name: str
    stage: Stage = Stage.RUNNING
    why: str = ""
    is_shown: bool = False


class Outcomes:
    """Remembers what became of the forms that were sent, each by the word that is its own.

    A page of the session that sent a form shows its outcome once. So who closed the browser, or
    lost the connection, while a form was saved learns at the next page whether it was.
    """

    def __init__(self) -> None:
        self._all: OrderedDict[str, Outcome] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, once: str, session: str, name: str) -> None:
        """Note that a form is being saved."""
        with self._lock:
            known = self._all.get(once)
            if known is None or known.stage is Stage.FAILED:
                self._put(Outcome(once, session, name))

    def save(self, once: str, session: str, name: str) -> None:
        """Note that a form was saved: as the record `name`."""
        with self._lock:
            self._put(Outcome(once, session, name, Stage.SAVED))

    def fail(self, once: str, why: str | None) -> None:
        """Note why a form was not saved; None where the answer has said it."""
        with self._lock:
            known = self._all.get(once)
            if known is None or known.stage is not Stage.RUNNING:
                return
            del self._all[once]
            if why is not None:
                self._put(Outcome(once, known.session, known.name, Stage.FAILED, why))

    def written(self, once: str) -> str | None:
        """Return the record that a form was saved as, if it was."""
        known = self._all.get(once)
        return known.name if known and known.stage is Stage.SAVED else None

    def is_waiting(self, session: str) -> bool:
        """Return whether there is an outcome that a session has not seen."""
        with self._lock:
            return any(
                outcome.session == session and not outcome.is_shown
                for outcome in self._all.values()
            )

    def take(self, session: str, but: str = "") -> list[Outcome]:
        """Return what a session has not seen, and note that it is shown, unless it still runs.

        `but` is the form whose own answer this is.
        """
        with self._lock:
            unseen = [outcome for outcome in self._all.values() if outcome.session == session]
            shown = [outcome for outcome in unseen if not outcome.is_shown and outcome.once != but]
            for outcome in shown:
                if outcome.stage is not Stage.RUNNING:
                    self._all[outcome.once] = Outcome(
                        outcome.once,
                        outcome.session,
                        outcome.name,
                        outcome.stage,
                        outcome.why,
                        is_shown=True,
                    )
            return shown

    def _put(self, outcome: Outcome) -> None:
        self._all[outcome.once] = outcome
        self._all.move_to_end(outcome.once)
        if len(self._all) > _REMEMBERED:
            self._all.popitem(last=False)
