"""Lists everything that was claimed and decided on an activity and a category, by date."""

from metrograph.messages import word
from metrograph.query.answers import Answers, Row, columns, entity, text
from metrograph.tables.table import Table
from metrograph.text import joined, whole_number


def history(answers: Answers, activity: str, category: str) -> Table:
    """Return the claims on an activity and a category, then its decisions by date."""
    lang = answers.lang
    claims = claims_on(answers, activity, category)
    reasons = {
        row["claim"]: row["reason"]
        for row in answers.rows("claims-of-activity", activity=activity, language=lang)
    }
    reasons |= {row["decision"]: row["reason"] for row in answers.rows("decisions", language=lang)}
    rows = tuple(
        (
            entity(answers, row["claim"]),
            entity(answers, row["coder"]),
            answers.label(text(row["verdict"] or row["basis"])),
            _state(row, lang),
            text(row["created"]) or None,
            reasons.get(row["claim"]),
        )
        for row in sorted(claims, key=_in_time)
    )
    title = joined(answers.label(activity), " × ", answers.label(category))
    heads = columns(
        lang, "claim", "coder", "says", "state", "date", "reason", things=("claim", "coder")
    )
    return Table(title, heads, rows, "", lang, word("nobody_claims", lang))


def claims_on(answers: Answers, activity: str, category: str) -> list[Row]:
    """Return the claims and decisions on an activity and a category."""
    return [
        row
        for row in answers.rows("claims")
        if row["activity"] == activity and row["category"] == category
    ]


def _in_time(row: Row) -> tuple[bool, str, int, str]:
    """Return what puts claims first, then decisions by day and number."""
    name = text(row["claim"])
    number = name.rpartition("/")[2]
    return (
        row["verdict"] is not None,
        text(row["created"]),
        whole_number(number) or 0,
        name,
    )


def _state(row: Row, lang: str) -> str:
    if row["superseded"]:
        return word("replaced", lang)
    if row["standing"]:
        return word("stands", lang)
    return word("in_force", lang) if row["verdict"] is not None else word("stands_not", lang)
