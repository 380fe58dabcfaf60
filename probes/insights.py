"""What a measurement says beyond its verdicts: what moves the ratio, where the lead changes, what compiling
costs, what never settled, what fetching memory costs, and how well the harness measured itself.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from probes.contract import FRAMEWORKS, Framework, Track
from probes.model import HEADLINE, Measurements, Result
from probes.statistics import compare, launch_figure

LEADS = ("tensorflow", "pytorch")

FETCHES = 100
"""Page faults a step, and"""
SYSTEM_SHARE = 0.1
"""share of the processor time, from which on fetching memory is worth a word."""


@dataclass(frozen=True)
class Moved:
    """What one switched setting does to the ratio of the steady steps: ``factor`` is new over old.

    The interval is over pairs of launches, each set against itself without the switch; None with too few.
    """

    probe: str
    track: Track
    variant: str
    ratio: float  # without the switch
    switched: float
    factor: float
    interval: tuple[float, float] | None
    pairs: int


@dataclass(frozen=True)
class LeadChange:
    """Between two neighbouring values of a swept setting the lead passes from one framework to the other."""

    probe: str
    track: Track
    setting: str
    below: int
    above: int
    leads: tuple[str, str]


@dataclass(frozen=True)
class BreakEven:
    """Training steps after which compiling has paid for itself, one number a launch; None is never.

    ``cached``: in launches whose compiler found its work in the cache of an earlier one.
    """

    probe: str
    track: Track
    framework: Framework
    steps: tuple[int | None, ...]
    cached: bool = False


@dataclass(frozen=True)
class Unsettled:
    """A series of steps whose pace never settled, in so many of the launches."""

    probe: str
    track: Track
    framework: Framework
    launches: int
    of: int


@dataclass(frozen=True)
class Fetched:
    """Steps that gave memory back to the system and fetched it again: page faults a step, in the launch with
    the fewest and in that with the most, and the largest share of processor time spent in the system.
    """

    probe: str
    track: Track
    framework: Framework
    fewest: float
    most: float
    system_share: float


@dataclass(frozen=True)
class SelfTest:
    """One finding of the harness about itself. For a clock without synchronisation ``measured`` is what it
    would have read and ``expected`` what it should have.
    """

    framework: Framework
    test: str
    expected: float
    measured: float | None
    unit: str
    passed: bool


@dataclass(frozen=True)
class Printed:
    """What a published snippet gives here with its own settings, and what it was said to give."""

    probe: str
    framework: Framework
    published: Mapping[str, float]
    found: tuple[Mapping[str, float], ...]  # one a draw


@dataclass(frozen=True)
class LoneDevice:
    """A kind of accelerator that only one framework sees; both were compared on ``compared_on``."""

    framework: Framework
    device: str
    compared_on: str


def moved(found: Measurements) -> tuple[Moved, ...]:
    """Every variant against the same probe and track without it."""
    pairs = _log_ratios(found)
    shown = []
    for (key, track), switched in pairs.items():
        base, plus, variant = key.partition("+")
        before = pairs.get((base, track), {})
        common = sorted(before.keys() & switched.keys())
        if not plus or not common:
            continue
        old, new = ([math.exp(series[pair]) for pair in common] for series in (before, switched))
        told = compare(new, old, len(common))
        shown.append(
            Moved(
                probe=base,
                track=track,
                variant=variant,
                ratio=_middle(old),
                switched=_middle(new),
                factor=_middle(new) / _middle(old),
                interval=(told.low, told.high) if told else None,
                pairs=len(common),
            )
        )
    return tuple(shown)


def lead_changes(found: Measurements) -> tuple[LeadChange, ...]:
    """Where, along a sweep, the verdict passes from one framework to the other."""
    lines: dict[tuple[Any, ...], list[Result]] = defaultdict(list)
    for one in found.results:
        if one.metric == HEADLINE:
            lines[one.probe, one.track, one.variant].append(one)
    changes = []
    for (probe, track, _), points in lines.items():
        for setting in _swept(points):
            leading = sorted(
                (one for one in points if one.verdict in LEADS), key=lambda one: one.parameters[setting]
            )
            changes += [
                LeadChange(
                    probe,
                    track,
                    setting,
                    a.parameters[setting],
                    b.parameters[setting],
                    (a.verdict, b.verdict),
                )
                for a, b in pairwise(leading)
                if a.verdict != b.verdict
            ]
    return tuple(changes)


def break_even(found: Measurements) -> tuple[BreakEven, ...]:
    """Compiling against the same steps without a compiler, as the launches found it."""
    return tuple(
        BreakEven(probe, track, framework, tuple(values), cached)
        for key, cached in (("break-even-steps", False), ("break-even-steps-cached", True))
        for (probe, track, framework), values in _noted(found, key)
        if all(value is None or isinstance(value, int) for value in values)
    )


def unsettled(found: Measurements) -> tuple[Unsettled, ...]:
    """Series that went on changing: their figures are a middle of what was seen, not a pace."""
    return tuple(
        Unsettled(probe, track, framework, values.count(False), len(values))
        for (probe, track, framework), values in _noted(found, "settled")
        if False in values
    )


def fetched(found: Measurements) -> tuple[Fetched, ...]:
    """Where a launch spent its time on fetching memory; the C library decides anew in every launch."""
    shares = {series: _counted(values) for series, values in _noted(found, "system-share")}
    return tuple(
        Fetched(*series, fewest=min(faults), most=max(faults), system_share=max(share))
        for series, values in _noted(found, "page-faults-per-step")
        if (faults := _counted(values)) and max(faults) >= FETCHES
        if (share := shares.get(series)) and max(share) >= SYSTEM_SHARE
    )


def self_tests(found: Measurements) -> tuple[SelfTest, ...]:
    """The harness against a sleep, an empty step, an allocation, and a clock that does not wait."""
    told = found.self_tests or {}
    return tuple(
        SelfTest(framework, test, one["expected"], one["measured"], str(one["unit"]), one["passed"] is True)
        for framework in FRAMEWORKS
        for test, one in (told[framework] if isinstance(told.get(framework), Mapping) else {}).items()
        if isinstance(one, Mapping) and {"expected", "measured", "unit", "passed"} <= one.keys()
        if isinstance(one["expected"], int | float) and isinstance(one["measured"], int | float | None)
    )


def printed(found: Measurements) -> tuple[Printed, ...]:
    """Published snippets beside what they give."""
    said = {(probe, framework): values[-1] for (probe, _, framework), values in _noted(found, "published")}
    return tuple(
        Printed(probe, framework, _numbers(said.get((probe, framework))), tuple(map(_numbers, values[-1])))
        for (probe, _, framework), values in _noted(found, "as-printed")
        if isinstance(values[-1], list)
    )


def lone_devices(found: Measurements) -> tuple[LoneDevice, ...]:
    """Accelerators of one side; the comparison then stands on what both can use."""
    seen = {one.framework: {device.kind for device in one.devices} for one in found.machine.sights}
    used = (
        next((row.tensorflow or row.pytorch for row in found.ledger if row.item == "device"), None) or "cpu"
    )
    return tuple(
        LoneDevice(framework, kind, used)
        for framework, other in (FRAMEWORKS, FRAMEWORKS[::-1])
        for kind in sorted(seen.get(framework, set()) - seen.get(other, set()) - {"cpu", "other"})
    )


def _log_ratios(found: Measurements) -> dict[tuple[str, Track], dict[int, float]]:
    """Probe key and track -> pair of launches -> log of TensorFlow's steady step over PyTorch's."""
    blocks: dict[tuple[str, Track], dict[tuple[int, Framework], list[float]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in found.samples:
        if one.metric == HEADLINE and one.value > 0:
            blocks[one.probe, one.track][one.launch, one.framework].append(one.value)
    return {task: dict(_paired(sides)) for task, sides in blocks.items()}


def _paired(sides: Mapping[tuple[int, Framework], list[float]]) -> Iterator[tuple[int, float]]:
    for launch, framework in sides:
        if framework == "tensorflow" and (launch, "pytorch") in sides:
            left, right = (launch_figure(sides[launch, side]) for side in FRAMEWORKS)
            yield launch, math.log(left / right)


def _noted(found: Measurements, key: str) -> list[tuple[tuple[str, Any, Framework], list[Any]]]:
    notes: dict[tuple[str, Any, Framework], list[Any]] = defaultdict(list)
    for note in found.notes:
        if note.key == key:
            notes[note.probe, note.track, note.framework].append(note.value)
    return list(notes.items())


def _swept(points: list[Result]) -> list[str]:
    names = points[0].parameters if points else {}
    return [name for name in names if len({one.parameters.get(name) for one in points}) > 1]


def _middle(ratios: list[float]) -> float:
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def _numbers(value: Any) -> dict[str, float]:
    """A note's numbers by name; notes of an imported file may hold anything."""
    given = value.items() if isinstance(value, Mapping) else ()
    return {str(key): float(one) for key, one in given if isinstance(one, int | float) and abs(one) < 1e15}


def _counted(values: list[Any]) -> list[float]:
    return [float(one) for one in values if isinstance(one, int | float) and 0 <= one < 1e15]
