"""The elements of a StratML document as a tree, and the remarks of its import."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from metrograph.messages import word
from metrograph.reading.notices import Remark

_SHOWN = 80  # signs of a text that a remark shows, where all of it is kept elsewhere


@dataclass(frozen=True, eq=False)
class Node:
    """An element by its standard name: where it is, what it says, and strays found within it.

    `line` and `last` count lines from 1; `lang` is the language of its texts, if told (the first
    part of a tag).
    """

    name: str
    line: int
    last: int
    text: str = ""
    lang: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple["Node", ...] = ()
    strays: tuple[str, ...] = ()

    def every(self, *names: str) -> tuple["Node", ...]:
        """Return the children of these names, in their order."""
        return tuple(child for child in self.children if child.name in names)

    def find_child(self, name: str) -> "Node | None":
        """Return the child of a name, if there is one."""
        return next(iter(self.every(name)), None)

    def text_of(self, name: str) -> str:
        """Return the text of the child of a name, perhaps empty."""
        child = self.find_child(name)
        return child.text if child else ""


class Desk:
    """Where remarks on one file gather, each once, in one language."""

    def __init__(self, file: str, lang: str, part: int) -> None:
        self.lang = lang
        self.part = part
        self._file = file
        self._remarks: Counter[tuple[int, str, str, str]] = Counter()

    def say(self, at: int, kind: str, text: str, key: str, *values: object) -> None:
        """Add a remark on a line; `key` names a sentence of `wording`, `values` fill it in."""
        self._remarks[at, kind, text, word(key, self.lang).format(*values)] += 1

    def remarks(self) -> tuple[Remark, ...]:
        """Return the remarks in the order of lines; what a line has several times, with a count."""
        return tuple(
            Remark(f"{self._file}:{at}", kind, text if times == 1 else f"{text} (×{times})", made)
            for (at, kind, text, made), times in sorted(
                self._remarks.items(), key=lambda item: item[0][0]
            )
        )


def shown(text: str) -> str:
    """Return the beginning of a text, on one line."""
    whole = " ".join(text.split())
    return whole if len(whole) <= _SHOWN else whole[: _SHOWN - 1] + "…"


def walk(node: Node) -> Iterator[Node]:
    """Yield an element and all within it, in their order."""
    yield node
    for child in node.children:
        yield from walk(child)


def first_text(node: Node, *names: str) -> str:
    """Return the first text that an element has under one of these names, or nothing."""
    return next((text for name in names if (text := node.text_of(name))), "")
