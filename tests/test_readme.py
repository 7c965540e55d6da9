"""Checks that what README.md, docs/evaluation.md and docs/reference.md say is what happens."""

import doctest
import re
import shlex
from pathlib import Path

import pytest

from tests import picture
from tests.conftest import Run
from tests.reference import PATH, readme, reference

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSION = re.compile(r"```console\n\$ (metrograph [^\n]*)\n(.*?)```", re.DOTALL)
SESSIONS = SESSION.findall(README)
EVALUATION = SESSION.findall((ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8"))
SHOWN = [*SESSIONS, *EVALUATION]


@pytest.mark.parametrize(("command", "expected"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_of_the_tour_prints_what_the_tour_shows(
    run: Run, command: str, expected: str
) -> None:
    answer = run(*shlex.split(command)[1:])
    # A report ends with what it does not include; nothing else is to be said.
    assert re.sub(r"metrograph: Not included [^\n]*\n", "", answer.stderr) == ""
    same = doctest.OutputChecker().check_output(expected, answer.stdout, doctest.ELLIPSIS)
    assert same, f"{command}\n{answer.stdout}"


def test_the_tour_is_there_and_opens_with_the_two_commands() -> None:
    assert len(SESSIONS) >= 5
    assert len(EVALUATION) >= 7
    first_screen = "\n".join(README.splitlines()[:40])
    assert "make demo" in first_screen
    assert "make test" in first_screen


def test_the_picture_shows_the_matrix() -> None:
    assert picture.PATH.read_text(encoding="utf-8") == picture.picture(), "run `make reference`"
    assert "docs/coverage.svg" in README


def test_the_reference_is_what_the_program_says() -> None:
    assert PATH.read_text(encoding="utf-8") == reference(), "run `make reference`"
    assert readme(README) == README, "run `make reference`"
