"""How a track runs in each framework: which loop, which compiler, which settings. Imports no framework.

``as-written``
    What the documentation of each side teaches, with its own defaults: Keras ``fit``; PyTorch's plain loop.
``matched``
    No kernel compiler on either side, one optimiser setting, TF32 off: ``tf.function`` without XLA and
    PyTorch's eager mode. Both call the kernels of their library one after the other; ``tf.function`` is how
    TensorFlow dispatches them, the mode that ``fit`` itself uses, and plain TensorFlow eager mode is meant
    for debugging. Who wants the two narrower pairings asks for the variant ``eager`` (op by op from Python on
    both sides) or ``compiled`` (XLA and Inductor).
``tuned``
    A kernel compiler on both sides, channels last, the fused optimiser, TF32 on where the device has it.

Variants change one setting of the track they are asked with: for attribution. ``one-thread`` and
``keep-memory`` are settings of a whole launch, so the parent starts one of its own for each.
"""

from dataclasses import dataclass, replace
from typing import Literal

from probes.contract import ContractError, Framework, Track

Execution = Literal["fit", "eager", "graph", "compiled"]
ONE_THREAD = "one-thread"
KEEP_MEMORY = "keep-memory"
OF_LAUNCH = (ONE_THREAD, KEEP_MEMORY)
VARIANTS = ("eager", "compiled", "channels-last", *OF_LAUNCH, "tf32", "bfloat16", "keras-on-torch")

BRINGS_MORE = ("compiled", "keras-on-torch")
"""Variants that load a compiler or another library into the process."""


@dataclass(frozen=True)
class Mode:
    """One way to run the training steps."""

    execution: Execution
    channels_last: bool = False  # PyTorch; Keras is channels-last anyway
    tf32: bool | None = False  # None: as the framework sets it
    bfloat16: bool = False
    own_defaults: bool = False  # of optimiser, input and convolutions, in place of the aligned ones
    fused_optimizer: bool = False  # PyTorch; XLA fuses the update by itself

    @property
    def compiles(self) -> bool:
        """Whether generated kernels are compiled before the steps run at their pace."""
        return self.execution == "compiled"


def mode_for(framework: Framework, track: Track, variant: str | None) -> Mode:
    """The mode of a track and variant; `ContractError` for a variant that this framework does not have."""
    mode = _track_mode(framework, track)
    match variant:
        case None | "" | "one-thread" | "keep-memory":
            return mode
        case "eager":
            return replace(mode, execution="eager")
        case "compiled":
            return replace(mode, execution="compiled")
        case "tf32":
            return replace(mode, tf32=True)
        case "bfloat16" if mode.execution != "fit":
            return replace(mode, bfloat16=True)
        case "channels-last" if framework == "pytorch":
            return replace(mode, channels_last=True)
        case "channels-last" if framework == "tensorflow":
            return mode
        case "keras-on-torch":  # beside it, the same `fit` on TensorFlow
            return Mode("fit", tf32=None, own_defaults=True)
    raise ContractError(
        f"no variant '{variant}' of the track {track} for {framework}; there is: {', '.join(VARIANTS)}"
    )


def _track_mode(framework: Framework, track: Track) -> Mode:
    tensorflow = framework == "tensorflow"
    match track:
        case "as-written":
            return Mode("fit" if tensorflow else "eager", tf32=None, own_defaults=True)
        case "matched":
            return Mode("graph" if tensorflow else "eager")
        case "tuned":
            return Mode("compiled", channels_last=True, tf32=True, fused_optimizer=True)
