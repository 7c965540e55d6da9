"""Arranges a plan's asserted triples as a file of IATI activities needs them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from metrograph.editing.choices import natural
from metrograph.exchange.asserted import Asserted, Choice, iri_of, quads
from metrograph.exchange.iati.codes import WRITTEN_ROLES
from metrograph.ids import Ids, unique_ids
from metrograph.network.network import classes
from metrograph.plan import Plan
from metrograph.text import as_key
from metrograph.vocabulary import CONCLUSIONS, MG, RDF, Dcterms, Skos


@dataclass(frozen=True)
class Measured:
    """An indicator under a result of an activity, and the figures that are shown there."""

    indicator: str
    figures: Sequence[str]


@dataclass(frozen=True)
class View(Asserted):
    """What a plan's files assert, and the class of each record.

    `concluded` are the results and categories that an activity was found to contribute to and to
    address, which follow from claims that stand. All records are named by their IRIs.
    """

    plan: str
    ids: Ids
    lang: str
    kinds: Mapping[str, str]
    concluded: Mapping[str, Sequence[str]]

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Return the records that a record has a relation to, in the order of their ids."""
        return self.ordered(self.nodes(subject, predicate))

    def iri(self, subject: str, predicate: str) -> str:
        """Return the first record that a record has a relation to, or nothing."""
        return next(iter(self.iris(subject, predicate)), "")

    def texts(self, subject: str, predicate: str) -> list[tuple[str, str]]:
        """Return the texts of a record, each with its language, in the order of languages."""
        values = self.literals(subject, predicate)
        texts = [(value.language or "", value.value) for value in values]
        return sorted(texts, key=lambda text: (text[0] != self.lang, text))

    def text(self, subject: str, predicate: str) -> str:
        """Return the first text or value of a record, or nothing."""
        return next((text for _, text in self.texts(subject, predicate)), "")

    def names(self, subject: str) -> list[tuple[str, str]]:
        """Return the names of a record, the alternative ones last."""
        return [*self.texts(subject, RDF.label), *self.texts(subject, Skos.altLabel)]

    def ordered(self, iris: Iterable[str]) -> list[str]:
        """Return records in the order of their ids, 10 after 9."""
        return sorted(set(iris), key=lambda iri: (natural(self.ids.short(iri)), iri))

    def codes(self, subject: str, about: str) -> Iterator[tuple[str, str, str]]:
        """Yield the codes of a list of IATI that a record has: concept, vocabulary, address."""
        for concept in self.iris(subject, Dcterms.subject):
            scheme = self.iri(concept, Skos.inScheme)
            name, _, vocabulary = self.text(scheme, Skos.notation).partition("/")
            if name == about and self.text(concept, Skos.notation):
                yield concept, vocabulary, self.address(scheme)

    def address(self, subject: str) -> str:
        """Return where on the web a record is, as a link or as it was written, or nothing."""
        return self.iri(subject, Dcterms.source) or self.text(subject, Dcterms.source)

    def code(self, subject: str, about: str) -> str:
        """Return the first code of a list of IATI that a record has, or nothing."""
        notations = (
            self.text(concept, Skos.notation) for concept, _, _ in self.codes(subject, about)
        )
        return next(notations, "")

    @cached_property
    def activities(self) -> list[str]:
        """All activities, in the order of their ids."""
        return self.ordered(iri for iri, kind in self.kinds.items() if kind == MG.Activity)

    @cached_property
    def reporter(self) -> str:
        """Who organises most activities: who reports, where the plan does not say who does."""
        counts = Counter(
            who for activity in self.activities for who in self.iris(activity, MG.organizer)
        )
        return min(counts, key=lambda who: (-counts[who], who), default="")

    @cached_property
    def identifiers(self) -> dict[str, str]:
        """The IATI identifier of each activity: its own, or one made of who reports and its id."""
        wanted: dict[str, str] = {}
        for iri in self.activities:
            made = f"{self.ref(self.reports(iri))}-{as_key(self.ids.short(iri)) or 'activity'}"
            wanted[iri] = self.text(iri, Dcterms.identifier) or made
        return dict(zip(wanted, unique_ids(wanted.values()), strict=True))

    def reports(self, activity: str) -> str:
        """Return who reports an activity (its IRI), or nothing where the plan names nobody."""
        return self.iri(activity, MG.recordedBy) or self.reporter

    def ref(self, who: str) -> str:
        """Return the identifier of an organisation, or one that is made of its id."""
        short = self.ids.short(who or self.plan)
        return self.text(who, Dcterms.identifier) or as_key(short.rpartition("/")[2]) or "plan"

    @cached_property
    def shown(self) -> frozenset[str]:
        """What the file describes: the plan, activities, those who take part, and places."""
        relations = (*WRITTEN_ROLES, MG.recordedBy, MG.place)
        others = {
            other
            for activity in self.activities
            for by in relations
            for other in self.iris(activity, by)
        }
        return frozenset({self.plan, self.reporter, *self.activities, *others})

    # ---------------------------------------------------------------- results and figures

    def results(self, activity: str) -> list[str]:
        """Return the results that an activity relates or contributes to."""
        both = (*self.iris(activity, MG.relatesTo), *self.concluded.get(activity, ()))
        return self.ordered(iri for iri in both if self.kinds.get(iri) == MG.Result)

    def categories(self, activity: str) -> list[str]:
        """Return the themes, challenges and areas that an activity addresses."""
        return self.ordered(
            category
            for category in self.concluded.get(activity, ())
            if self.kinds.get(category) in {MG.VisionTheme, MG.Challenge, MG.WorkArea}
        )

    @cached_property
    def indicators(self) -> dict[str, list[str]]:
        """The indicators of each record that is measured."""
        by_result: dict[str, list[str]] = {}
        kept = (iri for iri, kind in self.kinds.items() if kind == MG.Indicator)
        for indicator in self.ordered(kept):
            for measured in self.iris(indicator, MG.measures):
                by_result.setdefault(measured, []).append(indicator)
        return by_result

    @cached_property
    def figures(self) -> dict[str, dict[str, list[str]]]:
        """The figures by activity and indicator: those about the activity, and others once.

        A figure about something else that the file tells of, such as who organises, stands with the
        first activity whose results its indicator measures.
        """
        first = {
            indicator: activity
            for activity in reversed(self.activities)
            for result in reversed(self.results(activity))
            for indicator in self.indicators.get(result, ())
        }
        by_subject: dict[str, dict[str, list[str]]] = {}
        for figure in self.ordered(
            iri for iri, kind in self.kinds.items() if kind == MG.Observation
        ):
            indicator, subject = self.iri(figure, MG.ofIndicator), self.iri(figure, MG.subject)
            if subject in self.shown and subject not in self.identifiers:
                subject = first.get(indicator, "")
            if subject in self.identifiers and self.kinds.get(indicator) == MG.Indicator:
                by_subject.setdefault(subject, {}).setdefault(indicator, []).append(figure)
        return by_subject

    def measured(self, activity: str) -> list[tuple[str, list[Measured]]]:
        """Return the results of an activity with their indicators; those of none come last."""
        left = dict(self.figures.get(activity, {}))
        pairs = [
            (
                result,
                [
                    Measured(indicator, left.pop(indicator, []))
                    for indicator in self.indicators.get(result, ())
                ],
            )
            for result in self.results(activity)
        ]
        others = [Measured(indicator, figures) for indicator, figures in left.items()]
        return [*pairs, *([("", others)] if others else [])]


def view_of(plan: Plan) -> View:
    """Return what a plan says, as the files spell it."""
    triples = frozenset(quad.triple for quad in quads(plan, Choice("nq")))
    subjects = {iri_of(triple.subject) for triple in triples}
    kinds = {iri: kind for iri, kind in classes(plan.built.engine).items() if iri in subjects}
    return View(triples, plan.iri, plan.ids, plan.lang, kinds, _concluded(plan))


def _concluded(plan: Plan) -> dict[str, list[str]]:
    concluded: dict[str, list[str]] = {}
    for predicate in CONCLUSIONS:
        quads_ = plan.built.engine.triples(None, ox.NamedNode(predicate))
        for triple in quads_:
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
                concluded.setdefault(triple.subject.value, []).append(triple.object.value)
    return concluded
