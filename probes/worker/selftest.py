"""The harness measures itself: a sleep, an empty step, a known allocation, and a clock that does not wait."""

from collections.abc import Callable
from itertools import repeat
from statistics import median
from time import perf_counter, sleep
from typing import Any

import numpy as np

from probes.worker import memory
from probes.worker.plan import drive, measuring_plan
from probes.worker.seam import Seam

SLEEP_SECONDS = 0.02
ALLOCATED_MIB = 128
EMPTY_STEP_LIMIT = 20e-6  # seconds: 2 % of a step of one millisecond
SHARE_SEEN_LIMIT = 0.9
"""On an accelerator, a clock that does not wait must see less than this share of the time."""


def run_self_tests(seam: Seam, note: Callable[[str, Any], None]) -> None:
    """Each finding is a note: ``expected``, ``measured``, ``unit``, ``passed``."""
    note("sleep", _sleep())
    note("empty-step", _empty_step())
    note("allocation", _allocation())
    note("without-synchronisation", _unsynchronised(seam))


def _sleep() -> dict[str, Any]:
    reading = drive(
        measuring_plan(0.3), lambda x, y: sleep(SLEEP_SECONDS), repeat((None, None)), lambda: None
    )
    measured = median(reading.steady)
    # A sleep may oversleep on a busy machine but never undersleep.
    return _finding(SLEEP_SECONDS * 1e3, measured * 1e3, "ms", 1 <= measured / SLEEP_SECONDS < 1.1)


def _empty_step() -> dict[str, Any]:
    reading = drive(measuring_plan(0.3), lambda x, y: None, repeat((None, None)), lambda: None)
    measured = median(reading.steady)
    return _finding(0.0, measured * 1e6, "us", measured < EMPTY_STEP_LIMIT)


def _allocation() -> dict[str, Any]:
    memory.reset_peak()
    before = memory.peak_mib()
    if before is None:
        return _finding(ALLOCATED_MIB, None, "MiB", False)
    held = np.ones(ALLOCATED_MIB * 2**17)  # 8 bytes each; written to, so that they are resident
    measured = (memory.peak_mib() or 0.0) - before
    del held
    return _finding(ALLOCATED_MIB, measured, "MiB", abs(measured / ALLOCATED_MIB - 1) < 0.1)


def _unsynchronised(seam: Seam) -> dict[str, Any]:
    """The same matrix products with the clock read at once, and read after the device has finished."""
    work = seam.heavy_work()
    work()
    seam.synchronise()
    start = perf_counter()
    for _ in range(3):
        work()
    hasty = perf_counter() - start
    seam.synchronise()
    right = perf_counter() - start
    share = hasty / right
    passed = seam.device == "cpu" or share < SHARE_SEEN_LIMIT
    return _finding(right * 1e3, hasty * 1e3, "ms", passed) | {"share-seen": share}


def _finding(expected: float, measured: float | None, unit: str, passed: bool) -> dict[str, Any]:
    return {"expected": expected, "measured": measured, "unit": unit, "passed": passed}
