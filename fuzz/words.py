"""Words on which parsers tend to fail, by input format, to replace parts of samples."""

COMMON = (
    "", " ", "\t", "\u00a0", "\u200b", "\ufeff", "\x00", "\x0b", "\x1f", "\x7f", "\u2028",
    "\u202e", "\ufffe", "\U0001f4a9", "e\u0301", "ß", "İ", "\r", "\n", "\r\n", "0", "-0", "-1",
    "00", "1e5", "1e999", "-1e-999", "NaN", "nan", "INF", "-INF", "Infinity", "1_000", "٣", "²",
    "½", "0x10", "9" * 30, "9" * 400, "0." + "1" * 60, "1,5", "1.000.000,00", "1,000,000.00",
    "12 %", "1200 %", "-", "–", "n/a", "s/d", "TBC", "true", "1900-01-00", "0000-00-00",
    "2024-02-30", "31/02/2024", "29/02/2023", "2024-13", "99999-01-01", "-0044-03-15", "10000",
    "2024-W53", "2024/25", "T4 2024", "2024-12-31T25:61:61Z", "24:00", "juin 2024",
    "3e trimestre 2024", "since 2019", "2020-2019", "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)",
    "#REF!", "#N/A", "'", '"', '""', "\\", "\\u0000", "\\uD800", "%00", "%0A", "%zz", "{}", "{0}",
    "{one.__class__}", "%s", "%(x)s", "${x}", "<b>", "&amp;", "&#0;", "<![CDATA[", "]]>",
    "../../etc/passwd", "/", "//", "a//b", ".", "..", "CON", "a" * 300, "a" * 40_000, "1." * 2_000,
    "1-" * 2_000, "A1." * 1_000, " " * 20_000, "(" * 3_000, "a, " * 3_000, "https://example.org/",
    "HTTP://[::1]/", "http://[", "mailto:a@example.org", "urn:x", "javascript:1",
    "file_name_of_a_report-2023-final(2).pdf", "6f9619ff-8b86-d011-b42d-00c04fc964ff remark",
    "FR76 3000 6000 0112 3456 7890 189 (compte)", "1.2.3.4.5.6.7.8.9.10", "I.II.III", "A.1.a",
    "1)", "§ 4", "€ 1,200", "1.2M USD", "≥ 75", "~2", "max. 3", "1 – 2", "5,000,000 XOF", "k€",
    "100 000 m²",
)  # fmt: skip

HEADINGS = (
    "id", "ID", "Code", "Ref", "Goal", "Objective", "Action", "Axe", "Sous-axe", "Eje", "Meta",
    "Level 0", "Level 1", "Indicator", "Baseline", "L.B", "Target 2024", "2024", "2023", "T1 2024",
    "Actual", "Progress", "Status", "Owner", "Lead", "Start", "End", "Budget", "Unit", "Year",
    "label@en", "label@fr", "label@xx", "label", "description@en", "parent_id", "parent", "type",
    "citation", "addressesTheme", "claimsTheme", "ofPlan", "onActivity", "coder", "basis", "Kind",
    "location", "Title", "Name", "Weight", "Notes", "URL", "Total", "unit", "value",
    "id (do not change)",
)  # fmt: skip

TURTLE = (
    "<>", "<#>", "<a b>", "<activity/x>", "<../up>", "<//x>", "<http://[>", "<urn:x>", "<\\u0000>",
    "<\\uD800>", "<file:///etc/passwd>", "<https://example.org/%zz>", "[]", "[ a mg:Activity ]",
    "()", "( 1 2 3 )", "_:b", "a", ";", ",", ".", "^^", "@en", "@en-x-y-zz", "@xx", '"text"',
    '"text"@fr', '"""long\n"""', '"\\uD800"', '"\x00"', '"NaN"^^xsd:decimal', '"INF"^^xsd:double',
    '"NaN"^^xsd:float', '"x"^^xsd:integer', "1e999", "-0.0", '"2023-02-30"^^xsd:date',
    '"99999"^^xsd:gYear', '"-0001"^^xsd:gYear', '"2023-13"^^xsd:gYearMonth',
    '"24:00:00"^^xsd:time', '"P1Y"^^xsd:duration', '"true"^^xsd:boolean', '"x"^^<no-iri>',
    '"x"^^rdf:langString', '"<b>"^^rdf:HTML', '"2023"^^xsd:gYear', "true", "42",
    "99999999999999999999999999", "mg:Activity", "mg:Claim", "mg:AlignmentClaim",
    "mg:StrategicPlan", "mg:differsFrom", "mg:standingClaim", "mg:supersedes", "mg:partOf",
    "mg:noSuchTerm", "rdf:type", "rdf:nil", "rdf:first", "rdfs:label", "rdfs:subClassOf",
    "rdfs:subPropertyOf", "owl:sameAs", "owl:Thing", "owl:inverseOf", "owl:imports",
    "skos:broader", "skos:prefLabel", "prov:used", "sh:targetClass", "sh:rule", "xsd:string",
    "nosuch:prefix", "@prefix : <x> .", "@base <relative> .", "PREFIX mg: <x>",
    "@base <http://example.org/other/> .", "<< <a> <b> <c> >>", "<<( <a> <b> <c> )>>",
    "{| <p> <o> |}", "~ <r>", "GRAPH <g> {", "}", "=", "=>", "@forSome",
    "<?xml version='1.0'?><rdf:RDF/>", '{"@context": {}}', "#", "\\",
)  # fmt: skip

SPARQL = (
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "{", "}", "(", ")", "*", "?s ?p ?o", "?x",
    "$x", "DISTINCT", "REDUCED", "FROM", "FROM NAMED", "<urn:g>", "GRAPH ?g", "GRAPH",
    "OPTIONAL {", "MINUS {", "UNION", "FILTER", "EXISTS {", "NOT EXISTS {", "BIND(1 AS ?x)",
    "BIND", "VALUES", "VALUES ?x { UNDEF 1 }", "SERVICE <http://x/> {", "SERVICE SILENT ?s {",
    "INSERT DATA { <a> <b> <c> }", "DELETE WHERE { ?s ?p ?o }", "LOAD <file:///etc/passwd>",
    "CLEAR ALL", "LIMIT 0", "LIMIT 99999999999999999999", "OFFSET -1", "OFFSET 1", "ORDER BY",
    "DESC(?x)", "GROUP BY ?s", "HAVING (COUNT(*) > 1)", "COUNT(DISTINCT ?x)", "SUM(?x)",
    "GROUP_CONCAT(?x; separator='')", "SAMPLE(?x)", "a", "a/a*", "(a|^a)+", "!a", "^", "|", "/",
    "+", "?", "REGEX(?x, '(a+)+$')", "REPLACE(?x, '', 'y')", "IRI(?x)", "IRI('a b')",
    "STRDT('NaN', xsd:decimal)", "1/0", "1e999", "RAND()", "NOW()", "UUID()", "BNODE()",
    "COALESCE(?x, 1)", "IF(true, 1, 2)", "STRLANG('a', 'x y')", "LANGMATCHES(LANG(?x), '*')",
    "xsd:integer('x')", "CONCAT(?x, ?x)", "SUBSTR(?x, -1, 99999)", "<< ?s ?p ?o >>",
    "<<( ?s ?p ?o )>>", "TRIPLE(?s, ?p, ?o)", "LATERAL {", "PREFIX x: <y>", "BASE <x>", "nosuch:x",
    '"text"@en', "'", '"', "#", "\\u0000", "\\uD800", ";", ".", ",", "{ SELECT * {",
    "VERSION '1.2'", "=", "!=", "IN ()", "&&", "||", "!", "-", "TRUE",
)  # fmt: skip

TOML = (
    "[", "]", "[[", "]]", "=", ".", ",", "{", "}", '"', '"""', "'''", "#", "true", "false", "nan",
    "-inf", "+1", "1_0", "0x1F", "1e999", "9" * 30, "1979-05-27", "1979-05-27T07:32:00Z",
    "07:32:00", "[]", "{}", "[1, 'a']", "[[1]]", '{a = 1}', '"\\u0000"', '"\\uD800"', '"text"',
    "''", '""', "-1", "0", "99", "a.b.c", '"a b"', "role", "depth", "year", "hierarchy", "levels",
    "columns", "sheet", "level", "id", "parent", "type", "integer", "term", "parameters",
    "required", "default", "kind", "gap", "order", "unless", "only", "title", "en", "\n",
    "\n[columns]\n", "\n[x.y]\n", "\n[[columns]]\n", "__class__", "\n#+ x = 1\n",
    "\n#+ [gap]\n#+ order = 'x'\n",
)  # fmt: skip

MARKUP = (
    "<", ">", "/>", "</x>", "<x>", "<x/>", "&", "&lt;", "&#0;", "&#xD800;", "&#x1F4A9;",
    "&nosuch;", "<!--", "-->", "<![CDATA[x]]>", "<?x y?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>",
    "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>", "xmlns=''", "xmlns='urn:x'", "xmlns:a='urn:x'",
    "xml:lang='xx'", "xml:lang=''", "xml:base='http://['", "xsi:nil='true'", "a='1' a='2'",
    "ref=''", "code='9'", "type='99'", "iso-date='2024-02-30'", "currency='XXX'",
    "default-currency=''", "Identifier", "SequenceIndicator", "value='NaN'", "year='-1'",
    "<narrative/>", "<Name/>", "<Goal/>", "<Objective/>", "<PerformanceIndicator/>",
    "<MeasurementInstance/>", "<Relationship/>", "<result/>", "<indicator/>", "<period/>",
    "<reporting-org/>", "<xi:include href='file:///etc/passwd'/>", "<!DOCTYPE x>",
)  # fmt: skip

FIELDS = (
    "token", "kind", "id", "seen", "once", "by", "agent", "save", "check", "change", "f.label.en",
    "f.label.xx", "f.", "f.year", "f.citation", "f.type", "f.ofPlan", "f.value", "activity",
    "category", "because", "accept", "reject", "q", "find", "year", "line", "claims", "basis",
    "region", "output", "weight", "theme", "challenge", "lang", "query", "depth", "layout", "from",
    "to", "without", "page", "limit", "sort", "format", "type", "level", "steps", "show", "id[]",
    "__class__",
)  # fmt: skip

VALUES = (
    "Activity", "Coding", "AlignmentClaim", "Observation", "Decision", "StrategicPlan",
    "mg:Activity", "any", "standing", "coder:", "coder:a", "coder:nobody", "coder/a", "coder/b",
    "plan/2022-2025", "activity/2023/clean-docks", "theme/none", "activity/", "activity",
    "http://example.org/x", "https://example.org/harbour/", "a b", "x<y>", "é", "stated",
    "implied", "2023", "0", "-1", "99999999999", "mg:claimsTheme", "rdf:type", "inferred",
    "source/annual-2023#line=12,16", "source/annual-2023#line=99999,1",
    "source/annual-2023#line=a", "source/none", "#", "en", "xx", "?", "1' OR '1'='1",
)  # fmt: skip
