"""Checks of the query library that need no graph: headers, syntax, order, and column headings."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from metrograph.errors import QueryError
from metrograph.query.library import parse

QUERIES = Path(__file__).parents[1] / "queries"
FILES = sorted(QUERIES.glob("*.rq"))
LANGUAGES = ("en", "fr", "es")
TYPES = {"id", "year", "integer", "text", "term"}
ONTOLOGY = Path(__file__).parents[1] / "ontology" / "metrograph.ttl"
each = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


def header(path: Path) -> dict[str, Any]:
    """Return the TOML of a query's header lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tomllib.loads("\n".join(line[3:] for line in lines if line.startswith("#+ ")))


def projected(path: Path) -> list[str]:
    """Return the variables that a query projects, asked of Oxigraph on an empty store."""
    answer = ox.Store().query(path.read_text(encoding="utf-8"))
    assert isinstance(answer, ox.QuerySolutions), "a question is a SELECT query"
    return [variable.value for variable in answer.variables]


def test_library_size() -> None:
    """There are at least thirty questions, and their names are kebab-case."""
    assert len(FILES) >= 30
    for path in FILES:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem), path.name


@each
def test_header(path: Path) -> None:
    """Title, question and every parameter are worded in the three languages, and typed."""
    values = header(path)
    assert set(values) <= {"title", "question", "parameters", "gap"}
    for key in ("title", "question"):
        assert all(values[key].get(lang, "").strip() for lang in LANGUAGES), key
    assert all("?" in values["question"][lang] for lang in LANGUAGES)
    for name, parameter in values.get("parameters", {}).items():
        assert parameter["type"] in TYPES, name
        assert isinstance(parameter["required"], bool), name
        assert all(parameter.get(lang, "").strip() for lang in LANGUAGES), name
        if parameter["required"]:
            assert parameter.get("example") or parameter.get("default"), name


@each
def test_header_stands_first(path: Path) -> None:
    """The header is the first lines, without a gap, so that tools can stop reading there."""
    lines = path.read_text(encoding="utf-8").splitlines()
    count = sum(line.startswith("#+ ") for line in lines)
    assert count > 0
    assert all(line.startswith("#+ ") for line in lines[:count])


@each
def test_syntax(path: Path) -> None:
    """Both SPARQL parsers accept the query, which is plain SPARQL 1.1."""
    text = path.read_text(encoding="utf-8")
    prepareQuery(text)
    ox.Store().query(text)


@each
def test_parameters_are_projected(path: Path) -> None:
    """Every parameter is projected, so that a sub-SELECT that uses it sees it, too."""
    assert set(header(path).get("parameters", {})) <= set(projected(path))


@each
def test_parameters_can_be_bound(path: Path) -> None:
    """Binding each parameter alone, and all at once, is no error."""
    text = path.read_text(encoding="utf-8")
    names = list(header(path).get("parameters", {}))
    for chosen in ([], *([name] for name in names), names):
        ox.Store().query(
            text, substitutions={ox.Variable(name): ox.NamedNode(f"urn:{name}") for name in chosen}
        )


@each
def test_total_order(path: Path) -> None:
    """The rows of the answer are ordered by the query itself."""
    outer = re.sub(r"(?m)^\s*#.*$", "", path.read_text(encoding="utf-8")).rpartition("}")[2]
    assert "ORDER BY" in outer


@each
def test_headings(path: Path) -> None:
    """Every column has a heading in the three languages."""
    headings = tomllib.loads((QUERIES / "columns.toml").read_text(encoding="utf-8"))
    for name in set(projected(path)) - set(header(path).get("parameters", {})):
        assert all(headings.get(name, {}).get(lang, "").strip() for lang in LANGUAGES), name


def test_no_heading_is_idle() -> None:
    """No heading is kept for a column that no question has."""
    headings = tomllib.loads((QUERIES / "columns.toml").read_text(encoding="utf-8"))
    columns = {
        name
        for path in FILES
        for name in set(projected(path)) - set(header(path).get("parameters", {}))
    }
    assert set(headings) == columns


@each
def test_terms_are_defined(path: Path) -> None:
    """Every `mg:` name in a query is one that the ontology defines."""
    defined = set(re.findall(r"(?m)^mg:(\w+) ", ONTOLOGY.read_text(encoding="utf-8")))
    text = re.sub(r"(?m)^#\+ .*$", "", path.read_text(encoding="utf-8"))
    assert set(re.findall(r"(?<![\w:])mg:(\w+)", text)) <= defined


@each
def test_any_plan(path: Path) -> None:
    """Outside the examples of its header, a query names no entity of a plan."""
    text = re.sub(r"(?m)^#\+ .*$", "", path.read_text(encoding="utf-8"))
    iris = set(re.findall(r"<(https?://[^>]*)>", text))
    assert not {iri for iri in iris if "metropolis" in iri}


def test_a_header_without_end_is_refused_with_a_sentence() -> None:
    for text, why in (
        ("#+ a = " + "[" * 5_000, "nested too deeply"),
        ("#+ a = " + "9" * 5_000, "digits"),
        ("#+ a = ", "not valid TOML"),
    ):
        with pytest.raises(QueryError, match=f"own.rq: the header.*{why}"):
            parse("own.rq", text)
