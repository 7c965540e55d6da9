"""Starts the explorer: where it listens, and who may read and write."""

import contextlib
import ipaddress
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.errors import InputError, Text, UsageError, reason_of
from metrograph.late import late
from metrograph.query.workers import COUNT, MEMORY, Workers

if TYPE_CHECKING:
    import resource
    import socket

    import uvicorn

    from metrograph.web import app, connections, logs
    from metrograph.web.site import Site
else:
    resource, socket, uvicorn = late("resource"), late("socket"), late("uvicorn")
    app, connections = late("metrograph.web.app"), late("metrograph.web.connections")
    logs = late("metrograph.web.logs")

_HOST = re.compile(r"\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\]?|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_SHORTEST = 16  # characters of a token
_BACKLOG = 64  # connections that may wait to be accepted
_MANY = 4096
LEAST_MEMORY = 2048  # MB of addresses: the program and the stack of a query (`sparql.STACK`)


@dataclass(frozen=True)
class Served:
    """Where the explorer listens, and what it allows."""

    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    edits: bool = False
    token_file: Path | None = None
    shares: bool = False
    workers: int = COUNT
    memory: int = MEMORY // 2**20  # MB of each worker


def token_of(served: Served) -> str | None:
    """Return the token that writing asks for; none is needed on this machine alone.

    Raises `UsageError` for writing from elsewhere without a token, `InputError` for a token file
    that cannot be read or is too short.
    """
    if served.token_file is None:
        if served.edits and not is_loopback(served.host):
            raise UsageError(
                "--edit on {host} lets other people change the plan. Give --token-file FILE "
                "with a token of at least {shortest} characters, or serve on 127.0.0.1.",
                host=served.host,
                shortest=_SHORTEST,
            )
        return None
    try:
        token = served.token_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "{token_file}: cannot be read ({error}).",
            token_file=served.token_file,
            error=reason_of(error) if isinstance(error, OSError) else Text("it is not in UTF-8"),
        ) from None
    if len(token) < _SHORTEST:
        raise InputError(
            "{token_file}: the token is shorter than {shortest} characters. Choose a longer one.",
            token_file=served.token_file,
            shortest=_SHORTEST,
        )
    return token


def checked(served: Served) -> Served:
    """Return where to serve, or raise `UsageError` for what is no name of a host."""
    for option, names in (("--host", (served.host,)), ("--name", served.names)):
        for name in names:
            if not _HOST.fullmatch(name):
                raise UsageError(
                    "{option} must be a host name or address, not “{name}”.",
                    option=option,
                    name=name,
                )
    return served


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine, as seen from itself only.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _bracketed(host: str) -> str:
    """Return a host as addresses hold it: IPv6 in brackets (RFC 3986, section 3.2.2)."""
    bare = host.strip("[]")
    return f"[{bare}]" if ":" in bare else bare


def hosts(served: Served) -> frozenset[str]:
    """Return the names under which the server is asked, with the port as browsers send it."""
    every = {_bracketed(served.host), *served.names}
    if is_loopback(served.host):
        every |= {"localhost", "127.0.0.1", "[::1]"}
    named = {name.lower() for name in every}
    return frozenset(named | {f"{name}:{served.port}" for name in named})


def serve(site: "Site", served: Served, report: Callable[[Text], None]) -> None:
    """Serve until the process is stopped; `report` gets a sentence on where the explorer is.

    Raises `InputError` if the address cannot be listened at.
    """
    listening = _listen(served)
    at = replace(served, port=listening.getsockname()[1])
    config = uvicorn.Config(
        app.application(site, hosts(at), at.shares, Workers(at.workers, at.memory * 2**20)),
        http=connections.protocol(connections.pace_of(open_files())),
        ws="none",
        backlog=_BACKLOG,
        log_config=None,
        log_level="warning",
        server_header=False,
        access_log=False,
        timeout_graceful_shutdown=3,
    )
    logs.start_log()
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # else a client that goes ends the server
    place = f"http://{_bracketed(at.host)}:{at.port}/"
    report(Text.of("The explorer is at {place} (stop it with Ctrl-C).", place=place))
    if at.host in ("0.0.0.0", "::") and not at.names:  # noqa: S104  only compared
        report(
            Text.of(
                "It answers to the name {name} only. Give the name that others use with --name.",
                name=at.host,
            )
        )
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how one stops it
        uvicorn.Server(config).run(sockets=[listening])


def open_files() -> int:
    """Return how many files this process may have open, connections among them."""
    try:
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    except ImportError:  # Windows has none
        return _MANY
    return _MANY if most in (resource.RLIM_INFINITY, -1) else most


def _listen(served: Served) -> "socket.socket":
    host = served.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        made = socket.create_server((host, served.port), family=family)
        # else head and body of an answer wait for each other (Nagle's algorithm, RFC 896): asyncio
        # takes the delay away only from sockets that name their protocol, which these do not
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made
    except OSError as error:
        raise InputError(
            "Cannot listen on {host}:{port} ({reason}). Another program may be using this "
            "port: choose another with --port, or 0 for any free port.",
            host=host,
            port=served.port,
            reason=reason_of(error),
        ) from None
