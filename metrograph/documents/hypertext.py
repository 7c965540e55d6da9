"""Reads HTML: headings, paragraphs, items and rows; scripts, styles and addresses are left out."""

from collections.abc import Iterator

from lxml import etree, html

from metrograph.documents.edition import (
    HEADING,
    ITEM,
    PARAGRAPH,
    ROW,
    Edition,
    Line,
    edition_of,
    row,
)
from metrograph.documents.refusals import Refusal

_LEFT_OUT = frozenset(
    {"script", "style", "template", "noscript", "head", "svg", "iframe", "object"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr"),
        *("html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody"),
        *("tfoot", "thead", "tr", "ul", *_HEADINGS),
    }
)
_DEEPEST = 200  # elements within elements


def read_html(data: bytes) -> Edition:
    """Return a page's text; nothing that it refers to is fetched. Raises `Refusal`."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding=_encoding(data))
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refusal("empty") from None
    return edition_of(line for line in _blocks(root, 0, 0) if line.text.strip())


def _encoding(data: bytes) -> str | None:
    """Return UTF-8 where the bytes are that; else what the page declares."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _blocks(element: html.HtmlElement, depth: int, nested: int) -> Iterator[Line]:
    """Yield the lines of an element; text between its blocks is a line too."""
    if nested > _DEEPEST:
        raise Refusal("damaged")
    kind, level = _kind(element, depth)
    inline: list[str] = [element.text or ""]
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name == "tr":
            yield Line(row([_text(cell) for cell in child if cell.tag in ("td", "th")]), ROW)
        elif name == "br":
            inline.append(" ")
        elif name in _BLOCKS:
            yield Line("".join(inline), kind, level)
            inline = []
            yield from _blocks(child, depth + (name in ("ul", "ol")), nested + 1)
        elif name and name not in _LEFT_OUT:
            inline.append(_text(child))
        inline.append(child.tail or "")
    yield Line("".join(inline), kind, level)


def _kind(element: html.HtmlElement, depth: int) -> tuple[str, int]:
    if element.tag in _HEADINGS:
        return HEADING, _HEADINGS[element.tag]
    return (ITEM, max(depth, 1)) if element.tag == "li" else (PARAGRAPH, 0)


def _text(element: html.HtmlElement) -> str:
    """Return the text within an element, without what is never shown."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            is_shown = isinstance(node.tag, str) and not _is_left_out(node, element)
            parts.append((node.text or "") if is_shown else "")
        elif node is not element and not _is_left_out(node.getparent(), element):
            parts.append(node.tail or "")
    return "".join(parts)


def _is_left_out(node: html.HtmlElement, top: html.HtmlElement) -> bool:
    while node is not None:
        if node.tag in _LEFT_OUT:
            return True
        if node is top:
            return False
        node = node.getparent()
    return False
