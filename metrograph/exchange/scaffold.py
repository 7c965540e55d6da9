"""A title, languages and a base in; the files of a small plan that is valid, as a new folder, out.

`add_commands` gets the function by which the command line adds one; `cli.py` has the rest.
"""

import argparse
import hashlib
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox

from metrograph.cli.terminal import say
from metrograph.errors import InputError, UsageError
from metrograph.messages import LANGUAGES, word
from metrograph.tables.table import markdown
from metrograph.text import as_key

Run = Callable[[argparse.Namespace], int]
Add = Callable[[str, Run, str, str], argparse.ArgumentParser]
_TEMPLATES = Path(__file__).parent / "templates" / "new"
_YEARS = 3  # from the first year of the example to its last
_TEXT = "sources/report.txt"  # the one text that the example cites


@dataclass(frozen=True)
class Start:
    """What a new plan is made from: the day it is made, its base IRI, languages and title.

    The first of the languages is that of comments and of the README; without a title, the plan has
    an example's.
    """

    day: date
    base: str
    languages: tuple[str, ...]
    title: str | None = None


def files(start: Start) -> dict[str, str]:
    """Return the files of a small, valid plan: their names within its folder, and their texts.

    Raises `UsageError` for a title or a base that cannot stand in one.
    """
    check_base(start.base)
    main = start.languages[0]
    words = _words()
    title = None if start.title is None else _line(start.title)
    text = words["report"][main].lstrip("\n")
    values = {
        **_said(words, start.languages),
        **_years(start.day),
        **_cited(text),
        "base": start.base,
        "day": start.day.isoformat(),
        "languages": ", ".join(str(ox.Literal(lang)) for lang in start.languages),
        "main": main,
    }
    if title is not None:
        values["title"] = _labels(dict.fromkeys(start.languages, title))
    heading = {"title": markdown(title or words["plan"][main]), "base": start.base}
    return {
        "README.md": Template(_template(f"README.{main}.md")).substitute(heading),
        _TEXT: text,
        **{
            path.name: Template(_template(path.name)).substitute(values)
            for path in sorted(_TEMPLATES.glob("*.ttl"))
        },
    }


def begin(folder: Path, texts: Mapping[str, str | Iterable[str]]) -> Path:
    """Make a folder with these files in one step, and return its whole path.

    A file is given as a text or as its pieces, which may be made while they are written. Turtle is
    read again before the folder gets its name. Raises `UsageError` where something is there
    already, `InputError` if it cannot be written; then nothing was changed.
    """
    target = folder.resolve()
    _check_free(folder, target)
    aside = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        made = aside / "plan"  # with the permissions of a folder of one's own, unlike `aside`
        for name, text in texts.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, str):
                path.write_text(text, encoding="utf-8", newline="")
            else:
                with path.open("w", encoding="utf-8", newline="") as file:
                    file.writelines(text)
        for path in sorted(made.rglob("*.ttl")):
            _check_turtle(folder, path)
        if target.is_dir():
            target.rmdir()  # empty: what came into it meanwhile makes this fail
        made.rename(target)
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written ({error.strerror}). Nothing was changed."
        ) from None
    finally:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)
    return target


def _check_turtle(folder: Path, path: Path) -> None:
    """Raise `InputError` if a file that was made for a new folder cannot be read as Turtle."""
    try:
        for _ in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            pass
    except (SyntaxError, MemoryError) as error:
        raise InputError(
            f"{folder}: {path.name} would not be valid Turtle ({error}). Nothing was changed."
        ) from None


def _check_free(folder: Path, target: Path) -> None:
    """Raise `UsageError` where a new plan's folder cannot be made."""
    try:
        if target.is_dir() and any(target.iterdir()):
            raise UsageError(f"{folder}: the folder is not empty. Give the name of a new one.")
    except OSError as error:
        raise InputError(f"{folder}: cannot be read ({error.strerror}).") from None
    if target.exists() and not target.is_dir():
        raise UsageError(f"{folder}: this is a file. Give the name of a new folder.")
    if target == Path.cwd():
        raise UsageError(f"{folder}: you are in this folder. Give the name of a new one, as plan.")


def check_base(base: str) -> None:
    """Raise `UsageError` for a base under which ids would not be what follows it (RFC 3986, 5.2).

    >>> check_base("https://example.org/town/")
    """
    try:
        parts = urlsplit(base)
        made = next(iter(ox.parse(f"@base <{base}> .\n<a/b> a <c> .", format=ox.RdfFormat.TURTLE)))
        is_fit = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and base.endswith("/")
            and not {"?", "#", "'", "`"} & set(base)
            and isinstance(made.subject, ox.NamedNode)
            and made.subject.value == urljoin(base, "a/b") == f"{base}a/b"
        )
    except (ValueError, SyntaxError, StopIteration):
        is_fit = False
    if not is_fit:
        raise UsageError(
            f"--base: {base!r} is no address that ends in a slash, such as "
            "https://example.org/town/."
        )


def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _words() -> dict[str, dict[str, str]]:
    """Return all that the example says: a key, and its text in each language."""
    return tomllib.loads(_template("words.toml"))


def _said(words: Mapping[str, Mapping[str, str]], languages: Sequence[str]) -> dict[str, str]:
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
        raise UsageError("--title is empty. Give a name, or leave it out.")
    return plain


# ---------------------------------------------------------------- the command


def add_commands(add: Add) -> None:
    """Add the command that begins a plan to the command line."""
    command = add(
        "new",
        _new,
        "Start a plan of your own from a small, valid example.",
        'metrograph new town --title "Town plan 2030" --lang en,fr',
    )
    command.add_argument("folder", type=Path, metavar="DIR", help="the folder to create")
    command.add_argument(
        "--title", metavar="TEXT", help="the name of the plan (default: an example name)"
    )
    command.add_argument(
        "--lang",  # in place of that of all commands
        type=_languages,
        default=command.get_default("lang"),
        metavar="LANG,LANG",
        help="languages of the plan, the main one first: en, fr, es (or set METROGRAPH_LANG)",
    )
    command.add_argument(
        "--base",
        metavar="IRI",
        help="address with which the plan's IDs begin (default: https://example.org/DIR/)",
    )


def _languages(text: str) -> tuple[str, ...]:
    """Return the languages that a person typed, each once."""
    found = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    if not found or set(found) - set(LANGUAGES):
        raise argparse.ArgumentTypeError(
            f"languages are some of {','.join(LANGUAGES)}, not {text!r}"
        )
    return found


def _new(options: argparse.Namespace) -> int:
    if options.graph is not None:
        raise UsageError("new makes a folder, and takes no --graph.")
    if options.folder == Path():  # also of an empty name
        raise UsageError("Give the name of a new folder, such as: metrograph new plan.")
    base = options.base or f"https://example.org/{as_key(options.folder.resolve().name) or 'plan'}/"
    start = Start(date.today(), base, options.lang, options.title)
    made = begin(options.folder, files(start))
    say(word("plan_begun", options.lang[0]).format(options.folder, made / "README.md"))
    return 0
