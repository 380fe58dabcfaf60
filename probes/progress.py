"""What a run tells while it goes on."""

from dataclasses import dataclass

from probes.contract import Framework, Track
from probes.statistics import Comparison


@dataclass(frozen=True)
class Phase:
    """A worker is in a phase: ``start``, ``parity``, ``build``, ``first-step``, ``warm-up``, ``measure``."""

    framework: Framework
    probe: str | None
    track: Track | None
    phase: str
    pair: int | None  # None during the parity check


@dataclass(frozen=True)
class Certified:
    """The parity check of one probe is decided."""

    probe: str
    granted: bool
    reason: str | None


@dataclass(frozen=True)
class Standing:
    """The steady step's comparison after another pair of launches; not yet a verdict."""

    probe: str
    track: Track
    comparison: Comparison | None
    pairs: int
    planned: int


@dataclass(frozen=True)
class Clock:
    """Seconds that the run still needs, and the share of it that is done (0 to 1), both estimated."""

    seconds_left: float
    done: float


Progress = Phase | Certified | Standing | Clock
