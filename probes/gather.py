"""What the launches of one run have said so far, sorted: the only thing in a run that grows."""

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from probes.contract import FRAMEWORKS, Framework, Track
from probes.model import Certificate, Device, Failure, FrameworkSight, Note, Sample
from probes.statistics import launch_figure

START_UP = "start_up"
"""Id under which the figures of the launch itself are filed; no probe folder has it."""

Task = tuple[str, Track]  # probe, track


class Gathered:
    """Samples, certificates, ledgers, sights, notes and failures of one run."""

    def __init__(self, interpreters: Mapping[Framework, str]) -> None:
        self.samples: list[Sample] = []
        self.notes: list[Note] = []
        self.failures: list[Failure] = []
        self.certificates: dict[str, Certificate] = {}
        self.ledgers: dict[Framework, dict[str, str]] = {framework: {} for framework in FRAMEWORKS}
        self.others: dict[Framework, list[float]] = {framework: [] for framework in FRAMEWORKS}
        self.parity: dict[str, dict[Framework, Mapping[str, Any]]] = defaultdict(dict)
        self.sights = {
            framework: FrameworkSight(framework=framework, interpreter=interpreters[framework])
            for framework in FRAMEWORKS
        }

    def take(self, framework: Framework, launch: int | None, event: Mapping[str, Any]) -> None:
        """Files one event; ``launch`` is None in the parity check. `ValueError` for one that breaks the
        protocol.
        """
        try:
            self._take(framework, launch, event)
        except (ValidationError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"the event '{event['event']}' is not as agreed: {error}") from None

    def _take(self, framework: Framework, launch: int | None, event: Mapping[str, Any]) -> None:
        match event["event"]:
            case "started":
                self._started(framework, launch, event)
            case "ledger":
                self.ledgers[framework].update(
                    {str(key): str(value) for key, value in event["items"].items()}
                )
            case "parity":
                self.parity[event["probe"]][framework] = event
            case "sample" if launch is not None:
                self._add(framework, launch, event["probe"], event["track"], event["metric"], event["value"],
                          event["unit"], int(event.get("block", 0)))  # fmt: skip
            case "note":
                self.notes.append(
                    Note(
                        probe=event["probe"],
                        track=event.get("track"),
                        framework=framework,
                        launch=-1 if launch is None else launch,
                        key=event["key"],
                        value=event.get("value"),
                    )
                )
            case "task-failed" if event.get("probe") is not None:
                kind = event.get("kind")
                self.failures.append(
                    Failure(
                        probe=event["probe"],
                        framework=framework,
                        kind=kind if kind in ("out-of-memory", "broken") else "crash",
                        message=str(event.get("message", ""))[:500],
                    )
                )

    def figures(self, task: Task, metric: str, framework: Framework) -> dict[int, float]:
        """The figure of each launch, by launch."""
        blocks: dict[int, list[float]] = defaultdict(list)
        for sample in self.samples:
            if (sample.probe, sample.track, sample.metric, sample.framework) == (*task, metric, framework):
                blocks[sample.launch].append(sample.value)
        return {launch: launch_figure(values) for launch, values in sorted(blocks.items())}

    def pairs(self, task: Task, metric: str) -> tuple[list[float], list[float]]:
        """The figures of both sides, TensorFlow's first, of those launches that both sides finished."""
        left, right = (self.figures(task, metric, framework) for framework in FRAMEWORKS)
        common = sorted(left.keys() & right.keys())
        return [left[launch] for launch in common], [right[launch] for launch in common]

    def metrics(self, task: Task) -> list[tuple[str, str]]:
        """Metric and unit of everything sampled for the task, in order of appearance."""
        return list(dict.fromkeys((s.metric, s.unit) for s in self.samples if (s.probe, s.track) == task))

    def failed(self, probe: str) -> Failure | None:
        """The first failure that concerns this probe, or a whole side of it."""
        return next((failure for failure in self.failures if failure.probe in (probe, None)), None)

    def _started(self, framework: Framework, launch: int | None, event: Mapping[str, Any]) -> None:
        self.sights[framework] = FrameworkSight(
            framework=framework,
            interpreter=self.sights[framework].interpreter,
            version=event["version"],
            python=event["python"],
            build=str(event["build"]),
            devices=tuple(
                Device(kind=_kind(d.get("kind")), name=str(d["name"]), memory_bytes=d.get("memory_bytes"))
                for d in event.get("devices", [])
            ),
        )
        if launch is not None:
            self._add(framework, launch, START_UP, "as-written", "import", event["import_seconds"], "s", 0)

    def _add(
        self,
        framework: Framework,
        launch: int,
        probe: str,
        track: Any,
        metric: str,
        value: Any,
        unit: str,
        block: int,
    ) -> None:
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
            or value < 0
        ):
            raise ValueError(f"{probe}: the figure of '{metric}' is {value!r}; it must be a number from 0 up")
        self.samples.append(
            Sample(
                probe=probe,
                track=track,
                metric=metric,
                framework=framework,
                launch=launch,
                block=block,
                value=float(value),
                unit=unit,
            )
        )


def _kind(kind: Any) -> Any:
    return kind if kind in ("cpu", "cuda", "mps", "tpu") else "other"
