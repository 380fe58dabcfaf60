"""What a probe folder must offer: standard library only, so that any interpreter can run it.

A probe is a folder ``<id>/`` (lower-case letters, digits, ``_``) with three files:

``spec.py``
    ``SPEC: ProbeSpec``, ``batches(parameters, seed) -> Batches``, ``weights(parameters, seed) -> Weights``.
    Imports the standard library, NumPy and this module only. Weights are in the *canonical layout*: dense
    ``(in, out)``, convolution ``(height, width, in, out)``, LSTM gates in the order i, f, g, o.
``with_tensorflow.py`` and ``with_torch.py``
    Mirror files, the same names in the same order:
    ``build(weights, parameters) -> model`` with the given initial weights, ``loss(model, x, y)`` for one
    training batch, and ``predict(model, x)``, the evaluation output. ``x`` is a tensor, or a tuple of tensors
    where `Batches.x` is a tuple. The TensorFlow side is written with Keras 3 alone (``import keras``), so
    that the same file also runs on PyTorch as the bridge; the PyTorch side is in training mode when ``loss``
    is called. Optional: ``inputs(x) -> x``, NumPy to NumPy, the layout that the framework wants, applied
    before any clock starts; and ``as_printed(x, y, seed) -> dict[str, float]``, what a published snippet
    gives when it is run with its own printed settings, where `Batches.printed` holds its data.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Framework = Literal["tensorflow", "pytorch"]
Track = Literal["as-written", "matched", "tuned"]
FRAMEWORKS: tuple[Framework, ...] = ("tensorflow", "pytorch")
TRACKS: tuple[Track, ...] = ("as-written", "matched", "tuned")

Arrays = Mapping[str, Any]  # name -> numpy.ndarray
Weights = Arrays  # canonical layout

SIDES: Mapping[Framework, str] = {"tensorflow": "with_tensorflow", "pytorch": "with_torch"}
SPEC_NAMES = ("SPEC", "batches", "weights")
SIDE_NAMES = ("build", "loss", "predict")


class ContractError(ValueError):
    """A probe folder or a job that breaks the contract: says what, where, and what to write instead."""


@dataclass(frozen=True)
class Parameter:
    """A whole number the user may set, within stated bounds."""

    default: int
    low: int
    high: int
    label: Mapping[str, str]  # language -> words


@dataclass(frozen=True)
class Batches:
    """The data of a probe as NumPy arrays; the first axis of ``x`` and ``y`` counts the batches."""

    x: Any  # (batches, batch, …), or a tuple of such arrays where a model takes several inputs
    y: Any  # (batches, batch) whole numbers for cross-entropy, (batches, batch, out) for a squared error
    evaluation_x: Any  # (n, …): `predict` is checked on it; a tuple where ``x`` is one
    evaluation_y: Any = None  # (n,): needed where the probe states a target accuracy
    printed: tuple[Any, Any] | None = None  # x and y of a published snippet, for ``as_printed``


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
    optimizer: Literal["adam", "sgd"] = "adam"
    learning_rate: float = 1e-3
    parity_steps: int = 20
    parity_tolerance: float = 1e-4  # relative difference of the loss allowed at every step
    typical_step_ms: float = 10.0  # rough, for the time estimate only
    target_accuracy: float | None = None  # set where "time to the target" is measured as well
    domains: tuple[str, ...] = ()  # options of the trait `domain` that this probe speaks to
    targets: tuple[str, ...] = ()  # options of the trait `targets` where models of its kind and size run
    published: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # framework -> what a snippet
    # is said to give, under the names of ``as_printed``
    notes: Mapping[str, str] = field(default_factory=dict)


def complete_parameters(spec: ProbeSpec, given: Mapping[str, int]) -> dict[str, int]:
    """The parameters, defaults filled in; `ContractError` for an unknown name or a value out of bounds."""
    for name in given:
        if name not in spec.parameters:
            known = ", ".join(spec.parameters) or "none"
            raise ContractError(f"{spec.id}: no parameter '{name}'; there is: {known}")
    values = {name: int(given.get(name, parameter.default)) for name, parameter in spec.parameters.items()}
    for name, value in values.items():
        low, high = spec.parameters[name].low, spec.parameters[name].high
        if not low <= value <= high:
            raise ContractError(f"{spec.id}: {name} is {value}; write a number from {low} to {high}")
    return values


def relative_difference(left: float, right: float, scale: float | None = None) -> float:
    """|left - right| over ``scale``, else over the larger magnitude; infinite where one is not finite."""
    if left == right:
        return 0.0
    difference = abs(left - right)
    base = max(abs(left), abs(right)) if scale is None else scale
    if difference != difference or difference == float("inf"):
        return float("inf")
    return difference / base if base else float("inf")


def worst_difference(left: list[float], right: list[float], *, common_scale: bool = False) -> float:
    """The largest relative difference of two equally long series.

    With ``common_scale`` every difference is divided by the largest magnitude of both series: for evaluation
    outputs, where single values may lie near zero. Series of unequal or no length differ infinitely.
    """
    if len(left) != len(right) or not left:
        return float("inf")
    scale = max(map(abs, [*left, *right])) if common_scale else None
    return max(relative_difference(a, b, scale) for a, b in zip(left, right, strict=True))
