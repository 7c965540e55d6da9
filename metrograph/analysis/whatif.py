"""Computes what would change without some records: the matrix before and after.

An activity addresses an intersection when it addresses both its theme and its challenge; so a
cell loses coverage when no activity is left that does. What takes an activity or a claim away:

- an activity: itself and its parts; an initiative: what is part of it;
- a member, partner or body: the activities that involve it, in whatever role;
- an action line: the activities that are reported under it or contribute to it;
- a year: the activities of that year;
- a coder: the coder's codings and claims; a source: the claims that cite nothing else. What stands
  is then judged again by the ontology's rules (`standing`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from metrograph.analysis.counting import intersections
from metrograph.analysis.coverage import Coverage, Grounds, coverage
from metrograph.analysis.evidence import Reach, codings, evidence, judged, reached
from metrograph.errors import QueryError
from metrograph.messages import word
from metrograph.query.answers import Answers, columns, entities, entity, out_of_scope, text
from metrograph.query.filters import Filters
from metrograph.tables.table import Cell, Table


@dataclass(frozen=True)
class Whatif:
    """The plan with and without some records: `lost` names the activities that go with them."""

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
        return tuple(
            result
            for result, had in self.before.results.items()
            if had and not self.after.results[result]
        )

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
            (
                entity(self.answers, challenge),
                *(cell(challenge, theme) for theme in before.themes),
                cell(challenge, None),
            )
            for challenge in before.challenges
        ]
        rows.append(
            (word("total", lang), *(cell(None, theme) for theme in before.themes), cell(None, None))
        )
        note = word("whatif_note", lang).format(
            entities(self.answers, self.without),
            len(self.lost),
            len(self.dark),
            len(self.lost_results),
        )
        return Table(word("whatif", lang), before.table.columns, tuple(rows), note, lang)

    @property
    def losses(self) -> Table:
        """Lost coverage: the cells and results that lose their last activity, and which it was."""
        lang = self.answers.lang
        cells: list[tuple[Cell, ...]] = [
            (
                word("kind_intersection", lang),
                entity(self.answers, self.points[pair]),
                entities(self.answers, set(self.before.cells[pair])),
            )
            for pair in self.dark
        ]
        results: list[tuple[Cell, ...]] = [
            (
                word("kind_result", lang),
                entity(self.answers, result),
                entities(self.answers, set(self.before.results[result])),
            )
            for result in self.lost_results
        ]
        heads = columns(lang, "kind", "lost", "was_reached_by", things=("lost",))
        title = word("losses", lang)
        return Table(title, heads, (*cells, *results), "", lang, word("nothing_lost", lang))


def whatif(answers: Answers, without: Sequence[str]) -> Whatif:
    """Return the plan before and after removing records: ids, or years of four digits.

    Raises `QueryError` for an id that the graph does not hold or on which nothing depends.
    """
    names = tuple(name if _is_year(name) else answers.known(name) for name in without)
    hangs = {name: hanging(answers, name) for name in names}
    others = {name for name in names if not hangs[name] and not _is_year(name)}
    now = reached(answers)
    lost = frozenset(activity for activities in hangs.values() for activity in activities)
    then = now.less(lost)
    if others:
        read = codings(answers)
        coders = others & ({coder for _, coder in read} | _deciders(answers))
        rests_on = evidence(answers, read, coders, has_sources=bool(others - coders))
        sources = {source for cited in rests_on.cited.values() for source in cited}
        for name in sorted(others - coders - sources):
            raise QueryError(
                "No activity or claim depends on “{name}”, so nothing would change without "
                "it. Give an activity, initiative, member, partner, action line, coder, "
                "source or year.",
                name=name,
            )
        then = judged(rests_on, now, lost, coders, frozenset(others - coders))
    points = intersections(answers)
    return Whatif(names, now, then, lost, out_of_scope(answers), points, answers)


def hanging(answers: Answers, name: str) -> frozenset[str]:
    """Return the activities that something takes with it, or those of a year."""
    if _is_year(name):
        rows = answers.rows("activities", year=name)
    else:
        rows = answers.rows("activities-depending-on", entity=name)
    return frozenset(text(row["activity"]) for row in rows)


def _deciders(answers: Answers) -> set[str]:
    return {text(row["coder"]) for row in answers.rows("decisions")}


def _is_year(name: str) -> bool:
    return re.fullmatch(r"[0-9]{4}", name) is not None
