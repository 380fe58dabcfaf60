"""What a probe folder must offer and what a worker says: standard library only, so that any interpreter can run it.

A probe is a folder ``<id>/`` with three files:

``spec.py``
    ``SPEC: ProbeSpec``, ``batches(parameters, seed) -> Batches`` and ``weights(parameters, seed) -> Weights``.
    Imports NumPy and this module only. Weights are in the *canonical layout*: dense ``(in, out)``,
    convolution ``(height, width, in, out)``, LSTM gates in the order i, f, g, o.
``with_tensorflow.py`` and ``with_torch.py``
    Mirror files, the same names in the same order:
    ``build(weights, parameters) -> model`` with the given initial weights, ``loss(model, x, y)``,
    and ``predict(model, x)``, the evaluation output.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Framework = Literal["tensorflow", "pytorch"]
Track = Literal["as-written", "matched", "tuned"]
FRAMEWORKS: tuple[Framework, ...] = ("tensorflow", "pytorch")
TRACKS: tuple[Track, ...] = ("as-written", "matched", "tuned")

Arrays = Mapping[str, Any]  # name -> numpy.ndarray


@dataclass(frozen=True)
class Parameter:
    """A whole number the user may set, within stated bounds."""

    default: int
    low: int
    high: int
    label: Mapping[str, str]  # language -> words


@dataclass(frozen=True)
class ProbeSpec:
    """One question of the user's, answered by measuring the same thing in both frameworks."""

    id: str
    title: Mapping[str, str]  # language -> words
    question: Mapping[str, str]
    family: str  # "training" for this version of the worker
    parameters: Mapping[str, Parameter]
    loss: Literal["cross-entropy", "mean-squared-error"]
    tracks: tuple[Track, ...] = TRACKS
    parity_steps: int = 20
    parity_tolerance: float = 1e-4  # relative difference of the loss allowed at every step
    typical_step_ms: float = 10.0  # rough, for the time estimate only
    target_accuracy: float | None = None  # set where "time to the target" is measured as well
    domains: tuple[str, ...] = ()  # options of the trait `domain` that this probe speaks to
    notes: Mapping[str, str] = field(default_factory=dict)
