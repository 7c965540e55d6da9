"""The elements of a plan that is made from a table, each with its rows, and the tree of them."""

from dataclasses import dataclass, field

from metrograph.reading.sheets import Row

MERGED, REPEATED = "merged", "repeated"


@dataclass(eq=False)
class Element:
    """An element: its depth from 1, name, printed number, the one above it, its rows.

    One that no row names, but that others stand under, is a stand-in; `named_by` is then its row.
    """

    depth: int
    label: str
    above: "Element | None" = None
    number: str = ""
    word: str = ""  # before its number, such as Goal
    rows: list[Row] = field(default_factory=list)
    is_stand_in: bool = False
    named_by: Row | None = None

    def at(self, depth: int) -> "Element":
        """Return the element itself or one above it, whichever stands at a depth (0: itself)."""
        found = self
        while depth and found.depth > depth and found.above:
            found = found.above
        return found


@dataclass
class Tree:
    """The elements in the order of the rows; names of levels by depth; rows that begin none.

    `others` are a row, what it is (`MERGED` or `REPEATED`) and the number of the row that it is so
    with; `strays` stand before all names; `known` finds an element by what tells it.
    """

    elements: list[Element] = field(default_factory=list)
    level_names: dict[int, str] = field(default_factory=dict)
    others: list[tuple[Row, str, int]] = field(default_factory=list)
    strays: list[Row] = field(default_factory=list)
    known: dict[tuple[object, ...], Element] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """Return how many levels there are."""
        return max((one.depth for one in self.elements), default=0)


def add(tree: Tree, element: Element | None, row: Row) -> None:
    """Let a row add to an element that is there; before all elements, it is a stray."""
    if element is None:
        tree.strays.append(row)
        return
    first = element.rows[0] if element.rows else element.named_by
    element.rows.append(row)
    tree.others.append((row, MERGED, first.number if first else row.number))
