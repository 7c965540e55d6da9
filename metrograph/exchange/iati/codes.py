"""The elements and codes of IATI that reading and writing share, and their equivalents here.

Numbers of codes are those of IATI's code lists 2.03 (OrganisationRole, ActivityStatus,
ActivityDateType, DescriptionType, IndicatorMeasure and others).
"""

from lxml import etree

from metrograph.vocabulary import MG

VERSIONS = {"2.01": 2015, "2.02": 2015, "2.03": 2018}  # and when each came out
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# IATI lets a publisher add attributes and elements of a namespace of its own. These say which
# record of a plan an element is, and what was filled in only because the schema wants something.
EXTENSION = "https://w3id.org/metrograph/exchange#"
ID = f"{{{EXTENSION}}}id"
FILLED = f"{{{EXTENSION}}}filled"  # the names of attributes, or ALL of the element
DATE = f"{{{EXTENSION}}}date"  # a month or a year, where IATI wants a day
FIGURE = f"{{{EXTENSION}}}figure"
ALL = "all"

# The accountable organisation is the organiser, the implementing one works on it with the
# organiser; the extending one is involved. Who only hosts or takes part has no role in IATI.
ROLES = {"1": MG.funder, "2": MG.organizer, "3": MG.involves, "4": MG.partner}
WRITTEN_ROLES = {MG.funder: "1", MG.organizer: "2", MG.partner: "4"}

STATUSES = ("1", "2", "3", "4", "5", "6")
CLOSED = "4"  # where no status is given: an activity of ours is what was done
PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1", "2", "3", "4"
GENERAL, OTHER = "1", "4"  # kinds of descriptions
MEASURES = ("1", "2", "3", "4", "5")
COUNTED, PERCENTAGE, QUALITATIVE = "1", "2", "5"
INTERNAL = "A1"  # an identifier that the publisher uses itself
OWN_LIST = "99"  # a list of codes of the publisher's own
PARENT = "1"  # of a related activity
FIGURES = {"baseline": MG.baseline, "target": MG.target, "actual": MG.actual}

# Elements that are no more than a code of a list, perhaps with a share.
CODED = (
    "activity-scope",
    "recipient-country",
    "recipient-region",
    "sector",
    "tag",
    "policy-marker",
    "collaboration-type",
    "default-flow-type",
    "default-finance-type",
    "default-aid-type",
    "default-tied-status",
)
ONCE = (
    "activity-scope",
    "collaboration-type",
    "default-flow-type",
    "default-finance-type",
    "default-tied-status",
)  # of those, what the schema allows once
WITH_LIST = ("recipient-region", "sector", "tag", "policy-marker", "default-aid-type")


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def filled(element: etree._Element) -> frozenset[str]:
    """Return what of an element was filled in by a default when it was written."""
    return frozenset(element.get(FILLED, "").split())
