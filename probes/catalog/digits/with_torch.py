"""Handwritten digits in PyTorch."""

from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from probes.contract import Weights


def inputs(x: Any) -> Any:
    """The images in this framework's layout."""
    return np.ascontiguousarray(np.moveaxis(x, -1, -3))  # …, 8, 8, 1 -> …, 1, 8, 8


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    filters = parameters["filters"]
    layers: list[nn.Module] = []
    for channels in (1, filters):  # B, C, S, S
        layers.append(nn.Conv2d(channels, filters, 3, padding="same", bias=False))  # B, F, S, S
        layers.append(nn.BatchNorm2d(filters, momentum=0.1, eps=1e-5))
        layers.append(nn.ReLU())
        layers.append(nn.AvgPool2d(2))  # B, F, S / 2, S / 2
    model = nn.Sequential(*layers, nn.Flatten(), nn.Linear(4 * filters, 10))  # B, 4 F -> B, 10
    # Flatten sees channel, height, width here; the canonical rows are height, width, channel: permute them.
    out = weights["out/kernel"].reshape(2, 2, filters, 10).transpose(2, 0, 1, 3).reshape(-1, 10)
    with torch.no_grad():
        model[0].weight.copy_(torch.from_numpy(weights["first/kernel"].transpose(3, 2, 0, 1)))
        model[4].weight.copy_(torch.from_numpy(weights["second/kernel"].transpose(3, 2, 0, 1)))
        model[-1].weight.copy_(torch.from_numpy(out.T))
        model[-1].bias.copy_(torch.from_numpy(weights["out/bias"]))
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean cross-entropy of a training batch."""
    logits = model(x)  # B, 10
    return functional.cross_entropy(logits, y)


def predict(model: Any, x: Any) -> Any:
    """The logits, in evaluation mode."""
    model.eval()
    return model(x)  # B, 10
