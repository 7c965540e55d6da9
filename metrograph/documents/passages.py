"""Finds the passage that a citation means: its lines in the text edition of its source.

A citation counts lines as RFC 5147 does: `source/report#line=2,4` are the third line and the
fourth. Only a text whose SHA-256 is the one that the source records is taken, so that no citation
leads to a wrong passage.
"""

from dataclasses import dataclass

import pyoxigraph as ox

from metrograph.documents.adding import recorded_texts
from metrograph.documents.archive import Document, documents, edition
from metrograph.documents.edition import Edition
from metrograph.ids import cited_lines
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.tables.table import Cell, Column, Entity, Table
from metrograph.vocabulary import MG, Dcterms

AROUND = 2  # lines before and after those that are cited
MOST = 30  # lines of a passage that are shown at once
LONGEST = 1_000  # characters of a line that are shown: a line of a PDF is never as long


@dataclass(frozen=True)
class Shown:
    """A line of a passage: its number from 1, its text, and whether it is cited."""

    number: int
    text: str
    is_cited: bool


@dataclass(frozen=True)
class Passage:
    """Lines of a source that are cited, with some around them; no lines where it has none of them.

    `last` is the last line that is cited, `left` how many of the cited lines are not shown,
    `total` how many lines the source has, `lang` its language (BCP 47), or "".
    """

    source: str
    first: int
    last: int
    lines: tuple[Shown, ...] = ()
    pages: tuple[int, ...] = ()
    left: int = 0
    total: int = 0
    is_private: bool = False
    lang: str = ""


@dataclass(frozen=True)
class Held:
    """A text that is at hand: the document that is kept, its lines, its language and year or ""."""

    document: Document
    edition: Edition
    lang: str = ""
    year: str = ""


class Shelf:
    """The texts that are at hand for the sources of a plan; each is read when first asked for.

    Without `with_private`, those that are private count as not at hand.
    """

    def __init__(self, plan: Plan, *, with_private: bool = True) -> None:
        self.plan = plan
        self.recorded = recorded_texts(plan)
        self.documents = tuple(
            document
            for document in documents(plan.built.folder)
            if with_private or not document.is_private
        )
        self._read: dict[str, Held | None] = {}

    def held(self, source: str) -> Held | None:
        """Return the text of a source (by its id), or none where it is not at hand."""
        if source not in self._read:
            self._read[source] = self._find(source)
        return self._read[source]

    def _find(self, source: str) -> Held | None:
        sha256, _ = self.recorded.get(source, ("", 0))
        for document in self.documents:
            if document.source != source or sha256 not in ("", document.sha256):
                continue
            if text := edition(document):
                lang = _recorded(self.plan, source, Dcterms.language)
                return Held(document, text, lang, _recorded(self.plan, source, MG.year))
        return None

    def alone(self, sha256: str) -> Held | None:
        """Return the text of a document that is linked to no source, by its SHA-256, or none."""
        for document in self.documents:
            if document.source is None and document.sha256 == sha256:
                text = edition(document)
                return Held(document, text) if text else None
        return None

    def passage(self, citation: str) -> Passage | None:
        """Return the passage of a citation, or none where its text is not at hand."""
        cited = cited_lines(citation)
        held = self.held(cited[0]) if cited else None
        if cited is None or held is None:
            return None
        return cut(held, *cited)


def _recorded(plan: Plan, source: str, term: str) -> str:
    """Return a text that is recorded of a source, or "" where none is."""
    written = plan.built.engine.triples(ox.NamedNode(plan.ids.iri(source)), ox.NamedNode(term))
    texts = sorted(str(getattr(triple.object, "value", "")) for triple in written)
    return next(iter(texts), "")


def cut(held: Held, source: str, first: int, last: int) -> Passage:
    """Return lines of a text as a passage: from the first line that is cited to the last one."""
    lines = held.edition.lines
    end = min(last, len(lines), first + MOST - 1)
    if end < first:
        return Passage(source, first, last, total=len(lines), is_private=held.document.is_private)
    around = range(max(1, first - AROUND), min(len(lines), end + AROUND) + 1)
    whole = end == min(last, len(lines))
    shown = tuple(
        Shown(number, shortened(lines[number - 1].text), first <= number <= end)
        for number in around
        if whole or number <= end
    )
    pages = [page for line in lines[first - 1 : end] if (page := line.page)]
    return Passage(
        source,
        first,
        last,
        shown,
        tuple(dict.fromkeys((pages[0], pages[-1]))) if pages else (),
        min(last, len(lines)) - end,
        len(lines),
        held.document.is_private,
        held.lang,
    )


def shortened(text: str) -> str:
    """Return a line as it is shown: a very long one is cut."""
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"


def with_passages(table: Table, shelf: Shelf) -> Table:
    """Return a table with a column of passages after each column that holds citations."""
    at = [
        index
        for index in range(len(table.columns))
        if any(_citation(row[index]) is not None for row in table.rows)
    ]
    known: dict[str, str] = {}

    def passage(cell: Cell) -> str | None:
        citation = _citation(cell)
        if citation is None:
            return None
        if citation not in known:
            known[citation] = as_text(shelf, citation, table.lang)
        return known[citation]

    def widened(values: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(
            cell
            for index, value in enumerate(values)
            for cell in ((value, passage(value)) if index in at else (value,))
        )

    columns = tuple(
        column
        for index, heading in enumerate(table.columns)
        for column in ((heading, _column(heading, table.lang)) if index in at else (heading,))
    )
    rows = tuple(widened(row) for row in table.rows)
    return Table(table.title, columns, rows, table.note, table.lang, table.empty)


def _column(column: Column, lang: str) -> Column:
    return Column(f"{column.name}_passage", word("passage", lang))


def _citation(cell: Cell) -> str | None:
    return cell.id if isinstance(cell, Entity) and cited_lines(cell.id) else None


def as_text(shelf: Shelf, citation: str, lang: str) -> str:
    """Return the passage of a citation as text: a line each, cited ones marked; or what to add."""
    source = citation.partition("#line=")[0]
    passage = shelf.passage(citation)
    if passage is None:
        return word("passage_missing", lang).format(source)
    if not passage.lines:
        return word("passage_beyond", lang).format(passage.total)
    width = len(str(passage.lines[-1].number))
    texts = [
        f"{'>' if line.is_cited else ' '} {line.number:>{width}}  {line.text}".rstrip()
        for line in passage.lines
    ]
    if where := pages_of(passage, lang):
        texts.insert(0, where)
    if passage.left:
        texts.append(word("passage_left", lang).format(passage.left))
    return "\n".join(texts)


def pages_of(passage: Passage, lang: str) -> str:
    """Return on which pages a passage stands, in words; nothing where that is not known."""
    if not passage.pages:
        return ""
    first, last = passage.pages[0], passage.pages[-1]
    pages = str(first) if first == last else f"{first}–{last}"
    return f"{word('page' if first == last else 'pages', lang)} {pages}"
