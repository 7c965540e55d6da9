"""Assigns an IRI to each element of a StratML document that becomes a record.

All have theirs before the first record is made, so that those that name each other by an identifier
can be tied.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from metrograph.exchange.stratml import ids as stratml_ids
from metrograph.exchange.stratml import vocabulary
from metrograph.exchange.stratml.elements import Doc, described
from metrograph.exchange.stratml.nodes import Node, first_text, shown, walk
from metrograph.ids import free_id
from metrograph.reading.dates import is_xml_day
from metrograph.reading.notices import READ

_NCNAME = re.compile(r"[^\W\d][\w.\u00b7-]*")  # Namespaces in XML 1.0, section 4
_RESERVED = ("plan", "source", "scheme", "level", "unit", "observation")


def named(plan: Node, doc: Doc) -> Doc:
    """Return a document's context with an IRI for each element that gets a record."""
    iris = {node: doc.base + id_ for node, id_ in _ids(plan, doc).items()}
    _check_identifiers(plan, doc)
    core = plan.find_child("StrategicPlanCore") or plan
    subject = next((iris[body] for body in core.every("Organization") if body in iris), iris[plan])
    known = _known(plan, core, iris)
    return replace(doc, iris=iris, known=known, plan=iris[plan], subject=subject)


def _ids(plan: Node, doc: Doc) -> dict[Node, str]:
    """Return the id of each element that gets a record, each once, the plan's first."""
    ids: dict[Node, str] = {plan: _plan_id(plan, doc)}
    taken = set(ids.values())
    tried: dict[str, int] = {}
    for node, whole in _with_records(plan, plan):
        made = _id(node, ids.get(whole, ids[plan]), taken)
        ids[node] = free_id(made, taken.__contains__, tried)
        taken.add(ids[node])
    return ids


def _known(plan: Node, core: Node, iris: Mapping[Node, str]) -> dict[str, str]:
    """Return the IRI that each identifier names; one that stands twice names the first."""
    known: dict[str, str] = {}
    for node, iri in iris.items():
        admin = node.find_child("AdministrativeInformation")
        for holder in (node, admin) if admin else (node,):
            known.setdefault(stratml_ids.unescaped(holder.text_of("Identifier")), iri)
    for statement in core.every("Vision", "Mission"):
        known.setdefault(stratml_ids.unescaped(statement.text_of("Identifier")), iris[plan])
    known.pop("", None)
    return known


def _plan_id(plan: Node, doc: Doc) -> str:
    """Return the id of the plan: as written by us, or by its period."""
    admin = plan.find_child("AdministrativeInformation") or plan
    core = plan.find_child("StrategicPlanCore") or plan
    own = stratml_ids.unescaped(admin.text_of("Identifier"))
    if own.startswith("plan/") and stratml_ids.is_ours(own):
        return own
    for statement in core.every("Vision", "Mission"):
        if plan_id := doc.plan_of_statement(statement.text_of("Identifier")):
            return plan_id
    days = [
        text[:10]
        for name in ("StartDate", "EndDate")
        if is_xml_day(text := admin.text_of(name)[:10])
    ]
    if days:
        return stratml_ids.id_of_plan(min(days), max(days))
    return f"plan/{stratml_ids.short_key(plan.text_of('Name')) or '1'}"


def _with_records(node: Node, whole: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the elements that get a record, each with that of which it is a part."""
    for child in node.children:
        is_record = child.name in vocabulary.RECORDS and _says_something(child)
        if is_record:
            yield child, whole
        yield from _with_records(child, child if is_record else whole)


def _says_something(node: Node) -> bool:
    """Return whether an element says enough to be a record: forms leave many empty.

    What an organisation's stakeholders say is not said of the organisation.
    """
    skipped = ("Stakeholder",) if node.name == "Organization" else ()
    inner = [part for child in node.children if child.name not in skipped for part in walk(child)]
    has_text = any(part.text and part.name != "RoleType" for part in inner)
    has_mark = any(part.attributes and part.name != "Stakeholder" for part in (node, *inner))
    return has_text or has_mark or any(part.strays for part in (node, *inner))


def _id(node: Node, whole: str, taken: set[str]) -> str:
    """Return the id that an element should have: its own if it is one of ours, else by its name."""
    own = stratml_ids.unescaped(node.text_of("Identifier")) or described(node)[2]
    if stratml_ids.is_ours(own) and own.partition("/")[0] not in _RESERVED and own not in taken:
        return own
    name = first_text(node, "Name", "MeasurementDimension", "Acronym", "Description", "Identifier")
    fallback = whole.partition("/")[2] if node.name == "PerformanceIndicator" else ""
    return stratml_ids.id_by_name(node.name, shown(name) or fallback, whole)


def _check_identifiers(plan: Node, doc: Doc) -> None:
    """Remark on identifiers that are empty, that occur twice, or that are no XML names."""
    seen: set[str] = set()
    for node in walk(plan):
        if node.name != "Identifier":
            continue
        if not node.text:
            doc.desk.say(node.line, READ, "Identifier", "stratml_identifier_empty")
        elif node.text in seen:
            doc.desk.say(node.line, READ, f"Identifier: {node.text}", "stratml_identifier_twice")
        elif not _NCNAME.fullmatch(node.text):
            doc.desk.say(node.line, READ, f"Identifier: {node.text}", "stratml_identifier")
        seen.add(node.text)
