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
from metrograph.exchange.iati.view import Measured, View
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


def results(view: View, activity: str, parent: etree._Element) -> None:
    """Add the results of an activity (its IRI)."""
    for result, measured in view.measured(activity):
        element = _result(view, result, parent)
        for indicator in measured:
            _indicator(view, indicator, activity, element)
        if not measured:
            made = etree.SubElement(element, "indicator", {"measure": QUALITATIVE, FILLED: ALL})
            narrated(made, "title", _in_all("iati_no_indicator"))


def _in_all(key: str) -> list[tuple[str, str]]:
    return [(lang, word(key, lang)) for lang in LANGUAGES]


def _result(view: View, iri: str, parent: etree._Element) -> etree._Element:
    """Add a result, or a filled one around the figures that belong to none."""
    kind = view.code(iri, "result-type")
    element = etree.SubElement(parent, "result", type=clean(kind) or _OTHER)
    names = view.names(iri)
    title = narrated(element, "title", names or _in_all("figures"))
    if not iri:
        element.set(FILLED, ALL)
        return element
    if not kind:
        element.set(FILLED, "type")
    if not names:
        title.set(FILLED, ALL)
    described(view, iri, element)
    documents(view, iri, element)
    own = {"vocabulary": OWN_LIST, "code": _short(view, iri), "vocabulary-uri": view.ids.base}
    etree.SubElement(element, "reference", own)
    return element


def _short(view: View, iri: str) -> str:
    return clean(iri.removeprefix(view.ids.base))


def _indicator(view: View, measured: Measured, activity: str, parent: etree._Element) -> None:
    iri = measured.indicator
    element = etree.SubElement(parent, "indicator", measure=_measure(view, iri))
    ascending = _ASCENDING.get(view.iri(iri, MG.directionWanted))
    if ascending:
        element.set("ascending", ascending)
    names = view.names(iri)
    title = narrated(element, "title", names or [("", view.ids.short(iri))])
    if not names:
        title.set(FILLED, ALL)
    described(view, iri, element)
    documents(view, iri, element)
    if is_address(iri):
        own = {"vocabulary": OWN_LIST, "code": _short(view, iri), "indicator-uri": iri}
        etree.SubElement(element, "reference", own)
    _figures(view, measured.figures, activity, element)


def _measure(view: View, indicator: str) -> str:
    """Return what an indicator is measured by; most units are numbers of something."""
    unit = view.iri(indicator, MG.unit)
    if unit == MG.percent:
        return PERCENTAGE
    scheme = view.iri(unit, Skos.inScheme)
    code = view.text(unit, Skos.notation)
    is_known = view.text(scheme, Skos.notation) == "indicator-measure" and code in MEASURES
    return code if is_known else COUNTED


# ---------------------------------------------------------------- figures


def _figures(view: View, figures: Iterable[str], activity: str, parent: etree._Element) -> None:
    """Add baselines, and periods with their targets and actual values, in order of time."""
    periods: dict[tuple[str, str], list[str]] = {}
    for figure in figures:
        kind = view.iri(figure, MG.valueType)
        when = _when(view, figure)
        if kind == MG.baseline:
            _baseline(view, figure, activity, parent)
        elif kind in _KINDS and all(whole_day(day, is_end=False) for day in when):
            periods.setdefault(when, []).append(figure)
    for when in sorted(periods):
        _period(view, when, periods[when], activity, parent)


def _when(view: View, figure: str) -> tuple[str, str]:
    """Return the period of a figure: its start and end, or its year twice."""
    year = view.text(figure, MG.year)
    start, end = view.text(figure, MG.startDate), view.text(figure, MG.endDate)
    return (start, end) if start and end else (year, year)


def _period(
    view: View, when: tuple[str, str], figures: list[str], activity: str, parent: etree._Element
) -> None:
    """Add a period with its figures, all targets before the actual values."""
    element = etree.SubElement(parent, "period")
    days = (whole_day(when[0], is_end=False), whole_day(when[1], is_end=True))
    is_year = when[0] == when[1] == days[0][:4]
    looks_like_year = days == (f"{days[0][:4]}-01-01", f"{days[0][:4]}-12-31")
    for name, value, day in zip(("period-start", "period-end"), when, days, strict=True):
        bound = etree.SubElement(element, name, {"iso-date": day})
        if not is_year and (day != value or looks_like_year):
            bound.set(DATE, value)
    for iri in sorted(figures, key=lambda iri: view.iri(iri, MG.valueType) == MG.actual):
        name = _KINDS[view.iri(iri, MG.valueType)]
        figure = etree.SubElement(element, name)
        _value(view, iri, activity, figure)
        _comment(view, iri, figure)
        documents(view, iri, figure)
        etree.SubElement(figure, FIGURE, {ID: iri})


def _baseline(view: View, figure: str, activity: str, parent: etree._Element) -> None:
    """Add a baseline, if it is one of a year or a day, as IATI has them."""
    start, end = view.text(figure, MG.startDate), view.text(figure, MG.endDate)
    year = view.text(figure, MG.year)
    is_day = start == end and whole_day(start, is_end=True) == start
    if not is_day or not whole_day(year or start, is_end=False):
        return
    element = etree.SubElement(parent, "baseline", year=str(int((year or start)[:4])))
    if start:
        element.set("iso-date", start)
    _value(view, figure, activity, element)
    documents(view, figure, element)
    _comment(view, figure, element)
    etree.SubElement(element, FIGURE, {ID: figure})


def _value(view: View, figure: str, activity: str, element: etree._Element) -> None:
    """Add the value of a figure, what it covers, and what it is about, if not the activity."""
    if value := view.text(figure, MG.value):
        element.set("value", clean(value))
    for lang, text in view.texts(figure, MG.scope):
        scope = etree.SubElement(element, "dimension", name="scope", value=clean(text))
        scope.set(XML_LANG, lang or view.lang)
    subject = view.iri(figure, MG.subject)
    if subject != activity:
        names = view.names(subject) or [("", view.ids.short(subject))]
        about = {"name": "subject", "value": clean(names[0][1]), ID: subject}
        etree.SubElement(element, "dimension", about)


def _comment(view: View, figure: str, element: etree._Element) -> None:
    if notes := view.texts(figure, Skos.note):
        narrated(element, "comment", notes)
