"""Makes the records of indicators and their values: units, indicators, observations."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pyoxigraph as ox

from metrograph.ids import unique_ids
from metrograph.messages import word
from metrograph.reading.any_table.context import Setting
from metrograph.reading.any_table.indicators import Measure, MeasuredValue, Measures
from metrograph.reading.any_table.nesting import Element
from metrograph.store.records import Record
from metrograph.text import as_key
from metrograph.vocabulary import MG, MG_NAMESPACE, RDF, XSD, Dcterms, Skos

_KINDS = {
    "baseline": MG.baseline,
    "target": MG.target,
    "actual": MG.actual,
    "projection": MG.projection,
}
_DIRECTIONS = {"up": MG.up, "down": MG.down, "noDirection": MG.noDirection}
_SIGNS = {"%": "percentage", "€": "eur", "$": "usd", "£": "gbp"}


def observed(
    measures: Measures, setting: Setting, node: Callable[[Element], ox.NamedNode]
) -> list[Record]:
    """Return the records of indicators, their figures and their units."""
    listed = list(measures.known.values())
    keys = unique_ids(as_key(measure.label)[:60].strip("-") or "figure" for measure in listed)
    units = _units(listed, setting)
    records = [
        *_unit_records(units, setting),
        *(
            _indicator(measure, key, units[_unit_of(measure)], setting, node)
            for measure, key in zip(listed, keys, strict=True)
        ),
    ]
    for measure, key in zip(listed, keys, strict=True):
        records += _observations(measure, key, units[_unit_of(measure)], setting, node)
    return records


def _unit_of(measure: Measure) -> str:
    """Return an indicator's unit; percentages beyond 0 to 100 are kept in a unit of their own.

    The shapes hold what is measured in `mg:percent` to that range, unless it is a rate of growth.
    """
    if measure.unit == "%" and any(not 0 <= value.number <= 100 for value in measure.values):
        return "% "
    return measure.unit


def _units(listed: list[Measure], setting: Setting) -> dict[str, ox.NamedNode]:
    names = list(dict.fromkeys(_unit_of(measure) for measure in listed))
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
    measure: Measure,
    key: str,
    unit: ox.NamedNode,
    setting: Setting,
    node: Callable[[Element], ox.NamedNode],
) -> Record:
    return Record(
        setting.iri("indicator", key),
        (
            (RDF.type, (ox.NamedNode(MG.Indicator),)),
            (RDF.label, (setting.text(measure.label),)),
            (Dcterms.identifier, [ox.Literal(code) for code in measure.codes]),
            (MG.unit, (unit,)),
            (MG.directionWanted, _direction(measure)),
            (MG.measures, tuple(node(element) for element in measure.elements)),
            (MG.ofPlan, (setting.plan,)),
            (MG.citation, setting.cited(measure.rows)),
        ),
    )


def _direction(measure: Measure) -> tuple[ox.NamedNode, ...]:
    return (ox.NamedNode(_DIRECTIONS[measure.direction]),) if measure.direction else ()


def _observations(
    measure: Measure,
    key: str,
    unit: ox.NamedNode,
    setting: Setting,
    node: Callable[[Element], ox.NamedNode],
) -> Iterator[Record]:
    """Yield an indicator's figures, each about the element of its row."""
    ids = unique_ids(
        f"{_period(value, setting)}/{node(value.element).value.removeprefix(setting.base)}"
        for value in measure.values
    )
    for value, own in zip(measure.values, ids, strict=True):
        yield Record(
            setting.iri("observation", key, own),
            (
                (RDF.type, (ox.NamedNode(MG.Observation),)),
                (MG.ofIndicator, (setting.node("indicator", key),)),
                (MG.subject, (node(value.element),)),
                (MG.value, (_value(value.number),)),
                (MG.unit, (unit,)),
                *_when(value, setting),
                (MG.valueType, (ox.NamedNode(_KINDS[value.kind]),)),
                *_bounds(value, setting),
                (MG.citation, setting.cited([value.row.number])),
            ),
        )


def _bounds(
    value: MeasuredValue, setting: Setting
) -> Iterator[tuple[str, tuple[ox.NamedNode | ox.Literal, ...]]]:
    """Yield how a figure is to be understood, and the part that it is about, if it says so."""
    if value.qualifier:
        yield MG.qualifier, (ox.NamedNode(MG_NAMESPACE + value.qualifier),)
    if value.scope:
        yield MG.scope, (setting.text(value.scope),)


def _year(value: MeasuredValue, setting: Setting) -> int | None:
    """Return the year of a figure: its own, or for a target the last one that the table names."""
    is_last = value.kind == "target" and setting.is_dated
    return value.year or (setting.period[1] if is_last else None)


def _period(value: MeasuredValue, setting: Setting) -> str:
    first, last = setting.period
    months = "-".join(value.span) if value.span else ""
    whole = f"{first}-{last}" if setting.is_dated and value.kind != "baseline" else "undated"
    return months or str(_year(value, setting) or whole)


def _when(value: MeasuredValue, setting: Setting) -> Iterator[tuple[str, tuple[ox.Literal, ...]]]:
    """Yield the months or the year of a figure, or the plan's whole period if the table names it.

    A baseline without a year lies before the period, and no table says how far.
    """
    year = _year(value, setting)
    if value.span:
        for predicate, month in zip((MG.startDate, MG.endDate), value.span, strict=True):
            yield predicate, (ox.Literal(month, datatype=ox.NamedNode(XSD + "gYearMonth")),)
    elif year:
        yield MG.year, (_gyear(year),)
    elif setting.is_dated and value.kind != "baseline":
        yield MG.startDate, (_gyear(setting.period[0]),)
        yield MG.endDate, (_gyear(setting.period[1]),)


def _gyear(year: int) -> ox.Literal:
    return ox.Literal(f"{year:04}", datatype=ox.NamedNode(XSD + "gYear"))


def _value(number: Decimal) -> ox.Literal:
    """Return a number as the files have it: whole ones bare, others as decimals."""
    if number == number.to_integral_value():
        return ox.Literal(int(number))
    return ox.Literal(f"{number:f}".rstrip("0"), datatype=ox.NamedNode(XSD + "decimal"))
