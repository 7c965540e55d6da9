"""Reads a baseline, target or actual value of IATI as values of an indicator, or as notes."""

import re

import pyoxigraph as ox
from lxml import etree

from metrograph.exchange.drafts import Thing
from metrograph.exchange.iati.codes import FIGURE, FIGURES, ID, XML_LANG, local
from metrograph.exchange.iati.context import Telling
from metrograph.exchange.iati.read_parts import child, dated, document, moment, typed
from metrograph.exchange.iati.texts import language, narratives, told, told_alone
from metrograph.messages import word
from metrograph.reading import notices
from metrograph.reading.dates import read_xml_day
from metrograph.vocabulary import MG

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")  # as large as Oxigraph counts
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([, \u00a0\u202f][0-9]{3})+(\.[0-9]+)?")


def figures(element: etree._Element) -> list[tuple[etree._Element, etree._Element | None]]:
    """Return the figures of an indicator, each with the period that it is of."""
    pairs: list[tuple[etree._Element, etree._Element | None]] = []
    for part in element:
        if local(part) == "baseline":
            pairs.append((part, None))
        elif local(part) == "period":
            pairs += [(inner, part) for inner in part if local(inner) in FIGURES]
    return pairs


def value_of(text: str) -> ox.Literal | None:
    """Return a number as it is written, or nothing.

    >>> value_of("1,400").value, value_of("11.50").value, value_of("good")
    ('1400', '11.50', None)
    """
    plain = text.strip()
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[, \u00a0\u202f]", "", plain)
    if not _NUMBER.fullmatch(plain):
        return None
    return typed(plain, "decimal" if "." in plain else "integer")


def figure(
    telling: Telling,
    indicator: Thing,
    element: etree._Element,
    period: etree._Element | None,
    key: str,
) -> None:
    """Add a figure, or keep it as a note on its indicator where it is no number of a period."""
    stated = (element.get("value") or "").strip()
    value = value_of(stated)
    when = _baseline(telling, element) if period is None else _period(telling, period)
    if not when or (stated and value is None):
        telling.notice(element, notices.KEPT, f"{local(element)} {stated}", "iati_no_figure")
        _keep_figure(telling, indicator, element, period)
        return
    if value is not None and value.value != stated:
        telling.notice(element, notices.READ, stated, "iati_read_as", value.value)
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
    own = None if mark is None else mark.get(ID)
    telling.reading.seen[f"figure {own}"] += 1
    if own is None or telling.reading.seen[f"figure {own}"] == 1:
        return own
    telling.notice(element, notices.READ, own, "iati_figure_again")
    return None


def _baseline(telling: Telling, element: etree._Element) -> dict[str, str]:
    """Return when a baseline was measured: its year, and its day where it has one."""
    stated = (element.get("year") or "").strip()
    day = moment(telling, element) if element.get("iso-date") else None
    year = stated if read_xml_day(f"{stated}-01-01") else (day or "")[:4]
    if year != stated:
        telling.notice(element, notices.GUESSED, f"year {stated}", "iati_read_as", year)
    days = {MG.startDate: day, MG.endDate: day} if day else {}
    return {**({MG.year: year} if year else {}), **days}


def _period(telling: Telling, period: etree._Element) -> dict[str, str]:
    """Return the period of a figure: a year, if it is a whole one, else its first and last day."""
    first = child(period, "period-start")
    last = child(period, "period-end")
    start, end = moment(telling, first), moment(telling, last)
    if start is None or end is None or end[: len(start)] < start[: len(end)]:
        known = [day[:4] for day in (end, start) if day]
        return {MG.year: known[0]} if len(known) == 1 else {}
    if _is_year(first, last, start, end):
        return {MG.year: start[:4]}
    return {MG.startDate: start, MG.endDate: end}


def _is_year(
    first: etree._Element | None, last: etree._Element | None, start: str, end: str
) -> bool:
    """Return whether a period is a calendar year, and was not written as two days by us."""
    return (
        start.endswith("-01-01")
        and end == f"{start[:4]}-12-31"
        and not any(bound is not None and len(bound.keys()) > 1 for bound in (first, last))
    )


def _subject(telling: Telling, element: etree._Element) -> str:
    """Return what a figure is about: the activity, or what we wrote that it is about."""
    names = telling.reading.memory.names
    for part in element:
        iri: str | None = part.get(ID)
        if local(part) == "dimension" and iri and names.kind(iri):
            return iri
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
    return part.get(ID) in {value.value for value in thing.facts[MG.subject]}


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
