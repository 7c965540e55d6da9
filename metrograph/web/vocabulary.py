"""The terms of DCAT, VoID and the SPARQL Service Description that the explorer uses."""

DCAT_NAMESPACE = "http://www.w3.org/ns/dcat#"
SD_NAMESPACE = "http://www.w3.org/ns/sparql-service-description#"
VOID_NAMESPACE = "http://rdfs.org/ns/void#"


class Dcat:
    """Terms of the Data Catalog Vocabulary, version 3."""

    Catalog = DCAT_NAMESPACE + "Catalog"
    DataService = DCAT_NAMESPACE + "DataService"
    Dataset = DCAT_NAMESPACE + "Dataset"
    Distribution = DCAT_NAMESPACE + "Distribution"
    accessService = DCAT_NAMESPACE + "accessService"
    accessURL = DCAT_NAMESPACE + "accessURL"
    dataset = DCAT_NAMESPACE + "dataset"
    distribution = DCAT_NAMESPACE + "distribution"
    downloadURL = DCAT_NAMESPACE + "downloadURL"
    endDate = DCAT_NAMESPACE + "endDate"
    endpointDescription = DCAT_NAMESPACE + "endpointDescription"
    endpointURL = DCAT_NAMESPACE + "endpointURL"
    landingPage = DCAT_NAMESPACE + "landingPage"
    mediaType = DCAT_NAMESPACE + "mediaType"
    servesDataset = DCAT_NAMESPACE + "servesDataset"
    service = DCAT_NAMESPACE + "service"
    startDate = DCAT_NAMESPACE + "startDate"


class Sd:
    """Terms of the SPARQL 1.1 Service Description."""

    Dataset = SD_NAMESPACE + "Dataset"
    Graph = SD_NAMESPACE + "Graph"
    GraphCollection = SD_NAMESPACE + "GraphCollection"
    NamedGraph = SD_NAMESPACE + "NamedGraph"
    SPARQL11Query = SD_NAMESPACE + "SPARQL11Query"
    Service = SD_NAMESPACE + "Service"
    defaultDataset = SD_NAMESPACE + "defaultDataset"
    defaultGraph = SD_NAMESPACE + "defaultGraph"
    endpoint = SD_NAMESPACE + "endpoint"
    graph = SD_NAMESPACE + "graph"
    name = SD_NAMESPACE + "name"
    namedGraph = SD_NAMESPACE + "namedGraph"
    resultFormat = SD_NAMESPACE + "resultFormat"
    supportedLanguage = SD_NAMESPACE + "supportedLanguage"


class Void:
    """Terms of the Vocabulary of Interlinked Datasets."""

    Dataset = VOID_NAMESPACE + "Dataset"
    DatasetDescription = VOID_NAMESPACE + "DatasetDescription"
    class_ = VOID_NAMESPACE + "class"
    classPartition = VOID_NAMESPACE + "classPartition"
    classes = VOID_NAMESPACE + "classes"
    dataDump = VOID_NAMESPACE + "dataDump"
    distinctObjects = VOID_NAMESPACE + "distinctObjects"
    distinctSubjects = VOID_NAMESPACE + "distinctSubjects"
    entities = VOID_NAMESPACE + "entities"
    feature = VOID_NAMESPACE + "feature"
    properties = VOID_NAMESPACE + "properties"
    property = VOID_NAMESPACE + "property"
    propertyPartition = VOID_NAMESPACE + "propertyPartition"
    rootResource = VOID_NAMESPACE + "rootResource"
    sparqlEndpoint = VOID_NAMESPACE + "sparqlEndpoint"
    triples = VOID_NAMESPACE + "triples"
    uriSpace = VOID_NAMESPACE + "uriSpace"
    vocabulary = VOID_NAMESPACE + "vocabulary"
