"""The small convolutional network in Keras 3."""

from typing import Any

import keras

from probes.contract import Weights


def inputs(x: Any) -> Any:
    """The images in this framework's layout."""
    return x  # …, 28, 28, 1


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    inputs = keras.Input((28, 28, 1))  # B, 28, 28, 1
    x = keras.layers.Conv2D(parameters["filters"], 3, activation="relu", name="conv")(inputs)  # B, 26, 26, F
    x = keras.layers.MaxPooling2D(2)(x)  # B, 13, 13, F
    x = keras.layers.Flatten()(x)  # B, 169 F
    x = keras.layers.Dense(64, activation="relu", name="hidden")(x)  # B, 64
    outputs = keras.layers.Dense(10, name="out")(x)  # B, 10
    model = keras.Model(inputs, outputs)
    for name in ("conv", "hidden", "out"):
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
