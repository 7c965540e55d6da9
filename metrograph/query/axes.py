"""The axes of a matrix: questions that say which records belong to which category.

An axis is a file `queries/axes/NAME.rq` (CONTRIBUTING, "How an axis is written"). Its rows hold a
`category` and a `record` of it, or no record for a category that has none; and, where the two are
linked by a claim, its `coder`, its `basis`, and whether it is `agreed`. An axis with a required
parameter stands for several: `level/goal` is that of the elements of a level.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from metrograph import paths
from metrograph.errors import QueryError
from metrograph.query import asking, library, lookup, sparql
from metrograph.query.library import Parameter, Query
from metrograph.query.limits import DEFAULT_LIMITS, UNLIMITED
from metrograph.store.cache import Built
from metrograph.vocabulary import MG_NAMESPACE, RDF

FOLDER = paths.QUERIES / "axes"
COLUMNS = ("record", "category", "coder", "basis", "agreed")


@dataclass(frozen=True)
class Axis:
    """An axis as people name it, its title, and the question that it asks with what values.

    `is_own` says that its file is not of the library.
    """

    name: str
    title: str
    query: Query
    values: Mapping[str, str] = field(default_factory=dict)
    is_own: bool = False

    def question(self, lang: str) -> str:
        """Return what the axis asks, as people read it."""
        return self.query.question.get(lang) or self.query.question.get("en", "")


def axes(built: Built, lang: str) -> list[Axis]:
    """Return the axes that a plan has, in the order of their titles; levels by their depth first.

    An axis for each level of the plan comes before the others.
    """
    by_value, plain = [], []
    for query in library.library(FOLDER):
        title = query.title.get(lang) or query.title.get("en") or query.name
        parameter = _required(query)
        if parameter is None:
            plain.append(Axis(query.name, title, query))
            continue
        for name in _records(built, parameter.kind or ""):
            label = lookup.label(built, name, lang)
            by_value.append(Axis(name, label, query, {parameter.name: name}))
    return by_value + sorted(plain, key=lambda axis: axis.title)


def read_axis(path: Path, lang: str) -> Axis:
    """Return the axis of a person's own file. Raises `QueryError` if it cannot be read."""
    query = library.read(path, str(path))
    title = query.title.get(lang) or query.title.get("en") or path.stem
    return Axis(path.name, title, query, is_own=True)


def find_axis(built: Built, name: str, lang: str) -> Axis:
    """Return the axis of a name: `theme`, `level/goal`, or `goal` where no axis is called so.

    Raises `QueryError` for any other.
    """
    known = {axis.name: axis for axis in axes(built, lang)}
    short = {axis.name.partition("/")[2]: axis for axis in known.values() if axis.values}
    axis = known.get(name) or short.get(name)
    if axis is None:
        raise QueryError(
            "Unknown axis: “{name}”.{near} The axes of this plan: {axes}.",
            name=name,
            near=library.near(name, [*known, *short]),
            axes=", ".join(known),
        )
    return axis


def rows_of(
    built: Built, axis: Axis, lang: str
) -> Iterator[list[ox.NamedNode | ox.Literal | None]]:
    """Yield the rows of an axis: record, category, coder, basis, agreed, with None for what lacks.

    Raises `QueryError` where the question has no columns `record` and `category`, or fails.
    """
    terms = asking.check(built, axis.query, axis.values, lang)
    limits = DEFAULT_LIMITS if axis.is_own else UNLIMITED
    answer = sparql.run(built.engine, axis.query.text, terms, axis.query.name, limits)
    if not {"record", "category"} <= set(answer.names):
        raise QueryError(
            "{name}: the question of an axis must have the columns record and category.",
            name=axis.query.name,
        )
    places = [answer.names.index(name) if name in answer.names else None for name in COLUMNS]
    for row in answer.rows:
        cells = [None if place is None else row[place] for place in places]
        yield [None if isinstance(cell, ox.BlankNode) else cell for cell in cells]


def _required(query: Query) -> Parameter | None:
    """Return the parameter that an axis stands for a value of, if it has one."""
    return next((parameter for parameter in query.parameters if parameter.required), None)


def _records(built: Built, kind: str) -> list[str]:
    """Return the ids of the records of a kind, by depth (of levels) and id."""
    depth = ox.NamedNode(MG_NAMESPACE + "depth")

    def place(node: ox.NamedNode) -> tuple[int, str]:
        texts = [
            str(getattr(triple.object, "value", "")) for triple in built.engine.triples(node, depth)
        ]
        return min((int(text) for text in texts if text[:9].isdecimal()), default=0), node.value

    is_a, whole = ox.NamedNode(RDF.type), ox.NamedNode(MG_NAMESPACE + kind)
    nodes = {triple.subject for triple in built.engine.triples(None, is_a, whole)}
    named = sorted((node for node in nodes if isinstance(node, ox.NamedNode)), key=place)
    return [built.ids.short(node.value) for node in named]


def is_filled(built: Built, axis: Axis) -> bool:
    """Return whether an axis has a category in a plan."""
    terms = asking.check(built, axis.query, axis.values, "en")
    first = sparql.unordered(axis.query.text) + "LIMIT 1\n"
    return bool(sparql.run(built.engine, first, terms, axis.query.name, UNLIMITED).rows)
