"""Recognises the kind of a sheet's records, and the field of each column, by headings.

Headings count in any of the three languages, with or without accents, capitals and the star of a
required one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from metrograph.editing.forms import Field, Form
from metrograph.editing.shapes import local
from metrograph.editing.values import nearest
from metrograph.errors import UsageError
from metrograph.exchange.workbook import former
from metrograph.exchange.workbook.forms import GUESSED, KINDS, form_of, title
from metrograph.late import late
from metrograph.messages import LANGUAGES, word
from metrograph.network.network import classes
from metrograph.plan import Plan
from metrograph.reading.notices import LEFT, Remark
from metrograph.reading.sheets import Row, Sheet
from metrograph.text import folded

if TYPE_CHECKING:
    import babel
else:
    babel = late("babel")

ID = "id"  # the key of the column that names the record
_SIGNS = str.maketrans({"*": " ", **dict.fromkeys("’ʼ‘", "'"), **dict.fromkeys("‐‑–—", "-")})


def key_of(text: str) -> str:
    """Return a heading or a label to be compared: without accents, case, stars and spaces.

    >>> key_of(" Début * "), key_of("Nom  (français)")
    ('debut', 'nom (francais)')
    """
    return " ".join(folded(text).translate(_SIGNS).split())


def keys_of(plan: Plan, form_: Form, headings: Sequence[str]) -> list[str | None]:
    """Return the key of the field that each heading means: a label's id before its text."""
    known = by_heading(plan, form_.kind)
    keys = [known.get(heading) for heading in headings]
    doubled = {
        key: at
        for at, (key, heading) in enumerate(zip(keys, headings, strict=True))
        if key and heading.endswith(" (id)")
    }
    return [None if key in doubled and doubled[key] != at else key for at, key in enumerate(keys)]


@cache
def by_heading(plan: Plan, kind: str) -> Mapping[str, str]:
    """Return the keys of fields by their headings in all languages; the first of two stays."""
    by_heading: dict[str, str] = {}
    for lang in (plan.lang, *LANGUAGES):
        plan_in = replace(plan, lang=lang)
        spoken = form_of(plan_in, kind)
        for name in (ID, "Id", word("record", lang), f"{word('record', lang)} (id)"):
            by_heading.setdefault(key_of(name), ID)
        for field in spoken.fields:
            for key in field.keys:
                own = replace(field, label=plan_in.label(field.path))  # as exports name it
                for heading in (*_names(field, key, lang), *_names(own, key, lang)):
                    by_heading.setdefault(key_of(heading), key)
    for heading, key in _former(plan, kind):
        by_heading.setdefault(key_of(heading), key)
    return by_heading


def _former(plan: Plan, kind: str) -> Iterator[tuple[str, str]]:
    """Yield what older exports called the columns of a kind, with their keys."""
    for lang in (plan.lang, *LANGUAGES):
        for field in form_of(replace(plan, lang=lang), kind).fields:
            for former_name in former.HEADINGS.get(field.name, ()):
                called = replace(field, label=former_name)
                for key in field.keys:
                    yield from ((heading, key) for heading in _names(called, key, lang))


def _names(field: Field, key: str, lang: str) -> list[str]:
    """Return what a column of a field may be called in a language."""
    if not field.languages:
        return [field.label, f"{field.label} (id)", field.name]
    tag = key.rpartition(".")[2]
    names = [f"{field.label} ({tag})", f"{field.label} ({language(tag, lang)})", key]
    names += [key.replace(".", "_")]
    alone = lang if lang in field.languages else field.languages[0]
    return [*names, field.label] if tag == alone else names


@cache
def language(tag: str, lang: str) -> str:
    """Return what a language is called in another (CLDR, by Babel).

    >>> language("fr", "en"), language("es", "fr")
    ('French', 'espagnol')
    """
    try:
        return str(babel.Locale.parse(tag).get_language_name(lang) or tag)
    except (ValueError, babel.UnknownLocaleError):
        return tag


class KindError(UsageError):
    """Nothing tells of which kind the rows of a sheet are."""


def kind_of(plan: Plan, sheet: Sheet, headings: Sequence[str]) -> str:
    """Return the kind of a sheet's records: by its name, else by its headings."""
    called = key_of(sheet.name.rpartition(".")[0] if sheet.is_text else sheet.name)
    for kind in KINDS:
        if called in {key_of(title(kind, lang)) for lang in LANGUAGES} | {kind.casefold()}:
            return kind
    named = _named_kinds(plan).get(called) or former.SHEETS.get(called)
    if named in KINDS:
        return named
    fits = {kind: _fit(plan, kind, headings) for kind in GUESSED}
    best = max(fits.values())
    best_kinds = [kind for kind in GUESSED if fits[kind] == best]
    if named or best < 2 or len(best_kinds) > 1:
        raise KindError(word("kind_unknown", plan.lang).format(sheet.name, ", ".join(KINDS)))
    return best_kinds[0]


@cache
def _named_kinds(plan: Plan) -> Mapping[str, str]:
    """Return the kinds of the plan's records by their labels, as exports name their sheets."""
    kinds = sorted(set(classes(plan.built.engine).values()))
    spoken = [replace(plan, lang=lang) for lang in LANGUAGES]
    return {key_of(translated.label(kind)): local(kind) for kind in kinds for translated in spoken}


def _fit(plan: Plan, kind: str, headings: Sequence[str]) -> int:
    """Return how many headings a form has, less the required fields that are missing."""
    known = by_heading(plan, kind)
    keys = {known[heading] for heading in headings if heading in known}
    required = [field for field in form_of(plan, kind).fields if field.required]
    return 2 * len(keys) - sum(not keys & set(field.keys) for field in required)


def unplaced(  # noqa: PLR0913, PLR0917  a sheet, and what is known of its columns
    plan: Plan,
    sheet: Sheet,
    head: Row,
    rows: Sequence[Row],
    keys: Sequence[str | None],
    form_: Form,
) -> list[Remark]:
    """Return a remark for each column that has values and no field."""
    width = max(len(row.cells) for row in (head, *rows))
    known = list(by_heading(plan, form_.kind))
    noticed = []
    for at in range(width):
        filled = sum(row.at(at) is not None for row in rows if row.cells != head.cells)
        heading = head.at(at)
        if (at < len(keys) and keys[at]) or not filled or _doubles(plan, form_, heading):
            continue
        message = word("column_left", plan.lang).format(filled, form_.label)
        hint = nearest(key_of(str(heading or "")), known, plan.lang)
        noticed.append(
            Remark(sheet.place(head.number, at), LEFT, str(heading or ""), message + hint)
        )
    return noticed


def _doubles(plan: Plan, form_: Form, heading: object) -> bool:
    """Return whether a column only repeats, as a label, what another holds as an id."""
    return isinstance(heading, str) and key_of(heading) in by_heading(plan, form_.kind)
