"""Writes the document of a report as a PDF: tagged, with its fonts, the same bytes each time."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from metrograph.late import late
from metrograph.report.document import (
    Block,
    Document,
    Grid,
    Heading,
    Items,
    Paragraph,
    pieces,
    plain,
)

if TYPE_CHECKING:
    import typst
else:  # a program of its own, which only a PDF needs
    typst = late("typst")

_TEMPLATE = Path(__file__).parent / "templates" / "board.typ"


def to_pdf(document: Document) -> bytes:
    """Return a report as PDF (PDF/UA-1, if fonts here have all characters), without own words.

    The texts reach the typesetter as data, never as its markup. The same document gives the same
    bytes on a machine.
    """
    value = {
        "title": plain(document.title),
        "subject": _pieces(document.subject, document.lang),
        "lang": document.lang,
        "day": [document.day.year, document.day.month, document.day.day],
        "blocks": [
            values
            for block in document.blocks
            if (values := _block(block, document.lang)) is not None
        ],
    }
    try:
        return _compiled(value, "ua-1")
    except typst.TypstError:  # the standard refuses characters that no font here can show
        return _compiled(value, None)


def _compiled(value: Mapping[str, Any], standard: Literal["ua-1"] | None) -> bytes:
    """Return the template filled with values; it is tagged by any standard."""
    written: bytes = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=standard,
        sys_inputs={"report": json.dumps(value)},
    )
    return written


def _block(block: Block, lang: str) -> dict[str, Any] | None:
    """Return a block as the template reads it; nothing for what has no place in a PDF."""
    match block:
        case Heading():
            text = _pieces(block.text, lang)
            return {
                "kind": "heading",
                "text": text,
                "level": block.level,
                "starts_page": block.starts_page,
            }
        case Paragraph():
            return {
                "kind": "paragraph",
                "text": _pieces(block.text, lang),
                "is_note": block.is_note,
            }
        case Items():
            return {"kind": "items", "texts": [_pieces(text, lang) for text in block.texts]}
        case Grid():
            return _grid(block, lang)
        case _:
            return None


def _grid(grid: Grid, lang: str) -> dict[str, Any]:
    return {
        "kind": grid.kind or "grid",
        "caption": _pieces(grid.caption, lang),
        "headings": [_pieces(heading, lang) for heading in grid.headings],
        "numeric": grid.numeric,
        "shares": grid.shares,
        "rows": [
            [{"pieces": _pieces(cell, lang), "empty": cell in grid.empty} for cell in row]
            for row in grid.rows
        ],
    }


def _pieces(text: str, lang: str) -> list[dict[str, Any]]:
    """Return the parts of a text as the template reads them."""
    return [
        {"text": piece.text, "lang": _language(piece.lang), "reference": piece.reference}
        for piece in pieces(text, lang)
    ]


def _language(tag: str) -> str:
    """Return the language of a tag as typst knows it, by two or three letters, or nothing.

    >>> _language("pt-BR"), _language("x-ours")
    ('pt', '')
    """
    code = tag.partition("-")[0].lower()
    return code if 2 <= len(code) <= 3 else ""
