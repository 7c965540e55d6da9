"""Counts a plan's coverage matrix, narrowed by filters, with the library's questions."""

from collections.abc import Sequence
from dataclasses import replace

from metrograph.analysis.coverage import Coverage, Grounds, coverage
from metrograph.messages import word
from metrograph.query.answers import Answers, out_of_scope, text
from metrograph.query.filters import Filters


def matrix(answers: Answers, filters: Filters) -> Coverage:
    """Return the challenge x theme matrix of the activities that pass the filters.

    Raises `QueryError` for an unknown coder, line, output type or region.
    """
    filters = filters.known(answers.known)
    rows = [
        (text(row["challenge"]), text(row["theme"]), text(row["intersection"]), row["activity"])
        for row in answers.rows("coverage", **filters.parameters())
    ]
    cells = [(*row[:3], None if row[3] is None else text(row[3])) for row in rows]
    whole = coverage(cells, filters, answers.label, answers.lang, grounds(answers, filters, cells))
    return whole if filters.evidence == "any" else whole.in_one_passage()


def grounds(
    answers: Answers, filters: Filters, rows: Sequence[tuple[str, str, str, str | None]]
) -> Grounds:
    """Return what the cells rest on, by the rows (challenge, theme, intersection, activity)."""
    pairs = {intersection: (challenge, theme) for challenge, theme, intersection, _ in rows}
    of_claims = filters.of_claims()
    passages = (
        answers.rows("activities-in-one-passage")
        if of_claims == Filters().of_claims()
        else answers.rows("shared-passages", **of_claims)
    )
    waiting = answers.rows("activities-pending", **filters.of_activities())
    return Grounds(
        outside=out_of_scope(answers),
        named=frozenset(
            (text(row["challenge"]), text(row["theme"]))
            for row in answers.rows("intersections-named-by-the-plan")
        ),
        passages=frozenset(
            (*pairs[text(row["intersection"])], text(row["activity"]))
            for row in passages
            if row["intersection"] in pairs
        ),
        waiting={text(row["activity"]): int(text(row["coders"])) for row in waiting},
    )


def intersections(answers: Answers) -> dict[tuple[str, str], str]:
    """Return the id of the intersection of each challenge and theme, in the plan's order."""
    return {
        (text(row["challenge"]), text(row["theme"])): text(row["intersection"])
        for row in answers.rows("intersections")
    }


def ways(
    answers: Answers, year: int | None, line: str | None
) -> tuple[dict[str, Coverage], dict[str, str]]:
    """Return the matrix by each way to count claims, and the labels of the ways.

    The ways are: what is agreed, any claim, each coder alone, and what is agreed on a stated basis.
    """
    coders = sorted({text(row["coder"]) for row in answers.rows("readings")})
    filters = {
        "standing": Filters(year, line),
        "any": Filters(year, line, "any"),
        **{coder: Filters(year, line, f"coder:{coder.partition('/')[2]}") for coder in coders},
        "stated": Filters(year, line, basis="stated"),
    }
    lang = answers.lang
    labels = {way: answers.label(way) if way in coders else word(way, lang) for way in filters}
    return {way: matrix(answers, chosen) for way, chosen in filters.items()}, labels


def by_line(
    answers: Answers, year: int | None, claims: str
) -> tuple[Coverage, dict[str, Coverage]]:
    """Return the whole matrix, which knows the labels of action lines, and that of each line."""
    lines = dict.fromkeys(
        text(row["belongsTo"])
        for row in answers.rows("records-by-line-challenge-theme")
        if row["kind"] == "mg:PlanElement"
    )
    whole = matrix(answers, Filters(year, claims=claims))
    labels = {**whole.labels, **{line: answers.label(line) for line in lines}}
    of_lines = {line: matrix(answers, Filters(year, line, claims)) for line in lines}
    return replace(whole, labels=labels), of_lines
