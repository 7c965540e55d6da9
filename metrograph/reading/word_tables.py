"""Reads the tables of a Word document (.docx), each with the heading or the caption above it.

The package was checked before: its parts have no document type, and unpack to what they declare.
"""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from metrograph.late import late

if TYPE_CHECKING:
    import docx
else:
    docx = late("docx")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText"})  # tracked, or no text
_WIDEST = 1_000  # columns that a merged cell may span
_NAMES = re.compile(r"heading|title|caption|titre|titulo|legend|berschrift", re.IGNORECASE)
_LONG = 120  # letters; what is longer is no heading
_Rows = list[list[str | None]]


class DamagedError(Exception):
    """A document that cannot be opened."""


def read(data: bytes) -> list[tuple[str, _Rows]]:
    """Return the tables of a document in its order: the text above each, and its cells.

    Of cells that are merged, the first has the text. Raises `DamagedError`.
    """
    try:
        body = docx.Document(io.BytesIO(data)).element.body
    except Exception:  # python-docx raises whatever a part that is not as it should be leads to
        raise DamagedError from None
    tables: list[tuple[str, _Rows]] = []
    above = ""
    for child in body.iterchildren():
        if child.tag == f"{_W}p":
            text = _text(child)
            above = text if text and _is_name(child, text) else above
        elif child.tag == f"{_W}tbl":
            if rows := _rows(child):
                tables.append((above, rows))
            above = ""
    return tables


def _is_name(paragraph: Any, text: str) -> bool:
    """Return whether a paragraph is a heading or a caption, by its style."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    named = style is not None and _NAMES.search(style.get(f"{_W}val", ""))
    return bool(named) and len(text) <= _LONG


def _rows(table: Any) -> _Rows:
    rows: _Rows = []
    for row in table.iterchildren(f"{_W}tr"):
        cells: list[str | None] = []
        for cell in row.iterchildren(f"{_W}tc", f"{_W}sdt"):
            inner = cell.find(f".//{_W}tc") if cell.tag == f"{_W}sdt" else cell
            if inner is None:
                continue
            merged = inner.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merged is not None and merged.get(f"{_W}val") != "restart"
            text = "" if goes_on else "\n".join(filter(None, map(_text, _paragraphs(inner))))
            cells += [text or None, *[None] * (_span(inner) - 1)]
        rows.append(cells)
    return rows if any(cell for row in rows for cell in row) else []


def _paragraphs(cell: Any) -> Iterator[Any]:
    """Yield the paragraphs of a cell, those of tables within it too."""
    yield from cell.iter(f"{_W}p")


def _span(cell: Any) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = span.get(f"{_W}val", "1") if span is not None else "1"
    return min(max(int(value), 1), _WIDEST) if value.isdecimal() and len(value) < 6 else 1


def _text(element: Any) -> str:
    return " ".join("".join(_parts(element)).split())


def _parts(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            yield from _parts(child)
