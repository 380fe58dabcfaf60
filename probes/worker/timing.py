"""The figures of one probe on one track: build, first step, compile, steady step, memory, time to target."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple, Protocol

import numpy as np

from probes.contract import Framework
from probes.worker import memory
from probes.worker.folder import Probe
from probes.worker.job import Task
from probes.worker.modes import Mode, mode_for
from probes.worker.plan import Reading, Target, measuring_plan
from probes.worker.seam import Seam, Trainer


class Used(NamedTuple):
    """What the process has used so far: seconds, processor seconds of all threads, and fetched memory."""

    seconds: float
    processor: float
    fetching: memory.Fetching | None

    @classmethod
    def so_far(cls) -> "Used":
        return cls(perf_counter(), process_time(), memory.fetching())


class Report(Protocol):
    """Sends what was found on its way: ``emit(event, **fields)``."""

    def __call__(self, event: str, **fields: Any) -> None: ...


CACHE = "compile-cache"


@dataclass
class Finished:
    """What this launch has measured without compiling, to set compiling against it."""

    plain: dict[tuple[Any, ...], tuple[float, float]] = field(
        default_factory=dict
    )  # steady step, set-up; seconds


def run_timing(
    seam: Seam,
    probe: Probe,
    task: Task,
    mode: Mode,
    report: Report,
    finished: Finished,
    *,
    cache_kept: bool = False,
) -> None:
    """Measures and reports; leaves TF32 as the framework sets it.

    A kernel compiler that finds its work done in a cache has a figure of its own, and gives no first step and
    no time to the target: these are of a model that is new to the machine.
    """

    def note(key: str, value: Any) -> None:
        report("note", key=key, value=value)

    def sample(metric: str, value: float, unit: str, block: int = 0) -> None:
        report("sample", metric=metric, value=value, unit=unit, block=block)

    report("phase", phase="build")
    gc.collect()
    own_peak = memory.reset_peak()
    seam.reset_device_peak()
    seam.use_tf32(mode.tf32)
    try:
        start = perf_counter()
        trainer = seam.trainer(probe, mode)
        seam.synchronise()
        sample("build", perf_counter() - start, "s")
        report("ledger", items=_ledger(task, trainer))
        phases = _Phases(report, mode)
        reading = trainer.drive(measuring_plan(task.seconds, _target(probe, trainer.predict), phases.enter))
        until = Used.so_far()
    finally:
        seam.use_tf32(None)
    findings = trainer.findings()
    cached = mode.compiles and findings.get(CACHE, "warm" if cache_kept else "cold") == "warm"
    if cached:
        sample("compile-cached", reading.set_up, "s")
    else:
        sample("first-step", reading.first_step, "s")
        sample("compile", reading.set_up, "s")
    for block, value in enumerate(reading.steady):
        sample("steady-step", value * 1000, "ms", block)
    if (peak := memory.peak_mib()) is not None:
        sample("peak-memory", peak, "MiB")
        note("peak-memory-of", "this task" if own_peak else "the whole launch")
    if (device_peak := seam.device_peak_mib()) is not None:
        sample("peak-device-memory", device_peak, "MiB")
    if reading.to_accuracy is not None and not cached:
        sample("time-to-accuracy", reading.to_accuracy, "s")
    if reading.reached is not None:
        note("accuracy-reached", reading.reached)
        note("steps-to-accuracy", reading.steps_to_accuracy)
    note("settled", reading.settled)
    note("warm-up-steps", reading.warm_up_steps)
    note("block-steps", reading.block_steps)
    for key, value in phases.used(until, median(reading.steady)).items():
        note(key, value)
    for key, value in findings.items():
        note(key, value)
    own = f"{task.track}.{task.probe}"
    rows = {f"{own}.{key}": str(value) for key, value in findings.items() if key != CACHE}
    report("ledger", items=rows)  # the state of the cache is a launch's own, and stays a note
    paid = "break-even-steps-cached" if cached else "break-even-steps"
    _break_even(seam.framework, probe, mode, reading, lambda steps: note(paid, steps), finished)


def _ledger(task: Task, trainer: Trainer) -> dict[str, str]:
    own = f"{task.track}.{task.probe}"
    # The probes of a track run alike; a variant runs otherwise and must not overwrite their rows.
    shared = own if task.variant else task.track
    rows = {f"{shared}.{name}": value for name, value in trainer.settings.items()}
    return rows | {f"{own}.{name}": value for name, value in trainer.optimizer.items()}


class _Phases:
    """Announces phases and counts what the last one used, the measurement."""

    def __init__(self, report: Report, mode: Mode) -> None:
        self._report = report
        self._mode = mode
        self._start()

    def enter(self, phase: str) -> None:
        self._report("phase", phase="compile" if phase == "first-step" and self._mode.compiles else phase)
        self._start()

    def used(self, until: "Used", step: float) -> dict[str, float]:
        """Since the last phase began, as notes of steps that take ``step`` seconds each."""
        seconds = max(until.seconds - self._begun.seconds, 1e-9)
        processor = max(until.processor - self._begun.processor, 1e-9)
        notes = {"cores-used": round(processor / seconds, 2)}
        if until.fetching and self._begun.fetching:
            faults = until.fetching.page_faults - self._begun.fetching.page_faults
            system = until.fetching.system_seconds - self._begun.fetching.system_seconds
            notes["page-faults-per-step"] = round(faults / seconds * step, 1)
            notes["system-share"] = round(min(1.0, system / processor), 3)
        return notes

    def _start(self) -> None:
        self._begun = Used.so_far()


def _target(probe: Probe, predict: Callable[[Any], Any]) -> Target | None:
    level, truth = probe.spec.target_accuracy, probe.batches.evaluation_y
    if level is None or truth is None:
        return None

    def accuracy() -> float:
        return float(np.mean(predict(probe.batches.evaluation_x).argmax(axis=-1) == truth))

    return Target(level, epoch_steps=len(probe.batches.y), accuracy=accuracy)


def _break_even(
    framework: Framework,
    probe: Probe,
    mode: Mode,
    reading: Reading,
    tell: Callable[[int | None], None],
    finished: Finished,
) -> None:
    """Steps after which compiling has paid, against ``matched`` in the same launch; None means never."""
    key = (probe.spec.id, *sorted(probe.parameters.items()))
    steady = median(reading.steady)
    if mode == mode_for(framework, "matched", None):
        finished.plain[key] = (steady, reading.set_up)
    if not mode.compiles:
        return
    if key in finished.plain:
        plain_step, plain_set_up = finished.plain[key]
        gain = plain_step - steady
        tell(None if gain <= 0 else round(max(0.0, reading.set_up - plain_set_up) / gain))
