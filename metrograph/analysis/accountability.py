"""Lists what is due by a day: values, and the steps of the accountability cycle."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from metrograph.analysis.series import MEASURED, series, topic
from metrograph.messages import word
from metrograph.query.answers import Answers, columns, entity, shown, text
from metrograph.tables.table import Table
from metrograph.text import separated


def stale(answers: Answers, as_of: date) -> Table:
    """Return the series that have no measured figure for the last full year before a day.

    Figures about an activity are left out: what was done in one year is not measured again.
    """
    lang = answers.lang
    due = as_of.year - 1
    once = {row["activity"] for row in answers.rows("activities")}
    every = series(answers)
    rows = []
    for measured in every:
        last = max((f.year for f in measured.figures if f.type in MEASURED), default=None)
        if measured.subject not in once and (last is None or last < due):
            rows.append(
                (
                    entity(answers, measured.indicator),
                    topic(answers, measured),
                    None if last is None else str(last),
                    None if last is None else due - last,
                )
            )
    heads = columns(
        lang, "indicator", "about", "last_figure", "years_behind", things=("indicator",)
    )
    note = word("stale_note", lang).format(due, as_of.isoformat())
    empty = word(
        "nothing_stale" if any(measured.figures for measured in every) else "nothing", lang
    )
    return Table(word("stale", lang), heads, tuple(rows), note, lang, empty)


def cycle(answers: Answers, as_of: date) -> Table:
    """Return the steps of the accountability cycle: due, by whom, from what, and what is missing.

    A step of a year after `as_of` is not due yet; nothing of it is missing.
    """
    lang = answers.lang
    steps: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for row in answers.rows("accountability-cycle", language=lang):
        for name, value in row.items():
            if value is not None:
                steps[text(row["step"])][name][shown(answers, value)] = None

    def listed(values: Mapping[str, Mapping[str, None]], name: str) -> str | None:
        return separated(", ", list(values.get(name, ()))) or None

    def missing(values: Mapping[str, Mapping[str, None]]) -> str | None:
        year = next(iter(values.get("year", ())), "")
        if year[:4].isdecimal() and int(year[:4]) > as_of.year:
            return word("not_due", lang)
        due = ("basedOn", "evidence") if "evaluatedBy" in values else ("evidence",)
        names = [name for name in due if name not in values]
        return ", ".join(word(f"missing_{name}", lang) for name in names) or None

    rows = tuple(
        (
            listed(values, "year"),
            entity(answers, step),
            listed(values, "evaluatedBy") or listed(values, "preparedBy"),
            listed(values, "basedOn"),
            listed(values, "evidence"),
            missing(values),
        )
        for step, values in steps.items()
    )
    heads = columns(
        lang, "year", "step", "by_whom", "based_on", "evidence", "missing", things=("step",)
    )
    note = word("cycle_note", lang)
    return Table(word("cycle", lang), heads, rows, note, lang, word("nothing", lang))
