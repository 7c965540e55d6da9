"""The words of the explorer's pages: each is said in French and in Spanish."""

import re
from itertools import pairwise

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import python_format
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from metrograph.web.pages import TEMPLATES
from metrograph.web.words import FOLDER

LANGUAGES = ("fr", "es")
Words = str | tuple[str, ...]


def in_templates() -> set[Words]:
    """Return all that the templates say by gettext; a tuple has a singular and a plural."""
    found = extract_from_dir(TEMPLATES, [("**.html", "jinja2.ext:babel_extract")])
    return {tuple(said) if isinstance(said, list) else said for _, _, said, _, _ in found}


def catalogue(lang: str) -> Catalog:
    """Return the translations into a language, as a person keeps them."""
    with (FOLDER / f"{lang}.po").open("rb") as file:
        return read_po(file, locale=lang)


def entries(lang: str) -> list[Message]:
    return [one for one in catalogue(lang) if one.id]


def texts_of(one: Message) -> list[str]:
    return [one.string] if isinstance(one.string, str) else list(one.string or ())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_templates_is_translated_and_no_other(lang: str) -> None:
    said = in_templates()
    assert ("%(num)s activity", "%(num)s activities") in said  # both sorts are found
    assert "Skip to the content" in said
    known = {tuple(one.id) if isinstance(one.id, list | tuple) else one.id for one in entries(lang)}
    assert said - known == set(), "add these to the catalogue"
    assert known - said == set(), "no template says these any more"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_translation_is_whole(lang: str) -> None:
    wrong = []
    for one in entries(lang):
        texts = texts_of(one)
        if one.fuzzy or not texts or not all(text.strip() for text in texts):
            wrong.append((one.id, "fuzzy or empty"))
        if one.python_format:
            python_format(catalogue(lang), one)  # raises where a placeholder is missing
        elif any("%(" in text for text in (one.id, *texts)):
            wrong.append((one.id, "lacks the flag python-format"))
    assert wrong == []


def test_french_keeps_a_space_that_does_not_break_before_double_marks() -> None:
    texts = [text for one in entries("fr") for text in texts_of(one)]
    assert [text for text in texts if re.search(r"(?<![\u00a0\u202f])[:;?!»](?=\s|$)", text)] == []
    assert any("\u00a0" in text for text in texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_catalogue_is_sorted_so_that_changes_are_small(lang: str) -> None:
    ids = [one.id if isinstance(one.id, str) else one.id[0] for one in entries(lang)]
    assert [pair for pair in pairwise(ids) if pair[0] > pair[1]] == []
