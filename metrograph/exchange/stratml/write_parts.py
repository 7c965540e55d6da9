"""Texts and records in, elements of a StratML document out: what all parts of the writing need."""

from collections.abc import Iterable, Sequence

from lxml import etree

from metrograph.exchange.stratml import ids, vocabulary
from metrograph.exchange.stratml.view import Said


class Pen:
    """What is said, for which part, and which names were given: identifiers, ids made of names."""

    def __init__(self, said: Said, part: int) -> None:
        self.said = said
        self.part = part
        self.given = {said.short(said.plan), said.foreign(said.plan)}
        self.identifiers = dict(self._named())

    def _named(self) -> Iterable[tuple[str, str]]:
        """Yield an identifier for each record that has one: that of others, or our own id."""
        said = self.said
        named = [("Organization", iri) for iri in said.bodies]
        for goal in said.goals:
            named += [("Goal", goal), *(("Objective", iri) for iri in said.objectives[goal])]
        for of in said.indicators.values():
            named += [("PerformanceIndicator", iri) for iri in of]
        tried: dict[str, int] = {}
        for name, iri in named:
            short, foreign = said.short(iri), said.foreign(iri)
            made = ids.free_id(said.by_name(name, iri), self.given, tried)
            is_theirs = foreign and made == short and foreign not in self.given
            identifier = foreign if is_theirs else short
            self.given |= {identifier, short}
            yield iri, ids.escaped(identifier)

    def attributes(self, name: str, notes: Sequence[str]) -> tuple[dict[str, str], list[str]]:
        """Return what of the notes are attributes of the standard, and the others."""
        found: dict[str, str] = {}
        known = vocabulary.ATTRIBUTES[name] if (name, self.part) != (vocabulary.PLAN, 1) else {}
        for note in notes:
            key, _, value = note.partition(": ")
            if value in known.get(key, ()):
                found.setdefault(key, value)
        told = {f"{key}: {value}" for key, value in found.items()}
        return found, [note for note in notes if note not in told]

    def add(self, above: etree._Element, name: str, text: str = "") -> etree._Element:
        """Add an element with a text, perhaps empty, and return it."""
        made = etree.SubElement(above, f"{{{vocabulary.NAMESPACES[self.part]}}}{name}")
        made.text = ids.for_xml(text) or None
        return made

    def told(self, above: etree._Element, name: str, text: str, is_due: bool = False) -> None:
        """Add an element with a text, if there is one or the schema wants the element."""
        if text or is_due:
            self.add(above, name, text)

    def id_note(self, iri: str, made_id: str) -> list[str]:
        """Return an id as a note, unless it is the one that a reader makes."""
        short = self.said.short(iri)
        is_made = made_id == short and short not in self.given
        self.given |= {made_id, short}
        return [] if is_made else [f"{ids.IDENTIFIER}{short}"]
