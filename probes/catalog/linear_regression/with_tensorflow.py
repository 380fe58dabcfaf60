"""Linear regression in Keras 3."""

from typing import Any

import keras
import numpy as np

from probes.contract import Weights


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, name="line")])  # B, 1 -> B, 1
    model.get_layer("line").set_weights([weights["line/kernel"], weights["line/bias"]])
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean squared error of a training batch."""
    return keras.ops.mean(keras.ops.square(model(x, training=True) - y))


def predict(model: Any, x: Any) -> Any:
    """The fitted values."""
    return model(x, training=False)  # B, 1


def as_printed(x: Any, y: Any, seed: int) -> dict[str, float]:
    """What the guide's settings give: ``sgd`` and ``mse`` by name, 50 epochs, batches of 32."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    model.fit(x, y, epochs=50, verbose=0)
    weight, bias = model.get_weights()
    half = model.predict(np.array([[0.5]], dtype="float32"), verbose=0)
    return {
        "weight": float(weight[0, 0]),
        "bias": float(bias[0]),
        "prediction": float(half[0, 0]),  # at x = 0.5
        "steps": float(model.optimizer.iterations.numpy()),
    }
