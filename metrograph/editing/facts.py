"""Turns what a person typed, and the record as it is, into facts of the record as it would be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import pyoxigraph as ox

from metrograph.editing.elsewhere import hint
from metrograph.editing.forms import Field, Form
from metrograph.editing.placement import Now
from metrograph.editing.shapes import local
from metrograph.editing.values import Reader, Term, Unreadable, is_same, language_of, parse
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.store.findings import Severity
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF, XSD, Dcterms

_DATE = ox.NamedNode(XSD + "date")
_STATEMENTS = (MG.AlignmentClaim, MG.Coding)  # made by a coder on a day
Facts = dict[str, tuple[Term, ...]]


@dataclass(frozen=True)
class Hand:
    """Who changes records (the IRI of a coder, a body or an organisation), and on which day."""

    by: str | None
    on: date


@dataclass(frozen=True)
class Problem:
    """What is wrong with a proposal, in the plan's language.

    `field` is the name of a field, or "by"; without one, the problem is with the whole record, or
    with another one, whose id is `about`. Only violations of the record itself keep it from being
    saved: what it asks of others, such as an intersection of a new theme, can only follow it.
    """

    message: str
    field: str | None = None
    severity: Severity = "violation"
    about: str | None = None


def entered(
    plan: Plan, now: Now, form: Form, old: Record | None, values: Mapping[str, Sequence[str]]
) -> tuple[Facts, list[Problem]]:
    """Return the facts of a record as the values make it, and what cannot be read of them.

    `old` is the record as it is, if there is one: it keeps what the values do not speak of.
    """
    read, problems = _read(plan, now, form, old, values)
    return _facts(form, old, read), problems


def written(
    iri: str, facts: Facts, old: Record | None, by: str | None, on: date
) -> tuple[Record, bool]:
    """Return a record as it is written, with who wrote it and when, and whether it stays as it was.

    What stays as it was is not stamped.
    """
    unchanged = old is not None and set(Record(iri, _items(facts)).triples()) == set(old.triples())
    stamped = facts if unchanged else _stamped(facts, by, on, is_new=old is None)
    return Record(iri, _items(stamped)), unchanged


def changed_record(iri: str, facts: Facts, hand: Hand) -> Record:
    """Return a record of these facts as it is written when it changes, with who did so and when."""
    return Record(iri, _items(_stamped(facts, hand.by, hand.on, is_new=False)))


def _read(
    plan: Plan, now: Now, form: Form, old: Record | None, values: Mapping[str, Sequence[str]]
) -> tuple[Facts, list[Problem]]:
    """Return the terms of the fields that are given, by property, and what cannot be read."""
    reader = Reader(plan.lang, plan.ids, now.knows, partial(hint, plan))
    typed = {key: [text for text in texts if text.strip()] for key, texts in values.items()}
    read: Facts = {}
    problems: list[Problem] = []
    before: Facts = {path: tuple(terms) for path, terms in old.facts} if old else {}
    for field in form.fields:
        if not any(key in typed for key in field.keys):
            continue
        terms: list[Term] = []
        for key in field.keys:
            lang = key.rpartition(".")[2] if field.languages else ""
            had = [term for term in before.get(field.path, ()) if language_of(term) == lang]
            if key not in typed:
                terms += had
            for text in typed.get(key, ()):
                try:
                    terms.append(_term(reader, field, lang, text, had))
                except Unreadable as error:
                    problems.append(Problem(str(error), field.name))
        terms += [term for term in before.get(field.path, ()) if _is_apart(term, field)]
        read[field.path] = tuple(dict.fromkeys(terms))
    return read, problems + _unplaced(plan, form, before, typed)


def _term(reader: Reader, field: Field, lang: str, text: str, had: Iterable[Term]) -> Term:
    """Return the term of a text: the one that the record has already, if it means that."""
    for term in had:
        if is_same(text, term, reader.ids) and _fits(term, field):
            return term
    term = parse(text, field, reader)
    return ox.Literal(term.value, language=lang) if lang else term


def _fits(term: Term, field: Field) -> bool:
    return isinstance(term, ox.NamedNode) or term.datatype.value in field.datatypes


def _is_apart(term: Term, field: Field) -> bool:
    """Return whether a term is in a language for which the field has no place: it is kept."""
    return bool(field.languages) and language_of(term) not in field.languages


def _unplaced(
    plan: Plan, form: Form, before: Facts, typed: Mapping[str, Sequence[str]]
) -> list[Problem]:
    """Return a problem for each key that no field has, unless it says what the record has."""
    keys = {key for field in form.fields for key in field.keys}
    had: dict[str, list[Term]] = {}
    for path, terms in before.items():
        for term in terms:
            tag = language_of(term)
            had.setdefault(local(path) + (f".{tag}" if tag else ""), []).append(term)
    return [
        Problem(word("no_field", plan.lang).format(key))
        for key, texts in typed.items()
        if key not in keys
        and not all(
            any(is_same(text, term, plan.ids) for term in had.get(key, ())) for text in texts
        )
    ]


def _facts(form: Form, old: Record | None, read: Facts) -> Facts:
    """Return the facts of the record in the order of its file; what is new goes before citations.

    A new record begins with its type and follows the form.
    """
    facts: Facts = {RDF.type: (ox.NamedNode(form.type),)}
    for path, terms in old.facts if old else ():
        facts[path] = _merged(tuple(terms), read[path]) if path in read else tuple(terms)
    for field in form.fields:
        if field.path not in facts and read.get(field.path):
            facts[field.path] = read[field.path]
    return {path: terms for path, terms in facts.items() if terms}


def _merged(before: tuple[Term, ...], after: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return new values in the order of the old ones; a changed text stays in its language's place.

    >>> old = ox.Literal("un", language="fr"), ox.Literal("one", language="en")
    >>> new = ox.Literal("two", language="en"), ox.Literal("un", language="fr")
    >>> [term.value for term in _merged(old, new)]
    ['un', 'two']
    """
    tags = [language_of(term) for term in before]

    def place(term: Term) -> int:
        if term in before:
            return before.index(term)
        tag = language_of(term)
        return tags.index(tag) if tag and tag in tags else len(before)

    return tuple(sorted(after, key=place))


def _items(facts: Facts) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """Return facts in the order in which they are written: citations last."""
    last = {path: terms for path, terms in facts.items() if path == MG.citation}
    return tuple({**{path: facts[path] for path in facts if path not in last}, **last}.items())


def _stamped(facts: Facts, by: str | None, on: date, is_new: bool) -> Facts:
    """Return facts with who wrote their record and when.

    A record was made on a day and changed on another, and all who had a hand in it stay: that is
    said of the record (docs/decisions/records.md). What a coder states was itself made on a day.
    """
    day = (ox.Literal(on.isoformat(), datatype=_DATE),)
    stamped = dict(facts)
    is_statement = any(kind.value in _STATEMENTS for kind in facts.get(RDF.type, ()))
    if not is_new:
        stamped[MG.recordChangedOn] = day
    elif is_statement:
        stamped.setdefault(Dcterms.created, day)
    else:
        stamped[MG.recordedOn] = day
    if by:
        hands = (*facts.get(MG.recordedBy, ()), ox.NamedNode(by))
        stamped[MG.recordedBy] = tuple(dict.fromkeys(hands))
    return stamped
