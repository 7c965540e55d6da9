"""Makes the records of a plan's elements, file by file, with remarks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from metrograph.messages import word
from metrograph.reading.any_table.context import Setting, Term
from metrograph.reading.any_table.figure_records import observed
from metrograph.reading.any_table.hierarchy import level_keys, positions
from metrograph.reading.any_table.indicators import Measures
from metrograph.reading.any_table.languages import languages_of
from metrograph.reading.any_table.mapping import Mapping
from metrograph.reading.any_table.nesting import Element, Tree
from metrograph.reading.any_table.statements import Notebook, read_statements, stakeholder_kind
from metrograph.reading.notices import KEPT, LEFT, READ, Remark
from metrograph.reading.numbers import line_of
from metrograph.reading.policy import Habit
from metrograph.store import new_plan
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF, XSD, Dcterms, Skos

_KINDS = {"status": MG.Status, "place": MG.Place}


@dataclass(frozen=True)
class Written:
    """The files of a plan, and what was noticed while its records were made."""

    files: dict[str, tuple[str, list[Record]]]
    remarks: tuple[Remark, ...]


def written(
    tree: Tree,
    mapping: Mapping,
    habits: dict[int, Habit],
    measures: Measures,
    setting: Setting,
) -> Written:
    """Return the records of a plan, and remarks on what was kept as notes or read otherwise."""
    book = read_statements(tree, mapping, habits, measures, setting)
    figures = observed(measures, setting, book.node)
    files = {
        "plan.ttl": ("The plan.", [_plan(book)]),
        "sources.ttl": ("The text of the table that the plan was made from.", [_source(setting)]),
        "elements.ttl": ("The elements of the plan and their levels.", list(_elements(book))),
        "lists.ttl": (
            "Statuses, stakeholders and places that the table names.",
            list(_lists(book)),
        ),
        "figures.ttl": ("Indicators and their figures.", figures),
    }
    return Written({name: file for name, file in files.items() if file[1]}, tuple(_remarks(book)))


def _plan(book: Notebook) -> Record:
    setting = book.setting
    first, last = setting.period
    langs = languages_of(book.roles, setting.lang)
    rows = [row.number for row in setting.sheet.rows[:1]]
    strays = [
        " | ".join(text for cell in row.cells if (text := line_of(cell)))
        for row in book.tree.strays
    ]
    return Record(
        setting.plan.value,
        (
            (RDF.type, (ox.NamedNode(MG.StrategicPlan),)),
            (RDF.label, (setting.text(setting.title),)),
            (MG.startDate, (_day(str(first)),)),
            (MG.endDate, (_day(str(last)),)),
            (Dcterms.language, [ox.Literal(lang) for lang in langs]),
            (MG.labelLanguage, [ox.Literal(setting.lang)] if len(langs) > 1 else []),
            (Skos.note, [setting.text(note) for note in dict.fromkeys((*setting.notes, *strays))]),
            (MG.citation, setting.cited(rows)),
        ),
    )


def _source(setting: Setting) -> Record:
    edition = setting.edition
    return new_plan.source(
        setting.iri("source", edition.key), edition.text.encode(), edition.name, setting.lang
    )


def _day(text: str) -> ox.Literal:
    kind = ("gYear", "gYearMonth", "date")[text.count("-")]
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


def _elements(book: Notebook) -> Iterator[Record]:
    setting, tree = book.setting, book.tree
    if not tree.elements:
        return
    yield _scheme(setting, "levels")
    keys = level_keys(tree)
    for depth, key in keys.items():
        name = tree.level_names.get(depth) or f"{word('level', setting.lang)} {depth}"
        is_again = name in [tree.level_names.get(other) for other in range(1, depth)]
        yield Record(
            setting.iri("level", key),
            (
                (RDF.type, (ox.NamedNode(MG.Level),)),
                (RDF.label, (setting.text(f"{name} ({depth})" if is_again else name),)),
                (Skos.inScheme, (setting.node("scheme", "levels"),)),
                (MG.depth, (ox.Literal(depth),)),
            ),
        )
    places = positions(tree)
    for element in tree.elements:
        yield _element(book, element, keys[element.depth], places)


def _scheme(setting: Setting, name: str) -> Record:
    return Record(
        setting.iri("scheme", name),
        (
            (RDF.type, (ox.NamedNode(Skos.ConceptScheme),)),
            (RDF.label, (setting.text(word(f"scheme_{name}", setting.lang)),)),
        ),
    )


def _element(book: Notebook, element: Element, level: str, places: dict[Element, int]) -> Record:
    setting, facts = book.setting, book.facts[element]
    described = [setting.text("\n\n".join(facts.description))] if facts.description else []
    missing = book.tree.level_names.get(element.depth) or str(element.depth)
    label = element.label or element.number or word("level_missing", setting.lang).format(missing)
    rows = [row.number for row in element.rows] or [
        element.named_by.number if element.named_by else 0
    ]
    names = {book.lang_at(element.depth): label} | facts.names
    place = places.get(element)
    above = (
        (MG.partOf, (book.node(element.above),)) if element.above else (MG.ofPlan, (setting.plan,))
    )
    return Record(
        book.node(element).value,
        (
            (RDF.type, (ox.NamedNode(MG.PlanElement),)),
            (RDF.label, [ox.Literal(name, language=lang) for lang, name in names.items()]),
            (Dcterms.description, described),
            (MG.level, (setting.node("level", level),)),
            (MG.position, (ox.Literal(place),) if place else ()),
            (Skos.notation, (ox.Literal(element.number),) if element.number else ()),
            above,
            (MG.startDate, (_day(facts.start),) if facts.start else ()),
            (MG.endDate, (_day(facts.end),) if facts.end else ()),
            *((predicate, tuple(terms)) for predicate, terms in facts.terms.items()),
            (Skos.note, [setting.text(note) for note in facts.notes]),
            (MG.citation, setting.cited(rows)),
        ),
    )


def _lists(book: Notebook) -> Iterator[Record]:
    """Yield the records of statuses, places and stakeholders, each in the order of the table."""
    setting, lists = book.setting, book.lists
    roles = {stakeholder_kind(column): column.heading for column in book.roles.of("owner")}
    if any(kind == "status" for kind, _ in lists.names):
        yield _scheme(setting, "statuses")
    for known in sorted(lists.names, key=lambda key: (key[0], lists.rows[key], key[1])):
        kind = known[0]
        of_kind: list[tuple[str, Sequence[Term]]] = []
        if kind == "status":
            of_kind = [(Skos.inScheme, (setting.node("scheme", "statuses"),))]
        elif kind in roles:
            elements = tuple(book.node(element) for element in lists.elements[known])
            role = setting.text(roles[kind])
            of_kind = [(MG.stakeholderRole, (role,)), (MG.stakeIn, elements)]
        yield Record(
            setting.iri(kind, lists.keys[known]),
            (
                (RDF.type, (ox.NamedNode(_KINDS.get(kind, MG.Stakeholder)),)),
                (RDF.label, (setting.text(lists.names[known]),)),
                *of_kind,
                (MG.citation, setting.cited([lists.rows[known]])),
            ),
        )


def _remarks(book: Notebook) -> Iterator[Remark]:
    """Yield what was kept as notes, read otherwise or left, a remark a column."""
    lang, sheet = book.setting.lang, book.setting.sheet
    for (_, how), cells in book.read.items():
        place, text, made = cells[0]
        yield Remark(place, READ, text, word(how, lang).format(made, len(cells)))
    for column, count in book.noted.items():
        where = f"{sheet.name}!{column.letter}"
        yield Remark(where, KEPT, column.heading, word("cells_noted", lang).format(count))
    for column, places in book.unread.items():
        shown = ", ".join(places[:3]) + (" …" if len(places) > 3 else "")
        unread = word("cells_unread", lang).format(len(places), word(f"role_{column.role}", lang))
        yield Remark(f"{sheet.name}!{column.letter}", KEPT, shown, unread)
    for column in book.roles.of("left"):
        if count := sum(row.at(column.index) is not None for row in book.rows):
            left = word("cells_left", lang).format(count)
            yield Remark(f"{sheet.name}!{column.letter}", LEFT, column.heading, left)
    for element in book.tree.elements:
        if element.is_stand_in and element.named_by:
            place = sheet.place(element.named_by.number, 0)
            yield Remark(place, READ, element.number, word("stand_in", lang).format(element.depth))
