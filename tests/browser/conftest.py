"""Fixtures for tests that drive the chat page in a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from tests.browser.fake_server import FakeServer

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
MISSING = "no Chromium found: install it or set CHROMIUM to its path; NO BROWSER TEST HAS RUN"
PageFor = Callable[..., Page]


def pytest_configure(config: pytest.Config) -> None:
    """Makes the mark known also when this folder is run by itself."""
    config.addinivalue_line("markers", "browser: drives the chat page in a real Chromium")


def _find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    if Path("/usr/bin/chromium").is_file():
        return "/usr/bin/chromium"
    return shutil.which("chromium") or shutil.which("google-chrome")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says aloud that browser tests were skipped."""
    if any(MISSING in str(report.longrepr) for report in terminalreporter.getreports("skipped")):
        terminalreporter.write_sep("!", MISSING, red=True, bold=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser; in CI its absence is a failure, elsewhere a loud skip."""
    path = _find_chromium()
    if path:
        return path
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(MISSING, pytrace=False)
    pytest.skip(MISSING)


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str, browser_type_launch_args: dict) -> dict:
    """Starts the system's Chromium, quiet on the network."""
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_ARGS}


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    """A fresh stand-in server for each test."""
    with FakeServer() as server:
        yield server


class _Watch:
    """Notes what no chat page may do: call another host, break the CSP, throw."""

    def __init__(self) -> None:
        self.wrongs: list[str] = []

    def over(self, page: Page, url: str, hosts: set[str]) -> None:
        known = {urlsplit(url).netloc, *hosts}

        def on_request(request: Request) -> None:
            parts = urlsplit(request.url)
            if parts.netloc not in known and parts.scheme != "blob":
                self.wrongs.append(f"request to another host: {request.url}")

        def on_console(message: ConsoleMessage) -> None:
            # A refused connection also lands here and is wanted in some tests.
            if "Content Security Policy" in message.text or "Error" in message.text:
                self.wrongs.append(f"console: {message.text}")

        page.on("request", on_request)
        page.on("console", on_console)
        page.on("pageerror", lambda error: self.wrongs.append(f"uncaught: {error}"))


@pytest.fixture
def page_for(new_context: Callable[..., BrowserContext]) -> Iterator[PageFor]:
    """A function that opens an address in a fresh window: ``page_for(url, width=360, ...)``.

    ``width`` and ``height`` are CSS pixels, ``scheme`` is ``light`` or ``dark``, ``hosts`` are
    known beside the page's own; other keywords go to the browser context. The test fails at its end if a page called another host, broke its
    content security policy or threw an error.
    """
    watch = _Watch()

    def open_page(
        url: str,
        *,
        width: int = 360,
        height: int = 740,
        scheme: str = "light",
        hosts: set[str] | None = None,
        **context: Any,
    ) -> Page:
        window = new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            **context,
        )
        page = window.new_page()
        page.set_default_timeout(8_000)
        watch.over(page, url, hosts or set())
        page.goto(url)
        return page

    yield open_page
    assert not watch.wrongs, "\n".join(watch.wrongs)
