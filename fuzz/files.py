"""Writes an input to the file that a command reads; the commands for each file format."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from fuzz.commands import run, taken, use_cache
from fuzz.inputs import Fault, Input, Taken, Target

READS = (
    ("coverage",), ("coverage", "--range"), ("gaps",), ("agreement",),
    ("agreement", "--contested"), ("progress",), ("accountability",), ("measures",), ("queries",),
    ("export", "-o", "{out}.ttl"), ("export", "-o", "{out}.csv"), ("export", "-o", "{out}.xlsx"),
    ("export", "-o", "{out}.jsonld"), ("export", "-o", "{out}.graphml"),
    ("export", "--to", "stratml", "-o", "{out}.xml"),
    ("export", "--to", "iati", "-o", "{out}.xml"), ("template", "-o", "{out}.xlsx"),
    ("query", "gap-results"), ("check", "--format", "json"), ("coverage", "--lang", "fr"),
)  # fmt: skip
_BUILT = 12  # one in so many inputs for a new plan is built and read
_EXAMPLE = re.compile(r'parameters\.(\w+)\](?:\n#\+ (?!\[).*)*?\n#\+ example = "([^"\n]*)"')
_PARAMETERS = (
    "year=x",
    "theme=a b",
    "id=theme/none",
    "=",
    "x=y",
    "limit=99999999999999999999",
    "year=0000",
)
_SAVED = 20  # one in so many inputs for a plan is written into a copy


def workplace(work: Path) -> Path:
    """Return an empty folder for this process, with its own cache that contains the plans."""
    place = work / f"process-{os.getpid()}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    shutil.copytree(work / "cache", place / "cache")
    use_cache(place / "cache")
    return place


def turtle_target(work: Path) -> Target:
    """Return the target that checks and queries a plan folder with one changed file."""
    place = workplace(work)
    plans = work / "plans"

    def give(entered: Input, rng: Random) -> Taken:
        name, _, file = entered.name.partition("/")
        plan = place / "plan"
        shutil.rmtree(plan, ignore_errors=True)
        shutil.copytree(plans / name, plan)
        (plan / file).write_bytes(entered.data)
        answer = run("check", "--graph", plan)
        for words in rng.sample(READS, 2 if answer.code < 2 else 0):
            run(*(word.format(out=place / "out") for word in words), "--graph", plan)
        _forget(place / "cache", work / "cache")
        return taken(answer)

    return give


def _forget(cache: Path, kept: Path) -> None:
    """Remove stores that were built for a single input."""
    for store in cache.iterdir():
        if not (kept / store.name).exists():
            shutil.rmtree(store, ignore_errors=True)


def change_target(work: Path) -> Target:
    """Return the target that imports a table into a plan: mostly dry runs, at times into a copy."""
    place = workplace(work)

    def give(entered: Input, rng: Random) -> Taken:
        path = place / entered.name
        path.write_bytes(entered.data)
        options = rng.choice(
            (
                (),
                (),
                ("--remove",),
                ("--accept-valid",),
                ("--by", "coder/a"),
                ("--kind", "Activity"),
            )
        )
        saves = rng.randrange(_SAVED) == 0
        plan = work / "plans" / entered.name.partition(".")[0]
        if not plan.is_dir():  # a sample from the user's own folder
            plan = work / "plans" / "harbour"
        if saves:
            copy = place / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            plan = shutil.copytree(plan, copy)
        dry = () if saves else ("--dry-run",)
        answer = run("import", path, "--graph", plan, *dry, *options)
        if saves:
            checked = run("check", "--graph", plan)
            if answer.code == 0 and checked.code > 1:
                raise Fault(f"an import broke the plan: {checked.errors}")
            _forget(place / "cache", work / "cache")
        path.unlink()
        return taken(answer)

    return give


def new_target(work: Path) -> Target:
    """Return the target that makes a new plan from a file: mostly a dry run, at times built."""
    return _new(work, lambda _, path: (path,))


def mapping_target(work: Path) -> Target:
    """Return the target that makes a new plan from a table with a changed mapping of columns."""

    def words(entered: Input, path: Path) -> tuple[str | Path, ...]:
        return work / "tables" / entered.name.removesuffix(".toml"), "--map", path

    return _new(work, words)


def _new(work: Path, words: Callable[[Input, Path], tuple[str | Path, ...]]) -> Target:
    place = workplace(work)

    def give(entered: Input, rng: Random) -> Taken:
        path, made = place / entered.name, place / "new"
        path.write_bytes(entered.data)
        shutil.rmtree(made, ignore_errors=True)
        builds = rng.randrange(_BUILT) == 0
        outputs = ("--report", place / "report.csv") if rng.random() < 0.2 else ()
        dry = () if builds else ("--dry-run",)
        answer = run("import", *words(entered, path), "--new", made, *dry, *outputs)
        if made.exists():
            if answer.code > 1:
                raise Fault(f"an import wrote a plan that cannot be opened: {answer.errors[-500:]}")
            for chosen in rng.sample(READS, 2):
                run(*(word.format(out=place / "out") for word in chosen), "--graph", made)
            _forget(place / "cache", work / "cache")
        path.unlink()
        return taken(answer)

    return give


def question_target(work: Path) -> Target:
    """Return the target that runs a changed question file, with some of its parameters."""
    place = workplace(work)

    def give(entered: Input, rng: Random) -> Taken:
        path = place / entered.name
        path.write_bytes(entered.data)
        values = [
            f"{name}={value}"
            for name, value in _EXAMPLE.findall(entered.data.decode(errors="ignore"))
        ]
        values += [rng.choice(_PARAMETERS)] if rng.random() < 0.1 else []
        chosen = [word for value in values if rng.random() < 0.9 for word in ("-p", value)]
        plan = work / "plans" / "harbour"
        limits = (
            "--timeout",
            "2",
            "--limit",
            "20000",
            "--format",
            rng.choice(("table", "json", "csv", "html")),
        )
        answer = run("query", path, "--graph", plan, *chosen, *limits)
        path.unlink()
        return taken(answer)

    return give
