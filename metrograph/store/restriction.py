"""Restricts a SPARQL query to some values of one of its variables.

The values stand at the head of the query, and again at the head of each nested SELECT that shows
the variable, so that it is not evaluated for everything. A count or a list of distinct rows is the
same for them, because rows are grouped by the variable.
"""

from collections.abc import Iterator

from metrograph.store.prebinding import Token, tokens


def restricted(query: str, key: str, values: str) -> str:
    """Return a group's content, or a query, with a table of values for a variable inside.

    >>> restricted("{ SELECT $this { $this <p> ?a } } FILTER(?a)", "?this", "VALUES")
    'VALUES { SELECT $this { VALUES $this <p> ?a } } FILTER(?a)'
    >>> restricted("SELECT ?this WHERE { ?this <p> ?a MINUS { ?b <q> ?this } }", "?this", "VALUES")
    'SELECT ?this WHERE { VALUES ?this <p> ?a MINUS { ?b <q> ?this } }'
    """
    pieces = tokens(query)
    is_query = any(token.is_word("SELECT") for token in _until_brace(pieces, 0))
    text = "".join(_with_values(pieces, key.lstrip("?"), values))
    return text if is_query else f"{values} {text}"


def _with_values(pieces: tuple[Token, ...], name: str, values: str) -> Iterator[str]:
    """Yield the pieces, with the values after the brace that opens a SELECT's group."""
    waiting = False
    denied = 0  # the depth of groups where the variable may be another, or values would change it
    for at, token in enumerate(pieces):
        yield token.text
        if token.is_word("MINUS", "EXISTS", "OPTIONAL", "UNION", "GRAPH", "SERVICE") and not denied:
            denied = -1
        elif token.text == "{" and token.kind == "sign":
            if denied:
                denied = max(denied, 0) + 1
            elif waiting:
                waiting = False
                yield f" {values}"
        elif token.text == "}" and token.kind == "sign" and denied > 0:
            denied -= 1
        elif token.is_word("SELECT") and not denied:
            waiting = _shows(pieces, at, name)


def _shows(pieces: tuple[Token, ...], at: int, name: str) -> bool:
    """Whether a SELECT shows a variable as it is, and rows are grouped by it where they are."""
    shown = depth = 0
    for token in _until_brace(pieces, at):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        shown += depth == 0 and token.kind == "variable" and token.text[1:] == name
    return bool(shown) and not _is_limited(pieces, at) and name in _grouped_by(pieces, at, name)


def _until_brace(pieces: tuple[Token, ...], at: int) -> Iterator[Token]:
    for token in pieces[at:]:
        if token.text == "{" and token.kind == "sign":
            return
        yield token


def _after_group(pieces: tuple[Token, ...], at: int) -> Iterator[Token]:
    """Yield what stands after the group of a SELECT: how its rows are grouped and limited."""
    depth, opened = 0, False
    for token in pieces[at:]:
        if token.kind == "sign" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
            opened = True
            if depth < 0:
                return
        elif opened and depth == 0:
            yield token


def _is_limited(pieces: tuple[Token, ...], at: int) -> bool:
    return any(token.is_word("LIMIT", "OFFSET") for token in _after_group(pieces, at))


def _grouped_by(pieces: tuple[Token, ...], at: int, name: str) -> set[str]:
    """Return the variables by which a SELECT groups its rows; without groups, the name itself."""
    after = [token for token in _after_group(pieces, at) if token.kind != "space"]
    starts = [i for i, token in enumerate(after) if token.is_word("GROUP")]
    if not starts:
        counted = any(token.text == "(" for token in _until_brace(pieces, at))
        return set() if counted else {name}
    names = set()
    for token in after[starts[0] + 2 :]:
        if token.kind != "variable":
            break
        names.add(token.text[1:])
    return names
