"""Reads a result of an IATI activity as results and indicators with their values."""

from functools import partial

import pyoxigraph as ox
from lxml import etree

from metrograph.exchange.drafts import Thing
from metrograph.exchange.iati.codes import (
    ALL,
    COUNTED,
    FIGURES,
    MEASURES,
    OWN_LIST,
    PERCENTAGE,
    filled,
    local,
)
from metrograph.exchange.iati.context import ActivityDraft
from metrograph.exchange.iati.read_figures import figure, figures, value_of
from metrograph.exchange.iati.read_parts import coded, concept, document
from metrograph.exchange.iati.texts import describe, describe_attributes, narratives
from metrograph.messages import word
from metrograph.reading import notices
from metrograph.vocabulary import MG, Dcterms, Skos

_HUNDRED = 100


def result(draft: ActivityDraft, element: etree._Element) -> None:
    """Add a result that an activity relates to, with its indicators and their figures."""
    before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
    key = f"{draft.key}/{before + 1}"
    thing = None if ALL in filled(element) else _result(draft, element, key)
    indicators = [part for part in element if local(part) == "indicator"]
    for number, indicator in enumerate(indicators, start=1):
        if ALL not in filled(indicator) or figures(indicator):
            _indicator(draft, indicator, thing, f"{key}/{number}")


def _result(draft: ActivityDraft, element: etree._Element, key: str) -> Thing:
    ours = _own_reference(draft, element, "vocabulary-uri")
    thing = draft.own(element, MG.Result, ours, f"result/{key}")
    number = _number(draft, thing.iri if ours else None)
    thing.stand_in = partial(_numbered, "iati_result", number)
    thing.say(MG.level, ox.NamedNode(draft.reading.level))
    thing.say(MG.position, ox.Literal(number))
    thing.say(Skos.notation, ox.Literal(str(number)))
    thing.say(MG.ofPlan, ox.NamedNode(draft.reading.plan))
    draft.activity.link(MG.relatesTo, thing)
    if "type" not in filled(element):
        coded(draft, thing, element, "result-type", element.get("type"))
    draft.keep(thing, element, describe_attributes(element, draft.lang, ("type",)))
    for part in element:
        if local(part) != "indicator":
            _described(draft, thing, part, ours)
    return thing


def _numbered(key: str, number: int, lang: str) -> str:
    return f"{word(key, lang)} {number}"


def _number(draft: ActivityDraft, ours: str | None) -> int:
    """Return the position of a result: the same for the same one, wherever it stands."""
    reading = draft.reading
    if ours in reading.memory.numbers and reading.seen[ours]:
        return reading.memory.numbers[ours]
    reading.results += 1
    if ours:
        reading.seen[ours] += 1
        reading.memory.numbers[ours] = reading.results
    return reading.results


def _own_reference(draft: ActivityDraft, element: etree._Element, address: str) -> str | None:
    """Return the IRI that a result or indicator has in this plan, by its reference."""
    base = draft.reading.memory.names.base
    for part in element:
        if local(part) == "reference" and part.get("vocabulary") == OWN_LIST:
            uri = part.get(address) or ""
            if uri.startswith(base):
                return base + (part.get("code") or "")
    return None


def _described(draft: ActivityDraft, thing: Thing, part: etree._Element, ours: str | None) -> None:
    """Add what results and indicators have alike."""
    match local(part):
        case "title":
            if ALL not in filled(part):
                thing.name(narratives(part, draft.lang))
        case "description":
            thing.add_texts(Dcterms.description, narratives(part, draft.lang))
        case "document-link":
            document(draft, thing, part)
        case "reference" if ours == thing.iri and _is_own(draft, part):
            pass
        case _:
            draft.keep_all(thing, part)


def _is_own(draft: ActivityDraft, part: etree._Element) -> bool:
    base = draft.reading.memory.names.base
    uri = part.get("vocabulary-uri") or part.get("indicator-uri") or ""
    return part.get("vocabulary") == OWN_LIST and uri.startswith(base)


# ---------------------------------------------------------------- indicators


def _indicator(
    draft: ActivityDraft, element: etree._Element, measured: Thing | None, key: str
) -> None:
    ours = _own_reference(draft, element, "indicator-uri")
    thing = draft.own(element, MG.Indicator, ours, f"indicator/{key}")
    thing.stand_in = partial(_numbered, "iati_indicator", int(key.rpartition("/")[2]))
    if measured:
        thing.link(MG.measures, measured)
    thing.say(MG.ofPlan, ox.NamedNode(draft.reading.plan))
    unit = _unit(draft, element, thing.iri if ours == thing.iri else None)
    thing.say(MG.unit, ox.NamedNode(unit))
    but = ["measure"]
    if (wanted := _direction(element)) is not None:
        thing.say(MG.directionWanted, ox.NamedNode(wanted))
        but.append("ascending")
    draft.keep(thing, element, describe_attributes(element, draft.lang, but))
    for number, (value, period) in enumerate(figures(element), start=1):
        figure(draft, thing, value, period, f"{key}/{number}")
    for part in element:
        if local(part) == "period":
            _keep_period(draft, thing, part)
        elif local(part) != "baseline":
            _described(draft, thing, part, ours)


def _direction(element: etree._Element) -> str | None:
    typed = element.get("ascending", "").strip()
    return {"1": MG.up, "true": MG.up, "0": MG.down, "false": MG.down}.get(typed)


def _keep_period(draft: ActivityDraft, thing: Thing, part: etree._Element) -> None:
    """Keep what a period has beside its figures, and one that has none."""
    has_figures = any(local(inner) in FIGURES for inner in part)
    but = (*FIGURES, "period-start", "period-end") if has_figures else ()
    draft.keep(thing, part, describe(part, draft.lang, but))


def _unit(draft: ActivityDraft, element: etree._Element, ours: str | None) -> str:
    """Return the IRI of the unit of an indicator; an indicator of ours has one, wherever it is."""
    measure = (element.get("measure") or "").strip()
    if measure not in MEASURES:
        draft.notice(element, notices.GUESSED, f"measure {measure}", "iati_no_measure")
        measure = measure or COUNTED
    units = draft.reading.memory.units
    wished = _unit_of(draft, element, measure)
    if ours is None:
        return wished
    units.setdefault(ours, set()).add(wished)
    return min(units[ours], key=lambda unit: (unit == MG.percent, unit))


def _unit_of(draft: ActivityDraft, element: etree._Element, measure: str) -> str:
    """Return a unit for a measure: per cent only where all figures lie between 0 and 100."""
    if measure == PERCENTAGE:
        values = [value_of(part.get("value") or "") for part, _ in figures(element)]
        if all(value is None or 0 <= float(value.value) <= _HUNDRED for value in values):
            return MG.percent
    unit = concept(draft, element, ("indicator-measure", "", ""), measure, MG.Unit)
    if measure in MEASURES:
        unit.stand_in = partial(word, f"iati_measure_{measure}")
    return unit.iri
