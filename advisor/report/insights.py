"""What a measurement says beyond its verdicts, as data: every sentence on it is made from this alone."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from advisor.inference.model import TextMap
from probes import insights
from probes.contract import FRAMEWORKS, Framework, Track
from probes.insights import BreakEven, Fetched, LeadChange, LoneDevice, Moved, Printed, SelfTest, Unsettled
from probes.model import Measurements, Ratio

Sided = TypeVar("Sided", BreakEven, Fetched, Printed, Unsettled)

LARGEST = 1e15  # as the figures of a measurement; self-tests and notes of a file may hold anything


class AgainstItself(BaseModel):
    """One figure of one framework, launches set against neighbouring launches: equal, as they must be?"""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    probe: str
    track: Track
    metric: str
    framework: Framework
    ratio: Ratio
    interval: tuple[Ratio, Ratio]
    passed: bool
    shown_same: bool = False  # proven equal, and not just not different


class Insights(BaseModel):
    """All of it. ``titles`` names each timing, ``settings`` each number that leads change along."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    titles: dict[str, TextMap] = {}
    settings: dict[str, TextMap] = {}
    busy: bool = False  # other programs took so much of the machine that no time is judged
    lone_devices: tuple[LoneDevice, ...] = ()
    moved: tuple[Moved, ...] = ()
    lead_changes: tuple[LeadChange, ...] = ()
    break_even: tuple[BreakEven, ...] = ()
    printed: tuple[Printed, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    fetched: tuple[Fetched, ...] = ()
    against_itself: tuple[AgainstItself, ...] = ()
    self_tests: tuple[SelfTest, ...] = ()


def gather(found: Measurements) -> Insights:
    """Everything of the kind in a measurement, without its titles. Values that no run writes are left out."""
    return Insights(
        busy=any(result.reason_code == "busy" for result in found.results),
        lone_devices=insights.lone_devices(found),
        moved=insights.moved(found),
        lead_changes=insights.lead_changes(found),
        break_even=tuple(one for one in _in_order(insights.break_even(found)) if all(map(_sound, one.steps))),
        printed=tuple(_in_order(insights.printed(found))),
        unsettled=tuple(_in_order(insights.unsettled(found))),
        fetched=tuple(_in_order(insights.fetched(found))),
        against_itself=tuple(_against_itself(found)),
        self_tests=tuple(
            one for one in insights.self_tests(found) if _sound(one.expected) and _sound(one.measured)
        ),
    )


def _in_order(found: Iterable[Sided]) -> list[Sided]:
    """By probe, TensorFlow first; the workers' notes come as the workers took turns."""
    return sorted(found, key=lambda one: (one.probe, FRAMEWORKS.index(one.framework)))


def _against_itself(found: Measurements) -> Iterator[AgainstItself]:
    rows = (found.null_check or {}).get("rows")
    for row in rows if isinstance(rows, list) else []:
        try:
            yield AgainstItself.model_validate(row)
        except ValidationError:
            continue


def _sound(value: float | None) -> bool:
    return value is None or abs(value) < LARGEST
