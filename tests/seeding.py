"""Falsifies records of a plan folder, to see whether a check against its documents notices."""

import random
import re
from collections.abc import Collection
from pathlib import Path

_NAMED = re.compile(
    r"^<[^>]+> a (?:mg:Member|org:Organization|mg:Place|mg:Document|mg:Initiative|"
    r"mg:GlobalAgenda) ;"
)
_CITED = re.compile(r"<(source/[^>#]+)#line=([0-9]+),([0-9]+)>")
_VALUE = re.compile(r'mg:value (?:"([0-9.]+)"\^\^xsd:decimal|([0-9.]+)) ;')


def seed(folder: Path, lang: str, each: int, among: Collection[str]) -> dict[str, str]:
    """Make figures, names and citations false, as many of `each`, and return which: id to kind.

    Only records of `among` with a single citation are changed, each once, and always the same.
    """
    chooser = random.Random(1)  # noqa: S311  the same each time
    blocks = {path: path.read_text("utf-8").split("\n\n") for path in sorted(folder.glob("*.ttl"))}
    places = [(path, at) for path, held in blocks.items() for at in range(len(held))]
    chooser.shuffle(places)
    seeded: dict[str, str] = {}
    left = dict.fromkeys(("figure", "name", "citation"), each)
    for path, at in places:
        block = blocks[path][at]
        name = re.search(r"^<([^>]+)> a ", block, re.MULTILINE)
        if not name or name[1] not in among or len(_CITED.findall(block)) != 1:
            continue
        for kind in [kind for kind, number in left.items() if number]:
            if (false := _falsified(block, kind, lang, len(seeded))) != block:
                blocks[path][at] = false
                seeded[name[1]] = kind
                left[kind] -= 1
                break
    for path, held in blocks.items():
        path.write_text("\n\n".join(held), encoding="utf-8")
    assert not any(left.values()), left
    return seeded


def _falsified(block: str, kind: str, lang: str, number: int) -> str:
    if kind == "figure":
        return _VALUE.sub(lambda match: f"mg:value {_other(match)} ;", block, count=1)
    if not (_NAMED.search(block) or (kind == "citation" and _VALUE.search(block))):
        return block
    if kind == "name":
        return re.sub(rf'"[^"]+"@{lang}', f'"Zandvoort {number}"@{lang}', block, count=1)
    return _CITED.sub(_moved, block)


def _other(match: re.Match[str]) -> str:
    """Return another value, as a slip of a key or of a line would leave it."""
    value = match[1] or match[2]
    whole = value.partition(".")[0]
    return str(int(whole) + 6) if len(whole) < 2 else f"{whole[::-1]}7"


def _moved(match: re.Match[str]) -> str:
    """Return a citation of other lines, seven further on, or before."""
    first, last = int(match[2]), int(match[3])
    by = -7 if first > 15 else 7
    return f"<{match[1]}#line={first + by},{last + by}>"
