"""A server of its own for a benchmark of the pages, and the browser that looks at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
from playwright.sync_api import Browser, sync_playwright

HOUSE = Path(__file__).parents[2]
APP = HOUSE / "app.py"
BARE = 'import streamlit as st\n\nst.radio("Question", ["One", "Two"], index=None)\n'
BROWSER_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


@dataclass(frozen=True)
class Server:
    """A running server; ``started`` is the monotonic time just before its process began."""

    port: int
    process: psutil.Process
    started: float

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def processor_seconds(self) -> float:
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def serving(script: Path, data: Path) -> Iterator[Server]:
    """Serve a script until the block ends; measurements and history lie in ``data``."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    command += ["--server.headless=true", "--server.fileWatcherType=none", "--server.address=127.0.0.1"]
    command += ["--browser.gatherUsageStats=false", "--global.developmentMode=false"]
    settings = os.environ | {"TENSOR_OR_TORCH_DATA": str(data), "TENSOR_OR_TORCH_DATABASE": ""}
    data.mkdir(parents=True, exist_ok=True)
    with (data / "server.log").open("wb") as log:
        started = time.monotonic()
        process = subprocess.Popen(command, cwd=script.parent, env=settings, stdout=log, stderr=log)
        try:
            _await_health(port, process)
            yield Server(port, psutil.Process(process.pid), started)
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Headless Chromium: the system's, else Playwright's own."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=found, args=list(BROWSER_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def load() -> float:
    """How many programs wanted a core during the last minute, per core."""
    return round(psutil.getloadavg()[0] / (psutil.cpu_count() or 1), 2)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await_health(port: int, process: subprocess.Popen[bytes], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.01)
    raise TimeoutError("the server did not start")
