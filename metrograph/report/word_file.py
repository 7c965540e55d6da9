"""Opens and packs Word files: an earlier report, an office's template, or an empty one.

The words that an office wrote into the content controls of a report are found by their tags. What
it changed elsewhere is noticed by a hash of the text, which the file's properties hold.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from metrograph.errors import InputError
from metrograph.late import late, late_from
from metrograph.report.document import Document, plain

if TYPE_CHECKING:
    import copy
    import io
    import zipfile

    import docx
    from docx import shared
    from docx.oxml import ns, parser
else:  # takes long to import, and only a report needs it
    copy, docx, io, zipfile = late("copy"), late("docx"), late("io"), late("zipfile")
    ns, parser = late_from("docx.oxml", "ns", "parser")
    shared = late("docx.shared")

_LARGEST = 200_000_000  # bytes unpacked; reports with photographs have some 20 million
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
_TAG = "metrograph."
_LOSABLE = ("/image", "/hyperlink")  # kinds of relations that only the text uses


def opened(existing: bytes | None, template: bytes | None) -> Any:
    """Return the file to build a report in: the one that is there, a template, or an empty one."""
    if existing is not None:
        file = _read(existing)
        if template is not None:
            styles = _read(template).styles.element
            file.part._styles_part._element = copy.deepcopy(styles)
        return file
    if template is not None:
        return _read(template)
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = shared.Cm(21), shared.Cm(29.7)
    section.left_margin = section.right_margin = shared.Cm(2.2)
    file.styles["Normal"].font.size = shared.Pt(10)
    section.top_margin = section.bottom_margin = shared.Cm(1.8)
    return file


def _read(data: bytes) -> Any:
    """Return a Word file, or raise `InputError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                raise ValueError
        return docx.Document(io.BytesIO(data))
    except Exception:  # damaged files raise what zipfile, lxml and python-docx raise
        raise InputError(
            "This is not a Word file (.docx), or it is damaged. Choose another one."
        ) from None


def controls(file: Any) -> dict[str, Any]:
    """Return the content controls of a report by their tags; only those that hold own words."""
    kept: dict[str, Any] = {}
    for control in file.element.body.iter(ns.qn("w:sdt")):
        tag = control.find(f"{ns.qn('w:sdtPr')}/{ns.qn('w:tag')}")
        name = "" if tag is None else str(tag.get(ns.qn("w:val")))
        empty = control.find(f"{ns.qn('w:sdtPr')}/{ns.qn('w:showingPlcHdr')}")
        if name.startswith(_TAG) and empty is None:
            kept.setdefault(name, control)
    return kept


def is_report(data: bytes) -> bool:
    """Return whether a Word file has the content controls of a report, whatever they hold."""
    body = _read(data).element.body
    return any(str(tag.get(ns.qn("w:val"))).startswith(_TAG) for tag in body.iter(ns.qn("w:tag")))


def is_changed(data: bytes) -> bool:
    """Return whether the text of a report outside of its content controls was changed."""
    file = _read(data)
    return str(file.core_properties.identifier) != _digest(file)


def _digest(file: Any) -> str:
    """Return the hash of the text outside of content controls."""
    texts = [
        text.text or ""
        for text in file.element.body.iter(ns.qn("w:t"))
        if not any(parent.tag == ns.qn("w:sdt") for parent in text.iterancestors())
    ]
    return hashlib.sha256("".join(texts).encode("utf-8")).hexdigest()


def forget_unused(file: Any, kept: Iterable[Any]) -> None:
    """Drop pictures and links of the text that was taken out; those of the kept words stay."""
    used = {
        value
        for control in kept
        for element in control.iter()
        for key, value in element.attrib.items()
        if key.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}")
    }
    for name, relation in list(file.part.rels.items()):
        if relation.reltype.endswith(_LOSABLE) and name not in used:
            del file.part.rels[name]


def describe(file: Any, document: Document, locale: str) -> None:
    """Set the properties of a file, and the language of its text."""
    about, day = file.core_properties, datetime.combine(document.day, time())
    about.title, about.subject = document.title, plain(document.subject)[:255]
    about.language, about.created, about.modified = locale, day, day
    about.author, about.last_modified_by, about.comments, about.revision = "", "", "", 1
    about.identifier = _digest(file)
    for style in ("Title", "Subtitle", "Heading 1", "Normal"):
        if style in {known.name for known in file.styles}:
            properties = file.styles[style].element.get_or_add_rPr()
            for known_lang in properties.findall(ns.qn("w:lang")):
                properties.remove(known_lang)
            lang = parser.OxmlElement("w:lang")
            lang.set(ns.qn("w:val"), locale)
            properties.append(lang)


def packed(file: Any) -> bytes:
    """Return a file as bytes, the same for the same content: parts have no time of their own."""
    saved, out = io.BytesIO(), io.BytesIO()
    file.save(saved)
    with (
        zipfile.ZipFile(saved) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts.read(part))
    return out.getvalue()
