"""Checks that tables are read as people have them, each row with its place, or refused in words."""

import io
import re
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from metrograph.errors import InputError
from metrograph.reading import delimited, sheets, workbooks
from metrograph.reading.notices import LEFT, READ
from metrograph.reading.sheets import Row, Sheet, read

TABLE = "Ziel;Wert\nEnergía;1,5\nForêt à Zoé;2,25\n"
ROWS = [("Ziel", "Wert"), ("Energía", "1,5"), ("Forêt à Zoé", "2,25")]


def given_file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def cells(sheet: Sheet) -> list[tuple[sheets.Value, ...]]:
    return [row.cells for row in sheet.rows]


def workbook(**sheets_by_name: list[list[object]]) -> bytes:
    book = Workbook()
    for name, rows in sheets_by_name.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook with a part added, or in the place of the one of that name."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


# ---------------------------------------------------------------- texts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_is_read_in_whatever_encoding_and_with_whatever_line_ends(
    tmp_path: Path, encoding: str, end: str
) -> None:
    (sheet,) = read(given_file(tmp_path, "p.csv", TABLE.replace("\n", end).encode(encoding)))
    assert cells(sheet) == ROWS
    assert [row.number for row in sheet.rows] == [1, 2, 3]
    assert sheet.is_text
    assert any(one.found == "windows-1252" for one in sheet.remarks) == (encoding == "cp1252")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_shows_in_the_content(tmp_path: Path, delimiter: str) -> None:
    rows = [["Goal", "Why, and for whom; or not"], ["A", "text, text; text"], ["B", "x|y, z\tw"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    (sheet,) = read(given_file(tmp_path, "p.csv", text.encode()))
    assert cells(sheet) == [tuple(row) for row in rows]


def test_decimal_commas_do_not_make_a_comma_the_delimiter(tmp_path: Path) -> None:
    text = "Objectif;2023;2024\nEau;1,5;2,5\nAir;3,5;4,5\nSol, bois;5,5;6,5\n"
    (sheet,) = read(given_file(tmp_path, "p.csv", text.encode()))
    assert cells(sheet)[1] == ("Eau", "1,5", "2,5")
    assert [(one.kind, one.found) for one in sheet.remarks] == [(READ, ";")]


def test_a_declared_separator_is_taken_and_is_no_row(tmp_path: Path) -> None:
    (sheet,) = read(given_file(tmp_path, "p.csv", b"sep=;\r\na,b;c\r\n"))
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ("a,b", "c"))]


def test_a_row_has_the_number_of_the_line_at_which_it_begins(tmp_path: Path) -> None:
    text = 'Title,Text\n\n,\nOne,"a\nb\r\nc"\nTwo,d,,\n'
    (sheet,) = read(given_file(tmp_path, "p.csv", text.encode()))
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("Title", "Text")),
        (4, ("One", "a\nb\r\nc")),
        (7, ("Two", "d")),
    ]
    assert sheet.place(7, 1) == "p.csv!B7"


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_row(tmp_path: Path) -> None:
    path = given_file(tmp_path, "p.csv", b'a,b\n1,2\n3,"4\n5,6\n')
    with pytest.raises(InputError, match=r"p\.csv:3: a quotation mark in this row is never closed"):
        read(path)


def test_a_nul_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"p\.csv:2: the file contains a NUL character"):
        read(given_file(tmp_path, "p.csv", b"a,b\n1,\x002\n"))


def test_a_long_cell_is_read_whole(tmp_path: Path) -> None:
    (sheet,) = read(given_file(tmp_path, "p.csv", b"a,b\n1," + b"x" * 300_000 + b"\n"))
    assert sheet.rows[1].cells == ("1", "x" * 300_000)


def test_bytes_that_windows_1252_has_not_are_kept(tmp_path: Path) -> None:
    (sheet,) = read(given_file(tmp_path, "p.csv", b"caf\xe9,\x81\x80\n"))
    assert cells(sheet) == [("café", "\x81€")]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (b"<!DOCTYPE html><table><tr><td>1</table>", "a web page"),
        (b"\n<?xml version='1.0'?><Workbook/>", "XML"),
        (b"\xff\xfea\x00b", "damaged"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=kind):
        read(given_file(tmp_path, "p.csv", data))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b" , ,\n"])
def test_a_text_without_anything_has_no_rows(tmp_path: Path, data: bytes) -> None:
    (sheet,) = read(given_file(tmp_path, "p.csv", data))
    assert sheet.rows == ()


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "p.csv")
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path)


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8")))))
def test_every_record_that_is_written_is_read_again(rows: list[list[str]]) -> None:
    text = "".join(
        ";".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in rows
    )
    found = list(delimited.records(Path("p.csv"), text, ";"))
    assert [record for _, record in found] == rows
    ends = text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert all(1 <= number <= ends for number, _ in found)


# ---------------------------------------------------------------- workbooks


def test_all_sheets_of_a_workbook_are_read_with_typed_cells(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    first.title = "Activities"
    first.append([None, "Name", None])
    first.append([])
    first.append([1, 2.5, True, date(2023, 10, 7), datetime(2023, 10, 7, 9, 30), " "])
    first.append([0.45, 45206, 0.5])
    first["A4"].number_format = "0%"
    first["C4"].number_format = '0.0" % of all"'
    book.create_sheet("Empty")
    hidden = book.create_sheet("Old")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    one, two, three = read(given_file(tmp_path, "p.xlsx", saved(book)))
    assert one == Sheet(
        "Activities",
        (
            Row(1, (None, "Name")),
            Row(3, (1, 2.5, True, date(2023, 10, 7), datetime(2023, 10, 7, 9, 30))),
            Row(4, ("45%", 45206, 0.5)),
        ),
    )
    assert one.place(3, 3) == "Activities!D3"
    assert (two.name, two.rows) == ("Empty", ())
    assert [(remark.where, remark.found) for remark in three.remarks] == [("Old", "hidden")]


def test_a_formula_without_its_value_is_named_with_its_cell(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Total", "=SUM(A2:A3)", 3, "x"])
    book.active["E1"] = ArrayFormula("E1:E1", "=A1&D1")
    (sheet,) = read(given_file(tmp_path, "p.xlsx", saved(book)))
    assert cells(sheet) == [("Total", None, 3, "x")]
    assert [(one.where, one.kind, one.found) for one in sheet.remarks] == [
        ("Sheet!B1", LEFT, "=SUM(A2:A3)"),
        ("Sheet!E1", LEFT, "=A1&D1"),
    ]


def test_a_formula_with_its_value_is_that_value_and_an_error_is_named(tmp_path: Path) -> None:
    data = workbook(Plan=[["x"]])
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read(part).decode()
    cells_there = (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c>'
        '<c r="B2" t="str"><f>A1&amp;"y"</f><v>xy</v></c>'
        '<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>'
    )
    changed = with_part(data, part, xml.replace("</sheetData>", cells_there).encode())
    (sheet,) = read(given_file(tmp_path, "p.xlsx", changed))
    assert cells(sheet) == [("x",), (2, "xy")]
    assert [(one.where, one.found) for one in sheet.remarks] == [("Plan!C2", "#DIV/0!")]


def test_a_workbook_that_says_a_wrong_size_is_read_whole(tmp_path: Path) -> None:
    data = workbook(Plan=[["a", "b"], ["c", "d"]])
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read(part).replace(b'ref="A1:B2"', b'ref="A1"')
    (sheet,) = read(given_file(tmp_path, "p.xlsx", with_part(data, part, xml)))
    assert cells(sheet) == [("a", "b"), ("c", "d")]


def test_macros_and_links_are_left_and_said(tmp_path: Path) -> None:
    data = with_part(workbook(Plan=[["a"]]), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Shell")
    data = with_part(data, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    (sheet,) = read(given_file(tmp_path, "p.xlsm", data), "fr")
    assert cells(sheet) == [("a",)]
    assert [(one.kind, one.found) for one in sheet.remarks] == [
        (LEFT, "vbaProject.bin"),
        (LEFT, "1 × externalLink"),
    ]
    assert "macros" in sheet.remarks[0].made


def test_a_file_is_what_its_content_is_whatever_its_name_ends_in(tmp_path: Path) -> None:
    (sheet,) = read(given_file(tmp_path, "p.xlsx", b"a,b\n1,2\n"))
    assert cells(sheet) == [("a", "b"), ("1", "2")]
    assert [one.found for one in sheet.remarks] == [".xlsx"]
    (sheet,) = read(given_file(tmp_path, "p.csv", workbook(Plan=[["a", 1]])))
    assert cells(sheet) == [("a", 1)]
    assert [one.found for one in sheet.remarks] == [".csv"]


# ---------------------------------------------------------------- hostile files


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def encrypted() -> bytes:
    data = bytearray(workbook(Plan=[["a"]]))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        part = package.getinfo("xl/workbook.xml")
    data[part.header_offset + 6] |= 1
    entry = data.rindex(b"xl/workbook.xml") - 46  # of the central directory
    data[entry + 8] |= 1
    return bytes(data)


def encoded(encoding: str) -> bytes:
    """Return a workbook of which a part declares an encoding."""
    part = f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode()
    return with_part(workbook(Plan=[["a"]]), "xl/theme/theme1.xml", part)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "old": (lambda: workbooks.OLE + b"\0" * 600, r"old Excel format \(\.xls\).*save it as \.xlsx"),
    "locked": (
        lambda: workbooks.OLE + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    "locked-zip": (encrypted, "protected by a password"),
    "ods": (
        lambda: zipped(**{"content.xml": b"<a/>", "mimetype": b"application/vnd.oasis"}),
        r"LibreOffice.*save it as \.xlsx",
    ),
    "xlsb": (lambda: zipped(**{"xl/workbook.bin": b"1"}), r"\.xlsb"),
    "word": (lambda: zipped(**{"word/document.xml": b"<a/>"}), "a Word document"),
    "zip": (lambda: zipped(**{"plan.csv": b"a,b"}), "this zip file is not a workbook"),
    "no-zip": (lambda: b"PK\x03\x04 and so on", "damaged or incomplete"),
    "first-byte": (lambda: workbook(Plan=[["a"]])[1:], "damaged or incomplete"),
    "middle": (lambda: workbook(Plan=[["a"]]).replace(b"xl/", b"x/", 1), "damaged"),
    "encoding": (lambda: encoded("UTFm8"), "damaged"),
    "encoding-of-no-text": (lambda: encoded("rot13"), "damaged"),
    "cut": (lambda: workbook(Plan=[["a"]])[:-200], "damaged or incomplete"),
    "no-sheet-part": (
        lambda: with_part(workbook(Plan=[["a"]]), "xl/workbook.xml", b"<workbook/>"),
        "all sheets of this workbook are empty",
    ),
    "broken-xml": (
        lambda: with_part(workbook(P=[["a"]]), "xl/worksheets/sheet1.xml", b"<worksheet><row"),
        "damaged or incomplete",
    ),
    "doctype": (
        lambda: with_part(
            workbook(Plan=[["a"]]),
            "xl/sharedStrings.xml",
            b'<?xml version="1.0"?>' + b"<!-- so -->" * 9_000 + b'<!DOCTYPE s [<!ENTITY a "b">]>'
            b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
        ),
        "document type",
    ),
    "doctype-utf-16": (
        lambda: with_part(
            workbook(Plan=[["a"]]),
            "xl/worksheets/sheet1.xml",
            '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE s SYSTEM "x"><s/>'.encode("utf-16"),
        ),
        "document type",
    ),
    "bomb": (
        lambda: with_part(workbook(Plan=[["a"]]), "xl/media/a.xml", b" " * 20_000_000),
        "unpack to far too much",
    ),
    "many": (
        lambda: zipped(**{f"xl/{number}.xml": b"" for number in range(10_001)}),
        "unpack to far too much",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_safe_workbook_is_refused_with_a_sentence(
    tmp_path: Path, name: str
) -> None:
    make, why = REFUSED[name]
    with pytest.raises(InputError, match=why) as raised:
        read(given_file(tmp_path, "p.xlsx", make()))
    assert "\n" not in str(raised.value)


def test_a_part_that_says_a_smaller_size_than_it_has_is_not_unpacked(tmp_path: Path) -> None:
    data = bytearray(
        with_part(workbook(Plan=[["a"]]), "xl/worksheets/sheet1.xml", b" " * 50_000_000)
    )
    size = (50_000_000).to_bytes(4, "little")
    while size in data:
        at = data.index(size)
        data[at : at + 4] = (2_000).to_bytes(4, "little")
    path = given_file(tmp_path, "p.xlsx", bytes(data))
    tracemalloc.start()
    try:
        with pytest.raises(InputError):
            read(path)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_million_empty_rows_are_not_waited_for(tmp_path: Path) -> None:
    data = workbook(Plan=[["a"], ["b"]])
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read(part)
    empty = b"".join(b'<row r="%d"/>' % number for number in range(3, 1_000_000))
    last = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    xml = xml.replace(b"</sheetData>", empty + last)
    path = given_file(tmp_path, "p.xlsx", with_part(data, part, xml))
    tracemalloc.start()
    try:
        (sheet,) = read(path)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
    assert cells(sheet) == [("a",), ("b",)]
    (remark,) = sheet.remarks
    assert (remark.kind, remark.where) == (LEFT, "Plan!A10003")
    assert "Row 2" in remark.made


def test_a_row_with_a_number_beyond_all_is_not_counted_up_to(tmp_path: Path) -> None:
    data = workbook(Plan=[["a"]])
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read(part)
    far = b'<row r="%d"><c><v>1</v></c></row></sheetData>' % sys.maxsize
    (sheet,) = read(
        given_file(tmp_path, "p.xlsx", with_part(data, part, xml.replace(b"</sheetData>", far)))
    )
    assert cells(sheet) == [("a",)]
    assert [one.kind for one in sheet.remarks] == [LEFT]


def test_one_sheet_listed_many_times_is_not_read_many_times(tmp_path: Path) -> None:
    book = Workbook()
    path = tmp_path / "a.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    listing = parts["xl/workbook.xml"]
    sheet = re.search(rb"<sheet .*?/>", listing)
    assert sheet
    parts["xl/workbook.xml"] = listing.replace(sheet[0], sheet[0] * 300)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    with pytest.raises(InputError, match="lists 300 sheets but contains 1"):
        read(path)
