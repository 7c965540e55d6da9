"""Guesses what the columns of a person's own list mean, by headings that no form has."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from metrograph.exchange.workbook.forms import form_of
from metrograph.exchange.workbook.headings import key_of
from metrograph.plan import Plan

CLAIM = "claim."  # before the name of a property that a column claims
_LISTS = tomllib.loads((Path(__file__).parent / "guesses.toml").read_text(encoding="utf-8"))


@cache
def guesses(plan: Plan, kind: str) -> Mapping[str, str]:
    """Return the keys of the fields of a kind, or of claims about it, by what people call them."""
    known = _LISTS.get(kind, {"fields": {}, "claims": {}})
    keys: dict[str, str] = {}
    for field in form_of(plan, kind).fields:
        key = field.keys[0]
        if field.languages:
            tag = plan.lang if plan.lang in field.languages else field.languages[0]
            key = f"{field.name}.{tag}"
        keys |= {key_of(name): key for name in known["fields"].get(field.name, ())}
    for name, headings in known["claims"].items():
        keys |= {key_of(heading): f"{CLAIM}{name}" for heading in headings}
    return keys
