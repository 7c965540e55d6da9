"""The explorer in tests: a site in, a client that asks it as a browser would out."""

import html
import re
from pathlib import Path

from starlette.testclient import TestClient

from metrograph.web.app import application
from metrograph.web.site import Site

NAME = "testserver"
LANGUAGES = ("en", "fr", "es")


def client(
    folder: Path | None,
    cache: Path,
    edits: bool = False,
    token: str | None = None,
    shares: bool = False,
) -> TestClient:
    """Return a client of the explorer of a plan folder (None: the shipped plan)."""
    # a busy machine may take long to read changed files, and a test waits for them
    site = Site(folder, cache=cache, edits=edits, token=token, patience=600.0)
    return TestClient(application(site, frozenset({NAME}), shares), follow_redirects=False)


def words(page: str) -> str:
    """Return the words of a page, without tags, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field of a form."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return html.unescape(found[1])


def links(page: str) -> list[str]:
    """Return where the links of a page lead."""
    return [html.unescape(one) for one in re.findall(r'<a [^>]*href="([^"]*)"', page)]
