"""The reader's language, and the messages of click in that language.

Click takes its sentences from gettext's default domain, in which nothing is installed: `speak` has
it take them from the catalogue. The language is that of a whole process, as click's is.
"""

import os
from collections.abc import Sequence
from types import ModuleType

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from metrograph.messages import LANGUAGES, word

_VARIABLES = ("METROGRAPH_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
_MODULES: tuple[ModuleType, ...] = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.types,
)
CLICK = {
    "Usage:": "click_usage",
    "Options": "click_options",
    "Positional arguments": "click_arguments",
    "Error: {message}": "click_error",
    "Aborted!": "click_aborted",
    "Try '{command} {option}' for help.": "click_try_help",
    "Show this message and exit.": "click_show_help",
    "Show the version and exit.": "click_show_version",
    "required": "click_required",
    "Missing command.": "click_missing_command",
    "Missing argument": "click_missing_argument",
    "Missing option": "click_missing_option",
    "Missing parameter": "click_missing_parameter",
    "No such command {name!r}.": "click_no_command",
    "No such option {name!r}.": "click_no_option",
    "Did you mean {possibility}?": "click_did_you_mean",
    "(Did you mean one of: {possibilities}?)": "click_did_you_mean_one_of",
    "Got unexpected extra argument ({args})": "click_extra_argument",
    "Got unexpected extra arguments ({args})": "click_extra_arguments",
    "Option {name!r} does not take a value.": "click_no_value",
    "Option {name!r} requires an argument.": "click_value_missing",
    "Invalid value: {message}": "click_invalid",
    "Invalid value for {param_hint}: {message}": "click_invalid_for",
    "{value!r} is not {choice}.": "click_not_choice",
    "{value!r} is not one of {choices}.": "click_not_choices",
    "Choose from:\n\t{choices}": "click_choose_from",
}
_language = "en"


def language(arguments: Sequence[str]) -> str:
    """Return the language of a command line before it is parsed, so that errors speak it, too.

    It is that of the last --lang, else that of METROGRAPH_LANG or the locale, else English.

    >>> language(["coverage", "--lang", "fr"]), language(["--lang=es", "new", "town"])
    ('fr', 'es')
    """
    chosen = [*(os.environ.get(variable, "")[:2] for variable in reversed(_VARIABLES))]
    for at, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            typed = value if equals else "".join(arguments[at + 1 : at + 2])
            chosen.append(typed.partition(",")[0].strip().lower())
    return next((lang for lang in reversed(chosen) if lang in LANGUAGES), "en")


def speak(lang: str) -> None:
    """Have the command line, and click with it, speak a language from now on."""
    global _language  # noqa: PLW0603  click's messages are of the whole process, too
    _language = lang
    for module in _MODULES:
        vars(module).update({"_": _translated, "ngettext": _translated_number})


def tell(key: str, *values: object) -> str:
    """Return a word of the catalogue in the language of the command line, filled with values."""
    text = word(key, _language)
    return text.format(*values) if values else text


def _translated(message: str) -> str:
    return tell(CLICK[message]) if message in CLICK else message


def _translated_number(singular: str, plural: str, number: int) -> str:
    return _translated(singular if number == 1 else plural)
