"""The coverage counted by plain loops over a plan's statements: what the engine's is compared with.

It asks no question and builds no index: each activity is looked at on its own, claim by claim.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import RDF, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

from metrograph.plan import Plan
from metrograph.query.filters import Filters

MG = Namespace("https://w3id.org/metrograph/ontology#")
PROV = Namespace("http://www.w3.org/ns/prov#")
Pair = tuple[str, str]
_THEMES = (MG.claimsTheme, MG.decidesTheme)
_CHALLENGES = (MG.claimsChallenge, MG.claimsArea, MG.decidesChallenge, MG.decidesArea)


@dataclass(frozen=True)
class Claim:
    """A claim or decision about an activity that is in force."""

    category: Node
    coders: frozenset[Node]
    bases: frozenset[Node]
    lines: tuple[tuple[str, int, int], ...]  # source, first, last; none for a decision
    is_agreed: bool
    is_theme: bool


@dataclass
class Counted:
    """A plan's statements, read once into lists by activity."""

    plan: Plan
    graph: Graph = field(init=False)
    claims: dict[Node, list[Claim]] = field(init=False)

    def __post_init__(self) -> None:
        """Read the statements."""
        self.graph = self.plan.graph
        self.activities = set(self.graph.subjects(RDF.type, MG.Activity))
        self.claims = {activity: list(self._claims(activity)) for activity in self.activities}
        self.intersections = [
            (challenge, theme)
            for point in self.graph.subjects(RDF.type, MG.Intersection)
            for challenge in self.graph.objects(point, MG.ofChallenge)
            for theme in self.graph.objects(point, MG.ofTheme)
        ]

    def _claims(self, activity: Node) -> Iterator[Claim]:
        graph = self.graph
        agreed = set(graph.objects(activity, MG.standingJudgement))
        for judgement in set(graph.objects(activity, MG.hasJudgement)):
            is_rejected = (judgement, MG.verdict, MG.rejected) in graph
            if is_rejected or (None, MG.supersedes, judgement) in graph:
                continue
            for term in (*_THEMES, *_CHALLENGES):
                for category in graph.objects(judgement, term):
                    yield Claim(
                        category,
                        frozenset(graph.objects(judgement, PROV.wasAttributedTo)),
                        frozenset(graph.objects(judgement, MG.basis)),
                        tuple(self._lines(judgement)) if "claims" in term else (),
                        judgement in agreed,
                        term in _THEMES,
                    )

    def _lines(self, claim: Node) -> Iterator[tuple[str, int, int]]:
        for citation in self.graph.objects(claim, MG.citation):
            if cited := re.fullmatch(r"(.*)#line=(\d+),(\d+)", str(citation)):
                yield cited[1], int(cited[2]) + 1, int(cited[3])

    def is_of(self, claim: Claim, challenge: Node, theme: Node) -> bool:
        """Return whether a claim is of a theme, or of a challenge or an area of it."""
        if claim.is_theme:
            return claim.category == theme
        is_area = (claim.category, SKOS.broader, challenge) in self.graph
        return claim.category == challenge or is_area

    def keeps(self, activity: Node, filters: Filters) -> bool:
        """Return whether the filters of activities keep one."""
        graph, iri = self.graph, self.plan.ids.iri
        if filters.year is not None:
            years = {str(year) for year in graph.objects(activity, MG.year)}
            if str(filters.year) not in years:
                return False
        if filters.line is not None:
            terms = (MG.reportedUnder, MG.contributesTo)
            if not any((activity, term, URIRef(iri(filters.line))) in graph for term in terms):
                return False
        output = filters.output and URIRef(iri(filters.output))
        if output and (activity, MG.outputType, output) not in graph:
            return False
        if filters.region is not None:
            region = URIRef(iri(filters.region))
            return any(
                (member, RDF.type, MG.Member) in graph and (member, MG.region, region) in graph
                for member in graph.objects(activity, MG.involves)
            )
        return True

    def matrix(self, filters: Filters) -> tuple[dict[Pair, set[str]], dict[Pair, set[str]]]:
        """Return the activities at each intersection, and those of them in one passage."""
        cells: dict[Pair, set[str]] = {}
        passages: dict[Pair, set[str]] = {}
        short = self.plan.ids.short
        kept = [activity for activity in self.activities if self.keeps(activity, filters)]
        for challenge, theme in self.intersections:
            pair = (short(str(challenge)), short(str(theme)))
            cells[pair], passages[pair] = set(), set()
            for activity in kept:
                sides = [one for one in self.claims[activity] if self.is_of(one, challenge, theme)]
                counting = [one for one in sides if self._counts(one, filters)]
                if {one.is_theme for one in counting} == {True, False}:
                    cells[pair].add(short(str(activity)))
                    if self._share_a_line(sides, filters):
                        passages[pair].add(short(str(activity)))
        if filters.evidence == "same-passage":
            cells = passages
        return cells, passages

    def _counts(self, claim: Claim, filters: Filters) -> bool:
        iri = self.plan.ids.iri
        return (
            (claim.is_agreed or filters.claims not in ("agreed", "standing"))
            and (filters.coder is None or URIRef(iri(filters.coder)) in claim.coders)
            and (filters.basis is None or MG[filters.basis] in claim.bases)
        )

    def _share_a_line(self, sides: list[Claim], filters: Filters) -> bool:
        """Return whether one coder cites a line for both sides, where both categories count.

        A coder's claim gives evidence for what is agreed even if a decision made it so.
        """
        agreed = {one.category for one in sides if one.is_agreed}
        any_claim = Filters(claims=filters.claims if filters.coder else "any", basis=filters.basis)
        counting = [
            one
            for one in sides
            if self._counts(one, any_claim)
            and (one.category in agreed or filters.claims not in ("agreed", "standing"))
        ]
        lines: dict[bool, set[tuple[Node, str, int]]] = defaultdict(set)
        for one in counting:
            for source, first, last in one.lines:
                for coder in one.coders:
                    lines[one.is_theme] |= {(coder, source, n) for n in range(first, last + 1)}
        return bool(lines[True] & lines[False])

    def waiting(self, filters: Filters) -> set[str]:
        """Return the activities that fewer than two coders have coded."""
        coders: dict[Node, set[Node]] = defaultdict(set)
        for coding, activity in self.graph.subject_objects(MG.codedActivity):
            coders[activity] |= set(self.graph.objects(coding, MG.codedBy))
        return {
            self.plan.ids.short(str(activity))
            for activity in self.activities
            if len(coders[activity]) < 2 and self.keeps(activity, filters)
        }
