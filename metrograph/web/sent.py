"""A form of a record as it was sent: its fields, its passages, and the records that it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from metrograph.editing.making import Named
from metrograph.web.aligned import CLAIMS
from metrograph.web.entries import EXTRAS, FIELD, LINES, MADE, OPENED, SOURCE
from metrograph.web.merging import Values
from metrograph.web.pages import first_value


@dataclass(frozen=True)
class Sent:
    """A form as it was sent: of the record `name` (None: a new one), of the version `seen`.

    `held` is what its fields hold, `opened` what they held when the form was opened, where the form
    says so.
    """

    kind: str
    name: str | None
    seen: str
    held: Values
    opened: Values | None
    who: Mapping[str, str]
    claims: Values
    named: tuple[Named, ...] = ()


def sent_form(sent_fields: Mapping[str, tuple[str, ...]]) -> Sent:
    """Return a form as it was sent."""

    def under(prefix: str) -> dict[str, tuple[str, ...]]:
        return {
            key.removeprefix(prefix): tuple(text for text in texts if text.strip())
            for key, texts in sent_fields.items()
            if key.startswith(prefix)
        }

    return Sent(
        kind=first_value(sent_fields, "kind"),
        name=first_value(sent_fields, "id") or None,
        seen=first_value(sent_fields, "seen"),
        held=under(FIELD),
        opened=under(OPENED) or None,
        who={"by": first_value(sent_fields, "by"), "agent": first_value(sent_fields, "agent")},
        claims=under(CLAIMS),
        named=named_in(sent_fields),
    )


def joined(sent: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the fields of a form as it was sent, with each source and its lines as a citation."""
    whole = {key: texts for key, texts in sent.items() if not key.startswith((SOURCE, LINES))}
    for key, sources in sent.items():
        if key.startswith(SOURCE):
            lines = sent.get(LINES + key.removeprefix(SOURCE), ())
            pairs = [
                f"{source.strip()} {line.strip()}".strip()
                for source, line in zip_longest(sources, lines, fillvalue="")
            ]
            name = FIELD + key.removeprefix(SOURCE)
            whole[name] = (*whole.get(name, ()), *(pair for pair in pairs if pair))
    return whole


def named_in(sent: Mapping[str, tuple[str, ...]]) -> tuple[Named, ...]:
    """Return the records to make that a form names as it was sent: what is asked of them in turn.

    >>> named_in({"n.place": ("", "Lyon"), "x.place.country": ("", "country/fra")})
    (Named(field='place', name='Lyon', extras={'country': 'country/fra'}),)
    """
    named = []
    for key, names in sent.items():
        if key.startswith(MADE):
            field = key.removeprefix(MADE)
            start = f"{EXTRAS}{field}."
            asked = {
                extra.removeprefix(start): texts
                for extra, texts in sent.items()
                if extra.startswith(start)
            }
            for place, name in enumerate(names):
                extras = {
                    extra: texts[place]
                    for extra, texts in asked.items()
                    if place < len(texts) and texts[place]
                }
                if name.strip():
                    named.append(Named(field, name, extras))
    return tuple(named)
