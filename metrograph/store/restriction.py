"""Restricts a SPARQL query to some values of one of its variables.

The values stand at the head of the query, and again at the head of each nested SELECT that shows
the variable, so that it is not evaluated for everything. A count or a list of distinct rows is the
same for them, because rows are grouped by the variable.

Where a nested SELECT shows another variable, which a triple of the outermost group ties to the
first, the values stand in it together with that triple: it lists only what the rest can use.
"""

import re
from collections.abc import Iterable, Iterator

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
    if is_query:
        pieces = tokens(_narrowed(query, key, values))
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


def _until_brace(pieces: tuple[Token, ...], at: int, brace: str = "{") -> Iterator[Token]:
    for token in pieces[at:]:
        if token.text == brace and token.kind == "sign":
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


def _narrowed(query: str, key: str, values: str) -> str:
    """Return a query whose nested SELECTs that group by a tied variable list what is of use.

    >>> query = "SELECT ?this { { SELECT ?a { ?b <p> ?a } GROUP BY ?a } ?this <q> ?a . }"
    >>> print(_narrowed(query, "?this", "VALUES").partition(" GROUP")[0])
    SELECT ?this { { SELECT ?a { { SELECT DISTINCT ?a WHERE { VALUES ?this <q> ?a } } ?b <p> ?a }
    """
    pieces = tokens(query)
    body = [token.text for token in pieces]
    parts = list(body)
    for name, triple in _ties(pieces, key.lstrip("?")).items():
        for at in _listing(pieces, name):
            within = f" {{ SELECT DISTINCT ?{name} WHERE {{ {values} {triple} }} }}"
            opened = at + len(list(_until_brace(pieces, at)))
            parts[opened] += within
            closed = opened + 1 + len(list(_until_brace(pieces[opened + 1 :], 0, "}")))
            has_more = any(token.is_word("HAVING") for token in _after_group(pieces, at))
            if not has_more and _repeats(parts[at + 1 : opened], body[opened:closed], name, triple):
                parts[opened + 1 : closed] = [" "] * (closed - opened - 1)
    return "".join(parts)


def _repeats(shown: Iterable[str], body: Iterable[str], name: str, triple: str) -> bool:
    """Whether a SELECT lists of a variable all that a triple allows, by another triple like it.

    It is then enough to list this: to go through all that is like it takes long.

    >>> _repeats([" ?a", " WHERE "], ["{", "?b ?any ?a", "."], "a", "?this <p> ?a")
    True
    >>> _repeats(["?a"], ["{", "?b <q> ?a"], "a", "?this <p> ?a")
    False
    """
    if "".join(shown).split() not in ([f"?{name}"], [f"?{name}", "WHERE"]):
        return False
    parts, wanted = "".join(body).strip("{. \n").split(), triple.split()
    free = [part for part in parts if part.startswith("?") and part != f"?{name}"]
    return (
        len(parts) == len(wanted)
        and len(set(free)) == len(free)
        and all(part in (other, *free) for part, other in zip(parts, wanted, strict=True))
    )


def _ties(pieces: tuple[Token, ...], name: str) -> dict[str, str]:
    """Return the other variables of a query's own triples about a variable, each with a triple."""
    depth, text = 0, ""
    for token in pieces:
        if token.kind == "sign" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        is_own = depth == 1 and token.kind not in ("comment", "text")
        is_name = token.text in ("$" + name, "?" + name)
        text += ("?" + name if is_name else token.text) if is_own or token.text == "}" else ""
    ties: dict[str, str] = {}
    for triple in re.finditer(r"(?<=[.{})])\s*(\?(\w+)\s+(\S+)\s+(\S+))\s+\.(?!\S)", text):
        for part in triple.groups()[2:] if triple[2] == name else ():
            if re.fullmatch(r"\?\w+", part):
                ties.setdefault(part[1:], triple[1])
    return ties


def _listing(pieces: tuple[Token, ...], name: str) -> Iterator[int]:
    """Yield where innermost SELECTs begin that group by a variable which reaches the outermost."""
    depth, barred, is_barring = 0, 0, False  # `barred`: the depth of what is denied or optional
    selects: list[tuple[int, bool]] = []
    for at, token in enumerate(pieces):
        if token.is_word("MINUS", "EXISTS", "OPTIONAL", "UNION", "GRAPH", "SERVICE"):
            is_barring = not barred
        elif token.text == "{" and token.kind == "sign":
            depth += 1
            barred, is_barring = (depth if is_barring else barred), False
        elif token.text == "}" and token.kind == "sign":
            barred = 0 if barred == depth else barred
            depth -= 1
            selects = [select for select in selects if select[0] <= depth]
        elif token.is_word("SELECT"):
            selects.append((depth, depth == 0 or (not barred and _shows(pieces, at, name))))
            is_grouped = any(after.is_word("GROUP") for after in _after_group(pieces, at))
            if depth and is_grouped and all(shown for _, shown in selects):
                yield at
