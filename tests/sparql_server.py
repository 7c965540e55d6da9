"""SPARQL servers for tests: Oxigraph's own, and a stand-in that can answer as wrong ones do."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pyoxigraph as ox

from metrograph.store.wire import Addresses, Wire

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
ADDRESSES = Addresses("http://x.example/query", "http://x.example/update", "http://x.example/store")


@contextmanager
def oxigraph() -> Iterator[str]:
    """Run Oxigraph's server on this computer, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(OXIGRAPH), "serve", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(600):
                try:
                    httpx.get(f"{address}/query", timeout=1)
                    break
                except httpx.TransportError:
                    time.sleep(0.05)  # until it listens
            yield address
        finally:
            server.terminate()


@dataclass
class StandIn:
    """A server in this process, with a fault: what Virtuoso 7.2.5 was seen to do, and more."""

    fault: str = ""
    store: ox.Store = field(default_factory=ox.Store)
    asked: int = 0

    def wire(self, **more: str) -> Wire:
        """Return a connection to it."""
        return Wire(ADDRESSES, transport=httpx.MockTransport(self._answer), **more)  # type: ignore[arg-type]  # credentials alone

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        path = urlsplit(str(request.url)).path
        if path == "/store":
            return self._graph(request)
        form = parse_qs(request.read().decode())
        if path == "/update":
            if self.fault == "full":
                return httpx.Response(507, text="no space left")
            self.store.update(form["update"][0])
            return httpx.Response(204)
        return self._query(form)

    def _graph(self, request: httpx.Request) -> httpx.Response:
        graph = ox.NamedNode(request.url.params["graph"])
        if request.method in ("PUT", "DELETE"):
            self.store.clear_graph(graph)
        if request.method != "DELETE":
            content = request.read()
            if self.fault == "loses what is sent":
                content = content[: content.rfind(b"\n", 0, len(content) // 2) + 1]
            self.store.load(content, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
        return httpx.Response(204)

    def _query(self, form: dict[str, list[str]]) -> httpx.Response:
        text = form["query"][0]
        if self.fault == "a compile error" and "COALESCE" in text:
            return httpx.Response(500, text="SP031: SPARQL compiler: internal error")
        graphs: list[Any] = [ox.NamedNode(name) for name in form.get("default-graph-uri", [])]
        named: list[Any] = [ox.NamedNode(name) for name in form.get("named-graph-uri", [])]
        try:
            answer = self.store.query(
                text, default_graph=graphs or None, named_graphs=named or None
            )
        except SyntaxError as error:
            return httpx.Response(400, text=str(error))
        if isinstance(answer, ox.QueryTriples):
            body = answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
            return httpx.Response(
                200, content=body, headers={"Content-Type": "application/n-triples"}
            )
        body = answer.serialize(format=ox.QueryResultsFormat.JSON) or b""
        kind = {"Content-Type": "application/sparql-results+json"}
        content = body[:-30] if self.fault == "cut" else self._spoiled(body)
        if self.fault == "HTML":
            content, kind = b"<html>Welcome</html>", {"Content-Type": "text/html"}
        return httpx.Response(206 if self.fault == "206" else 200, content=content, headers=kind)

    def _spoiled(self, body: bytes) -> bytes:
        values = json.loads(body)
        rows = values.get("results", {}).get("bindings", [])
        if self.fault == "rows dropped" and len(rows) > 3:
            del rows[-1]
        for term in (term for row in rows for term in row.values()):
            if self.fault == "IRIs as literals" and term["type"] == "uri":
                term["type"] = "literal"
            if self.fault == "booleans as numbers" and term.get("datatype", "").endswith("boolean"):
                term.update(value=str(int(term["value"] == "true")), datatype=f"{_XSD}integer")
        return json.dumps(values).encode()


_XSD = "http://www.w3.org/2001/XMLSchema#"
