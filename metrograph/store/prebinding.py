"""Binds variables in the SPARQL of a shape to values, as SHACL defines it.

Pre-binding (SHACL, section 5.3.2) holds in every group of a query, also in those that are evaluated
by themselves: nested groups, `OPTIONAL`, `UNION`, `EXISTS`, sub-queries. So each group gets the
values as a table of one row, as the definition has it ("Values Insertion"); binding variables from
outside, as engines do, leaves a nested `BIND` or `bound()` without them.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pyoxigraph as ox

from metrograph.errors import Text

Term = ox.NamedNode | ox.BlankNode | ox.Literal
_BLANK = "https://w3id.org/metrograph/blank"
# SPARQL cannot name a blank node of the data; a function can return it.
FUNCTIONS: Mapping[ox.NamedNode, Any] = {
    ox.NamedNode(_BLANK): lambda label: ox.BlankNode(label.value)
}

# A string that is never closed goes as far as it is read, so that nothing is read twice.
_TOKEN = re.compile(
    r"""
    (?P<comment> [#][^\r\n]*+ )
  | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*+> )
  | (?P<text> \"\"\"(?:[^"\\]++|\\.|"(?!""))*(?:\"\"\")? | '''(?:[^'\\]++|\\.|'(?!''))*(?:''')?
            | "(?!"")(?:[^"\\\r\n]++|\\.)*"? | '(?!'')(?:[^'\\\r\n]++|\\.)*'? )
  | (?P<variable> [?$]\w++ )
  | (?P<language> @[A-Za-z]++(?:-[A-Za-z0-9]++)* )
  | (?P<name> (?P<run> [^\W\d_][\w.-]*+ (?P<local> :(?:[\w:%.-]++|\\.)* )? )
            | :(?:[\w:%.-]++|\\.)* )
  | (?P<word> \w++ )
  | (?P<space> \s++ )
  | (?P<sign> [{][|] | [|][}] | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_PARTS = re.compile(r"[.-]|\w++")


@dataclass(frozen=True)
class Token:
    """A piece of a query: its kind (`iri`, `variable`, `word`, `sign`, ...) and its text."""

    kind: str
    text: str

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, which may be written in small letters, too."""
        return self.kind == "word" and self.text.upper() in words


@lru_cache(maxsize=512)
def tokens(query: str) -> tuple[Token, ...]:
    """Return the pieces of a query, without comments; joined, they are the query.

    >>> [token.text for token in tokens("ASK { ?a <b#c> '#' } # no more") if token.kind != "space"]
    ['ASK', '{', '?a', '<b#c>', "'#'", '}']
    """
    return tuple(
        Token("space", " ") if token.kind == "comment" else token for token in _pieces(query)
    )


def _pieces(query: str) -> Iterator[Token]:
    """Yield the pieces of a query, comments too; what could be a prefix but has no colon is words.

    So `true.VALUES` is read once to its end and then taken apart, and not again from each dot.
    """
    at = 0
    while match := _TOKEN.match(query, at):
        at = match.end()
        if match["run"] and not match["local"]:
            for part in _PARTS.finditer(match[0]):
                yield Token("sign" if part[0] in ".-" else "word", part[0])
        else:
            yield Token(match.lastgroup or "", match[0])


def variables(query: str) -> set[str]:
    """Return the names of the variables of a query."""
    return {token.text[1:] for token in tokens(query) if token.kind == "variable"}


def why_unbindable(query: str, names: Collection[str]) -> Text | None:
    """Return why variables of these names cannot be bound in a query, if so (section 5.3.2)."""
    pieces = [token for token in tokens(query) if token.kind != "space"]
    for word, variable in pairwise(pieces):
        if word.is_word("AS") and variable.kind == "variable" and variable.text[1:] in names:
            return Text.of("its query assigns another value to {variable}", variable=variable.text)
    selects = [at for at, token in enumerate(pieces) if token.is_word("SELECT")]
    for at in selects if pieces[0].is_word("ASK") else selects[1:]:
        end = next(i for i in range(at, len(pieces)) if pieces[i].text == "{")
        selected = {token.text[1:] for token in pieces[at:end] if token.kind == "variable"}
        if missing := sorted(set(names) & (variables(query) | {"this"}) - selected):
            return Text.of(
                "a nested SELECT of its query does not select ${names}", names=", $".join(missing)
            )
    return None


def bind(query: str, values: Mapping[str, Term]) -> str:
    """Return a query whose variables have these values; it needs the `FUNCTIONS` to be run.

    >>> bind("ASK { { FILTER(bound($this)) } }", {"this": ox.NamedNode("urn:a")})
    'ASK { VALUES (?this) { (<urn:a>) } { VALUES (?this) { (<urn:a>) } FILTER(bound($this)) } }'
    """
    head = ""
    named = {name: values[name] for name in sorted(variables(query) & set(values))}
    table = {name: term for name, term in named.items() if not isinstance(term, ox.BlankNode)}
    if table:
        columns, row = " ".join(f"?{name}" for name in table), " ".join(map(str, table.values()))
        head = f" VALUES ({columns}) {{ ({row}) }}"
    for name in named.keys() - table.keys():
        head += f' BIND(<{_BLANK}>("{named[name].value}") AS ?{name})'
    return "".join(_inserted(tokens(query), head)) if head else query


def _inserted(pieces: tuple[Token, ...], table: str) -> Iterator[str]:
    """Yield the pieces with the table at the head of each group, but for data and sub-queries."""
    of_data = False
    for at, token in enumerate(pieces):
        yield token.text
        of_data = of_data or token.is_word("VALUES")
        if token.text == "{" and token.kind == "sign":
            after = next((later for later in pieces[at + 1 :] if later.kind != "space"), token)
            if not of_data and not after.is_word("SELECT"):
                yield table
            of_data = False
