"""Finds which record of a plan each record of a new file is.

An element is known by its id, by its name under the element above it, by a name that only one has,
or by its number. Where only the number or a similar name says so, it is a renaming to be asked.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metrograph.exchange.table_update.held import Facts, Held, name, names, value
from metrograph.late import late
from metrograph.vocabulary import MG, RDF, Dcterms, Skos

if TYPE_CHECKING:
    from rapidfuzz import fuzz
else:  # only names that differ need it
    fuzz = late("rapidfuzz.fuzz")

_NEAR = 80  # of 100, how alike two names are that may be of one element
_LISTS = (Skos.ConceptScheme, MG.Level, MG.Status, MG.Stakeholder, MG.Place, MG.Unit)
Of = Callable[[str], str]  # from an IRI of a file to that of the plan; of the plan to itself
Keys = Callable[[Facts, Of], Iterable[Hashable]]


@dataclass(frozen=True)
class Renaming:
    """An element of a plan (its IRI) that a file seems to call otherwise."""

    element: str
    before: str
    after: str


@dataclass
class Matching:
    """What the records of a file are in the plan, by IRI, and renamings that are to be asked."""

    known: dict[str, str] = field(default_factory=dict)
    renamings: list[Renaming] = field(default_factory=list)

    def of(self, iri: str) -> str:
        """Return the IRI of a record in the plan; that of a new one stays."""
        return self.known.get(iri, iri)


def matched(plan: Held, file: Held, lang: str, asks_renamings: bool = True) -> Matching:
    """Return what the records of a file are in a plan.

    Without `asks_renamings`, elements of other names are other elements.
    """
    matching = Matching()
    for kind in _LISTS:
        _pair(matching, plan.of_kind(kind), file.of_kind(kind), _by_list)
    held = list(plan.of_kind(MG.PlanElement))
    new = dict(file.of_kind(MG.PlanElement))
    for level in _by_depth(new):
        _elements(matching, held, level, lang, asks_renamings)
    for keys in (_by_code, _by_measured, _by_unit):
        _pair(matching, plan.of_kind(MG.Indicator), file.of_kind(MG.Indicator), keys)
    return matching


def _by_list(facts: Facts, _: Of) -> Iterator[Hashable]:
    roles = frozenset(term.value for term in facts.get(MG.stakeholderRole, ()))
    for label in sorted(names(facts)):
        yield value(facts, RDF.type), label, roles


def _by_code(facts: Facts, _: Of) -> Iterator[Hashable]:
    for code in facts.get(Dcterms.identifier, ()):
        yield code.value


def _by_measured(facts: Facts, of: Of) -> Iterator[Hashable]:
    measured = frozenset(of(term.value) for term in facts.get(MG.measures, ()))
    for label in sorted(names(facts)):
        yield label, of(value(facts, MG.unit)), measured


def _by_unit(facts: Facts, of: Of) -> Iterator[Hashable]:
    for label in sorted(names(facts)):
        yield label, of(value(facts, MG.unit))


def _above(facts: Facts, of: Of) -> tuple[str, str]:
    return of(value(facts, MG.level)), of(value(facts, MG.partOf))


def _by_id(facts: Facts, of: Of) -> Iterator[Hashable]:
    for code in facts.get(Dcterms.identifier, ()):
        yield _above(facts, of)[0], code.value


def _by_number_and_name(facts: Facts, of: Of) -> Iterator[Hashable]:
    for label in sorted(names(facts)):
        yield *_above(facts, of), value(facts, Skos.notation), label


def _by_name(facts: Facts, of: Of) -> Iterator[Hashable]:
    for label in sorted(names(facts)):
        yield *_above(facts, of), label


def _by_any_name(facts: Facts, of: Of) -> Iterator[Hashable]:
    for label in sorted(names(facts)):
        yield _above(facts, of)[0], label


def _by_number(facts: Facts, of: Of) -> Iterator[Hashable]:
    if number := value(facts, Skos.notation):
        yield *_above(facts, of), number


def _pair(
    matching: Matching,
    held: Iterable[tuple[str, Facts]],
    new: Iterable[tuple[str, Facts]],
    keys: Keys,
    is_unique: bool = False,
) -> None:
    """Note for each new record the record of the plan that has a key of it, each record once.

    With `is_unique`, only where no other record on either side has the key.
    """
    taken = set(matching.known.values())
    ours: dict[Hashable, list[str]] = defaultdict(list)
    theirs: dict[Hashable, list[str]] = defaultdict(list)
    for iri, facts in held:
        for key in keys(facts, str) if iri not in taken else ():
            ours[key].append(iri)
    for iri, facts in new:
        for key in keys(facts, matching.of) if iri not in matching.known else ():
            theirs[key].append(iri)
    for key, iris in theirs.items():
        if is_unique and (len(iris) > 1 or len(ours.get(key, ())) > 1):
            continue
        free = iter([other for other in ours.get(key, ()) if other not in taken])
        for iri in iris:
            if iri not in matching.known and (other := next(free, None)):
                matching.known[iri] = other
                taken.add(other)


def _by_depth(new: Mapping[str, Facts]) -> list[list[tuple[str, Facts]]]:
    """Return elements level by level from the highest, in their order."""
    depths: dict[str, int] = {}

    def depth(iri: str) -> int:
        way = []
        while iri in new and iri not in depths and iri not in way:
            way.append(iri)
            iri = value(new[iri], MG.partOf)
        for below in reversed(way):
            depths[below] = depths.get(iri, 0) + 1
            iri = below
        return depths.get(iri, 0)

    levels: dict[int, list[tuple[str, Facts]]] = defaultdict(list)
    for iri, facts in new.items():
        levels[depth(iri)].append((iri, facts))
    return [levels[number] for number in sorted(levels)]


def _elements(
    matching: Matching,
    held: list[tuple[str, Facts]],
    new: list[tuple[str, Facts]],
    lang: str,
    asks_renamings: bool,
) -> None:
    """Match the elements of one depth, whose elements above are matched already."""
    _pair(matching, held, new, _by_id)
    _pair(matching, held, new, _by_number_and_name)
    _pair(matching, held, new, _by_name)
    _pair(matching, held, new, _by_any_name, is_unique=True)
    if not asks_renamings:
        return
    before = set(matching.known)
    _pair(matching, held, new, _by_number, is_unique=True)
    _pair_near(matching, held, new, lang)
    texts = dict(held)
    for iri, facts in new:
        if iri in matching.known and iri not in before:
            other = matching.known[iri]
            renamed = Renaming(other, name(texts[other], lang), name(facts, lang))
            matching.renamings.append(renamed)


def _pair_near(
    matching: Matching,
    held: list[tuple[str, Facts]],
    new: list[tuple[str, Facts]],
    lang: str,
) -> None:
    """Match the elements under one element whose names are alike, the likeliest first."""
    taken = set(matching.known.values())
    left: dict[tuple[str, str], list[tuple[str, Facts]]] = defaultdict(list)
    for iri, facts in held:
        if iri not in taken:
            left[_above(facts, str)].append((iri, facts))
    likely = sorted(
        (-score, iri, other)
        for iri, facts in new
        if iri not in matching.known
        for other, texts in left.get(_above(facts, matching.of), ())
        if (score := fuzz.ratio(name(facts, lang).casefold(), name(texts, lang).casefold())) > _NEAR
    )
    for _, iri, other in likely:
        if iri not in matching.known and other not in taken:
            matching.known[iri] = other
            taken.add(other)
