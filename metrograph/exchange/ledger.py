"""Compares a plan with an exported file: the loss ledger accounts for each triple.

A standard that is narrower than the model loses something. The ledger says what: a summary for
people, and each lost triple with its reason, so that file and ledger together say all.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from metrograph.errors import InputError
from metrograph.exchange.asserted import iri_of
from metrograph.messages import word
from metrograph.network.network import classes
from metrograph.plan import Plan
from metrograph.tables.cell import defused
from metrograph.tables.table import Column, Table

_SHOWN = 6  # kinds of a reason
_NAMES = ("record", "relation", "value", "why", "triple")


@dataclass(frozen=True)
class Loss:
    """One triple that a file does not hold, and the key (in `wording`) of the reason."""

    triple: ox.Triple
    why: str


@dataclass(frozen=True)
class Written:
    """A file of a plan, what it carries, and what it loses.

    `lang` is the language of its texts, where the standard has one for them all.
    """

    data: bytes
    carried: frozenset[ox.Triple]
    lost: tuple[Loss, ...]
    lang: str | None = None


def losses(
    asserted: Iterable[ox.Triple], carried: Iterable[ox.Triple], why: Callable[[ox.Triple], str]
) -> tuple[Loss, ...]:
    """Return what is said and not carried, each with its reason, in a fixed order."""
    missing = set(asserted) - set(carried)
    return tuple(Loss(triple, why(triple)) for triple in sorted(missing, key=str))


def summary(plan: Plan, lost: Iterable[Loss]) -> Table:
    """Return how many triples are lost for each reason, and of which kinds of records."""
    kind_of = classes(plan.built.engine)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for loss in lost:
        counts[loss.why][kind_of.get(iri_of(loss.triple.subject), "")] += 1
    rows = tuple(
        (word(why, plan.lang), kinds.total(), _kinds(plan, kinds))
        for why, kinds in sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    )
    names = ("why", "count", "kind")
    columns = tuple(Column(name, word(name, plan.lang)) for name in names)
    return Table(
        word("ledger", plan.lang), columns, rows, lang=plan.lang, empty=word("no_losses", plan.lang)
    )


def _kinds(plan: Plan, counts: Counter[str]) -> str:
    """Return the kinds with the most, and their numbers."""
    texts = [
        f"{plan.label(kind) if kind else word('without_kind', plan.lang)} {count}"
        for kind, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return ", ".join(texts[:_SHOWN]) + (", …" if len(texts) > _SHOWN else "")


def written(plan: Plan, lost: Iterable[Loss]) -> bytes:
    """Return the ledger as CSV: each lost triple for people, and as N-Triples for programs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_NAMES)
    for loss in lost:
        subject, value = loss.triple.subject, loss.triple.object
        writer.writerow(
            (
                plan.ids.short(subject.value) if isinstance(subject, ox.NamedNode) else subject,
                plan.label(loss.triple.predicate.value),
                defused(
                    plan.ids.short(value.value) if isinstance(value, ox.NamedNode) else _text(value)
                ),
                word(loss.why, plan.lang),
                f"{loss.triple} .",
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
        raise InputError(
            "{path}: this is not a loss ledger ({error}).", path=path, error=error
        ) from None


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.Literal) else str(term)
