"""Checks of what files state: values that cannot be counted with, and what nothing here reads."""

from pathlib import Path

import pytest

import metrograph
from metrograph import paths
from metrograph.store.build import assemble
from metrograph.store.findings import Finding
from metrograph.store.turtle import turtle_files
from tests.conftest import HARBOUR, Run

HEAD = """\
@base <https://example.org/small/> .
@prefix mg: <https://w3id.org/metrograph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""


def found(folder: Path, statements: str, shape: str) -> list[Finding]:
    (folder / "more.ttl").write_text(HEAD + statements, encoding="utf-8")
    findings = assemble(turtle_files(folder), folder).located()
    return [one for one in findings if one.shape == shape]


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ('"NaN"^^xsd:decimal', "not a valid value"),
        ('"INF"^^xsd:double', "finite"),
        ('"-INF"^^xsd:float', "finite"),
        ('"NaN"^^xsd:double', "finite"),
        ('"1e9"^^xsd:decimal', "not a valid value"),
        (f'"{"9" * 5_000}"^^xsd:integer', "18 digits"),
        (" 99999999999999999999", "18 digits"),
        ('"20233x"^^xsd:gYear', "not a valid value"),
        ('"0000"^^xsd:gYear', "between 0001 and 9999"),
        ('"2023-02-30"^^xsd:date', "not a valid value"),
        ('"yes"^^xsd:boolean', "not a valid value"),
        ('"5"^^xsd:whole', "does not define"),
    ],
)
def test_a_value_that_cannot_be_used_is_an_error_with_file_and_line(
    small_plan: Path, value: str, word: str
) -> None:
    """Whatever the property is, also one of another vocabulary."""
    for name in ("mg:value", "mg:position", "mg:year", "<https://example.org/other>"):
        (one,) = found(small_plan, f"<a> mg:reason 'x'@en ; {name} {value} .", "unusable-value")
        assert (one.severity, one.file, one.line) == ("violation", "more.ttl", 8)
        assert word in one.message("en")
        assert len(one.message("en")) < 300
        assert set(one.messages) == {"en", "fr", "es"}


def test_values_that_can_be_used_are_not_found(small_plan: Path) -> None:
    good = (
        '<a> mg:value 5, 5.25, -3, "007"^^xsd:integer ; mg:year "2023"^^xsd:gYear ; '
        'mg:startDate "2024-02-29"^^xsd:date ; <https://example.org/p> true, "NaN", 1.5e3, '
        '"a"^^<https://example.org/t>, "P1Y"^^xsd:duration .'
    )
    assert found(small_plan, good, "unusable-value") == []


@pytest.mark.parametrize(
    "value", ['"NaN"^^xsd:decimal', '"INF"^^xsd:double', '"1e300"^^xsd:double']
)
def test_no_command_ends_unexpectedly_on_a_figure_that_is_no_number(
    harbour_copy: Path, run: Run, value: str
) -> None:
    for path in harbour_copy.glob("*.ttl"):
        text = path.read_text(encoding="utf-8").replace("@prefix xsd:", "@prefix xsd2:")
        lines = [
            f"    mg:value {value} ;" if "mg:value " in line else line for line in text.split("\n")
        ]
        prefix = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        path.write_text(prefix + "\n".join(lines).replace("xsd2:", "xsd:"), encoding="utf-8")
    for words in (["check"], ["progress"], ["progress", "--by"], ["gaps"], ["progress", "--stale"]):
        answer = run(*words, "--graph", harbour_copy)
        assert answer.returncode in (0, 1), answer.stderr
        assert "unexpected" not in answer.stderr


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("<a> owl:sameAs <b> . <b> mg:reason 'x'@en", "owl:sameAs"),
        ("<a> owl:sameAs <https://www.wikidata.org/entity/Q1>", "owl:sameAs"),
        ("<a> <https://schema.org/performer> '2023'", "<https://schema.org/performer>"),
        ("<a> a <https://schema.org/Event>", "<https://schema.org/Event>"),
        ("<a> rdfs:comment 'A remark.'@en", "rdfs:comment"),
        ("<a> owl:disjointWith <b>", "owl:disjointWith"),
    ],
)
def test_a_statement_without_effect_is_a_note_at_its_record(
    small_plan: Path, statement: str, named: str
) -> None:
    (one,) = found(small_plan, f"{statement} .", "no-effect")
    assert (one.severity, one.file, one.line) == ("info", "more.ttl", 8)
    assert named in one.message("en")
    assert "no effect" in one.message("en")


def test_a_term_that_many_records_use_is_noted_once(small_plan: Path) -> None:
    many = "".join(f"<r{number}> <https://example.org/p> 1 .\n" for number in range(3))
    (one,) = found(small_plan, many, "no-effect")
    assert one.focus.endswith("/r0")
    assert "2" in one.message("en")


@pytest.mark.parametrize("folder", [HARBOUR, paths.SHIPPED_GRAPH])
def test_plans_without_such_statements_have_no_such_findings(folder: Path) -> None:
    shapes = {one.shape for one in metrograph.open(folder).findings}
    assert not shapes & {"no-effect", "unusable-value"}
