"""Reads elements that several IATI elements contain: organisations, places, codes, documents."""

import re
from functools import partial
from urllib.parse import urlsplit

import pyoxigraph as ox
from lxml import etree

from metrograph.exchange.drafts import Thing
from metrograph.exchange.iati.codes import ALL, DATE, ID, OWN_LIST, filled, local
from metrograph.exchange.iati.context import ActivityDraft
from metrograph.exchange.iati.texts import describe, language, narratives
from metrograph.messages import word
from metrograph.reading import notices
from metrograph.reading.dates import read_xml_day
from metrograph.text import as_key, folded
from metrograph.vocabulary import MG, RDF, XSD, Dcterms, Org, Skos

_LONGEST = 60  # signs of a key that is made of an address
_CODE = ("code", "vocabulary", "vocabulary-uri")
_DOCUMENT = ("url", "format", "title", "description", "category", "language", "document-date")


def typed(value: str, kind: str) -> ox.Literal:
    """Return a literal of a datatype of XML Schema."""
    return ox.Literal(value, datatype=ox.NamedNode(XSD + kind))


def dated(value: str) -> ox.Literal:
    """Return a day, a month or a year as a literal.

    >>> dated("2023-03").datatype.value.rpartition("#")[2]
    'gYearMonth'
    """
    return typed(value, ("gYear", "gYearMonth", "date")[value.count("-")])


def moment(draft: ActivityDraft, element: etree._Element | None) -> str | None:
    """Return the day that an element gives, or the month or year that we wrote beside it."""
    if element is None:
        return None
    stated = (element.get("iso-date") or "").strip()
    day = read_xml_day(stated)
    if day is None:
        draft.notice(element, notices.KEPT, f"{local(element)} {stated}", "iati_no_day")
    elif day != stated:
        draft.notice(element, notices.READ, stated, "iati_read_as", day)
    ours = element.get(DATE, "")
    fits = day is not None and re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", ours)
    return ours if fits and day and day.startswith(ours) else day


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of a name."""
    return next((part for part in element if local(part) == name), None)


def organization(draft: ActivityDraft, element: etree._Element) -> Thing | None:
    """Return the organisation that an element names, or nothing where it names none."""
    names = narratives(element, draft.lang)
    supplied = filled(element)
    ref = "" if supplied & {ALL, "ref"} else (element.get("ref") or "").strip()
    ours = draft.reading.memory.names.ours(Org.Organization, element.get(ID))
    called = ref or (names[0][1] if names else "")
    if not called and not ours:
        draft.notice(element, notices.KEPT, local(element), "iati_no_name")
        return None
    wished = f"organization/{as_key(called) or 'organization'}"
    thing = (
        draft.add(element, Org.Organization, ours)
        if ours
        else draft.shared(element, Org.Organization, ref or folded(called), wished)
    )
    thing.stand_in = partial(_same, called or "…")
    thing.name(names)
    if ref:
        thing.say(Dcterms.identifier, ox.Literal(ref))
    if not supplied & {ALL, "type"}:
        coded(draft, thing, element, "organisation-type", element.get("type"))
    return thing


def _same(text: str, _: str) -> str:
    return text


def concept(
    draft: ActivityDraft,
    element: etree._Element,
    of: tuple[str, str, str],
    code: str,
    kind: str = Skos.Concept,
) -> Thing:
    """Return a code as a concept of a list: what that is about, its vocabulary, its address."""
    about, vocabulary, _ = of
    key = "/".join(as_key(part) or "code" for part in (about, vocabulary, code) if part)
    thing = draft.shared(element, kind, "\n".join((*of, code)), key)
    thing.stand_in = partial(_same, code)
    thing.say(Skos.notation, ox.Literal(code))
    thing.link(Skos.inScheme, _scheme(draft, element, of))
    return thing


def coded(
    draft: ActivityDraft, on: Thing, element: etree._Element, about: str, code: str | None
) -> None:
    """Make a code of a list of IATI, told by what it is about, a subject of a record."""
    if notation := (code or "").strip():
        on.link(Dcterms.subject, concept(draft, element, (about, "", ""), notation))


def _scheme(draft: ActivityDraft, element: etree._Element, of: tuple[str, str, str]) -> Thing:
    about, vocabulary, address = of
    notation = f"{about}/{vocabulary}" if vocabulary else about
    wished = f"scheme/{as_key(notation)}"
    scheme = draft.shared(element, Skos.ConceptScheme, "\n".join(of), wished)
    scheme.stand_in = partial(_list_name, about, vocabulary)
    scheme.say(Skos.notation, ox.Literal(notation))
    if address:
        scheme.say(Dcterms.source, _address(address))
    return scheme


def _list_name(about: str, vocabulary: str, lang: str) -> str:
    name = word("iati_" + about.replace("-", "_"), lang)
    return f"{name} ({vocabulary})" if vocabulary else name


def listed(draft: ActivityDraft, on: Thing, element: etree._Element) -> None:
    """Add what an element that is a code of a list says of a record: a subject, and its share."""
    code = (element.get("code") or "").strip()
    if not code:
        draft.keep_all(on, element)
        return
    category = _own_category(draft, element, code)
    if category is None:
        of = (local(element), element.get("vocabulary", ""), element.get("vocabulary-uri", ""))
        category = concept(draft, element, of, code)
    on.link(Dcterms.subject, category)
    category.name(narratives(element, draft.lang))
    if describe(element, draft.lang, _CODE, narrated=False):  # a share, or how much it matters
        draft.keep(on, element, describe(element, draft.lang, narrated=False))


def _own_category(draft: ActivityDraft, element: etree._Element, code: str) -> Thing | None:
    """Return the category of this plan that a code is, if it is one."""
    names = draft.reading.memory.names
    address = element.get("vocabulary-uri", "")
    if element.get("vocabulary") != OWN_LIST or not address.startswith(names.base):
        return None
    iri = names.ours(Skos.Concept, names.base + code)
    category = draft.add(element, Skos.Concept, iri) if iri else None
    if category and (scheme := names.ours(Skos.ConceptScheme, address)):
        of = draft.add(element, Skos.ConceptScheme, scheme)
        of.stand_in = partial(_list_name, "tag", "")
        category.link(Skos.inScheme, of)
    return category


def place(draft: ActivityDraft, element: etree._Element) -> Thing:
    """Return the place that a location is, with what else it says as notes."""
    name = child(element, "name")
    names = [] if name is None else narratives(name, draft.lang)
    ref = (element.get("ref") or "").strip()
    called = names[0][1] if names else ref or word("iati_location", draft.lang)
    ours = draft.reading.memory.names.ours(MG.Place, element.get(ID))
    thing = (
        draft.add(element, MG.Place, ours)
        if ours
        else draft.shared(
            element, MG.Place, f"{ref}\n{folded(called)}", f"place/{as_key(called) or 'place'}"
        )
    )
    thing.stand_in = partial(_same, called)
    thing.name(names)
    if ref:
        thing.say(Dcterms.identifier, ox.Literal(ref))
    described = child(element, "description")
    if described is not None:
        thing.add_texts(Dcterms.description, narratives(described, draft.lang))
    draft.keep(thing, element, describe(element, draft.lang, ("ref", "name", "description")))
    return thing


def document(draft: ActivityDraft, on: Thing, element: etree._Element) -> None:
    """Add the document that an element links to, and that a record has it."""
    url = (element.get("url") or "").strip()
    if not url:
        draft.keep_all(on, element)
        return
    ours = draft.reading.memory.names.ours(MG.Document, element.get(ID))
    key = as_key(url.partition(":")[2])[:_LONGEST].strip("-") or "document"
    thing = (
        draft.add(element, MG.Document, ours)
        if ours
        else draft.shared(element, MG.Document, url, f"document/{key}")
    )
    thing.stand_in = partial(_same, url)
    thing.say(Dcterms.source, _address(url))
    on.link(RDF.seeAlso, thing)
    if "format" not in filled(element):
        coded(draft, thing, element, "document-format", element.get("format"))
    draft.keep(thing, element, describe(element, draft.lang, _DOCUMENT, narrated=False))
    for part in element:
        if local(part) in _DOCUMENT:
            _of_document(draft, thing, part)


def _of_document(draft: ActivityDraft, thing: Thing, part: etree._Element) -> None:
    """Add what a part of a link says of its document."""
    code = (part.get("code") or "").strip()
    match local(part):
        case "title":
            thing.name(narratives(part, draft.lang))
        case "description":
            thing.add_texts(Dcterms.description, narratives(part, draft.lang))
        case "category" if code:
            if ALL not in filled(part):
                coded(draft, thing, part, "document-category", code)
        case "language" if language(code):
            thing.say(Dcterms.language, ox.Literal(language(code) or ""))
        case "document-date" if day := moment(draft, part):
            if Dcterms.issued in thing.facts:
                draft.keep_all(thing, part)
            else:
                thing.say(Dcterms.issued, dated(day))
        case _:
            draft.keep_all(thing, part)


def _address(url: str) -> ox.NamedNode | ox.Literal:
    """Return an address as one that can be followed, or as it was written."""
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname:
            return ox.NamedNode(url)
    except ValueError:
        pass
    return ox.Literal(url)
