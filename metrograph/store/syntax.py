"""Explains what a file is that should be Turtle but is not.

Oxigraph's own words for these say what its parser expected at some place; people need to know what
kind of file they have.
"""

import re

from metrograph.errors import InputError, Text

_DEEPEST = 100  # objects and lists within each other in JSON-LD; what programs write has some five
_BLANKS = " \t\r\n"
_BEGINNINGS = (
    (re.compile(r"<\?xml|<(?:\w+:)?RDF\b|<!DOCTYPE\s+\w+:RDF", re.IGNORECASE), Text("RDF/XML")),
    (re.compile(r"<!DOCTYPE\s+html|<html\b", re.IGNORECASE), Text("a web page (HTML)")),
    (re.compile(r"\{\s*[\"}]|\[\s*\{"), Text("JSON-LD")),
)
NEWER = ("<<", "{|", "~")  # what only Turtle 1.2 has, outside of IRIs, strings and comments
_NEWER = re.compile("|".join(map(re.escape, NEWER)))
_GRAPH = re.compile(
    r"^(?:GRAPH\b[^{\n]*|[\w-]*(?::[\w.-]*)?[ \t]*)\{", re.MULTILINE | re.IGNORECASE
)
_NO_SCHEME = "No scheme found in an absolute IRI"
_JSON_MARK = re.compile(r'["\[\]{}]')
_JSON_STRING = re.compile(r'"(?s:[^"\\]++|\\.)*"?')  # as far as it is read if it is never closed


def refuse_other(text: str, place: str) -> None:
    """Raise `InputError` for a text that begins as a file of another kind than Turtle does."""
    start = text[:1_000].lstrip(_BLANKS)
    for beginning, kind in _BEGINNINGS:
        if beginning.match(start):
            raise InputError(
                "{place}:1: this is {kind}, not Turtle. Convert it to Turtle and save it as .ttl.",
                place=place,
                kind=kind,
            )


def refuse_newer(bare: str, place: str) -> None:
    """Raise `InputError` for what only Turtle 1.2 has: triple terms, reifiers and annotations.

    `bare` is the text with its comments, IRIs and strings blanked out. To be asked before parsing:
    terms within terms are parsed by recursion, and the end of the stack would end the process.
    """
    if match := _NEWER.search(bare):
        line = bare.count("\n", 0, match.start()) + 1
        raise InputError(
            "{place}:{line}: a statement about a statement ({found}, a triple term of "
            "Turtle 1.2), which metrograph does not read. Make it a separate record with "
            "its own ID.",
            place=place,
            line=line,
            found=match[0],
        )


def refuse_deep_json(text: str, place: str) -> None:
    """Raise `InputError` for JSON with more within each other than people or programs write."""
    depth = at = 0
    while mark := _JSON_MARK.search(text, at):
        string = _JSON_STRING.match(text, mark.start())
        at = (string or mark).end()
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark[0], 0)
        if depth > _DEEPEST:
            line = text.count("\n", 0, mark.start()) + 1
            raise InputError(
                "{place}:{line}: objects and lists are nested more than {deepest} deep, which "
                "no ordinary document needs. Export the file again.",
                place=place,
                line=line,
                deepest=_DEEPEST,
            )


def explained(message: str, bare: str) -> Text:
    """Return why a text is not valid Turtle, by the message of Oxigraph, and what to do.

    >>> str(explained("Parser error at line 1: No scheme found in an absolute IRI", ""))[:38]
    'a relative IRI, but the file declares '
    """
    if _NO_SCHEME in message:
        return Text(
            "a relative IRI, but the file declares no base before it. Begin the file with its "
            "base, such as: @base <https://example.org/my-plan/> ."
        )
    if _GRAPH.search(bare):
        return Text(
            "a named graph in braces: this is TriG, not Turtle. Remove the braces and the graph's "
            "name."
        )
    expected = message.partition(": ")[2] or message
    return Text.of(
        "not valid Turtle: {expected}. The error is at this place or just before it.",
        expected=expected[:200],
    )
