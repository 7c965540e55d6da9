"""The input formats that metrograph reads, each with its samples, changes and commands."""

from collections.abc import Callable, Sequence
from random import Random

from fuzz.dialogue import QUERY_TOKENS, change_form, change_request
from fuzz.files import (
    change_target,
    mapping_target,
    new_target,
    question_target,
    turtle_target,
)
from fuzz.inputs import Format, Input
from fuzz.markup import MARKUP_CHANGES
from fuzz.mutation import BYTES, Change, changed, of_tokens
from fuzz.requests import page_samples, page_target, sparql_target
from fuzz.samples import of_exchange, of_files, of_plans, of_queries, of_questions
from fuzz.tables import change_cells, change_workbook
from fuzz.words import COMMON, SPARQL, TOML, TURTLE

_TURTLE_TOKENS = (
    r'"""[\s\S]*?"""|<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"(?:@[\w-]+|\^\^[\w:]+)?|[\w@:./-]+|\s+|.'
)
_change_turtle = of_tokens(_TURTLE_TOKENS, TURTLE)
_change_toml = of_tokens(r'"(?:[^"\\\n]|\\.)*"|[\w.-]+|\s+|.', (*TOML, *COMMON))
_change_question = of_tokens(QUERY_TOKENS, (*SPARQL, *TOML))


def _by(*changes: Change) -> Callable[[Random, Sequence[Input]], Input]:
    """Return a function that changes a sample in some of these ways, with parts of another."""

    def mutate(rng: Random, samples: Sequence[Input]) -> Input:
        chosen, other = rng.choice(samples), rng.choice(samples)
        return Input(chosen.name, changed(rng, chosen.data, other.data, changes))

    return mutate


def _change_book(rng: Random, samples: Sequence[Input]) -> Input:
    chosen, other = rng.choice(samples), rng.choice(samples)
    return Input(chosen.name, change_workbook(rng, chosen.data, other.data))


_CELLS = (change_cells, change_cells, change_cells, *BYTES)
FORMATS = {
    form.name: form
    for form in (
        Format("turtle", of_plans, _by(*[_change_turtle] * 30, *BYTES), turtle_target),
        Format(
            "csv", of_files("changes/*.csv"), _by(*_CELLS * 2), change_target, endings=(".csv",)
        ),
        Format(
            "workbook", of_files("books/*.xlsx"), _change_book, change_target,
            is_text=False, endings=(".xlsx",),
        ),
        Format(
            "csv-new", of_files("tables/*.csv", "tables/*.txt"), _by(*_CELLS * 2), new_target,
            endings=(".csv", ".txt"),
        ),
        Format(
            "workbook-new", of_files("tables/*.xlsx"), _change_book, new_target,
            is_text=False, endings=(".xlsx",),
        ),
        Format(
            "stratml", of_exchange("stratml", "stratml/*.xml"), _by(*MARKUP_CHANGES), new_target,
            endings=(".xml",), mark=b"<StrategicPlan",
        ),
        Format(
            "iati", of_exchange("iati", "iati*.xml"), _by(*MARKUP_CHANGES), new_target,
            endings=(".xml",), mark=b"<iati-activities",
        ),
        Format(
            "mapping", of_files("maps/*.toml"), _by(*[_change_toml] * 20, *BYTES), mapping_target
        ),
        Format("question", of_questions, _by(*[_change_question] * 30, *BYTES), question_target),
        Format("sparql", of_queries, change_request, sparql_target),
        Format("forms", page_samples, change_form, page_target),
    )
}  # fmt: skip
