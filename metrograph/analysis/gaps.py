"""Collects a plan's gaps by type: what is missing, what would close it, and who could.

A question of the library whose header has a `gap` table (`queries.Gap`) defines one type of gap,
under its own name. So each gap leads back to the query that found it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from metrograph.errors import QueryError, Text
from metrograph.messages import word
from metrograph.query import library
from metrograph.query.answers import Answers, Row, columns, entity, shown, text
from metrograph.query.library import Query
from metrograph.tables.table import Column, Entity, Table
from metrograph.text import joined, separated

SIDES = {"line": "mg:PlanElement", "challenge": "mg:Challenge", "theme": "mg:VisionTheme"}
_SIDES = {
    "line": Text("action line"),
    "challenge": Text("challenge"),
    "theme": Text("vision theme"),
}


@dataclass(frozen=True)
class GapType:
    """One type of gap: the question that finds it, and what its header says of gaps."""

    query: Query
    gap: library.Gap

    @property
    def name(self) -> str:
        """The name of the type, which is the question's."""
        return self.query.name

    def entity(self, lang: str) -> Entity:
        """Return the type as a cell."""
        return Entity(self.name, self.query.title[lang])

    def label(self, lang: str) -> str:
        """Return the name of a single gap of this type, or of the type where it has none."""
        return self.gap.label.get(lang) or self.query.title[lang]


@dataclass(frozen=True)
class Gap:
    """One gap: its type (a question's name), the id of what has it, and the question's row."""

    type: str
    thing: str
    row: Row


@dataclass(frozen=True)
class Gaps:
    """The gaps of a plan: `found` in the order of their types, `apart` what is out of scope."""

    types: tuple[GapType, ...]
    found: tuple[Gap, ...]
    apart: tuple[Gap, ...]
    answers: Answers = field(repr=False)

    def count(self, type_: str | None = None) -> int:
        """Return how many gaps there are, of a type or in all."""
        return sum(type_ in (None, gap.type) for gap in self.found)

    @property
    def table(self) -> Table:
        """The number of gaps of each type, and what would close one; what is out of scope last."""
        lang = self.answers.lang
        numbers = Counter(gap.type for gap in (*self.found, *self.apart))
        rows = tuple(
            (
                word(f"kind_{gap_type.gap.kind}", lang),
                gap_type.entity(lang),
                numbers[gap_type.name],
                gap_type.gap.closing[lang],
            )
            for gap_type in self.types
            if not gap_type.gap.apart or numbers[gap_type.name]
        )
        total = word("gaps_note", lang).format(len(self.found))
        heads = columns(lang, "kind", "gap_type", "gaps", "closing", things=("gap_type",))
        return Table(word("gaps", lang), heads, rows, total, lang)

    @property
    def listed(self) -> Table:
        """Every gap: its type, what has it, what else is known, and what would close it."""
        lang = self.answers.lang
        types = {gap_type.name: gap_type for gap_type in self.types}
        rows = tuple(
            (
                types[gap.type].entity(lang),
                entity(self.answers, gap.thing),
                self._details(gap, types[gap.type].gap.thing),
                types[gap.type].gap.closing[lang],
            )
            for gap in (*self.found, *self.apart)
        )
        heads = columns(
            lang, "gap_type", "about", "details", "closing", things=("gap_type", "about")
        )
        note = word("gaps_note", lang).format(len(self.found))
        return Table(word("gaps", lang), heads, rows, note, lang, word("no_gap", lang))

    def by(self, side: str) -> Table:
        """Return the number of gaps of each kind by line, challenge or theme.

        A record that belongs to two lines counts in both, so columns do not add up; what belongs to
        none has a row of its own.
        """
        lang = self.answers.lang
        kinds = tuple(dict.fromkeys(gap_type.gap.kind for gap_type in self.types))
        of_type = {gap_type.name: gap_type.gap.kind for gap_type in self.types}
        counts: dict[str | None, Counter[str]] = defaultdict(Counter)
        belongs, all_places = _belongs(self.answers)
        for place in all_places.get(side, ()):
            counts[place] = Counter()
        for gap in self.found:
            places = {place for at, place in belongs.get(gap.thing, ()) if at == side}
            for place in places:
                counts[place][of_type[gap.type]] += 1
            if not places:
                counts[None][of_type[gap.type]] += 1
        rows = tuple(
            (
                entity(self.answers, place) or word("none_of_them", lang),
                *(numbers[kind] for kind in kinds),
                numbers.total(),
            )
            for place, numbers in counts.items()
        )
        heads = (
            *columns(lang, side, things=(side,)),
            *(Column(kind, word(f"kind_{kind}", lang)) for kind in kinds),
            *columns(lang, "total"),
        )
        return Table(word("gaps", lang), heads, rows, word("gaps_by_note", lang), lang)

    def _details(self, gap: Gap, thing: str) -> str | None:
        """Return the other columns of a gap's row as one text."""
        lang = self.answers.lang
        colon = word("colon", lang)
        details = [
            joined(f"{library.headings()[name][lang]}{colon} ", shown(self.answers, value))
            for name, value in gap.row.items()
            if name != thing and value not in (None, 0) and not isinstance(value, bool)
        ]
        return separated(" · ", details) or None


def gaps(
    answers: Answers,
    types: Sequence[str] = (),
    within: Mapping[str, str] | None = None,
    year: int | None = None,
) -> Gaps:
    """Return the gaps of a plan, of these types (default: all) and in these parts of it.

    `within` maps "line", "challenge" or "theme" to an id; `year` goes to those questions that ask
    for one. Raises `QueryError` for an unknown type or id.
    """
    every = gap_types()
    chosen = tuple(_chosen(every, types))
    belongs, places = _belongs(answers) if within else ({}, {})
    wanted = {
        (side, _place(answers, name, side, places.get(side, ())))
        for side, name in (within or {}).items()
    }
    others = {gap_type.name: _others(gap_type, every) for gap_type in chosen}
    asked = {gap_type.name: gap_type for gap_type in chain(chosen, *others.values())}
    rows = {name: _rows(answers, gap_type, year) for name, gap_type in asked.items()}
    gaps = [
        gap
        for gap_type in chosen
        for gap in _of_type(gap_type, others[gap_type.name], rows)
        if wanted <= belongs.get(gap.thing, frozenset())
    ]
    apart = {gap_type.name for gap_type in chosen if gap_type.gap.apart}
    return Gaps(
        types=chosen,
        found=tuple(gap for gap in gaps if gap.type not in apart),
        apart=tuple(gap for gap in gaps if gap.type in apart),
        answers=answers,
    )


def _others(gap_type: GapType, every: Iterable[GapType]) -> list[GapType]:
    """Return the types whose records are not counted again in a type."""
    gap = gap_type.gap
    return [
        other
        for other in every
        if other.name in gap.unless
        or (other.gap.apart and other.gap.kind == gap.kind and not gap.apart)
    ]


def _rows(answers: Answers, gap_type: GapType, year: int | None) -> list[Row]:
    """Return the rows of a type's question that count as gaps."""
    takes_year = any(parameter.name == "year" for parameter in gap_type.query.parameters)
    parameters = {"year": year} if year is not None and takes_year else {}
    return [
        row
        for row in answers.rows(gap_type.name, **parameters)
        if all(row[name] == value for name, value in gap_type.gap.only.items())
    ]


def _of_type(
    gap_type: GapType, others: Iterable[GapType], rows: Mapping[str, Sequence[Row]]
) -> Iterator[Gap]:
    """Yield the gaps of a type, by the rows of each type, without what other types count."""
    elsewhere = {row[other.gap.thing] for other in others for row in rows[other.name]}
    for row in rows[gap_type.name]:
        thing = text(row[gap_type.gap.thing])
        if thing not in elsewhere:
            yield Gap(gap_type.name, thing, row)


def gap_types() -> list[GapType]:
    """Return the types of gaps, in their order."""
    types = [GapType(query, query.gap) for query in library.of_gaps() if query.gap]
    return sorted(types, key=lambda gap_type: gap_type.gap.order)


def _chosen(every: list[GapType], names: Sequence[str]) -> Iterator[GapType]:
    known = [gap_type.name for gap_type in every]
    for name in names:
        if name not in known:
            raise QueryError(
                "Unknown type of gap: “{name}”.{near} To list all types: metrograph gaps",
                name=name,
                near=library.near(name, known),
            )
    return (gap_type for gap_type in every if not names or gap_type.name in names)


def _place(answers: Answers, name: str, side: str, places: Sequence[str]) -> str:
    """Return the id of a line, challenge or theme, or raise `QueryError` for another record's."""
    known = answers.known(name)
    if known not in places:
        raise QueryError(
            "“{known}” is not a valid {word}. Choose one of these: {places}.",
            known=known,
            word=_SIDES[side],
            places=", ".join(places),
        )
    return known


def _belongs(
    answers: Answers,
) -> tuple[dict[str, frozenset[tuple[str, str]]], dict[str, tuple[str, ...]]]:
    """Return the sides to which each record belongs, and all places of each side in order."""
    side_of = {kind: side for side, kind in SIDES.items()}
    sides_of: dict[str, set[tuple[str, str]]] = defaultdict(set)
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for row in answers.rows("records-by-line-challenge-theme"):
        side, place = side_of[text(row["kind"])], text(row["belongsTo"])
        places[side][place] = None
        sides_of[text(row["entity"])].add((side, place))
    return (
        {thing: frozenset(sides) for thing, sides in sides_of.items()},
        {side: tuple(names) for side, names in places.items()},
    )
