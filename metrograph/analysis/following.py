"""Follows the elements of any plan: status, progress, due and late, budget and spent.

What is late, done or stale is decided by rules that the tables print; what is not known is counted
as such. Amounts are added within a currency, never across currencies.
"""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from metrograph.analysis.series import plain
from metrograph.query.answers import Answers, Row, text
from metrograph.text import folded

WITHIN = 30  # days in which an element is due soon
STALE = 180  # days after which a status is old
_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,4})?) ?%")
# How statuses begin, without accents, in en, fr, es, ca, pt, de and it: a status is in the words
# of its source. "not" before a word is in none of them.
_DONE = (
    "done", "complete", "finish", "achieved", "closed", "delivered", "termine", "acheve", "fini",
    "realise", "cloture", "terminad", "completad", "finalitza", "finaliza", "cumplid", "realizad",
    "executad", "ejecutad", "concluid", "abgeschlossen", "erledigt", "fertig", "completat",
    "conclus", "atteint",
)  # fmt: skip
_DROPPED = (
    "cancel", "abandon", "dropped", "stopped", "annul", "arrete", "anulad", "descartad",
    "suspend", "abgebrochen", "eingestellt",
)  # fmt: skip
_LATE = (
    "late", "delay", "overdue", "behind", "off track", "retard", "en retard", "atras", "retras",
    "con retraso", "demora", "verspatet", "verzogert", "in ritardo", "endarrerid",
)  # fmt: skip
_SIGNS = {"€": "EUR", "euro": "EUR", "euros": "EUR", "$": "$", "£": "£", "¥": "¥"}  # $ is of many
_CODE = re.compile(r"[A-Z]{3}")
_TOTAL = re.compile(r"(?<![a-z])(?:total|totale|totaux|totales|gesamt[a-z]*|insgesamt)(?![a-z])")

Amounts = Mapping[str, Decimal]  # by currency


@dataclass(frozen=True)
class Item:
    """An element of a plan as it stands on a day; what is not known is empty.

    `budget` and `spent` are its own amounts, by currency. `above` are the elements above it, the
    nearest first, and `is_lowest` tells whether none is below it.
    """

    element: str
    level: str
    above: tuple[str, ...]
    is_lowest: bool
    status: str = ""
    since: str = ""
    start: str = ""
    end: str = ""
    owners: tuple[str, ...] = ()
    progress: Decimal | None = None
    budget: Amounts = field(default_factory=dict)
    spent: Amounts = field(default_factory=dict)
    is_done: bool = False
    is_dropped: bool = False
    is_late: bool = False
    is_due: bool = False
    is_stale: bool = False

    @property
    def is_followed(self) -> bool:
        """Whether anything is known by which an element can be followed."""
        known = self.status, self.end, self.owners, self.budget, self.spent
        return any(known) or self.progress is not None

    @property
    def urgency(self) -> tuple[int, str]:
        """What puts the late first, then what is due, then what is stale; each by its end."""
        ranks = (self.is_late, self.is_due, self.is_stale, not (self.is_done or self.is_dropped))
        return next((at for at, is_so in enumerate(ranks) if is_so), len(ranks)), self.end or "9"


def items(answers: Answers, as_of: date, within: int = WITHIN) -> list[Item]:
    """Return all elements of a plan as they stand on a day, in the order of the plan."""
    tree = {text(row["element"]): row for row in answers.rows("plan-tree")}
    parents = {name: text(row["partOf"]) for name, row in tree.items()}
    wholes = set(parents.values())
    stated: dict[str, list[Row]] = defaultdict(list)
    for row in answers.rows("statuses-of-elements"):
        stated[text(row["element"])].append(row)
    figures = _figures(answers)
    made = []
    for name, row in tree.items():
        item = _item(answers, name, stated.get(name, []), figures.get(name, _Figures()))
        place = {
            "level": text(row["level"]),
            "above": _above(name, parents),
            "is_lowest": name not in wholes,
        }
        made.append(_judged(answers, item, as_of, within, place))
    return made


def _above(name: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    way: dict[str, None] = {}
    while (name := parents.get(name, "")) and name not in way:
        way[name] = None
    return tuple(way)


@dataclass
class _Figures:
    """The figures of an element that are not of an indicator that measures it."""

    progress: tuple[str, Decimal] | None = None
    budget: dict[str, Decimal] = field(default_factory=dict)
    spent: dict[str, Decimal] = field(default_factory=dict)


def _figures(answers: Answers) -> dict[str, _Figures]:
    """Return progress and amounts of elements, from the values in force."""
    measuring = {text(row["indicator"]) for row in answers.rows("elements-of-indicators")}
    made: dict[str, _Figures] = defaultdict(_Figures)
    money: dict[tuple[str, str, str], list[_Amount]] = defaultdict(list)
    seen: set[str] = set()
    for row in answers.rows("figures", language=answers.lang):
        value, kind = row["value"], text(row["valueType"])
        if not isinstance(value, int | Decimal) or text(row["observation"]) in seen:
            continue
        seen.add(text(row["observation"]))  # a figure of two sources stands there twice
        of = made[text(row["subject"])]
        unit = text(row["unit"])
        if unit == "mg:percent" and kind == "mg:actual" and text(row["indicator"]) not in measuring:
            when = text(row["figureYear"]) or text(row["endDate"])
            of.progress = max(of.progress or ("", Decimal(0)), (when, Decimal(value)))
        elif currency := currency_of(answers.label(unit) if unit else ""):
            is_whole = bool(_TOTAL.search(folded(answers.label(text(row["indicator"])))))
            amount = _Amount(Decimal(value), is_whole, is_part=bool(row["scope"]))
            money[text(row["subject"]), kind, currency].append(amount)
    for (name, kind, currency), amounts in money.items():
        of = made[name]
        by_kind = {"mg:actual": of.spent, "mg:projection": of.budget, "mg:target": of.budget}
        if (into := by_kind.get(kind)) is not None:
            into[currency] = into.get(currency, Decimal(0)) + _added(amounts)
    return made


@dataclass(frozen=True)
class _Amount:
    """An amount of an element; whether its indicator is called a total, or it is of a part."""

    value: Decimal
    is_whole: bool
    is_part: bool


def _added(amounts: Iterable[_Amount]) -> Decimal:
    """Return the total where there is one, else the sum of amounts that are not of parts."""
    amounts = list(amounts)
    whole = [amount for amount in amounts if amount.is_whole]
    own = whole or [amount for amount in amounts if not amount.is_part] or amounts
    return sum((amount.value for amount in own), Decimal(0))


def currency_of(unit: str) -> str:
    """Return the code of a currency by the label of a unit, or nothing for another unit.

    >>> currency_of("€"), currency_of("XOF"), currency_of("km")
    ('EUR', 'XOF', '')
    """
    sign = _SIGNS.get(unit.strip().casefold())
    return sign or (unit.strip() if _CODE.fullmatch(unit.strip()) else "")


def _item(answers: Answers, name: str, rows: Iterable[Row], figures: _Figures) -> Item:
    """Return what is recorded of an element; of several statuses, the latest."""
    rows = list(rows)
    latest = max(rows, key=lambda row: (text(row["statusDate"]), text(row["status"])), default=None)
    status = text(latest["status"]) if latest else ""
    share = _PERCENT.fullmatch(answers.label(status).strip()) if status else None
    progress = figures.progress[1] if figures.progress else None
    if progress is None and share:
        progress = Decimal(share[1].replace(",", "."))
    return Item(
        name,
        "",
        (),
        is_lowest=True,
        status=status,
        since=text(latest["statusDate"]) if latest else "",
        start=min((text(row["startDate"]) for row in rows if row["startDate"]), default=""),
        end=max((text(row["endDate"]) for row in rows if row["endDate"]), default=""),
        owners=tuple(dict.fromkeys(text(r["stakeholder"]) for r in rows if r["stakeholder"])),
        progress=None if progress is None else plain(progress),
        budget=dict(sorted(figures.budget.items())),
        spent=dict(sorted(figures.spent.items())),
        is_stale=False,
    )


def _judged(
    answers: Answers, item: Item, as_of: date, within: int, place: Mapping[str, object]
) -> Item:
    """Return an element with what the rules say of it on a day."""
    label = folded(answers.label(item.status)) if item.status else ""
    is_done = label.startswith(_DONE) or (item.progress is not None and item.progress >= 100)
    is_dropped = label.startswith(_DROPPED)
    is_open = not (is_done or is_dropped)
    last = last_day(item.end)
    is_late = is_open and (label.startswith(_LATE) or bool(last and last < as_of))
    is_due = is_open and not is_late and bool(last and last <= as_of + timedelta(within))
    since = last_day(item.since)
    is_stale = is_open and bool(since and since < as_of - timedelta(STALE))
    values = {**vars(item), **place}
    judged = {
        "is_done": is_done,
        "is_dropped": is_dropped,
        "is_late": is_late,
        "is_due": is_due,
        "is_stale": is_stale,
    }
    return Item(**{**values, **judged})


def last_day(text_of_day: str) -> date | None:
    """Return the last day of a day, month or year as files write it, or nothing.

    >>> last_day("2027-02"), last_day("2025")
    (datetime.date(2027, 2, 28), datetime.date(2025, 12, 31))
    """
    parts = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", text_of_day[:10])
    if not parts:
        return None
    year, month = int(parts[1]), int(parts[2] or 12)
    try:
        return date(year, month, int(parts[3] or calendar.monthrange(year, month)[1]))
    except (ValueError, calendar.IllegalMonthError):
        return None
