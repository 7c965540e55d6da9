"""Brings a built store to a SPARQL server, and finds what lies there.

A state is written into fresh graphs. One triple per plan, the pointer, says which state is in
force; it is written last, so that nobody reads half a plan. A change of a state that the server has
is one update, which holds only while that state is in force there.
"""

import contextlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from metrograph.errors import EngineError, Text
from metrograph.store.engine import Engine
from metrograph.store.entries import Built
from metrograph.store.remote import ROOT, STATES, Remote, State
from metrograph.store.reports import Report, Step
from metrograph.store.wire import Wire

_POINTERS = f"{ROOT}engine"  # the graph of all pointers
_POINTER = f"{ROOT}engine#state"
_FINDINGS = f"{ROOT}engine#findings"
_MOST = 50_000  # triples of one update; a larger change is pushed as a whole


def states(wire: Wire) -> list[State]:
    """Return the states in force on a server, one for each plan, by the plans' bases."""
    pattern = f"GRAPH <{_POINTERS}> {{ ?base <{_POINTER}> ?state }}"
    _, body = wire.query(f"SELECT ?state WHERE {{ {pattern} }}", [], [])
    try:
        rows = json.loads(body)["results"]["bindings"]
        held = [_state(json.loads(row["state"]["value"])) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineError(
            "{host}: the server's list of plans cannot be read ({error}).",
            host=wire.addresses.host,
            error=type(error).__name__,
        ) from None
    return sorted(held, key=lambda state: state.base)


def state_of(wire: Wire, base: str) -> State | None:
    """Return the state in force of the plan with this base, if the server has one."""
    return next((state for state in states(wire) if state.base == base), None)


def opened(wire: Wire, state: State) -> Remote:
    """Return the engine that asks a state."""

    def now() -> str | None:
        current = state_of(wire, state.base)
        return current.key if current else None

    return Remote(wire, state, now)


def findings(wire: Wire, state: State) -> list[dict[str, Any]]:
    """Return what the checks found in a state, as `findings.from_json` takes it."""
    graph = _findings_graph(state)
    pattern = f"GRAPH <{graph}> {{ <{graph}> <{_FINDINGS}> ?found }}"
    _, body = wire.query(f"SELECT ?found WHERE {{ {pattern} }}", [], [])
    try:
        rows = json.loads(body)["results"]["bindings"]
        return list(json.loads(rows[0]["found"]["value"])) if rows else []
    except (ValueError, KeyError, TypeError):
        return []


def push(wire: Wire, built: Built, key: str, progress: Report) -> State:
    """Write a built store to a server as the state `key`, and put it in force.

    Raises `EngineError`; what was written so far is removed then, and the state before stays.
    """
    before = state_of(wire, built.ids.base)
    progress(Step(Text("sending the plan to the server")))
    state = written(wire, built, key, before)
    try:
        _point(wire, before, state)
    except EngineError:
        remove(wire, state)
        raise
    for graph in before.before if before else ():  # nobody has read it since the last push
        wire.delete(graph)
    return state


def written(wire: Wire, built: Built, key: str, before: State | None = None) -> State:
    """Write the graphs of a state, which is not in force yet."""
    graphs = tuple(sorted(built.engine.graphs()))
    last = tuple(map(before.there, before.graphs)) if before else ()
    state = State(
        key,
        built.ids.base,
        built.plan,
        built.digest,
        built.languages,
        built.violations,
        graphs,
        (*last, _findings_graph(before)) if before else (),
    )
    try:
        for graph in graphs:
            _put(wire, built.engine, graph, state)
        wire.put(_findings_graph(state), _stated(built, state))
        _count(wire, built.engine, state)
    except (EngineError, OSError):
        remove(wire, state)
        raise
    return state


def remove(wire: Wire, state: State) -> None:
    """Remove the graphs of a state, as far as the server still answers."""
    with contextlib.suppress(EngineError):
        for graph in (*map(state.there, state.graphs), _findings_graph(state)):
            wire.delete(graph)


def change(wire: Wire, state: State, old: Built, new: Built) -> State | None:
    """Make of the state of one built store that of another, by one update.

    Returns the new state, or nothing where the change is too large for that, or the server's state
    is not that of `old`: then the whole plan is to be pushed.
    """
    if state.digest != old.digest:
        return None
    gained, lost = _difference(old.engine, new.engine)
    if len(gained) + len(lost) > _MOST or any(map(_has_blank, (*gained, *lost))):
        return None
    now = replace(
        state,
        digest=new.digest,
        languages=new.languages,
        violations=new.violations,
        graphs=tuple(sorted(new.engine.graphs())),
    )
    graph = _findings_graph(state)
    wire.update(
        f"DELETE {{ {_quads(lost, state)} {_pointer(state)} GRAPH <{graph}> {{ <{graph}> "
        f"<{_FINDINGS}> ?found }} }} INSERT {{ {_quads(gained, state)} {_pointer(now)} GRAPH "
        f"<{graph}> {{ {_stated(new, state).decode()} }} }} WHERE {{ {_pointer(state)} "
        f"OPTIONAL {{ GRAPH <{graph}> {{ <{graph}> <{_FINDINGS}> ?found }} }} }}"
    )
    _confirm(wire, now)
    return now


def _state(values: Mapping[str, Any]) -> State:
    lists = {name: tuple(values[name]) for name in ("languages", "graphs", "before")}
    state = State(**{**values, **lists})
    if not all(isinstance(text, str) for text in (state.key, state.base, state.plan)):
        raise TypeError
    return state


def _findings_graph(state: State) -> str:
    return f"{STATES}{state.key}/findings"


def _stated(built: Built, state: State) -> bytes:
    """Return what was found as one triple of N-Triples."""
    graph = ox.NamedNode(_findings_graph(state))
    values = ox.Literal(json.dumps(built.findings_json()))
    return f"{ox.Triple(graph, ox.NamedNode(_FINDINGS), values)} .\n".encode()


def _put(wire: Wire, engine: Engine, graph: str, state: State) -> None:
    with tempfile.TemporaryFile() as file:
        engine.dump(file, "application/n-triples", ox.NamedNode(graph))
        file.seek(0)
        wire.put(state.there(graph), file)


def _count(wire: Wire, engine: Engine, state: State) -> None:
    """Raise `EngineError` unless the server holds as many triples as were sent."""
    query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    there = Remote(wire, state, lambda: state.key)
    counts = [
        {row["g"].value: int(row["n"].value) for row in asked.select(query)}
        for asked in (engine, there)
    ]
    if counts[0] != counts[1]:
        raise EngineError(
            "{host}: the server holds {held} of {sent} statements that were sent, so the plan was "
            "not put into use.",
            host=wire.addresses.host,
            held=sum(counts[1].values()),
            sent=sum(counts[0].values()),
        )


def _pointer(state: State) -> str:
    values = ox.Literal(json.dumps(state.to_json()))
    return f"GRAPH <{_POINTERS}> {{ <{state.base}> <{_POINTER}> {values} }}"


def _point(wire: Wire, before: State | None, state: State) -> None:
    """Put a state in force in place of the one before, if that is still in force."""
    if before:
        wire.update(
            f"DELETE {{ {_pointer(before)} }} INSERT {{ {_pointer(state)} }} "
            f"WHERE {{ {_pointer(before)} }}"
        )
    else:
        wire.update(f"INSERT DATA {{ {_pointer(state)} }}")
    _confirm(wire, state)


def _confirm(wire: Wire, state: State) -> None:
    if state_of(wire, state.base) != state:
        raise EngineError(
            "{host}: somebody else changed the plan on the server meanwhile, so nothing was "
            "changed. To send yours: metrograph engine push",
            host=wire.addresses.host,
        )


def _difference(old: Engine, new: Engine) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """Return the quads of named graphs that one store has and the other not."""
    gained: list[ox.Quad] = []
    lost: list[ox.Quad] = []
    for graph in sorted(old.graphs() | new.graphs()):
        name = ox.NamedNode(graph)
        was, now = (set(store.triples(graph=name)) for store in (old, new))
        gained += (ox.Quad(*_parts(triple), name) for triple in now - was)
        lost += (ox.Quad(*_parts(triple), name) for triple in was - now)
    return gained, lost


def _parts(triple: ox.Triple) -> tuple[Any, ox.NamedNode, Any]:
    return triple.subject, triple.predicate, triple.object


def _has_blank(quad: ox.Quad) -> bool:
    return any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object))


def _quads(quads: Iterable[ox.Quad], state: State) -> str:
    """Return quads as an update writes them, in the graphs of a state."""

    def lines() -> Iterator[str]:
        for quad in quads:
            graph = state.there(getattr(quad.graph_name, "value", ""))
            yield f"GRAPH <{graph}> {{ {quad.triple} }}"

    return " ".join(lines())
