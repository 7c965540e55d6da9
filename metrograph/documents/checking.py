"""Checks a plan against its documents: whether what it states is in the lines that it cites."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metrograph.documents.passages import Held, Shelf
from metrograph.documents.printed_names import text_of
from metrograph.documents.statements import Statement, statements
from metrograph.ids import citation_id, cited_lines
from metrograph.plan import Plan

PRINTED, ELSEWHERE, MISSING, UNREAD = "printed", "elsewhere", "missing", "unread"
OUTCOMES = (PRINTED, ELSEWHERE, MISSING)
_PLACES = 3  # other places of a statement that are named
_WINDOW = 2  # lines together in which a statement is looked for elsewhere


@dataclass(frozen=True)
class Outcome:
    """What became of a statement: printed in its cited lines, elsewhere, missing, or unread.

    `places` are citations of lines where else it is; unread means that no cited text is at hand.
    """

    statement: Statement
    outcome: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """All outcomes, and the sources whose texts are not at hand."""

    outcomes: tuple[Outcome, ...]
    missing_texts: tuple[str, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many statements have each outcome."""
        return Counter(outcome.outcome for outcome in self.outcomes)

    @property
    def doubted(self) -> tuple[Outcome, ...]:
        """What is not in its cited lines: first what its record does not explain."""
        doubts = (outcome for outcome in self.outcomes if outcome.outcome in {ELSEWHERE, MISSING})
        return tuple(sorted(doubts, key=lambda outcome: bool(outcome.statement.note)))

    @property
    def printed(self) -> tuple[Outcome, ...]:
        """What is in its cited lines."""
        return tuple(outcome for outcome in self.outcomes if outcome.outcome == PRINTED)

    @property
    def open_doubts(self) -> int:
        """How many statements are not in their cited lines, and their records do not say why."""
        return sum(not outcome.statement.note for outcome in self.doubted)


def check(plan: Plan, shelf: Shelf) -> Check:
    """Return what became of each statement of a plan, by the texts that are at hand."""
    outcomes = tuple(_outcome(statement, shelf) for statement in statements(plan))
    cited = {
        parts[0]
        for outcome in outcomes
        for citation in outcome.statement.citations
        if (parts := cited_lines(citation))
    }
    return Check(outcomes, tuple(sorted(name for name in cited if shelf.held(name) is None)))


def _outcome(statement: Statement, shelf: Shelf) -> Outcome:
    """Return what became of a statement."""
    cited: list[tuple[Held, str, int, int]] = []
    for citation in statement.citations:
        parts = cited_lines(citation)
        if parts and (held := shelf.held(parts[0])):
            cited.append((held, *parts))
    if not cited:
        return Outcome(statement, UNREAD)
    if any(_is_in(statement, held, first, last) for held, _, first, last in cited):
        return Outcome(statement, PRINTED)
    places = [
        place
        for source in dict.fromkeys(source for _, source, _, _ in cited)
        for place in _places(statement, shelf, source, [at for at in cited if at[1] == source])
    ]
    return Outcome(statement, ELSEWHERE if places else MISSING, tuple(places[:_PLACES]))


def _is_in(statement: Statement, held: Held, first: int, last: int) -> bool:
    if statement.kind == "date" and held.year and statement.value == held.year:
        return True  # what a report of a year tells is of that year, and lines rarely repeat it
    texts = [line.text for line in held.edition.lines[first - 1 : last]]
    return statement.is_in(text_of(texts), held.lang)


def _places(
    statement: Statement,
    shelf: Shelf,
    source: str,
    cited: Sequence[tuple[Held, str, int, int]],
) -> Iterable[str]:
    """Return where else a source prints a statement: the nearest lines first."""
    held = shelf.held(source)
    if held is None:
        return []
    hits: list[int] = []
    for number in range(1, len(held.edition.lines) + 1):
        is_before = hits[-1:] == [number - 1]  # the line before holds it, together with this one
        if not is_before and _is_in(statement, held, number, number + _WINDOW - 1):
            hits.append(number)
    hits.sort(key=lambda number: min(abs(number - first) for _, _, first, _ in cited))
    return [citation_id(source, number, _end(statement, held, number)) for number in hits]


def _end(statement: Statement, held: Held, number: int) -> int:
    """Return the last of the lines from `number` that are needed to print a statement."""
    if _is_in(statement, held, number, number):
        return number
    return min(number + _WINDOW - 1, len(held.edition.lines))
