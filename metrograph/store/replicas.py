"""Opens a plan that a SPARQL server answers for: with its folder, or as it lies there."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from metrograph.errors import CacheError, EngineError, Text
from metrograph.paths import folder_of
from metrograph.store import pushing, servers
from metrograph.store.cache import open_store
from metrograph.store.entries import Built, open_entry
from metrograph.store.remote import State
from metrograph.store.reports import Report, Step
from metrograph.store.wire import Wire

_NOWHERE = Path("/dev/null")  # the folder of a plan that is only on a server: it has no files


@dataclass(frozen=True)
class Place:
    """Which server answers, the folder of built stores, and the user's environment."""

    name: str
    cache: Path
    environment: Mapping[str, str]

    def connected(self) -> tuple[servers.Server, Wire]:
        """Return the server and the connection to it. Raises `UsageError`."""
        server = servers.chosen(self.name)
        return server, servers.connected(server, self.environment)


def opened(name: str, graph: str | os.PathLike[str] | None, cache: Path, progress: Report) -> Built:
    """Return the plan of a folder, or where none is named, the one that lies on the server."""
    place = Place(name, cache, os.environ)
    if graph is None and not os.environ.get("METROGRAPH_GRAPH"):
        return there(place)
    return behind(open_store(folder_of(graph), place.cache, progress), place, progress)


def behind(built: Built, place: Place, progress: Report) -> Built:
    """Return a built store for which a server answers that holds the same state.

    Where the server holds an earlier state that is still in the cache, it gets the change. Raises
    `EngineError` where it holds another one, or has not passed the self-test.
    """
    server, wire = place.connected()
    servers.refuse_untested(server.addresses)
    state = pushing.state_of(wire, built.ids.base)
    if state and state.digest != built.digest:
        state = _changed(wire, state, built, place.cache, progress)
    if state is None:
        raise EngineError(
            "{host}: the server does not hold the plan as its files are now. To send it: "
            "metrograph engine push",
            host=wire.addresses.host,
        )
    return replace(built, remote=pushing.opened(wire, state))


def _changed(wire: Wire, state: State, built: Built, cache: Path, progress: Report) -> State | None:
    """Send a change to the server, if the state that it has is still in the cache."""
    try:
        old = open_entry(cache / state.digest, built.folder, state.digest, is_used=False)
    except CacheError:
        return None
    progress(Step(Text("sending the change to the server")))
    return pushing.change(wire, state, old, built)


def there(place: Place) -> Built:
    """Return the plan that lies on a server, without a folder.

    Raises `EngineError` where there is none, or several and none was named.
    """
    server, wire = place.connected()
    servers.refuse_untested(server.addresses)
    states = [state for state in pushing.states(wire) if server.base in ("", state.base)]
    if not states:
        raise EngineError(
            "{host}: plan not found on the server. To send it: metrograph engine push --graph DIR",
            host=wire.addresses.host,
        )
    if len(states) > 1:
        raise EngineError(
            "{host}: the server holds several plans. Add the one you mean to the address: {names}",
            host=wire.addresses.host,
            names=", ".join(f"{place.name}#{state.base}" for state in states),
        )
    (state,) = states
    return Built(
        store=ox.Store(),
        folder=_NOWHERE,
        digest=state.digest,
        plan=state.plan,
        base=state.base,
        languages=state.languages,
        violations=state.violations,
        findings_file=None,
        findings_values=tuple(pushing.findings(wire, state)),
        remote=pushing.opened(wire, state),
    )


def push(built: Built, place: Place, progress: Report) -> int:
    """Send a whole plan to a server, and put it in force; return how many requests that took."""
    server, wire = place.connected()
    servers.refuse_untested(server.addresses)
    pushing.push(wire, built, new_key(), progress)
    return wire.requests


def new_key() -> str:
    """Return a name for a state that no other has."""
    return secrets.token_hex(8)
