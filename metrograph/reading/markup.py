"""Converts text with HTML tags, as in tables from the web, to plain lines."""

import re
from html import unescape

_NAMES = (
    r"a|b|br|div|em|font|h[1-6]|i|img|li|ol|p|script|span|strong|table|td|th|tr|u|ul"  # of marks
)
_TAGS = re.compile(
    rf"</?(?:{_NAMES})(?:\s[^<>]*)?/?>|&(?:nbsp|amp|quot|lt|gt|#\d+);",
    re.IGNORECASE,
)
_TAG = re.compile(  # what is quoted may have a > of its own, if the quotation ends
    rf"<(?P<end>/?)(?P<name>{_NAMES})(?:\s(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*|\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?<![^\s\"'])(?:href|src|alt)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))", re.IGNORECASE
)
_BLOCKS = frozenset(("br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p"))
_BLOCKS |= {"table", "tr", "ul"}


def is_markup(text: str) -> bool:
    """Return whether a text holds HTML tags."""
    return ("<" in text or "&" in text) and bool(_TAGS.search(text))


def plain_of(text: str) -> str:
    r"""Return a text without HTML tags; paragraphs and items of lists are lines.

    >>> plain_of("<p>One &amp; two</p><ul><li>three</li></ul>"), plain_of("a < b")
    ('One & two\n- three', 'a < b')
    """
    if not is_markup(text):
        return text
    bare = _without_comments(text)
    parts, last = [], 0
    for tag in _TAG.finditer(bare):
        parts += [unescape(bare[last : tag.start()]), _shown(tag)]
        last = tag.end()
    parts.append(unescape(bare[last:]))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _without_comments(text: str) -> str:
    parts, last = [], 0
    while (begin := text.find("<!--", last)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        parts.append(text[last:begin])
        last = end + 3
    return "".join((*parts, text[last:]))


def _shown(tag: re.Match[str]) -> str:
    """Return what a mark is in a plain text: a line's end, an item's hyphen, its addresses."""
    name = tag["name"].lower()
    line = "\n" if name in _BLOCKS else ""
    if tag["end"]:
        return line
    addresses = (
        unescape("".join(filter(None, match.groups()))) for match in _ADDRESS.finditer(tag[0])
    )
    return (line and ("\n- " if name == "li" else line)) + "".join(
        f" {address} " for address in addresses if address
    )
