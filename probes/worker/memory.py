"""The peak memory of this process, in MiB, and what fetching memory from the system costs it."""

import sys
from pathlib import Path
from typing import NamedTuple

_CLEAR = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")


def reset_peak() -> bool:
    """Starts the peak anew at the present use; False where the system can't, and the peak is the launch's."""
    try:
        _CLEAR.write_text("5")
    except OSError:
        return False
    return True


def peak_mib() -> float | None:
    """The largest resident memory since the last `reset_peak`, or since the start of the process."""
    try:
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024  # kB in the file
    except OSError:
        pass
    try:
        import resource
    except ImportError:  # not on Windows
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)  # bytes there, KiB here


class Fetching(NamedTuple):
    """So far, over all threads: pages of memory fetched (minor faults), and seconds spent in the system."""

    page_faults: int
    system_seconds: float


def fetching() -> Fetching | None:
    """None where the system does not count it."""
    try:
        import resource
    except ImportError:  # not on Windows
        return None
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Fetching(used.ru_minflt, used.ru_stime)
