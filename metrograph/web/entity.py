"""The page of a record: facts, evidence, values, history, connections."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from metrograph.editing.choices import natural
from metrograph.errors import QueryError
from metrograph.late import late
from metrograph.messages import LANGUAGES, word
from metrograph.plan import Plan
from metrograph.query import asking
from metrograph.query.answers import text
from metrograph.report.description import Fact, facts, reasons
from metrograph.tables.table import Cell, Entity, Table
from metrograph.text import joined, separated
from metrograph.vocabulary import MG_NAMESPACE, RDF
from metrograph.web.entities import data_of, forms
from metrograph.web.kinds import what_can_be_done
from metrograph.web.labels import things
from metrograph.web.matrix import intersections
from metrograph.web.media import negotiated as best
from metrograph.web.media import reply
from metrograph.web.pages import entity_address, lang_of, page, state_of, table_of
from metrograph.web.provisional import with_note
from metrograph.web.site import State
from metrograph.web.whatif import question_of

if TYPE_CHECKING:
    from werkzeug import datastructures, http
else:
    datastructures, http = late("werkzeug.datastructures"), late("werkzeug.http")

_CATEGORIES = tuple(
    f"{judges}{side}"
    for judges in ("claims", "decides")
    for side in ("Theme", "Area", "Challenge", "Result")
)
_DETAILS = ("claim", "observation")  # columns whose things have no name of their own
_SHOWN = 12  # connections of one kind, until all are asked for
_DEFINITION = "http://www.w3.org/2004/02/skos/core#definition"
_TEXTS = {"description", "definition", "note", "reason"}
_CLAIMS = ("category", "coder", "basis", "standing", "reason", "citation", "claim")
_FIGURES = ("indicator", "valueType", "qualifier", "value", "unit", "year", "scope", "citation",
            "observation")  # fmt: skip
_SERIES = ("subject", *_FIGURES[1:])


@dataclass(frozen=True)
class Statements:
    """The statements about a record under one property: values, and why where they are inferred."""

    relation: str
    values: tuple[Cell, ...]
    why: tuple[str, ...] = ()
    more: int = 0
    key: str = ""


def show(request: Request) -> Response:
    """Return the page of a record."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    name = _known(plan, request)
    known = facts(plan, name)
    kind = kind_of(state, plan, name, known)
    wanted = request.query_params.get("all", "")
    written = [fact for fact in known if fact.outgoing and not fact.inferred]
    inferred = [fact for fact in known if fact.outgoing and fact.inferred]
    incoming = [fact for fact in known if not fact.outgoing]
    has_claims = kind == "mg:Activity"
    return page(
        request,
        "entity.html",
        name=name,
        data=f"/data/{quote(name, safe='/')}",
        label=title(plan, name),
        kind=kind,
        kind_label=plan.label(kind) if kind else "",
        kind_meaning=meaning(plan, kind),
        texts=[(fact.relation, fact.values) for fact in _group_facts(plan, written, is_text=True)],
        written=_group_facts(plan, written),
        inferred=_group_facts(
            plan,
            [fact for fact in inferred if not (has_claims and _is_claim(fact))],
            why=state.known(("why", lang), lambda: reasons(plan)),
        ),
        incoming=_group_facts(
            plan,
            [fact for fact in incoming if not (has_claims and _is_claim(fact))],
            most=_SHOWN,
            wanted=wanted,
        ),
        tables=_tables(state, plan, name, kind),
        saved="saved" in request.query_params,
        cell=_cell_of(state, name, kind),
        question=question_of(state, plan, name, kind),
        **what_can_be_done(state, plan, name),
    )


def _cell_of(state: State, name: str, kind: str) -> dict[str, str]:
    """Return the part of the coverage that a theme, a challenge or an intersection stands for."""
    if kind == "mg:VisionTheme":
        return {"theme": name}
    if kind == "mg:Challenge":
        return {"challenge": name}
    if kind == "mg:Intersection":
        for (challenge, theme), intersection in intersections(state).items():
            if intersection == name:
                return {"challenge": challenge, "theme": theme}
    return {}


def kind_of(state: State, plan: Plan, name: str, known: list[Fact]) -> str:
    """Return the kind of a record: as its record says first, else any class that follows."""
    written = things(state).get(name)
    if written:
        return written
    classes = sorted(
        fact.value.value
        for fact in known
        if fact.outgoing
        and fact.predicate.value == RDF.type
        and isinstance(fact.value, ox.NamedNode)
    )
    ours = [fact for fact in classes if fact.startswith(MG_NAMESPACE)]
    return plan.ids.short((ours or classes or [""])[0])


def title(plan: Plan, name: str) -> str:
    """Return what a page calls a record: its label, or for a claim who says what of what."""
    label = plan.label(name)
    if label != name or not name.startswith(("claim/", "decision/", "observation/")):
        return label
    known = [fact for fact in facts(plan, name) if fact.outgoing]
    stated = {fact.predicate.value.rpartition("#")[2]: fact.value for fact in known}

    def named(*keys: str) -> str:
        value = next((stated[key] for key in keys if key in stated), None)
        return plan.label(value.value) if isinstance(value, ox.NamedNode) else ""

    if indicator := named("ofIndicator"):
        year = getattr(stated.get("year"), "value", "")
        return separated(", ", [part for part in (indicator, named("subject"), year) if part])
    by, category = named("wasAttributedTo"), named(*_CATEGORIES)
    if not category:
        return label
    return joined(by, f"{word('colon', plan.lang)} ", named("onActivity"), " → ", category)


def meaning(plan: Plan, kind: str) -> str:
    """Return the definition of a kind in the plan's language."""
    if not kind:
        return ""
    texts = {
        triple.object.language: triple.object.value
        for triple in plan.built.engine.triples(
            ox.NamedNode(plan.ids.iri(kind)), ox.NamedNode(_DEFINITION)
        )
        if isinstance(triple.object, ox.Literal)
    }
    return texts.get(plan.lang, "")


def _is_claim(fact: Fact) -> bool:
    return fact.predicate.value.rpartition("#")[2] in (
        "hasClaim", "hasJudgement", "standingClaim", "standingJudgement", "onActivity",
        "codedActivity",
    )  # fmt: skip


def _group_facts(  # noqa: PLR0913  what to keep, and how much of it
    plan: Plan,
    known: list[Fact],
    *,
    is_text: bool = False,
    why: dict[str, tuple[str, ...]] | None = None,
    most: int | None = None,
    wanted: str = "",
) -> list[Statements]:
    """Return facts by their property, in the order in which they are recorded."""
    groups: dict[str, list[Cell]] = {}
    for fact in known:
        local = fact.predicate.value.rpartition("#")[2].rpartition("/")[2]
        if (local in _TEXTS) == is_text and fact.predicate.value != RDF.type:
            groups.setdefault(fact.predicate.value, []).append(_cell(plan, fact.value))
    relations = []
    for term, values in groups.items():
        key = plan.ids.short(term)
        ordered = sorted(values, key=_by_label) if most else values
        cut = most if most and key != wanted and len(ordered) > most else len(ordered)
        shown, because = tuple(ordered[:cut]), (why or {}).get(term, ())
        relations.append(Statements(plan.label(term), shown, because, len(ordered) - cut, key))
    return relations


def _cell(plan: Plan, value: object) -> Cell:
    cell = asking.cell(plan.built, value, plan.lang)  # type: ignore[arg-type]  # a fact's value is a term
    return Entity(cell.id, title(plan, cell.id)) if isinstance(cell, Entity) else cell


def _by_label(cell: Cell) -> list[tuple[int, str]]:
    return natural(str(cell))


def _tables(state: State, plan: Plan, name: str, kind: str) -> list[Table]:
    """Return the answers of the library about a record of this kind: claims, values, history."""
    tables: list[Table] = []

    def add(heading: str, query: str, columns: tuple[str, ...], **parameters: str) -> None:
        rows = plan.rows(query, **parameters)
        filled = [name for name in columns if any(row[name] not in (None, "") for row in rows)]
        if rows:
            tables.append(with_details(table_of(plan, word(heading, plan.lang), rows, filled)))

    if kind == "mg:Activity":
        add("claims", "claims-of-activity", _CLAIMS, activity=name, language=plan.lang)
        tables = [with_note(state, claims, name) for claims in tables]
    if kind == "mg:Indicator":
        add("figures", "figures-of-indicator", _SERIES, indicator=name, language=plan.lang)
    elif kind != "mg:Observation":
        add("status_history", "status-history", ("statusDate", "status", "source"), record=name)
        add("figures", "figures-of-entity", _FIGURES, entity=name, language=plan.lang)
    if kind in ("mg:AlignmentClaim", "mg:Decision"):
        pairs = [
            (text(row["activity"]), text(row["category"]))
            for row in plan.rows("claims")
            if row["claim"] == name
        ]
        tables += [with_note(state, with_details(plan.history(*of)), of[0]) for of in pairs]
    return tables


def with_details(table: Table) -> Table:
    """Return a table whose claims and figures are led to by a word, as they have no name."""
    at = [index for index, column in enumerate(table.columns) if column.name in _DETAILS]

    def cell(index: int, value: Cell) -> Cell:
        if index in at and isinstance(value, Entity):
            return Entity(value.id, word("details", table.lang))
        return value

    rows = tuple(tuple(cell(*column) for column in enumerate(row)) for row in table.rows)
    return replace(table, rows=rows)


def negotiated(request: Request) -> Response:
    """Lead from the address of a record to its page or its data, by what is asked for (303).

    W3C, Cool URIs for the Semantic Web, section 4.3: 303 URIs forwarding to different documents.
    """
    name = _known(state_of(request).plan(), request)
    offered = {"text/html": "", **{media: form for form, media in forms.items()}}
    form = offered[best(request.headers.get("accept"), offered) or "text/html"]
    there = f"/data/{quote(name, safe='/')}.{form}"
    others = ", ".join(
        f'</data/{quote(name, safe="/")}.{ending}>; rel="alternate"; type="{media}"'
        for ending, media in forms.items()
    )
    return RedirectResponse(
        there if form else entity_address(preferred(request), name),
        status_code=303,
        headers={"Vary": "Accept, Accept-Language", "Link": others},
    )


def data(request: Request) -> Response:
    """Return the graph's statements about a record, in the form that the address ends with."""
    plan = state_of(request).plan()
    form = request.path_params["form"]
    if form not in forms:
        raise HTTPException(404, f"There is no .{form}. There are: {', '.join(forms)}.")
    name = _known(plan, request)
    about = f'<{plan.ids.iri(name)}>; rel="about"'
    answer = reply(request, plan.digest, forms[form], lambda: data_of(plan, name, form))
    answer.headers["Link"] = about.encode("ascii", "ignore").decode()
    return answer


def _known(plan: Plan, request: Request) -> str:
    try:
        return plan.known(request.path_params["name"])
    except QueryError as error:
        lang = request.path_params.get("lang")  # programs ask without a language
        name = request.path_params["name"]
        message = word("nothing_called", lang).format(name) if lang else str(error)
        raise HTTPException(404, message) from None


def preferred(request: Request) -> str:
    """Return the language that a browser prefers among those of the pages (RFC 9110, 12.5.4)."""
    wanted = request.headers.get("accept-language", "")
    asked = http.parse_accept_header(wanted, datastructures.LanguageAccept)
    return asked.best_match(LANGUAGES, default="en") or "en"
