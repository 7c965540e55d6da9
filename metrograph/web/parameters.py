"""Reduces the address of a page to the parameters that the page reads.

Two addresses that lead to the same page become one, so that it is made and kept once. What a page
does not read is left out: it could change nothing but the work that is done.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from metrograph.query import library as queries
from metrograph.web.filters import FILTERS

LONGEST = 1_000  # characters of a path or a value: no id, name or filter is nearly as long
LONGEST_QUERY = 50_000  # characters of a query of one's own
LONGEST_WORDS = 200  # characters of words to look for; the pages read no more
_GAPS = ("type", "line", "challenge", "theme")
_AXES = ("rows", "columns", "count")
_CANVAS = (
    *("view", "add", "opened", "pick", "hide", "coder"),
    *("colour", "size", "without", "pin"),
)
_PAGES: Mapping[str, tuple[str, ...]] = {
    "/": (),
    "/coverage": (*FILTERS, *_AXES, "all", "page"),
    "/coverage/cell": (*FILTERS, *_AXES, "row", "column", "empty", "page"),
    "/coverage/activities": (*FILTERS, "challenge", "theme", "page"),
    "/coverage/range": ("year", "line"),
    "/coverage/concentration": ("year", "claims"),
    "/coverage/what-if": ("without", "all"),
    "/coverage/losses": ("without",),
    "/coverage/dependencies": (),
    "/coverage/candidates": ("challenge", "theme"),
    "/plan": (),
    "/status": ("by", "level", "owner"),
    "/plan/compare": ("with", "event"),
    "/explore": ("focus", "depth", "open", "kinds", "q"),
    "/explore/find": ("q",),
    "/explore/canvas": (*_CANVAS, "do", "q"),
    "/explore/path": ("from", "to"),
    "/explore/picture": (),
    "/explore/drawing": ("focus", "depth"),
    "/explore/centre": (),
    "/questions": ("q",),
    "/questions/sparql": ("query", "from"),
    "/review": (),
    "/search": ("q",),
    "/documents": (),
}
_ENDING = re.compile(r"\.[a-z]+\Z")  # of a page's table as a file
_FLAGS = frozenset(
    {"open", "saved", "done", "empty", "uncited"}
)  # only whether they are there counts
_MANY = frozenset({"kinds", "without", "hide"})
_IN_ORDER = frozenset({"add", "opened", "pick", "pin"})  # what was opened first stays there


def parameters(path: str) -> tuple[str, ...] | None:
    """Return the names that a page reads from its address, or None for a page that is not kept.

    `path` is the page's address after the language.

    >>> parameters("/coverage/range.csv")
    ('year', 'line')
    >>> parameters("/edit/record") is None
    True
    """
    if path.startswith("/entity/"):
        return ("all", "saved")
    if path.startswith("/document/"):
        return ("page", "uncited")
    plain = _ENDING.sub("", path)
    if plain in _PAGES:
        return _PAGES[plain]
    start, _, name = plain.rpartition("/")
    if start == "/questions":
        known = (query for query in queries.library() if query.name == name)
        return tuple(parameter.name for query in known for parameter in query.parameters)
    if start == "/review" and name != "pair":
        return _GAPS if name == "gaps" else ()
    return None


def canonical(query: bytes, names: tuple[str, ...]) -> bytes:
    """Return the part of a query that a page reads, always in the same order and spelling.

    Of a name that is given twice, the last value counts, as on the pages. Raises `ValueError` for a
    value that is longer than any could be.

    >>> canonical(b"utm=9&year=2022&year=2023&line=", ("year", "line"))
    b'year=2023'
    """
    asked = QueryParams(query)
    kept: list[tuple[str, str]] = []
    for name in names:
        values = dict.fromkeys(text.strip() for text in asked.getlist(name))
        if name in _MANY:
            kept += [(name, text) for text in sorted(values) if text]
        elif name in _IN_ORDER:
            kept += [(name, text) for text in values if text]
        elif value := _plain(name, asked.get(name, "").strip(), name in asked):
            kept.append((name, value))
    for name, value in kept:
        if len(value) > (LONGEST_QUERY if name == "query" else LONGEST):
            raise ValueError(name)
    return urlencode(kept).encode()


def _plain(name: str, value: str, is_given: bool) -> str:
    """Return one value for all that a page reads alike."""
    if name in _FLAGS:
        return "1" if is_given else ""
    if name == "depth":
        return value if value == "2" else ""
    if name == "page":
        return str(int(value[:9])) if re.fullmatch(r"[0-9]+", value) else ""
    return value[:LONGEST_WORDS].strip() if name == "q" else value
