"""The transformer encoder in PyTorch."""

from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from probes.contract import Weights


class Encoder(nn.Module):  # type: ignore[misc]
    """Token and place embeddings, blocks with normalisation first, the mean state classified."""

    def __init__(self, length: int, heads: int, vocabulary: int, blocks: int) -> None:
        super().__init__()
        width = 16 * heads
        self.token = nn.Embedding(vocabulary, width)
        self.place = nn.Embedding(length, width)
        self.before_attention = nn.ModuleList([nn.LayerNorm(width, eps=1e-5) for _ in range(blocks)])
        self.attention = nn.ModuleList(
            [nn.MultiheadAttention(width, heads, batch_first=True) for _ in range(blocks)]
        )
        self.before_wide = nn.ModuleList([nn.LayerNorm(width, eps=1e-5) for _ in range(blocks)])
        self.wide = nn.ModuleList([nn.Linear(width, 4 * width) for _ in range(blocks)])
        self.narrow = nn.ModuleList([nn.Linear(4 * width, width) for _ in range(blocks)])
        self.last = nn.LayerNorm(width, eps=1e-5)
        self.out = nn.Linear(width, 10)
        self.length = length

    def forward(self, tokens: Any) -> Any:
        x = self.token(tokens) + self.place(
            torch.arange(self.length, device=tokens.device)
        )  # B, L -> B, L, W
        for block, attention in enumerate(self.attention):
            h = self.before_attention[block](x)  # B, L, W
            x = x + attention(h, h, h, need_weights=False)[0]  # B, L, W
            h = functional.gelu(self.wide[block](self.before_wide[block](x)))  # B, L, 4 W
            x = x + self.narrow[block](h)  # B, L, W
        return self.out(self.last(x).mean(dim=1))  # B, 10


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    heads, length = parameters["heads"], parameters["length"]
    vocabulary = len(weights["token"])
    blocks = sum(name.endswith("/query/kernel") for name in weights)
    model = Encoder(length, heads, vocabulary, blocks)
    values = {"token.weight": weights["token"], "place.weight": weights["place"]}
    for block in range(blocks):
        projections = [f"{block}/{name}" for name in ("query", "key", "value")]
        # One matrix here holds query, key and value, one below the other.
        values[f"attention.{block}.in_proj_weight"] = np.vstack(
            [weights[f"{name}/kernel"].T for name in projections]
        )
        values[f"attention.{block}.in_proj_bias"] = np.hstack(
            [weights[f"{name}/bias"] for name in projections]
        )
        values[f"attention.{block}.out_proj.weight"] = weights[f"{block}/attended/kernel"].T
        values[f"attention.{block}.out_proj.bias"] = weights[f"{block}/attended/bias"]
        for name in ("before_attention", "before_wide"):
            values[f"{name}.{block}.weight"] = weights[f"{block}/{name}/scale"]
            values[f"{name}.{block}.bias"] = weights[f"{block}/{name}/shift"]
        for name in ("wide", "narrow"):
            values[f"{name}.{block}.weight"] = weights[f"{block}/{name}/kernel"].T
            values[f"{name}.{block}.bias"] = weights[f"{block}/{name}/bias"]
    values |= {"last.weight": weights["last/scale"], "last.bias": weights["last/shift"]}
    values |= {"out.weight": weights["out/kernel"].T, "out.bias": weights["out/bias"]}
    model.load_state_dict(
        {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in values.items()}
    )
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean cross-entropy of a training batch."""
    logits = model(x)  # B, 10
    return functional.cross_entropy(logits, y)


def predict(model: Any, x: Any) -> Any:
    """The logits, in evaluation mode."""
    model.eval()
    return model(x)  # B, 10
