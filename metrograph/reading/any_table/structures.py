"""Finds another structure that fits a table nearly as well, and shows both trees.

Three kinds are near each other: blank cells below a single name may stand for it or for none;
rows of one name may be one element or several; and a level may stand above one to its left.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from metrograph.messages import word
from metrograph.reading.any_table.columns import filled_of
from metrograph.reading.any_table.hierarchy import grown
from metrograph.reading.any_table.mapping import Mapping
from metrograph.reading.any_table.nesting import Element, Tree
from metrograph.reading.notices import GUESSED, Remark
from metrograph.reading.numbers import line_of
from metrograph.reading.sheets import Row

_DOUBT = 0.95  # of a structure beside another one: the first to be asked
_BLANKS = 3  # below a single name, from which on they may stand for none
_AGAIN = 0.5  # share of different names below which rows may be of one element each
_SHOWN = 3  # elements of a tree


@dataclass(frozen=True)
class Other:
    """Another structure: the line of a mapping that asks for it, and the mapping with it."""

    line: str
    mapping: Mapping


def other_structure(body: Sequence[Row], mapping: Mapping, tree: Tree) -> Other | None:
    """Return the structure that fits nearly as well as a guessed one, if there is one."""
    if mapping.hierarchy != "columns" or not mapping.levels:
        return None
    if not mapping.blanks and _has_one_name_over_blanks(body, mapping):
        return Other('blanks = "none"', replace(mapping, blanks="none"))
    if not mapping.names and _has_names_again(tree):
        return Other('names = "once"', replace(mapping, names="once"))
    return None


def _has_one_name_over_blanks(body: Sequence[Row], mapping: Mapping) -> bool:
    """Return whether a level above the lowest has one name in all, and blanks below it."""
    for level in mapping.levels[:-1]:
        texts = [line_of(filled_of(row.at(level.index))) for row in body]
        names = {text for text in texts if text}
        if len(names) == 1 and texts[0] and texts.count("") >= _BLANKS:
            return True
    return False


def _has_names_again(tree: Tree) -> bool:
    """Return whether most of the lowest elements have the name of another one beside them."""
    lowest = [element for element in tree.elements if element.depth == tree.depth > 1]
    names = {(element.above, element.label) for element in lowest}
    return bool(lowest) and len(names) < _AGAIN * len(lowest)


def on_structures(
    body: Sequence[Row], tree: Tree, other: Other | None, name: str, lang: str
) -> list[Remark]:
    """Return the question which of two structures is meant, with both trees."""
    if other is None:
        return []
    trees = [shown(of, lang) for of in (tree, grown(body, other.mapping))]
    made = word("two_structures", lang).format(*trees, other.line)
    return [Remark(name, GUESSED, "", made, _DOUBT)]


def shown(tree: Tree, lang: str) -> str:
    """Return a tree in a line: how many elements each level has, and some with those above them."""
    counts = Counter(element.depth for element in tree.elements)
    levels = ", ".join(
        f"{tree.level_names.get(depth) or word('level', lang)} {counts[depth]}"
        for depth in sorted(counts)
    )
    lowest = [element for element in tree.elements if element.depth == tree.depth]
    step = max(len(lowest) // _SHOWN, 1)
    return f"{levels} ({'; '.join(_path(element) for element in lowest[::step][:_SHOWN])})"


def _path(element: Element) -> str:
    above = f"{_path(element.above)} > " if element.above else ""
    return f"{above}{element.label[:40]}"
