"""Coders' claims in, how far the coders agree out: Krippendorff's alpha per kind, and the pairs.

The table behind each figure is binary, unit x category: a coder who read the unit (an activity)
claims the category or does not. Units that fewer than two coders read are left out. Krippendorff,
K. (2011), Computing Krippendorff's Alpha-Reliability, section D (nominal data, any number of
coders, missing values); the package krippendorff computes it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metrograph.errors import DataError
from metrograph.messages import word
from metrograph.query.answers import Answers, Row, columns, entity, text
from metrograph.tables.cell import percent, rounded
from metrograph.tables.table import Cell, Column, Table

if TYPE_CHECKING:
    from numpy import ndarray

KINDS = ("theme", "area", "challenge", "result")
FEWEST = 5  # units below which nothing is judged: one that falls out or in would turn the verdict
RELIABLE, TENTATIVE = 0.80, 0.667  # codebook of the shipped plan; Krippendorff (2004), p. 241
_CONFIDENCE = (2.5, 97.5)  # percentiles of the bootstrap: a 95 % interval
_OF_KIND = {
    "theme": ("mg:claimsTheme",),
    "area": ("mg:claimsArea", "mg:claimsChallenge"),
    "result": ("mg:claimsResult",),
}
_KIND_OF = {
    "mg:VisionTheme": "theme",
    "mg:WorkArea": "area",
    "mg:Challenge": "area",  # claimed where no work area fits; counted as a kind of its own, too
    "mg:Result": "result",
}


@dataclass(frozen=True)
class Readings:
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


@dataclass(frozen=True)
class Reliability:
    """How far coders agree on a kind of category.

    `observed` is the share of equal decisions among all pairs of coders, units and categories.
    `alpha` and its 95 % interval `low` to `high` are None where nobody, or everybody, used every
    category: there is nothing to agree on. Below `FEWEST` units there is no interval either.
    `rounds` counts the bootstrap rounds that had an alpha.
    """

    kind: str
    units: int
    categories: int
    used: int
    observed: float
    alpha: float | None
    low: float | None
    high: float | None
    rounds: int

    @property
    def verdict(self) -> str:
        """The codebook's word: reliable from 0.80, tentative from 0.667, else contested.

        Fewer than `FEWEST` units are too few to judge.
        """
        if self.alpha is None:
            return "not_used"
        if self.units < FEWEST:
            return "too_few"
        if self.alpha >= RELIABLE:
            return "reliable"
        return "tentative" if self.alpha >= TENTATIVE else "contested"


@dataclass(frozen=True)
class Usage:
    """One category: how many units each coder claims it for, and how often they decide alike."""

    kind: str
    category: str
    units: int
    observed: float
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Agreement:
    """What `agreement` found: figures per kind, per category, and the contested pairs as tables."""

    kinds: tuple[Reliability, ...]
    usage: tuple[Usage, ...]
    coders: tuple[str, ...]
    answers: Answers = field(repr=False)
    seed: int = 1

    @property
    def table(self) -> Table:
        """The figures per kind."""
        lang = self.answers.lang
        names = ("kind", "units", "categories", "observed", "alpha", "low", "high", "judgement")
        rows = tuple(
            (
                word(f"kind_{one.kind}", lang), one.units, one.categories, percent(one.observed),
                *(None if x is None else rounded(x) for x in (one.alpha, one.low, one.high)),
                word(one.verdict, lang),
            )
            for one in self.kinds
        )  # fmt: skip
        rounds = max((one.rounds for one in self.kinds), default=0)
        note = word("agreement_note", lang).format(rounds=rounds, seed=self.seed)
        if any(one.units < FEWEST for one in self.kinds):
            note = word("agreement_few", lang).format(FEWEST)
        return Table(word("agreement", lang), columns(lang, *names), rows, note, lang)

    @property
    def categories(self) -> Table:
        """The figures per category: in how many units each coder sees it, and how often alike."""
        lang = self.answers.lang
        heads = (
            *columns(lang, "kind", "category", "units", "observed", things=("category",)),
            *(Column(coder, self.answers.label(coder)) for coder in self.coders),
            *columns(lang, "remark"),
        )
        rows = tuple(
            (
                word(f"kind_{one.kind}", lang), entity(self.answers, one.category), one.units,
                percent(one.observed), *(one.counts[coder] for coder in self.coders),
                None if any(one.counts.values()) else word("not_used", lang),
            )
            for one in self.usage
        )  # fmt: skip
        title = word("agreement_by_category", lang)
        return Table(title, heads, rows, word("observed_note", lang), lang, word("nothing", lang))

    @property
    def contested(self) -> Table:
        """The pairs of unit and category on which coders differ, each coder's reason beside."""
        return contested(self.answers)


def agreement(answers: Answers, rounds: int = 1_000, seed: int = 1) -> Agreement:
    """Return how far the coders of a plan agree, per kind and per category.

    `rounds` is the number of bootstrap rounds, `seed` what they start from: the same seed gives the
    same interval. Raises `DataError` where no activity was read by two coders.
    """
    found = readings(answers)
    if not found.coders:
        raise DataError(
            "Agreement needs two coders who read the same activity, and the graph has none. "
            "Add the codings and claims of a second coder."
        )
    usage = tuple(one for kind in KINDS for one in used(found, kind))
    kinds = tuple(reliability(found, kind, rounds, seed) for kind in KINDS)
    return Agreement(kinds, usage, found.names, answers, seed)


def _readers(answers: Answers) -> dict[str, set[str]]:
    """Return the coders who have read each activity; none where nobody has."""
    read: dict[str, set[str]] = defaultdict(set)
    for row in answers.rows("readings"):
        read[text(row["activity"])].add(text(row["coder"]))
    return read


def readings(answers: Answers) -> Readings:
    """Return who read and claimed what, of the activities that two coders or more have read."""
    read = _readers(answers)
    coders = {unit: tuple(sorted(names)) for unit, names in read.items() if len(names) > 1}
    said = [
        (text(row["kind"]), text(row["activity"]), text(row["category"]), text(row["coder"]))
        for row in answers.rows("claims-in-force")
        if row["verdict"] is None and row["coder"] in read[text(row["activity"])]
    ]
    listed = answers.rows("categories")
    above = {row["category"]: text(row["challenge"]) for row in listed if row["challenge"]}
    claims = {
        kind: frozenset((unit, category, by) for of, unit, category, by in said if of in kinds)
        for kind, kinds in _OF_KIND.items()
    }
    claims["challenge"] = frozenset(
        (unit, above.get(category, category), by) for unit, category, by in claims["area"]
    )
    return Readings(coders, claims, _categories(listed, claims))


def _categories(
    listed: Iterable[Row], claims: Mapping[str, Iterable[tuple[str, str, str]]]
) -> dict[str, tuple[str, ...]]:
    """Return the categories of each kind; what is claimed beside the plan's own comes last."""
    own: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in listed:
        category = text(row["category"])
        own[_KIND_OF[text(row["kind"])]].append(category)
        if row["kind"] == "mg:Challenge":
            own["challenge"].append(category)
    others = {kind: sorted({category for _, category, _ in said}) for kind, said in claims.items()}
    return {kind: tuple(dict.fromkeys([*own[kind], *others[kind]])) for kind in KINDS}


def _counts(found: Readings, kind: str) -> "ndarray":
    """Return how many coders claim (0) and do not claim (1): units x categories x 2."""
    import numpy as np  # noqa: PLC0415  only this needs it

    units = {unit: at for at, unit in enumerate(found.coders)}
    categories = {category: at for at, category in enumerate(found.categories[kind])}
    counts = np.zeros((len(units), len(categories), 2), dtype=np.int64)
    for (unit, category), times in Counter(pair[:2] for pair in found.claims[kind]).items():
        if unit in units:
            counts[units[unit], categories[category], 0] = times
    coders = np.array([len(names) for names in found.coders.values()])
    counts[:, :, 1] = coders[:, None] - counts[:, :, 0]
    return counts


def reliability(found: Readings, kind: str, rounds: int, seed: int) -> Reliability:
    """Return alpha and its bootstrap interval for one kind of category."""
    import numpy as np  # noqa: PLC0415

    counts = _counts(found, kind)
    units, categories, _ = counts.shape
    cells = counts.reshape(-1, 2)
    alpha = low = high = None
    alphas = np.zeros(0)
    if cells[:, 0].any() and cells[:, 1].any():
        import krippendorff  # noqa: PLC0415

        alpha = float(krippendorff.alpha(value_counts=cells, level_of_measurement="nominal"))
        if units >= FEWEST:
            alphas = resampled(coincidences(counts), rounds, seed)
        if len(alphas):
            low, high = (float(value) for value in np.percentile(alphas, _CONFIDENCE))
    return Reliability(
        kind, units, categories, int(counts[:, :, 0].any(axis=0).sum()), _observed(cells),
        alpha, low, high, len(alphas),
    )  # fmt: skip


def _observed(cells: "ndarray") -> float:
    """Return the share of equal decisions among all pairs of coders of all cells."""
    coders = cells.sum(axis=1)
    pairs = (coders * (coders - 1)).sum()
    return float((cells * (cells - 1)).sum() / pairs) if pairs else 1.0


def coincidences(counts: "ndarray") -> "ndarray":
    """Return each unit's part of the coincidence matrix: both claim, one does, neither does.

    Krippendorff (2011), section D: a cell that m coders decided counts each of its pairs of values
    1 / (m - 1) times. `counts` is units x categories x 2, the answer is units x 3.
    """
    import numpy as np  # noqa: PLC0415

    yes, no = counts[:, :, 0], counts[:, :, 1]
    weight = 1 / (yes + no - 1)
    pairs = (yes * (yes - 1), yes * no, no * (no - 1))
    return np.stack([(values * weight).sum(axis=1) for values in pairs], axis=1)


def resampled(units: "ndarray", rounds: int, seed: int) -> "ndarray":
    """Return the alphas of `rounds` bootstrap samples of whole units (rows of `coincidences`).

    A unit's categories are not independent of each other, so a sample draws units, each with all
    its categories. Units that look the same are drawn together: the sum is what counts. A sample
    in which every value is the same has no alpha and is left out.
    """
    import numpy as np  # noqa: PLC0415

    kinds, times = np.unique(units, axis=0, return_counts=True)
    random = np.random.default_rng(seed)
    draws = random.multinomial(len(units), times / len(units), size=rounds)
    both, one, neither = (draws @ kinds).T
    yes, no = both + one, one + neither
    varied = (yes > 0) & (no > 0)
    total = (yes + no)[varied]
    alphas: ndarray = 1 - (total - 1) * one[varied] / (yes * no)[varied]
    return alphas


def used(found: Readings, kind: str) -> Iterable[Usage]:
    """Yield how each category of a kind was used."""
    counts = _counts(found, kind)
    claims = Counter((category, by) for unit, category, by in found.claims[kind]
                     if unit in found.coders)  # fmt: skip
    for at, category in enumerate(found.categories[kind]):
        by_coder = {coder: claims[category, coder] for coder in found.names}
        yield Usage(kind, category, len(counts), _observed(counts[:, at]), by_coder)


def contested(answers: Answers, is_open: bool = False) -> Table:
    """Return the pairs of unit and category that some, but not all, of the unit's coders claim.

    A column per coder holds basis and reason, or what else of the kind the coder alone claims.
    `is_open` leaves out pairs that a decision in force has settled.
    """
    lang = answers.lang
    read = _readers(answers)
    pairs: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in answers.rows("claims-by-one-coder-only", language=lang):
        pairs[text(row["activity"]), text(row["category"])][text(row["coder"])] = row
    coders = sorted({coder for unit, _ in pairs for coder in read[unit]})
    kinds = {row["category"]: _KIND_OF[text(row["kind"])] for row in answers.rows("categories")}

    def cell(unit: str, category: str, coder: str) -> str | None:
        row = pairs[unit, category].get(coder)
        if coder not in read[unit]:
            return word("not_coded", lang)
        if row:
            basis = answers.label(text(row["basis"])) if row["basis"] else ""
            return f"{basis}{word('colon', lang)} {row['reason'] or ''}"
        instead = [
            answers.label(other)
            for (where, other), by in pairs.items()
            if where == unit and kinds.get(other) == kinds.get(category) and coder in by
        ]
        names = word("instead", lang).format(", ".join(instead)) if instead else ""
        return f"{word('not_claimed', lang)}{names}"

    rows: list[tuple[Cell, ...]] = []
    for (unit, category), by in pairs.items():
        decision = next((row["decision"] for row in by.values() if row["decision"]), None)
        if decision and is_open:
            continue
        rows.append(
            (
                entity(answers, unit), entity(answers, category),
                *(cell(unit, category, coder) for coder in coders),
                *([] if is_open else [entity(answers, decision)]),
            )
        )  # fmt: skip
    heads = (
        *columns(lang, "activity", "category", things=("activity", "category")),
        *(Column(coder, answers.label(coder)) for coder in coders),
        *([] if is_open else columns(lang, "decision", things=("decision",))),
    )
    title = word("contested_pairs" if is_open else "all_contested", lang)
    return Table(title, heads, tuple(rows), "", lang, word("nothing_contested", lang))
