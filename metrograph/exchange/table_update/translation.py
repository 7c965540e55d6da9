"""Rewrites the records that a new file makes in the ids of the plan, new ones in free ids."""

import re
from collections.abc import Callable

import pyoxigraph as ox

from metrograph.exchange.table_update.held import Held, Term, value
from metrograph.exchange.table_update.matching import Matching
from metrograph.ids import Ids, free_id
from metrograph.vocabulary import MG, RDF, Skos

_NAMED = (MG.StrategicPlan, MG.Source, MG.Observation)  # whose ids are found otherwise


_NUMBERED = re.compile(r"([0-9]+(?:\.[0-9]+)*)[.):]?\s+(\S.*)", re.DOTALL)


def numbered(plan: Held, file: Held) -> Held:
    """Return the records of a file, its elements with numbers of their own where the plan has such.

    In a table with a gap ("2.1 Repairs", "2.3 Roofs") what stands before a name may not look like
    a number to who does not know the plan.
    """
    has = {
        value(facts, MG.level)
        for _, facts in plan.of_kind(MG.PlanElement)
        if Skos.notation in facts
    }
    records = dict(file.records)
    for iri, facts in file.of_kind(MG.PlanElement):
        label = next(iter(facts.get(RDF.label, ())), None)
        parts = _NUMBERED.fullmatch(label.value) if label else None
        if parts and not facts.get(Skos.notation) and value(facts, MG.level) in has:
            language = label.language if isinstance(label, ox.Literal) else None
            texts = (ox.Literal(parts[2], language=language),)
            records[iri] = {**facts, RDF.label: texts, Skos.notation: (ox.Literal(parts[1]),)}
    return Held(records)


def translated(plan: Held, file: Held, matching: Matching, ids: Ids) -> Held:
    """Return the records of a file as they are, or would be, in the plan.

    Adds to `matching` the source that is there already or gets a free id, and the free ids of new
    records whose own is another record's. The plan itself is left out.
    """
    _name_plan(plan, file, matching)
    _name_source(plan, file, matching, ids)
    taken = set(plan.records) | set(matching.known.values())
    others = {iri for kind in _NAMED for iri, _ in file.of_kind(kind)}
    for iri in file.records:
        if iri not in others and iri not in matching.known:
            matching.known[iri] = ids.iri(
                free_id(ids.short(iri), lambda name: ids.iri(name) in taken)
            )
            taken.add(matching.known[iri])
    plans = {iri for iri, _ in file.of_kind(MG.StrategicPlan)}
    of = _rewriting(matching)
    return Held(
        {
            matching.of(iri): {path: tuple(map(of, terms)) for path, terms in facts.items()}
            for iri, facts in file.records.items()
            if iri not in plans
        }
    )


def _name_plan(plan: Held, file: Held, matching: Matching) -> None:
    """Note which plan the file is about: the one of its id, or the first."""
    plans = [iri for iri, _ in plan.of_kind(MG.StrategicPlan)]
    for iri, _ in file.of_kind(MG.StrategicPlan):
        matching.known[iri] = iri if iri in plans or not plans else plans[0]


def _name_source(plan: Held, file: Held, matching: Matching, ids: Ids) -> None:
    """Note which source the file is: the one of the same text, else a new one."""
    by_text = {value(facts, MG.sha256): iri for iri, facts in plan.of_kind(MG.Source)}
    for iri, facts in file.of_kind(MG.Source):
        free = free_id(ids.short(iri), lambda name: ids.iri(name) in plan.records)
        matching.known[iri] = by_text.get(value(facts, MG.sha256)) or ids.iri(free)


def _rewriting(matching: Matching) -> Callable[[Term], Term]:
    def of(term: Term) -> Term:
        if isinstance(term, ox.Literal):
            return term
        if term.value in matching.known:
            return ox.NamedNode(matching.known[term.value])
        whole, mark, part = term.value.partition("#")
        if mark and whole in matching.known:  # lines of a source
            return ox.NamedNode(f"{matching.known[whole]}#{part}")
        return term

    return of
