"""Finds comments, IRIs and strings in Turtle or SPARQL, in one pass."""

import re
from collections.abc import Iterator

_OPENING = re.compile(r"[#<\"']")
_TOKENS = {  # what a text opens in a sign; a string that is never closed goes as far as it is read
    "#": re.compile(r"#[^\n]*"),
    '"': re.compile(r'"""(?s:[^"\\]++|\\.|"(?!""))*(?:""")?|"(?:[^"\\\n]++|\\.)*"?'),
    "'": re.compile(r"'''(?s:[^'\\]++|\\.|'(?!''))*(?:''')?|'(?:[^'\\\n]++|\\.)*'?"),
}
TURTLE_IRI = re.compile(r"<[^<>\"\s]*>")
SPARQL_IRI = re.compile(r"<[^<>\"{}|^`\\\s]*>")  # less than: ?a<?b && ?c>?d has none
_END = re.compile(r"\.(?!\S)")  # of a statement: other dots stand within numbers and names


def spans(
    text: str, iri: re.Pattern[str] = TURTLE_IRI, start: int = 0
) -> Iterator[tuple[int, int]]:
    """Yield where each comment, IRI and string begins and ends, from a place between such.

    >>> text = '<a> <b> "c#" . # d'
    >>> [text[begin:end] for begin, end in spans(text)]
    ['<a>', '<b>', '"c#"', '# d']
    """
    while opening := _OPENING.search(text, start):
        begin = opening.start()
        token = _TOKENS.get(opening[0], iri).match(text, begin)
        start = token.end() if token else begin + 1
        if token:
            yield begin, start


def blanked(text: str, iri: re.Pattern[str] = TURTLE_IRI) -> str:
    """Return a text with its comments, IRIs and strings blanked out, each sign at its place.

    >>> blanked('<a> <b> "c." . # d')
    '             .    '
    """
    parts, last = [], 0
    for begin, end in spans(text, iri):
        parts += [text[last:begin], re.sub(r"[^\n]", " ", text[begin:end])]
        last = end
    return "".join((*parts, text[last:]))


def statement_end(text: str, start: int) -> int:
    """Return where the statement of Turtle ends that begins at a place: after its dot.

    >>> statement_end('<a> <b> "c." . <d> <e> 1.5 .', 0)
    14
    """
    last = start
    for begin, end in spans(text, start=start):
        if end_ := _END.search(text, last, begin):
            return end_.end()
        last = end
    end_ = _END.search(text, last)
    return end_.end() if end_ else len(text)
