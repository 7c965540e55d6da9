"""Streams the elements of an untrusted XML file; follows no entity, document type or inclusion.

Whatever could make a reader open another file, call another machine or fill the memory is refused
with a sentence (OWASP's list of XML attacks: external entities, entity expansion, XInclude).
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from metrograph.errors import InputError, reason_of

_DEEPEST = 200  # elements within elements; what people write has some ten
_XINCLUDE = "{http://www.w3.org/2001/XInclude}"


def root_of(path: Path) -> etree._Element:
    """Return the root element of a file, without what it holds.

    Raises `InputError` for what is no XML, or not safe to read.
    """
    for event, element in _events(path, ("start",)):
        if event == "start":
            return element
    raise InputError("{path}: this XML file is empty.", path=path)


def parsed(path: Path) -> etree._Element:
    """Return the root element of a file with all that it holds; `sourceline` is each one's line.

    Raises `InputError` for what is no XML, or not safe to read.
    """
    root = None
    for event, element in _events(path, ("start", "end")):
        if event == "start" and root is None:
            root = element
    if root is None:
        raise InputError("{path}: this XML file is empty.", path=path)
    return root


def streamed(path: Path) -> Iterator[etree._Element]:
    """Yield the elements right below the root, whole, one after the other, and forget them after.

    The memory that is held is that of one such element, whatever the size of the file. Raises
    `InputError` for what is no XML, or not safe to read.
    """
    depth = 0
    for event, element in _events(path, ("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "end" and depth == 1:
            yield element
            element.clear()
            for before in list(element.itersiblings(preceding=True)):
                element.getparent().remove(before)


def line(element: etree._Element) -> int:
    """Return the line (from 1) of the file at which an element begins."""
    return int(element.sourceline)


def _events(path: Path, wanted: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    depth = 0
    try:
        with path.open("rb") as file:
            reader = etree.iterparse(
                file,
                events=("start", "end"),
                resolve_entities=False,
                load_dtd=False,
                no_network=True,
                huge_tree=True,
                remove_comments=True,
                remove_pis=True,
            )
            for event, element in reader:
                if event == "start":
                    depth += 1
                    _check(path, element, depth)
                else:
                    depth -= 1
                if event in wanted:
                    yield event, element
    except OSError as error:
        raise InputError(
            "{path}: cannot be read ({reason}).", path=path, reason=reason_of(error)
        ) from None
    except etree.XMLSyntaxError as error:
        raise InputError(
            "{path}:{lineno}: the XML is not well-formed ({msg}). Correct it there, or "
            "export the file again.",
            path=path,
            lineno=error.lineno or 1,
            msg=error.msg,
        ) from None


def _check(path: Path, element: etree._Element, depth: int) -> None:
    """Raise `InputError` for a document that is not safe to read on."""
    if depth == 1 and element.getroottree().docinfo.doctype:
        raise InputError(
            "{path}: the file declares a document type (DOCTYPE), which could make XML "
            "read other files or grow without limit. Remove the declaration, and try "
            "again.",
            path=path,
        )
    if isinstance(element.tag, str) and element.tag.startswith(_XINCLUDE):
        raise InputError(
            "{path}:{line}: the file includes another file (XInclude), which is not "
            "supported. Copy the included content into the file.",
            path=path,
            line=line(element),
        )
    if depth > _DEEPEST:
        raise InputError(
            "{path}:{line}: elements are nested more than {deepest} deep, which no "
            "ordinary document needs. Export the file again.",
            path=path,
            line=line(element),
            deepest=_DEEPEST,
        )
