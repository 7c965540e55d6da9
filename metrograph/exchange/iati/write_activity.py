"""Writes an activity as an IATI element, in the order that the schema requires."""

from lxml import etree

from metrograph.exchange.iati.codes import (
    ACTUAL_END,
    ACTUAL_START,
    ALL,
    CLOSED,
    CODED,
    DATE,
    FILLED,
    GENERAL,
    ID,
    INTERNAL,
    ONCE,
    OTHER,
    OWN_LIST,
    PARENT,
    PLANNED_END,
    PLANNED_START,
    STATUSES,
    WITH_LIST,
    WRITTEN_ROLES,
    XML_LANG,
)
from metrograph.exchange.iati.view import View
from metrograph.exchange.iati.write_parts import (
    clean,
    described,
    documents,
    is_address,
    narrated,
    whole_day,
)
from metrograph.exchange.iati.write_results import results
from metrograph.reading.dates import read_xml_day
from metrograph.vocabulary import MG, Dcterms, Skos

_OTHER_TYPE = "90"  # of organisations
_NARRATED = ("recipient-country", "recipient-region", "sector", "tag", "policy-marker")
_PLANNED = {"1": (PLANNED_START, PLANNED_END), "2": (ACTUAL_START, PLANNED_END)}  # by status


def activity(view: View, iri: str) -> etree._Element:
    """Return the element of an activity (its IRI)."""
    element = etree.Element("iati-activity", {XML_LANG: view.lang})
    if updated := read_xml_day(view.text(iri, MG.recordChangedOn)):
        element.set("last-updated-datetime", f"{updated}T00:00:00Z")
    _identifier(view, iri, element)
    _reporter(view, iri, element)
    title = view.names(iri)
    made = narrated(element, "title", title or [("", view.ids.short(iri))])
    if not title:
        made.set(FILLED, ALL)
    _descriptions(view, iri, element)
    _participants(view, iri, element)
    etree.SubElement(element, "other-identifier", ref=clean(iri), type=INTERNAL)
    _dates(view, iri, element, _status(view, iri, element))
    _places_and_codes(view, iri, element)
    documents(view, iri, element)
    _whole(view, iri, element)
    results(view, iri, element)
    return element


def _identifier(view: View, iri: str, parent: etree._Element) -> None:
    element = etree.SubElement(parent, "iati-identifier")
    element.text = clean(view.identifiers[iri])
    if view.identifiers[iri] != view.text(iri, Dcterms.identifier):
        element.set(FILLED, ALL)


def _reporter(view: View, iri: str, parent: etree._Element) -> None:
    """Add who reports; where the plan does not say, who organises most, marked as filled in."""
    who = view.reports(iri)
    kind = view.code(who, "organisation-type")
    names = view.names(who) or view.names(view.plan) or [("", view.ids.short(view.plan))]
    element = narrated(
        parent, "reporting-org", names, ref=clean(view.ref(who)), type=clean(kind) or _OTHER_TYPE
    )
    if who:
        element.set(ID, who)
    lacking = [] if view.text(who, Dcterms.identifier) else ["ref"]
    lacking += [] if kind else ["type"]
    if not view.iri(iri, MG.recordedBy):
        lacking = [ALL]
    if lacking:
        element.set(FILLED, " ".join(lacking))


def _descriptions(view: View, iri: str, parent: etree._Element) -> None:
    texts = view.texts(iri, Dcterms.description)
    if texts:
        narrated(parent, "description", texts, type=GENERAL)
    else:
        names = view.names(iri) or [("", view.ids.short(iri))]
        narrated(parent, "description", names, type=GENERAL).set(FILLED, ALL)
    if notes := view.texts(iri, Skos.note):
        narrated(parent, "description", notes, type=OTHER)


def _participants(view: View, iri: str, parent: etree._Element) -> None:
    """Add who funds, organises or works on an activity; who reports, where there is nobody."""
    count = len(parent)
    for relation, role in WRITTEN_ROLES.items():
        for who in view.iris(iri, relation):
            _participant(view, who, parent, role)
    if len(parent) == count:
        _participant(view, view.reports(iri), parent, WRITTEN_ROLES[MG.organizer]).set(FILLED, ALL)


def _participant(view: View, who: str, parent: etree._Element, role: str) -> etree._Element:
    element = narrated(parent, "participating-org", view.names(who), role=role)
    attributes = (
        ("ref", view.text(who, Dcterms.identifier)),
        ("type", view.code(who, "organisation-type")),
        (ID, who),
    )
    for name, value in attributes:
        if value:
            element.set(name, clean(value))
    return element


def _status(view: View, iri: str, parent: etree._Element) -> str:
    """Add the status, closed where the plan gives none that IATI knows, and return its code."""
    status = view.iri(iri, MG.status)
    scheme = view.iri(status, Skos.inScheme)
    code = view.text(status, Skos.notation)
    known = view.text(scheme, Skos.notation) == "activity-status" and code
    element = etree.SubElement(parent, "activity-status", code=clean(known or CLOSED))
    if not known:
        element.set(FILLED, ALL)
    return code if known in STATUSES else CLOSED


def _dates(view: View, iri: str, parent: etree._Element, status: str) -> None:
    """Add start and end; where they leave the year open, its first day, marked as filled in."""
    kinds = _PLANNED.get(status, (ACTUAL_START, ACTUAL_END))
    start, end = view.text(iri, MG.startDate), view.text(iri, MG.endDate)
    for kind, value, is_end in ((kinds[0], start, False), (kinds[1], end, True)):
        if day := whole_day(value, is_end=is_end):
            element = etree.SubElement(parent, "activity-date", {"iso-date": day, "type": kind})
            if day != value:
                element.set(DATE, value)
    year = view.text(iri, MG.year)
    if (start or end)[:4] != year and (day := whole_day(year, is_end=False)):
        filled = {"iso-date": day, "type": ACTUAL_START, FILLED: ALL}
        etree.SubElement(parent, "activity-date", filled)


def _places_and_codes(view: View, iri: str, parent: etree._Element) -> None:
    """Add places and codes of lists, in the order of the schema."""
    for name in CODED:
        if name == "sector":  # places stand right before
            for where in view.iris(iri, MG.place):
                _place(view, where, parent)
        concepts = list(view.codes(iri, name))
        for concept, vocabulary, address in concepts[:1] if name in ONCE else concepts:
            _code(view, parent, name, concept, (vocabulary, address))
        if name == "tag":
            _tags(view, iri, parent)


def _place(view: View, where: str, parent: etree._Element) -> None:
    element = etree.SubElement(parent, "location", {ID: where})
    if ref := view.text(where, Dcterms.identifier):
        element.set("ref", clean(ref))
    if names := view.names(where):
        narrated(element, "name", names)
    described(view, where, element)


def _code(view: View, parent: etree._Element, name: str, concept: str, of: tuple[str, str]) -> None:
    vocabulary, address = of
    code = view.text(concept, Skos.notation)
    if name == "tag" and not vocabulary:
        return  # the schema wants to know of which list a tag is
    names = view.names(concept) if name in _NARRATED else []
    is_named = any(text != code for _, text in names)
    element = narrated(parent, name, names if is_named else [], code=clean(code))
    if vocabulary and name in WITH_LIST:
        element.set("vocabulary", clean(vocabulary))
    if is_address(address) and name in WITH_LIST[:-1]:
        element.set("vocabulary-uri", address)


def _tags(view: View, iri: str, parent: etree._Element) -> None:
    """Add what an activity addresses, and what else it has as subjects, as tags of our own."""
    listed = {concept for name in CODED for concept, _, _ in view.codes(iri, name)}
    others = [concept for concept in view.iris(iri, Dcterms.subject) if concept not in listed]
    for concept in view.ordered([*view.categories(iri), *others]):
        if concept.startswith(view.ids.base):
            scheme = view.iri(concept, Skos.inScheme)
            address = scheme if scheme.startswith(view.ids.base) else view.ids.base
            code = concept.removeprefix(view.ids.base)
            element = narrated(parent, "tag", view.names(concept), code=code, vocabulary=OWN_LIST)
            element.set("vocabulary-uri", address)


def _whole(view: View, iri: str, parent: etree._Element) -> None:
    """Add the activity that an activity is part of."""
    for whole in view.iris(iri, MG.partOf):
        if whole in view.identifiers:
            ref = clean(view.identifiers[whole])
            etree.SubElement(parent, "related-activity", ref=ref, type=PARENT)
