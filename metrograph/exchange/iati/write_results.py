"""Writes the results of an activity as IATI elements, with indicators and values.

IATI wants an indicator in every result, and a result around every indicator. Where a plan has
none, one is filled in and marked.
"""

from collections.abc import Iterable

from lxml import etree

from metrograph.exchange.iati.codes import (
    ALL,
    COUNTED,
    DATE,
    FIGURE,
    FIGURES,
    FILLED,
    ID,
    MEASURES,
    OWN_LIST,
    PERCENTAGE,
    QUALITATIVE,
    XML_LANG,
)
from metrograph.exchange.iati.view import Measured, Said
from metrograph.exchange.iati.write_parts import (
    clean,
    described,
    documents,
    is_address,
    narrated,
    whole_day,
)
from metrograph.messages import LANGUAGES, word
from metrograph.vocabulary import MG, Skos

_OTHER = "9"  # of the kinds of results
_KINDS = {of: name for name, of in FIGURES.items()}
_ASCENDING = {MG.up: "1", MG.down: "0"}


def results(said: Said, activity: str, parent: etree._Element) -> None:
    """Add the results of an activity (its IRI)."""
    for result, measured in said.measured(activity):
        element = _result(said, result, parent)
        for one in measured:
            _indicator(said, one, activity, element)
        if not measured:
            made = etree.SubElement(element, "indicator", {"measure": QUALITATIVE, FILLED: ALL})
            narrated(made, "title", _in_all("iati_no_indicator"))


def _in_all(key: str) -> list[tuple[str, str]]:
    return [(lang, word(key, lang)) for lang in LANGUAGES]


def _result(said: Said, iri: str, parent: etree._Element) -> etree._Element:
    """Add a result, or a filled one around the figures that belong to none."""
    kind = said.code(iri, "result-type")
    element = etree.SubElement(parent, "result", type=clean(kind) or _OTHER)
    names = said.names(iri)
    title = narrated(element, "title", names or _in_all("figures"))
    if not iri:
        element.set(FILLED, ALL)
        return element
    if not kind:
        element.set(FILLED, "type")
    if not names:
        title.set(FILLED, ALL)
    described(said, iri, element)
    documents(said, iri, element)
    own = {"vocabulary": OWN_LIST, "code": _short(said, iri), "vocabulary-uri": said.ids.base}
    etree.SubElement(element, "reference", own)
    return element


def _short(said: Said, iri: str) -> str:
    return clean(iri.removeprefix(said.ids.base))


def _indicator(said: Said, measured: Measured, activity: str, parent: etree._Element) -> None:
    iri = measured.indicator
    element = etree.SubElement(parent, "indicator", measure=_measure(said, iri))
    ascending = _ASCENDING.get(said.iri(iri, MG.directionWanted))
    if ascending:
        element.set("ascending", ascending)
    names = said.names(iri)
    title = narrated(element, "title", names or [("", said.ids.short(iri))])
    if not names:
        title.set(FILLED, ALL)
    described(said, iri, element)
    documents(said, iri, element)
    if is_address(iri):
        own = {"vocabulary": OWN_LIST, "code": _short(said, iri), "indicator-uri": iri}
        etree.SubElement(element, "reference", own)
    _figures(said, measured.figures, activity, element)


def _measure(said: Said, indicator: str) -> str:
    """Return what an indicator is measured by; most units are numbers of something."""
    unit = said.iri(indicator, MG.unit)
    if unit == MG.percent:
        return PERCENTAGE
    scheme = said.iri(unit, Skos.inScheme)
    code = said.text(unit, Skos.notation)
    is_known = said.text(scheme, Skos.notation) == "indicator-measure" and code in MEASURES
    return code if is_known else COUNTED


# ---------------------------------------------------------------- figures


def _figures(said: Said, figures: Iterable[str], activity: str, parent: etree._Element) -> None:
    """Add baselines, and periods with their targets and actual values, in order of time."""
    periods: dict[tuple[str, str], list[str]] = {}
    for one in figures:
        kind = said.iri(one, MG.valueType)
        when = _when(said, one)
        if kind == MG.baseline:
            _baseline(said, one, activity, parent)
        elif kind in _KINDS and all(whole_day(day, is_end=False) for day in when):
            periods.setdefault(when, []).append(one)
    for when in sorted(periods):
        _period(said, when, periods[when], activity, parent)


def _when(said: Said, figure: str) -> tuple[str, str]:
    """Return the period of a figure: its start and end, or its year twice."""
    year = said.text(figure, MG.year)
    start, end = said.text(figure, MG.startDate), said.text(figure, MG.endDate)
    return (start, end) if start and end else (year, year)


def _period(
    said: Said, when: tuple[str, str], figures: list[str], activity: str, parent: etree._Element
) -> None:
    """Add a period with its figures, all targets before the actual values."""
    element = etree.SubElement(parent, "period")
    days = (whole_day(when[0], is_end=False), whole_day(when[1], is_end=True))
    is_year = when[0] == when[1] == days[0][:4]
    looks_like_year = days == (f"{days[0][:4]}-01-01", f"{days[0][:4]}-12-31")
    for name, value, found in zip(("period-start", "period-end"), when, days, strict=True):
        one = etree.SubElement(element, name, {"iso-date": found})
        if not is_year and (found != value or looks_like_year):
            one.set(DATE, value)
    for one in sorted(figures, key=lambda one: said.iri(one, MG.valueType) == MG.actual):
        name = _KINDS[said.iri(one, MG.valueType)]
        figure = etree.SubElement(element, name)
        _value(said, one, activity, figure)
        _comment(said, one, figure)
        documents(said, one, figure)
        etree.SubElement(figure, FIGURE, {ID: one})


def _baseline(said: Said, one: str, activity: str, parent: etree._Element) -> None:
    """Add a baseline, if it is one of a year or a day, as IATI has them."""
    start, end = said.text(one, MG.startDate), said.text(one, MG.endDate)
    year = said.text(one, MG.year)
    is_day = start == end and whole_day(start, is_end=True) == start
    if not is_day or not whole_day(year or start, is_end=False):
        return
    element = etree.SubElement(parent, "baseline", year=str(int((year or start)[:4])))
    if start:
        element.set("iso-date", start)
    _value(said, one, activity, element)
    documents(said, one, element)
    _comment(said, one, element)
    etree.SubElement(element, FIGURE, {ID: one})


def _value(said: Said, one: str, activity: str, element: etree._Element) -> None:
    """Add the value of a figure, what it covers, and what it is about, if not the activity."""
    if value := said.text(one, MG.value):
        element.set("value", clean(value))
    for lang, text in said.texts(one, MG.scope):
        scope = etree.SubElement(element, "dimension", name="scope", value=clean(text))
        scope.set(XML_LANG, lang or said.lang)
    subject = said.iri(one, MG.subject)
    if subject != activity:
        names = said.names(subject) or [("", said.ids.short(subject))]
        about = {"name": "subject", "value": clean(names[0][1]), ID: subject}
        etree.SubElement(element, "dimension", about)


def _comment(said: Said, one: str, element: etree._Element) -> None:
    if notes := said.texts(one, Skos.note):
        narrated(element, "comment", notes)
