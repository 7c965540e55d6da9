"""A plan's folder in; the plan in each language out, anew when its files were changed here."""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from metrograph.plan import Plan, open_plan
from metrograph.wording import LANGUAGES

Made = TypeVar("Made")


@dataclass
class Site:
    """The plan that is served, and what was worked out from it.

    `edits` says whether records may be changed; `token` is the word that allows it, if one is
    asked for; `today` gives the day that new records carry, as 2026-05-31.
    """

    folder: Path | None
    cache: Path | None = None
    edits: bool = False
    token: str | None = None
    _plans: dict[str, Plan] = field(default_factory=dict)
    _known: dict[Hashable, Any] = field(default_factory=dict)
    _changing: threading.Lock = field(default_factory=threading.Lock)

    def plan(self, lang: str = "en") -> Plan:
        """Return the plan in a language, opened (and built, if need be) when first asked for."""
        if not self._plans:
            self.reopen()
        return self._plans[lang]

    def reopen(self) -> None:
        """Read the plan's files again, after a change."""
        with self._changing:
            plan = open_plan(self.folder, cache=self.cache)
            if not self._plans or plan.digest != self._plans["en"].digest:
                self.take(plan)

    def take(self, plan: Plan) -> None:
        """Serve a plan that is open already."""
        self._plans = {lang: replace(plan, lang=lang) for lang in LANGUAGES}
        self._known = {}

    def known(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made under a key, made once for a state of the plan's files."""
        found = self._known  # of this state, also if another request reopens the plan meanwhile
        if key not in found:
            found[key] = make()
        return cast("Made", found[key])
