"""The multi-layer perceptron in Keras 3."""

from typing import Any

import keras

from probes.contract import Weights


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    width = parameters["width"]
    model = keras.Sequential(
        [
            keras.Input((parameters["columns"],)),  # B, C
            keras.layers.Dense(width, activation="relu", name="first"),  # B, W
            keras.layers.Dense(width, activation="relu", name="second"),  # B, W
            keras.layers.Dense(10, name="out"),  # B, 10
        ]
    )
    for name in ("first", "second", "out"):
        model.get_layer(name).set_weights([weights[f"{name}/kernel"], weights[f"{name}/bias"]])
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean cross-entropy of a training batch."""
    logits = model(x, training=True)  # B, 10
    losses = keras.losses.sparse_categorical_crossentropy(y, logits, from_logits=True)  # B
    return keras.ops.mean(losses)


def predict(model: Any, x: Any) -> Any:
    """The logits, in evaluation mode."""
    return model(x, training=False)  # B, 10
