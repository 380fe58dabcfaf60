"""The running app in headless Chromium: a real server, real pages, real training."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, expect, sync_playwright

HOUSE = Path(__file__).parents[2]
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
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, started as the README says, with an empty data folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    environment = os.environ | {"TENSOR_OR_TORCH_DATA": str(tmp_path_factory.mktemp("data"))}
    environment.pop("TENSOR_OR_TORCH_DATABASE", None)
    with log.open("wb") as output:
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        options = ["--server.port", str(port), "--server.headless", "true"]
        process = subprocess.Popen(
            [*command, *options], cwd=HOUSE, env=environment, stdout=output, stderr=output
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium: the one of the system, else the one that Playwright installed."""
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, server: str) -> Iterator[OpenPage]:
    """Opens a page in a new tab of its own session: ``open_page("rules?rule=x", locale="ja")``."""
    contexts = []

    def start(
        path: str = "",
        locale: str = "en-US",
        width: int = 1300,
        height: int = 900,
        theme: Literal["light", "dark"] = "light",
    ) -> Page:
        context = chromium.new_context(
            locale=locale,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{server}/{path}")
        page.locator(".st-key-sheet h1").first.wait_for()
        return page

    yield start
    for context in contexts:
        context.close()


def _launch(playwright: Playwright) -> Browser:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        return playwright.chromium.launch(executable_path=found, args=FLAGS)
    except Error as error:
        pytest.skip(f"no Chromium: install one, or run `playwright install chromium` ({error.message[:80]})")


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2)
            return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"the server did not start:\n{log.read_text()[-2000:]}")
