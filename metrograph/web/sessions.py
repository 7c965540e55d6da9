"""Sessions that may write, from cookies and tokens; slows down guesses."""

import hashlib
import hmac
import logging
import math
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

SESSION = "metrograph_session"
HOURS = 12  # after which a session ends
_LONGEST = HOURS * 3600
_FREE = 2  # wrong words in a row that cost no wait: people mistype
_LONGEST_WAIT = 900.0
_FORGOTTEN = 3600.0  # seconds without a guess after which a client begins again
_CLIENTS = 10_000
_log = logging.getLogger("metrograph.sessions")


def cookie_name(request: Request) -> str:
    """Return the name of the session's cookie: browsers share cookies among a host's ports."""
    return f"{SESSION}_{request.url.port or request.url.scheme}"


class Sessions:
    """Who may write: a cookie that this server gave, and in each form a token made from it.

    Another site's page can send a browser here with its cookie, but cannot read the token (OWASP,
    Cross-Site Request Forgery Prevention). A start of the server makes a new secret. A
    session ends 12 hours after it began, or when its owner signs out; `clock` gives seconds.
    """

    def __init__(self, word: str | None, clock: Callable[[], float] = time.time) -> None:
        self.secret = secrets.token_bytes(32)
        self.word = word
        self.clock = clock
        self._ended: dict[str, float] = {}  # and when they would have ended by themselves
        self._lock = threading.Lock()

    def name(self, request: Request) -> str | None:
        """Return the session of a request, if this server gave it one that has not ended."""
        name, _, rest = request.cookies.get(cookie_name(request), "").partition(".")
        began, _, seal = rest.partition(".")
        right = self._sealed("session", f"{name}.{began}").encode()
        if not name or not hmac.compare_digest(seal.encode(), right):
            return None
        is_over = name in self._ended or self.clock() - int(began) >= _LONGEST
        return None if is_over else name

    def new(self) -> str:
        """Return the value of a new session's cookie."""
        name = f"{secrets.token_urlsafe(24)}.{int(self.clock())}"
        return f"{name}.{self._sealed('session', name)}"

    def end(self, name: str) -> None:
        """End a session: its cookie is worth nothing from now on."""
        now = self.clock()
        with self._lock:
            kept = {ended: until for ended, until in self._ended.items() if until > now}
            self._ended = {**kept, name: now + _LONGEST}

    def token(self, cookie: str) -> str:
        """Return the token that forms of a session carry."""
        return self._sealed("form", cookie.partition(".")[0])

    def allows(self, request: Request, token: str) -> bool:
        """Return whether a form was sent by a page that this server gave to this session."""
        name = self.name(request)
        return name is not None and hmac.compare_digest(
            token.encode(), self._sealed("form", name).encode()
        )

    def knows(self, word: str) -> bool:
        """Return whether someone knows the word that the server asks for."""
        return self.word is not None and hmac.compare_digest(
            word.strip().encode(), self.word.encode()
        )

    def _sealed(self, purpose: str, name: str) -> str:
        return hmac.new(self.secret, f"{purpose}:{name}".encode(), hashlib.sha256).hexdigest()


@dataclass
class _Wrong:
    count: int
    last: float
    until: float  # before which no word is looked at


class Guesses:
    """How long a client waits that sent wrong words: after the third, 1 second, then twice as long.

    Nobody else waits. `clock` gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._wrong: OrderedDict[str, _Wrong] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, client: str, is_right: Callable[[], bool]) -> tuple[bool, int]:
        """Return whether a client's word is right, and for how many seconds it waits.

        While it waits, no word is looked at, not even the right one.
        """
        with self._lock:  # else many words sent at once would all be looked at
            now = self.clock()
            before = self._wrong.pop(client, None)
            if before and now < before.until:
                self._wrong[client] = before
                _log.warning("a token from %s was not looked at: it came too soon", client)
                return False, math.ceil(before.until - now)
            if is_right():
                return True, 0
            is_recent = before is not None and now - before.last < _FORGOTTEN
            count = before.count + 1 if before and is_recent else 1
            wait = min(2.0 ** min(count - _FREE - 1, 20), _LONGEST_WAIT) if count > _FREE else 0.0
            self._wrong[client] = _Wrong(count, now, now + wait)
            if len(self._wrong) > _CLIENTS:
                self._wrong.popitem(last=False)
        _log.warning(
            "wrong token from %s (number %d; it waits %g s)",
            client,
            count,
            wait,
            extra={"burst": 60},
        )
        return False, math.ceil(wait)
