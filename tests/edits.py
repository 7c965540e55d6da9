"""Changes a plan's files by chance, as people, imports and `git pull` change them."""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

_ID = re.compile(r"<([a-z][a-z-]*/[^>#\s]*)>")
_VALUE = re.compile(r'"([^"\\]*)"(@[a-z]+|\^\^xsd:\w+)')
_NUMBER = re.compile(r"(?<=mg:value )\d+")


def change(folder: Path, random: Random) -> str:
    """Change a file of a plan folder, add, remove or rename one; return what was done."""
    kind = random.choice(list(EDITS))
    return f"{kind}: {EDITS[kind](folder, random)}"


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.ttl"))


def _pick(folder: Path, random: Random) -> tuple[Path, list[str], int]:
    """Return a file, its blocks, and which of them is to be changed; the first is its head."""
    path = random.choice(_files(folder))
    blocks = path.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    return path, blocks, random.randrange(1, len(blocks)) if len(blocks) > 1 else 0


def _write(path: Path, blocks: list[str]) -> str:
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return path.name


def _remove_record(folder: Path, random: Random) -> str:
    path, blocks, at = _pick(folder, random)
    removed = blocks.pop(at)
    return f"{_write(path, blocks)} {removed[:40]}"


def _remove_fact(folder: Path, random: Random) -> str:
    path, blocks, at = _pick(folder, random)
    lines = blocks[at].split("\n")
    if len(lines) > 2:
        del lines[random.randrange(1, len(lines) - 1)]
    blocks[at] = "\n".join(lines)
    return f"{_write(path, blocks)} {blocks[at][:40]}"


def _copy_record(folder: Path, random: Random) -> str:
    """Add a record like another: another claim, coding, decision, result, section ..."""
    path, blocks, at = _pick(folder, random)
    copied = re.sub(r"^<([^>]*)>", r"<\1-2>", blocks[at])
    blocks.append(_with_other_reference(copied, folder, random))
    return f"{_write(path, blocks)} {copied[:40]}"


def _other_reference(folder: Path, random: Random) -> str:
    path, blocks, at = _pick(folder, random)
    blocks[at] = _with_other_reference(blocks[at], folder, random)
    return f"{_write(path, blocks)} {blocks[at][:40]}"


def _with_other_reference(block: str, folder: Path, random: Random) -> str:
    """Return a block that names another record in one place, mostly one of the same kind."""
    mine = _ID.findall(block)
    if not mine:
        return block
    old = random.choice(mine)
    text = "".join(path.read_text(encoding="utf-8") for path in _files(folder))
    every = sorted(set(_ID.findall(text)))
    alike = [name for name in every if name.partition("/")[0] == old.partition("/")[0]]
    new = random.choice(alike if random.random() < 0.8 else every)
    places = [match.start() for match in re.finditer(re.escape(f"<{old}>"), block)]
    at = random.choice(places)
    return block[:at] + block[at:].replace(f"<{old}>", f"<{new}>", 1)


def _other_value(folder: Path, random: Random) -> str:
    path, blocks, at = _pick(folder, random)
    values = list(_VALUE.finditer(blocks[at])) or list(_NUMBER.finditer(blocks[at]))
    if values:
        match = random.choice(values)
        new = random.choice(('"2022"^^xsd:gYear', '"x"', '"2023-02-30"^^xsd:date', '"neu"@en', "7"))
        blocks[at] = blocks[at][: match.start()] + new + blocks[at][match.end() :]
    return f"{_write(path, blocks)} {blocks[at][:40]}"


def _other_term(folder: Path, random: Random) -> str:
    """Give a record another class, property or term of the vocabulary, known or not."""
    path, blocks, at = _pick(folder, random)
    terms = re.findall(r"\bmg:\w+", blocks[at])
    if terms:
        text = "".join(path.read_text(encoding="utf-8") for path in _files(folder))
        new = random.choice([*sorted(set(re.findall(r"\bmg:\w+", text))), "mg:unheardOf"])
        blocks[at] = blocks[at].replace(random.choice(terms), new, 1)
    return f"{_write(path, blocks)} {blocks[at][:60]}"


def _decide(folder: Path, random: Random) -> str:
    """Add a decision on what a coder claims, perhaps one that supersedes another."""
    claims = [
        (path, block)
        for path in _files(folder)
        for block in path.read_text(encoding="utf-8").split("\n\n")
        if "mg:AlignmentClaim" in block or "mg:Decision" in block
    ]
    if not claims:
        return "nothing to decide"
    path, block = random.choice(claims)
    name = block[1 : block.index(">")]
    activity = re.search(r"mg:onActivity <([^>]*)>", block)
    category = re.search(r"mg:(?:claims|decides)(\w+) <([^>]*)>", block)
    if not activity or not category:
        return "nothing to decide"
    verdict = random.choice(("accepted", "rejected"))
    supersedes = f"mg:supersedes <{name}> ; " if "mg:Decision" in block else ""
    with path.open("a", encoding="utf-8") as file:
        file.write(
            f"\n<decision/{random.randrange(10**6)}> a mg:Decision ; "
            f"mg:onActivity <{activity[1]}> ; mg:decides{category[1]} <{category[2]}> ; "
            f"{supersedes}mg:verdict mg:{verdict} .\n"
        )
    return f"{verdict} {category[2]} of {activity[1]}"


def _remove_file(folder: Path, random: Random) -> str:
    path = random.choice(_files(folder))
    path.unlink()
    return path.name


def _rename_file(folder: Path, random: Random) -> str:
    path = random.choice(_files(folder))
    new = path.with_name(f"renamed-{random.randrange(100)}.ttl")
    if not new.exists():
        path.rename(new)
    return f"{path.name} to {new.name}"


def _new_file(folder: Path, random: Random) -> str:
    """Add a file with a few records of another, which are then stated twice, or moved."""
    path, blocks, at = _pick(folder, random)
    moved = blocks[at : at + 3]
    if random.random() < 0.5:
        _write(path, [*blocks[:at], *blocks[at + 3 :]])
    return _write(folder / f"new-{random.randrange(100)}.ttl", [blocks[0], *moved])


EDITS: dict[str, Callable[[Path, Random], str]] = {
    "remove a record": _remove_record,
    "remove a fact": _remove_fact,
    "copy a record": _copy_record,
    "name another record": _other_reference,
    "name another record again": _other_reference,
    "another value": _other_value,
    "another term": _other_term,
    "decide": _decide,
    "remove a file": _remove_file,
    "rename a file": _rename_file,
    "new file": _new_file,
}
