"""Computes which cells and results activities reach, from claims, decisions and sources.

Claims are judged here as the ontology's rules judge them (`standing`), so that the same can be
asked without some coders, sources or activities.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from metrograph.query.answers import Answers, text

_SIDES = ("mg:claimsChallenge", "mg:claimsArea")
_CLAIMS = {
    "mg:VisionTheme": "mg:claimsTheme",
    "mg:Challenge": "mg:claimsChallenge",
    "mg:WorkArea": "mg:claimsArea",
    "mg:Result": "mg:claimsResult",
}


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


def codings(answers: Answers) -> frozenset[tuple[str, str]]:
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
    readers = codings(answers) if read is None else read
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
    parameters = {"without": min(gone)} if gone else {}
    for row in answers.rows("claims-in-force", **parameters):
        if row["coder"] not in gone:
            verdict = None if row["verdict"] is None else text(row["verdict"])
            yield Claim(
                text(row["claim"]),
                text(row["activity"]),
                _claimed(text(row["kind"])),
                text(row["category"]),
                text(row["coder"]),
                verdict,
            )


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
                text(row["decision"]),
                text(row["activity"]),
                _CLAIMS[kinds[category]],
                category,
                text(row["coder"]),
                text(row["verdict"]),
            )


def standing(claims: Iterable[Claim], read: Iterable[tuple[str, str]]) -> set[Claim]:
    """Return the agreed claims, by `mg:agreementRule` and `mg:acceptanceRule`.

    `claims` are those in force. Without a decision, a claim stands when every coder who read the
    activity makes it, two at least; with one, only a decision that accepts stands.
    """
    coders: dict[str, set[str]] = defaultdict(set)
    for activity, coder in read:
        coders[activity].add(coder)
    pairs: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        pairs[claim.activity, claim.category].append(claim)
    agreed = set()
    for (activity, _), made in pairs.items():
        decisions = [claim for claim in made if claim.verdict is not None]
        by = {claim.coder for claim in made if claim.verdict is None} & coders[activity]
        if decisions:
            agreed |= {claim for claim in decisions if claim.verdict == "mg:accepted"}
        elif len(by) > 1 and by == coders[activity]:
            agreed |= {claim for claim in made if claim.coder in by}
    return agreed


def judged(
    evidence: Evidence,
    now: Reach,
    lost: frozenset[str] = frozenset(),
    coders: Iterable[str] = (),
    sources: frozenset[str] = frozenset(),
) -> Reach:
    """Return what is reached without some activities, coders and sources.

    `now` says which cells and results there are.
    """
    gone = set(coders)
    claims = (
        claim
        for claim in evidence.claims
        if claim.activity not in lost
        and claim.coder not in gone
        and not (sources and evidence.cited.get(claim.id) and evidence.cited[claim.id] <= sources)
    )
    read = ((activity, coder) for activity, coder in evidence.read if coder not in gone)
    themes: dict[str, set[str]] = defaultdict(set)
    challenges: dict[str, set[str]] = defaultdict(set)
    results: dict[str, set[str]] = defaultdict(set)
    for claim in standing(claims, read):
        if claim.kind == "mg:claimsTheme":
            themes[claim.category].add(claim.activity)
        elif claim.kind in _SIDES:
            challenges[evidence.above.get(claim.category, claim.category)].add(claim.activity)
        else:
            results[claim.category].add(claim.activity)
    return Reach(
        {pair: frozenset(challenges[pair[0]] & themes[pair[1]]) for pair in now.cells},
        {result: frozenset(results[result]) for result in now.results},
    )
