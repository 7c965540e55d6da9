"""The command for SPARQL servers: test one, send a plan to it."""

import os

from metrograph import paths
from metrograph.cli.command import argument, command
from metrograph.cli.parameters import Choice
from metrograph.cli.terminal import Session, opened, say, show_table, step
from metrograph.errors import UsageError
from metrograph.messages import in_language, word
from metrograph.plan import open_plan
from metrograph.query import selftest
from metrograph.store import pushing, servers
from metrograph.store.cache import cache_folder
from metrograph.store.remote import Remote
from metrograph.store.replicas import Place, new_key, push
from metrograph.tables.table import Column, Table


@command("engine", "metrograph engine check http://localhost:7878")
@argument("action", type=Choice(("check", "push")), metavar="ACTION", help="arg_engine_action")
@argument("url", required=False, metavar="URL", help="arg_engine_url")
def engine(session: Session, action: str, url: str | None) -> int:
    """Test a SPARQL server, or send a plan to it."""
    name = url or session.engine or os.environ.get("METROGRAPH_ENGINE")
    if not name:
        raise UsageError(
            "Give the address of a server, for example: metrograph engine check "
            "http://localhost:7878"
        )
    session.engine = ""  # the plan itself is read here
    place = Place(name, cache_folder(), os.environ)
    return _check(session, place) if action == "check" else _push(session, place)


def _push(session: Session, place: Place) -> int:
    plan = opened(session)
    push(plan.built, place, lambda done: step(in_language(done.text, session.lang)))
    step("")
    say(word("engine_pushed", session.lang).format(servers.chosen(place.name).addresses.host))
    return 0


def _check(session: Session, place: Place) -> int:
    """Test a server on the shipped plan, in graphs that are removed afterwards."""
    plan = open_plan(paths.SHIPPED_GRAPH, session.lang, server="")
    server, wire = place.connected()
    state = pushing.written(wire, plan.built, new_key())
    parts: list[selftest.Tested] = []
    try:
        for part in selftest.tested(plan.built, Remote(wire, state, lambda: state.key)):
            parts.append(part)
            step(f"{part.kind} {part.name}")
    finally:
        pushing.remove(wire, state)
    step("")
    failed = [part for part in parts if part.wrong]
    servers.note_test(server.addresses, [f"{part.kind} {part.name}" for part in failed])
    show_table(_table(parts if session.format in ("json", "csv") else failed, session), session)
    say(
        word("engine_failed" if failed else "engine_passed", session.lang).format(
            server.addresses.host
        )
    )
    return 1 if failed else 0


def _table(parts: list[selftest.Tested], session: Session) -> Table:
    """Return parts of the self-test as a table: for people those that failed, else all."""
    lang = session.lang
    columns = tuple(
        Column(name, word(f"engine_{name}", lang)) for name in ("kind", "name", "wrong")
    )
    rows = tuple(
        (word(f"engine_kind_{part.kind}", lang), part.name, _wrong(part, lang)) for part in parts
    )
    return Table(word("engine_test", lang), columns, rows, "", lang, word("engine_fine", lang))


def _wrong(part: selftest.Tested, lang: str) -> str | None:
    if part.wrong == selftest.DIFFERENT:
        return word("engine_different", lang)
    return part.wrong or None
