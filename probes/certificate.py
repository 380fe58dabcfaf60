"""The parity certificate: proof that both sides computed the same thing, without which no timing is shown."""

import math
from collections.abc import Mapping
from typing import Any

from probes.contract import FRAMEWORKS, Framework, ProbeSpec, worst_difference
from probes.model import Certificate

OPTIMIZERS = ("sgd", "adam")


def certify(spec: ProbeSpec, sides: Mapping[Framework, Mapping[str, Any]]) -> Certificate:
    """Compares the ``parity`` events of both sides at every step.

    Losses: relative difference at each step. Evaluation outputs: difference over the largest output, since
    single outputs may lie near zero. Both against ``spec.parity_tolerance``.
    """
    missing = [framework for framework in FRAMEWORKS if framework not in sides]
    if missing:
        return _refused(spec, f"no parity run from {' and '.join(missing)}")
    left, right = (sides[framework] for framework in FRAMEWORKS)
    for item in ("weights", "batches"):
        if not left.get(item) or left.get(item) != right.get(item):
            return _refused(spec, f"the two sides did not start from the same {item}")
    losses: dict[str, dict[str, list[float]]] = {}
    worst: dict[str, float] = {}
    for optimizer in OPTIMIZERS:
        series = [
            [float(loss) for loss in side.get("losses", {}).get(optimizer, [])] for side in (left, right)
        ]
        if any(len(one) < spec.parity_steps for one in series):
            return _refused(spec, f"fewer than {spec.parity_steps} steps of {optimizer}")
        losses[optimizer] = dict(zip(FRAMEWORKS, series, strict=True))
        worst[optimizer] = worst_difference(*series)
    outputs = [[float(value) for value in side.get("evaluation", [])] for side in (left, right)]
    worst["evaluation"] = worst_difference(*outputs, common_scale=True)
    failed = [check for check, difference in worst.items() if not difference <= spec.parity_tolerance]
    return Certificate(
        granted=not failed,
        steps=spec.parity_steps,
        tolerance=spec.parity_tolerance,
        # JSON has no infinity: a difference that is not a number is told by the reason.
        worst={check: value for check, value in worst.items() if math.isfinite(value)},
        losses={name: pair for name, pair in losses.items() if all(map(_finite, pair.values()))},
        reason=f"the two sides differ by more than {spec.parity_tolerance:g}: {', '.join(failed)}"
        if failed
        else None,
    )


def _refused(spec: ProbeSpec, reason: str) -> Certificate:
    return Certificate(granted=False, steps=spec.parity_steps, tolerance=spec.parity_tolerance, reason=reason)


def _finite(series: list[float]) -> bool:
    return all(math.isfinite(value) for value in series)
