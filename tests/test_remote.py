"""A plan on a SPARQL server: what it answers, what is sent there, and which servers are refused."""

import shutil
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import httpx
import pytest

from metrograph.cli.main import main
from metrograph.errors import EngineError, UsageError
from metrograph.plan import Plan, open_plan
from metrograph.query import selftest
from metrograph.store import pushing, replicas, servers
from metrograph.store.remote import Remote, State
from metrograph.store.wire import Addresses, Credentials, Wire
from tests.conftest import HARBOUR, IS_LONG, Run
from tests.sparql_server import ADDRESSES, OXIGRAPH, StandIn, oxigraph

needs_server = pytest.mark.skipif(OXIGRAPH is None, reason="the package oxigraph is not installed")


@pytest.fixture(scope="module")
def server(cache: Path) -> Iterator[str]:
    """Run Oxigraph's server, taken as tested."""
    assert cache.is_dir()
    with oxigraph() as address:
        servers.note_test(servers.chosen(address).addresses, [])
        yield address


def placed(address: str, cache: Path) -> replicas.Place:
    return replicas.Place(address, cache, {})


def on(standin: StandIn, plan: Plan) -> Remote:
    """Return a plan as it lies on a stand-in server."""
    wire = standin.wire()
    state = pushing.written(wire, plan.built, "0123")
    return Remote(wire, state, lambda: state.key)


# ---------------------------------------------------------------- Oxigraph's server


@needs_server
def test_a_server_answers_questions_rules_and_checks_as_the_embedded_engine_does(
    server: str, metropolis: Plan
) -> None:
    wire = servers.connected(servers.chosen(server), {})
    state = pushing.written(wire, metropolis.built, "feed")
    there = Remote(wire, state, lambda: state.key)
    asked = list(selftest.asked(metropolis.built))
    assert {kind for kind, _, _ in asked} == {"feature", "question", "rule", "check"}
    for kind, name, ask in asked if IS_LONG else asked[::11]:
        assert ask(there) == ask(metropolis.built.engine), f"{kind} {name}"
    pushing.remove(wire, state)
    assert not [graph for graph in there.graphs() if "feed" in graph]


@needs_server
def test_commands_ask_the_server_with_a_folder_and_without(
    server: str, run: Run, cache: Path, tmp_path: Path
) -> None:
    plan = shutil.copytree(HARBOUR, tmp_path / "plan")
    asked = ("coverage", "--format", "json")
    alone = run(*asked, "--graph", plan)
    refused = run(*asked, "--graph", plan, "--engine", server)
    assert refused.returncode == 3
    assert "metrograph engine push" in refused.stderr
    assert run("engine", "push", server, "--graph", plan).returncode == 0
    assert run(*asked, "--graph", plan, "--engine", server).stdout == alone.stdout
    base = open_plan(plan, cache=cache).built.base
    there = run(*asked, METROGRAPH_ENGINE=f"{server}#{base}")
    assert (there.stdout, there.returncode) == (alone.stdout, 0)


@needs_server
def test_a_changed_label_is_sent_as_one_update(server: str, tmp_path: Path, cache: Path) -> None:
    plan = shutil.copytree(HARBOUR, tmp_path / "plan")
    before = open_plan(plan, cache=cache)
    wire = placed(server, cache).connected()[1]
    pushing.push(wire, before.built, "c0ffee", lambda _: None)
    file = plan / "activities.ttl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Storm Alert 2023", "Storm Warning 2023"), encoding="utf-8")
    after = open_plan(plan, cache=cache, server=server)
    assert after.label("activity/2023/storm-alert") == "Storm Warning 2023"
    assert isinstance(after.built.engine, Remote)
    assert after.built.engine.state.key == "c0ffee"  # in the graphs that were there
    assert after.built.engine.state.digest == after.digest != before.digest
    plans = (after, open_plan(plan, cache=cache, server=""))
    here, there = ({str(triple) for triple in opened.built.engine.triples()} for opened in plans)
    # blank nodes, which the ontology has alone, may have another name on either side
    assert {line for line in here if "_:" not in line} == {
        line for line in there if "_:" not in line
    }
    assert len(here) == len(there)


@needs_server
def test_a_state_that_is_replaced_while_it_is_read_is_noticed(
    server: str, harbour: Plan, cache: Path
) -> None:
    wire = placed(server, cache).connected()[1]
    first = pushing.push(wire, harbour.built, "aa", lambda _: None)
    reading = pushing.opened(wire, first)
    reading.verify()
    pushing.push(wire, harbour.built, "bb", lambda _: None)
    assert reading.holds()  # the state before is there until the next push
    with pytest.raises(EngineError, match="has changed while it was read"):
        reading.verify()


# ---------------------------------------------------------------- servers that answer wrongly


@pytest.mark.parametrize(
    ("fault", "failing"),
    [
        ("", set[str]()),
        ("booleans as numbers", {"booleans", "iris-as-constants", "coalesce-of-unbound"}),
        ("IRIs as literals", {"iris-as-constants", "names-of-graphs", "property-paths", "labels"}),
        ("rows dropped", {"names-of-graphs", "property-paths", "labels"}),
        ("a compile error", {"coalesce-of-unbound"}),
    ],
)
def test_the_self_test_names_what_a_server_gets_wrong(
    harbour: Plan, fault: str, failing: set[str]
) -> None:
    standin = StandIn()
    there = on(standin, harbour)
    standin.fault = fault
    parts = takewhile(lambda part: part.kind == "feature", selftest.tested(harbour.built, there))
    assert {part.name for part in parts if part.wrong} == failing


def test_a_server_is_used_only_after_it_passed_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EngineError, match="has not been tested"):
        servers.refuse_untested(ADDRESSES)
    servers.note_test(ADDRESSES, ["question coverage", "feature labels"])
    with pytest.raises(EngineError, match="2, the first: question coverage"):
        servers.refuse_untested(ADDRESSES)
    servers.note_test(ADDRESSES, [])
    servers.refuse_untested(ADDRESSES)
    monkeypatch.setattr(servers, "engine_digest", lambda: "of the next version")
    with pytest.raises(EngineError, match="has not been tested"):
        servers.refuse_untested(ADDRESSES)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("HTML", "answered in text/html"),
        ("cut", "is incomplete"),
        ("206", "was cut short"),
    ],
)
def test_an_answer_that_is_none_is_a_sentence(harbour: Plan, fault: str, sentence: str) -> None:
    there = on(StandIn(), harbour)
    with pytest.raises(EngineError, match=sentence):
        Remote(StandIn(fault).wire(), there.state, lambda: None).ask("ASK {}")


@pytest.mark.parametrize("fault", ["full", "loses what is sent"])
def test_a_push_that_fails_leaves_the_state_before_and_nothing_half(
    harbour: Plan, fault: str
) -> None:
    standin = StandIn()
    first = pushing.push(standin.wire(), harbour.built, "aa", lambda _: None)
    held = sorted(map(str, standin.store))
    standin.fault = fault
    with pytest.raises(EngineError):
        pushing.push(standin.wire(), harbour.built, "bb", lambda _: None)
    standin.fault = ""
    assert pushing.states(standin.wire()) == [first]
    assert sorted(map(str, standin.store)) == held


def test_of_two_pushes_at_once_the_later_is_told_and_changes_nothing(harbour: Plan) -> None:
    standin = StandIn()
    wire = standin.wire()
    old = pushing.push(wire, harbour.built, "aa", lambda _: None)
    new = pushing.push(wire, harbour.built, "bb", lambda _: None)
    stale = pushing.written(wire, harbour.built, "cc", old)
    with pytest.raises(EngineError, match="somebody else changed the plan"):
        pushing._point(wire, old, stale)
    assert pushing.states(wire) == [new]


def test_what_a_server_says_of_its_plans_may_be_anything(harbour: Plan) -> None:
    standin = StandIn()
    standin.store.update(
        "INSERT DATA { GRAPH <https://w3id.org/metrograph/engine> { <urn:x> "
        '<https://w3id.org/metrograph/engine#state> "[1, 2" } }'
    )
    with pytest.raises(EngineError, match="cannot be read"):
        pushing.states(standin.wire())
    assert harbour.built.remote is None


# ---------------------------------------------------------------- addresses and passwords


def answering(status: int, headers: dict[str, str], seen: list[httpx.Request]) -> Wire:
    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(status, headers=headers)

    known = Credentials("x.example", user="marie", password="s3cret")  # noqa: S106  of nobody
    return Wire(ADDRESSES, known, transport=httpx.MockTransport(answer))


def test_a_redirect_is_not_followed() -> None:
    seen: list[httpx.Request] = []
    wire = answering(307, {"Location": "http://evil.example/query"}, seen)
    with pytest.raises(EngineError, match="redirects requests to another"):
        wire.query("ASK {}", [], [])
    assert [request.url.host for request in seen] == ["x.example"]


def test_a_password_goes_to_its_host_alone() -> None:
    seen: list[httpx.Request] = []
    wire = answering(401, {}, seen)
    with pytest.raises(EngineError, match="METROGRAPH_ENGINE_PASSWORD"):
        wire.query("ASK {}", [], [])
    assert seen[0].headers["Authorization"].startswith("Basic ")
    wire.addresses = Addresses("http://other.example/query", "", "")
    with pytest.raises(EngineError, match="refuses access"):
        wire.query("ASK {}", [], [])
    assert "Authorization" not in seen[1].headers
    assert "s3cret" not in repr(wire._credentials)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("http://marie:s3cret@x.example", "Leave the password out"),
        ("http://", "not a valid address"),
        ("http://x y", "not a valid address"),
        ("http://x:99999", "not a valid address"),
        ("nowhere", "Unknown server"),
    ],
)
def test_an_address_that_cannot_be_used_is_said(name: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence) as error:
        servers.chosen(name)
    assert "s3cret" not in str(error.value)


def test_a_server_may_have_a_name_in_the_users_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METROGRAPH_CONFIG", str(tmp_path))
    (tmp_path / "engines.toml").write_text(
        '[office]\nquery = "https://x.example/ds/sparql"\nupdate = "https://x.example/ds/update"\n'
        'graphs = "https://x.example/ds/data"\n[half]\nquery = "https://x.example/"\n',
        encoding="utf-8",
    )
    server = servers.chosen("office#https://example.org/town/")
    assert server.addresses.graphs == "https://x.example/ds/data"
    assert server.base == "https://example.org/town/"
    with pytest.raises(UsageError, match="requires three addresses"):
        servers.chosen("half")


def test_a_password_is_for_one_host_and_never_in_the_clear() -> None:
    far, here = servers.chosen("http://x.example"), servers.chosen("http://127.0.0.1:7878")
    user = {"METROGRAPH_ENGINE_USER": "marie", "METROGRAPH_ENGINE_PASSWORD": "s3cret"}
    with pytest.raises(UsageError, match="METROGRAPH_ENGINE_HOST"):
        servers.connected(far, user)
    with pytest.raises(UsageError, match="only sent over https"):
        servers.connected(far, {**user, "METROGRAPH_ENGINE_HOST": "x.example"})
    servers.connected(here, {**user, "METROGRAPH_ENGINE_HOST": "127.0.0.1:7878"})
    with pytest.raises(UsageError, match="number of seconds"):
        servers.connected(here, {"METROGRAPH_ENGINE_SECONDS": "soon"})


def test_what_a_folder_says_of_a_server_is_shown_and_not_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = shutil.copytree(HARBOUR, tmp_path / "plan")
    (plan / "engine.toml").write_text('engine = "http://127.0.0.1:1"\n', encoding="utf-8")
    assert main(["coverage", "--graph", str(plan)]) == 0
    shown = capsys.readouterr()
    assert "127.0.0.1:1" in shown.err
    assert "not used" in shown.err


def test_a_server_that_is_down_is_a_sentence_in_the_readers_language(run: Run) -> None:
    servers.note_test(servers.chosen("http://127.0.0.1:9").addresses, [])
    answer = run("coverage", "--engine", "http://127.0.0.1:9", "--lang", "fr")
    assert answer.returncode == 3
    assert "injoignable" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_state_names_its_graphs_apart_from_all_others() -> None:
    state = State("ab12", "https://x/", "https://x/plan", "d", ("en",), 0, ())
    assert state.there("https://w3id.org/metrograph/file/a.ttl") == (
        "https://w3id.org/metrograph/state/ab12/file/a.ttl"
    )
