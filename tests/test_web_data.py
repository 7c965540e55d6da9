"""Checks the data routes as a program meets them: SPARQL, graphs, dumps, descriptions, records."""

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from rdflib import DCAT, DCTERMS, RDF, RDFS, VOID, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from starlette.applications import Starlette
from starlette.testclient import TestClient

from metrograph import paths
from metrograph.errors import LimitError, QueryError, RefusedError, UsageError
from metrograph.plan import Plan, open_plan
from metrograph.query.limits import Limits
from metrograph.query.results import Question
from metrograph.query.workers import Workers
from metrograph.vocabulary import Graphs
from metrograph.web import entities, graphs, protocol
from metrograph.web.media import GRAPH_FORMS, negotiated

BASE = "https://example.org/harbour/"
MG = "https://w3id.org/metrograph/ontology#"
SD = "http://www.w3.org/ns/sparql-service-description#"
SRJ = "application/sparql-results+json"
THEMES = "SELECT ?theme WHERE { ?theme a mg:VisionTheme } ORDER BY ?theme"
THE_THEMES = [BASE + "theme/" + name for name in ("clean-water", "decent-work", "port-heritage")]
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}  # its names of forms


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    pool = Workers(2)
    yield pool
    pool.close()


def client_of(plan: Plan, workers: Workers, limits: Limits | None = None) -> TestClient:
    routes = [
        *protocol.routes(lambda: plan, workers, limits or Limits(60, 100_000)),
        *graphs.routes(lambda: plan),
    ]
    return TestClient(Starlette(routes=routes), follow_redirects=False)


@pytest.fixture(scope="module")
def client(harbour: Plan, workers: Workers) -> TestClient:
    return client_of(harbour, workers)


def ask(client: TestClient, query: str, accept: str = SRJ) -> Any:
    return client.get("/sparql", params={"query": query}, headers={"Accept": accept})


def post(client: TestClient, body: str | bytes, kind: str, address: str = "/sparql") -> Any:
    return client.post(address, content=body, headers={"Content-Type": kind, "Accept": SRJ})


def themes_in(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["theme"]["value"] for row in answer.json()["results"]["bindings"]]


def parsed(answer: Any) -> Graph:
    assert answer.status_code == 200, answer.text
    media_type = answer.headers["content-type"].partition(";")[0]
    ending = next(ending for ending, kind in GRAPH_FORMS.items() if kind == media_type)
    return Graph().parse(data=answer.content, format=RDFLIB[ending])


def same(one: Graph, other: Graph) -> bool:
    """Return whether two graphs say the same; a plain literal is an xsd:string (RDF 1.1)."""
    return isomorphic(with_plain_strings(one), with_plain_strings(other))


def with_plain_strings(graph: Graph) -> Graph:
    plain = Graph()
    for subject, predicate, term in graph:
        is_string = isinstance(term, Literal) and term.datatype == XSD.string
        plain.add((subject, predicate, Literal(str(term)) if is_string else term))
    return plain


# ---------------------------------------------------------------- the SPARQL protocol


def test_a_select_is_answered_in_each_form_that_the_accept_header_asks_for(
    client: TestClient,
) -> None:
    assert themes_in(ask(client, THEMES)) == THE_THEMES
    plain = ask(client, THEMES, "application/json")
    assert plain.headers["content-type"] == "application/json"
    assert themes_in(plain) == THE_THEMES
    text = ask(client, THEMES, "text/csv")
    assert text.headers["content-type"] == "text/csv; charset=utf-8"
    assert list(csv.reader(io.StringIO(text.text))) == [["theme"], *([iri] for iri in THE_THEMES)]
    tabs = ask(client, THEMES, "text/tab-separated-values").text
    assert tabs.splitlines() == ["?theme", *(f"<{iri}>" for iri in THE_THEMES)]
    xml = ET.fromstring(ask(client, THEMES, "application/sparql-results+xml").text)  # noqa: S314
    uris = [node.text for node in xml.iter("{http://www.w3.org/2005/sparql-results#}uri")]
    assert uris == THE_THEMES


def test_without_an_accept_header_the_answer_is_json(client: TestClient) -> None:
    for accept in ("", "*/*"):
        answer = ask(client, THEMES, accept)
        assert answer.headers["content-type"] == SRJ
        assert answer.headers["vary"] == "Accept"


def test_an_ask_is_answered_yes_or_no(client: TestClient) -> None:
    assert ask(client, "ASK { ?x a mg:VisionTheme }").json()["boolean"] is True
    assert ask(client, "ASK { ?x a mg:Nonesuch }").json()["boolean"] is False


@pytest.mark.parametrize("media_type", GRAPH_FORMS.values())
def test_a_construct_is_answered_as_rdf_in_each_form(client: TestClient, media_type: str) -> None:
    query = f"CONSTRUCT {{ ?t rdfs:label ?l }} WHERE {{ ?t a <{MG}VisionTheme> ; rdfs:label ?l }}"
    answer = ask(client, query, media_type)
    assert answer.headers["content-type"].startswith(media_type)
    found = parsed(answer)
    assert len(found) == 9  # three themes with a name in three languages
    assert (URIRef(THE_THEMES[0]), RDFS.label, Literal("Eau propre", lang="fr")) in found


def test_an_answer_keeps_every_character_and_every_empty_cell(client: TestClient) -> None:
    hostile = "=1+1\\t\\n\\r\\\"<script>'é\U0001d11e"
    query = f'SELECT ?text ?none WHERE {{ BIND("{hostile}" AS ?text) }}'
    (row,) = ask(client, query).json()["results"]["bindings"]
    assert row == {"text": {"type": "literal", "value": "=1+1\t\n\r\"<script>'é\U0001d11e"}}
    table = list(csv.reader(io.StringIO(ask(client, query, "text/csv").text, newline="")))
    assert table[1] == ["=1+1\t\n\r\"<script>'é\U0001d11e", ""]  # no quote before the =: see there


def test_a_select_with_no_variable_still_says_how_often_it_holds(client: TestClient) -> None:
    assert ask(client, "SELECT * WHERE {}").json()["results"]["bindings"] == [{}]


def test_a_query_may_be_posted_in_both_ways(client: TestClient) -> None:
    form = urlencode({"query": THEMES})
    assert themes_in(post(client, form, "application/x-www-form-urlencoded")) == THE_THEMES
    direct = post(client, THEMES, "application/sparql-query; charset=utf-8")
    assert themes_in(direct) == THE_THEMES


def test_an_accept_header_that_fits_nothing_gets_the_list_of_what_there_is(
    client: TestClient,
) -> None:
    rows = ask(client, THEMES, "image/png")
    assert rows.status_code == 406
    assert "text/csv" in rows.text
    assert "turtle" not in rows.text  # a SELECT has no answer in Turtle
    graph = ask(client, "DESCRIBE mg:Activity", "text/csv")
    assert graph.status_code == 406
    assert "text/turtle" in graph.text


@pytest.mark.parametrize(
    "accept",
    [
        ";;;,,,", "a" * 50_000, ",".join(["*/turtle"] * 2_000), "text/turtle;q=NaN", "/", '"',
        "text/csv;q=1e999", "text/csv;q=-1", "\x7f", "application/ld+json;profile=\"",
    ],
)  # fmt: skip
def test_a_hostile_accept_header_gets_an_answer_or_a_406(client: TestClient, accept: str) -> None:
    assert ask(client, THEMES, accept).status_code in (200, 406)
    assert client.get("/catalog", headers={"Accept": accept}).status_code in (200, 406)


def test_a_syntax_error_names_line_and_column(client: TestClient) -> None:
    answer = ask(client, "SELECT ?x WHERE {\n  ?x @ ?y }")
    assert answer.status_code == 400
    assert re.match(r"query:2:\d+: syntax error", answer.text)
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("kind", ["application/sparql-update", "form", "query"])
def test_an_update_is_refused_whichever_way_it_comes(client: TestClient, kind: str) -> None:
    update = "DELETE WHERE { ?s ?p ?o }"
    if kind == "form":
        body = urlencode({"update": update})
        answer = post(client, body, "application/x-www-form-urlencoded")
    elif kind == "query":
        answer = ask(client, update)
    else:
        answer = post(client, update, kind)
    assert answer.status_code == 403
    assert "update" in answer.text
    assert themes_in(ask(client, THEMES)) == THE_THEMES


def test_service_is_refused_and_calls_nobody(client: TestClient) -> None:
    answer = ask(client, "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert answer.status_code == 403
    assert "SERVICE" in answer.text


@pytest.mark.parametrize(
    ("method", "address", "kind", "status"),
    [
        ("POST", "/sparql", "multipart/form-data", 415),
        ("POST", "/sparql", "application/x-www-form-urlencoded", 400),  # no query in it
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "", 400),
        ("GET", "/sparql?query=%FF", "", 400),
        ("GET", "/sparql?" + "&".join(["query=ASK%7B%7D"] * 200), "", 400),
        ("DELETE", "/sparql", "", 405),
    ],
)
def test_a_request_that_breaks_the_protocol_is_told_so(
    client: TestClient, method: str, address: str, kind: str, status: int
) -> None:
    answer = client.request(method, address, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_a_query_that_is_too_large_or_not_utf8_is_refused(client: TestClient) -> None:
    assert post(client, "#" * 2_000_000, "application/sparql-query").status_code == 413
    assert post(client, b"ASK {} # \xff", "application/sparql-query").status_code == 400
    assert post(client, "#" * 30_000, "application/sparql-query").status_code == 400


def test_a_browser_is_told_what_it_may_send(client: TestClient) -> None:
    answer = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert answer.status_code == 204
    assert "POST" in answer.headers["allow"]


def test_the_graphs_named_in_the_request_are_those_asked(client: TestClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s a mg:VisionTheme }"
    named = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s a mg:VisionTheme } }"

    def counted(query: str, **graphs: str) -> int:
        answer = client.get("/sparql", params={"query": query, **graphs}, headers={"Accept": SRJ})
        assert answer.status_code == 200, answer.text
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    categories = Graphs.files + "categories.ttl"
    members = Graphs.files + "members.ttl"
    assert counted(count, **{"default-graph-uri": categories}) == 3
    assert counted(count, **{"default-graph-uri": members}) == 0
    assert counted(count, **{"named-graph-uri": categories}) == 0  # the default graph is empty
    assert counted(named, **{"named-graph-uri": categories}) == 3
    assert counted(named, **{"named-graph-uri": members}) == 0
    # what the request names goes before what the query names
    of_members = count.replace("WHERE", f"FROM <{members}> WHERE")
    assert counted(of_members) == 0
    assert counted(of_members, **{"default-graph-uri": categories}) == 3


@pytest.mark.parametrize("graph", ["https://example.org/nonesuch", "no iri", "<>", ""])
def test_an_unknown_graph_is_refused_rather_than_empty(client: TestClient, graph: str) -> None:
    answer = client.get("/sparql", params={"query": THEMES, "default-graph-uri": graph})
    assert answer.status_code == 400
    assert "/graphs" in answer.text


def test_without_a_query_the_endpoint_describes_itself(client: TestClient) -> None:
    for media_type in GRAPH_FORMS.values():
        found = parsed(client.get("/sparql", headers={"Accept": media_type}))
        endpoint = URIRef("http://testserver/sparql")
        assert (endpoint, RDF.type, URIRef(SD + "Service")) in found
        assert (endpoint, URIRef(SD + "endpoint"), endpoint) in found
        names = set(found.objects(None, URIRef(SD + "name")))
        assert {URIRef(Graphs.inferred), URIRef(Graphs.files + "plan.ttl")} <= names
        formats = set(found.objects(endpoint, URIRef(SD + "resultFormat")))
        assert URIRef("http://www.w3.org/ns/formats/SPARQL_Results_JSON") in formats


def test_a_person_who_opens_the_endpoint_comes_to_its_page(client: TestClient) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = client.get("/sparql", headers={"Accept": browser})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/questions/sparql"


# ---------------------------------------------------------------- limits


def test_a_query_past_its_time_is_stopped_and_its_process_is_gone(
    harbour: Plan, workers: Workers
) -> None:
    client = client_of(harbour, workers)
    hurried = client_of(harbour, workers, Limits(0.2, 100_000))
    themes_in(ask(client, THEMES))
    before = set(workers.pids)
    answer = ask(hurried, ENDLESS)
    assert answer.status_code == 503
    assert "0.2 seconds" in answer.text
    (killed,) = before - set(workers.pids)
    with pytest.raises(ProcessLookupError):  # not even a zombie
        os.kill(killed, 0)
    assert themes_in(ask(client, THEMES)) == THE_THEMES


def test_others_are_answered_while_a_query_runs_on(harbour: Plan) -> None:
    pool = Workers(2)
    endless = pool.submit(harbour.built, Question(ENDLESS, "text/csv", None), Limits(600, 10))
    client = client_of(harbour, pool)
    try:
        assert themes_in(ask(client, THEMES)) == THE_THEMES
        assert client.get("/catalog").status_code == 200
        assert not endless.done()
        running = pool.pids
        assert len(running) == 2
    finally:
        pool.close()
    with pytest.raises(LimitError, match="ended before it answered"):
        endless.result()
    for pid in running:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert ask(client, THEMES).status_code == 503  # after the end, a sentence


def test_more_queries_than_can_wait_are_turned_away_at_once(harbour: Plan) -> None:
    pool = Workers(1)
    try:
        endless = Question(ENDLESS, "text/csv", None)
        pool.submit(harbour.built, endless, Limits(600, 10), "first")
        for number in range(64):  # which wait, eight of a client
            pool.submit(harbour.built, endless, Limits(600, 10), f"client {number // 8}")
        answer = ask(client_of(harbour, pool), THEMES)
        assert answer.status_code == 503
        assert "Try again later" in answer.text
    finally:
        pool.close()


def test_a_client_that_asks_too_much_is_turned_away_and_others_are_answered(harbour: Plan) -> None:
    pool = Workers(2)
    try:
        endless = Question(ENDLESS, "text/csv", None)
        slow = [pool.submit(harbour.built, endless, Limits(600, 10), "slow") for _ in range(9)]
        with pytest.raises(LimitError, match="too many"):  # one runs, and eight wait
            pool.submit(harbour.built, endless, Limits(600, 10), "slow")
        for _ in range(3):
            assert themes_in(ask(client_of(harbour, pool), THEMES)) == THE_THEMES
        assert not any(one.done() for one in slow)
        slow[-1].cancel()  # who gave up waiting makes room
        assert themes_in(ask(client_of(harbour, pool), THEMES)) == THE_THEMES
    finally:
        pool.close()
    for one in slow[:-1]:
        with pytest.raises(LimitError):
            one.result()


def test_the_least_memory_that_can_be_given_answers_a_query(harbour: Plan) -> None:
    pool = Workers(1, 2048 * 2**20)
    try:
        client = client_of(harbour, pool)
        assert themes_in(ask(client, THEMES)) == THE_THEMES
        hungry = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
        told = ask(client, hungry)
        assert told.status_code == 503
        assert themes_in(ask(client, THEMES)) == THE_THEMES
    finally:
        pool.close()


def test_an_answer_with_more_rows_than_allowed_is_refused_and_one_with_as_many_is_not(
    harbour: Plan, workers: Workers
) -> None:
    for rows, status in ((2, 503), (3, 200)):
        client = client_of(harbour, workers, Limits(60, rows))
        for accept in protocol.ROW_FORMS:
            assert ask(client, THEMES, accept).status_code == status
        query = "CONSTRUCT WHERE { ?theme a mg:VisionTheme }"
        assert ask(client, query, "text/turtle").status_code == status
    assert "more than 2 rows" in ask(client_of(harbour, workers, Limits(60, 2)), THEMES).text


def test_rows_without_end_are_given_up_long_before_the_time_is(
    harbour: Plan, workers: Workers
) -> None:
    client = client_of(harbour, workers, Limits(600, 1_000))
    answer = ask(client, "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert "more than 1000 rows" in answer.text


def test_a_query_that_needs_too_much_memory_ends_alone(harbour: Plan) -> None:
    pool = Workers(1, memory=2 * 2**30)
    client = client_of(harbour, pool)
    try:
        every = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
        answer = ask(client, f"SELECT * WHERE {{ {every} }} ORDER BY ?c")
        assert answer.status_code == 503
        assert "memory" in answer.text
        assert themes_in(ask(client, THEMES)) == THE_THEMES
    finally:
        pool.close()


def test_a_process_that_is_killed_from_outside_is_replaced(harbour: Plan) -> None:
    pool = Workers(1)
    client = client_of(harbour, pool)
    try:
        themes_in(ask(client, THEMES))
        (worker,) = pool._running
        os.kill(worker.process.pid or 0, 9)
        worker.process.join()
        assert themes_in(ask(client, THEMES)) == THE_THEMES
        assert len(pool.pids) == 1
    finally:
        pool.close()


def test_a_plan_that_was_edited_is_asked_as_it_is_now(
    harbour_copy: Path, cache: Path, workers: Workers
) -> None:
    now = [open_plan(harbour_copy, cache=cache)]
    routes = [
        *protocol.routes(lambda: now[0], workers, Limits(60, 1_000)),
        *graphs.routes(lambda: now[0]),
    ]
    client = TestClient(Starlette(routes=routes))
    assert themes_in(ask(client, THEMES)) == THE_THEMES
    tag = client.get("/catalog").headers["etag"]
    with (harbour_copy / "categories.ttl").open("a", encoding="utf-8") as file:
        file.write('\n<theme/quiet> a mg:VisionTheme ; rdfs:label "<script>"@en .\n')
    now[0] = open_plan(harbour_copy, cache=cache)
    for _ in range(3):  # whichever process answers
        assert themes_in(ask(client, THEMES)) == [*THE_THEMES, BASE + "theme/quiet"]
    assert client.get("/catalog", headers={"If-None-Match": tag}).status_code == 200


def test_a_store_in_memory_is_asked_as_well_and_leaves_no_copy(
    harbour: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    store = ox.Store()
    store.bulk_extend(iter(harbour.built.store))
    plan = replace(harbour, built=replace(harbour.built, store=store, path=None))
    pool = Workers(1)
    try:
        client = client_of(plan, pool)
        assert themes_in(ask(client, THEMES)) == THE_THEMES
        assert themes_in(ask(client, THEMES)) == THE_THEMES
        assert len(list(tmp_path.iterdir())) == 1
    finally:
        pool.close()
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_vanished_is_a_sentence(
    harbour: Plan, workers: Workers, tmp_path: Path
) -> None:
    gone = replace(harbour, built=replace(harbour.built, path=tmp_path / "gone"))
    answer = ask(client_of(gone, workers), THEMES)
    assert answer.status_code in (400, 500)
    assert "Traceback" not in answer.text


def test_what_the_workers_raise_says_what_kind_of_mistake_it_is(
    harbour: Plan, workers: Workers
) -> None:
    def raised(text: str, rows: int = 10) -> type[BaseException | None]:
        question = Question(text, "text/csv", "text/turtle")
        return type(workers.submit(harbour.built, question, Limits(60, rows)).exception())

    assert raised("INSERT DATA { <urn:a> <urn:b> <urn:c> }") is RefusedError
    assert raised(THEMES, 1) is LimitError
    assert raised("SELECT") is QueryError


# ---------------------------------------------------------------- graphs and dumps


@pytest.mark.parametrize("media_type", GRAPH_FORMS.values())
def test_a_named_graph_is_what_its_file_says(client: TestClient, media_type: str) -> None:
    graph = {"graph": Graphs.files + "members.ttl"}
    found = parsed(client.get("/graphs", params=graph, headers={"Accept": media_type}))
    file = Path(__file__).parent / "data" / "harbour" / "members.ttl"
    assert same(found, Graph().parse(file))


def test_the_default_graph_is_everything_asserted_and_inferred(
    client: TestClient, harbour: Plan
) -> None:
    for address in ("/graphs?default", "/graphs?default="):
        assert same(parsed(client.get(address)), harbour.graph)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("graph=https%3A%2F%2Fexample.org%2Fnonesuch", 404),
        ("graph=inferred", 400),  # graph IRIs are absolute
        ("graph=", 400),
        ("default&graph=https%3A%2F%2Fw3id.org%2Fmetrograph%2Finferred", 400),
        ("default&default", 400),
        ("nonesuch=1", 400),
        ("graph=%3Cscript%3E", 400),
    ],
)
def test_a_graph_that_is_not_there_is_told_apart_from_a_wrong_request(
    client: TestClient, query: str, status: int
) -> None:
    answer = client.get(f"/graphs?{query}")
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_a_graph_cannot_be_changed(client: TestClient, method: str) -> None:
    answer = client.request(method, "/graphs?default")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_the_list_of_graphs_leads_to_each_of_them(client: TestClient) -> None:
    found = parsed(client.get("/graphs"))
    names = {}
    for graph in found.objects(None, URIRef(SD + "namedGraph")):
        names[str(found.value(graph, URIRef(SD + "name")))] = found.value(
            graph, URIRef(SD + "graph")
        )
    files = {path.name for path in (Path(__file__).parent / "data" / "harbour").glob("*.ttl")}
    assert set(names) == {Graphs.files + name for name in files} | {
        Graphs.inferred,
        Graphs.ontology,
        Graphs.interface,
    }
    for address in names.values():
        assert client.get(str(address)).status_code == 200


def test_the_dumps_hold_the_whole_plan(client: TestClient, harbour: Plan) -> None:
    turtle = client.get("/dump.ttl")
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    assert same(parsed(turtle), harbour.graph)
    assert same(parsed(client.get("/dump.nt")), harbour.graph)
    quads = client.get("/dump.nq")
    assert quads.headers["content-type"] == "application/n-quads"
    again = ox.Store()
    again.load(quads.content, format=ox.RdfFormat.N_QUADS)
    assert len(again) == len(harbour.built.store)


def test_the_ontology_the_shapes_and_the_context_are_the_files_themselves(
    client: TestClient,
) -> None:
    for address, name, kind in (
        ("/ontology.ttl", "metrograph.ttl", "text/turtle; charset=utf-8"),
        ("/shapes.ttl", "shapes.ttl", "text/turtle; charset=utf-8"),
        ("/context.jsonld", "context.jsonld", "application/ld+json"),
    ):
        answer = client.get(address)
        assert answer.content == (paths.ONTOLOGY / name).read_bytes()
        assert answer.headers["content-type"] == kind


@pytest.mark.parametrize(
    "address",
    ["/sparql", "/graphs", "/graphs?default", "/catalog", "/.well-known/void", "/dump.nt",
     "/context.jsonld"],
)  # fmt: skip
def test_what_the_asker_has_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(address)
    tag = first.headers["etag"]
    assert first.headers["vary"] == "Accept"
    for held in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = client.get(address, headers={"If-None-Match": held})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    for held in ('"other"', "", "W/", "\x7f,,,"):
        assert client.get(address, headers={"If-None-Match": held}).status_code == 200


def test_a_tag_stands_for_one_form_and_one_plan(
    client: TestClient, metropolis: Plan, workers: Workers
) -> None:
    turtle = client.get("/catalog", headers={"Accept": "text/turtle"}).headers["etag"]
    json_ld = client.get("/catalog", headers={"Accept": "application/ld+json"}).headers["etag"]
    other = client_of(metropolis, workers).get("/catalog").headers["etag"]
    assert len({turtle, json_ld, other}) == 3


@pytest.mark.parametrize("address", ["/graphs?default", "/dump.ttl", "/catalog", "/sparql"])
def test_a_head_is_a_get_without_its_body(client: TestClient, address: str) -> None:
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "etag", "vary"):
        assert head.headers[name] == get.headers[name]


# ---------------------------------------------------------------- descriptions


@pytest.mark.parametrize("which", ["harbour", "metropolis"])
def test_the_void_description_counts_what_the_store_holds(
    which: str, request: pytest.FixtureRequest, workers: Workers
) -> None:
    plan: Plan = request.getfixturevalue(which)
    held = plan.graph
    base = plan.ids.base
    client = client_of(plan, workers)
    for media_type in GRAPH_FORMS.values():
        found = parsed(client.get("/.well-known/void", headers={"Accept": media_type}))
        data = URIRef("http://testserver/.well-known/void#plan")
        assert {
            name: int(str(found.value(data, VOID[name])))
            for name in (
                "triples",
                "classes",
                "properties",
                "distinctSubjects",
                "distinctObjects",
                "entities",
            )
        } == {
            "triples": len(held),
            "classes": len(set(held.objects(None, RDF.type))),
            "properties": len(set(held.predicates())),
            "distinctSubjects": len(set(held.subjects())),
            "distinctObjects": len(set(held.objects())),
            "entities": len({s for s in held.subjects() if str(s).startswith(base)}),
        }
        assert found.value(data, VOID.sparqlEndpoint) == URIRef("http://testserver/sparql")
        assert URIRef("http://testserver/dump.nt") in set(found.objects(data, VOID.dataDump))
        assert URIRef(MG) in set(found.objects(data, VOID.vocabulary))


def test_the_void_description_counts_three_themes(client: TestClient) -> None:
    found = parsed(client.get("/.well-known/void"))
    (part,) = found.subjects(VOID["class"], URIRef(MG + "VisionTheme"))
    assert found.value(part, VOID.entities) == Literal(3)


def test_the_catalogue_says_what_there_is_to_reuse_and_where(client: TestClient) -> None:
    for media_type in GRAPH_FORMS.values():
        found = parsed(client.get("/catalog", headers={"Accept": media_type}))
        (data,) = found.objects(URIRef("http://testserver/catalog"), DCAT.dataset)
        assert set(found.objects(data, DCTERMS.title)) == {
            Literal("Plan de Villes portuaires 2022-2025", lang="fr"),
            Literal("Harbour Cities plan 2022-2025", lang="en"),
            Literal("Plan de Ciudades Portuarias 2022-2025", lang="es"),
        }
        assert {str(language)[-2:] for language in found.objects(data, DCTERMS.language)} == {
            "en", "fr", "es"
        }  # fmt: skip
        period = found.value(data, DCTERMS.temporal)
        assert str(found.value(period, DCAT.endDate)) == "2025-12-31"
        downloads = {
            str(found.value(part, DCAT.downloadURL) or "")
            for part in found.objects(data, DCAT.distribution)
        } - {""}
        assert downloads == {f"http://testserver/dump.{ending}" for ending in ("ttl", "nt", "nq")}
        (service,) = found.subjects(DCAT.servesDataset, data)
        assert found.value(service, DCAT.endpointURL) == URIRef("http://testserver/sparql")
        for url in downloads:
            assert client.head(url).status_code == 200


def test_the_catalogue_has_licence_and_last_change_where_the_plan_has_them(
    harbour_copy: Path, cache: Path, workers: Workers, client: TestClient
) -> None:
    plain = parsed(client.get("/catalog"))
    assert plain.value(None, DCTERMS.license) is None
    with (harbour_copy / "members.ttl").open("a", encoding="utf-8") as file:
        file.write(
            "\n<plan/2022-2025> <http://purl.org/dc/terms/license> <https://example.org/by> ;\n"
            "    <http://purl.org/dc/terms/modified>"
            ' "2027-03-04"^^<http://www.w3.org/2001/XMLSchema#date> .\n'
        )
    plan = open_plan(harbour_copy, cache=cache)
    found = parsed(client_of(plan, workers).get("/catalog"))
    (data,) = found.subjects(RDF.type, DCAT.Dataset)
    assert found.value(data, DCTERMS.license) == URIRef("https://example.org/by")
    assert str(found.value(data, DCTERMS.modified)) == "2027-03-04"


@pytest.mark.parametrize("host", ["a<b", "a b", "exa\x7fmple", '"', "a>.<b", "[", "host:port"])
def test_a_hostile_host_header_never_gets_into_the_descriptions(
    client: TestClient, host: str
) -> None:
    for address in ("/catalog", "/.well-known/void", "/graphs", "/sparql"):
        answer = client.get(address, headers={"Host": host})
        assert answer.status_code in (200, 400)
        if answer.status_code == 200:
            assert f"//{host}/" not in answer.text
            parsed(answer)


# ---------------------------------------------------------------- what is said of a thing


def said(plan: Plan, *names: str) -> Graph:
    """Return what triples there are about things, found by looking at every triple."""
    nodes = {URIRef(plan.ids.iri(name)) for name in names}
    held = plan.graph
    about = Graph()
    for triple in held:
        if nodes & {triple[0], triple[2]}:
            about.add(triple)
    for node in set(about.subjects()) | set(about.objects()):
        for label in held.objects(node, RDFS.label):
            about.add((node, RDFS.label, label))
    return about


@pytest.mark.parametrize("form", list(RDFLIB))
@pytest.mark.parametrize("name", ["activity/2021/tide-school", "theme/clean-water", "mg:Activity"])
def test_the_rdf_of_a_thing_is_all_that_is_said_of_it(harbour: Plan, name: str, form: str) -> None:
    found = Graph().parse(data=entities.data_of(harbour, name, form), format=RDFLIB[form])
    assert same(found, said(harbour, name))


@pytest.mark.parametrize("form", list(RDFLIB))
def test_the_rdf_of_several_things_is_that_of_each(metropolis: Plan, form: str) -> None:
    names = ["activity/2023/avantia", "axis/1.2", "activity/2023/avantia"]
    found = Graph().parse(data=entities.triples_of(metropolis, names, form), format=RDFLIB[form])
    assert same(found, said(metropolis, *names))


def test_every_thing_of_the_invented_plan_survives_json_ld(harbour: Plan) -> None:
    names = sorted(
        {
            harbour.ids.short(str(node))
            for node in harbour.graph.subjects()
            if str(node).startswith(BASE)
        }
    )
    text = entities.triples_of(harbour, names, "jsonld")
    assert same(Graph().parse(data=text, format="json-ld"), said(harbour, *names))


def test_json_ld_is_readable_and_carries_its_context(harbour: Plan) -> None:
    document = json.loads(entities.data_of(harbour, "activity/2021/tide-school", "jsonld"))
    node = document["@graph"][0]
    assert node["id"] == BASE + "activity/2021/tide-school"
    assert "Activity" in node["type"]
    assert node["label"] == {
        "fr": "École des marées", "en": "Tide School", "es": "Escuela de Mareas"
    }  # fmt: skip
    assert node["year"] == "2021"
    assert node["edition"] == 1
    assert node["host"] == BASE + "member/porto-salgado"
    assert "Axis" not in document["@context"]  # only what it uses


def test_turtle_begins_with_the_thing_itself(harbour: Plan) -> None:
    text = entities.data_of(harbour, "theme/clean-water", "ttl").decode()
    first = next(line for line in text.splitlines() if not line.startswith("@"))
    assert first.startswith(f"<{BASE}theme/clean-water> ")


def test_quads_tell_what_is_inferred(harbour: Plan) -> None:
    quads = list(
        ox.parse(
            entities.data_of(harbour, "activity/2021/tide-school", "nq"),
            format=ox.RdfFormat.N_QUADS,
        )
    )
    node = ox.NamedNode(BASE + "activity/2021/tide-school")
    graphs_of = {
        str(quad.object.value): str(quad.graph_name.value)
        for quad in quads
        if quad.subject == node and quad.predicate.value == str(RDF.type)
    }
    assert graphs_of[MG + "Activity"] == Graphs.files + "activities.ttl"
    assert graphs_of["http://www.w3.org/ns/prov#Activity"] == Graphs.inferred


def test_plain_json_gives_facts_with_labels_and_says_what_is_inferred(harbour: Plan) -> None:
    record = json.loads(entities.data_of(replace(harbour, lang="fr"), "theme/clean-water", "json"))
    assert (record["id"], record["label"]) == ("theme/clean-water", "Eau propre")
    assert record["kinds"] == [{"id": "mg:VisionTheme", "label": "thème d'orientation"}]
    facts = {
        (fact["property"], fact["incoming"], fact["inferred"]): fact for fact in record["facts"]
    }
    scheme = facts["http://www.w3.org/2004/02/skos/core#inScheme", False, False]
    assert [value["id"] for value in scheme["values"]] == ["scheme/themes"]
    addressed = facts["mg:addressesTheme", True, True]  # from claims that stand
    assert addressed["label"] == "aborde le thème"
    assert all(value["id"].startswith("activity/") for value in addressed["values"])
    names = facts[str(RDFS.label), False, False]["values"]
    assert {"value": "Agua limpia", "language": "es"} in names


def test_plain_json_has_numbers_where_there_are_numbers_and_stays_json(
    harbour_copy: Path, cache: Path
) -> None:
    with (harbour_copy / "figures.ttl").open("a", encoding="utf-8") as file:
        file.write(
            '\n<thing/odd> rdfs:label "</script><script>alert(1)</script>"@en ;\n'
            '    mg:value 12, 35.1, "NaN"^^xsd:double, "1e999"^^xsd:double, "many"^^xsd:integer .\n'
        )
    plan = open_plan(harbour_copy, cache=cache)

    def refuse(constant: str) -> float:
        raise AssertionError(f"{constant} is not JSON")

    record = json.loads(entities.data_of(plan, "thing/odd", "json"), parse_constant=refuse)
    (values,) = (fact["values"] for fact in record["facts"] if fact["property"] == "mg:value")
    plain = [value["value"] for value in values]
    assert 12 in plain
    assert 35.1 in plain
    assert "many" in plain
    assert record["label"] == "</script><script>alert(1)</script>"


def test_an_unknown_thing_or_form_is_an_error_with_a_remedy(harbour: Plan) -> None:
    with pytest.raises(QueryError, match="theme/clean-water"):
        entities.data_of(harbour, "theme/clean-watr", "ttl")
    with pytest.raises(UsageError, match="jsonld"):
        entities.data_of(harbour, "theme/clean-water", "docx")
    with pytest.raises(QueryError):
        entities.triples_of(harbour, ["theme/clean-water", "<script>"], "json")


def test_the_context_knows_every_class_and_property_of_the_ontology() -> None:
    context = json.loads((paths.ONTOLOGY / "context.jsonld").read_bytes())["@context"]
    ontology = Graph().parse(paths.ONTOLOGY / "metrograph.ttl")
    owl = "http://www.w3.org/2002/07/owl#"
    for kind in ("Class", "ObjectProperty", "DatatypeProperty"):
        for term in ontology.subjects(RDF.type, URIRef(owl + kind)):
            if not str(term).startswith(MG):
                continue
            name = str(term).removeprefix(MG)
            meaning = context[name]
            iri = meaning if isinstance(meaning, str) else meaning["@id"]
            assert iri == f"mg:{name}"
            links = isinstance(meaning, dict) and meaning.get("@type") == "@id"
            assert links == (kind == "ObjectProperty"), name


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/TURTLE;charset=utf-8", "text/turtle"),
        ("text/html;q=0.1, text/turtle;q=0.2", "text/turtle"),
        ("text/turtle;q=0, */*", "text/html"),
        ("text/*;q=0.5, application/ld+json", "application/ld+json"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
         "application/ld+json"),
        ("image/png", None),
        ("text/turtle;q=0", None),
    ],
)  # fmt: skip
def test_the_best_of_what_is_offered_is_given(accept: str | None, chosen: str | None) -> None:
    assert negotiated(accept, ["text/html", "text/turtle", "application/ld+json"]) == chosen
