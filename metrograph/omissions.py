"""A plan in, what checks and reports on it did not look at, in sentences, out."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from metrograph.answers import text
from metrograph.plan import Plan
from metrograph.wording import word

_LISTED = 5  # names in a sentence
_RDF = {"nt", "nq", "trig", "trix", "n3", "rdf", "rdfs", "owl", "jsonld", "hdt", "turtle"}
_PACKED = {"gz", "bz2", "xz", "zst", "zip"}
_IN_XML_OR_JSON = re.compile(rb"<(?:\w+:)?RDF\b|\"@(?:context|graph|id)\"")
_BEGINS = 1_000  # bytes in which an XML or JSON file shows that it is RDF
_OF_CLAIMS = ("gaps", "whatif", "agreement", "adjudicate")  # coverage says it itself


def unread_files(folder: Path) -> tuple[str, ...]:
    """Return the names of a plan folder's files that hold RDF and are not read, in order.

    Only files that end in .ttl are read. Hidden ones are named if they are Turtle, too (but for
    what macOS adds), and so are folders that are links, as links are not followed.
    """
    return tuple(sorted(_unread(folder)))


def _unread(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in folders:
            if Path(parent, name).is_symlink():
                yield _shown(Path(parent, name).relative_to(folder).as_posix() + "/")
        for name in names:
            path = Path(parent, name)
            is_hidden = name.startswith(".") and name.endswith(".ttl") and name[:2] != "._"
            if is_hidden or (not name.startswith(".") and _is_rdf(path)):
                yield _shown(path.relative_to(folder).as_posix())


def _is_rdf(path: Path) -> bool:
    if path.suffix.lower() not in (".xml", ".json"):
        parts = path.name.lower().rstrip("~").split(".")[1:]
        is_packed = len(parts) > 1 and parts[-1] in _PACKED and parts[-2] in _RDF
        return bool(parts) and (parts[-1] in _RDF or is_packed or _is_copy(path.name, parts))
    try:
        with path.open("rb") as file:
            return _IN_XML_OR_JSON.search(file.read(_BEGINS)) is not None
    except OSError:
        return False


def _is_copy(name: str, parts: list[str]) -> bool:
    """Tell whether a file is Turtle under another name, such as plan.ttl.bak or plan.ttl~."""
    return "ttl" in parts[:-1] or (parts[-1] == "ttl" and name.endswith("~"))


def _shown(name: str) -> str:
    return name if name.isprintable() else ascii(name)


def sentence_of_files(plan: Plan) -> str:
    """Return the sentence that names the files of RDF that are not read, or nothing."""
    names = unread_files(plan.built.folder)
    return _listing("files_unread", names, plan.lang)


def omissions(plan: Plan, command: str) -> list[str]:
    """Return what a command's answer about a plan leaves out, a sentence each."""
    found = [sentence_of_files(plan)]
    if command in _OF_CLAIMS:
        found.append(_listing("activities_uncoded", uncoded(plan), plan.lang))
    return [sentence for sentence in found if sentence]


def uncoded(plan: Plan) -> tuple[str, ...]:
    """Return the activities that fewer than two coders have coded: nothing is agreed on them."""
    coders: dict[str, set[str]] = {}
    for row in plan.rows("activities"):
        coders.setdefault(text(row["activity"]), set())
    for row in plan.rows("readings"):
        coders.setdefault(text(row["activity"]), set()).add(text(row["coder"]))
    return tuple(sorted(name for name, of in coders.items() if len(of) < 2))


def _listing(key: str, names: tuple[str, ...], lang: str) -> str:
    """Return a sentence with the number of some names and the first of them, or nothing."""
    if not names:
        return ""
    listed = ", ".join(names[:_LISTED]) + (", …" if len(names) > _LISTED else "")
    return word(key, lang).format(len(names), listed)
