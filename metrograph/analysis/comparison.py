"""Compares two plans: elements kept, renamed, merged, split, dropped or new.

What the later plan's record states (`dcterms:replaces`) comes first. Among the rest, elements of
one kind and level are matched one to one by the likeness of their labels, the likeliest first.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from metrograph.late import late
from metrograph.messages import word
from metrograph.query.answers import Answers, columns, text
from metrograph.tables.table import Cell, Entity, Table

if TYPE_CHECKING:
    from rapidfuzz import fuzz, utils
else:
    fuzz, utils = late("rapidfuzz.fuzz"), late("rapidfuzz.utils")

ALIKE = 80.0  # of 100: below, two labels are not taken for the same thing (docs/decisions)
EVENTS = ("kept", "renamed", "merged", "split", "dropped", "new")
_KINDS = {
    "mg:VisionTheme": "theme", "mg:Challenge": "challenge", "mg:WorkArea": "area",
    "mg:PlanElement": "element", "mg:Indicator": "indicator",
}  # fmt: skip


@dataclass(frozen=True)
class Element:
    """One element of a plan: id, kind, rank of its level, label, what it replaces (IRIs).

    `unit` and `direction` are labels, of indicators only.
    """

    id: str
    iri: str
    kind: str
    rank: int
    label: str
    replaces: frozenset[str]
    unit: str | None
    direction: str | None


@dataclass(frozen=True)
class Match:
    """What became of an element: `before` and `after` (one may be missing), and by which authority.

    `event` is kept, renamed, merged, split, dropped or new; `word` is stated, guessed or None;
    `score` is the likeness of the labels, 0 to 100.
    """

    before: Element | None
    after: Element | None
    event: str
    by: str | None
    score: float | None

    @property
    def comparable(self) -> str | None:
        """For two indicators: "yes", or what differs: "unit_differs", "direction_differs"."""
        if not self.before or not self.after or self.before.kind != "indicator":
            return None
        if _folded(self.before.unit) != _folded(self.after.unit):
            return "unit_differs"
        if _folded(self.before.direction) != _folded(self.after.direction):
            return "direction_differs"
        return "yes"


@dataclass(frozen=True)
class Comparison:
    """The elements of two plans, matched."""

    matches: tuple[Match, ...]
    lang: str
    titles: tuple[str, str] = field(default=("", ""))

    def count(self, event: str) -> int:
        """Return how many matches there are of an event."""
        return sum(match.event == event for match in self.matches)

    @property
    def table(self) -> Table:
        """A row per match: what it was, what it is, what happened, by which authority."""
        lang = self.lang
        rows = tuple(
            (
                word(f"kind_{_either(match).kind}", lang),
                _cell(match.before),
                _cell(match.after),
                word(f"event_{match.event}", lang),
                word(f"by_{match.by}", lang) if match.by else None,
                None if match.score is None else round(match.score),
                word(f"comparable_{match.comparable}", lang) if match.comparable else None,
            )
            for match in self.matches
        )
        heads = columns(
            lang,
            "kind",
            "before",
            "after",
            "event",
            "by",
            "likeness",
            "comparable",
            things=("before", "after"),
        )
        colon = word("colon", lang)
        counts = " · ".join(
            f"{word(f'event_{event}', lang)}{colon} {self.count(event)}" for event in EVENTS
        )
        note = f"{counts}\n{word('compare_note', lang)}"
        title = " → ".join(self.titles)
        return Table(title, heads, rows, note, lang, word("nothing", lang))


def compare(before: Answers, after: Answers, titles: tuple[str, str] = ("", "")) -> Comparison:
    """Return what became of the elements of one plan in a later one."""
    olds, news = elements(before), elements(after)
    matches = list(_matches(olds, news))
    order = {element.iri: at for at, element in enumerate([*olds, *news])}
    kinds = tuple(_KINDS.values())
    matches.sort(
        key=lambda match: (
            kinds.index(_either(match).kind),
            _either(match).rank,
            match.before is None,
            order[_either(match).iri],
            order[match.after.iri] if match.after else 0,
        )
    )
    return Comparison(tuple(matches), before.lang, titles)


def elements(answers: Answers) -> list[Element]:
    """Return the elements of a plan that another may have, too, in the plan's order."""
    rows = answers.rows("comparable-elements")
    levels = list(dict.fromkeys(row["level"] for row in rows if row["level"] is not None))
    replaces: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["replaces"] is not None:
            replaces[text(row["element"])].add(answers.iri_of(text(row["replaces"])))
    by_iri: dict[str, Element] = {}
    for row in rows:
        name = text(row["element"])
        by_iri.setdefault(
            name,
            Element(
                id=name,
                iri=answers.iri_of(name),
                kind=_KINDS[text(row["kind"])],
                rank=levels.index(row["level"]) if row["level"] is not None else 0,
                label=answers.label(name),
                replaces=frozenset(replaces[name]),
                unit=answers.label(text(row["unit"])) if row["unit"] else None,
                direction=(
                    answers.label(text(row["directionWanted"])) if row["directionWanted"] else None
                ),
            ),
        )
    return list(by_iri.values())


def _matches(olds: Sequence[Element], news: Sequence[Element]) -> Iterable[Match]:
    by_iri = {old.iri: old for old in olds}
    links = [(by_iri[iri], new) for new in news for iri in sorted(new.replaces) if iri in by_iri]
    into: dict[str, list[Element]] = defaultdict(list)
    out_of: dict[str, list[Element]] = defaultdict(list)
    for old, new in links:
        into[new.iri].append(old)
        out_of[old.iri].append(new)
    for old, new in links:
        if len(into[new.iri]) > 1:
            event = "merged"
        elif len(out_of[old.iri]) > 1:
            event = "split"
        else:
            event = _renamed(old, new)
        yield Match(old, new, event, "stated", likeness(old.label, new.label))
    left = [old for old in olds if old.iri not in out_of]
    fresh = [new for new in news if new.iri not in into]
    pairs = [
        (likeness(old.label, new.label), old, new)
        for old, new in product(left, fresh)
        if (old.kind, old.rank) == (new.kind, new.rank)
    ]
    taken: set[str] = set()
    for score, old, new in sorted(pairs, key=lambda pair: (-pair[0], pair[1].iri, pair[2].iri)):
        if score >= ALIKE and not taken & {old.iri, new.iri}:
            taken |= {old.iri, new.iri}
            yield Match(old, new, _renamed(old, new), "guessed", score)
    yield from (Match(old, None, "dropped", None, None) for old in left if old.iri not in taken)
    yield from (Match(None, new, "new", None, None) for new in fresh if new.iri not in taken)


def likeness(label: str, other: str) -> float:
    """Return how alike two labels are, 0 to 100, whatever the case and order of their words.

    rapidfuzz's `token_sort_ratio`: of the words in alphabetical order, the share of characters
    that need no insertion or deletion.

    >>> likeness("Early warning", "warning, early")
    100.0
    """
    if label == other:  # also where they are nothing but signs
        return 100.0

    return fuzz.token_sort_ratio(
        label, other, processor=lambda text: utils.default_process(text.casefold())
    )


def _renamed(old: Element, new: Element) -> str:
    return "kept" if likeness(old.label, new.label) == 100 else "renamed"


def _folded(label: str | None) -> str | None:
    return None if label is None else label.casefold()


def _either(match: Match) -> Element:
    element = match.before or match.after
    if element is None:
        raise ValueError("A match has at least one side.")
    return element


def _cell(element: Element | None) -> Cell:
    return None if element is None else Entity(element.id, element.label)
