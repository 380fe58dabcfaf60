"""Keras 3 on PyTorch, the bridge: the probe's Keras side, trained by ``fit`` in a PyTorch process."""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from probes.worker.folder import Probe
from probes.worker.isolation import OPTIONAL_TO_KERAS, without
from probes.worker.seam import EnvironmentMissingError, Trainer
from probes.worker.with_keras_fit import compile_model, drive_fit, optimizer_rows


def load_keras() -> Any:
    """Keras; `EnvironmentMissingError` without Keras 3, or where it runs on something else than PyTorch."""
    try:
        with without(*OPTIONAL_TO_KERAS):
            import keras
    except ImportError as error:
        raise EnvironmentMissingError(f"Keras 3 is not installed beside PyTorch: {error}") from None
    if keras.backend.backend() != "torch":
        raise EnvironmentMissingError(f"Keras runs on {keras.backend.backend()} here, not on PyTorch")
    return keras


def trainer(seam: Any, probe: Probe) -> Trainer:
    """The steps of ``fit``."""
    keras = load_keras()
    seam.use_autotune(False)
    model = probe.side.build(probe.weights, probe.parameters)
    compile_model(keras, model, probe, None)

    def predict(x: Any) -> Any:
        placed = (
            tuple(map(keras.ops.convert_to_tensor, x))
            if isinstance(x, tuple)
            else keras.ops.convert_to_tensor(x)
        )
        return keras.ops.convert_to_numpy(probe.side.predict(model, placed))

    return Trainer(
        drive=lambda plan: drive_fit(plan, model, _endless(keras, probe), seam.synchronise),
        predict=predict,
        settings={
            "execution": f"Keras {keras.__version__} fit on PyTorch, jit_compile {model.jit_compile}",
            "input": "on the device before the first step",
            "layout": keras.config.image_data_format(),
            "precision": "float32",
            "tf32": seam.tf32(),
            "convolution-autotune": seam.autotune(),
        },
        optimizer=optimizer_rows(model.optimizer) | {"fused-update": "off"},
        findings=dict,
    )


def _endless(keras: Any, probe: Probe) -> Iterator[tuple[Any, Any]]:
    tensor = keras.ops.convert_to_tensor
    x, y = probe.batches.x, probe.batches.y
    # A generator: `fit` does not take any other iterator.
    yield from cycle(
        [
            (tuple(tensor(part[i]) for part in x) if isinstance(x, tuple) else tensor(x[i]), tensor(y[i]))
            for i in range(len(y))
        ]
    )
