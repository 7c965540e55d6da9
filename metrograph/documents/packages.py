"""Checks a document that is a zip of XML parts before anything reads it.

What it would unpack to is looked at first, and the beginning of each XML part: a document type
could make a reader swell or open other files.
"""

import io
import struct
import zipfile
import zlib
from xml.parsers import expat

from metrograph.documents.refusals import Refusal
from metrograph.reading.workbooks import OLE

_LARGEST = 300_000_000  # bytes unpacked
_LARGE = 10_000_000  # bytes of a part above which its ratio counts
_RATIO = 200  # of unpacked to packed
_MOST = 20_000  # parts
_CHUNK = 65_536
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError,
    LookupError,
)  # fmt: skip


def check_package(data: bytes, needs: str) -> None:
    """Raise `Refusal` for what is no safe zip with the part that such a document `needs`."""
    if data.startswith(OLE):
        raise Refusal("old")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _check_parts(parts, needs)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_prolog(package, part)
    except _DAMAGE:
        raise Refusal("damaged") from None


def _check_parts(parts: list[zipfile.ZipInfo], needs: str) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal("encrypted")
    swells = any(
        part.file_size > _LARGE and part.file_size > _RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if swells or len(parts) > _MOST or sum(part.file_size for part in parts) > _LARGEST:
        raise Refusal("bomb")
    if any(part.compress_type not in _METHODS for part in parts):
        raise Refusal("damaged")
    if needs not in {part.filename for part in parts}:
        raise Refusal("kind")


def _check_prolog(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse an XML part with a document type: it stands before the first element."""
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
                raise Refusal("damaged") from None
    if events and events[0] == "doctype":
        raise Refusal("doctype")
