"""Checks that files that cannot be read are named, with the line and the remedy."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from metrograph.errors import InputError
from metrograph.store.loading import load
from metrograph.store.turtle import places, plan_and_base, turtle_files

HEAD = "@base <https://example.org/p/> .\n@prefix mg: <https://w3id.org/metrograph/ontology#> .\n"


def message_for(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        load(ox.Store(), [path])
    return str(caught.value)


def test_a_syntax_error_names_file_line_and_what_was_expected(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    message = message_for(path, (HEAD + "<a> a mg:Member\n<b> a mg:Member .\n").encode())
    assert message.startswith(f"{path}:4: ")
    assert "dot is expected" in message


def test_utf_16_is_named(tmp_path: Path) -> None:
    message = message_for(tmp_path / "wide.ttl", HEAD.encode("utf-16"))
    assert "UTF-16" in message
    assert "Save it as UTF-8" in message


def test_latin_1_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.ttl"
    message = message_for(path, HEAD.encode() + '<a> mg:reason "décidé"@fr .\n'.encode("latin-1"))
    assert message.startswith(f"{path}:3: ")
    assert "UTF-8" in message


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "bom.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + "<a> a mg:Member .\n").encode())
    store = ox.Store()
    load(store, [path])
    assert len(list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))) == 1


@pytest.mark.parametrize("node", ["[ mg:year 1 ]", "_:b", "( 1 2 )"])
def test_a_blank_node_is_named_with_its_line(tmp_path: Path, node: str) -> None:
    path = tmp_path / "blank.ttl"
    text = HEAD + f'# not [here]\n<a> mg:reason "nor [here] _:b"@en .\n<c> mg:relatesTo {node} .\n'
    message = message_for(path, text.encode())
    assert message.startswith(f"{path}:5: ")
    assert "blank node" in message


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "folder.ttl"
    path.mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        load(ox.Store(), [path])


def test_an_empty_or_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \.ttl file"):
        turtle_files(tmp_path)
    with pytest.raises(InputError, match="folder not found"):
        turtle_files(tmp_path / "nowhere")


def test_a_folder_without_a_plan_is_told_how_to_have_one(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(HEAD + "<a> a mg:Member .\n", encoding="utf-8")
    store = ox.Store()
    files = load(store, turtle_files(tmp_path), tmp_path)
    with pytest.raises(InputError, match="mg:StrategicPlan"):
        plan_and_base(store, files)


def test_a_triple_in_two_files_is_one_triple_of_the_set_and_known_in_both(tmp_path: Path) -> None:
    for name in ("one.ttl", "two.ttl"):
        (tmp_path / name).write_text(HEAD + "<a> a mg:Member .\n", encoding="utf-8")
    store = ox.Store()
    load(store, turtle_files(tmp_path), tmp_path)
    assert len(list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))) == 1
    assert len(store) == 3


def test_records_are_found_on_their_lines_not_inside_texts(tmp_path: Path) -> None:
    path = tmp_path / "records.ttl"
    text = HEAD + '<a> mg:reason """\n<b> is only text\n""" .\n\n<b> a mg:Member .\n'
    path.write_text(text, encoding="utf-8")
    found = places(load(ox.Store(), [path]))
    lines = {iri.rpartition("/")[2]: place.line for iri, place in found.items()}
    assert lines == {"a": 3, "b": 7}


def test_nothing_that_looks_like_a_turtle_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "plan.ttl").write_text(HEAD, encoding="utf-8")
    link = tmp_path / "decisions.ttl"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"decisions\.ttl"):
        turtle_files(tmp_path)
    link.unlink()
    (tmp_path / "MEMBERS.TTL").write_text(HEAD, encoding="utf-8")
    with pytest.raises(InputError, match="Rename"):
        turtle_files(tmp_path)


def test_hidden_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "plan.ttl").write_text(HEAD, encoding="utf-8")
    (tmp_path / "._plan.ttl").write_text("not turtle", encoding="utf-8")
    assert [path.name for path in turtle_files(tmp_path)] == ["plan.ttl"]


def test_a_token_without_end_is_named(tmp_path: Path) -> None:
    message = message_for(tmp_path / "long.ttl", b"a" * 20_000_000)
    assert "not valid Turtle" in message
