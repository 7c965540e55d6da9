"""Builds a plan from its files: load, infer and validate, with the locations of findings."""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from metrograph import paths as resources
from metrograph.errors import Text
from metrograph.late import late
from metrograph.store.checks import checked
from metrograph.store.digest import Stated, sha256
from metrograph.store.entries import Content
from metrograph.store.findings import Finding, count, located, set_of, to_json
from metrograph.store.inference import infer
from metrograph.store.kept import compiled
from metrograph.store.loading import load_apart, load_together, write
from metrograph.store.program import Program
from metrograph.store.reports import Report, Step
from metrograph.store.statements import unusable_values, without_effect, written_conclusions
from metrograph.store.turtle import File, load_ontology, places, plan_and_base
from metrograph.vocabulary import MG, MG_NAMESPACE, Dcterms

if TYPE_CHECKING:
    import rdflib

    from metrograph.store import validation
else:
    rdflib = late("rdflib")
    validation = late("metrograph.store.validation")

_PLAN = MG.StrategicPlan.removeprefix(MG_NAMESPACE)


@dataclass(frozen=True)
class Assembled:
    """A store of what files assert and all that follows, and what the checks found.

    What each file asserts is not in its store by itself, but in the stores that are made of it.
    `findings` have no places yet: to look for them takes long, and few builds show any.
    """

    store: ox.Store
    findings: tuple[Finding, ...]
    plan: str
    base: str
    languages: tuple[str, ...]
    files: tuple[File, ...] = ()

    def in_memory(self) -> ox.Store:
        """Return the store, with a graph for each file from now on."""
        load_apart(self.store, self.files)
        return self.store

    def write(self, folder: Path) -> None:
        """Write the store to a folder, with a graph for each file."""
        write(self.store, self.files, folder)

    def contents(self) -> Iterator[bytes]:
        """Yield the content of each file, with the mark that its text began with."""
        for file in self.files:
            data = file.text.encode()
            yield data if sha256(data) == file.sha256 else codecs.BOM_UTF8 + data

    def located(self) -> list[Finding]:
        """Return the findings with their places, in order."""
        return located(self.findings, places(self.files))

    def content(self) -> Content:
        """Return what is kept beside the store."""
        return Content(
            plan=self.plan,
            base=self.base,
            languages=self.languages,
            violations=count(self.findings)["violation"],
            files={
                file.name: Stated(file.sha256, file.triples, file.base, file.prefixes, file.repeats)
                for file in self.files
            },
            findings=[to_json(finding) for finding in self.findings],
            is_placed=False,
        )


def assemble(
    paths: Iterable[Path],
    folder: Path | None = None,
    progress: Report = lambda _: None,
) -> Assembled:
    """Read Turtle files into a store in memory and return them inferred and validated.

    With the `folder` that they are a plan of, they must hold a plan; without it, they are mere
    examples. Raises `InputError` for what cannot be read.
    """
    store = ox.Store()
    progress(Step(Text("reading")))
    files = load_together(store, paths, folder)
    plan, base = _plan_and_base(files) if folder else ("", files[0].base or "")
    findings = _completed(store, progress)
    return Assembled(
        store=store,
        findings=tuple(set_of(findings)),
        plan=plan,
        base=base,
        languages=languages_of(store, plan),
        files=tuple(files),
    )


def _plan_and_base(files: list[File]) -> tuple[str, str]:
    """Return the plan and its base: see `plan_and_base`. Only files that name a plan are read."""
    alone = ox.Store()
    load_apart(alone, [file for file in files if _PLAN in file.text] or files)
    return plan_and_base(alone, files)


def check(paths: Iterable[Path]) -> list[Finding]:
    """Return what the checks find in Turtle files that metrograph wrote, without their places.

    It takes half the time of `assemble`: no file is looked at line by line, and nothing is kept.
    """
    store = ox.Store()
    for path in paths:
        store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
    return set_of(_completed(store))


@cache
def rules() -> tuple["rdflib.Graph", Program, "rdflib.Graph"]:
    """Return the ontology, its program of rules, and the shapes; read once."""
    ontology = rdflib.Graph().parse(resources.ONTOLOGY / "metrograph.ttl", format="turtle")
    return ontology, compiled().program, validation.shapes_of(compiled().shapes)


def _completed(store: ox.Store, progress: Report = lambda _: None) -> list[Finding]:
    """Add the ontology and what follows to what files assert, and return what the checks find."""
    terms = ox.Store()
    load_ontology(terms)
    asserted = [
        *written_conclusions(store), *unusable_values(store), *without_effect(store, terms)
    ]  # fmt: skip
    load_ontology(store)
    progress(Step(Text("inferring")))
    contradictions = infer(store, compiled().program)
    progress(Step(Text("checking")))
    return [*contradictions, *asserted, *checked(store)]


def languages_of(store: ox.Store, plan: str) -> tuple[str, ...]:
    """Return the languages in which records are named: by default, those of the plan's text."""
    if not plan:
        return ()
    for setting in (MG.labelLanguage, Dcterms.language):
        quads = store.quads_for_pattern(
            ox.NamedNode(plan), ox.NamedNode(setting), None, ox.DefaultGraph()
        )
        languages = {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
        if languages:
            return tuple(sorted(languages))
    return ()
