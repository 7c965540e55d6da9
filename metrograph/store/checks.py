"""Checks stores by metrograph's own shapes, and imports what judges only if there is a suspect."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from metrograph.late import late
from metrograph.store.classes import kinds_below
from metrograph.store.findings import Finding
from metrograph.store.kept import compiled
from metrograph.store.picking import picked
from metrograph.store.prebinding import Term

if TYPE_CHECKING:
    from metrograph.store import validation
    from metrograph.store.shapes import ReadyShapes
else:  # it takes rdflib and pyshacl
    validation = late("metrograph.store.validation")


def checked(store: ox.Store) -> list[Finding]:
    """Return what the shapes find in the default graph of a store."""
    if kinds_below(store):  # shapes are about the plan's own classes, too
        return judged(store, validation.suspected(store, _shapes()))
    return judged(store, picked(store, compiled().queries, str))


def judged(store: ox.Store, pairs: Iterable[tuple[str, Term]]) -> list[Finding]:
    """Return what the shapes find where each is asked of the nodes that it is paired with."""
    listed = list(pairs)
    if not listed:
        return []
    return validation.judged_findings(store, _shapes(), list(compiled().terms), listed)


@cache
def _shapes() -> "ReadyShapes":
    return validation.shapes_of(compiled().shapes)
