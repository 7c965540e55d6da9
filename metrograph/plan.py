"""One plan, open for questions: the object that Python users and the command line share."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from metrograph import paths
from metrograph.analysis.counting import matrix
from metrograph.analysis.coverage import Coverage
from metrograph.errors import InputError, QueryError, Text, UsageError
from metrograph.ids import Ids
from metrograph.messages import LANGUAGES, word
from metrograph.query import library as queries
from metrograph.query import sparql
from metrograph.query.answers import Id, Row, Value, text
from metrograph.query.filters import Filters, filters_from
from metrograph.query.library import Query
from metrograph.query.sparql import DEFAULT_LIMITS, Limits, Rows
from metrograph.store.cache import Built, Report, cache_folder, open_store
from metrograph.store.datatypes import XSD, number_of
from metrograph.tables.table import Cell, Column, Entity, Table
from metrograph.vocabulary import MG_NAMESPACE, RDF

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Graph

    from metrograph.analysis.agreement import Agreement
    from metrograph.analysis.comparison import Comparison
    from metrograph.analysis.gaps import Gaps
    from metrograph.analysis.measures import Span
    from metrograph.analysis.progress import Progress
    from metrograph.analysis.whatif import Whatif
    from metrograph.store.findings import Finding

_MATRIX_LIMITS = Limits(seconds=3600, rows=100_000_000)  # it ends, however large the plan
_LABEL = ox.NamedNode(RDF.label)


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
        from metrograph.store.findings import from_json  # noqa: PLC0415  only this needs it

        return [from_json(values) for values in self.built.findings_json()]

    @property
    def graph(self) -> "Graph":
        """The graph, asserted and inferred, as an rdflib Graph in memory (a copy)."""
        from metrograph.store.validation import to_rdflib  # noqa: PLC0415  rdflib takes long to import

        return to_rdflib(self.built.store)

    def coverage(self, filters: Filters | int | None = None, **named: Any) -> Coverage:
        """Return the challenge x theme matrix: how many activities address each intersection.

        It counts what passes the filters: `Filters`, a reporting year, or fields of `Filters` by
        name. Raises `QueryError` for an unknown coder, line, output type, region or word.

        >>> import metrograph
        >>> plan = metrograph.open()
        >>> plan.coverage(year=2023).count("challenge/resilience", "theme/gender-equality")
        3
        """
        return matrix(self, filters_from(filters, **named))

    def coverage_fractional(self, filters: Filters | int | None = None, **named: Any) -> Table:
        """Return the matrix with an activity in n cells counted 1/n in each: totals add up.

        The filters are those of `coverage`; numbers are activities, rounded to two places.
        """
        from metrograph.analysis.measures import fractional  # noqa: PLC0415  late: only this needs it

        return fractional(self.coverage(filters, **named))

    def coverage_span(self, year: int | None = None, line: str | None = None) -> "Span":
        """Return each cell's lowest and highest count over the ways to count claims.

        The ways are: what stands, any claim, each coder alone, and what stands on a stated basis.
        """
        from metrograph.analysis.measures import Span  # noqa: PLC0415  late: only this needs it

        coders = sorted({text(row["coder"]) for row in self.rows("readings")})
        of: dict[str, dict[str, str]] = {
            "standing": {},
            "any": {"claims": "any"},
            **{coder: {"claims": f"coder:{coder.partition('/')[2]}"} for coder in coders},
            "stated": {"basis": "stated"},
        }
        ways = {way: self.coverage(Filters(year, line), **more) for way, more in of.items()}
        labels = {way: self.label(way) if way in coders else word(way, self.lang) for way in ways}
        return Span(ways, self.lang, labels)

    def concentration(self, year: int | None = None, claims: str = "agreed") -> Table:
        """Return how much of the coverage the fullest cells hold, and how even it is, per line."""
        from metrograph.analysis.measures import concentration  # noqa: PLC0415  late: only this needs it

        lines = dict.fromkeys(
            text(row["belongsTo"])
            for row in self.rows("records-by-line-challenge-theme")
            if row["kind"] == "mg:PlanElement"
        )
        whole = self.coverage(year=year, claims=claims)
        labels = {**whole.labels, **{line: self.label(line) for line in lines}}
        return concentration(
            replace(whole, labels=labels),
            {line: self.coverage(year=year, line=line, claims=claims) for line in lines},
        )

    def whatif(self, *without: str) -> "Whatif":
        """Return what the plan would reach without some things: ids, or years.

        Raises `QueryError` for an id on which nothing hangs.

        >>> import metrograph
        >>> metrograph.open().whatif("activity/2023/avantia").lost_results
        ()
        """
        from metrograph.analysis.whatif import whatif  # noqa: PLC0415  late: only this needs it

        return whatif(self, without)

    def fragility(self) -> Table:
        """Return the activities, members, partners and sources on which most hangs alone."""
        from metrograph.analysis.fragility import fragility  # noqa: PLC0415  late: only this needs it

        return fragility(self)

    def agreement(self, rounds: int = 1_000, seed: int = 1) -> "Agreement":
        """Return how far the coders agree: Krippendorff's alpha per kind of category.

        `rounds` bootstrap samples give its 95 % interval, `seed` says where they start.
        Raises `DataError` where no activity was read by two coders.

        >>> import metrograph
        >>> [one.verdict for one in metrograph.open().agreement().kinds]
        ['reliable', 'reliable', 'reliable', 'reliable']
        """
        from metrograph.analysis.agreement import agreement  # noqa: PLC0415  late: only this needs it

        return agreement(self, rounds, seed)

    def contested(self) -> Table:
        """Return the contested pairs of activity and category that no decision has settled."""
        from metrograph.analysis.adjudication import open_pairs  # noqa: PLC0415  late: only this needs it

        return open_pairs(self)

    def history(self, activity: str, category: str) -> Table:
        """Return what was claimed and decided of an activity and a category, in time.

        Raises `QueryError` for an unknown id.
        """
        from metrograph.analysis.adjudication import history  # noqa: PLC0415  late: only this needs it

        return history(self, self.known(activity), self.known(category))

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

        >>> import metrograph
        >>> metrograph.open().gaps("activities-not-coded").count()
        0
        """
        from metrograph.analysis.gaps import gaps  # noqa: PLC0415  late: only this needs it

        sides = {"line": line, "challenge": challenge, "theme": theme}
        return gaps(
            self, types, {side: name for side, name in sides.items() if name is not None}, year
        )

    def progress(self, from_: int | None = None, to: int | None = None) -> "Progress":
        """Return what moved: every indicator's figures, change and status, with the rule.

        From a year (default: each baseline) to a year (default: the latest actual figure).

        >>> import metrograph
        >>> metrograph.open().progress().count("on_track")
        0
        """
        from metrograph.analysis.progress import progress  # noqa: PLC0415  late: only this needs it

        return progress(self, from_, to)

    def stale(self, as_of: date) -> Table:
        """Return the indicators with no figure for the last full year before a day."""
        from metrograph.analysis.accountability import stale  # noqa: PLC0415  late: only this needs it

        return stale(self, as_of)

    def cycle(self, as_of: date) -> Table:
        """Return the accountability cycle: due, by whom, from what, evidence, what is missing."""
        from metrograph.analysis.accountability import cycle  # noqa: PLC0415  late: only this needs it

        return cycle(self, as_of)

    def compare(self, successor: "Plan") -> "Comparison":
        """Return what became of this plan's elements in a later plan: kept, renamed, dropped ..."""
        from metrograph.analysis.comparison import compare  # noqa: PLC0415  late: only this needs it

        return compare(self, successor, (self.label(self.iri), successor.label(successor.iri)))

    def network(
        self,
        kinds: Iterable[str] | None = None,
        also: Iterable[str] = (),
        citations: bool = False,
    ) -> "nx.MultiDiGraph":
        """Return the plan as a networkx MultiDiGraph: ids as nodes, relations as edges.

        `kinds` says which kinds of things it holds ("Activity", "Member"; default: all but what is
        about records, see `network.LEFT_OUT`), `also` ids to hold whatever their kind;
        `citations` ties things to the documents that they cite.

        >>> import metrograph
        >>> metrograph.open().network().nodes["theme/sustainability"]["kind"]
        'VisionTheme'
        """
        from metrograph.network.network import network  # noqa: PLC0415  late: only this needs it

        return network(self, kinds, also, citations)

    def path(self, start: str, end: str, kinds: Iterable[str] | None = None) -> Table:
        """Return a shortest way from one thing to another, a row per step.

        Raises `QueryError` for an unknown id, or where nothing connects the two.

        >>> import metrograph
        >>> len(metrograph.open().path("result/1.2.3", "line/1"))
        2
        """
        from metrograph.network.paths import path_table  # noqa: PLC0415  late: only this needs it

        ends = (self.known(start), self.known(end))
        return path_table(self.network(kinds, also=ends), *ends)

    def central(self, n: int = 20, seed: int = 1) -> Table:
        """Return the `n` most central things by betweenness, and their degree.

        `connection.central` says what the two measures mean.
        """
        from metrograph.network.paths import central  # noqa: PLC0415  late: only this needs it

        return central(self.network(), n, seed)

    def communities(self, seed: int = 1) -> Table:
        """Return groups of things that are closely connected (Louvain; see `connection.groups`)."""
        from metrograph.network.paths import communities  # noqa: PLC0415  late: only this needs it

        return communities(self.network(), seed)

    def query(self, name: str, **parameters: str | int) -> Table:
        """Ask a question of the library by its name; ids, years and texts fill its parameters.

        >>> import metrograph
        >>> len(metrograph.open().query("activities-of-theme", theme="theme/gender-equality"))
        5
        """
        given = {key: str(value) for key, value in parameters.items()}
        return self.ask(queries.find(name), given)

    def rows(self, name: str, **parameters: str | int) -> list[Row]:
        """Ask a question of the library; return a dict per row, things by their ids, no labels.

        >>> import metrograph
        >>> metrograph.open().rows("themes")[0]["theme"]
        'theme/sustainability'
        """
        query = queries.find(name)
        given = {key: str(value) for key, value in parameters.items()}
        found, shown = self._run(query, given, _MATRIX_LIMITS)
        ids: dict[str, Id] = {}  # most ids come again and again

        def plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> Value:
            if isinstance(term, ox.Literal):
                return value_of(term)
            if term is None:
                return None
            iri = term.value
            if iri not in ids:
                ids[iri] = Id(self.ids.short(iri))
            return ids[iri]

        columns = [(at, found.names[at]) for at in shown]
        return [{name: plain(row[at]) for at, name in columns} for row in found.rows]

    def ask(self, query: Query, given: Mapping[str, str], limits: Limits = DEFAULT_LIMITS) -> Table:
        """Ask a query with parameters as a person types them; return a table with labels."""
        found, shown = self._run(query, given, limits)
        rows = tuple(tuple(self.cell(row[index]) for index in shown) for row in found.rows)
        title = query.title.get(self.lang) or query.title.get("en") or word("answer", self.lang)
        return self.tabled(title, [found.names[index] for index in shown], rows)

    def tabled(self, title: str, names: Sequence[str], rows: tuple[tuple[Cell, ...], ...]) -> Table:
        """Return cells as a table, its columns under the headings that the library has for them."""
        heading = queries.headings()
        columns = tuple(
            Column(
                name,
                heading.get(name, {}).get(self.lang, name),
                any(isinstance(row[at], Entity) for row in rows),
            )
            for at, name in enumerate(names)
        )
        return Table(title, columns, rows, lang=self.lang, empty=word("nothing", self.lang))

    def _run(
        self, query: Query, given: Mapping[str, str], limits: Limits
    ) -> tuple[Rows, list[int]]:
        """Return the rows of a query, and which of its columns are no parameters."""
        if any(parameter.name == "language" for parameter in query.parameters):
            given = {"language": self.lang, **given}
        terms = queries.bind(query, given, self.ids)
        self._check_kinds(query, terms)
        found = sparql.run(self.built.store, query.text, terms, query.name, limits)
        hidden = {parameter.name for parameter in query.parameters}
        return found, [at for at, name in enumerate(found.names) if name not in hidden]

    def label(self, name: str) -> str:
        """Return the label of an id or IRI in the plan's language, else another, else its id."""
        iri = self.ids.iri(name)
        try:
            node = ox.NamedNode(iri)
        except ValueError:  # whatever a form or an address holds
            return name
        found = {
            quad.object.language or "": quad.object.value
            for quad in self.built.store.quads_for_pattern(node, _LABEL, None, ox.DefaultGraph())
            if isinstance(quad.object, ox.Literal)
        }
        for lang in (self.lang, *LANGUAGES, *sorted(found)):
            if lang in found:
                return found[lang]
        source, cited, lines = iri.partition("#line=")
        if cited and (between := re.fullmatch(r"([0-9]{1,9}),([0-9]{1,9})", lines)):
            first, last = int(between[1]) + 1, int(between[2])  # RFC 5147: between lines
            where = (
                f"{word('one_line', self.lang)} {first}"
                if first == last
                else f"{word('lines', self.lang)} {first}–{last}"
            )
            return f"{self.label(source)}, {where}"
        return self.ids.short(iri)

    def iri_of(self, name: str) -> str:
        """Return the IRI of an id."""
        return self.ids.iri(name)

    def known(self, name: str) -> str:
        """Return the id of a thing that the graph holds, or raise `QueryError`."""
        if not name.strip():
            raise QueryError("The id is empty. Give one, such as theme/sustainability.")
        iri = self.ids.iri(name)
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            raise QueryError(
                "“{name}” is no id. An id looks like theme/sustainability.{near}",
                name=name,
                near=self._near(name),
            ) from None
        # in one expression: an iterator in a variable would travel with the error to other threads
        if next(self.built.store.quads_for_pattern(node, None, None, ox.DefaultGraph()), None):
            return self.ids.short(iri)
        raise QueryError(
            "The graph has no “{short}”.{near}",
            short=self.ids.short(iri),
            near=self._near(self.ids.short(iri)),
        )

    def _check_kinds(self, query: Query, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> None:
        """Raise `QueryError` for an id that is unknown or of another kind, or an unknown term."""
        for parameter in query.parameters:
            term = terms.get(parameter.name)
            if not isinstance(term, ox.NamedNode):
                continue
            name = self.known(self.ids.short(term.value))
            if parameter.kind is None:
                continue
            kind = ox.NamedNode(MG_NAMESPACE + parameter.kind)
            if ox.Quad(term, ox.NamedNode(RDF.type), kind) not in self.built.store:
                example = Text.of(" Example: {id}", id=parameter.example)
                raise QueryError(
                    "{query}: {parameter} is “{name}”, which is not of the kind “{kind}”.{example}",
                    query=query.name,
                    parameter=parameter.name,
                    name=name,
                    kind=self.label(kind.value),
                    example=example if parameter.example else "",
                )

    def _near(self, name: str) -> Text | str:
        """Return the ids most like a wrong one: by their last part, by their label, by spelling."""
        query = "SELECT DISTINCT ?s ?l WHERE { ?s a ?class OPTIONAL { ?s rdfs:label ?l } }"
        rows = sparql.run(self.built.store, query, {}, "ids", _MATRIX_LIMITS).rows
        wanted = name.casefold()
        ids = {self.ids.short(s.value): None for s, _ in rows if isinstance(s, ox.NamedNode)}
        labelled = [
            self.ids.short(s.value)
            for s, label in rows
            if isinstance(s, ox.NamedNode)
            and isinstance(label, ox.Literal)
            and wanted in (label.value.casefold(), self.ids.short(s.value).rpartition("/")[2])
        ]
        return queries.near(name, list(ids), first=labelled)

    def _id(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> str | None:
        return None if term is None else self.ids.short(str(term.value))

    def cell(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> Cell:
        """Return a term as a cell of a table: an entity with its label, or a plain value."""
        if isinstance(term, ox.NamedNode):
            return Entity(self.ids.short(term.value), self.label(term.value))
        if isinstance(term, ox.Literal):
            return value_of(term)
        return None if term is None else str(term)


def value_of(literal: ox.Literal) -> str | int | Decimal | bool:
    """Return a literal as a Python value: int, Decimal, bool, or its text.

    What is no value of its datatype, or none to count with, is a text.

    >>> value_of(ox.Literal("35.1", datatype=ox.NamedNode(XSD + "decimal")))
    Decimal('35.1')
    """
    number = number_of(literal.value, literal.datatype.value)
    if number is not None:
        return number
    if literal.datatype.value == XSD + "boolean" and literal.value in ("true", "1", "false", "0"):
        return literal.value in ("true", "1")
    return literal.value


def open_plan(
    graph: str | os.PathLike[str] | None = None,
    lang: str = "en",
    cache: Path | None = None,
    report: Report = lambda _: None,
) -> Plan:
    """Open the plan of a folder (default: METROGRAPH_GRAPH, else the shipped plan).

    Raises `InputError` for a folder that holds no readable plan.
    """
    if lang not in LANGUAGES:
        raise InputError(
            "The language “{lang}” is not known. It is one of {languages}.",
            lang=lang,
            languages=", ".join(LANGUAGES),
        )
    return Plan(open_store(folder_of(graph), cache or cache_folder(), report), lang)


def folder_of(graph: str | os.PathLike[str] | None) -> Path:
    """Return the folder asked for: as given, else METROGRAPH_GRAPH, else the shipped plan."""
    if graph is not None and not str(graph):
        raise UsageError("The folder of the plan is empty. Give one, or leave --graph out.")
    return Path(graph or os.environ.get("METROGRAPH_GRAPH") or paths.SHIPPED_GRAPH)


def questions(lang: str, library: Iterable[Query]) -> Table:
    """Return the library of questions as a table: name, question, parameters."""
    columns = (
        Column("name", word("name", lang)),
        Column("question", word("question", lang)),
        Column("parameters", word("parameters", lang)),
    )
    rows = tuple(
        (
            query.name,
            query.question.get(lang) or query.question.get("en", ""),
            " ".join(
                f"{parameter.name}={parameter.example or '…'}"
                if parameter.required and parameter.default is None
                else f"[{parameter.name}]"
                for parameter in query.parameters
            ),
        )
        for query in library
    )
    return Table(word("questions", lang), columns, rows, lang=lang)
