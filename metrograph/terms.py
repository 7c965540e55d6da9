"""The terms that Python code names: attributes in, IRIs out; a typo is an AttributeError.

Each attribute of a class below is the IRI of one term. Only terms that the code itself needs stand
here (queries and shapes name their own); a test compares them with `ontology/metrograph.ttl`.
"""

MG_NAMESPACE = "https://w3id.org/metrograph/ontology#"
SHAPES_NAMESPACE = "https://w3id.org/metrograph/shapes#"
RDF_NAMESPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS_NAMESPACE = "http://www.w3.org/2000/01/rdf-schema#"
OWL_NAMESPACE = "http://www.w3.org/2002/07/owl#"
DCTERMS_NAMESPACE = "http://purl.org/dc/terms/"


class MG:
    """Terms of the metrograph ontology.

    >>> MG.StrategicPlan
    'https://w3id.org/metrograph/ontology#StrategicPlan'
    """

    Coder = MG_NAMESPACE + "Coder"
    Decision = MG_NAMESPACE + "Decision"
    ScopeDecision = MG_NAMESPACE + "ScopeDecision"
    StrategicPlan = MG_NAMESPACE + "StrategicPlan"
    basis = MG_NAMESPACE + "basis"
    citation = MG_NAMESPACE + "citation"
    inSource = MG_NAMESPACE + "inSource"
    inScope = MG_NAMESPACE + "inScope"
    lineNote = MG_NAMESPACE + "lineNote"
    mandate = MG_NAMESPACE + "mandate"
    onActivity = MG_NAMESPACE + "onActivity"
    outOfScope = MG_NAMESPACE + "outOfScope"
    reason = MG_NAMESPACE + "reason"
    settles = MG_NAMESPACE + "settles"
    supersedes = MG_NAMESPACE + "supersedes"
    verdict = MG_NAMESPACE + "verdict"
    within = MG_NAMESPACE + "within"


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
    label = RDFS_NAMESPACE + "label"
    isDefinedBy = RDFS_NAMESPACE + "isDefinedBy"
    subClassOf = RDFS_NAMESPACE + "subClassOf"
    subPropertyOf = RDFS_NAMESPACE + "subPropertyOf"


class Owl:
    """Terms of OWL."""

    SymmetricProperty = OWL_NAMESPACE + "SymmetricProperty"


class Dcterms:
    """Terms of Dublin Core."""

    created = DCTERMS_NAMESPACE + "created"
    description = DCTERMS_NAMESPACE + "description"
    language = DCTERMS_NAMESPACE + "language"


class Skos:
    """Terms of SKOS."""

    definition = "http://www.w3.org/2004/02/skos/core#definition"


class Prov:
    """Terms of PROV-O."""

    wasAttributedTo = "http://www.w3.org/ns/prov#wasAttributedTo"


class Graphs:
    """Names of the store's graphs: one per file of the plan, one for what is inferred."""

    files = "https://w3id.org/metrograph/file/"
    inferred = "https://w3id.org/metrograph/inferred"
    ontology = "https://w3id.org/metrograph/ontology"
