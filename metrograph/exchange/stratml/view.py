"""Selects and orders the asserted triples of a plan that a StratML file contains."""

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyoxigraph as ox

from metrograph.editing.choices import natural
from metrograph.exchange.asserted import Asserted
from metrograph.exchange.stratml import ids as stratml_ids
from metrograph.exchange.stratml.nodes import shown
from metrograph.ids import Ids
from metrograph.text import whole_number
from metrograph.vocabulary import MG, RDF, Dcterms, Org, Skos

ELEMENTS = (MG.PlanElement, MG.ActionLine, MG.Axis, MG.Result)
_DECIMAL = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_LAST = 10**9  # where an element without a position stands
_KINDS = {MG.target: "TargetResult", MG.actual: "ActualResult", MG.baseline: "ActualResult"}


@dataclass(frozen=True)
class Figure:
    """A figure that is written: its IRI, the name of its element, its days, and its number."""

    iri: str
    name: str
    start: str
    end: str
    number: str
    is_baseline: bool


@dataclass(frozen=True)
class View(Asserted):
    """What a plan asserts, as a file of one language can say it."""

    plan: str
    base: str
    lang: str

    @cached_property
    def _naming(self) -> Mapping[tuple[str, str], Sequence[str]]:
        naming: dict[tuple[str, str], list[str]] = defaultdict(list)
        for iri, of in self.facts.items():
            for predicate, values in of.items():
                for value in values:
                    if isinstance(value, ox.NamedNode):
                        naming[predicate, value.value].append(iri)
        return naming

    def naming(self, predicate: str, iri: str) -> Sequence[str]:
        """Return the IRIs of the records that name one by a property."""
        return self._naming.get((predicate, iri), ())

    def texts(self, iri: str, predicate: str) -> list[str]:
        """Return the texts of a property in the language of the file."""
        return [
            literal.value
            for literal in self.literals(iri, predicate)
            if literal.language == self.lang
        ]

    def text(self, iri: str, predicate: str) -> str:
        """Return the first text of a property in the language of the file, or nothing."""
        return next(iter(self.texts(iri, predicate)), "")

    def word(self, iri: str, predicate: str) -> str:
        """Return the first literal of a property that has no language, or nothing."""
        words = (literal.value for literal in self.literals(iri, predicate) if not literal.language)
        return next(words, "")

    def label(self, iri: str) -> str:
        """Return a name in the language of the file, or in another."""
        labels = [literal.value for literal in self.literals(iri, RDF.label)]
        return self.text(iri, RDF.label) or next(iter(labels), "")

    def short(self, iri: str) -> str:
        """Return the id of an IRI."""
        return Ids(self.base).short(iri)

    def is_a(self, iri: str, *kinds: str) -> bool:
        """Return whether a record is asserted to be of one of some kinds."""
        return any(kind in kinds for kind in self.nodes(iri, RDF.type))

    def in_order(self, iris: Iterable[str]) -> list[str]:
        """Return records by position, by printed number, by id."""

        def place(iri: str) -> tuple[object, ...]:
            at = whole_number(self.word(iri, MG.position))
            return (
                _LAST if at is None else at,
                natural(self.word(iri, Skos.notation)),
                natural(self.short(iri)),
            )

        return sorted(dict.fromkeys(iris), key=place)

    @cached_property
    def goals(self) -> list[str]:
        """The elements of the first level."""
        tops = [
            iri
            for iri in self.naming(MG.ofPlan, self.plan)
            if self.is_a(iri, *ELEMENTS) and not self._whole(iri)
        ]
        return self.in_order(tops)

    @cached_property
    def objectives(self) -> Mapping[str, Sequence[str]]:
        """The elements of the second level, by goal."""
        return {goal: self.in_order(self.parts(goal)) for goal in self.goals}

    def parts(self, iri: str) -> list[str]:
        """Return the elements right within an element."""
        candidates = self.naming(MG.partOf, iri)
        return [
            part for part in candidates if self.is_a(part, *ELEMENTS) and self._whole(part) == iri
        ]

    def _whole(self, iri: str) -> str:
        """Return the element of which another is a part, or nothing."""
        wholes = [whole for whole in self.nodes(iri, MG.partOf) if self.is_a(whole, *ELEMENTS)]
        return wholes[0] if wholes else ""

    @cached_property
    def core_values(self) -> list[str]:
        """The values that the plan's organisation holds."""
        candidates = self.naming(MG.ofPlan, self.plan)
        return self.in_order(value for value in candidates if self.is_a(value, MG.CoreValue))

    @cached_property
    def indicators(self) -> Mapping[str, Sequence[str]]:
        """The indicators of each objective: those of itself and of all within it, each once."""
        taken: dict[str, str] = {}
        for objective in (iri for of in self.objectives.values() for iri in of):
            for element in self._with_parts(objective):
                for iri in self.naming(MG.measures, element):
                    if self.is_a(iri, MG.Indicator):
                        taken.setdefault(iri, objective)
        by_objective: dict[str, list[str]] = defaultdict(list)
        for iri, objective in taken.items():
            by_objective[objective].append(iri)
        return {objective: self.in_order(iris) for objective, iris in by_objective.items()}

    def _with_parts(self, iri: str) -> list[str]:
        elements = [iri]
        for element in elements:  # grows while it is gone through; no element is a part of itself
            elements += [part for part in self.parts(element) if part not in elements]
        return elements

    @cached_property
    def bodies(self) -> list[str]:
        """The organisations of the plan, that of most figures first.

        Those that adopted it and those that these belong to, or else the one of most figures.
        """
        bodies = [body for body in self.nodes(self.plan, MG.adoptedBy) if self.is_a(body, MG.Body)]
        for body in bodies:
            wholes = self.nodes(body, Org.subOrganizationOf)
            bodies += [iri for iri in wholes if iri not in bodies and self.is_a(iri, MG.Body)]
        counts = Counter(
            subject
            for of in self.indicators.values()
            for indicator in of
            for figure in self.naming(MG.ofIndicator, indicator)
            for subject in self.nodes(figure, MG.subject)
            if self.is_a(subject, MG.Body) and (subject in bodies or not bodies)
        )
        most = [iri for iri, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))][:1]
        return list(dict.fromkeys([*most, *bodies]))

    def figures(self, indicator: str) -> list[Figure]:
        """Return the figures of an indicator that are the organisation's own, in time.

        Those about the only element that the indicator measures are, too.

        One that another took the place of is left out, and one that covers only what is told in
        another language: its number alone would tell something else.
        """
        about = [next(iter(self.bodies), self.plan)]
        measured = [iri for iri in self.nodes(indicator, MG.measures) if self.is_a(iri, *ELEMENTS)]
        figures = [
            figure
            for iri in self.naming(MG.ofIndicator, indicator)
            if (figure := self._figure(iri))
            and (
                self.nodes(iri, MG.subject)
                in (about, measured[:1] if len(measured) == 1 else about)
            )
        ]
        return sorted(
            figures, key=lambda figure: (figure.start or figure.end, figure.end, figure.iri)
        )

    def _figure(self, iri: str) -> Figure | None:
        kinds = self.nodes(iri, MG.valueType)
        number = self.word(iri, MG.value)
        is_partial = bool(self.values(iri, MG.scope)) and not self.text(iri, MG.scope)
        if (
            not _DECIMAL.fullmatch(number)
            or kinds[:1] == []
            or kinds[0] not in _KINDS
            or is_partial
        ):
            return None
        if self.naming(MG.supersedes, iri):
            return None
        start, end = self.days(iri)
        return Figure(iri, _KINDS[kinds[0]], start, end, number, kinds[0] == MG.baseline)

    def days(self, iri: str) -> tuple[str, str]:
        """Return the first and last day of a record; years and months as all of their days."""
        start = self.word(iri, MG.startDate)
        end = self.word(iri, MG.endDate)
        year = self.word(iri, MG.year)
        if not (start or end) and year:
            start = end = year
        return _day(start, is_first=True), _day(end, is_first=False)

    def date(self, iri: str, predicate: str) -> str:
        """Return the day that a property says, or nothing."""
        return _day(self.word(iri, predicate), is_first=True)

    def stakeholders(self, iri: str) -> list[str]:
        """Return the stakeholders of the plan or of an element; each stands at one place only."""
        candidates = (
            stakeholder
            for stakeholder in self.naming(MG.stakeIn, iri)
            if self._place(stakeholder) == iri
        )
        return self.in_order(
            stakeholder for stakeholder in candidates if self.is_a(stakeholder, MG.Stakeholder)
        )

    def _place(self, stakeholder: str) -> str:
        wholes = self.nodes(stakeholder, MG.stakeIn)
        objectives = (objective for of in self.objectives.values() for objective in of)
        places = (self.plan, *self.goals, *objectives)
        return next((place for place in places if place in wholes), "")

    def by_name(self, element: str, iri: str, whole: str = "") -> str:
        """Return the id that a reader gives a record by its name."""
        return stratml_ids.id_by_name(element, shown(self.label(iri)), whole)

    def foreign(self, iri: str) -> str:
        """Return the identifier by which others know a record, if it can be an XML name."""
        identifier = self.word(iri, Dcterms.identifier)
        is_fit = stratml_ids.unescaped(stratml_ids.escaped(identifier)) == identifier
        return identifier if is_fit and not stratml_ids.is_ours(identifier) else ""


def _day(text: str, is_first: bool) -> str:
    """Return the first or last day of a day, month or year, or nothing for what is none."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
            year, month = (int(part) for part in text.split("-"))
            text += "-01" if is_first else f"-{calendar.monthrange(year, month)[1]}"
        elif re.fullmatch(r"[0-9]{4}", text):
            text += "-01-01" if is_first else "-12-31"
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
