"""Runs a query on a store and writes the answer in a media type, within limits."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import pyoxigraph as ox

from metrograph.errors import LimitError
from metrograph.query.sparql import check, explained
from metrograph.store.engine import Engine
from metrograph.vocabulary import PREFIXES

NAME = "query"  # what messages call it
_LARGEST = 100 * 2**20  # bytes of an answer, which is held in memory
Kind = Literal["rows", "triples"]


@dataclass(frozen=True)
class Question:
    """A query, the graphs it is asked of, and the media types that its answer may take.

    `rows` is for SELECT and ASK, `triples` for CONSTRUCT and DESCRIBE; None where the asker takes
    none. Graphs are IRIs; None for both means the whole store.
    """

    text: str
    rows: str | None
    triples: str | None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Answer:
    """The answer of a query: its kind and, unless no media type fits the kind, its bytes."""

    kind: Kind
    body: bytes | None


def answer(engine: Engine, question: Question, most: int) -> Answer:
    """Return what an engine answers: in the media type that fits, with at most so many rows.

    Raises `RefusedError`, `LimitError` or `QueryError` as `sparql.run` does.
    """
    check(question.text, NAME)
    with explained(question.text, NAME):
        solutions = engine.query(
            question.text, _nodes(question.default_graphs), _nodes(question.named_graphs)
        )
        if isinstance(solutions, ox.QueryTriples):
            return Answer("triples", _triples(solutions, question.triples, most))
        return Answer("rows", _rows(solutions, question.rows, most))


def _nodes(graphs: Iterable[str] | None) -> list[ox.NamedNode] | None:
    return None if graphs is None else [ox.NamedNode(graph) for graph in graphs]


def _rows(
    solutions: ox.QuerySolutions | ox.QueryBoolean, media_type: str | None, most: int
) -> bytes | None:
    if media_type is None:
        return None
    form = ox.QueryResultsFormat.from_media_type(media_type)
    if isinstance(solutions, ox.QueryBoolean):
        return solutions.serialize(format=form)
    # A row is a line in TSV, and in no other form: as TSV the rows are counted while they come,
    # and a query with too many of them is given up before it has made them all.
    lines = _Buffer(most)
    solutions.serialize(lines, format=ox.QueryResultsFormat.TSV)
    if form == ox.QueryResultsFormat.TSV:
        return lines.getvalue()
    out = _Buffer()
    ox.parse_query_results(lines.getvalue(), format=ox.QueryResultsFormat.TSV).serialize(
        out, format=form
    )
    return out.getvalue()


def _triples(solutions: ox.QueryTriples, media_type: str | None, most: int) -> bytes | None:
    if media_type is None:
        return None
    triples = list(islice(solutions, most + 1))
    if len(triples) > most:
        raise _too_many(most)
    out = _Buffer()
    form = ox.RdfFormat.from_media_type(media_type)
    ox.serialize(sorted(set(triples), key=str), out, form, prefixes=PREFIXES)
    return out.getvalue()


def _too_many(rows: int) -> LimitError:
    return LimitError(
        "{name}: the answer has more than {rows} rows, which is the maximum. Ask for "
        "less, or for a part of it with LIMIT and OFFSET.",
        name=NAME,
        rows=rows,
    )


class _Buffer(io.BytesIO):
    """Bytes in memory, but neither more rows (lines after the first) nor bytes than allowed."""

    def __init__(self, rows: int | None = None) -> None:
        super().__init__()
        self._most = rows
        self._lines = 0

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # all that Oxigraph gives
        """Take what fits, or raise `LimitError`."""
        data = bytes(data)
        self._lines += data.count(b"\n")
        if self._most is not None and self._lines > self._most + 1:
            raise _too_many(self._most)
        if self.tell() + len(data) > _LARGEST:
            raise LimitError(
                "{name}: the answer is larger than {largest} MB. Ask for less.",
                name=NAME,
                largest=_LARGEST // 2**20,
            )
        return super().write(data)
