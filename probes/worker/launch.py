"""One launch: import the framework, say what is seen, do the tasks, and turn every failure into a result."""

import os
import platform
from time import perf_counter
from typing import Any, Literal

import numpy as np

from probes.contract import SIDES, ContractError, Framework
from probes.worker import environment, with_keras_bridge
from probes.worker.channel import Channel
from probes.worker.folder import Probe, load_probe
from probes.worker.isolation import OPTIONAL_TO_KERAS, without
from probes.worker.job import Job, Task
from probes.worker.modes import mode_for
from probes.worker.parity import contribute
from probes.worker.seam import DeviceMissingError, EnvironmentMissingError, Seam
from probes.worker.selftest import run_self_tests
from probes.worker.timing import Finished, Report, run_timing

PRINTED_DRAWS = 2

FailureKind = Literal["crash", "out-of-memory", "broken"]


def run_job(job: Job, channel: Channel) -> None:
    """Does the whole job. An exception that leaves here is a framework that can't be imported."""
    environment.set_up(job.framework, job.threads, job.device)
    with without(*OPTIONAL_TO_KERAS) as hidden:
        start = perf_counter()
        seam = open_seam(job.framework)
        import_seconds = perf_counter() - start
    seen = {
        "framework": job.framework,
        "pid": os.getpid(),
        "python": platform.python_version(),
        **seam.sight(),
    }
    channel.emit("started", import_seconds=import_seconds, **seen)
    if job.look:
        channel.emit("finished")
        return
    missing: DeviceMissingError | None = None
    try:
        seam.prepare(job.threads, job.device)
        rows = {"version": str(seen["version"]), "build": str(seen["build"]), "python": str(seen["python"])}
        rows |= {"numpy": np.__version__, "environment": environment.told(), **seam.ledger()}
        rows["hidden-at-import"] = ", ".join(hidden) or "nothing"
        channel.emit("ledger", items=rows)
    except DeviceMissingError as error:
        missing = error
    finished = Finished()
    for task in job.tasks:
        try:
            if missing:
                raise missing
            run_task(seam, job, task, channel, finished)
        except Exception as error:  # whatever a probe or a framework raises is a result with its reason
            about = {"probe": task.probe, "track": task.track, "variant": task.variant, "task": task.kind}
            channel.emit("task-failed", kind=failure_kind(seam, error), message=told(error), **about)
        seam.clear()
    channel.emit("finished")


def run_task(seam: Seam, job: Job, task: Task, channel: Channel, finished: Finished) -> None:
    """One task; raises whatever goes wrong."""

    def report(event: str, **fields: Any) -> None:
        channel.emit(event, probe=task.probe, track=task.track, variant=task.variant, **fields)

    if task.kind == "self-test":
        report("phase", phase="self-test")
        run_self_tests(seam, lambda key, value: report("note", key=key, value=value))
        return
    if task.kind == "compiler":
        if (seconds := seam.prepare_compiler()) is not None:
            channel.emit(
                "ledger", items={"compiler-header": f"built before any clock ran, in {seconds:.1f} s"}
            )
        return
    assert task.folder is not None  # the job was checked
    mode = mode_for(job.framework, task.track, task.variant)
    bridge = job.framework == "pytorch" and mode.execution == "fit"
    if bridge:  # before any clock runs, and before the probe's side imports it
        with_keras_bridge.load_keras()
    probe = load_probe(task.folder, SIDES["tensorflow"] if bridge else seam.side, task.parameters, job.seed)
    if task.kind == "parity":
        report("phase", phase="parity")
        found = contribute(seam, probe, task.difference)
        report("parity", **vars(found))
        _run_as_printed(job, probe, report)
        return
    run_timing(seam, probe, task, mode, report, finished, cache_kept=job.cache_kept)


def _run_as_printed(job: Job, probe: Probe, report: Report) -> None:
    """A published snippet beside the certificate, where no clock runs; several times, since it draws anew."""
    if probe.batches.printed is None or not hasattr(probe.side, "as_printed"):
        return
    report("phase", phase="as-printed")
    x, y = probe.batches.printed
    drawn = [probe.side.as_printed(x, y, job.seed + draw) for draw in range(PRINTED_DRAWS)]
    report("note", key="as-printed", value=drawn)
    if published := probe.spec.published.get(job.framework):
        report("note", key="published", value=dict(published))


def open_seam(framework: Framework) -> Seam:
    """Imports the framework, with what it loads late and every training script needs.

    That is Keras for TensorFlow, and for PyTorch the compiler front end that the first optimiser loads.
    """
    if framework == "tensorflow":
        import keras
        import tensorflow

        from probes.worker.with_tensorflow import TensorFlowSeam

        if not keras.__version__.startswith("3"):
            raise EnvironmentMissingError(f"Keras {keras.__version__} is installed; the probes need Keras 3")
        return TensorFlowSeam(tensorflow)
    import torch

    from probes.worker.with_torch import TorchSeam

    torch.optim.SGD([torch.zeros(1)])
    return TorchSeam(torch)


def failure_kind(seam: Seam, error: BaseException) -> FailureKind:
    """``out-of-memory`` of host or device, ``broken`` for something missing or a bad probe, or ``crash``."""
    if isinstance(error, MemoryError) or seam.ran_out_of_memory(error):
        return "out-of-memory"
    if isinstance(error, ContractError | DeviceMissingError | EnvironmentMissingError | ImportError):
        return "broken"
    return "crash"


def told(error: BaseException) -> str:
    """The kind of an error and its first lines."""
    lines = [line for line in str(error).splitlines() if line.strip()][:4]
    text = " ".join(lines)[:600]
    return (
        text
        if isinstance(error, ContractError | EnvironmentMissingError | DeviceMissingError)
        else (f"{type(error).__name__}: {text}" if text else type(error).__name__)
    )
