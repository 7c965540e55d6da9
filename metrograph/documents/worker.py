"""Reads one document in a process of its own: bytes on stdin, its lines as JSON on stdout.

The process is bounded before anything is read: memory, processor time, no file written, no other
program started, no connection made. A reader that is deceived can do no more than be wrong.
"""

import json
import sys
from typing import TYPE_CHECKING, Any

from metrograph.documents.refusals import MOST_TEXT, Refusal
from metrograph.late import late

if TYPE_CHECKING:
    import resource

    from metrograph.documents.edition import Edition
else:
    resource = late("resource")  # Windows has none

MEMORY = 2 * 2**30  # bytes
PROCESSOR = 60  # seconds
READERS = {
    ".txt": ("plain", "read_text"),
    ".md": ("plain", "read_text"),
    ".html": ("hypertext", "read_html"),
    ".htm": ("hypertext", "read_html"),
    ".docx": ("word", "read_docx"),
    ".odt": ("opendocument", "read_odt"),
    ".pdf": ("portable", "read_pdf"),
}  # the module for each kind of document, and its function
_FORBIDDEN = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ftplib.",
    "urllib.", "http.client.", "os.remove", "os.rename", "shutil.", "tempfile.",
)  # fmt: skip


def bound() -> None:
    """Give up what reading needs not: memory and time beyond limits, connections, new programs."""
    try:
        for limit, value in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, PROCESSOR),
        ):
            resource.setrlimit(limit, (value, value))
    except (ImportError, ValueError, OSError):
        pass  # where the system cannot, the time on the clock still holds
    sys.addaudithook(_forbid)


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise PermissionError(event)


def read(kind: str, data: bytes) -> dict[str, Any]:
    """Return the lines of a document as JSON can hold them, or the code of a refusal."""
    try:
        module, function = READERS[kind]
        edition: Edition = getattr(late(f"metrograph.documents.{module}"), function)(data)
        if len(edition.data) > MOST_TEXT:
            return {"refusal": "long"}
        if not any(line.text.strip() for line in edition.lines):
            return {"refusal": "empty"}
    except Refusal as refusal:
        return {"refusal": refusal.code}
    except MemoryError:
        return {"refusal": "memory"}
    except RecursionError:
        return {"refusal": "damaged"}
    lines = [(line.text, line.kind, line.level, line.page) for line in edition.lines]
    return {"lines": lines, "as_is": edition.data == data}


def main() -> None:
    """Read the document on stdin, of the kind that the command line names."""
    bound()
    answer = read(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
