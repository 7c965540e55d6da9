"""Reads OpenDocument texts (.odt) in their order, without deleted text of tracked changes."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException

from odf import opendocument
from odf.namespaces import TABLENS, TEXTNS

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

_LEFT_OUT = frozenset({"tracked-changes", "sequence-decls", "forms", "note-citation", "annotation"})
_MOST = 1000  # times that a cell is repeated


def read_odt(data: bytes) -> Edition:
    """Return an OpenDocument's text, with headings, items and rows. Raises `Refusal`."""
    check_package(data, "content.xml")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in package.read(manifest):
            raise Refusal("encrypted")
    try:
        document = opendocument.load(io.BytesIO(data))
    except (SAXException, KeyError, ValueError, AttributeError, AssertionError, OSError):
        raise Refusal("damaged") from None
    text = getattr(document, "text", None)
    if text is None:
        raise Refusal("kind")
    return edition_of(line for line in _Reader().blocks(text, 0) if line.text.strip())


def _name(element: Any) -> str:
    return element.qname[1] if hasattr(element, "qname") else ""


class _Reader:
    """Walks through a text and counts its pages, where the document says that they break."""

    def __init__(self) -> None:
        self.page = 1

    def blocks(self, element: Any, depth: int) -> Iterator[Line]:
        """Yield the lines of the headings, paragraphs, lists and tables within an element."""
        for child in element.childNodes:
            name = _name(child)
            if name == "h":
                level, page = _number(child, TEXTNS, "outline-level"), self.page
                yield Line(self.text(child), HEADING, level, page)
            elif name == "p":
                page = self.page
                yield Line(self.text(child), ITEM if depth else PARAGRAPH, depth, page)
            elif name == "soft-page-break":
                self.page += 1
            elif name == "table":
                yield from self._rows(child)
            elif name and name not in _LEFT_OUT:
                yield from self.blocks(child, depth + (name == "list"))

    def _rows(self, table: Any) -> Iterator[Line]:
        for child in table.childNodes:
            if _name(child) == "table-row":
                cells: list[str] = []
                for cell in child.childNodes:
                    if _name(cell) == "table-cell":
                        times = min(_number(cell, TABLENS, "number-columns-repeated"), _MOST)
                        cells += [self.text(cell)] * times
                yield Line(row(cells), ROW, 0, self.page)
            elif _name(child) in ("table-rows", "table-header-rows", "table-row-group"):
                yield from self._rows(child)

    def text(self, element: Any) -> str:
        """Return the text within an element; its spaces, tabs and lines count as such."""
        parts = []
        for child in element.childNodes:
            name = _name(child)
            if child.nodeType in (child.TEXT_NODE, child.CDATA_SECTION_NODE):
                parts.append(str(child.data))
            elif name in ("s", "tab", "line-break"):
                parts.append(" ")
            elif name == "soft-page-break":
                self.page += 1
            elif name not in _LEFT_OUT:
                parts.append(self.text(child) + (" " if name == "p" else ""))
        return "".join(parts)


def _number(element: Any, namespace: str, name: str) -> int:
    value = str(element.getAttrNS(namespace, name) or 1)
    return int(value) if value.isascii() and value.isdecimal() and 0 < len(value) < 5 else 1
