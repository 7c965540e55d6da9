"""Changes the fields, headers, paths and queries of requests."""

from collections.abc import Sequence
from random import Random

from fuzz.inputs import Input
from fuzz.mutation import BYTES, changed, of_tokens
from fuzz.requests import Asked, asked
from fuzz.words import COMMON, FIELDS, SPARQL, VALUES

QUERY_TOKENS = r"<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[\w?$@:.-]+|\s+|."
_change_query = of_tokens(QUERY_TOKENS, SPARQL)
_change_path = of_tokens(
    r"[\w-]+|.", ("..", "%2F", "%0A", "%00", "%zz", "en", "xx", "é", ".csv", ".exe", *VALUES)
)
_HEADERS = (
    ("accept", "*/*"), ("accept", "text/html"), ("accept", "text/csv"), ("accept", ""),
    ("accept", "application/ld+json"), ("accept", "a/b;q=x, ;;, text/turtle;q=1e999"),
    ("accept", "application/sparql-results+xml;q=0"), ("accept", "é"),
    ("accept", "application/n-triples"), ("accept-language", "fr;q=x,,*"),
    ("accept-language", "xx"), ("accept", "a" * 5_000), ("content-type", "text/plain"),
    ("content-type", "multipart/form-data"), ("content-type", "multipart/form-data; boundary=x"),
    ("content-type", ""), ("content-type", "application/sparql-update"),
    ("content-type", "application/x-www-form-urlencoded; charset=é"), ("cookie", "a=b; ;=;"),
    ("origin", "null"), ("origin", "http://["), ("referer", "http://evil.example/"),
    ("range", "bytes=9-1"), ("if-none-match", '"x", W/"'), ("if-none-match", "*"),
    ("if-modified-since", "x"), ("content-length", "-1"), ("transfer-encoding", "x"),
    ("x-forwarded-proto", "x"), ("sec-fetch-site", "cross-site"),
    ("access-control-request-method", "x"), ("expect", "100-continue"),
)  # fmt: skip
_METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "X")


def change_form(rng: Random, samples: Sequence[Input]) -> Input:
    """Return a page request with changed fields (hidden ones as well), and rarely more changes."""
    request, other = asked(rng.choice(samples).data), asked(rng.choice(samples).data)
    fields = [list(pair) for pair in request.fields]
    for _ in range(rng.choice((1, 2, 4))):
        _change_fields(rng, fields, other.fields)
    path, method = request.path, request.method
    if rng.random() < 0.15:
        path = _change_path(rng, path.encode(), other.path.encode()).decode(errors="replace")
    if rng.random() < 0.05:
        method = rng.choice(_METHODS)
    if method == "POST" and rng.random() < 0.15:
        fields.append(["save", "1"])
    body = None
    if method == "POST" and rng.random() < 0.05:
        body = changed(rng, b"token=%7Btoken%7D&kind=Activity", b"--x\r\n", BYTES).decode(
            errors="replace"
        )
    return Asked(method, "/" + path.lstrip("/"), fields, _headers(rng), body).to_input()


def _change_fields(rng: Random, fields: list[list[str]], spare: list[list[str]]) -> None:
    word = rng.choice((*COMMON, *VALUES, *VALUES))
    if not fields:
        fields.append([rng.choice(FIELDS), word])
    place = rng.randrange(len(fields))
    match rng.randrange(9):
        case 0 | 1 | 2:
            fields[place][1] = word
        case 3:
            fields[place][0] = rng.choice(FIELDS)
        case 4:
            del fields[place]
        case 5:
            fields.insert(place, [fields[place][0], word])
        case 6:
            fields.append(list(rng.choice(spare)) if spare else [word, word])
        case 7:
            fields.append([rng.choice(FIELDS), word])
        case _:
            fields[place:place] = [list(fields[place])] * rng.choice((2, 30, 2_100))


def _headers(rng: Random) -> list[list[str]]:
    return [list(rng.choice(_HEADERS)) for _ in range(rng.choice((0, 0, 0, 1, 2)))]


def change_request(rng: Random, samples: Sequence[Input]) -> Input:
    """Return a changed query, sent in a way that the protocol allows or in one that it forbids."""
    query, other = rng.choice(samples).data, rng.choice(samples).data
    changes = (_change_query, _change_query, _change_query, *BYTES)
    times = rng.choice((0, 1, 1, 1, 2))
    text = changed(rng, query, other, changes, times).decode(errors="replace")
    fields = [["query", text]]
    method, body, headers = rng.choice(("GET", "POST", "POST")), None, _headers(rng)
    if method == "POST" and rng.random() < 0.5:
        fields, body = [], text
        headers.insert(0, ["content-type", "application/sparql-query"])
    if rng.random() < 0.1:
        name = rng.choice(
            ("default-graph-uri", "named-graph-uri", "update", "query", "graph", "default")
        )
        fields.append([name, rng.choice((*COMMON, *VALUES))])
    path = "/sparql"
    if rng.random() < 0.05:
        path, method = rng.choice(("/graphs", "/graphs/x", "/sparql/")), rng.choice(_METHODS)
    return Asked(method, path, fields, headers, body).to_input()
