"""Makes forms from SHACL shapes: the fields of a kind of record, and their constraints.

A form is what the property shapes of a kind say (SHACL, section 2.3.2: name, description, order and
group are there for forms). It holds no HTML: a page, a spreadsheet or a program may ask for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from metrograph.editing import wording
from metrograph.editing.choices import choices, languages, natural
from metrograph.editing.shapes import first, iris, local, members, subjects, terms, texts
from metrograph.errors import QueryError
from metrograph.plan import Plan
from metrograph.query.library import near
from metrograph.store.working import asserted
from metrograph.vocabulary import MG, RDF, SHAPES_NAMESPACE, XSD, Shacl

_LAST = 1_000  # where a field stands of which no shape says it
_KINDS = {
    "date": {"date", "gYearMonth"},
    "year": {"gYear"},
    "integer": {"integer"},
    "decimal": {"decimal"},
    "boolean": {"boolean"},
}  # the widest first: what may be a day, a month or a year is a date
_APART = (MG.Citation, MG.Decision, MG.ScopeDecision, MG.Judgement)
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

    Fixed lists (`sh:in`) have no records of a plan, citations are only ever inferred, a judgement
    is a claim or a decision, and decisions are made where one decides, which knows what they
    settle.

    >>> "Activity" in kinds(), "Basis" in kinds()
    (True, False)
    """
    return tuple(sorted(_classes()))


def class_of(kind: str) -> str:
    """Return the class (its IRI) of a kind that has a form."""
    return _classes()[kind]


def has_form(kind: str) -> bool:
    """Return whether there is a form for records of a class (its IRI)."""
    return kind in _classes().values()


def form(plan: Plan, kind: str) -> Form:
    """Return the form of a kind, such as "Activity", in the plan's language.

    Raises `QueryError` for a kind that has no form.
    """
    classes = _classes()
    name = local(plan.ids.iri(kind) if ":" in kind else kind)
    if name not in classes:
        raise QueryError(
            "There is no form for records of the kind “{kind}”.{near}",
            kind=kind,
            near=near(kind, list(classes)),
        )
    return form_of(plan, classes[name])


def form_of(plan: Plan, kind: str) -> Form:
    """Return what the shapes ask of the records of a class (its IRI), filled in by hand or not."""
    paths = _paths(_lineage(plan, kind))
    placed = sorted(
        (*_place(path, shapes), local(path), _field(plan, path, shapes))
        for path, shapes in paths.items()
    )
    groups: dict[str, list[Field]] = {}
    for _, group, _, _, field in placed:
        groups.setdefault(group, []).append(field)
    return Form(
        local(kind),
        kind,
        plan.label(kind),
        tuple(
            Group(wording.worded(plan, group, RDF.label), tuple(of)) for group, of in groups.items()
        ),
    )


def values(plan: Plan, name: str) -> Mapping[str, tuple[str, ...]]:
    """Return what the files assert of a record, by field names, as a person would type it.

    Raises `QueryError` for an unknown id.
    """
    texts: dict[str, set[str]] = {}
    for triple in asserted(plan.built.engine, plan.ids.iri(plan.known(name))):
        if triple.predicate.value != RDF.type:
            key = local(triple.predicate.value)
            if isinstance(triple.object, ox.Literal):
                if triple.object.language:
                    key += f".{triple.object.language}"
                texts.setdefault(key, set()).add(triple.object.value)
            elif isinstance(triple.object, ox.NamedNode):
                texts.setdefault(key, set()).add(plan.ids.short(triple.object.value))
    return {key: tuple(sorted(texts[key], key=natural)) for key in sorted(texts)}


def kind_of(plan: Plan, name: str) -> str:
    """Return the kind of a record: the narrowest that has a form, or "" where none has."""
    classes = _classes()
    node = ox.NamedNode(RDF.type)
    mine = {
        triple.object.value
        for triple in asserted(plan.built.engine, plan.ids.iri(name))
        if triple.predicate == node and isinstance(triple.object, ox.NamedNode)
    }
    fitting = [kind for kind, iri in classes.items() if iri in mine]
    return max(fitting, key=lambda kind: (len(_lineage(plan, classes[kind])), kind), default="")


# ---------------------------------------------------------------- what the shapes say


@cache
def _classes() -> Mapping[str, str]:
    """Return the IRIs of the classes that have a form, by their names."""
    return {
        local(kind): kind
        for shape in subjects(RDF.type, Shacl.NodeShape)
        for kind in iris(shape, Shacl.targetClass)
        if kind not in _APART and not list(terms(shape, Shacl.in_))
    }


def _lineage(plan: Plan, kind: str) -> list[str]:
    """Return a class and the classes above it: what holds for these holds for it."""
    lineage = [kind]
    for lower in lineage:
        for triple in plan.built.engine.triples(ox.NamedNode(lower), ox.NamedNode(RDF.subClassOf)):
            if isinstance(triple.object, ox.NamedNode) and triple.object.value not in lineage:
                lineage.append(triple.object.value)
    return lineage


def _paths(lineage: Iterable[str]) -> dict[str, list[str]]:
    """Return the properties that records of these classes may have, each with its shapes.

    A property shape belongs to a class by its target, or hangs from the class's node shape; and a
    node shape names, by `sh:targetSubjectsOf`, the properties that only its class may have.
    """
    targeting = [shape for kind in lineage for shape in subjects(Shacl.targetClass, kind)]
    hanging = [inner for shape in targeting for inner in iris(shape, Shacl.property)]
    properties: dict[str, list[str]] = {}
    for shape in dict.fromkeys((*targeting, *hanging)):
        for path in iris(shape, Shacl.path):
            properties.setdefault(path, []).append(shape)
        if not list(terms(shape, Shacl.path)):
            for path in iris(shape, Shacl.targetSubjectsOf):
                properties.setdefault(path, [])
    for path, shapes in properties.items():  # and what holds wherever the property is used
        general = subjects(Shacl.targetSubjectsOf, path)
        shapes += [
            shape for shape in general if path in iris(shape, Shacl.path) and shape not in shapes
        ]
    return properties


def _place(path: str, shapes: list[str]) -> tuple[int, str, int]:
    """Return where a field stands: order of its group, the group, and order within it."""
    group = (first(shapes, path, Shacl.group) or iris(_LABEL_SHAPE, Shacl.group))[0]
    orders = [first(shapes, path, Shacl.order), texts(group, Shacl.order)]
    within, of_group = (int(values[0]) if values else _LAST for values in orders)
    return of_group, group, within


def _field(plan: Plan, path: str, shapes: list[str]) -> Field:
    datatypes, classes = _types(path, shapes)
    kind = _kind(path, datatypes, classes)
    worded = RDF.langString in datatypes
    most = [int(text) for shape in shapes for text in texts(shape, Shacl.maxCount)]
    least = [int(text) for shape in shapes for text in texts(shape, Shacl.minCount)]
    minimum = [int(text) for shape in shapes for text in texts(shape, Shacl.minInclusive)]
    patterns = [text for shape in shapes for text in texts(shape, Shacl.pattern)]
    return Field(
        name=local(path),
        path=path,
        label=wording.shapes_text(plan, path, shapes, Shacl.name) or plan.label(path),
        help=wording.shapes_text(plan, path, shapes, Shacl.description)
        or wording.definition(plan, path),
        kind=kind,
        required=bool(least and least[0]),  # the nearest shape that says it
        many=not worded and 1 not in most,
        choices=choices(plan, classes) if kind == "id" else (),
        languages=languages(plan) if worded else (),
        of=tuple(classes),
        datatypes=tuple(datatypes),
        minimum=max(minimum, default=None),
        pattern=patterns[0] if patterns else None,
    )


def _types(path: str, shapes: list[str]) -> tuple[list[str], list[str]]:
    """Return the datatypes, or the classes, of the values of a property."""
    for group in (shapes, subjects(Shacl.path, path)):
        either = [inner for shape in group for inner in members(shape, Shacl.or_)]
        datatypes = [iri for shape in (*group, *either) for iri in iris(shape, Shacl.datatype)]
        classes = [iri for shape in (*group, *either) for iri in iris(shape, Shacl.class_)]
        if datatypes or classes or any(iris(shape, Shacl.nodeKind) for shape in group):
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
