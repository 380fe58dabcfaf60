"""The small convolutional network in PyTorch."""

from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from probes.contract import Weights


def inputs(x: Any) -> Any:
    """The images in this framework's layout."""
    return np.ascontiguousarray(np.moveaxis(x, -1, -3))  # …, 28, 28, 1 -> …, 1, 28, 28


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    filters = parameters["filters"]
    model = nn.Sequential(  # B, 1, 28, 28
        nn.Conv2d(1, filters, 3),  # B, F, 26, 26
        nn.ReLU(),
        nn.MaxPool2d(2),  # B, F, 13, 13
        nn.Flatten(),  # B, 169 F
        nn.Linear(13 * 13 * filters, 64),  # B, 64
        nn.ReLU(),
        nn.Linear(64, 10),  # B, 10
    )
    # Flatten sees channel, height, width here; the canonical rows are height, width, channel: permute them.
    hidden = weights["hidden/kernel"].reshape(13, 13, filters, 64).transpose(2, 0, 1, 3).reshape(-1, 64)
    with torch.no_grad():
        model[0].weight.copy_(torch.from_numpy(weights["conv/kernel"].transpose(3, 2, 0, 1)))
        model[0].bias.copy_(torch.from_numpy(weights["conv/bias"]))
        model[4].weight.copy_(torch.from_numpy(hidden.T))
        model[4].bias.copy_(torch.from_numpy(weights["hidden/bias"]))
        model[6].weight.copy_(torch.from_numpy(weights["out/kernel"].T))
        model[6].bias.copy_(torch.from_numpy(weights["out/bias"]))
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean cross-entropy of a training batch."""
    logits = model(x)  # B, 10
    return functional.cross_entropy(logits, y)


def predict(model: Any, x: Any) -> Any:
    """The logits, in evaluation mode."""
    model.eval()
    return model(x)  # B, 10
