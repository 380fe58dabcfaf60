"""The autoencoder in PyTorch: the same names in the same order as in ``with_tensorflow.py``."""

from typing import Any

import torch
from torch import nn
from torch.nn import functional

from probes.contract import Weights


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    columns = parameters["columns"]
    model = nn.Sequential(nn.Linear(columns, 8), nn.Tanh(), nn.Linear(8, columns))  # B, C -> B, 8 -> B, C
    with torch.no_grad():
        for layer, name in ((model[0], "narrow"), (model[2], "wide")):
            layer.weight.copy_(torch.from_numpy(weights[f"{name}/kernel"].T))  # (out, in) here
            layer.bias.copy_(torch.from_numpy(weights[f"{name}/bias"]))
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean squared error of a training batch; the worker has called ``model.train()``."""
    return functional.mse_loss(model(x), y)


def predict(model: Any, x: Any) -> Any:
    """The rebuilt rows, in evaluation mode; the worker switches back to training afterwards."""
    model.eval()
    return model(x)  # B, C
