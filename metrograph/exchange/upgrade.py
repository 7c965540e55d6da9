"""Converts a plan of an earlier data format to the current one (`metrograph upgrade`).

The rules are those of docs/format-changes.md, applied to what files assert: a predicate is written
by another name, and the plan says the version of its format. All else stays, byte by byte: ids,
comments and order too. A file whose statements would not become just those that the rules ask for
is refused, and nothing is written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox

from metrograph.errors import InputError
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.store.engine import Engine
from metrograph.store.tokens import spans
from metrograph.store.turtle import File, decode, parsed, read_bytes, turtle_files
from metrograph.vocabulary import DCTERMS_NAMESPACE, MG, MG_NAMESPACE, RDF

FORMAT = "2"  # of the files that this version writes
_VERSION = MG_NAMESPACE + "formatVersion"
_DECIDED = {
    f"{MG_NAMESPACE}claims{side}": f"{MG_NAMESPACE}decides{side}"
    for side in ("Theme", "Area", "Challenge", "Result")
}
_OF_DECISIONS = {
    MG_NAMESPACE + "standingClaim": MG_NAMESPACE + "standingJudgement",
    MG_NAMESPACE + "hasClaim": MG_NAMESPACE + "hasJudgement",
}
_OF_RECORDS = {
    DCTERMS_NAMESPACE + "contributor": MG.recordedBy,
    DCTERMS_NAMESPACE + "modified": MG.recordChangedOn,
}
_CREATED = DCTERMS_NAMESPACE + "created"
_STATEMENTS = (MG.AlignmentClaim, MG.Decision, MG.ScopeDecision, MG.Coding)
_NAME = re.compile(r"(?<![\w-])[A-Za-z][\w-]*+:[A-Za-z_][\w-]*+")


@dataclass(frozen=True)
class Change:
    """How often a property is written by another name in a file; `old` is empty where it is new."""

    file: str
    old: str
    new: str
    number: int


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade does: the new texts of the files that change, and a list of the changes."""

    texts: Mapping[str, str]
    changes: tuple[Change, ...]


def needs_upgrade(engine: Engine) -> bool:
    """Whether what the files of a plan assert is of an earlier format and would be read wrongly."""
    decision = ox.NamedNode(MG.Decision)
    for triple in engine.triples(None, ox.NamedNode(RDF.type), decision):
        for old in _DECIDED:
            if any(engine.triples(triple.subject, ox.NamedNode(old))):
                return True
    return any(any(engine.triples(None, ox.NamedNode(old))) for old in _OF_RECORDS)


def upgrade(folder: Path) -> Upgrade:
    """Return what an upgrade of a plan folder changes; nothing is written.

    Raises `InputError` for a file that cannot be read, or that no rule can rewrite safely.
    """
    read = []
    for path in turtle_files(folder):
        text = decode(read_bytes(path), path)
        read.append(parsed(path.relative_to(folder).as_posix(), path, text))
    triples = [triple for _, held in read for triple in held]
    kinds = _kinds(triples)
    texts: dict[str, str] = {}
    changes: list[Change] = []
    for file, held in read:
        wanted = {triple: new for triple in held if (new := _renamed(triple, kinds))}
        added = {
            ox.Triple(triple.subject, ox.NamedNode(_VERSION), ox.Literal(FORMAT))
            for triple in held
            if triple.predicate.value == RDF.type
            and triple.object == ox.NamedNode(MG.StrategicPlan)
            if not any(_is_version(other, triple.subject) for other in triples)
        }
        if not wanted and not added:
            continue
        text = _rewritten(file, wanted, added)
        expected = {
            _with(triple, wanted.get(triple, triple.predicate.value)) for triple in held
        } | added
        _check_same(file, text, expected)
        texts[file.name] = text
        changes += _counted(file.name, wanted, len(added))
    return Upgrade(texts, tuple(changes))


def _kinds(triples: Iterable[ox.Triple]) -> dict[str, set[str]]:
    """Return the classes of each record, with those above that the plan itself declares."""
    kinds: dict[str, set[str]] = {}
    above: dict[str, set[str]] = {}
    for triple in triples:
        for predicate, by_subject in ((RDF.type, kinds), (RDF.subClassOf, above)):
            if triple.predicate.value == predicate and isinstance(triple.object, ox.NamedNode):
                by_subject.setdefault(_subject(triple), set()).add(triple.object.value)
    return {subject: _closed(held, above) for subject, held in kinds.items()}


def _closed(kinds: set[str], above: Mapping[str, set[str]]) -> set[str]:
    closed, frontier = set(kinds), set(kinds)
    while frontier:
        frontier = set().union(*(above.get(kind, set()) for kind in frontier)) - closed
        closed |= frontier
    return closed


def _renamed(triple: ox.Triple, kinds: Mapping[str, set[str]]) -> str | None:
    """Return the property by which the format of today says a triple, where it is another."""
    old = triple.predicate.value
    mine = kinds.get(_subject(triple), set())
    if old in _DECIDED:
        return _DECIDED[old] if MG.Decision in mine else None
    if old in _OF_DECISIONS:
        target = str(getattr(triple.object, "value", ""))
        return _OF_DECISIONS[old] if MG.Decision in kinds.get(target, set()) else None
    if old == _CREATED:
        return None if mine & set(_STATEMENTS) else MG.recordedOn
    return _OF_RECORDS.get(old)


def _subject(triple: ox.Triple) -> str:
    return str(getattr(triple.subject, "value", ""))


def _is_version(triple: ox.Triple, plan: object) -> bool:
    return triple.predicate.value == _VERSION and triple.subject == plan


def _with(triple: ox.Triple, predicate: str) -> ox.Triple:
    return ox.Triple(triple.subject, ox.NamedNode(predicate), triple.object)


def _rewritten(file: File, wanted: Mapping[ox.Triple, str], added: Iterable[ox.Triple]) -> str:
    """Return a file's text with its properties by their new names, and the version of its plan."""
    names = {(_subject(triple), triple.predicate.value): new for triple, new in wanted.items()}
    plans = {_subject(triple) for triple in added}
    prefix = next((key for key, iri in file.prefixes.items() if iri == MG_NAMESPACE), None)

    def written(iri: str) -> str:
        local = iri.removeprefix(MG_NAMESPACE)
        return f"<{iri}>" if prefix is None else f"{prefix}:{local}"

    parts: list[str] = []
    done, subject = 0, ""
    for start, end in _names_in(file.text):
        iri = _iri(file.text[start:end], file)
        if start == 0 or file.text[start - 1] == "\n":
            subject = iri
        elif (subject, iri) in names:
            parts += [file.text[done:start], written(names[subject, iri])]
            done = end
        elif subject in plans and iri == MG.StrategicPlan:
            plans.discard(subject)
            parts += [file.text[done:end], f' ;\n    {written(_VERSION)} "{FORMAT}"']
            done = end
    return "".join([*parts, file.text[done:]])


def _names_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where IRIs and prefixed names stand, outside of comments and strings."""
    last = 0
    for start, end in (*spans(text), (len(text), len(text))):
        yield from (match.span() for match in _NAME.finditer(text, last, start))
        if text[start:end].startswith("<"):
            yield start, end
        last = end


def _iri(token: str, file: File) -> str:
    """Return the IRI that a token of Turtle stands for."""
    if token.startswith("<"):
        return urljoin(file.base or "", token[1:-1])
    prefix, _, local = token.partition(":")
    return file.prefixes.get(prefix, f"{prefix}:") + local


def _check_same(file: File, text: str, expected: set[ox.Triple]) -> None:
    """Raise `InputError` where a text does not say just what is expected."""
    try:
        _, held = parsed(file.name, file.path, text)
    except InputError:
        held = []
    if set(held) != expected:
        raise InputError(
            "{path}: cannot be upgraded automatically: a record does not begin at the "
            "start of a line, or its statements are in an unusual order. Apply the rules "
            "of docs/format-changes.md by hand. Nothing was changed.",
            path=file.path,
        )


def _counted(file: str, wanted: Mapping[ox.Triple, str], added: int) -> Iterator[Change]:
    pairs: dict[tuple[str, str], int] = {}
    for triple, new in wanted.items():
        pair = triple.predicate.value, new
        pairs[pair] = pairs.get(pair, 0) + 1
    for (old, new), number in sorted(pairs.items()):
        yield Change(file, _short(old), _short(new), number)
    if added:
        yield Change(file, "", _short(_VERSION), added)


def _short(iri: str) -> str:
    return iri.replace(MG_NAMESPACE, "mg:").replace(DCTERMS_NAMESPACE, "dcterms:")


def sentence(plan: Plan) -> str | None:
    """Return what to do with a plan of an earlier format, or nothing for one of today's."""
    if not needs_upgrade(plan.built.engine):
        return None
    return word("upgrade_needed", plan.lang).format(plan.built.folder)
