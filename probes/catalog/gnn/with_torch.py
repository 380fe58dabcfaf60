"""The graph convolution in PyTorch."""

from typing import Any

import torch
from torch import nn
from torch.nn import functional

from probes.contract import Weights


class GraphNetwork(nn.Module):  # type: ignore[misc]
    """Two graph convolutions, the mean of the nodes classified."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Linear(32, width)
        self.second = nn.Linear(width, width)
        self.out = nn.Linear(width, 10)

    def forward(self, nodes: Any, adjacency: Any) -> Any:
        x = torch.relu(adjacency @ self.first(nodes))  # B, N, W
        x = torch.relu(adjacency @ self.second(x))  # B, N, W
        return self.out(x.mean(dim=1))  # B, 10


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    model = GraphNetwork(parameters["width"])
    with torch.no_grad():
        for name in ("first", "second", "out"):
            layer = getattr(model, name)
            layer.weight.copy_(torch.from_numpy(weights[f"{name}/kernel"].T))
            layer.bias.copy_(torch.from_numpy(weights[f"{name}/bias"]))
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean cross-entropy of a training batch; ``x`` is nodes and adjacency."""
    logits = model(*x)  # B, 10
    return functional.cross_entropy(logits, y)


def predict(model: Any, x: Any) -> Any:
    """The logits, in evaluation mode."""
    model.eval()
    return model(*x)  # B, 10
