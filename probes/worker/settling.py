"""When has a series of step times settled? A level test, with "never" as a possible answer."""

from collections.abc import Sequence
from math import sqrt
from statistics import median

ENOUGH = 6  # observations below which nothing is said
TOLERANCE = 0.05  # relative change of the level that is not worth waiting for


def is_level(times: Sequence[float], tolerance: float = TOLERANCE) -> bool:
    """Whether the two halves of ``times`` lie on one level, within ``tolerance`` or within their own noise.

    The noise of a half's median is 1.253 standard errors, the deviation estimated by 1.4826 times the median
    absolute deviation from each half's own median, so that a trend does not hide behind itself.
    """
    if len(times) < ENOUGH:
        return False
    middle = len(times) // 2
    early, late = times[:middle], times[middle:]
    levels = median(early), median(late)
    spread = 1.4826 * median(
        [abs(time - levels[0]) for time in early] + [abs(time - levels[1]) for time in late]
    )
    noise = 1.253 * spread * sqrt(1 / len(early) + 1 / len(late))
    return abs(levels[0] - levels[1]) <= max(tolerance * min(levels), noise)


def settled_from(times: Sequence[float]) -> int | None:
    """The first index from which ``times`` is level to the end, or None where it never settles."""
    for start in range(len(times) - ENOUGH + 1):
        rest = times[start:]
        level = median(rest)
        spread = 1.4826 * median([abs(time - level) for time in rest])
        outside = rest[0] > level + max(TOLERANCE * level, 3 * spread)
        if not outside and is_level(rest):
            return start
    return None
