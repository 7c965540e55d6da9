"""A result of an activity of IATI in; results, indicators and figures out."""

import re
from functools import partial

import pyoxigraph as ox
from lxml import etree

from metrograph.exchange import remarks
from metrograph.exchange.gathering import Thing
from metrograph.exchange.iati import (
    ALL,
    COUNTED,
    FIGURE,
    FIGURES,
    ID,
    MEASURES,
    OWN_LIST,
    PERCENTAGE,
    XML_LANG,
    day,
    filled,
    local,
)
from metrograph.exchange.iati_parts_in import (
    child,
    coded,
    concept,
    dated,
    document,
    moment,
    typed,
)
from metrograph.exchange.iati_reading import Telling
from metrograph.exchange.iati_texts import language, narratives, told, told_alone
from metrograph.terms import MG, Dcterms, Skos
from metrograph.wording import word

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")  # as large as Oxigraph counts
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([, \u00a0\u202f][0-9]{3})+(\.[0-9]+)?")
_HUNDRED = 100


def result(telling: Telling, element: etree._Element) -> None:
    """Add a result that an activity relates to, with its indicators and their figures."""
    before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
    key = f"{telling.key}/{before + 1}"
    thing = None if ALL in filled(element) else _result(telling, element, key)
    indicators = [one for one in element if local(one) == "indicator"]
    for number, one in enumerate(indicators, start=1):
        if ALL not in filled(one) or _figures(one):
            _indicator(telling, one, thing, f"{key}/{number}")


def _result(telling: Telling, element: etree._Element, key: str) -> Thing:
    ours = _own_reference(telling, element, "vocabulary-uri")
    thing = telling.own(element, MG.Result, ours, f"result/{key}")
    number = _number(telling, thing.iri if ours else None)
    thing.stand_in = partial(_numbered, "iati_result", number)
    thing.say(MG.level, ox.NamedNode(telling.reading.level))
    thing.say(MG.position, ox.Literal(number))
    thing.say(Skos.notation, ox.Literal(str(number)))
    thing.say(MG.ofPlan, ox.NamedNode(telling.reading.plan))
    telling.activity.link(MG.relatesTo, thing)
    if "type" not in filled(element):
        coded(telling, thing, element, "result-type", element.get("type"))
    telling.keep(thing, element, told_alone(element, telling.lang, ("type",)))
    for part in element:
        if local(part) != "indicator":
            _described(telling, thing, part, ours)
    return thing


def _numbered(key: str, number: int, lang: str) -> str:
    return f"{word(key, lang)} {number}"


def _number(telling: Telling, ours: str | None) -> int:
    """Return the position of a result: the same for the same one, wherever it stands."""
    reading = telling.reading
    if ours in reading.memory.numbers and reading.seen[ours]:
        return reading.memory.numbers[ours]
    reading.results += 1
    if ours:
        reading.seen[ours] += 1
        reading.memory.numbers[ours] = reading.results
    return reading.results


def _own_reference(telling: Telling, element: etree._Element, address: str) -> str | None:
    """Return the IRI that a result or indicator has in this plan, by its reference."""
    base = telling.reading.memory.names.base
    for one in element:
        if local(one) == "reference" and one.get("vocabulary") == OWN_LIST:
            given = one.get(address) or ""
            if given.startswith(base):
                return base + (one.get("code") or "")
    return None


def _described(telling: Telling, thing: Thing, part: etree._Element, ours: str | None) -> None:
    """Add what results and indicators have alike."""
    match local(part):
        case "title":
            if ALL not in filled(part):
                thing.name(narratives(part, telling.lang))
        case "description":
            thing.tell(Dcterms.description, narratives(part, telling.lang))
        case "document-link":
            document(telling, thing, part)
        case "reference" if ours == thing.iri and _is_own(telling, part):
            pass
        case _:
            telling.keep_all(thing, part)


def _is_own(telling: Telling, part: etree._Element) -> bool:
    base = telling.reading.memory.names.base
    given = part.get("vocabulary-uri") or part.get("indicator-uri") or ""
    return part.get("vocabulary") == OWN_LIST and given.startswith(base)


# ---------------------------------------------------------------- indicators


def _indicator(telling: Telling, element: etree._Element, measured: Thing | None, key: str) -> None:
    ours = _own_reference(telling, element, "indicator-uri")
    thing = telling.own(element, MG.Indicator, ours, f"indicator/{key}")
    thing.stand_in = partial(_numbered, "iati_indicator", int(key.rpartition("/")[2]))
    if measured:
        thing.link(MG.measures, measured)
    thing.say(MG.ofPlan, ox.NamedNode(telling.reading.plan))
    unit = _unit(telling, element, thing.iri if ours == thing.iri else None)
    thing.say(MG.unit, ox.NamedNode(unit))
    but = ["measure"]
    if (wanted := _direction(element)) is not None:
        thing.say(MG.directionWanted, ox.NamedNode(wanted))
        but.append("ascending")
    telling.keep(thing, element, told_alone(element, telling.lang, but))
    for number, (figure, period) in enumerate(_figures(element), start=1):
        _figure(telling, thing, figure, period, f"{key}/{number}")
    for part in element:
        if local(part) == "period":
            _keep_period(telling, thing, part)
        elif local(part) != "baseline":
            _described(telling, thing, part, ours)


def _direction(element: etree._Element) -> str | None:
    given = element.get("ascending", "").strip()
    return {"1": MG.up, "true": MG.up, "0": MG.down, "false": MG.down}.get(given)


def _keep_period(telling: Telling, thing: Thing, part: etree._Element) -> None:
    """Keep what a period has beside its figures, and one that has none."""
    has_figures = any(local(one) in FIGURES for one in part)
    but = (*FIGURES, "period-start", "period-end") if has_figures else ()
    telling.keep(thing, part, told(part, telling.lang, but))


def _figures(element: etree._Element) -> list[tuple[etree._Element, etree._Element | None]]:
    """Return the figures of an indicator, each with the period that it is of."""
    found: list[tuple[etree._Element, etree._Element | None]] = []
    for part in element:
        if local(part) == "baseline":
            found.append((part, None))
        elif local(part) == "period":
            found += [(one, part) for one in part if local(one) in FIGURES]
    return found


def _unit(telling: Telling, element: etree._Element, ours: str | None) -> str:
    """Return the IRI of the unit of an indicator; an indicator of ours has one, wherever it is."""
    measure = (element.get("measure") or "").strip()
    if measure not in MEASURES:
        telling.notice(element, remarks.GUESSED, f"measure {measure}", "iati_no_measure")
        measure = measure or COUNTED
    units = telling.reading.memory.units
    wished = _unit_of(telling, element, measure)
    if ours is None:
        return wished
    units.setdefault(ours, set()).add(wished)
    return min(units[ours], key=lambda one: (one == MG.percent, one))


def _unit_of(telling: Telling, element: etree._Element, measure: str) -> str:
    """Return a unit for a measure: per cent only where all figures lie between 0 and 100."""
    if measure == PERCENTAGE:
        values = [_value(one.get("value") or "") for one, _ in _figures(element)]
        if all(value is None or 0 <= float(value.value) <= _HUNDRED for value in values):
            return MG.percent
    unit = concept(telling, element, ("indicator-measure", "", ""), measure, MG.Unit)
    if measure in MEASURES:
        unit.stand_in = partial(word, f"iati_measure_{measure}")
    return unit.iri


# ---------------------------------------------------------------- figures


def _value(text: str) -> ox.Literal | None:
    """Return a number as it is written, or nothing.

    >>> _value("1,400").value, _value("11.50").value, _value("good")
    ('1400', '11.50', None)
    """
    plain = text.strip()
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[, \u00a0\u202f]", "", plain)
    if not _NUMBER.fullmatch(plain):
        return None
    return typed(plain, "decimal" if "." in plain else "integer")


def _figure(
    telling: Telling,
    indicator: Thing,
    element: etree._Element,
    period: etree._Element | None,
    key: str,
) -> None:
    """Add a figure, or keep it as a note on its indicator where it is no number of a period."""
    given = (element.get("value") or "").strip()
    value = _value(given)
    when = _baseline(telling, element) if period is None else _period(telling, period)
    if not when or (given and value is None):
        telling.notice(element, remarks.KEPT, f"{local(element)} {given}", "iati_no_figure")
        _keep_figure(telling, indicator, element, period)
        return
    if value is not None and value.value != given:
        telling.notice(element, remarks.READ, given, "iati_read_as", value.value)
    thing = telling.own(
        element, MG.Observation, _own_figure(telling, element), f"observation/{key}"
    )
    thing.say(MG.ofIndicator, ox.NamedNode(indicator.iri))
    thing.say(MG.subject, ox.NamedNode(_subject(telling, element)))
    if value is None:
        thing.say(MG.notReported, ox.Literal(True))
    else:
        thing.say(MG.value, value)
    thing.say(MG.unit, *indicator.facts[MG.unit])
    thing.say(MG.valueType, ox.NamedNode(FIGURES[local(element)]))
    for predicate, text in when.items():
        thing.say(predicate, dated(text))
    _further(telling, thing, element)


def _own_figure(telling: Telling, element: etree._Element) -> str | None:
    """Return the IRI that we gave a figure, the first time that it occurs."""
    mark = next(element.iterchildren(FIGURE), None)
    given = None if mark is None else mark.get(ID)
    telling.reading.seen[f"figure {given}"] += 1
    if given is None or telling.reading.seen[f"figure {given}"] == 1:
        return given
    telling.notice(element, remarks.READ, given, "iati_figure_again")
    return None


def _baseline(telling: Telling, element: etree._Element) -> dict[str, str]:
    """Return when a baseline was measured: its year, and its day where it has one."""
    given = (element.get("year") or "").strip()
    found = moment(telling, element) if element.get("iso-date") else None
    year = given if day(f"{given}-01-01") else (found or "")[:4]
    if year != given:
        telling.notice(element, remarks.GUESSED, f"year {given}", "iati_read_as", year)
    days = {MG.startDate: found, MG.endDate: found} if found else {}
    return {**({MG.year: year} if year else {}), **days}


def _period(telling: Telling, period: etree._Element) -> dict[str, str]:
    """Return the period of a figure: a year, if it is a whole one, else its first and last day."""
    first = child(period, "period-start")
    last = child(period, "period-end")
    start, end = moment(telling, first), moment(telling, last)
    if start is None or end is None or end[: len(start)] < start[: len(end)]:
        known = [one[:4] for one in (end, start) if one]
        return {MG.year: known[0]} if len(known) == 1 else {}
    if _is_year(first, last, start, end):
        return {MG.year: start[:4]}
    return {MG.startDate: start, MG.endDate: end}


def _is_year(
    first: etree._Element | None, last: etree._Element | None, start: str, end: str
) -> bool:
    """Tell whether a period is a calendar year, and was not written as two days by us."""
    return (
        start.endswith("-01-01")
        and end == f"{start[:4]}-12-31"
        and not any(one is not None and len(one.keys()) > 1 for one in (first, last))
    )


def _subject(telling: Telling, element: etree._Element) -> str:
    """Return what a figure is about: the activity, or what we wrote that it is about."""
    names = telling.reading.memory.names
    for one in element:
        given: str | None = one.get(ID)
        if local(one) == "dimension" and given and names.kind(given):
            return given
    return telling.activity.iri


def _further(telling: Telling, thing: Thing, element: etree._Element) -> None:
    """Add what else a figure says: what it covers, comments, documents."""
    covered = []
    for part in element:
        if local(part) == "comment":
            thing.note(narratives(part, telling.lang))
        elif local(part) == "document-link":
            document(telling, thing, part)
        elif text := _covered(telling, part):
            covered.append(text)
        elif (
            local(part) == "dimension"
            and part.get("name") == "scope"
            and (lang := language(part.get(XML_LANG)))
            and (covers := part.get("value"))
        ):
            thing.tell(MG.scope, [(lang, covers)])
        elif not (local(part) == "dimension" and _is_subject(thing, part)):
            telling.keep_all(thing, part)
    if covered:
        thing.tell(MG.scope, [(telling.lang, "; ".join(covered))])
    but = ("value", "year", "iso-date")
    telling.keep(thing, element, told_alone(element, telling.lang, but))


def _is_subject(thing: Thing, part: etree._Element) -> bool:
    return part.get(ID) in {one.value for one in thing.facts[MG.subject]}


def _covered(telling: Telling, part: etree._Element) -> str:
    """Return what a dimension or a location says that a figure covers."""
    name, value = part.get("name") or "", part.get("value") or ""
    if local(part) == "dimension" and value and not part.get(XML_LANG) and not part.get(ID):
        return f"{name}: {value}" if name else value
    if local(part) == "location" and part.get("ref"):
        return f"{word('iati_location', telling.lang)}: {part.get('ref')}"
    return ""


def _keep_figure(
    telling: Telling, indicator: Thing, element: etree._Element, period: etree._Element | None
) -> None:
    """Keep a figure that is none as a note, with its period."""
    when = []
    for name in ("period-start", "period-end"):
        part = None if period is None else child(period, name)
        if part is not None and part.get("iso-date"):
            when.append(f"{name} {part.get('iso-date')}")
    before = f"{'; '.join(when)}; " if when else ""
    telling.keep(
        indicator, element, [(lang, before + text) for lang, text in told(element, telling.lang)]
    )
