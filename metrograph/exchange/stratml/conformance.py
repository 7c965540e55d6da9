"""Compares a StratML document with the schema of its part: a remark on each deviation."""

from itertools import pairwise

from lxml import etree

from metrograph.exchange.stratml import vocabulary
from metrograph.exchange.stratml.nodes import Desk, Node
from metrograph.exchange.xml_stream import line
from metrograph.reading.notices import READ


def compare(node: Node, desk: Desk) -> None:
    """Remark on children that stand elsewhere, in another order, or not at all.

    Where what is around the goals is missing, that is said once, not of each.
    """
    title = title_of(node.name, desk)
    has_core = node.name != vocabulary.PLAN or node.find_child("StrategicPlanCore")
    within = {} if has_core else vocabulary.READ["StrategicPlanCore"]
    schema = {place.name: at for at, place in enumerate(vocabulary.SCHEMAS[desk.part][node.name])}
    places = [child for child in node.children if child.name in schema]
    for child in node.children:
        if child.name not in schema and child.name not in within:
            shown_as = f"{title}/{child.name}"
            desk.say(child.line, READ, shown_as, "stratml_elsewhere", title, child.name)
    for before, after in pairwise(places):
        if schema[before.name] > schema[after.name]:
            shown_as = f"{title}: {before.name}, {after.name}"
            desk.say(after.line, READ, shown_as, "stratml_order", after.name, before.name)
    for place in vocabulary.SCHEMAS[desk.part][node.name]:
        if place.least and not node.every(place.name):
            desk.say(node.line, READ, title, "stratml_absent", place.name)


def check_attribute(
    shown_as: str, made: str, value: str, element: etree._Element, desk: Desk
) -> None:
    """Remark on an attribute with another name or value than the standard lists."""
    if not shown_as.endswith(f"@{made}") or (made == "Type" and desk.part == 1):
        desk.say(line(element), READ, shown_as, "stratml_read_as", made)
    known = next(of[made] for of in vocabulary.ATTRIBUTES.values() if made in of)
    if value not in known:
        desk.say(line(element), READ, f"{shown_as}: {value}", "stratml_words", ", ".join(known))


def title_of(name: str, desk: Desk) -> str:
    """Return what an element is called in the standard."""
    return vocabulary.ROOTS[desk.part] if name == vocabulary.PLAN else name
