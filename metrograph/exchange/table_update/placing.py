"""Gives elements the positions that their numbers state, and new ones without number the next."""

from collections import defaultdict
from collections.abc import Mapping

import pyoxigraph as ox

from metrograph.exchange.table_update.held import Facts, Held, value
from metrograph.text import whole_number
from metrograph.vocabulary import MG, Skos


def placed(plan: Held, after: Mapping[str, Facts]) -> dict[str, Facts]:
    """Return the elements of a file, as they would be, each at its place among those of the plan.

    A number and a position agree if the number is that above, a dot and the position. An element
    that gets none by its number has no position. Those of the plan that are not in the file come
    along where the number above them changes.
    """
    whole = {**plan.records, **after}
    elements = [iri for iri, _ in plan.of_kind(MG.PlanElement) if iri not in after]
    made: dict[str, Facts] = {}
    taken: dict[str, set[int]] = defaultdict(set)
    for iri in (*elements, *after):
        facts = whole[iri]
        mine = taken[_above(facts)]
        place = _place(plan, whole, iri)
        if not place and not value(facts, Skos.notation):
            place = max(mine, default=0) + 1
        if place in mine:
            place = 0
        mine.add(place)
        at = {MG.position: (ox.Literal(place),)} if place else {}
        made[iri] = {**{path: facts[path] for path in facts if path != MG.position}, **at}
    return {
        iri: facts
        for iri, facts in made.items()
        if iri in after or facts.get(MG.position, ()) != plan.records[iri].get(MG.position, ())
    }


def _place(plan: Held, whole: Mapping[str, Facts], iri: str) -> int:
    """Return the position of an element: as it is, where nothing changes, or as its number says."""
    facts, before = whole[iri], plan.records.get(iri, {})
    number, above = value(facts, Skos.notation), _above_number(whole, facts)
    was = value(before, Skos.notation), _above_number(plan.records, before)
    if before and (number, above) == was and _above(facts) == _above(before):
        return whole_number(value(before, MG.position)) or 0
    if not number or (value(facts, MG.partOf) and not above):
        return 0
    begins = f"{above}." if above else ""
    rest = number.removeprefix(begins) if number.startswith(begins) else ""
    return whole_number(rest) or 0


def _above_number(whole: Mapping[str, Facts], facts: Facts) -> str:
    return value(whole.get(value(facts, MG.partOf), {}), Skos.notation)


def _above(facts: Facts) -> str:
    return value(facts, MG.partOf) or value(facts, MG.ofPlan)
