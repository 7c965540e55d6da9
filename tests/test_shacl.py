"""Checks what SHACL asks of the validation path beyond the shapes that metrograph ships.

Each case is worked out from the standard (SHACL, sections 2 to 6). `make suites` runs the W3C's.
"""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyshacl import validate as shacl_validate
from rdflib import SH, Graph, Literal, Node

from metrograph.errors import ShapesError
from metrograph.store.prebinding import bind
from metrograph.store.validation import read_shapes, report, validate

PREFIXES = (
    "@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    "@prefix owl: <http://www.w3.org/2002/07/owl#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
)
DECLARED = (
    ':names a owl:Ontology ; sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/" ] . '
)


def stored(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load((PREFIXES + turtle).encode(), format=ox.RdfFormat.TURTLE)
    return store


def graph(turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + turtle, format="turtle")


def found(data: str, shapes: str) -> set[tuple[str, str | None]]:
    """Return the focus nodes and values that the path reports, as local names."""
    of = report(stored(data), graph(shapes))
    return {
        (_short(of.value(one, SH.focusNode)) or "", _short(of.value(one, SH.value)))
        for one in of.subjects(SH.focusNode)
    }


def _short(term: Node | None) -> str | None:
    return None if term is None else str(term).removeprefix("http://example.org/")


# ---------------------------------------------------------------- pre-binding


def constraint(query: str) -> str:
    return DECLARED + (
        ":Shape sh:targetClass :Kind ; sh:targetNode :guilty ; "
        f'sh:sparql [ sh:prefixes :names ; sh:select """{query}""" ] . '
    )


@pytest.mark.parametrize(
    "where",
    [
        "{ { FILTER($this = ex:guilty) } FILTER(bound($this)) } FILTER(true)",
        "BIND($this AS ?that) FILTER(?that = ex:guilty)",
        "{ FILTER(bound($this)) } $this ex:says 'no'",
        "{ $this ex:says 'no' } UNION { FILTER($this = ex:nobody) }",
        "{ FILTER($this = ex:guilty) } UNION { FILTER($this = ex:nobody) }",
        "OPTIONAL { BIND($this AS ?x) } FILTER(?x = ex:guilty)",
        "FILTER EXISTS { BIND($this AS ?x) FILTER(?x = ex:guilty) }",
        "FILTER NOT EXISTS { { $this ex:says 'yes' } UNION { FILTER(!bound($this)) } }",
        "{ SELECT $this (COUNT(?word) AS ?n) { $this ex:says ?word } GROUP BY $this } "
        "FILTER(?n = 1) FILTER($this=ex:guilty)",
        "FILTER(ex:guilty=$this)",
        "# { BIND(1 AS $this) } MINUS {\n $this ex:says 'no' # }\n",
        "$this ex:says ?word FILTER(CONCAT('{ MINUS {', ?word, '$this') = '{ MINUS {no$this')",
    ],
)
def test_this_is_bound_in_every_group(where: str) -> None:
    data = ":guilty a :Kind ; :says 'no' . :innocent a :Kind ; :says 'yes' ."
    assert found(data, constraint(f"SELECT $this WHERE {{ {where} }}")) == {("guilty", "guilty")}


def test_a_blank_node_is_bound_as_well() -> None:
    data = "[] a :Kind ; :says 'no' . [] a :Kind ; :says 'yes' ."
    query = "SELECT $this WHERE { { BIND($this AS ?x) } ?x ex:says 'no' FILTER(bound($this)) }"
    assert len(found(data, constraint(query))) == 1


@pytest.mark.parametrize("value", ["0", "false", "''", ":zero", "0.0e0"])
def test_a_value_that_python_takes_for_nothing_is_bound(value: str) -> None:
    shapes = (
        ":Component a sh:ConstraintComponent ; sh:parameter [ sh:path :known ] ; "
        "sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'ASK { { FILTER(bound($value)) } }' ] . "
        ":Shape a sh:PropertyShape ; sh:targetClass :Kind ; sh:path :says ; :known true . "
    )
    assert found(f":a a :Kind ; :says {value} .", shapes) == set()


def test_a_validator_is_asked_of_a_node_without_values() -> None:
    shapes = (
        ":Component a sh:ConstraintComponent ; sh:parameter [ sh:path :least ] ; "
        "sh:propertyValidator [ a sh:SPARQLSelectValidator ; "
        "sh:select 'SELECT $this WHERE { FILTER NOT EXISTS { $this $PATH ?any } }' ] . "
        ":Shape a sh:PropertyShape ; sh:targetClass :Kind ; sh:path [ sh:inversePath :says ] ; "
        ":least 1 . "
    )
    assert found(":a a :Kind . :b a :Kind . :c :says :b .", shapes) == {("a", None)}


def test_what_a_query_says_in_texts_is_left_alone() -> None:
    query = 'ASK { ?s <urn:x#{> \'{ $this\' . ?s ?p """{""" FILTER($this < ?s) }'
    bound = bind(query, {"this": ox.NamedNode("urn:a")})
    assert bound.replace(" VALUES (?this) { (<urn:a>) }", "", 1) == query


# ---------------------------------------------------------------- terms


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ('sh:hasValue "A"^^xsd:string', '"A"'),
        ('sh:hasValue "A"', '"A"^^xsd:string'),
        ('sh:in ( "A"^^xsd:string )', '"A"'),
        ('sh:in ( "A" )', '"A"^^xsd:string'),
        ("sh:in ( 1.50 )", "1.50"),
        ("sh:in ( 1.50 )", "1.5"),
        ("sh:hasValue 1.0e2", "100.0e0"),
        ('sh:hasValue "A"@en-GB', '"A"@en-gb'),
        (
            'sh:in ( "2023-01-01T00:00:00.000Z"^^xsd:dateTime )',
            '"2023-01-01T00:00:00Z"^^xsd:dateTime',
        ),
    ],
)
def test_the_same_value_is_never_another(asked: str, value: str) -> None:
    shape = f":Shape a sh:PropertyShape ; sh:targetClass :Kind ; sh:path :says ; {asked} ."
    assert found(f":a a :Kind ; :says {value} .", shape) == set()
    assert found(":a a :Kind ; :says 'B' .", shape) != set()


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")  # rdflib's, an error in tests only
@pytest.mark.parametrize("value", ["none", "yes", "2"])
def test_what_is_no_boolean_is_found_whatever_else_would_do(value: str) -> None:
    shape = (
        ":Shape sh:targetNode :guilty ; sh:property [ sh:path :value ; "
        "sh:or ( [ sh:datatype xsd:string ] [ sh:datatype xsd:boolean ] ) ] . "
    )
    assert len(found(f':guilty :value "{value}"^^xsd:boolean, "text", true .', shape)) == 1


def test_a_year_that_does_not_exist_is_found() -> None:
    shape = (
        ":Shape a sh:PropertyShape ; sh:targetClass :Kind ; sh:path :on ; sh:datatype xsd:date ."
    )
    data = ':a a :Kind ; :on "0000-02-01"^^xsd:date . :b a :Kind ; :on "0001-02-01"^^xsd:date .'
    assert found(data, shape) == {("a", "0000-02-01")}


@pytest.mark.parametrize("pattern", [r"\\<a", "^a(?!b)"])
def test_a_pattern_is_read_as_pyshacl_reads_it(pattern: str) -> None:
    """Oxigraph takes the first for the start of a word, and cannot read the second."""
    shape = f":Shape sh:targetSubjectsOf :says ; sh:path :says ; sh:pattern '{pattern}' ."
    assert ("a", "ab") in found(":a :says 'ab' .", shape)


# ---------------------------------------------------------------- prefixes and targets


def test_prefixes_of_imported_ontologies_are_known() -> None:
    shapes = DECLARED + (
        ':more owl:imports :names ; sh:declare [ sh:prefix "y" ; sh:namespace "urn:y:" ] . '
        ":Shape sh:targetClass :Kind ; sh:sparql [ sh:prefixes :more ; "
        'sh:select "SELECT $this WHERE { $this ex:says y:no }" ] . '
    )
    assert found(":a a :Kind ; :says <urn:y:no> . :b a :Kind .", shapes) == {("a", "a")}


def test_a_prefix_means_what_its_own_query_declares() -> None:
    """Two ontologies may use one prefix for different namespaces."""
    shapes = "".join(
        f':n{k} sh:declare [ sh:prefix "p" ; sh:namespace "urn:{k}:" ] . '
        f":Shape{k} sh:in () ; sh:target [ a sh:SPARQLTarget ; sh:prefixes :n{k} ; "
        f'sh:select "SELECT ?this WHERE {{ ?this p:says 1 }}" ] . '
        for k in (1, 2)
    )
    data = ":a <urn:1:says> 1 . :b <urn:2:says> 1 . :c :says 1 ."
    assert found(data, shapes) == {("a", "a"), ("b", "b")}


def test_a_target_may_select_texts() -> None:
    shapes = DECLARED + (
        ":Shape sh:maxLength 1 ; sh:target [ a sh:SPARQLTarget ; sh:prefixes :names ; "
        'sh:select "SELECT ?this WHERE { ?any ex:says ?this }" ] . '
    )
    assert found(":a :says 'no', 'n', 'o'@en, 10 .", shapes) == {("no", "no"), ("10", "10")}


def test_a_target_type_with_parameters_is_left_to_pyshacl() -> None:
    shapes = DECLARED + (
        ":Sayers a sh:SPARQLTargetType ; rdfs:subClassOf sh:Target ; sh:prefixes :names ; "
        "sh:parameter [ sh:path :word ] ; "
        'sh:select "SELECT ?this WHERE { { ?this ex:says ?x } FILTER(?x = $word) }" . '
        ":Shape sh:in () ; sh:target [ a :Sayers ; :word 'no' ] . "
    )
    assert found(":a :says 'no' . :b :says 'yes' .", shapes) == {("a", "a")}


def test_classes_that_say_who_defines_them_are_followed() -> None:
    shape = ":Shape sh:targetClass :Kind ; sh:property [ sh:path :says ; sh:minCount 1 ] ."
    data = ":Fair rdfs:subClassOf :Kind ; rdfs:isDefinedBy :Fair . :a a :Fair ."
    assert found(data, shape) == {("a", None)}


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        ("sh:property [ sh:path :says ; sh:minCout 1 ]", "sh:minCout is not a SHACL term"),
        ("sh:js [ sh:jsFunctionName 'f' ]", "JavaScript is not supported"),
        ("sh:rule [ a sh:TripleRule ]", "rules belong in the ontology"),
        ("sh:entailment <http://www.w3.org/ns/entailment/RDFS>", "sh:entailment"),
        ("sh:sparql [ sh:select 'SELECT $this { $this a ex:A }' ]", "cannot be run: error at"),
        ("sh:sparql [ sh:select 'SELECT $this WHERE' ]", "cannot be run"),
        ("sh:sparql [ sh:select 'SELECT ?x WHERE { ?x a $this }' ]", "does not select .this"),
        ("sh:sparql [ sh:select 'SELECT $this { $this ?p ?o FILTER(<urn:f>(?o)) }' ]", "urn:f"),
        (
            "sh:sparql [ sh:select 'SELECT $this { ?a <x:b#c> $this . minus { $this ?p 1 } }' ]",
            "MINUS",
        ),
        ("sh:sparql [ sh:select 'SELECT $this { VALUES ?x { 1 } $this ?p ?x }' ]", "VALUES"),
        ("sh:sparql [ sh:select 'SELECT $this { SERVICE <x:y> { $this ?p 1 } }' ]", "SERVICE"),
        (
            "sh:sparql [ sh:select 'SELECT $this { GRAPH $shapesGraph { ?a ?b ?c } }' ]",
            "shapesGraph",
        ),
        ("sh:sparql [ sh:select 'SELECT $this { { SELECT ?a { ?a ?b 1 } } }' ]", "nested SELECT"),
        ("sh:sparql [ sh:select 'SELECT $this { BIND(1 AS $this) }' ]", "another value"),
        ("sh:sparql [ sh:message 'no query' ]", "sh:select"),
        (
            "sh:target [ a sh:SPARQLTarget ; sh:select 'SELECT ?it { ?it ?p ?o }' ]",
            "does not select",
        ),
        ("sh:target [ a sh:SPARQLTarget ; sh:select 'SELECT nonsense' ]", "cannot be run"),
        ("sh:property [ sh:path :says ; sh:minCount 'many' ]", "minCount"),
        ("sh:property [ sh:path :says ; sh:nodeKind sh:Text ]", "sh:Text is not a SHACL term"),
        ("sh:property [ sh:path :says ; sh:pattern '(' ]", "cannot be run"),
        ("sh:property [ sh:path :says ; sh:nodeKind :Text ]", "not well-formed.*nodeKind"),
        ("sh:property [ sh:path [ sh:inversePath 5 ] ; sh:minCount 1 ]", "not well-formed"),
        ("sh:path :says", "NodeShape cannot be the subject"),
        ("sh:or ()", "cannot be run"),
        ("sh:node :Shape", "refers to itself"),
        ("sh:or ( [ sh:not :Shape ] )", "refers to itself"),
    ],
)
def test_what_cannot_be_run_is_refused_by_name(shape: str, reason: str) -> None:
    shapes = graph(f":Shape a sh:NodeShape ; sh:targetClass :Kind ; sh:targetNode :b ; {shape} .")
    with pytest.raises(ShapesError, match=reason) as error:
        validate(stored(":a a :Kind ; :says 'no' ."), shapes, Graph())
    assert "<http://example.org/Shape>" in str(error.value)


def test_a_property_shape_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(ShapesError, match="nowhere> is not well-formed"):
        found(":a a :Kind .", ":Shape sh:targetClass :Kind ; sh:property :nowhere .")


def test_two_values_for_one_parameter_are_refused() -> None:
    shapes = (
        ":Component a sh:ConstraintComponent ; sh:parameter [ sh:path :word ] ; sh:validator "
        "[ a sh:SPARQLAskValidator ; sh:ask 'ASK { FILTER($value != $word) }' ] . "
        ":Shape sh:targetClass :Kind ; sh:path :says ; :word 'a', 'b' . "
    )
    with pytest.raises(ShapesError, match=r"several values for .*word>"):
        found(":a a :Kind ; :says 'b' .", shapes)


def test_a_prefix_declared_twice_is_refused() -> None:
    shapes = constraint("SELECT $this { $this ex:says 1 }") + (
        ':names sh:declare [ sh:prefix "ex" ; sh:namespace "urn:other:" ] . '
    )
    with pytest.raises(ShapesError, match="ex: is declared twice"):
        found(":a a :Kind .", shapes)


def test_shapes_are_refused_when_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(PREFIXES + ":Shape sh:targetClass :Kind ; sh:maxCuont 1 .", encoding="utf-8")
    with pytest.raises(ShapesError, match="maxCuont"):
        read_shapes(path)


# ---------------------------------------------------------------- any shapes on any data

nodes = st.sampled_from([":a", ":b", ":c"])
literals = st.sampled_from(
    ["0", "1", "1.50", "'x'", "'x'@en", "'y'@en", "'y'@EN", "''", "true", "'12'^^xsd:integer",
     "'x'^^xsd:integer", "'0000-01-01'^^xsd:date", "'2023-02-29'^^xsd:date",
     "'2024-02-29'^^xsd:date", "'1e3'^^xsd:double", "'2023'^^xsd:gYear", "'x\\n'"]
)  # fmt: skip
statements = st.one_of(
    st.tuples(nodes, st.just("a"), st.sampled_from([":Kind", ":Other", ":Lower"])),
    st.tuples(nodes, st.sampled_from([":p", ":q"]), nodes | literals),
)
listed = st.lists(nodes | literals, max_size=3).map(lambda some: f"sh:in ( {' '.join(some)} )")
datatypes = st.sampled_from(
    ["string", "integer", "decimal", "boolean", "date", "gYear", "gYearMonth", "double"]
)
of_values = st.one_of(
    datatypes.map("sh:datatype xsd:{}".format),
    st.sampled_from([":Kind", ":Other"]).map("sh:class {}".format),
    st.sampled_from(["IRI", "Literal", "BlankNodeOrIRI"]).map("sh:nodeKind sh:{}".format),
    st.sampled_from(["^x$", "x", "^[0-9]{2}$", "^http://example.org/a"]).map(
        "sh:pattern '{}'".format
    ),
    st.sampled_from(["0", "1", "1.5"]).map("sh:minInclusive {}".format),
    st.sampled_from(["1", "2"]).map("sh:maxLength {}".format),
    (nodes | literals).map("sh:hasValue {}".format),
    listed,
)
of_all = st.one_of(
    st.integers(0, 2).map("sh:minCount {}".format),
    st.integers(0, 2).map("sh:maxCount {}".format),
    st.just("sh:uniqueLang true"),
)
paths = st.sampled_from(
    [":p", ":q", "( :p :q )", "[ sh:alternativePath ( :p :q ) ]", "[ sh:inversePath :p ]"]
)


def _together(parts: list[str]) -> str:
    return " ; ".join({part.split()[0]: part for part in parts}.values())


checks = st.lists(of_values, min_size=1, max_size=2).map(_together)
nested = st.one_of(
    checks,
    st.lists(checks, min_size=1, max_size=2).map(
        lambda some: f"sh:or ( {' '.join(f'[ {one} ]' for one in some)} )"
    ),
    checks.map("sh:not [ {} ]".format),
    st.tuples(paths, of_all).map(
        lambda pair: "sh:node [ sh:property [ sh:path {} ; {} ] ]".format(*pair)
    ),
)
about_values = st.tuples(paths, nested | of_all | st.tuples(of_all, nested).map(" ; ".join)).map(
    lambda pair: "sh:path {} ; {}".format(*pair)
)
targets = st.sampled_from(
    ["sh:targetClass :Kind", "sh:targetSubjectsOf :p", "sh:targetObjectsOf :q", "sh:targetNode :a"]
)
shapes = st.lists(
    st.tuples(
        targets,
        nested | about_values | about_values.map("sh:property [ {} ]".format),
    ).map(" ; ".join),
    min_size=1,
    max_size=3,
).map(lambda some: " ".join(f":Shape{at} {one} ." for at, one in enumerate(some)))


def _by_pyshacl_alone(data: str, shape: str) -> set[tuple[str | None, ...]]:
    """Return what pyshacl reports in memory, of terms as Oxigraph has them."""
    _, of, _ = shacl_validate(_through(data), shacl_graph=_through(shape), advanced=True)
    return _all_of(of)


def _through(turtle: str) -> Graph:
    nquads = stored(turtle).dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    copy = Graph()
    for triple in Graph().parse(data=nquads, format="nt"):
        subject, predicate, value = triple
        if isinstance(value, Literal) and not value.language and not value.datatype:
            value = Literal(str(value), datatype="http://www.w3.org/2001/XMLSchema#string")
        copy.add((subject, predicate, value))
    return copy


def _all_of(of: Graph) -> set[tuple[str | None, ...]]:
    terms = (SH.focusNode, SH.value, SH.sourceConstraintComponent)
    return {
        tuple(_short(of.value(one, term)) for term in terms) for one in of.subjects(SH.focusNode)
    }


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(statements, min_size=1, max_size=12), shapes)
def test_any_shapes_find_what_pyshacl_finds_in_memory(
    data: list[tuple[str, str, str]], shape: str
) -> None:
    turtle = ":Lower rdfs:subClassOf :Kind . " + " ".join(" ".join(one) + " ." for one in data)
    assert _all_of(report(stored(turtle), graph(shape))) == _by_pyshacl_alone(turtle, shape)
