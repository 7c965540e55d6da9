"""Reads documents of each kind into text editions, keeps them, and refuses what cannot be read.

The expected lines are those of `made_documents.LINES`, which are written into each format there.
"""

import hashlib
import io
import json
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from metrograph.documents.edition import Edition
from metrograph.documents.hypertext import read_html
from metrograph.documents.opendocument import read_odt
from metrograph.documents.plain import read_text
from metrograph.documents.portable import read_pdf
from metrograph.documents.reading import read_document
from metrograph.documents.word import read_docx
from metrograph.documents.worker import read
from metrograph.errors import InputError
from tests import made_documents as made
from tests.conftest import HARBOUR, Run

REPORT = HARBOUR / "sources" / "annual-2023.en.txt"


def lines(edition: Edition) -> tuple[tuple[str, int, str], ...]:
    return tuple((line.kind, line.level, line.text) for line in edition.lines)


def test_a_word_document_is_read_in_its_order() -> None:
    edition = read_docx(made.word())
    assert lines(edition) == made.LINES
    assert [line.page for line in edition.lines] == [1, 1, 1, 1, 2, 2]
    assert edition.data.decode().split("\n")[4] == "Kind | Number"


def test_text_that_a_tracked_change_removed_is_not_text() -> None:
    assert lines(read_docx(made.word(removed=" and a bridge"))) == made.LINES


def test_an_opendocument_is_read_in_its_order() -> None:
    edition = read_odt(made.opendocument_text())
    assert lines(edition) == made.LINES
    assert [line.page for line in edition.lines] == [1, 1, 1, 1, 2, 2]


def test_a_web_page_is_read_without_its_scripts() -> None:
    assert lines(read_html(made.HTML)) == made.LINES


def test_a_pdf_is_read_page_by_page_and_large_letters_are_headings() -> None:
    edition = read_pdf(made.PDF)
    assert lines(edition) == (
        ("heading", 1, "Green report 2024"),
        ("paragraph", 0, "In 2024 we planted 1,250 trees & opened two parks."),
        ("item", 1, "- River walk: 3.5 km"),
        ("paragraph", 0, "Benches: forty"),
    )
    assert [line.page for line in edition.lines] == [1, 1, 1, 2]


def test_a_text_stays_byte_for_byte_and_a_form_feed_begins_a_page() -> None:
    data = b"# Goals\r\n\r\n- Trees\n\fNext | page\n"
    edition = read_text(data)
    assert edition.data == data
    assert lines(edition) == (
        ("heading", 1, "# Goals"),
        ("blank", 0, ""),
        ("item", 1, "- Trees"),
        ("paragraph", 0, "Next | page"),
    )
    assert [line.page for line in edition.lines] == [1, 1, 1, 2]


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "cccc">]><a>&b;</a>'
SCAN = made.pdf([[], []])


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        (".docx", b"PK\x03\x04 no more", "damaged"),
        (".docx", packed(content=b"<a/>"), "kind"),
        (".docx", packed(word__document=ENTITIES), "doctype"),
        (".docx", packed(word__document=b"<a/>", big=bytes(20_000_000)), "bomb"),
        (".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old"),
        (".odt", packed(content=ENTITIES), "doctype"),
        (".pdf", SCAN, "scanned"),
        (".pdf", b"%PDF-1.4 cut", "damaged"),
        (".txt", b"caf\xe9", "encoding"),
        (".txt", b"a\0b", "encoding"),
        (".txt", b" \n", "empty"),
        (".html", b"", "empty"),
        (".html", b"<script>x</script>", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(kind: str, data: bytes, code: str) -> None:
    assert read(kind, data) == {"refusal": code}


def test_a_document_is_read_in_a_process_that_is_ended_when_it_takes_too_long() -> None:
    edition = read_document(Path("report.docx"), made.word())
    assert lines(edition) == made.LINES
    with pytest.raises(InputError, match="takes too long"):
        read_document(Path("report.txt"), b"text", seconds=0.001)
    with pytest.raises(InputError, match=r"report\.xyz: documents of this kind"):
        read_document(Path("report.xyz"), b"text")


def test_the_process_makes_no_connection_and_writes_no_file(tmp_path: Path) -> None:
    code = (
        "import socket, sys; from metrograph.documents.worker import bound; bound()\n"
        "for attempt in (lambda: socket.create_connection(('127.0.0.1', 9)),\n"
        "                lambda: open(sys.argv[1], 'w'),\n"
        "                lambda: __import__('os').system('true')):\n"
        "    try: attempt()\n"
        "    except PermissionError: print('refused')\n"
    )
    target = tmp_path / "written"
    ended = subprocess.run(
        [sys.executable, "-c", code, str(target)], capture_output=True, check=True, encoding="utf-8"
    )
    assert ended.stdout == "refused\n" * 3
    assert not target.exists()


def test_a_text_that_a_source_records_is_linked_to_it(harbour_copy: Path, run: Run) -> None:
    added = run("documents", "add", REPORT, "--graph", harbour_copy)
    assert added.returncode == 0, added.stderr
    assert "Harbour Cities report 2023" in added.stderr
    digest = hashlib.sha256(REPORT.read_bytes()).hexdigest()
    kept = harbour_copy / "documents" / f"{digest}.txt"
    assert kept.read_bytes() == REPORT.read_bytes()
    listed = json.loads(
        run("documents", "list", "--graph", harbour_copy, "--format", "json").stdout
    )
    assert [(row["document"], row["source"]["id"], row["lines"]) for row in listed["rows"]] == [
        ("annual-2023.en.txt", "source/annual-2023", 40),
        (None, "source/plan-2022-2025", "not added"),
    ]


def test_another_text_than_the_cited_one_is_refused(
    harbour_copy: Path, run: Run, tmp_path: Path
) -> None:
    other = tmp_path / "report.docx"
    other.write_bytes(made.word())
    answer = run(
        "documents", "add", other, "--source", "source/annual-2023", "--graph", harbour_copy
    )
    assert answer.returncode == 3
    assert "would lead to wrong passages" in answer.stderr
    assert not (harbour_copy / "documents").exists()


def test_a_private_document_stays_in_a_folder_of_the_user(
    harbour_copy: Path, run: Run, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    secret = tmp_path / "secret.txt"
    secret.write_text("The canary sings.\n", encoding="utf-8")
    for options in ((), ("--private",)):  # what was open before is private from now on
        asked = ("documents", "add", secret, *options, "--graph", harbour_copy)
        added = run(*asked, METROGRAPH_STATE=str(state))
        assert added.returncode == 0, added.stderr
    inside = [path for path in harbour_copy.rglob("*") if path.is_file()]
    assert not any(b"canary" in path.read_bytes() for path in inside)
    folders = [path for path in (state / "documents").rglob("*") if path.is_dir()]
    assert len(folders) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    shown = run("documents", "list", "--graph", harbour_copy, METROGRAPH_STATE=str(state)).stdout
    assert "secret.txt" in shown
