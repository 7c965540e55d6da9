"""Compares the names in a row with the ids beside them: people edit names, not ids.

Tables that metrograph exported hold records twice, as names and as ids. Where only the name is
another than it was, the name counts; where both are, a person has to say which.
"""

import re
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from metrograph.editing.values import plain
from metrograph.exchange.workbook.faults import Fault
from metrograph.exchange.workbook.headings import ID, key_of
from metrograph.exchange.workbook.layout import Layout
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.reading.sheets import Row
from metrograph.vocabulary import RDF

_JOINTS = re.compile(r" \| |\n")  # between the values of a cell, as exports write them
Values = Mapping[str, tuple[str, ...]]


def edited(  # noqa: PLR0913, PLR0917  a row, and what is known of its record
    plan: Plan, layout: Layout, row: Row, name: str | None, values: Values, held: Values
) -> tuple[dict[str, int], list[Fault]]:
    """Return the fields whose name counts, with the column of it, and the names that do not fit.

    `name` is the id of the row, `values` what its columns of ids hold, `held` what the plan holds.
    """
    fields = {key: field for field in layout.form.fields for key in field.keys}
    counting: dict[str, int] = {}
    faults: list[Fault] = []
    for at, key in layout.names.items():
        value, place = row.at(at), layout.sheet.place(row.number, at)
        text = plain(str(value)) if value is not None else ""
        if key == ID:
            faults += _of_record(plan, layout, row, name, text, place)
            continue
        ids = values.get(key, ())
        if fields[key].kind != "id" or (not text and not held.get(key)) or _fits(plan, text, ids):
            continue
        if not ids or (text and set(ids) == set(held.get(key, ()))):
            counting[key] = at
        else:
            faults.append(_unfit(plan, text, ids, place))
    return counting, faults


def _unfit(plan: Plan, text: str, ids: Sequence[str], place: str) -> Fault:
    named = ", ".join(f"{name} ({plan.label(plan.ids.iri(name))})" for name in ids)
    return Fault(place, word("name_unfit", plan.lang).format(text, named))


def _fits(plan: Plan, text: str, ids: Sequence[str]) -> bool:
    """Return whether a cell of names names the records of these ids, in whatever order."""
    labels = [labels_of(plan, name) for name in ids]
    if len(ids) == 1:
        return key_of(text) in labels[0]
    names = [key_of(part) for part in _JOINTS.split(text) if part.strip()]
    return (
        len(names) == len(ids)
        and all(any(part in of for of in labels) for part in names)
        and all(any(part in of for part in names) for of in labels)
    )


def _of_record(  # noqa: PLR0913, PLR0917  a row, and the name and id that it has
    plan: Plan, layout: Layout, row: Row, name: str | None, text: str, place: str
) -> list[Fault]:
    """Return a fault if the row's own name is neither the record's nor what the row renames it."""
    if not name or not text:
        return []
    known = _named(plan, name)
    written = {
        key_of(str(row.at(at)))
        for at, key in layout.columns.items()
        if key.startswith("label.") and row.at(at) is not None
    }
    if not known or key_of(text) in known | written:
        return []
    return [Fault(place, word("record_name_unfit", plan.lang).format(text, name))]


def labels_of(plan: Plan, name: str) -> frozenset[str]:
    """Return what a record may be called, to be compared: in all languages, or by its id."""
    own = {key_of(name), key_of(plan.label(plan.ids.iri(name)))}
    shown = {key_of(f"{label} ({name})") for label in _named(plan, name)}
    return frozenset(own | _named(plan, name) | shown)


def _named(plan: Plan, name: str) -> set[str]:
    try:
        node = ox.NamedNode(plan.ids.iri(name))
    except ValueError:  # no id that there could be
        return set()
    triples = plan.built.engine.triples(node, ox.NamedNode(RDF.label))
    return {
        key_of(triple.object.value) for triple in triples if isinstance(triple.object, ox.Literal)
    }
