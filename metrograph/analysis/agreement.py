"""Measures how far coders agree: per kind, per category, and for each contested pair."""

from dataclasses import dataclass, field

from metrograph.analysis.codings import KINDS, codings
from metrograph.analysis.contested import contested
from metrograph.analysis.reliability import FEWEST, Reliability, Usage, reliability, used
from metrograph.errors import DataError
from metrograph.messages import word
from metrograph.query.answers import Answers, columns, entity
from metrograph.tables.cell import percent, rounded
from metrograph.tables.table import Column, Table


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
                word(f"kind_{measure.kind}", lang),
                measure.units,
                measure.categories,
                percent(measure.observed),
                *(
                    None if x is None else rounded(x)
                    for x in (measure.alpha, measure.low, measure.high)
                ),
                word(measure.verdict, lang),
            )
            for measure in self.kinds
        )
        rounds = max((measure.rounds for measure in self.kinds), default=0)
        note = word("agreement_note", lang).format(rounds=rounds, seed=self.seed)
        if any(measure.units < FEWEST for measure in self.kinds):
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
                word(f"kind_{usage.kind}", lang),
                entity(self.answers, usage.category),
                usage.units,
                percent(usage.observed),
                *(usage.counts[coder] for coder in self.coders),
                None if any(usage.counts.values()) else word("not_used", lang),
            )
            for usage in self.usage
        )
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
    coded = codings(answers)
    if not coded.coders:
        raise DataError(
            "Agreement cannot be measured: no activity has been coded by two coders. Add "
            "the codings and claims of a second coder."
        )
    usages = tuple(usage for kind in KINDS for usage in used(coded, kind))
    kinds = tuple(reliability(coded, kind, rounds, seed) for kind in KINDS)
    return Agreement(kinds, usages, coded.names, answers, seed)
