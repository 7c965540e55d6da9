"""Resolves names against the rows of the same sheets, in whatever order sheets and rows stand.

An activity, its codings and its claims can so come from one workbook: the id that a new row will
have is known before any row is read as a record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import pyoxigraph as ox

from metrograph.editing.companions import completed
from metrograph.editing.countries import countries_called
from metrograph.editing.elsewhere import another_kind, meant
from metrograph.editing.facts import entered
from metrograph.editing.forms import Field
from metrograph.editing.placement import NEW, Now, natural_id
from metrograph.exchange.workbook.accompanying import learn
from metrograph.exchange.workbook.cells import picks
from metrograph.exchange.workbook.changes import place_of
from metrograph.exchange.workbook.citing import cited
from metrograph.exchange.workbook.faults import Fault
from metrograph.exchange.workbook.forms import form_of
from metrograph.exchange.workbook.headings import key_of
from metrograph.exchange.workbook.matching import is_there, known_again
from metrograph.exchange.workbook.namesakes import are_several, may_share_names, own_id
from metrograph.exchange.workbook.rows import Entry
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.reading.notices import READ, Remark
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF

_NAMING = {
    "label",
    "year",
    "broader",
    "notation",
    "position",
    "partOf",
    "level",
    "inScheme",
    "ofPlan",
}  # what ids, and the numbers in them, are made from


@dataclass(frozen=True)
class Row:
    """A row that names a record: its id, its kind's class, and its place."""

    id: str
    type: str
    place: str


@dataclass
class Names:
    """The records that rows name, by name, and their ids (`new`: the new ones), with their rows."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def resolved(plan: Plan, now: Now, entries: Sequence[Entry]) -> tuple[list[Entry], Names]:
    """Return entries with the names of other rows as ids, and what the rows name.

    A name that may mean several records, or a row of another kind, is a fault of the entry. `now`
    learns which ids are going to be there.
    """
    names = Names()
    known = dict(enumerate(entries))
    pending = [at for at, entry in known.items() if _labels(entry)]
    while pending:
        left = []
        for at in pending:
            registered = _registered(plan, now, known[at], names)
            known[at] = registered or known[at]
            left += [] if registered else [at]
        if len(left) == len(pending):
            break
        pending = left
    unread = {entry.row for entry in entries if key_of(entry.row) not in names.rows}
    return [_resolved(plan, _waiting(entry, unread), names) for entry in known.values()], names


def _waiting(entry: Entry, unread: set[str]) -> Entry:
    """Return an entry without the row that it is made from, where that row cannot be read yet."""
    if not unread.intersection(entry.values.get("onActivity", ())):
        return entry
    return replace(entry, values={**entry.values, "onActivity": ()}, waits=True)


def _registered(plan: Plan, now: Now, entry: Entry, names: Names) -> Entry | None:
    """Return the entry of a row with its id, kept by the row's names, or nothing if it has none.

    An id may be made from that of another row, which is not known yet.
    """
    form = form_of(plan, entry.kind)
    identified = _written_id(plan, entry) if entry.name else _identified(plan, now, entry, names)
    if identified is None or identified.name is None:
        return None
    name = identified.name
    names.taken.setdefault(name, entry.row)
    row = Row(name, form.type, entry.row)
    names.rows[key_of(entry.row)] = [row]  # by which rows made from this one refer to it
    for label in _labels(entry):
        for key in dict.fromkeys((key_of(label), key_of(f"{label} ({name})"))):
            names.rows.setdefault(key, []).append(row)
    if not is_there(now, name):
        names.new.setdefault(name, entry.row)
        node = ox.NamedNode(plan.ids.iri(name))
        now.engine.add([ox.Triple(node, ox.NamedNode(RDF.type), ox.NamedNode(form.type))])
    return identified


def _written_id(plan: Plan, entry: Entry) -> Entry | None:
    try:
        iri = ox.NamedNode(plan.ids.iri(entry.name or "")).value
    except ValueError:  # no id that there could be
        return None
    return replace(entry, name=plan.ids.short(iri))


def _identified(plan: Plan, now: Now, entry: Entry, names: Names) -> Entry | None:
    """Return an entry with the id that it is going to have, and with the number it is made from."""
    form = form_of(plan, entry.kind)
    values = {key: texts for key, texts in entry.values.items() if key.partition(".")[0] in _NAMING}
    known = _resolved(plan, replace(entry, values=values), names)
    facts, _ = entered(plan, now, form, None, known.values)
    numbered = completed(plan, now, form, facts)
    first = natural_id(now, form, numbered)
    if NEW in first.split("/"):
        return None
    name, old = known_again(now, form, numbered, first, {})
    if may_share_names(form) and are_several(now, form, numbered, name, names.taken):
        name, old = _id_of_namesake(plan, now, entry, name, names), None
    if old is not None or is_there(now, name):
        return replace(entry, name=name)
    learn(now, Record(plan.ids.iri(name), tuple(numbered.items())))
    numbers = {
        of.name: tuple(term.value for term in numbered[of.path])
        for of in form.fields
        if of.name in ("position", "notation") and of.path in numbered and of.path not in facts
    }
    return replace(entry, name=name, values={**entry.values, **numbers})


def _id_of_namesake(plan: Plan, now: Now, entry: Entry, first: str, names: Names) -> str:
    """Return the id of a row whose name and year other records have, and remark on it."""
    form = form_of(plan, entry.kind)
    facts, _ = entered(plan, now, form, None, _resolved(plan, entry, names).values)
    name = own_id(now, form, facts, first, names.taken)
    if name != first and first in names.taken:
        message = word("row_namesake", plan.lang).format(names.taken[first], name)
        names.remarks.append(Remark(entry.row, READ, next(iter(_labels(entry)), ""), message))
    return name


def _labels(entry: Entry) -> list[str]:
    """Return the names that a row gives its record, each once."""
    labels = (
        text for key, texts in entry.values.items() if key.startswith("label.") for text in texts
    )
    return list({key_of(label): label for label in labels}.values())


def _resolved(plan: Plan, entry: Entry, names: Names) -> Entry:
    """Return an entry with the ids of the rows that it names, and the faults of names."""
    values, faults = dict(entry.values), list(entry.faults)
    for of in form_of(plan, entry.kind).fields:
        if of.kind == "citation" and values.get(of.name):
            values[of.name] = tuple(_cited(plan, text, names) for text in values[of.name])
        if of.kind != "id" or not values.get(of.name):
            continue
        kept: list[str] = []
        for text in _pieces(plan, of, values[of.name], names):
            ids = _meant(plan, of, text, names)
            message = _problem(plan, of, text, ids, names)
            if message:
                faults.append(Fault(place_of(entry, of.name), message))
            else:
                kept.append(next(iter(ids), text))
        values[of.name] = tuple(kept)
    return replace(entry, values=values, faults=tuple(faults))


def _pieces(plan: Plan, of: Field, texts: Sequence[str], names: Names) -> list[str]:
    """Return names one by one: what stands between commas is each a name if all of it is."""
    pieces: list[str] = []
    for text in texts:
        listed = [piece.strip() for piece in text.split(",")] if of.many else [text]
        is_list = not _meant(plan, of, text, names) and all(
            _meant(plan, of, piece, names) for piece in listed
        )
        pieces += listed if is_list else [text]
    return list(dict.fromkeys(pieces))


def _cited(plan: Plan, text: str, names: Names) -> str:
    def own(name: str) -> str | None:
        ids = {row.id for row in names.rows.get(key_of(name), ()) if row.type == MG.Source}
        return next(iter(ids)) if len(ids) == 1 else None

    return cited(plan, text, own)


def _meant(plan: Plan, of: Field, text: str, names: Names) -> list[str]:
    """Return the ids that a name may mean in a field: of rows, or of the pick-list."""
    key = key_of(text)
    ids = [row.id for row in names.rows.get(key, ()) if _takes(plan, of, row.type)]
    chosen = picks(of.choices).get(key)
    known = sorted({*ids, *([chosen] if chosen else [])})
    known = known or meant(plan, text, frozenset(of.of) or None)
    return known or (countries_called(text) if MG.Country in of.of else [])


def _problem(plan: Plan, of: Field, text: str, ids: Sequence[str], names: Names) -> str:
    """Return why a name cannot be taken, or nothing."""
    if len(ids) > 1:
        return word("name_of_several", plan.lang).format(text, ", ".join(ids))
    others = names.rows.get(key_of(text), ())
    if ids or not others or not of.of:
        return ""
    shown = ", ".join(dict.fromkeys(f"{plan.label(row.type)} ({row.place})" for row in others))
    return another_kind(plan, text, of, shown)


def _takes(plan: Plan, of: Field, type_: str) -> bool:
    """Return whether a field takes records of a class."""
    return not of.of or bool(set(of.of) & _above(plan, type_))


@cache
def _above(plan: Plan, type_: str) -> frozenset[str]:
    """Return a class and the classes above it."""
    above = [type_]
    for lower in above:
        for triple in plan.built.engine.triples(ox.NamedNode(lower), ox.NamedNode(RDF.subClassOf)):
            if isinstance(triple.object, ox.NamedNode) and triple.object.value not in above:
                above.append(triple.object.value)
    return frozenset(above)
