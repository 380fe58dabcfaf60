"""The recurrent network in Keras 3."""

from typing import Any

import keras

from probes.contract import Weights


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    inputs = keras.Input((parameters["length"], 16))  # B, L, 16
    x = keras.layers.LSTM(parameters["units"], name="lstm")(inputs)  # B, U: the last state
    outputs = keras.layers.Dense(10, name="out")(x)  # B, 10
    model = keras.Model(inputs, outputs)
    # Keras' gates are input, forget, cell, output: the canonical order.
    model.get_layer("lstm").set_weights(
        [weights["lstm/kernel"], weights["lstm/recurrent"], weights["lstm/bias"]]
    )
    model.get_layer("out").set_weights([weights["out/kernel"], weights["out/bias"]])
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean cross-entropy of a training batch."""
    logits = model(x, training=True)  # B, 10
    losses = keras.losses.sparse_categorical_crossentropy(y, logits, from_logits=True)  # B
    return keras.ops.mean(losses)


def predict(model: Any, x: Any) -> Any:
    """The logits, in evaluation mode."""
    return model(x, training=False)  # B, 10
