"""The job that the parent sends, checked: what to run, with how many threads, on which device."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from probes.contract import FRAMEWORKS, TRACKS, ContractError, Framework, Track

DeviceKind = Literal["cpu", "cuda", "mps"]
Kind = Literal["parity", "time", "self-test", "compiler"]
PROBELESS = ("self-test", "compiler")
Difference = Literal["epsilon", "weight", "order"]


@dataclass(frozen=True)
class Task:
    """One thing to do for one probe."""

    kind: Kind
    probe: str = "self-test"
    folder: Path | None = None
    track: Track = "matched"
    variant: str | None = None
    parameters: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 1.5  # of steady steps
    difference: Difference | None = None  # a deliberate one, to see that the certificate is refused


@dataclass(frozen=True)
class Job:
    """Everything one launch does. ``look`` means: report what is seen and leave."""

    framework: Framework
    launch: int = 0
    seed: int = 1
    threads: int | None = None  # None: the framework decides
    device: DeviceKind = "cpu"
    cache_kept: bool = False  # an earlier launch with the same tasks filled the caches of the compilers
    look: bool = False
    tasks: tuple[Task, ...] = ()


def parse_job(line: str, framework: Framework) -> Job:
    """The job of a JSON line; `ContractError` says what is wrong with it."""
    try:
        given = json.loads(line)
    except ValueError as error:
        raise ContractError(f"the job is not JSON: {error}") from None
    if not isinstance(given, dict):
        raise ContractError("the job must be a JSON object")
    if given.get("framework", framework) != framework:
        raise ContractError(f"this worker was started for {framework}, the job is for {given['framework']}")
    threads = given.get("threads")
    return Job(
        framework=framework,
        launch=int(given.get("launch", 0)),
        seed=int(given.get("seed", 1)),
        threads=None if not threads else max(1, int(threads)),
        device=_one_of(given.get("device", "cpu"), get_args(DeviceKind), "device"),
        cache_kept=bool(given.get("cache_kept", False)),
        look=bool(given.get("look", False)),
        tasks=tuple(_task(task) for task in given.get("tasks", [])),
    )


def _task(given: Mapping[str, Any]) -> Task:
    kind = _one_of(given.get("kind"), get_args(Kind), "task kind")
    folder = given.get("folder")
    if kind not in PROBELESS and not folder:
        raise ContractError(f"a {kind} task needs the folder of its probe")
    difference = given.get("difference")
    return Task(
        kind=kind,
        probe=str(given.get("probe") or (Path(folder).name if folder else kind)),
        folder=Path(folder) if folder else None,
        track=_one_of(given.get("track") or "matched", TRACKS, "track"),
        variant=given.get("variant"),
        parameters=dict(given.get("parameters") or {}),
        seconds=float(given.get("seconds", 1.5)),
        difference=_one_of(difference, get_args(Difference), "difference") if difference else None,
    )


def _one_of(value: Any, allowed: tuple[Any, ...], what: str) -> Any:
    if value not in allowed:
        raise ContractError(f"{what} is {value!r}; write one of: {', '.join(allowed)}")
    return value


__all__ = ["FRAMEWORKS", "Difference", "Job", "Task", "parse_job"]
