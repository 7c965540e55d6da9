"""Changes the elements, attributes, texts and tokens of XML."""

import copy
from random import Random
from typing import Any

from lxml import etree

from fuzz.mutation import BYTES, Change, of_tokens
from fuzz.words import COMMON, MARKUP

_TOKENS = of_tokens(r"<[^<>]*>|[^<>]+|[<>]", (*MARKUP, *COMMON))
_PIECES = of_tokens(r"[\w:.-]+|\s+|.", (*MARKUP, *COMMON))
_DEEP = 600  # levels


def change_elements(rng: Random, data: bytes, other: bytes) -> bytes:
    """Change the tree of an XML document; one that is not well-formed is changed as text."""
    reader = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, reader)
        spare = etree.fromstring(other, reader)
    except (etree.XMLSyntaxError, ValueError):
        return _TOKENS(rng, data, other)
    for _ in range(rng.choice((1, 1, 2, 5))):
        elements = _elements(root)
        others = [*elements, *_elements(spare)]
        _change_element(rng, rng.choice(elements), rng.choice(others))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written


def _elements(root: Any) -> list[Any]:
    """Return the elements of a tree, without comments and instructions."""
    return [node for node in root.iter() if isinstance(node.tag, str)]


def _change_element(  # noqa: PLR0912  each change is a case of its own
    rng: Random, element: Any, other: Any
) -> None:
    parent = element.getparent()
    match rng.randrange(12):
        case 0 | 1:
            element.text = printable(rng.choice(COMMON))
        case 2 | 3:
            if names := list(element.attrib):
                element.set(rng.choice(names), printable(rng.choice(COMMON)))
            else:
                element.set("type", printable(rng.choice(COMMON)))
        case 4:
            if names := list(element.attrib):
                del element.attrib[rng.choice(names)]
        case 5:
            if parent is not None:
                parent.remove(element)
        case 6:
            for _ in range(rng.choice((1, 2, 40))):
                element.append(
                    copy.deepcopy(other) if len(list(other.iter())) < 60 else etree.Element("x")
                )
        case 7:
            if parent is not None:
                parent.append(copy.deepcopy(element))
        case 8:
            element.tag = other.tag
        case 9:
            element.tag = rng.choice(("x", "{urn:x}y", etree.QName(element).localname))
        case 10:
            element.append(etree.Comment("x"))
            element.tail = printable(rng.choice(COMMON))
        case _:
            _nest(rng, element)


def _nest(rng: Random, element: Any) -> None:
    """Nest an element many levels deep in elements of the same kind."""
    tag = rng.choice((element.tag, "x"))
    for _ in range(rng.choice((3, 40, _DEEP))):
        element = etree.SubElement(element, tag)


def printable(text: str) -> str:
    """Return the text without characters that XML cannot contain."""
    return "".join(
        sign for sign in text if sign in "\t\n\r" or sign.isprintable() or sign == "\u00a0"
    )


MARKUP_CHANGES: tuple[Change, ...] = (
    *[change_elements] * 16, _TOKENS, _PIECES, *BYTES,
)  # fmt: skip
