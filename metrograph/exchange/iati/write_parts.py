"""Writes the IATI elements that several records share: narratives, dates, documents."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml import etree

from metrograph.exchange.drafts import Text
from metrograph.exchange.iati.codes import ALL, DATE, FILLED, ID, XML_LANG
from metrograph.exchange.iati.view import View
from metrograph.reading.dates import read_xml_day
from metrograph.vocabulary import MG, RDF, Dcterms, Skos

_NO_SIGN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s<>\"{}|\\^`%#\[\]]|%[0-9A-Fa-f]{2})+")
_UNKNOWN = "application/octet-stream"  # RFC 2046, 4.5.1: of which nothing is known
_REPORT = "B01"  # of documents


def clean(text: str) -> str:
    """Return a text without the signs that XML cannot hold (control characters)."""
    return _NO_SIGN.sub("", text)


def narrated(
    parent: etree._Element, name: str, texts: Iterable[Text], **attributes: str
) -> etree._Element:
    """Add an element with narratives, and return it."""
    element = etree.SubElement(parent, name, attributes)
    for lang, text in texts:
        narrative = etree.SubElement(element, "narrative")
        narrative.text = clean(text)
        if lang:
            narrative.set(XML_LANG, lang)
    return element


def whole_day(value: str, *, is_end: bool) -> str:
    """Return a day; of a month or a year, the first or the last one; nothing for what is none.

    >>> whole_day("2024-02", is_end=True), whole_day("2023", is_end=False)
    ('2024-02-29', '2023-01-01')
    """
    if len(value) == len("2024"):
        value += "-12" if is_end else "-01"
    if len(value) == len("2024-02"):
        days = [f"{value}-{number}" for number in (("31", "30", "29", "28") if is_end else ("01",))]
        return next((day for day in days if read_xml_day(day)), "")
    return value if read_xml_day(value) == value else ""


def described(view: View, iri: str, parent: etree._Element) -> None:
    """Add a description, and in the languages that it has, the notes after it."""
    texts = view.texts(iri, Dcterms.description)
    langs = {lang for lang, _ in texts}
    if texts:
        notes = [note for note in view.texts(iri, Skos.note) if note[0] in langs]
        narrated(parent, "description", [*texts, *notes])


def documents(view: View, iri: str, parent: etree._Element) -> None:
    """Add the documents that a record has, and that can be found on the web."""
    for document in view.iris(iri, RDF.seeAlso):
        url = view.address(document)
        if view.kinds.get(document) == MG.Document and is_address(url):
            _document(view, document, parent, url)


def _document(view: View, iri: str, parent: etree._Element, url: str) -> None:
    form = clean(view.code(iri, "document-format"))
    element = etree.SubElement(
        parent, "document-link", {"url": url, "format": form or _UNKNOWN, ID: iri}
    )
    if not form:
        element.set(FILLED, "format")
    narrated(element, "title", view.names(iri) or [("", url)])
    described(view, iri, element)
    codes = [
        view.text(category, Skos.notation)
        for category, _, _ in view.codes(iri, "document-category")
    ]
    for code in codes:
        etree.SubElement(element, "category", code=clean(code))
    if not codes:
        etree.SubElement(element, "category", {"code": _REPORT, FILLED: ALL})
    for _, code in view.texts(iri, Dcterms.language):
        etree.SubElement(element, "language", code=clean(code))
    issued = view.text(iri, Dcterms.issued)
    if day := whole_day(issued, is_end=False):
        date_element = etree.SubElement(element, "document-date", {"iso-date": day})
        if day != issued:
            date_element.set(DATE, issued)


def is_address(text: str) -> bool:
    """Return whether a text is an address as XML Schema wants one (anyURI).

    >>> is_address("http:www.example.org/a.odt"), is_address("see page 3")
    (True, False)
    """
    try:
        port = urlsplit(text).port
        return bool(_ADDRESS.fullmatch(text)) and port != 0
    except ValueError:
        return False
