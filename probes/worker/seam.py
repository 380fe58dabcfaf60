"""What the worker needs from a framework, so that nothing else in it knows which one runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from probes.contract import Framework
from probes.worker.folder import Probe
from probes.worker.job import DeviceKind
from probes.worker.modes import Mode
from probes.worker.plan import Plan, Reading

MOMENTUM = 0.9  # of the parity check's SGD
EPSILON = 1e-7  # of the aligned Adam
SGD_RATE = 0.003  # small, so that rounding does not grow into a difference of its own
ADAM_RATE = 0.0003


class DeviceMissingError(RuntimeError):
    """The asked device is not visible to this framework: a finding, not a fault."""


class EnvironmentMissingError(RuntimeError):
    """Something that a track needs is not installed, such as a C++ compiler or Keras 3."""


@dataclass(frozen=True)
class Trainer:
    """A model in training, ready to be driven by a plan."""

    drive: Callable[[Plan], Reading]
    predict: Callable[[Any], Any]  # NumPy in, NumPy out
    settings: Mapping[str, str]  # ledger rows of this mode
    optimizer: Mapping[str, str]  # ledger rows of this probe's optimiser in this mode
    findings: Callable[[], Mapping[str, Any]]  # retraces, graph breaks: known after the run


@dataclass(frozen=True)
class Check:
    """One trajectory of the parity check."""

    optimizer: Literal["sgd", "adam"]
    steps: int
    epsilon: float = EPSILON


class Seam(Protocol):
    """A framework behind the worker. Losses and outputs cross it as Python floats and NumPy arrays."""

    framework: Framework
    side: str  # the file of a probe folder that it runs
    device: DeviceKind  # as prepared; the CPU before

    def prepare(self, threads: int | None, device: DeviceKind) -> None:
        """Sets threads and device before the first operation; `DeviceMissingError` where there is none."""

    def sight(self) -> dict[str, Any]:
        """``version``, ``build``, ``devices``."""

    def ledger(self) -> dict[str, str]:
        """Settings read back from the running framework."""

    def synchronise(self) -> None:
        """Waits until the device has done everything it was given."""

    def use_tf32(self, on: bool | None) -> None:
        """Switches TF32; None restores the framework's own setting."""

    def use_determinism(self, on: bool) -> None:
        """Switches deterministic operations."""

    def reset_device_peak(self) -> None:
        """Starts the device's memory peak anew."""

    def device_peak_mib(self) -> float | None:
        """The device's memory peak; None on the CPU and where it is not told."""

    def ran_out_of_memory(self, error: BaseException) -> bool:
        """Whether ``error`` is this framework's way to say so."""

    def trainer(self, probe: Probe, mode: Mode) -> Trainer:
        """Builds model and optimiser; nothing has run yet."""

    def trajectory(self, probe: Probe, check: Check) -> tuple[Sequence[float], Any]:
        """The loss at every step, and the evaluation outputs afterwards."""

    def prepare_compiler(self) -> float | None:
        """Builds what its kernel compiler builds once per machine, not per model; the seconds it took."""

    def heavy_work(self) -> Callable[[], object]:
        """A product of two matrices on the device, for the self-test of synchronisation."""

    def clear(self) -> None:
        """Forgets compiled functions and frees what it can, between tasks."""
