"""The catalogues: every sentence that people read is in French and in Spanish, and no other."""

import ast
import re
from functools import cache
from itertools import pairwise
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import python_format

from metrograph.errors import InputError, Text
from metrograph.messages import LANGUAGES, counted, in_language, word
from metrograph.web.pages import TEMPLATES
from tests import catalogue

TRANSLATED = ("fr", "es")


@cache
def read(lang: str) -> Catalog:
    return catalogue.catalogue(lang)


def entries(lang: str) -> list[Message]:
    return [message for message in read(lang) if message.id]


def texts_of(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def ids_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_sentence_is_translated_and_no_other(lang: str) -> None:
    said = catalogue.in_templates() | catalogue.in_code()
    assert ("%(num)s activity", "%(num)s activities") in said
    assert "{path}: cannot be read ({reason})." in said
    known = {
        ids_of(message) if len(ids_of(message)) > 1 else ids_of(message)[0]
        for message in entries(lang)
        if not message.context
    }
    assert said - known == set(), "python -m tests.catalogue adds these"
    assert known - said == set(), "python -m tests.catalogue removes these"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_entry_is_whole(lang: str) -> None:
    wrong = []
    for message in entries(lang):
        texts = texts_of(message)
        if message.fuzzy or not texts or not all(text.strip() for text in texts):
            wrong.append((message.id, "fuzzy or empty"))
        if message.python_format:
            python_format(read(lang), message)  # raises where a placeholder is missing
        elif any("%(" in text for text in (*ids_of(message), *texts)):
            wrong.append((message.id, "lacks the flag python-format"))
    assert wrong == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_translations_keep_the_places_of_values(lang: str) -> None:
    english = {message.id: texts_of(message) for message in entries("en")}
    wrong = []
    for message in entries(lang):
        places = _places(*(english[message.id] if message.context else ids_of(message)))
        for text in texts_of(message):
            is_kept = _places(text) <= places if message.pluralizable else _places(text) == places
            if not is_kept:
                wrong.append((message.id, text))
    assert wrong == []


def _places(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_keys_are_the_same_in_all_languages() -> None:
    keys = {
        lang: {message.id for message in entries(lang) if message.context} for lang in LANGUAGES
    }
    assert keys["en"] == keys["fr"] == keys["es"]


def test_every_key_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path, _ in catalogue.modules())
    templates = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("**/*.html"))
    starts = set(re.findall(r'"([a-z_]+_)[{"]', code))  # keys that are put together
    quoted = set(re.findall(r"(?=[\"']([^\"'\s]+)[\"'])", code + templates))
    unused = [
        key
        for message in entries("en")
        if message.context
        for key in ids_of(message)[:1]
        if key not in quoted and not any(key.startswith(start) for start in starts)
    ]
    assert unused == []


def test_french_keeps_a_space_that_does_not_break_before_double_marks() -> None:
    texts = [text for message in entries("fr") for text in texts_of(message)]
    plain = re.compile(r"(?<![\u00a0\u202f}])(?<!}:1)[:;?!»](?=\s|$)")  # but in "{path}:1: "
    assert [text for text in texts if plain.search(text)] == []
    assert any("\u00a0" in text for text in texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_catalogue_is_sorted_so_that_changes_are_small(lang: str) -> None:
    ids = [(ids_of(message)[0], message.context or "") for message in entries(lang)]
    assert [pair for pair in pairwise(ids) if pair[0] > pair[1]] == []


def test_no_plural_is_made_by_hand() -> None:
    by_hand = re.compile(r"\w\((?:s|es|x|e|ies|n)\)(?!\w)")
    texts = {
        text
        for lang in LANGUAGES
        for message in entries(lang)
        for text in (*ids_of(message), *texts_of(message))
    }
    assert [text for text in texts if by_hand.search(text)] == []


def test_every_error_is_made_with_a_sentence_of_the_catalogue() -> None:
    glued = [
        f"{path.relative_to(catalogue.PACKAGE)}:{node.lineno}"
        for path, module in catalogue.modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and catalogue.made(node) and node.args
        if any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in ast.walk(node.args[0]))
    ]
    assert glued == []


# Where sentences stand that need no translation, and why.
BESIDE = {
    "cli/speech.py": "the sentences by which click asks for a translation",
    "editing/countries.py": "codes of countries",
    "editing/placement.py": "a comment in a file of records, whose terms are English",
    "editing/saving.py": "a comment in a file of records, whose terms are English",
    "network/plotting.py": "the paths of an SVG",
    "reading/any_table/plan_records.py": "a comment in a file of records, whose terms are English",
    "store/algebra.py": "why a change reaches further, for who reads the code",
    "store/along.py": "why a change reaches further, for who reads the code",
    "store/dependencies.py": "why a change reaches further, for who reads the code",
    "store/engine.py": "updates in SPARQL",
    "store/stepping.py": "why a change reaches further, for who reads the code",
    "store/syntax.py": "what Oxigraph says, to be recognised",
    "web/connections.py": "an answer before anything is known of who asks",
    "web/graphs.py": "an answer to programs",
    "web/logs.py": "a line of the log",
    "web/media.py": "an answer to programs",
    "web/protocol.py": "an answer to programs",
    "web/security.py": "an answer before anything is known of who asks",
}


def test_no_sentence_is_beside_the_catalogue() -> None:
    examples = re.compile(r"metrograph [a-z]+ ")  # commands, in the help of each
    places = {
        place: text
        for place, text in catalogue.beside()
        if not examples.match(text) and text.isprintable()
    }
    files = {place.partition(":")[0] for place in places}
    left = {place: text for place, text in places.items() if place.partition(":")[0] not in BESIDE}
    assert left == {}
    assert BESIDE.keys() - files == set(), "no such sentence is left there"


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "a.ttl: cannot be read (Permission denied)."),
        ("fr", "a.ttl: lecture impossible (permission refusée)."),
        ("es", "a.ttl: no se puede leer (permiso denegado)."),
    ],
)
def test_an_error_is_shown_in_the_language_of_its_reader(lang: str, shown: str) -> None:
    error = InputError(
        "{path}: cannot be read ({reason}).", path="a.ttl", reason=Text("Permission denied")
    )
    assert in_language(error, lang) == shown


def test_an_unknown_reason_stays_as_the_system_gives_it() -> None:
    error = InputError(
        "{path}: cannot be read ({reason}).", path="a.ttl", reason=Text("Odd {thing}")
    )
    assert "Odd {thing}" in in_language(error, "fr")


def test_what_people_typed_reaches_no_terminal_as_a_command() -> None:
    assert str(Text.of("“{name}”", name="a\x1b[31m\u202eé")) == "“a\\x1b[31m\\u202eé”"


def test_counted_words_have_a_singular_and_a_plural() -> None:
    assert counted("waits", 1, "fr").format(1).startswith("1 activité attend")
    assert counted("waits", 3, "fr").format(3).startswith("3 activités attendent")
    assert word("no such key", "fr") == "no such key"
