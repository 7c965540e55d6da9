"""Reads the text of an IATI element: narratives by language, or the whole element as a note."""

import re
from collections.abc import Collection, Iterable, Iterator

from lxml import etree

from metrograph.exchange.drafts import Text
from metrograph.exchange.iati.codes import EXTENSION, XML_LANG, local

_OURS = f"{{{EXTENSION}}}"
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")


def language(tag: str | None) -> str | None:
    """Return the language of a tag, without region and script (RFC 5646, 2.2.1), or nothing.

    >>> language("pt-BR"), language("English"), language(None)
    ('pt', None, None)
    """
    match = _LANGUAGE.fullmatch((tag or "").strip())
    return match[1].lower() if match else None


def narratives(element: etree._Element, lang: str) -> list[Text]:
    """Return what an element says, each text with its language: `lang`, where it gives none.

    Text that stands outside of a narrative, as IATI had it before 2.01, is one, too.
    """
    texts = [
        (language(part.get(XML_LANG)) or lang, words)
        for part in element
        if local(part) == "narrative" and (words := "".join(part.itertext()).strip())
    ]
    return [*texts, *((lang, words) for words in [_own(element)] if words)]


def _own(element: etree._Element) -> str:
    """Return the text of an element that stands in none of its children, on lines as it has."""
    parts = [element.text, *(child.tail for child in element)]
    return " ".join(part.strip() for part in parts if part and part.strip())


def describe(
    element: etree._Element, lang: str, but: Collection[str] = (), narrated: bool = True
) -> list[Text]:
    """Return all that an element says, attributes and children too, once in each language.

    `but` are names of attributes and children that are left out, at the top; without `narrated`,
    so are its narratives. Nothing is returned where nothing is left but the element's name.

    >>> budget = etree.fromstring('<budget type="1"><value currency="EUR">3</value></budget>')
    >>> describe(budget, "en")
    [('en', 'budget (type 1) [value (currency EUR) 3]')]
    """
    if not _holds(element, but, narrated):
        return []
    within = {text[0] for part in _parts(element, but) for text in _narrated(part, lang)}
    own = {text[0] for text in narratives(element, lang)} if narrated else set()
    return [
        (tag, _describe(element, tag, lang, but, narrated))
        for tag in sorted(within | own) or [lang]
    ]


def describe_attributes(
    element: etree._Element, lang: str, but: Collection[str] = ()
) -> list[Text]:
    """Return what the attributes of an element say, but for some, without what it holds."""
    attributes = _list_attributes(element, but)
    return [(lang, f"{local(element)} {attributes}")] if attributes else []


def _holds(element: etree._Element, but: Collection[str], narrated: bool) -> bool:
    return bool(
        _attributes(element, but)
        or next(_parts(element, but), None) is not None
        or (narrated and narratives(element, ""))
    )


def _describe(
    element: etree._Element, lang: str, default: str, but: Collection[str], narrated: bool
) -> str:
    attributes = _list_attributes(element, but)
    words = [text for tag, text in narratives(element, default) if narrated and tag == lang]
    parts = [_describe(part, lang, default, (), True) for part in _parts(element, but)]
    return " ".join(
        (
            local(element),
            *([attributes] if attributes else []),
            *(" ".join(text.split()) for text in words),
            *([f"[{'; '.join(parts)}]"] if parts else []),
        )
    )


def _list_attributes(element: etree._Element, but: Collection[str]) -> str:
    attributes = ", ".join(f"{name} {value}" for name, value in _attributes(element, but))
    return f"({attributes})" if attributes else ""


def _attributes(element: etree._Element, but: Collection[str]) -> list[Text]:
    """Return the attributes that say something, by their names without namespace."""
    return [
        (str(name).rpartition("}")[2], " ".join(value.split()))
        for name, value in element.items()
        if value.strip()
        and name != XML_LANG
        and not str(name).startswith(_OURS)
        and str(name).rpartition("}")[2] not in but
    ]


def _parts(element: etree._Element, but: Collection[str]) -> Iterator[etree._Element]:
    return (
        part
        for part in element
        if local(part) not in but
        and local(part) != "narrative"
        and not str(part.tag).startswith(_OURS)
    )


def _narrated(element: etree._Element, lang: str) -> Iterable[Text]:
    """Yield the narratives of an element and of all below it."""
    for part in element.iter(etree.Element):
        if local(part) != "narrative" and any(local(child) == "narrative" for child in part):
            yield from narratives(part, lang)
