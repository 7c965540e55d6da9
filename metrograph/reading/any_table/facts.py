"""What is said of one element of a plan, and the lists of what elements name, as they fill."""

from collections import Counter
from dataclasses import dataclass, field

from metrograph.reading.any_table.elements import Element
from metrograph.reading.any_table.settings import Term
from metrograph.reading.sheets import Row
from metrograph.text import as_key, folded


@dataclass
class Lists:
    """Statuses, places and stakeholders, by kind and folded name: as written, key, first row."""

    names: dict[tuple[str, str], str] = field(default_factory=dict)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    elements: dict[tuple[str, str], dict[Element, None]] = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)
    again: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, kind: str, name: str, row: Row, element: Element) -> str:
        """Note a name of a kind with its element, and return its key."""
        known = (kind, folded(name))
        if known not in self.names:
            self.names[known], self.rows[known] = name, row.number
            key = as_key(name)[:60].strip("-") or str(len(self.names))
            free = key
            while (kind, free) in self.taken:
                self.again[kind, key] += 1
                free = f"{key}-{self.again[kind, key] + 1}"
            self.keys[known] = free
            self.taken.add((kind, free))
        self.elements.setdefault(known, {})[element] = None
        return self.keys[known]


@dataclass
class Facts:
    """What is said of one element, value by value."""

    description: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    start: str = ""
    end: str = ""
    terms: dict[str, dict[Term, None]] = field(default_factory=dict)

    def add(self, predicate: str, term: Term) -> None:
        """Add a value, once."""
        self.terms.setdefault(predicate, {})[term] = None
