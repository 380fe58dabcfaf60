"""PyTorch behind the seam: device, threads, precision, memory, and what it says about itself."""

import gc
import platform
from collections.abc import Callable, Sequence
from typing import Any

from probes.contract import SIDES, Framework
from probes.worker.folder import Probe
from probes.worker.job import DeviceKind
from probes.worker.modes import Mode
from probes.worker.seam import Check, DeviceMissingError, Trainer

NONE = "no such device"


class TorchSeam:
    """The seam for one PyTorch module; a fake module serves the tests of devices that are not here."""

    framework: Framework = "pytorch"
    side = SIDES["pytorch"]

    def __init__(self, torch: Any) -> None:
        self.torch = torch
        self.device: DeviceKind = "cpu"
        self.threads_asked: int | None = None
        self.flushes_denormals = False
        self._own_tf32 = (torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32)

    def prepare(self, threads: int | None, device: DeviceKind) -> None:
        if device not in {found["kind"] for found in self._devices()}:
            raise DeviceMissingError(f"PyTorch sees no {device} device")
        self.device = device
        self.threads_asked = threads
        if threads is not None:
            self.torch.set_num_threads(threads)
            self.torch.set_num_interop_threads(threads)
        # TensorFlow flushes denormal numbers in its threads; long training on little data makes many of them.
        self.flushes_denormals = self.torch.set_flush_denormal(True)

    def sight(self) -> dict[str, Any]:
        version = self.torch.version
        built_for = (
            f"CUDA {version.cuda}" if version.cuda else f"ROCm {version.hip}" if version.hip else "CPU"
        )
        return {"version": self.torch.__version__, "build": built_for, "devices": self._devices()}

    def ledger(self) -> dict[str, str]:
        torch = self.torch
        return {
            "threads-asked": str(self.threads_asked or "framework's own"),
            "threads-within-an-operation": str(torch.get_num_threads()),
            "threads-between-operations": str(torch.get_num_interop_threads()),
            "device": self.device,
            "default-precision": str(torch.get_default_dtype()).removeprefix("torch."),
            "tf32-matrix-product": self.tf32(),
            "tf32-convolution": self.tf32("convolution"),
            "deterministic-operations": _on(torch.are_deterministic_algorithms_enabled()),
            "onednn": _on(torch.backends.mkldnn.is_available()),
            "instruction-set": torch.backends.cpu.get_cpu_capability(),
            "denormals-flushed": _on(self.flushes_denormals),
            "build-options": " ".join(torch.__config__.show().split())[:600],
        }

    def synchronise(self) -> None:
        if self.device == "cuda":
            self.torch.cuda.synchronize()
        elif self.device == "mps":
            self.torch.mps.synchronize()

    def use_tf32(self, on: bool | None) -> None:
        matmul, convolution = self._own_tf32 if on is None else (on, on)
        self.torch.backends.cuda.matmul.allow_tf32 = matmul
        self.torch.backends.cudnn.allow_tf32 = convolution

    def tf32(self, of: str = "matrix-product") -> str:
        """TF32 as it is now; only a CUDA device has it."""
        backends = self.torch.backends
        on = backends.cudnn.allow_tf32 if of == "convolution" else backends.cuda.matmul.allow_tf32
        return _on(on) if self.device == "cuda" else NONE

    def use_autotune(self, on: bool) -> None:
        """Tries the algorithms of cuDNN and keeps the fastest, as TensorFlow does by default."""
        self.torch.backends.cudnn.benchmark = on

    def autotune(self) -> str:
        """Whether convolutions are autotuned now; only a CUDA device has it."""
        return _on(self.torch.backends.cudnn.benchmark) if self.device == "cuda" else NONE

    def use_determinism(self, on: bool) -> None:
        self.torch.use_deterministic_algorithms(on, warn_only=True)

    def reset_device_peak(self) -> None:
        if self.device == "cuda":
            self.torch.cuda.reset_peak_memory_stats()

    def device_peak_mib(self) -> float | None:
        if self.device == "cuda":
            return float(self.torch.cuda.max_memory_allocated()) / 2**20
        if self.device == "mps":  # no peak there: what the driver holds, and it gives little back
            return float(self.torch.mps.driver_allocated_memory()) / 2**20
        return None

    def ran_out_of_memory(self, error: BaseException) -> bool:
        return isinstance(error, self.torch.OutOfMemoryError) or "can't allocate memory" in str(error)

    def trainer(self, probe: Probe, mode: Mode) -> Trainer:
        if mode.execution == "fit":
            from probes.worker import with_keras_bridge

            return with_keras_bridge.trainer(self, probe)
        from probes.worker import with_torch_training

        return with_torch_training.trainer(self, probe, mode)

    def trajectory(self, probe: Probe, check: Check) -> tuple[Sequence[float], Any]:
        from probes.worker import with_torch_training

        return with_torch_training.trajectory(self, probe, check)

    def prepare_compiler(self) -> float | None:
        from probes.worker import with_torch_training

        return with_torch_training.prepare_compiler() if self.device == "cpu" else None

    def heavy_work(self) -> Callable[[], object]:
        matrix = self.torch.ones((2048, 2048), device=self.device)
        return lambda: matrix @ matrix

    def clear(self) -> None:
        self.torch.compiler.reset()
        gc.collect()
        if self.device == "cuda":
            self.torch.cuda.empty_cache()

    def _devices(self) -> list[dict[str, Any]]:
        found = [{"kind": "cpu", "name": platform.machine(), "memory_bytes": None}]
        for index in range(self.torch.cuda.device_count() if self.torch.cuda.is_available() else 0):
            about = self.torch.cuda.get_device_properties(index)
            found.append({"kind": "cuda", "name": about.name, "memory_bytes": about.total_memory})
        if self.torch.backends.mps.is_available():
            memory = self.torch.mps.recommended_max_memory()
            found.append({"kind": "mps", "name": "Apple GPU", "memory_bytes": memory})
        return found


def _on(value: Any) -> str:
    return "on" if value else "off"
