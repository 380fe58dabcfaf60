"""The environment a framework starts in, and the variables that change what it does."""

import os
from collections.abc import MutableMapping

from probes.contract import Framework
from probes.worker.job import DeviceKind

TOLD_PREFIXES = (
    *("TF_", "XLA_", "TORCH", "PYTORCH_", "KERAS_", "CUDA_", "CUDNN_", "NVIDIA_"),
    *("OMP_", "MKL_", "KMP_", "OPENBLAS_", "DNNL_", "ONEDNN_", "MALLOC_", "LD_PRELOAD", "CXX"),
)


def set_up(
    framework: Framework,
    threads: int | None,
    device: DeviceKind,
    environment: MutableMapping[str, str] = os.environ,
) -> None:
    """Sets what must be set before the framework is imported, and only that."""
    environment["KERAS_BACKEND"] = "tensorflow" if framework == "tensorflow" else "torch"
    environment.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    environment.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    if framework == "pytorch":
        environment["KERAS_TORCH_DEVICE"] = device
    if threads is not None:
        environment["OMP_NUM_THREADS"] = str(threads)


def told(environment: MutableMapping[str, str] = os.environ) -> str:
    """The variables that may change a measurement, as ``NAME=value``; paths are not among them."""
    chosen = {name: value for name, value in environment.items() if name.startswith(TOLD_PREFIXES)}
    return " ".join(f"{name}={value}" for name, value in sorted(chosen.items()) if "/" not in value) or "none"
