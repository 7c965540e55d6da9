"""Tables of the status of a plan: its elements, late first, and sums by level, owner or year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from metrograph.analysis.following import STALE, WITHIN, Amounts, Item, items
from metrograph.analysis.series import plain
from metrograph.errors import QueryError
from metrograph.messages import word
from metrograph.query.answers import Answers, columns, entity
from metrograph.tables.cell import spoken
from metrograph.tables.table import Cell, Table
from metrograph.text import separated

BY = ("level", "owner", "year")


@dataclass(frozen=True)
class Standing:
    """How the elements of a plan stand on a day, those of a level and an owner if chosen."""

    items: tuple[Item, ...]
    as_of: date
    answers: Answers = field(repr=False)
    within: int = WITHIN
    level: str = ""
    owner: str = ""

    @property
    def listed(self) -> list[Item]:
        """The elements that are followed, of the chosen level and owner; late first."""
        chosen = [
            item
            for item in self.items
            if (item.level == self.level if self.level else item.is_followed or item.is_lowest)
            and (not self.owner or self.owner in item.owners)
        ]
        return sorted(chosen, key=lambda item: item.urgency)

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that have elements, from the highest."""
        return tuple(dict.fromkeys(item.level for item in self.items if item.level))

    @property
    def owners(self) -> tuple[str, ...]:
        """The responsible organisations of elements, by label."""
        known = {owner for item in self.items for owner in item.owners}
        return tuple(sorted(known, key=lambda owner: (self.answers.label(owner), owner)))

    def count(self, name: str) -> int:
        """Return how many of the listed elements are late, due, stale or done (`is_` + name)."""
        return sum(bool(getattr(item, f"is_{name}")) for item in self.listed)

    def money(self, name: str) -> Amounts:
        """Return the budget or what is spent of the listed elements, none counted twice."""
        return _total(self.listed, self.items, name)

    def shown(self, name: str) -> str:
        """Return `money` as a person reads it."""
        return amounts(self.money(name), self.answers.lang)

    @property
    def table(self) -> Table:
        """A row an element: late first, then due, stale, open and done."""
        lang = self.answers.lang
        rows = tuple(self._row(item) for item in self.listed)
        heads = columns(
            lang,
            *("element", "level", "owner", "due_on", "status", "since", "progress_share"),
            *("attention", "budget", "spent"),
            things=("element", "level"),
        )
        title, empty = word("plan_status", lang), word("status_nothing", lang)
        return Table(title, heads, rows, self.note, lang, empty)

    def _row(self, item: Item) -> tuple[Cell, ...]:
        lang = self.answers.lang
        return (
            entity(self.answers, item.element),
            entity(self.answers, item.level or None),
            separated(", ", [self.answers.label(owner) for owner in item.owners]) or None,
            item.end or None,
            self.answers.label(item.status) if item.status else None,
            item.since or None,
            None
            if item.progress is None
            else word("percent", lang).format(spoken(item.progress, lang)),
            attention(item, lang) or None,
            amounts(item.budget, lang) or None,
            amounts(item.spent, lang) or None,
        )

    @property
    def note(self) -> str:
        """The counts and the rules that gave them, and how much is not known."""
        lang, listed = self.answers.lang, self.listed
        named = word("status_counts", lang).format(
            *(self.count(name) for name in ("late", "due", "stale", "done"))
        )
        missing = word("status_missing", lang).format(
            len(listed),
            sum(not item.status for item in listed),
            sum(not item.end for item in listed),
            sum(item.progress is None for item in listed),
        )
        rules = word("status_rules", lang).format(self.as_of.isoformat(), self.within, STALE)
        sums = [
            word(f"status_{name}", lang).format(shown)
            for name in ("budget", "spent")
            if (shown := self.shown(name))
        ]
        return "\n".join([" · ".join([named, *sums]), missing, rules, *_of_money(sums, lang)])

    def rollup(self, by: str) -> Table:
        """Return sums by level (an element a row), owner or year of the end.

        Raises `QueryError` for another way to group.
        """
        if by not in BY:
            raise QueryError(
                "Unknown grouping: “{by}”. Choose one of these: {known}.",
                by=by,
                known=", ".join(BY),
            )
        lang = self.answers.lang
        groups = {"level": self._by_element, "owner": self._by_owner, "year": self._by_year}[by]()
        rows = tuple(self._sums(head, group) for head, group in groups)
        heads = columns(
            lang,
            *("element" if by == "level" else "owner" if by == "owner" else "year",),
            *("elements", "done", "late", "due_soon", "stale_ones", "without_status"),
            *("mean_progress", "budget", "spent"),
            things=() if by == "year" else ("element" if by == "level" else "owner",),
        )
        title = word(f"status_by_{by}", lang)
        note = "\n".join((word("status_sums", lang), self.note))
        return Table(title, heads, rows, note, lang, word("status_nothing", lang))

    def _by_element(self) -> list[tuple[Cell, list[Item]]]:
        """Return each element of the chosen level (or the highest) with what is below it."""
        level = self.level or next(iter(self.levels), "")
        wholes = [item for item in self.items if item.level == level]
        below: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            for name in (item.element, *item.above):
                if not self.owner or self.owner in item.owners:
                    below[name].append(item)
        return [(entity(self.answers, whole.element), below[whole.element]) for whole in wholes]

    def _by_owner(self) -> list[tuple[Cell, list[Item]]]:
        listed = self.listed
        groups: list[tuple[Cell, list[Item]]] = [
            (entity(self.answers, owner), [item for item in listed if owner in item.owners])
            for owner in self.owners
            if not self.owner or owner == self.owner
        ]
        rest = [item for item in listed if not item.owners]
        return [*groups, (word("no_owner", self.answers.lang), rest)] if rest else groups

    def _by_year(self) -> list[tuple[Cell, list[Item]]]:
        years: dict[str, list[Item]] = defaultdict(list)
        for item in self.listed:
            years[item.end[:4]].append(item)
        return [
            (year or word("no_end", self.answers.lang), years[year])
            for year in sorted(years, key=lambda year: year or "9999")
        ]

    def _sums(self, head: Cell, group: Sequence[Item]) -> tuple[Cell, ...]:
        lang = self.answers.lang
        counted = [item for item in group if item.is_followed or item.is_lowest]
        shares = [item.progress for item in counted if item.progress is not None]
        mean = (
            plain((sum(shares, Decimal(0)) / len(shares)).quantize(Decimal("0.1")))
            if shares
            else None
        )
        return (
            head,
            len(counted),
            *(
                sum(getattr(item, f"is_{n}") for item in counted)
                for n in ("done", "late", "due", "stale")
            ),
            sum(not item.status for item in counted),
            None
            if mean is None
            else word("mean_of", lang).format(spoken(mean, lang), len(shares), len(counted)),
            amounts(_total(group, self.items, "budget"), lang) or None,
            amounts(_total(group, self.items, "spent"), lang) or None,
        )


def _of_money(sums: Sequence[str], lang: str) -> list[str]:
    """Return the rule by which amounts are added, where there are any."""
    return [word("status_money", lang)] if sums else []


def _total(group: Iterable[Item], every: Iterable[Item], name: str) -> Amounts:
    """Return the amounts of a group by currency: where an element has its own, no part's counts."""
    own = {item.element for item in every if getattr(item, name)}
    chosen = {item.element for item in group}
    total: dict[str, Decimal] = {}
    for item in group:
        if any(above in own and above in chosen for above in item.above):
            continue
        for currency, amount in getattr(item, name).items():
            total[currency] = total.get(currency, Decimal(0)) + amount
    return dict(sorted(total.items()))


def amounts(of: Mapping[str, Decimal], lang: str) -> str:
    """Return amounts as a person reads them, each in its currency."""
    return "; ".join(f"{_grouped(amount, lang)}\u00a0{code}" for code, amount in of.items())


def _grouped(amount: Decimal, lang: str) -> str:
    """Return an amount with its thousands apart, as the language does.

    >>> _grouped(Decimal("1200000.5"), "en")
    '1,200,000.5'
    """
    shown = f"{plain(amount):,f}"
    return shown if lang == "en" else shown.replace(",", "\u00a0").replace(".", ",")


def attention(item: Item, lang: str) -> str:
    """Return what asks for attention in an element, or that it is done."""
    names = [
        name for name in ("late", "due", "stale", "done", "dropped") if getattr(item, f"is_{name}")
    ]
    return ", ".join(word(f"is_{name}", lang) for name in names)


def standing(
    answers: Answers, as_of: date, within: int = WITHIN, level: str = "", owner: str = ""
) -> Standing:
    """Return how the elements of a plan stand on a day.

    `level` is the id of a level or what follows its last slash, `owner` an id. Raises `QueryError`
    for those that the plan does not have.
    """
    made = Standing(tuple(items(answers, as_of, within)), as_of, answers, within)
    if level:
        known = [of for of in made.levels if level in (of, of.rpartition("/")[2])]
        if not known:
            raise QueryError(
                "Unknown level: “{level}”. The plan has these levels: {named}.",
                level=level,
                named=", ".join(of.rpartition("/")[2] for of in made.levels) or "none",
            )
        level = known[0]
    return Standing(
        made.items, as_of, answers, within, level, answers.known(owner) if owner else ""
    )
