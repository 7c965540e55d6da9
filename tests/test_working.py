"""Checks that a built store answers for its files as the files themselves do."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
import pytest

from metrograph.store.cache import open_store
from metrograph.store.changes import table
from metrograph.store.compiled import KEY
from metrograph.store.engine import Embedded
from metrograph.store.kept import compiled
from metrograph.store.restriction import restricted
from metrograph.store.turtle import load_ontology
from metrograph.store.working import read_files
from tests.conftest import HARBOUR

Fact = TypeVar("Fact", ox.Triple, ox.Quad)
SHAPES = Path(__file__).parent / "shapes"


def named(facts: Iterable[Fact]) -> set[Fact]:
    """Return facts without those of blank nodes, which only the ontology has."""
    return {fact for fact in facts if not any(isinstance(term, ox.BlankNode) for term in fact)}


def test_a_built_store_asserts_what_its_files_assert(cache: Path) -> None:
    read, files = read_files(HARBOUR)
    kept, same_files = read_files(HARBOUR, open_store(HARBOUR, cache))
    assert not isinstance(kept, Embedded)
    assert named(quad.triple for quad in kept.quads()) == named(read.triples())
    assert named(kept.triples()) == named(read.triples())
    assert named(kept.quads()) == named(read.quads())
    assert kept.graphs() == read.graphs()
    assert [(file.name, file.text, file.prefixes) for file in same_files] == [
        (file.name, file.text, file.prefixes) for file in files
    ]


def test_what_is_only_inferred_is_not_asserted(cache: Path) -> None:
    built = open_store(HARBOUR, cache)
    kept, _ = read_files(HARBOUR, built)
    asserted = set(kept.triples())
    inferred = {quad.triple for quad in built.store} - asserted
    assert inferred
    assert not any(kept.holds(*triple) for triple in inferred)


def test_files_that_changed_since_a_store_was_built_answer_for_themselves(
    harbour_copy: Path, cache: Path
) -> None:
    built = open_store(harbour_copy, cache)
    path = harbour_copy / "decisions.ttl"
    path.write_text(path.read_text(encoding="utf-8") + "\n<decision/late> a mg:Decision .\n")
    now, _ = read_files(harbour_copy, built)
    late = ox.NamedNode(built.base + "decision/late")
    assert now.holds(late)
    path.unlink()
    now, files = read_files(harbour_copy, built)
    assert not now.holds(late)
    assert path.name not in {file.name for file in files}


@pytest.fixture(scope="module")
def examples() -> ox.Store:
    """Return a store of all examples of what shapes find."""
    store = ox.Store()
    load_ontology(store)
    for path in sorted(SHAPES.glob("*.bad.ttl")):
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    return store


def answers(store: ox.Store, query: str) -> set[ox.NamedNode]:
    """Return what a query selects, but for blank nodes."""
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    return {row["this"] for row in rows if isinstance(row["this"], ox.NamedNode)}


def test_a_query_restricted_to_some_nodes_finds_what_it_finds_of_them(examples: ox.Store) -> None:
    nodes = sorted(
        {quad.subject for quad in examples if isinstance(quad.subject, ox.NamedNode)}, key=str
    )
    some = nodes[::3]
    values = table((KEY,), [(node,) for node in some])
    with_answers = 0
    for cluster in compiled().clusters:
        for shape in cluster.shapes:
            for query in shape.queries:
                whole = answers(examples, query)
                part = answers(examples, restricted(query, KEY, values))
                assert part == whole & set(some), shape.shape
                with_answers += bool(part)
    assert with_answers > 50  # the examples are of more than 200 shapes
