"""Checks how the command line is typed: options anywhere, hints, completion, help, languages."""

import inspect
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from metrograph import paths
from metrograph.cli import speech
from metrograph.cli.command import Command
from metrograph.cli.commands import COMMANDS, GROUPS, root
from metrograph.cli.main import main
from metrograph.messages import LANGUAGES
from tests.conftest import HARBOUR, Run

Output = pytest.CaptureFixture[str]


def command(name: str) -> Command:
    group = root()
    loaded = group.get_command(click.Context(group), name)
    assert isinstance(loaded, Command)
    return loaded


def completed(run: Run, line: str, shell: str = "bash") -> list[str]:
    """Return what a shell is offered for the last word of a line."""
    words = line.split(" ")
    answer = run(
        _METROGRAPH_COMPLETE=f"{shell}_complete",
        COMP_WORDS=line,
        COMP_CWORD=str(len(words) - 1) if shell == "bash" else words[-1],
    )
    assert answer.stderr == ""
    assert answer.returncode == 0
    return [offer.removeprefix("plain,") for offer in answer.stdout.splitlines() if offer]


def test_shared_options_stand_before_or_after_the_command(run: Run) -> None:
    after = run("coverage", "--lang", "fr", "--format", "md", "--graph", HARBOUR)
    before = run("--lang", "fr", "--format=md", "--graph", HARBOUR, "coverage")
    assert before.stdout == after.stdout
    assert " lacune " in before.stdout
    assert "Patrimoine portuaire" in before.stdout
    assert run("--format", "csv", "coverage", "--lang", "es").stdout.startswith("Desafío,")


def test_of_two_languages_the_one_after_the_command_counts(run: Run) -> None:
    answer = run("--lang", "fr", "--format", "json", "coverage", "--lang", "es", "--format", "md")
    assert " brecha " in answer.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("covrage", "No such command 'covrage'. Did you mean 'coverage'?"),
        ("covrage --lang fr", "Commande inconnue : 'covrage'. Vouliez-vous dire 'coverage' ?"),
        ("--lang es covrage", "Comando desconocido: 'covrage'. ¿Quería decir 'coverage'?"),
        ("coverage --yaer 2023", "No such option '--yaer'. Did you mean '--year'?"),
        ("coverage --yaer 2023 --lang fr", "'--yaer'. Vouliez-vous dire '--year' ?"),
        ("--lnag fr coverage --lang es", "'--lnag'. ¿Quería decir '--lang'?"),
        ("--lang fr show", "Il manque l'argument 'ID'."),
        ("--lang es export", "Falta la opción '-o' / '--output'."),
        ("coverage x y --lang fr", "Arguments en trop (x y)"),
        ("coverage --lang es --range=x", "La opción '--range' no admite ningún valor."),
        ("coverage --lang=fr --year", "L'option '--year' exige une valeur."),
        ("coverage --lang fr --basis x", "'x' ne fait pas partie des valeurs possibles :"),
        ("coverage --lang es --year 23", "un año se escribe con cuatro cifras, no '23'"),
        ("cycle --lang fr --as-of soon", "un jour s'écrit comme 2024-05-31, et non 'soon'"),
        ("agreement --lang es --rounds 0", "un número entero de 1 a 100000, no '0'"),
        ("query themes --lang fr --limit 0", "un nombre supérieur à 0, et non '0'"),
        ("query themes --lang fr -p x", "CLÉ=VALEUR, et non 'x'"),
        ("progress --lang es --weight x=", "ID=NÚMERO"),
        ("new town --lang de", "languages are some of en,fr,es, not 'de'"),
        ("coverage --lang fr --range --concentration", "--range et --concentration s'excluent :"),
        ("--lang es whatif", "Se requiere una de estas opciones: --without, --fragile."),
        ("--lang fr coverage --lang xx", "Valeur incorrecte pour '--lang' :"),
    ],
)
def test_wrong_usage_is_said_in_the_language_of_the_reader(
    capsys: Output, words: str, message: str
) -> None:
    assert main(words.split()) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert message in output.err.replace("\u00a0", " ")


def test_without_a_language_wrong_usage_speaks_that_of_the_environment(run: Run) -> None:
    assert "Opción desconocida" in run("coverage", "-z", METROGRAPH_LANG="es").stderr
    french = run("coverage", "-z", METROGRAPH_LANG="", LC_ALL="fr_FR.UTF-8")
    assert french.stderr.startswith("Utilisation\u00a0: metrograph coverage [OPTIONS]\n")
    assert "Erreur\u00a0: Option inconnue\u00a0: '-z'." in french.stderr


def test_each_sentence_of_click_that_is_translated_is_one_that_click_says() -> None:
    source = "".join(inspect.getsource(module) for module in speech._MODULES)
    for message in speech.CLICK:
        assert f'"{message.encode("unicode_escape").decode()}"' in source, message


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_lists_each_command_in_its_group(capsys: Output, lang: str) -> None:
    assert main(["--lang", lang, "--help"]) == 0
    text = capsys.readouterr().out.replace("\u00a0", " ")
    headings = {
        "en": ["Look:", "Evaluate:", "Edit:", "Exchange:", "Serve:", "Options:"],
        "fr": ["Consulter :", "Évaluer :", "Modifier :", "Échanger :", "Servir :", "Options :"],
        "es": ["Consultar:", "Evaluar:", "Editar:", "Intercambiar:", "Servir:", "Opciones:"],
    }[lang]
    lines = text.splitlines()
    places = [lines.index(heading) for heading in headings]
    assert places == sorted(places)
    for first, last, commands in zip(places, places[1:], GROUPS.values(), strict=False):
        shown = [line.split()[0] for line in lines[first:last] if line[:3].strip(" ")[:1].islower()]
        assert shown == list(commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_speaks_three_languages_and_ends_with_its_example(
    capsys: Output, name: str
) -> None:
    helps: list[set[str | None]] = []
    for lang in LANGUAGES:
        assert main([name, "-h", "--lang", lang]) == 0
        text = capsys.readouterr().out
        assert text.endswith(f":\n  {command(name).example}\n")
        assert str(command(name).help).split()[0] in text
        helps.append({command(name).help, *(getattr(p, "help", "") for p in command(name).params)})
        assert len(helps[-1]) == len(command(name).params) + 1
        assert None not in helps[-1]
    assert command(name).example.startswith(f"metrograph {name}")
    assert helps[0] & helps[1] == helps[0] & helps[2] == helps[1] & helps[2] == set()


def test_help_and_wrong_usage_import_no_command_that_was_not_asked_for() -> None:
    lazy = {f"metrograph.cli.{module}" for module in COMMANDS.values()}
    lazy |= {"metrograph.plan", "metrograph.store.cache"}
    for word in ("--help", "--version", "covrage"):
        code = (
            f"import sys; from metrograph.cli.main import main; main([{word!r}]); "
            f"sys.exit(str(sorted({lazy!r} & set(sys.modules))))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], check=False, capture_output=True, text=True
        )
        assert done.stderr.splitlines()[-1] == "[]", word


def folder_for(name: str, folder: Path, run: Run) -> None:
    """Put what the example of a command needs where it is looked for."""
    shipped = paths.SHIPPED_GRAPH
    if name == "adjudicate":
        shutil.copytree(shipped, folder / "graph" / "metropolis")
    elif name == "compare":
        for years in ("2022-2025", "2026-2029"):
            shutil.copytree(HARBOUR, folder / "plans" / years)
    elif name == "import":
        shutil.copytree(shipped, folder / "my-plan")
        book = folder / "activities.xlsx"
        assert run("template", "-o", book, "--graph", folder / "my-plan").returncode == 0
    elif name == "upgrade":
        assert run("new", folder / "town").returncode == 0


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("serve", "engine")])
def test_the_example_of_a_command_can_be_run(
    run: Run, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = str(Path(speech.__file__).parents[2])
    monkeypatch.setenv("PYTHONPATH", package)
    monkeypatch.chdir(tmp_path)
    folder_for(name, tmp_path, run)
    program, *words = shlex.split(command(name).example)
    assert program == "metrograph"
    shipped = sorted(paths.SHIPPED_GRAPH.rglob("*"))
    answer = run(*words)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout or list(tmp_path.iterdir())
    assert sorted(paths.SHIPPED_GRAPH.rglob("*")) == shipped, "a command wrote into the program"


def test_the_example_of_serve_is_understood() -> None:
    _, name, *words = shlex.split(command("serve").example)
    with command(name).make_context(name, words) as context:
        assert context.params["edit"] is True
        assert context.params["graph"] == "my-plan"


def test_ids_that_people_type_are_offered_and_claims_only_to_who_types_one(run: Run) -> None:
    wrong = run("show", "avantia/theme/gender-equality")
    assert "claim/" not in wrong.stderr
    assert "theme/gender-equality" in wrong.stderr
    assert "coding/" not in run("show", "a/avantia").stderr
    claim = run("show", "claim/a/avantia/theme/gender-equalit")
    assert "claim/a/avantia/theme/gender-equality" in claim.stderr


def test_a_shell_completes_commands_options_and_choices(run: Run) -> None:
    assert completed(run, "metrograph co") == ["coverage", "compare"]
    assert completed(run, "metrograph coverage --re") == ["--region"]
    assert completed(run, "metrograph coverage --basis ") == ["stated", "implied"]
    assert completed(run, "metrograph --la") == ["--lang"]
    assert completed(run, "metrograph --format c") == ["csv"]
    assert completed(run, "metrograph new town --lang en,f") == ["en,fr"]
    assert completed(run, "metrograph export --to s") == ["stratml"]
    assert completed(run, "metrograph draw --kinds Vision") == ["VisionFactor", "VisionTheme"]


def test_a_shell_completes_questions_and_their_parameters(run: Run) -> None:
    assert completed(run, "metrograph query members-by-") == [
        "members-by-country",
        "members-by-region",
    ]
    assert completed(run, "metrograph gaps --type activities-not") == ["activities-not-coded"]
    assert completed(run, "metrograph query activities-of-theme -p th") == ["theme="]
    assert completed(run, "metrograph query activities-of-theme -p theme=theme/s") == [
        "theme=theme/social-cohesion",
        "theme=theme/sustainability",
    ]


def test_a_shell_completes_ids_of_what_people_type(run: Run) -> None:
    assert completed(run, "metrograph show theme/s") == [
        "theme/social-cohesion",
        "theme/sustainability",
    ]
    assert completed(run, "metrograph coverage --line ") == ["line/1", "line/2", "line/3"]
    assert completed(run, "metrograph coverage --claims coder:") == ["coder:a", "coder:b"]
    assert completed(run, "metrograph show cl") == []
    assert completed(run, f"metrograph show --graph {HARBOUR} theme/port") == [
        "theme/port-heritage"
    ]
    assert completed(run, "metrograph --graph nowhere show theme/") == []
    assert completed(run, "metrograph show theme/sus", "fish")[0].startswith("theme/sustainability")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(run: Run, shell: str) -> None:
    script = run(_METROGRAPH_COMPLETE=f"{shell}_source").stdout
    assert f"_METROGRAPH_COMPLETE={shell}_complete" in script
    if shutil.which(shell):
        checked = subprocess.run([shell, "-n"], input=script, text=True, check=False)
        assert checked.returncode == 0


def test_the_script_of_the_program_runs_the_command(run: Run) -> None:
    """`metrograph.cli:entry` is what the package installs as `metrograph`."""
    done = subprocess.run(
        [sys.executable, "-c", "from metrograph.cli import entry; entry()", "--version"],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ,
    )
    assert done.stdout == run("--version").stdout
    assert done.stdout.startswith("metrograph ")
