"""States what checks and reports left out, in sentences and as data."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query.answers import text

_LISTED = 5  # names in a sentence
_RDF = {"nt", "nq", "trig", "trix", "n3", "rdf", "rdfs", "owl", "jsonld", "hdt", "turtle"}
_PACKED = {"gz", "bz2", "xz", "zst", "zip"}
_IN_XML_OR_JSON = re.compile(rb"<(?:\w+:)?RDF\b|\"@(?:context|graph|id)\"")
_BEGINS = 1_000  # bytes in which an XML or JSON file shows that it is RDF
# Commands and pages that rest on what coders agree on; coverage says it itself.
_OF_CLAIMS = ("gaps", "whatif", "agreement", "adjudicate", "contested")


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
    """Return whether a file is Turtle under another name, such as plan.ttl.bak or plan.ttl~."""
    return "ttl" in parts[:-1] or (parts[-1] == "ttl" and name.endswith("~"))


def _shown(name: str) -> str:
    return name if name.isprintable() else ascii(name)


def sentence_of_files(*plans: Plan) -> str:
    """Return the sentence that names the files of RDF of plans that are not read, or nothing."""
    return _listing("files_unread", _unread_of(plans), plans[0].lang)


def _unread_of(plans: Sequence[Plan]) -> tuple[str, ...]:
    """Return the files that are not read; those of several plans are named with their folders."""
    if len(plans) == 1:
        return unread_files(plans[0].built.folder)
    return tuple(
        _shown(f"{folder.name}/{name}")
        for folder in (plan.built.folder for plan in plans)
        for name in unread_files(folder)
    )


def sentence_of_activities(plan: Plan, command: str) -> str:
    """Return the sentence that names the activities a command or page does not look at, if any."""
    names = uncoded(plan) if command in _OF_CLAIMS else ()
    return _listing("activities_uncoded", names, plan.lang)


def omissions(command: str, *plans: Plan) -> list[str]:
    """Return what a command's answer about a plan, or several, leaves out, a sentence each."""
    sentences = [
        sentence_of_files(*plans),
        *(sentence_of_activities(plan, command) for plan in plans),
    ]
    return [sentence for sentence in sentences if sentence]


def left_out(command: str, *plans: Plan) -> dict[str, list[str]]:
    """Return the same for programs: `notRead` are files, `notLookedAt` the ids of activities."""
    parts = {"notRead": list(_unread_of(plans))}
    if command in _OF_CLAIMS:
        parts["notLookedAt"] = [name for plan in plans for name in uncoded(plan)]
    return parts


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
