"""Refuses an ontology with axioms of OWL 2 that the compiler does not implement.

What it does not carry out would be passed over, and what follows from it be missing in silence. So
each statement with a term of OWL, RDF or RDFS is one of the forms below, or is refused with the
statement, the reason and what to write instead. docs/entailment.md lists the forms.
"""

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, SH, XSD, BNode, Graph, Node, URIRef

from metrograph.errors import OntologyError, Text

BETWEEN_CLASSES = {RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith}
BETWEEN_PROPERTIES = {RDFS.subPropertyOf, OWL.equivalentProperty, OWL.inverseOf}
OF_PROPERTIES = {OWL.TransitiveProperty, OWL.SymmetricProperty}
_LISTS = {OWL.propertyChainAxiom, OWL.members}
_ANNOTATED = (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
_DECLARATIONS = {
    OWL.Ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty,
    OWL.NamedIndividual, OWL.Axiom, OWL.AllDisjointClasses, OWL.DeprecatedClass,
    OWL.DeprecatedProperty, RDFS.Class, RDFS.Datatype, RDF.Property, RDF.List,
}  # fmt: skip
_NOTES = {
    OWL.versionIRI, OWL.versionInfo, OWL.deprecated, OWL.priorVersion,
    OWL.backwardCompatibleWith, OWL.incompatibleWith, *_ANNOTATED,
}  # fmt: skip
_BUILT_IN = (OWL, RDF, RDFS, XSD)
_TRIVIAL = {OWL.Thing, RDFS.Resource}  # all that there is belongs to them
_RULES = {SH.SPARQLRule}
_OF_RULES = {SH.construct, SH.condition, SH.order, SH.deactivated}


def refuse_what_is_not_carried_out(ontology: Graph, source: str = "The ontology") -> None:
    """Raise `OntologyError` for the first axiom, in the order of the triples, that is not compiled.

    >>> graph = Graph().parse(format="turtle", data='''
    ...     @prefix owl: <http://www.w3.org/2002/07/owl#> . <urn:x:p> owl:inverseOf [] .''')
    >>> try:
    ...     refuse_what_is_not_carried_out(graph)
    ... except OntologyError as error:
    ...     print(str(error).partition("”: ")[2])
    one side has no name. Declare a class or property for it, and use its name.
    """
    for subject, predicate, value in sorted(ontology):
        for reason in _reasons(ontology, subject, predicate, value):
            shown = " ".join(_shown(ontology, term) for term in (subject, predicate, value))
            raise OntologyError(
                "{source} states “{shown}”: {reason}", source=source, shown=shown, reason=reason
            )


def _reasons(ontology: Graph, subject: Node, predicate: Node, value: Node) -> Iterator[Text]:
    if predicate == RDF.type:
        yield from _of_a_kind(ontology, subject, value)
    elif predicate in BETWEEN_CLASSES | BETWEEN_PROPERTIES:
        if predicate == OWL.disjointWith and subject == value:
            yield Text(
                "nothing could belong to a class that excludes itself. Remove this statement, "
                "or the class."
            )
        yield from _not_a_name(subject)
        if predicate != RDFS.subClassOf or value not in _TRIVIAL:
            yield from _not_a_name(value)
    elif predicate in _LISTS:
        if predicate == OWL.propertyChainAxiom:
            yield from _not_a_name(subject)
        yield from _not_a_list(ontology, value)
    elif _is_passed_over(ontology, subject, predicate):
        yield _unknown(ontology, predicate)
    elif _is_of(value, OWL) and predicate not in _ANNOTATED:
        yield _unknown(ontology, value)


def _is_passed_over(ontology: Graph, subject: Node, predicate: Node) -> bool:
    """Whether nothing looks at a property; of a rule, only its query and prefixes are read."""
    if predicate in _OF_RULES:
        return ((subject, RDF.type, SH.SPARQLRule) in ontology) != (predicate == SH.construct)
    return _is_of(predicate, OWL) and predicate not in _NOTES


def _of_a_kind(ontology: Graph, subject: Node, kind: Node) -> Iterator[Text]:
    of_rule = _is_of(kind, SH) and str(kind).endswith("Rule") and kind not in _RULES
    if of_rule or (_is_of(kind, *_BUILT_IN) and kind not in _DECLARATIONS | OF_PROPERTIES):
        yield _unknown(ontology, kind)
    if kind in OF_PROPERTIES:
        yield from _not_a_name(subject)
    if kind == OWL.Axiom:
        yield from _annotates_nothing(ontology, subject)
    if kind == OWL.AllDisjointClasses and (subject, OWL.members, None) not in ontology:
        yield Text("it lists no classes. Add owl:members.")


def _unknown(ontology: Graph, term: Node) -> Text:
    return Text.of(
        "{term} is not supported here. Remove it, or write it as a rule (sh:SPARQLRule).",
        term=_shown(ontology, term),
    )


def _not_a_name(term: Node) -> Iterator[Text]:
    if isinstance(term, BNode):
        yield Text("one side has no name. Declare a class or property for it, and use its name.")
    elif not isinstance(term, URIRef):
        yield Text("one side is a text. Name a class or property.")
    elif _is_of(term, *_BUILT_IN):
        yield Text("one side is a term of OWL, RDF, RDFS or XSD, whose meaning must not change.")


def _not_a_list(ontology: Graph, head: Node) -> Iterator[Text]:
    try:
        members = list(ontology.items(head))
    except ValueError:  # it leads back to itself
        members = []
    if len(members) < 2:
        yield Text("its list requires at least two members.")
    for member in members:
        yield from _not_a_name(member)


def _annotates_nothing(ontology: Graph, axiom: Node) -> Iterator[Text]:
    """Say so if the axiom that is annotated is not stated: it would not be carried out."""
    subject, predicate, value = (ontology.value(axiom, term) for term in _ANNOTATED)
    if None in (subject, predicate, value) or (subject, predicate, value) not in ontology:
        yield Text("it annotates an axiom that is not stated. State that axiom too.")


def _is_of(term: Node, *spaces: type) -> bool:
    return isinstance(term, URIRef) and any(term.startswith(str(space)) for space in spaces)


def _shown(ontology: Graph, term: Node) -> str:
    return term.n3(ontology.namespace_manager)
