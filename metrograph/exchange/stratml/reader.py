"""Reads a StratML file of Part 1 or 2 as a plan, with remarks.

Reading is tolerant (`normalize` says how): goals become the first level of the plan, objectives
the second, and whatever has no place in the model a note on the nearest record. Who sent the file
is left out (docs/decisions/persons.md).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
from lxml import etree

from metrograph.errors import InputError
from metrograph.exchange import xml_stream
from metrograph.exchange.stratml import figures, vocabulary
from metrograph.exchange.stratml.elements import Doc, facts, stakeholders
from metrograph.exchange.stratml.goals import elements, levels
from metrograph.exchange.stratml.names import named
from metrograph.exchange.stratml.nodes import Desk, Node, shown, walk
from metrograph.exchange.stratml.normalize import tree
from metrograph.messages import word
from metrograph.reading.dates import is_xml_day
from metrograph.reading.notices import GUESSED, KEPT, Read
from metrograph.store.new_plan import Draft, source
from metrograph.store.records import Record
from metrograph.store.turtle import read_bytes
from metrograph.text import as_key
from metrograph.vocabulary import MG, Dcterms, Skos

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def is_stratml(root: etree._Element) -> bool:
    """Return whether the root of an XML file is StratML's, of whatever version (see `read`)."""
    name = etree.QName(root)
    return _is_later(name) or vocabulary.part_of(name.localname, name.namespace) is not None


def read(path: Path, base: str, lang: str) -> Read:
    """Return the plan of a StratML file, under a base IRI, with what was noticed.

    `lang` is the language of the file's texts where it does not say it (`xml:lang`), and that of
    the remarks. A plan that tells no day at all is taken for one of the day its file was changed.
    Raises `InputError` for what is no XML, not safe to read, or no StratML of ISO 17469.
    """
    root = xml_stream.parsed(path)
    day = date.fromtimestamp(path.stat().st_mtime)
    return document(root, path, read_bytes(path), base, lang, day)


def document(  # noqa: PLR0913, PLR0917  what a file is, and how it is to be read
    root: etree._Element, path: Path, data: bytes, base: str, lang: str, day: date
) -> Read:
    """Return the plan of a document: the root of its XML, its path and its bytes; see `read`."""
    part = _part(root, path)
    name = path.name.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text
    desk = Desk(name, lang, part)
    plan = tree(root, desk)
    if not (plan.find_child("Name") or plan.find_child("StrategicPlanCore")):
        raise _no_stratml(path, xml_stream.line(root))
    about = Record(f"{base}source/{as_key(path.stem) or 'plan'}", ())
    written = source(about.subject, data, name, plan.lang or lang)
    doc = named(plan, Doc(base, plan.lang or lang, about.subject, _lines(written), desk))
    start, end, notes = _period(plan, doc, day)
    doc = replace(doc, period=(start, end))
    records = _records(plan, doc, notes)
    files = {
        "plan.ttl": [*records["Plan"], *records["Organization"], *records["Value"]],
        "elements.ttl": [*records["levels"], *records["Goal"]],
        "stakeholders.ttl": records["Stakeholder"],
        "figures.ttl": figures.records(plan, doc),
        "sources.ttl": [written],
    }
    comments = {name: word(f"file_{name.partition('.')[0]}", lang) for name in files}
    draft = Draft(base, {name: (comments[name], files[name]) for name in files})
    return Read(draft, desk.remarks())


def _is_later(name: etree.QName) -> bool:
    return bool((name.namespace or "").startswith(vocabulary.LATER))


def _part(root: etree._Element, path: Path) -> int:
    name = etree.QName(root)
    if _is_later(name):
        raise InputError(
            "{path}:{line}: this StratML dialect (namespace {namespace}) is not an ISO "
            "standard and is not supported. Export the plan as StratML Part 1 or Part 2 "
            "(ISO 17469), and try again.",
            path=path,
            line=xml_stream.line(root),
            namespace=name.namespace,
        )
    part = vocabulary.part_of(name.localname, name.namespace)
    if part is None:
        raise _no_stratml(path, xml_stream.line(root))
    return part


def _no_stratml(path: Path, at: int) -> InputError:
    return InputError(
        "{path}:{at}: this XML is not StratML: its root is neither a StrategicPlan "
        "nor a PerformancePlanOrReport with a name or goals. Give a file that follows "
        "ISO 17469 Part 1 or 2.",
        path=path,
        at=at,
    )


def _lines(written: Record) -> int:
    return next(int(of[0].value) for name, of in written.facts if name == MG.lineCount)


def _records(plan: Node, doc: Doc, notes: list[str]) -> dict[str, list[Record]]:
    """Return the records of all but figures, by the element that they come from."""
    core = plan.find_child("StrategicPlanCore") or plan
    goals = core.every("Goal", "Objective")
    bodies = [body for body in core.every("Organization") if body in doc.iris]
    return {
        "Plan": [_plan(plan, core, bodies, doc, notes)],
        "Organization": [_body(body, doc) for body in bodies],
        "Value": [
            _value(value, at, doc)
            for at, value in enumerate(core.every("Value"), start=1)
            if value in doc.iris
        ],
        "levels": list(levels(goals, doc)),
        "Goal": list(elements(goals, None, doc)),
        "Stakeholder": list(stakeholders(core, doc)),
    }


def _plan(plan: Node, core: Node, bodies: list[Node], doc: Doc, notes: list[str]) -> Record:
    admin = plan.find_child("AdministrativeInformation") or plan
    published = admin.find_child("PublicationDate")
    issued, unread = doc.date(published) if published else (None, [])
    address, also = _source(admin, doc)
    notes = [*notes, *unread, *also, *_statement_notes(core, doc)]
    if kind := plan.attributes.get("Type"):
        notes.append(f"Type: {kind}")
    identifier = admin.find_child("Identifier") or plan.find_child("Identifier")
    return facts(
        plan,
        doc,
        MG.StrategicPlan,
        notes,
        identifier,
        (
            (MG.startDate, doc.period[:1]),
            (MG.endDate, doc.period[1:]),
            (MG.vision, _statement(core, "Vision", doc)),
            (MG.mission, _statement(core, "Mission", doc)),
            (MG.adoptedBy, [ox.NamedNode(doc.iris[body]) for body in bodies]),
            (Dcterms.language, [ox.Literal(doc.lang)]),
            (Dcterms.issued, [issued] if issued else []),
            (Dcterms.source, address),
        ),
        cited=(1, doc.lines),
    )


def _statement(core: Node, name: str, doc: Doc) -> list[ox.Literal]:
    node = core.find_child(name)
    text = node.text_of("Description") if node else ""
    return [doc.text(text, node)] if text else []


def _statement_notes(core: Node, doc: Doc) -> Iterator[str]:
    """Yield the identifiers of vision and mission, which are no records of their own."""
    for node in core.every("Vision", "Mission"):
        text = node.text_of("Identifier")
        if text and not doc.plan_of_statement(text):
            doc.desk.say(node.line, KEPT, f"{node.name}/Identifier: {text}", "stratml_unknown")
            yield f"{node.name}/Identifier: {text}"


def _source(admin: Node, doc: Doc) -> tuple[list[ox.NamedNode], list[str]]:
    """Return the address of the original, or a note of what is none."""
    node = admin.find_child("Source")
    if node is None or not node.text:
        return [], []
    if re.fullmatch(r"(?:https?://|urn:)[^\s<>\"{}|\\^`]+", node.text):
        return [ox.NamedNode(node.text)], []
    doc.desk.say(node.line, KEPT, f"Source: {shown(node.text)}", "stratml_no_address")
    return [], [f"Source: {node.text}"]


def _period(plan: Node, doc: Doc, day: date) -> tuple[ox.Literal, ox.Literal, list[str]]:
    """Return the first and last day of the plan, which it must have, and notes of what is none."""
    admin = plan.find_child("AdministrativeInformation") or plan
    start, end, notes = doc.days(admin)
    if not (start and end):
        guesses = _guesses(plan, doc) or [doc.day(day.isoformat())]
        period = f"{start.value if start else ''}/{end.value if end else ''}"
        start = start or min([*guesses, *([end] if end else [])], key=str)
        end = end or max([*guesses, start], key=str)
        doc.desk.say(admin.line, GUESSED, period, "stratml_period", start.value, end.value)
    return start, end, notes


def _guesses(plan: Node, doc: Doc) -> list[ox.Literal]:
    """Return days, or else years, by which a plan can be dated: of its name, or of what it says."""
    if years := sorted(set(_YEAR.findall(plan.text_of("Name")))):
        return [doc.year(year) for year in years]
    days = {node.text[:10] for node in walk(plan) if node.name.endswith("Date")}
    return [doc.day(day) for day in sorted(days) if is_xml_day(day)]


def _body(node: Node, doc: Doc) -> Record:
    acronym = node.find_child("Acronym")
    also = [doc.text(acronym.text, acronym)] if acronym and acronym.text else []
    return facts(node, doc, MG.Body, (), node.find_child("Identifier"), ((Skos.altLabel, also),))


def _value(node: Node, at: int, doc: Doc) -> Record:
    number = node.text_of("SequenceIndicator")
    return facts(
        node,
        doc,
        MG.CoreValue,
        (),
        node.find_child("Identifier"),
        (
            (MG.position, [ox.Literal(at)]),
            (Skos.notation, [ox.Literal(number)] if number else []),
            (MG.ofPlan, [ox.NamedNode(doc.plan)]),
        ),
    )
