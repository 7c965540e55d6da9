"""Generates a plan with a given number of activities, as a folder of Turtle files.

The plan has 5 themes, 4 challenges with 3 work areas each, 20 intersections and 3 lines of 4 axes
of 3 results. Two coders claim up to 4 categories each for an activity (3.4 on average in the
shipped plan; `--claims` sets another number) and agree on most. The number of related records grows
with the activities: members (one per 100), reports (one per 1,000, of 10 sections) and values (one
each). The same numbers and seed give the same files.

    python bench/plans.py FOLDER 1000
"""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

HEADER = """\
# {about}
@base <https://example.org/generated/> .
@prefix mg: <https://w3id.org/metrograph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
PER_FILE = 10_000
PER_REPORT = 1_000
LINES_PER_ACTIVITY = 10
LINES_PER_SECTION = 1_000
YEARS = (2022, 2023, 2024, 2025)
THEMES = tuple(f"theme/{number}" for number in range(1, 6))
CHALLENGES = tuple(f"challenge/{number}" for number in range(1, 5))
AREAS = tuple(f"area/{challenge}/{area}" for challenge in range(1, 5) for area in range(1, 4))
LINES = tuple(f"line/{number}" for number in range(1, 4))
AXES = tuple(f"axis/{line}.{axis}" for line in range(1, 4) for axis in range(1, 5))
RESULTS = tuple(f"result/{axis.partition('/')[2]}.{n}" for axis in AXES for n in range(1, 4))
TYPES = tuple(f"output-type/{number}" for number in range(1, 4))
COUNTRIES = tuple(f"country/{name}" for name in ("xaa", "xab", "xac", "xad"))
SCHEMES = ("themes", "challenges", "factors", "output-types", "levels", "units", "countries",
           "regions")  # fmt: skip
CLAIMS = {"theme": "Theme", "area": "Area", "challenge": "Challenge", "result": "Result"}
PLAN = ("mg:ofPlan", "<plan/2022-2025>")
CODED = ("dcterms:created", '"2026-01-31"^^xsd:date')
Fact = tuple[str, str]


@dataclass(frozen=True)
class Activity:
    """One activity: its number, its year and line, and the claims of each coder."""

    number: int
    year: int
    line: str
    members: tuple[str, ...]
    claims: dict[str, tuple[str, ...]]

    @property
    def key(self) -> str:
        """The last part of its id."""
        return f"a{self.number:06}"

    @property
    def iri(self) -> str:
        """Its id, as a relative IRI."""
        return f"activity/{self.year}/{self.key}"

    def citation(self, first: int = 0, count: int = LINES_PER_ACTIVITY) -> Fact:
        """Return a citation of `count` of its lines, from the line `first` of them."""
        start = self.number % PER_REPORT * LINES_PER_ACTIVITY + first
        return cite(start, start + count, f"report-{self.number // PER_REPORT}")


def write_plan(folder: Path, size: int, claims: int, seed: int) -> None:
    """Write a plan of `size` activities into a folder, 10,000 activities a file."""
    folder.mkdir(parents=True, exist_ok=True)
    members = max(5, size // 100)
    write(folder / "plan.ttl", "The plan, its vocabularies, elements and sources.", plan(size))
    write(folder / "members.ttl", "The members.", map(member, range(members)))
    random = Random(seed)  # noqa: S311  drawing lots, not keys
    for start in range(0, size, PER_FILE):
        numbers = range(start, min(start + PER_FILE, size))
        batch = [activity(number, members, claims, random) for number in numbers]
        part = f"{start // PER_FILE:03}.ttl"
        write(folder / f"activities-{part}", "Activities.", map(described, batch))
        write(folder / f"figures-{part}", "Figures.", (figure(each, random) for each in batch))
        for coder in ("a", "b"):
            about = f"Codings and claims of coder {coder}."
            write(folder / f"claims-{coder}-{part}", about, coded(batch, coder))


def write(path: Path, about: str, records: Iterable[str]) -> None:
    """Write a file of records under a header."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER.format(about=about))
        file.writelines(records)


def record(subject: str, kind: str, *facts: Fact) -> str:
    """Return one record in Turtle."""
    lines = [f"<{subject}> a {kind}", *(f"    {term} {value}" for term, value in facts)]
    return " ;\n".join(lines) + " .\n\n"


def named(fr: str, en: str, es: str, key: object, term: str = "rdfs:label") -> Fact:
    """Return a label (or another text) in three languages."""
    return term, f'"{fr} {key}"@fr, "{en} {key}"@en, "{es} {key}"@es'


def cite(start: int, end: int, source: str = "plan") -> Fact:
    """Return a citation of the lines between two positions (RFC 5147) of a source."""
    return "mg:citation", f"<source/{source}#line={start},{end}>"


def ref(*ids: str) -> str:
    """Return a list of objects."""
    return ", ".join(f"<{name}>" for name in ids)


def plan(size: int) -> Iterator[str]:
    """Yield all records to which the activities refer, except the members."""
    yield record(
        "plan/2022-2025", "mg:StrategicPlan", named("Plan", "Plan", "Plan", "2022-2025"),
        ("mg:startDate", '"2022"^^xsd:gYear'), ("mg:endDate", '"2025"^^xsd:gYear'),
        ("mg:baselineYear", '"2021"^^xsd:gYear'),
        named("Vision du", "Vision of the", "Visión del", "plan", "mg:vision"),
        named("Mission du", "Mission of the", "Misión del", "plan", "mg:mission"),
        ("dcterms:language", '"fr", "en", "es"'), cite(0, 2),
    )  # fmt: skip
    yield from vocabularies()
    yield from categories()
    yield from elements()
    yield from sources(size)


def vocabularies() -> Iterator[str]:
    """Yield schemes, levels, units, countries, the network itself and its coders."""
    for name in SCHEMES:
        yield record(f"scheme/{name}", "skos:ConceptScheme", named("Liste", "List", "Lista", name))
    for depth, name in enumerate(("line", "axis", "result"), start=1):
        yield concept(f"level/{name}", "mg:Level", "levels", name, ("mg:depth", str(depth)))
    yield concept("unit/people", "mg:CountUnit", "units", "people")
    region = ("skos:notation", '"001"')
    yield concept("region/world", "mg:Region", "regions", "world", region)
    for name in COUNTRIES:
        code = name[-3:].upper()
        facts = [("skos:notation", f'"{code}"'), ("mg:region", "<region/world>")]
        yield concept(name, "mg:Country", "countries", code, *facts)
    network = named("Réseau", "Network", "Red", "de villes")
    mandate = named("Mandat du", "Mandate of the", "Mandato de la", "network", "mg:mandate")
    yield record("body/network", "mg:Body", network, mandate, cite(2, 4))
    yield record(
        "indicator/participants", "mg:Indicator", named("Nombre", "Number", "Número", "present"),
        named("Présents à", "Present at", "Presentes en", "activity", "dcterms:description"),
        ("mg:unit", "<unit/people>"), ("mg:directionWanted", "mg:up"), PLAN, cite(4, 6),
    )  # fmt: skip
    for coder in ("a", "b"):
        yield record(f"coder/{coder}", "mg:Coder", named("codeur", "coder", "codificador", coder))


def concept(subject: str, kind: str, scheme: str, key: object, *facts: Fact) -> str:
    """Return a SKOS concept of a scheme."""
    label = named("Notion", "Concept", "Concepto", key)
    return record(subject, kind, label, ("skos:inScheme", f"<scheme/{scheme}>"), *facts)


def categories() -> Iterator[str]:
    """Yield themes, challenges, areas, a factor, output types and intersections."""
    for number, name in enumerate(THEMES, start=1):
        position = ("mg:position", str(number))
        yield concept(name, "mg:VisionTheme", "themes", name, position, PLAN, cite(10, 12))
    for number, name in enumerate(CHALLENGES, start=1):
        position = ("mg:position", str(number))
        yield concept(name, "mg:Challenge", "challenges", name, position, PLAN, cite(12, 14))
    for name in AREAS:
        _, challenge, place = name.split("/")
        broader = ("skos:broader", f"<challenge/{challenge}>")
        position = ("mg:position", place)
        yield concept(name, "mg:WorkArea", "challenges", name, broader, position, cite(14, 16))
    factor = ("mg:position", "1")
    yield concept("factor/1", "mg:CrosscuttingFactor", "factors", 1, factor, PLAN, cite(16, 18))
    for number, name in enumerate(TYPES, start=1):
        position = ("mg:position", str(number))
        yield concept(name, "mg:OutputType", "output-types", name, position, cite(18, 20))
    for challenge, theme in product(CHALLENGES, THEMES):
        yield record(
            f"intersection/{challenge[-1]}/{theme[-1]}", "mg:Intersection",
            named(f"{challenge} ×", f"{challenge} ×", f"{challenge} ×", theme),
            ("mg:ofChallenge", ref(challenge)), ("mg:ofTheme", ref(theme)), PLAN, cite(20, 22),
        )  # fmt: skip


def elements() -> Iterator[str]:
    """Yield lines, axes and results."""
    for kind, names in (("ActionLine", LINES), ("Axis", AXES), ("Result", RESULTS)):
        for name in names:
            level, _, notation = name.partition("/")
            above, _, position = notation.rpartition(".")
            parent = {"axis": "line", "result": "axis"}.get(level)
            yield record(
                name, f"mg:{kind}", named("Élément", "Element", "Elemento", notation),
                ("mg:level", f"<level/{level}>"), ("mg:position", position),
                ("skos:notation", f'"{notation}"'),
                ("mg:partOf", f"<{parent}/{above}>") if parent else PLAN, cite(30, 32),
            )  # fmt: skip


def sources(size: int) -> Iterator[str]:
    """Yield the sources (the plan and the reports), with their sections."""
    yield from source("plan", 1_000)
    for number in range(-(-size // PER_REPORT)):
        yield from source(f"report-{number}", PER_REPORT * LINES_PER_ACTIVITY)


def source(key: str, lines: int) -> Iterator[str]:
    """Yield a source with a number of lines, and a section for every 1,000 of them."""
    yield record(
        f"source/{key}", "mg:Source", named("Texte", "Text", "Texto", key),
        ("mg:sha256", f'"{Random(key).getrandbits(256):064x}"'),  # noqa: S311  stands for a hash
        ("mg:lineCount", str(lines)), ("dcterms:language", '"en"'),
        ("mg:year", '"2022"^^xsd:gYear'), ("mg:author", "<body/network>"), cite(0, 1, key),
    )  # fmt: skip
    for number, start in enumerate(range(0, lines, LINES_PER_SECTION), start=1):
        yield record(
            f"section/{key}/{number}", "mg:Section",
            named("Partie", "Part", "Parte", f"{key} {number}"), ("mg:inSource", f"<source/{key}>"),
            ("mg:firstLine", str(start + 1)), ("mg:lastLine", str(start + LINES_PER_SECTION)),
            cite(start, start + 1, key),
        )  # fmt: skip


def member(number: int) -> str:
    """Return one member."""
    return record(
        f"member/{number}", "mg:Member", named("Ville", "City", "Ciudad", number),
        ("mg:government", f'"City Council {number}"'),
        ("mg:country", f"<{COUNTRIES[number % len(COUNTRIES)]}>"),
        ("org:memberOf", "<body/network>"), cite(40, 42),
    )  # fmt: skip


def activity(number: int, members: int, claims: int, random: Random) -> Activity:
    """Return an activity with the claims of each coder, most of them the same."""
    line = random.choice(LINES)
    first = categories_of(line, claims, random)
    second = [
        category if random.random() < 0.8 else other
        for category, other in zip(first, categories_of(line, claims, random), strict=True)
    ]
    return Activity(
        number=number,
        year=random.choice(YEARS),
        line=line,
        members=tuple(f"member/{n}" for n in sorted(random.sample(range(members), 4))),
        claims={"a": tuple(sorted({*first})), "b": tuple(sorted({*second}))},
    )


def categories_of(line: str, claims: int, random: Random) -> list[str]:
    """Return categories that a coder may claim; a few occur twice or are outside the line."""
    under = [name for name in RESULTS if name.startswith(f"result/{line[-1]}.")]
    pools = (THEMES, AREAS, under, THEMES, AREAS, RESULTS, CHALLENGES, under)
    return [random.choice(pools[place % len(pools)]) for place in range(claims)]


def described(each: Activity) -> str:
    """Return the record of an activity."""
    host, partner, *others = each.members
    return record(
        each.iri, "mg:Activity", named("Activité", "Activity", "Actividad", each.number),
        named("Rencontre", "Meeting", "Encuentro", each.number, "dcterms:description"),
        ("mg:year", f'"{each.year}"^^xsd:gYear'),
        ("mg:startDate", f'"{each.year}-05-01"^^xsd:date'),
        ("mg:endDate", f'"{each.year}-05-02"^^xsd:date'),
        ("mg:organizer", "<body/network>"), ("mg:host", ref(host)), ("mg:partner", ref(partner)),
        ("mg:participant", ref(*others)), ("mg:reportedUnder", ref(each.line)), PLAN,
        each.citation(),
    )  # fmt: skip


def figure(each: Activity, random: Random) -> str:
    """Return the number of participants of an activity."""
    return record(
        f"observation/participants/{each.year}/{each.key}", "mg:Observation",
        ("mg:ofIndicator", "<indicator/participants>"), ("mg:subject", ref(each.iri)),
        ("mg:value", str(random.randint(10, 900))), ("mg:unit", "<unit/people>"),
        ("mg:year", f'"{each.year}"^^xsd:gYear'), ("mg:valueType", "mg:actual"),
        ("mg:qualifier", "mg:exactly"), each.citation(9, 1),
    )  # fmt: skip


def coded(batch: Iterable[Activity], coder: str) -> Iterator[str]:
    """Yield a coder's coding and claims of each activity."""
    for each in batch:
        yield record(
            f"coding/{coder}/{each.key}", "mg:Coding", ("dcterms:identifier", f'"{each.key}"'),
            ("mg:codedBy", f"<coder/{coder}>"), ("mg:codedActivity", ref(each.iri)),
            ("mg:codedOutputType", ref(TYPES[each.number % len(TYPES)])),
            CODED, each.citation(),
        )  # fmt: skip
        for place, category in enumerate(each.claims[coder]):
            yield claim(each, coder, category, place)


_OUTSIDE = (
    '"The text reports it under another line."@en, '
    '"Le texte le classe sous une autre ligne."@fr, "El texto lo clasifica en otra línea."@es'
)


def claim(each: Activity, coder: str, category: str, place: int) -> str:
    """Return one claim; a result outside the line that reports the activity gets a note."""
    kind, _, rest = category.partition("/")
    basis = "mg:notRecorded" if kind == "result" else ("mg:stated", "mg:implied")[place % 2]
    outside = kind == "result" and rest[0] != each.line[-1]
    note = [("mg:lineNote", _OUTSIDE)] if outside else []
    reason = (
        f'"Line {place} of the text names it."@en, "La ligne {place} du texte le nomme."@fr, '
        f'"La línea {place} del texto lo nombra."@es'
    )
    return record(
        f"claim/{coder}/{each.key}/{category}", "mg:AlignmentClaim",
        ("mg:onActivity", ref(each.iri)), ("prov:wasAttributedTo", f"<coder/{coder}>"),
        (f"mg:claims{CLAIMS[kind]}", ref(category)), ("mg:basis", basis),
        ("mg:reason", reason), *note, CODED,
        each.citation(place % LINES_PER_ACTIVITY, 1),
    )  # fmt: skip


def main() -> None:
    """Write a plan according to the arguments."""
    parser = argparse.ArgumentParser(description="Write an invented plan of a given size.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", type=int, help="how many activities")
    parser.add_argument("--claims", type=int, default=4, help="how many each coder makes at most")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    write_plan(options.folder, options.size, options.claims, options.seed)


if __name__ == "__main__":
    main()
