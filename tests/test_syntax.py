"""Checks that a file of another kind under a Turtle name is named as what it is."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from metrograph.errors import InputError
from metrograph.exchange import rdf
from metrograph.store.loading import load

HEAD = "@base <https://example.org/p/> .\n@prefix mg: <https://w3id.org/metrograph/ontology#> .\n"
STATEMENT = HEAD + "<a> mg:relatesTo <b> .\n"


def read_folder_file(path: Path) -> None:
    load(ox.Store(), [path])


def import_file(path: Path) -> None:
    rdf.read(path)


KINDS = {
    "RDF/XML": '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://x/"></rdf:RDF>',
    "RDF/XML ": '\n <rdf:RDF xmlns:rdf="http://x/"></rdf:RDF>',
    "HTML": "<!DOCTYPE html><html></html>",
    "JSON-LD": '{"@context": {}, "@id": "https://example.org/a"}',
    "JSON-LD ": ' [ {"@id": "https://example.org/a"} ]',
    "TriG": HEAD + "<g> { <a> mg:relatesTo <b> }",
    "TriG ": HEAD + "GRAPH <g> { <a> mg:relatesTo <b> . }",
    "@base": "@prefix mg: <https://w3id.org/metrograph/ontology#> .\n<a> mg:relatesTo <b> .\n",
    "@base ": "@base <p/> .\n<a> <b> <c> .\n",
    "Turtle 1.2": HEAD + "<a> mg:relatesTo <<( <a> mg:relatesTo <b> )>> .",
    "Turtle 1.2 ": HEAD + "<< <a> mg:relatesTo <b> >> mg:reason <c> .",
    "Turtle 1.2  ": HEAD + "<a> mg:relatesTo <b> {| mg:reason <c> |} .",
    "Turtle 1.2   ": HEAD + "<a> mg:relatesTo <b> ~ <r> .",
    # So deep that a parser that calls itself would end the process: it is refused before.
    "Turtle 1.2    ": HEAD + "<a> mg:relatesTo " + "<<( <a> mg:relatesTo " * 60_000,
}


@pytest.mark.parametrize("read", [read_folder_file, import_file])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_turtle_is_named(tmp_path: Path, kind: str, read: object) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(KINDS[kind], encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)  # type: ignore[operator]  # pytest gives parameters as objects
    assert str(caught.value).startswith(f"{path}:")
    assert kind.strip() in str(caught.value)


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-32", "UTF-32"), ("utf-32-le", "UTF-32"), ("utf-32-be", "UTF-32"),
        ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
    ],
)  # fmt: skip
def test_a_text_of_wide_letters_is_named_with_its_encoding(
    tmp_path: Path, encoding: str, named: str
) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(STATEMENT.encode(encoding))
    with pytest.raises(InputError, match=f"{named}.*UTF-8"):
        read_folder_file(path)


@pytest.mark.parametrize(
    ("data", "named"), [(b"\x1f\x8b\x08\0\0\0\0\0", "gzip"), (b"PK\x03\x04\x14\0", "zip")]
)
def test_a_packed_file_is_named(tmp_path: Path, data: bytes, named: str) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(data)
    with pytest.raises(InputError, match=named):
        read_folder_file(path)


@pytest.mark.parametrize(
    "statement",
    [
        '<a> mg:reason "<< ~ {| not these |}"@en . # << nor ~ these',
        "<a~b> mg:relatesTo <https://example.org/~home> .",
        'mg:a mg:reason """\n{ "json": [ {} ] }\n<?xml?>"""@en .',
    ],
)
def test_marks_within_strings_iris_and_comments_are_no_syntax(
    tmp_path: Path, statement: str
) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(HEAD + statement, encoding="utf-8")
    store = ox.Store()
    load(store, [path])
    assert len(store) == 2


@pytest.mark.parametrize("suffix", [".nt", ".nq", ".trig"])
def test_nested_triple_terms_of_other_formats_are_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text("<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 60_000, encoding="utf-8")
    with pytest.raises(InputError, match=r"1:.*Turtle 1\.2"):
        rdf.read(path)


@pytest.mark.parametrize("text", ["[" * 60_000, '{"@id":' * 60_000, '\n{"a":[' * 60_000])
def test_json_without_end_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="nested more than"):
        rdf.read(path)
