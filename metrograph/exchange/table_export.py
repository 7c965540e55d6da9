"""Exports the records of a plan as tables: CSV or a workbook."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from metrograph.editing.choices import natural
from metrograph.editing.forms import form, kinds
from metrograph.editing.shapes import local
from metrograph.errors import UsageError
from metrograph.exchange.asserted import INFERRED, Choice, iri_of
from metrograph.exchange.rdf_export import places
from metrograph.messages import word
from metrograph.network.network import classes
from metrograph.plan import Plan
from metrograph.query.asking import value_of
from metrograph.tables.table import Cell, Column, Entity, Table
from metrograph.tables.xlsx import LONGEST_CELL, workbook
from metrograph.vocabulary import RDF

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
JOIN = " | "  # between the values of one cell
BOM = "\ufeff"  # by which Excel knows that a CSV file is UTF-8
_ROWS = 1_048_575  # of a sheet, below its headings: Excel's own limit
_LAST = 1_000  # where a column stands of which no form says it


def spreadsheet(plan: Plan, asserted: list[ox.Quad], choice: Choice) -> bytes:
    """Return the records of a plan as a workbook, a CSV file, or a zip of several."""
    if choice.long:
        sheets = [(word("everything", plan.lang), long_table(plan, asserted))]
    else:
        by_kind = tables(plan, asserted)
        sheets = [(table.title, table) for table in by_kind.values()]
    if choice.form == "xlsx":
        for name, table in sheets:
            _check_fits(name, table)
        return workbook(sheets)
    if choice.packed and not choice.long:
        return _zipped({name: _csv(by_kind[kind]) for kind, name in _names(by_kind).items()})
    if len(sheets) > 1:
        raise UsageError(
            "A CSV file holds only one kind of record. Choose a kind (--kind Activity), "
            "write one value per row (--long), or write one file per kind in a .zip (-o "
            "plan.zip)."
        )
    return b"".join(_csv(table) for _, table in sheets)


def _csv(table: Table) -> bytes:
    return (BOM + table.to_csv()).encode("utf-8")


def _names(chosen: Iterable[str]) -> dict[str, str]:
    """Return a name of a file for each kind (its IRI), whatever system unpacks them."""
    names: dict[str, str] = {}
    for kind in chosen:
        alike = [other for other in names if local(other).casefold() == local(kind).casefold()]
        number = f"-{len(alike) + 1}" if alike else ""
        names[kind] = f"{local(kind) or 'other'}{number}.csv"
    return names


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip, dated as ever, so that the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _check_fits(name: str, table: Table) -> None:
    """Raise `UsageError` for a table that Excel would cut off."""
    if len(table) > _ROWS:
        raise UsageError("{name}: too many rows for an Excel sheet. Export as CSV.", name=name)
    for row in table.rows:
        for cell in row:
            texts = (cell.id, cell.label) if isinstance(cell, Entity) else (cell,)
            if any(isinstance(text, str) and len(text) > LONGEST_CELL for text in texts):
                raise UsageError(
                    "{name}, {row}: the text is too long for an Excel cell. Write one value per "
                    "row (--long), or export as CSV.",
                    name=name,
                    row=row[0],
                )


@dataclass(frozen=True)
class _Key:
    """What a column holds: the values of a property, of one language, written or inferred."""

    predicate: str
    language: str
    inferred: bool


def tables(plan: Plan, asserted: Iterable[ox.Quad]) -> dict[str, Table]:
    """Return a table for each kind of record (its IRI): a row a record, a column a property.

    Several values of a property stand in one cell, with `JOIN` between them; texts have a column
    for each language; what is inferred has columns of its own. Records stand by label and by id.
    """
    kind_of = classes(plan.built.engine)
    records: dict[str, dict[str, dict[_Key, list[Term]]]] = {}
    for quad in asserted:
        subject, predicate = iri_of(quad.subject), quad.predicate.value
        kind = kind_of.get(subject, "")
        if not (predicate == RDF.type and iri_of(quad.object) == kind):  # the table says it
            language = getattr(quad.object, "language", None) or ""
            key = _Key(predicate, language, quad.graph_name == INFERRED)
            values = records.setdefault(kind, {}).setdefault(subject, {}).setdefault(key, [])
            if quad.object not in values:
                values.append(quad.object)
        else:
            records.setdefault(kind, {}).setdefault(subject, {})
    shown = _Shown(plan)
    ordered = sorted(records, key=lambda kind: (local(kind), kind))
    return {kind: _table(plan, kind, records[kind], shown) for kind in ordered}


class _Shown:
    """Labels and ids of a plan's records, each looked up once."""

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
        parts = sorted(map(self._parts, values), key=lambda part: natural(part[0] or part[1]))
        if not any(isinstance(value, ox.NamedNode) for value in values):
            return JOIN.join(label for _, label in parts)
        return Entity(JOIN.join(id_ for id_, _ in parts), JOIN.join(text for _, text in parts))

    def _parts(self, term: Term) -> tuple[str, str]:
        """Return the id of a record, or none, and its label or text."""
        if isinstance(term, ox.NamedNode):
            entity = self.entity(term.value)
            return entity.id, entity.label
        return "", term.value if isinstance(term, ox.Literal) else str(term)


def _table(
    plan: Plan, kind: str, records: Mapping[str, Mapping[_Key, list[Term]]], shown: _Shown
) -> Table:
    keys = sorted(
        {key for values in records.values() for key in values}, key=_order(plan, kind, shown)
    )
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
    details = [key.language, word("inferred", lang) if key.inferred else ""]
    after = ", ".join(detail for detail in details if detail)
    label = shown.entity(key.predicate).label
    return f"{label} ({after})" if after else label


def long_table(plan: Plan, asserted: Iterable[ox.Quad]) -> Table:
    """Return one table of a row a value: of what, which property, which value, written or not."""
    shown, kind_of = _Shown(plan), classes(plan.built.engine)
    place = places(plan)
    names = ("record", "kind", "relation", "value", "language", "datatype", "origin")
    columns = tuple(Column(name, word(name, plan.lang), name in names[:4]) for name in names)
    origins = (word("written", plan.lang), word("inferred", plan.lang))
    facts = {(quad.triple, quad.graph_name == INFERRED) for quad in asserted}
    rows = tuple(
        (
            shown.entity(iri_of(triple.subject)),
            shown.entity(kind_of[iri]) if (iri := iri_of(triple.subject)) in kind_of else None,
            shown.entity(triple.predicate.value),
            _show_term(triple.object, shown),
            *_typed(triple.object),
            origins[inferred],
        )
        for triple, inferred in sorted(facts, key=lambda fact: (*place(fact[0]), fact[1]))
    )
    return Table(word("everything", plan.lang), columns, rows, lang=plan.lang)


def _show_term(term: Term, shown: _Shown) -> Cell:
    return shown.entity(term.value) if isinstance(term, ox.NamedNode) else shown.cell([term])


def _typed(term: Term) -> tuple[str | None, str | None]:
    """Return the language of a literal, or its datatype: one that is not just text."""
    if not isinstance(term, ox.Literal):
        return None, None
    if term.language:
        return term.language, None
    name = local(term.datatype.value)
    return None, None if name == "string" else name
