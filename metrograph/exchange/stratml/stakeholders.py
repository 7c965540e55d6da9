"""The stakeholders of a StratML document in, their records out."""

from collections.abc import Iterator

import pyoxigraph as ox

from metrograph.exchange.stratml import ids, vocabulary
from metrograph.exchange.stratml.elements import Doc, facts, place
from metrograph.exchange.stratml.nodes import Node, shown, walk
from metrograph.reading.notices import LEFT, READ
from metrograph.store.records import Record
from metrograph.vocabulary import MG


def records(core: Node, doc: Doc) -> Iterator[Record]:
    """Yield the record of each stakeholder of an organisation, a goal or an objective."""
    persons = 0
    for whole in (node for node in walk(core) if node.every("Stakeholder")):
        for node in whole.every("Stakeholder"):
            if node in doc.iris:
                persons += node.attributes.get("StakeholderTypeType") == "Person"
                yield _stakeholder(node, whole, doc)
            else:
                _pass_over(node, doc)
    if persons:
        found = f"Stakeholder/@StakeholderTypeType: Person (×{persons})"
        doc.desk.say(core.line, READ, found, "stratml_persons")


def _pass_over(node: Node, doc: Doc) -> None:
    """Remark on a stakeholder without a name, where more than nothing stands."""
    texts = [f"RoleType: {one.text}" for one in walk(node) if one.name == "RoleType" and one.text]
    texts += [f"{name}: {value}" for name, value in node.attributes.items()]
    if texts:
        doc.desk.say(node.line, LEFT, f"Stakeholder, {', '.join(texts)}", "stratml_nobody")


def _stakeholder(node: Node, whole: Node, doc: Doc) -> Record:
    is_body = whole.name == "Organization"
    notes = [f"{name}: {value}" for name, value in node.attributes.items()]
    roles: dict[ox.Literal, None] = {}
    for role in node.every("Role"):
        name, text = role.said("Name"), role.said("Description")
        kinds = [one.text for one in role.every("RoleType") if one.text]
        for one in role.every("RoleType"):
            if one.text and one.text not in vocabulary.ROLE_TYPES:
                known = ", ".join(vocabulary.ROLE_TYPES)
                doc.desk.say(one.line, READ, f"RoleType: {shown(one.text)}", "stratml_words", known)
        roles |= dict.fromkeys(doc.text(one, role) for one in (name, *kinds) if one)
        if text or len(kinds) + bool(name) > 1:
            notes.append(ids.role_note(name, kinds, text))
    body = [ox.NamedNode(doc.iris[whole])] if is_body and whole in doc.iris else []
    return facts(node, doc, MG.Stakeholder, notes, node.one("Identifier"), (
        (MG.position, place(node, whole, doc)),
        (MG.stakeIn, [ox.NamedNode(doc.plan if is_body else doc.iris[whole])]),
        (MG.relatesTo, body),
        (MG.stakeholderRole, list(roles)),
    ))  # fmt: skip
