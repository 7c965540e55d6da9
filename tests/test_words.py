"""Words of questions, headings, findings and terms: three languages, French spacing, one term."""

import re
import tomllib

import pyoxigraph as ox

from metrograph.paths import ONTOLOGY, QUERIES
from metrograph.query.library import library

_PLAIN_SPACE = re.compile(r" [;:?!»]|« ")
_GONE = re.compile(
    r"\bstanding claim|\bwhose word|\bhangs? on\b|\bvigentes?\b|\braison\b|\brazón\b"
)


def _texts() -> dict[str, dict[str, str]]:
    texts = tomllib.loads((QUERIES / "columns.toml").read_text(encoding="utf-8"))
    for query in library():
        texts[f"{query.name} title"] = dict(query.title)
        texts[f"{query.name} question"] = dict(query.question)
        if query.gap:
            texts[f"{query.name} closing"] = dict(query.gap.closing)
    for path in ONTOLOGY.glob("*.ttl"):
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            text = quad.object
            if isinstance(text, ox.Literal) and text.language:
                texts.setdefault(f"{quad.subject} {quad.predicate}", {})[text.language] = text.value
    return texts


def test_every_text_is_in_three_languages() -> None:
    assert {key for key, text in _texts().items() if set(text) != {"en", "fr", "es"}} == set()


def test_french_has_no_plain_space_before_double_punctuation() -> None:
    texts = {key: text.get("fr", "") for key, text in _texts().items()}
    assert {key: text for key, text in texts.items() if _PLAIN_SPACE.search(text)} == {}


def test_words_that_were_replaced_do_not_come_back() -> None:
    texts = [(key, said) for key, text in _texts().items() for said in text.values()]
    assert [(key, said) for key, said in texts if _GONE.search(said)] == []
