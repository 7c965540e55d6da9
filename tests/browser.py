"""Plans in, the explorer in a real browser out: served plans, Chromium, and its complaints."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

from metrograph.messages import FOLDER

LANGUAGES = ("en", "fr", "es")
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
_QUIET = (  # no sandbox, as tests often run as root; and nothing that asks the network on its own
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass(frozen=True)
class Served:
    """A running explorer: its address, without the last slash, and the plan's folder."""

    address: str
    folder: Path | None


@dataclass
class Noted:
    """What a page asked for, and what it complained about, while it was watched."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forget what was noted."""
        self.requests.clear()
        self.complaints.clear()


def chromium() -> str | None:
    """Return where Chromium is, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@contextmanager
def browsing(executable: str) -> Iterator[Browser]:
    """Run Chromium, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_QUIET)
        yield browser
        browser.close()


@contextmanager
def serving(folder: Path | None = None, *options: str) -> Iterator[Served]:
    """Run `metrograph serve` on a free port as a person would, and end it."""
    where = ("--graph", str(folder)) if folder else ()
    process = subprocess.Popen(
        [sys.executable, "-m", "metrograph", "serve", "--port", "0", *where, *options],
        env={**os.environ},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        yield Served(_address(process), folder)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _address(process: "subprocess.Popen[str]") -> str:
    """Return the address that a server says it is at."""
    said = []
    for line in process.stderr or ():
        said.append(line)
        if found := re.search(r"http://[\w.]+:\d+", line):
            return found.group()
    raise AssertionError(f"The server did not start: {''.join(said)}")


def watched(page: Page) -> Noted:
    """Note from now on all that a page asks for, and every error in its console."""
    noted = Noted()

    def heard(message: ConsoleMessage) -> None:
        # that a page itself has the status 404 is no fault in it
        its_status = (
            message.text.startswith("Failed to load resource")
            and message.location.get("url") == page.url
        )
        if message.type in ("error", "warning") and not its_status:
            noted.complaints.append(message.text)

    def asked(request: Request) -> None:
        noted.requests.append(request.url)

    page.on("console", heard)
    page.on("pageerror", lambda error: noted.complaints.append(str(error)))
    page.on("request", asked)
    return noted


@cache
def english(lang: str) -> tuple[str, ...]:
    """Return the phrases of the pages that read otherwise in a language than in English."""
    if lang == "en":
        return ()
    with (FOLDER / f"{lang}.po").open("rb") as file:
        catalogue = read_po(file, locale=lang)
    return tuple(
        one.id
        for one in catalogue
        if isinstance(one.id, str) and isinstance(one.string, str) and not one.context
        if " " in one.id and "%(" not in one.id and one.id not in one.string
    )


def overflow(page: Page) -> str:
    """Return what sticks out of a page to the side, or nothing."""
    found: str = page.evaluate(
        """() => {
          if (document.documentElement.scrollWidth <= innerWidth) return "";
          const scrolls = (one) => {
            for (let at = one.parentElement; at && at !== document.body; at = at.parentElement)
              if (getComputedStyle(at).overflowX !== "visible") return true;
            return false;
          };
          const wide = [...document.body.querySelectorAll("*")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !scrolls(one))
            .slice(0, 3).map((one) => one.outerHTML.slice(0, 150));
          return `${document.documentElement.scrollWidth} > ${innerWidth}: ${wide.join(" | ")}`;
        }"""
    )
    return found


def matrix_of(page: Page) -> list[list[str]]:
    """Return what the squares of a matrix show, row by row: a number or a word; totals last."""
    found: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll("table.matrix tbody tr")].map((row) =>
          [...row.querySelectorAll("td")].map((one) =>
            one.querySelector("b, .word").textContent.trim()))"""
    )
    return found


def focused(page: Page, selector: str, most: int = 120) -> bool:
    """Press Tab until the focus is on what a selector names; return whether it came there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(what) => document.activeElement.matches(what)", selector):
            return True
    return False


def focus_shows(page: Page) -> bool:
    """Return whether the focus can be seen: an outline, around something within the window."""
    found: bool = page.evaluate(
        """() => {
          const one = document.activeElement, style = getComputedStyle(one);
          const box = one.getBoundingClientRect();
          const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
          return outlined && box.width > 1 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth;
        }"""
    )
    return found
