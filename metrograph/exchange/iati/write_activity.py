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
from metrograph.exchange.iati.view import Said
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


def activity(said: Said, iri: str) -> etree._Element:
    """Return the element of an activity (its IRI)."""
    element = etree.Element("iati-activity", {XML_LANG: said.lang})
    if updated := read_xml_day(said.text(iri, MG.recordChangedOn)):
        element.set("last-updated-datetime", f"{updated}T00:00:00Z")
    _identifier(said, iri, element)
    _reporter(said, iri, element)
    title = said.names(iri)
    made = narrated(element, "title", title or [("", said.ids.short(iri))])
    if not title:
        made.set(FILLED, ALL)
    _descriptions(said, iri, element)
    _participants(said, iri, element)
    etree.SubElement(element, "other-identifier", ref=clean(iri), type=INTERNAL)
    _dates(said, iri, element, _status(said, iri, element))
    _places_and_codes(said, iri, element)
    documents(said, iri, element)
    _whole(said, iri, element)
    results(said, iri, element)
    return element


def _identifier(said: Said, iri: str, parent: etree._Element) -> None:
    element = etree.SubElement(parent, "iati-identifier")
    element.text = clean(said.identifiers[iri])
    if said.identifiers[iri] != said.text(iri, Dcterms.identifier):
        element.set(FILLED, ALL)


def _reporter(said: Said, iri: str, parent: etree._Element) -> None:
    """Add who reports; where the plan does not say, who organises most, marked as filled in."""
    who = said.reports(iri)
    kind = said.code(who, "organisation-type")
    names = said.names(who) or said.names(said.plan) or [("", said.ids.short(said.plan))]
    element = narrated(
        parent, "reporting-org", names, ref=clean(said.ref(who)), type=clean(kind) or _OTHER_TYPE
    )
    if who:
        element.set(ID, who)
    lacking = [] if said.text(who, Dcterms.identifier) else ["ref"]
    lacking += [] if kind else ["type"]
    if not said.iri(iri, MG.recordedBy):
        lacking = [ALL]
    if lacking:
        element.set(FILLED, " ".join(lacking))


def _descriptions(said: Said, iri: str, parent: etree._Element) -> None:
    texts = said.texts(iri, Dcterms.description)
    if texts:
        narrated(parent, "description", texts, type=GENERAL)
    else:
        names = said.names(iri) or [("", said.ids.short(iri))]
        narrated(parent, "description", names, type=GENERAL).set(FILLED, ALL)
    if notes := said.texts(iri, Skos.note):
        narrated(parent, "description", notes, type=OTHER)


def _participants(said: Said, iri: str, parent: etree._Element) -> None:
    """Add who funds, organises or works on an activity; who reports, where there is nobody."""
    count = len(parent)
    for relation, role in WRITTEN_ROLES.items():
        for who in said.iris(iri, relation):
            _participant(said, who, parent, role)
    if len(parent) == count:
        _participant(said, said.reports(iri), parent, WRITTEN_ROLES[MG.organizer]).set(FILLED, ALL)


def _participant(said: Said, who: str, parent: etree._Element, role: str) -> etree._Element:
    element = narrated(parent, "participating-org", said.names(who), role=role)
    given = (
        ("ref", said.text(who, Dcterms.identifier)),
        ("type", said.code(who, "organisation-type")),
        (ID, who),
    )
    for name, value in given:
        if value:
            element.set(name, clean(value))
    return element


def _status(said: Said, iri: str, parent: etree._Element) -> str:
    """Add the status, closed where the plan gives none that IATI knows, and return its code."""
    status = said.iri(iri, MG.status)
    scheme = said.iri(status, Skos.inScheme)
    code = said.text(status, Skos.notation)
    known = said.text(scheme, Skos.notation) == "activity-status" and code
    element = etree.SubElement(parent, "activity-status", code=clean(known or CLOSED))
    if not known:
        element.set(FILLED, ALL)
    return code if known in STATUSES else CLOSED


def _dates(said: Said, iri: str, parent: etree._Element, status: str) -> None:
    """Add start and end; where they leave the year open, its first day, marked as filled in."""
    kinds = _PLANNED.get(status, (ACTUAL_START, ACTUAL_END))
    start, end = said.text(iri, MG.startDate), said.text(iri, MG.endDate)
    for kind, value, is_end in ((kinds[0], start, False), (kinds[1], end, True)):
        if found := whole_day(value, is_end=is_end):
            one = etree.SubElement(parent, "activity-date", {"iso-date": found, "type": kind})
            if found != value:
                one.set(DATE, value)
    year = said.text(iri, MG.year)
    if (start or end)[:4] != year and (found := whole_day(year, is_end=False)):
        filled = {"iso-date": found, "type": ACTUAL_START, FILLED: ALL}
        etree.SubElement(parent, "activity-date", filled)


def _places_and_codes(said: Said, iri: str, parent: etree._Element) -> None:
    """Add places and codes of lists, in the order of the schema."""
    for name in CODED:
        if name == "sector":  # places stand right before
            for where in said.iris(iri, MG.place):
                _place(said, where, parent)
        found = list(said.codes(iri, name))
        for concept, vocabulary, address in found[:1] if name in ONCE else found:
            _code(said, parent, name, concept, (vocabulary, address))
        if name == "tag":
            _tags(said, iri, parent)


def _place(said: Said, where: str, parent: etree._Element) -> None:
    element = etree.SubElement(parent, "location", {ID: where})
    if ref := said.text(where, Dcterms.identifier):
        element.set("ref", clean(ref))
    if names := said.names(where):
        narrated(element, "name", names)
    described(said, where, element)


def _code(said: Said, parent: etree._Element, name: str, concept: str, of: tuple[str, str]) -> None:
    vocabulary, address = of
    code = said.text(concept, Skos.notation)
    if name == "tag" and not vocabulary:
        return  # the schema wants to know of which list a tag is
    names = said.names(concept) if name in _NARRATED else []
    is_named = any(text != code for _, text in names)
    element = narrated(parent, name, names if is_named else [], code=clean(code))
    if vocabulary and name in WITH_LIST:
        element.set("vocabulary", clean(vocabulary))
    if is_address(address) and name in WITH_LIST[:-1]:
        element.set("vocabulary-uri", address)


def _tags(said: Said, iri: str, parent: etree._Element) -> None:
    """Add what an activity addresses, and what else it has as subjects, as tags of our own."""
    listed = {one for name in CODED for one, _, _ in said.codes(iri, name)}
    others = [one for one in said.iris(iri, Dcterms.subject) if one not in listed]
    for one in said.ordered([*said.categories(iri), *others]):
        if one.startswith(said.ids.base):
            scheme = said.iri(one, Skos.inScheme)
            address = scheme if scheme.startswith(said.ids.base) else said.ids.base
            code = one.removeprefix(said.ids.base)
            element = narrated(parent, "tag", said.names(one), code=code, vocabulary=OWN_LIST)
            element.set("vocabulary-uri", address)


def _whole(said: Said, iri: str, parent: etree._Element) -> None:
    """Add the activity that an activity is part of."""
    for whole in said.iris(iri, MG.partOf):
        if whole in said.identifiers:
            ref = clean(said.identifiers[whole])
            etree.SubElement(parent, "related-activity", ref=ref, type=PARENT)
