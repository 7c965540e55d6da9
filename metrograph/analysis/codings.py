"""Returns who coded and claimed what in a plan: the data for agreement and disagreement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from metrograph.query.answers import Answers, Row, text

KINDS = ("theme", "area", "challenge", "result")
_OF_KIND = {
    "theme": ("mg:claimsTheme",),
    "area": ("mg:claimsArea", "mg:claimsChallenge"),
    "result": ("mg:claimsResult",),
}
KIND_OF = {
    "mg:VisionTheme": "theme",
    "mg:WorkArea": "area",
    "mg:Challenge": "area",  # claimed where no work area fits; counted as a kind of its own, too
    "mg:Result": "result",
}


@dataclass(frozen=True)
class Codings:
    """Who read what and claimed what: coders by unit, and claims as (unit, category, coder).

    `categories` lists, in the plan's order, the categories of each kind.
    """

    coders: Mapping[str, tuple[str, ...]]
    claims: Mapping[str, frozenset[tuple[str, str, str]]]
    categories: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """All coders of the units, in order."""
        return tuple(sorted({coder for coders in self.coders.values() for coder in coders}))


def coders_by_activity(answers: Answers) -> dict[str, set[str]]:
    """Return the coders who have read each activity; none where nobody has."""
    read: dict[str, set[str]] = defaultdict(set)
    for row in answers.rows("readings"):
        read[text(row["activity"])].add(text(row["coder"]))
    return read


def codings(answers: Answers) -> Codings:
    """Return who read and claimed what, of the activities that two coders or more have read."""
    read = coders_by_activity(answers)
    coders = {unit: tuple(sorted(names)) for unit, names in read.items() if len(names) > 1}
    claimed = [
        (text(row["kind"]), text(row["activity"]), text(row["category"]), text(row["coder"]))
        for row in answers.rows("claims-in-force")
        if row["verdict"] is None and row["coder"] in read[text(row["activity"])]
    ]
    listed = answers.rows("categories")
    above = {row["category"]: text(row["challenge"]) for row in listed if row["challenge"]}
    claims = {
        kind: frozenset((unit, category, by) for of, unit, category, by in claimed if of in kinds)
        for kind, kinds in _OF_KIND.items()
    }
    claims["challenge"] = frozenset(
        (unit, above.get(category, category), by) for unit, category, by in claims["area"]
    )
    return Codings(coders, claims, _categories(listed, claims))


def _categories(
    listed: Iterable[Row], claims: Mapping[str, Iterable[tuple[str, str, str]]]
) -> dict[str, tuple[str, ...]]:
    """Return the categories of each kind; what is claimed beside the plan's own comes last."""
    own: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in listed:
        category = text(row["category"])
        own[KIND_OF[text(row["kind"])]].append(category)
        if row["kind"] == "mg:Challenge":
            own["challenge"].append(category)
    others = {kind: sorted({pair[1] for pair in pairs}) for kind, pairs in claims.items()}
    return {kind: tuple(dict.fromkeys([*own[kind], *others[kind]])) for kind in KINDS}
