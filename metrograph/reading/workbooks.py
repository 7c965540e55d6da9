"""Checks an untrusted workbook: remarks on what is not read, or a refusal.

A workbook (ECMA-376) is a zip of XML parts. What it would unpack to is looked at first, and the
beginning of each XML part: a document type could make a reader swell or open other files.
"""

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from metrograph.errors import InputError, Text
from metrograph.messages import word
from metrograph.reading.notices import LEFT, Remark

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how Excel 97 files begin, and encrypted ones
XLSX, ODS, DOCX = "xlsx", "ods", "docx"  # packages in which tables are read
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_LARGEST = 200_000_000  # bytes unpacked; a million full cells have some 50 million
_RATIO = 200  # of unpacked to packed; the sheets that people fill have some 10
_LARGE = 10_000_000  # bytes of a part above which the ratio counts: rows of nothing pack well, too
_MOST = 10_000  # parts
_CHUNK = 65_536
_TAG = 100  # bytes; a tag that is cut off between two chunks is no longer
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_FORMULA = re.compile(rb"<(?:[\w.-]{1,80}:)?f[\s/>]")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the ones that workbooks may have
# What zipfile and expat raise at bytes that are not as they should be: ValueError also for places
# before the beginning and for encodings of several bytes, LookupError for unknown ones.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError,
    LookupError,
)  # fmt: skip
_OTHERS = {
    "content.xml": Text("a LibreOffice document (such as .odt)"),
    "xl/workbook.bin": Text("a binary workbook (.xlsb)"),
    "word/document.xml": Text("a Word document"),
    "ppt/presentation.xml": Text("a presentation"),
    "Index/Document.iwa": Text("a Numbers document"),
}
_AS_XLSX = Text("Open it, save it as .xlsx (Excel workbook) or as .csv, and try again.")


def refuse_ole(path: Path, data: bytes) -> None:
    """Raise `InputError` for what begins as Excel 97 files and encrypted workbooks do."""
    if not data.startswith(OLE):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError(locked(path))
    raise InputError(
        "{path}: this is a workbook in the old Excel format (.xls). {as_xlsx}",
        path=path,
        as_xlsx=_AS_XLSX,
    )


def checked(path: Path, data: bytes, lang: str) -> tuple[Remark, ...]:
    """Return what a workbook has that is not read: macros, links to other files.

    Raises `InputError` for a zip that is no workbook, is damaged or locked, or is not safe to read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _check_sizes(path, parts)
            kind = _kind(path, package)
            _check_locks(path, parts)
            for part in parts:
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    _check_prolog(path, package, part)
            if kind == XLSX:
                _check_sheets(path, package)
            return _unread(path, {part.filename for part in parts}, lang)
    except _DAMAGE:
        raise InputError(damaged(path)) from None


def is_package(data: bytes) -> bool:
    """Tell whether bytes are a zip file by their beginning, or else by the directory at their end.

    A file that lost its first bytes is a damaged workbook, and not a text.
    """
    return data.startswith(ZIP) or zipfile.is_zipfile(io.BytesIO(data))


def has_formulas(data: bytes) -> bool:
    """Return whether a sheet of a workbook has a formula; or a text that looks like one."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.infolist():
            if part.filename.startswith("xl/worksheets/") and holds(package, part, _FORMULA):
                return True
    return False


def holds(
    package: zipfile.ZipFile, part: zipfile.ZipInfo | str, pattern: re.Pattern[bytes]
) -> bool:
    """Return whether a pattern, of a hundred bytes at most, is found in a part of a package."""
    with package.open(part) as file:
        before = b""
        while chunk := file.read(_CHUNK):
            if pattern.search(before + chunk):
                return True
            before = chunk[-_TAG:]
    return False


def damaged(path: Path) -> Text:
    """Return the sentence for a workbook that cannot be read."""
    return Text.of(
        "{path}: this workbook is damaged or incomplete. Get a new copy, or open it "
        "and save it again.",
        path=path,
    )


def locked(path: Path) -> Text:
    """Return the sentence for a workbook with a password."""
    return Text.of(
        "{path}: this workbook is protected by a password. Save it without one, and try again.",
        path=path,
    )


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse what unpacks to too much; no more than the size that a part declares is ever read."""
    swells = any(
        part.file_size > _LARGE and part.file_size > _RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if swells or len(parts) > _MOST or sum(part.file_size for part in parts) > _LARGEST:
        raise InputError(
            "{path}: this workbook would unpack to far too much data (over {largest} MB, "
            "or {ratio} times its size). Copy the cells you need to a new workbook, or "
            "save the sheet as .csv.",
            path=path,
            largest=_LARGEST // 1000000,
            ratio=_RATIO,
        )


def kind_of(data: bytes) -> str:
    """Return which package of tables some bytes are, one of those that `checked` lets pass."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return _kind(Path(), package)


def _kind(path: Path, package: zipfile.ZipFile) -> str:
    """Return what a package is, by its parts. Raises `InputError` for what has no tables."""
    names = set(package.namelist())
    if "xl/workbook.xml" in names and "[Content_Types].xml" in names:
        return XLSX
    if "content.xml" in names and "mimetype" in names and _is_spreadsheet(package):
        return ODS
    if "word/document.xml" in names and "[Content_Types].xml" in names:
        return DOCX
    for name, kind in _OTHERS.items():
        if name in names:
            raise InputError(
                "{path}: this is {kind}, not an Excel workbook. {as_xlsx}",
                path=path,
                kind=kind,
                as_xlsx=_AS_XLSX,
            )
    raise InputError(
        "{path}: this zip file is not a workbook. Unpack it, and give the table inside.",
        path=path,
    )


def _is_spreadsheet(package: zipfile.ZipFile) -> bool:
    with package.open("mimetype") as file:
        return b"opendocument.spreadsheet" in file.read(100)


def _check_locks(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise InputError(locked(path))
    if any(part.compress_type not in _METHODS for part in parts):
        raise InputError(damaged(path))


def _check_prolog(path: Path, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse an XML part with a document type: what comes before its first element is parsed."""
    events: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: events.append("doctype")
    parser.StartElementHandler = lambda *_: events.append("element")
    with package.open(part) as file:
        try:
            while not events and (chunk := file.read(_CHUNK)):
                parser.Parse(chunk, False)
        except expat.ExpatError:
            if not events:
                raise InputError(damaged(path)) from None
    if events and events[0] == "doctype":
        raise InputError(
            "{path}: a part of this workbook ({filename}) declares a document type "
            "(DOCTYPE), which could make XML read other files or grow without limit. "
            "Spreadsheet programs do not write such declarations. Open the workbook in a "
            "spreadsheet program, and save it again.",
            path=path,
            filename=part.filename,
        )


def _check_sheets(path: Path, package: zipfile.ZipFile) -> None:
    """Refuse a workbook with more sheets than parts that hold one: each would be read again."""
    listed = len(_SHEET.findall(package.read("xl/workbook.xml")))
    held = sum("sheets/" in part.filename for part in package.infolist())
    if listed > held:
        raise InputError(
            "{path}: the workbook lists {listed} sheets but contains {held}. Save it "
            "again, or export the sheet you need as CSV.",
            path=path,
            listed=listed,
            held=held,
        )


def _unread(path: Path, names: set[str], lang: str) -> tuple[Remark, ...]:
    remarks = []
    if any(name.endswith("vbaProject.bin") for name in names):
        remarks.append(Remark(path.name, LEFT, "vbaProject.bin", word("macros_left", lang)))
    if links := sum(name.startswith("xl/externalLinks/external") for name in names):
        remarks.append(Remark(path.name, LEFT, f"{links} × externalLink", word("links_left", lang)))
    return tuple(remarks)
