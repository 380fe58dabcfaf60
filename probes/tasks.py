"""Tasks as a worker reads them, and which of them share a launch."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from probes.contract import TRACKS, Track
from probes.plan import Plan, PlannedProbe
from probes.worker.modes import BRINGS_MORE

Task = tuple[str, Track]  # probe, track


def task_of(plan: Plan, name: str, kind: Literal["parity", "time"], track: Track) -> dict[str, Any]:
    """The task for the planned probe with this key or base; its events carry the name back."""
    planned = _planned(plan, name)
    return {
        "kind": kind,
        "probe": name,
        "folder": str(planned.entry.folder),
        "track": track,
        "variant": planned.variant if kind == "time" else None,
        "parameters": dict(planned.parameters),
        "seconds": plan.measuring_seconds,
    }


def launch_variants(plan: Plan, tasks: Sequence[Task]) -> tuple[str | None, ...]:
    """The settings of a whole launch among the tasks: each needs a launch. None, the plan's own, is first."""
    found = {_planned(plan, probe).launch_variant for probe, _ in tasks}
    return tuple(sorted(found, key=lambda variant: variant or ""))


def timing_tasks(plan: Plan, tasks: Sequence[Task], launch_variant: str | None) -> list[dict[str, Any]]:
    """Everything of ``tasks`` that is timed in the launch of this setting: one launch, so one import.

    What brings a compiler or Keras into the process comes last, so that its memory is in no other figure.
    """
    return [
        task_of(plan, probe, "time", track)
        for probe, track in sorted(tasks, key=lambda task: _brings_more(plan, task))
        if _planned(plan, probe).launch_variant == launch_variant
    ]


def aside(event: Mapping[str, Any], launch_variant: str) -> Mapping[str, Any]:
    """An event of a launch with a setting of its own, less what the plan's own launches tell.

    Rows of the ledger stay where they name a track, and tell threads and environment under the setting's
    name; the import counts once a pair.
    """
    if event.get("event") == "ledger" and isinstance(event.get("items"), Mapping):
        items = event["items"].items()
        kept = {name: value for name, value in items if name.split(".")[0] in TRACKS}
        own = ("threads-", "environment")
        told = {f"{launch_variant}.{name}": value for name, value in items if name.startswith(own)}
        return {**event, "items": kept | told}
    return {**event, "event": "started-aside"} if event.get("event") == "started" else event


def cache_of(pair: int | None) -> tuple[int | None, bool]:
    """The pair whose compiler caches a launch uses, and whether they are filled: as for a user who runs the
    same training again.

    Empty, filled, filled, empty: since the order of the two sides turns with every pair, each side goes first
    as often with empty caches as with filled ones.
    """
    if pair is None or pair % 4 in (0, 3):
        return pair, False
    return pair - pair % 4, True


def position(tasks: Sequence[Mapping[str, Any]], probe: Any, track: Any) -> int:
    """Where in a launch's tasks a worker is; the end when it is at none of them."""
    for index, task in enumerate(tasks):
        if (task.get("probe"), task.get("track")) == (probe, track):
            return index
    return len(tasks)


def _brings_more(plan: Plan, task: Task) -> bool:
    return task[1] == "tuned" or _planned(plan, task[0]).variant in BRINGS_MORE


def _planned(plan: Plan, name: str) -> PlannedProbe:
    return next(one for one in plan.probes if name in (one.key, one.base))
