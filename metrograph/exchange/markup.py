"""A text with marks of HTML in, as tables from the web have it; the same as plain lines out."""

import re
from html.parser import HTMLParser

_TAGS = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|i|img|li|ol|p|script|span|strong|table|td|th|tr|u|ul)"
    r"(?:\s[^<>]*)?/?>|&(?:nbsp|amp|quot|lt|gt|#\d+);",
    re.IGNORECASE,
)
_BLOCKS = frozenset(("br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p"))
_BLOCKS |= {"table", "tr", "ul"}
_INLINE = frozenset(("a", "b", "em", "font", "i", "img", "script", "span", "strong", "td", "th"))
_INLINE |= {"u"}


def is_markup(text: str) -> bool:
    """Tell whether a text holds marks of HTML."""
    return ("<" in text or "&" in text) and bool(_TAGS.search(text))


def plain_of(text: str) -> str:
    r"""Return a text without marks of HTML; paragraphs and items of lists are lines.

    >>> plain_of("<p>One &amp; two</p><ul><li>three</li></ul>"), plain_of("a < b")
    ('One & two\n- three', 'a < b')
    """
    if not is_markup(text):
        return text
    reader = _Plain()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Plain(HTMLParser):
    """What HTML says as plain text; marks that are none of HTML's stay."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _BLOCKS | _INLINE:
            self.parts.append(self.get_starttag_text() or "")
        if tag in _BLOCKS:
            self.parts.append("\n- " if tag == "li" else "\n")
        self.parts += [
            f" {value} " for name, value in attrs if value and name in ("href", "src", "alt")
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
