"""Makes the records of indicators and their values: units, indicators, observations."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pyoxigraph as ox

from metrograph.ids import unique_ids
from metrograph.messages import word
from metrograph.reading.any_table.context import Setting
from metrograph.reading.any_table.indicators import Measure, Measures, Said
from metrograph.reading.any_table.nesting import Element
from metrograph.store.records import Record
from metrograph.text import as_key
from metrograph.vocabulary import MG, RDF, XSD, Dcterms, Skos

_KINDS = {
    "baseline": MG.baseline,
    "target": MG.target,
    "actual": MG.actual,
    "projection": MG.projection,
}
_SIGNS = {"%": "percentage", "€": "eur", "$": "usd", "£": "gbp"}


def observed(
    measures: Measures, setting: Setting, node: Callable[[Element], ox.NamedNode]
) -> list[Record]:
    """Return the records of indicators, their figures and their units."""
    found = list(measures.known.values())
    keys = unique_ids(as_key(one.label)[:60].strip("-") or "figure" for one in found)
    units = _units(found, setting)
    records = [
        *_unit_records(units, setting),
        *(
            _indicator(one, key, units[_unit_of(one)], setting, node)
            for one, key in zip(found, keys, strict=True)
        ),
    ]
    for one, key in zip(found, keys, strict=True):
        records += _observations(one, key, units[_unit_of(one)], setting, node)
    return records


def _unit_of(one: Measure) -> str:
    """Return an indicator's unit; percentages beyond 0 to 100 are kept in a unit of their own.

    The shapes hold what is measured in `mg:percent` to that range, unless it is a rate of growth.
    """
    if one.unit == "%" and any(not 0 <= said.number <= 100 for said in one.said):
        return "% "
    return one.unit


def _units(found: list[Measure], setting: Setting) -> dict[str, ox.NamedNode]:
    names = list(dict.fromkeys(_unit_of(one) for one in found))
    keys = unique_ids(_SIGNS.get(name.strip(), as_key(name)[:40]) or "number" for name in names)
    return {
        name: ox.NamedNode(MG.percent) if name == "%" else setting.node("unit", key)
        for name, key in zip(names, keys, strict=True)
    }


def _unit_records(units: dict[str, ox.NamedNode], setting: Setting) -> Iterator[Record]:
    own = {name: node for name, node in units.items() if node.value != MG.percent}
    if own:
        label = setting.text(word("scheme_units", setting.lang))
        kind = (ox.NamedNode(Skos.ConceptScheme),)
        yield Record(setting.iri("scheme", "units"), ((RDF.type, kind), (RDF.label, (label,))))
    for name, node in own.items():
        shown = name.strip() or word("unit_number", setting.lang)
        yield Record(
            node.value,
            (
                (RDF.type, (ox.NamedNode(MG.Unit),)),
                (RDF.label, (setting.text(shown),)),
                (Skos.inScheme, (setting.node("scheme", "units"),)),
            ),
        )


def _indicator(
    one: Measure,
    key: str,
    unit: ox.NamedNode,
    setting: Setting,
    node: Callable[[Element], ox.NamedNode],
) -> Record:
    return Record(
        setting.iri("indicator", key),
        (
            (RDF.type, (ox.NamedNode(MG.Indicator),)),
            (RDF.label, (setting.text(one.label),)),
            (Dcterms.identifier, [ox.Literal(code) for code in one.codes]),
            (MG.unit, (unit,)),
            (MG.measures, tuple(node(element) for element in one.elements)),
            (MG.ofPlan, (setting.plan,)),
            (MG.citation, setting.cited(one.rows)),
        ),
    )


def _observations(
    one: Measure,
    key: str,
    unit: ox.NamedNode,
    setting: Setting,
    node: Callable[[Element], ox.NamedNode],
) -> Iterator[Record]:
    """Yield an indicator's figures, each about the element of its row."""
    ids = unique_ids(
        f"{_period(said, setting)}/{node(said.element).value.removeprefix(setting.base)}"
        for said in one.said
    )
    for said, own in zip(one.said, ids, strict=True):
        yield Record(
            setting.iri("observation", key, own),
            (
                (RDF.type, (ox.NamedNode(MG.Observation),)),
                (MG.ofIndicator, (setting.node("indicator", key),)),
                (MG.subject, (node(said.element),)),
                (MG.value, (_value(said.number),)),
                (MG.unit, (unit,)),
                *_when(said, setting),
                (MG.valueType, (ox.NamedNode(_KINDS[said.kind]),)),
                (MG.citation, setting.cited([said.row.number])),
            ),
        )


def _year(said: Said, setting: Setting) -> int | None:
    """Return the year of a figure: its own, or the plan's first or last for baseline and target."""
    ends = {"baseline": setting.period[0], "target": setting.period[1]}
    return said.year or ends.get(said.kind)


def _period(said: Said, setting: Setting) -> str:
    first, last = setting.period
    return str(_year(said, setting) or f"{first}-{last}")


def _when(said: Said, setting: Setting) -> Iterator[tuple[str, tuple[ox.Literal, ...]]]:
    """Yield the year of a figure, or the plan's whole period where it has none."""
    year = _year(said, setting)
    if year:
        yield MG.year, (_gyear(year),)
    else:
        yield MG.startDate, (_gyear(setting.period[0]),)
        yield MG.endDate, (_gyear(setting.period[1]),)


def _gyear(year: int) -> ox.Literal:
    return ox.Literal(f"{year:04}", datatype=ox.NamedNode(XSD + "gYear"))


def _value(number: Decimal) -> ox.Literal:
    """Return a number as the files have it: whole ones bare, others as decimals."""
    if number == number.to_integral_value():
        return ox.Literal(int(number))
    return ox.Literal(f"{number:f}".rstrip("0"), datatype=ox.NamedNode(XSD + "decimal"))
