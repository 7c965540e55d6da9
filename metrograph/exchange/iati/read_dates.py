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
from metrograph.exchange.iati.context import Telling
from metrograph.exchange.iati.read_parts import dated, moment
from metrograph.exchange.iati.texts import told
from metrograph.reading import notices
from metrograph.reading.dates import read_xml_day
from metrograph.vocabulary import MG


def dates(telling: Telling, element: etree._Element) -> str:
    """Say when the activity starts and ends, the actual before the planned; return its year."""
    given: dict[str, str] = {}
    year = None
    for one in element:
        if local(one) != "activity-date":
            continue
        kind, found = (one.get("type") or "").strip(), moment(telling, one)
        if found and ALL in filled(one):
            year = found[:4]
        elif found and kind not in given:
            given[kind] = found
    start = given.get(ACTUAL_START) or given.get(PLANNED_START)
    end = given.get(ACTUAL_END) or given.get(PLANNED_END)
    _say_dates(telling, element, start, end)
    _note_dates(telling, element, (start, end))
    return year or (start or end or "")[:4] or _any_year(telling, element)


def _say_dates(
    telling: Telling, element: etree._Element, start: str | None, end: str | None
) -> None:
    if start:
        telling.activity.say(MG.startDate, dated(start))
    if end and start and end[: len(start)] < start[: len(end)]:
        telling.notice(element, notices.KEPT, f"{start} \u2013 {end}", "iati_ends_before")
        telling.activity.note([(telling.lang, f"activity-date (iso-date {end})")])
    elif end:
        telling.activity.say(MG.endDate, dated(end))


def _note_dates(
    telling: Telling, element: etree._Element, said: tuple[str | None, str | None]
) -> None:
    """Keep the dates that are not said, that are planned, or that say more."""
    for one in element:
        if local(one) == "activity-date" and ALL not in filled(one):
            kind, found = one.get("type"), read_xml_day(one.get("iso-date"))
            is_said = found and any(value and found.startswith(value) for value in said)
            is_plain = is_said and kind in {ACTUAL_START, ACTUAL_END}
            if not is_plain or told(one, telling.lang, ("iso-date", "type")):
                telling.keep_all(telling.activity, one)


def _any_year(telling: Telling, element: etree._Element) -> str:
    """Return the earliest year of any date within an activity, or that of the file."""
    values = (
        value
        for one in element.iter(etree.Element)
        for value in (one.get("iso-date"), one.get("value-date"))
    )
    found = sorted(one for value in values if (one := read_xml_day(value)))
    updated = read_xml_day(element.get("last-updated-datetime"))
    year = (found[0] if found else updated or telling.reading.year)[:4]
    telling.notice(element, notices.GUESSED, local(element), "iati_no_date", year)
    return year
