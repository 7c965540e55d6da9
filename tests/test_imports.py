"""Checks that modules import in one direction, and that a warm command imports nothing slow."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import networkx as nx
import pytest

from tests.conftest import HARBOUR

ROOT = Path(__file__).parents[1]


def test_folders_import_only_from_those_below_them() -> None:
    """The layers stand in pyproject.toml; import-linter reads imports inside functions, too."""
    checked = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert checked.returncode == 0, checked.stdout


def test_no_modules_import_each_other_in_a_circle() -> None:
    imports = grimp.build_graph("metrograph", cache_dir=None)
    graph = nx.DiGraph(
        (module, imported)
        for module in imports.modules
        for imported in imports.find_modules_directly_imported_by(module)
    )
    assert len(graph) > 150
    assert [sorted(ring) for ring in nx.strongly_connected_components(graph) if len(ring) > 1] == []


def test_what_a_build_imports_is_hashed_with_what_it_is_built_from() -> None:
    code = (
        "import sys, metrograph.store.build as build; from metrograph.store.cache import engine; "
        "from metrograph.store.compiling import compile_all; "
        "from metrograph import paths; compile_all(); "
        "build.check(sorted(paths.SHIPPED_GRAPH.glob('*.ttl'))[:1]); "
        "hashed = {str(path) for path in engine()}; "
        "used = {m.__file__ for n, m in sys.modules.items() if n.startswith('metrograph')}; "
        "missing = {name for name in used - hashed if not name.endswith('__init__.py')}; "
        "sys.exit(f'not hashed: {missing}' if missing else 0)"
    )
    built = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert built.returncode == 0, built.stderr


WITHOUT_SLOW = (
    "import sys, metrograph.cli.main as cli; cli.main(sys.argv[1:]); "
    "slow = {'rdflib', 'networkx', 'pyshacl', 'owlrl', 'oxrdflib', 'rich'} & set(sys.modules); "
    "sys.exit(f'imported: {slow}' if slow else 0)"
)


@pytest.mark.parametrize("shape", ["json", "table"])
def test_a_question_to_a_built_store_imports_nothing_slow(cache: Path, shape: str) -> None:
    environment = {**os.environ, "METROGRAPH_CACHE": str(cache)}
    ask = ["coverage", "--format", shape]
    build = [sys.executable, "-m", "metrograph", *ask]
    first = subprocess.run(build, env=environment, check=True, capture_output=True)
    again = subprocess.run(
        [sys.executable, "-c", WITHOUT_SLOW, *ask],
        env=environment,
        check=False,
        capture_output=True,
    )
    assert again.returncode == 0, again.stderr
    assert again.stdout == first.stdout


def test_a_question_after_a_changed_label_imports_nothing_slow(
    own_cache: Path, tmp_path: Path
) -> None:
    plan = shutil.copytree(HARBOUR, tmp_path / "plan")
    environment = {**os.environ, "METROGRAPH_CACHE": str(own_cache)}
    ask = ["coverage", "--graph", str(plan), "--format", "json"]
    build = [sys.executable, "-m", "metrograph", *ask]
    subprocess.run(build, env=environment, check=True, capture_output=True)
    file = plan / "activities.ttl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"@en', ' again"@en', 1), encoding="utf-8")
    updated = subprocess.run(
        [sys.executable, "-c", WITHOUT_SLOW, *ask],
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert updated.returncode == 0, updated.stderr
    assert len(list(tmp_path.glob("cache/*/meta.json"))) == 2
