r"""Converts ids and texts of a plan to what StratML allows, and back.

StratML's identifiers are XML names (`xs:ID`), and most of its texts are one per element. An id is
escaped so that it can be read back, and several texts stand in one with a line of asterisks between
them.
"""

import re
from collections.abc import Sequence

from metrograph.text import as_key

_ESCAPED = re.compile(r"_x([0-9A-F]{2,6})_")
_TO_ESCAPE = re.compile(r"_(?=x[0-9A-F]{2,6}_)|[^A-Za-z0-9._-]|^[0-9.-]")
_OURS = re.compile(r"[a-z][a-z0-9-]*(?:/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])+")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = "\n\n* * *\n\n"
_BREAKS = re.compile(r"(?:\A|\n)[ \t]*\* \* \*[ \t]*(?:\n|\Z)")
IDENTIFIER = "Identifier: "  # begins a note that says an id, where there is no other place
SCOPE = "Scope: "  # begins a note that says what a figure covers
QUALIFIER = "Qualifier"  # the name of the descriptor that says how exactly a figure is known
QUALIFIERS = (
    "moreThan",
    "lessThan",
    "atLeast",
    "atMost",
    "about",
)  # its values; a number alone is exact
DESCRIPTION = "Description: "  # begins one that says what something is
_LONGEST = 50  # signs of a key that is made of a name
KINDS = {
    "Organization": "body",
    "Value": "value",
    "Goal": "goal",
    "Objective": "objective",
    "PerformanceIndicator": "indicator",
}


def escaped(text: str) -> str:
    """Return a text as an XML name (Namespaces in XML, NCName) from which it can be read back.

    What may not stand in one stands as `_xHH_`, its code point in hexadecimal digits.

    >>> escaped("goal/1.2"), escaped("78901c50-230a"), escaped("_x2F_")
    ('goal_x2F_1.2', '_x37_8901c50-230a', '_x5F_x2F_')
    """
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):02X}_", text)


def unescaped(name: str) -> str:
    """Return the text of which `escaped` made a name; any other name as it is.

    >>> unescaped("goal_x2F_1.2"), unescaped("_6e21b622-a951"), unescaped("_xD800_")
    ('goal/1.2', '_6e21b622-a951', '_xD800_')
    """

    def sign(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        made = chr(code) if code < 0x110000 else ""
        return match[0] if not made or _NOT_XML.match(made) else made

    return _ESCAPED.sub(sign, name)


def is_ours(identifier: str) -> bool:
    """Return whether an identifier is an id of a plan of ours.

    >>> is_ours("goal/1.2"), is_ours("_6e21b622-a951"), is_ours("http://x.org/a"), is_ours("a/..")
    (True, False, False, False)
    """
    return _OURS.fullmatch(identifier) is not None


def short_key(name: str) -> str:
    """Return a name as a key that people can type: whole words, some fifty signs of them.

    >>> short_key("Information, Ideas & Experiences")
    'information-ideas-experiences'
    """
    whole = as_key(name)
    return (
        whole
        if len(whole) <= _LONGEST
        else whole[: _LONGEST + 1].rpartition("-")[0] or (whole[:_LONGEST])
    )


def id_by_name(element: str, name: str, whole: str = "") -> str:
    """Return the id that a record gets by its name; `whole` is the id of what it is a part of.

    >>> id_by_name("Goal", "Clean docks")
    'goal/clean-docks'
    >>> id_by_name("Stakeholder", "City council", "goal/1")
    'stakeholder/1/city-council'
    """
    kind = KINDS.get(element) or f"stakeholder/{whole.partition('/')[2]}"
    return f"{kind}/{short_key(name)}"


def id_of_unit(label: str) -> str:
    """Return the id that a unit gets by its label."""
    return f"unit/{short_key(label)}"


def id_of_figure(indicator: str, start: str, end: str, subject: str) -> str:
    """Return the id of a figure by the ids of its indicator and subject, and its two days.

    >>> id_of_figure("indicator/members", "2022-01-01", "2022-12-31", "body/harbour-cities")
    'observation/members/2022/harbour-cities'
    """
    is_years = start[4:] in ("", "-01-01") and end[4:] in ("", "-12-31") and bool(start and end)
    ends = (start[:4], end[:4]) if is_years else (start, end)
    period = "-".join(dict.fromkeys(end for end in ends if end))
    return f"observation/{indicator.partition('/')[2]}/{period}/{subject.rpartition('/')[2]}"


def id_of_plan(start: str, end: str) -> str:
    """Return the id of a plan by its first and last day, month or year.

    >>> id_of_plan("2022-01-01", "2025-12-31"), id_of_plan("2022", "2022-06")
    ('plan/2022-2025', 'plan/2022')
    """
    return "plan/" + "-".join(dict.fromkeys((start[:4], end[:4])))


def year_of(start: str, end: str) -> str:
    """Return the year of which two days are the first and the last, or nothing.

    >>> year_of("2022-01-01", "2022-12-31"), year_of("2022-01-01", "2022-06-30")
    ('2022', '')
    """
    is_year = start[4:] == "-01-01" and end[4:] == "-12-31" and start[:4] == end[:4]
    return start[:4] if is_year else ""


def joined(texts: Sequence[str]) -> str:
    r"""Return texts as one, from which `parted` gives them back; the first may be empty.

    >>> joined(["One.", "Two."])
    'One.\n\n* * *\n\nTwo.'
    """
    return _BREAK.join(texts).strip("\n")


def parted(text: str) -> list[str]:
    r"""Return the texts that `joined` made one of: any text has a first, perhaps empty.

    >>> parted("One.\n\n* * *\n\nTwo."), parted("* * *\n\nTwo."), parted("")
    (['One.', 'Two.'], ['', 'Two.'], [''])
    """
    return [part.strip() for part in _BREAKS.split(text)]


def for_xml(text: str) -> str:
    r"""Return a text without the signs that XML 1.0 cannot hold (section 2.2, Char).

    >>> for_xml("bell: \a") == "bell: \ufffd"
    True
    """
    return _NOT_XML.sub("\ufffd", text)


_ROLE = re.compile(
    r"Role: (?P<name>[^\n]*)(?:\nRoleType: (?P<kinds>[^\n]+))?(?:\nDescription: (?P<text>.+))?",
    re.DOTALL,
)
_RESULT = re.compile(r"(?P<name>TargetResult|ActualResult): (?P<text>.*)", re.DOTALL)
_OTHER = re.compile(r"(?P<key>StartDate|EndDate|DescriptorName|DescriptorValue): (?P<value>[^\n]+)")


def role_note(name: str, kinds: Sequence[str], text: str) -> str:
    r"""Return a role of a stakeholder as a note: its name, its types, and a description.

    >>> role_note("Co-Chair", ["Performer"], "")
    'Role: Co-Chair\nRoleType: Performer'
    """
    lines = [f"Role: {' '.join(name.split())}"]
    lines += [f"RoleType: {', '.join(kinds)}"] if kinds else []
    return "\n".join((*lines, *([f"Description: {text}"] if text else [])))


def role_of_note(note: str) -> tuple[str, list[str], str] | None:
    """Return what `role_note` was given, or nothing for any other note."""
    match = _ROLE.fullmatch(note)
    if not match:
        return None
    kinds = match["kinds"].split(", ") if match["kinds"] else []
    return match["name"], kinds, match["text"] or ""


def result_note(name: str, text: str, others: Sequence[tuple[str, str]]) -> str:
    r"""Return a result that is no number as a note: `others` are names and texts beside.

    >>> result_note("TargetResult", "Publish it.", [("EndDate", "2012-12-31")])
    'TargetResult: Publish it.\nEndDate: 2012-12-31'
    """
    return "\n".join((f"{name}: {text}", *(f"{key}: {value}" for key, value in others if value)))


def result_of_note(note: str) -> tuple[str, str, dict[str, str]] | None:
    """Return what `result_note` was given, or nothing for any other note."""
    match = _RESULT.fullmatch(note)
    if not match:
        return None
    lines = match["text"].split("\n")
    others: list[re.Match[str]] = []
    while len(lines) > 1 and (other := _OTHER.fullmatch(lines[-1])):
        others.append(other)
        lines.pop()
    fields = {other["key"]: other["value"] for other in reversed(others)}
    return match["name"], "\n".join(lines), fields
