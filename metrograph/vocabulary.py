"""The IRIs of the terms that Python code uses, as attributes; a typo is an AttributeError.

Each attribute of a class below is the IRI of one term. Only terms that the code itself needs stand
here (queries and shapes name their own); a test compares them with `ontology/metrograph.ttl`.
"""

MG_NAMESPACE = "https://w3id.org/metrograph/ontology#"
SHAPES_NAMESPACE = "https://w3id.org/metrograph/shapes#"
RDF_NAMESPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS_NAMESPACE = "http://www.w3.org/2000/01/rdf-schema#"
OWL_NAMESPACE = "http://www.w3.org/2002/07/owl#"
ORG_NAMESPACE = "http://www.w3.org/ns/org#"
SKOS_NAMESPACE = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
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
    Country = MG_NAMESPACE + "Country"
    Coding = MG_NAMESPACE + "Coding"
    Decision = MG_NAMESPACE + "Decision"
    Document = MG_NAMESPACE + "Document"
    Intersection = MG_NAMESPACE + "Intersection"
    Judgement = MG_NAMESPACE + "Judgement"
    Member = MG_NAMESPACE + "Member"
    Region = MG_NAMESPACE + "Region"
    Observation = MG_NAMESPACE + "Observation"
    ScopeDecision = MG_NAMESPACE + "ScopeDecision"
    StrategicPlan = MG_NAMESPACE + "StrategicPlan"
    basis = MG_NAMESPACE + "basis"
    recordChangedOn = MG_NAMESPACE + "recordChangedOn"
    recordedBy = MG_NAMESPACE + "recordedBy"
    recordedOn = MG_NAMESPACE + "recordedOn"
    citation = MG_NAMESPACE + "citation"
    endDate = MG_NAMESPACE + "endDate"
    inSource = MG_NAMESPACE + "inSource"
    inScope = MG_NAMESPACE + "inScope"
    CoreValue = MG_NAMESPACE + "CoreValue"
    Indicator = MG_NAMESPACE + "Indicator"
    Level = MG_NAMESPACE + "Level"
    Place = MG_NAMESPACE + "Place"
    PlanElement = MG_NAMESPACE + "PlanElement"
    Result = MG_NAMESPACE + "Result"
    Source = MG_NAMESPACE + "Source"
    Stakeholder = MG_NAMESPACE + "Stakeholder"
    Status = MG_NAMESPACE + "Status"
    StatusReport = MG_NAMESPACE + "StatusReport"
    CountUnit = MG_NAMESPACE + "CountUnit"
    Unit = MG_NAMESPACE + "Unit"
    Axis = MG_NAMESPACE + "Axis"
    Challenge = MG_NAMESPACE + "Challenge"
    VisionTheme = MG_NAMESPACE + "VisionTheme"
    WorkArea = MG_NAMESPACE + "WorkArea"
    Body = MG_NAMESPACE + "Body"
    ActionLine = MG_NAMESPACE + "ActionLine"
    lineNote = MG_NAMESPACE + "lineNote"
    labelLanguage = MG_NAMESPACE + "labelLanguage"
    adoptedBy = MG_NAMESPACE + "adoptedBy"
    baselineYear = MG_NAMESPACE + "baselineYear"
    country = MG_NAMESPACE + "country"
    depth = MG_NAMESPACE + "depth"
    directionWanted = MG_NAMESPACE + "directionWanted"
    funder = MG_NAMESPACE + "funder"
    host = MG_NAMESPACE + "host"
    involves = MG_NAMESPACE + "involves"
    level = MG_NAMESPACE + "level"
    lineCount = MG_NAMESPACE + "lineCount"
    measures = MG_NAMESPACE + "measures"
    mission = MG_NAMESPACE + "mission"
    ofPlan = MG_NAMESPACE + "ofPlan"
    organizer = MG_NAMESPACE + "organizer"
    participant = MG_NAMESPACE + "participant"
    partner = MG_NAMESPACE + "partner"
    place = MG_NAMESPACE + "place"
    qualifier = MG_NAMESPACE + "qualifier"
    relatesTo = MG_NAMESPACE + "relatesTo"
    reportedUnder = MG_NAMESPACE + "reportedUnder"
    scope = MG_NAMESPACE + "scope"
    sha256 = MG_NAMESPACE + "sha256"
    stakeIn = MG_NAMESPACE + "stakeIn"
    stakeholderRole = MG_NAMESPACE + "stakeholderRole"
    status = MG_NAMESPACE + "status"
    statusOf = MG_NAMESPACE + "statusOf"
    asOf = MG_NAMESPACE + "asOf"
    unit = MG_NAMESPACE + "unit"
    value = MG_NAMESPACE + "value"
    valueType = MG_NAMESPACE + "valueType"
    vision = MG_NAMESPACE + "vision"
    notReported = MG_NAMESPACE + "notReported"
    baseline = MG_NAMESPACE + "baseline"
    target = MG_NAMESPACE + "target"
    actual = MG_NAMESPACE + "actual"
    projection = MG_NAMESPACE + "projection"
    percent = MG_NAMESPACE + "percent"
    up = MG_NAMESPACE + "up"
    down = MG_NAMESPACE + "down"
    noDirection = MG_NAMESPACE + "noDirection"
    mandate = MG_NAMESPACE + "mandate"
    codedActivity = MG_NAMESPACE + "codedActivity"
    codedBy = MG_NAMESPACE + "codedBy"
    ofChallenge = MG_NAMESPACE + "ofChallenge"
    ofIndicator = MG_NAMESPACE + "ofIndicator"
    ofTheme = MG_NAMESPACE + "ofTheme"
    onActivity = MG_NAMESPACE + "onActivity"
    outOfScope = MG_NAMESPACE + "outOfScope"
    partOf = MG_NAMESPACE + "partOf"
    position = MG_NAMESPACE + "position"
    reason = MG_NAMESPACE + "reason"
    region = MG_NAMESPACE + "region"
    settles = MG_NAMESPACE + "settles"
    startDate = MG_NAMESPACE + "startDate"
    supersedes = MG_NAMESPACE + "supersedes"
    verdict = MG_NAMESPACE + "verdict"
    within = MG_NAMESPACE + "within"
    subject = MG_NAMESPACE + "subject"
    year = MG_NAMESPACE + "year"


CONCLUSIONS = tuple(
    MG_NAMESPACE + name
    for name in (
        "addresses",
        "addressesArea",
        "addressesChallenge",
        "addressesInOnePassage",
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
    seeAlso = RDFS_NAMESPACE + "seeAlso"
    subClassOf = RDFS_NAMESPACE + "subClassOf"
    subPropertyOf = RDFS_NAMESPACE + "subPropertyOf"


class Sh:
    """Terms of SHACL and its rules."""

    construct = SH_NAMESPACE + "construct"


class Owl:
    """Terms of OWL."""

    SymmetricProperty = OWL_NAMESPACE + "SymmetricProperty"
    TransitiveProperty = OWL_NAMESPACE + "TransitiveProperty"
    inverseOf = OWL_NAMESPACE + "inverseOf"
    propertyChainAxiom = OWL_NAMESPACE + "propertyChainAxiom"


class Dcterms:
    """Terms of Dublin Core."""

    conformsTo = DCTERMS_NAMESPACE + "conformsTo"
    created = DCTERMS_NAMESPACE + "created"
    description = DCTERMS_NAMESPACE + "description"
    language = DCTERMS_NAMESPACE + "language"
    license = DCTERMS_NAMESPACE + "license"
    modified = DCTERMS_NAMESPACE + "modified"
    temporal = DCTERMS_NAMESPACE + "temporal"
    title = DCTERMS_NAMESPACE + "title"
    identifier = DCTERMS_NAMESPACE + "identifier"
    issued = DCTERMS_NAMESPACE + "issued"
    source = DCTERMS_NAMESPACE + "source"
    subject = DCTERMS_NAMESPACE + "subject"


class Skos:
    """Terms of SKOS."""

    Concept = SKOS_NAMESPACE + "Concept"
    ConceptScheme = SKOS_NAMESPACE + "ConceptScheme"
    altLabel = SKOS_NAMESPACE + "altLabel"
    broader = SKOS_NAMESPACE + "broader"
    definition = SKOS_NAMESPACE + "definition"
    inScheme = SKOS_NAMESPACE + "inScheme"
    notation = SKOS_NAMESPACE + "notation"
    note = SKOS_NAMESPACE + "note"
    prefLabel = SKOS_NAMESPACE + "prefLabel"


class Prov:
    """Terms of PROV-O."""

    wasAttributedTo = "http://www.w3.org/ns/prov#wasAttributedTo"


class Org:
    """Terms of the organization ontology."""

    Membership = ORG_NAMESPACE + "Membership"
    Organization = ORG_NAMESPACE + "Organization"
    member = ORG_NAMESPACE + "member"
    organization = ORG_NAMESPACE + "organization"
    role = ORG_NAMESPACE + "role"
    subOrganizationOf = ORG_NAMESPACE + "subOrganizationOf"


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
    """Names of the store's graphs: one per file of the plan, and those that every plan has."""

    files = "https://w3id.org/metrograph/file/"
    inferred = "https://w3id.org/metrograph/inferred"
    ontology = "https://w3id.org/metrograph/ontology"
    interface = "https://w3id.org/metrograph/interface"


PREFIXES = {  # known to every query, declared or not
    "dcterms": "http://purl.org/dc/terms/",
    "mg": "https://w3id.org/metrograph/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": XSD,
}
