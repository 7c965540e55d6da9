"""Reads a file of IATI activities (2.01 to 2.03) as a plan, with remarks.

The file becomes one plan. An activity of it is an activity, a result a result of that plan, an
indicator measures its result, and baselines, targets and actual values are figures. The file is
read twice, one activity at a time: first for languages, years and ids, then for the records, while
they are written. So the memory that is needed does not grow with the activities.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox
from lxml import etree

from metrograph.errors import InputError, Text
from metrograph.exchange.drafts import Languages, Names, Thing, merge, record
from metrograph.exchange.iati import read_activity
from metrograph.exchange.iati.codes import ID, VERSIONS, local
from metrograph.exchange.iati.context import Memory, Noticed, Reading
from metrograph.exchange.iati.read_parts import typed
from metrograph.exchange.iati.texts import describe_attributes
from metrograph.exchange.xml_stream import line, root_of, streamed
from metrograph.messages import word
from metrograph.reading import notices
from metrograph.reading.dates import read_xml_day
from metrograph.reading.notices import Read
from metrograph.store.new_plan import Draft, check_base, fingerprint
from metrograph.store.records import Record
from metrograph.text import as_key
from metrograph.vocabulary import MG, Dcterms, Org, Skos

_ACTIVITIES = "activities.ttl"
_MARK = 8  # signs of the digest, by which the ids of two files differ that have the same name
_FILES = {
    MG.StrategicPlan: "plan.ttl",
    MG.Level: "plan.ttl",
    MG.Source: "sources.ttl",
    Org.Organization: "organizations.ttl",
    MG.Place: "places.ttl",
    MG.Document: "documents.ttl",
    **dict.fromkeys((Skos.Concept, Skos.ConceptScheme, MG.Status, MG.Unit), "categories.ttl"),
}
_STREAMED = frozenset((MG.Activity, MG.Result, MG.Indicator, MG.Observation))


def is_iati(root: etree._Element) -> bool:
    """Tell by its root element whether a file is one of IATI, of whatever version and kind."""
    return local(root) in {"iati-activities", "iati-organisations"}


def read(path: Path, base: str, lang: str) -> Read:
    """Return the plan that a file of activities makes, under a base IRI.

    `lang` is the language of texts that give none, and of the remarks. Raises `UsageError` for a
    base that is none, and `InputError` for another kind of file or version, and for what is no XML
    or not safe to read.
    """
    check_base(base)
    root = root_of(path)
    version = _version(path, root)
    begun = _begin(path, root, base, lang)
    noticed = begun.noticed
    if version != max(VERSIONS):
        noticed.add(line(root), notices.READ, f"version {version}", "iati_older")
    survey = _survey(path, begun)
    if not survey.records:
        raise InputError(
            "{path}: the file contains no iati-activity. Check that it is complete.", path=path
        )
    languages = survey.languages.chosen(lang)
    if other := survey.languages.without(languages[0]):
        noticed.add(line(root), notices.GUESSED, str(other), "iati_other_language", languages[0])
    return Read(_draft(path, root, begun, survey, languages), noticed.all())


def _version(path: Path, root: etree._Element) -> str:
    """Return the version of a file of activities, or raise `InputError` for what is not read."""
    if local(root) == "iati-organisations":
        raise InputError(
            "{path}: this IATI file describes organisations, not activities. Give the "
            "organisation's activity file.",
            path=path,
        )
    if not is_iati(root):
        raise InputError(
            "{path}: this is not an IATI file: it begins with <{local}>.",
            path=path,
            local=local(root),
        )
    version = (root.get("version") or "").strip()
    if version not in VERSIONS:
        raise InputError(
            "{path}:{line}: unsupported IATI version: {version}. Supported versions: "
            "{versions}. Ask the publisher for a file in version {versions2}.",
            path=path,
            line=line(root),
            version=version or Text("not given"),
            versions=", ".join(VERSIONS),
            versions2=max(VERSIONS),
        )
    return version


def _begin(path: Path, root: etree._Element, base: str, lang: str) -> Reading:
    names = Names(base)
    year = read_xml_day(root.get("generated-datetime"))
    level = names.made(MG.Level, "result", "level/result")
    names.made(Skos.ConceptScheme, "levels", "scheme/levels")
    return Reading(
        lang=lang,
        year=year[:4] if year else str(VERSIONS[root.get("version", "").strip()]),
        last=fingerprint(path)[1],
        memory=Memory(names),
        noticed=Noticed(path.name, lang),
        plan=names.ours(MG.StrategicPlan, root.get(ID)) or f"{base}plan",  # until years are known
        level=level,
    )


# ---------------------------------------------------------------- the first reading


@dataclass
class _Survey:
    """What the first reading learns of a file beside what its `Memory` keeps.

    `shared` are the records that several activities describe, `often` the IRIs of those that have
    records among the activities and are told of several times.
    """

    languages: Languages
    shared: dict[str, Thing]
    often: frozenset[str]
    years: tuple[str, str]
    reporters: frozenset[str]
    records: int


def _survey(path: Path, reading: Reading) -> _Survey:
    languages, shared = Languages(), dict[str, Thing]()
    told_of = Counter[str]()
    years: set[str] = set()
    reporters: set[str] = set()
    records = 0
    for things in _activities(path, reading):
        years |= _years(things[0])
        reporters |= {value.value for value in things[0].facts.get(MG.recordedBy, ())}
        for thing in things:
            if thing.kind in _STREAMED:
                records += 1
                languages.count(thing)
                told_of[thing.iri] += reading.memory.names.kind(thing.iri) is not None
            elif thing.iri in shared:
                merge(shared[thing.iri], thing, reading.lang)
            else:
                shared[thing.iri] = thing
    for thing in shared.values():
        languages.count(thing)
    often = frozenset(iri for iri, count in told_of.items() if count > 1)
    repeated = sum(told_of[iri] - 1 for iri in often)
    span = (min(years), max(years)) if years else (reading.year, reading.year)
    return _Survey(languages, shared, often, span, frozenset(reporters), records - repeated)


def _activities(path: Path, reading: Reading) -> Iterator[list[Thing]]:
    """Yield the records of each activity; what stands between them is noticed."""
    for element in streamed(path):
        if local(element) == "iati-activity":
            yield read_activity.read_records(reading, element)
        else:
            reading.noticed.count(line(element), notices.LEFT, local(element), "iati_between")


def _years(activity: Thing) -> set[str]:
    return {
        value.value[:4]
        for predicate in (MG.year, MG.startDate, MG.endDate)
        for value in activity.facts.get(predicate, ())
    }


# ---------------------------------------------------------------- the plan


@dataclass(frozen=True)
class _Streamed(Collection[Record]):
    """The records of the activities, made again from the file whenever they are asked for."""

    path: Path
    begun: Reading
    survey: _Survey
    languages: Sequence[str]
    source: str

    def __iter__(self) -> Iterator[Record]:
        reading = Reading(
            self.begun.lang,
            self.begun.year,
            self.begun.last,
            self.begun.memory,
            Noticed("", self.begun.lang),
            self.begun.plan,
            self.begun.level,
        )
        often: dict[str, Thing] = {}
        for things in _activities(self.path, reading):
            for thing in things:
                if thing.iri in often:
                    merge(often[thing.iri], thing, reading.lang)
                elif thing.iri in self.survey.often:
                    often[thing.iri] = thing
                elif thing.kind in _STREAMED:
                    yield record(thing, self.languages, self.source)
        for thing in often.values():
            yield record(thing, self.languages, self.source)

    def __len__(self) -> int:
        return self.survey.records

    def __contains__(self, item: object) -> bool:
        return any(item == other for other in self)


def _draft(
    path: Path, root: etree._Element, begun: Reading, survey: _Survey, languages: Sequence[str]
) -> Draft:
    names = begun.memory.names
    first, last = survey.years
    period = first if first == last else f"{first}-{last}"
    if names.kind(begun.plan) is None:
        begun.plan = names.made(MG.StrategicPlan, "", f"plan/{period}")
    digest, lines = fingerprint(path)
    wished = f"source/{as_key(path.stem) or 'iati'}-{digest[:_MARK]}"
    source = names.made(MG.Source, "", wished)
    things = [
        _plan(path, begun, root, survey, languages),
        *_levels(begun),
        _source(path.name, source, digest, lines),
        *survey.shared.values(),
    ]
    files: dict[str, tuple[str, Collection[Record]]] = {}
    for name in dict.fromkeys(_FILES.values()):
        chosen = [
            record(thing, languages, source) for thing in things if _FILES[thing.kind] == name
        ]
        files[name] = (_about(name, begun.lang), chosen)
    streamed_ = _Streamed(path, begun, survey, languages, source)
    files[_ACTIVITIES] = (_about(_ACTIVITIES, begun.lang), streamed_)
    return Draft(names.base, files)


def _about(name: str, lang: str) -> str:
    return word("iati_about_" + name.removesuffix(".ttl"), lang)


def _plan(
    path: Path, begun: Reading, root: etree._Element, survey: _Survey, languages: Sequence[str]
) -> Thing:
    plan = Thing(begun.plan, MG.StrategicPlan, (line(root), line(root)))
    whose = [survey.shared[reporter] for reporter in survey.reporters]
    plan.stand_in = partial(_plan_name, path.name, whose[0] if len(whose) == 1 else None)
    plan.say(MG.startDate, typed(survey.years[0], "gYear"))
    plan.say(MG.endDate, typed(survey.years[1], "gYear"))
    plan.say(Dcterms.language, *(ox.Literal(lang) for lang in languages))
    plan.note(describe_attributes(root, begun.lang))
    return plan


def _plan_name(file: str, reporter: Thing | None, lang: str) -> str:
    return word("iati_plan", lang).format(reporter.called(lang) if reporter else file)


def _levels(begun: Reading) -> Iterator[Thing]:
    """Yield the one level of results, and the list that it is in."""
    scheme = Thing(
        f"{begun.memory.names.base}scheme/levels",
        Skos.ConceptScheme,
        (1, 1),
        partial(word, "iati_levels"),
    )
    level = Thing(begun.level, MG.Level, (1, 1), partial(word, "iati_result"))
    level.say(MG.depth, ox.Literal(1))
    level.link(Skos.inScheme, scheme)
    yield from (scheme, level)


def _source(name: str, source: str, digest: str, lines: int) -> Thing:
    thing = Thing(source, MG.Source, (1, lines), lambda _: name)
    thing.say(MG.sha256, ox.Literal(digest))
    thing.say(MG.lineCount, ox.Literal(lines))
    return thing
