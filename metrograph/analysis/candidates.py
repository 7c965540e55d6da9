"""Finds the activities that nearly address an intersection, by claims that are not agreed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metrograph.messages import word
from metrograph.query.answers import Answers, Row, columns, entity, text
from metrograph.tables.table import Cell, Table
from metrograph.text import filled

STATES = ("agreed", "contested", "one_coder", "rejected")  # the nearest to coverage first


@dataclass(frozen=True)
class Side:
    """How far an activity is claimed to address a theme, or a challenge or its work areas.

    `state` is "agreed"; "contested" if some of its coders claim it, but not all; "one_coder" while
    a second coder has yet to code the activity; or "rejected" by a decision. `categories` are those
    of this state: the theme, or the challenge and its work areas.
    """

    state: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """An activity for which both sides of an intersection are claimed, but not both agreed.

    `is_in_one_passage` says whether a coder cites the same line for both; else it is a co-mention.
    """

    activity: str
    challenge: Side
    theme: Side
    is_in_one_passage: bool

    @property
    def is_open(self) -> bool:
        """Whether no decision stands against it."""
        return "rejected" not in (self.challenge.state, self.theme.state)

    @property
    def contested(self) -> tuple[str, ...]:
        """The categories on which its coders differ, to be decided."""
        sides = (self.challenge, self.theme)
        return tuple(
            name for side in sides if side.state == "contested" for name in side.categories
        )

    @property
    def rejected(self) -> tuple[str, ...]:
        """The categories that a decision rejects."""
        sides = (self.challenge, self.theme)
        return tuple(name for side in sides if side.state == "rejected" for name in side.categories)

    @property
    def waits(self) -> bool:
        """Whether a second coder has yet to code it."""
        return "one_coder" in (self.challenge.state, self.theme.state)


@dataclass(frozen=True)
class Candidates:
    """What an intersection could be filled from; activities are ids.

    `near` nearly address it, those without a decision against them first. `of_theme` and
    `of_challenge` are the other activities that address one side by agreed claims.
    """

    challenge: str
    theme: str
    near: tuple[Candidate, ...]
    of_theme: tuple[str, ...]
    of_challenge: tuple[str, ...]

    def table(self, answers: Answers) -> Table:
        """Return a row for each activity: what is claimed of both sides, in which passages."""
        lang = answers.lang
        rows: list[tuple[Cell, ...]] = [
            (
                entity(answers, near.activity),
                word(f"side_{near.challenge.state}", lang),
                word(f"side_{near.theme.state}", lang),
                word("same_passage" if near.is_in_one_passage else "co_mention", lang),
            )
            for near in self.near
        ]
        agreed, none = word("side_agreed", lang), word("side_none", lang)
        rows += [(entity(answers, name), none, agreed, None) for name in self.of_theme]
        rows += [(entity(answers, name), agreed, none, None) for name in self.of_challenge]
        heads = columns(lang, "activity", "challenge", "theme", "evidence", things=("activity",))
        named = (answers.label(self.challenge), answers.label(self.theme))
        title = filled(word("candidates", lang), *named)
        return Table(title, heads, tuple(rows), "", lang, word("no_candidate", lang))


def candidates(answers: Answers, challenge: str, theme: str) -> Candidates:
    """Return the activities that nearly address the intersection of a challenge and a theme."""
    verdicts = {
        (text(row["activity"]), text(row["category"])): text(row["verdict"])
        for row in answers.rows("decisions")
        if not row["superseded"]
    }
    readers: dict[str, set[str]] = defaultdict(set)
    for row in answers.rows("readings"):
        readers[text(row["activity"])].add(text(row["coder"]))
    areas = [
        text(row["category"])
        for row in answers.rows("categories")
        if row["challenge"] == challenge and row["kind"] == "mg:WorkArea"
    ]
    claims = {name: _claims(answers, name) for name in (theme, challenge, *areas)}
    of_theme = _sides(claims, [theme], verdicts, readers)
    of_challenge = _sides(claims, [challenge, *areas], verdicts, readers)
    near = [
        Candidate(name, side, of_theme[name], _share_a_line(claims, side, of_theme[name], name))
        for name, side in of_challenge.items()
        if name in of_theme and {side.state, of_theme[name].state} != {"agreed"}
    ]
    return Candidates(
        challenge,
        theme,
        tuple(sorted(near, key=_distance)),
        tuple(name for name in _agreed(of_theme) if name not in of_challenge),
        tuple(name for name in _agreed(of_challenge) if name not in of_theme),
    )


def _claims(answers: Answers, category: str) -> dict[str, list[Row]]:
    """Return the claims and decisions on a category by activity, a row for each passage."""
    claims: dict[str, list[Row]] = defaultdict(list)
    for row in answers.rows("claims-of-category", category=category):
        claims[text(row["activity"])].append(row)
    return claims


def _sides(
    claims: Mapping[str, Mapping[str, Sequence[Row]]],
    categories: Sequence[str],
    verdicts: Mapping[tuple[str, str], str],
    readers: Mapping[str, set[str]],
) -> dict[str, Side]:
    """Return by activity how far it is claimed to address any of some categories."""
    states: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for category in categories:
        for activity, rows in claims[category].items():
            if any(row["standing"] for row in rows):
                state = "agreed"
            elif verdicts.get((activity, category)) == "mg:rejected":
                state = "rejected"
            else:
                state = "contested" if len(readers.get(activity, ())) > 1 else "one_coder"
            states[activity][state].append(category)
    nearest = {activity: min(by_state, key=STATES.index) for activity, by_state in states.items()}
    return {
        activity: Side(state, tuple(states[activity][state])) for activity, state in nearest.items()
    }


def _agreed(sides: Mapping[str, Side]) -> list[str]:
    return sorted(name for name, side in sides.items() if side.state == "agreed")


def _share_a_line(
    claims: Mapping[str, Mapping[str, Sequence[Row]]], challenge: Side, theme: Side, activity: str
) -> bool:
    """Return whether one coder cites the same line of a source for both sides of an activity."""
    firsts, seconds = (
        [row for name in side.categories for row in claims[name][activity] if row["firstLine"]]
        for side in (challenge, theme)
    )
    return any(
        row["coder"] == other["coder"]
        and row["source"] == other["source"]
        and int(text(row["firstLine"])) <= int(text(other["lastLine"]))
        and int(text(other["firstLine"])) <= int(text(row["lastLine"]))
        for row in firsts
        for other in seconds
    )


def _distance(candidate: Candidate) -> tuple[bool, int, bool, str]:
    states = (candidate.challenge.state, candidate.theme.state)
    return (
        not candidate.is_open,
        sum(map(STATES.index, states)),
        not candidate.is_in_one_passage,
        candidate.activity,
    )
