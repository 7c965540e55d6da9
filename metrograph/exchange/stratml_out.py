"""A plan in, a StratML file of Part 1 or 2 out, and what the file does not hold of the plan.

Writing is strict: the file is valid against the schema of its part. What it holds is not claimed
but found: the file is read again, and what does not come back, triple by triple, is lost and goes
into the ledger with the reason.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox
from lxml import etree

from metrograph import exporting
from metrograph.exchange import ledger, stratml, stratml_ids, stratml_in
from metrograph.exchange.stratml_losses import reasons
from metrograph.exchange.stratml_said import Figure, Said
from metrograph.plan import Plan
from metrograph.terms import MG, Dcterms, Skos
from metrograph.wording import LANGUAGES, word

_NEVER = date(1, 1, 1)  # the day of a file that says none: no plan is of it
_PATH = Path("plan.xml")


@dataclass(frozen=True)
class Written:
    """A file that was written: its bytes and language; triples that it holds, and that are lost."""

    data: bytes
    lang: str
    carried: frozenset[ox.Triple]
    lost: tuple[ledger.Loss, ...]


def write(plan: Plan, part: int = 2, lang: str | None = None) -> Written:
    """Return what a plan asserts as StratML of a part (1 or 2), valid against its schema.

    A file has one language: `lang`, or that of the plan as it was opened; if the plan has no names
    in it, the one in which it has most. Carried is what `stratml_in` reads from the file as the
    same triple; citations are not compared, since those of a file are its own lines.
    """
    quads = exporting.quads(plan, exporting.Choice("nq"))
    triples = frozenset(quad.triple for quad in quads)
    language = _language(triples, lang or plan.lang)
    return written(Said(triples, plan.iri, plan.ids.base, language), part)


def written(said: Said, part: int) -> Written:
    """Return what is said as StratML of a part, with what comes back of it and what does not."""
    root = _Writer(said, part).plan()
    etree.indent(root, "  ")
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
    carried = said.triples & _read(data, said)
    lost = ledger.losses(said.triples, carried, reasons(said, part))
    return Written(data, said.lang, carried, lost)


def _language(triples: Iterable[ox.Triple], wanted: str) -> str:
    counts = Counter(
        one.object.language for one in triples
        if isinstance(one.object, ox.Literal) and one.object.language
    )  # fmt: skip
    return wanted if wanted in counts or not counts else min(counts, key=lambda x: (-counts[x], x))


def _read(data: bytes, said: Said) -> frozenset[ox.Triple]:
    """Return what a reader with the same base gets out of a file, but for where it stands there."""
    root = etree.fromstring(data)
    draft = stratml_in.document(root, _PATH, data, said.base, said.lang, _NEVER).draft
    return frozenset(
        triple
        for name, (_, records) in draft.files.items()
        for record in records
        for triple in record.triples()
        if name != "sources.ttl" and triple.predicate.value != MG.citation
    )


class _Writer:
    """Makes the elements of a file; it keeps in mind which names it has given."""

    def __init__(self, said: Said, part: int) -> None:
        self._said = said
        self._part = part
        self._given: set[str] = set()  # identifiers of the file, and ids made of names
        self._identifiers = dict(self._named())

    # ------------------------------------------------------------ the document

    def plan(self) -> etree._Element:
        said, iri = self._said, self._said.plan
        namespace = stratml.NAMESPACES[self._part]
        root = etree.Element(f"{{{namespace}}}{stratml.ROOTS[self._part]}", nsmap={None: namespace})
        attributes, notes = self._attributes(stratml.PLAN, said.texts(iri, Skos.note))
        if self._part == 2:
            root.set("Type", attributes.get("Type", "Strategic_Plan"))
        self._add(root, "Name", said.label(iri))
        self._told(root, "Description", said.text(iri, Dcterms.description))
        self._told(root, "OtherInformation", stratml_ids.joined(notes))
        core = self._add(root, "StrategicPlanCore")
        self._bodies(core)
        self._statement(core, "Vision", said.text(iri, MG.vision), self._hint())
        self._statement(core, "Mission", said.text(iri, MG.mission), "")
        for value in said.core_values:
            self._beside(self._add(core, "Value"), "Value", value, [])
        for goal in said.goals:
            self._element(core, "Goal", goal)
        if not said.goals:
            self._told(self._add(core, "Goal"), "Name", "", is_due=True)
            self._add(core[-1], "Description")
        self._administration(root)
        return root

    def _administration(self, root: etree._Element) -> None:
        said, iri = self._said, self._said.plan
        start, end = said.days(iri)
        foreign = said.foreign(iri)
        texts = {
            "Identifier": "",
            "StartDate": start,
            "EndDate": end,
            "PublicationDate": said.date(iri, Dcterms.issued),
            "Source": next(iter(said.nodes(iri, Dcterms.source)), ""),
        }
        if self._part == 2 and self._is_dated(start, end):
            texts["Identifier"] = stratml_ids.escaped(foreign)
        elif self._part == 2:
            texts["Identifier"] = stratml_ids.escaped(said.short(iri))
        if any(texts.values()):
            admin = self._add(root, "AdministrativeInformation")
            for name, text in texts.items():
                self._told(admin, name, text)

    def _is_dated(self, start: str, end: str) -> bool:
        """Tell whether a reader gives the plan its id by its period."""
        days = [one for one in (start, end) if one]
        made = stratml_ids.id_of_plan(min(days), max(days)) if days else ""
        return made == self._said.short(self._said.plan)

    def _hint(self) -> str:
        """Return the id of the plan for a file of Part 1, which has no other place for it."""
        if self._part == 2 or self._is_dated(*self._said.days(self._said.plan)):
            return ""
        return stratml_ids.escaped(f"{self._said.short(self._said.plan)}#vision")

    def _statement(self, core: etree._Element, name: str, text: str, identifier: str) -> None:
        if text or identifier:
            made = self._add(core, name)
            self._told(made, "Description", text)
            self._told(made, "Identifier", identifier)

    def _bodies(self, core: etree._Element) -> None:
        said = self._said
        holders = self._holders()
        for iri in said.bodies or ([""] if holders else []):
            made = self._add(core, "Organization")
            if iri:
                self._told(made, "Name", said.label(iri))
                self._told(made, "Acronym", said.text(iri, Skos.altLabel))
                self._told(made, "Identifier", self._identifiers[iri])
                texts = [said.text(iri, Dcterms.description), *said.texts(iri, Skos.note)]
                self._told(made, "Description", stratml_ids.joined(texts))
            for stakeholder in holders.get(iri, ()):
                self._stakeholder(made, stakeholder, iri or said.plan)

    def _holders(self) -> Mapping[str, list[str]]:
        """Return the stakeholders of the plan by the organisation under which they stand."""
        found: dict[str, list[str]] = {}
        for iri in self._said.stakeholders(self._said.plan):
            named = [one for one in self._said.bodies if one in self._said.nodes(iri, MG.relatesTo)]
            found.setdefault(next(iter([*named, *self._said.bodies]), ""), []).append(iri)
        return found

    # ------------------------------------------------------------ goals and objectives

    def _element(self, above: etree._Element, name: str, iri: str) -> None:
        said = self._said
        made = self._add(above, name)
        self._told(made, "Name", said.label(iri), is_due=name == "Goal")
        description = said.text(iri, Dcterms.description)
        self._told(made, "Description", description, is_due=name == "Goal")
        self._told(made, "Identifier", self._identifiers[iri])
        self._told(made, "SequenceIndicator", said.word(iri, Skos.notation))
        for stakeholder in said.stakeholders(iri):
            self._stakeholder(made, stakeholder, iri)
        notes = said.texts(iri, Skos.note)
        self._told(made, "OtherInformation", stratml_ids.joined(notes))
        for objective in said.objectives.get(iri, ()):
            self._element(made, "Objective", objective)
        for indicator in said.indicators.get(iri, ()) if self._part == 2 else ():
            self._indicator(made, indicator)

    def _stakeholder(self, above: etree._Element, iri: str, whole: str) -> None:
        said = self._said
        attributes, notes = self._attributes("Stakeholder", said.texts(iri, Skos.note))
        made = self._add(above, "Stakeholder")
        for name, value in attributes.items():
            made.set(name, value)
        roles = [(note, role) for note in notes if (role := _role(note)) and self._part == 2]
        others = [note for note in notes if note not in dict(roles)]
        self._beside(made, "Stakeholder", iri, others, whole)
        told = {one for _, (name, kinds, _) in roles for one in (name, *kinds)}
        rest = said.texts(iri, MG.stakeholderRole) if self._part == 2 else []
        for one in rest:
            if one not in told:
                is_kind = one in stratml.ROLE_TYPES
                self._role(made, "" if is_kind else one, [one] if is_kind else [], "")
        for _, role in roles:
            self._role(made, *role)

    def _role(self, above: etree._Element, name: str, kinds: Sequence[str], text: str) -> None:
        made = self._add(above, "Role")
        self._told(made, "Name", name, is_due=True)
        self._told(made, "Description", text)
        for kind in kinds:
            self._add(made, "RoleType", kind)

    def _beside(
        self, made: etree._Element, name: str, iri: str, notes: Sequence[str], whole: str = ""
    ) -> None:
        """Add name and description of what has no identifier: an id that differs is a note."""
        said = self._said
        self._told(made, "Name", said.label(iri), is_due=True)
        others = notes if name == "Stakeholder" else said.texts(iri, Skos.note)
        made_id = said.by_name(name, iri, said.short(whole) if whole else "")
        texts = [said.text(iri, Dcterms.description), *others, *self._id_note(iri, made_id)]
        self._told(made, "Description", stratml_ids.joined(texts))

    def _id_note(self, iri: str, made_id: str) -> list[str]:
        """Return an id as a note, unless it is the one that a reader makes."""
        short = self._said.short(iri)
        is_made = made_id == short and short not in self._given
        self._given |= {made_id, short}
        return [] if is_made else [f"{stratml_ids.IDENTIFIER}{short}"]

    # ------------------------------------------------------------ indicators and figures

    def _indicator(self, above: etree._Element, iri: str) -> None:
        said = self._said
        attributes, notes = self._attributes("PerformanceIndicator", said.texts(iri, Skos.note))
        made = self._add(above, "PerformanceIndicator")
        for name, value in attributes.items():
            made.set(name, value)
        self._told(made, "SequenceIndicator", said.word(iri, Skos.notation))
        self._add(made, "MeasurementDimension", said.label(iri))
        self._add(made, "UnitOfMeasurement", self._unit(iri))
        self._told(made, "Identifier", self._identifiers[iri])
        for other in said.nodes(iri, MG.relatesTo):
            if identifier := self._identifiers.get(other, ""):
                self._told(self._add(made, "Relationship"), "ReferentIdentifier", identifier)
        in_words = [(note, result) for note in notes if (result := _result(note))]
        for _, (name, text, others) in in_words:
            self._result(self._add(made, "MeasurementInstance"), name, text, others)
        for _, figures in groupby(said.figures(iri), key=lambda one: (one.start, one.end)):
            self._instance(made, list(figures), iri)
        description = said.text(iri, Dcterms.description)
        own = [f"{stratml_ids.DESCRIPTION}{description}"] if description else []
        rest = [note for note in notes if note not in dict(in_words)]
        self._told(made, "OtherInformation", stratml_ids.joined([*own, *rest]))

    def _unit(self, indicator: str) -> str:
        unit = next(iter(self._said.nodes(indicator, MG.unit)), "")
        label = "%" if unit == MG.percent else self._said.label(unit)
        lang = self._said.lang if self._said.lang in LANGUAGES else "en"
        is_none = self._said.short(unit) == "unit/not-stated" and label == word("no_unit", lang)
        return "" if is_none else label

    def _instance(self, above: etree._Element, figures: Sequence[Figure], indicator: str) -> None:
        made = self._add(above, "MeasurementInstance")
        subject = next(iter(self._said.bodies), self._said.plan)
        short = self._said.short
        for one in sorted(figures, key=lambda one: one.name != "TargetResult"):
            about = (short(indicator), one.start, one.end, short(subject))
            note = self._id_note(one.iri, stratml_ids.id_of_figure(*about))
            first = [word("stratml_baseline", self._said.lang)] if one.is_baseline else []
            scope = [stratml_ids.SCOPE + text for text in self._said.texts(one.iri, MG.scope)]
            texts = [*first, *self._said.texts(one.iri, Skos.note), *scope, *note]
            others = {"StartDate": one.start, "EndDate": one.end, "NumberOfUnits": one.number}
            if qualifier := self._qualifier(one.iri):
                others |= {"DescriptorName": stratml_ids.QUALIFIER, "DescriptorValue": qualifier}
            self._result(made, one.name, stratml_ids.joined(texts), others)

    def _qualifier(self, figure: str) -> str:
        """Return how exactly a figure is known; a number alone is exact."""
        named = [self._said.short(one) for one in self._said.nodes(figure, MG.qualifier)]
        found = "".join(named[:1]).removeprefix("mg:")
        return found if found in stratml_ids.QUALIFIERS else ""

    def _result(
        self, above: etree._Element, name: str, text: str, others: Mapping[str, str]
    ) -> None:
        made = self._add(above, name)
        for one in ("StartDate", "EndDate", "NumberOfUnits"):
            self._told(made, one, others.get(one, ""))
        named = [one for one in ("DescriptorName", "DescriptorValue") if one in others]
        descriptor = self._add(made, "Descriptor") if named else made
        for one in named:
            self._add(descriptor, one, others[one])
        self._told(made, "Description", text)

    # ------------------------------------------------------------ what all need

    def _named(self) -> Iterable[tuple[str, str]]:
        """Yield an identifier for each record that has one: that of others, or our own id."""
        said = self._said
        objectives = [(goal, *said.objectives[goal]) for goal in said.goals]
        named = [
            *(("Organization", iri) for iri in said.bodies),
            *(
                ("Objective" if at else "Goal", iri)
                for of in objectives
                for at, iri in enumerate(of)
            ),
            *(("PerformanceIndicator", iri) for of in said.indicators.values() for iri in of),
        ]
        for name, iri in named:
            short, foreign = said.short(iri), said.foreign(iri)
            made = stratml_ids.free_id(said.by_name(name, iri), self._given)
            is_theirs = foreign and made == short and foreign not in self._given
            identifier = foreign if is_theirs else short
            self._given |= {identifier, short}
            yield iri, stratml_ids.escaped(identifier)

    def _attributes(self, name: str, notes: Sequence[str]) -> tuple[dict[str, str], list[str]]:
        """Return what of the notes are attributes of the standard, and the others."""
        found: dict[str, str] = {}
        known = stratml.ATTRIBUTES[name] if (name, self._part) != (stratml.PLAN, 1) else {}
        for note in notes:
            key, _, value = note.partition(": ")
            if value in known.get(key, ()):
                found.setdefault(key, value)
        told = {f"{key}: {value}" for key, value in found.items()}
        return found, [note for note in notes if note not in told]

    def _add(self, above: etree._Element, name: str, text: str = "") -> etree._Element:
        made = etree.SubElement(above, f"{{{stratml.NAMESPACES[self._part]}}}{name}")
        made.text = stratml_ids.for_xml(text) or None
        return made

    def _told(self, above: etree._Element, name: str, text: str, is_due: bool = False) -> None:
        """Add an element with a text, if there is one or the schema wants the element."""
        if text or is_due:
            self._add(above, name, text)


def _role(note: str) -> tuple[str, list[str], str] | None:
    """Return the role that a note tells, if an element of the standard can hold it."""
    found = stratml_ids.role_of_note(note)
    if found is None or stratml_ids.role_note(*found) != note:
        return None
    is_fit = len(found[1]) <= len(stratml.ROLE_TYPES) and set(found[1]) <= {*stratml.ROLE_TYPES}
    return found if is_fit else None


def _result(note: str) -> tuple[str, str, dict[str, str]] | None:
    """Return the result in words that a note tells, if an element of the standard can hold it."""
    found = stratml_ids.result_of_note(note)
    if found is None:
        return None
    name, text, others = found
    is_same = stratml_ids.result_note(name, text, list(others.items())) == note
    days = [value for key, value in others.items() if key.endswith("Date")]
    return found if is_same and all(map(_is_day, days)) else None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
