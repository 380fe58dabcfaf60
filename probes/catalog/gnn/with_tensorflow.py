"""The graph convolution in Keras 3."""

from typing import Any

import keras

from probes.contract import Weights


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    count, width = parameters["nodes"], parameters["width"]
    nodes = keras.Input((count, 32))  # B, N, 32
    adjacency = keras.Input((count, count))  # B, N, N
    x = keras.ops.matmul(adjacency, keras.layers.Dense(width, name="first")(nodes))  # B, N, W
    x = keras.ops.relu(x)
    x = keras.ops.matmul(adjacency, keras.layers.Dense(width, name="second")(x))  # B, N, W
    x = keras.ops.relu(x)
    x = keras.ops.mean(x, axis=1)  # B, W
    outputs = keras.layers.Dense(10, name="out")(x)  # B, 10
    model = keras.Model((nodes, adjacency), outputs)
    for name in ("first", "second", "out"):
        model.get_layer(name).set_weights([weights[f"{name}/kernel"], weights[f"{name}/bias"]])
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean cross-entropy of a training batch; ``x`` is nodes and adjacency."""
    logits = model(x, training=True)  # B, 10
    losses = keras.losses.sparse_categorical_crossentropy(y, logits, from_logits=True)  # B
    return keras.ops.mean(losses)


def predict(model: Any, x: Any) -> Any:
    """The logits, in evaluation mode."""
    return model(x, training=False)  # B, 10
