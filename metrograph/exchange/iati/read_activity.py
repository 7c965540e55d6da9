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
from metrograph.exchange.iati.context import ActivityDraft, Reading
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
from metrograph.exchange.iati.texts import describe, describe_attributes, language, narratives
from metrograph.messages import word
from metrograph.reading import notices
from metrograph.reading.dates import read_xml_day
from metrograph.text import as_key
from metrograph.vocabulary import MG, Dcterms

_PERSONAL = ("person-name", "job-title", "telephone", "email", "mailing-address")


def read_records(reading: Reading, element: etree._Element) -> list[Thing]:
    """Return the records that an activity describes, itself first; what is odd is noticed."""
    draft = _begun(reading, element)
    _attributes(draft, element)
    for part in element:
        _READERS.get(local(part), _note)(draft, part)
    if not draft.activity.names:
        draft.notice(element, notices.GUESSED, local(element), "iati_no_title")
    return draft.things


def _begun(reading: Reading, element: etree._Element) -> ActivityDraft:
    """Return an activity with what makes its id: its identifier, its dates and its year."""
    lang = language(element.get(XML_LANG)) or reading.lang
    activity = Thing("", MG.Activity, reading.lines(element))
    draft = ActivityDraft(reading, lang, "", activity, [activity])
    year = dates(draft, element)
    identifier = _identifier(draft, element)
    activity.iri = _iri(draft, element, identifier, year)
    draft.key = activity.iri.removeprefix(reading.memory.names.base).removeprefix("activity/")
    reading.seen[activity.iri] += 1
    reading.memory.activities.setdefault(identifier, activity.iri)
    activity.stand_in = partial(_same, identifier)
    activity.say(MG.year, typed(year, "gYear"))
    activity.say(MG.ofPlan, ox.NamedNode(reading.plan))
    return draft


def _same(text: str, _: str) -> str:
    return text


def _identifier(draft: ActivityDraft, element: etree._Element) -> str:
    """Return what the activity is called by, and say it, if it has an identifier of its own."""
    identifier = child(element, "iati-identifier")
    text = " ".join("".join(identifier.itertext()).split()) if identifier is not None else ""
    if not text:
        draft.notice(element, notices.GUESSED, local(element), "iati_no_identifier")
        return word("iati_activity", draft.lang)
    if ALL not in filled(identifier):
        draft.activity.say(Dcterms.identifier, ox.Literal(text))
    return text


def _iri(draft: ActivityDraft, element: etree._Element, identifier: str, year: str) -> str:
    """Return the IRI of an activity: its own, or one that is made of year and identifier."""
    reading = draft.reading
    again = f"identifier {identifier}"  # no IRI, as the others that are counted
    reading.seen[again] += 1
    if reading.seen[again] > 1:
        draft.notice(element, notices.READ, identifier, "iati_again")
    for other in element:
        if local(other) == "other-identifier" and other.get("type") == INTERNAL:
            ours = reading.memory.names.ours(MG.Activity, other.get("ref"))
            if ours and not reading.seen[ours]:
                return ours
    wished = f"activity/{year}/{as_key(identifier) or 'activity'}"
    return reading.memory.names.made(MG.Activity, f"{identifier}\n{reading.seen[again]}", wished)


# ---------------------------------------------------------------- what it says


def _attributes(draft: ActivityDraft, element: etree._Element) -> None:
    """Say what the element itself has, and take note of languages that are read otherwise."""
    updated = element.get("last-updated-datetime")
    day = read_xml_day(updated)
    if day:
        draft.activity.say(MG.recordChangedOn, dated(day))
        if day != (updated or "").strip():
            draft.count(element, notices.READ, "last-updated-datetime", "iati_day_only")
            draft.activity.note([(draft.lang, f"last-updated-datetime {updated}")])
    but = ("last-updated-datetime",) if day else ()
    draft.keep(draft.activity, element, describe_attributes(element, draft.lang, but))
    for part in element.iter(etree.Element):
        tag = part.get(XML_LANG)
        if tag is not None and language(tag) != tag:
            key = "iati_language_short" if language(tag) else "iati_language_unknown"
            draft.count(part, notices.READ, f"xml:lang {tag}", key)


def _note(draft: ActivityDraft, part: etree._Element) -> None:
    draft.keep_all(draft.activity, part)


def _pass(_draft: ActivityDraft, _part: etree._Element) -> None:
    """Add nothing: what makes the activity's id was read before its parts."""


def _title(draft: ActivityDraft, part: etree._Element) -> None:
    if ALL not in filled(part):
        draft.activity.name(narratives(part, draft.lang))


def _description(draft: ActivityDraft, part: etree._Element) -> None:
    kind = (part.get("type") or GENERAL).strip()
    if ALL in filled(part):
        return
    if kind == GENERAL:
        draft.activity.add_texts(Dcterms.description, narratives(part, draft.lang))
    elif kind == OTHER:
        draft.activity.note(narratives(part, draft.lang))
    else:
        draft.keep_all(draft.activity, part)


def _reporter(draft: ActivityDraft, part: etree._Element) -> None:
    if ALL in filled(part) and part.get(ID) is None:
        return
    reporter = organization(draft, part)
    if reporter is None:
        draft.keep_all(draft.activity, part)
    elif ALL not in filled(part):
        draft.activity.link(MG.recordedBy, reporter)
        more = describe(part, draft.lang, ("ref", "type"), narrated=False)
        draft.keep(draft.activity, part, more)


def _participant(draft: ActivityDraft, part: etree._Element) -> None:
    """Add an organisation with its part; what else is said of that is a note on the activity."""
    if ALL in filled(part):
        return
    participant = organization(draft, part)
    role = (part.get("role") or "").strip()
    if participant is None:
        draft.keep_all(draft.activity, part)
        return
    if role not in ROLES:
        draft.notice(part, notices.KEPT, f"role {role}", "iati_no_code")
    draft.activity.link(ROLES.get(role, MG.involves), participant)
    more = describe(part, draft.lang, ("ref", "type", "role"), narrated=False)
    if more or ROLES.get(role, MG.involves) == MG.involves:
        draft.keep(draft.activity, part, describe(part, draft.lang, ("type",)))


def _identifier_of_other(draft: ActivityDraft, part: etree._Element) -> None:
    if not (part.get("type") == INTERNAL and part.get("ref") == draft.activity.iri):
        draft.keep_all(draft.activity, part)


def _status(draft: ActivityDraft, part: etree._Element) -> None:
    code = (part.get("code") or "").strip()
    if ALL in filled(part):
        return
    if not code:
        draft.keep_all(draft.activity, part)
        return
    if code not in STATUSES:
        draft.notice(part, notices.KEPT, f"activity-status {code}", "iati_no_code")
    status = concept(draft, part, ("activity-status", "", ""), code, MG.Status)
    if code in STATUSES:
        status.stand_in = partial(word, f"iati_status_{code}")
    draft.activity.link(MG.status, status)


def _contact(draft: ActivityDraft, part: etree._Element) -> None:
    """Keep a contact, but for what describes a person."""
    for detail in part:
        if local(detail) in _PERSONAL:
            draft.count(detail, notices.LEFT, f"contact-info/{local(detail)}", "iati_person")
    draft.keep(draft.activity, part, describe(part, draft.lang, _PERSONAL))


def _place(draft: ActivityDraft, part: etree._Element) -> None:
    draft.activity.link(MG.place, place(draft, part))


def _document(draft: ActivityDraft, part: etree._Element) -> None:
    document(draft, draft.activity, part)


def _code(draft: ActivityDraft, part: etree._Element) -> None:
    listed(draft, draft.activity, part)


def _related(draft: ActivityDraft, part: etree._Element) -> None:
    """Relate an activity to one of the same file; the kind of relation is a note, too."""
    memory = draft.reading.memory
    other = memory.activities.get((part.get("ref") or "").strip())
    is_parent = part.get("type") == PARENT
    if other and is_parent:
        memory.parents.setdefault(draft.activity.iri, other)
    if other and other != draft.activity.iri:
        is_above = is_parent and memory.parents.get(draft.activity.iri) == other
        fits = is_above and draft.activity.iri not in _above(memory.parents, other)
        draft.activity.say(MG.partOf if fits else MG.relatesTo, ox.NamedNode(other))
        if fits:
            return
    draft.keep_all(draft.activity, part)


def _above(parents: dict[str, str], start: str) -> set[str]:
    """Return what an activity is part of, and itself, also where that goes round."""
    reached = {start}
    while (start := parents.get(start, start)) not in reached:
        reached.add(start)
    return reached


_READERS: Mapping[str, Callable[[ActivityDraft, etree._Element], None]] = {
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
