"""The command line that repeats a measurement."""

import shlex
from collections.abc import Sequence


def command_line(**options: Sequence[str]) -> str:
    """``python -m probes run`` with each option once per value; names take hyphens for underscores."""
    words = ["python", "-m", "probes", "run"]
    for name, values in options.items():
        for value in values:
            words += ["--" + name.replace("_", "-"), value]
    return shlex.join(words)
