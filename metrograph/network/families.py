"""Groups the kinds of records in at most eight families, which a legend names and filters by."""

from collections.abc import Mapping

from metrograph.messages import word
from metrograph.network.symbols import mark, order

_FAMILIES = {  # the colour that kinds of a family share, and its name
    "#b45309": "vision",
    "#be185d": "challenges",
    "#7c3aed": "crossings",
    "#1d4ed8": "elements",
    "#15803d": "actions",
    "#b91c1c": "measures",
    "#0e7490": "people",
}
OTHER = "other"
ORDER = (*_FAMILIES.values(), OTHER)
_COLOURS = {name: colour for colour, name in _FAMILIES.items()} | {OTHER: "#57534e"}


def family(kind: str) -> str:
    """Return the family of a kind.

    >>> family("Axis"), family("Place"), family("Concept")
    ('elements', 'people', 'other')
    """
    return _FAMILIES.get(mark(kind).colour, OTHER)


def colour(name: str) -> str:
    """Return the colour of a family."""
    return _COLOURS[name]


def legend(kinds: Mapping[str, str], lang: str) -> list[tuple[str, str, str]]:
    """Return the families of kinds in order: name, label, and a kind whose mark stands for it.

    `kinds` holds the label of each. A family of which one kind is there has the name of that.
    """
    members: dict[str, list[str]] = {}
    for kind in sorted(kinds, key=order):
        members.setdefault(family(kind), []).append(kind)
    return [
        (
            name,
            kinds[members[name][0]] if len(members[name]) == 1 else word(f"family_{name}", lang),
            members[name][0],
        )
        for name in ORDER
        if name in members
    ]
