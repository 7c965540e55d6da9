"""Reads an IATI activity as an activity of the model, with related records.

What has no place in the model becomes a note on the record that it is about. Persons are left out
(docs/decisions/persons.md).
"""

from collections.abc import Callable, Mapping
from functools import partial

import pyoxigraph as ox
from lxml import etree

from metrograph.exchange.drafts import Thing
from metrograph.exchange.iati.codes import (
    ALL,
    CODED,
    GENERAL,
    ID,
    INTERNAL,
    OTHER,
    PARENT,
    ROLES,
    STATUSES,
    XML_LANG,
    filled,
    local,
)
from metrograph.exchange.iati.context import Reading, Telling
from metrograph.exchange.iati.read_dates import dates
from metrograph.exchange.iati.read_parts import (
    child,
    concept,
    dated,
    document,
    listed,
    organization,
    place,
    typed,
)
from metrograph.exchange.iati.read_results import result
from metrograph.exchange.iati.texts import language, narratives, told, told_alone
from metrograph.messages import word
from metrograph.reading import notices
from metrograph.reading.dates import read_xml_day
from metrograph.text import as_key
from metrograph.vocabulary import MG, Dcterms

_PERSONAL = ("person-name", "job-title", "telephone", "email", "mailing-address")


def tell(reading: Reading, element: etree._Element) -> list[Thing]:
    """Return the records that an activity describes, itself first; what is odd is noticed."""
    telling = _begun(reading, element)
    _attributes(telling, element)
    for part in element:
        _READERS.get(local(part), _note)(telling, part)
    if not telling.activity.names:
        telling.notice(element, notices.GUESSED, local(element), "iati_no_title")
    return telling.things


def _begun(reading: Reading, element: etree._Element) -> Telling:
    """Return an activity with what makes its id: its identifier, its dates and its year."""
    lang = language(element.get(XML_LANG)) or reading.lang
    activity = Thing("", MG.Activity, reading.lines(element))
    telling = Telling(reading, lang, "", activity, [activity])
    year = dates(telling, element)
    identifier = _identifier(telling, element)
    activity.iri = _iri(telling, element, identifier, year)
    telling.key = activity.iri.removeprefix(reading.memory.names.base).removeprefix("activity/")
    reading.seen[activity.iri] += 1
    reading.memory.activities.setdefault(identifier, activity.iri)
    activity.stand_in = partial(_same, identifier)
    activity.say(MG.year, typed(year, "gYear"))
    activity.say(MG.ofPlan, ox.NamedNode(reading.plan))
    return telling


def _same(text: str, _: str) -> str:
    return text


def _identifier(telling: Telling, element: etree._Element) -> str:
    """Return what the activity is called by, and say it, if it has an identifier of its own."""
    identifier = child(element, "iati-identifier")
    text = " ".join("".join(identifier.itertext()).split()) if identifier is not None else ""
    if not text:
        telling.notice(element, notices.GUESSED, local(element), "iati_no_identifier")
        return word("iati_activity", telling.lang)
    if ALL not in filled(identifier):
        telling.activity.say(Dcterms.identifier, ox.Literal(text))
    return text


def _iri(telling: Telling, element: etree._Element, identifier: str, year: str) -> str:
    """Return the IRI of an activity: its own, or one that is made of year and identifier."""
    reading = telling.reading
    again = f"identifier {identifier}"  # no IRI, as the others that are counted
    reading.seen[again] += 1
    if reading.seen[again] > 1:
        telling.notice(element, notices.READ, identifier, "iati_again")
    for other in element:
        if local(other) == "other-identifier" and other.get("type") == INTERNAL:
            ours = reading.memory.names.ours(MG.Activity, other.get("ref"))
            if ours and not reading.seen[ours]:
                return ours
    wished = f"activity/{year}/{as_key(identifier) or 'activity'}"
    return reading.memory.names.made(MG.Activity, f"{identifier}\n{reading.seen[again]}", wished)


# ---------------------------------------------------------------- what it says


def _attributes(telling: Telling, element: etree._Element) -> None:
    """Say what the element itself has, and take note of languages that are read otherwise."""
    updated = element.get("last-updated-datetime")
    day = read_xml_day(updated)
    if day:
        telling.activity.say(MG.recordChangedOn, dated(day))
        if day != (updated or "").strip():
            telling.count(element, notices.READ, "last-updated-datetime", "iati_day_only")
            telling.activity.note([(telling.lang, f"last-updated-datetime {updated}")])
    but = ("last-updated-datetime",) if day else ()
    telling.keep(telling.activity, element, told_alone(element, telling.lang, but))
    for part in element.iter(etree.Element):
        tag = part.get(XML_LANG)
        if tag is not None and language(tag) != tag:
            key = "iati_language_short" if language(tag) else "iati_language_unknown"
            telling.count(part, notices.READ, f"xml:lang {tag}", key)


def _note(telling: Telling, part: etree._Element) -> None:
    telling.keep_all(telling.activity, part)


def _pass(_telling: Telling, _part: etree._Element) -> None:
    """Add nothing: what makes the activity's id was read before its parts."""


def _title(telling: Telling, part: etree._Element) -> None:
    if ALL not in filled(part):
        telling.activity.name(narratives(part, telling.lang))


def _description(telling: Telling, part: etree._Element) -> None:
    kind = (part.get("type") or GENERAL).strip()
    if ALL in filled(part):
        return
    if kind == GENERAL:
        telling.activity.tell(Dcterms.description, narratives(part, telling.lang))
    elif kind == OTHER:
        telling.activity.note(narratives(part, telling.lang))
    else:
        telling.keep_all(telling.activity, part)


def _reporter(telling: Telling, part: etree._Element) -> None:
    if ALL in filled(part) and part.get(ID) is None:
        return
    reporter = organization(telling, part)
    if reporter is None:
        telling.keep_all(telling.activity, part)
    elif ALL not in filled(part):
        telling.activity.link(MG.recordedBy, reporter)
        more = told(part, telling.lang, ("ref", "type"), narrated=False)
        telling.keep(telling.activity, part, more)


def _participant(telling: Telling, part: etree._Element) -> None:
    """Add an organisation with its part; what else is said of that is a note on the activity."""
    if ALL in filled(part):
        return
    participant = organization(telling, part)
    role = (part.get("role") or "").strip()
    if participant is None:
        telling.keep_all(telling.activity, part)
        return
    if role not in ROLES:
        telling.notice(part, notices.KEPT, f"role {role}", "iati_no_code")
    telling.activity.link(ROLES.get(role, MG.involves), participant)
    more = told(part, telling.lang, ("ref", "type", "role"), narrated=False)
    if more or ROLES.get(role, MG.involves) == MG.involves:
        telling.keep(telling.activity, part, told(part, telling.lang, ("type",)))


def _identifier_of_other(telling: Telling, part: etree._Element) -> None:
    if not (part.get("type") == INTERNAL and part.get("ref") == telling.activity.iri):
        telling.keep_all(telling.activity, part)


def _status(telling: Telling, part: etree._Element) -> None:
    code = (part.get("code") or "").strip()
    if ALL in filled(part):
        return
    if not code:
        telling.keep_all(telling.activity, part)
        return
    if code not in STATUSES:
        telling.notice(part, notices.KEPT, f"activity-status {code}", "iati_no_code")
    status = concept(telling, part, ("activity-status", "", ""), code, MG.Status)
    if code in STATUSES:
        status.stand_in = partial(word, f"iati_status_{code}")
    telling.activity.link(MG.status, status)


def _contact(telling: Telling, part: etree._Element) -> None:
    """Keep a contact, but for what describes a person."""
    for detail in part:
        if local(detail) in _PERSONAL:
            telling.count(detail, notices.LEFT, f"contact-info/{local(detail)}", "iati_person")
    telling.keep(telling.activity, part, told(part, telling.lang, _PERSONAL))


def _place(telling: Telling, part: etree._Element) -> None:
    telling.activity.link(MG.place, place(telling, part))


def _document(telling: Telling, part: etree._Element) -> None:
    document(telling, telling.activity, part)


def _code(telling: Telling, part: etree._Element) -> None:
    listed(telling, telling.activity, part)


def _related(telling: Telling, part: etree._Element) -> None:
    """Relate an activity to one of the same file; the kind of relation is a note, too."""
    memory = telling.reading.memory
    other = memory.activities.get((part.get("ref") or "").strip())
    is_parent = part.get("type") == PARENT
    if other and is_parent:
        memory.parents.setdefault(telling.activity.iri, other)
    if other and other != telling.activity.iri:
        is_above = is_parent and memory.parents.get(telling.activity.iri) == other
        fits = is_above and telling.activity.iri not in _above(memory.parents, other)
        telling.activity.say(MG.partOf if fits else MG.relatesTo, ox.NamedNode(other))
        if fits:
            return
    telling.keep_all(telling.activity, part)


def _above(parents: dict[str, str], start: str) -> set[str]:
    """Return what an activity is part of, and itself, also where that goes round."""
    reached = {start}
    while (start := parents.get(start, start)) not in reached:
        reached.add(start)
    return reached


_READERS: Mapping[str, Callable[[Telling, etree._Element], None]] = {
    "iati-identifier": _pass,
    "activity-date": _pass,
    "title": _title,
    "description": _description,
    "reporting-org": _reporter,
    "participating-org": _participant,
    "other-identifier": _identifier_of_other,
    "activity-status": _status,
    "contact-info": _contact,
    "location": _place,
    "document-link": _document,
    "related-activity": _related,
    "result": result,
    **dict.fromkeys(CODED, _code),
}
