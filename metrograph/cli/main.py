"""The command line: runs arguments; data on stdout, messages on stderr, an exit code.

Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 cannot run.
"""

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from metrograph.cli.commands import root
from metrograph.cli.speech import language, speak, tell
from metrograph.errors import MetrographError, reason_of
from metrograph.messages import in_language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `metrograph query ... | head` ends quietly
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C stops a query that runs in Oxigraph, too
    words = list(sys.argv[1:] if arguments is None else arguments)
    lang = language(words)
    speak(lang)
    try:
        return int(root().main(words, prog_name="metrograph", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except MetrographError as error:
        print(f"metrograph: {in_language(error, lang)}", file=sys.stderr)
        return error.exit_code


def entry() -> NoReturn:
    """Run as a program."""
    try:
        code = main()
        sys.stdout.flush()
    except OSError as error:
        code = _fail(tell("cannot_write", in_language(reason_of(error), language(sys.argv))))
    except Exception as error:  # the last resort: a person can do nothing with a traceback
        code = _fail(tell("unexpected", type(error).__name__, error))
    os._exit(code)  # without waiting for a query that was given up and still runs in its thread


def _fail(message: str) -> int:
    if sys.stderr is not None:
        print(f"metrograph: {message}", file=sys.stderr, flush=True)
    return MetrographError.exit_code
