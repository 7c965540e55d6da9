"""Adds the figures and statuses that a new file reports by a day, beside the earlier ones."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from metrograph.editing.placement import status_report_key
from metrograph.exchange.table_update.held import Facts, Held, Term, value
from metrograph.ids import Ids, free_id
from metrograph.vocabulary import MG, RDF, XSD, Skos

_BESIDE = (
    RDF.type,
    RDF.label,
    MG.value,
    MG.unit,
    MG.qualifier,
    MG.citation,
    MG.asOf,
    MG.supersedes,
    MG.notReported,
    Skos.note,
)  # fmt: skip  what a figure has besides that which it is a figure of


@dataclass(frozen=True)
class Reported:
    """A record that a report adds, by its IRI, and the one that it follows, if there is one."""

    iri: str
    facts: Facts
    earlier: str = ""


def day_of(day: date) -> ox.Literal:
    """Return a day as a term."""
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD + "date"))


def figures(plan: Held, made: Held, ids: Ids, day: date) -> tuple[list[Reported], int, int]:
    """Return the figures that are new or have another value, how many are the same, and are gone.

    A figure of another value comes beside the one that it replaces (`mg:supersedes`).
    """
    old = {term.value for _, facts in _figures(plan) for term in facts.get(MG.supersedes, ())}
    held: dict[Hashable, list[str]] = defaultdict(list)
    for iri, facts in _figures(plan):
        if iri not in old:
            held[_key(facts)].append(iri)
    taken = set(plan.records)
    reported, same = [], 0
    for iri, facts in _figures(made):
        earlier = held[_key(facts)].pop(0) if held.get(_key(facts)) else ""
        if earlier and _measured(plan.records[earlier]) == _measured(facts):
            same += 1
            continue
        wished = f"{ids.short(earlier)}/{day.isoformat()}" if earlier else ids.short(iri)
        own = ids.iri(free_id(wished, lambda name: ids.iri(name) in taken))
        taken.add(own)
        links: dict[str, tuple[Term, ...]] = {MG.asOf: (day_of(day),)}
        if earlier:
            links[MG.supersedes] = (ox.NamedNode(earlier),)
        reported.append(Reported(own, {**facts, **links}, earlier))
    subjects = {value(facts, MG.subject) for _, facts in _figures(made)}
    left = [iri for iris in held.values() for iri in iris]
    gone = sum(value(plan.records[iri], MG.subject) in subjects for iri in left)
    return reported, same, gone


def _figures(held: Held) -> Iterator[tuple[str, Facts]]:
    return held.of_kind(MG.Observation)


def _key(facts: Facts) -> Hashable:
    """Return what a figure is a figure of: indicator, subject, period, type and dimensions."""
    return frozenset(
        (path, frozenset(map(str, terms))) for path, terms in facts.items() if path not in _BESIDE
    )


def _measured(facts: Facts) -> tuple[str, ...]:
    return tuple(value(facts, path) for path in (MG.value, MG.unit, MG.qualifier))


def statuses(plan: Held, changed: Mapping[str, Facts], ids: Ids, day: date) -> list[Reported]:
    """Return the dated statuses of elements whose status a file changes (facts as they would be).

    The status that an element had gets its own record, dated by its source, where it has none yet.
    """
    known = {
        (value(facts, MG.statusOf), value(facts, MG.status))
        for _, facts in plan.of_kind(MG.StatusReport)
    }
    taken = set(plan.records)
    reports = []

    def report(element: str, status: Term, on: Term | None, citations: tuple[Term, ...]) -> None:
        key = status_report_key(ids.short(element), on.value if on else "")
        named = "/".join(("status-report", *key))
        own = ids.iri(free_id(named, lambda name: ids.iri(name) in taken))
        taken.add(own)
        facts: dict[str, tuple[Term, ...]] = {
            RDF.type: (ox.NamedNode(MG.StatusReport),),
            MG.statusOf: (ox.NamedNode(element),),
            MG.status: (status,),
            MG.asOf: (on,) if on else (),
            MG.citation: citations,
        }
        reports.append(Reported(own, facts))

    for element, facts in changed.items():
        before = plan.records.get(element, {})
        for status in before.get(MG.status, ()):
            if (element, status.value) not in known:
                report(element, status, _source_day(plan, before), tuple(before[MG.citation]))
        cited = set(before.get(MG.citation, ()))
        citations = tuple(term for term in facts[MG.citation] if term not in cited)
        for status in facts.get(MG.status, ()):
            report(element, status, day_of(day), citations or tuple(facts[MG.citation]))
    return reports


def _source_day(plan: Held, facts: Facts) -> Term | None:
    """Return the day to which the latest source of a record applies, if it is known."""
    sources = {term.value.partition("#")[0] for term in facts.get(MG.citation, ())}
    days = [term for iri in sources for term in plan.records.get(iri, {}).get(MG.asOf, ())]
    return max(days, key=lambda term: term.value, default=None)
