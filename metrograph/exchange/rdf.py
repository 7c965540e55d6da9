"""Imports an RDF file as a new plan folder with the same triples.

What `export` writes as N-Quads or TriG names the file of each triple, so the files come back as
they were; any other RDF becomes one file.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pyoxigraph as ox

from metrograph.errors import InputError, Text
from metrograph.exchange.asserted import iri_of
from metrograph.ids import base_of
from metrograph.reading.notices import Read
from metrograph.store import syntax
from metrograph.store.new_plan import Draft
from metrograph.store.tokens import blanked
from metrograph.store.turtle import decode, read_bytes
from metrograph.vocabulary import MG, PREFIXES, RDF, Graphs

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_ONE_FILE = "plan.ttl"


def read(path: Path, base: str | None = None) -> Read:
    """Return the plan that a file of RDF holds; `base` is what its ids follow, if not its own.

    What was inferred is left out: it follows again. Raises `InputError` for what is no RDF, or
    holds no plan or blank nodes, which have no id by which a person could name them.
    """
    quads = _parsed(path)
    files: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in quads:
        if quad.graph_name != ox.NamedNode(Graphs.inferred):
            files[_file(quad.graph_name)].add(quad.triple)
    plan = _plan(path, (triple for of in files.values() for triple in of))
    chosen = base or base_of(plan, None)
    texts = {name: _turtle(triples, chosen) for name, triples in sorted(files.items())}
    return Read(Draft(chosen, {}, texts), ())


def _parsed(path: Path) -> list[ox.Quad]:
    form = FORMATS[path.suffix.lower()]
    text = decode(read_bytes(path), path)
    _check(path, text, form)
    try:
        return list(ox.parse(text, format=form, base_iri=None))
    except SyntaxError as error:
        at = f":{error.lineno}" if error.lineno else ""
        if form == ox.RdfFormat.TURTLE:
            why = syntax.explained(str(error.msg), blanked(text))
        else:
            why = Text.of(
                "not valid {form}: {expected}. Export the file again.",
                form=form.name,
                expected=str(error.msg)[:200],
            )
        raise InputError("{path}{at}: {why}", path=path, at=at, why=why) from None
    except (ValueError, MemoryError) as error:
        raise InputError(
            "{path}: cannot be read as RDF ({error}). Export it again.", path=path, error=error
        ) from None


def _check(path: Path, text: str, form: ox.RdfFormat) -> None:
    """Raise `InputError` for what is not of the form, or would be parsed without end."""
    if form == ox.RdfFormat.JSON_LD:
        syntax.refuse_deep_json(text, str(path))
        return
    if form == ox.RdfFormat.TURTLE:
        syntax.refuse_other(text, str(path))
    if any(mark in text for mark in syntax.NEWER[: None if form == ox.RdfFormat.TURTLE else 1]):
        syntax.refuse_newer(blanked(text), str(path))


def _file(graph: object) -> str:
    """Return the name of the file that a graph stands for, if it is a name within a folder."""
    iri = graph.value if isinstance(graph, ox.NamedNode) else ""
    name = PurePosixPath(unquote(iri.removeprefix(Graphs.files)))
    is_ours = iri.startswith(Graphs.files) and name.suffix == ".ttl"
    is_within = not name.is_absolute() and not any(part.startswith(".") for part in name.parts)
    is_plain = str(name).isprintable() and "\\" not in str(name)
    return str(name) if is_ours and is_within and is_plain else _ONE_FILE


def _plan(path: Path, triples: Iterable[ox.Triple]) -> str:
    """Return the IRI of the plan, or raise `InputError`."""
    plans = set()
    for triple in triples:
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            raise InputError(
                "{path}: the graph contains blank nodes, which cannot be cited. Give each of "
                "them an IRI.",
                path=path,
            )
        if triple.predicate.value == RDF.type and triple.object == ox.NamedNode(MG.StrategicPlan):
            plans.add(iri_of(triple.subject))
    if not plans:
        raise InputError(
            "{path}: the graph contains no mg:StrategicPlan, so it is not a metrograph plan.",
            path=path,
        )
    return min(plans)


def _turtle(triples: set[ox.Triple], base: str) -> str:
    ordered = sorted(triples, key=str)
    data = ox.serialize(ordered, None, ox.RdfFormat.TURTLE, prefixes=PREFIXES, base_iri=base)
    return (data or b"").decode()
