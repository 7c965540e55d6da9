"""Reads the texts, attributes, languages and lines of XML elements, whatever their names mean."""

import re
from collections.abc import Iterator

from lxml import etree

from metrograph.exchange.xml_stream import line

_XML = "http://www.w3.org/XML/1998/namespace"
_INLINE = {
    "a", "abbr", "b", "code", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup", "u",
}  # fmt: skip
_LANG = (f"{{{_XML}}}lang", "lang")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9-]+)?")


def inner_texts(element: etree._Element) -> Iterator[str]:
    """Yield the texts within an element: what is no mark of words begins and ends a line."""
    yield element.text or ""
    for child in element:
        edge = "" if local_name(child).casefold() in _INLINE else "\n"
        yield edge
        yield from inner_texts(child)
        yield edge
        yield child.tail or ""


def texts_of(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the text that stands right in an element, and its attributes with their names."""
    if text := own_text(element):
        yield "", text
    for key, value in element.attrib.items():
        if has_meaning(key, value):
            yield f"/@{local_name_of(key)}", value.strip()


def path_of(element: etree._Element, top: etree._Element) -> str:
    """Return the names from an element within `top` to the element itself."""
    names = [local_name(element)]
    while element is not top:
        element = element.getparent()
        names.insert(0, local_name(element))
    return "/".join(names)


def has_meaning(attribute: str, value: str) -> bool:
    """Return whether an attribute says something beside the language of the texts."""
    return bool(value.strip()) and not (attribute in _LANG and _LANGUAGE.fullmatch(value.strip()))


def own_text(element: etree._Element) -> str:
    """Return the text between the children of an element, a line for each piece."""
    parts = (element.text, *(child.tail for child in element))
    return "\n".join(part.strip() for part in parts if part and part.strip())


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(etree.QName(element).localname)


def local_name_of(name: str) -> str:
    """Return a name, such as that of an attribute, without its namespace."""
    return str(etree.QName(name).localname)


def language_of(element: etree._Element) -> str | None:
    """Return the language that an element says its texts are in (XML 1.0, section 2.12)."""
    for ancestor in (element, *element.iterancestors()):
        for attribute in (ancestor.get(name) for name in _LANG if name in ancestor.attrib):
            tag = str(attribute).strip()
            return tag.partition("-")[0].lower() if _LANGUAGE.fullmatch(tag) else None
    return None


def last_line(element: etree._Element) -> int:
    """Return the line at which an element ends."""
    if len(element):
        return last_line(element[-1]) + (element[-1].tail or "").count("\n")
    return line(element) + (element.text or "").count("\n")
