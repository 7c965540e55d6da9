"""Reads plain text and Markdown: every line stays as it is, and is told what it is."""

import re

from metrograph.documents.edition import (
    BLANK,
    HEADING,
    ITEM,
    PARAGRAPH,
    ROW,
    Edition,
    Line,
    texts_of,
)
from metrograph.documents.refusals import Refusal

_HEADING = re.compile(r"(#{1,6})\s+\S")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•·‣▪–]|[0-9]{1,3}[.)]|[a-z]\))\s+\S")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a]")


def read_text(data: bytes) -> Edition:
    """Return a text file as it is, line by line; a form feed begins a page.

    Raises `Refusal` for what is not UTF-8 text.
    """
    try:
        texts = texts_of(data)
    except UnicodeDecodeError:
        raise Refusal("encoding") from None
    if any(map(_CONTROLS.search, texts)):
        raise Refusal("encoding")
    return Edition(data, tuple(_lines(texts)))


def _lines(texts: list[str]) -> list[Line]:
    has_pages = any("\f" in text for text in texts)
    page, lines = 1, []
    for raw in texts:
        page += raw.count("\f")
        shown = raw.replace("\f", "").rstrip("\r")
        kind, level = kind_of(shown)
        lines.append(Line(shown, kind, level, page if has_pages else None))
    return lines


def kind_of(text: str) -> tuple[str, int]:
    """Return what a line of plain text is, and its level.

    >>> kind_of("## Goals"), kind_of("  - trees"), kind_of("| a | b |"), kind_of("Trees.")
    (('heading', 2), ('item', 2), ('row', 0), ('paragraph', 0))
    """
    if not text.strip():
        return BLANK, 0
    if heading := _HEADING.match(text):
        return HEADING, len(heading[1])
    if item := _ITEM.match(text):
        return ITEM, 1 + len(item[1].expandtabs(4)) // 2
    if text.lstrip().startswith("|") and text.rstrip().endswith("|"):
        return ROW, 0
    return PARAGRAPH, 0
