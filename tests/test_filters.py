"""Every filter and every two filters of the coverage, against counts by plain loops (`counted`)."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest
from rdflib import RDF

from metrograph.errors import QueryError
from metrograph.plan import Plan, open_plan
from metrograph.query.filters import Filters, filters_from
from tests.counted import MG, Counted


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Plan:
    """Return a generated plan in which coders cite the same lines now and then."""
    folder = tmp_path_factory.mktemp("generated")
    plans = Path(__file__).parents[1] / "bench" / "plans.py"
    command = [sys.executable, str(plans), str(folder), "40", "--claims", "8"]
    subprocess.run(command, check=True)
    random = Random(1)  # noqa: S311  drawing lines, not keys
    for path in folder.glob("claims-*.ttl"):
        text = path.read_text("utf-8")
        first, *others = text.split("#line=")
        cited = [f"{random.randint(0, 2)},4>{rest.partition('>')[2]}" for rest in others]
        path.write_text("#line=".join([first, *cited]), "utf-8")
    return open_plan(folder, cache=cache)


@pytest.fixture(params=["harbour", "metropolis", "generated"])
def counted(request: pytest.FixtureRequest) -> Counted:
    return Counted(request.getfixturevalue(request.param))


def values(counted: Counted) -> dict[str, list[int | str]]:
    """Return the values of each filter that a plan offers; of long lists, every few."""

    def ids(kind: str) -> list[int | str]:
        names = sorted(
            counted.plan.ids.short(str(one)) for one in counted.graph.subjects(RDF.type, MG[kind])
        )
        return [*names[:: len(names) // 4 + 1]]

    coders = [f"coder:{name.partition('/')[2]}" for name in map(str, ids("Coder"))]
    years = {
        int(str(year)) for one in counted.activities for year in counted.graph.objects(one, MG.year)
    }
    return {
        "year": [*sorted(years), 1999],
        "line": ids("PlanElement"),
        "output": ids("OutputType"),
        "region": ids("Region"),
        "claims": ["any", *coders],
        "basis": ["stated", "implied"],
        "evidence": ["same-passage"],
    }


def combined(offered: dict[str, list[int | str]]) -> Iterator[Filters]:
    """Yield no filter, each one, and every two."""
    yield Filters()
    for name, listed in offered.items():
        for value in listed:
            yield filters_from(None, **{name: value})
    for (one, ones), (other, others) in combinations(offered.items(), 2):
        for value, second in product(ones, others):
            yield filters_from(None, **{one: value, other: second})


def test_each_filter_and_each_two_count_what_plain_loops_count(counted: Counted) -> None:
    asked = full = shared = 0
    for filters in combined(values(counted)):
        matrix = counted.plan.coverage(filters)
        cells, passages = counted.matrix(filters)
        assert {pair: set(held) for pair, held in matrix.cells.items()} == cells, filters
        same = matrix.in_one_passage().cells
        assert {pair: set(held) for pair, held in same.items()} == passages, filters
        totals = json.loads(matrix.to_json())["totals"]
        for challenge, total in totals["challenges"].items():
            row = set().union(*(held for pair, held in cells.items() if pair[0] == challenge))
            assert total == len(row), filters
        assert totals["all"] == len(set().union(*cells.values())), filters
        assert set(json.loads(matrix.to_json())["pending"]) == counted.waiting(filters), filters
        asked += 1
        full += any(cells.values())
        shared += any(passages.values())
    assert asked > 100
    assert full > asked / 4
    assert shared > 10


def test_ids_are_in_the_order_of_their_last_part(metropolis: Plan) -> None:
    for held in metropolis.coverage(claims="any").cells.values():
        assert list(held) == sorted(held, key=lambda name: name.rpartition("/")[2])


@pytest.mark.parametrize(
    ("name", "value"), [("claims", "all"), ("basis", "notRecorded"), ("evidence", "some")]
)
def test_a_word_that_is_not_a_choice_is_refused(name: str, value: str) -> None:
    with pytest.raises(QueryError, match=value):
        filters_from(None, **{name: value})


def test_an_id_of_another_kind_is_refused(harbour: Plan) -> None:
    with pytest.raises(QueryError, match="output-type"):
        harbour.coverage(output=harbour.coverage().themes[0])
    with pytest.raises(QueryError, match="nowhere"):
        harbour.coverage(region="region/nowhere")


def test_bitmaps_are_kept_beside_the_store_and_asked_again_when_damaged(
    harbour: Plan, cache: Path
) -> None:
    kept = sorted(cache.glob(f"{harbour.digest}/answers/*.json"))
    assert len(kept) > 5
    expected = harbour.coverage(claims="any").to_json()
    for path in kept:
        path.write_text(path.read_text("utf-8").replace("0", "1"), "utf-8")
    again = open_plan(harbour.built.folder, cache=cache)
    assert again.coverage(claims="any").to_json() == expected


def test_after_a_change_only_what_is_asked_is_asked_again(
    harbour: Plan, tmp_path: Path, cache: Path
) -> None:
    folder = shutil.copytree(harbour.built.folder, tmp_path / "harbour")
    open_plan(folder, cache=cache)
    path = folder / "activities.ttl"
    path.write_text(path.read_text("utf-8").replace('"@en', ' again"@en', 1), "utf-8")
    changed = open_plan(folder, cache=cache)
    assert changed.digest != harbour.digest
    kept = cache / changed.digest / "answers"
    assert not kept.exists()
    assert changed.coverage().to_json() == harbour.coverage().to_json()
    names = {path.name.rpartition("-")[0] for path in kept.iterdir()}
    assert names >= {"activities-at-intersections"}
    assert "sides-of-activities" not in names
