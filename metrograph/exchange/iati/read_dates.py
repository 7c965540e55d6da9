"""Reads the dates of an IATI activity: start, end and year; others become notes."""

from lxml import etree

from metrograph.exchange.iati.codes import (
    ACTUAL_END,
    ACTUAL_START,
    ALL,
    PLANNED_END,
    PLANNED_START,
    filled,
    local,
)
from metrograph.exchange.iati.context import ActivityDraft
from metrograph.exchange.iati.read_parts import dated, moment
from metrograph.exchange.iati.texts import describe
from metrograph.reading import notices
from metrograph.reading.dates import read_xml_day
from metrograph.vocabulary import MG


def dates(draft: ActivityDraft, element: etree._Element) -> str:
    """Say when the activity starts and ends, the actual before the planned; return its year."""
    days: dict[str, str] = {}
    year = None
    for part in element:
        if local(part) != "activity-date":
            continue
        kind, day = (part.get("type") or "").strip(), moment(draft, part)
        if day and ALL in filled(part):
            year = day[:4]
        elif day and kind not in days:
            days[kind] = day
    start = days.get(ACTUAL_START) or days.get(PLANNED_START)
    end = days.get(ACTUAL_END) or days.get(PLANNED_END)
    _say_dates(draft, element, start, end)
    _note_dates(draft, element, (start, end))
    return year or (start or end or "")[:4] or _any_year(draft, element)


def _say_dates(
    draft: ActivityDraft, element: etree._Element, start: str | None, end: str | None
) -> None:
    if start:
        draft.activity.say(MG.startDate, dated(start))
    if end and start and end[: len(start)] < start[: len(end)]:
        draft.notice(element, notices.KEPT, f"{start} \u2013 {end}", "iati_ends_before")
        draft.activity.note([(draft.lang, f"activity-date (iso-date {end})")])
    elif end:
        draft.activity.say(MG.endDate, dated(end))


def _note_dates(
    draft: ActivityDraft, element: etree._Element, span: tuple[str | None, str | None]
) -> None:
    """Keep the dates that are not said, that are planned, or that say more."""
    for part in element:
        if local(part) == "activity-date" and ALL not in filled(part):
            kind, day = part.get("type"), read_xml_day(part.get("iso-date"))
            is_said = day and any(value and day.startswith(value) for value in span)
            is_plain = is_said and kind in {ACTUAL_START, ACTUAL_END}
            if not is_plain or describe(part, draft.lang, ("iso-date", "type")):
                draft.keep_all(draft.activity, part)


def _any_year(draft: ActivityDraft, element: etree._Element) -> str:
    """Return the earliest year of any date within an activity, or that of the file."""
    values = (
        value
        for part in element.iter(etree.Element)
        for value in (part.get("iso-date"), part.get("value-date"))
    )
    days = sorted(day for value in values if (day := read_xml_day(value)))
    updated = read_xml_day(element.get("last-updated-datetime"))
    year = (days[0] if days else updated or draft.reading.year)[:4]
    draft.notice(element, notices.GUESSED, local(element), "iati_no_date", year)
    return year
