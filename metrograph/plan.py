"""One plan, open for questions: the object that Python users and the command line share."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from metrograph import queries, resources, sparql
from metrograph.coverage import Coverage, coverage
from metrograph.errors import InputError, QueryError, UsageError
from metrograph.ids import Ids
from metrograph.queries import Query
from metrograph.sparql import DEFAULT_LIMITS, Limits
from metrograph.store import Built, Progress, cache_folder, open_store
from metrograph.tables import Cell, Column, Entity, Table
from metrograph.terms import MG_NAMESPACE, RDF
from metrograph.wording import LANGUAGES, word

if TYPE_CHECKING:
    from rdflib import Graph

    from metrograph.findings import Finding

_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = {"integer", "int", "long", "nonNegativeInteger", "positiveInteger"}
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
        from metrograph.findings import from_json  # noqa: PLC0415  only this needs it

        return [from_json(values) for values in self.built.findings_json()]

    @property
    def graph(self) -> "Graph":
        """The graph, asserted and inferred, as an rdflib Graph in memory (a copy)."""
        from metrograph.validate import to_rdflib  # noqa: PLC0415  rdflib takes long to import

        return to_rdflib(self.built.store)

    def coverage(
        self,
        year: int | None = None,
        line: str | None = None,
        claims: str = "standing",
        basis: str | None = None,
    ) -> Coverage:
        """Return the challenge x theme matrix: how many activities address each intersection.

        `year` is a reporting year; `line` the id of an action line; `claims` is "standing", "any"
        or "coder:KEY"; `basis` is "stated" or "implied" and leaves out claims with another.
        Raises `QueryError` for an unknown coder, line or word.

        >>> import metrograph
        >>> plan = metrograph.open()
        >>> plan.coverage(year=2023).count("challenge/resilience", "theme/gender-equality")
        3
        """
        given: dict[str, str] = {"selection": "standingClaim"}
        filters: dict[str, str | int] = {"claims": claims}
        if claims == "any":
            given["selection"] = "hasClaim"
        elif claims.startswith("coder:"):
            given |= {"selection": "hasClaim", "coder": self.known(f"coder/{claims[6:]}")}
        elif claims != "standing":
            raise QueryError(f"claims is standing, any or coder:KEY, not {claims!r}.")
        if basis not in (None, "stated", "implied"):
            raise QueryError(f"basis is stated or implied, not {basis!r}.")
        if year is not None:
            given["year"] = str(year)
            filters["year"] = year
        if line is not None:
            given["line"] = filters["line"] = self.known(line)
        if basis is not None:
            given["basis"] = filters["basis"] = basis
        query = queries.find("coverage")
        terms = queries.bind(query, given, self.ids)
        self._check_kinds(query, terms)
        found = sparql.run(self.built.store, query.text, terms, query.name, _MATRIX_LIMITS)
        picked = [
            found.names.index(name) for name in ("challenge", "theme", "intersection", "activity")
        ]
        rows = ([self._id(row[index]) for index in picked] for row in found.rows)
        return coverage(rows, filters, lambda name: self.label(self.ids.iri(name)), self.lang)

    def query(self, name: str, **parameters: str | int) -> Table:
        """Ask a question of the library by its name; ids, years and texts fill its parameters.

        >>> import metrograph
        >>> len(metrograph.open().query("activities-of-theme", theme="theme/gender-equality"))
        5
        """
        given = {key: str(value) for key, value in parameters.items()}
        return self.ask(queries.find(name), given)

    def ask(self, query: Query, given: Mapping[str, str], limits: Limits = DEFAULT_LIMITS) -> Table:
        """Ask a query with parameters as a person types them; return a table with labels."""
        if any(parameter.name == "language" for parameter in query.parameters):
            given = {"language": self.lang, **given}
        terms = queries.bind(query, given, self.ids)
        self._check_kinds(query, terms)
        found = sparql.run(self.built.store, query.text, terms, query.name, limits)
        hidden = {parameter.name for parameter in query.parameters}
        shown = [index for index, name in enumerate(found.names) if name not in hidden]
        heading = queries.headings()
        rows = tuple(tuple(self.cell(row[index]) for index in shown) for row in found.rows)
        columns = tuple(
            Column(
                name,
                heading.get(name, {}).get(self.lang, name),
                any(isinstance(row[place], Entity) for row in rows),
            )
            for place, name in enumerate(found.names[index] for index in shown)
        )
        title = query.title.get(self.lang) or query.title.get("en") or word("answer", self.lang)
        return Table(title, columns, rows, lang=self.lang, empty=word("nothing", self.lang))

    def label(self, name: str) -> str:
        """Return the label of an id or IRI in the plan's language, else another, else its id."""
        iri = self.ids.iri(name)
        found = {
            quad.object.language or "": quad.object.value
            for quad in self.built.store.quads_for_pattern(
                ox.NamedNode(iri), _LABEL, None, ox.DefaultGraph()
            )
            if isinstance(quad.object, ox.Literal)
        }
        for lang in (self.lang, *LANGUAGES, *sorted(found)):
            if lang in found:
                return found[lang]
        source, cited, lines = iri.partition("#line=")
        if cited and (between := re.fullmatch(r"(\d+),(\d+)", lines)):
            first, last = int(between[1]) + 1, int(between[2])  # RFC 5147: between lines
            where = (
                f"{word('one_line', self.lang)} {first}"
                if first == last
                else f"{word('lines', self.lang)} {first}–{last}"
            )
            return f"{self.label(source)}, {where}"
        return self.ids.short(iri)

    def known(self, name: str) -> str:
        """Return the id of a thing that the graph holds, or raise `QueryError`."""
        iri = self.ids.iri(name)
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            raise QueryError(
                f"{name!r} is no id. An id looks like theme/sustainability.{self._near(name)}"
            ) from None
        found = self.built.store.quads_for_pattern(node, None, None, ox.DefaultGraph())
        if next(iter(found), None) is not None:
            return self.ids.short(iri)
        raise QueryError(
            f"The graph has no {self.ids.short(iri)!r}.{self._near(self.ids.short(iri))}"
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
                raise QueryError(
                    f"{query.name}: {parameter.name} is {name!r}, which is no "
                    f"{self.label(kind.value)}."
                    + (f" Example: {parameter.example}" if parameter.example else "")
                )

    def _near(self, name: str) -> str:
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


def value_of(literal: ox.Literal) -> Cell:
    """Return a literal as a Python value: int, Decimal, bool, or its text.

    >>> value_of(ox.Literal("35.1", datatype=ox.NamedNode(_XSD + "decimal")))
    Decimal('35.1')
    """
    kind = literal.datatype.value.removeprefix(_XSD)
    try:
        if kind in _WHOLE:
            return int(literal.value)
        if kind in ("decimal", "double", "float"):
            return Decimal(literal.value)
    except (ValueError, InvalidOperation):
        return literal.value
    if kind == "boolean":
        return literal.value in ("true", "1")
    return literal.value


def open_plan(
    graph: str | os.PathLike[str] | None = None,
    lang: str = "en",
    cache: Path | None = None,
    progress: Progress = lambda _: None,
) -> Plan:
    """Open the plan of a folder (default: METROGRAPH_GRAPH, else the shipped plan).

    Raises `InputError` for a folder that holds no readable plan.
    """
    if lang not in LANGUAGES:
        raise InputError(
            f"The language {lang!r} is not known. It is one of {', '.join(LANGUAGES)}."
        )
    return Plan(open_store(folder_of(graph), cache or cache_folder(), progress), lang)


def folder_of(graph: str | os.PathLike[str] | None) -> Path:
    """Return the folder asked for: as given, else METROGRAPH_GRAPH, else the shipped plan."""
    if graph is not None and not str(graph):
        raise UsageError("The folder of the plan is empty. Give one, or leave --graph out.")
    return Path(graph or os.environ.get("METROGRAPH_GRAPH") or resources.SHIPPED_GRAPH)


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
