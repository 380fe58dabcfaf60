"""What this machine says of itself, as answers to confirm."""

import platform
import sys
from collections.abc import Sequence
from functools import cache

from advisor.inference import Trait


def detected(trait: Trait) -> list[str] | None:
    """The options of a trait that this machine speaks for; None where it says nothing."""
    reading = {"os": _system, "python": _python, "gpu": _accelerators}.get(trait.detected_by or "")
    found = reading() if reading else []
    known = [option.id for option in trait.options]
    return [option for option in found if option in known] or None


@cache
def _system() -> Sequence[str]:
    if platform.system() == "Linux":
        return ["windows-wsl2" if "microsoft" in platform.release().lower() else "linux"]
    return {"Darwin": ["macos"], "Windows": ["windows-native"]}.get(platform.system(), [])


@cache
def _python() -> Sequence[str]:
    minor = min(max(sys.version_info.minor, 10), 14)
    return [{10: "py310-or-older", 14: "py314-or-newer"}.get(minor, f"py3{minor}")]


@cache
def _accelerators() -> Sequence[str]:
    """Without asking a framework: an Apple chip, an NVIDIA or AMD driver, or nothing of these."""
    from pathlib import Path

    if platform.system() == "Darwin":
        return ["apple"] if platform.machine() == "arm64" else ["none"]
    if Path("/proc/driver/nvidia/version").exists() or Path("/dev/dxg").exists():
        return ["nvidia"]
    if Path("/dev/kfd").exists():
        return ["amd"]
    return ["none"] if platform.system() == "Linux" else []
