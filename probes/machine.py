"""What this machine is, without importing a framework: processor, usable cores, memory, power, container."""

import contextlib
import hashlib
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil

from probes.contract import FRAMEWORKS, Framework
from probes.environment import worker_environment
from probes.model import Device, FrameworkSight, Machine
from probes.places import copy_worker
from probes.supervise import Limits, launch

LOOK_SECONDS = 60.0
ROOT = Path("/")


def detect(interpreters: Mapping[Framework, str] | None = None, *, root: Path = ROOT) -> Machine:
    """The machine as the operating system tells it; with ``interpreters`` also what each framework sees.

    ``root`` is where ``/proc`` and ``/sys`` are looked for. What cannot be found out is None, never a guess.
    """
    system, cpu, memory = platform.system(), _cpu(root), psutil.virtual_memory().total
    cores, usable = psutil.cpu_count() or 1, usable_cores(root)
    limit = memory_limit(root)
    told = f"{system}|{platform.machine()}|{cpu}|{cores}|{usable}|{round(memory / 2**30)}"
    return Machine(
        id=hashlib.sha256(told.encode()).hexdigest()[:12],
        system=system,
        system_version=platform.release(),
        architecture=platform.machine(),
        cpu=cpu,
        cores_total=cores,
        cores_usable=usable,
        memory_total=memory,
        memory_usable=min(memory, limit) if limit else memory,
        governor=_read(root / "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
        on_battery=_on_battery(),
        containerised=containerised(root),
        python=platform.python_version(),
        sights=tuple(look(framework, interpreters[framework]) for framework in FRAMEWORKS)
        if interpreters
        else (),
    )


def usable_cores(root: Path = ROOT) -> int:
    """Cores that this process may use, by its affinity and by the cgroup's quota (rounded down, at least
    one).
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else psutil.cpu_count() or 1
    quota = cpu_quota(root)
    return max(1, min(cores, int(quota))) if quota else cores


def cpu_quota(root: Path = ROOT) -> float | None:
    """Cores granted by cgroup version 2 or 1, the tightest of this group and those above it; None without
    one.
    """
    quotas: list[float] = []
    for folder in _groups(root, "cpu"):
        if (text := _read(folder / "cpu.max")) and not text.startswith("max"):
            quota, period = [*text.split(), "100000"][:2]
            quotas.append(int(quota) / int(period))
        quota_v1, period_v1 = _read(folder / "cpu.cfs_quota_us"), _read(folder / "cpu.cfs_period_us")
        if quota_v1 and period_v1 and int(quota_v1) > 0:
            quotas.append(int(quota_v1) / int(period_v1))
    return min(quotas, default=None)


def memory_limit(root: Path = ROOT) -> int | None:
    """Bytes granted by cgroup version 2 or 1; None without a limit."""
    limits: list[int] = []
    for folder in _groups(root, "memory"):
        for name in ("memory.max", "memory.limit_in_bytes"):
            text = _read(folder / name)
            # Version 1 writes "no limit" as a number near 2^63.
            if text and text.isdigit() and int(text) < 2**60:
                limits.append(int(text))
    return min(limits, default=None)


def containerised(root: Path = ROOT) -> bool:
    """Whether this runs in a container that leaves one of the usual marks."""
    if (root / ".dockerenv").exists() or (root / "run/.containerenv").exists() or "container" in os.environ:
        return True
    groups = _read(root / "proc/1/cgroup") or ""
    return any(mark in groups for mark in ("docker", "kubepods", "containerd", "lxc", "podman"))


def look(
    framework: Framework,
    interpreter: str,
    worker: tuple[str, ...] = ("-m", "probes.worker"),
    seconds: float = LOOK_SECONDS,
    cancelled: Callable[[], bool] = lambda: False,
) -> FrameworkSight:
    """What one framework's interpreter reports about itself and its devices; takes as long as an import."""
    with tempfile.TemporaryDirectory(prefix="probes-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        outcome = launch(
            [interpreter, *worker, "--framework", framework],
            {"framework": framework, "look": True, "tasks": []},
            framework=framework,
            environment=worker_environment(
                framework, code=copy_worker(folder / "code"), scratch=folder, threads=usable_cores()
            ),
            folder=folder,
            limits=Limits(min(seconds, LOOK_SECONDS), psutil.virtual_memory().total),
            cancelled=cancelled,
        )
    started = next((event for event in outcome.events if event["event"] == "started"), None)
    if started is None:
        problem = outcome.failure.message if outcome.failure else "it said nothing"
        return FrameworkSight(framework=framework, interpreter=interpreter, problem=problem)
    return FrameworkSight(
        framework=framework,
        interpreter=interpreter,
        version=str(started.get("version")),
        python=str(started.get("python")),
        build=str(started.get("build")),
        devices=tuple(Device(**device) for device in started.get("devices", [])),
    )


def accelerator_possible(root: Path = ROOT) -> bool:
    """Whether a look at the frameworks' devices may find more than the CPU: an NVIDIA driver, or Apple
    silicon.
    """
    nvidia = (root / "dev/nvidiactl").exists() or (root / "proc/driver/nvidia/version").exists()
    return nvidia or (sys.platform == "darwin" and platform.machine() == "arm64")


def share_device(machine: Machine, look_again: Callable[[], Machine]) -> str:
    """The device that both frameworks can use: an accelerator that both see, else the CPU."""
    if not machine.sights and not accelerator_possible():
        return "cpu"
    seen = machine if len(machine.sights) == len(FRAMEWORKS) else look_again()
    kinds = [{device.kind for device in sight.devices} for sight in seen.sights]
    return next((kind for kind in ("cuda", "mps") if all(kind in own for own in kinds)), "cpu")


def _cpu(root: Path) -> str:
    system = platform.system()
    if system == "Linux":
        for line in (_read(root / "proc/cpuinfo") or "").splitlines():
            if line.startswith(("model name", "Hardware", "Model")):
                return line.split(":", 1)[1].strip()
    if system == "Darwin":
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            command = ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"]
            return subprocess.run(
                command, capture_output=True, text=True, timeout=5, check=True
            ).stdout.strip()
    return platform.processor() or platform.machine()


def _groups(root: Path, controller: str) -> list[Path]:
    """Folders of this process's cgroup and of every group above it, of version 2 and of one controller of
    version 1.
    """
    mount = root / "sys/fs/cgroup"
    folders = [mount, mount / controller]
    for line in (_read(root / "proc/self/cgroup") or "").splitlines():
        _, controllers, own = line.split(":", 2)
        if controllers and controller not in controllers.split(","):
            continue
        base = mount / controller if controllers else mount
        parts = [part for part in own.split("/") if part not in ("", "..")]
        folders += [base.joinpath(*parts[: count + 1]) for count in range(len(parts))]
    return folders


def _on_battery() -> bool | None:
    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    return None if battery is None else not battery.power_plugged


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip() or None
    except OSError:
        return None
