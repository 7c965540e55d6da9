"""What a plan says and what a file holds of it in, the loss ledger out: each triple accounted for.

A standard that is narrower than the model loses something. The ledger says what: a summary for
people, and each lost triple with its reason, so that file and ledger together say all.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from metrograph.errors import InputError
from metrograph.network import classes
from metrograph.plan import Plan
from metrograph.tables import Column, Table
from metrograph.wording import word

_NAMES = ("record", "relation", "value", "why", "triple")


@dataclass(frozen=True)
class Loss:
    """One triple that a file does not hold, and the key (in `wording`) of the reason."""

    triple: ox.Triple
    why: str


@dataclass(frozen=True)
class Written:
    """A file of a plan, what it carries, and what it loses."""

    data: bytes
    carried: frozenset[ox.Triple]
    lost: tuple[Loss, ...]


def losses(
    said: Iterable[ox.Triple], carried: Iterable[ox.Triple], why: Callable[[ox.Triple], str]
) -> tuple[Loss, ...]:
    """Return what is said and not carried, each with its reason, in a fixed order."""
    missing = set(said) - set(carried)
    return tuple(Loss(triple, why(triple)) for triple in sorted(missing, key=str))


def summary(plan: Plan, lost: Iterable[Loss]) -> Table:
    """Return how many triples are lost, by kind of record, relation and reason."""
    kind_of = classes(plan.built.store)
    counts = Counter(
        (
            kind_of.get(one.triple.subject.value, "")
            if isinstance(one.triple.subject, ox.NamedNode)
            else "",
            one.triple.predicate.value,
            one.why,
        )
        for one in lost
    )
    rows = tuple(
        (
            plan.label(kind) if kind else word("without_kind", plan.lang),
            plan.label(relation),
            count,
            word(why, plan.lang),
        )
        for (kind, relation, why), count in sorted(
            counts.items(), key=lambda one: (one[0][2], -one[1], one[0])
        )
    )
    names = ("kind", "relation", "count", "why")
    columns = tuple(Column(name, word(name, plan.lang)) for name in names)
    return Table(
        word("ledger", plan.lang), columns, rows, lang=plan.lang, empty=word("no_losses", plan.lang)
    )


def written(plan: Plan, lost: Iterable[Loss]) -> bytes:
    """Return the ledger as CSV: each lost triple for people, and as N-Triples for programs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_NAMES)
    for one in lost:
        subject, value = one.triple.subject, one.triple.object
        writer.writerow(
            (
                plan.ids.short(subject.value) if isinstance(subject, ox.NamedNode) else subject,
                plan.label(one.triple.predicate.value),
                plan.ids.short(value.value) if isinstance(value, ox.NamedNode) else _text(value),
                word(one.why, plan.lang),
                f"{one.triple} .",
            )
        )
    return out.getvalue().encode()


def read(path: Path) -> Iterator[ox.Triple]:
    """Yield the triples that a ledger's file says were lost.

    Raises `InputError` for what is no ledger.
    """
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True)))
        at = rows[0].index(_NAMES[-1])
        text = "\n".join(row[at] for row in rows[1:])
        for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple
    except (OSError, ValueError, IndexError, SyntaxError, csv.Error) as error:
        raise InputError(f"{path}: this is no loss ledger ({error}).") from None


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.Literal) else str(term)
