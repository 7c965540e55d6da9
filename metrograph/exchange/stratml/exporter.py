"""A plan in, a StratML file of Part 1 or 2 out, and what the file does not hold of the plan.

Writing is strict: the file is valid against the schema of its part. What it holds is not claimed
but found: the file is read again, and what does not come back, triple by triple, is lost and goes
into the ledger with the reason.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyoxigraph as ox
from lxml import etree

from metrograph.exchange import asserted, ledger
from metrograph.exchange.stratml import reader
from metrograph.exchange.stratml.losses import reasons
from metrograph.exchange.stratml.view import Said
from metrograph.exchange.stratml.writer import document
from metrograph.plan import Plan
from metrograph.vocabulary import MG

_NEVER = date(1, 1, 1)  # the day of a file that says none: no plan is of it
_PATH = Path("plan.xml")


def write(plan: Plan, part: int = 2, lang: str | None = None) -> ledger.Written:
    """Return what a plan asserts as StratML of a part (1 or 2), valid against its schema.

    A file has one language: `lang`, or that of the plan as it was opened; if the plan has no names
    in it, the one in which it has most. Carried is what `stratml_in` reads from the file as the
    same triple; citations are not compared, since those of a file are its own lines.
    """
    quads = asserted.quads(plan, asserted.Choice("nq"))
    triples = frozenset(quad.triple for quad in quads)
    language = _language(triples, lang or plan.lang)
    return written(Said(triples, plan.iri, plan.ids.base, language), part)


def written(said: Said, part: int) -> ledger.Written:
    """Return what is said as StratML of a part, with what comes back of it and what does not."""
    root = document(said, part)
    etree.indent(root, "  ")
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
    carried = said.triples & _read(data, said)
    lost = ledger.losses(said.triples, carried, reasons(said, part))
    return ledger.Written(data, carried, lost, said.lang)


def _language(triples: Iterable[ox.Triple], wanted: str) -> str:
    counts = Counter(
        one.object.language for one in triples
        if isinstance(one.object, ox.Literal) and one.object.language
    )  # fmt: skip
    return wanted if wanted in counts or not counts else min(counts, key=lambda x: (-counts[x], x))


def _read(data: bytes, said: Said) -> frozenset[ox.Triple]:
    """Return what a reader with the same base gets out of a file, but for where it stands there."""
    root = etree.fromstring(data)
    draft = reader.document(root, _PATH, data, said.base, said.lang, _NEVER).draft
    return frozenset(
        triple
        for name, (_, records) in draft.files.items()
        for record in records
        for triple in record.triples()
        if name != "sources.ttl" and triple.predicate.value != MG.citation
    )
