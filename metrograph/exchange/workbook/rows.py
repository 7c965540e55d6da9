"""Reads the rows of sheets as records, using the plan's forms to identify columns.

Columns go by their headings, in any order and in any of the three languages, with or without
accents, capitals and the star of a required one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from metrograph.editing.forms import Field, Form, form
from metrograph.editing.forms import values as values_of
from metrograph.editing.shapes import local
from metrograph.editing.values import nearest, plain
from metrograph.errors import QueryError, UsageError
from metrograph.messages import LANGUAGES, in_language, word
from metrograph.network.network import classes
from metrograph.plan import Plan
from metrograph.reading.normalize import normalize
from metrograph.reading.notices import LEFT, READ, Remark
from metrograph.reading.policy import Habit, habit_of
from metrograph.reading.sheets import Row, Sheet
from metrograph.text import folded

ID = "id"  # the key of the column that names the record
KINDS = ("Activity", "AlignmentClaim", "Observation", "Member", "Coding", "Indicator")
_SIGNS = str.maketrans({"*": " ", **dict.fromkeys("’ʼ‘", "'"), **dict.fromkeys("‐‑–—", "-")})
_JOINTS = re.compile(r"[|\n]")
_LOOSER = re.compile(r"[;|\n]")


@dataclass(frozen=True)
class Entry:
    """A record as a row of a sheet gives it: values by field keys, and the place of each.

    `name` is the id, if the row has one. `row` is the row's place, such as `Activities!A14`.
    """

    kind: str
    name: str | None
    values: Mapping[str, tuple[str, ...]]
    places: Mapping[str, str]
    row: str


@dataclass(frozen=True)
class Reading:
    """What sheets say: entries, and what was noticed."""

    entries: tuple[Entry, ...]
    remarks: tuple[Remark, ...]


def read(
    plan: Plan,
    sheets: Iterable[Sheet],
    kind: str | None = None,
    picks: Mapping[str, str] | None = None,
) -> Reading:
    """Return the records that sheets hold; `kind` says of which kind those of all sheets are.

    `picks` are the ids behind the labels that a workbook offered when it was made. Raises
    `UsageError` for a sheet of which nothing tells the kind.
    """
    entries: list[Entry] = []
    noticed: list[Remark] = []
    offered = {_key(label): name for label, name in (picks or {}).items()}
    unknown: list[tuple[Sheet, UsageError]] = []
    filled = [sheet for sheet in sheets if sheet.rows]
    for sheet in filled:
        noticed += sheet.remarks
        try:
            reading = _sheet(plan, sheet, kind, offered)
        except UsageError as error:
            unknown.append((sheet, error))
            continue
        entries += reading.entries
        noticed += reading.remarks
    if unknown and len(unknown) == len(filled):
        raise unknown[0][1]
    noticed += [
        Remark(sheet.name, LEFT, sheet.name, in_language(error, plan.lang))
        for sheet, error in unknown
    ]
    return Reading(tuple(entries), tuple(noticed))


def _sheet(plan: Plan, sheet: Sheet, kind: str | None, offered: Mapping[str, str]) -> Reading:
    head, rows = sheet.rows[0], sheet.rows[1:]
    headings = [_key(cell) if isinstance(cell, str) else "" for cell in head.cells]
    form_ = forms(plan)[kind or _kind(plan, sheet, headings)]
    keys = _keys(plan, form_, headings)
    columns = {at: key for at, key in enumerate(keys) if key}
    noticed = _unplaced(plan, sheet, head, rows, keys, form_)
    habits = {at: habit_of(row.at(at) for row in rows) for at in columns}
    entries: list[Entry] = []
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        if row.cells == head.cells:
            noticed.append(_remark(plan, sheet, row, "row_heading"))
            continue
        if row.cells in seen:
            noticed.append(_remark(plan, sheet, row, "row_repeated", seen[row.cells]))
            continue
        seen[row.cells] = row.number
        entry, remarks = _entry(plan, sheet, row, form_, columns, habits, offered)
        noticed += remarks
        if entry:
            entries.append(entry)
    return Reading(tuple(entries), tuple(noticed))


def _entry(  # noqa: PLR0913, PLR0917  a row, and what its columns and labels are
    plan: Plan,
    sheet: Sheet,
    row: Row,
    form_: Form,
    columns: Mapping[int, str],
    habits: Mapping[int, Habit],
    offered: Mapping[str, str],
) -> tuple[Entry | None, list[Remark]]:
    """Return the record of a row, if it has any value, and what had to be interpreted."""
    noticed: list[Remark] = []
    values: dict[str, tuple[str, ...]] = {}
    places: dict[str, str] = {}
    name = _name(row, columns)
    held = _held(plan, name)
    fields = {key: field for field in form_.fields for key in field.keys}
    for at, key in columns.items():
        if key == ID:
            continue
        value, place = row.at(at), sheet.place(row.number, at)
        field, known = fields[key], values.get(key, ())
        if isinstance(value, str) and plain(value) in held.get(key, ()):
            cell_values = [(value, False)]  # as it is: nothing to interpret
        else:
            cell_values = _values(field, value, habits[at], offered)
        values[key] = tuple(dict.fromkeys((*known, *(text for text, _ in cell_values))))
        places[key] = place
        noticed += [
            Remark(place, READ, str(value), text)
            for text, interpreted in cell_values
            if interpreted
        ]
    if not name and not any(values.values()):
        return None, noticed
    return Entry(form_.kind, name, values, places, sheet.place(row.number, 0)), noticed


def _name(row: Row, columns: Mapping[int, str]) -> str | None:
    """Return the id in a row, if it has one."""
    ids = (row.at(at) for at, key in columns.items() if key == ID)
    return next((str(value).strip() for value in ids if value is not None), None)


def _held(plan: Plan, name: str | None) -> Mapping[str, tuple[str, ...]]:
    """Return what the plan holds of a record, as a person would type it."""
    try:
        return values_of(plan, name) if name else {}
    except QueryError:  # a new one
        return {}


def _values(
    field: Field, value: object, habit: Habit, offered: Mapping[str, str]
) -> list[tuple[str, bool]]:
    """Return the values of a cell as texts, and whether each was interpreted."""
    if value is None:
        return []
    if not isinstance(value, str):
        normalized = normalize(value, field.kind, habit)  # type: ignore[arg-type]  # what sheets hold
        return [(normalized.text, normalized.is_interpreted)]
    parts = [value]
    if field.many and field.kind in ("id", "citation"):
        parts = _split(field, value, offered)
    values = []
    for part in parts:
        if field.kind == "id" and (name := _chosen(field, part, offered)):
            values.append((name, False))
        elif part.strip():
            normalized = normalize(part, field.kind, habit)
            values.append((normalized.text, normalized.is_interpreted))
    return values


def _split(field: Field, text: str, offered: Mapping[str, str]) -> list[str]:
    """Return the values of a cell with several; what is a label as a whole is not taken apart."""
    parts: list[str] = []
    for part in map(str.strip, _JOINTS.split(text)):
        if field.kind == "id" and _chosen(field, part, offered):
            parts.append(part)
            continue
        for piece in map(str.strip, _LOOSER.split(part)):
            listed = [
                name.strip() for name in piece.split(",")
            ]  # names may hold commas, so only if all are known
            known = all(_chosen(field, name, offered) for name in listed)
            parts += listed if field.kind == "id" and known else [piece]
    return [part for part in parts if part]


def _chosen(field: Field, text: str, offered: Mapping[str, str]) -> str | None:
    """Return the id that a label, or a label with its id behind it, means in a pick-list."""
    return _picks(field.choices).get(_key(text)) or offered.get(_key(text))


@cache
def _picks(choices: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Return ids by what may be written for them; labels of several records name none."""
    by_label: dict[str, str | None] = {}
    for name, label in choices:
        key = _key(label)
        by_label[key] = None if key in by_label else name
    picks = dict(_short(choices))
    picks.update({key: name for key, name in by_label.items() if name})
    picks.update({_key(f"{label} ({name})"): name for name, label in choices})
    picks.update({_key(name): name for name, _ in choices})
    return picks


def _short(choices: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    """Yield the last parts of ids that only one has, such as the printed number of a result."""
    last = Counter(name.rpartition("/")[2] for name, _ in choices)
    for name, _ in choices:
        part = name.rpartition("/")[2]
        if last[part] == 1:
            yield _key(part), name


# ---------------------------------------------------------------- headings


@cache
def forms(plan: Plan) -> Mapping[str, Form]:
    """Return the forms of the kinds that sheets may have, made once for a plan."""
    return {kind: form(plan, kind) for kind in KINDS}


def _key(text: str) -> str:
    """Return a heading or a label to be compared: without accents, case, stars and spaces.

    >>> _key(" Début * "), _key("Nom  (français)")
    ('debut', 'nom (francais)')
    """
    return " ".join(folded(text).translate(_SIGNS).split())


def _keys(plan: Plan, form_: Form, headings: Sequence[str]) -> list[str | None]:
    """Return the key of the field that each heading means: a label's id before its text."""
    known = _headings(plan, form_.kind)
    keys = [known.get(heading) for heading in headings]
    doubled = {
        key: at
        for at, (key, heading) in enumerate(zip(keys, headings, strict=True))
        if key and heading.endswith(" (id)")
    }
    return [None if key in doubled and doubled[key] != at else key for at, key in enumerate(keys)]


@cache
def _headings(plan: Plan, kind: str) -> Mapping[str, str]:
    """Return the keys of fields by their headings in all languages; the first of two stays."""
    by_heading: dict[str, str] = {}
    for lang in (plan.lang, *LANGUAGES):
        plan_in = replace(plan, lang=lang)
        spoken = forms(plan_in)[kind]
        for name in (ID, "Id", word("record", lang), f"{word('record', lang)} (id)"):
            by_heading.setdefault(_key(name), ID)
        for field in spoken.fields:
            for key in field.keys:
                own = replace(field, label=plan_in.label(field.path))  # as exports name it
                for heading in (*_names(field, key, lang), *_names(own, key, lang)):
                    by_heading.setdefault(_key(heading), key)
    return by_heading


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
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  only headings need it

    try:
        return str(Locale.parse(tag).get_language_name(lang) or tag)
    except (ValueError, UnknownLocaleError):
        return tag


def _kind(plan: Plan, sheet: Sheet, headings: Sequence[str]) -> str:
    """Return the kind of a sheet's records: by its name, else by its headings."""
    called = _key(sheet.name.rpartition(".")[0] if sheet.is_text else sheet.name)
    for kind in KINDS:
        if called in {_key(title(kind, lang)) for lang in LANGUAGES} | {kind.casefold()}:
            return kind
    named = _named_kinds(plan).get(called)
    if named in KINDS:
        return named
    fits = {kind: _fit(plan, kind, headings) for kind in KINDS}
    best = max(fits.values())
    best_kinds = [kind for kind in KINDS if fits[kind] == best]
    if named or best < 2 or len(best_kinds) > 1:
        raise UsageError(word("kind_unknown", plan.lang).format(sheet.name, ", ".join(KINDS)))
    return best_kinds[0]


@cache
def _named_kinds(plan: Plan) -> Mapping[str, str]:
    """Return the kinds of the plan's records by their labels, as exports name their sheets."""
    kinds = sorted(set(classes(plan.built.store).values()))
    spoken = [replace(plan, lang=lang) for lang in LANGUAGES]
    return {_key(translated.label(kind)): local(kind) for kind in kinds for translated in spoken}


def _fit(plan: Plan, kind: str, headings: Sequence[str]) -> int:
    """Return how many headings a form has, less the required fields that are missing."""
    known = _headings(plan, kind)
    keys = {known[heading] for heading in headings if heading in known}
    required = [field for field in forms(plan)[kind].fields if field.required]
    return 2 * len(keys) - sum(not keys & set(field.keys) for field in required)


@cache
def title(kind: str, lang: str) -> str:
    """Return the name of the sheet of a kind."""
    called = word(f"many_{kind}", lang)
    return called[:1].upper() + called[1:]


def _unplaced(  # noqa: PLR0913, PLR0917  a sheet, and what is known of its columns
    plan: Plan,
    sheet: Sheet,
    head: Row,
    rows: Sequence[Row],
    keys: Sequence[str | None],
    form_: Form,
) -> list[Remark]:
    """Return a remark for each column that has values and no field."""
    width = max(len(row.cells) for row in (head, *rows))
    known = list(_headings(plan, form_.kind))
    noticed = []
    for at in range(width):
        filled = sum(row.at(at) is not None for row in rows if row.cells != head.cells)
        heading = head.at(at)
        if (at < len(keys) and keys[at]) or not filled or _doubles(plan, form_, heading):
            continue
        message = word("column_left", plan.lang).format(filled, form_.label)
        hint = nearest(_key(str(heading or "")), known, plan.lang)
        noticed.append(
            Remark(sheet.place(head.number, at), LEFT, str(heading or ""), message + hint)
        )
    return noticed


def _doubles(plan: Plan, form_: Form, heading: object) -> bool:
    """Return whether a column only repeats, as a label, what another holds as an id."""
    return isinstance(heading, str) and _key(heading) in _headings(plan, form_.kind)


def _remark(plan: Plan, sheet: Sheet, row: Row, key: str, *values: object) -> Remark:
    shown = " · ".join(str(cell) for cell in row.cells if cell is not None)
    return Remark(sheet.place(row.number, 0), LEFT, shown, word(key, plan.lang).format(*values))
