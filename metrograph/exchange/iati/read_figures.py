"""Reads a baseline, target or actual value of IATI as values of an indicator, or as notes."""

import re

import pyoxigraph as ox
from lxml import etree

from metrograph.exchange.drafts import Thing
from metrograph.exchange.iati.codes import FIGURE, FIGURES, ID, XML_LANG, local
from metrograph.exchange.iati.context import ActivityDraft
from metrograph.exchange.iati.read_parts import child, dated, document, moment, typed
from metrograph.exchange.iati.texts import describe, describe_attributes, language, narratives
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
    draft: ActivityDraft,
    indicator: Thing,
    element: etree._Element,
    period: etree._Element | None,
    key: str,
) -> None:
    """Add a figure, or keep it as a note on its indicator where it is no number of a period."""
    stated = (element.get("value") or "").strip()
    value = value_of(stated)
    when = _baseline(draft, element) if period is None else _period(draft, period)
    if not when or (stated and value is None):
        draft.notice(element, notices.KEPT, f"{local(element)} {stated}", "iati_no_figure")
        _keep_figure(draft, indicator, element, period)
        return
    if value is not None and value.value != stated:
        draft.notice(element, notices.READ, stated, "iati_read_as", value.value)
    thing = draft.own(element, MG.Observation, _own_figure(draft, element), f"observation/{key}")
    thing.say(MG.ofIndicator, ox.NamedNode(indicator.iri))
    thing.say(MG.subject, ox.NamedNode(_subject(draft, element)))
    if value is None:
        thing.say(MG.notReported, ox.Literal(True))
    else:
        thing.say(MG.value, value)
    thing.say(MG.unit, *indicator.facts[MG.unit])
    thing.say(MG.valueType, ox.NamedNode(FIGURES[local(element)]))
    for predicate, text in when.items():
        thing.say(predicate, dated(text))
    _further(draft, thing, element)


def _own_figure(draft: ActivityDraft, element: etree._Element) -> str | None:
    """Return the IRI that we gave a figure, the first time that it occurs."""
    mark = next(element.iterchildren(FIGURE), None)
    own = None if mark is None else mark.get(ID)
    draft.reading.seen[f"figure {own}"] += 1
    if own is None or draft.reading.seen[f"figure {own}"] == 1:
        return own
    draft.notice(element, notices.READ, own, "iati_figure_again")
    return None


def _baseline(draft: ActivityDraft, element: etree._Element) -> dict[str, str]:
    """Return when a baseline was measured: its year, and its day where it has one."""
    stated = (element.get("year") or "").strip()
    day = moment(draft, element) if element.get("iso-date") else None
    year = stated if read_xml_day(f"{stated}-01-01") else (day or "")[:4]
    if year != stated:
        draft.notice(element, notices.GUESSED, f"year {stated}", "iati_read_as", year)
    days = {MG.startDate: day, MG.endDate: day} if day else {}
    return {**({MG.year: year} if year else {}), **days}


def _period(draft: ActivityDraft, period: etree._Element) -> dict[str, str]:
    """Return the period of a figure: a year, if it is a whole one, else its first and last day."""
    first = child(period, "period-start")
    last = child(period, "period-end")
    start, end = moment(draft, first), moment(draft, last)
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


def _subject(draft: ActivityDraft, element: etree._Element) -> str:
    """Return what a figure is about: the activity, or what we wrote that it is about."""
    names = draft.reading.memory.names
    for part in element:
        iri: str | None = part.get(ID)
        if local(part) == "dimension" and iri and names.kind(iri):
            return iri
    return draft.activity.iri


def _further(draft: ActivityDraft, thing: Thing, element: etree._Element) -> None:
    """Add what else a figure says: what it covers, comments, documents."""
    covered = []
    for part in element:
        if local(part) == "comment":
            thing.note(narratives(part, draft.lang))
        elif local(part) == "document-link":
            document(draft, thing, part)
        elif text := _covered(draft, part):
            covered.append(text)
        elif (
            local(part) == "dimension"
            and part.get("name") == "scope"
            and (lang := language(part.get(XML_LANG)))
            and (covers := part.get("value"))
        ):
            thing.add_texts(MG.scope, [(lang, covers)])
        elif not (local(part) == "dimension" and _is_subject(thing, part)):
            draft.keep_all(thing, part)
    if covered:
        thing.add_texts(MG.scope, [(draft.lang, "; ".join(covered))])
    but = ("value", "year", "iso-date")
    draft.keep(thing, element, describe_attributes(element, draft.lang, but))


def _is_subject(thing: Thing, part: etree._Element) -> bool:
    return part.get(ID) in {value.value for value in thing.facts[MG.subject]}


def _covered(draft: ActivityDraft, part: etree._Element) -> str:
    """Return what a dimension or a location says that a figure covers."""
    name, value = part.get("name") or "", part.get("value") or ""
    if local(part) == "dimension" and value and not part.get(XML_LANG) and not part.get(ID):
        return f"{name}: {value}" if name else value
    if local(part) == "location" and part.get("ref"):
        return f"{word('iati_location', draft.lang)}: {part.get('ref')}"
    return ""


def _keep_figure(
    draft: ActivityDraft, indicator: Thing, element: etree._Element, period: etree._Element | None
) -> None:
    """Keep a figure that is none as a note, with its period."""
    when = []
    for name in ("period-start", "period-end"):
        part = None if period is None else child(period, name)
        if part is not None and part.get("iso-date"):
            when.append(f"{name} {part.get('iso-date')}")
    before = f"{'; '.join(when)}; " if when else ""
    draft.keep(
        indicator, element, [(lang, before + text) for lang, text in describe(element, draft.lang)]
    )
