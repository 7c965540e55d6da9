"""Offers the countries of the world where a country is asked for, and makes the record of one.

A plan's files hold only the countries that it names. Codes are those of ISO 3166-1 (pycountry),
names those of the Unicode CLDR (Babel), regions those of the UN standard M49.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
from babel import Locale, UnknownLocaleError

from metrograph.editing.choices import languages
from metrograph.editing.facts import Facts
from metrograph.editing.forms import Field, Form
from metrograph.editing.placement import Now
from metrograph.editing.schemes import list_of, list_records
from metrograph.late import late
from metrograph.messages import LANGUAGES
from metrograph.plan import Plan
from metrograph.store.records import Record
from metrograph.text import as_key, folded
from metrograph.vocabulary import MG, RDF, Skos

if TYPE_CHECKING:
    import pycountry
else:
    pycountry = late("pycountry")

_M49 = {  # regions from the widest to the narrowest, and the countries of the last
    ("002", "015"): "DZA EGY LBY MAR SDN TUN ESH",
    ("002", "202", "014"): "IOT BDI COM DJI ERI ETH ATF KEN MDG MWI MUS MYT MOZ REU RWA SYC SOM SSD"
                           " UGA TZA ZMB ZWE",
    ("002", "202", "017"): "AGO CMR CAF TCD COG COD GNQ GAB STP",
    ("002", "202", "018"): "BWA SWZ LSO NAM ZAF",
    ("002", "202", "011"): "BEN BFA CPV CIV GMB GHA GIN GNB LBR MLI MRT NER NGA SHN SEN SLE TGO",
    ("019", "419", "029"): "AIA ATG ABW BHS BRB BES VGB CYM CUB CUW DMA DOM GRD GLP HTI JAM MTQ MSR"
                           " PRI BLM KNA LCA MAF VCT SXM TTO TCA VIR",
    ("019", "419", "013"): "BLZ CRI SLV GTM HND MEX NIC PAN",
    ("019", "419", "005"): "ARG BOL BVT BRA CHL COL ECU FLK GUF GUY PRY PER SGS SUR URY VEN",
    ("019", "021"): "BMU CAN GRL SPM USA",
    ("142", "143"): "KAZ KGZ TJK TKM UZB",
    ("142", "030"): "CHN HKG MAC PRK JPN MNG KOR TWN",
    ("142", "035"): "BRN KHM IDN LAO MYS MMR PHL SGP THA TLS VNM",
    ("142", "034"): "AFG BGD BTN IND IRN MDV NPL PAK LKA",
    ("142", "145"): "ARM AZE BHR CYP GEO IRQ ISR JOR KWT LBN OMN QAT SAU PSE SYR TUR ARE YEM",
    ("150", "151"): "BLR BGR CZE HUN POL MDA ROU RUS SVK UKR",
    ("150", "154"): "ALA GGY JEY DNK EST FRO FIN ISL IRL IMN LVA LTU NOR SJM SWE GBR",
    ("150", "039"): "ALB AND BIH HRV GIB GRC VAT ITA MLT MNE MKD PRT SMR SRB SVN ESP",
    ("150", "155"): "AUT BEL FRA DEU LIE LUX MCO NLD CHE",
    ("009", "053"): "AUS CXR CCK HMD NZL NFK",
    ("009", "054"): "FJI NCL PNG SLB VUT",
    ("009", "057"): "GUM KIR MHL FSM NRU MNP PLW UMI",
    ("009", "061"): "ASM COK PYF NIU PCN WSM TKL TON TUV WLF",
}  # fmt: skip


def with_countries(plan: Plan, form: Form) -> Form:
    """Return a form whose pick-lists of countries offer all countries, by name."""
    if not any(MG.Country in field.of for field in form.fields):
        return form
    groups = [
        replace(group, fields=tuple(_offering(plan, field) for field in group.fields))
        for group in form.groups
    ]
    return replace(form, groups=tuple(groups))


def regions_of(code: str) -> tuple[str, ...]:
    """Return the M49 codes of the regions of a country (ISO 3166-1 alpha-3), the widest first.

    >>> regions_of("FRA"), regions_of("ATA")
    (('150', '155'), ())
    """
    return next((chain for chain, codes in _M49.items() if code in codes.split()), ())


def countries_called(name: str) -> list[str]:
    """Return the ids of the countries that are called so in a language of the pages.

    >>> countries_called("Allemagne"), countries_called("Atlantis")
    (['country/deu'], [])
    """
    return _by_name().get(folded(name), [])


def country_records(plan: Plan, now: Now, facts: Facts) -> list[Record]:
    """Return the records of countries that facts name and no file has, with what they need.

    That is the region of the country, where the plan has none of its regions, and the lists that
    countries and regions stand in.
    """
    named = facts.get(MG.country, ())
    records: dict[str, Record] = {}
    for term in named:
        code = now.ids.short(term.value).removeprefix("country/").upper()
        if now.knows(term.value) or code not in _codes():
            continue
        region, wider = _region(plan, now, code)
        for record in (*wider, *list_records(plan, now, MG.Country)):
            records[record.subject] = record
        records[term.value] = Record(
            term.value,
            (
                (RDF.type, (ox.NamedNode(MG.Country),)),
                (RDF.label, _labels(plan, _codes()[code])),
                (Skos.notation, (ox.Literal(code),)),
                (Skos.inScheme, (list_of(now, MG.Country),)),
                (MG.region, (region,)),
            ),
        )
    return list(records.values())


def _offering(plan: Plan, field: Field) -> Field:
    if MG.Country not in field.of:
        return field
    taken = {name.rpartition("/")[2].upper() for name, _ in field.choices} | {
        term.value for name, _ in field.choices for term in _notations(plan, name)
    }
    names = _names(plan.lang)
    more = [
        (f"country/{code.lower()}", names.get(short, code))
        for code, short in _codes().items()
        if code not in taken
    ]
    choices = sorted((*field.choices, *more), key=lambda choice: folded(choice[1]))
    return replace(field, choices=tuple(choices))


def _notations(plan: Plan, name: str) -> Iterable[ox.Literal]:
    node = ox.NamedNode(plan.ids.iri(name))
    for quad in plan.built.engine.triples(node, ox.NamedNode(Skos.notation)):
        if isinstance(quad.object, ox.Literal):
            yield quad.object


@cache
def _codes() -> Mapping[str, str]:
    """Return the countries that have regions: their codes of three letters, and of two."""
    known = {code for codes in _M49.values() for code in codes.split()}
    return {
        country.alpha_3: country.alpha_2
        for country in pycountry.countries
        if country.alpha_3 in known
    }


@cache
def _names(lang: str) -> Mapping[str, str]:
    """Return the names of countries (by two letters) and regions (by M49 codes) in a language."""
    try:
        return dict(Locale.parse(lang).territories)
    except (UnknownLocaleError, ValueError):
        return dict(Locale("en").territories)


@cache
def _by_name() -> Mapping[str, list[str]]:
    """Return the ids of countries by their folded names in the languages of the pages."""
    by_name: dict[str, list[str]] = {}
    for code, short in _codes().items():
        names = {folded(_names(lang).get(short, code)) for lang in LANGUAGES}
        for name in names:
            by_name.setdefault(name, []).append(f"country/{code.lower()}")
    return by_name


def _labels(plan: Plan, code: str) -> tuple[ox.Literal, ...]:
    return tuple(
        ox.Literal(_names(lang).get(code) or _names("en")[code], language=lang)
        for lang in languages(plan)
    )


def _region(plan: Plan, now: Now, code: str) -> tuple[ox.NamedNode, list[Record]]:
    """Return the narrowest region of a country that the plan has, or a new one with its record."""
    chain = regions_of(code)
    is_a, number = ox.NamedNode(RDF.type), ox.NamedNode(Skos.notation)
    for region in reversed(chain):
        quads = now.engine.triples(None, number, ox.Literal(region))
        for node in {quad.subject for quad in quads}:
            kinds = now.engine.triples(node, is_a, ox.NamedNode(MG.Region))
            if isinstance(node, ox.NamedNode) and next(iter(kinds), None):
                return node, []
    new = ox.NamedNode(now.ids.iri(f"region/{as_key(_names('en')[chain[1]])}"))
    record = Record(
        new.value,
        (
            (RDF.type, (ox.NamedNode(MG.Region),)),
            (RDF.label, _labels(plan, chain[1])),
            (Skos.notation, (ox.Literal(chain[1]),)),
            (Skos.inScheme, (list_of(now, MG.Region),)),
        ),
    )
    return new, [record, *list_records(plan, now, MG.Region)]
