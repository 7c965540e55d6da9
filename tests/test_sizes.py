"""Checks that modules and functions stay short, import at their top, and name what they hold.

Only tables of data are kept as they are typed: elsewhere the formatter decides.

`sizes.toml` lists the exceptions, each with its reason; one that is no longer needed must go.
"""

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
VAGUE = {"one", "found", "said", "given", "told"}


@pytest.fixture(scope="module")
def exceptions() -> dict[str, Any]:
    return tomllib.loads((ROOT / "tests/sizes.toml").read_text("utf-8"))


def sources() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.joinpath("metrograph").rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def too_long(path: str, source: str) -> Iterator[tuple[str, int]]:
    """Yield modules and functions that are too long, and their lines, without decorators."""
    lines = len(source.splitlines())
    if lines > LONGEST_MODULE:
        yield path, lines
    for function in functions(ast.parse(source)):
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > LONGEST_FUNCTION:
            yield f"{path}:{function.name}", lines


def late_imports(source: str) -> set[int]:
    """Return the lines of imports within functions."""
    return {
        node.lineno
        for function in functions(ast.parse(source))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }


def vague_names(source: str) -> set[int]:
    """Return the lines where a variable, a parameter or a function has a name that says nothing.

    A function's name does so if it begins with such a word: `_found`, `told_alone`.
    """
    nodes = list(ast.walk(ast.parse(source)))
    fields = {
        id(field.target)
        for node in nodes
        if isinstance(node, ast.ClassDef)
        for field in node.body
        if isinstance(field, ast.AnnAssign)
    }
    bound = {
        node.lineno
        for node in nodes
        if isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Store)
        and node.id in VAGUE
        and id(node) not in fields
    }
    parameters = {node.lineno for node in nodes if isinstance(node, ast.arg) and node.arg in VAGUE}
    called = {
        node.lineno
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.strip("_").partition("_")[0] in VAGUE
    }
    return bound | parameters | called


def is_data(node: ast.AST) -> bool:
    """Return whether an expression holds values and names only, or calls with such values."""
    match node:
        case ast.Constant() | ast.Name() | ast.Attribute() | ast.JoinedStr():
            return True
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return all(map(is_data, parts))
        case ast.Dict(keys=keys, values=values):
            return all(is_data(part) for part in (*keys, *values) if part is not None)
        case ast.BinOp(left=left, right=right):
            return is_data(left) and is_data(right)
        case ast.Starred(value=part) | ast.UnaryOp(operand=part) | ast.keyword(value=part):
            return is_data(part)
        case _:
            return isinstance(node, ast.Call) and all(map(is_data, (*node.args, *node.keywords)))


def formatted_by_hand(source: str) -> set[int]:
    """Return the lines where formatting is switched off, but not at the end of a table of data.

    A table is a list, tuple, set or mapping of values on several lines. Its mark stands at its end,
    or behind the bracket on the next line that closes a call with it.
    """
    ends = {
        node.end_lineno or 0
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict)
        and (node.end_lineno or 0) > node.lineno
        and is_data(node)
    }
    lines = source.splitlines()
    closing = {line + 1 for line in ends if lines[line : line + 1] and lines[line][:1] in ")]}"}
    return {
        token.start[0]
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and re.match("# *fmt:", token.string)
    } - (ends | closing)


def check(excesses: Mapping[str, object], listed: Iterable[str]) -> None:
    assert {place: what for place, what in excesses.items() if place not in listed} == {}
    assert set(listed) - set(excesses) == set(), "no longer needed in sizes.toml"


def test_no_module_or_function_is_too_long(exceptions: dict[str, Any]) -> None:
    excesses = dict(excess for path, source in sources() for excess in too_long(path, source))
    listed = {place: why for place, why in exceptions.items() if isinstance(why, str)}
    assert all(listed.values()), "an exception has a reason"
    check(excesses, listed)


def test_modules_are_imported_at_the_top_or_late_by_the_helper(exceptions: dict[str, Any]) -> None:
    excesses = {path: lines for path, source in sources() if (lines := late_imports(source))}
    check(excesses, exceptions["imports"])


def test_a_variable_is_named_for_what_it_holds_a_function_for_what_it_does(
    exceptions: dict[str, Any],
) -> None:
    excesses = {path: lines for path, source in sources() if (lines := vague_names(source))}
    check(excesses, exceptions["names"])


def test_only_tables_of_data_are_formatted_by_hand() -> None:
    paths = [path for part in ("metrograph", "tests") for path in ROOT.joinpath(part).rglob("*.py")]
    marked = {path: formatted_by_hand(path.read_text("utf-8")) for path in paths}
    assert {path: lines for path, lines in marked.items() if lines} == {}


def test_a_mark_of_format_belongs_to_a_table() -> None:
    table = "ROWS = (\n    (1, A),\n    (-2, date(1, 2)),\n)"
    assert formatted_by_hand(f"{table}  # fmt: skip\n") == set()
    assert formatted_by_hand(f"use(\n    x, [\n    1, 2,\n    ],\n)  # fmt: {'off'}\n") == set()
    assert formatted_by_hand("x = [\n    a for a in b\n]  # fmt: skip\n") == {3}
    assert formatted_by_hand("def f(\n    a, b,\n): ...  # fmt: skip\n") == {3}
    assert formatted_by_hand("f(\n    a, b,\n)  # fmt: skip\nx = '# fmt: off'\n") == {3}


def test_the_measures_see_what_is_too_long_late_or_vague() -> None:
    body = "\n".join(f"    x{n} = {n}" for n in range(40))
    function = f"@cache\ndef long():\n{body}\n"
    assert list(too_long("m.py", function)) == [("m.py:long", 41)]
    assert list(too_long("m.py", function.replace("    x0 = 0\n", ""))) == []
    assert list(too_long("m.py", "x = 1\n" * 300)) == []
    assert list(too_long("m.py", "x = 1\n" * 301)) == [("m.py", 301)]
    assert late_imports("import re\nasync def f():\n    if re:\n        from a import b\n") == {4}
    assert vague_names("for found in x:\n    y = [0 for one, z in found]\nf(said=1)\n") == {1, 2}
    assert vague_names("def f(given, found_at): ...\nx.told = 1\n") == {1}
    named = "def _told(x): ...\ndef foretold(x): ...\nclass A:\n    async def found_at(self): ...\n"
    assert vague_names(named) == {1, 4}
    fields = "class A:\n    found: int\n    def f(self):\n        found: int = 1\n"
    assert vague_names(fields) == {4}
