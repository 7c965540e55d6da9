"""The report as a Word file: structure, own words that stay, the same bytes, others' files."""

import io
import shutil
import struct
import zipfile
import zlib
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from metrograph.errors import InputError
from metrograph.plan import Plan
from metrograph.report import page, word, word_file
from metrograph.report.board import Asked, board
from metrograph.report.composing import composed
from metrograph.report.document import Document
from tests.conftest import HARBOUR, Run


@pytest.fixture(scope="module")
def document(harbour: Plan) -> Document:
    plan = Plan(harbour.built, "fr")
    return composed(board(plan, Asked(date(2026, 2, 1)), None))


@pytest.fixture(scope="module")
def written(document: Document) -> bytes:
    return word.to_docx(document)


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def saved(file: Any) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def with_words(data: bytes, words: str) -> bytes:
    """Return a report in whose introduction an officer wrote, as Word leaves it."""
    file = opened(data)
    control = next(file.element.body.iter(qn("w:sdt")))
    properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
    properties.remove(properties.find(qn("w:showingPlcHdr")))
    next(content.iter(qn("w:t"))).text = words
    return saved(file)


def one_pixel() -> bytes:
    """Return a picture (PNG) of one black pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )


def text_of(data: bytes) -> str:
    return "".join(text.text or "" for text in opened(data).element.body.iter(qn("w:t")))


def test_a_word_file_has_headings_table_headers_and_its_language(written: bytes) -> None:
    file = opened(written)
    styles = [paragraph.style.name for paragraph in file.paragraphs]
    assert styles[:2] == ["Title", "Subtitle"]
    assert styles.count("Heading 1") >= 8
    assert len(file.tables) >= 7
    for table in file.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
    assert file.core_properties.language == "fr-FR"
    assert file.core_properties.title == "Rapport au Conseil"
    anchors = {link.get(qn("w:anchor")) for link in file.element.body.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in file.element.body.iter(qn("w:bookmarkStart"))}
    assert anchors
    assert anchors <= marks


def test_word_and_html_say_the_same(document: Document, written: bytes) -> None:
    html = unescape(page.to_html(document).decode("utf-8"))
    rows = [cell.text for table in opened(written).tables for cell in table.columns[0].cells]
    assert "Situation au 1er février 2026" in text_of(written)
    assert [row for row in rows if row and row not in html] == []


def test_the_same_report_has_the_same_bytes_and_no_time(document: Document, written: bytes) -> None:
    assert word.to_docx(document) == written
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    again = word.to_docx(document, with_words(written, "Mes mots"))
    assert word.to_docx(document, again) == again


def test_a_rerun_keeps_the_offices_own_words(run: Run, tmp_path: Path) -> None:
    plan = shutil.copytree(HARBOUR, tmp_path / "plan")
    file = tmp_path / "rapport.docx"
    ask = ["report", "--graph", plan, "--lang", "fr", "-o", file, "--as-of"]
    first = run(*ask, "2025-06-12")
    assert first.returncode == 0, first.stderr
    file.write_bytes(with_words(file.read_bytes(), "Chères et chers membres du Conseil,"))
    second = run(*ask, "2026-02-01")
    assert second.returncode == 0, second.stderr
    text = text_of(file.read_bytes())
    assert text.count("Chères et chers membres du Conseil,") == 1
    assert "Situation au 1er février 2026" in text
    assert "12 juin 2025" in text  # the report that it is compared with
    assert "Écrivez vos conclusions ici." in text
    assert not (tmp_path / "rapport.before.docx").exists()

    changed = opened(file.read_bytes())
    changed.paragraphs[2].add_run(" Une phrase de plus.")
    file.write_bytes(saved(changed))
    third = run(*ask, "2026-02-01")
    assert "rapport.before.docx" in third.stderr
    assert "Une phrase de plus." in text_of((tmp_path / "rapport.before.docx").read_bytes())
    assert "Une phrase de plus." not in text_of(file.read_bytes())
    assert "Chères et chers membres du Conseil," in text_of(file.read_bytes())


def test_a_picture_in_the_offices_words_stays_and_others_go(
    document: Document, written: bytes
) -> None:
    file = opened(with_words(written, "Photo"))
    control = next(file.element.body.iter(qn("w:sdt")))
    png = one_pixel()
    run_with_picture = file.paragraphs[0].add_run()
    run_with_picture.add_picture(io.BytesIO(png))
    next(control.iter(qn("w:p"))).append(run_with_picture._r)
    again = word.to_docx(document, saved(file))
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert [name for name in archive.namelist() if "media" in name] == ["word/media/image1.png"]


def test_the_styles_of_an_office_are_taken(document: Document) -> None:
    office = docx.Document()
    office.styles["Heading 1"].font.name = "Office Sans"
    office.add_paragraph("A letter")
    styled = word.to_docx(document, template=saved(office))
    assert opened(styled).styles["Heading 1"].font.name == "Office Sans"
    assert "A letter" not in text_of(styled)


def test_what_is_no_report_is_neither_read_nor_replaced(
    run: Run, tmp_path: Path, document: Document
) -> None:
    for data in (b"", b"PK\x03\x04", b"<html>"):
        with pytest.raises(InputError, match="not a Word file"):
            word.to_docx(document, data)
    plan = shutil.copytree(HARBOUR, tmp_path / "plan")
    file = tmp_path / "letter.docx"
    docx.Document().save(str(file))
    before = file.read_bytes()
    refused = run("report", "--graph", plan, "-o", file)
    assert refused.returncode == 2
    assert "letter.docx: this Word file is not a report to the Board." in refused.stderr
    assert file.read_bytes() == before
    assert word_file.is_report(before) is False
