"""Makes the files of a new folder with a small, valid plan."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

import pyoxigraph as ox

from metrograph.errors import UsageError
from metrograph.store.new_plan import check_base
from metrograph.tables.markdown import escaped

_TEMPLATES = Path(__file__).parent / "templates" / "new"
_YEARS = 3  # from the first year of the example to its last
_FIRST = ("plan.ttl", "sources.ttl")  # what an empty plan has
_TEXT = "sources/report.txt"  # the one text that the example cites


@dataclass(frozen=True)
class Start:
    """What a new plan is made from: the day it is made, its base IRI, languages and title.

    The first of the languages is that of comments and of the README; without a title, the plan has
    an example's. An empty plan has its source and the body that adopted it, and nothing else.
    """

    day: date
    base: str
    languages: tuple[str, ...]
    title: str | None = None
    is_empty: bool = False


def files(start: Start) -> dict[str, str]:
    """Return the files of a small or an empty, valid plan: names within its folder, and texts.

    Raises `UsageError` for a title or a base that cannot stand in one.
    """
    check_base(start.base)
    main = start.languages[0]
    words = _words()
    title = None if start.title is None else _line(start.title)
    text = words["report"][main].lstrip("\n")
    values = {
        **_fill_keys(words, start.languages),
        **_years(start.day),
        **_cited(text),
        "base": start.base,
        "day": start.day.isoformat(),
        "languages": ", ".join(str(ox.Literal(lang)) for lang in start.languages),
        "main": main,
    }
    if title is not None:
        values["title"] = _labels(dict.fromkeys(start.languages, title))
    heading = {"title": escaped(title or words["plan"][main]), "base": start.base}
    readme = "README-empty" if start.is_empty else "README"
    return {
        "README.md": Template(_template(f"{readme}.{main}.md")).substitute(heading),
        _TEXT: text,
        **{
            path.name: Template(_template(path.name)).substitute(values)
            for path in sorted(_TEMPLATES.glob("*.ttl"))
            if path.name in _FIRST or not start.is_empty
        },
    }


def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _words() -> dict[str, dict[str, str]]:
    """Return all that the example says: a key, and its text in each language."""
    return tomllib.loads(_template("words.toml"))


def _fill_keys(words: Mapping[str, Mapping[str, str]], languages: Sequence[str]) -> dict[str, str]:
    """Return what stands for each key of the templates: a comment, or texts with their languages.

    The names of intersections are made of those of their two sides.
    """
    chosen = {key: {lang: texts[lang] for lang in languages} for key, texts in words.items()}
    pairs = {
        f"{challenge}_x_{theme}": {
            lang: f"{chosen[challenge][lang]} × {chosen[theme][lang]}" for lang in languages
        }
        for challenge in ("mobility", "housing")
        for theme in ("health", "nature", "fairness")
    }
    main = languages[0]
    return {
        "title": _labels(chosen["plan"]),
        "government": str(ox.Literal(chosen["government"][main])),
        **{
            key: f"# {texts[main]}" if key.startswith("about_") else _labels(texts)
            for key, texts in {**chosen, **pairs}.items()
            if key != "government"
        },
    }


def _labels(texts: Mapping[str, str]) -> str:
    """Return texts by language as Turtle has them; whatever they hold, they stay texts."""
    return ", ".join(str(ox.Literal(text, language=lang)) for lang, text in texts.items())


def _years(day: date) -> dict[str, str]:
    first, last = day.year, day.year + _YEARS
    return {
        "before": f"{first - 1:04}",
        "first": f"{first:04}",
        "last": f"{last:04}",
        "period": f"{first:04}-{last:04}",
    }


def _cited(text: str) -> dict[str, str]:
    """Return what a source says of its text, so that it can be told whether it is the same."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"sha256": digest, "lines": str(len(text.splitlines()))}


def _line(title: str) -> str:
    """Return a title as one line without signs that steer a terminal, or raise `UsageError`."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    if not plain:
        raise UsageError("--title is empty. Give a title, or leave the option out.")
    return plain


# ---------------------------------------------------------------- the command
