"""Collects the statements about elements, and the names that a table lists, each once."""

from dataclasses import dataclass, field

from metrograph.ids import free_id
from metrograph.reading.any_table.context import Term
from metrograph.reading.any_table.nesting import Element
from metrograph.reading.sheets import Row
from metrograph.text import as_key, folded


@dataclass
class Lists:
    """Statuses, places and stakeholders, by kind and folded name: as written, key, first row."""

    names: dict[tuple[str, str], str] = field(default_factory=dict)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    elements: dict[tuple[str, str], dict[Element, None]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    tried: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, name: str, row: Row, element: Element) -> str:
        """Note a name of a kind with its element, and return its key."""
        known = (kind, folded(name))
        if known not in self.names:
            self.names[known], self.rows[known] = name, row.number
            key = as_key(name)[:60].strip("-") or str(len(self.names))
            free = free_id(f"{kind}/{key}", self.taken.__contains__, self.tried)
            self.keys[known] = free.removeprefix(f"{kind}/")  # a kind may have a slash itself
            self.taken.add(free)
        self.elements.setdefault(known, {})[element] = None
        return self.keys[known]


@dataclass
class Facts:
    """The statements about one element, value by value."""

    description: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    start: str = ""
    end: str = ""
    terms: dict[str, dict[Term, None]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # in other languages, by their tags

    def add(self, predicate: str, term: Term) -> None:
        """Add a value, once."""
        self.terms.setdefault(predicate, {})[term] = None
