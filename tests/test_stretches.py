"""Checks that what changed in a file is the same by its changed stretch as by both whole texts."""

import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from metrograph.errors import InputError
from metrograph.store import differing
from metrograph.store.cache import open_store
from metrograph.store.changes import quad_of
from metrograph.store.differing import compare
from metrograph.store.digest import Stated, sha256
from metrograph.store.stretches import changed
from metrograph.store.turtle import decode, parsed
from tests.conftest import HARBOUR
from tests.test_updates import LONG, assert_is_a_fresh_build

LAW = settings(
    max_examples=5_000 if LONG else 250,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
HEAD = "@base <urn:x:/> .\n@prefix p: <urn:p:> .\nPREFIX base: <urn:b:>\n"
PLAINLY = (
    "<a> <b> <c> .",
    "<a> <b> <c> .",  # twice: a file may state a triple more than once
    '<a> <b> "x . y", "<c> <d> <e> ." .',
    '<a> <b> "\\"\\"\\" say \\\\" ; <f> 01, 1.5, 1 .',
    '<a> <b> "", "\'\\n" .',
    "# it's \"a comment",
    "p:a a p:b ;\n    p:c <c>,\n    <d> .",
    "<a>\n<b>\n<c> .",
    '<a> <b> "x"^^\n<urn:t>,\n<g> .',
    "<a> <b> <c> . <d> <e> <f> .",
    "<a> <b> <c> ;\n;\n.",
    "<a> <b> ( ) .",
    "base:a <base> base:prefix .",
    "<h> <b> 1.",
    "<h> <b> 1 .# end",
)
HOSTILE = (
    '<a> <b> """long\n<c> <d> <e> .\n\n<f> """ .',
    "<a> <b> '''l\n<c> <d> 1 .\n''', \"é\"@fr .",
    '# a comment with """ and \' in it',
    "# a comment\n# @prefix p: <urn:none:> .",
    '<a> <b> "the base <x> of it" .',
    "@prefix p: <urn:r:> .",
    "PREFIX p:\n<urn:s:>",
    "base<urn:z:/>",
)
BREAKS = ("\n", "\n", "\n\n", "\r\n", "\r\n\r\n", " ", "\r")
STRANGE = (
    '"',
    "'",
    '"""',
    "'''",
    "<",
    ">",
    ".",
    ";",
    ",",
    "#",
    "\\",
    " ",
    "\n",
    "\r",
    "\0",
    "[ ]",
    "_:x",
    "(<a>)",
    "<<( <a> <b> <c> )>>",
    "~ <r>",
    "{| <a> <b> |}",
    "@base <urn:w:> .",
    "é",
    "\ufeff",
    "@en",
    "^^",
    "<a> <b>",
    "<c> .",
    "x",
    "VERSION",
    "a",
    "1 .",
    "<c>, <d> ;",
)


@st.composite
def contents(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """Return the contents of a file before and after an edit."""
    known = st.sampled_from((*PLAINLY, *HOSTILE) if draw(st.integers(0, 3)) == 0 else PLAINLY)
    statement = st.tuples(known, st.sampled_from(BREAKS)).map("".join)
    pieces = [HEAD, *draw(st.lists(statement, min_size=4, max_size=12))]
    edited = list(pieces)
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(draw(st.sampled_from((0, 1))), len(edited) - 1))
        match draw(st.sampled_from(("add", "remove", "replace", "write into"))):
            case "add":
                edited.insert(at, draw(statement))
            case "remove":
                edited[at] = ""
            case "replace":
                edited[at] = draw(statement)
            case _:
                place, length = draw(st.integers(0, len(edited[at]))), draw(st.integers(0, 4))
                new = draw(st.sampled_from(("", *STRANGE)))
                edited[at] = edited[at][:place] + new + edited[at][place + length :]
    before, after = (
        "".join(each).rstrip() if draw(st.integers(0, 3)) == 0 else "".join(each)
        for each in (pieces, edited)
    )
    marks = draw(st.tuples(*[st.sampled_from(("", "", "", "\ufeff"))] * 2))
    return (marks[0] + before).encode(), (marks[1] + after).encode()


def read(data: bytes) -> tuple[list[ox.Triple], Stated] | None:
    """Return what a file states by its whole text, or None where it cannot be read."""
    try:
        file, triples = parsed("a.ttl", Path("a.ttl"), decode(data, Path("a.ttl")))
    except InputError:
        return None
    return triples, Stated(sha256(data), len(triples), file.base, file.prefixes)


@LAW
@given(contents())
def test_a_stretch_states_the_difference_of_the_whole_texts(pair: tuple[bytes, bytes]) -> None:
    before, after = pair
    old = read(before)
    assume(old)
    assert old
    part = changed(before, after, old[1].base, old[1].prefixes)
    if part is None:
        return
    new = read(after)
    assert new, "what cannot be read as a whole is not read in part"
    assert Counter(old[0]) - Counter(part.removed) + Counter(part.added) == Counter(new[0])
    assert not Counter(part.removed) - Counter(old[0])
    assert (new[1].base, new[1].prefixes) == (old[1].base, old[1].prefixes)


@LAW
@given(contents())
def test_files_are_compared_by_stretches_as_they_are_as_wholes(pair: tuple[bytes, bytes]) -> None:
    before, after = pair
    old = read(before)
    assume(old and read(after))
    assert old
    store = ox.Store()
    store.extend(quad_of(triple, GRAPH) for triple in old[0])
    repeats = len(store) < len(old[0])
    now = [("a.ttl", Path("a.ttl"), after)]
    whole = compare(store, {"a.ttl": old[1]}, now)
    for known in (None, repeats):  # counted when it is needed, or known
        stated = {"a.ttl": replace(old[1], repeats=known)}
        part = compare(store, stated, now, lambda _: before)
        assert (set(part.gained), set(part.lost)) == (set(whole.gained), set(whole.lost))
        if after != before:
            assert part.files == whole.files


GRAPH = ox.NamedNode("https://w3id.org/metrograph/file/a.ttl")
PLAIN = b"@base <urn:x:> .\n" + b"".join(
    b'<s/%d> a <Thing> ;\n    <label> "Thing %d" .\n\n' % (number, number) for number in range(9)
)


@pytest.mark.parametrize(
    ("after", "removed", "added"),
    [
        pytest.param(PLAIN.replace(b"Thing 4", b"Other"), 2, 2, id="a label"),
        pytest.param(re.sub(rb"<s/4>[^.]*\.\n", b"", PLAIN), 4, 2, id="a record less"),
        pytest.param(PLAIN + b"<s/10> a <Thing> .\n", 2, 3, id="a record more"),
        pytest.param(PLAIN[:-2], 2, 2, id="no line break at the end"),
    ],
)
def test_of_an_ordinary_change_only_a_stretch_is_parsed(
    after: bytes, removed: int, added: int
) -> None:
    part = changed(PLAIN, after, "urn:x:", {})
    assert part
    assert (len(part.removed), len(part.added)) == (removed, added)


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(PLAIN.replace(b"@base <urn:x:>", b"@base <urn:y:>"), id="another base"),
        pytest.param(PLAIN.replace(b"<s/4>", b"@base <urn:y:> .\n<s/4>"), id="a base midway"),
        pytest.param(PLAIN.replace(b"Thing 4", b"Thing\n4"), id="no Turtle"),
        pytest.param(PLAIN.replace(b"<s/4> a", b"_:b a"), id="a blank node"),
        pytest.param(PLAIN.replace(b'"Thing 4"', b'"""Thing 4"""'), id="a long string"),
        pytest.param(PLAIN.replace(b"Thing 4", b"Thing \xe9"), id="no UTF-8"),
    ],
)
def test_what_is_not_sure_is_left_to_be_parsed_as_a_whole(after: bytes) -> None:
    assert changed(PLAIN, after, "urn:x:", {}) is None


@pytest.mark.parametrize("places", [(b"<s/7>",), (b"<s/3>", b"<s/5>")])
def test_what_a_file_states_twice_stays_when_it_is_removed_once(places: tuple[bytes, ...]) -> None:
    repeated = b"<s/0> a <Thing> .\n" if len(places) == 1 else b"<new> a <Thing> .\n"
    first = again = PLAIN
    for place in places:
        again = again.replace(place, repeated + place)
    last = again.replace(repeated + places[-1], places[-1])
    texts = {sha256(data): data for data in (first, again, last)}
    old = read(first)
    assert old
    store = ox.Store()
    store.extend(quad_of(triple, GRAPH) for triple in old[0])
    files = {"a.ttl": old[1]}
    for data in (again, last):
        difference = compare(store, files, [("a.ttl", Path("a.ttl"), data)], texts.get)
        store.extend(difference.gained)
        for quad in difference.lost:
            store.remove(quad)
        files = difference.files
        whole = read(data)
        assert whole
        assert {quad.triple for quad in store} == set(whole[0])


def test_a_changed_label_is_an_update_by_a_stretch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache = shutil.copytree(HARBOUR, tmp_path / "plan"), tmp_path / "cache"
    open_store(folder, cache)

    def refuse(*_: object) -> None:
        raise AssertionError("the whole file was parsed")

    monkeypatch.setattr(differing, "parsed", refuse)
    for text in ("A first label", "A second one"):  # of a built store, then of an updated one
        path = folder / "activities.ttl"
        path.write_text(path.read_text("utf-8").replace('"@en', f' {text}"@en', 1), "utf-8")
        built = open_store(folder, cache)
    monkeypatch.undo()
    assert_is_a_fresh_build(built, "two labels")
