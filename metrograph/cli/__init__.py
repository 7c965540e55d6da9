"""The command line: each command parses, calls and prints."""

import gc
from typing import TYPE_CHECKING, NoReturn

from metrograph.late import late

if TYPE_CHECKING:
    from metrograph.cli import main
else:  # the parts are wanted without it
    main = late("metrograph.cli.main")


_OBJECTS = 50_000  # that are made between two looks for cycles


def entry() -> NoReturn:
    """Run as a program: the script `metrograph`."""
    # A command makes much and soon ends: to look for cycles as often as Python does by default
    # takes a twelfth of the time of an answer from a built store.
    gc.set_threshold(_OBJECTS)
    main.entry()
