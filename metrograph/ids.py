"""Converts between the short ids that people type and IRIs, and finds free ids."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from metrograph.vocabulary import MG_NAMESPACE

_CITATION = re.compile(r"(.+)#line=([0-9]{1,9}),([0-9]{1,9})")


@dataclass(frozen=True)
class Ids:
    """The ids of one plan: what follows its base IRI is the id.

    >>> ids = Ids("https://w3id.org/metrograph/metropolis/")
    >>> ids.iri("theme/sustainability")
    'https://w3id.org/metrograph/metropolis/theme/sustainability'
    >>> ids.short("https://w3id.org/metrograph/metropolis/line/1")
    'line/1'
    >>> ids.short("https://w3id.org/metrograph/ontology#stated")
    'mg:stated'
    """

    base: str

    def short(self, iri: str) -> str:
        """Return the id of an IRI; an IRI of another namespace stays whole."""
        if iri.startswith(self.base) and iri != self.base:
            return iri[len(self.base) :]
        if iri.startswith(MG_NAMESPACE):
            return "mg:" + iri[len(MG_NAMESPACE) :]
        return iri

    def iri(self, name: str) -> str:
        """Return the IRI of an id; a whole IRI, also in angle brackets, stays as it is."""
        name = name.strip().removeprefix("<").removesuffix(">")
        if name.startswith("mg:"):
            return MG_NAMESPACE + name[3:]
        if name.startswith(("http://", "https://", "urn:")):
            return name
        return self.base + name


def base_of(plan: str, file_base: str | None) -> str:
    """Return the base IRI of a plan graph.

    `plan` is the IRI of the plan and `file_base` the `@base` of the file that holds it, if any.
    Without a base that fits, the base is what stands before `plan/`, or before the last separator.

    >>> base_of("https://example.org/ports/plan/2030", None)
    'https://example.org/ports/'
    >>> base_of("https://example.org/ports#p", None)
    'https://example.org/ports#'
    """
    if file_base and plan.startswith(file_base) and plan != file_base:
        return file_base
    head, separator, _ = plan.partition("/plan/")
    if separator:
        return head + "/"
    if "#" in plan:
        return plan.partition("#")[0] + "#"
    return urljoin(plan, ".")


def free_id(
    wished: str, is_taken: Callable[[str], bool], tried: dict[str, int] | None = None
) -> str:
    """Return an id that is not taken: this one, or this one with a number behind it.

    `tried` remembers with which number each was free, for ids that stay taken: so that many of one
    name take time in step with their count. An id that ends in a slash gets a number from 1.

    >>> taken = {"goal/docks", "goal/docks-2"}
    >>> free_id("goal/docks", taken.__contains__), free_id("goal/", taken.__contains__)
    ('goal/docks-3', 'goal/1')
    """
    number = (tried or {}).get(wished, 1)
    while is_taken(free := _numbered(wished, number)):
        number += 1
    if tried is not None:
        tried[wished] = number
    return free


def unique_ids(wished: Iterable[str]) -> list[str]:
    """Return ids, each once: a later one that is there already gets a number.

    >>> unique_ids(["a", "b", "a", "a"])
    ['a', 'b', 'a-2', 'a-3']
    """
    tried: dict[str, int] = {}
    taken: dict[str, None] = {}
    for name in wished:
        taken[free_id(name, taken.__contains__, tried)] = None
    return list(taken)


def _numbered(name: str, number: int) -> str:
    if name.endswith("/"):
        return f"{name}{number}"
    return name if number == 1 else f"{name}-{number}"


def citation_id(source: str, first: int, last: int) -> str:
    """Return the id of a citation of lines (from 1, the last one too) of a source.

    Its numbers count the places between lines (RFC 5147, 2.2.2).

    >>> citation_id("source/report", 3, 4)
    'source/report#line=2,4'
    """
    return f"{source}#line={first - 1},{last}"


def cited_lines(citation: str) -> tuple[str, int, int] | None:
    """Return the source of a citation, its first line and its last one, from 1.

    >>> cited_lines("source/report#line=2,4")
    ('source/report', 3, 4)
    """
    match = _CITATION.fullmatch(citation)
    return (match[1], int(match[2]) + 1, int(match[3])) if match else None
