"""What would change without something: activities and claims in, cells before and after out.

An activity addresses an intersection when it addresses both its theme and its challenge; so a
cell goes dark when no activity is left that does. What takes an activity or a claim away:

- an activity: itself and its parts; an initiative: what is part of it;
- a member, partner or body: the activities that involve it, in whatever role;
- an action line: the activities that are reported under it or contribute to it;
- a year: the activities of that year;
- a coder: the coder's readings and claims; a source: the claims that cite nothing else. What stands
  is then judged anew by the ontology's rules (`standing`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metrograph.analysis.counting import intersections
from metrograph.analysis.coverage import Coverage, Grounds, coverage
from metrograph.errors import QueryError
from metrograph.late import late
from metrograph.messages import word
from metrograph.query.answers import Answers, columns, entities, entity, out_of_scope, text
from metrograph.query.filters import Filters
from metrograph.tables.table import Cell, Table

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = late("networkx")

_SIDES = ("mg:claimsChallenge", "mg:claimsArea")
_CLAIMS = {
    "mg:VisionTheme": "mg:claimsTheme",
    "mg:Challenge": "mg:claimsChallenge",
    "mg:WorkArea": "mg:claimsArea",
    "mg:Result": "mg:claimsResult",
}
Goal = tuple[str, str] | str  # a cell (challenge, theme), or a result


@dataclass(frozen=True)
class Claim:
    """A claim or decision in force: of whom, on what, of which kind; a decision has a verdict."""

    id: str
    activity: str
    kind: str
    category: str
    coder: str
    verdict: str | None


@dataclass(frozen=True)
class Evidence:
    """What the alignment of a plan rests on; every name is an id.

    `read` holds (activity, coder); `cited` the sources of a claim; `above` the challenge of a work
    area.
    """

    claims: tuple[Claim, ...]
    read: frozenset[tuple[str, str]]
    cited: Mapping[str, frozenset[str]]
    above: Mapping[str, str]


@dataclass(frozen=True)
class Reach:
    """What activities reach: those of each cell (challenge, theme) and of each result."""

    cells: Mapping[tuple[str, str], frozenset[str]]
    results: Mapping[str, frozenset[str]]

    def less(self, lost: frozenset[str]) -> "Reach":
        """Return what is reached without some activities."""
        return Reach(
            {pair: held - lost for pair, held in self.cells.items()},
            {result: held - lost for result, held in self.results.items()},
        )


@dataclass(frozen=True)
class Whatif:
    """The plan with and without some things: `lost` names the activities that go with them."""

    without: tuple[str, ...]
    before: Reach
    after: Reach
    lost: frozenset[str]
    outside: frozenset[tuple[str, str]]
    points: Mapping[tuple[str, str], str]
    answers: Answers = field(repr=False)

    @property
    def dark(self) -> tuple[tuple[str, str], ...]:
        """The cells (challenge, theme) in scope that lose their last activity."""
        return tuple(
            pair
            for pair, had in self.before.cells.items()
            if had and not self.after.cells[pair] and pair not in self.outside
        )

    @property
    def lost_results(self) -> tuple[str, ...]:
        """The results that lose their last activity."""
        return tuple(result for result, had in self.before.results.items()
                     if had and not self.after.results[result])  # fmt: skip

    def matrix(self, reach: Reach) -> Coverage:
        """Return a reach as a coverage matrix."""
        rows = (
            (challenge, theme, "", activity)
            for (challenge, theme), activities in reach.cells.items()
            for activity in sorted(activities) or (None,)
        )
        return coverage(
            rows, Filters(), self.answers.label, self.answers.lang, Grounds(self.outside)
        )

    @property
    def table(self) -> Table:
        """The matrix before and after: "3 → 1", and the word for a gap where a cell goes dark."""
        lang = self.answers.lang
        before, after = self.matrix(self.before), self.matrix(self.after)

        def cell(challenge: str | None, theme: str | None) -> Cell:
            if None not in (challenge, theme) and (challenge, theme) not in self.before.cells:
                return None
            had, has = before.count(challenge, theme), after.count(challenge, theme)
            dark = after.empty_word((challenge, theme)) if challenge and theme else "0"
            shown = str(has) if has else dark
            return shown if had == has else f"{had} → {shown}"

        rows = [
            (entity(self.answers, one), *(cell(one, theme) for theme in before.themes),
             cell(one, None))
            for one in before.challenges
        ]  # fmt: skip
        rows.append((word("total", lang), *(cell(None, theme) for theme in before.themes),
                     cell(None, None)))  # fmt: skip
        note = word("whatif_note", lang).format(
            entities(self.answers, self.without), len(self.lost), len(self.dark),
            len(self.lost_results),
        )  # fmt: skip
        return Table(word("whatif", lang), before.table.columns, tuple(rows), note, lang)

    @property
    def losses(self) -> Table:
        """What goes dark: cells and results that lose their last activity, and which it was."""
        lang = self.answers.lang
        cells: list[tuple[Cell, ...]] = [
            (word("kind_intersection", lang), entity(self.answers, self.points[pair]),
             entities(self.answers, set(self.before.cells[pair])))
            for pair in self.dark
        ]  # fmt: skip
        results: list[tuple[Cell, ...]] = [
            (word("kind_result", lang), entity(self.answers, result),
             entities(self.answers, set(self.before.results[result])))
            for result in self.lost_results
        ]  # fmt: skip
        heads = columns(lang, "kind", "lost", "was_reached_by", things=("lost",))
        title = word("losses", lang)
        return Table(title, heads, (*cells, *results), "", lang, word("nothing_lost", lang))


def whatif(answers: Answers, without: Sequence[str]) -> Whatif:
    """Return the plan before and after taking things away: ids, or years of four digits.

    Raises `QueryError` for an id that the graph does not hold or on which nothing hangs.
    """
    names = tuple(name if _is_year(name) else answers.known(name) for name in without)
    hangs = {name: hanging(answers, name) for name in names}
    others = {name for name in names if not hangs[name] and not _is_year(name)}
    now = reached(answers)
    lost = frozenset(one for activities in hangs.values() for one in activities)
    then = now.less(lost)
    if others:
        read = _readings(answers)
        coders = others & ({coder for _, coder in read} | _deciders(answers))
        found = evidence(answers, read, coders, has_sources=bool(others - coders))
        sources = {source for cited in found.cited.values() for source in cited}
        for name in sorted(others - coders - sources):
            raise QueryError(
                f"No activity and no claim hangs on {name!r}, so nothing changes without it. Give "
                "an activity, initiative, member, partner, action line, coder, source or year."
            )
        then = judged(found, now, lost, coders, frozenset(others - coders))
    points = intersections(answers)
    return Whatif(names, now, then, lost, out_of_scope(answers), points, answers)


def hanging(answers: Answers, name: str) -> frozenset[str]:
    """Return the activities that something takes with it, or those of a year."""
    if _is_year(name):
        rows = answers.rows("activities", year=name)
    else:
        rows = answers.rows("activities-depending-on", entity=name)
    return frozenset(text(row["activity"]) for row in rows)


def reached(answers: Answers) -> Reach:
    """Return what activities reach by the engine's own answer."""
    cells: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in answers.rows("coverage"):
        held = cells[text(row["challenge"]), text(row["theme"])]
        if row["activity"] is not None:
            held.add(text(row["activity"]))
    results: dict[str, set[str]] = {
        text(row["category"]): set()
        for row in answers.rows("categories")
        if row["kind"] == "mg:Result"
    }
    for row in answers.rows("results-by-activity"):
        results[text(row["result"])].add(text(row["activity"]))
    return Reach(
        {pair: frozenset(held) for pair, held in cells.items()},
        {result: frozenset(held) for result, held in results.items()},
    )


def _deciders(answers: Answers) -> set[str]:
    return {text(row["coder"]) for row in answers.rows("decisions")}


def _readings(answers: Answers) -> frozenset[tuple[str, str]]:
    """Return who has read what, as (activity, coder)."""
    return frozenset(
        (text(row["activity"]), text(row["coder"])) for row in answers.rows("readings")
    )


def evidence(
    answers: Answers,
    read: frozenset[tuple[str, str]] | None = None,
    without: Iterable[str] = (),
    has_sources: bool = True,
) -> Evidence:
    """Return what the alignment of a plan rests on, perhaps without claims of some coders.

    `read` is who has read what, where that is known already. Which sources the claims cite takes
    long to read; without `has_sources` it is left out.
    """
    gone = frozenset(without)
    readers = _readings(answers) if read is None else read
    categories = answers.rows("categories")
    twice = Counter(activity for activity, coder in readers if coder not in gone)
    if any(coders > 1 for coders in twice.values()):
        claims = tuple(_claims_in_force(answers, gone))
    else:  # of what nobody reads beside another, only what was decided stands
        kinds = {text(row["category"]): text(row["kind"]) for row in categories}
        claims = tuple(_decisions_in_force(answers, gone, kinds))
    cited: dict[str, set[str]] = defaultdict(set)
    for row in answers.rows("sources-of-claims") if has_sources else ():
        cited[text(row["claim"])].add(text(row["source"]))
    return Evidence(
        claims=claims,
        read=readers,
        cited={claim: frozenset(sources) for claim, sources in cited.items()},
        above={
            text(row["category"]): text(row["challenge"]) for row in categories if row["challenge"]
        },
    )


def _claims_in_force(answers: Answers, gone: frozenset[str]) -> Iterator[Claim]:
    given = {"without": min(gone)} if gone else {}
    for row in answers.rows("claims-in-force", **given):
        if row["coder"] not in gone:
            verdict = None if row["verdict"] is None else text(row["verdict"])
            yield Claim(
                text(row["claim"]), text(row["activity"]), _claimed(text(row["kind"])),
                text(row["category"]), text(row["coder"]), verdict,
            )  # fmt: skip


def _claimed(kind: str) -> str:
    """Return the property by which a claim names what a decision names by its own.

    >>> _claimed("mg:decidesTheme")
    'mg:claimsTheme'
    """
    return kind.replace("mg:decides", "mg:claims")


def _decisions_in_force(
    answers: Answers, gone: frozenset[str], kinds: Mapping[str, str]
) -> Iterator[Claim]:
    for row in answers.rows("decisions"):
        if not row["superseded"] and row["coder"] not in gone:
            category = text(row["category"])
            yield Claim(
                text(row["decision"]), text(row["activity"]), _CLAIMS[kinds[category]], category,
                text(row["coder"]), text(row["verdict"]),
            )  # fmt: skip


def standing(claims: Iterable[Claim], read: Iterable[tuple[str, str]]) -> set[Claim]:
    """Return the claims that stand, by `mg:agreementRule` and `mg:acceptanceRule`.

    `claims` are those in force. Without a decision, a claim stands when every coder who read the
    activity makes it, two at least; with one, only a decision that accepts stands.
    """
    coders: dict[str, set[str]] = defaultdict(set)
    for activity, coder in read:
        coders[activity].add(coder)
    pairs: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        pairs[claim.activity, claim.category].append(claim)
    found = set()
    for (activity, _), made in pairs.items():
        decisions = [claim for claim in made if claim.verdict is not None]
        by = {claim.coder for claim in made if claim.verdict is None} & coders[activity]
        if decisions:
            found |= {claim for claim in decisions if claim.verdict == "mg:accepted"}
        elif len(by) > 1 and by == coders[activity]:
            found |= {claim for claim in made if claim.coder in by}
    return found


def judged(
    found: Evidence,
    now: Reach,
    lost: frozenset[str] = frozenset(),
    coders: Iterable[str] = (),
    sources: frozenset[str] = frozenset(),
) -> Reach:
    """Return what is reached, judged anew without some activities, coders and sources.

    `now` says which cells and results there are.
    """
    gone = set(coders)
    claims = (
        claim
        for claim in found.claims
        if claim.activity not in lost
        and claim.coder not in gone
        and not (sources and found.cited.get(claim.id) and found.cited[claim.id] <= sources)
    )
    read = ((activity, coder) for activity, coder in found.read if coder not in gone)
    themes: dict[str, set[str]] = defaultdict(set)
    challenges: dict[str, set[str]] = defaultdict(set)
    results: dict[str, set[str]] = defaultdict(set)
    for claim in standing(claims, read):
        if claim.kind == "mg:claimsTheme":
            themes[claim.category].add(claim.activity)
        elif claim.kind in _SIDES:
            challenges[found.above.get(claim.category, claim.category)].add(claim.activity)
        else:
            results[claim.category].add(claim.activity)
    return Reach(
        {pair: frozenset(challenges[pair[0]] & themes[pair[1]]) for pair in now.cells},
        {result: frozenset(results[result]) for result in now.results},
    )


@dataclass(frozen=True)
class Support:
    """How much hangs on one thing alone: cells and results that none but it holds up.

    `critical`: without it, the graph of things of its kind and what they reach falls into more
    pieces than before (an articulation point).
    """

    thing: str
    kind: str
    activities: int
    cells: tuple[tuple[str, str], ...]
    results: tuple[str, ...]
    critical: bool


def fragile(answers: Answers) -> tuple[Support, ...]:
    """Return activities, members, partners and sources on which something hangs, most first.

    A cell hangs on a thing alone when it goes dark without it. Critical nodes are those whose
    removal disconnects the bipartite graph of the things of a kind and the cells and results that
    they reach (networkx, `articulation_points`).
    """
    now = reached(answers)
    outside = out_of_scope(answers)
    goals: dict[Goal, frozenset[str]] = {}
    goals.update((pair, held) for pair, held in now.cells.items() if pair not in outside)
    goals.update(now.results.items())
    holders: dict[str, dict[str, set[str]]] = {
        "activity": {text(row["activity"]): {text(row["activity"])}
                     for row in answers.rows("activities")},
        "organization": defaultdict(set),
    }  # fmt: skip
    for row in answers.rows("involved-in-activities"):
        thing, activity = text(row["entity"]), text(row["activity"])
        if row["predicate"] != "mg:within":
            holders["organization"][thing].add(activity)
        elif thing in holders["activity"]:
            holders["activity"][thing].add(activity)
    supports = [one for kind, hangs in holders.items() for one in _supports(kind, hangs, goals)]
    supports += _sources(evidence(answers), now, goals)
    return tuple(sorted(
        supports,
        key=lambda one: (-len(one.cells) - len(one.results), -len(one.cells), one.kind, one.thing),
    ))  # fmt: skip


def _supports(
    kind: str, hangs: Mapping[str, set[str]], goals: Mapping[Goal, frozenset[str]]
) -> Iterator[Support]:
    """Yield what hangs on each thing of a kind, where it is alone or critical."""
    things: dict[str, set[str]] = defaultdict(set)
    for thing, taken in hangs.items():
        for activity in taken:
            things[activity].add(thing)
    alone: dict[str, list[Goal]] = defaultdict(list)
    reached: set[tuple[str, Goal]] = set()
    for goal, activities in goals.items():
        holders = [things.get(activity, set()) for activity in activities]
        reached |= {(thing, goal) for those in holders for thing in those}
        for thing in set.intersection(*holders) if holders else ():
            alone[thing].append(goal)
    critical = _critical(reached)
    for thing in sorted({thing for thing, _ in reached}):
        if thing in alone or thing in critical:
            yield Support(thing, kind, len(hangs[thing]), *_split(alone[thing]), thing in critical)


def _sources(
    found: Evidence, now: Reach, goals: Mapping[Goal, frozenset[str]]
) -> Iterator[Support]:
    """Yield what hangs on each source: what goes dark when its claims are taken away."""
    cited: dict[str, set[str]] = defaultdict(set)
    for claim in found.claims:
        for source in found.cited.get(claim.id, ()):
            cited[source].add(claim.activity)
    critical = _critical(
        (source, goal)
        for goal, activities in goals.items()
        for source, read in cited.items()
        if activities & read
    )
    for source in sorted(cited):
        then = judged(found, now, sources=frozenset((source,)))
        cells = tuple(
            pair for pair, had in now.cells.items()
            if had and not then.cells[pair] and pair in goals
        )  # fmt: skip
        results = tuple(one for one, had in now.results.items() if had and not then.results[one])
        if cells or results or source in critical:
            reads = len(cited[source])
            yield Support(source, "source", reads, cells, results, source in critical)


def _split(goals: Iterable[Goal]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    cells = tuple(goal for goal in goals if isinstance(goal, tuple))
    return cells, tuple(goal for goal in goals if isinstance(goal, str))


def _critical(reached: Iterable[tuple[str, Goal]]) -> set[str]:
    """Return the things that are articulation points of the graph of things and goals."""
    graph: nx.Graph[str | tuple[str, Goal]] = nx.Graph()
    graph.add_edges_from((thing, ("goal", goal)) for thing, goal in reached)
    return {node for node in nx.articulation_points(graph) if isinstance(node, str)}


def fragility(answers: Answers) -> Table:
    """Return the things on which most hangs, as a table: see `fragile`."""
    lang = answers.lang

    rows = tuple(
        (
            entity(answers, one.thing), word(f"kind_{one.kind}", lang), one.activities,
            len(one.cells), len(one.results), one.critical,
        )
        for one in fragile(answers)
    )  # fmt: skip
    heads = columns(
        lang, "thing", "kind", "activities", "cells_alone", "results_alone", "critical",
        things=("thing",),
    )  # fmt: skip
    title, note = word("fragile", lang), word("fragile_note", lang)
    return Table(title, heads, rows, note, lang, word("nothing_fragile", lang))


def _is_year(name: str) -> bool:
    return re.fullmatch(r"[0-9]{4}", name) is not None
