"""Records in, Turtle files changed by just those records out: atomically, one process at a time.

A record is written as one block in the layout of CONTRIBUTING ("How the graph's files are
written"), at the end of a file. Before a file is replaced, the new text is parsed: it must hold
what the file held and the new record, and nothing else.
"""

import contextlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from metrograph.errors import InputError
from metrograph.load import decode, read_bytes, turtle_files
from metrograph.sparql import PREFIXES
from metrograph.terms import RDF

LOCK = ".metrograph.lock"
_MARK = "\ufeff"  # the byte order mark with which some editors begin a file
_WAIT = 600  # seconds for another process to finish its change
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9-]*")  # the part of a prefixed name that needs no escape
_RELATIVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/#=,-]*")  # needs no escape, is no scheme
_DIRECTIVE = re.compile(r"^@(?:prefix|base)\b.*$", re.MULTILINE)


@dataclass(frozen=True)
class Record:
    """One record: its IRI, and its facts in the order in which they are written."""

    subject: str
    facts: tuple[tuple[str, Sequence[ox.NamedNode | ox.Literal]], ...]

    def triples(self) -> Iterator[ox.Triple]:
        """Yield the triples of the record."""
        for predicate, values in self.facts:
            for value in values:
                yield ox.Triple(ox.NamedNode(self.subject), ox.NamedNode(predicate), value)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a plan folder, so that no other process changes its files meanwhile.

    Raises `InputError` if the folder cannot be written, or another process holds it for long.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  only changes need it

    turtle_files(folder)  # what is no plan is not locked
    lock = FileLock(folder / LOCK, timeout=_WAIT)
    try:
        lock.acquire()
    except Timeout:
        raise InputError(
            f"{folder}: another process is changing this plan. Try again when it has finished."
        ) from None
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written ({LOCK}: {error.strerror}). Check its permissions."
        ) from None
    try:
        yield
    finally:
        lock.release()


def append(path: Path, records: Iterable[Record], base: str, about: str) -> None:
    """Add records at the end of a Turtle file, which is made (opening with `about`) if missing.

    The file is replaced in one step, or left as it was. Raises `InputError` if it cannot be read
    or written.
    """
    path = path.resolve()  # of a link, the file itself is changed
    added = tuple(records)
    before = f"# {about}\n@base <{base}> .\n"
    mark = ""
    if path.exists():
        data = read_bytes(path)
        before = decode(data, path)
        mark = _MARK if data.startswith(_MARK.encode()) else ""
    wanted = _triples(before) | {triple for record in added for triple in record.triples()}
    for adds_prefixes in (True, False):
        after = with_records(before, added, adds_prefixes)
        with contextlib.suppress(SyntaxError):
            if _triples(after) == wanted:
                replace_file(path, mark + after)
                return
    raise InputError(f"{path}: the record cannot be added at its end. Add it by hand.")


def _triples(text: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}


def with_records(text: str, records: Iterable[Record], adds_prefixes: bool = True) -> str:
    """Return the text of a Turtle file with records added at its end, and prefixes they need.

    Without `adds_prefixes`, names of namespaces that the file has no prefix for are written whole.

    >>> name = ox.Literal("Care", language="en")
    >>> record = Record("https://example.org/theme/care", ((RDF.label, (name,)),))
    >>> print(with_records("@base <https://example.org/> .", [record]))
    @base <https://example.org/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <BLANKLINE>
    <theme/care> rdfs:label "Care"@en .
    <BLANKLINE>
    """
    parser = ox.parse(text, format=ox.RdfFormat.TURTLE)
    for _ in parser:  # prefixes are known once all is read
        pass
    prefixes = dict(parser.prefixes)
    needed = {
        prefix: namespace
        for record in records
        for name in _names(record)
        for prefix, namespace in PREFIXES.items()
        if name.startswith(namespace) and namespace not in prefixes.values()
    }
    missing = {
        name: iri for name, iri in sorted(needed.items()) if adds_prefixes and name not in prefixes
    }
    blocks = [_block(record, parser.base_iri, {**prefixes, **missing}) for record in records]
    lines = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in missing.items())
    ends = "\r\n" if "\r\n" in text else "\n"
    whole = text if text.endswith("\n") or not text else text + ends
    return _with_directives(whole, lines.replace("\n", ends)) + "".join(
        ends + block.replace("\n", ends) for block in blocks
    )


def _with_directives(text: str, lines: str) -> str:
    """Put prefix lines after the last of a file's own, or before everything."""
    last = 0
    for match in _DIRECTIVE.finditer(text):
        last = match.end() + 1
    return text[:last] + lines + text[last:]


def _names(record: Record) -> Iterator[str]:
    yield record.subject
    for triple in record.triples():
        if triple.predicate.value != RDF.type:  # written as `a`
            yield triple.predicate.value
        if isinstance(triple.object, ox.NamedNode):
            yield triple.object.value
        elif isinstance(triple.object, ox.Literal) and not triple.object.language:
            yield triple.object.datatype.value


def _block(record: Record, base: str | None, prefixes: Mapping[str, str]) -> str:
    """Return a record as a block: its type on the first line, a predicate a line after that."""

    def name(iri: str) -> str:
        if base and iri.startswith(base) and _RELATIVE.fullmatch(iri[len(base) :]):
            return f"<{iri[len(base) :]}>"
        for prefix, namespace in prefixes.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def value(term: ox.NamedNode | ox.Literal) -> str:
        if isinstance(term, ox.NamedNode):
            return name(term.value)
        quoted = str(ox.Literal(term.value))
        if term.language:
            return f"{quoted}@{term.language}"
        kind = term.datatype.value
        return quoted if kind.endswith("#string") else f"{quoted}^^{name(kind)}"

    def fact(predicate: str, values: Sequence[ox.NamedNode | ox.Literal]) -> str:
        verb = "a" if predicate == RDF.type else name(predicate)
        return f"{verb} {', '.join(map(value, values))}"

    facts = " ;\n    ".join(fact(*one) for one in record.facts if one[1])
    return f"{name(record.subject)} {facts} .\n"


def replace_file(path: Path, text: str) -> None:
    """Put a text in the place of a file in one step, keeping its permissions.

    Raises `InputError` if it cannot be written; then a file that was there is as it was.
    """
    aside = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        aside = Path(name)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(path.stat().st_mode if path.exists() else 0o644)
        aside.replace(path)
    except OSError as error:
        if aside:
            aside.unlink(missing_ok=True)
        raise InputError(
            f"{path}: cannot be written ({error.strerror}). Nothing was changed."
        ) from None
