"""Measurements as they may arrive from another machine, honest and hostile."""

import json
from typing import Any

SCRIPT = "<script>alert(1)</script>"
IMAGE = "![seen](https://stranger.example/seen.png)"


def measurements(text: str = "Example CPU", **changes: Any) -> dict[str, Any]:
    """A document of the laboratory's format. ``text`` stands wherever free text is allowed."""
    side = {"median": 4.5, "low": 4.3, "high": 4.9, "launches": 6}
    result = {
        "probe": "cnn",
        "track": "matched",
        "metric": "steady-step",
        "unit": "ms",
        "tensorflow": side,
        "pytorch": side,
        "ratio": 0.36,
        "interval": [0.34, 0.4],
        "verdict": "tensorflow",
        "reason": text,
        "certificate": {"granted": False, "reason": text},
    }
    machine = {
        "id": "0123",
        "system": text,
        "system_version": "6",
        "architecture": "x86_64",
        "cpu": text,
        "cores_total": 2,
        "cores_usable": 2,
        "memory_total": 2**33,
        "memory_usable": 2**33,
        "python": "3.11",
    }
    document = {
        "id": "other-machine",
        "started": "2026-11-20T10:00:00+00:00",
        "seconds": 40,
        "plan": text if text != "Example CPU" else "quick",
        "command": "python -m probes run --plan quick",
        "status": "finished",
        "machine": machine,
        "versions": {"tensorflow": text, "pytorch": "2.13.0"},
        "ledger": [{"item": "threads", "tensorflow": text, "pytorch": "2", "equal": False}],
        "results": [result, result | {"verdict": "withheld", "metric": text, "unit": text}],
        "failures": [{"probe": text, "framework": "pytorch", "kind": "crash", "message": text}],
    }
    return document | changes


def as_file(document: object) -> bytes:
    return json.dumps(document).encode()
