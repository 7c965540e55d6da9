"""Negotiates media types, and answers with data that caches and other sites can use."""

import io
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from metrograph.late import late
from metrograph.vocabulary import PREFIXES as KNOWN

if TYPE_CHECKING:
    from werkzeug import datastructures, http
else:
    datastructures, http = late("werkzeug.datastructures"), late("werkzeug.http")

GRAPH_FORMS: Mapping[str, str] = {  # the ending of a file name, and the media type
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
PREFIXES = {
    **KNOWN,
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
}


def negotiated(accept: str | None, offered: Iterable[str]) -> str | None:
    """Return the media type that an Accept header wants most of those offered, or none.

    Equally wanted ones go by the order of `offered`; no header, or an empty one, wants the first
    (RFC 9110, section 12.5.1). Parameters such as a profile or charset make no difference.

    >>> negotiated("text/html;q=0.5, application/*", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    """
    offered = list(offered)
    if not (accept or "").strip():
        return offered[0]
    wanted = (
        (kind.partition(";")[0].strip(), quality)
        for kind, quality in http.parse_accept_header(accept, datastructures.MIMEAccept)
    )
    return datastructures.MIMEAccept(wanted).best_match(offered)


def chosen(request: Request, offered: Iterable[str]) -> str:
    """Return the media type that a request wants most, or raise the error 406."""
    offered = list(offered)
    best = negotiated(request.headers.get("accept"), offered)
    if best is None:
        raise HTTPException(406, not_offered(offered))
    return best


def not_offered(offered: Iterable[str]) -> str:
    """Return the sentence of a 406, which lists what there is (RFC 9110, section 15.5.7)."""
    return f"None of the forms in the Accept header is given. There are: {', '.join(offered)}."


def refusal(error: HTTPException) -> Response:
    """Return an error as a program reads it best: its sentence as plain text."""
    headers = {"Vary": "Accept", **(error.headers or {})}
    return PlainTextResponse(error.detail + "\n", error.status_code, headers)


def reply(
    request: Request, tag: str, media_type: str, body: Callable[[], bytes | Iterator[bytes]]
) -> Response:
    """Return data in a media type, or 304 where the asker has it (RFC 9110, section 13.1.2).

    `tag` says which state of the data it is. `body` is called only where the data is wanted.
    """
    etag = f"{tag[:32]}.{media_type.rpartition('/')[2]}"  # weak: prefixes may change their order
    # The plan may be edited at any time, so a kept copy is asked after before each use.
    headers = {"ETag": f'W/"{etag}"', "Vary": "Accept", "Cache-Control": "no-cache"}
    held = http.parse_etags(request.headers.get("if-none-match"))
    if held.contains_weak(etag):  # or is *
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":  # as a stream of nothing, which states no wrong length
        return StreamingResponse(iter(()), headers=headers, media_type=media_type)
    content = body()
    if isinstance(content, bytes):
        return Response(content, headers=headers, media_type=media_type)
    return StreamingResponse(content, headers=headers, media_type=media_type)


def base_url(request: Request) -> str:
    """Return the address of this server as the request names it, with a slash at its end.

    Raises the error 400 for a Host header that cannot stand in an IRI; newer
    Starlettes pass over such a one themselves.
    """
    try:
        return ox.NamedNode(str(request.base_url)).value
    except ValueError:
        raise HTTPException(400, "The Host header is not the name of a host.") from None


def written(triples: Iterable[ox.Triple], media_type: str, first: Container[str] = ()) -> bytes:
    """Return triples in a media type of `GRAPH_FORMS`, each once, in a fixed order.

    The statements about the records `first` (IRIs) stand before the rest.
    """
    form = ox.RdfFormat.from_media_type(media_type)
    ordered = sorted(
        set(triples), key=lambda triple: (_name(triple.subject) not in first, str(triple))
    )
    used = " ".join({str(term) for triple in ordered for term in triple})
    prefixes = {prefix: start for prefix, start in PREFIXES.items() if f"<{start}" in used}
    out = io.BytesIO()
    ox.serialize(ordered, out, form, prefixes=prefixes)
    return out.getvalue()


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
