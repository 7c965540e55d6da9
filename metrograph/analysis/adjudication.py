"""Turns an adjudicator's order into the record of the decision.

A decision (`mg:Decision`) is no claim: attributed, dated, with a reason, the claims that
it settles and their citations. It deletes nothing; a later decision may supersede it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from unicodedata import category

import pyoxigraph as ox

from metrograph.analysis.history import claims_on
from metrograph.errors import QueryError, Text, UsageError
from metrograph.ids import Ids
from metrograph.query.answers import Answers, Row, text
from metrograph.store.records import Record
from metrograph.text import whole_number
from metrograph.vocabulary import MG, RDF, XSD, Dcterms, Prov

_XSD_DATE = ox.NamedNode(XSD + "date")
_SURE = ("mg:stated", "mg:implied", "mg:notRecorded")  # the surest basis first


@dataclass(frozen=True)
class Order:
    """What the adjudicator wants: `by` is a coder's id, `because` the reason in `lang`.

    `accepts` says that the claim stands, or that the intersection is in scope. `name` is what a
    coder is called whom the graph does not know yet, in all the plan's `languages`. `replace`
    allows to supersede a decision in force, `basis` is stated or implied.
    """

    by: str
    accepts: bool
    because: str
    as_of: date
    lang: str
    languages: tuple[str, ...] = ()
    name: str | None = None
    replace: bool = False
    basis: str | None = None


def decision(
    answers: Answers, ids: Ids, activity: str, category: str, order: Order
) -> list[Record]:
    """Return the record of a decision on an activity and a category, to be added to the graph.

    A new adjudicator's own record comes before it. Raises `QueryError` for an unknown id or a pair
    that nobody claims, and `UsageError` where a decision is in force and `replace` is not set, or
    the order lacks a reason or a known adjudicator.
    """
    activity, category = answers.known(activity), answers.known(category)
    adjudicator = _adjudicator(answers, ids, order)
    claims = claims_on(answers, activity, category)
    made = [row for row in claims if row["verdict"] is None]
    if not made:
        raise QueryError(
            "No coder claims “{category}” for “{activity}”, so there is nothing to "
            "decide. To list the contested claims: metrograph adjudicate",
            category=category,
            activity=activity,
        )
    for row in made:
        _not_before(text(row["created"]), text(row["claim"]), order)
    in_force = [
        text(row["claim"]) for row in claims if row["verdict"] is not None and not row["superseded"]
    ]
    decisions = answers.rows("decisions")
    _may_replace(in_force, decisions, order)
    name = f"decision/{_next(decisions, 'decision/')}"
    return [*adjudicator, _decided(answers, ids, name, made, in_force, order)]


def _decided(  # noqa: PLR0913, PLR0917  what a decision states
    answers: Answers,
    ids: Ids,
    name: str,
    claims: Sequence[Row],
    in_force: Sequence[str],
    order: Order,
) -> Record:
    """Return the record of a decision that settles claims on a pair and supersedes decisions."""
    activity, category = text(claims[0]["activity"]), text(claims[0]["category"])
    bases = [basis for basis in _SURE if any(row["basis"] == basis for row in claims)]
    basis = f"mg:{order.basis}" if order.basis else bases[0]
    settled = [text(row["claim"]) for row in claims]
    cited, notes = _passages(answers, activity, settled, order.lang)
    verdict = "accepted" if order.accepts else "rejected"
    kind = text(claims[0]["kind"]).replace("mg:claims", "mg:decides")
    return Record(
        ids.iri(name),
        (
            (RDF.type, (ox.NamedNode(MG.Decision),)),
            (MG.onActivity, _nodes(ids, [activity])),
            (Prov.wasAttributedTo, _nodes(ids, [order.by])),
            (ids.iri(kind), _nodes(ids, [category])),
            (MG.basis, _nodes(ids, [basis])),
            (MG.reason, _reason(order)),
            (MG.lineNote, tuple(ox.Literal(note, language=order.lang) for note in notes[:1])),
            (MG.settles, _nodes(ids, sorted(settled))),
            (MG.verdict, _nodes(ids, [f"mg:{verdict}"])),
            (MG.supersedes, _nodes(ids, in_force)),
            (Dcterms.created, _day(order)),
            (MG.citation, _nodes(ids, cited)),
        ),
    )


def _passages(
    answers: Answers, activity: str, claims: Sequence[str], lang: str
) -> tuple[list[str], list[str]]:
    """Return the passages that claims on an activity cite, and the notes on their lines."""
    rows = [
        row
        for row in answers.rows("claims-of-activity", activity=activity, language=lang)
        if row["claim"] in claims
    ]
    cited = {text(row["citation"]) for row in rows if row["citation"] is not None}
    notes = {text(row["lineNote"]) for row in rows if row["lineNote"] is not None}
    return sorted(cited), sorted(notes)


def scope_decision(answers: Answers, ids: Ids, intersection: str, order: Order) -> list[Record]:
    """Return the record that puts an intersection out of scope, or brings it in again.

    Raises `QueryError` for what is no intersection, and `UsageError` as `decision` does.
    """
    intersection = answers.known(intersection)
    adjudicator = _adjudicator(answers, ids, order)
    if intersection not in {row["intersection"] for row in answers.rows("intersections")}:
        raise QueryError(
            "“{intersection}” is not an intersection of a challenge and a theme.",
            intersection=intersection,
        )
    made = answers.rows("decisions-on-scope")
    current = [row for row in made if row["intersection"] == intersection and not row["superseded"]]
    in_force = [text(row["decision"]) for row in current]
    if order.accepts and not any(row["predicate"] == "mg:outOfScope" for row in current):
        raise UsageError(
            "“{intersection}” is already in scope: no decision puts it out of scope.",
            intersection=intersection,
        )
    if order.accepts:
        order = replace(order, replace=True)  # there is a decision, and to end it is what was asked
    _may_replace(in_force, made, order)
    number = _next(made, "scope-decision/")
    record = Record(
        ids.iri(f"scope-decision/{number}"),
        (
            (RDF.type, (ox.NamedNode(MG.ScopeDecision),)),
            (MG.inScope if order.accepts else MG.outOfScope, _nodes(ids, [intersection])),
            (Prov.wasAttributedTo, _nodes(ids, [order.by])),
            (MG.reason, _reason(order)),
            (MG.supersedes, _nodes(ids, in_force)),
            (Dcterms.created, _day(order)),
        ),
    )
    return [*adjudicator, record]


def _may_replace(in_force: Sequence[str], made: Sequence[Row], order: Order) -> None:
    """Refuse to take the place of a later decision, or of any where that is not asked for."""
    for row in made:
        if row["decision"] in in_force:
            _not_before(text(row["created"]), text(row["decision"]), order)
    if in_force and not order.replace:
        raise UsageError(
            "{in_force} has already decided this. To replace that decision, add "
            "--supersede; both stay on record.",
            in_force=in_force[0],
        )


def _not_before(day: str, name: str, order: Order) -> None:
    if day > order.as_of.isoformat():
        raise UsageError(
            "{name} is dated {day}, so a decision dated {as_of} cannot follow it. Give a "
            "later date with --as-of.",
            name=name,
            day=day,
            as_of=order.as_of,
        )


def _adjudicator(answers: Answers, ids: Ids, order: Order) -> list[Record]:
    """Return the record of an adjudicator whom the graph does not know; refuse one without name."""
    known = {text(row["coder"]) for row in answers.rows("coders")}
    listed = ", ".join(sorted(key.rpartition("/")[2] for key in known)) or Text("none yet")
    name = _line(order.name or "", "--name")
    if order.by in known:
        if order.name is not None:
            raise UsageError("{by} already has a name in the plan. Leave out --name.", by=order.by)
        return []
    if not re.fullmatch(r"coder/[a-z0-9][a-z0-9-]*", order.by):
        raise UsageError(
            "“{by}” is not a valid coder key (known keys: {listed}). A new key consists "
            "of lowercase letters, digits and hyphens, such as board.",
            by=order.by.removeprefix("coder/"),
            listed=listed,
        )
    if not name:
        raise UsageError(
            "Unknown coder or adjudicator: “{by}” (known: {listed}). To add a new "
            'adjudicator, add --name "..." with the name of the office that decides.',
            by=order.by,
            listed=listed,
        )
    names = tuple(ox.Literal(name, language=lang) for lang in order.languages or (order.lang,))
    facts = ((RDF.type, (ox.NamedNode(MG.Coder),)), (RDF.label, names))
    return [Record(ids.iri(order.by), facts)]


def _reason(order: Order) -> tuple[ox.Literal]:
    reason = _line(order.because, "--because")
    if not reason:
        raise UsageError(
            "A decision requires a reason: add --because with a sentence that explains it."
        )
    return (ox.Literal(reason, language=order.lang),)


def _line(words: str, option: str) -> str:
    """Return a text as one line that can be seen: without control and formatting characters."""
    try:
        words.encode()
    except UnicodeEncodeError:
        raise UsageError("{option} is not valid text. Enter it in UTF-8.", option=option) from None
    seen = (" " if category(char) in ("Cc", "Cf") else char for char in words)
    return " ".join("".join(seen).split())


def _day(order: Order) -> tuple[ox.Literal]:
    return (ox.Literal(order.as_of.isoformat(), datatype=_XSD_DATE),)


def _nodes(ids: Ids, names: Sequence[str]) -> tuple[ox.NamedNode, ...]:
    return tuple(ox.NamedNode(ids.iri(name)) for name in names)


def _next(rows: Sequence[Row], prefix: str) -> int:
    """Return the number after the highest of the decisions that there are."""
    numbers = [text(row["decision"]).removeprefix(prefix) for row in rows]
    return max((whole_number(number) or 0 for number in numbers), default=0) + 1
