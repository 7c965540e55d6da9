"""Ids: between the short names that people type and the IRIs that the graph holds."""

from dataclasses import dataclass
from urllib.parse import urljoin

from metrograph.vocabulary import MG_NAMESPACE


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
    head, found, _ = plan.partition("/plan/")
    if found:
        return head + "/"
    if "#" in plan:
        return plan.partition("#")[0] + "#"
    return urljoin(plan, ".")
