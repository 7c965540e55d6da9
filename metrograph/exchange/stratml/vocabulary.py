"""The names and nesting of StratML elements (ISO 17469-1 and -2).

The tables follow the two schemas: Part 1, StrategicPlan, of 1 April 2014, and Part 2,
PerformancePlanOrReport, of 16 February 2016. What older documents call records otherwise stands
beside, for the reader.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

NAMESPACES = {
    1: "urn:ISO:std:iso:17469:tech:xsd:stratml_core",
    2: "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport",
}
ROOTS = {1: "StrategicPlan", 2: "PerformancePlanOrReport"}
LATER = "http://schemas.stratml.us/"  # of the dialect 3.5 and those after it: no ISO standard
PLAN = "Plan"  # what the root is called here, in both parts
SUBMITTER = "Submitter"

_PART_2 = {
    PLAN: "Name Description? OtherInformation? StrategicPlanCore AdministrativeInformation? "
    "Submitter?",
    "StrategicPlanCore": "Organization* Vision? Mission? Value* Goal+",
    "Organization": "Name? Acronym? Identifier? Description? Stakeholder*",
    "Vision": "Description? Identifier?",
    "Mission": "Description? Identifier?",
    "Value": "Name? Description?",
    "Goal": "Name Description Identifier? SequenceIndicator? Stakeholder* OtherInformation? "
    "Objective*",
    "Objective": "Name? Description? Identifier? SequenceIndicator? Stakeholder* "
    "OtherInformation? PerformanceIndicator*",
    "Stakeholder": "Name Description? Role*",
    "Role": "Name Description? RoleType*",
    "PerformanceIndicator": "SequenceIndicator? MeasurementDimension UnitOfMeasurement "
    "Identifier? Relationship* MeasurementInstance* OtherInformation?",
    "Relationship": "Identifier? ReferentIdentifier* Name? Description?",
    "MeasurementInstance": "TargetResult* ActualResult*",
    "TargetResult": "StartDate? EndDate? NumberOfUnits? Descriptor? Description?",
    "ActualResult": "StartDate? EndDate? NumberOfUnits? Descriptor? Description?",
    "Descriptor": "DescriptorName? DescriptorValue?",
    "AdministrativeInformation": "Identifier? StartDate? EndDate? PublicationDate? Source?",
}
_PART_1 = {
    **_PART_2,
    PLAN: "Name Description? OtherInformation? StrategicPlanCore AdministrativeInformation?",
    "Objective": "Name? Description? Identifier? SequenceIndicator? Stakeholder* OtherInformation?",
    "Stakeholder": "Name Description?",
    "AdministrativeInformation": "StartDate? EndDate? PublicationDate? Source? Submitter?",
}
# Where documents put what no schema has there, and it can still be read.
_ALSO = {
    PLAN: "Identifier? StartDate? EndDate? PublicationDate? Source? Organization* Vision? Mission? "
    "Value* Goal* Objective*",
    "StrategicPlanCore": "Objective*",
    "Organization": "OtherInformation?",
    "Value": "Identifier? SequenceIndicator? OtherInformation?",
    "Goal": "PerformanceIndicator* Relationship*",
    "Objective": "Relationship* Objective*",
    "Stakeholder": "Identifier? OtherInformation?",
    "PerformanceIndicator": "Name? Description?",
}
ATTRIBUTES: Mapping[
    str, Mapping[str, tuple[str, ...]]
] = {  # of an element, and the values that each may have
    PLAN: {"Type": ("Strategic_Plan", "Performance_Plan", "Performance_Report")},
    "Stakeholder": {"StakeholderTypeType": ("Person", "Organization", "Generic_Group")},
    "Relationship": {"RelationshipType": ("Broader_Than", "Peer_To", "Narrower_Than")},
    "PerformanceIndicator": {
        "ValueChainStage": ("Outcome", "Output_Processing", "Output", "Input_Processing", "Input"),
        "PerformanceIndicatorType": ("Quantitative", "Qualitative"),
    },
}
ROLE_TYPES = ("Performer", "Beneficiary")
RECORDS = (  # elements of which the plan gets a record of its own
    PLAN, "Organization", "Value", "Goal", "Objective", "Stakeholder", "PerformanceIndicator",
)  # fmt: skip
BARE = {  # what is meant by text that stands in an element without the one that it belongs into
    "Vision": "Description",
    "Mission": "Description",
    **dict.fromkeys(("Organization", "Value", "Goal", "Objective", "Stakeholder", "Role"), "Name"),
    **dict.fromkeys(("TargetResult", "ActualResult", "Descriptor", "Relationship"), "Description"),
    "PerformanceIndicator": "MeasurementDimension",
}
_OLDER = {  # other names, as `key` gives them
    "title": "Name",
    "abstract": "Description",
    "statement": "Description",
    "definition": "Description",
    "text": "Description",
    "otherinfo": "OtherInformation",
    "notes": "OtherInformation",
    "id": "Identifier",
    "uuid": "Identifier",
    "guid": "Identifier",
    "sequence": "SequenceIndicator",
    "sequencenumber": "SequenceIndicator",
    "number": "SequenceIndicator",
    "abbreviation": "Acronym",
    "organisation": "Organization",
    "visionstatement": "Vision",
    "missionstatement": "Mission",
    "corevalue": "Value",
    "strategicgoal": "Goal",
    "generalgoal": "Goal",
    "strategicobjective": "Objective",
    "performancegoal": "Objective",
    "strategicplancoreelements": "StrategicPlanCore",
    "core": "StrategicPlanCore",
    "performanceplanorreportcore": "StrategicPlanCore",
    "indicator": "PerformanceIndicator",
    "performancemeasure": "PerformanceIndicator",
    "dimension": "MeasurementDimension",
    "unit": "UnitOfMeasurement",
    "unitofmeasure": "UnitOfMeasurement",
    "measurement": "MeasurementInstance",
    "target": "TargetResult",
    "actual": "ActualResult",
    "units": "NumberOfUnits",
    "amount": "NumberOfUnits",
    "administrativeinfo": "AdministrativeInformation",
    "admininfo": "AdministrativeInformation",
    "start": "StartDate",
    "end": "EndDate",
    "publishdate": "PublicationDate",
    "datepublished": "PublicationDate",
    "url": "Source",
    "sourceurl": "Source",
    "submittedby": SUBMITTER,
    "contactinformation": SUBMITTER,
    "indicatortype": "PerformanceIndicatorType",
    "stakeholdertype": "StakeholderTypeType",
    "planorreporttype": "Type",
}
_ROOTS = {
    "strategicplan": 1,
    "performanceplanorreport": 2,
    "performanceplan": 2,
    "performancereport": 2,
}


@dataclass(frozen=True)
class Place:
    """What may stand within an element: its name, and how many of it (0 or 1 to `most`)."""

    name: str
    least: int
    most: int


def _places(text: str) -> tuple[Place, ...]:
    bounds = {"?": (0, 1), "*": (0, 10**9), "+": (1, 10**9)}
    return tuple(Place(word.rstrip("?*+"), *bounds.get(word[-1], (1, 1))) for word in text.split())


SCHEMAS: Mapping[int, Mapping[str, tuple[Place, ...]]] = {
    part: {name: _places(text) for name, text in content.items()}
    for part, content in ((1, _PART_1), (2, _PART_2))
}
READ: Mapping[str, Mapping[str, Place]] = {  # what is read, whichever part a document says it is
    name: {
        place.name: place
        for text in (_ALSO.get(name, ""), _PART_1[name], _PART_2[name])
        for place in _places(text)
    }
    for name in _PART_2
}
LEAVES = frozenset(
    {name for places in READ.values() for name in places} - READ.keys() - {SUBMITTER}
)


def key(name: str) -> str:
    """Return a name as names are compared: without case and all that is no letter or digit.

    >>> key("Administrative_information")
    'administrativeinformation'
    """
    return re.sub(r"[\W_]", "", name).casefold()


_NAMES = {
    key(name): name
    for name in (
        *READ,
        *LEAVES,
        SUBMITTER,
        *(attribute for of in ATTRIBUTES.values() for attribute in of),
    )
}


def standard_name(name: str) -> str | None:
    """Return what the standard calls an element or attribute, or nothing.

    >>> standard_name("performanceIndicator"), standard_name("IndicatorType"), standard_name("Foo")
    ('PerformanceIndicator', 'PerformanceIndicatorType', None)
    """
    return _NAMES.get(key(name)) or _OLDER.get(key(name))


def part_of(root: str, namespace: str | None) -> int | None:
    """Return the part of the standard (1, 2) of a document by its root's name, or nothing.

    >>> part_of("StrategicPlan", None), part_of("Strategy", NAMESPACES[2]), part_of("svg", None)
    (1, 2, None)
    """
    of_namespace = {iri: part for part, iri in NAMESPACES.items()}
    return of_namespace.get(namespace or "") or _ROOTS.get(key(root))
