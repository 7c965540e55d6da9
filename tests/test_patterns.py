"""Every regular expression of the code, and those of the shapes, takes linear time on any text.

The proof is in `tests/linearity.py`, and docs/decisions/patterns.md says why it is kept so.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from rdflib import SH

from metrograph import paths
from metrograph.errors import RefusedError
from metrograph.query.sparql import check
from metrograph.reading.any_table import numbering
from metrograph.reading.any_table.columns import Profile
from metrograph.reading.markup import plain_of
from metrograph.store.prebinding import tokens
from metrograph.store.validation import read_shapes
from tests.linearity import blamed

_CODE = Path(__file__).parent.parent / "metrograph"
_SEEKING = {"search", "finditer", "findall", "sub", "subn", "split"}
_ANCHORED = {"match", "fullmatch"}
_ALL = _SEEKING | _ANCHORED


@cache
def _modules() -> dict[str, ast.Module]:
    """Return the syntax of each module, by its name."""
    found = {}
    for path in sorted(_CODE.rglob("*.py")):
        parts = path.relative_to(_CODE.parent).with_suffix("").parts
        name = ".".join(parts).removesuffix(".__init__")
        if name != "metrograph.__main__":
            found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def _patterns(value: Any) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns that a value holds, however deep."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _patterns([*value, *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _patterns(one)


@cache
def _calls(tree: ast.AST) -> tuple[tuple[str, str, ast.Call], ...]:
    """Return each call of a method: what it is called on, its name, the call."""
    return tuple(
        (getattr(of, "id", getattr(of, "attr", "")), node.func.attr, node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        for of in [node.func.value]
    )


def _uses(module: str, name: str) -> set[str]:
    """Return by which methods what has a name is used: in its module, or in all if it is public."""
    seen = [module] if name.startswith("_") else list(_modules())
    return {method for one in seen for of, method, _ in _calls(_modules()[one]) if of == name}


def _inline(module: ModuleType, tree: ast.Module) -> Iterator[tuple[str, re.Pattern[Any], bool]]:
    """Yield the patterns that calls such as `re.sub(...)` have: they stand there as constants."""
    for name, method, call in _calls(tree):
        if name == "re" and method in _ALL:
            values = [
                eval(  # noqa: S307  our own code
                    compile(ast.Expression(one), module.__name__, "eval"), vars(module)
                )
                for one in (call.args[0], *(k.value for k in call.keywords if k.arg == "flags"))
            ]
            place = f"{module.__name__}:{call.lineno}:{call.col_offset}"
            yield place, re.compile(*values), method in _SEEKING


def _compiled(module: ModuleType, tree: ast.Module) -> Iterator[tuple[str, re.Pattern[Any], bool]]:
    """Yield the patterns that names of a module have, and whether they are sought in texts."""
    named = {name for name, value in vars(module).items() if isinstance(value, re.Pattern)}
    nameless = {
        method
        for name, method, _ in _calls(tree)
        if name not in named | {"re"} and method in _ALL - {"split"}  # texts are split, too
    }
    for name, value in vars(module).items():
        for number, one in enumerate(_patterns(value)):
            uses = (_uses(module.__name__, name) & _ALL if name in named else set()) or nameless
            yield f"{module.__name__}.{name}.{number}", one, not uses or bool(uses & _SEEKING)


@cache
def _all() -> dict[str, tuple[re.Pattern[Any], bool]]:
    found = {}
    for name, tree in _modules().items():
        module = import_module(name)
        for place, pattern, is_search in (*_inline(module, tree), *_compiled(module, tree)):
            found[place] = (pattern, is_search)
    shapes = read_shapes(paths.ONTOLOGY / "shapes.ttl")
    for text in sorted({str(one) for one in shapes.objects(None, SH.pattern)}):
        found[f"sh:pattern {text}"] = (re.compile(text), True)
    return found


def test_no_pattern_takes_more_than_linear_time() -> None:
    faults = {place: why for place, one in _all().items() if (why := blamed(*one))}
    assert not faults, "write it so that no text is read in two ways (docs/decisions/patterns.md)"


def test_all_patterns_are_looked_at() -> None:
    """The code has as many patterns as it calls for, and no module hides one within a function."""
    hidden = [
        f"{name}:{node.lineno}"
        for name, tree in _modules().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for of, method, node in _calls(function)
        if of == "re" and method == "compile"
    ]
    assert not hidden, "give the pattern a name at the top of its module"
    assert len(_all()) > 130


def test_cells_that_stopped_imports_are_read() -> None:
    """Each is short here; longer ones took twice as long for each sign, or for ever."""
    remarked = "3f7868b50e387550fdab (v1)"
    assert Profile(0, "Ref", (remarked, "A1", "B2")).kind == "text"  # two of three are codes
    assert Profile(0, "Ref", ("A1", "B-2.3", "DE89", "2024/7a")).kind == "code"
    assert numbering.read("I.I.I.I.I!") is None
    assert numbering.read("Goal IV.2: Clean air") == numbering.Numbered("Goal", "IV.2", "Clean air")
    assert numbering.read("1." * 40 + "1 Air") is None  # no plan has 41 levels
    assert plain_of("<p>as <![ it stands") == "as <![ it stands"
    assert plain_of("<p><a title='a>b' href=x>to</a> <!-- <b> --> &eacute;") == "x to \u00e9"


@pytest.mark.parametrize(
    "call", ["SERVICE <x> {", "service #y\n silent ex:z # {\n{", "SERVICE a#b{{"]
)
def test_service_is_refused_however_it_is_written(call: str) -> None:
    with pytest.raises(RefusedError, match=r"^q:2: SERVICE is not allowed"):
        check(f"SELECT * {{\n{call} ?s ?p ?o }} }}", "q")


def test_comments_after_service_do_not_stop_the_check() -> None:
    check("SELECT * { ?s ?p 'SERVICE" + "#" * 10_000 + "' }", "q")


def test_queries_of_shapes_are_read_once_from_end_to_end() -> None:
    query = r"""ASK { ?a ex:b.c true.VALUES ?b { 'a\'b' '' } '''x'y'''@en-GB, :x, 1.5 "open ' { """
    assert [one.text for one in tokens(query) if one.kind != "space"] == [
        *("ASK", "{", "?a", "ex:b.c", "true", ".", "VALUES", "?b", "{", r"'a\'b'", "''", "}"),
        *("'''x'y'''", "@en-GB", ",", ":x", ",", "1", ".", "5", "\"open ' { "),
    ]


# On the first three, code of ours hung; the others are their like.
@pytest.mark.parametrize(
    ("pattern", "is_search"),
    [
        (r"[A-Za-z]{0,6}[-_./ ]?\d+(?:[-_./]?[A-Za-z0-9]{1,4})*", False),  # codes, once
        (r"SERVICE(?:\s|#[^\r\n]*)*\{", True),  # comments, once
        (r"(?:\d|[A-Z]|[IVX]{1,5})(?:\.(?:[A-Z]|[IVX]{1,5}))*", False),  # outlines, once
        (r"(a+)+b", False),
        (r"(a|a)*b", False),
        (r"(a|ab|b)*c", False),
        (r"(?:a?){20}(?:a?)*b", False),
        (r"\d+\d+x", False),
        (r"\s*-?\s*x", False),
        (r".*,.*,.*x", False),
        (r"\s+$", True),
        (r"\s*,\s*", True),
        (r"<[^>]*>", True),
        (r'"(?:[^"\\]|\\.)*"', True),
        (r'"""(?s:.*?)"""', True),
        (r'%(?=(?:[^"]*"[^"]*")*[^"]*$)', True),
        (r"(\w{1,30}){1,30}x", False),  # bounded, and without end all the same
    ],
)
def test_slow_patterns_are_blamed(pattern: str, is_search: bool) -> None:
    assert blamed(re.compile(pattern), is_search)


@pytest.mark.parametrize(
    ("pattern", "is_search"),
    [
        (r"\d++[A-Za-z0-9]*(?:[-_./][A-Za-z0-9]+)*", False),
        (r"[a-z0-9]++", True),
        (r"(?<!\s)\s++$", True),
        (r"<[^<>]*>", True),
        (r"(?:(?:19|20)\d\d|[()])", True),
        (r"\bword\b|^\s*+x", True),
        (r"(?P<word>\w+) (?P<rest>.*)", False),
    ],
)
def test_quick_patterns_are_not_blamed(pattern: str, is_search: bool) -> None:
    assert blamed(re.compile(pattern), is_search) == ""
