"""The exceptions of metrograph: each has one sentence with the location and the remedy.

The command line prints them in one place and ends with `exit_code`; Python users catch
`MetrographError`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Self

_SPACES = "\n\u00a0\u202f"
Translate = Callable[[str, str, int], str]  # singular, plural (or the same), number -> a template


@dataclass(frozen=True)
class Text:
    """A sentence in English with places for its values, which a reader's language can replace.

    `plural` is the sentence for `number`s other than one. Values may be texts themselves.
    """

    message: str
    plural: str = ""
    number: int = 1
    values: dict[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, message: str, plural: str = "", /, **values: object) -> Self:
        """Return a text; where it has a plural, the value `number` decides.

        >>> print(Text.of("{number} row", "{number} rows", number=2))
        2 rows
        """
        number = values.get("number", 1)
        return cls(message, plural, number if isinstance(number, int) else 1, values)

    def filled(self, translate: Translate) -> str:
        """Return the sentence in the language of `translate`, with its values."""
        values = {name: _written(value, translate) for name, value in self.values.items()}
        template = translate(self.message, self.plural or self.message, self.number)
        return template.format(**values) if values else template

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.filled(_english)


def _english(message: str, plural: str, number: int) -> str:
    return message if number == 1 else plural


def _written(value: object, translate: Translate) -> object:
    """Return a value as it stands in a sentence: no control character reaches a terminal."""
    if isinstance(value, MetrographError):
        value = value.text
    if isinstance(value, Text):
        return value.filled(translate)
    if isinstance(value, int | float):
        return value
    return "".join(c if c.isprintable() or c in _SPACES else ascii(c)[1:-1] for c in str(value))


REASONS = (  # of the system, for the catalogues; others stay in the system's own words
    Text("Permission denied"),
    Text("No such file or directory"),
    Text("Is a directory"),
    Text("Not a directory"),
    Text("No space left on device"),
    Text("Read-only file system"),
    Text("File name too long"),
    Text("Too many open files"),
    Text("Address already in use"),
    Text("Cannot assign requested address"),
    Text("Input/output error"),
    Text("Disk quota exceeded"),
    Text("File exists"),
    Text("Operation not permitted"),
    Text("Name or service not known"),
    Text("Too many levels of symbolic links"),
)


def reason_of(error: OSError) -> Text:
    """Return what the system says of an error, as a text that the catalogues translate."""
    return Text(error.strerror or str(error))


class MetrographError(Exception):
    """Something that a person can put right; its text says what, where, and how.

    It is raised with an English sentence and its values, and put into the reader's language where
    it is shown (`messages.in_language`).

    >>> str(MetrographError("“{name}” is not a valid ID.", name="x"))
    '“x” is not a valid ID.'
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, message: str | Text, plural: str = "", /, **values: object) -> None:
        text = message if isinstance(message, Text) else Text.of(message, plural, **values)
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        """Return the sentence in English; `messages.in_language` gives it in others."""
        return str(self.text)


class InputError(MetrographError):
    """A file or folder cannot be read as what it should be."""


class ChangedError(InputError):
    """Files were changed between two looks at them; all are to be read again."""


class BusyError(InputError):
    """Another process is changing the plan; what was asked for can be done when it has ended."""


class UsageError(MetrographError):
    """A command or call was asked for something that it does not have."""

    exit_code: ClassVar[int] = 2


class QueryError(MetrographError):
    """A query cannot be run: its syntax, its kind, or its parameters."""


class RefusedError(QueryError):
    """A query does what is never done here: it changes the graph, or leaves the machine."""


class LimitError(QueryError):
    """A query takes or gives more than is allowed."""


class OntologyError(MetrographError):
    """The ontology says something that the compiler of its axioms does not know."""


class ShapesError(MetrographError):
    """A shape asks for what cannot be run, or says what is not SHACL."""


class CacheError(MetrographError):
    """A built store cannot be opened or read; it is only an index and can be built again."""


class EngineError(MetrographError):
    """A SPARQL server cannot be reached, refuses, or does not answer as SPARQL 1.1 says."""


class DataError(MetrographError):
    """The graph does not hold what an evaluation needs."""


class Conflict(MetrographError):  # noqa: N818  it is no mistake of anyone
    """A record has changed since it was opened for editing: both versions, as Turtle."""

    def __init__(
        self,
        message: str | Text,
        plural: str = "",
        /,
        theirs: str = "",
        yours: str = "",
        **values: object,
    ) -> None:
        super().__init__(message, plural, **values)
        self.theirs = theirs
        self.yours = yours
