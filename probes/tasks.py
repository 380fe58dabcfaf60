"""Tasks as a worker reads them, and which of them share a launch."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from probes.contract import TRACKS, Track
from probes.plan import Plan, PlannedProbe
from probes.worker.modes import BRINGS_MORE, ONE_THREAD

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


def thread_counts(plan: Plan, tasks: Sequence[Task]) -> tuple[int, ...]:
    """The numbers of threads among the tasks, the plan's own first: each needs a launch."""
    found = {plan.threads_for(_planned(plan, probe)) for probe, _ in tasks}
    return tuple(sorted(found, key=lambda threads: threads != plan.threads))


def timing_tasks(plan: Plan, tasks: Sequence[Task], threads: int) -> list[dict[str, Any]]:
    """Everything of ``tasks`` that is timed with this number of threads: one launch, so one import.

    What brings a compiler or Keras into the process comes last, so that its memory is in no other figure.
    """
    return [
        task_of(plan, probe, "time", track)
        for probe, track in sorted(tasks, key=lambda task: _brings_more(plan, task))
        if plan.threads_for(_planned(plan, probe)) == threads
    ]


def aside(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """An event of a launch with other threads than the plan's, less what the plan's own launches tell.

    Rows of the ledger stay where they name a track, and tell the threads under a name of their own; the
    import counts once a pair.
    """
    if event.get("event") == "ledger" and isinstance(event.get("items"), Mapping):
        items = event["items"].items()
        kept = {name: value for name, value in items if name.split(".")[0] in TRACKS}
        told = {f"{ONE_THREAD}.{name}": value for name, value in items if name.startswith("threads-")}
        return {**event, "items": kept | told}
    return {**event, "event": "started-aside"} if event.get("event") == "started" else event


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
