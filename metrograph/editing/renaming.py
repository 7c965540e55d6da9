"""Renames the intersections of a theme or challenge with it, where they are named after both."""

from collections.abc import Mapping

import pyoxigraph as ox

from metrograph.editing.facts import Facts, Hand, changed_record
from metrograph.editing.placement import Now
from metrograph.editing.revising import facts_of
from metrograph.editing.siblings import Terms, objects, subjects_with
from metrograph.editing.values import language_of
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF


def intersection_name(challenge: str, theme: str) -> str:
    """Return what an intersection is called that nobody has given another name.

    >>> intersection_name("Rising seas", "Clean water")
    'Rising seas × Clean water'
    """
    return f"{challenge} × {theme}"


def renamed(now: Now, old: Record, new: Record, hand: Hand) -> tuple[Record, ...]:
    """Return the intersections of a theme or challenge with the names that follow from its new one.

    A name that somebody wrote stays as it is.
    """
    before, after = (_names(tuple(dict(record.facts).get(RDF.label, ()))) for record in (old, new))
    node = ox.NamedNode(new.subject)
    changed = []
    for path in (MG.ofTheme, MG.ofChallenge):
        across = MG.ofChallenge if path == MG.ofTheme else MG.ofTheme
        for iri in sorted(subjects_with(now, path, node)) if before != after else ():
            others = objects(now, iri, across)
            names = _names(objects(now, others[0].value, RDF.label)) if others else {}
            facts = facts_of(now, iri)
            labels = tuple(
                _label(term, before, after, names, is_theme=path == MG.ofTheme)
                for term in facts.get(RDF.label, ())
            )
            if labels != facts.get(RDF.label, ()):
                changed.append(changed_record(iri, _with_labels(facts, labels), hand))
    return tuple(changed)


def _names(terms: Terms) -> Mapping[str, str]:
    return {language_of(term): term.value for term in terms}


def _with_labels(facts: Facts, labels: Terms) -> Facts:
    return {**facts, RDF.label: labels}


def _label(
    term: ox.NamedNode | ox.Literal,
    before: Mapping[str, str],
    after: Mapping[str, str],
    names: Mapping[str, str],
    *,
    is_theme: bool,
) -> ox.NamedNode | ox.Literal:
    """Return the label of an intersection: another one, if it was the usual one."""
    lang = language_of(term)
    if lang not in before or lang not in after or lang not in names:
        return term
    was, becomes = (
        intersection_name(*((names[lang], own) if is_theme else (own, names[lang])))
        for own in (before[lang], after[lang])
    )
    return ox.Literal(becomes, language=lang) if term.value == was else term
