"""An open plan that answers questions: the class that Python users and the command line share."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metrograph.analysis import counting
from metrograph.analysis.coverage import Coverage
from metrograph.errors import InputError
from metrograph.ids import Ids
from metrograph.late import late_from
from metrograph.messages import LANGUAGES
from metrograph.paths import folder_of
from metrograph.query import lookup
from metrograph.query.answers import Row
from metrograph.query.filters import Filters, filters_from
from metrograph.query.limits import DEFAULT_LIMITS, Limits
from metrograph.store.cache import Built, Report, cache_folder, open_store
from metrograph.tables.table import Table

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Graph

    from metrograph.analysis import (
        accountability,
        agreement,
        comparison,
        contested,
        fragility,
        gaps,
        history,
        measures,
        progress,
        sums,
        tabulation,
        whatif,
    )
    from metrograph.analysis.agreement import Agreement
    from metrograph.analysis.crosstab import Crosstab
    from metrograph.analysis.gaps import Gaps
    from metrograph.analysis.progress import Progress
    from metrograph.analysis.sums import Sums
    from metrograph.analysis.whatif import Whatif
    from metrograph.network import network
    from metrograph.network import paths as connections
    from metrograph.query import asking, library
    from metrograph.query.axes import Axis
    from metrograph.query.library import Query
    from metrograph.store import findings, replicas, validation
    from metrograph.store.findings import Finding
else:
    accountability, agreement, comparison, contested, fragility = late_from(
        "metrograph.analysis", "accountability", "agreement", "comparison", "contested", "fragility"
    )
    gaps, history, measures, progress, sums = late_from(
        "metrograph.analysis", "gaps", "history", "measures", "progress", "sums"
    )
    tabulation, whatif = late_from("metrograph.analysis", "tabulation", "whatif")
    asking, library = late_from("metrograph.query", "asking", "library")
    network, connections = late_from("metrograph.network", "network", "paths")
    findings, replicas, validation = late_from(
        "metrograph.store", "findings", "replicas", "validation"
    )


@dataclass(frozen=True)
class Plan:
    """A strategic plan as a graph: ask it `coverage`, the library's questions, or SPARQL.

    `lang` is the language of labels and headings ("en", "fr", "es").
    """

    built: Built
    lang: str = "en"

    @property
    def ids(self) -> Ids:
        """Turns ids into IRIs and back."""
        return self.built.ids

    @property
    def iri(self) -> str:
        """The IRI of the plan itself."""
        return self.built.plan

    @property
    def digest(self) -> str:
        """The SHA-256 hash (hexadecimal) of all files that the store was built from."""
        return self.built.digest

    @property
    def findings(self) -> list["Finding"]:
        """What the checks found, gravest first (see `findings.Finding`)."""
        return [findings.from_json(values) for values in self.built.findings_json()]

    @property
    def graph(self) -> "Graph":
        """The graph, asserted and inferred, as an rdflib Graph in memory (a copy)."""
        return validation.graph_of(self.built.engine)

    def coverage(self, filters: Filters | int | None = None, **named: Any) -> Coverage:
        """Return the challenge x theme matrix: how many activities address each intersection.

        It counts what passes `Filters`, or their fields by name, or a reporting year. Raises
        `QueryError` for an unknown coder, line, output type, region or word.

        >>> import metrograph
        >>> plan = metrograph.open()
        >>> plan.coverage(year=2023).count("challenge/resilience", "theme/gender-equality")
        3
        """
        return counting.matrix(self, filters_from(filters, **named))

    def crosstab(
        self, rows: "str | Axis", columns: "str | Axis", unit: str | None = None, **filters: Any
    ) -> "Crosstab":
        """Return a matrix of two axes, such as "member" by "theme" (see `tabulation.crosstab`)."""
        return tabulation.crosstab(self, rows, columns, filters_from(**filters), unit)

    def sums(self, indicator: str, rows: str, columns: str, **filters: Any) -> "Sums":
        """Return the sums of an indicator's values, such as a budget, by two axes."""
        return sums.sums(self, indicator, rows, columns, filters_from(**filters))

    def coverage_fractional(self, filters: Filters | int | None = None, **named: Any) -> Table:
        """Return the matrix of `coverage` with an activity in n cells counted 1/n in each."""
        return measures.fractional(self.coverage(filters, **named))

    def coverage_span(self, year: int | None = None, line: str | None = None) -> "measures.Span":
        """Return each cell's lowest and highest count by `counting.ways`."""
        ways, labels = counting.ways(self, year, line)
        return measures.Span(ways, self.lang, labels)

    def concentration(self, year: int | None = None, claims: str = "agreed") -> Table:
        """Return the share of the fullest cells in the coverage, and its evenness, per line."""
        return measures.concentration(*counting.by_line(self, year, claims))

    def whatif(self, *without: str) -> "Whatif":
        """Return the coverage of the plan without some records: ids, or years.

        Raises `QueryError` for an id on which nothing depends.

        >>> import metrograph
        >>> metrograph.open().whatif("activity/2023/avantia").lost_results
        ()
        """
        return whatif.whatif(self, without)

    def fragility(self) -> Table:
        """Return the activities, members, partners and sources on which most coverage depends."""
        return fragility.fragility(self)

    def agreement(self, rounds: int = 1_000, seed: int = 1) -> "Agreement":
        """Return how far the coders agree: Krippendorff's alpha per kind of category.

        `rounds` bootstrap samples give its 95 % interval, `seed` says where they start.
        Raises `DataError` where no activity was read by two coders.

        >>> import metrograph
        >>> [kind.verdict for kind in metrograph.open().agreement().kinds]
        ['reliable', 'reliable', 'reliable', 'reliable']
        """
        return agreement.agreement(self, rounds, seed)

    def contested(self) -> Table:
        """Return the contested pairs of activity and category that no decision has settled."""
        return contested.contested(self, is_open=True)

    def history(self, activity: str, category: str) -> Table:
        """Return what was claimed and decided on an activity and a category, by date.

        Raises `QueryError` for an unknown id.
        """
        return history.history(self, self.known(activity), self.known(category))

    def gaps(
        self,
        *types: str,
        year: int | None = None,
        line: str | None = None,
        challenge: str | None = None,
        theme: str | None = None,
    ) -> "Gaps":
        """Return what is missing, by type (default: all): see `metrograph gaps`.

        `line`, `challenge` and `theme` are ids and keep what belongs to them; `year` is a reporting
        year. Raises `QueryError` for an unknown type or id.
        """
        sides = {"line": line, "challenge": challenge, "theme": theme}
        within = {side: name for side, name in sides.items() if name is not None}
        return gaps.gaps(self, types, within, year)

    def progress(self, from_: int | None = None, to: int | None = None) -> "Progress":
        """Return how each indicator changed: its values, change and status, with the rule.

        From a year (default: each baseline) to a year (default: the latest actual value).
        """
        return progress.progress(self, from_, to)

    def stale(self, as_of: date) -> Table:
        """Return the indicators without a value for the last full year before a day."""
        return accountability.stale(self, as_of)

    def cycle(self, as_of: date) -> Table:
        """Return the accountability cycle: due, by whom, from what, evidence, what is missing."""
        return accountability.cycle(self, as_of)

    def compare(self, successor: "Plan") -> "comparison.Comparison":
        """Return what became of this plan's elements in a later plan: kept, renamed, dropped ..."""
        titles = (self.label(self.iri), successor.label(successor.iri))
        return comparison.compare(self, successor, titles)

    def network(
        self, kinds: Iterable[str] | None = None, also: Iterable[str] = (), citations: bool = False
    ) -> "nx.MultiDiGraph":
        """Return the plan as a networkx MultiDiGraph: ids as nodes, relations as edges.

        `kinds` says which kinds of records it holds ("Activity", "Member"; default: all but what is
        about records, see `network.LEFT_OUT`), `also` ids to hold whatever their kind;
        `citations` links records to the documents that they cite.
        """
        return network.network(self, kinds, also, citations)

    def path(self, start: str, end: str, kinds: Iterable[str] | None = None) -> Table:
        """Return a shortest path from one record to another, with a row for each step.

        Raises `QueryError` for an unknown id, or where nothing connects the two.
        """
        ends = (self.known(start), self.known(end))
        return connections.path_table(self.network(kinds, also=ends), *ends)

    def central(self, n: int = 20, seed: int = 1) -> Table:
        """Return the `n` most central records by betweenness and degree (`network.paths`)."""
        return connections.central(self.network(), n, seed)

    def communities(self, seed: int = 1) -> Table:
        """Return groups of closely connected records (Louvain; see `network.paths.groups`)."""
        return connections.communities(self.network(), seed)

    def query(self, name: str, **parameters: str | int) -> Table:
        """Ask a question of the library by its name; ids, years and texts fill its parameters.

        >>> import metrograph
        >>> len(metrograph.open().query("activities-of-theme", theme="theme/gender-equality"))
        5
        """
        return self.ask(library.find(name), parameters)

    def rows(self, name: str, **parameters: str | int) -> list[Row]:
        """Ask a question of the library; return a dict per row, records by their ids, no labels.

        >>> import metrograph
        >>> metrograph.open().rows("themes")[0]["theme"]
        'theme/sustainability'
        """
        return asking.rows(self.built, library.find(name), parameters, self.lang)

    def ask(
        self, query: "Query", parameters: Mapping[str, str | int], limits: Limits = DEFAULT_LIMITS
    ) -> Table:
        """Ask a query with parameters as a person types them; return a table with labels."""
        return asking.table(self.built, query, parameters, self.lang, limits)

    def label(self, name: str) -> str:
        """Return the label of an id or IRI in the plan's language, else another, else its id."""
        return lookup.label(self.built, name, self.lang)

    def iri_of(self, name: str) -> str:
        """Return the IRI of an id."""
        return self.ids.iri(name)

    def known(self, name: str) -> str:
        """Return the id of a record that the graph holds, or raise `QueryError`."""
        return lookup.known(self.built, name)


def open_plan(
    graph: str | os.PathLike[str] | None = None,
    lang: str = "en",
    cache: Path | None = None,
    report: Report = lambda _: None,
    server: str | None = None,
) -> Plan:
    """Open the plan of a folder (default: METROGRAPH_GRAPH, else the shipped plan).

    A `server` of SPARQL (default: METROGRAPH_ENGINE; empty: none) answers instead of the built
    store; with no folder, the plan that lies there is opened. Raises `InputError` for a folder
    that holds no readable plan, `EngineError` for a server that cannot be used.
    """
    if lang not in LANGUAGES:
        sentence = "Unknown language: “{lang}”. Choose one of these: {languages}."
        raise InputError(sentence, lang=lang, languages=", ".join(LANGUAGES))
    cache = cache or cache_folder()
    if server := os.environ.get("METROGRAPH_ENGINE") if server is None else server:
        return Plan(replicas.opened(server, graph, cache, report), lang)
    return Plan(counting.prepared(open_store(folder_of(graph), cache, report)), lang)
