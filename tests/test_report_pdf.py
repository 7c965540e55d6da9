"""The report as PDF: tagged, in its language, the same bytes, and no text is read as markup."""

import re
import zlib
from dataclasses import replace
from datetime import date

import pytest

from metrograph.plan import Plan
from metrograph.report import pdf
from metrograph.report.board import Asked, board
from metrograph.report.composing import composed
from metrograph.report.document import Document, Paragraph
from metrograph.text import tagged


@pytest.fixture(scope="module")
def document(harbour: Plan) -> Document:
    plan = Plan(harbour.built, "es")
    return composed(board(plan, Asked(date(2026, 2, 1)), None))


def unpacked(data: bytes) -> bytes:
    """Return a PDF with what its compressed streams hold."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    parts = [data]
    for stream in streams:
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(parts)


def test_a_pdf_is_tagged_and_names_its_language_and_fonts(document: Document) -> None:
    data = pdf.to_pdf(document)
    assert data.startswith(b"%PDF-")
    whole = unpacked(data)
    assert b"/StructTreeRoot" in whole
    assert b"/Marked true" in whole
    assert re.search(rb"/Lang ?\(es", whole)
    assert b"/TH" in whole  # headings of tables
    assert b"/FontFile3" in whole
    assert pdf.to_pdf(document) == data


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd") $x$ *a* _b_ `c` <r1> @r1 \\ #panic("x")',
        "首尔 · سيول · Сеул",
        tagged("Sete cidades", "pt-BR"),
        tagged("nossa", "x-nossa"),
        "\ue000\ufdd0",
        "",
    ],
)
def test_any_text_is_written_as_it_is(document: Document, text: str) -> None:
    alone = replace(document, title=text or "-", blocks=(Paragraph(text),))
    assert pdf.to_pdf(alone).startswith(b"%PDF-")
