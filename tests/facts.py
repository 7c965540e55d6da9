"""A plan that answers from lists: what an evaluation is tested on without building a graph."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from metrograph.errors import QueryError
from metrograph.query.answers import Row


@dataclass(frozen=True)
class Facts:
    """Answers each question with the rows given for it, and labels each id with itself."""

    given: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    lang: str = "en"

    def rows(self, name: str, **parameters: str | int) -> list[Row]:
        """Return the rows given for a question, whatever the parameters."""
        assert set(parameters) <= {"language", "activity", "year", "without"}
        return list(self.given.get(name, ()))

    def label(self, name: str) -> str:
        """Return the id."""
        return name

    def iri_of(self, name: str) -> str:
        """Return the id as an IRI."""
        return f"https://example.org/{name}"

    def known(self, name: str) -> str:
        """Return the id, unless it is one that nobody has."""
        if name == "nobody":
            raise QueryError("The plan has no record “nobody”.")
        return name


def coded(read: Mapping[str, str], claims: Sequence[tuple[str, str, str]]) -> Facts:
    """Return a plan in which coders (letters) read units and claim themes: (unit, theme, coders).

    The themes of the plan are t1 to t3.
    """
    return Facts(
        {
            "readings": [
                {"activity": unit, "coder": coder}
                for unit, coders in read.items()
                for coder in coders
            ],
            "claims-in-force": [
                {
                    "activity": unit,
                    "kind": "mg:claimsTheme",
                    "category": theme,
                    "coder": coder,
                    "claim": f"claim/{coder}/{unit}/{theme}",
                    "verdict": None,
                    "superseded": False,
                }
                for unit, theme, coders in claims
                for coder in coders
            ],
            "categories": [
                {"kind": "mg:VisionTheme", "category": theme, "challenge": None}
                for theme in ("t1", "t2", "t3")
            ],
        }
    )
