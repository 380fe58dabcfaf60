"""The statistics of a comparison, all of them: interval, verdict, smallest visible effect, and when to stop.

The *launch* (one process) is the unit of replication: steps inside one launch share its memory layout and its
luck, so a launch counts once, by the median of its blocks. Launches run in ABBA order, and each pair of
neighbours gives one difference of logarithms, ``log(tensorflow / pytorch)``: what drifts slowly cancels
within the pair. The interval is Student's t over these differences. Arrays may have leading axes, so a
simulation runs thousands of comparisons at once with the very code that judges a real one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Call = Literal["tensorflow", "pytorch", "same", "cannot-tell"]
Floats = NDArray[np.float64]

MARGIN = 0.10
"""Margin of practical equality: figures closer than this are the same for every practical purpose."""

ERROR = 0.05
"""Share of intervals that may miss the true ratio, over all looks together."""

EARLY_SHARE = 0.1
"""Part of ERROR spent at the look halfway; the rest is left for the end."""

DECISION_SHARE = 0.2
"""A lead must hold at this part of the interval's error (1 %): a false one costs more than an open one."""

LAUNCH_SPREAD = 0.08
"""Spread between identical processes assumed before a run; 5–10 % is seen on a shared 2-core machine."""

FEWEST_PAIRS = 3


@dataclass(frozen=True)
class Comparison:
    """Ratio of TensorFlow's figure to PyTorch's with its interval, and what may be concluded from it."""

    ratio: float
    low: float
    high: float
    call: Call
    pairs: int
    confidence: float


def launch_figure(blocks: Sequence[float] | Floats) -> float:
    """One launch's figure: the median of its blocks, deaf to a single interruption."""
    return float(np.median(np.asarray(blocks, dtype=np.float64)))


def looks(planned: int) -> tuple[int, ...]:
    """Numbers of pairs after which a run may be judged: the end, and halfway if that is four pairs or more.

    The early look is even, so that it ends with a whole ABBA block.
    """
    half = planned // 2 - (planned // 2) % 2
    return (half, planned) if half >= 4 else (planned,)


def error_at(pairs: int, planned: int) -> float:
    """Share of ERROR that an interval after ``pairs`` of ``planned`` pairs may spend (Bonferroni over looks).

    A run that ends between the looks because its time is up spends what the end would have spent: time
    does not know the data.
    """
    schedule = looks(planned)
    if len(schedule) == 1:
        return ERROR
    return ERROR * EARLY_SHARE if pairs == schedule[0] else ERROR * (1 - EARLY_SHARE)


def compare(tensorflow: Sequence[float], pytorch: Sequence[float], planned: int) -> Comparison | None:
    """Compare the launch figures of two sides, paired by position; None with fewer than two pairs.

    Figures must be positive. ``planned`` is the number of pairs the run set out to make.
    """
    if len(tensorflow) != len(pytorch):
        raise ValueError(f"every launch needs its partner: {len(tensorflow)} against {len(pytorch)}")
    if len(tensorflow) < 2:
        return None
    differences = np.log(np.asarray(tensorflow, dtype=np.float64)) - np.log(
        np.asarray(pytorch, dtype=np.float64)
    )
    error = error_at(len(tensorflow), planned)
    centre, low, high = (float(value) for value in interval(differences, error))
    return Comparison(
        ratio=math.exp(centre),
        low=math.exp(low),
        high=math.exp(high),
        call=_CALLS[int(decide(differences, error))],
        pairs=len(tensorflow),
        confidence=1 - error,
    )


def interval(differences: Floats, error: float) -> tuple[Floats, Floats, Floats]:
    """Centre and ends of the t interval over the last axis; a share ``error`` of them misses the truth."""
    centre = differences.mean(axis=-1)
    half = _quantile(error, differences.shape[-1] - 1) * _standard_error(differences)
    return centre, centre - half, centre + half


def decide(differences: Floats, error: float, margin: float = MARGIN) -> NDArray[np.int8]:
    """Three-way verdict over the last axis: 1 and -1 for a lead (+1 where TensorFlow's figure is larger),
    0 for the same within the margin, and 2 where it cannot be told.

    A lead needs an estimate beyond the margin *and* equal figures excluded at DECISION_SHARE of the error.
    "Same" needs the whole interval inside the margin.
    """
    edge = math.log1p(margin)
    centre, low, high = interval(differences, error)
    pairs = differences.shape[-1]
    strict = _quantile(error * DECISION_SHARE, pairs - 1) * _standard_error(differences)
    lead = (np.abs(centre) > strict) & (np.abs(centre) > edge) & (pairs >= FEWEST_PAIRS)
    same = (low > -edge) & (high < edge) & (pairs >= FEWEST_PAIRS)
    return np.where(lead, np.sign(centre), np.where(same, 0, 2)).astype(np.int8)


def decide_in_sequence(
    differences: Floats, margin: float = MARGIN
) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """Verdict and number of pairs used when every comparison stops at the first look that settles it."""
    planned = differences.shape[-1]
    verdict = np.full(differences.shape[:-1], 2, dtype=np.int8)
    used = np.full(differences.shape[:-1], planned, dtype=np.int64)
    for pairs in looks(planned):
        found = decide(differences[..., :pairs], error_at(pairs, planned), margin)
        settled = (verdict == 2) & (found != 2)
        used = np.where(settled, pairs, used)
        verdict = np.where(settled, found, verdict)
    return verdict, used


def smallest_effect(planned: int, spread: float = LAUNCH_SPREAD, power: float = 0.95) -> float | None:
    """Smallest ratio that a run of ``planned`` pairs calls a lead with the given power; None where none can
    be.

    ``spread`` is the relative spread between launches of one side. Exact for Gaussian noise (noncentral t).
    """
    from scipy import special

    if planned < FEWEST_PAIRS:
        return None
    error = error_at(planned, planned)
    standard_error = spread * math.sqrt(2 / planned)
    threshold = _quantile(error * DECISION_SHARE, planned - 1)
    shift = float(special.nctdtrinc(planned - 1, 1 - power, threshold)) * standard_error
    beyond_margin = math.log1p(MARGIN) + float(special.ndtri(power)) * standard_error
    return math.exp(max(shift, beyond_margin))


_CALLS: dict[int, Call] = {
    1: "pytorch",
    -1: "tensorflow",
    0: "same",
    2: "cannot-tell",
}  # the larger figure loses


def _standard_error(differences: Floats) -> Any:
    return differences.std(axis=-1, ddof=1) / math.sqrt(differences.shape[-1])


def _quantile(error: float, freedom: int) -> float:
    from scipy import special  # here, because the web server imports this module and needs no SciPy to start

    return float(special.stdtrit(freedom, 1 - error / 2))
