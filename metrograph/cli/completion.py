"""Shell completion: the ids, questions and names that the beginning of a word may become."""

import contextlib
from collections.abc import Iterable, Mapping

import click
from click.shell_completion import CompletionItem

from metrograph.cli.speech import language
from metrograph.errors import MetrographError
from metrograph.exchange.exporter import FORMS
from metrograph.network.network import kinds_of
from metrograph.plan import Plan, open_plan
from metrograph.query import axes, library, lookup


def ids(
    ctx: click.Context, incomplete: str, kinds: Iterable[str] = (), keys: str | None = None
) -> list[CompletionItem]:
    """Return the ids of what people type of the plan (of some kinds) that begin so.

    With `keys`, only their keys, after that text: `coder:a` for `coder/a`. A plan that cannot be
    read has none.
    """
    with contextlib.suppress(MetrographError):
        plan = _plan(ctx)
        listed = lookup.typed_ids(plan.built, plan.lang, kinds)
        if keys is not None:
            listed = {f"{keys}{name.rpartition('/')[2]}": listed[name] for name in listed}
        return _items(listed, incomplete)
    return []


def settings(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """Return the parameters of the question that was typed, or the ids that one of them takes."""
    key, equals, value = incomplete.partition("=")
    typed = ctx.params.get("query") or "".join(ctx.args[:1])  # as click has it before a value
    try:
        query = library.find(typed)
    except MetrographError:
        return []
    if not equals:
        lang = _common(ctx, "lang") or language([])
        return _items({f"{p.name}=": p.labels.get(lang, "") for p in query.parameters}, key)
    kinds = [p.kind for p in query.parameters if p.name == key and p.kind]
    if not kinds:
        return []
    return [
        CompletionItem(f"{key}={item.value}", help=item.help) for item in ids(ctx, value, kinds)
    ]


def names(ctx: click.Context, of: str, incomplete: str) -> list[CompletionItem]:
    """Return the names of questions, types of gaps, formats or kinds that begin so."""
    listed: Mapping[str, str] = {}
    lang = _common(ctx, "lang") or language([])
    if of in ("question", "gap"):
        queries = library.library() if of == "question" else library.of_gaps()
        listed = {query.name: query.question.get(lang, "") for query in queries}
        if of == "question" and "/" in incomplete:
            return [CompletionItem(incomplete, type="file")]
    elif of == "axis":
        with contextlib.suppress(MetrographError):
            listed = {axis.name: axis.title for axis in axes.axes(_plan(ctx).built, lang)}
    elif of == "form":
        listed = dict.fromkeys(FORMS, "")
    elif of == "kind":
        with contextlib.suppress(MetrographError):
            listed = kinds_of(_plan(ctx))
    return _items(listed, incomplete)


def _plan(ctx: click.Context) -> Plan:
    return open_plan(_common(ctx, "graph"), _common(ctx, "lang") or language([]))


def _common(ctx: click.Context, name: str) -> str | None:
    """Return an option that all commands have, as typed after the command, else before it."""
    for context in (ctx, ctx.find_root()):
        if isinstance(value := context.params.get(name), str):
            return value
    return None


def _items(listed: Mapping[str, str], incomplete: str) -> list[CompletionItem]:
    return [
        CompletionItem(name, help=label or None)
        for name, label in listed.items()
        if name.startswith(incomplete)
    ]
