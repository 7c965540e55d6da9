"""Checks that a record is replaced in its file alone, and that nothing else there changes."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrograph.errors import InputError
from metrograph.plan import Plan
from metrograph.store.records import Record, block, turtle
from metrograph.store.turtle import places, turtle_files
from metrograph.store.writing import replace
from metrograph.vocabulary import MG, RDF, Dcterms
from tests.conftest import HARBOUR

BASE = "https://example.org/"
HEAD = f"# One and two.\n@base <{BASE}> .\n\n"
ONE = Record(BASE + "one", ((BASE + "says", (ox.Literal("new"),)),))
PATHS = [*turtle_files(HARBOUR)]


def triples(text: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "plan.ttl"
    path.write_bytes(text.encode())
    return path


def test_only_the_bytes_of_the_record_change(tmp_path: Path) -> None:
    before = "# the first\n<one> <says> 1 ;\n    <and> 2 . # after it\n\n<two> <says> 1.5 .\n"
    path = written(tmp_path, HEAD + before)
    replace(path, ONE)
    assert path.read_bytes().decode() == (
        HEAD + '# the first\n<one> <says> "new" . # after it\n\n<two> <says> 1.5 .\n'
    )


def test_line_ends_and_marks_and_links_stay(tmp_path: Path) -> None:
    before = HEAD + "<one> <says> 1 .\n\n<two> <says> 1 .\n"
    path = written(tmp_path, "\ufeff" + before.replace("\n", "\r\n"))
    link = tmp_path / "link.ttl"
    link.symlink_to(path)
    replace(link, ONE)
    assert link.is_symlink()
    after = HEAD + '<one> <says> "new" .\n\n<two> <says> 1 .\n'
    assert path.read_bytes() == ("\ufeff" + after.replace("\n", "\r\n")).encode()


def test_comments_within_the_record_are_kept_before_it(tmp_path: Path) -> None:
    path = written(
        tmp_path, HEAD + '<one> <says> "# no comment" ; # why\n    # and how\n    <see> <#x> .\n'
    )
    replace(path, ONE)
    assert path.read_text(encoding="utf-8") == (HEAD + '# why\n# and how\n<one> <says> "new" .\n')


def test_a_record_ends_at_its_dot_also_in_crowded_lines(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "<one> <says> 'a. b', 1.5 .<two> <says> 2 .\n")
    replace(path, ONE)
    assert path.read_text(encoding="utf-8") == HEAD + '<one> <says> "new" .<two> <says> 2 .\n'


def test_a_prefix_that_is_needed_is_added_with_the_others(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "<one> <says> 1 .\n<two> <says> 1 .\n")
    replace(path, Record(BASE + "one", ((Dcterms.created, (ox.Literal(True),)),)))
    assert path.read_text(encoding="utf-8") == (
        f"# One and two.\n@base <{BASE}> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n\n"
        "<one> dcterms:created true .\n<two> <says> 1 .\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<one> <says> 1 .\n<one> <says> 2 .\n",  # two blocks
        "<one> <says> 1 . <one> <says> 2 .\n",  # two statements on a line
        "<two> <says> 1 .\n  <one> <says> 2 .\n",  # at no line's start
        "<two> <says> '''\n<one> a <b> .\n''' .\n  <one> <says> 2 .\n",  # only in a text
        "<two> <says> 1 .\n",  # not there
    ],
)
def test_what_is_not_one_block_is_left_to_a_person(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, HEAD + text)
    with pytest.raises(InputError, match=r"plan\.ttl.*by hand"):
        replace(path, ONE)
    assert path.read_text(encoding="utf-8") == HEAD + text


def test_a_block_is_all_that_is_said_of_the_record(tmp_path: Path) -> None:
    text = HEAD + "<one> <says> 1 .\n<one> <says> 2 .\n"
    with pytest.raises(InputError, match=r"plan\.ttl:4: .*not have a block of its own"):
        block(text, BASE + "one", tmp_path / "plan.ttl")


def test_a_text_that_would_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    # the prefix that the new block needs is declared only after it
    text = HEAD + "<one> <says> 1 .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n"
    path = written(tmp_path, text)
    with pytest.raises(InputError, match=r"plan\.ttl:4: .*by hand"):
        replace(path, Record(BASE + "one", ((Dcterms.created, (ox.Literal(True),)),)))
    assert path.read_text(encoding="utf-8") == text


def test_a_full_disk_leaves_the_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, HEAD + "<one> <says> 1 .\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputError, match=r"No space left.*Nothing was changed"):
        replace(path, ONE)
    assert path.read_text(encoding="utf-8") == HEAD + "<one> <says> 1 .\n"
    assert [one.name for one in tmp_path.iterdir()] == ["plan.ttl"]


SUBJECTS = [
    (path, subject)
    for path in PATHS
    for subject in sorted(
        {
            quad.subject.value
            for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
            if isinstance(quad.subject, ox.NamedNode)
        }
    )
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SUBJECTS), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_a_record_replaced_by_itself_changes_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, chosen: tuple[Path, str], ends: str, mark: str
) -> None:
    source, subject = chosen
    text = source.read_text(encoding="utf-8").replace("\n", ends)
    path = tmp_path_factory.mktemp("same") / source.name
    path.write_bytes((mark + text).encode())
    old = block(text, subject, path)
    replace(path, old.record)
    after = path.read_bytes().decode()
    assert after.startswith(mark + text[: old.start])
    assert after.endswith(text[old.end :])
    assert triples(after.removeprefix("\ufeff")) == triples(text)
    again = path.read_bytes()
    replace(path, old.record)
    assert path.read_bytes() == again


@settings(max_examples=100, deadline=None)
@given(st.text(), st.sampled_from(["@en", "@fr", ""]))
def test_any_text_takes_the_place_of_any_other(
    tmp_path_factory: pytest.TempPathFactory, text: str, tag: str
) -> None:
    said = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    literal = ox.Literal(said, language=tag[1:]) if tag else ox.Literal(said)
    path = written(tmp_path_factory.mktemp("any"), HEAD + "<one> <says> 1 .\n<two> <says> 2 .\n")
    for value in (literal, ox.Literal("new")):
        replace(path, Record(BASE + "one", ((BASE + "says", (value,)),)))
        block_now = block(path.read_text(encoding="utf-8"), BASE + "one", path)
        assert block_now.record.facts == ((BASE + "says", (value,)),)
    assert path.read_text(encoding="utf-8") == HEAD + '<one> <says> "new" .\n<two> <says> 2 .\n'


def test_the_shipped_records_are_each_one_block_in_the_layout_of_the_files(
    metropolis: Plan,
) -> None:
    # CONTRIBUTING, "How the graph's files are written": what is written anew looks as it did
    path = metropolis.built.folder / "activities-2023.ttl"
    text = path.read_text(encoding="utf-8")
    iri = metropolis.ids.iri("activity/2023/brussels-urban-summit")
    old = block(text, iri, path)
    assert turtle(old.record, text) == old.text + "\n"
    assert old.record.facts[0] == (RDF.type, (ox.NamedNode(MG.Activity),))


def test_places_pass_over_what_stands_in_a_text(tmp_path: Path) -> None:
    path = written(
        tmp_path, HEAD + '<two> <says> """\n<one> a \\""" <b> . """ .\n<one> <says> 1 .\n'
    )
    replace(path, ONE)
    assert path.read_text(encoding="utf-8").endswith('""" .\n<one> <says> "new" .\n')
    assert places([]) == {}
