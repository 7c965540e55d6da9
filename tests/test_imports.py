"""Checks that modules import in one direction, and that a warm command imports nothing slow."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import metrograph

PACKAGE = Path(metrograph.__file__).parent
ORDER = [
    "terms",
    "errors",
    "wording",
    "resources",
    "folding",
    "ids",
    "datatypes",
    "syntax",
    "toml",
    "tokens",
    "sparql",
    "journal",
    "load",
    "findings",
    "profile",
    "axioms",
    "infer",
    "prebinding",
    "shapes",
    "suspects",
    "judging",
    "validate",
    "statements",
    "build",
    "leases",
    "store",
    "jsonld",
    "results",
    "shares",
    "workers",
    "tables",
    "queries",
    "answers",
    "coverage",
    "measures",
    "agreement",
    "records",
    "adjudicate",
    "gaps",
    "whatif",
    "progress",
    "compare",
    "network",
    "view",
    "connection",
    "marks",
    "layout",
    "mindmap",
    "drawing",
    "plan",
    "forms",
    "parsing",
    "placing",
    "editing",
    "show",
    "omissions",
    "report",
    "terminal",
    "evaluation",
    "exploring",
    "beginning",
    "upgrading",
    "exporting",
    "importing",
    "cli",
    "__main__",
]


def imported(path: Path) -> set[str]:
    """Return the modules of the package that a module imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "metrograph":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("metrograph."):
            found.add(str(node.module).removeprefix("metrograph."))
    return {name for name in found if (PACKAGE / f"{name}.py").exists()}


def test_a_module_imports_only_what_stands_before_it_on_the_way_of_the_data() -> None:
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert modules == set(ORDER)
    for name in ORDER:
        later = set(ORDER[ORDER.index(name) :])
        assert not imported(PACKAGE / f"{name}.py") & later, name


def test_only_the_ends_of_the_way_import_the_packages_at_its_ends() -> None:
    """`exchange` brings data in and out, `web` shows it: nothing between needs to know of them."""
    using: dict[str, set[str]] = {"exchange": set(), "web": set()}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                package = (node.module or "").removeprefix("metrograph.").split(".")[0]
                names = {alias.name for alias in node.names} if node.module == "metrograph" else ()
                for name in {package, *names} & set(using):
                    using[name].add(path.relative_to(PACKAGE).parts[0].removesuffix(".py"))
    assert using == {"exchange": {"exchange", "importing", "exporting"}, "web": {"web", "cli"}}


def test_a_question_to_a_built_store_imports_nothing_slow(cache: Path) -> None:
    code = (
        "import sys, metrograph.cli as cli; cli.main(['coverage', '--format', 'json']); "
        "slow = {'rdflib', 'networkx', 'pyshacl', 'owlrl', 'oxrdflib', 'rich'} & set(sys.modules); "
        "sys.exit(f'imported: {slow}' if slow else 0)"
    )
    environment = {**os.environ, "METROGRAPH_CACHE": str(cache)}
    build = [sys.executable, "-m", "metrograph", "coverage"]
    subprocess.run(build, env=environment, check=True, capture_output=True)
    again = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=False, capture_output=True
    )
    assert again.returncode == 0, again.stderr
