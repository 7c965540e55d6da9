"""Turns what a person entered in a form into a record, and writes it.

A proposal changes nothing. It holds the record as it would be written, where, and the problems with
it, each beside its field. Nothing is ever removed: a record that exists keeps what the form has no
field for.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from metrograph.editing.forms import Field, Form, asserted, local
from metrograph.editing.placement import NEW, Now, file_for, file_of_coders, new_id, read_now
from metrograph.editing.values import Reader, Term, Unreadable, is_same, language_of, parse
from metrograph.errors import Conflict, InputError, UsageError
from metrograph.ids import Ids
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.store import records, writing
from metrograph.store.findings import Finding, Severity, set_of
from metrograph.store.journal import plan_file
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF, XSD, Dcterms, Graphs, Org

_DEFAULT = ox.DefaultGraph()
_DATE = ox.NamedNode(XSD + "date")
_STATEMENTS = (MG.AlignmentClaim, MG.Coding)  # made by a coder on a day
Facts = dict[str, tuple[Term, ...]]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a proposal, in the plan's language.

    `field` is the name of a field, or "by"; without one, the problem is with the whole record, or
    with another one, whose id is `about`. Only violations of the record itself keep it from being
    saved: what it asks of others, such as an intersection of a new theme, can only follow it.
    """

    message: str
    field: str | None = None
    severity: Severity = "violation"
    about: str | None = None


@dataclass(frozen=True)
class Proposal:
    """A record as it would be written: `turtle` is the block, `file` the file, within the folder.

    `agent` is the record of who writes, where that is someone new. What is not changed need not be
    saved.
    """

    id: str
    record: Record
    file: str
    turtle: str
    problems: tuple[Problem, ...]
    is_new: bool
    is_changed: bool
    base: str
    about: str
    agent: Record | None = None
    agent_file: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether it may be saved: nothing about the record itself is wrong."""
        return not self.wrong

    @property
    def wrong(self) -> list[Problem]:
        """What keeps it from being saved."""
        return [one for one in self.problems if one.severity == "violation" and not one.about]


def version(plan: Plan, name: str | None) -> str:
    """Return a hash of what the files assert of a record, to be kept while a form is open.

    A record that does not exist, or has no id yet, has the version "".
    """
    try:
        return _version(plan.built.store, plan.ids.iri(name)) if name else ""
    except ValueError:  # no id that there could be
        return ""


def _version(store: ox.Store, iri: str) -> str:
    said = sorted(str(triple) for triple in asserted(store, iri))
    return hashlib.sha256("\n".join(said).encode()).hexdigest() if said else ""


# ---------------------------------------------------------------- proposing


def propose(  # noqa: PLR0913, PLR0917  what a person fills in, who, and when
    plan: Plan,
    form: Form,
    name: str | None,
    values: Mapping[str, Sequence[str]],
    by: str,
    on: date,
    *,
    agent: str | None = None,
    checks: bool = True,
) -> Proposal:
    """Return what a person's values make of a record: of the id `name`, or of a new one (None).

    `values` go by the keys of the form's fields (`forms.Field.keys`). A field without a value is
    emptied; one that is not among them stays as it is. `by` is the id of the coder, body or
    organisation that writes, `on` the day; `agent` is what a coder is called whom the graph does
    not know yet. Without `checks` the shapes are left out, which is much faster.

    The plan's folder is read as it is now. Raises `InputError` where it cannot be read, or where
    the record is not in a block by itself, and `UsageError` for an id that no file has.
    """
    now = read_now(plan.built.folder, plan.ids)
    old = current(now, name, form) if name else None
    facts, problems = entered(plan, now, form, old, values)
    new_agent, who = _agent(plan, now, by, agent)
    problems += who
    iri = plan.ids.iri(name or new_id(now, form, facts))
    record, unchanged = written(iri, facts, old, plan.ids.iri(by) if not who else None, on)
    if checks:
        findings = _checked(plan, now, record, *([new_agent] if new_agent else []))
        problems += _certain(_beside(plan, form, iri, findings), problems)
    if NEW in plan.ids.short(iri).split("/") and not name and not problems:
        problems.append(Problem(word("no_id", plan.lang)))
    file, about = (now.places[iri].file, "") if old else file_for(now, form, record)
    return Proposal(
        id=plan.ids.short(iri),
        record=record,
        file=file,
        turtle=records.turtle(record, now.text(file) or f"@base <{plan.ids.base}> .\n"),
        problems=tuple(problems),
        is_new=old is None,
        is_changed=not unchanged,
        base=plan.ids.base,
        about=about,
        agent=new_agent,
        agent_file=file_of_coders(now) if new_agent else "",
    )


def entered(
    plan: Plan, now: Now, form: Form, old: Record | None, values: Mapping[str, Sequence[str]]
) -> tuple[Facts, list[Problem]]:
    """Return the facts of a record as the values make it, and what cannot be read of them.

    `old` is the record as it is, if there is one: it keeps what the values do not speak of.
    """
    read, problems = _read(plan, now, form, old, values)
    return _facts(form, old, read), problems


def written(
    iri: str, facts: Facts, old: Record | None, by: str | None, on: date
) -> tuple[Record, bool]:
    """Return a record as it is written, with who wrote it and when, and whether it stays as it was.

    What stays as it was is not stamped.
    """
    unchanged = old is not None and set(Record(iri, _items(facts)).triples()) == set(old.triples())
    stamped = facts if unchanged else _stamped(facts, by, on, is_new=old is None)
    return Record(iri, _items(stamped)), unchanged


def current(now: Now, name: str, form: Form) -> Record:
    """Return a record of the form's kind as its file has it, in the file's order.

    Raises `UsageError` for an id that no file has, or that is of another kind, and `InputError` for
    a record that is not in one block by itself.
    """
    iri = now.ids.iri(name)
    file = now.file_of(iri)
    if file is None:
        raise UsageError("No file has a record “{short}”. Check the id.", short=now.ids.short(iri))
    found = records.block(file.text, iri, file.path).record
    if len(asserted(now.store, iri)) != len(_canonical(found)):
        raise InputError(
            "{path}: another file also says something of “{short}”. Put all of it in one "
            "place by hand.",
            path=file.path,
            short=now.ids.short(iri),
        )
    kinds = dict(found.facts).get(RDF.type, ())
    if not any(form.type in _above(now.store, kind) for kind in kinds):
        raise UsageError(
            "{short} is no {kind}. Open the form of its own kind.",
            short=now.ids.short(iri),
            kind=form.kind,
        )
    return found


def _canonical(record: Record) -> set[ox.Triple]:
    """Return the triples of a record as a store spells them."""
    store = ox.Store()
    store.extend(ox.Quad(one.subject, one.predicate, one.object) for one in record.triples())
    return {quad.triple for quad in store}


def _read(
    plan: Plan, now: Now, form: Form, old: Record | None, values: Mapping[str, Sequence[str]]
) -> tuple[Facts, list[Problem]]:
    """Return the terms of the fields that are given, by property, and what cannot be read."""
    reader = Reader(plan.lang, plan.ids, now.knows)
    given = {key: [one for one in texts if one.strip()] for key, texts in values.items()}
    read: Facts = {}
    problems: list[Problem] = []
    before: Facts = {path: tuple(terms) for path, terms in old.facts} if old else {}
    for field in form.fields:
        if not any(key in given for key in field.keys):
            continue
        terms: list[Term] = []
        for key in field.keys:
            lang = key.rpartition(".")[2] if field.languages else ""
            had = [one for one in before.get(field.path, ()) if language_of(one) == lang]
            if key not in given:
                terms += had
            for text in given.get(key, ()):
                try:
                    terms.append(_term(reader, field, lang, text, had))
                except Unreadable as error:
                    problems.append(Problem(str(error), field.name))
        terms += [one for one in before.get(field.path, ()) if _is_apart(one, field)]
        read[field.path] = tuple(dict.fromkeys(terms))
    return read, problems + _unplaced(plan, form, before, given)


def _term(reader: Reader, field: Field, lang: str, text: str, had: Iterable[Term]) -> Term:
    """Return the term of a text: the one that the record has already, if it means that."""
    for one in had:
        if is_same(text, one, reader.ids) and _fits(one, field):
            return one
    term = parse(text, field, reader)
    return ox.Literal(term.value, language=lang) if lang else term


def _fits(term: Term, field: Field) -> bool:
    return isinstance(term, ox.NamedNode) or term.datatype.value in field.datatypes


def _is_apart(term: Term, field: Field) -> bool:
    """Return whether a term is in a language for which the field has no place: it is kept."""
    return bool(field.languages) and language_of(term) not in field.languages


def _unplaced(
    plan: Plan, form: Form, before: Facts, given: Mapping[str, Sequence[str]]
) -> list[Problem]:
    """Return a problem for each key that no field has, unless it says what the record has."""
    keys = {key for field in form.fields for key in field.keys}
    had: dict[str, list[Term]] = {}
    for path, terms in before.items():
        for term in terms:
            tag = language_of(term)
            had.setdefault(local(path) + (f".{tag}" if tag else ""), []).append(term)
    return [
        Problem(word("no_field", plan.lang).format(key))
        for key, texts in given.items()
        if key not in keys
        and not all(any(is_same(text, one, plan.ids) for one in had.get(key, ())) for text in texts)
    ]


def _facts(form: Form, old: Record | None, read: Facts) -> Facts:
    """Return the facts of the record in the order of its file; what is new goes before citations.

    A new record begins with its type and follows the form.
    """
    facts: Facts = {RDF.type: (ox.NamedNode(form.type),)}
    for path, terms in old.facts if old else ():
        facts[path] = _merged(tuple(terms), read[path]) if path in read else tuple(terms)
    for field in form.fields:
        if field.path not in facts and read.get(field.path):
            facts[field.path] = read[field.path]
    return {path: terms for path, terms in facts.items() if terms}


def _merged(before: tuple[Term, ...], after: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return new values in the order of the old ones; a changed text stays in its language's place.

    >>> old = ox.Literal("un", language="fr"), ox.Literal("one", language="en")
    >>> new = ox.Literal("two", language="en"), ox.Literal("un", language="fr")
    >>> [term.value for term in _merged(old, new)]
    ['un', 'two']
    """
    tags = [language_of(term) for term in before]

    def place(term: Term) -> int:
        if term in before:
            return before.index(term)
        tag = language_of(term)
        return tags.index(tag) if tag and tag in tags else len(before)

    return tuple(sorted(after, key=place))


def _items(facts: Facts) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """Return facts in the order in which they are written: citations last."""
    last = {path: terms for path, terms in facts.items() if path == MG.citation}
    return tuple({**{path: facts[path] for path in facts if path not in last}, **last}.items())


def _stamped(facts: Facts, by: str | None, on: date, is_new: bool) -> Facts:
    """Return facts with who wrote their record and when.

    A record was made on a day and changed on another, and all who had a hand in it stay: that is
    said of the record (docs/decisions/records.md). What a coder states was itself made on a day.
    """
    day = (ox.Literal(on.isoformat(), datatype=_DATE),)
    stamped = dict(facts)
    is_statement = any(kind.value in _STATEMENTS for kind in facts.get(RDF.type, ()))
    if not is_new:
        stamped[MG.recordChangedOn] = day
    elif is_statement:
        stamped.setdefault(Dcterms.created, day)
    else:
        stamped[MG.recordedOn] = day
    if by:
        hands = (*facts.get(MG.recordedBy, ()), ox.NamedNode(by))
        stamped[MG.recordedBy] = tuple(dict.fromkeys(hands))
    return stamped


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
    quads = now.store.quads_for_pattern(node, ox.NamedNode(RDF.type), None, _DEFAULT)
    above = {MG.Coder, Org.Organization}
    return any(above & _above(now.store, quad.object) for quad in quads)


def _above(store: ox.Store, kind: Any) -> set[str]:
    """Return a class and those above it, as the ontology has them."""
    found = [kind]
    for one in found:
        quads = store.quads_for_pattern(one, ox.NamedNode(RDF.subClassOf), None, _DEFAULT)
        found += [quad.object for quad in quads if quad.object not in found]
    return {one.value for one in found}


# ---------------------------------------------------------------- checking


def _checked(plan: Plan, now: Now, *proposed: Record) -> list[Finding]:
    """Return what is found in the graph with the first record, and others, as they would be.

    Of other records, only what is wrong with them by that: what was not found before.
    """
    from metrograph.store.build import rules  # noqa: PLC0415  only checks need these
    from metrograph.store.inference import infer, written_conclusions  # noqa: PLC0415
    from metrograph.store.validation import validate_some  # noqa: PLC0415

    ontology, program, shapes = rules()
    store = _changed(now, proposed)
    written = written_conclusions(store)
    contradictions = infer(store, program)
    before = plan.findings
    known = {_sign(finding) for finding in before}
    pairs = {(finding.shape, finding.focus) for finding in before}
    touched = _touched(store, now, proposed[0])
    found = [
        *contradictions,
        *written,
        *validate_some(store, shapes, ontology, touched, pairs),
    ]
    iri = proposed[0].subject
    return [one for one in set_of(found) if one.focus == iri or _sign(one) not in known]


def _sign(finding: Finding) -> tuple[str, str, str | None, str | None]:
    return finding.shape, finding.focus, finding.path, finding.value


def _changed(now: Now, proposed: Iterable[Record]) -> ox.Store:
    """Return a store of what the files would assert."""
    store = ox.Store()
    new = {ox.NamedNode(record.subject) for record in proposed}
    store.bulk_extend(quad for quad in now.store if quad.subject not in new)
    graph = ox.NamedNode(Graphs.files + "proposal")
    for record in proposed:
        for one in record.triples():
            store.add(ox.Quad(one.subject, one.predicate, one.object))
            store.add(ox.Quad(one.subject, one.predicate, one.object, graph))
    return store


def _touched(store: ox.Store, now: Now, record: Record) -> set[str]:
    """Return the record and the ones that it names, did name, or is named by."""
    node = ox.NamedNode(record.subject)
    named = [
        triple.object
        for triple in (*record.triples(), *asserted(now.store, record.subject))
        if triple.predicate.value != RDF.type
    ]
    naming = [quad.subject for quad in store.quads_for_pattern(None, None, node, _DEFAULT)]
    return {record.subject} | {
        one.value for one in (*named, *naming) if isinstance(one, ox.NamedNode)
    }


def _beside(plan: Plan, form: Form, iri: str, findings: Iterable[Finding]) -> list[Problem]:
    """Return findings as problems beside the fields of the record, in the plan's language."""
    problems = []
    for finding in findings:
        message = finding.message(plan.lang)
        field = form.field(finding.path) if finding.path and finding.focus == iri else None
        about = None if finding.focus == iri else plan.ids.short(finding.focus)
        problems.append(Problem(message, field.name if field else None, finding.severity, about))
    return list(dict.fromkeys(problems))


def _certain(problems: Iterable[Problem], unread: Sequence[Problem]) -> list[Problem]:
    """Return the problems that there are whatever the unread fields turn out to say."""
    doubtful = {problem.field for problem in unread}
    return [one for one in problems if not doubtful or (one.field and one.field not in doubtful)]


# ---------------------------------------------------------------- saving


def save(folder: Path, proposal: Proposal, seen: str, wait: float = writing.LONGEST_WAIT) -> None:
    """Write a proposal into its file; `seen` is the record's `version` when the form was opened.

    Another process that changes the plan is waited for, `wait` seconds at most.

    Raises `UsageError` for a proposal with violations, `Conflict` if the record has changed
    meanwhile, or a new one's id has been taken, and `InputError` if a file cannot be written. Then
    nothing of the record is changed.
    """
    if not proposal.is_valid:
        raise UsageError(
            "{id} cannot be saved. {value}", id=proposal.id, value=proposal.wrong[0].message
        )
    if not proposal.is_changed:
        return
    with writing.locked(folder, wait):
        now = read_now(folder, Ids(proposal.base))
        iri = proposal.record.subject
        if _version(now.store, iri) != ("" if proposal.is_new else seen):
            raise _conflict(now, proposal)
        if proposal.agent and not now.knows(proposal.agent.subject):
            path = plan_file(folder, proposal.agent_file)
            writing.append(path, [proposal.agent], proposal.base, "Who codes and decides.")
        path = plan_file(folder, proposal.file)
        if proposal.is_new:
            writing.append(path, [proposal.record], proposal.base, proposal.about)
        else:
            writing.replace(path, proposal.record)


def _conflict(now: Now, proposal: Proposal) -> Conflict:
    iri = proposal.record.subject
    file = now.file_of(iri)
    theirs = records.block(file.text, iri, file.path).text if file else ""
    message = (
        "{id} was changed by someone else since you opened it. Nothing was saved. Compare the two "
        "versions, and enter yours again."
        if file
        else "{id} was removed by someone else since you opened it. Nothing was saved. Compare the "
        "two versions, and enter yours again."
    )
    return Conflict(message, theirs=theirs, yours=proposal.turtle, id=proposal.id)


def keep_decision(plan: Plan, made: Iterable[Record]) -> Path:
    """Add the records of a decision to the file of a plan's decisions, and return that file.

    The caller holds the folder (`writing.locked`). Raises `InputError` if it cannot be written.
    """
    path = plan_file(plan.built.folder, _file_of_decisions(plan))
    writing.append(path, made, plan.ids.base, "Decisions, with their reasons.")
    return path


def _file_of_decisions(plan: Plan) -> str:
    """Return the file that holds a plan's decisions, or the name of one to be made."""
    names = sorted(
        unquote(quad.graph_name.value.removeprefix(Graphs.files))
        for kind in (MG.Decision, MG.ScopeDecision)
        for quad in plan.built.store.quads_for_pattern(
            None, ox.NamedNode(RDF.type), ox.NamedNode(kind)
        )
        if isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name.value.startswith(Graphs.files)
    )
    return names[-1] if names else "decisions.ttl"
