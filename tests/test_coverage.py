"""The coverage matrix narrowed by output type and region, against the graph itself (rdflib)."""

import json

import pytest
from rdflib import RDF, Namespace

from metrograph.plan import Plan
from tests.conftest import Run

MG = Namespace("https://w3id.org/metrograph/ontology#")


@pytest.fixture(params=["harbour", "metropolis"])
def plan(request: pytest.FixtureRequest) -> Plan:
    found: Plan = request.getfixturevalue(request.param)
    return found


def test_an_output_type_keeps_the_activities_that_have_it(plan: Plan) -> None:
    graph, whole = plan.graph, set(plan.coverage().activities())
    for output in graph.subjects(RDF.type, MG.OutputType):
        name = plan.ids.short(str(output))
        having = {plan.ids.short(str(one)) for one in graph.subjects(MG.outputType, output)}
        for claims in ("standing", "any"):
            found = plan.coverage(output=name, claims=claims).activities()
            every = set(plan.coverage(claims=claims).activities())
            assert set(found) == every & having
    assert whole


def test_a_region_keeps_the_activities_in_which_a_member_of_it_takes_part(plan: Plan) -> None:
    graph, whole = plan.graph, set(plan.coverage().activities())
    kept = 0
    for region in graph.subjects(RDF.type, MG.Region):
        members = set(graph.subjects(MG.region, region)) & set(graph.subjects(RDF.type, MG.Member))
        taking_part = {
            plan.ids.short(str(one))
            for member in members
            for one in graph.subjects(MG.involves, member)
        }
        found = plan.coverage(region=plan.ids.short(str(region))).activities()
        assert set(found) == whole & taking_part
        kept += len(found)
    assert kept


def test_the_command_takes_both_and_says_what_it_counted(run: Run) -> None:
    words = ("coverage", "--output", "output-type/learning", "--format", "json")
    value = json.loads(run(*words).stdout)
    assert value["filters"]["output"] == "output-type/learning"
    assert (
        "must be a record of the kind “output type”"
        in run("coverage", "--output", "region/europe").stderr
    )
    assert run("coverage", "--region", "region/europe", "--range").returncode == 2


def test_agreed_claims_have_an_older_name_that_json_keeps(harbour: Plan) -> None:
    agreed, older = (harbour.coverage(claims=name) for name in ("agreed", "standing"))
    assert agreed.to_json() == older.to_json() == harbour.coverage().to_json()
    assert json.loads(agreed.to_json())["filters"] == {"claims": "standing"}
    assert agreed.table.note.splitlines()[0] == "Claims: agreed"
