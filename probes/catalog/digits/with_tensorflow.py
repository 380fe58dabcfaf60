"""Handwritten digits in Keras 3."""

from typing import Any

import keras

from probes.contract import Weights


def inputs(x: Any) -> Any:
    """The images in this framework's layout."""
    return x  # …, 8, 8, 1


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    filters = parameters["filters"]
    images = keras.Input((8, 8, 1))  # B, 8, 8, 1
    x = images
    for name in ("first", "second"):
        x = keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name)(x)  # B, S, S, F
        # PyTorch's momentum of 0.1 weighs the new value, Keras' of 0.9 the old one.
        x = keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-5)(x)
        x = keras.layers.ReLU()(x)
        x = keras.layers.AveragePooling2D(2)(x)  # B, S / 2, S / 2, F
    x = keras.layers.Flatten()(x)  # B, 4 F
    outputs = keras.layers.Dense(10, name="out")(x)  # B, 10
    model = keras.Model(images, outputs)
    for name in ("first", "second"):
        model.get_layer(name).set_weights([weights[f"{name}/kernel"]])
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
