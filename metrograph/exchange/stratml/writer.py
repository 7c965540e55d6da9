"""Writes a plan as the elements of a StratML document of Part 1 or 2."""

from collections.abc import Mapping, Sequence

from lxml import etree

from metrograph.exchange.stratml import ids, vocabulary
from metrograph.exchange.stratml.view import View
from metrograph.exchange.stratml.write_parts import Pen, add_indicator
from metrograph.vocabulary import MG, Dcterms, Skos

_Role = tuple[str, list[str], str]  # its name, its types, its description


def document(view: View, part: int) -> etree._Element:
    """Return the root of a document of a part, with all that it says."""
    pen = Pen(view, part)
    iri = view.plan
    namespace = vocabulary.NAMESPACES[pen.part]
    root = etree.Element(f"{{{namespace}}}{vocabulary.ROOTS[pen.part]}", nsmap={None: namespace})
    attributes, notes = pen.attributes(vocabulary.PLAN, view.texts(iri, Skos.note))
    if pen.part == 2:
        root.set("Type", attributes.get("Type", "Strategic_Plan"))
    pen.add(root, "Name", view.label(iri))
    pen.add_text(root, "Description", view.text(iri, Dcterms.description))
    pen.add_text(root, "OtherInformation", ids.joined(notes))
    core = pen.add(root, "StrategicPlanCore")
    _bodies(pen, core)
    _statement(pen, core, "Vision", view.text(iri, MG.vision), _hint(pen))
    _statement(pen, core, "Mission", view.text(iri, MG.mission), "")
    for value in view.core_values:
        _beside(pen, pen.add(core, "Value"), value, view.texts(value, Skos.note))
    for goal in view.goals:
        _element(pen, core, "Goal", goal)
    if not view.goals:
        pen.add_text(pen.add(core, "Goal"), "Name", "", is_due=True)
        pen.add(core[-1], "Description")
    _administration(pen, root)
    return root


def _administration(pen: Pen, root: etree._Element) -> None:
    view, iri = pen.view, pen.view.plan
    start, end = view.days(iri)
    foreign = view.foreign(iri)
    texts = {
        "Identifier": "",
        "StartDate": start,
        "EndDate": end,
        "PublicationDate": view.date(iri, Dcterms.issued),
        "Source": next(iter(view.nodes(iri, Dcterms.source)), ""),
    }
    if pen.part == 2 and _is_dated(pen, start, end):
        texts["Identifier"] = ids.escaped(foreign)
    elif pen.part == 2:
        texts["Identifier"] = ids.escaped(view.short(iri))
    if any(texts.values()):
        admin = pen.add(root, "AdministrativeInformation")
        for name, text in texts.items():
            pen.add_text(admin, name, text)


def _is_dated(pen: Pen, start: str, end: str) -> bool:
    """Return whether a reader gives the plan its id by its period."""
    days = [day for day in (start, end) if day]
    made = ids.id_of_plan(min(days), max(days)) if days else ""
    return made == pen.view.short(pen.view.plan)


def _hint(pen: Pen) -> str:
    """Return the id of the plan for a file of Part 1, which has no other place for it."""
    if pen.part == 2 or _is_dated(pen, *pen.view.days(pen.view.plan)):
        return ""
    return ids.escaped(f"{pen.view.short(pen.view.plan)}#vision")


def _statement(pen: Pen, core: etree._Element, name: str, text: str, identifier: str) -> None:
    if text or identifier:
        made = pen.add(core, name)
        pen.add_text(made, "Description", text)
        pen.add_text(made, "Identifier", identifier)


def _bodies(pen: Pen, core: etree._Element) -> None:
    view = pen.view
    holders = _holders(pen)
    for iri in view.bodies or ([""] if holders else []):
        made = pen.add(core, "Organization")
        if iri:
            pen.add_text(made, "Name", view.label(iri))
            pen.add_text(made, "Acronym", view.text(iri, Skos.altLabel))
            pen.add_text(made, "Identifier", pen.identifiers[iri])
            texts = [view.text(iri, Dcterms.description), *view.texts(iri, Skos.note)]
            pen.add_text(made, "Description", ids.joined(texts))
        for stakeholder in holders.get(iri, ()):
            _stakeholder(pen, made, stakeholder, iri or view.plan)


def _holders(pen: Pen) -> Mapping[str, list[str]]:
    """Return the stakeholders of the plan by the organisation under which they stand."""
    by_body: dict[str, list[str]] = {}
    for iri in pen.view.stakeholders(pen.view.plan):
        named = [body for body in pen.view.bodies if body in pen.view.nodes(iri, MG.relatesTo)]
        by_body.setdefault(next(iter([*named, *pen.view.bodies]), ""), []).append(iri)
    return by_body


def _element(pen: Pen, above: etree._Element, name: str, iri: str) -> None:
    view = pen.view
    made = pen.add(above, name)
    pen.add_text(made, "Name", view.label(iri), is_due=name == "Goal")
    description = view.text(iri, Dcterms.description)
    pen.add_text(made, "Description", description, is_due=name == "Goal")
    pen.add_text(made, "Identifier", pen.identifiers[iri])
    pen.add_text(made, "SequenceIndicator", view.word(iri, Skos.notation))
    for stakeholder in view.stakeholders(iri):
        _stakeholder(pen, made, stakeholder, iri)
    notes = view.texts(iri, Skos.note)
    pen.add_text(made, "OtherInformation", ids.joined(notes))
    for objective in view.objectives.get(iri, ()):
        _element(pen, made, "Objective", objective)
    for indicator in view.indicators.get(iri, ()) if pen.part == 2 else ():
        add_indicator(pen, made, indicator)


def _stakeholder(pen: Pen, above: etree._Element, iri: str, whole: str) -> None:
    view = pen.view
    attributes, notes = pen.attributes("Stakeholder", view.texts(iri, Skos.note))
    made = pen.add(above, "Stakeholder")
    for name, value in attributes.items():
        made.set(name, value)
    roles = [(note, role) for note in notes if (role := _role_of(note)) and pen.part == 2]
    others = [note for note in notes if note not in dict(roles)]
    _beside(pen, made, iri, others, whole)
    for role in [*_bare_roles(pen, iri, [role for _, role in roles]), *(role for _, role in roles)]:
        _add_role(pen, made, role)


def _bare_roles(pen: Pen, iri: str, roles: Sequence[_Role]) -> list[_Role]:
    """Return the roles of a stakeholder that are a name or a type alone, in no role told."""
    words = {text for name, kinds, _ in roles for text in (name, *kinds)}
    rest = [text for text in pen.view.texts(iri, MG.stakeholderRole) if text not in words]
    made: list[_Role] = [
        ("", [text], "") if text in vocabulary.ROLE_TYPES else (text, [], "") for text in rest
    ]
    return made if pen.part == 2 else []


def _add_role(pen: Pen, above: etree._Element, role: _Role) -> None:
    name, kinds, text = role
    made = pen.add(above, "Role")
    pen.add_text(made, "Name", name, is_due=True)
    pen.add_text(made, "Description", text)
    for kind in kinds:
        pen.add(made, "RoleType", kind)


def _beside(
    pen: Pen, made: etree._Element, iri: str, notes: Sequence[str], whole: str = ""
) -> None:
    """Add name and description of what has no identifier: an id that differs is a note."""
    view = pen.view
    pen.add_text(made, "Name", view.label(iri), is_due=True)
    name = str(etree.QName(made).localname)
    made_id = view.by_name(name, iri, view.short(whole) if whole else "")
    texts = [view.text(iri, Dcterms.description), *notes, *pen.id_note(iri, made_id)]
    pen.add_text(made, "Description", ids.joined(texts))


def _role_of(note: str) -> _Role | None:
    """Return the role that a note tells, if an element of the standard can hold it."""
    role = ids.role_of_note(note)
    if role is None or ids.role_note(*role) != note:
        return None
    is_fit = len(role[1]) <= len(vocabulary.ROLE_TYPES) and set(role[1]) <= {*vocabulary.ROLE_TYPES}
    return role if is_fit else None
