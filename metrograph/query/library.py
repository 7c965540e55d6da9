"""The query library: reads `.rq` files with headers as questions with typed parameters.

A header is the lines that begin with `#+ `; what follows is TOML: `title`, `question` and
`parameters` in three languages (CONTRIBUTING, "How a question is written").
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from metrograph import paths as resources
from metrograph import toml
from metrograph.errors import QueryError, Text, reason_of
from metrograph.ids import Ids
from metrograph.late import late
from metrograph.vocabulary import MG_NAMESPACE, XSD

if TYPE_CHECKING:
    import difflib

    from metrograph.store import datatypes
else:  # a mistake, and a parameter that is a number
    difflib, datatypes = late("difflib"), late("metrograph.store.datatypes")

_GAP_HEADER = b"\n#+ gap."
TYPES = ("id", "year", "integer", "text", "term")


@dataclass(frozen=True)
class Parameter:
    """One blank of a question: its type, whether it must be filled, and what people call it."""

    name: str
    type: str
    required: bool
    kind: str | None
    default: str | None
    example: str | None
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Gap:
    """What makes a question one of gaps: see CONTRIBUTING, "How a question is written".

    Each row's `thing` has a gap of this type, unless one of the questions `unless` lists it, too.
    Rows count where their columns have the values of `only`. `label` names one such gap. `apart`
    means: decided, not a gap.
    """

    order: int
    kind: str
    thing: str
    closing: Mapping[str, str]
    label: Mapping[str, str] = field(default_factory=dict)
    unless: tuple[str, ...] = ()
    only: Mapping[str, Any] = field(default_factory=dict)
    apart: bool = False


@dataclass(frozen=True)
class Query:
    """One question: name, title and wording in several languages, parameters, SPARQL text."""

    name: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str
    gap: Gap | None = None


def parse(name: str, text: str) -> Query:
    """Return the query that a file's text holds; a file without a header is a plain query.

    Raises `QueryError` if the header is not TOML or a parameter's type is unknown.
    """
    header = "\n".join(line[3:] for line in text.splitlines() if line.startswith("#+ "))
    values = toml.parsed(header, Text.of("{name}: the header (lines `#+ `)", name=name), QueryError)
    for key in ("title", "question", "parameters"):
        if not isinstance(values.get(key, {}), dict):
            raise QueryError(
                "{name}: {key} in the header must be a table (see CONTRIBUTING).",
                name=name,
                key=key,
            )
    parameters = tuple(
        _parameter(name, key, value) for key, value in values.get("parameters", {}).items()
    )
    return Query(
        name,
        values.get("title", {}),
        values.get("question", {}),
        parameters,
        text,
        _gap(name, values["gap"]) if "gap" in values else None,
    )


def _gap(name: str, values: Any) -> Gap:
    try:
        return Gap(**{**values, "unless": tuple(values.get("unless", ()))})
    except TypeError:
        raise QueryError(
            "{name}: the gap in the header is incomplete (see CONTRIBUTING).", name=name
        ) from None


def _parameter(query: str, name: str, values: Mapping[str, Any]) -> Parameter:
    if not re.fullmatch(r"[A-Za-z_]\w*", name) or not isinstance(values, dict):
        raise QueryError(
            "{query}: the parameter “{name}” must be described by a table.", query=query, name=name
        )
    if values.get("type") not in TYPES:
        raise QueryError(
            "{query}: the parameter {name} must have one of these types: {types}.",
            query=query,
            name=name,
            types=", ".join(TYPES),
        )
    return Parameter(
        name=name,
        type=values["type"],
        required=values.get("required", False),
        kind=values.get("kind"),
        default=values.get("default"),
        example=values.get("example"),
        labels={key: values[key] for key in ("en", "fr", "es") if key in values},
    )


def read(path: Path, name: str = "") -> Query:
    """Return the query of a file, named after it. Raises `QueryError` if it cannot be read."""
    try:
        return parse(name or path.stem, path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise QueryError(
            "{path}: cannot be read ({reason}).", path=path, reason=reason_of(error)
        ) from None
    except UnicodeDecodeError:
        raise QueryError("{path}: the file is not in UTF-8. Save it as UTF-8.", path=path) from None


def library(folder: Path = resources.QUERIES) -> list[Query]:
    """Return all questions of a folder, by name."""
    return [_known(path) for path in sorted(folder.glob("*.rq"))]


def of_gaps(folder: Path = resources.QUERIES) -> list[Query]:
    """Return the questions of a folder that define a type of gap; the others are not parsed."""
    paths = [path for path in sorted(folder.glob("*.rq")) if _GAP_HEADER in path.read_bytes()]
    return [query for query in map(_known, paths) if query.gap]


def _known(path: Path) -> Query:
    """Return the question of a file of the library, parsed once for a state of the file."""
    return _parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _parsed(path: Path, _changed: int) -> Query:
    return read(path)


@lru_cache(maxsize=8)
def _names(folder: Path, _changed: int) -> list[str]:
    """Return the names of a folder's questions, looked up once for a state of the folder."""
    return [path.stem for path in folder.glob("*.rq")]


def find(name: str, folder: Path = resources.QUERIES) -> Query:
    """Return the question of that name. Raises `QueryError` if there is none."""
    names = _names(folder, folder.stat().st_mtime_ns)
    if name in names:
        return _known(folder / f"{name}.rq")
    raise QueryError(
        "Unknown question: “{name}”.{near} To list all questions: metrograph queries",
        name=name,
        near=near(name, names),
    )


_NEAR = {
    1: " Did you mean {a}?",
    2: " Did you mean {a} or {b}?",
    3: " Did you mean {a}, {b} or {c}?",
}


def near(name: str, names: list[str], first: Iterable[str] = (), most: int = 3) -> Text | str:
    """Return " Did you mean ...?" with the nearest names, `first` before all, or nothing.

    >>> str(near("coverige", ["coverage", "members"]))
    ' Did you mean coverage?'
    """
    close = [*first, *difflib.get_close_matches(name, names, n=3, cutoff=0.6)]
    listed = list(dict.fromkeys(close))[:most]
    return Text.of(_NEAR[len(listed)], **dict(zip("abc", listed, strict=False))) if listed else ""


def bind(query: Query, texts: Mapping[str, str], ids: Ids) -> dict[str, ox.NamedNode | ox.Literal]:
    """Return the terms for a query's parameters, from what a person typed.

    Raises `QueryError` for a parameter that is missing, unknown, or not of its type.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in texts:
        if name not in known:
            listed = ", ".join(known) or Text("none")
            raise QueryError(
                "{name}: unknown parameter “{name2}”.{near} Its parameters: {listed}.",
                name=query.name,
                name2=name,
                near=near(name, list(known)),
                listed=listed,
            )
    terms: dict[str, ox.NamedNode | ox.Literal] = {}
    for name, parameter in known.items():
        value = texts.get(name, parameter.default)
        if value is not None:
            terms[name] = _bound(query.name, parameter, str(value), ids)
        elif parameter.required:
            example = Text.of(" Example: -p {name}={value}", name=name, value=parameter.example)
            raise QueryError(
                "{name}: the parameter {name2} is required.{example}",
                name=query.name,
                name2=name,
                example=example if parameter.example else "",
            )
    return terms


def _bound(query: str, parameter: Parameter, value: str, ids: Ids) -> ox.NamedNode | ox.Literal:
    if parameter.type == "text":
        return ox.Literal(value)
    if parameter.type == "year":
        if not (len(value) == 4 and value.isdecimal() and value.isascii()):
            raise QueryError(
                "{query}: {name} must be a four-digit year, not “{value}”.",
                query=query,
                name=parameter.name,
                value=value,
            )
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "gYear"))
    if parameter.type == "integer":
        if datatypes.problem(value, f"{XSD}integer"):
            raise QueryError(
                "{query}: {name} must be a whole number of at most 18 digits, not “{value}”.",
                query=query,
                name=parameter.name,
                value=value[:40],
            )
        return ox.Literal(int(value))
    iri = MG_NAMESPACE + value.removeprefix("mg:") if parameter.type == "term" else ids.iri(value)
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise QueryError(
            "{query}: {name} must be an ID such as {example}, not “{value}”.",
            query=query,
            name=parameter.name,
            example=parameter.example or "line/1",
            value=value,
        ) from None


@cache
def headings(folder: Path = resources.QUERIES) -> Mapping[str, Mapping[str, str]]:
    """Return the heading of each column name, in each language."""
    text = (folder / "columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
