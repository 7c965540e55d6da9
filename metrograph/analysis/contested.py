"""Lists the pairs on which a plan's coders differ, with each coder's reason."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache

from metrograph.analysis.codings import KIND_OF, coders_by_activity
from metrograph.messages import word
from metrograph.query.answers import Answers, Row, columns, entity, text
from metrograph.tables.table import Cell, Column, Entity, Table
from metrograph.text import filled, joined, separated

Claims = dict[str, Row]  # by coder
QUESTION = "claims-by-one-coder-only"


def count_open(answers: Answers) -> int:
    """Return how many pairs are contested and not settled: those that `contested` lists as open."""
    decided: dict[tuple[str, str], bool] = {}
    for row in answers.rows(QUESTION):
        pair = text(row["activity"]), text(row["category"])
        decided[pair] = decided.get(pair, False) or row["decision"] is not None
    return list(decided.values()).count(False)


def contested(answers: Answers, is_open: bool = False) -> Table:
    """Return the pairs of unit and category that some, but not all, of the unit's coders claim.

    A column per coder holds basis and reason, or what else of the kind the coder alone claims.
    `is_open` leaves out pairs that a decision in force has settled.
    """
    read = coders_by_activity(answers)
    label = cache(answers.label)  # the same few names come again and again
    pairs, of_unit = _by_coder(answers)
    coders = sorted({coder for unit, _ in pairs for coder in read[unit]})
    kinds = {row["category"]: KIND_OF[text(row["kind"])] for row in answers.rows("categories")}

    def cell(unit: str, category: str, coder: str) -> str:
        row = pairs[unit, category].get(coder)
        if coder not in read[unit]:
            return word("not_coded", answers.lang)
        if row:
            return _claimed(answers.lang, label, row)
        others = [
            other
            for other, by in of_unit[unit].items()
            if kinds.get(other) == kinds.get(category) and coder in by
        ]
        return _not_claimed(answers.lang, label, others)

    rows: list[tuple[Cell, ...]] = []
    for (unit, category), by in pairs.items():
        decision = next((row["decision"] for row in by.values() if row["decision"]), None)
        if decision and is_open:
            continue
        after = [] if is_open else [entity(answers, decision)]
        of_coders = (cell(unit, category, coder) for coder in coders)
        rows.append(
            (Entity(unit, label(unit)), Entity(category, label(category)), *of_coders, *after)
        )
    title = word("contested_pairs" if is_open else "all_contested", answers.lang)
    heads, empty = _heads(answers, coders, is_open), word("nothing_contested", answers.lang)
    return Table(title, heads, tuple(rows), "", answers.lang, empty)


def _by_coder(
    answers: Answers,
) -> tuple[dict[tuple[str, str], Claims], dict[str, dict[str, Claims]]]:
    """Return each pair's claims by coder; by pair, and by unit and category."""
    pairs: dict[tuple[str, str], Claims] = defaultdict(dict)
    of_unit: dict[str, dict[str, Claims]] = defaultdict(dict)
    for row in answers.rows(QUESTION, language=answers.lang):
        unit, category = text(row["activity"]), text(row["category"])
        pairs[unit, category][text(row["coder"])] = row
        of_unit[unit][category] = pairs[unit, category]
    return pairs, of_unit


def _heads(answers: Answers, coders: Sequence[str], is_open: bool) -> tuple[Column, ...]:
    lang = answers.lang
    return (
        *columns(lang, "activity", "category", things=("activity", "category")),
        *(Column(coder, answers.label(coder)) for coder in coders),
        *([] if is_open else columns(lang, "decision", things=("decision",))),
    )


def _claimed(lang: str, label: Callable[[str], str], row: Row) -> str:
    """Return basis and reason of a claim."""
    basis = label(text(row["basis"])) if row["basis"] else ""
    return joined(basis, f"{word('colon', lang)} ", text(row["reason"]))


def _not_claimed(lang: str, label: Callable[[str], str], others: Sequence[str]) -> str:
    """Return the words for no claim, and the categories that are claimed instead."""
    names = separated(", ", [label(other) for other in others])
    instead = filled(word("instead", lang), names) if names else ""
    return joined(word("not_claimed", lang), instead)
