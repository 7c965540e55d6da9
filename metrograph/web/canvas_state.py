"""The state of a canvas in the address of its page, and what a click changes in it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from starlette.datastructures import QueryParams

from metrograph.network.canvas import PICKED, Choice
from metrograph.network.scene import COLOURS
from metrograph.network.starts import VIEWS
from metrograph.web.pages import address

PATH = "/explore/canvas"
_MOST = 200  # values of a name
_FARTHEST = 100_000  # pixels from the middle to where a record can be pinned


def choice_of(query: QueryParams) -> Choice:
    """Return the state that an address holds; what it cannot mean is passed over."""

    def many(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for value in query.getlist(name)[:_MOST] if value))

    view, colour = query.get("view", ""), query.get("colour", "")
    return Choice(
        view if view in VIEWS else "",
        many("add"),
        many("opened"),
        many("pick")[:PICKED],
        frozenset(many("hide")),
        query.get("coder", ""),
        colour if colour in COLOURS else "",
        "centrality" if query.get("size") == "centrality" else "",
        query.get("without", ""),
        dict(_pins(many("pin"))),
    )


def _pins(values: Iterable[str]) -> Iterable[tuple[str, tuple[float, float]]]:
    for value in values:
        if match := re.fullmatch(r"(-?[0-9]{1,6}),(-?[0-9]{1,6}),(.+)", value):
            x, y = (max(-_FARTHEST, min(_FARTHEST, int(part))) for part in match.groups()[:2])
            yield match[3], (float(x), float(y))


def fields(choice: Choice) -> dict[str, object]:
    """Return the values of an address that holds a state."""
    return {
        "view": choice.view,
        "add": list(choice.added),
        "opened": list(choice.opened),
        "pick": list(choice.picked),
        "hide": sorted(choice.hidden),
        "coder": choice.coder,
        "colour": choice.colour,
        "size": choice.size,
        "without": choice.without,
        "pin": [f"{x:.0f},{y:.0f},{name}" for name, (x, y) in choice.pins.items()],
    }


def link(lang: str, choice: Choice, path: str = PATH) -> str:
    """Return the address of a canvas in a state."""
    return address(lang, path, {name: value for name, value in fields(choice).items() if value})


def changed(choice: Choice, action: str) -> Choice:
    """Return the state after an action such as "open:activity/2023/avantia".

    >>> changed(Choice("overview"), "open:line/1").picked
    ('line/1',)
    >>> changed(changed(Choice("overview"), "open:line/1"), "open:line/1") == Choice("overview")
    True
    """
    verb, _, name = action.partition(":")
    act = _ACTIONS.get(verb)
    return act(choice, name) if act else choice


def _picked(choice: Choice, name: str) -> Choice:
    """Return the state with a record selected, or no longer."""
    is_picked = name in choice.picked
    picked = _without(choice.picked, name) if is_picked else _joined(choice, name)
    return replace(choice, picked=picked)


def _added(choice: Choice, name: str) -> Choice:
    """Return the state with a record on the canvas, and selected."""
    added = (*_without(choice.added, name), name)
    return replace(choice, added=added, picked=_joined(choice, name))


def _dropped(choice: Choice, name: str) -> Choice:
    """Return the state without what was added, opened and selected under an id."""
    added, opened, picked = (
        _without(names, name) for names in (choice.added, choice.opened, choice.picked)
    )
    return replace(choice, added=added, opened=opened, picked=picked)


def _left(choice: Choice, name: str) -> Choice:
    """Return the state in which the leaving of a record is tried, or no longer."""
    without = "" if choice.without == name else name
    return replace(choice, without=without, picked=(name,))


def _opened(choice: Choice, name: str) -> Choice:
    """Return the state with a record opened and selected, or closed."""
    if name in choice.opened:
        opened, picked = _without(choice.opened, name), _without(choice.picked, name)
        return replace(choice, opened=opened, picked=picked)
    return replace(choice, opened=(*choice.opened, name), picked=(name,))


def _joined(choice: Choice, name: str) -> tuple[str, ...]:
    """Return what is selected once a record is added: with what was before, two at most."""
    return (*_without(choice.picked, name), name)[-PICKED:]


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(other for other in names if other != name)


_ACTIONS: Mapping[str, Callable[[Choice, str], Choice]] = {
    "open": _opened,
    "pick": _picked,
    "add": _added,
    "drop": _dropped,
    "leave": _left,
    "hide": lambda choice, name: replace(choice, hidden=choice.hidden ^ {name}),
    "pin": lambda choice, name: replace(choice, pins={**choice.pins, **dict(_pins([name]))}),
    "unpin": lambda choice, _: replace(choice, pins={}),
}
