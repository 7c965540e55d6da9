"""Computes the reliability of codings: Krippendorff's alpha, and the use of each category.

The table behind each figure is binary, unit x category: a coder who read the unit (an activity)
claims the category or does not. Units that fewer than two coders read are left out. Krippendorff,
K. (2011), Computing Krippendorff's Alpha-Reliability, section D (nominal data, any number of
coders, missing values); the package krippendorff computes it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrograph.analysis.codings import Codings
from metrograph.late import late

if TYPE_CHECKING:
    import krippendorff
    import numpy as np
    from numpy import ndarray
else:
    krippendorff, np = late("krippendorff"), late("numpy")

FEWEST = 5  # units below which nothing is judged: one that falls out or in would turn the verdict
RELIABLE, TENTATIVE = 0.80, 0.667  # codebook of the shipped plan; Krippendorff (2004), p. 241
_CONFIDENCE = (2.5, 97.5)  # percentiles of the bootstrap: a 95 % interval


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


def _counts(codings: Codings, kind: str) -> "ndarray":
    """Return how many coders claim (0) and do not claim (1): units x categories x 2."""
    units = {unit: at for at, unit in enumerate(codings.coders)}
    categories = {category: at for at, category in enumerate(codings.categories[kind])}
    counts = np.zeros((len(units), len(categories), 2), dtype=np.int64)
    for (unit, category), times in Counter(pair[:2] for pair in codings.claims[kind]).items():
        if unit in units:
            counts[units[unit], categories[category], 0] = times
    coders = np.array([len(names) for names in codings.coders.values()])
    counts[:, :, 1] = coders[:, None] - counts[:, :, 0]
    return counts


def reliability(codings: Codings, kind: str, rounds: int, seed: int) -> Reliability:
    """Return alpha and its bootstrap interval for one kind of category."""
    counts = _counts(codings, kind)
    units, categories, _ = counts.shape
    cells = counts.reshape(-1, 2)
    alpha = low = high = None
    alphas = np.zeros(0)
    if cells[:, 0].any() and cells[:, 1].any():
        alpha = float(krippendorff.alpha(value_counts=cells, level_of_measurement="nominal"))
        if units >= FEWEST:
            alphas = resampled(coincidences(counts), rounds, seed)
        if len(alphas):
            low, high = (float(value) for value in np.percentile(alphas, _CONFIDENCE))
    return Reliability(
        kind,
        units,
        categories,
        int(counts[:, :, 0].any(axis=0).sum()),
        _observed(cells),
        alpha,
        low,
        high,
        len(alphas),
    )


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
    kinds, times = np.unique(units, axis=0, return_counts=True)
    random = np.random.default_rng(seed)
    draws = random.multinomial(len(units), times / len(units), size=rounds)
    both, differ, neither = (draws @ kinds).T
    yes, no = both + differ, differ + neither
    varied = (yes > 0) & (no > 0)
    total = (yes + no)[varied]
    alphas: ndarray = 1 - (total - 1) * differ[varied] / (yes * no)[varied]
    return alphas


def used(codings: Codings, kind: str) -> Iterable[Usage]:
    """Yield how each category of a kind was used."""
    counts = _counts(codings, kind)
    claims = Counter(
        (category, by) for unit, category, by in codings.claims[kind] if unit in codings.coders
    )
    for at, category in enumerate(codings.categories[kind]):
        by_coder = {coder: claims[category, coder] for coder in codings.names}
        yield Usage(kind, category, len(counts), _observed(counts[:, at]), by_coder)
