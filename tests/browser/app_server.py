"""A server of the app with a data folder of its own, started as the README says."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]


@dataclass(frozen=True)
class Server:
    """A running server: its address without a slash at the end, and its process."""

    address: str
    process: int


@contextmanager
def serving(folder: Path, script: str = "app.py", **environment: str) -> Iterator[Server]:
    """Serve the app until the block ends; measurements and history lie in ``folder``, which is empty."""
    port = _free_port()
    own = {"TENSOR_OR_TORCH_DATA": str(folder / "data"), "TENSOR_OR_TORCH_QUEUE": str(folder / "data")}
    settings = os.environ | own | environment
    settings.pop("TENSOR_OR_TORCH_DATABASE", None)
    log = folder / "log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "streamlit", "run", script]
        options = ["--server.port", str(port), "--server.headless", "true"]
        process = subprocess.Popen(
            [*command, *options], cwd=HOUSE, env=settings, stdout=output, stderr=output
        )
    try:
        _wait(port, process, log)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2)
            return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"the server did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")
