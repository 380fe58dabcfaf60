"""The environment of a worker: a short list of what it inherits, and settings that make two sides alike."""

import os
import platform
from collections.abc import Mapping
from pathlib import Path

from probes.contract import Framework

INHERITED = (
    # Finding programs, libraries and the user's own folders.
    *(
        "PATH",
        "HOME",
        "USER",
        "LOGNAME",
        "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH",
        "DYLD_FALLBACK_LIBRARY_PATH",
    ),
    *("USERPROFILE", "APPDATA", "LOCALAPPDATA", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT"),
    *("NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE", "PROGRAMDATA", "PROGRAMFILES"),
    *("LANG", "LC_ALL", "LC_CTYPE", "TZ"),
    # Which accelerators may be used, and where their compilers lie.
    *("CUDA_VISIBLE_DEVICES", "NVIDIA_VISIBLE_DEVICES", "CUDA_HOME", "CUDA_PATH", "CC", "CXX"),
)
"""Nothing else passes: no credentials, no PYTHON* variables, no flags that would favour one side unseen."""

KEPT_MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(2**40)}
"""Tells glibc to give no freed memory back to the system. By its own rules it may, at every step of a
training or at none: that hangs on where the blocks happen to lie, and so on the launch.
"""


def can_keep_memory() -> bool:
    """Whether the C library here is one that KEPT_MEMORY speaks to."""
    return platform.libc_ver()[0] == "glibc"


def worker_environment(
    framework: Framework,
    *,
    code: Path,
    scratch: Path,
    threads: int,
    keep_memory: bool = False,
    temporary: Path | None = None,
    cache: Path | None = None,
    inherited: Mapping[str, str] = os.environ,
) -> dict[str, str]:
    """The variables for one launch. ``scratch`` is an empty folder of its own, removed afterwards.

    Compiler caches lie in ``cache``, else start empty in ``scratch``. ``temporary``, for temporary files, may
    be shared by launches: Inductor keeps there what it builds once per machine.
    """
    kept = {name: inherited[name] for name in INHERITED if name in inherited}
    count = str(threads)
    return kept | {
        "PYTHONPATH": str(code),
        "PYTHONHASHSEED": "0",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary or scratch)),
        "TORCHINDUCTOR_CACHE_DIR": str((cache or scratch) / "inductor"),
        "TRITON_CACHE_DIR": str((cache or scratch) / "triton"),
        "KERAS_HOME": str(scratch / "keras"),
        "KERAS_BACKEND": "tensorflow" if framework == "tensorflow" else "torch",
        "OMP_NUM_THREADS": count,
        "MKL_NUM_THREADS": count,
        "OPENBLAS_NUM_THREADS": count,
        "TF_NUM_INTRAOP_THREADS": count,
        "TF_NUM_INTEROP_THREADS": count,
        "TF_FORCE_GPU_ALLOW_GROWTH": "true",
        "TF_CPP_MIN_LOG_LEVEL": "1",
        **(KEPT_MEMORY if keep_memory else {}),
    }
