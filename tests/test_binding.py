"""Checks that values in the text of a query give the rows of Oxigraph's own substitution."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrograph.errors import QueryError
from metrograph.plan import Plan
from metrograph.query import library
from metrograph.query.binding import Value, bound
from metrograph.query.library import Query
from metrograph.store.engine import in_memory
from metrograph.vocabulary import MG_NAMESPACE, PREFIXES, RDF

_Rows = tuple[list[str], list[tuple[str | None, ...]]]
YEAR = ox.Literal("2023", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))


def rows_of(answer: object, without: set[str]) -> _Rows:
    """Return the names and rows of a SELECT, in their order, but for some columns."""
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    kept = [at for at, name in enumerate(names) if name not in without]
    rows = [tuple(str(row[at]) if row[at] else None for at in kept) for row in answer]
    return [names[at] for at in kept], rows


def typed(query: Query, plan: Plan, *, every: bool) -> dict[str, str]:
    """Return values for the parameters of a question: all of them, or those that it requires."""
    values = {}
    for parameter in query.parameters:
        if not every and not parameter.required:
            continue
        values[parameter.name] = parameter.example or parameter.default or "2023"
        if parameter.type == "id":  # a record that this plan has, of the right kind
            kind = ox.NamedNode(MG_NAMESPACE + parameter.kind) if parameter.kind else None
            triples = plan.built.store.quads_for_pattern(
                None, ox.NamedNode(RDF.type), kind, ox.DefaultGraph()
            )
            ids = sorted(plan.ids.short(str(getattr(t.subject, "value", ""))) for t in triples)
            own = [name for name in ids if ":" not in name]
            if own and values[parameter.name] not in own:
                values[parameter.name] = own[len(own) // 2]
    return values


@pytest.mark.parametrize("every", [False, True], ids=["required", "all"])
@pytest.mark.parametrize("which", ["harbour", "metropolis"])
@pytest.mark.parametrize("query", library.library(), ids=lambda query: query.name)
def test_a_question_has_the_same_rows_with_values_in_its_text(
    query: Query, which: str, every: bool, request: pytest.FixtureRequest
) -> None:
    plan: Plan = request.getfixturevalue(which)
    terms = library.bind(query, typed(query, plan, every=every), plan.ids)
    if every:
        assert set(terms) == {parameter.name for parameter in query.parameters}
    store, names = plan.built.store, {parameter.name for parameter in query.parameters}
    substituted = store.query(
        query.text,
        prefixes=PREFIXES,
        substitutions={ox.Variable(name): term for name, term in terms.items()},
    )
    values: dict[str, Value | None] = {name: terms.get(name) for name in names}
    assert rows_of(store.query(bound(query.text, values), prefixes=PREFIXES), names) == rows_of(
        substituted, names
    )


def test_values_stand_in_for_variables_and_nowhere_else() -> None:
    text = 'SELECT ?a ?year { ?a ?b ?year ; <u:?year> "?year" . ?yearly ?c $year } # ?year'
    assert bound(text, {"year": ox.Literal(5)}).replace(
        "^^<http://www.w3.org/2001/XMLSchema#", "^^<"
    ) == (
        'SELECT ?a ("5"^^<integer> AS ?year) '
        '{ ?a ?b "5"^^<integer> ; <u:?year> "?year" . ?yearly ?c "5"^^<integer> }  '
    )
    assert bound("ASK { FILTER(?a<?b) }", {"b": ox.NamedNode("u:b")}) == "ASK { FILTER(?a<<u:b> ) }"


def test_a_group_by_a_value_alone_stays_a_group() -> None:
    """Without a group, a count of nothing would be one row."""
    engine = in_memory()
    text = "SELECT ?year (COUNT(?a) AS ?n) { ?a <u:year> ?year } GROUP BY ?year ORDER BY ?year"
    assert list(engine.select(bound(text, {"year": YEAR}))) == []


def test_a_sub_select_has_variables_of_its_own_unless_it_returns_them() -> None:
    nodes = [ox.NamedNode(f"u:{name}") for name in "ab"]
    of = ox.NamedNode("u:of")
    engine = in_memory(ox.Triple(node, of, node) for node in nodes)

    def count(text: str) -> int:
        return len(list(engine.select(bound(text, {"x": nodes[0]}))))

    assert count("SELECT ?n { { SELECT ?n { ?n <u:of> ?x } } }") == 2
    assert count("SELECT ?n { { SELECT ?n ?x { ?n <u:of> ?x } } }") == 1
    assert count("SELECT ?x { { SELECT ?x { ?x <u:of> ?x } } }") == 1
    assert count("SELECT ?n { { SELECT * { ?n <u:of> ?x } } }") == 1
    assert count("SELECT ?n { ?n <u:of> ?y { SELECT (COUNT(?x) AS ?n2) { ?x <u:of> ?z } } }") == 2


@pytest.mark.parametrize(
    ("test", "with_a_value", "without"),
    [
        ("COALESCE(?x = ?x, false)", "true", "false"),
        ("coalesce( $x != ?x , TRUE )", "false", "TRUE"),
        ("COALESCE(?y = ?x, true)", "COALESCE(?y = <u:x>, true)", "true"),
        ("BOUND(?x) && !bound(?y)", "true && !bound(?y)", "false && !bound(?y)"),
        (
            "IF(COALESCE(?x = ?x, false), EXISTS { ?y <u:b> ?x, 1 }, ?y)",
            "EXISTS { ?y <u:b> <u:x>, 1 }",
            "?y",
        ),
        ("IF(?y, IF(BOUND(?x), 1, 2), 3)", "IF(?y, 1, 3)", "IF(?y, 2, 3)"),
    ],
)
def test_a_test_for_a_value_is_decided(test: str, with_a_value: str, without: str) -> None:
    text, value = f"SELECT ?y {{ FILTER({test}) }}", ox.NamedNode("u:x")
    assert bound(text, {"x": value}) == f"SELECT ?y {{ FILTER({with_a_value}) }}"
    assert bound(text, {"x": None}) == f"SELECT ?y {{ FILTER({without}) }}"


def test_a_test_is_left_to_the_engine_where_a_pattern_may_bind_the_variable() -> None:
    test = "FILTER(COALESCE(?x = ?y, true))"
    for text in (
        f"ASK {{ ?y <u:b> ?x {test} }}",
        f"ASK {{ OPTIONAL {{ ?y <u:b> ?x }} {{ {test} }} }}",
        f"ASK {{ ?y ?b ?c MINUS {{ ?y <u:b> ?x {test} }} }}",
    ):
        assert bound(text, {"x": None}) == text
    apart = f"ASK {{ ?y ?b ?c {test} MINUS {{ ?y <u:b> ?x }} }}"
    assert bound(apart, {"x": None}) == apart.replace("COALESCE(?x = ?y, true)", "true")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { BIND(1 AS ?x) }",
        "SELECT (1 AS ?x) {}",
        "SELECT ?x { VALUES ?x { 1 } }",
        "SELECT ?x { VALUES (?y ?x) { (1 2) } }",
    ],
)
def test_a_query_that_gives_a_parameter_another_value_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match=r"q\.rq: the query gives the parameter x a value itself"):
        bound(text, {"x": ox.Literal(1)}, "q.rq")
    assert bound(text, {"x": None}) == text


@given(
    st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(["\\u0022 } #", '"', "\\"])
)
def test_no_text_that_a_person_types_changes_a_query(typed_text: str) -> None:
    values = {"x": ox.Literal(typed_text)}
    rows = list(in_memory().select(bound("SELECT ?x { FILTER(STR(?x) = ?x) }", values)))
    assert [row["x"] for row in rows] == [ox.Literal(typed_text)]
