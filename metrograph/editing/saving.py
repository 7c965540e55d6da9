"""Writes a proposal into a file of the plan, unless someone else changed the record meanwhile."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox

from metrograph.editing.placement import Now, file_of_coders, read_now
from metrograph.editing.proposals import Proposal, hash_of, state_of
from metrograph.editing.rewriting import Added, Rewrite, texts
from metrograph.errors import Conflict, UsageError
from metrograph.ids import Ids
from metrograph.plan import Plan
from metrograph.store import records, writing
from metrograph.store.entries import Built
from metrograph.store.journal import plan_file, write_all
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF, Graphs


def save(
    folder: Path,
    proposal: Proposal,
    seen: str,
    wait: float = writing.LONGEST_WAIT,
    built: Built | None = None,
) -> None:
    """Write a proposal into its file; `seen` is the record's `version` when the form was opened.

    Another process that changes the plan is waited for, `wait` seconds at most. If the files are
    still those that a store was `built` of, it answers for them, and they are not parsed.

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
        now = read_now(folder, Ids(proposal.base), built)
        iri = proposal.record.subject
        if hash_of(now.engine, iri) != ("" if proposal.is_new else seen):
            raise _conflict(now, proposal)
        if state_of(now.engine, proposal.renamed) != proposal.beside:
            raise _conflict(now, proposal)
        rewrite = _rewrite(now, proposal)
        if len(rewrite.added) + len(rewrite.changed) > 1:  # several records: all or none
            write_all(folder, texts(now, rewrite))
            return
        path = plan_file(folder, proposal.file)
        if proposal.is_new:
            writing.append(path, [proposal.record], proposal.base, proposal.about)
        else:
            writing.replace(path, proposal.record)


def save_rewrite(
    plan: Plan,
    make: Callable[[Now], Rewrite],
    seen: str,
    wait: float = writing.LONGEST_WAIT,
) -> None:
    """Write a change of several records into the plan's files as they are now: all or none.

    `seen` is the `state_of_rewrite` that was shown. Raises `Conflict` if one of the records has
    changed since, and `InputError` if a file cannot be written; then nothing is changed.
    """
    with writing.locked(plan.built.folder, wait):
        now = read_now(plan.built.folder, plan.ids, plan.built)
        rewrite = make(now)
        if state_of_rewrite(now, rewrite) != seen:
            raise Conflict(
                "What depends on this record has changed since you opened this page. Nothing was "
                "saved. Look at it again.",
                theirs="",
                yours="",
            )
        write_all(plan.built.folder, texts(now, rewrite))


def state_of_rewrite(now: Now, rewrite: Rewrite) -> str:
    """Return a hash of the records that a change touches, as they are before it."""
    iris = sorted({*rewrite.removed, *(record.subject for record in rewrite.changed)})
    states = "\n".join(f"{iri} {hash_of(now.engine, iri)}" for iri in iris)
    return hashlib.sha256(states.encode()).hexdigest()


def _rewrite(now: Now, proposal: Proposal) -> Rewrite:
    """Return a proposal with the records that go with it, but for those that exist by now."""
    also = list(proposal.also)
    if proposal.agent:
        also.append(Added(proposal.agent, file_of_coders(now), "Who codes and decides."))
    added = [addition for addition in also if not now.knows(addition.record.subject)]
    if not proposal.is_new:
        return Rewrite(tuple(added), changed=(proposal.record, *proposal.renamed))
    return Rewrite((*added, Added(proposal.record, proposal.file, proposal.about)))


def _conflict(now: Now, proposal: Proposal) -> Conflict:
    iri = proposal.record.subject
    file = now.file_of(iri)
    theirs = records.block(file.text, iri, file.path).text if file else ""
    message = (
        "{id} has been changed by someone else since you opened it. Nothing was "
        "saved. Compare the two versions, and enter your changes again."
        if file
        else "{id} has been removed by someone else since you opened it. Nothing was "
        "saved. Compare the two versions, and enter your changes again."
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
        for quad in plan.built.engine.quads(None, ox.NamedNode(RDF.type), ox.NamedNode(kind))
        if isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name.value.startswith(Graphs.files)
    )
    return names[-1] if names else "decisions.ttl"
