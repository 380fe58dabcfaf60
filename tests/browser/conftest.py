"""The running app in headless Chromium: a real server, real pages, real training."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from app_server import Server, serving
from one_measurement import Run, measure
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, expect, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
OpenPage = Callable[..., Page]

expect.set_options(timeout=30_000)  # the first chart loads Plotly, and a busy machine takes its time


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app as it is delivered; one server for all tests that need nothing special."""
    with serving(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="session")
def server(app: Server) -> str:
    """The address of the app."""
    return app.address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium: the one of the system, else the one that Playwright installed."""
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def one_run(chromium: Browser, server: str) -> Run:
    """The one measurement that is carried through on the page, for every test that needs one."""
    return measure(chromium, server)


@pytest.fixture
def open_page(chromium: Browser, server: str) -> Iterator[OpenPage]:
    """Opens a page in a new tab of its own session: ``open_page("rules?rule=x", locale="ja")``.

    Whatever a test does, no page may ask another address than its server's, and no script of it may fail.
    """
    contexts: list[BrowserContext] = []
    asked: list[str] = []
    failed: list[str] = []

    def start(
        path: str = "",
        locale: str = "en-US",
        width: int = 1300,
        height: int = 900,
        theme: Literal["light", "dark"] = "light",
        at: str = server,
    ) -> Page:
        context = chromium.new_context(
            locale=locale,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            accept_downloads=True,
        )
        contexts.append(context)
        context.on("request", lambda request: asked.append(request.url))
        context.on("weberror", lambda found: failed.append(str(found.error)))
        context.on("page", lambda tab: tab.on("websocket", lambda socket: asked.append(socket.url)))
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{at}/{path}")
        page.locator(".st-key-sheet h1").first.wait_for()
        return page

    yield start
    for context in contexts:
        context.close()
    assert {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))} <= {
        "127.0.0.1"
    }
    assert not failed


def _launch(playwright: Playwright) -> Browser:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        return playwright.chromium.launch(executable_path=found, args=FLAGS)
    except Error as error:
        pytest.skip(f"no Chromium: install one, or run `playwright install chromium` ({error.message[:80]})")
