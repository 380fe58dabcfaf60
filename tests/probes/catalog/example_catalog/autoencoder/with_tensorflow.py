"""The autoencoder in Keras 3: the same names in the same order as in ``with_torch.py``."""

from typing import Any

import keras

from probes.contract import Weights


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    columns = parameters["columns"]
    model = keras.Sequential(
        [
            keras.Input((columns,)),  # B, C
            keras.layers.Dense(8, activation="tanh", name="narrow"),  # B, 8
            keras.layers.Dense(columns, name="wide"),  # B, C
        ]
    )
    for name in ("narrow", "wide"):
        model.get_layer(name).set_weights([weights[f"{name}/kernel"], weights[f"{name}/bias"]])
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean squared error of a training batch."""
    return keras.ops.mean(keras.ops.square(model(x, training=True) - y))


def predict(model: Any, x: Any) -> Any:
    """The rebuilt rows, in evaluation mode."""
    return model(x, training=False)  # B, C
