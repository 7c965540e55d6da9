"""Imports a module when it is first used: takes its name, returns a placeholder for it.

Only for what takes long to import (networkx, rich, rdflib) or is not there on every system: a
command that does not need it starts without it. CONTRIBUTING shows how a module is imported so.
"""

from importlib import import_module
from types import ModuleType
from typing import Any


class _LateModule(ModuleType):
    """A module that is imported when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def late_from(package: str, *names: str) -> tuple[ModuleType, ...]:
    """Return placeholders for several modules of a package."""
    return tuple(late(f"{package}.{name}") for name in names)


def late(name: str) -> ModuleType:
    """Return a placeholder for a module; its attributes are those of the module itself.

    Asking for an attribute raises `ImportError` where the module cannot be imported.

    >>> late("colorsys").rgb_to_hsv(0, 0, 1)
    (0.6666666666666666, 1.0, 1)
    """
    return _LateModule(name)
