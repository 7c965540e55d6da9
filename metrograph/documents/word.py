"""Reads Word documents (.docx) in their order, as they read with all tracked changes accepted.

Links to other files are not followed, and macros are not read.
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

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
from metrograph.documents.packages import check_package
from metrograph.documents.refusals import Refusal

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset(
    {f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", _FALLBACK}
)
_HEADING = re.compile(r"heading ([1-9])|(title)", re.IGNORECASE)
_LIST = re.compile(r"list", re.IGNORECASE)
_Styles = Mapping[str, tuple[str, int]]


def read_docx(data: bytes) -> Edition:
    """Return a Word document's text, with headings, items and rows. Raises `Refusal`."""
    check_package(data, "word/document.xml")
    try:
        document = docx.Document(io.BytesIO(data))
        body, styles = document.element.body, _styles(document)
    except (OpcError, KeyError, ValueError, AttributeError):
        raise Refusal("damaged") from None
    return edition_of(line for line in _Reader(styles, body).blocks(body) if line.text.strip())


def _styles(document: Any) -> dict[str, tuple[str, int]]:
    """Return what paragraphs of each style are, by its id: also of one based on a heading."""
    kinds = {}
    for style in document.styles:
        base, seen = style, 0
        while base is not None and seen < 20:
            kind = _kind_of_style(base)
            if kind is not None:
                kinds[style.style_id] = kind
                break
            base, seen = getattr(base, "base_style", None), seen + 1
    return kinds


def _kind_of_style(style: Any) -> tuple[str, int] | None:
    name = style.name or ""
    if heading := _HEADING.match(name):
        return HEADING, int(heading[1] or 1)
    outline = style.element.find(f"{_W}pPr/{_W}outlineLvl")
    if outline is not None and (level := _number(outline)) < 9:
        return HEADING, level + 1
    return (ITEM, 1) if _LIST.match(name) else None


def _number(element: Any) -> int:
    value = element.get(qn("w:val")) or "9"
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 3 else 9


class _Reader:
    """Walks through a body and counts its pages, where the document says that they break.

    Word notes where it last broke pages; a document of another program notes breaks by hand only.
    """

    def __init__(self, styles: _Styles, body: Any) -> None:
        self.styles = styles
        self.page = 1
        self.begun: int | None = None  # the page on which the text of a paragraph begins
        # where pages are noted as Word broke them, the breaks by hand are among them
        self.counts_breaks = next(body.iter(f"{_W}lastRenderedPageBreak"), None) is None

    def blocks(self, element: Any) -> Iterator[Line]:
        """Yield the lines of the paragraphs and tables within an element."""
        for child in element:
            if child.tag == f"{_W}p":
                yield from self.paragraph(child)
            elif child.tag == f"{_W}tbl":
                for line in child.iter(f"{_W}tr"):
                    cells = [
                        " ".join(self.text(part) for part in cell.iter(f"{_W}p"))
                        for cell in line.iter(f"{_W}tc")
                    ]
                    yield Line(row(cells), ROW, 0, self.page)
            elif child.tag not in _LEFT_OUT:
                yield from self.blocks(child)

    def paragraph(self, element: Any) -> Iterator[Line]:
        """Yield a paragraph, then those of the text boxes that are anchored in it."""
        self.begun = None
        text = self.text(element)
        kind, level = self._kind(element)
        yield Line(text, kind, level, self.begun or self.page)
        for box in element.iter(f"{_W}txbxContent"):
            if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                yield from self.blocks(box)

    def text(self, element: Any) -> str:
        """Return the text of a paragraph without its text boxes, and count its page breaks."""
        parts = []
        for child in element:
            if child.tag == f"{_W}t":
                parts.append(child.text or "")
                self.begun = self.begun or (self.page if parts[-1].strip() else None)
            elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
                self.page += self.counts_breaks and child.get(qn("w:type")) == "page"
                parts.append(" ")
            elif child.tag == f"{_W}noBreakHyphen":
                parts.append("-")
            elif child.tag == f"{_W}lastRenderedPageBreak":
                self.page += 1
            elif child.tag != f"{_W}txbxContent" and child.tag not in _LEFT_OUT:
                parts.append(self.text(child))
        return "".join(parts)

    def _kind(self, element: Any) -> tuple[str, int]:
        outline = element.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None and (level := _number(outline)) < 9:
            return HEADING, level + 1
        style = element.find(f"{_W}pPr/{_W}pStyle")
        kind = self.styles.get(style.get(qn("w:val")) or "") if style is not None else None
        if kind is not None and kind[0] == HEADING:
            return kind
        level_ = element.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
        if level_ is not None:
            return ITEM, min(_number(level_), 8) + 1
        return kind or (PARAGRAPH, 0)
