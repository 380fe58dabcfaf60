"""Training in PyTorch: the parity trajectory, and the steps of every mode."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from itertools import cycle, islice
from time import perf_counter
from typing import Any

import numpy as np
import torch

from probes.worker.folder import Probe
from probes.worker.modes import Mode
from probes.worker.plan import drive
from probes.worker.seam import ADAM_RATE, EPSILON, MOMENTUM, SGD_RATE, Check, EnvironmentMissingError, Trainer


def trajectory(seam: Any, probe: Probe, check: Check) -> tuple[list[float], Any]:
    """Loss at every step, then the evaluation outputs.

    Keras adds Adam's epsilon before the bias correction, PyTorch after it. Divided by sqrt(1 - beta2^t) anew
    before step t, PyTorch's epsilon does what Keras' does.
    """
    model = probe.side.build(probe.weights, probe.parameters).to(seam.device)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    if check.optimizer == "sgd":
        optimizer: Any = torch.optim.SGD(trained, lr=SGD_RATE, momentum=MOMENTUM)
    else:
        optimizer = torch.optim.Adam(trained, lr=ADAM_RATE, eps=check.epsilon)
    model.train()
    losses = []
    for step, (x, y) in enumerate(islice(cycle(batches(probe, seam.device)), check.steps), start=1):
        if check.optimizer == "adam":
            optimizer.param_groups[0]["eps"] = check.epsilon / (1 - 0.999**step) ** 0.5
        optimizer.zero_grad()
        loss = probe.side.loss(model, x, y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, predictor(probe, model, seam.device)(probe.batches.evaluation_x)


def trainer(seam: Any, probe: Probe, mode: Mode) -> Trainer:
    """The steps of a mode; `EnvironmentMissingError` where torch.compile has no C++ compiler."""
    if mode.compiles and seam.device == "cpu" and not _compiler():
        raise EnvironmentMissingError("torch.compile needs a C++ compiler here; install g++ or set CXX")
    _forget_compiler_counts()
    seam.use_autotune(not mode.own_defaults)
    model = probe.side.build(probe.weights, probe.parameters).to(seam.device)
    layout = torch.channels_last if mode.channels_last else torch.contiguous_format
    model = model.to(memory_format=layout)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = _optimizer(probe, mode, trained)
    precision = torch.autocast(seam.device, dtype=torch.bfloat16) if mode.bfloat16 else nullcontext()

    def loss_of(x: Any, y: Any) -> Any:
        with precision:
            return probe.side.loss(model, x, y)

    compiled = torch.compile(loss_of) if mode.compiles else loss_of

    def step(x: Any, y: Any) -> None:
        optimizer.zero_grad()
        loss = compiled(x, y)
        loss.backward()
        optimizer.step()

    model.train()
    evaluate = predictor(probe, model, seam.device)

    def predict(x: Any) -> Any:
        outputs = evaluate(x)
        model.train()
        return outputs

    host = mode.own_defaults  # as written: beside `fit`, which takes its batches out of host memory too
    where = probe, seam.device, layout
    stream = from_host(*where) if host else cycle(list(batches(*where)))
    settings = {
        "input": "sliced at each step" if host else "on the device before the first step",
        "execution": "torch.compile (Inductor), loss included" if mode.compiles else "eager",
        "layout": "channels last (NHWC)" if mode.channels_last else "contiguous (NCHW)",
        "precision": "bfloat16 autocast" if mode.bfloat16 else "float32",
        "tf32": seam.tf32(),
        "convolution-autotune": seam.autotune(),
    }
    return Trainer(
        drive=lambda plan: drive(plan, step, stream, seam.synchronise),
        predict=predict,
        settings=settings,
        optimizer=_shown(optimizer),
        findings=_compiler_findings if mode.compiles else dict,
    )


def prepare_compiler() -> float | None:
    """Has Inductor build the header of its C++ kernels, which it keeps in the folder for temporary files.

    A fault here is none: the tracks that compile will meet it and say so.
    """
    if not _compiler():
        return None
    start = perf_counter()
    try:
        torch.compile(lambda x: x + 1)(torch.ones(8))
    except Exception:
        return None
    return perf_counter() - start


def batches(probe: Probe, device: str, layout: Any = torch.contiguous_format) -> Iterator[tuple[Any, Any]]:
    """The batches of a probe as tensors on ``device``."""
    xs = probe.batches.x if isinstance(probe.batches.x, tuple) else (probe.batches.x,)
    for index in range(len(xs[0])):
        placed = tuple(_placed(x[index], device, layout) for x in xs)
        y = _placed(probe.batches.y[index], device, torch.contiguous_format)
        yield (placed if isinstance(probe.batches.x, tuple) else placed[0]), y


def from_host(probe: Probe, device: str, layout: Any) -> Iterator[tuple[Any, Any]]:
    """The same batches for ever, each taken out of host memory and placed only when it is due."""
    while True:
        yield from batches(probe, device, layout)


def predictor(probe: Probe, model: Any, device: str) -> Callable[[Any], Any]:
    """Evaluation outputs, NumPy to NumPy."""

    def predict(x: Any) -> Any:
        placed = tuple(
            _placed(part, device, torch.contiguous_format) for part in (x if isinstance(x, tuple) else (x,))
        )
        with torch.inference_mode():
            outputs = probe.side.predict(model, placed if isinstance(x, tuple) else placed[0])
        return outputs.float().cpu().numpy()

    return predict


def _placed(array: Any, device: str, layout: Any) -> Any:
    tensor = torch.from_numpy(np.ascontiguousarray(array)).to(device)
    return tensor.contiguous(memory_format=layout) if tensor.ndim == 4 else tensor


def _optimizer(probe: Probe, mode: Mode, trained: list[Any]) -> Any:
    rate = probe.spec.learning_rate
    fused = {"fused": True} if mode.fused_optimizer else {}
    if probe.spec.optimizer == "sgd":
        return torch.optim.SGD(trained, lr=rate, **fused)
    return torch.optim.Adam(trained, lr=rate, **({} if mode.own_defaults else {"eps": EPSILON}), **fused)


def _shown(optimizer: Any) -> dict[str, str]:
    values = optimizer.defaults
    rows = {"optimizer": type(optimizer).__name__, "learning-rate": f"{values['lr']:.6g}"}
    if "betas" in values:
        rows |= {"beta-1": f"{values['betas'][0]:.6g}", "beta-2": f"{values['betas'][1]:.6g}"}
        rows["epsilon"] = f"{values['eps']:.6g}"
    else:
        rows["momentum"] = f"{values['momentum']:.6g}"
    return rows | {"fused-update": "on" if values["fused"] else "off"}


def _compiler() -> str | None:
    return shutil.which(os.environ.get("CXX") or "g++") or shutil.which("clang++")


def _forget_compiler_counts() -> None:
    from torch._dynamo.utils import counters

    counters.clear()


def _compiler_findings() -> dict[str, Any]:
    from torch._dynamo.utils import counters
    from torch._inductor.async_compile import get_compile_threads

    stats = counters["stats"]
    found = counters["inductor"]["fxgraph_cache_hit"] or counters["aot_autograd"]["autograd_cache_hit"]
    return {
        "graph-breaks": sum(counters["graph_break"].values()),
        "graphs": stats["unique_graphs"],
        "retraces": max(0, stats["unique_graphs"] - 1 - sum(counters["graph_break"].values())),
        "compile-threads": get_compile_threads(),
        "compile-cache": "warm" if found else "cold",
    }
