"""The command line: each command parses, calls and prints."""

from typing import TYPE_CHECKING, NoReturn

from metrograph.late import late

if TYPE_CHECKING:
    from metrograph.cli import main
else:  # the parts are wanted without it
    main = late("metrograph.cli.main")


def entry() -> NoReturn:
    """Run as a program: the script `metrograph`."""
    main.entry()
