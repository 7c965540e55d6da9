"""The filters of activities and claims, and the parameters of questions that they become.

This is the one form in which filters travel: the command line, an address and Python make a
`Filters`, and the questions of the library get `parameters()`.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from metrograph.errors import QueryError

AGREED = ("agreed", "standing")  # the second is what the ontology and JSON call it
_CODER = "coder:"


@dataclass(frozen=True)
class Filters:
    """What narrows the coverage matrix; without any, it counts every activity by agreed claims.

    `year` is a reporting year; `line` the id of an action line; `claims` is "agreed", "any" or
    "coder:KEY" ("standing" is another word for "agreed"); `basis` is "stated" or "implied" and
    leaves out claims with another; `output` is the id of an output type, `region` that of a region
    from which a member takes part; `evidence` is "any", or "same-passage" to count only activities
    that name challenge and theme in one passage. Raises `QueryError` for any other word.
    """

    year: int | None = None
    line: str | None = None
    claims: str = "agreed"
    basis: str | None = None
    output: str | None = None
    region: str | None = None
    evidence: str = "any"

    def __post_init__(self) -> None:
        """Raise `QueryError` for a word that is not a choice of its filter."""
        if self.claims not in (*AGREED, "any") and not self.claims.startswith(_CODER):
            raise QueryError(
                "The claims must be agreed, any or coder:KEY, not “{claims}”.", claims=self.claims
            )
        if self.evidence not in ("any", "same-passage"):
            raise QueryError(
                "The evidence must be any or same-passage, not “{evidence}”.",
                evidence=self.evidence,
            )
        if self.basis not in (None, "stated", "implied"):
            raise QueryError(
                "The basis must be stated or implied, not “{basis}”.", basis=self.basis
            )

    @property
    def coder(self) -> str | None:
        """The id of the coder whose claims alone count, if it is one coder's."""
        key = self.claims.removeprefix(_CODER)
        return None if key == self.claims else f"coder/{key}"

    @property
    def counts_agreed(self) -> bool:
        """Whether only agreed claims count."""
        return self.claims in AGREED

    @property
    def counts_all_agreed(self) -> bool:
        """Whether every agreed claim counts, whatever its basis."""
        return self.counts_agreed and self.basis is None

    def counts(self, coder: str, basis: str, *, is_agreed: bool) -> bool:
        """Return whether a claim counts: of this coder, on this basis, and agreed or not.

        >>> Filters(claims="coder:a").counts("coder/a", "mg:stated", is_agreed=False)
        True
        """
        return (
            (is_agreed or not self.counts_agreed)
            and self.coder in (None, coder)
            and self.basis in (None, basis.removeprefix("mg:"))
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is narrowed."""
        return self.counts_agreed and replace(self, claims="agreed") == Filters()

    def known(self, known: Callable[[str], str]) -> "Filters":
        """Return the filters with each id as `known` returns it, which raises for an unknown one.

        >>> Filters(line="https://x/line/1").known(lambda name: name[10:]).line
        'line/1'
        """
        if self.coder is not None:
            known(self.coder)
        line, output, region = (
            None if name is None else known(name) for name in (self.line, self.output, self.region)
        )
        return replace(self, line=line, output=output, region=region)

    def of_claims(self) -> dict[str, str]:
        """Return the parameters of a question that say which claims count."""
        which = {"selection": "standingJudgement" if self.counts_agreed else "hasJudgement"}
        more = {"coder": self.coder, "basis": self.basis}
        return which | {name: value for name, value in more.items() if value is not None}

    def of_activities(self) -> dict[str, str]:
        """Return the parameters of a question that say which activities count."""
        values = {name: getattr(self, name) for name in ("year", "line", "output", "region")}
        return {name: str(value) for name, value in values.items() if value is not None}

    def parameters(self) -> dict[str, str]:
        """Return the parameters of a question, as `query.library.bind` takes them.

        >>> Filters(year=2023, claims="coder:a").parameters()
        {'selection': 'hasJudgement', 'coder': 'coder/a', 'year': '2023'}
        """
        return self.of_claims() | self.of_activities()

    def to_json(self) -> dict[str, str | int]:
        """Return the filters by their names, as JSON and tables list them: claims always.

        >>> Filters(year=2023).to_json()
        {'claims': 'standing', 'year': 2023}
        """
        claims = "standing" if self.counts_agreed else self.claims
        names = (field.name for field in fields(self) if field.name != "claims")
        chosen = {name: getattr(self, name) for name in names}
        if self.evidence == "any":
            del chosen["evidence"]
        return {"claims": claims} | {
            name: value for name, value in chosen.items() if value is not None
        }


def filters_from(base: Filters | int | None = None, **named: Any) -> Filters:
    """Return filters from filters, a reporting year alone or nothing, and some fields by name.

    >>> filters_from(2023, claims="any") == Filters(year=2023, claims="any")
    True
    """
    whole = base if isinstance(base, Filters) else Filters(year=base)
    return replace(whole, **named)
