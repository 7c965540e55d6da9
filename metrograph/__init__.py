"""metrograph: strategic plans as validated knowledge graphs.

>>> import metrograph
>>> plan = metrograph.open()
>>> plan.ids.short(plan.iri)
'plan/2021-2023'
"""

from typing import TYPE_CHECKING

from metrograph.late import late

if TYPE_CHECKING:
    from os import PathLike

    from metrograph import plan
    from metrograph.plan import Plan
else:  # asking for the version opens nothing
    plan = late("metrograph.plan")

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(graph: "str | PathLike[str] | None" = None, lang: str = "en") -> "Plan":  # noqa: A001  it reads metrograph.open()
    """Open a plan: a folder of Turtle files, or by default the plan that metrograph ships.

    `lang` is the language of labels and headings ("en", "fr", "es"). Raises `MetrographError` if
    the folder holds no readable plan.
    """
    return plan.open_plan(graph, lang)
