"""Makes forms from SHACL shapes: the fields of a kind of record, and their constraints.

A form is what the property shapes of a kind say (SHACL, section 2.3.2: name, description, order and
group are there for forms). It holds no HTML: a page, a spreadsheet or a program may ask for it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from metrograph import paths as resources
from metrograph.errors import QueryError
from metrograph.messages import LANGUAGES
from metrograph.plan import Plan
from metrograph.query.library import near
from metrograph.text import whole_number
from metrograph.vocabulary import MG, RDF, SHAPES_NAMESPACE, XSD, Graphs, Shacl, Skos

_LAST = 1_000  # where a field stands of which no shape says it
_MOST = 1_000  # nobody picks from a longer list: its ids are typed
_KINDS = {
    "date": {"date", "gYearMonth"},
    "year": {"gYear"},
    "integer": {"integer"},
    "decimal": {"decimal"},
    "boolean": {"boolean"},
}  # the widest first: what may be a day, a month or a year is a date
_APART = (MG.Citation, MG.Decision, MG.ScopeDecision)
_DEFAULT = ox.DefaultGraph()
_LABEL_SHAPE = SHAPES_NAMESPACE + "label-missing"  # the group of what has none


@dataclass(frozen=True)
class Field:
    """A field of a kind of record.

    `name` is the last part of the property's IRI, `path`. `kind` is text, long, date, year,
    integer, decimal, boolean, id or citation. `datatypes` are those that a value may have (IRIs);
    `of` the classes (IRIs) that an id must be of. `choices` are the ids and labels to pick from, in
    the plan's order; there are none where any record will do, or where they are too many. A field
    with `languages` has one text in each: its values go by `name.LANGUAGE`.
    """

    name: str
    path: str
    label: str
    help: str
    kind: str
    required: bool
    many: bool
    choices: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    datatypes: tuple[str, ...] = ()
    minimum: int | None = None
    pattern: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The names under which the values of the field are given."""
        return tuple(f"{self.name}.{lang}" for lang in self.languages) or (self.name,)


@dataclass(frozen=True)
class Group:
    """Fields that belong together, under a label."""

    label: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Form:
    """The form of a kind: `kind` is the last part of the class's IRI, `type`."""

    kind: str
    type: str
    label: str
    groups: tuple[Group, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in order."""
        return tuple(field for group in self.groups for field in group.fields)

    def field(self, path: str) -> Field | None:
        """Return the field of a property (its IRI), if the form has one."""
        return next((field for field in self.fields if field.path == path), None)


def kinds() -> tuple[str, ...]:
    """Return the kinds of records of which forms can be made, by the alphabet.

    Fixed lists (`sh:in`) have no records of a plan, citations are only ever inferred, and
    decisions are made by `adjudicate`, which knows what they settle.

    >>> "Activity" in kinds(), "Basis" in kinds()
    (True, False)
    """
    return tuple(sorted(_classes()))


def form(plan: Plan, kind: str) -> Form:
    """Return the form of a kind, such as "Activity", in the plan's language.

    Raises `QueryError` for a kind that has no form.
    """
    found = _classes()
    name = local(plan.ids.iri(kind) if ":" in kind else kind)
    if name not in found:
        raise QueryError(
            "There is no form for “{kind}”.{near}", kind=kind, near=near(kind, list(found))
        )
    paths = _paths(_lineage(plan, found[name]))
    placed = sorted(
        (*_place(path, shapes), local(path), _field(plan, path, shapes))
        for path, shapes in paths.items()
    )
    groups: dict[str, list[Field]] = {}
    for _, group, _, _, field in placed:
        groups.setdefault(group, []).append(field)
    return Form(
        name,
        found[name],
        plan.label(found[name]),
        tuple(Group(_worded(plan, group, RDF.label), tuple(of)) for group, of in groups.items()),
    )


def values(plan: Plan, name: str) -> Mapping[str, tuple[str, ...]]:
    """Return what the files assert of a record, by field names, as a person would type it.

    Raises `QueryError` for an unknown id.
    """
    found: dict[str, set[str]] = {}
    for triple in asserted(plan.built.store, plan.ids.iri(plan.known(name))):
        if triple.predicate.value != RDF.type:
            key = local(triple.predicate.value)
            if isinstance(triple.object, ox.Literal):
                if triple.object.language:
                    key += f".{triple.object.language}"
                found.setdefault(key, set()).add(triple.object.value)
            elif isinstance(triple.object, ox.NamedNode):
                found.setdefault(key, set()).add(plan.ids.short(triple.object.value))
    return {key: tuple(sorted(found[key], key=natural)) for key in sorted(found)}


def asserted(store: ox.Store, iri: str) -> set[ox.Triple]:
    """Return what the files of a store assert of a record."""
    return {
        quad.triple
        for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None)
        if isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name.value.startswith(Graphs.files)
    }


def local(iri: str) -> str:
    """Return the last part of an IRI.

    >>> local("https://w3id.org/metrograph/ontology#year")
    'year'
    """
    return re.split(r"[#/]", iri)[-1]


def natural(text: str) -> list[tuple[int, str]]:
    """Return what puts numbers within texts in their order.

    >>> sorted(["result/1.10", "result/1.9"], key=natural)
    ['result/1.9', 'result/1.10']
    """
    parts = re.split(r"([0-9]++)", text.casefold())
    return [_in_order(part) for part in parts if part]


def _in_order(part: str) -> tuple[int, str]:
    """Return what puts a number of any length after shorter ones, and before all of them a text."""
    digits = part.lstrip("0")
    return (len(digits), digits) if part[0] in "0123456789" else (-1, part)


# ---------------------------------------------------------------- what the shapes say


@cache
def _shapes() -> ox.Store:
    store = ox.Store()
    store.load(path=resources.ONTOLOGY / "shapes.ttl", format=ox.RdfFormat.TURTLE)
    return store


def _terms(
    subject: ox.NamedNode | ox.BlankNode | str, predicate: str
) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Literal]:
    """Yield the objects of a subject and a predicate in the shapes."""
    node = ox.NamedNode(subject) if isinstance(subject, str) else subject
    for quad in _shapes().quads_for_pattern(node, ox.NamedNode(predicate), None):
        if not isinstance(quad.object, ox.Triple):
            yield quad.object


def _iris(subject: str, predicate: str) -> list[str]:
    return sorted(
        term.value for term in _terms(subject, predicate) if isinstance(term, ox.NamedNode)
    )


def _texts(subject: str, predicate: str) -> list[str]:
    return [term.value for term in _terms(subject, predicate) if isinstance(term, ox.Literal)]


def _subjects(predicate: str, value: str) -> list[str]:
    quads = _shapes().quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value))
    return sorted(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))


def _members(subject: str, predicate: str) -> list[str]:
    """Return the IRIs in the list that a shape gives, in their order."""
    found = []
    node = next(_terms(subject, predicate), None)
    while isinstance(node, ox.BlankNode):
        found += [term.value for term in _terms(node, RDF.first) if isinstance(term, ox.NamedNode)]
        node = next(_terms(node, RDF.rest), None)
    return found


@cache
def _classes() -> Mapping[str, str]:
    """Return the IRIs of the classes that have a form, by their names."""
    return {
        local(kind): kind
        for shape in _subjects(RDF.type, Shacl.NodeShape)
        for kind in _iris(shape, Shacl.targetClass)
        if kind not in _APART and not list(_terms(shape, Shacl.in_))
    }


def _lineage(plan: Plan, kind: str) -> list[str]:
    """Return a class and the classes above it: what holds for these holds for it."""
    found = [kind]
    for one in found:
        for quad in plan.built.store.quads_for_pattern(
            ox.NamedNode(one), ox.NamedNode(RDF.subClassOf), None, _DEFAULT
        ):
            if isinstance(quad.object, ox.NamedNode) and quad.object.value not in found:
                found.append(quad.object.value)
    return found


def _paths(lineage: Iterable[str]) -> dict[str, list[str]]:
    """Return the properties that records of these classes may have, each with its shapes.

    A property shape belongs to a class by its target, or hangs from the class's node shape; and a
    node shape names, by `sh:targetSubjectsOf`, the properties that only its class may have.
    """
    targeting = [shape for kind in lineage for shape in _subjects(Shacl.targetClass, kind)]
    hanging = [one for shape in targeting for one in _iris(shape, Shacl.property)]
    found: dict[str, list[str]] = {}
    for shape in dict.fromkeys((*targeting, *hanging)):
        for path in _iris(shape, Shacl.path):
            found.setdefault(path, []).append(shape)
        if not list(_terms(shape, Shacl.path)):
            for path in _iris(shape, Shacl.targetSubjectsOf):
                found.setdefault(path, [])
    for path, shapes in found.items():  # and what holds wherever the property is used
        general = _subjects(Shacl.targetSubjectsOf, path)
        shapes += [one for one in general if path in _iris(one, Shacl.path) and one not in shapes]
    return found


def _first(shapes: Iterable[str], path: str, predicate: str) -> list[str]:
    """Return what the nearest shape says: one of the kind, else any of the property."""
    for shape in (*shapes, *_subjects(Shacl.path, path)):
        if said := _iris(shape, predicate) or _texts(shape, predicate):
            return said
    return []


def _place(path: str, shapes: list[str]) -> tuple[int, str, int]:
    """Return where a field stands: order of its group, the group, and order within it."""
    group = (_first(shapes, path, Shacl.group) or _iris(_LABEL_SHAPE, Shacl.group))[0]
    orders = [_first(shapes, path, Shacl.order), _texts(group, Shacl.order)]
    within, of_group = (int(said[0]) if said else _LAST for said in orders)
    return of_group, group, within


def _field(plan: Plan, path: str, shapes: list[str]) -> Field:
    datatypes, classes = _types(path, shapes)
    kind = _kind(path, datatypes, classes)
    worded = RDF.langString in datatypes
    most = [int(text) for shape in shapes for text in _texts(shape, Shacl.maxCount)]
    least = [int(text) for shape in shapes for text in _texts(shape, Shacl.minCount)]
    minimum = [int(text) for shape in shapes for text in _texts(shape, Shacl.minInclusive)]
    patterns = [text for shape in shapes for text in _texts(shape, Shacl.pattern)]
    return Field(
        name=local(path),
        path=path,
        label=_said(plan, path, shapes, Shacl.name) or plan.label(path),
        help=_said(plan, path, shapes, Shacl.description) or _definition(plan, path),
        kind=kind,
        required=any(least),
        many=not worded and 1 not in most,
        choices=_choices(plan, classes) if kind == "id" else (),
        languages=languages(plan) if worded else (),
        of=tuple(classes),
        datatypes=tuple(datatypes),
        minimum=max(minimum, default=None),
        pattern=patterns[0] if patterns else None,
    )


def _types(path: str, shapes: list[str]) -> tuple[list[str], list[str]]:
    """Return the datatypes, or the classes, of the values of a property."""
    for group in (shapes, _subjects(Shacl.path, path)):
        either = [one for shape in group for one in _members(shape, Shacl.or_)]
        datatypes = [one for shape in (*group, *either) for one in _iris(shape, Shacl.datatype)]
        classes = [one for shape in (*group, *either) for one in _iris(shape, Shacl.class_)]
        if datatypes or classes or any(_iris(shape, Shacl.nodeKind) for shape in group):
            return list(dict.fromkeys(datatypes)), list(dict.fromkeys(classes))
    return [], []


def _kind(path: str, datatypes: Iterable[str], classes: Iterable[str]) -> str:
    """Return how a value is written; without a datatype, it names a record."""
    names = {datatype.removeprefix(XSD) for datatype in datatypes}
    if MG.Citation in classes:
        return "citation"
    if RDF.langString in names:
        return "text" if path == RDF.label else "long"
    if "decimal" in names:
        return "decimal"
    return next((kind for kind, of in _KINDS.items() if names & of), "text" if names else "id")


def _said(plan: Plan, path: str, shapes: list[str], predicate: str) -> str:
    for shape in (*shapes, *_subjects(Shacl.path, path)):
        if said := _worded(plan, shape, predicate):
            return said
    return ""


def _worded(plan: Plan, subject: str, predicate: str) -> str:
    """Return a text of the shapes in the plan's language, or in English."""
    found = {
        term.language: term.value
        for term in _terms(subject, predicate)
        if isinstance(term, ox.Literal)
    }
    return found.get(plan.lang) or found.get("en", "")


def _definition(plan: Plan, path: str) -> str:
    found = {
        quad.object.language: quad.object.value
        for quad in plan.built.store.quads_for_pattern(
            ox.NamedNode(path), ox.NamedNode(Skos.definition), None, _DEFAULT
        )
        if isinstance(quad.object, ox.Literal)
    }
    return found.get(plan.lang) or found.get("en", "")


# ---------------------------------------------------------------- what the plan says


def languages(plan: Plan) -> tuple[str, ...]:
    """Return the languages of a plan's labels, the usual ones first."""
    usual = [lang for lang in LANGUAGES if lang in plan.built.languages]
    return (*usual, *(lang for lang in plan.built.languages if lang not in usual)) or (plan.lang,)


def _choices(plan: Plan, classes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the records of classes, with labels: by position in the plan, year and label."""
    fixed = [
        iri
        for kind in classes
        for shape in _subjects(Shacl.targetClass, kind)
        for iri in _members(shape, Shacl.in_)
    ]
    if fixed:
        return tuple((plan.ids.short(iri), plan.label(iri)) for iri in fixed)
    found = {iri for kind in classes for iri in _instances(plan, kind)}
    if len(found) > _MOST:
        return ()
    return tuple(
        (plan.ids.short(iri), label)
        for _, label, iri in sorted(
            (_rank(plan, iri, label), label, iri)
            for iri, label in ((iri, plan.label(iri)) for iri in found)
        )
    )


def _instances(plan: Plan, kind: str) -> Iterator[str]:
    for quad in plan.built.store.quads_for_pattern(
        None, ox.NamedNode(RDF.type), ox.NamedNode(kind), _DEFAULT
    ):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


def _rank(plan: Plan, iri: str, label: str) -> tuple[list[tuple[int, str]], ...]:
    """Return what orders choices: the positions from the top down, then the year, the label."""
    chain: list[tuple[int, str]] = []
    seen: set[str] = set()
    node: str | None = iri
    while node and node not in seen:
        seen.add(node)
        chain += _numbers(plan, node, MG.position)
        above = (*_of(plan, node, MG.partOf), *_of(plan, node, Skos.broader))
        node = next((term.value for term in above if isinstance(term, ox.NamedNode)), None)
    years = _numbers(plan, iri, MG.year)
    return chain[::-1] or [(_LAST * _LAST, "")], years, natural(label), natural(iri)


def _numbers(plan: Plan, iri: str, predicate: str) -> list[tuple[int, str]]:
    numbers = (whole_number(term.value) for term in _of(plan, iri, predicate))
    return [(number, "") for number in numbers if number is not None]


def _of(plan: Plan, iri: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
    quads = plan.built.store.quads_for_pattern(
        ox.NamedNode(iri), ox.NamedNode(predicate), None, _DEFAULT
    )
    terms = [quad.object for quad in quads if isinstance(quad.object, ox.NamedNode | ox.Literal)]
    return sorted(terms, key=lambda term: term.value)
