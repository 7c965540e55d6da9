"""Turns what a person entered in a form into a record as it would be written.

A proposal changes nothing. It holds the record as it would be written, where, and the problems with
it, each beside its field. Nothing is ever removed: a record that exists keeps what the form has no
field for.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pyoxigraph as ox

from metrograph.editing.checking import check
from metrograph.editing.companions import companions, completed
from metrograph.editing.facts import Hand, Problem, entered, written
from metrograph.editing.forms import Form
from metrograph.editing.made import Along, Made
from metrograph.editing.placement import NEW, Now, file_for, new_id, read_now
from metrograph.editing.renaming import renamed
from metrograph.editing.rewriting import Added
from metrograph.errors import InputError, UsageError
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.store import records
from metrograph.store.engine import Engine, in_memory
from metrograph.store.findings import Finding
from metrograph.store.records import Record
from metrograph.store.working import asserted
from metrograph.vocabulary import MG, RDF, Org

_NOTHING = Made()


@dataclass(frozen=True)
class Proposal:
    """A record as it would be written: `turtle` is the block, `file` the file, within the folder.

    `agent` is the record of who writes, where that is someone new, `also` are others that go with
    it, such as the intersections of a new theme; `renamed` are those that are named after it, as
    they would be, and `beside` is the state of these. What is not changed need not be saved.
    """

    id: str
    record: Record
    file: str
    turtle: str
    is_new: bool
    base: str
    about: str
    problems: tuple[Problem, ...] = ()
    is_changed: bool = True
    agent: Record | None = None
    also: tuple[Added, ...] = ()
    renamed: tuple[Record, ...] = ()
    beside: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether it may be saved: nothing about the record itself is wrong."""
        return not self.wrong

    @property
    def wrong(self) -> list[Problem]:
        """What keeps it from being saved."""
        return [
            problem
            for problem in self.problems
            if problem.severity == "violation" and not problem.about
        ]


def version(plan: Plan, name: str | None) -> str:
    """Return a hash of what the files assert of a record, to be kept while a form is open.

    A record that does not exist, or has no id yet, has the version "".
    """
    try:
        return hash_of(plan.built.engine, plan.ids.iri(name)) if name else ""
    except ValueError:  # no id that there could be
        return ""


def hash_of(engine: Engine, iri: str) -> str:
    """Return a hash of what the files of a store assert of a record, or "" if they do not."""
    triples = sorted(str(triple) for triple in asserted(engine, iri))
    return hashlib.sha256("\n".join(triples).encode()).hexdigest() if triples else ""


def propose(  # noqa: PLR0913, PLR0917  what a person fills in, who, and when
    plan: Plan,
    form: Form,
    name: str | None,
    values: Mapping[str, Sequence[str]],
    by: str,
    on: date,
    *,
    agent: str | None = None,
    made: Made = _NOTHING,
    along: Along | None = None,
    checks: bool = True,
) -> Proposal:
    """Return what a person's values make of a record: of the id `name`, or a new one (None).

    `values` go by the keys of the form's fields: one without a value is emptied, one that is not
    there stays. `by` is the id of the coder, body or organisation that writes, `on` the day;
    `agent` is the name of a coder whom the graph does not know yet, `made` the records that the
    form names and the graph lacks, and `along` makes those that follow. `checks` take most time.

    The plan's folder is read as it is now. Raises `InputError` where it cannot be read, or where
    the record is not in a block by itself, and `UsageError` for an id that no file has.
    """
    now = _now_with(plan, made)
    old = current(now, name, form) if name else None
    facts, problems = entered(plan, now, form, old, values)
    facts = facts if name else completed(plan, now, form, facts)
    new_agent, unknown = _agent(plan, now, by, agent)
    iri = plan.ids.iri(name or new_id(now, form, facts))
    hand = Hand(None if unknown else plan.ids.iri(by), on)
    record, unchanged = written(iri, facts, old, hand.by, on)
    made = made.with_(along(now, record, new_agent)) if along else made
    problems += [*unknown, *made.problems]
    placed = _with_renamed(now, _placed(plan, now, form, record, old), form, old, hand)
    also = _each_once((*made.records, *companions(plan, now, form, record)))
    placed = replace(placed, agent=new_agent, also=also, is_changed=not unchanged)
    if checks:
        problems += _certain(_judged(plan, now, form, placed, made), problems)
    problems += [] if name or problems else _without_id(plan, iri)
    return replace(placed, problems=tuple(problems))


def _now_with(plan: Plan, made: Made) -> Now:
    """Return the files of a plan as they are now, with records that are made."""
    now = read_now(plan.built.folder, plan.ids, plan.built)
    now.engine.add(triple for added in made.records for triple in added.record.triples())
    return now


def _judged(plan: Plan, now: Now, form: Form, proposal: Proposal, made: Made) -> list[Problem]:
    """Return what rules and shapes say against a proposal."""
    others = [*(added.record for added in proposal.also), *proposal.renamed]
    others += [proposal.agent] if proposal.agent else []
    findings = check(plan, now, proposal.record, *others)
    return _beside(plan, form, proposal.record.subject, findings, made)


def _without_id(plan: Plan, iri: str) -> list[Problem]:
    """Return the problem of a record whose id has a part that is not known."""
    return [Problem(word("no_id", plan.lang))] if NEW in plan.ids.short(iri).split("/") else []


def _placed(plan: Plan, now: Now, form: Form, record: Record, old: Record | None) -> Proposal:
    """Return a record as it would be written, and in which file."""
    held = now.file_of(record.subject) if old else None
    file, about = (held.name, "") if held else file_for(now, form, record)
    text = records.turtle(record, now.text(file) or f"@base <{plan.ids.base}> .\n")
    return Proposal(
        plan.ids.short(record.subject), record, file, text, old is None, plan.ids.base, about
    )


def _with_renamed(
    now: Now, proposal: Proposal, form: Form, old: Record | None, hand: Hand
) -> Proposal:
    """Return a proposal with the intersections that are named after what it renames."""
    if old is None or form.type not in (MG.VisionTheme, MG.Challenge):
        return proposal
    others = renamed(now, old, proposal.record, hand)
    return replace(proposal, renamed=others, beside=state_of(now.engine, others))


def state_of(engine: Engine, others: Iterable[Record]) -> str:
    """Return a hash of what the files of a store assert of some records."""
    return " ".join(hash_of(engine, record.subject) for record in others)


def current(now: Now, name: str, form: Form) -> Record:
    """Return a record of the form's kind as its file has it, in the file's order.

    Raises `UsageError` for an id that no file has, or that is of another kind, and `InputError` for
    a record that is not in one block by itself.
    """
    iri = now.ids.iri(name)
    file = now.file_of(iri)
    if file is None:
        raise UsageError(
            "No file contains the record “{short}”. Check the ID.", short=now.ids.short(iri)
        )
    record = records.block(file.text, iri, file.path).record
    if len(asserted(now.engine, iri)) != len(_canonical(record)):
        raise InputError(
            "{path}: another file also contains statements about “{short}”. Move them all "
            "into one file by hand.",
            path=file.path,
            short=now.ids.short(iri),
        )
    kinds = dict(record.facts).get(RDF.type, ())
    if not any(form.type in _above(now.engine, kind) for kind in kinds):
        raise UsageError(
            "{short} is not a record of the kind {kind}. Open the form for its own kind.",
            short=now.ids.short(iri),
            kind=form.kind,
        )
    return record


def _canonical(record: Record) -> set[ox.Triple]:
    """Return the triples of a record as a store spells them."""
    return set(in_memory(record.triples()).triples())


def _agent(plan: Plan, now: Now, by: str, name: str | None) -> tuple[Record | None, list[Problem]]:
    """Return the record of a writer whom the graph does not know, and what is wrong with them."""
    iri = plan.ids.iri(by)
    if _is_agent(plan, now, by):
        return None, []
    called = " ".join((name or "").encode("utf-8", "replace").decode().split())
    if not called or not re.fullmatch(r"coder/[a-z0-9][a-z0-9-]*", by) or now.knows(iri):
        return None, [Problem(word("by_unknown", plan.lang).format(by), "by")]
    tags = plan.built.languages or (plan.lang,)
    labels = tuple(ox.Literal(called, language=tag) for tag in tags)
    return Record(iri, ((RDF.type, (ox.NamedNode(MG.Coder),)), (RDF.label, labels))), []


def _is_agent(plan: Plan, now: Now, by: str) -> bool:
    """Return whether an id is a coder's, a body's or an organisation's."""
    try:
        node = ox.NamedNode(plan.ids.iri(by))
    except ValueError:
        return False
    triples = now.engine.triples(node, ox.NamedNode(RDF.type))
    above = {MG.Coder, Org.Organization}
    return any(above & _above(now.engine, triple.object) for triple in triples)


def _above(engine: Engine, kind: Any) -> set[str]:
    """Return a class and those above it, as the ontology has them."""
    classes = [kind]
    for lower in classes:
        triples = engine.triples(lower, ox.NamedNode(RDF.subClassOf))
        classes += [triple.object for triple in triples if triple.object not in classes]
    return {node.value for node in classes}


def _each_once(records: Iterable[Added]) -> tuple[Added, ...]:
    """Return records without those that are there twice, such as the country of two new places."""
    return tuple({addition.record.subject: addition for addition in records}.values())


def _beside(
    plan: Plan, form: Form, iri: str, findings: Iterable[Finding], made: Made
) -> list[Problem]:
    """Return findings as problems beside the fields of the record, in the plan's language.

    What is wrong with a record that the form makes is beside the field that names it; what it cites
    is what the form cites.
    """
    problems = []
    for finding in findings:
        message, is_made = finding.message(plan.lang), finding.focus in made.fields
        if is_made and finding.path != MG.citation:
            called = made.name(plan, finding.focus)
            message = f"{called}{word('colon', plan.lang)} {message}"
        shares = finding.focus == iri or (is_made and finding.path == MG.citation)
        field = form.field(finding.path) if finding.path and shares else None
        name = field.name if field else made.fields.get(finding.focus)
        about = None if finding.focus == iri or is_made else plan.ids.short(finding.focus)
        problems.append(Problem(message, name, finding.severity, about))
    return list(dict.fromkeys(problems))


def _certain(problems: Iterable[Problem], unread: Sequence[Problem]) -> list[Problem]:
    """Return the problems that there are whatever the unread fields turn out to say."""
    doubtful = {problem.field for problem in unread}
    return [
        problem
        for problem in problems
        if not doubtful or (problem.field and problem.field not in doubtful)
    ]
