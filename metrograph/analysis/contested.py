"""Lists the pairs on which a plan's coders differ, with each coder's reason."""

from collections import defaultdict
from collections.abc import Sequence

from metrograph.analysis.codings import KIND_OF, coders_by_activity
from metrograph.messages import word
from metrograph.query.answers import Answers, Row, columns, entity, text
from metrograph.tables.table import Cell, Column, Table
from metrograph.text import filled, joined, separated


def contested(answers: Answers, is_open: bool = False) -> Table:
    """Return the pairs of unit and category that some, but not all, of the unit's coders claim.

    A column per coder holds basis and reason, or what else of the kind the coder alone claims.
    `is_open` leaves out pairs that a decision in force has settled.
    """
    read = coders_by_activity(answers)
    pairs: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    of_unit: dict[str, dict[str, dict[str, Row]]] = defaultdict(dict)
    for row in answers.rows("claims-by-one-coder-only", language=answers.lang):
        unit, category = text(row["activity"]), text(row["category"])
        pairs[unit, category][text(row["coder"])] = row
        of_unit[unit][category] = pairs[unit, category]
    coders = sorted({coder for unit, _ in pairs for coder in read[unit]})
    kinds = {row["category"]: KIND_OF[text(row["kind"])] for row in answers.rows("categories")}

    def cell(unit: str, category: str, coder: str) -> str:
        row = pairs[unit, category].get(coder)
        if coder not in read[unit]:
            return word("not_coded", answers.lang)
        if row:
            return _claimed(answers, row)
        others = [
            other
            for other, by in of_unit[unit].items()
            if kinds.get(other) == kinds.get(category) and coder in by
        ]
        return _not_claimed(answers, others)

    rows: list[tuple[Cell, ...]] = []
    for (unit, category), by in pairs.items():
        decision = next((row["decision"] for row in by.values() if row["decision"]), None)
        if decision and is_open:
            continue
        after = [] if is_open else [entity(answers, decision)]
        of_coders = (cell(unit, category, coder) for coder in coders)
        rows.append((entity(answers, unit), entity(answers, category), *of_coders, *after))
    title = word("contested_pairs" if is_open else "all_contested", answers.lang)
    heads, empty = _heads(answers, coders, is_open), word("nothing_contested", answers.lang)
    return Table(title, heads, tuple(rows), "", answers.lang, empty)


def _heads(answers: Answers, coders: Sequence[str], is_open: bool) -> tuple[Column, ...]:
    lang = answers.lang
    return (
        *columns(lang, "activity", "category", things=("activity", "category")),
        *(Column(coder, answers.label(coder)) for coder in coders),
        *([] if is_open else columns(lang, "decision", things=("decision",))),
    )


def _claimed(answers: Answers, row: Row) -> str:
    """Return basis and reason of a claim."""
    basis = answers.label(text(row["basis"])) if row["basis"] else ""
    return joined(basis, f"{word('colon', answers.lang)} ", text(row["reason"]))


def _not_claimed(answers: Answers, others: Sequence[str]) -> str:
    """Return the words for no claim, and the categories that are claimed instead."""
    names = separated(", ", [answers.label(other) for other in others])
    instead = filled(word("instead", answers.lang), names) if names else ""
    return joined(word("not_claimed", answers.lang), instead)
