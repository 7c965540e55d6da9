"""The terms that Python code names: attributes in, IRIs out; a typo is an AttributeError.

Each attribute of a class below is the IRI of one term. Only terms that the code itself needs stand
here (queries and shapes name their own); a test compares them with `ontology/metrograph.ttl`.
"""

MG_NAMESPACE = "https://w3id.org/metrograph/ontology#"
SHAPES_NAMESPACE = "https://w3id.org/metrograph/shapes#"
RDF_NAMESPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS_NAMESPACE = "http://www.w3.org/2000/01/rdf-schema#"
ORG_NAMESPACE = "http://www.w3.org/ns/org#"
SKOS_NAMESPACE = "http://www.w3.org/2004/02/skos/core#"
SH_NAMESPACE = "http://www.w3.org/ns/shacl#"
DCTERMS_NAMESPACE = "http://purl.org/dc/terms/"


class MG:
    """Terms of the metrograph ontology.

    >>> MG.StrategicPlan
    'https://w3id.org/metrograph/ontology#StrategicPlan'
    """

    Activity = MG_NAMESPACE + "Activity"
    AlignmentClaim = MG_NAMESPACE + "AlignmentClaim"
    Citation = MG_NAMESPACE + "Citation"
    Coder = MG_NAMESPACE + "Coder"
    Coding = MG_NAMESPACE + "Coding"
    Decision = MG_NAMESPACE + "Decision"
    Intersection = MG_NAMESPACE + "Intersection"
    Observation = MG_NAMESPACE + "Observation"
    ScopeDecision = MG_NAMESPACE + "ScopeDecision"
    StrategicPlan = MG_NAMESPACE + "StrategicPlan"
    basis = MG_NAMESPACE + "basis"
    citation = MG_NAMESPACE + "citation"
    codedActivity = MG_NAMESPACE + "codedActivity"
    codedBy = MG_NAMESPACE + "codedBy"
    endDate = MG_NAMESPACE + "endDate"
    inScope = MG_NAMESPACE + "inScope"
    lineNote = MG_NAMESPACE + "lineNote"
    ofChallenge = MG_NAMESPACE + "ofChallenge"
    ofIndicator = MG_NAMESPACE + "ofIndicator"
    ofTheme = MG_NAMESPACE + "ofTheme"
    onActivity = MG_NAMESPACE + "onActivity"
    outOfScope = MG_NAMESPACE + "outOfScope"
    partOf = MG_NAMESPACE + "partOf"
    position = MG_NAMESPACE + "position"
    reason = MG_NAMESPACE + "reason"
    settles = MG_NAMESPACE + "settles"
    startDate = MG_NAMESPACE + "startDate"
    subject = MG_NAMESPACE + "subject"
    supersedes = MG_NAMESPACE + "supersedes"
    verdict = MG_NAMESPACE + "verdict"
    year = MG_NAMESPACE + "year"


CONCLUSIONS = tuple(
    MG_NAMESPACE + name
    for name in (
        "addresses",
        "addressesArea",
        "addressesChallenge",
        "addressesIntersection",
        "addressesTheme",
        "contributesTo",
    )
)  # only ever inferred, from claims that stand


class RDF:
    """Terms of RDF and RDF Schema."""

    type = RDF_NAMESPACE + "type"
    first = RDF_NAMESPACE + "first"
    rest = RDF_NAMESPACE + "rest"
    langString = RDF_NAMESPACE + "langString"
    label = RDFS_NAMESPACE + "label"
    isDefinedBy = RDFS_NAMESPACE + "isDefinedBy"
    subClassOf = RDFS_NAMESPACE + "subClassOf"
    subPropertyOf = RDFS_NAMESPACE + "subPropertyOf"


class Dcterms:
    """Terms of Dublin Core."""

    contributor = DCTERMS_NAMESPACE + "contributor"
    created = DCTERMS_NAMESPACE + "created"
    language = DCTERMS_NAMESPACE + "language"
    modified = DCTERMS_NAMESPACE + "modified"


class Prov:
    """Terms of PROV-O."""

    wasAttributedTo = "http://www.w3.org/ns/prov#wasAttributedTo"


class Skos:
    """Terms of SKOS."""

    broader = SKOS_NAMESPACE + "broader"
    definition = SKOS_NAMESPACE + "definition"
    notation = SKOS_NAMESPACE + "notation"


class Org:
    """Terms of the organization ontology."""

    Membership = ORG_NAMESPACE + "Membership"
    Organization = ORG_NAMESPACE + "Organization"
    member = ORG_NAMESPACE + "member"
    organization = ORG_NAMESPACE + "organization"
    role = ORG_NAMESPACE + "role"


class Shacl:
    """Terms of SHACL that say what a form is like."""

    NodeShape = SH_NAMESPACE + "NodeShape"
    class_ = SH_NAMESPACE + "class"
    datatype = SH_NAMESPACE + "datatype"
    description = SH_NAMESPACE + "description"
    group = SH_NAMESPACE + "group"
    in_ = SH_NAMESPACE + "in"
    maxCount = SH_NAMESPACE + "maxCount"
    minCount = SH_NAMESPACE + "minCount"
    minInclusive = SH_NAMESPACE + "minInclusive"
    name = SH_NAMESPACE + "name"
    nodeKind = SH_NAMESPACE + "nodeKind"
    or_ = SH_NAMESPACE + "or"
    order = SH_NAMESPACE + "order"
    path = SH_NAMESPACE + "path"
    pattern = SH_NAMESPACE + "pattern"
    property = SH_NAMESPACE + "property"
    target = SH_NAMESPACE + "target"
    targetClass = SH_NAMESPACE + "targetClass"
    targetSubjectsOf = SH_NAMESPACE + "targetSubjectsOf"


class Graphs:
    """Names of the store's graphs: one per file of the plan, one for what is inferred."""

    files = "https://w3id.org/metrograph/file/"
    inferred = "https://w3id.org/metrograph/inferred"
    ontology = "https://w3id.org/metrograph/ontology"
