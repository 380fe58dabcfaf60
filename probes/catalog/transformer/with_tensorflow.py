"""The transformer encoder in Keras 3."""

from typing import Any

import keras

from probes.contract import Weights


class Encoder(keras.Model):  # type: ignore[misc]
    """Token and place embeddings, blocks with normalisation first, the mean state classified."""

    def __init__(self, length: int, heads: int, vocabulary: int, blocks: int) -> None:
        super().__init__()
        width = 16 * heads
        layers = keras.layers
        self.token = layers.Embedding(vocabulary, width)
        self.place = layers.Embedding(length, width)
        self.before_attention = [layers.LayerNormalization(epsilon=1e-5) for _ in range(blocks)]
        self.attention = [layers.MultiHeadAttention(heads, 16) for _ in range(blocks)]
        self.before_wide = [layers.LayerNormalization(epsilon=1e-5) for _ in range(blocks)]
        self.wide = [layers.Dense(4 * width, activation="gelu") for _ in range(blocks)]
        self.narrow = [layers.Dense(width) for _ in range(blocks)]
        self.last = layers.LayerNormalization(epsilon=1e-5)
        self.out = layers.Dense(10)
        self.length = length

    def call(self, tokens: Any, training: bool = False) -> Any:
        x = self.token(tokens) + self.place(keras.ops.arange(self.length))  # B, L -> B, L, W
        for block, attention in enumerate(self.attention):
            h = self.before_attention[block](x)  # B, L, W
            x = x + attention(h, h)  # B, L, W
            h = self.wide[block](self.before_wide[block](x))  # B, L, 4 W
            x = x + self.narrow[block](h)  # B, L, W
        return self.out(keras.ops.mean(self.last(x), axis=1))  # B, 10


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    heads, length = parameters["heads"], parameters["length"]
    vocabulary, width = weights["token"].shape
    blocks = sum(name.endswith("/query/kernel") for name in weights)
    model = Encoder(length, heads, vocabulary, blocks)
    model(keras.ops.zeros((1, length), dtype="int32"))  # makes the variables
    model.token.set_weights([weights["token"]])
    model.place.set_weights([weights["place"]])
    for block in range(blocks):
        attention = []
        for name in ("query", "key", "value"):
            attention.append(weights[f"{block}/{name}/kernel"].reshape(width, heads, 16))
            attention.append(weights[f"{block}/{name}/bias"].reshape(heads, 16))
        attention.append(weights[f"{block}/attended/kernel"].reshape(heads, 16, width))
        model.attention[block].set_weights([*attention, weights[f"{block}/attended/bias"]])
        for name in ("before_attention", "before_wide"):
            scale, shift = weights[f"{block}/{name}/scale"], weights[f"{block}/{name}/shift"]
            getattr(model, name)[block].set_weights([scale, shift])
        for name in ("wide", "narrow"):
            kernel, bias = weights[f"{block}/{name}/kernel"], weights[f"{block}/{name}/bias"]
            getattr(model, name)[block].set_weights([kernel, bias])
    model.last.set_weights([weights["last/scale"], weights["last/shift"]])
    model.out.set_weights([weights["out/kernel"], weights["out/bias"]])
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean cross-entropy of a training batch."""
    logits = model(x, training=True)  # B, 10
    losses = keras.losses.sparse_categorical_crossentropy(y, logits, from_logits=True)  # B
    return keras.ops.mean(losses)


def predict(model: Any, x: Any) -> Any:
    """The logits, in evaluation mode."""
    return model(x, training=False)  # B, 10
