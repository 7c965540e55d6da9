"""Runs a read-only SPARQL query on a store, and returns its rows or a readable error."""

import contextlib
import queue
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from metrograph.errors import CacheError, LimitError, QueryError, RefusedError, Text
from metrograph.late import late
from metrograph.query.limits import DEFAULT_LIMITS, Limits
from metrograph.store.engine import Answer, Engine, in_memory
from metrograph.store.tokens import SPARQL_IRI, blanked

if TYPE_CHECKING:
    from metrograph.query import binding
else:
    binding = late("metrograph.query.binding")  # only questions with values need it

_LONGEST = 20_000  # characters; Oxigraph's parser calls itself at every bracket and operator,
STACK = 512 * 2**20  # bytes; and the end of the stack would end the process
_VARIABLE = re.compile(r"[?$]\w+")
_DAMAGED = re.compile("Corruption|IO error")
_ORDER = re.compile(r"\nORDER BY[^{}\n]*\n?\Z")  # on the last line
_GAP = r"(?:\s|#[^\r\n]*)*"
# Looked for in the text as it stands, strings and comments and all: to leave those out would need
# Oxigraph's own tokeniser, and what this misses would leave the machine. Oxigraph's patterns take
# linear time on any text, as Python's would not for this one.
_SERVICE = rf"SERVICE{_GAP}(?:SILENT{_GAP})?(?:<[^>]*>|[^\s<>{{}}]+){_GAP}\{{"
_BEFORE_SERVICE = """SELECT ?before WHERE {
  FILTER(REGEX(?text, ?service, "i")) BIND(REPLACE(?text, ?whole, "$1", "is") AS ?before)
}"""
_UPDATE = re.compile(
    r"(?<![\w?$:])(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)(?![\w:])", re.IGNORECASE
)


@dataclass(frozen=True)
class Rows:
    """What a query answers: the names of its columns and rows of terms (None where unbound)."""

    names: tuple[str, ...]
    rows: tuple[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | None, ...], ...]


def unordered(text: str) -> str:
    """Return a query of the library without the order of its rows, which takes long to make."""
    return _ORDER.sub("\n", text)


def run(
    engine: Engine,
    text: str,
    parameters: Mapping[str, ox.NamedNode | ox.Literal | None],
    name: str,
    limits: Limits = DEFAULT_LIMITS,
) -> Rows:
    """Run a query and return its rows; an ASK gives one row, a CONSTRUCT rows of triples.

    `name` is what error messages call the query (a file, say). Raises `QueryError` for a syntax
    error, an update, a SERVICE call (it would leave this machine), a parameter that the query
    gives a value itself, or a query past its limits. Oxigraph cannot be interrupted: a query past
    its time goes on in a thread of its own until it or the process ends.
    """
    answers: queue.SimpleQueue[Rows | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(_run(engine, text, parameters, name, limits.rows))
        except Exception as error:  # whatever it is, the caller's thread raises it
            error.__context__ = None  # it holds rows, which may not leave this thread
            answers.put(error.with_traceback(None))

    before = threading.stack_size(STACK)
    try:
        threading.Thread(target=work, daemon=True).start()
    finally:
        threading.stack_size(before)
    try:
        answer = answers.get(timeout=limits.seconds)
    except queue.Empty:
        raise LimitError(
            "{name}: the query took longer than {seconds:g} seconds and was stopped. Ask "
            "for less, or allow more time (--timeout).",
            name=name,
            seconds=limits.seconds,
        ) from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _run(
    engine: Engine,
    text: str,
    parameters: Mapping[str, ox.NamedNode | ox.Literal | None],
    name: str,
    most: int,
) -> Rows:
    check(text, name)
    with explained(text, name):
        rows = _rows(_answer(engine, text, parameters, name), most + 1)
    if len(rows.rows) > most:
        raise LimitError(
            "{name}: the answer has more than {most} rows. Ask for less, or allow more (--limit).",
            name=name,
            most=most,
        )
    return rows


def _answer(
    engine: Engine, text: str, parameters: Mapping[str, ox.NamedNode | ox.Literal | None], name: str
) -> Answer:
    """Return the answer of a query; a syntax error is where it is without values in the text."""
    asked = binding.bound(text, parameters, name) if any(parameters.values()) else text
    try:
        return engine.query(asked)
    except SyntaxError:
        if asked != text:
            engine.query(text)
        raise


def check(text: str, name: str) -> None:
    """Raise `QueryError` for a query that must not reach Oxigraph: too long, or with SERVICE."""
    if len(text) > _LONGEST:
        raise QueryError(
            "{name}: the query is longer than {longest} characters. Shorten it.",
            name=name,
            longest=_LONGEST,
        )
    without_variables = _VARIABLE.sub(lambda match: "?" + "_" * (len(match[0]) - 1), text)
    before = _before_service(without_variables)
    if before is not None:
        raise RefusedError(
            "{name}:{line}: SERVICE is not allowed: queries do not leave this machine.",
            name=name,
            line=_line(text, len(before)),
        )


def _before_service(text: str) -> str | None:
    """Return the text before the first part that could be a SERVICE call, or nothing."""
    if "service" not in text.lower():
        return None
    plain = text.encode(errors="replace").decode()  # half of a sign that takes two is no text
    values = {"text": plain, "service": _SERVICE, "whole": f"^(.*?){_SERVICE}.*$"}
    terms = {key: ox.Literal(value) for key, value in values.items()}
    before = [row["before"] for row in in_memory().select(binding.bound(_BEFORE_SERVICE, terms))]
    return before[0].value if before and isinstance(before[0], ox.Literal) else None


@contextlib.contextmanager
def explained(text: str, name: str) -> Iterator[None]:
    """Run Oxigraph inside this, and what it raises for a query becomes a sentence.

    Raises `RefusedError` for an update, `QueryError` with line and column for a syntax error,
    `CacheError` for a damaged store.
    """
    try:
        yield
    except SyntaxError as error:
        bare = blanked(text, SPARQL_IRI)
        if update := _UPDATE.search(bare):
            raise RefusedError(
                "{name}:{line}: this is an update ({found}), but queries can only read. To "
                "change the plan, edit its files.",
                name=name,
                line=_line(bare, update.start()),
                found=update[1].upper(),
            ) from None
        raise QueryError(_syntax_message(name, str(error.args[0]))) from None
    except (RuntimeError, OSError) as error:
        # RocksDB's words, met when a block is first read; its files are named
        if isinstance(error, OSError) or _DAMAGED.search(str(error)):
            raise CacheError(
                "The built store cannot be read ({error}).", error=str(error)[:100]
            ) from None
        raise QueryError(
            "{name}: the query cannot be run: {error}", name=name, error=error
        ) from None


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _syntax_message(name: str, detail: str) -> Text:
    match = re.match(r"error at (\d+):(\d+): (.*)", detail, re.DOTALL)
    if not match:
        return Text.of(
            "{name}: syntax error in the query: {detail}", name=name, detail=detail[:300]
        )
    line, column, expected = match.groups()
    short = " ".join(expected.split())
    if len(short) > 160:
        short = short[:160].rsplit(",", 1)[0] + ", …"
    place = f"{name}:{line}:{column}"
    return Text.of("{name}: syntax error in the query: {detail}", name=place, detail=short)


def _rows(answer: object, most: int) -> Rows:
    if isinstance(answer, ox.QuerySolutions):
        names = tuple(variable.value for variable in answer.variables)
        solutions = (tuple(_term(value) for value in row) for row in answer)
        return Rows(names, tuple(islice(solutions, most)))
    if isinstance(answer, ox.QueryTriples):
        triples = sorted(islice(answer, most), key=str)
        return Rows(("subject", "predicate", "object"), tuple(tuple(_triple(t)) for t in triples))
    return Rows(("answer",), ((ox.Literal(bool(answer)),),))


def _triple(triple: ox.Triple) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Literal | None]:
    return (_term(part) for part in triple)


def _term(value: object) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
    if isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal):
        return value
    return None if value is None else ox.Literal(str(value))
