"""Chooses the id of a new record, and the file to which it is added."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from metrograph.editing.forms import Form
from metrograph.editing.shapes import local
from metrograph.editing.values import Term, language_of
from metrograph.ids import Ids, free_id
from metrograph.messages import LANGUAGES
from metrograph.store.engine import Engine
from metrograph.store.entries import Built
from metrograph.store.records import Record
from metrograph.store.turtle import File
from metrograph.store.working import is_of_file, place_of, read_files
from metrograph.text import as_key
from metrograph.vocabulary import MG, RDF, Org, Prov, Skos

NEW = "new"  # stands for a part of an id that is not known yet; such a record is never written
_LONGEST = 60  # signs of a key that is made from a label
_PATTERNS = {
    MG.Coding: (MG.codedBy, MG.codedActivity),
    MG.Intersection: (MG.ofChallenge, MG.ofTheme),
    Org.Membership: (MG.year, Org.organization, Org.role, Org.member),
}  # the records whose keys make the id, in turn
_WITHIN = (
    MG.year,
    Skos.broader,
)  # where required, their keys go before the key that is made from the label
_FIRST = {  # the first part of an id, where it is not the name of the class (docs/model.md)
    "AlignmentClaim": "claim", "ActionLine": "line", "VisionTheme": "theme", "WorkArea": "area",
    "CrosscuttingFactor": "factor", "CoreValue": "value", "GovernancePrinciple": "governance",
    "CallPoint": "call", "GlobalAgenda": "agenda", "PreparationStep": "preparation",
    "EvaluationStep": "evaluation", "ImpactAssessment": "assessment", "Membership": "office",
    "StrategicPlan": "plan", "CountUnit": "unit", "ConceptScheme": "scheme",
    "PlanElement": "element",
}  # fmt: skip
_APART = {  # what tells the files of a kind apart
    MG.Activity: MG.year,
    MG.AlignmentClaim: Prov.wasAttributedTo,
    MG.Coding: MG.codedBy,
    MG.Observation: MG.citation,
}
_STEMS = {
    MG.Activity: "activities",
    MG.AlignmentClaim: "claims",
    MG.Coding: "claims",
    MG.Observation: "figures",
}


@dataclass(frozen=True)
class Now:
    """The files of a plan as they are now: what they assert, and their texts."""

    engine: Engine
    files: tuple[File, ...]
    ids: Ids

    def file_of(self, iri: str) -> File | None:
        """Return the file in which a record stands, if it begins a line there."""
        try:
            node = ox.NamedNode(iri)
        except ValueError:  # no id that there could be
            return None
        graphs = {quad.graph_name for quad in self.engine.quads(node)}
        having = (file for file in self.files if file.graph in graphs)
        return next((file for file in having if place_of(file, iri)), None)

    def knows(self, iri: str) -> bool:
        """Return whether a file, or the ontology, has a record of an IRI."""
        node = ox.NamedNode(iri)
        return self.engine.holds(node)

    def text(self, name: str) -> str:
        """Return the text of a file by its name, or nothing."""
        return next((file.text for file in self.files if file.name == name), "")


def read_now(folder: Path, ids: Ids, built: Built | None = None) -> Now:
    """Read the files of a plan folder; what a store was `built` of is not parsed again.

    Raises `InputError` where one cannot be read.
    """
    engine, files = read_files(folder, built)
    return Now(engine, files, ids)


def new_id(now: Now, form: Form, facts: Mapping[str, Sequence[Term]]) -> str:
    """Return a free id for a new record, by the pattern of its kind (docs/model.md).

    The first part is what the plan's records of that kind have, such as `outcome` for a result.
    """
    return free_id(natural_id(now, form, facts), lambda name: now.knows(now.ids.iri(name)))


def natural_id(now: Now, form: Form, facts: Mapping[str, Sequence[Term]]) -> str:
    """Return the id that a record has by its pattern, whether it is free or not."""
    return "/".join((prefix_of(now, form.type), *_parts(now, form, facts)))


def prefix_of(now: Now, kind: str) -> str:
    """Return the first part of the ids of a class: as the plan has it, or the usual one."""
    used = Counter(now.ids.short(iri).partition("/")[0] for iri in _of_kind(now, kind))
    if used:
        return sorted(used, key=lambda first: (-used[first], first))[0]
    name = local(kind)
    return _FIRST.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _parts(now: Now, form: Form, facts: Mapping[str, Sequence[Term]]) -> tuple[str, ...]:
    """Return the parts of an id after the first."""

    def key(path: str) -> str:
        return _first(now, facts, path).rpartition("/")[2] or NEW

    if form.type == MG.AlignmentClaim:
        claimed = [path for path in facts if local(path).startswith("claims")]
        category = _first(now, facts, claimed[0]) if claimed else NEW
        return key(Prov.wasAttributedTo), key(MG.onActivity), category
    if form.type == MG.Observation:
        return key(MG.ofIndicator), _period(now, facts), key(MG.subject)
    if form.type == MG.StatusReport:
        return status_report_key(_first(now, facts, MG.statusOf), _first(now, facts, MG.asOf))
    if form.type in _PATTERNS:
        return tuple(map(key, _PATTERNS[form.type]))
    number = _first(now, facts, Skos.notation)
    is_printed = form.field(MG.position) and re.fullmatch(r"[0-9.]*[0-9]", number)
    if is_printed or (form.type == MG.Country and number):
        return (number.lower(),)  # elements of the plan go by their printed number
    wholes = [key(path) for path in _WITHIN if (field := form.field(path)) and field.required]
    return (*wholes, _key(facts.get(RDF.label, ())))


def status_report_key(element: str, day: str) -> tuple[str, str]:
    """Return the parts of the id of a status report after the first: its element and its day.

    >>> status_report_key("action/1.1", "2026-03-01"), status_report_key("", "")
    (('action-1.1', '2026-03-01'), ('new', '0'))
    """
    return element.replace("/", "-") or NEW, day or "0"


def _first(now: Now, facts: Mapping[str, Sequence[Term]], path: str) -> str:
    """Return the first value of a property as it is shown, or nothing."""
    for term in facts.get(path, ()):
        return now.ids.short(term.value)
    return ""


def _period(now: Now, facts: Mapping[str, Sequence[Term]]) -> str:
    years = [_first(now, facts, path)[:4] for path in (MG.startDate, MG.endDate)]
    period = _first(now, facts, MG.year) or "-".join(dict.fromkeys(year for year in years if year))
    return period or NEW


def _key(labels: Iterable[Term]) -> str:
    """Return a key of lower-case ASCII words, from the English label if there is one.

    >>> _key([ox.Literal("L'été à Málaga", language="fr")])
    'l-ete-a-malaga'
    """
    names = {language_of(label): label.value for label in labels}
    for tag in (*LANGUAGES, *sorted(names)):
        key = as_key(names.get(tag, ""))
        if key:
            return key if len(key) <= _LONGEST else key[: _LONGEST + 1].rpartition("-")[0]
    return NEW


def _of_kind(now: Now, kind: str) -> list[str]:
    return sorted(iri for iri, _ in _graphs_of_kind(now, kind))


def _graphs_of_kind(now: Now, kind: str) -> list[tuple[str, str]]:
    """Return the records of a class, each with the graph of the file that says so."""
    return [
        (quad.subject.value, str(getattr(quad.graph_name, "value", "")))
        for quad in now.engine.quads(None, ox.NamedNode(RDF.type), ox.NamedNode(kind))
        if isinstance(quad.subject, ox.NamedNode) and is_of_file(quad)
    ]


def file_for(now: Now, form: Form, record: Record) -> tuple[str, str]:
    """Return the file for a new record, and what a new file opens with.

    It stands where its like stand: activities of its year, claims of its coder, figures of its
    source. Where files are told apart by that, and none has its like yet, it begins a new one.
    """
    split = part_of_file(now, form, record)
    held = _splits(now, form.type)
    ranked = sorted(held, key=lambda file: (-held[file].total(), file))
    alike = sorted(ranked, key=lambda file: -held[file][split])
    if alike and held[alike[0]][split]:
        return alike[0], ""
    mixed = [file for file in ranked if not _is_split(file, held[file])]
    if mixed:
        return mixed[0], ""
    stem = Path(ranked[0]).stem.rpartition("-")[0] if ranked else ""
    stem = stem or _STEMS.get(form.type, prefix_of(now, form.type))
    file = f"{stem}-{split}.ttl" if split else f"{stem}.ttl"
    about = f"Records of the kind {form.label}" + (f": {split}." if split else ".")
    return file, " ".join(about.split())


def part_of_file(now: Now, form: Form, record: Record) -> str:
    """Return what tells the file of a record from those of its like: its year, coder or source."""
    return _split(now, form.type, record.triples())


def _splits(now: Now, kind: str) -> dict[str, Counter[str]]:
    """Return the files with records of a kind, each with what tells them apart, and how often."""
    facts: dict[str, list[ox.Triple]] = {}
    if path := _APART.get(kind):
        for triple in now.engine.triples(None, ox.NamedNode(path)):
            facts.setdefault(str(getattr(triple.subject, "value", "")), []).append(triple)
    names = {file.graph.value: file.name for file in now.files}
    held: dict[str, Counter[str]] = {}
    for iri, graph in sorted(_graphs_of_kind(now, kind)):
        split = _split(now, kind, facts.get(iri, ()))
        held.setdefault(names[graph], Counter())[split] += 1
    return held


def _split(now: Now, kind: str, triples: Iterable[ox.Triple]) -> str:
    """Return what tells the files of a kind apart: a key of the year, coder or source."""
    values = sorted(
        triple.object.value
        for triple in triples
        if triple.predicate.value == _APART.get(kind)
        and isinstance(triple.object, ox.NamedNode | ox.Literal)
    )
    shown = now.ids.short(values[0]).partition("#")[0].rpartition("/")[2] if values else ""
    return re.sub(r"[^a-z0-9-]", "", shown)


def _is_split(file: str, held: Counter[str]) -> bool:
    """Return whether a file is named after the only value that its records share."""
    suffix = Path(file).stem.rpartition("-")[2]
    return suffix != Path(file).stem and len(held) == 1 and suffix in next(iter(held))


def file_of_coders(now: Now) -> str:
    """Return the file for a new coder."""
    files = (now.file_of(iri) for iri in _of_kind(now, MG.Coder))
    return next((file.name for file in files if file), "coders.ttl")
