"""Reports what `metrograph check --documents` and `--uncited` find: as a table or as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from metrograph.documents.checking import OUTCOMES, Check, Outcome
from metrograph.documents.statements import KINDS
from metrograph.documents.uncited import Candidate
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.tables.table import Cell, Column, Entity, Table


def table(plan: Plan, check: Check, listed: Sequence[Outcome]) -> Table:
    """Return outcomes as a table, with the counts of all of them as its note."""
    lang = plan.lang
    names = ("outcome", "kind", "record", "value", "citation", "elsewhere", "note")
    columns = tuple(
        Column(name, word(f"checked_{name}", lang), name in {"record", "citation"})
        for name in names
    )
    rows = tuple(_row(plan, outcome) for outcome in listed)
    return Table(
        word("checked_title", lang),
        columns,
        rows,
        _note(plan, check),
        lang,
        word("checked_nothing", lang),
    )


def _row(plan: Plan, outcome: Outcome) -> tuple[Cell, ...]:
    statement = outcome.statement
    return (
        word(f"checked_{outcome.outcome}", plan.lang),
        word(f"checked_kind_{statement.kind}", plan.lang),
        Entity(statement.record, plan.label(statement.record)),
        statement.value,
        _citation(plan, statement.citations[0]),
        "; ".join(str(plan.label(place)) for place in outcome.places) or None,
        statement.note or None,
    )


def _citation(plan: Plan, name: str) -> Entity:
    return Entity(name, plan.label(name))


def _note(plan: Plan, check: Check) -> str:
    """Return how many statements have each outcome, by kind, and what was not looked at."""
    lang, counts = plan.lang, check.counts
    texts = [
        word("checked_counts", lang).format(*(counts[name] for name in OUTCOMES)),
        word("checked_explained", lang).format(len(check.doubted) - check.open_doubts),
    ]
    texts += [
        f"{word(f'checked_kind_{kind}', lang)}{word('colon', lang)} "
        + " · ".join(f"{word(f'checked_{name}', lang)} {held[name]}" for name in OUTCOMES)
        for kind, held in by_kind(check).items()
    ]
    texts += [word("passage_missing", lang).format(name) for name in check.missing_texts]
    return "\n".join(texts)


def by_kind(check: Check) -> dict[str, dict[str, int]]:
    """Return how many statements of each kind have each outcome."""
    counts = Counter((outcome.statement.kind, outcome.outcome) for outcome in check.outcomes)
    return {kind: {name: counts[kind, name] for name in OUTCOMES} for kind in KINDS}


def to_json(plan: Plan, check: Check) -> str:
    """Return all outcomes as JSON, in three lists with their counts; ids stay as they are."""
    value = {
        "counts": {name: check.counts[name] for name in OUTCOMES},
        "explained": len(check.doubted) - check.open_doubts,
        "byKind": by_kind(check),
        "textsNotAtHand": list(check.missing_texts),
        **{
            name: [
                {
                    "kind": outcome.statement.kind,
                    "record": outcome.statement.record,
                    "label": str(plan.label(outcome.statement.record)),
                    "value": str(outcome.statement.value),
                    "citations": list(outcome.statement.citations),
                    "elsewhere": list(outcome.places),
                    "note": str(outcome.statement.note),
                }
                for outcome in check.outcomes
                if outcome.outcome == name
            ]
            for name in OUTCOMES
        },
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def uncited_table(plan: Plan, candidates: Iterable[Candidate]) -> Table:
    """Return what no record cites as a table."""
    lang = plan.lang
    columns = tuple(
        Column(name, word(f"checked_{name}", lang), name == "citation")
        for name in ("citation", "kind", "text")
    )
    rows = tuple(
        (
            _citation(plan, candidate.citation),
            word(f"checked_kind_{candidate.kind}", lang),
            candidate.text,
        )
        for candidate in candidates
    )
    return Table(
        word("uncited_title", lang),
        columns,
        rows,
        word("uncited_note", lang),
        lang,
        word("uncited_nothing", lang),
    )
