"""Checks the shipped graph against what the plan, the report and the coders say, counted by hand.

The numbers are those of the documents (plan 2021-2023: 5 themes, 4 challenges ...) or were worked
out from the coders' sheets on paper, as the comments say.
"""

import csv
import hashlib
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from metrograph.paths import SHIPPED_GRAPH
from metrograph.plan import Plan
from metrograph.query import sparql
from metrograph.vocabulary import MG_NAMESPACE

SHARED = Path(__file__).parents[2] / "shared"
PREFIXES = (
    f"PREFIX mg: <{MG_NAMESPACE}> PREFIX org: <http://www.w3.org/ns/org#> "
    "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: <http://purl.org/dc/terms/> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
needs_shared = pytest.mark.skipif(
    not (SHARED / "sources").is_dir(),
    reason="needs the source documents, which are not part of the project",
)


def number(plan: Plan, where: str, what: str = "DISTINCT ?x") -> int:
    query = f"{PREFIXES} SELECT (COUNT({what}) AS ?n) WHERE {{ {where} }}"
    ((found,),) = sparql.run(plan.built.engine, query, {}, "count").rows
    assert isinstance(found, ox.Literal)
    return int(found.value)


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("StrategicPlan", 1),
        ("VisionTheme", 5),
        ("Challenge", 4),
        ("WorkArea", 13),
        ("CrosscuttingFactor", 2),
        ("Intersection", 20),
        ("ActionLine", 3),
        ("KeyIdea", 17),
        ("Axis", 11),
        ("Result", 35),
        ("OutputType", 3),
        ("GovernancePrinciple", 5),
        ("CallPoint", 8),
        ("Activity", 28),
        ("Coder", 2),
        ("Coding", 52),  # 24 units coded by both coders, 4 by one alone
        ("AlignmentClaim", 176),  # 83 of coder A and 93 of coder B, in their sheets
        ("Source", 3),
        ("Audience", 3),
    ],
)
def test_everything_of_a_kind_is_there(metropolis: Plan, kind: str, count: int) -> None:
    assert number(metropolis, f"?x a mg:{kind}") == count


def test_the_hierarchy_has_the_printed_shape(metropolis: Plan) -> None:
    """Axes per line and results per axis, counted on the plan's pages (lines 310 to 436)."""
    axes = {"line/1": 3, "line/2": 3, "line/3": 5}
    for line, count in axes.items():
        iri = metropolis.ids.iri(line)
        assert number(metropolis, f"?x a mg:Axis ; mg:partOf <{iri}>") == count
    ideas = {"line/1": 5, "line/2": 6, "line/3": 6}
    for line, count in ideas.items():
        iri = metropolis.ids.iri(line)
        assert number(metropolis, f"?x a mg:KeyIdea ; mg:partOf <{iri}>") == count
    results = [3, 4, 3, 3, 7, 2, 4, 3, 4, 1, 1]
    names = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "3.4", "3.5"]
    for axis, count in zip(names, results, strict=True):
        iri = metropolis.ids.iri(f"axis/{axis}")
        assert number(metropolis, f"?x a mg:Result ; mg:partOf <{iri}>") == count, axis


def test_the_141_members_of_annex_ii_and_the_10_that_joined(metropolis: Plan) -> None:
    """One member a line of annex II (lines 523 to 668, of which 5 are blank)."""
    plan = metropolis.ids.iri("source/plan-2021-2023")
    annex = f"?x a mg:Member ; mg:citation ?c . ?c mg:inSource <{plan}> ; mg:firstLine ?l "
    assert number(metropolis, annex + "FILTER(?l >= 523 && ?l <= 668)") == 141
    assert number(metropolis, '?x mg:joined "2023"^^<http://www.w3.org/2001/XMLSchema#gYear>') == 10
    assert number(metropolis, "?x a mg:Member FILTER NOT EXISTS { ?x mg:country ?c }") == 0
    assert number(metropolis, "?c a mg:Country FILTER NOT EXISTS { ?c mg:region ?x }", "?c") == 0


def test_the_list_gives_60_countries_where_the_plan_prints_61(metropolis: Plan) -> None:
    """Counted again from the list: the printed 61 cannot be had from it (docs/decisions)."""
    (row,) = metropolis.query("country-count", indicator="indicator/member-countries")
    assert 60 in row.values()
    assert 61 in row.values()


def test_every_figure_of_the_sources_is_held(metropolis: Plan) -> None:
    """The ledgers (tests/data/figures) name more than 200 figures; observations carry most."""
    assert number(metropolis, "?x a mg:Observation") >= 110
    incomplete = "?x a mg:Observation FILTER NOT EXISTS { ?x mg:unit ?u ; mg:citation ?c }"
    assert number(metropolis, incomplete) == 0


def test_figures_that_differ_are_both_kept(metropolis: Plan) -> None:
    """Experts 100 and 400, followers 32,000 and 33,000, cities of one platform 100 and 102."""
    found = {
        frozenset((row["value"], row["otherValue"]))
        for row in metropolis.query("figures-given-differently")
    }
    assert found >= {frozenset((100, 400)), frozenset((32000, 33000))}
    assert frozenset((100, 102)) not in found  # a bound and a value that agree


# Worked out on paper from the two coders' sheets: an activity is in a cell when both coders claim
# the theme, and both claim the challenge through the same area (or the bare challenge).
# Columns: sustainability, social cohesion, economic development, gender equality, quality of life.
THEMES = ["sustainability", "social-cohesion", "economic-development", "gender-equality"]
THEMES.append("quality-of-life")
STANDING = {
    "urban-growth": [2, 1, 0, 1, 2],
    "resilience": [3, 1, 1, 3, 2],
    "public-legitimacy": [1, 1, 0, 3, 1],
    "digital-revolution": [1, 1, 0, 0, 1],
}
ANY = {
    "urban-growth": [2, 1, 0, 1, 2],
    "resilience": [4, 6, 2, 3, 2],
    "public-legitimacy": [1, 2, 0, 3, 1],
    "digital-revolution": [1, 1, 0, 0, 1],
}
STATED = {
    "urban-growth": [1, 0, 0, 1, 0],
    "resilience": [0, 0, 0, 0, 0],
    "public-legitimacy": [1, 0, 0, 2, 0],
    "digital-revolution": [0, 0, 0, 0, 0],
}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, STANDING),
        ({"year": 2023}, STANDING),
        ({"claims": "coder:a"}, STANDING),  # coder B only adds to what A claims on areas
        ({"claims": "any"}, ANY),
        ({"claims": "coder:b"}, ANY),
        ({"basis": "stated"}, STATED),
    ],
)
def test_the_matrix_is_what_the_sheets_give_on_paper(
    metropolis: Plan, options: dict[str, str], expected: dict[str, list[int]]
) -> None:
    matrix = metropolis.coverage(**options)  # type: ignore[arg-type]  # a year is an int
    for challenge, counts in expected.items():
        found = [matrix.count(f"challenge/{challenge}", f"theme/{theme}") for theme in THEMES]
        assert found == counts, challenge


def test_totals_count_an_activity_once(metropolis: Plan) -> None:
    """Nine activities stand in the matrix; the rows' sums would be 9, 10, 6 and 3."""
    matrix = metropolis.coverage()
    assert matrix.count() == 9
    rows = [matrix.count(challenge=f"challenge/{name}") for name in STANDING]
    assert rows == [2, 7, 3, 1]
    assert [matrix.count(theme=f"theme/{name}") for name in THEMES] == [4, 2, 1, 5, 3]


def test_the_four_gaps(metropolis: Plan) -> None:
    assert set(metropolis.coverage().gaps()) == {
        ("challenge/urban-growth", "theme/economic-development"),
        ("challenge/public-legitimacy", "theme/economic-development"),
        ("challenge/digital-revolution", "theme/economic-development"),
        ("challenge/digital-revolution", "theme/gender-equality"),
    }


def test_no_line_of_the_report_is_another_year(metropolis: Plan) -> None:
    assert metropolis.coverage(year=2022).count() == 0


def test_the_graph_has_no_violation_and_every_finding_its_place(metropolis: Plan) -> None:
    findings = metropolis.findings
    assert [f for f in findings if f.severity == "violation"] == []
    assert all(f.file and f.line for f in findings)


def test_every_record_that_tells_a_fact_cites_its_place(metropolis: Plan) -> None:
    for kind in (
        "StrategicPlan", "VisionTheme", "Challenge", "WorkArea", "CrosscuttingFactor", "ActionLine",
        "KeyIdea", "Axis", "Result", "Activity", "Initiative", "Milestone", "PreparationStep",
        "EvaluationStep", "Indicator", "Observation", "Member", "AlignmentClaim", "Coding",
        "CallPoint", "GovernancePrinciple", "GlobalAgenda", "OutputType",
    ):  # fmt: skip
        missing = f"?x a mg:{kind} FILTER NOT EXISTS {{ ?x mg:citation ?c }}"
        assert number(metropolis, missing) == 0, kind


def test_no_person_is_modelled(metropolis: Plan) -> None:
    people = "?x a <http://xmlns.com/foaf/0.1/Person>"
    assert number(metropolis, people) == 0
    text = "\n".join(path.read_text(encoding="utf-8") for path in SHIPPED_GRAPH.glob("*.ttl"))
    for name in ("López Hernández", "Colboni", "İmamoğlu", "Vaquer", "de la Varga", "Giraud"):
        assert name not in text


@needs_shared
def test_the_sources_are_the_ones_recorded(metropolis: Plan) -> None:
    for name, file in (
        ("plan-2021-2023", "plan-2021-2023.fr.txt"),
        ("report-2023", "report-2023.fr.txt"),
        ("figures-2020", "figures-2020.fr.txt"),
    ):
        data = (SHARED / "sources" / file).read_bytes()
        source = ox.NamedNode(metropolis.ids.iri(f"source/{name}"))
        recorded = {
            quad.predicate.value.removeprefix(MG_NAMESPACE): quad.object.value
            for quad in metropolis.built.store.quads_for_pattern(
                source, None, None, ox.DefaultGraph()
            )
            if isinstance(quad.object, ox.Literal)
        }
        assert recorded["sha256"] == hashlib.sha256(data).hexdigest()
        assert int(recorded["lineCount"]) == len(data.decode().splitlines())


@needs_shared
def test_no_sentence_of_the_sources_is_copied() -> None:
    """No text outside names (labels, governments) shares nine words in a row with a source."""
    prose = " ".join(
        path.read_text(encoding="utf-8") for path in sorted((SHARED / "sources").glob("*.txt"))
    )
    runs = _runs_of_words(prose, 9)
    for path in sorted(SHIPPED_GRAPH.glob("*.ttl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.match(r"\s+(rdfs:label|skos:altLabel|mg:government|mg:reason)", line):
                continue
            for text in re.findall(r'"((?:[^"\\]|\\.)*)"@fr', line):
                assert not _runs_of_words(text, 9) & runs, f"{path.name}: {text}"


def _runs_of_words(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


@needs_shared
def test_the_units_and_claims_are_those_of_the_sheets(metropolis: Plan) -> None:
    sheet_of_units = (SHARED / "coding" / "units.csv").read_text(encoding="utf-8")
    units = list(csv.DictReader(sheet_of_units.splitlines()))
    assert len(units) == 28
    claimed = {}
    for coder in "ab":
        sheet = json.loads((SHARED / "coding" / f"coder-{coder}.json").read_text(encoding="utf-8"))
        by_slug = {entry["slug"]: entry for entry in sheet["activities"]}
        for unit in units:
            entry = by_slug.get(unit[f"coder_{coder}"])
            if entry:
                key = unit["activity"]
                claimed[coder, key] = (
                    {f"theme/{c['key']}" for c in entry["themes"]}
                    | {f"area/{c['key']}" for c in entry["areas"] if "/" in c["key"]}
                    | {f"challenge/{c['key']}" for c in entry["areas"] if "/" not in c["key"]}
                    | {"result/" + re.sub("[LAR]", "", c["id"]) for c in entry["results"]}
                )
    for (coder, key), expected in claimed.items():
        rows = metropolis.query("claims-of-activity", activity=f"activity/2023/{key}")
        found = {
            row["category"].id  # type: ignore[union-attr]  # an entity column
            for row in rows
            if row["coder"].id == f"coder/{coder}"  # type: ignore[union-attr]
        }
        assert found == expected, (coder, key)


def test_the_matrix_prints_and_becomes_a_data_frame(metropolis: Plan) -> None:
    matrix = metropolis.coverage(year=2023)
    assert "Economic development" in str(matrix)
    assert "<table" in matrix._repr_html_()
    frame = matrix.to_pandas()
    # 4 challenges and totals; id and label, 5 themes and the total, the same in one passage
    assert frame.shape == (5, 14)
    assert list(frame["total"]) == [2, 7, 3, 1, 9]
