"""A seam without a framework: one number is trained, and time, devices and failures are the test's."""

from collections.abc import Callable, Mapping
from itertools import repeat
from typing import Any

from probes.contract import Framework
from probes.worker.folder import Probe
from probes.worker.job import DeviceKind
from probes.worker.modes import Mode
from probes.worker.plan import drive
from probes.worker.seam import Check, DeviceMissingError, Trainer


class FakeSeam:
    """Counts what it is asked for; ``failing`` is raised when a trainer is built."""

    framework: Framework = "pytorch"
    side = "with_torch"
    device: DeviceKind = "cpu"

    def __init__(self, failing: BaseException | None = None, step_seconds: float = 0.002) -> None:
        self.failing = failing
        self.step_seconds = step_seconds
        self.now = 0.0
        self.log: list[str] = []
        self.losses = [1.0, 0.5]
        self.tf32_now: bool | None = None
        self.findings: Mapping[str, Any] = {}
        self.compiler_seconds: float | None = 11.24

    def prepare(self, threads: int | None, device: DeviceKind) -> None:
        if device != "cpu":
            raise DeviceMissingError(f"this framework sees no {device} device")

    def sight(self) -> dict[str, Any]:
        return {
            "version": "1.0",
            "build": "fake",
            "devices": [{"kind": "cpu", "name": "x", "memory_bytes": None}],
        }

    def ledger(self) -> dict[str, str]:
        return {"threads-asked": "1"}

    def synchronise(self) -> None: ...

    def use_tf32(self, on: bool | None) -> None:
        self.tf32_now = on
        self.log.append(f"tf32 {on}")

    def use_determinism(self, on: bool) -> None:
        self.log.append(f"determinism {on}")

    def reset_device_peak(self) -> None: ...

    def device_peak_mib(self) -> float | None:
        return 12.0

    def ran_out_of_memory(self, error: BaseException) -> bool:
        return "no memory on the device" in str(error)

    def trainer(self, probe: Probe, mode: Mode) -> Trainer:
        self.log.append(f"built with tf32 {self.tf32_now}")
        if self.failing:
            raise self.failing
        return Trainer(
            drive=lambda plan: drive(plan, self._step, repeat((0, 0)), self.synchronise, lambda: self.now),
            predict=lambda x: x,
            settings={"execution": "fake"},
            optimizer={"epsilon": "1e-07"},
            findings=lambda: self.findings,
        )

    def trajectory(self, probe: Probe, check: Check) -> tuple[list[float], Any]:
        self.log.append(f"{check.optimizer} {check.epsilon:g}")
        return self.losses, probe.batches.evaluation_x

    def prepare_compiler(self) -> float | None:
        return self.compiler_seconds

    def heavy_work(self) -> Callable[[], object]:
        return lambda: None

    def clear(self) -> None:
        self.log.append("cleared")

    def _step(self, x: Any, y: Any) -> None:
        self.now += self.step_seconds
