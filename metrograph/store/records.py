"""Writes records as Turtle, and replaces or removes single records in the text of a file.

A record is written as one block in the layout of CONTRIBUTING ("How the graph's files are
written"), at the end of a file or instead of its old block. `writing` puts it into the file.
"""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

import pyoxigraph as ox

from metrograph.errors import InputError
from metrograph.store.tokens import spans, statement_end
from metrograph.store.turtle import File, Place, places
from metrograph.vocabulary import PREFIXES, RDF, XSD

_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9-]*")  # the part of a prefixed name that needs no escape
_RELATIVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/#=,-]*")  # needs no escape, is no scheme
_SHORT = 300_000  # characters; what is parsed of a longer text takes much memory
_WHOLE = re.compile(r"[+-]?[0-9]+")
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


@dataclass(frozen=True)
class Block:
    """Where a record stands in a text: its line (from 1), from sign to sign, and what it says."""

    line: int
    start: int
    end: int
    text: str
    record: Record


def block(text: str, subject: str, path: Path) -> Block:
    """Return the block of a record (its IRI) in the text of a Turtle file at `path`.

    Raises `InputError` if there is none, or if it is not the only one that speaks of the record.
    """
    known = _remembered(text) if len(text) < _SHORT else _parsed(text)
    file = File(path.name, path, text, known.base, known.prefixes)
    stated, place = known.stated.get(subject, set()), known.places.get(subject)
    if place is None:
        raise InputError(
            "{path}: the record <{subject}> does not begin at the start of a line. Edit "
            "the file by hand.",
            path=path,
            subject=subject,
        )
    start = sum(len(line) + 1 for line in text.split("\n")[: place.line - 1])
    block_text = text[start : statement_end(text, start)]
    record = _read(block_text, file, subject)
    if set(record.triples()) != stated:
        raise InputError(
            "{path}:{line}: the record that begins here does not have a block of its own. "
            "Edit it by hand.",
            path=path,
            line=place.line,
        )
    return Block(place.line, start, start + len(block_text), block_text, record)


@dataclass(frozen=True)
class _Parsed:
    """What a file declares and states, by subject, and where its records begin."""

    base: str | None
    prefixes: dict[str, str]
    stated: Mapping[str, set[ox.Triple]]
    places: Mapping[str, Place]


def _parsed(text: str) -> _Parsed:
    parser = ox.parse(text, format=ox.RdfFormat.TURTLE)
    stated: dict[str, set[ox.Triple]] = {}
    for quad in parser:
        stated.setdefault(str(getattr(quad.subject, "value", "")), set()).add(quad.triple)
    file = File("", Path(), text, parser.base_iri, dict(parser.prefixes))
    return _Parsed(file.base, file.prefixes, stated, places([file]))


_remembered = lru_cache(maxsize=4)(_parsed)  # a workbook has many records of a few files


def _read(text: str, file: File, subject: str) -> Record:
    """Return what the text of a block says of its subject, in its order."""
    heads = f"@base <{file.base}> .\n" if file.base else ""
    heads += "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in file.prefixes.items())
    facts: dict[str, dict[ox.NamedNode | ox.Literal, None]] = {}
    with contextlib.suppress(SyntaxError):
        for quad in ox.parse(heads + text, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                facts.setdefault(quad.predicate.value, {})[quad.object] = None
    return Record(subject, tuple((predicate, tuple(of)) for predicate, of in facts.items()))


def with_replaced(text: str, old: Block, record: Record, adds_prefixes: bool = True) -> str:
    r"""Return the text of a Turtle file in which a record replaces its old block.

    >>> text = "@base <https://example.org/> .\n<a> <b> 1 . # one\n\n<c> <d> 2 .\n"
    >>> old = block(text, "https://example.org/a", Path("a.ttl"))
    >>> record = Record("https://example.org/a", (("https://example.org/b", (ox.Literal(3),)),))
    >>> print(with_replaced(text, old, record))
    @base <https://example.org/> .
    <a> <b> 3 . # one
    <BLANKLINE>
    <c> <d> 2 .
    <BLANKLINE>
    """
    (new,), lines = _blocks(text, [record], adds_prefixes)
    ends = "\r\n" if "\r\n" in text else "\n"
    comments = [old.text[begin:end].rstrip() for begin, end in spans(old.text)]
    kept = "".join(comment + "\n" for comment in comments if comment.startswith("#"))
    whole = text[: old.start] + (kept + new.rstrip("\n")).replace("\n", ends) + text[old.end :]
    return _with_directives(whole, lines.replace("\n", ends), len(text[: old.start]))


def without(text: str, old: Block) -> str:
    r"""Return the text of a Turtle file without the block of a record and the empty lines after it.

    >>> text = "@base <https://example.org/> .\n<a> <b> 1 .\n\n<c> <d> 2 .\n"
    >>> without(text, block(text, "https://example.org/a", Path("a.ttl")))
    '@base <https://example.org/> .\n<c> <d> 2 .\n'
    """
    before, after = text[: old.start], text[old.end :]
    rest = after.lstrip(" \t\r\n") if not before or before.endswith("\n") else after
    return before + rest


def turtle(record: Record, text: str) -> str:
    """Return a record as the block that is written into a Turtle file of this text."""
    (written,), _ = _blocks(text, [record], adds_prefixes=True)
    return written


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
    blocks, lines = _blocks(text, list(records), adds_prefixes)
    ends = "\r\n" if "\r\n" in text else "\n"
    whole = text if text.endswith("\n") or not text else text + ends
    return _with_directives(whole, lines.replace("\n", ends), len(whole)) + "".join(
        ends + written.replace("\n", ends) for written in blocks
    )


def _blocks(text: str, records: Sequence[Record], adds_prefixes: bool) -> tuple[list[str], str]:
    """Return records as blocks for a file of this text, and the prefix lines that they need."""
    parser = ox.parse(text, format=ox.RdfFormat.TURTLE)
    for _ in parser:  # prefixes are known once all is read
        pass
    prefixes = dict(parser.prefixes)
    missing = _missing(prefixes, records) if adds_prefixes else {}
    known = {**prefixes, **missing}
    of_namespace = {known[name]: name for name in reversed(known)}  # of two, the first
    named = cache(partial(_name, parser.base_iri, of_namespace))  # most names stand many times
    blocks = [_block(record, named) for record in records]
    lines = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in missing.items())
    return blocks, lines


def _missing(prefixes: Mapping[str, str], records: Iterable[Record]) -> dict[str, str]:
    """Return the prefixes that records need besides those of a file, and their namespaces."""
    named = {_parted(name)[0] for record in records for name in _names(record)}
    return {
        prefix: namespace
        for prefix, namespace in sorted(PREFIXES.items())
        if namespace in named and namespace not in prefixes.values() and prefix not in prefixes
    }


def _with_directives(text: str, lines: str, until: int) -> str:
    """Put prefix lines after the last of a file's own before a place, or before everything."""
    last = 0
    for match in _DIRECTIVE.finditer(text, 0, until):
        last = match.end() + 1
    return text[:last] + lines + text[last:]


def _names(record: Record) -> Iterator[str]:
    yield record.subject
    for triple in record.triples():
        if triple.predicate.value != RDF.type:  # written as `a`
            yield triple.predicate.value
        if isinstance(triple.object, ox.NamedNode):
            yield triple.object.value
        elif isinstance(triple.object, ox.Literal) and _names_its_type(triple.object):
            yield triple.object.datatype.value


def _is_bare(literal: ox.Literal) -> bool:
    """Return whether a literal is written without quotes: whole numbers, true and false."""
    kind = literal.datatype.value.removeprefix(XSD)
    return (kind == "integer" and bool(_WHOLE.fullmatch(literal.value))) or (
        kind == "boolean" and literal.value in ("true", "false")
    )


def _names_its_type(literal: ox.Literal) -> bool:
    """Return whether a literal is written with its datatype."""
    is_plain = literal.language or literal.datatype.value == XSD + "string" or _is_bare(literal)
    return not is_plain


def _parted(iri: str) -> tuple[str, str]:
    """Return the namespace of an IRI, up to its last # or /, and what follows.

    >>> _parted("http://www.w3.org/2000/01/rdf-schema#label")
    ('http://www.w3.org/2000/01/rdf-schema#', 'label')
    """
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]


def _name(base: str | None, of_namespace: Mapping[str, str], iri: str) -> str:
    """Return an IRI as a file writes it: after its base, with a prefix, or whole.

    `of_namespace` are the prefixes of namespaces.
    """
    if base and iri.startswith(base) and _RELATIVE.fullmatch(iri[len(base) :]):
        return f"<{iri[len(base) :]}>"
    namespace, local = _parted(iri)
    if namespace in of_namespace and _LOCAL.fullmatch(local):
        return f"{of_namespace[namespace]}:{local}"
    return f"<{iri}>"


def _block(record: Record, name: Callable[[str], str]) -> str:
    """Return a record as a block: its type on the first line, a predicate a line after that."""

    def value(term: ox.NamedNode | ox.Literal) -> str:
        if isinstance(term, ox.NamedNode):
            return name(term.value)
        quoted = str(ox.Literal(term.value))
        if term.language:
            return f"{quoted}@{term.language}"
        if _is_bare(term):
            return term.value
        return f"{quoted}^^{name(term.datatype.value)}" if _names_its_type(term) else quoted

    def fact(predicate: str, values: Sequence[ox.NamedNode | ox.Literal]) -> str:
        verb = "a" if predicate == RDF.type else name(predicate)
        return f"{verb} {', '.join(map(value, values))}"

    facts = " ;\n    ".join(fact(verb, values) for verb, values in record.facts if values)
    return f"{name(record.subject)} {facts} .\n"
