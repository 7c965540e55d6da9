"""What the program says and what its catalogues hold, brought together (python -m tests.catalogue).

A sentence is said where an error or a `Text` is made with it, or in a template. New sentences are
added to the catalogues without a translation, unused ones are removed.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import metrograph
from metrograph import errors
from metrograph.messages import FOLDER
from metrograph.web.pages import TEMPLATES

PACKAGE = Path(metrograph.__file__).parent
Sentence = str | tuple[str, str]  # a tuple has a singular and a plural
ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
} | {"Wider"}
MAKERS = ERRORS | {"Text", "Text.of"}


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    """Return the modules of the package, parsed."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def in_code() -> set[Sentence]:
    """Return the sentences of errors and texts."""
    return {sentence for _, module in modules() for sentence in sentences(module)}


def sentences(module: ast.AST) -> Iterator[Sentence]:
    """Yield the sentences of a module, also those chosen by a condition or named by a constant."""
    constants = _constants(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and made(node) and node.args:
            texts = [list(_texts(argument, constants)) for argument in node.args[:2]]
            if len(texts) == 2 and texts[1]:
                yield texts[0][0], texts[1][0]
            else:
                yield from texts[0]


def made(call: ast.Call) -> bool:
    """Return whether a call makes an error or a text."""
    name = ast.unparse(call.func)
    return name in MAKERS or name.rpartition(".")[2] in ERRORS


def _constants(module: ast.AST) -> dict[str, ast.expr]:
    """Return the values that a module gives to names, for sentences that are made elsewhere."""
    return {
        target.id: node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _texts(value: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from _texts(body, constants)
            yield from _texts(other, constants)
        case ast.Name(id=name) if name in constants:
            yield from _texts(constants[name], {})
        case ast.Subscript(value=ast.Name(id=name)) if name in constants:
            yield from _texts(constants[name], {})
        case ast.Dict(values=values):
            for one in values:
                yield from _texts(one, constants)


READS = re.compile(r"(?:[A-Za-zÀ-ÿ'’-]+,? ){3,}[A-Za-zÀ-ÿ'’-]+[.:]?")
_NOT_READ = re.compile(
    r"\?[a-z]|\b(?:SELECT|CONSTRUCT|ASK|WHERE|FILTER|PREFIX|INSERT)\b|\(\?|\\[sbwd]|[@^]"
)
_FOR_PROGRAMS = ("_log", "logging", "re.", "ValueError", "TypeError", "argument", "warnings")


def beside() -> Iterator[tuple[str, str]]:
    """Yield the place and text of what reads like a sentence and is in no catalogue.

    Docstrings, queries, patterns, logs, and errors of who programs are no sentences.
    """
    known = {part for said in in_code() for part in ((said,) if isinstance(said, str) else said)}
    for path, module in modules():
        parents = {child: node for node in ast.walk(module) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(module):
            text = _whole(node) if not isinstance(parents.get(node), ast.JoinedStr) else ""
            if not READS.search(text) or _NOT_READ.search(text) or text in known:
                continue
            if isinstance(parents[node], ast.Expr) or _caller(node, parents).startswith(
                _FOR_PROGRAMS
            ):
                continue
            yield f"{path.relative_to(PACKAGE).as_posix()}:{getattr(node, 'lineno', 0)}", text


def _whole(node: ast.AST) -> str:
    """Return the text of a constant or of an f-string, whose values are left out."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_whole(part) or "X" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _caller(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.Call):
            return ast.unparse(node.func)
    return ""


def in_templates() -> set[Sentence]:
    """Return all that the templates say by gettext."""
    extracted = extract_from_dir(TEMPLATES, [("**.html", "jinja2.ext:babel_extract")])
    return {
        (text[0], text[1]) if isinstance(text, tuple | list) else text
        for _, _, text, _, _ in extracted
    }


def catalogue(lang: str) -> Catalog:
    """Return the catalogue of a language, as a person keeps it."""
    with (FOLDER / f"{lang}.po").open("rb") as file:
        return read_po(file, locale=lang)


def write(made: Catalog, lang: str) -> None:
    """Write a catalogue, sorted, so that changes are small."""
    with (FOLDER / f"{lang}.po").open("wb") as file:
        write_po(file, made, width=100, sort_output=True)


def update(lang: str) -> int:
    """Add the sentences that a catalogue lacks, remove those nobody says; return how many wait."""
    used = in_code() | in_templates()
    kept = catalogue(lang)
    for message in list(kept):
        key = tuple(message.id) if isinstance(message.id, list | tuple) else message.id
        if message.id and not message.context and key not in used:
            kept.delete(message.id)
    for sentence in used:
        if (sentence if isinstance(sentence, str) else sentence[0]) not in kept:
            kept.add(sentence)
    write(kept, lang)
    return sum(1 for message in kept if message.id and not message.string)


if __name__ == "__main__":
    sys.exit(1 if sum([update("fr"), update("es")]) else 0)
