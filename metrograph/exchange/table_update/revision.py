"""Finds what the next file of a plan's table changes in the plan, and writes it.

Nothing is deleted: what the file no longer has is listed, and stays. Statuses and figures of
another value come beside the earlier ones, with the day of the file.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from metrograph.editing.placement import read_now
from metrograph.exchange.table_update import figures, held, kept_map, merging, placing
from metrograph.exchange.table_update.held import Facts, Held, Term
from metrograph.exchange.table_update.matching import Matching, Renaming, matched
from metrograph.exchange.table_update.translation import numbered, translated
from metrograph.exchange.workbook import saving
from metrograph.exchange.workbook.changes import Change, ChangeSet, texts
from metrograph.exchange.workbook.faults import Fault
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.reading.any_table import reader
from metrograph.reading.any_table.mapping import KEPT
from metrograph.reading.notices import LEFT, READ, Remark
from metrograph.store.new_plan import Draft
from metrograph.store.records import Record
from metrograph.store.writing import replace_file
from metrograph.vocabulary import MG, RDF, Dcterms

_LISTS = (MG.Stakeholder, MG.Indicator)  # records of which a file may add to what they list
_OPTIONAL = (MG.startDate, MG.endDate, MG.status, MG.place, Dcterms.description)


@dataclass(frozen=True)
class Revision:
    """What a file changes: records to write, and the same with figures as old and new to show.

    `renamings` are elements whose name the file changes, if it means them; `faults` what is wrong
    with the plan as it would be; `files` other texts to write, by their names.
    """

    changes: ChangeSet
    shown: ChangeSet
    renamings: tuple[Renaming, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Remark, ...]
    files: dict[str, str]


def dated(draft: Draft, day: date) -> Draft:
    """Return a plan whose source carries the day to which its statuses and figures apply."""
    files = {}
    for name, (about, records) in draft.files.items():
        files[name] = about, records
        if name == "sources.ttl":
            files[name] = about, [_dated(record, day) for record in records]
    return replace(draft, files=files)


def _dated(record: Record, day: date) -> Record:
    return Record(record.subject, (*record.facts, (MG.asOf, (figures.day_of(day),))))


def revision(
    plan: Plan, path: Path, fit: kept_map.Refitted, day: date, asks_renamings: bool = True
) -> Revision:
    """Return what a file changes in the plan that was made from the same table.

    `day` is the one to which its statuses and figures apply. Without `asks_renamings`, elements
    with another name are new. Raises `InputError` for a file that cannot be read.
    """
    now = read_now(plan.built.folder, plan.ids)
    ours = held.from_plan(now)
    lang = _language(ours) or plan.lang
    read = reader.read(path, plan.ids.base, lang, fit.mapping)
    draft = dated(read.draft, day)
    records = held.from_records(record for _, of in draft.files.values() for record in of)
    theirs = numbered(ours, records)
    matching = matched(ours, theirs, lang, asks_renamings)
    made = translated(ours, theirs, matching, plan.ids)
    differences = _Differences(plan, ours, made, day, path.name)
    changes, shown, notes = _compared(differences)
    written = ChangeSet(tuple(changes), (), texts(plan, now, changes))
    return Revision(
        written,
        ChangeSet(tuple(shown), (), {}),
        tuple(matching.renamings),
        tuple(saving.faults_of(plan, written)),
        (*_missing(fit, plan.lang), *_of_cells(read.remarks), *notes),
        _files(draft, matching, ours),
    )


@dataclass(frozen=True)
class _Differences:
    """A plan and what a file states of it, in the plan's ids, to be compared."""

    plan: Plan
    ours: Held
    made: Held
    day: date
    name: str  # of the file

    def change(self, iri: str, before: Facts | None, after: Facts | None) -> Change:
        """Return what becomes of a record."""
        what = "changed" if before and after else "added" if after else "removed"
        facts = after or before or {}
        return Change(
            what,  # type: ignore[arg-type]  # one of the literals, by the line above
            self.plan.ids.short(iri),
            held.value(facts, RDF.type),
            self.name,
            merging.record(iri, before) if before else None,
            merging.record(iri, after) if after else None,
            {},
        )


def _compared(of: _Differences) -> tuple[list[Change], list[Change], list[Remark]]:
    """Return the changes to write, those to show, and remarks on what stays as it is."""
    changes: list[Change] = []
    shown: list[Change] = []
    restated: dict[str, Facts] = {}
    blank = 0
    made = dict(of.made.of_kind(MG.PlanElement))
    stated_paths = {path for facts in made.values() for path in facts}
    after = {
        iri: merging.element(of.ours.records.get(iri, {}), facts) for iri, facts in made.items()
    }
    for iri, facts in placing.placed(of.ours, after).items():
        before, stated = of.ours.records.get(iri), made.get(iri, {})
        if before and stated:
            blank += merging.blanks(
                before, stated, [path for path in _OPTIONAL if path in stated_paths]
            )
        if before and merging.is_same(before, facts):
            shown.append(replace(of.change(iri, before, before), what="unchanged"))
            continue
        cited = merging.cited(facts, stated.get(MG.citation, ())) if before else facts
        if set(cited.get(MG.status, ())) != set((before or {}).get(MG.status, ())):
            restated[iri] = cited
        changes.append(of.change(iri, before, cited))
        shown.append(_shown(of, changes[-1]))
    for change in (*_lists(of), *_added_lists(of)):
        changes.append(change)
        shown.append(_shown(of, change))
    reports, unchanged, gone = figures.figures(of.ours, of.made, of.plan.ids, of.day)
    for report in reports:
        changes.append(of.change(report.iri, None, report.facts))
        shown.append(_figure_shown(of, report))
    for report in figures.statuses(of.ours, restated, of.plan.ids, of.day):
        changes.append(of.change(report.iri, None, report.facts))
    if changes:
        sources = [item for item in of.made.of_kind(MG.Source) if item[0] not in of.ours.records]
        changes += [of.change(iri, None, facts) for iri, facts in sources]
    return changes, [*shown, *_removed(of)], _kept(of, blank + gone, unchanged)


def _removed(of: _Differences) -> list[Change]:
    """Return the elements of the levels of the file that it no longer has."""
    made = dict(of.made.of_kind(MG.PlanElement))
    levels = {held.value(facts, MG.level) for facts in made.values()}
    return [
        of.change(iri, facts, None)
        for iri, facts in of.ours.of_kind(MG.PlanElement)
        if iri not in made and held.value(facts, MG.level) in levels
    ]


def _lists(of: _Differences) -> Iterable[Change]:
    """Yield the owners and indicators of the plan of which the file states otherwise."""
    for iri, facts in of.made.of_kind(MG.Indicator):
        if before := of.ours.records.get(iri):
            after = merging.joined(before, facts, MG.measures, Dcterms.identifier)
            if not merging.is_same(before, after):
                after = merging.cited(after, facts.get(MG.citation, ()))
                yield of.change(iri, before, after)
    owned: dict[str, set[ox.NamedNode | ox.Literal]] = {}
    for _, facts in of.made.of_kind(MG.Stakeholder):
        owned.setdefault(held.value(facts, MG.stakeholderRole), set()).update(facts[MG.stakeIn])
    for iri, before in of.ours.of_kind(MG.Stakeholder):
        decided = owned.get(held.value(before, MG.stakeholderRole), set())
        facts = of.made.records.get(iri, {})
        kept = [term for term in before.get(MG.stakeIn, ()) if term not in decided]
        stakes = dict.fromkeys((*kept, *facts.get(MG.stakeIn, ())))
        plans = [ox.NamedNode(whole) for whole, _ in of.ours.of_kind(MG.StrategicPlan)][:1]
        after = {**before, MG.stakeIn: tuple(stakes) or tuple(plans)}
        if not merging.is_same(before, after):
            yield of.change(iri, before, merging.cited(after, facts.get(MG.citation, ())))


def _added_lists(of: _Differences) -> Iterable[Change]:
    """Yield the statuses, organisations, units and so on that only the file has."""
    others = {MG.PlanElement, MG.Observation, MG.Source}
    for iri, facts in of.made.records.items():
        if iri not in of.ours.records and held.value(facts, RDF.type) not in others:
            yield of.change(iri, None, facts)


def _figure_shown(of: _Differences, report: figures.Reported) -> Change:
    """Return a figure as it is shown: under the names of its indicator and subject, old to new."""

    def named(path: str) -> str:
        iri = held.value(report.facts, path)
        return held.name({**of.ours.records.get(iri, {}), **of.made.records.get(iri, {})})

    label = ox.Literal(" · ".join(filter(None, (named(MG.ofIndicator), named(MG.subject)))))
    before = of.ours.records.get(report.earlier)
    shown = {path: report.facts.get(path, ()) for path in (RDF.type, MG.value, MG.qualifier)}
    old = {path: before.get(path, ()) for path in shown} if before else None
    return of.change(
        report.earlier or report.iri,
        {RDF.label: (label,), **old} if old else None,
        {RDF.label: (label,), **shown},
    )


def _shown(of: _Differences, change: Change) -> Change:
    """Return a change as a person reads it: names instead of ids, and no citations."""

    def named(term: Term) -> Term:
        facts = {**of.ours.records.get(term.value, {}), **of.made.records.get(term.value, {})}
        is_record = isinstance(term, ox.NamedNode)
        return ox.Literal(held.name(facts) or term.value) if is_record and facts else term

    def read(record: Record | None) -> Record | None:
        if record is None:
            return None
        facts = [(path, tuple(map(named, terms))) for path, terms in record.facts]
        return Record(record.subject, tuple(fact for fact in facts if fact[0] != MG.citation))

    return replace(change, before=read(change.before), after=read(change.after))


def _kept(of: _Differences, blank: int, unchanged: int) -> list[Remark]:
    lang, notes = of.plan.lang, []
    if blank:
        notes.append(Remark(of.name, LEFT, str(blank), word("update_blank", lang).format(blank)))
    if unchanged:
        text = word("update_same_figures", lang).format(unchanged)
        notes.append(Remark(of.name, READ, str(unchanged), text))
    return notes


def _missing(fit: kept_map.Refitted, lang: str) -> list[Remark]:
    """Return a remark on each column that the plan's table had and the file does not have."""
    text = word("update_column_missing", lang)
    return [Remark(fit.mapping.sheet, LEFT, heading, text) for heading in fit.missing]


def _of_cells(remarks: Iterable[Remark]) -> list[Remark]:
    """Return the remarks on rows and cells: what the columns are is known, but for new ones."""
    return [remark for remark in remarks if remark.kind != "guessed" or "!" in remark.where]


def _files(draft: Draft, matching: Matching, ours: Held) -> dict[str, str]:
    """Return the text of the file and the map, under the names that they get in the plan."""
    files = {}
    for name, text in draft.texts.items():
        key = name.removeprefix("sources/").removesuffix(".csv")
        own = next((to for iri, to in matching.known.items() if iri.endswith(f"/source/{key}")), "")
        if name == KEPT:
            files[name] = text
        elif own and own not in ours.records:
            files[f"sources/{own.rpartition('/')[2]}.csv"] = text
    return files


def _language(ours: Held) -> str:
    """Return the language of the texts of a plan, if it states one."""
    plans: Iterable[tuple[str, Facts]] = ours.of_kind(MG.StrategicPlan)
    return next((held.value(facts, Dcterms.language) for _, facts in plans), "")


def save(plan: Plan, chosen: Revision, step: Callable[[str], None] = lambda _: None) -> None:
    """Write what a file changes into the plan's files, the records in one step.

    Raises `InputError` if a record has changed since, or a file cannot be written.
    """
    step(word("step_writing", plan.lang).format(plan.built.folder))
    for name, text in chosen.files.items():
        target = plan.built.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, text)  # before the records that cite it
    saving.save(plan, chosen.changes)
