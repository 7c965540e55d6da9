"""The texts of documents that a request may see, and the passages of citations among them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from starlette.requests import Request

from metrograph.documents.passages import Held, Passage, Shelf, pages_of
from metrograph.ids import citation_id, cited_lines
from metrograph.plan import Plan
from metrograph.web.site import Site, State

LINES = 1_000  # of a document on one page


@dataclass
class Seen:
    """The texts that a request may see; `has_private` is whether it has seen a private one."""

    shelf: Callable[[], Shelf]
    has_private: bool = False
    _passages: dict[str, Passage | None] = field(default_factory=dict)

    def passage(self, citation: str) -> Passage | None:
        """Return the passage of a citation, or none where its text is not at hand."""
        if citation not in self._passages:
            self._passages[citation] = self.shelf().passage(citation)
        passage = self._passages[citation]
        self.has_private |= passage is not None and passage.is_private
        return passage

    def held(self, source: str) -> Held | None:
        """Return the text of a source, or of a document without one, where it is at hand."""
        shelf = self.shelf()
        text = shelf.held(source) if source in shelf.recorded else shelf.alone(source)
        self.has_private |= text is not None and text.document.is_private
        return text


def sees_private(request: Request) -> bool:
    """Return whether a request may see private documents: who may edit the plan may."""
    site: Site = request.app.state.site
    if not site.edits:
        return False
    return site.token is None or request.app.state.sessions.name(request) is not None


def shelf_of(request: Request, state: State, plan: Plan) -> Shelf:
    """Return the texts that a request may see, read once for a state of the documents."""
    with_private = sees_private(request)
    key = ("shelf", with_private, getattr(request.state, "documents", ()))
    return state.known(key, lambda: Shelf(plan, with_private=with_private))


def seen_of(request: Request, state: State) -> Seen:
    """Return what a request has seen of the documents: each request has its own."""
    if not hasattr(request.state, "seen"):
        request.state.seen = Seen(lambda: shelf_of(request, state, state.plan()))
    seen: Seen = request.state.seen
    return seen


def document_address(lang: str, source: str, line: int = 1) -> str:
    """Return the address of a line of a document.

    >>> document_address("en", "source/report", 1001)
    '/en/document/source/report?page=2#L1001'
    """
    number = (line - 1) // LINES + 1
    page = f"?page={number}" if number > 1 else ""
    return f"/{lang}/document/{quote(source, safe='/')}{page}#L{line}"


def citation_of(source: str, lines: str) -> str:
    """Return the id of a citation that a form holds as a source and lines; "" where it is none.

    >>> citation_of("source/report", "278-283")
    'source/report#line=277,283'
    """
    first, _, last = lines.replace("–", "-").partition("-")
    numbers = (first.strip(), last.strip() or first.strip())
    if not source or not all(re.fullmatch(r"[0-9]{1,9}", number) for number in numbers):
        return ""
    return citation_id(source, max(1, int(numbers[0])), int(numbers[1]))


def functions(request: Request, state: State, lang: str) -> dict[str, object]:
    """Return what templates ask about citations."""
    seen = seen_of(request, state)
    return {
        "passage_of": lambda citation: seen.passage(str(citation)),
        "is_citation": lambda name: cited_lines(str(name)) is not None,
        "citation_of": citation_of,
        "document_url": lambda source, line=1: document_address(lang, str(source), int(line)),
        "pages_of": lambda passage: pages_of(passage, lang),
    }
