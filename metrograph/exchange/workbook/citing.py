"""Reads citations as people write and as we print them, and makes the sources that they name.

"Rapport 2023, lignes 278-283" cites lines of a source of the plan. A page, a web address or
"Minutes of 12 March" has no text edition with lines: it becomes a source whose only line is its
name.
"""

import difflib
import hashlib
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import pyoxigraph as ox

from metrograph.editing.elsewhere import called
from metrograph.exchange.workbook.faults import Fault
from metrograph.exchange.workbook.forms import form_of
from metrograph.exchange.workbook.headings import key_of
from metrograph.exchange.workbook.rows import Entry
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.vocabulary import MG

_RANGE = r"([0-9]{1,9})(?:\s*[-–—]\s*([0-9]{1,9}))?"
_LINES = re.compile(
    rf"(\S[^\n]{{0,300}}?),?\s(?:lignes?|lines?|líneas?|lineas?|l\.|ll\.)\s?{_RANGE}", re.IGNORECASE
)
_PAGES = re.compile(
    rf"(\S[^\n]{{0,300}}?),?\s(?:pages?|páginas?|paginas?|pp?\.)\s?{_RANGE}", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_ID = re.compile(r"[a-z0-9-]+/\S+(?:\s.*)?")  # an id, perhaps with its lines behind it
_WORDS = 3  # a name of a source has as many, or a number
_LONGEST = 300  # signs of a name
_CLOSE = 0.8  # so near to a name that it is rather a typo than another


def cited(plan: Plan, text: str, own: Callable[[str], str | None]) -> str:
    """Return a citation by id and lines where its text names a source, or the text.

    `own` returns the id of the row that adds a source of a name.
    """
    new = own(text)
    whole = new or _source(plan, text)
    if whole:
        return f"{whole}#line=0,1" if new or _lines_of(plan, whole) == 1 else text
    lines = _LINES.fullmatch(text)
    source = (own(lines[1]) or _source(plan, lines[1])) if lines else None
    if lines is None or source is None:
        return text
    return f"{source}#line={int(lines[2]) - 1},{lines[3] or int(lines[2])}"


def with_sources(plan: Plan, entries: Sequence[Entry]) -> list[Entry]:
    """Return entries with those of the sources that citations name and the plan has not.

    What nearly names a source of the plan is no new source, but a fault at its cell.
    """
    rows = {
        key_of(label)
        for entry in entries
        for key, labels in entry.values.items()
        if entry.kind == "Source" and key.startswith("label.")
        for label in labels
    }
    new: dict[str, Entry] = {}
    checked = [_checked(plan, _filled(entry), rows, new) for entry in entries]
    return [*new.values(), *checked]


def _checked(plan: Plan, entry: Entry, rows: Collection[str], new: dict[str, Entry]) -> Entry:
    """Return an entry without citations that have a typo; `new` learns of the sources of others."""
    texts = entry.values.get("citation", ())
    place = entry.places.get("citation", entry.row)
    faults: list[Fault] = []
    kept: list[str] = []
    for text in texts:
        paged = _PAGES.fullmatch(text)
        whole = _source(plan, paged[1]) if paged else None
        is_new = key_of(text) not in new and _is_new(plan, text, rows)
        close = _near(plan, paged[1] if paged else text) if is_new and not whole else ""
        if close:
            faults.append(Fault(place, word("source_unknown", plan.lang).format(text, close)))
            continue
        kept.append(text)
        if is_new:
            new[key_of(text)] = source_entry(plan, text, place, whole)
    if not faults:
        return entry
    values = {**entry.values, "citation": tuple(kept)}
    return replace(entry, values=values, faults=(*entry.faults, *faults))


def source_entry(plan: Plan, name: str, place: str, whole: str | None = None) -> Entry:
    """Return the entry of a source that is known by its name only; it may be part of another."""
    tags = next(of.languages for of in form_of(plan, "Source").fields if of.name == "label")
    values: dict[str, tuple[str, ...]] = {f"label.{tag}": (name,) for tag in tags}
    if whole:
        values["partOf"] = (whole,)
    return _filled(Entry("Source", None, values, {}, place))


def _filled(entry: Entry) -> Entry:
    """Return a source's entry with what identifies its text; without one, that is its name."""
    if entry.kind != "Source" or entry.name or entry.values.get("sha256"):
        return entry
    labels = [texts[0] for key, texts in entry.values.items() if key.startswith("label.") and texts]
    digest = hashlib.sha256(f"{labels[0] if labels else ''}\n".encode()).hexdigest()
    return replace(entry, values={**entry.values, "sha256": (digest,), "lineCount": ("1",)})


def _is_new(plan: Plan, text: str, rows: Collection[str]) -> bool:
    """Return whether a citation names, by itself, a source that neither plan nor rows have."""
    is_lines = _LINES.fullmatch(text) or "#line=" in text
    if is_lines or key_of(text) in rows or _source(plan, text):
        return False
    if _ADDRESS.fullmatch(text):
        return True
    is_name = len(text.split()) >= _WORDS or any(sign.isdigit() for sign in text)
    return is_name and len(text) <= _LONGEST and not _ID.fullmatch(text)


def _source(plan: Plan, name: str) -> str | None:
    """Return the id of the only source of a name, in any language, or of some words of it."""
    names, key = called(plan, MG.Source), key_of(name)
    words = set(key.replace(",", " ").split())
    ids = names.get(key) or {
        source
        for label, sources in names.items()
        if words <= set(label.replace(",", " ").split())
        for source in sources
    }
    return next(iter(ids)) if len(ids) == 1 else None


def _lines_of(plan: Plan, source: str) -> int:
    triples = plan.built.engine.triples(
        ox.NamedNode(plan.ids.iri(source)), ox.NamedNode(MG.lineCount)
    )
    counts = [triple.object.value for triple in triples if isinstance(triple.object, ox.Literal)]
    return int(counts[0]) if counts and counts[0].isdecimal() else 0


def _near(plan: Plan, text: str) -> str:
    """Return the name of a source that is nearly the same, or nothing."""
    close = difflib.get_close_matches(key_of(text), called(plan, MG.Source), n=1, cutoff=_CLOSE)
    return close[0] if close else ""
