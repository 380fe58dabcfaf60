"""The order of a timing: first step, target accuracy, warm-up, blocks. Knows no framework and no clock.

A plan is a generator: it yields how many training steps to run next and is sent the seconds they took, read
after a device synchronisation. So one plan serves a plain loop and Keras ``fit``, which runs the loop itself.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from math import ceil
from statistics import median
from time import perf_counter
from typing import Any

from probes.worker.settling import is_level, settled_from

BLOCK_SECONDS = 0.1  # the shortest block whose time is kept
WARM_UP_BLOCK_SECONDS = 0.02
SINGLE_STEPS = 3  # steps timed one by one after the first: compilers may work there again
FEWEST_BLOCKS = 3
ACCURACY_SECONDS = 60.0  # after which the target counts as not reached


@dataclass(frozen=True)
class Reading:
    """What a plan found. Times in seconds; ``steady`` holds one figure per block, per step."""

    first_step: float
    set_up: float  # beyond the steady step, over the first step and the warm-up until it settled
    steady: tuple[float, ...]
    settled: bool
    warm_up_steps: int
    block_steps: int
    to_accuracy: float | None = None
    steps_to_accuracy: int | None = None
    reached: float | None = None


Plan = Generator[int, float, Reading]


@dataclass(frozen=True)
class Target:
    """A test accuracy to train to. ``accuracy`` is called between blocks, outside the clock."""

    level: float
    epoch_steps: int
    accuracy: Callable[[], float]


def measuring_plan(
    seconds: float, target: Target | None = None, announce: Callable[[str], object] = str
) -> Plan:
    """The plan that measures steady steps for about ``seconds``; the warm-up takes at most about as long."""
    announce("first-step")
    first_step = yield 1
    trained, elapsed, reached = 1, first_step, None
    while target and elapsed < ACCURACY_SECONDS:
        elapsed += yield target.epoch_steps
        trained += target.epoch_steps
        reached = target.accuracy()
        if reached >= target.level:
            break
    announce("warm-up")
    series: list[tuple[int, float]] = []  # steps, seconds
    count = 1
    while True:
        series.append((count, (yield count)))
        spent = sum(taken for _, taken in series)
        times = [taken / steps for steps, taken in series]
        # Only every fourth time: looking more often would find a level by chance.
        settled = len(times) >= 12 and len(times) % 4 == 0 and is_level(times[len(times) // 2 :])
        if settled or spent >= max(0.3, seconds) * (1 if len(times) >= 6 else 3):
            break
        if len(series) >= SINGLE_STEPS:
            count = max(1, ceil(WARM_UP_BLOCK_SECONDS / max(times[-1], 1e-9)))
    announce("measure")
    count = _steps_for(BLOCK_SECONDS, median(times[len(times) // 2 :]))
    blocks: list[float] = []
    while sum(blocks) < seconds or len(blocks) < FEWEST_BLOCKS:
        block = yield count
        blocks.append(block)
        if block < BLOCK_SECONDS:
            # Dropping the short ones alone would keep the slow ones: start anew with longer blocks.
            count, blocks = max(count + 1, _steps_for(BLOCK_SECONDS, block / count)), []
    steady = median(blocks) / count
    start = settled_from(times)
    unsettled = series[: len(series) if start is None else start]
    return Reading(
        first_step=first_step,
        set_up=max(0.0, first_step - steady)
        + sum(max(0.0, taken - steps * steady) for steps, taken in unsettled),
        steady=tuple(block / count for block in blocks),
        settled=settled and is_level(blocks) if len(blocks) >= 6 else settled,
        warm_up_steps=trained + sum(steps for steps, _ in series),
        block_steps=count,
        to_accuracy=elapsed if target and reached is not None and reached >= target.level else None,
        steps_to_accuracy=trained if target else None,
        reached=reached,
    )


def drive(
    plan: Plan,
    step: Callable[[Any, Any], object],
    batches: Iterator[tuple[Any, Any]],
    synchronise: Callable[[], None],
    clock: Callable[[], float] = perf_counter,
) -> Reading:
    """Runs a plan with a step function over endless ``batches``; the clock is read after ``synchronise``."""
    count = next(plan)
    while True:
        start = clock()
        for x, y in islice(batches, count):
            step(x, y)
        synchronise()
        taken = clock() - start
        try:
            count = plan.send(taken)
        except StopIteration as finished:
            return finished.value  # type: ignore[no-any-return]


def _steps_for(seconds: float, step: float) -> int:
    return max(1, ceil(1.4 * seconds / max(step, 1e-9)))
