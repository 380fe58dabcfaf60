"""The document of a run, written when it is over: the one JSON that page, file and program read."""

import statistics
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import psutil

from probes import ledger
from probes.contract import FRAMEWORKS
from probes.gather import Gathered
from probes.model import Failure, FrameworkSight, Machine, Measurements
from probes.plan import Plan
from probes.results import null_check, results_of, taken_share


def write_up(
    plan: Plan,
    gathered: Gathered,
    machine: Machine,
    *,
    started: datetime,
    seconds: float,
    load_before: str,
    cancelled: bool,
) -> Measurements:
    """Everything that one run found. ``seconds`` of wall-clock time; ``load_before`` as `load` gave it."""
    sights = {name: _with_problem(sight, gathered.failures) for name, sight in gathered.sights.items()}
    null = null_check(plan, gathered)
    measured = bool(gathered.samples) or not gathered.failures
    status: Literal["finished", "failed"] = "finished" if measured else "failed"
    versions = {name: sight.version for name, sight in sights.items() if sight.version}
    return Measurements(
        id=uuid.uuid4().hex[:16],
        started=started.isoformat(timespec="seconds"),
        seconds=round(seconds, 3),
        plan=plan.name,
        command=plan.command,
        status="cancelled" if cancelled else status,
        machine=machine.model_copy(update={"sights": tuple(sights.values())}),
        versions=versions | {"python": machine.python},
        ledger=ledger.side_by_side(_with_machine(gathered, machine, load_before)),
        results=results_of(plan, gathered, null, _taken(plan, gathered, machine)),
        failures=tuple(gathered.failures),
        samples=tuple(gathered.samples),
        notes=tuple(note for note in gathered.notes if note.probe != "self-test"),
        smallest_effect=plan.smallest_effect,
        null_check=null,
        self_tests=_self_tests(gathered),
    )


def load() -> str:
    """The 1-minute load average."""
    return f"{psutil.getloadavg()[0]:.2f}"


def _taken(plan: Plan, gathered: Gathered, machine: Machine) -> float:
    others = [share for launches in gathered.others.values() for share in launches]
    return taken_share(others, plan.threads, machine.cores_total)


def _with_machine(gathered: Gathered, machine: Machine, load_before: str) -> dict[Any, dict[str, str]]:
    power = {True: "yes", False: "no", None: "no battery"}[machine.on_battery]
    common = {
        "machine.load-before": load_before,
        "machine.load-after": load(),
        "machine.governor": machine.governor or "not told",
        "machine.on-battery": power,
    }
    told: dict[Any, dict[str, str]] = {}
    for framework in FRAMEWORKS:
        if own := gathered.ledgers[framework]:
            seen = {device.kind for device in gathered.sights[framework].devices} - {"cpu"}
            told[framework] = own | common | {"device.seen": ", ".join(sorted(seen)) or "cpu only"}
            if busy := gathered.others[framework]:
                told[framework]["machine.cores-taken-by-others"] = f"{statistics.mean(busy):.2f}"
    return told


def _with_problem(sight: FrameworkSight, failures: Sequence[Failure]) -> FrameworkSight:
    own = [failure for failure in failures if failure.framework == sight.framework and failure.probe is None]
    return sight.model_copy(update={"problem": own[0].message}) if own and not sight.version else sight


def _self_tests(gathered: Gathered) -> dict[str, Any] | None:
    found: dict[str, Any] = {framework: {} for framework in FRAMEWORKS}
    for note in gathered.notes:
        if note.probe == "self-test":
            found[note.framework][note.key] = note.value
    return found if any(found.values()) else None
