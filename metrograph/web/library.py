"""The questions of the library as forms with answers, and a page for any SPARQL query."""

from dataclasses import replace
from typing import Any

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from metrograph.errors import QueryError
from metrograph.messages import counted, in_language, word
from metrograph.plan import Plan
from metrograph.query import asking
from metrograph.query import library as queries
from metrograph.query.library import Parameter, Query
from metrograph.query.limits import Limits
from metrograph.query.results import Question
from metrograph.query.workers import Workers
from metrograph.report.omissions import left_out
from metrograph.tables.cell import shown
from metrograph.tables.table import Cell, Table
from metrograph.text import folded, joined
from metrograph.vocabulary import MG_NAMESPACE, RDF
from metrograph.web.clients import client_of
from metrograph.web.labels import things
from metrograph.web.pages import ROWS, asked, file, lang_of, page, state_of
from metrograph.web.protocol import status_of
from metrograph.web.site import State

_LONGEST_LIST = 3_000  # things in a pick-list
LIMITS = Limits(seconds=10, rows=10_000)
_OWN = """\
SELECT ?activity ?label
WHERE {
  ?activity a mg:Activity ; rdfs:label ?label .
}
ORDER BY ?activity ?label
LIMIT 20
"""


def listed(request: Request) -> Response:
    """Return all questions, perhaps those that hold some words."""
    lang = lang_of(request)
    wanted = asked(request, "q").get("q", "")[:200]
    words = folded(wanted).split()
    ordered = sorted(queries.library(), key=lambda query: folded(query.title[lang]))
    kept = [
        query
        for query in ordered
        if all(sought in folded(f"{query.title[lang]} {query.question[lang]}") for sought in words)
    ]
    return page(request, "questions.html", queries=kept, wanted=wanted)


def question(request: Request) -> Response:
    """Return one question as a form, with its answer where all it needs is given."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    name = request.path_params["name"]
    if name not in {query.name for query in queries.library()}:
        raise HTTPException(404)
    query = queries.find(name)
    values = asked(request, *(parameter.name for parameter in query.parameters))
    needed = [
        parameter
        for parameter in query.parameters
        if parameter.required and parameter.default is None
    ]
    ready = all(parameter.name in values for parameter in needed)
    table = _named(plan.ask(query, values, LIMITS), query, lang) if ready else None
    if form := request.path_params.get("form"):
        if table is None:
            raise HTTPException(404, ", ".join(parameter.labels[lang] for parameter in needed))
        return file(table, form, query.name, left_out("query", plan))
    return page(
        request,
        "question.html",
        query=query,
        fields=[
            (parameter, values.get(parameter.name, ""), choices(state, plan, parameter))
            for parameter in query.parameters
            if parameter.name != "language"
        ],
        given=values,
        table=table,
        sentence=_sentence(query, table, lang),
        rows=ROWS,
    )


def _named(table: Table, query: Query, lang: str) -> Table:
    return replace(table, title=query.title[lang])


def _sentence(query: Query, table: Table | None, lang: str) -> str:
    """Return the answer in one sentence: how many rows, or the one value there is."""
    if table is None:
        return ""
    if not table.rows:
        return table.empty
    if len(table.rows) == 1 and len(table.columns) == 1:
        return joined(f"{query.title[lang]}{word('colon', lang)} ", shown(table.rows[0][0], lang))
    sentence = counted("rows_found", len(table.rows), lang).format(len(table.rows))
    first = {row[0] for row in table.rows}
    if table.columns[0].is_entity and len(first) < len(table.rows):
        sentence += f" {table.columns[0].heading}{word('colon', lang)} {len(first)}."
    return sentence


def choices(state: State, plan: Plan, parameter: Parameter) -> list[tuple[str, str]]:
    """Return what a parameter can be, as (value, label); nothing where it is free."""
    if parameter.type == "year":
        return [(str(row["year"]), str(row["year"])) for row in plan.rows("activities-by-year")]
    if parameter.name == "selection":
        names = ("mg:standingJudgement", "mg:hasJudgement")
        return [(id_.removeprefix("mg:"), plan.label(id_)) for id_ in names]
    if parameter.type == "term" and parameter.kind is not None:
        return _terms(plan, parameter.kind)
    if parameter.type != "id" or parameter.kind is None:
        return []

    def make() -> list[tuple[str, str]]:
        wanted = f"mg:{parameter.kind}"
        names = [name for name, kind in things(state).items() if kind == wanted]
        if parameter.kind == "PlanElement":
            names = [str(row["element"]) for row in plan.rows("plan-tree")]
        if parameter.kind == "Intersection":
            names = [str(row["intersection"]) for row in plan.rows("intersections")]
        offered = [(name, plan.label(name)) for name in names[:_LONGEST_LIST]]
        in_order = parameter.kind in ("PlanElement", "Intersection")
        return offered if in_order else sorted(offered, key=lambda id_: (folded(id_[1]), id_[0]))

    return state.known(("choices", plan.lang, parameter.kind), make)


def _terms(plan: Plan, kind: str) -> list[tuple[str, str]]:
    """Return the terms of the ontology that are of a kind, such as a basis."""
    is_a, of = ox.NamedNode(RDF.type), ox.NamedNode(MG_NAMESPACE + kind)
    triples = plan.built.engine.triples(None, is_a, of)
    names = sorted(plan.ids.short(getattr(triple.subject, "value", "")) for triple in triples)
    return [(id_.removeprefix("mg:"), plan.label(id_)) for id_ in names]


def own(request: Request) -> Response:
    """Return the page for a query of your own, with its answer or what is wrong with it."""
    plan = state_of(request).plan(lang_of(request))
    values = asked(request, "query", "from")
    text = values.get("query", "")
    if not text and values.get("from") in {query.name for query in queries.library()}:
        text = queries.find(values["from"]).text.strip() + "\n"
    table, message, status = None, "", 200
    if "query" in values:
        try:
            workers, client = request.app.state.workers, client_of(request.scope)
            table = _answer(plan, workers, text, client)
        except QueryError as error:
            message, status = in_language(error, plan.lang), status_of(error)
    form = request.path_params.get("form")
    if form and table is not None:
        return file(table, form, "query", left_out("query", plan))
    if form:
        raise HTTPException(status if message else 404, message)
    return page(
        request,
        "sparql.html",
        text=text or _OWN,
        table=table,
        message=message,
        given=values,
        rows=ROWS,
        status=status,
    )


def _answer(plan: Plan, workers: Workers, text: str, client: str) -> Table:
    """Return the answer of any query, run in a process that is stopped past its limits.

    Raises `QueryError` for a wrong query, or one past its limits.
    """
    media = ox.QueryResultsFormat.JSON.media_type, ox.RdfFormat.N_TRIPLES.media_type
    asked_ = workers.submit(plan.built, Question(text, *media), LIMITS, client)
    answer = asked_.result()
    body = answer.body or b""
    rows: list[list[Any]]
    if answer.kind == "triples":
        names = ["subject", "predicate", "object"]
        triples = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        rows = [[triple.subject, triple.predicate, triple.object] for triple in triples]
    else:
        solutions = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        if isinstance(solutions, ox.QueryBoolean):
            names, rows = ["answer"], [[ox.Literal(bool(solutions))]]
        else:
            names = [variable.value for variable in solutions.variables]
            rows = [list(row) for row in solutions]
    cells = tuple(tuple(_cell(plan, term) for term in row) for row in rows)
    return asking.tabled(word("answer", plan.lang), names, cells, plan.lang)


def _cell(plan: Plan, term: Any) -> Cell:
    is_plain = term is None or isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal)
    return asking.cell(plan.built, term, plan.lang) if is_plain else str(term)
