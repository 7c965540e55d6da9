"""Normalises a StratML document to a tree of the standard's elements, with remarks.

Each deviation from the schema of the document's part is a remark with its line. What the standard
has no place for becomes a stray of the nearest element that gets a record, to be kept as its note;
so every text and every attribute of a document is in the tree or in a remark.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from lxml import etree

from metrograph.exchange.stratml import vocabulary
from metrograph.exchange.stratml.nodes import Desk, Node, shown, walk
from metrograph.exchange.xml_stream import line
from metrograph.reading.notices import KEPT, LEFT, READ

_XML = "http://www.w3.org/XML/1998/namespace"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_INLINE = {
    "a",
    "abbr",
    "b",
    "code",
    "em",
    "i",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
}
_LANG = (f"{{{_XML}}}lang", "lang")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9-]+)?")


def tree(root: etree._Element, desk: Desk) -> Node:
    """Return the tree of a document; its root is the plan, whatever the root is called."""
    name = etree.QName(root)
    expected = vocabulary.NAMESPACES[desk.part]
    if not name.namespace:
        desk.say(line(root), READ, name.localname, "stratml_no_namespace", expected)
    elif name.namespace != expected:
        desk.say(line(root), READ, name.namespace, "stratml_other_namespace", expected)
    if name.localname != vocabulary.ROOTS[desk.part]:
        made = vocabulary.ROOTS[desk.part]
        desk.say(line(root), READ, name.localname, "stratml_read_as", made)
    return _container(root, vocabulary.PLAN, desk)


def _node(element: etree._Element, name: str, desk: Desk) -> Node:
    return (
        _leaf(element, name, desk) if name in vocabulary.LEAVES else _container(element, name, desk)
    )


def _leaf(element: etree._Element, name: str, desk: Desk) -> Node:
    """Return an element that holds a text; markup within it is taken off."""
    if len(element):
        first = _local(element[0])
        desk.say(line(element), READ, f"{name}/{first}", "stratml_markup")
    strays = tuple(
        _kept(f"{name}/@{_local_of(key)}", value, line(one), desk)
        for one in element.iter("*")
        for key, value in one.attrib.items()
        if _is_told(key, value)
    )
    text = "".join(_inner_texts(element)).strip()
    return Node(name, line(element), _last(element), text, _language(element), strays=strays)


def _inner_texts(element: etree._Element) -> Iterator[str]:
    """Yield the texts within an element: what is no mark of words begins and ends a line."""
    yield element.text or ""
    for child in element:
        edge = "" if _local(child).casefold() in _INLINE else "\n"
        yield edge
        yield from _inner_texts(child)
        yield edge
        yield child.tail or ""


def _container(element: etree._Element, name: str, desk: Desk) -> Node:
    found: list[Node] = []
    strays: list[str] = []
    counts: Counter[str] = Counter()
    for child_name, child in _hoisted(element, name, desk):
        if child_name == vocabulary.SUBMITTER:
            _leave(child, desk)
            continue
        place = vocabulary.READ[name].get(child_name or "")
        if place is None or counts[place.name] >= place.most:
            strays += _strays(child, name, place is not None, desk)
            continue
        counts[place.name] += 1
        node = _node(child, place.name, desk)
        if node.name not in vocabulary.RECORDS:
            strays += node.strays
            node = replace(node, strays=())
        found.append(node)
    found, bare = _with_bare(element, name, found, desk)
    found, attributes, others = _with_attributes(element, name, found, desk)
    made = Node(
        name, line(element), _last(element), "", _language(element), attributes,
        tuple(found), (*strays, *bare, *others),
    )  # fmt: skip
    _compare(made, desk)
    return _gathered(made, desk) if name == vocabulary.PLAN else made


def _hoisted(
    element: etree._Element, name: str, desk: Desk
) -> Iterator[tuple[str | None, etree._Element]]:
    """Yield the children with their standard names, also those within an element around many."""
    home = etree.QName(element).namespace
    for child in element:
        written = etree.QName(child)
        known = _is_of(written.namespace, home)
        made = vocabulary.standard_name(written.localname) if known else None
        single = vocabulary.standard_name(written.localname.rstrip("sS")) if known else None
        if made is None and single in vocabulary.READ[name] and not _own_text(child) and len(child):
            desk.say(line(child), READ, written.localname, "stratml_around")
            for key, value in child.attrib.items():
                if _is_told(key, value):
                    found = f"{written.localname}/@{_local_of(key)}: {value.strip()}"
                    desk.say(line(child), LEFT, found, "stratml_around_says")
            yield from _hoisted(child, name, desk)
            continue
        if made and made != written.localname and made in vocabulary.READ[name]:
            found = f"{_title(name, desk)}/{written.localname}"
            desk.say(line(child), READ, found, "stratml_read_as", made)
        yield made, child


def _is_of(namespace: str | None, home: str | None) -> bool:
    """Return whether a namespace is that of the document, or one of StratML's, or none."""
    return (
        not namespace
        or namespace == home
        or "stratml" in namespace.casefold()
        or (namespace in vocabulary.NAMESPACES.values())
    )


def _gathered(plan: Node, desk: Desk) -> Node:
    """Return a plan whose goals and dates stand within what the standard has around them."""
    for around in ("StrategicPlanCore", "AdministrativeInformation"):
        names = vocabulary.READ[around]
        holder = plan.one(around) or Node(around, plan.line, plan.last)
        loose = [child for child in plan.children if child.name in names]
        twice = [one for one in loose if names[one.name].most == 1 and holder.one(one.name)]
        strays = [note for one in twice for note in _as_notes(one, desk)]
        kept = tuple(one for one in plan.children if one not in loose and one is not holder)
        within = (*holder.children, *(one for one in loose if one not in twice))
        if loose:
            children = (*kept, replace(holder, children=within))
            plan = replace(plan, children=children, strays=(*plan.strays, *strays))
    return plan


def _as_notes(node: Node, desk: Desk) -> Iterator[str]:
    """Yield all that an element says as notes, where the standard has one and this is another."""
    for one in walk(node):
        way = one.name if one is node else f"{node.name}/{one.name}"
        if one.text:
            yield _kept(way, one.text, one.line, desk, "stratml_further")
        yield from one.strays


def _with_bare(
    element: etree._Element, name: str, found: Sequence[Node], desk: Desk
) -> tuple[list[Node], list[str]]:
    """Return children with what is meant by text that stands right in an element; and strays."""
    text = _own_text(element)
    if not text:
        return list(found), []
    meant = vocabulary.BARE.get(name)
    if meant is None or any(one.name == meant and one.text for one in found):
        return list(found), [_kept(_title(name, desk), text, line(element), desk)]
    desk.say(line(element), READ, f"{name}: {shown(text)}", "stratml_read_as", meant)
    child = Node(meant, line(element), _last(element), text, _language(element))
    return [*(one for one in found if one.name != meant), child], []


def _with_attributes(
    element: etree._Element, name: str, found: Sequence[Node], desk: Desk
) -> tuple[list[Node], dict[str, str], list[str]]:
    """Return children with those that stand as attributes, its attributes, and strays."""
    children, taken, strays = list(found), dict[str, str](), list[str]()
    for written, value in element.attrib.items():
        local, at = _local_of(written), line(element)
        shown_as = f"{_title(name, desk)}/@{local}"
        made = vocabulary.standard_name(local) or ""
        if not _is_told(written, value):
            continue
        if etree.QName(written).namespace == _XSI:
            desk.say(at, LEFT, f"{local}: {value}", "stratml_technical")
        elif made in vocabulary.ATTRIBUTES.get(name, {}):
            taken[made] = value.strip()
            _check_attribute(shown_as, made, taken[made], element, desk)
        elif (
            made in vocabulary.READ[name]
            and made in vocabulary.LEAVES
            and not any(one.name == made for one in children)
        ):
            desk.say(at, READ, f"{shown_as}: {shown(value)}", "stratml_read_as", made)
            children.append(Node(made, at, at, value.strip(), _language(element)))
        else:
            strays.append(_kept(shown_as, value, at, desk))
    if desk.part == 2 and name == vocabulary.PLAN and "Type" not in taken:
        desk.say(line(element), READ, vocabulary.ROOTS[2], "stratml_absent", "Type")
    return children, taken, strays


def _check_attribute(
    found: str, made: str, value: str, element: etree._Element, desk: Desk
) -> None:
    if not found.endswith(f"@{made}") or (made == "Type" and desk.part == 1):
        desk.say(line(element), READ, found, "stratml_read_as", made)
    known = next(of[made] for of in vocabulary.ATTRIBUTES.values() if made in of)
    if value not in known:
        desk.say(line(element), READ, f"{found}: {value}", "stratml_words", ", ".join(known))


def _title(name: str, desk: Desk) -> str:
    """Return what an element is called in the standard."""
    return vocabulary.ROOTS[desk.part] if name == vocabulary.PLAN else name


def _compare(node: Node, desk: Desk) -> None:
    """Remark on children that stand elsewhere, in another order, or not at all.

    Where what is around the goals is missing, that is said once, not of each.
    """
    title = _title(node.name, desk)
    has_core = node.name != vocabulary.PLAN or node.one("StrategicPlanCore")
    within = {} if has_core else vocabulary.READ["StrategicPlanCore"]
    schema = {place.name: at for at, place in enumerate(vocabulary.SCHEMAS[desk.part][node.name])}
    places = [child for child in node.children if child.name in schema]
    for child in node.children:
        if child.name not in schema and child.name not in within:
            found = f"{title}/{child.name}"
            desk.say(child.line, READ, found, "stratml_elsewhere", title, child.name)
    for before, after in pairwise(places):
        if schema[before.name] > schema[after.name]:
            found = f"{title}: {before.name}, {after.name}"
            desk.say(after.line, READ, found, "stratml_order", after.name, before.name)
    for place in vocabulary.SCHEMAS[desk.part][node.name]:
        if place.least and not node.every(place.name):
            desk.say(node.line, READ, title, "stratml_absent", place.name)


def _strays(element: etree._Element, parent: str, is_further: bool, desk: Desk) -> list[str]:
    """Return all that an element without a place says, each with the names on the way to it."""
    key = "stratml_further" if is_further else "stratml_unknown"
    strays = [
        _kept(f"{_way(one, element)}{name}", text, line(one), desk, key)
        for one in element.iter("*")
        for name, text in _texts(one)
    ]
    if not strays:
        found = f"{_title(parent, desk)}/{_local(element)}"
        desk.say(line(element), LEFT, found, "stratml_empty")
    return strays


def _leave(element: etree._Element, desk: Desk) -> None:
    """Remark on each thing that the document says of the person who sent it: none is taken over."""
    for one in element.iter("*"):
        for name, text in _texts(one):
            found = f"{_way(one, element)}{name}: {text}"
            desk.say(line(one), LEFT, found, "stratml_submitter")


def _texts(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the text that stands right in an element, and its attributes with their names."""
    if text := _own_text(element):
        yield "", text
    for key, value in element.attrib.items():
        if _is_told(key, value):
            yield f"/@{_local_of(key)}", value.strip()


def _kept(name: str, text: str, at: int, desk: Desk, key: str = "stratml_unknown") -> str:
    """Remark on a text that is kept as a note, and return the note."""
    desk.say(at, KEPT, f"{name}: {shown(text)}", key)
    return f"{name}: {text.strip()}"


def _way(element: etree._Element, top: etree._Element) -> str:
    """Return the names from an element within `top` to the element itself."""
    names = [_local(element)]
    while element is not top:
        element = element.getparent()
        names.insert(0, _local(element))
    return "/".join(names)


def _is_told(attribute: str, value: str) -> bool:
    """Return whether an attribute says something beside the language of the texts."""
    return bool(value.strip()) and not (attribute in _LANG and _LANGUAGE.fullmatch(value.strip()))


def _own_text(element: etree._Element) -> str:
    parts = (element.text, *(child.tail for child in element))
    return "\n".join(part.strip() for part in parts if part and part.strip())


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _local_of(name: str) -> str:
    return str(etree.QName(name).localname)


def _language(element: etree._Element) -> str | None:
    """Return the language that an element says its texts are in (XML 1.0, section 2.12)."""
    for one in (element, *element.iterancestors()):
        for found in (one.get(name) for name in _LANG if name in one.attrib):
            told = str(found).strip()
            return told.partition("-")[0].lower() if _LANGUAGE.fullmatch(told) else None
    return None


def _last(element: etree._Element) -> int:
    """Return the line at which an element ends."""
    if len(element):
        return _last(element[-1]) + (element[-1].tail or "").count("\n")
    return line(element) + (element.text or "").count("\n")
