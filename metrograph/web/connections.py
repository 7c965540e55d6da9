"""Limits connections: how many there may be, and how long a request may take to arrive.

uvicorn closes a connection that is idle after an answer, and no other. Here one is closed, too,
whose request does not come, or whose answer is not read: by the whole time, so that a byte a minute
helps nobody. One that is too many is refused at once.
"""

import asyncio
import logging
import socket
import struct
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from metrograph.web.clients import client_at
from metrograph.web.security import HEADERS

_log = logging.getLogger("metrograph.connections")
_LEAST_TAKEN = 2**18  # bytes of a large answer that a client must take in the time of `answer`
_OTHER_FILES = 160
_FEWEST = 16
_TOO_SLOW = "The request did not come in time. Send it again."
_TOO_MANY = "Too many connections are open. Close some, or try again later."


@dataclass(frozen=True)
class Pace:
    """How long a client may take, in seconds, and how many connections there may be."""

    head: float = 10  # for the head of a request, from the start or the answer before
    body: float = 30  # for its body
    answer: float = 30  # without taking a part of the answer
    connections: int = 256
    per_client: int = 128


def pace_of(files: int) -> Pace:
    """Return the limits where a process may have so many files open.

    Out of files, a server accepts nobody; so connections leave some for the store, the queries,
    and what was accepted and not yet refused.

    >>> pace_of(1024).connections, pace_of(256).connections, pace_of(256).per_client
    (256, 96, 48)
    """
    connections = max(_FEWEST, min(Pace.connections, files - _OTHER_FILES))
    return Pace(connections=connections, per_client=connections // 2)


@dataclass
class Open:
    """The connections that are open, client by client."""

    pace: Pace
    clients: Counter[str] = field(default_factory=Counter)

    def enter(self, client: str) -> bool:
        """Count one more of a client; return False where that is too many."""
        is_full = self.clients.total() >= self.pace.connections
        if is_full or self.clients[client] >= self.pace.per_client:
            return False
        self.clients[client] += 1
        return True

    def leave(self, client: str) -> None:
        """Count one less."""
        self.clients[client] -= 1
        if not self.clients[client]:
            del self.clients[client]


def protocol(pace: Pace) -> type[asyncio.Protocol]:
    """Return the protocol of a server whose connections share one count (uvicorn's `http`)."""
    return type("_Protocol", (Connection,), {"open": Open(pace)})


class Connection(H11Protocol):
    """One connection: HTTP by uvicorn, within the limits of `open.pace`."""

    open: Open

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._who = ""
        self._is_counted = False
        self._phase: object = None
        self._timer: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._left = 0

    # ---------------------------------------------------------------- what asyncio calls

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Take a connection, or refuse it where there are too many."""
        super().connection_made(transport)
        self._who = client_at(self.client[0]) if self.client else ""
        self._is_counted = self.open.enter(self._who)
        if self._is_counted:
            self._look()
        else:
            _log.warning("too many connections (%s): one was refused", self._who)
            self._refuse(503, _TOO_MANY)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        super().connection_lost(exc)
        for timer in (self._timer, self._unread, self.timeout_keep_alive_task):
            if timer:
                timer.cancel()
        if self._is_counted:
            self.open.leave(self._who)
            self._is_counted = False

    def data_received(self, data: bytes) -> None:
        """Take a part of a request."""
        if self.transport.is_closing():
            return  # an answer was given already, to what came before
        if not self.transport.get_write_buffer_size():
            self._watch_no_more()
        super().data_received(data)
        self._look()

    def pause_writing(self) -> None:
        """Wait until a client has read what was sent, but not for ever."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """Go on when it has."""
        super().resume_writing()
        self._watch_no_more()

    # ---------------------------------------------------------------- what uvicorn calls

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._look()
        if self.transport.get_write_buffer_size():
            self._watch()  # the rest of the answer, however short, and the end after it

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, if an answer can still be given."""
        self._refuse(400, msg)

    # ---------------------------------------------------------------- limits

    def _look(self) -> None:
        """See how far the request has come, and give the next part its time."""
        phase = self.conn.their_state
        if phase is self._phase:
            return
        self._phase = phase
        if self._timer:
            self._timer.cancel()
            self._timer = None
        seconds = {h11.IDLE: self.open.pace.head, h11.SEND_BODY: self.open.pace.body}.get(phase)
        if seconds and not self.transport.is_closing():
            self._timer = self.loop.call_later(seconds, self._too_slow)

    def _too_slow(self) -> None:
        has_begun = self.conn.trailing_data[0] or self._phase is h11.SEND_BODY
        if has_begun:
            _log.warning(
                "a request did not come in time (%s): its connection was closed", self._who
            )
            self._refuse(408, _TOO_SLOW)
        else:
            self.transport.close()
            self._watch()

    def _watch(self) -> None:
        """Cut the connection after a time, unless its client takes what was sent before."""
        self._watch_no_more()
        self._left = self.transport.get_write_buffer_size()
        self._unread = self.loop.call_later(self.open.pace.answer, self._unheard)

    def _watch_no_more(self) -> None:
        if self._unread:
            self._unread.cancel()
            self._unread = None

    def _unheard(self) -> None:
        left = self.transport.get_write_buffer_size()
        if not left:
            self._unread = None
        elif self._left - left >= _LEAST_TAKEN:
            self._watch()  # slow, and going on
        else:
            _log.warning("an answer was not read (%s): its connection was cut", self._who)
            at_once = struct.pack("ii", 1, 0)  # else the system keeps the rest for long (SO_LINGER)
            if own := self.transport.get_extra_info("socket"):
                own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
            self.transport.abort()

    def _refuse(self, status: int, sentence: str) -> None:
        """Close the connection with an answer of this layer, if none was begun."""
        if self.cycle is not None:  # the application may go on; nobody hears it
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            body = f"{sentence}\n".encode()
            headers = {
                **HEADERS,
                "Content-Type": "text/plain; charset=utf-8",
                "Content-Length": str(len(body)),
                "Connection": "close",
            }
            reason = HTTPStatus(status).phrase.encode()
            start = h11.Response(status_code=status, headers=list(headers.items()), reason=reason)
            for event in (start, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
        self._watch()
