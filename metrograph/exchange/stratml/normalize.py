"""Normalises a StratML document to a tree of the standard's elements, with remarks.

Each deviation from the schema of the document's part is a remark with its line. What the standard
has no place for becomes a stray of the nearest element that gets a record, to be kept as its note;
so every text and every attribute of a document is in the tree or in a remark.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from metrograph.exchange.stratml import vocabulary
from metrograph.exchange.stratml.conformance import check_attribute, compare, title_of
from metrograph.exchange.stratml.nodes import Desk, Node, shown, walk
from metrograph.exchange.stratml.xml_text import (
    has_meaning,
    inner_texts,
    language_of,
    last_line,
    local_name,
    local_name_of,
    own_text,
    path_of,
    texts_of,
)
from metrograph.exchange.xml_stream import line
from metrograph.reading.notices import KEPT, LEFT, READ

_XSI = "http://www.w3.org/2001/XMLSchema-instance"


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
        first = local_name(element[0])
        desk.say(line(element), READ, f"{name}/{first}", "stratml_markup")
    strays = tuple(
        _kept(f"{name}/@{local_name_of(key)}", value, line(part), desk)
        for part in element.iter("*")
        for key, value in part.attrib.items()
        if has_meaning(key, value)
    )
    text = "".join(inner_texts(element)).strip()
    return Node(name, line(element), last_line(element), text, language_of(element), strays=strays)


def _container(element: etree._Element, name: str, desk: Desk) -> Node:
    nodes: list[Node] = []
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
        nodes.append(node)
    nodes, bare = _with_bare(element, name, nodes, desk)
    nodes, attributes, others = _with_attributes(element, name, nodes, desk)
    made = Node(
        name,
        line(element),
        last_line(element),
        "",
        language_of(element),
        attributes,
        tuple(nodes),
        (*strays, *bare, *others),
    )
    compare(made, desk)
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
        if made is None and single in vocabulary.READ[name] and not own_text(child) and len(child):
            desk.say(line(child), READ, written.localname, "stratml_around")
            for key, value in child.attrib.items():
                if has_meaning(key, value):
                    shown_as = f"{written.localname}/@{local_name_of(key)}: {value.strip()}"
                    desk.say(line(child), LEFT, shown_as, "stratml_around_says")
            yield from _hoisted(child, name, desk)
            continue
        if made and made != written.localname and made in vocabulary.READ[name]:
            shown_as = f"{title_of(name, desk)}/{written.localname}"
            desk.say(line(child), READ, shown_as, "stratml_read_as", made)
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
        holder = plan.find_child(around) or Node(around, plan.line, plan.last)
        loose = [child for child in plan.children if child.name in names]
        twice = [
            child
            for child in loose
            if names[child.name].most == 1 and holder.find_child(child.name)
        ]
        strays = [note for child in twice for note in _as_notes(child, desk)]
        kept = tuple(child for child in plan.children if child not in loose and child is not holder)
        within = (*holder.children, *(child for child in loose if child not in twice))
        if loose:
            children = (*kept, replace(holder, children=within))
            plan = replace(plan, children=children, strays=(*plan.strays, *strays))
    return plan


def _as_notes(node: Node, desk: Desk) -> Iterator[str]:
    """Yield all that an element says as notes, where the standard has one and this is another."""
    for part in walk(node):
        way = part.name if part is node else f"{node.name}/{part.name}"
        if part.text:
            yield _kept(way, part.text, part.line, desk, "stratml_further")
        yield from part.strays


def _with_bare(
    element: etree._Element, name: str, nodes: Sequence[Node], desk: Desk
) -> tuple[list[Node], list[str]]:
    """Return children with what is meant by text that stands right in an element; and strays."""
    text = own_text(element)
    if not text:
        return list(nodes), []
    meant = vocabulary.BARE.get(name)
    if meant is None or any(child.name == meant and child.text for child in nodes):
        return list(nodes), [_kept(title_of(name, desk), text, line(element), desk)]
    desk.say(line(element), READ, f"{name}: {shown(text)}", "stratml_read_as", meant)
    child = Node(meant, line(element), last_line(element), text, language_of(element))
    return [*(child for child in nodes if child.name != meant), child], []


def _with_attributes(
    element: etree._Element, name: str, nodes: Sequence[Node], desk: Desk
) -> tuple[list[Node], dict[str, str], list[str]]:
    """Return children with those that stand as attributes, its attributes, and strays."""
    children, taken, strays = list(nodes), dict[str, str](), list[str]()
    for written, value in element.attrib.items():
        local, at = local_name_of(written), line(element)
        shown_as = f"{title_of(name, desk)}/@{local}"
        made = vocabulary.standard_name(local) or ""
        if not has_meaning(written, value):
            continue
        if etree.QName(written).namespace == _XSI:
            desk.say(at, LEFT, f"{local}: {value}", "stratml_technical")
        elif made in vocabulary.ATTRIBUTES.get(name, {}):
            taken[made] = value.strip()
            check_attribute(shown_as, made, taken[made], element, desk)
        elif (
            made in vocabulary.READ[name]
            and made in vocabulary.LEAVES
            and not any(child.name == made for child in children)
        ):
            desk.say(at, READ, f"{shown_as}: {shown(value)}", "stratml_read_as", made)
            children.append(Node(made, at, at, value.strip(), language_of(element)))
        else:
            strays.append(_kept(shown_as, value, at, desk))
    if desk.part == 2 and name == vocabulary.PLAN and "Type" not in taken:
        desk.say(line(element), READ, vocabulary.ROOTS[2], "stratml_absent", "Type")
    return children, taken, strays


def _strays(element: etree._Element, parent: str, is_further: bool, desk: Desk) -> list[str]:
    """Return all that an element without a place says, each with the names on the way to it."""
    key = "stratml_further" if is_further else "stratml_unknown"
    strays = [
        _kept(f"{path_of(part, element)}{name}", text, line(part), desk, key)
        for part in element.iter("*")
        for name, text in texts_of(part)
    ]
    if not strays:
        shown_as = f"{title_of(parent, desk)}/{local_name(element)}"
        desk.say(line(element), LEFT, shown_as, "stratml_empty")
    return strays


def _leave(element: etree._Element, desk: Desk) -> None:
    """Remark on each thing that the document says of the person who sent it: none is taken over."""
    for part in element.iter("*"):
        for name, text in texts_of(part):
            shown_as = f"{path_of(part, element)}{name}: {text}"
            desk.say(line(part), LEFT, shown_as, "stratml_submitter")


def _kept(name: str, text: str, at: int, desk: Desk, key: str = "stratml_unknown") -> str:
    """Remark on a text that is kept as a note, and return the note."""
    desk.say(at, KEPT, f"{name}: {shown(text)}", key)
    return f"{name}: {text.strip()}"
