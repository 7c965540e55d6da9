"""Runs a command with its values: what it leaves out, and its exit code."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from metrograph.cli.speech import language, tell
from metrograph.cli.terminal import Session, say
from metrograph.errors import CacheError
from metrograph.late import late
from metrograph.messages import in_language
from metrograph.paths import folder_of
from metrograph.store.cache import cache_folder, forget

if TYPE_CHECKING:
    from metrograph.exchange import upgrade
    from metrograph.report import omissions
else:  # only an open plan needs them
    upgrade = late("metrograph.exchange.upgrade")
    omissions = late("metrograph.report.omissions")


def run(
    name: str,
    common: Mapping[str, Any],
    call: Callable[..., int],
    values: Mapping[str, Any],
) -> int:
    """Run a command and return its exit code; a store that proves damaged is built again once."""

    def session() -> Session:
        return Session(
            name,
            common["graph"],
            common["lang"] or language(()),
            common["format"] or "table",
            engine=common["engine"],
        )

    first = session()
    try:
        return _ended(first, call, values)
    except (CacheError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "Corruption" not in str(error):
            raise
        say(f"{_word_error(error, first.lang)} {tell('building_again')}")
        forget(folder_of(first.graph), cache_folder())
        return _ended(session(), call, values)


def _word_error(error: CacheError | RuntimeError, lang: str) -> str:
    return in_language(error, lang) if isinstance(error, CacheError) else str(error)


def _ended(session: Session, call: Callable[..., int], values: Mapping[str, Any]) -> int:
    """Run the command; end with what of the plan was not looked at, unless its answer says so."""
    code = int(call(session, **values))
    if session.left:
        say(session.left)
    if not session.plans:
        return code
    for plan in session.plans:
        plan.built.engine.verify()
        if needed := upgrade.sentence(plan):
            say(needed)
    if session.command != "check":
        for left in omissions.omissions(session.command, *session.plans):
            say(left)
    return code
