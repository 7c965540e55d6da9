"""Work grows with what is read, not with its square: steps are counted, and inputs doubled."""

import csv
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import SH, URIRef

from metrograph import paths
from metrograph.reading.any_table import reader
from metrograph.store.validation import read_shapes
from metrograph.vocabulary import MG, MG_NAMESPACE
from tests.conftest import IS_LONG

_HERE = "https://example.org/"
_COUNTED = "urn:x:counted"
_CODE = str(Path(reader.__file__).parent.parent)
TraceFunction = Callable[[FrameType, str, Any], Any]


def _figures(subjects: int) -> ox.Store:
    """Return figures of one indicator: three of each subject for a year, that differ."""
    store = ox.Store()
    for subject in range(subjects):
        for value in range(3):
            figure = ox.NamedNode(f"{_HERE}{subject}/{value}")
            for predicate, term in (
                (MG.ofIndicator, ox.NamedNode(f"{_HERE}trees")),
                (MG.subject, ox.NamedNode(f"{_HERE}{subject}")),
                (MG.year, ox.Literal("2024")),
                (MG.value, ox.Literal(value)),
            ):
                store.add(ox.Quad(figure, ox.NamedNode(predicate), term))
    return store


def _compared(store: ox.Store) -> tuple[int, int]:
    """Return how many figures the shape of differing ones selects, and how often it compares."""
    shapes = read_shapes(paths.ONTOLOGY / "shapes.ttl")
    target = URIRef("https://w3id.org/metrograph/shapes#figures-differ-unmarked-target")
    query = str(shapes.value(target, SH.select))
    calls = 0

    def counted(*parts: object) -> ox.Literal:
        nonlocal calls
        calls += 1
        return ox.Literal("".join(str(getattr(part, "value", part)) for part in parts))

    assert "CONCAT(" in query
    rows = store.query(
        query.replace("CONCAT(", f"<{_COUNTED}>("),
        prefixes={"mg": MG_NAMESPACE},
        custom_functions={ox.NamedNode(_COUNTED): counted},
    )
    assert isinstance(rows, ox.QuerySolutions)
    return len(list(rows)), calls


def test_figures_of_one_indicator_are_compared_once_each() -> None:
    """What a figure is about is worked out twice for each: to group it, and to find its group."""
    assert _compared(_figures(20)) == (60, 120)
    assert _compared(_figures(40)) == (120, 240)


# ---------------------------------------------------------------- tables


def _table(rows: int, columns: int, heading: str, cell: Callable[[int, int], object]) -> str:
    """Return a table of goals and actions with more columns of one kind."""
    heads = ["Goal", "Action", *(f"{heading} {column}" for column in range(columns))]
    body = [
        [f"Goal {row // 4}", f"Action named {row}", *(cell(row, at) for at in range(columns))]
        for row in range(rows)
    ]
    out = io.StringIO()
    csv.writer(out).writerows([heads, *body])
    return out.getvalue()


def _steps(text: str, path: Path) -> int:
    """Return how many lines of code are run to read a table into a plan: loops count each time."""
    path.write_text(text, encoding="utf-8")
    steps = 0

    def count(frame: FrameType, event: str, _: object) -> TraceFunction | None:
        nonlocal steps
        if (
            not frame.f_code.co_filename.startswith(_CODE)
            and frame.f_code.co_filename != "<string>"
        ):
            return None
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        reader.read(path, "https://example.org/plan/", "en")
    finally:
        sys.settrace(before)
    return steps


def _grows_linearly(texts: Sequence[str], path: Path) -> bool:
    """Tell whether the second doubling of a table adds at most twice what the first one adds."""
    reader.read(_written(path, texts[0]), "https://example.org/plan/", "en")  # fills the caches
    first, second, third = (_steps(text, path) for text in texts)
    return third - second < 2.2 * (second - first)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


_CELLS: dict[str, tuple[str, Callable[[int, int], object]]] = {
    "texts": ("Remark", lambda row, column: f"word {(row * 7 + column) % 5}"),
    "figures": ("Value", lambda row, column: row * 3 + column),
    "targets": ("Target 2024", lambda row, column: row + column),
    "days": ("Date", lambda row, column: f"2024-03-{row + column % 9 + 1:02}"),
    "levels": ("Programme", lambda row, column: f"P{column} {row // (1 + column % 5)}"),
    "descriptions": ("Description", lambda row, column: f"What {row} is about in {column}"),
    "units": ("Unit of", lambda row, column: f"u{column % (row + 1)}"),
    "codes": ("Code", lambda row, column: f"A{row // 2}-{column}"),
    "outlines": ("No", lambda row, column: f"{row // 3 + 1 + column}.{row % 3 + 1}"),
    "owners": ("Owner", lambda row, column: f"Office {row % 3}; Office {column}"),
    "one cell far out": ("Value", lambda row, column: "Office" if (row, column) == (4, 29) else ""),
}


@pytest.mark.parametrize("kind", _CELLS if IS_LONG else ("figures", "levels", "units"))
def test_wide_tables_take_steps_in_line_with_their_columns(kind: str, tmp_path: Path) -> None:
    heading, cell = _CELLS[kind]
    texts = [_table(12, columns, heading, cell) for columns in (30, 60, 120)]
    assert _grows_linearly(texts, tmp_path / "wide.csv")


_LONG = ("same element", "same name", "staircase", "other elements")


@pytest.mark.parametrize("kind", _LONG if IS_LONG else ("same name", "staircase"))
def test_long_tables_take_steps_in_line_with_their_rows(kind: str, tmp_path: Path) -> None:
    def line(row: int) -> str:
        if kind == "same element":
            return f"Goal,Plant trees,Trees planted,{row},About {row}"
        if kind == "same name":  # no ASCII letter: all get one key
            return f"Goal,Action {row},Trees planted,{row},\N{CJK UNIFIED IDEOGRAPH-6797}{row}"
        if kind == "staircase":
            return f'Goal,"{" " * min(row, 30)}Action {row}",Trees,{row},x'
        return f"Goal {row // 9},Action {row},Trees planted,{row},About {row}"

    head = "Goal,Action,Indicator,Actual 2024,Owner"
    texts = ["\n".join([head, *map(line, range(rows))]) for rows in (100, 200, 400)]
    assert _grows_linearly(texts, tmp_path / "long.csv")
