"""Holds uploaded spreadsheets for a short time, in memory, while they are compared and imported.

An upload is never served, and is forgotten after half an hour, once it was imported, or when newer
uploads need its room.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum

from metrograph.exchange.workbook.importing import Result
from metrograph.tables.table import Table

_MOST = 8  # uploads at a time, of at most 10 MB each
_KEPT_SECONDS = 1800.0


class Stage(Enum):
    """How far an import has come."""

    COMPARING = "comparing"
    REVIEW = "review"
    REFUSED = "refused"
    SAVING = "saving"
    SAVED = "saved"


WORKING = (Stage.COMPARING, Stage.SAVING)


@dataclass(frozen=True)
class Choices:
    """What a person chooses for an import.

    `kind` is the kind of the rows of an own list, `coder` the name of who imports and claims.
    """

    kind: str = ""
    coder: str = ""
    removes: bool = False
    creates_places: bool = False


@dataclass(frozen=True)
class Upload:
    """An uploaded spreadsheet, and what has become of it.

    `digest` is the version of the plan that it was compared with, `step` what is being done,
    `message` why it was refused or is shown again, `table` what it changes, in the language `lang`.
    """

    key: str
    session: str
    name: str
    data: bytes = field(repr=False)
    choices: Choices
    lang: str
    began: float
    stage: Stage = Stage.COMPARING
    step: str = ""
    message: str = ""
    digest: str = ""
    result: Result | None = None
    table: Table | None = None


class Uploads:
    """The uploads that a server holds; one is worked on at a time, each in its own thread.

    `clock` gives seconds, `patience` how many of them a page waits for the end of the work.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, patience: float = 1.0) -> None:
        self.clock = clock
        self.patience = patience
        self._all: dict[str, Upload] = {}
        self._changed = threading.Condition()
        self._turn = threading.Lock()

    def add(self, session: str, name: str, data: bytes, choices: Choices, lang: str) -> str | None:
        """Take an upload; return its key, or nothing where others being worked on fill all room."""
        with self._changed:
            self._forget_old()
            idle = [key for key, upload in self._all.items() if upload.stage not in WORKING]
            if len(self._all) >= _MOST:
                if not idle:
                    return None
                del self._all[idle[0]]
            key = secrets.token_urlsafe(12)
            self._all[key] = Upload(key, session, name, data, choices, lang, self.clock())
            return key

    def get(self, key: str, session: str | None) -> Upload | None:
        """Return an upload of a session, if it is still held."""
        with self._changed:
            self._forget_old()
            upload = self._all.get(key)
            return upload if upload and upload.session == session else None

    def update(self, upload: Upload) -> None:
        """Note what has become of an upload."""
        with self._changed:
            if upload.key in self._all:
                self._all[upload.key] = upload
            self._changed.notify_all()

    def begin(self, key: str, stage: Stage, choices: Choices, lang: str) -> Upload | None:
        """Note that work on an upload begins; return it, or nothing where work is under way."""
        with self._changed:
            upload = self._all.get(key)
            if (
                upload is None
                or (upload.stage in WORKING and upload.step)
                or (upload.stage is Stage.SAVED)
            ):
                return None
            self._all[key] = replace(
                upload, stage=stage, choices=choices, lang=lang, step="…", message=""
            )
            return self._all[key]

    def forget(self, key: str) -> None:
        """Drop an upload."""
        with self._changed:
            self._all.pop(key, None)

    def start(self, work: Callable[[Upload], Upload], upload: Upload) -> None:
        """Work on an upload in a thread of its own, one after the other."""

        def run() -> None:
            with self._turn:
                self.update(work(upload))

        threading.Thread(target=run, name="import", daemon=True).start()

    def settled(self, key: str, session: str | None, wait: float | None = None) -> Upload | None:
        """Return an upload once it is worked on no more, or as it is when patience ends."""

        def is_settled() -> bool:
            upload = self._all.get(key)
            return upload is None or upload.stage not in WORKING

        with self._changed:
            self._changed.wait_for(is_settled, self.patience if wait is None else wait)
        return self.get(key, session)

    def _forget_old(self) -> None:
        oldest = self.clock() - _KEPT_SECONDS
        for key, upload in list(self._all.items()):
            if upload.began < oldest and upload.stage not in WORKING:
                del self._all[key]
