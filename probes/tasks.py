"""Tasks as a worker reads them."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from probes.contract import Track
from probes.plan import Plan


def task_of(plan: Plan, name: str, kind: Literal["parity", "time"], track: Track) -> dict[str, Any]:
    """The task for the planned probe with this key or base; its events carry the name back."""
    planned = next(one for one in plan.probes if name in (one.key, one.base))
    return {
        "kind": kind,
        "probe": name,
        "folder": str(planned.entry.folder),
        "track": track,
        "variant": planned.variant if kind == "time" else None,
        "parameters": dict(planned.parameters),
        "seconds": plan.measuring_seconds,
    }


def position(tasks: Sequence[Mapping[str, Any]], probe: Any, track: Any) -> int:
    """Where in a launch's tasks a worker is; the end when it is at none of them."""
    for index, task in enumerate(tasks):
        if (task.get("probe"), task.get("track")) == (probe, track):
            return index
    return len(tasks)
