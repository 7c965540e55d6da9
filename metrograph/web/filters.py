"""The coverage filters in an address, and the choices that a page offers."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from metrograph.errors import Text
from metrograph.messages import in_language, word
from metrograph.plan import Plan
from metrograph.query.answers import text
from metrograph.query.filters import AGREED, Filters
from metrograph.web.labels import labelled
from metrograph.web.pages import asked, lang_of
from metrograph.web.site import State

FILTERS = ("year", "line", "output", "region", "claims", "basis", "evidence")  # as a form has them


def filters_of(request: Request) -> Filters:
    """Return the filters of an address.

    Raises `QueryError` for a word that is not a choice, and answers 404 to what is not a year.
    """
    values = dict(asked(request, *FILTERS))
    year = values.pop("year", None)
    if year is not None and not (len(year) == 4 and year.isdecimal() and year.isascii()):
        problem = Text.of("“{year}” is not a year (YYYY).", year=year)
        raise HTTPException(404, in_language(problem, lang_of(request)))
    return Filters(year=None if year is None else int(year), **values)


def address_of(filters: Filters) -> dict[str, str]:
    """Return filters as an address has them; agreed claims need none.

    >>> address_of(Filters(year=2023, claims="standing"))
    {'year': '2023'}
    """
    values = filters.to_json()
    if filters.claims in AGREED:
        del values["claims"]
    return {name: str(values[name]) for name in FILTERS if name in values}


def described(plan: Plan, filters: Filters) -> list[tuple[str, str]]:
    """Return the name of each filter that is set and its value, as people read them."""

    def value_of(name: str, value: str) -> str:
        if name in ("line", "output", "region"):
            return plan.label(value)
        if value.startswith("coder:"):
            return plan.label(f"coder/{value[6:]}")
        return value if name == "year" else word(value, plan.lang)

    return [
        (word(name, plan.lang), value_of(name, value))
        for name, value in address_of(filters).items()
    ]


def options(state: State, lang: str) -> dict[str, list[tuple[str, str]]]:
    """Return what each filter offers, as (value, label); a filter of one choice is left out."""
    plan = state.plan(lang)

    def make() -> dict[str, list[tuple[str, str]]]:
        coders = labelled(plan, "coders", "coder")
        offers = {
            "year": [
                (text(row["year"]), text(row["year"])) for row in plan.rows("activities-by-year")
            ],
            "line": lines(plan),
            "output": labelled(plan, "activities-by-line-and-output-type", "outputType"),
            "region": labelled(plan, "activities-by-region", "region"),
            "claims": [
                ("any", word("any", lang)),
                *((f"coder:{name.partition('/')[2]}", label) for name, label in coders),
            ],
            "basis": [(basis, word(basis, lang)) for basis in ("stated", "implied")],
            "evidence": [("same-passage", word("same-passage", lang))],
        }
        return {name: offered for name, offered in offers.items() if offered}

    return state.known(("options", lang), make)


def lines(plan: Plan) -> list[tuple[str, str]]:
    """Return the action lines of a plan, in order, as (id, label)."""
    tops = [text(row["element"]) for row in plan.rows("plan-tree") if row["partOf"] is None]
    return [(name, plan.label(name)) for name in tops]
