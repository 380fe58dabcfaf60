"""What the command line shows of plans, progress and results."""

import sys
import time
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from probes.catalogue import Entry
from probes.job import Job, Snapshot
from probes.model import Measurements, Result
from probes.plan import Plan
from probes.remarks import remarks


def announce(plan: Plan) -> None:
    """Says on standard error what is about to run and what it can show."""
    effect = f"{plan.smallest_effect:.2f}x" if plan.smallest_effect else "none"
    if plan.smallest_effect_tuned:
        effect += f" ({plan.smallest_effect_tuned:.2f}x on the tuned track, which gets fewer launches)"
    told = ", ".join(f"{probe.key} ({', '.join(probe.tracks)})" for probe in plan.probes)
    print(
        f"{told}: up to {plan.pairs} pairs of launches in about {plan.estimated_seconds:.0f} s. "
        f"Smallest lead this can show, if launches vary by 8%: {effect}.",
        file=sys.stderr,
    )


def follow(job: Job) -> Snapshot:
    """Shows a bar on standard error until the job is over."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[left]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=2) as bar:
        shown = bar.add_task("waiting", total=1.0, left="")
        while True:
            now = job.snapshot()
            if now.over:
                return now
            if now.state == "queued":
                bar.update(shown, description=f"waiting, {now.position or 0} ahead")
            else:
                what = " ".join(filter(None, (now.framework, now.probe, now.phase)))
                left = "" if now.seconds_left is None else f"about {now.seconds_left:.0f} s left"
                bar.update(shown, description=what or "starting", completed=now.done, left=left)
            time.sleep(0.25)  # drawing more often would take time from the workers


def show(found: Measurements) -> None:
    """Prints the results as a table for each probe and track, and what else was found."""
    console = Console()
    for title, results in _groups(found.results).items():
        table = Table("figure", "TensorFlow", "PyTorch", "ratio", "interval", "verdict", title=title)
        for result in results:
            table.add_row(*_cells(result))
        console.print(table)
    console.print(
        f"{found.seconds:.0f} s, {found.status}. Ratio above 1: PyTorch's figure is the smaller one.",
        markup=False,
    )
    for line in remarks(found):
        console.print(line, markup=False)


def _groups(results: Iterable[Result]) -> dict[str, list[Result]]:
    groups: dict[str, list[Result]] = {}
    for one in results:
        numbers = ", ".join(f"{name} {value}" for name, value in one.parameters.items())
        named = " ".join(filter(None, (one.probe, one.variant)))
        title = one.probe if not one.parameters else f"{named}, {one.track} ({numbers})"
        groups.setdefault(title, []).append(one)
    return groups


def _cells(result: Result) -> tuple[str, ...]:
    sides = [
        "" if side is None else f"{side.median:.3g} {result.unit}"
        for side in (result.tensorflow, result.pytorch)
    ]
    ratio = "" if result.ratio is None else f"{result.ratio:.2f}"
    interval = "" if result.interval is None else f"{result.interval[0]:.2f} to {result.interval[1]:.2f}"
    return (result.metric, *sides, ratio, interval, result.verdict)


def described(entry: Entry) -> dict[str, Any]:
    """A probe as plain data."""
    spec = entry.spec
    return {
        "id": spec.id,
        "title": dict(spec.title),
        "question": dict(spec.question),
        "family": spec.family,
        "tracks": list(spec.tracks),
        "domains": list(spec.domains),
        "targets": list(spec.targets),
        "parameters": {
            name: {"default": p.default, "low": p.low, "high": p.high, "label": dict(p.label)}
            for name, p in spec.parameters.items()
        },
        "own": entry.own,
    }
