"""Runs a real worker as its parent does: a job in, its events out."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from probes.contract import Framework

ROOT = Path(__file__).parents[3]
CATALOG = ROOT / "probes" / "catalog"
PROBES = ("linear_regression", "mlp", "cnn", "lstm", "transformer", "gnn", "digits")
EXAMPLE_CATALOG = ROOT / "tests" / "probes" / "catalog" / "example_catalog"


def run_worker(
    framework: Framework,
    tasks: Iterable[Mapping[str, Any]] = (),
    *,
    catalog: Path = CATALOG,
    environment: Mapping[str, str] | None = None,
    **fields: Any,
) -> list[dict[str, Any]]:
    """Every event of one launch with seed 1 on the CPU; one thread, which a busy machine slows down least."""
    placed = [{"folder": str(catalog / task["probe"]), **task} if "probe" in task else task for task in tasks]
    job = {"framework": framework, "seed": 1, "threads": 1, "device": "cpu", "tasks": placed, **fields}
    process = subprocess.Popen(
        [sys.executable, "-m", "probes.worker", "--framework", framework],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(job) + "\n")
    process.stdin.flush()  # and the line stays open: closing it would end the worker
    events = [json.loads(line) for line in process.stdout]
    process.wait(timeout=60)
    process.stdin.close()
    process.stdout.close()
    return events


def failures(events: Iterable[Mapping[str, Any]]) -> list[str]:
    """What went wrong, in the worker's words."""
    return [f"{event['probe']}: {event['message']}" for event in events if event["event"] == "task-failed"]
