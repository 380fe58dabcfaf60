"""What one side contributes to the parity certificate: two trajectories and the evaluation outputs."""

from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from probes.contract import Batches
from probes.worker.folder import Probe
from probes.worker.job import Difference
from probes.worker.seam import Check, Seam

EVALUATED = 512  # at most so many evaluation outputs cross the line
WRONG_EPSILON = 1e-3


class ParityBrokenError(RuntimeError):
    """A trajectory that can't be compared."""


@dataclass(frozen=True)
class Contribution:
    """Losses by check, evaluation outputs after the SGD trajectory, hashes of what both sides start from."""

    losses: dict[str, list[float]]
    evaluation: list[float]
    weights: str
    batches: str


def contribute(seam: Seam, probe: Probe, difference: Difference | None = None) -> Contribution:
    """Runs the trajectories with TF32 off and deterministic operations.

    ``difference`` makes a deliberate one, which the certificate must not survive: another ``epsilon`` for
    Adam, one ``weight`` with its sign flipped, or the ``order`` of the batches reversed. The hashes stay
    those of the undisturbed arrays, so that the losses alone have to give it away.
    """
    disturbed = disturb(probe, difference)
    seam.use_tf32(False)
    seam.use_determinism(True)
    try:
        steps = probe.spec.parity_steps
        sgd, outputs = seam.trajectory(disturbed, Check("sgd", steps))
        adam_check = Check("adam", steps)
        if difference == "epsilon":
            adam_check = replace(adam_check, epsilon=WRONG_EPSILON)
        adam, _ = seam.trajectory(disturbed, adam_check)
    finally:
        seam.use_determinism(False)
        seam.use_tf32(None)
    losses = {"sgd": list(map(float, sgd)), "adam": list(map(float, adam))}
    evaluation = [float(value) for value in np.asarray(outputs).reshape(-1)[:EVALUATED]]
    for name, series in {**losses, "evaluation": evaluation}.items():
        if not all(map(isfinite, series)):
            raise ParityBrokenError(f"{probe.spec.id}: a value of '{name}' is not finite; training diverged")
    return Contribution(losses, evaluation, weights=probe.weights_hash, batches=probe.batches_hash)


def disturb(probe: Probe, difference: Difference | None) -> Probe:
    """The probe with one flipped weight or reversed batches; unchanged otherwise."""
    if difference == "weight":
        # The largest of the last matrix: the one whose sign a wrong conversion would be blamed for.
        name = [name for name, array in probe.weights.items() if array.ndim >= 2][-1]
        flipped = np.array(probe.weights[name])
        at = np.unravel_index(np.abs(flipped).argmax(), flipped.shape)
        flipped[at] = -flipped[at]
        return replace(probe, weights={**probe.weights, name: flipped})
    if difference == "order":
        x, y = probe.batches.x, probe.batches.y
        turned = tuple(part[::-1] for part in x) if isinstance(x, tuple) else x[::-1]
        batches: Batches = replace(probe.batches, x=turned, y=y[::-1])
        return replace(probe, batches=batches)
    return probe
