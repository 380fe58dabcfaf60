"""Linear regression in PyTorch."""

from typing import Any

import torch
from torch import nn
from torch.nn import functional

from probes.contract import Weights


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    model = nn.Linear(1, 1)  # B, 1 -> B, 1
    with torch.no_grad():
        model.weight.copy_(torch.from_numpy(weights["line/kernel"].T))
        model.bias.copy_(torch.from_numpy(weights["line/bias"]))
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean squared error of a training batch."""
    return functional.mse_loss(model(x), y)


def predict(model: Any, x: Any) -> Any:
    """The fitted values."""
    model.eval()
    return model(x)  # B, 1


def as_printed(x: Any, y: Any, seed: int) -> dict[str, float]:
    """What the guide's settings give: SGD at a rate of 0.1, 50 steps over all rows."""
    torch.manual_seed(seed)
    rows, targets = torch.from_numpy(x), torch.from_numpy(y)
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    steps = 50
    for _ in range(steps):
        optimizer.zero_grad()
        functional.mse_loss(model(rows), targets).backward()
        optimizer.step()
    return {
        "weight": model.weight.item(),
        "bias": model.bias.item(),
        "prediction": model(torch.tensor([[0.5]])).item(),  # at x = 0.5
        "steps": float(steps),
    }
