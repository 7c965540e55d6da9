"""The network and the ways through it: against the invented plan's page, and on small ones."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest

from metrograph.errors import QueryError
from metrograph.network.bundling import whole
from metrograph.network.network import LEFT_OUT, kinds_of
from metrograph.network.paths import central, communities, groups, path_table, shortest_path
from metrograph.network.view import View, neighbourhood
from metrograph.plan import Plan, open_plan
from tests.conftest import HARBOUR, Run

SCHOOL = "activity/2021/tide-school"
TRAINING = "activity/2023/clean-docks-training"


def small(*edges: str, kind: str = "Thing") -> nx.MultiDiGraph:
    """Return a network of edges such as "a b", all by one relation."""
    graph = nx.MultiDiGraph(lang="en", title="Small")
    for edge in edges:
        for name in edge.split():
            graph.add_node(name, label=name.upper(), kind=kind, kind_label="thing", description="")
        if " " in edge:
            said = {"predicate": "mg:partOf", "label": "is part of", "inferred": False}
            graph.add_edge(*edge.split(), key="mg:partOf", **said)
    return graph


def shown(view: View) -> set[str]:
    return {node.id for node in view.nodes}


# What the network holds


def test_an_activity_is_tied_to_all_that_its_record_and_the_claims_that_stand_say(
    harbour: Plan,
) -> None:
    """By hand: the first record of activities.ttl, and A1 on the plan's page."""
    graph = harbour.network()
    written = {
        ("mg:organizer", "body/secretariat"),
        ("mg:host", "member/porto-salgado"),
        ("mg:partner", "organization/coast-lab"),
        ("mg:participant", "member/vila-mare"),
        ("mg:reportedUnder", "goal/1"),
        ("mg:relatesTo", "agenda/ocean-charter"),
    }
    inferred = {
        ("mg:addressesTheme", "theme/decent-work"),
        ("mg:addressesTheme", "theme/port-heritage"),
        ("mg:addressesArea", "area/rising-seas/early-warning"),
        ("mg:addressesChallenge", "challenge/rising-seas"),
        ("mg:addressesInOnePassage", "intersection/rising-seas/decent-work"),
        ("mg:addressesIntersection", "intersection/rising-seas/port-heritage"),
        ("mg:contributesTo", "outcome/1.1"),
        ("mg:outputType", "output-type/training"),
        ("mg:crosscuttingFactor", "factor/youth"),
    }
    edges = graph.out_edges(SCHOOL, data=True)
    assert {(d["predicate"], o) for _, o, d in edges if not d["inferred"]} == written
    assert {(d["predicate"], o) for _, o, d in edges if d["inferred"]} == inferred


def test_what_another_edge_says_more_exactly_is_left_out(harbour: Plan) -> None:
    graph = harbour.network()
    predicates = {data["predicate"] for _, _, data in graph.edges(data=True)}
    assert not predicates & {"mg:within", "dcterms:isPartOf", "mg:addresses", "rdf:type"}
    # the training is within the initiative too, by way of the activity that it is part of
    assert not graph.has_edge(TRAINING, "initiative/blue-docks")
    assert graph.has_edge(TRAINING, "activity/2023/clean-docks", "mg:partOf")
    # it contributes to goal 2 by way of outcome 2.2
    assert set(graph[TRAINING]["goal/2"]) == {"mg:reportedUnder"}
    assert not graph.has_edge(SCHOOL, "member/vila-mare", "mg:involves")


def test_a_figure_given_differently_is_one_edge_though_the_other_way_is_inferred(
    harbour: Plan,
) -> None:
    graph = harbour.network(kinds=["Observation"])
    differing = [edge for edge in graph.edges(keys=True) if edge[2] == "mg:differsFrom"]
    assert len(differing) == 1


def test_what_the_files_say_themselves_stays(harbour_copy: Path, cache: Path) -> None:
    file = harbour_copy / "activities.ttl"
    text = file.read_text(encoding="utf-8")
    participant = "mg:participant <member/vila-mare> ;\n    mg:reportedUnder"
    assert participant in text
    both = participant.replace(" ;", " ;\n    mg:involves <member/vila-mare> ;", 1)
    file.write_text(text.replace(participant, both), encoding="utf-8")
    graph = open_plan(harbour_copy, "en", cache).network()
    assert set(graph[SCHOOL]["member/vila-mare"]) == {"mg:participant", "mg:involves"}


def test_a_broader_relation_that_nothing_says_more_exactly_stays(harbour: Plan) -> None:
    graph = harbour.network(kinds=["Activity", "AlignmentClaim"])
    claim = "claim/a/harbour-forum/outcome/1.2"  # contested, so that it is a claim and no more
    assert set(graph["activity/2022/harbour-forum"][claim]) == {"mg:hasClaim"}
    standing = "claim/a/harbour-forum/outcome/2.1"
    assert set(graph["activity/2022/harbour-forum"][standing]) == {"mg:standingClaim"}


def test_nodes_say_what_they_are_in_the_language_of_the_plan(cache: Path) -> None:
    graph = open_plan(HARBOUR, "fr", cache).network()
    assert graph.nodes[SCHOOL] == {
        "label": "École des marées",
        "kind": "Activity",
        "kind_label": "activité",
        "description": "Cours pour les jeunes sur les marées et les alertes de tempête.",
    }
    assert graph.nodes["goal/1"]["kind"] == "PlanElement"
    assert graph.nodes["outcome/1.1"]["kind"] == "Result"  # not the wider plan element
    assert graph.nodes["member/ndarou"]["kind"] == "Member"  # not the wider organisation
    assert graph.nodes["organization/coast-lab"]["kind"] == "Organization"
    assert graph.nodes["body/secretariat"]["description"]  # its mandate
    assert graph["outcome/1.1"]["goal/1"]["mg:partOf"]["label"] == "fait partie de"


def test_records_about_the_graph_are_left_out_unless_asked_for(harbour: Plan) -> None:
    kinds = {kind for _, kind in harbour.network().nodes(data="kind")}
    assert not kinds & LEFT_OUT
    assert {"VisionTheme", "Challenge", "Activity", "Member", "Source", "Indicator"} <= kinds
    chosen = harbour.network(kinds=["Place", "Country"])
    assert {kind for _, kind in chosen.nodes(data="kind")} == {"Place", "Country"}
    also = harbour.network(also=["claim/a/tide-school/outcome/1.1"])
    assert len(also) == len(harbour.network()) + 1
    assert also.has_edge("claim/a/tide-school/outcome/1.1", SCHOOL)


def test_with_citations_a_thing_is_tied_once_to_each_document(harbour: Plan) -> None:
    graph = harbour.network(citations=True)
    assert set(graph[SCHOOL]["source/annual-2023"]) == {"mg:citation"}
    assert not harbour.network().has_edge(SCHOOL, "source/annual-2023")
    assert not any(source == target for source, target in graph.edges())


def test_every_tie_of_the_network_is_a_triple_of_the_graph(metropolis: Plan) -> None:
    """The network may leave out, never add; and it keeps every activity, result and member."""
    graph = metropolis.network()
    iri = metropolis.iri_of
    rows = {
        name: {str(row[name]) for row in metropolis.rows(question)}
        for name, question in (("member", "members"), ("indicator", "indicators"))
    }
    for kind, ids in rows.items():
        assert {n for n, k in graph.nodes(data="kind") if k == kind.capitalize()} == ids
    triples = {(str(s), str(o)) for s, _, o in metropolis.graph}
    assert all((iri(source), iri(target)) in triples for source, target in graph.edges())


def test_the_kinds_of_a_plan_have_names(harbour: Plan) -> None:
    kinds = kinds_of(harbour)
    assert kinds["WorkArea"] == "work area"
    assert "Axis" not in kinds  # this plan has none


# Neighbourhoods


def test_many_neighbours_of_one_kind_by_one_relation_are_a_bundle(harbour: Plan) -> None:
    """Goal 2 has ten outcomes, a key idea, and three activities filed under it (A4, A6, A7)."""
    view = neighbourhood(harbour.network(), "goal/2")
    assert shown(view) == {
        "goal/2", "key-idea/2.1", TRAINING, "activity/2023/clean-docks",
        "activity/2023/heritage-walks",
    }  # fmt: skip
    (bundle,) = view.bundles
    assert bundle.label == "+10 results"
    assert [one.id for one in bundle.members] == sorted(f"outcome/2.{n}" for n in range(1, 11))
    (tie,) = [edge for edge in view.edges if bundle.id in (edge.source, edge.target)]
    assert (tie.source, tie.target, tie.predicate) == (bundle.id, "goal/2", "mg:partOf")
    assert not tie.inferred


def test_two_steps_away_a_bundle_keeps_only_what_nothing_else_brings_in(harbour: Plan) -> None:
    """The three activities contribute to 2.1, 2.2 and 2.3, so that seven of ten are left."""
    view = neighbourhood(harbour.network(), "goal/2", 2)
    assert {"outcome/2.1", "outcome/2.2", "outcome/2.3", "theme/clean-water"} <= shown(view)
    assert [bundle.label for bundle in view.bundles] == ["+7 results"]
    assert {node.id: node.distance for node in view.nodes}["theme/clean-water"] == 2


def test_a_bundle_of_one_is_that_one() -> None:
    graph = small("a hub", "b hub", "c hub")
    graph.add_edge("hub", "a", key="x", predicate="x", label="x", inferred=True)
    graph.add_edge("hub", "b", key="x", predicate="x", label="x", inferred=True)
    view = neighbourhood(graph, "hub", most=2)
    assert shown(view) == {"hub", "a", "b", "c"}
    assert not view.bundles


def test_chosen_kinds_and_a_higher_limit(harbour: Plan) -> None:
    graph = harbour.network()
    view = neighbourhood(graph, "goal/2", kinds=["Result"], most=10)
    assert shown(view) == {"goal/2", *(f"outcome/2.{n}" for n in range(1, 11))}


def test_the_neighbours_of_a_document_are_not_all_that_cite_it(harbour: Plan) -> None:
    graph = harbour.network(citations=True)
    around = neighbourhood(graph, "theme/clean-water", 2)
    assert "source/plan-2022-2025" in shown(around)
    bundled = {member.id for bundle in around.bundles for member in bundle.members}
    assert "outcome/1.2" not in shown(around) | bundled  # cites the same document; no nearer
    cited = neighbourhood(graph, "source/plan-2022-2025")
    assert "theme/clean-water" in shown(cited)


def test_an_unknown_focus_is_an_error_that_says_what_to_do(harbour: Plan) -> None:
    with pytest.raises(QueryError, match="“theme/nowhere” is not in the network"):
        neighbourhood(harbour.network(), "theme/nowhere")


# Whole networks


@pytest.mark.parametrize("most", [300, 60, 40, 1])
def test_each_thing_is_in_one_place_however_few_are_drawn(harbour: Plan, most: int) -> None:
    graph = harbour.network()
    view = whole(graph, most)
    members = [one.id for bundle in view.bundles for one in bundle.members]
    assert sorted([*shown(view), *members]) == sorted(graph)
    assert len(view.things) <= most or most == 1
    ends = {end for edge in view.edges for end in (edge.source, edge.target)}
    assert ends <= {one.id for one in view.things}


def test_the_shipped_plan_is_drawn_with_300_marks_at_most(metropolis: Plan) -> None:
    view = whole(metropolis.network())
    assert len(view.things) <= 300
    assert {"theme/sustainability", "line/1", "activity/2023/avantia"} <= shown(view)
    assert all(len({one.kind for one in bundle.members}) == 1 for bundle in view.bundles)


def test_leaves_of_one_thing_become_one_and_their_edges_one() -> None:
    view = whole(small("a hub", "b hub", "c hub", "hub other", "d other"), 4)
    assert [[one.id for one in bundle.members] for bundle in view.bundles] == [["a", "b", "c"]]
    assert [(edge.source, edge.target, edge.predicate) for edge in view.edges] == [
        ("bundle:a", "hub", "mg:partOf"),
        ("d", "other", "mg:partOf"),
        ("hub", "other", "mg:partOf"),
    ]


# Paths


def test_a_path_goes_either_way_along_edges_and_says_which(harbour: Plan) -> None:
    """Of A7 the page says: outcome 2.2, theme DW. Nothing else has both."""
    first, second = shortest_path(harbour.network(), "outcome/2.2", "theme/decent-work")
    assert (first.start, first.end, first.forward) == ("outcome/2.2", TRAINING, False)
    assert (second.start, second.end, second.forward) == (TRAINING, "theme/decent-work", True)
    assert (first.predicate, second.predicate) == ("mg:contributesTo", "mg:addressesTheme")
    assert first.inferred
    assert second.inferred


def test_paths_are_as_short_as_any(metropolis: Plan) -> None:
    graph = metropolis.network()
    plain = nx.Graph(graph.to_undirected())
    stops = ["line/1", "member/abidjan", "theme/quality-of-life", "result/3.2.2"]
    for start, end in pairwise(stops):
        steps = shortest_path(graph, start, end)
        assert len(steps) == nx.shortest_path_length(plain, start, end)
        assert [step.start for step in steps] == [start, *(step.end for step in steps[:-1])]


def test_of_equal_paths_that_through_the_quieter_thing_is_taken() -> None:
    graph = small("start hub", "hub end", "start quiet", "quiet end", "x hub", "y hub")
    assert [step.end for step in shortest_path(graph, "start", "end")] == ["quiet", "end"]


def test_a_path_is_the_same_in_every_process() -> None:
    code = (
        "from pathlib import Path; from metrograph.plan import open_plan; "
        f"plan = open_plan(Path({str(HARBOUR)!r})); "
        "print(plan.path('member/akwasi-bay', 'theme/port-heritage').to_json(), "
        "plan.communities().to_json(), plan.central().to_json()); "
        "from tests.test_network import small, shortest_path; "
        "ways = [edge for at in 'cafebd' for edge in (f'start {at}', f'{at} end')]; "
        "print(shortest_path(small(*ways), 'start', 'end'))"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": hashes},
        ).stdout
        for hashes in ("1", "2", "3")
    ]
    assert answers[0]
    assert len(set(answers)) == 1


def test_no_path_and_unknown_ids_are_errors() -> None:
    graph = small("a b", "c d")
    with pytest.raises(QueryError, match="No path in the network connects “a” and “c”"):
        shortest_path(graph, "a", "c")
    with pytest.raises(QueryError, match="“z” is not in the network"):
        shortest_path(graph, "a", "z")
    assert shortest_path(graph, "a", "a") == ()


@pytest.mark.parametrize(
    ("lang", "chain", "origin"),
    [
        ("en", "Trained dockers ← contributes to ← Clean Docks training → addresses theme → Decent"
         " work", "inferred"),
        ("fr", "Dockers formés ← contribue à ← Formation aux docks propres → aborde le thème → "
         "Travail décent", "déduit"),
        ("es", "Estibadores formados ← contribuye a ← Formación sobre dársenas limpias → aborda el "
         "tema → Trabajo decente", "inferido"),
    ],
)  # fmt: skip
def test_a_path_reads_as_a_chain_in_each_language(
    cache: Path, lang: str, chain: str, origin: str
) -> None:
    table = open_plan(HARBOUR, lang, cache).path("outcome/2.2", "theme/decent-work")
    assert table.note.splitlines()[0] == chain
    assert [row["origin"] for row in table] == [origin, origin]


def test_the_path_command_gives_a_row_per_step_in_every_form(run: Run) -> None:
    wanted = ["path", "outcome/2.2", "theme/decent-work", "--graph", HARBOUR]
    answer = run(*wanted, "--format", "json")
    assert answer.returncode == 0, answer.stderr
    rows = json.loads(answer.stdout)["rows"]
    assert [row["path_to"]["id"] for row in rows] == [TRAINING, "theme/decent-work"]
    for form in ("table", "csv", "md", "html"):
        answer = run(*wanted, "--format", form, "--lang", "fr")
        assert "Formation aux docks propres" in answer.stdout
    same = run("path", "goal/1", "goal/1", "--graph", HARBOUR)
    assert (same.returncode, "there is no path to show" in same.stdout) == (0, True)
    lost = run("path", "goal/1", "goal/11", "--graph", HARBOUR)
    assert (lost.returncode, lost.stdout) == (3, "")
    assert "goal/1" in lost.stderr.partition("Did you mean")[2]
    alone = run("path", "goal/1", "audience/residents", "--graph", HARBOUR)
    assert alone.returncode == 3
    assert "No path in the network connects" in alone.stderr


def test_a_path_may_be_held_to_kinds_and_its_ends_are_always_in(harbour: Plan) -> None:
    table = harbour.path("member/ndarou", "claim/a/tide-school/outcome/1.1", ["Activity", "Body"])
    between = [str(row["path_to"]).rpartition("(")[2] for row in table][:-1]
    assert between
    assert all(name.startswith(("activity/", "body/")) for name in between)


# Measures


def test_the_middle_of_a_star_is_central_and_its_rays_are_not() -> None:
    table = central(small("a hub", "b hub", "c hub", "d hub", "alone"))
    rows = {str(row["thing"]): row for row in table}
    assert len(rows) == 5  # what has no connection is left out
    hub, ray = rows["HUB (hub)"], rows["A (a)"]
    assert (hub["connections"], hub["degree"], hub["betweenness"]) == (4, 1, 1)
    assert (ray["connections"], ray["degree"], ray["betweenness"]) == (1, 0.25, 0)
    assert next(iter(table)) == hub


def test_betweenness_is_the_share_of_paths_that_lead_through() -> None:
    """On a - b - c - d, b lies on a-c and a-d: 2 of the 3 pairs without b."""
    rows = {str(row["thing"]): row for row in central(small("a b", "b c", "c d"))}
    assert rows["B (b)"]["betweenness"] == Decimal("0.667")


def test_a_large_network_is_estimated_and_the_note_says_so() -> None:
    ring = small(*(f"n{at:04} n{(at + 1) % 1001:04}" for at in range(1001)))
    note = central(ring, 1).note
    assert "estimated from a sample of 1000 records" in note
    assert "estimated" not in central(small("a b"), 1).note


def test_two_cliques_with_one_tie_are_two_communities() -> None:
    cliques = [f"{a} {b}" for four in ("abcd", "wxyz") for a in four for b in four if a < b]
    graph = small(*cliques, "d w", "alone")
    assert groups(graph) == (("d", "a", "b", "c"), ("w", "x", "y", "z"))
    rows = list(communities(graph))
    assert [(row["things"], row["kinds"]) for row in rows] == [(4, "thing 4"), (4, "thing 4")]


def test_an_empty_network_has_no_centre_and_no_communities() -> None:
    graph = small("alone")
    assert (len(central(graph)), len(communities(graph))) == (0, 0)
    assert len(path_table(graph, "alone", "alone")) == 0


def test_python_users_get_tables(metropolis: Plan) -> None:
    assert str(metropolis.central(3).rows[0][0]) == "Metropolis (body/metropolis)"
    graph = metropolis.network()
    sizes = [len(group) for group in groups(graph)]
    assert sum(sizes) == sum(graph.degree[name] > 0 for name in graph)
    assert [row["things"] for row in metropolis.communities()] == sizes
