"""Lists the records that a field offers, with labels and in the plan's order."""

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from metrograph.editing.shapes import members, subjects
from metrograph.messages import LANGUAGES
from metrograph.plan import Plan
from metrograph.store.working import is_of_file
from metrograph.text import whole_number
from metrograph.vocabulary import MG, RDF, Shacl, Skos

_AFTER_ALL = 1_000_000  # what has no position stands after all that have one
_MOST = 1_000  # nobody picks from a longer list: its ids are typed


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


def languages(plan: Plan) -> tuple[str, ...]:
    """Return the languages of a plan's labels, the usual ones first."""
    usual = [lang for lang in LANGUAGES if lang in plan.built.languages]
    return (*usual, *(lang for lang in plan.built.languages if lang not in usual)) or (plan.lang,)


def choices(plan: Plan, classes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the records of classes, with labels: by position in the plan, year and label."""
    fixed = [
        iri
        for kind in classes
        for shape in subjects(Shacl.targetClass, kind)
        for iri in members(shape, Shacl.in_)
    ]
    if fixed:
        return tuple((plan.ids.short(iri), plan.label(iri)) for iri in fixed)
    records = {iri for kind in classes for iri in _instances(plan, kind)}
    return () if len(records) > _MOST else _ordered(plan, records)


def recorded(plan: Plan, kind: str) -> tuple[tuple[str, str], ...]:
    """Return the records to which a file gives a class (its IRI), as ids and labels, in order."""
    return _ordered(plan, set(_instances(plan, kind, in_files=True)))


def _ordered(plan: Plan, records: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (plan.ids.short(iri), label)
        for _, label, iri in sorted(
            (_rank(plan, iri, label), label, iri)
            for iri, label in ((iri, plan.label(iri)) for iri in records)
        )
    )


def _instances(plan: Plan, kind: str, *, in_files: bool = False) -> Iterator[str]:
    """Yield the records of a class: all, or those that a file says are of it."""
    engine, pattern = plan.built.engine, (None, ox.NamedNode(RDF.type), ox.NamedNode(kind))
    stated = engine.quads(*pattern) if in_files else ()
    records = (quad.subject for quad in stated if is_of_file(quad))
    for record in records if in_files else (triple.subject for triple in engine.triples(*pattern)):
        if isinstance(record, ox.NamedNode):
            yield record.value


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
    return chain[::-1] or [(_AFTER_ALL, "")], years, natural(label), natural(iri)


def _numbers(plan: Plan, iri: str, predicate: str) -> list[tuple[int, str]]:
    numbers = (whole_number(term.value) for term in _of(plan, iri, predicate))
    return [(number, "") for number in numbers if number is not None]


def _of(plan: Plan, iri: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
    triples = plan.built.engine.triples(ox.NamedNode(iri), ox.NamedNode(predicate))
    terms = [
        triple.object for triple in triples if isinstance(triple.object, ox.NamedNode | ox.Literal)
    ]
    return sorted(terms, key=lambda term: term.value)
