"""What can go wrong: one family of exceptions, each a sentence with a place and a remedy.

The command line prints them in one place and ends with `exit_code`; Python users catch
`MetrographError`.
"""

from typing import ClassVar


class MetrographError(Exception):
    """Something that a person can put right; its text says what, where, and how."""

    exit_code: ClassVar[int] = 3


class InputError(MetrographError):
    """A file or folder cannot be read as what it should be."""


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


class DataError(MetrographError):
    """The graph does not hold what an evaluation needs."""


class Conflict(MetrographError):  # noqa: N818  it is no mistake of anyone
    """A record has changed since it was opened for editing: both versions, as Turtle."""

    def __init__(self, message: str, theirs: str, yours: str) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.yours = yours
