"""The state of an IATI import: ids in use, remarks, and collected records."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from metrograph.exchange.drafts import Names, Text, Thing
from metrograph.exchange.iati.codes import local
from metrograph.exchange.iati.texts import describe
from metrograph.exchange.xml_stream import line
from metrograph.ids import free_id
from metrograph.messages import word
from metrograph.reading import notices
from metrograph.reading.notices import Remark


class Noticed:
    """What a reading noticed: single things, and what occurs so often that it is counted."""

    def __init__(self, file: str, lang: str) -> None:
        self._file, self._lang = file, lang
        self._single: list[tuple[int, Remark]] = []
        self._counted: dict[tuple[str, str, str], tuple[int, int]] = {}

    def add(self, at: int, kind: str, text: str, key: str, *values: object) -> None:
        """Take note of one thing: its line, what stands there, and what became of it (a key)."""
        made = word(key, self._lang).format(*values)
        self._single.append((at, Remark(f"{self._file}:{at}", kind, text, made)))

    def count(self, at: int, kind: str, text: str, key: str) -> None:
        """Take note of what is told once, with its first line and how often it occurs."""
        first, times = self._counted.get((kind, text, key), (at, 0))
        self._counted[kind, text, key] = (first, times + 1)

    def all(self) -> tuple[Remark, ...]:
        """Return all remarks, in the order of the file."""
        counted = [
            (at, Remark(f"{self._file}:{at}", kind, self._times(text, times), self._made(key)))
            for (kind, text, key), (at, times) in self._counted.items()
        ]
        return tuple(
            remark for _, remark in sorted([*self._single, *counted], key=lambda item: item[0])
        )

    def _times(self, text: str, times: int) -> str:
        return text if times == 1 else f"{text} ({times}\u00d7)"

    def _made(self, key: str) -> str:
        return word(key, self._lang)


@dataclass
class Memory:
    """What the first reading of a file learns, and the second one uses.

    `activities` are the IRIs of identifiers, `parents` what an activity is part of; `units` are
    those that an indicator has at its several places, `numbers` the positions of results.
    """

    names: Names
    activities: dict[str, str] = field(default_factory=dict)
    units: dict[str, set[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)


@dataclass
class Reading:
    """One reading of a file: in which language, into which plan and level, from which source.

    `year` is that of an activity without any date, `last` the number of the file's last line.
    """

    lang: str
    year: str
    last: int
    memory: Memory
    noticed: Noticed
    plan: str
    level: str
    seen: Counter[str] = field(default_factory=Counter)
    results: int = 0

    def lines(self, element: etree._Element) -> tuple[int, int]:
        """Return the first and the last line of what an element says."""
        last = element
        while len(last):
            last = last[-1]
        end = line(last) + (last.text or "").strip().count("\n")
        first = min(line(element), self.last)
        return first, max(first, min(end, self.last))


@dataclass
class ActivityDraft:
    """One activity that is read: its language, its key, and all records that it describes."""

    reading: Reading
    lang: str
    key: str
    activity: Thing
    things: list[Thing] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def add(self, element: etree._Element, kind: str, iri: str) -> Thing:
        """Return a new thing with an IRI, one more that the activity describes."""
        thing = Thing(iri, kind, self.reading.lines(element))
        self.things.append(thing)
        return thing

    def shared(self, element: etree._Element, kind: str, identity: str, wished: str) -> Thing:
        """Return a thing that other activities may tell of, too: as far as it is told here."""
        return self.add(element, kind, self.reading.memory.names.made(kind, identity, wished))

    def own(self, element: etree._Element, kind: str, ours: str | None, wished: str) -> Thing:
        """Return a new thing of this activity, with the IRI that it has, or the id wished for."""
        iri = self.reading.memory.names.ours(kind, ours) or self._free(wished)
        return self.add(element, kind, iri)

    def _free(self, wished: str) -> str:
        names = self.reading.memory.names
        iri = free_id(names.base + wished, lambda iri: iri in self.taken or bool(names.kind(iri)))
        self.taken.add(iri)
        return iri

    def keep(self, on: Thing, element: etree._Element, texts: Iterable[Text]) -> None:
        """Keep what has no place of its own as notes on a thing, and take note of it."""
        notes = list(texts)
        if notes:
            on.note(notes)
            self.count(element, notices.KEPT, local(element), "iati_kept")

    def keep_all(self, on: Thing, element: etree._Element) -> None:
        """Keep an element with all that it holds as notes on a thing."""
        self.keep(on, element, describe(element, self.lang))

    def notice(
        self, element: etree._Element, kind: str, text: str, key: str, *values: object
    ) -> None:
        """Take note of one thing that is not as it should be."""
        self.reading.noticed.add(line(element), kind, text, key, *values)

    def count(self, element: etree._Element, kind: str, text: str, key: str) -> None:
        """Take note of what may occur often."""
        self.reading.noticed.count(line(element), kind, text, key)
