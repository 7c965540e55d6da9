"""The command that makes a new plan folder from a file of another organisation."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli import import_update
from metrograph.cli.imported import Import, check_readable, report_doubts, report_remarks
from metrograph.cli.terminal import Session, ask, opened, say, step
from metrograph.errors import InputError, UsageError, reason_of
from metrograph.exchange.xml_stream import root_of
from metrograph.late import late
from metrograph.messages import word
from metrograph.reading.notices import Read, Remark
from metrograph.store import new_plan as folder
from metrograph.store.findings import count
from metrograph.store.turtle import decode, read_bytes, turtle_files
from metrograph.store.writing import check_apart, replace_file
from metrograph.text import as_key

if TYPE_CHECKING:
    from metrograph.exchange import rdf
    from metrograph.exchange.iati import reader as iati_reader
    from metrograph.exchange.stratml import reader as stratml_reader
    from metrograph.exchange.table_update import revision
    from metrograph.reading.any_table import mapping as mappings
    from metrograph.reading.any_table import reader as any_table_reader
    from metrograph.store import build
else:  # each takes long to import, and is for files of one kind
    rdf = late("metrograph.exchange.rdf")
    iati_reader = late("metrograph.exchange.iati.reader")
    stratml_reader = late("metrograph.exchange.stratml.reader")
    revision = late("metrograph.exchange.table_update.revision")
    mappings = late("metrograph.reading.any_table.mapping")
    any_table_reader = late("metrograph.reading.any_table.reader")
    build = late("metrograph.store.build")

_OPENED_AT_ONCE = 5_000_000  # bytes of Turtle; to store what follows from more takes minutes
_BEGINS = 10_000  # bytes
_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"  # byte order marks and blanks, before a file begins


def run(session: Session, chosen: Import, new: Path) -> int:
    """Make a new plan folder of a file, whatever it is, and say what was noticed."""
    if session.graph is not None:
        raise UsageError("--new makes a folder and cannot be combined with --graph.")
    check_readable(chosen.file)
    for output in (chosen.report, chosen.write_map):
        if output:
            check_apart(output, new, chosen.file)
    step(word("step_reading", session.lang).format(chosen.file))
    read = _read(session.lang, chosen, new)
    is_guessed = any(remark.doubt for remark in read.remarks) or _has_map(read)
    if is_guessed and not chosen.all:
        report_doubts(read.remarks, session, chosen.report)
    else:
        report_remarks(read.remarks, session, chosen.report)
    if chosen.dry_run:
        say(word("import_dry", session.lang))
        return 0
    step(word("step_writing", session.lang).format(new))
    day = chosen.as_of or import_update.day_of(chosen.file)
    session.graph = folder.write(new, revision.dated(read.draft, day))
    del read  # of a large file, to check it needs the room
    say(word("plan_imported", session.lang).format(session.graph, new))
    files = turtle_files(Path(session.graph))
    if sum(path.stat().st_size for path in files) <= _OPENED_AT_ONCE:
        return 1 if opened(session).built.violations else 0
    return _check_large(files, session.lang, new)


def _has_map(read: Read) -> bool:
    """Return whether a file was a table whose columns were guessed."""
    return getattr(read, "mapping", None) is not None


def _check_large(files: Sequence[Path], lang: str, new: Path) -> int:
    """Say what the checks find in a new plan that is too large to be built for questions now."""
    step(word("step_checking", lang))
    violations = count(build.check(files))["violation"]
    if violations:
        say(word("plan_violates", lang).format(violations, new))
        return 1
    say(word("opens_later", lang))
    return 0


def _read(lang: str, chosen: Import, new: Path) -> Read:
    """Return the plan that a file makes, by what the file is.

    Raises `InputError` for a file that is none of those that can be read.
    """
    path = chosen.file
    name = as_key(new.resolve().name) or "plan"
    base = chosen.base or f"https://example.org/{name}/"
    if path.suffix.lower() in rdf.FORMATS:
        return rdf.read(path, chosen.base)
    begins = _begins(path)
    if begins.startswith(b"<?xml") or (begins[:1] == b"<" and path.suffix.lower() == ".xml"):
        return _of_xml(path, base, lang)
    return _of_table(base, lang, chosen)


def _of_xml(path: Path, base: str, lang: str) -> Read:
    root = root_of(path)
    if iati_reader.is_iati(root):
        return iati_reader.read(path, base, lang)
    return stratml_reader.read(path, base, lang)


def _of_table(base: str, lang: str, chosen: Import) -> Read:
    mapping = mappings.from_toml(_text(chosen.map), chosen.map.name) if chosen.map else None
    read = any_table_reader.read(chosen.file, base, lang, mapping, chosen.with_hidden)
    if read.other and mapping is None and _wants_other(read.remarks, lang):
        chosen_map = mappings.from_toml(read.other)
        read = any_table_reader.read(chosen.file, base, lang, chosen_map, chosen.with_hidden)
    if chosen.write_map:
        replace_file(chosen.write_map, read.mapping.to_toml())
    return read


def _wants_other(remarks: Sequence[Remark], lang: str) -> bool:
    """Ask the person at a terminal which of two structures is meant; the first is the default."""
    question = max(remarks, key=lambda remark: remark.doubt)
    return ask(question.made, word("two_structures_ask", lang)) == "2"


def _begins(path: Path) -> bytes:
    """Return how a text begins, in ASCII, whatever its encoding and the blanks before it."""
    try:
        with path.open("rb") as file:
            data = file.read(_BEGINS)
    except OSError as error:
        raise InputError(
            "{path}: cannot be read ({reason}).", path=path, reason=reason_of(error)
        ) from None
    return data.replace(b"\0", b"").lstrip(_MARKS)  # UTF-16 and 32 have zeros between the signs


def _text(path: Path) -> str:
    return decode(read_bytes(path), path)
