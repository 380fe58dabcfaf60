"""TensorFlow behind the seam: device, threads, precision, memory, and what it says about itself."""

import gc
import os
import platform
from collections.abc import Callable, Sequence
from typing import Any

from probes.contract import SIDES, Framework
from probes.worker.folder import Probe
from probes.worker.job import DeviceKind
from probes.worker.modes import Mode
from probes.worker.seam import Check, DeviceMissingError, Trainer

NONE = "no such device"


class TensorFlowSeam:
    """The seam for one TensorFlow module; a fake module serves the tests of devices that are not here."""

    framework: Framework = "tensorflow"
    side = SIDES["tensorflow"]

    def __init__(self, tensorflow: Any) -> None:
        self.tensorflow = tensorflow
        self.device: DeviceKind = "cpu"
        self.threads_asked: int | None = None
        self._own_tf32 = tensorflow.config.experimental.tensor_float_32_execution_enabled()

    def prepare(self, threads: int | None, device: DeviceKind) -> None:
        if device not in {found["kind"] for found in self._devices()}:
            raise DeviceMissingError(f"TensorFlow sees no {device} device")
        self.device = device
        self.threads_asked = threads
        config = self.tensorflow.config
        if threads is not None:
            config.threading.set_intra_op_parallelism_threads(threads)
            config.threading.set_inter_op_parallelism_threads(threads)
        graphics = config.list_physical_devices("GPU")
        if device == "cpu":
            config.set_visible_devices([], "GPU")
        else:
            for one in graphics:  # otherwise it takes nearly all memory at once, and no figure means anything
                config.experimental.set_memory_growth(one, True)

    def sight(self) -> dict[str, Any]:
        about = self.tensorflow.sysconfig.get_build_info()
        cuda = about.get("cuda_version") if about.get("is_cuda_build") else None
        return {
            "version": self.tensorflow.__version__,
            "build": f"CUDA {cuda}" if cuda else "CPU",
            "devices": self._devices(),
        }

    def ledger(self) -> dict[str, str]:
        config = self.tensorflow.config
        tf32 = self.tf32()
        about = self.tensorflow.sysconfig
        return {
            "threads-asked": str(self.threads_asked or "framework's own"),
            "threads-within-an-operation": _threads(config.threading.get_intra_op_parallelism_threads()),
            "threads-between-operations": _threads(config.threading.get_inter_op_parallelism_threads()),
            "device": self.device,
            "default-precision": self.tensorflow.keras.backend.floatx(),
            "tf32-matrix-product": tf32,
            "tf32-convolution": tf32,
            "deterministic-operations": _on(_determinism().is_op_determinism_enabled()),
            "onednn": _on(_onednn()),
            "instruction-set": "chosen at run time",
            "denormals-flushed": "on",  # by every thread that runs an operation; there is no switch to read
            "build-options": " ".join([*_flags(about), str(dict(about.get_build_info()))])[:600],
        }

    def synchronise(self) -> None:
        self.tensorflow.test.experimental.sync_devices()

    def use_tf32(self, on: bool | None) -> None:
        self.tensorflow.config.experimental.enable_tensor_float_32_execution(
            self._own_tf32 if on is None else on
        )

    def tf32(self) -> str:
        """TF32 as it is now; only a CUDA device has it."""
        on = self.tensorflow.config.experimental.tensor_float_32_execution_enabled()
        return _on(on) if self.device == "cuda" else NONE

    def autotune(self) -> str:
        """On unless the environment says otherwise; there is nothing to read it back from."""
        return _on(os.environ.get("TF_CUDNN_USE_AUTOTUNE", "1") != "0") if self.device == "cuda" else NONE

    def use_determinism(self, on: bool) -> None:
        switch = _determinism()
        if on:
            switch.enable_op_determinism()
        else:
            switch.disable_op_determinism()

    def reset_device_peak(self) -> None:
        if self.device == "cuda":
            self.tensorflow.config.experimental.reset_memory_stats("GPU:0")

    def device_peak_mib(self) -> float | None:
        if self.device != "cuda":
            return None
        return float(self.tensorflow.config.experimental.get_memory_info("GPU:0")["peak"]) / 2**20

    def ran_out_of_memory(self, error: BaseException) -> bool:
        return isinstance(error, self.tensorflow.errors.ResourceExhaustedError)

    def trainer(self, probe: Probe, mode: Mode) -> Trainer:
        from probes.worker import with_tensorflow_training

        return with_tensorflow_training.trainer(self, probe, mode)

    def trajectory(self, probe: Probe, check: Check) -> tuple[Sequence[float], Any]:
        from probes.worker import with_tensorflow_training

        return with_tensorflow_training.trajectory(self, probe, check)

    def prepare_compiler(self) -> float | None:
        return None  # XLA comes ready to use

    def heavy_work(self) -> Callable[[], object]:
        matrix = self.tensorflow.ones((2048, 2048))
        return lambda: self.tensorflow.matmul(matrix, matrix)

    def clear(self) -> None:
        self.tensorflow.keras.backend.clear_session()
        gc.collect()

    def _devices(self) -> list[dict[str, Any]]:
        found = [{"kind": "cpu", "name": platform.machine(), "memory_bytes": None}]
        for one in self.tensorflow.config.list_physical_devices("GPU"):
            name = self.tensorflow.config.experimental.get_device_details(one).get("device_name", one.name)
            # Apple's plug-in shows the same kind of device; it has no CUDA build behind it.
            kind = "mps" if platform.system() == "Darwin" else "cuda"
            found.append({"kind": kind, "name": str(name), "memory_bytes": None})
        return found


def _on(value: Any) -> str:
    return "on" if value else "off"


def _flags(about: Any) -> list[str]:
    """The compiler's flags, less the folders: those hold people's names."""
    return [flag for flag in map(str, about.get_compile_flags()) if "/" not in flag]


def _threads(count: int) -> str:
    return str(count) if count else "framework's own"


def _determinism() -> Any:
    from tensorflow.python.framework import config

    return config


def _onednn() -> bool:
    from tensorflow.python.util import _pywrap_util_port

    return bool(_pywrap_util_port.IsMklEnabled())
