"""Writes the values of parameters into the text of a query, which any SPARQL 1.1 engine can answer.

A parameter is a variable of the query. A value takes the place of its variable; the column of that
name repeats it in each row, and sub-SELECTs leave it out. A test that asks whether there is a
value, such as `COALESCE(?year = ?year, false)`, is decided beforehand, and so is an `IF` of it.
The variable of a parameter without a value stays. A sub-SELECT that does not project a variable has
its own of that name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import pyoxigraph as ox

from metrograph.errors import QueryError
from metrograph.store.prebinding import Token, tokens

Value = ox.NamedNode | ox.Literal
_TEST = re.compile(
    r"""COALESCE \s* \( \s* [?$](?P<left>\w+) \s* (?P<sign>=|!=|<=|>=|<|>) \s* [?$](?P<right>\w+)
        \s* , \s* (?P<other>true|false) \s* \) | BOUND \s* \( \s* [?$](?P<name>\w+) \s* \)""",
    re.VERBOSE | re.IGNORECASE,
)


def bound(text: str, values: Mapping[str, Value | None], name: str = "query") -> str:
    """Return a query with values in place of variables; None is for a parameter without a value.

    `name` is what error messages call the query. Raises `QueryError` where the query itself gives
    such a variable a value.

    >>> bound("SELECT ?a ?year { ?a <urn:year> ?year }", {"year": ox.Literal("2023")})
    'SELECT ?a ("2023" AS ?year) { ?a <urn:year> "2023" }'
    >>> bound("ASK { FILTER(COALESCE(?year = ?year, false)) }", {"year": None})
    'ASK { FILTER(false) }'
    """
    if not values:
        return text
    filled = {key: term for key, term in values.items() if term is not None}
    decided = _decided(text, frozenset(filled), frozenset(values) - frozenset(filled))
    return "".join(_written(decided, filled, name)) if filled else _joined(decided)


def _joined(pieces: Sequence[Token]) -> str:
    return "".join(token.text for token in pieces)


def _written(pieces: Sequence[Token], filled: Mapping[str, Value], name: str) -> Iterator[str]:
    """Yield the pieces of a query with values in place of their variables."""
    before = Token("", "")
    for token, place in zip(pieces, _places(pieces, frozenset(filled)), strict=True):
        key = token.text[1:] if token.kind == "variable" else ""
        if key not in filled or key in place.hidden:
            yield token.text
        elif place.clause == "values" or before.is_word("AS"):
            raise QueryError(
                "{name}: the query gives the parameter {parameter} a value itself. Give its "
                "variable another name there.",
                name=name,
                parameter=key,
            )
        elif place.clause == "select" and not place.is_within:
            repeats = place.is_top or place.is_only
            yield f"({filled[key]} AS ?{key if place.is_top else key + '_'})" if repeats else ""
        elif place.clause == "order" and not place.is_within:
            yield f"({filled[key]})"
        else:
            yield f"{filled[key]} " if before.text == "<" else str(filled[key])
        before = token if token.kind != "space" else before


# ---------------------------------------------------------------- where tokens stand


@dataclass
class _Group:
    """What holds within braces: the clause, and which names are other variables there."""

    number: int
    barrier: int  # the group of the nearest MINUS or EXISTS, which binds nothing outside
    hidden: frozenset[str] = frozenset()
    clause: str = ""  # "select", "order" (or group), "values", or nothing
    parentheses: int = 0
    is_only: bool = False  # whether SELECT returns nothing but parameters


@dataclass(frozen=True)
class _Place:
    """Where a token stands: see `_Group`; `is_within` parentheses, `is_top` of no braces."""

    clause: str
    hidden: frozenset[str]
    groups: tuple[int, ...]
    barrier: int
    is_top: bool
    is_within: bool
    is_only: bool


def _places(pieces: Sequence[Token], names: frozenset[str]) -> Iterator[_Place]:
    """Yield where each token stands; `names` are those of parameters."""
    groups, count, before = [_Group(0, 0)], 0, Token("", "")
    for at, token in enumerate(pieces):
        group = groups[-1]
        if token.kind == "word":
            _enter(group, pieces, at, names, is_top=len(groups) == 1)
        elif token.kind == "sign":
            group.parentheses += {"(": 1, ")": -1}.get(token.text, 0)
            if token.text == "{":
                count += 1
                group.clause = group.clause if group.parentheses else ""
                barrier = count if before.is_word("MINUS", "EXISTS") else group.barrier
                groups.append(_Group(count, barrier, group.hidden))
            elif token.text == "}" and len(groups) > 1:
                groups.pop()
        group = groups[-1]
        yield _Place(
            clause=group.clause,
            hidden=group.hidden,
            groups=tuple(other.number for other in groups),
            barrier=group.barrier,
            is_top=len(groups) == 1,
            is_within=group.parentheses > 0,
            is_only=group.is_only,
        )
        before = token if token.kind != "space" else before


def _enter(
    group: _Group, pieces: Sequence[Token], at: int, names: frozenset[str], *, is_top: bool
) -> None:
    """Note the clause that a word begins, if it begins one."""
    if group.parentheses:
        return
    if pieces[at].is_word("SELECT"):
        projected = _projected(pieces, at)
        group.clause, group.is_only = "select", projected <= names
        if not is_top and "*" not in projected:
            group.hidden |= names - projected
    elif pieces[at].is_word("GROUP", "ORDER"):
        group.clause = "order"
    elif pieces[at].is_word("VALUES"):
        group.clause = "values"
    elif pieces[at].is_word("WHERE", "FROM", "HAVING", "LIMIT", "OFFSET"):
        group.clause = ""


def _projected(pieces: Sequence[Token], at: int) -> frozenset[str]:
    """Return what the SELECT at a place returns: names, `*` for all, `(` for what it computes."""
    depth, projected = 0, set()
    for token in pieces[at + 1 :]:
        if not depth:
            if token.is_word("WHERE", "FROM") or (token.kind, token.text) == ("sign", "{"):
                break
            if token.kind == "variable":
                projected.add(token.text[1:])
            elif token.kind == "sign":
                projected.add(token.text)
        if token.kind == "sign":
            depth += {"(": 1, ")": -1}.get(token.text, 0)
    return frozenset(projected)


# ---------------------------------------------------------------- tests of parameters


@lru_cache(maxsize=512)
def _decided(text: str, filled: frozenset[str], empty: frozenset[str]) -> tuple[Token, ...]:
    """Return the pieces of a query in which tests for a value of a parameter are decided."""
    pieces = tokens(text)
    places = list(_places(pieces, filled | empty))
    tests = dict(_tests(pieces))
    inside = {at for begin, (_, end) in tests.items() for at in range(begin, end)}
    binding: dict[str, set[int]] = {name: set() for name in empty}
    for at, (token, place) in enumerate(zip(pieces, places, strict=True)):
        name = token.text[1:]
        is_here = token.kind == "variable" and name in empty and name not in place.hidden
        if is_here and at not in inside and place.clause not in {"select", "order"}:
            binding[name].add(place.barrier)
    decided: list[Token] = []
    at = 0
    while at < len(pieces):
        match, end = tests.get(at, (None, at + 1))
        result = _result(match, places[at], filled, binding) if match else ""
        decided += [Token("word", result)] if result else pieces[at:end]
        at = end
    return tuple(_chosen(decided))


def _tests(pieces: Sequence[Token]) -> Iterator[tuple[int, tuple[re.Match[str], int]]]:
    """Yield the tests in a query: where each begins, its parts, and where it ends."""
    text = _joined(pieces)
    starts = list(accumulate((len(token.text) for token in pieces), initial=0))
    place_of = {start: at for at, start in enumerate(starts)}
    for at, token in enumerate(pieces):
        if token.is_word("COALESCE", "BOUND") and (match := _TEST.match(text, starts[at])):
            yield at, (match, place_of[match.end()])


def _result(
    test: re.Match[str],
    place: _Place,
    filled: frozenset[str],
    binding: Mapping[str, set[int]],
) -> str:
    """Return what a test results in, or nothing where only the engine can know.

    A comparison with a parameter without a value is an error, unless a pattern, here or around, may
    bind the variable: one in a MINUS or EXISTS binds it only there.
    """
    names = {test["left"], test["right"]} if test["left"] else {test["name"]}
    names -= place.hidden
    if any(name in binding and not binding[name] & {*place.groups} for name in names):
        return test["other"] or "false"
    if len(names) == 1 and names <= filled and (not test["left"] or test["left"] == test["right"]):
        return {"=": "true", "!=": "false", None: "true"}.get(test["sign"], "")
    return ""


def _chosen(pieces: Sequence[Token]) -> list[Token]:
    """Return the pieces of a query with the right part in place of each IF that is decided."""
    chosen, at = [], 0
    while at < len(pieces):
        parts, end = _parts(pieces, at) if pieces[at].is_word("IF") else ([], at + 1)
        first = _joined(parts[0]).strip().lower() if len(parts) == 3 else ""
        if first in {"true", "false"}:
            chosen += _chosen(_stripped(parts[1] if first == "true" else parts[2]))
            at = end
        else:
            chosen.append(pieces[at])
            at += 1
    return chosen


def _stripped(pieces: Sequence[Token]) -> Sequence[Token]:
    solid = [at for at, token in enumerate(pieces) if token.kind != "space"]
    return pieces[solid[0] : solid[-1] + 1] if solid else pieces


def _parts(pieces: Sequence[Token], at: int) -> tuple[list[Sequence[Token]], int]:
    """Return the arguments of a call, and where it ends; no arguments if it never does."""
    depth, begin, parts = 0, at, []
    for place in range(at + 1, len(pieces)):
        token = pieces[place]
        if token.kind != "sign":
            continue
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token.text, 0)
        if token.text == "(" and depth == 1 and begin == at:
            begin = place + 1
        elif (token.text == "," and depth == 1) or (token.text == ")" and depth == 0):
            parts.append(pieces[begin:place])
            begin = place + 1
        if depth <= 0 and begin > at:
            return parts, place + 1
    return [], at + 1
