"""Chooses the SPARQL server that a person names, and remembers which have passed the self-test.

A server is named on the command line, in METROGRAPH_ENGINE, or in the user's own file
`engines.toml`. What a plan's folder says of one is never used: the folder may be a stranger's.
"""

import contextlib
import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from metrograph import paths, toml
from metrograph.errors import CacheError, EngineError, UsageError
from metrograph.store.digest import engine_digest
from metrograph.store.sealing import seal, unsealed
from metrograph.store.wire import Addresses, Credentials, Wire

_FILE = "engines.toml"
_TESTED = "engines.json"
_IN_FOLDER = "engine.toml"
_SECONDS = 60.0


@dataclass(frozen=True)
class Server:
    """A server that a person chose: its addresses, and the base of the plan asked for, if any."""

    addresses: Addresses
    base: str = ""


def chosen(name: str) -> Server:
    """Return the server that a person names: an address, or a name in `engines.toml`.

    What follows `#` is the base of a plan, where the server has several. Raises `UsageError`.
    """
    place, _, base = name.partition("#")
    if not place.startswith(("http://", "https://")):
        return Server(_listed(place), base)
    _check_address(place)
    place = place.rstrip("/")
    return Server(Addresses(f"{place}/query", f"{place}/update", f"{place}/store"), base)


def _listed(name: str) -> Addresses:
    """Return the addresses that the user's own file has under a name."""
    file = paths.user_folder("config") / _FILE
    try:
        known = toml.parsed(file.read_text(encoding="utf-8"), str(file))
    except OSError:
        known = {}
    values = known.get(name)
    if not isinstance(values, dict):
        raise UsageError(
            "Unknown server: “{name}”. Give an address such as http://localhost:7878, or a name "
            "in {file}.",
            name=name,
            file=file,
        )
    addresses = [values.get(key) for key in ("query", "update", "graphs")]
    texts = [address for address in addresses if isinstance(address, str)]
    if len(texts) < len(addresses):
        raise UsageError(
            "{file}: {name} requires three addresses: query, update, graphs.", file=file, name=name
        )
    for address in texts:
        _check_address(address)
    return Addresses(*texts)


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        is_whole = False
    if not is_whole or not address.isprintable() or " " in address:
        raise UsageError(
            "“{address}” is not a valid address of a server. Example: http://localhost:7878",
            address=address,
        )
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "Leave the password out of the address, where others can read it. Set "
            "METROGRAPH_ENGINE_USER and METROGRAPH_ENGINE_PASSWORD."
        )


def connected(server: Server, environment: Mapping[str, str]) -> Wire:
    """Return the connection to a server, with the password that the environment has for it.

    Raises `UsageError` where a password is for no certain host, or would travel in the clear.
    """
    written = environment.get("METROGRAPH_ENGINE_SECONDS", "")
    try:
        seconds = float(written) if written else _SECONDS
    except ValueError:
        seconds = 0
    if not 0 < seconds <= 86400:
        raise UsageError(
            "METROGRAPH_ENGINE_SECONDS must be a number of seconds, not “{text}”.", text=written
        )
    return Wire(server.addresses, _credentials(server.addresses, environment), seconds)


def _credentials(addresses: Addresses, environment: Mapping[str, str]) -> Credentials | None:
    user, password, token = (
        environment.get(f"METROGRAPH_ENGINE_{name}", "") for name in ("USER", "PASSWORD", "TOKEN")
    )
    if not (user or password or token):
        return None
    own = urlsplit(environment.get("METROGRAPH_ENGINE", "")).netloc
    host = environment.get("METROGRAPH_ENGINE_HOST", "") or own
    if not host:
        raise UsageError(
            "A password is set for a SPARQL server, but not for which one. Set "
            "METROGRAPH_ENGINE_HOST to its host and port, for example {host}.",
            host=addresses.host,
        )
    is_open = addresses.query.startswith("http://") and not _is_here(addresses.query)
    if is_open and host == addresses.host:
        raise UsageError(
            "{host}: a password is only sent over https. Use an https address.", host=host
        )
    return Credentials(host, user, password, token)


def _is_here(address: str) -> bool:
    """Return whether an address is that of this computer."""
    host = urlsplit(address).hostname or ""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def suggested(folder: Path) -> str | None:
    """Return the server that a plan's folder names, to be shown and not used."""
    try:
        text = (folder / _IN_FOLDER).read_bytes()[:10_000].decode("utf-8", "replace")
    except OSError:
        return None
    return next(
        (
            value.strip().strip("\"'")[:200]
            for key, _, value in (line.partition("=") for line in text.splitlines())
            if key.strip() == "engine" and value.strip()
        ),
        None,
    )


# ---------------------------------------------------------------- the self-test


def note_test(addresses: Addresses, failed: Sequence[str]) -> None:
    """Remember how a server did in the self-test of this version."""
    file = paths.user_folder("state") / _TESTED
    known = _tests(file)
    known[addresses.query] = {"version": [engine_digest()], "failed": list(failed)}
    file.parent.mkdir(parents=True, exist_ok=True)
    seal(file, known)


def refuse_untested(addresses: Addresses) -> None:
    """Raise `EngineError` for a server that has not passed the self-test of this version."""
    known = _tests(paths.user_folder("state") / _TESTED).get(addresses.query, {})
    if known.get("version") != [engine_digest()]:
        raise EngineError(
            "{host}: this server has not been tested with this version of metrograph. Run: "
            "metrograph engine check",
            host=addresses.host,
        )
    if known["failed"]:
        raise EngineError(
            "{host}: this server gave wrong answers in the self-test ({number}, the first: "
            "{first}), so it is not used. To see all: metrograph engine check",
            host=addresses.host,
            number=len(known["failed"]),
            first=known["failed"][0],
        )


def _tests(file: Path) -> dict[str, dict[str, list[str]]]:
    try:
        known: dict[str, dict[str, list[str]]] = unsealed(file)
    except CacheError:
        return {}
    return known
