"""What a focus of the Measure page asks of a plan: one probe instead of several, swept or varied."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from probes.catalogue import Entry
    from probes.plan import PlanName

BATCH = "batch"
STEP = 4  # from one point of the sweep to the next
MATCHED = ("matched",)


def asked(
    focus: str, nearest: "Sequence[Entry]", settings: Mapping[str, int], threads: int, plan: "PlanName"
) -> dict[str, Any]:
    """The arguments for a plan; none for the plain comparison. ``nearest`` are the probes, best first.

    A sweep takes three batch sizes around the probe's own, or around the user's. Attribution switches to
    each operation by itself, to one thread where there are more, and to keeping freed memory where the C
    library can; the thorough plan has time for compiler, precision and the layout of images as well.
    """
    if focus == "sweep":
        probe = next(entry for entry in nearest if BATCH in entry.spec.parameters)
        others = {name: value for name, value in settings.items() if name != BATCH}
        return _one(probe, others) | {"sweep": (BATCH, _around(probe, settings))}
    if focus == "attribution":
        return _one(nearest[0], settings) | {"variants": list(_switched(nearest[0], threads, plan))}
    return {}


def _switched(probe: "Entry", threads: int, plan: "PlanName") -> Iterator[str]:
    from probes.environment import can_keep_memory

    yield "eager"
    if threads > 1:
        yield "one-thread"
    if can_keep_memory():
        yield "keep-memory"
    if plan == "thorough":
        yield from ("compiled", "bfloat16")
        if "vision" in probe.spec.domains:
            yield "channels-last"


def _one(probe: "Entry", settings: Mapping[str, int]) -> dict[str, Any]:
    own = {name: value for name, value in settings.items() if name in probe.spec.parameters}
    return {"ids": [probe.spec.id], "tracks": MATCHED, "settings": own}


def _around(probe: "Entry", settings: Mapping[str, int]) -> list[int]:
    number = probe.spec.parameters[BATCH]
    middle = settings.get(BATCH, number.default)
    points = (middle // STEP, middle, middle * STEP)
    return sorted({min(max(point, number.low), number.high) for point in points})
