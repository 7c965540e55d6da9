"""Reads elements of a StratML document: terms, properties of every record, stakeholders."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from metrograph.exchange.stratml import ids, vocabulary
from metrograph.exchange.stratml.nodes import Desk, Node, first_text, shown, walk
from metrograph.ids import Ids
from metrograph.messages import LANGUAGES, word
from metrograph.reading.dates import is_xml_day, read_date, read_xml_day
from metrograph.reading.notices import GUESSED, KEPT, LEFT, READ
from metrograph.reading.numbers import read_number
from metrograph.reading.policy import Ask, Unread
from metrograph.store.datatypes import is_countable, problem
from metrograph.store.new_plan import citation
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF, XSD, Dcterms, Skos

Terms = Sequence[ox.NamedNode | ox.Literal]
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?)")
_STATEMENT = re.compile(r"(plan/[^#]+)#(?:vision|mission)")


@dataclass(frozen=True)
class Doc:
    """What it takes to make records: base IRI, language, source, how many lines it has, remarks.

    `iris` are those of the elements that get a record, `known` those that identifiers name.
    """

    base: str
    lang: str
    source: str
    lines: int
    desk: Desk
    iris: Mapping[Node, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    plan: str = ""
    subject: str = ""
    period: tuple[ox.Literal, ...] = ()

    def text(self, text: str, node: Node | None) -> ox.Literal:
        """Return a text in its language."""
        return ox.Literal(text, language=(node.lang if node else None) or self.lang)

    def own(self, key: str, *values: object) -> ox.Literal:
        """Return words of the program in the document's language, or in English."""
        lang = self.lang if self.lang in LANGUAGES else "en"
        return ox.Literal(word(key, lang).format(*values), language=lang)

    def short(self, iri: str) -> str:
        """Return the id of an IRI."""
        return Ids(self.base).short(iri)

    def cite(self, node: Node) -> ox.NamedNode:
        """Return the citation of the lines on which an element stands."""
        last = min(max(node.line, node.last), self.lines)
        return citation(self.source, min(node.line, last), last)

    def year(self, year: str) -> ox.Literal:
        """Return a year as a term."""
        return ox.Literal(year, datatype=ox.NamedNode(XSD + "gYear"))

    def day(self, day: str) -> ox.Literal:
        """Return a day as a term."""
        return ox.Literal(day, datatype=ox.NamedNode(XSD + "date"))

    def date(self, node: Node) -> tuple[ox.Literal | None, list[str]]:
        """Return the day, month or year that an element says, or a note of what is none."""
        if not node.text:
            return None, []
        try:
            date = read_xml_day(node.text) or read_date(node.text, Ask(self.desk.lang))
        except Unread:
            return None, [self._unread(node, "stratml_no_date")]
        if not is_xml_day(node.text):
            self.desk.say(node.line, READ, f"{node.name}: {node.text}", "stratml_read_as", date)
        kind = ("gYear", "gYearMonth", "date")[date.count("-")]
        return ox.Literal(date, datatype=ox.NamedNode(XSD + kind)), []

    def days(self, node: Node) -> tuple[ox.Literal | None, ox.Literal | None, list[str]]:
        """Return the start and end that an element says, in their order, and notes."""
        notes: list[str] = []
        ends: list[ox.Literal | None] = []
        for name in ("StartDate", "EndDate"):
            child = node.find_child(name)
            value, unread = self.date(child) if child else (None, [])
            ends.append(value)
            notes += unread
        start, end = ends
        if start and end and end.value[: len(start.value)] < start.value[: len(end.value)]:
            text = f"StartDate: {start.value}, EndDate: {end.value}"
            self.desk.say(node.line, GUESSED, text, "stratml_reversed")
            start, end = end, start
        return start, end, notes

    def number(self, node: Node) -> tuple[ox.Literal | None, list[str]]:
        """Return the number that an element says, or a note of what is none."""
        kind = "decimal" if "." in node.text else "integer"
        if _DECIMAL.fullmatch(node.text) and problem(node.text, XSD + kind) is None:
            return ox.Literal(node.text, datatype=ox.NamedNode(XSD + kind)), []
        if not node.text:
            return None, []
        try:
            number = read_number(node.text, Ask(self.desk.lang))
        except Unread:
            number = None
        if number is None or not is_countable(number):
            return None, [self._unread(node, "stratml_no_number")]
        text = f"{number:f}"
        self.desk.say(node.line, GUESSED, f"{node.name}: {node.text}", "stratml_read_as", text)
        kind = "decimal" if "." in text else "integer"
        return ox.Literal(text, datatype=ox.NamedNode(XSD + kind)), []

    def relations(self, node: Node) -> tuple[list[ox.NamedNode], list[str]]:
        """Return the records that the relationships of an element name, and notes on them."""
        related: dict[str, None] = {}
        notes: list[str] = []
        for relation in node.every("Relationship"):
            named = [
                child for child in relation.every("ReferentIdentifier", "Identifier") if child.text
            ]
            iris = {child: self.known.get(ids.unescaped(child.text)) for child in named}
            own = self.iris.get(node)
            related |= dict.fromkeys(iri for iri in iris.values() if iri and iri != own)
            note = [f"{name}: {value}" for name, value in relation.attributes.items()]
            note += [
                f"{child.name}: {child.text}"
                for child in relation.every("Name", "Description")
                if child.text
            ]
            unknown = [child for child, iri in iris.items() if not iri or iri == own]
            for child in unknown:
                self.desk.say(child.line, KEPT, f"{child.name}: {child.text}", "stratml_referent")
            note += [f"{child.name}: {child.text}" for child in unknown]
            if note:
                notes.append("\n".join(("Relationship", *note)))
        return [ox.NamedNode(iri) for iri in related], notes

    def plan_of_statement(self, identifier: str) -> str | None:
        """Return the id of the plan whose vision or mission has an identifier of ours."""
        match = _STATEMENT.fullmatch(ids.unescaped(identifier))
        return match[1] if match and ids.is_ours(match[1]) else None

    def _unread(self, node: Node, key: str) -> str:
        """Remark on a text that is no date or number, and return it as a note."""
        self.desk.say(node.line, KEPT, f"{node.name}: {shown(node.text)}", key)
        return f"{node.name}: {node.text}"


def place(node: Node, whole: Node, doc: Doc) -> list[ox.Literal]:
    """Return where an element stands among those of its name within its whole, from 1."""
    known = [part for part in whole.every(node.name) if part in doc.iris]
    return [ox.Literal(known.index(node) + 1)]


def described(node: Node) -> tuple[str, list[str], str]:
    """Return an element's description, the notes that stand beside it, and an id of ours, if any.

    Of an element that has no place for a description or an id, a note says it.
    """
    first, *others = ids.parted(node.text_of("Description"))
    others += ids.parted(node.text_of("OtherInformation"))
    identifiers = [note for note in others if note.startswith(ids.IDENTIFIER)]
    own = [note for note in identifiers if ids.is_ours(note.removeprefix(ids.IDENTIFIER))]
    descriptions = [note for note in others if note.startswith(ids.DESCRIPTION) and not first]
    notes = [note for note in others if note and note not in (*own[:1], *descriptions[:1])]
    description = first or "".join(descriptions[:1]).removeprefix(ids.DESCRIPTION)
    return description, notes, "".join(own[:1]).removeprefix(ids.IDENTIFIER)


def facts(  # noqa: PLR0913, PLR0917  what all records say, and what this one says beside
    node: Node,
    doc: Doc,
    kind: str,
    notes: Sequence[str],
    identifier: Node | None,
    own: Sequence[tuple[str, Terms]],
    label: str = "",
    cited: tuple[int, int] | None = None,
) -> Record:
    """Return the record of an element: kind, label, description, identifier, notes, citation."""
    iri = doc.iris[node]
    description, beside, _ = described(node)
    texts = [doc.text(note, node) for note in (*beside, *notes, *node.strays)]
    own_id = ids.unescaped(identifier.text) if identifier else ""
    is_foreign = own_id and f"{doc.base}{own_id}" != iri
    name = node.find_child("Name") if node.text_of("Name") and not label else node
    text = label or node.text_of("Name") or _label(node, doc)
    descriptions = [doc.text(description, node.find_child("Description"))] if description else []
    return Record(
        iri,
        (
            (RDF.type, (ox.NamedNode(kind),)),
            (RDF.label, (doc.text(text, name),)),
            (Dcterms.description, descriptions),
            *own,
            (Dcterms.identifier, (ox.Literal(own_id),) if is_foreign else ()),
            (Skos.note, tuple(dict.fromkeys(texts))),
            (MG.citation, (citation(doc.source, *cited) if cited else doc.cite(node),)),
        ),
    )


def _label(node: Node, doc: Doc) -> str:
    """Return a name for an element without one, by what else it says, and remark on it."""
    roles = [role.text_of("Name") for role in node.every("Role")]
    names = ("Acronym", "Description", "SequenceIndicator", "Identifier")
    text = shown(first_text(node, *names) or "".join(roles[:1]))
    made = text or doc.own("stratml_unnamed").value
    doc.desk.say(node.line, GUESSED, node.name, "stratml_called", made)
    return made


def stakeholders(core: Node, doc: Doc) -> Iterator[Record]:
    """Yield the record of each stakeholder of an organisation, a goal or an objective."""
    persons = 0
    for whole in (node for node in walk(core) if node.every("Stakeholder")):
        for node in whole.every("Stakeholder"):
            if node in doc.iris:
                persons += node.attributes.get("StakeholderTypeType") == "Person"
                yield _stakeholder(node, whole, doc)
            else:
                _pass_over(node, doc)
    if persons:
        text = f"Stakeholder/@StakeholderTypeType: Person (×{persons})"
        doc.desk.say(core.line, READ, text, "stratml_persons")


def _pass_over(node: Node, doc: Doc) -> None:
    """Remark on a stakeholder without a name, where more than nothing stands."""
    texts = [
        f"RoleType: {part.text}" for part in walk(node) if part.name == "RoleType" and part.text
    ]
    texts += [f"{name}: {value}" for name, value in node.attributes.items()]
    if texts:
        doc.desk.say(node.line, LEFT, f"Stakeholder, {', '.join(texts)}", "stratml_nobody")


def _stakeholder(node: Node, whole: Node, doc: Doc) -> Record:
    is_body = whole.name == "Organization"
    notes = [f"{name}: {value}" for name, value in node.attributes.items()]
    roles: dict[ox.Literal, None] = {}
    for role in node.every("Role"):
        name, text = role.text_of("Name"), role.text_of("Description")
        kinds = [kind.text for kind in role.every("RoleType") if kind.text]
        for kind in role.every("RoleType"):
            if kind.text and kind.text not in vocabulary.ROLE_TYPES:
                known = ", ".join(vocabulary.ROLE_TYPES)
                doc.desk.say(
                    kind.line, READ, f"RoleType: {shown(kind.text)}", "stratml_words", known
                )
        roles |= dict.fromkeys(doc.text(text, role) for text in (name, *kinds) if text)
        if text or len(kinds) + bool(name) > 1:
            notes.append(ids.role_note(name, kinds, text))
    body = [ox.NamedNode(doc.iris[whole])] if is_body and whole in doc.iris else []
    return facts(
        node,
        doc,
        MG.Stakeholder,
        notes,
        node.find_child("Identifier"),
        (
            (MG.position, place(node, whole, doc)),
            (MG.stakeIn, [ox.NamedNode(doc.plan if is_body else doc.iris[whole])]),
            (MG.relatesTo, body),
            (MG.stakeholderRole, list(roles)),
        ),
    )
