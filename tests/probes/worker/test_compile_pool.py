"""Inductor's own pool of compiling processes, which it starts for a GPU, ends with the worker that has it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from run_worker import CATALOG, ROOT

from probes.environment import worker_environment
from probes.supervise import Event, Limits, Outcome, launch

pytestmark = [
    pytest.mark.frameworks,
    pytest.mark.skipif(os.name != "posix", reason="follows processes by their groups"),
]

POOL = """

def build(weights, parameters):
    import time

    from torch._inductor.compile_worker.subproc_pool import SubprocPool

    pool = SubprocPool(2)
    for _ in range(2):
        pool.submit(time.sleep, 600)
    time.sleep(600)
"""
PARENT = """
import sys
sys.path[:0] = [{root!r}, {here!r}]
from pathlib import Path
from test_compile_pool import compiling
compiling(Path({folder!r}), lambda event: print(event.get("pid") or "", flush=True))
"""
MEMBERS = 3  # the pool's process and its two workers


def compiling(
    folder: Path, on_event: Callable[[Event], None], cancelled: Callable[[], bool] = lambda: False
) -> Outcome:
    """A worker that compiles for ever."""
    task = {"kind": "parity", "probe": "linear_regression", "track": "matched", "folder": str(folder)}
    return launch(
        [sys.executable, "-m", "probes.worker", "--framework", "pytorch"],
        {"framework": "pytorch", "launch": 0, "seed": 1, "threads": 1, "device": "cpu", "tasks": [task]},
        framework="pytorch",
        environment=worker_environment("pytorch", code=ROOT, scratch=folder, threads=1),
        folder=folder,
        limits=Limits(120, 2**34),
        on_event=on_event,
        cancelled=cancelled,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A probe whose model is never built: its builder starts the pool and waits."""
    probe = tmp_path / "linear_regression"
    shutil.copytree(CATALOG / "linear_regression", probe, ignore=shutil.ignore_patterns("__pycache__"))
    with (probe / "with_torch.py").open("a", encoding="utf-8") as side:
        side.write(POOL)
    return probe


def family(worker: int) -> list[psutil.Process]:
    return psutil.Process(worker).children(recursive=True)


def running(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def all_gone(processes: list[psutil.Process], seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while running(processes) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not running(processes)


def test_cancel_ends_the_pool(folder: Path) -> None:
    workers: list[int] = []
    seen: list[psutil.Process] = []

    def cancelled() -> bool:
        if workers and len(found := family(workers[0])) >= MEMBERS:
            seen[:] = found
        return bool(seen)

    def heard(event: Event) -> None:
        if event["event"] == "started":
            workers.append(event["pid"])

    outcome = compiling(folder, heard, cancelled)
    assert outcome.failure is not None
    assert outcome.failure.kind == "cancelled"
    assert len(seen) >= MEMBERS
    assert all_gone(seen)


def test_death_of_the_parent_ends_the_pool(folder: Path) -> None:
    code = PARENT.format(root=str(ROOT), here=str(Path(__file__).parent), folder=str(folder))
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    deadline = time.monotonic() + 60
    while len(seen := family(worker)) < MEMBERS:
        assert time.monotonic() < deadline, "the pool did not start"
        time.sleep(0.1)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert all_gone([*seen])
