"""Tells apart the activities of a sheet that have the same name in the same year.

Two rows of one name and year are two records. Read again, in whatever order, each row is known by
what else it holds.
"""

from collections.abc import Collection

import pyoxigraph as ox

from metrograph.editing.facts import Facts
from metrograph.editing.forms import Form
from metrograph.editing.placement import Now
from metrograph.editing.proposals import current
from metrograph.exchange.workbook.matching import is_there, records_called
from metrograph.ids import free_id
from metrograph.vocabulary import MG, RDF


def may_share_names(form: Form) -> bool:
    """Return whether records of a form can have the same name: what happens in a year can."""
    return form.field(MG.year) is not None and form.field(RDF.label) is not None


def are_several(now: Now, form: Form, facts: Facts, name: str, taken: Collection[str]) -> bool:
    """Return whether a name and year are those of a row before, or of several records."""
    return name in taken or len(records_called(now, form, facts)) > 1


def own_id(now: Now, form: Form, facts: Facts, first: str, taken: Collection[str]) -> str:
    """Return the id of a row: of a record that says all that the row does, of another, or a new id.

    `first` is the id by the pattern of its kind, `taken` are those of the rows before.
    """
    same = [name for name in records_called(now, form, facts) if name not in taken]
    stated = {(path, term) for path in facts if path != MG.citation for term in facts[path]}
    for name in same:
        record = current(now, name, form)
        if stated <= {(path, term) for path, terms in record.facts for term in terms}:
            return name
    if same:
        return same[0]
    return free_id(
        first,
        lambda name: (
            name in taken
            or is_there(now, name)
            or now.engine.holds(ox.NamedNode(now.ids.iri(name)))
        ),
    )
