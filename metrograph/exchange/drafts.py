"""Collects what a file states about its records, and writes them in the plan's languages.

The shapes want the name of every record in every language of the plan, and in no other. A file
from others names some records in three languages and others in one. So names are gathered first;
then the languages in which everything has a name become the plan's, and the other names are kept
as alternative ones.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce

import pyoxigraph as ox

from metrograph.ids import free_id
from metrograph.store.new_plan import citation
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF, Dcterms, Skos

Text = tuple[str, str]  # a language, and words in it
Term = ox.NamedNode | ox.Literal
_ONE_A_LANGUAGE = (Dcterms.description, MG.scope)
_MANY = frozenset((
    MG.funder, MG.organizer, MG.partner, MG.involves, MG.place, MG.measures, MG.relatesTo,
    MG.partOf, Dcterms.identifier, MG.recordedBy, Dcterms.subject, Dcterms.language,
    RDF.seeAlso, Skos.note,
))  # fmt: skip


@dataclass
class Thing:
    """What a file says of a record: its IRI and class, the lines that describe it, its names.

    `stand_in` gives the name in a language for what has none at all.
    """

    iri: str
    kind: str
    lines: tuple[int, int]
    stand_in: Callable[[str], str] = lambda _: ""
    names: dict[str, dict[str, None]] = field(default_factory=dict)
    facts: dict[str, dict[Term, None]] = field(default_factory=dict)

    def say(self, predicate: str, *values: Term) -> None:
        """Add a fact."""
        self.facts.setdefault(predicate, {}).update(dict.fromkeys(values))

    def link(self, predicate: str, other: "Thing") -> None:
        """Add a relation to another record."""
        self.say(predicate, ox.NamedNode(other.iri))

    def name(self, texts: Iterable[Text]) -> None:
        """Add names."""
        for lang, text in texts:
            self.names.setdefault(lang, {})[" ".join(text.split())] = None

    def called(self, lang: str) -> str:
        """Return its name in a language, else one in another, else what stands in for it."""
        names = self.names.get(lang) or next(iter(self.names.values()), None)
        return next(iter(names)) if names else self.stand_in(lang)

    def note(self, texts: Iterable[Text]) -> None:
        """Add notes: what has no place of its own."""
        self.say(Skos.note, *(ox.Literal(text, language=lang) for lang, text in texts if text))

    def add_texts(self, predicate: str, texts: Iterable[Text]) -> None:
        """Add texts of which there is one in a language; a second one becomes a note."""
        for lang, text in texts:
            there = {text.language for text in _texts(self.facts.get(predicate, ()))}
            if lang in there and ox.Literal(text, language=lang) not in self.facts[predicate]:
                self.note([(lang, text)])
            else:
                self.say(predicate, ox.Literal(text, language=lang))


def merge(first: Thing, second: Thing, lang: str) -> None:
    """Add to a record what is stated about it elsewhere; what disagrees is kept as a note."""
    for language, names in second.names.items():
        first.names.setdefault(language, {}).update(names)
    for predicate, values in second.facts.items():
        if predicate in _ONE_A_LANGUAGE:
            first.add_texts(
                predicate, [(text.language or lang, text.value) for text in _texts(values)]
            )
        elif predicate in _MANY or predicate not in first.facts:
            first.say(predicate, *values)
        else:
            others = [value for value in values if value not in first.facts[predicate]]
            first.note((lang, f"{predicate.rpartition('#')[2]}: {value.value}") for value in others)


def _texts(values: Iterable[Term]) -> Iterator[ox.Literal]:
    return (value for value in values if isinstance(value, ox.Literal))


class Languages:
    """In which languages records have names."""

    def __init__(self) -> None:
        self._sets: Counter[frozenset[str]] = Counter()

    def count(self, thing: Thing) -> None:
        """Take note of the languages of a record's names."""
        if thing.names:
            self._sets[frozenset(thing.names)] += 1

    def chosen(self, lang: str) -> tuple[str, ...]:
        """Return the languages in which everything has a name, or the one most records have.

        `lang` comes first where there is a choice, and is the one where nothing has a name.
        """
        if not self._sets:
            return (lang,)
        shared = reduce(frozenset.intersection, self._sets)
        if shared:
            return tuple(sorted(shared, key=lambda tag: (tag != lang, tag)))
        each = Counter[str]()
        for names, count in self._sets.items():
            each.update(dict.fromkeys(names, count))
        return (min(each, key=lambda tag: (-each[tag], tag != lang, tag)),)

    def without(self, lang: str) -> int:
        """Return how many records have names, but none in this language."""
        return sum(count for names, count in self._sets.items() if lang not in names)


def record(thing: Thing, languages: Sequence[str], source: str) -> Record:
    """Return a draft as a record with names in these languages, cited from a source (its IRI)."""
    labels, others = _labels(thing, languages)
    facts: list[tuple[str, Sequence[Term]]] = [
        (RDF.type, (ox.NamedNode(thing.kind),)),
        (RDF.label, labels),
        (Skos.altLabel, others),
        *((predicate, tuple(values)) for predicate, values in thing.facts.items()),
        (MG.citation, (citation(source, *thing.lines),)),
    ]
    return Record(thing.iri, tuple((predicate, values) for predicate, values in facts if values))


def _labels(
    thing: Thing, languages: Sequence[str]
) -> tuple[tuple[ox.Literal, ...], tuple[ox.Literal, ...]]:
    """Return the names of a record, one in each language, and its other names."""
    if thing.kind == MG.Observation:
        return (), ()
    labels = {lang: thing.called(lang) for lang in languages}
    others = [
        ox.Literal(name, language=lang)
        for lang, names in thing.names.items()
        for name in names
        if labels.get(lang) != name
    ]
    return tuple(ox.Literal(text, language=lang) for lang, text in labels.items()), tuple(others)


class Names:
    """The IRIs of records, given out once each, so that a second reading gives the same."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._made: dict[tuple[str, str], str] = {}
        self._kinds: dict[str, str] = {}  # of every IRI
        self._tried: dict[str, int] = {}
        self._theirs: set[str] = set()  # IRIs that a file gave itself

    def made(self, kind: str, identity: str, wished: str) -> str:
        """Return the IRI of a record of a kind (a class), made of the id that is wished for."""
        if (kind, identity) not in self._made:
            iri = free_id(self.base + wished, self._kinds.__contains__, self._tried)
            self._made[kind, identity] = iri
            self._kinds[iri] = kind
        return self._made[kind, identity]

    def ours(self, kind: str, iri: str | None) -> str | None:
        """Return an IRI that a file gives itself, if it is one of this plan and free for a kind."""
        if iri in self._theirs and self._kinds[iri] == kind:
            return iri
        if iri is None or iri in self._kinds or not self._is_fit(iri):
            return None
        self._theirs.add(iri)
        self._kinds[iri] = kind
        return iri

    def kind(self, iri: str) -> str | None:
        """Return of which kind the record with an IRI is, if there is one."""
        return self._kinds.get(iri)

    def _is_fit(self, iri: str) -> bool:
        try:
            ox.NamedNode(iri)
        except ValueError:
            return False
        return iri.startswith(self.base) and iri != self.base and "#" not in iri
