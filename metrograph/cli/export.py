"""A plan in, a file of what it says out: RDF, JSON-LD, spreadsheets, or a network for programs.

`add_commands` gets the function by which the command line adds one; `cli.py` has the rest.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pyoxigraph as ox

from metrograph.cli.terminal import opened, say, show_table
from metrograph.editing.forms import form, kinds, local, natural
from metrograph.errors import UsageError
from metrograph.exchange.jsonld import compacted
from metrograph.messages import word
from metrograph.network.network import classes
from metrograph.plan import Plan, value_of
from metrograph.query import library
from metrograph.query.sparql import PREFIXES
from metrograph.store import turtle
from metrograph.store.records import check_apart, replace_file
from metrograph.tables.table import LONGEST_CELL, Cell, Column, Entity, Table, workbook
from metrograph.vocabulary import MG, RDF, Graphs

if TYPE_CHECKING:
    import networkx as nx

    from metrograph.exchange.ledger import Written

Run = Callable[[argparse.Namespace], int]
Add = Callable[[str, Run, str, str], argparse.ArgumentParser]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
JOIN = " | "  # between the values of one cell
FORMS = ("ttl", "nq", "trig", "jsonld", "csv", "xlsx", "graphml", "gexf", "stratml", "iati")
_STANDARDS = ("stratml", "iati")  # narrower than the model: what is lost goes into a ledger
_BINARY = ("xlsx",)
_BOM = "\ufeff"  # by which Excel knows that a CSV file is UTF-8
_ROWS = 1_048_575  # of a sheet, below its headings: Excel's own limit
_LAST = 1_000  # where a column stands of which no form says it
_FIRST = {RDF.type: 0, RDF.label: 1, MG.citation: 3}  # CONTRIBUTING: the order within a record
_NESTED = {  # what stands within what it is about: a name, and the relation the other way round
    "claims": "onActivity",
    "codings": "codedActivity",
    "figures": "ofIndicator",
}
_INFERRED = ox.NamedNode(Graphs.inferred)


@dataclass(frozen=True)
class Choice:
    """What of a plan is exported, and how.

    `form` is one of `FORMS`; `inferred` adds what follows to what the files assert; `kinds` are
    local names of classes ("Activity"), none for all. Of CSV and XLSX, `long` gives a row a value
    instead of a row a record; of CSV, `packed` a zip with a file a kind.
    """

    form: str
    inferred: bool = False
    kinds: tuple[str, ...] = ()
    long: bool = False
    packed: bool = False


def export(plan: Plan, choice: Choice) -> bytes:
    """Return what a plan says in the form chosen; the same for the same plan (but for XLSX).

    Raises `UsageError` for what does not go together, or what Excel cannot hold.
    """
    said = quads(plan, choice)
    if choice.form in ("ttl", "trig", "nq"):
        return _rdf(plan, said, choice.form)
    if choice.form == "jsonld":
        return _json_ld(plan, {quad.triple for quad in said})
    if choice.form in ("csv", "xlsx"):
        return _spreadsheet(plan, said, choice)
    return _network(plan, said, choice)


def quads(plan: Plan, choice: Choice) -> list[ox.Quad]:
    """Return what the files assert, each in the graph of its file, and what was inferred, if asked.

    Literals are spelt as in the files: a store may spell a number otherwise.
    """
    kept = None if not choice.kinds else _records_of(plan, choice.kinds)
    found = _asserted(plan)
    if choice.inferred:
        found = [*found, *plan.built.store.quads_for_pattern(None, None, None, _INFERRED)]
    return [quad for quad in found if kept is None or _iri(quad.subject) in kept]


def _asserted(plan: Plan) -> list[ox.Quad]:
    folder, found = plan.built.folder, []
    for path, data in turtle.file_contents(folder, turtle.turtle_files(folder)):
        text = turtle.decode(data, path)
        file, triples = turtle.parsed(path.relative_to(folder).as_posix(), path, text)
        found += [ox.Quad(one.subject, one.predicate, one.object, file.graph) for one in triples]
    return found


def _records_of(plan: Plan, chosen: Sequence[str]) -> set[str]:
    return {iri for iri, kind in classes(plan.built.store).items() if local(kind) in chosen}


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


# ---------------------------------------------------------------- RDF


def _rdf(plan: Plan, said: Iterable[ox.Quad], kind: str) -> bytes:
    """Return quads in a fixed order, so that two exports can be compared line by line."""
    if kind == "nq":
        return "".join(sorted({f"{quad} .\n" for quad in said})).encode()
    place = _places(plan)
    if kind == "trig":
        quads_ = sorted(set(said), key=lambda quad: (_iri(quad.graph_name), *place(quad)))
        return _serialized(plan, quads_, ox.RdfFormat.TRIG)
    triples = sorted({quad.triple for quad in said}, key=place)
    return _serialized(plan, triples, ox.RdfFormat.TURTLE)


def _places(plan: Plan) -> Callable[[ox.Triple | ox.Quad], tuple[Any, ...]]:
    """Return what orders triples: by id, then as within a record of the plan's files."""
    known: dict[str, Any] = {}

    def place(of: ox.Triple | ox.Quad) -> tuple[Any, ...]:
        subject, predicate = _iri(of.subject), of.predicate.value
        if subject not in known:
            known[subject] = natural(plan.ids.short(subject))
        return known[subject], subject, _FIRST.get(predicate, 2), predicate, str(of.object)

    return place


def _serialized(
    plan: Plan, said: Sequence[ox.Triple] | Sequence[ox.Quad], kind: ox.RdfFormat
) -> bytes:
    """Return triples or quads with the prefixes that they use, and ids after the plan's base."""
    used = {_iri(term) for one in said for term in (one.subject, one.predicate, one.object)}
    used |= {one.object.datatype.value for one in said if isinstance(one.object, ox.Literal)}
    prefixes = {
        prefix: start
        for prefix, start in PREFIXES.items()
        if any(iri.startswith(start) for iri in used)
    }
    base = plan.ids.base if plan.ids.base.endswith("/") else None
    return ox.serialize(said, None, kind, prefixes=prefixes, base_iri=base) or b""


# ---------------------------------------------------------------- JSON-LD


def _json_ld(plan: Plan, triples: set[ox.Triple]) -> bytes:
    """Return triples as JSON-LD 1.1: short names, ids after `@base`, labels by language.

    Claims and codings stand within their activity and figures within their indicator; all else
    names the other by its id. By its context, the document says the same triples.
    """
    context, nodes = compacted(triples)
    base = plan.ids.base
    short = [_shortened(node, context, base) for node in nodes]
    named: dict[str, Any] = {"@version": 1.1, "@base": base, **context}
    top = _nested(short)
    for name, relation in _NESTED.items():
        if any(name in node for node in top):
            named[name] = {"@reverse": context[relation]["@id"], "@type": "@id"}
    document = {"@context": named, "@graph": top}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _shortened(node: Mapping[str, Any], context: Mapping[str, Any], base: str) -> dict[str, Any]:
    """Return a node whose ids, and those of what it names, are without the base."""

    def short(iri: str) -> str:
        found = iri.removeprefix(base)
        return found if found and urljoin(base, found) == iri else iri

    def value(of: Any, is_id: bool) -> Any:
        if isinstance(of, list):
            return [value(one, is_id) for one in of]
        if isinstance(of, dict):
            return {key: short(one) if key == "id" else one for key, one in of.items()}
        return short(of) if is_id and isinstance(of, str) else of

    def said(key: str, of: Any) -> Any:
        term = context.get(key)
        rules = term if isinstance(term, dict) else {}
        if rules.get("@container") == "@language":  # in which "id" is Indonesian
            return of
        return value(of, key == "id" or rules.get("@type") == "@id")

    return {key: said(key, of) for key, of in node.items()}


def _nested(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return nodes with those of `_NESTED` within the one that they are about, if it is there."""
    by_id = {node["id"]: node for node in nodes}
    within: dict[str, tuple[str, str]] = {}
    for node in nodes:
        for name, relation in _NESTED.items():
            about = node.get(relation)
            if isinstance(about, str) and about in by_id and not _NESTED.keys() & node.keys():
                within.setdefault(node["id"], (name, about))
    top = [node for node in nodes if node["id"] not in within]
    outside = {node["id"] for node in top}
    for id_, (name, about) in within.items():
        if about in outside:
            inner = {key: of for key, of in by_id[id_].items() if key != _NESTED[name]}
            by_id[about].setdefault(name, []).append(inner)
        else:  # what it is about is within a third: it stays by itself
            top.append(by_id[id_])
    return top


# ---------------------------------------------------------------- spreadsheets


def _spreadsheet(plan: Plan, said: list[ox.Quad], choice: Choice) -> bytes:
    if choice.long:
        sheets = [(word("everything", plan.lang), long_table(plan, said))]
    else:
        found = tables(plan, said)
        sheets = [(table.title, table) for table in found.values()]
    if choice.form == "xlsx":
        for name, table in sheets:
            _check_fits(name, table)
        return workbook(sheets)
    if choice.packed and not choice.long:
        return _zipped({name: _csv(found[kind]) for kind, name in _names(found).items()})
    if len(sheets) > 1:
        raise UsageError(
            "A CSV file holds one kind of records. Name one (--kind Activity), take a row a value "
            "(--long), or have a file a kind, in a .zip (-o plan.zip)."
        )
    return b"".join(_csv(table) for _, table in sheets)


def _csv(table: Table) -> bytes:
    return (_BOM + table.to_csv()).encode("utf-8")


def _names(found: Iterable[str]) -> dict[str, str]:
    """Return a name of a file for each kind (its IRI), whatever system unpacks them."""
    names: dict[str, str] = {}
    for kind in found:
        alike = [one for one in names if local(one).casefold() == local(kind).casefold()]
        number = f"-{len(alike) + 1}" if alike else ""
        names[kind] = f"{local(kind) or 'other'}{number}.csv"
    return names


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip, dated as ever, so that the same files give the same bytes."""
    import io  # noqa: PLC0415  only this form needs these
    import zipfile  # noqa: PLC0415

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _check_fits(name: str, table: Table) -> None:
    """Raise `UsageError` for a table that Excel would cut off."""
    if len(table) > _ROWS:
        raise UsageError(f"{name}: more rows than a sheet of Excel holds. Export as CSV.")
    for row in table.rows:
        for cell in row:
            texts = (cell.id, cell.label) if isinstance(cell, Entity) else (cell,)
            if any(isinstance(text, str) and len(text) > LONGEST_CELL for text in texts):
                raise UsageError(
                    f"{name}, {row[0]}: more text than a cell of Excel holds. Take a row a value "
                    "(--long), or export as CSV."
                )


@dataclass(frozen=True)
class _Key:
    """What a column holds: the values of a property, of one language, written or inferred."""

    predicate: str
    language: str
    inferred: bool


def tables(plan: Plan, said: Iterable[ox.Quad]) -> dict[str, Table]:
    """Return a table for each kind of record (its IRI): a row a record, a column a property.

    Several values of a property stand in one cell, with `JOIN` between them; texts have a column
    for each language; what is inferred has columns of its own. Things stand by label and by id.
    """
    kind_of = classes(plan.built.store)
    records: dict[str, dict[str, dict[_Key, list[Term]]]] = {}
    for quad in said:
        subject, predicate = _iri(quad.subject), quad.predicate.value
        kind = kind_of.get(subject, "")
        if not (predicate == RDF.type and _iri(quad.object) == kind):  # the table says it
            language = getattr(quad.object, "language", None) or ""
            key = _Key(predicate, language, quad.graph_name == _INFERRED)
            values = records.setdefault(kind, {}).setdefault(subject, {}).setdefault(key, [])
            if quad.object not in values:
                values.append(quad.object)
        else:
            records.setdefault(kind, {}).setdefault(subject, {})
    shown = _Shown(plan)
    ordered = sorted(records, key=lambda kind: (local(kind), kind))
    return {kind: _table(plan, kind, records[kind], shown) for kind in ordered}


class _Shown:
    """Labels and ids of a plan's things, each looked up once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[str, Entity] = {}

    def entity(self, iri: str) -> Entity:
        if iri not in self._known:
            self._known[iri] = Entity(self._plan.ids.short(iri), self._plan.label(iri))
        return self._known[iri]

    def cell(self, values: Sequence[Term]) -> Cell:
        """Return the values of a property as one cell."""
        if not values:
            return None
        if len(values) == 1 and isinstance(values[0], ox.Literal):
            return value_of(values[0])
        found = sorted(map(self._parts, values), key=lambda one: natural(one[0] or one[1]))
        if not any(isinstance(value, ox.NamedNode) for value in values):
            return JOIN.join(label for _, label in found)
        return Entity(JOIN.join(id_ for id_, _ in found), JOIN.join(text for _, text in found))

    def _parts(self, term: Term) -> tuple[str, str]:
        """Return the id of a thing, or none, and its label or text."""
        if isinstance(term, ox.NamedNode):
            entity = self.entity(term.value)
            return entity.id, entity.label
        return "", term.value if isinstance(term, ox.Literal) else str(term)


def _table(
    plan: Plan, kind: str, records: Mapping[str, Mapping[_Key, list[Term]]], shown: _Shown
) -> Table:
    keys = sorted({key for said in records.values() for key in said}, key=_order(plan, kind, shown))
    order = sorted(records, key=lambda iri: natural(plan.ids.short(iri)))
    rows = tuple(
        (shown.entity(iri), *(shown.cell(records[iri].get(key, ())) for key in keys))
        for iri in order
    )
    columns = [Column("id", word("record", plan.lang), True)]
    for at, key in enumerate(keys, start=1):
        is_entity = any(isinstance(row[at], Entity) for row in rows)
        columns.append(Column(_name(key), _heading(key, shown, plan.lang), is_entity))
    title = shown.entity(kind).label if kind else word("without_kind", plan.lang)
    return Table(title, tuple(columns), rows, lang=plan.lang)


def _order(plan: Plan, kind: str, shown: _Shown) -> Callable[[_Key], tuple[Any, ...]]:
    """Return what orders columns: what is written before what is inferred, as in forms."""
    name = local(kind)
    fields = form(plan, name).fields if name in kinds() else ()
    places = {field.path: at for at, field in enumerate(fields)}

    def place(key: _Key) -> tuple[Any, ...]:
        label = shown.entity(key.predicate).label
        at = places.get(key.predicate, -1 if key.predicate == RDF.label else _LAST)
        return key.inferred, at, label, key.predicate, key.language

    return place


def _name(key: _Key) -> str:
    parts = (local(key.predicate), key.language, "inferred" if key.inferred else "")
    return "_".join(part for part in parts if part)


def _heading(key: _Key, shown: _Shown, lang: str) -> str:
    told = [key.language, word("inferred", lang) if key.inferred else ""]
    after = ", ".join(one for one in told if one)
    label = shown.entity(key.predicate).label
    return f"{label} ({after})" if after else label


def long_table(plan: Plan, said: Iterable[ox.Quad]) -> Table:
    """Return one table of a row a value: of what, which property, which value, written or not."""
    shown, kind_of = _Shown(plan), classes(plan.built.store)
    place = _places(plan)
    names = ("record", "kind", "relation", "value", "language", "datatype", "origin")
    columns = tuple(Column(name, word(name, plan.lang), name in names[:4]) for name in names)
    origins = (word("written", plan.lang), word("inferred", plan.lang))
    facts = {(quad.triple, quad.graph_name == _INFERRED) for quad in said}
    rows = tuple(
        (
            shown.entity(_iri(triple.subject)),
            shown.entity(kind_of[iri]) if (iri := _iri(triple.subject)) in kind_of else None,
            shown.entity(triple.predicate.value),
            _one(triple.object, shown),
            *_typed(triple.object),
            origins[inferred],
        )
        for triple, inferred in sorted(facts, key=lambda one: (*place(one[0]), one[1]))
    )
    return Table(word("everything", plan.lang), columns, rows, lang=plan.lang)


def _one(term: Term, shown: _Shown) -> Cell:
    return shown.entity(term.value) if isinstance(term, ox.NamedNode) else shown.cell([term])


def _typed(term: Term) -> tuple[str | None, str | None]:
    """Return the language of a literal, or its datatype: one that is not just text."""
    if not isinstance(term, ox.Literal):
        return None, None
    if term.language:
        return term.language, None
    name = local(term.datatype.value)
    return None, None if name == "string" else name


# ---------------------------------------------------------------- networks


def _network(plan: Plan, said: Iterable[ox.Quad], choice: Choice) -> bytes:
    """Return the plan's network (things as nodes, relations as edges) for Gephi, yEd, igraph."""
    from metrograph.network import drawing  # noqa: PLC0415  networkx takes long to import

    graph: nx.MultiDiGraph = plan.network(choice.kinds or None)
    if not choice.inferred:
        written = {plan.ids.short(_iri(quad.subject)) for quad in said}
        graph.remove_nodes_from([node for node in graph if node not in written])
        edges = graph.edges(keys=True, data="inferred")
        graph.remove_edges_from([edge[:3] for edge in edges if edge[3]])
    text = drawing.graphml(graph) if choice.form == "graphml" else drawing.gexf(graph)
    return text.encode("utf-8")


# ---------------------------------------------------------------- the command


def add_commands(add: Add) -> None:
    """Add the command that exports a plan to the command line."""
    command = add(
        "export",
        _export,
        "Export the plan to a file: RDF, a spreadsheet, a network, StratML or IATI.",
        "metrograph export --to xlsx -o metropolis.xlsx --kind Activity Member",
    )
    command.add_argument(
        "--to", metavar="FORM",
        help=f"the format: {', '.join(FORMS)} (default: by the extension of FILE)",
    )  # fmt: skip
    command.add_argument(
        "-o", "--output", required=True, metavar="FILE",
        help="the file to write, or - for stdout; a .zip contains a CSV file for each kind",
    )  # fmt: skip
    command.add_argument(
        "--with-inferred", action="store_true",
        help="add inferred facts; nq, trig and spreadsheets mark them as inferred",
    )  # fmt: skip
    command.add_argument(
        "--kind", nargs="+", default=[], metavar="KIND",
        help="only records of these kinds, such as Activity Member",
    )  # fmt: skip
    command.add_argument(
        "--long", action="store_true",
        help="in a spreadsheet, one row for each value instead of one for each record",
    )  # fmt: skip
    command.add_argument(
        "--part", type=int, choices=(1, 2), default=2, metavar="1|2",
        help="part of StratML: 1 (goals and objectives) or 2 (with indicators and values, default)",
    )  # fmt: skip


def _export(options: argparse.Namespace) -> int:
    path = Path(options.output)
    kind = _form(options.to, options.output)
    packed = kind == "csv" and path.suffix.lower() == ".zip"
    _check(options, kind, packed)
    plan = opened(options)
    chosen = _kinds(plan, options.kind)
    choice = Choice(kind, options.with_inferred, chosen, options.long, packed)
    if kind in _STANDARDS:
        return _standard(plan, kind, path, options)
    data = export(plan, choice)
    if options.output == "-":
        sys.stdout.buffer.write(data.removeprefix(_BOM.encode()))
        sys.stdout.flush()
        return 0
    check_apart(path, plan.built.folder)
    replace_file(path, data)
    say(word("exported", options.lang).format(path))
    return 0


def _standard(plan: Plan, kind: str, path: Path, options: argparse.Namespace) -> int:
    """Write a plan by a standard, and beside it the ledger of what the standard cannot hold."""
    from metrograph.exchange import ledger  # noqa: PLC0415  as in `_written_by`

    if path.is_dir() or not path.name:
        raise UsageError(f"{path}: this is a folder. Give the name of a file in it.")
    lost = path.with_name(f"{path.name}.losses.csv")
    for one in (path, lost):
        check_apart(one, plan.built.folder)
    made = _written_by(plan, kind, options.part)
    show_table(ledger.summary(plan, made.lost), options)
    replace_file(path, made.data)
    replace_file(lost, ledger.written(plan, made.lost))
    say(word("exported", options.lang).format(path))
    say(word("ledger_written", options.lang).format(len(made.lost), lost))
    return 0


def _written_by(plan: Plan, kind: str, part: int) -> "Written":
    """Return the file of a standard."""
    if kind == "iati":
        from metrograph.exchange.iati import exporter as iati_exporter  # noqa: PLC0415  lxml takes long to import

        return iati_exporter.write(plan)
    from metrograph.exchange.stratml import exporter as stratml_exporter  # noqa: PLC0415  as above

    return stratml_exporter.write(plan, part)


def _check(options: argparse.Namespace, kind: str, packed: bool) -> None:
    """Raise `UsageError` for options that do not go together."""
    if kind in _STANDARDS:
        _check_standard(options, kind)
    elif options.format != "table":
        raise UsageError("--format is for tables that are shown: say --to and -o.")
    if options.long and kind not in ("csv", "xlsx"):
        raise UsageError("--long is for spreadsheets: --to csv or --to xlsx.")
    if options.long and packed:
        raise UsageError("--long makes one file, which needs no .zip: give it the ending .csv.")
    if options.output == "-" and kind in _BINARY:
        raise UsageError(f"{kind} is no text, so it cannot go to stdout. Give it a file: -o FILE.")


def _check_standard(options: argparse.Namespace, kind: str) -> None:
    """Raise `UsageError` for options that a standard does not take."""
    if options.output == "-":
        raise UsageError(
            f"{kind} comes with a ledger of what it cannot hold: give a file, -o FILE."
        )
    if options.with_inferred or options.kind:
        raise UsageError(
            f"{kind} takes what the files say of the whole plan: leave out --with-inferred and "
            "--kind."
        )


def _form(to: str | None, output: str) -> str:
    """Return the form that a person asks for, by its name or by the ending of the file."""
    ending = Path(output).suffix.lower().removeprefix(".")
    known = ", ".join(FORMS)
    if to is not None:
        if to.lower() not in FORMS:
            near = library.near(to, list(FORMS))
            raise UsageError(f"There is no form {to!r}.{near} Forms: {known}.")
        return to.lower()
    if output == "-":
        raise UsageError(f"Say what goes to stdout: --to, with one of {known}.")
    found = "csv" if ending == "zip" else ending
    if found not in FORMS:
        raise UsageError(
            f"{output}: a file that ends in {'.' + ending if ending else 'nothing'} tells no form. "
            f"Say one with --to: {known}."
        )
    return found


def _kinds(plan: Plan, typed: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds that a person typed, as the plan spells them."""
    known = {local(kind).casefold(): local(kind) for kind in classes(plan.built.store).values()}
    names = [name for word_ in typed for name in word_.split(",") if name]
    for name in names:
        if name.removeprefix("mg:").casefold() not in known:
            listed = sorted(known.values())
            raise UsageError(
                f"The plan has no records of the kind {name!r}.{library.near(name, listed)} "
                f"Kinds: {', '.join(listed)}."
            )
    return tuple(known[name.removeprefix("mg:").casefold()] for name in names)
