"""The multi-layer perceptron in PyTorch."""

from typing import Any

import torch
from torch import nn
from torch.nn import functional

from probes.contract import Weights


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    width = parameters["width"]
    model = nn.Sequential(  # B, C
        nn.Linear(parameters["columns"], width),  # B, W
        nn.ReLU(),
        nn.Linear(width, width),  # B, W
        nn.ReLU(),
        nn.Linear(width, 10),  # B, 10
    )
    with torch.no_grad():
        for layer, name in ((model[0], "first"), (model[2], "second"), (model[4], "out")):
            layer.weight.copy_(torch.from_numpy(weights[f"{name}/kernel"].T))
            layer.bias.copy_(torch.from_numpy(weights[f"{name}/bias"]))
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean cross-entropy of a training batch."""
    logits = model(x)  # B, 10
    return functional.cross_entropy(logits, y)


def predict(model: Any, x: Any) -> Any:
    """The logits, in evaluation mode."""
    model.eval()
    return model(x)  # B, 10
