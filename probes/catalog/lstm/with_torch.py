"""The recurrent network in PyTorch."""

from typing import Any

import torch
from torch import nn
from torch.nn import functional

from probes.contract import Weights


class Recurrent(nn.Module):  # type: ignore[misc]
    """An LSTM whose last state is classified."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self.lstm = nn.LSTM(16, units, batch_first=True)
        self.out = nn.Linear(units, 10)

    def forward(self, x: Any) -> Any:
        states, _ = self.lstm(x)  # B, L, 16 -> B, L, U
        return self.out(states[:, -1])  # B, 10


def build(weights: Weights, parameters: dict[str, int]) -> Any:
    """The model with the given initial weights."""
    model = Recurrent(parameters["units"])
    # PyTorch's gates are input, forget, cell, output too, with gates as rows.
    with torch.no_grad():
        model.lstm.weight_ih_l0.copy_(torch.from_numpy(weights["lstm/kernel"].T))
        model.lstm.weight_hh_l0.copy_(torch.from_numpy(weights["lstm/recurrent"].T))
        model.lstm.bias_ih_l0.copy_(torch.from_numpy(weights["lstm/bias"]))
        model.lstm.bias_hh_l0.zero_()
        model.out.weight.copy_(torch.from_numpy(weights["out/kernel"].T))
        model.out.bias.copy_(torch.from_numpy(weights["out/bias"]))
    # Trained as well, the second bias would double every step of the sum of the two.
    model.lstm.bias_hh_l0.requires_grad_(False)
    return model


def loss(model: Any, x: Any, y: Any) -> Any:
    """The mean cross-entropy of a training batch."""
    logits = model(x)  # B, 10
    return functional.cross_entropy(logits, y)


def predict(model: Any, x: Any) -> Any:
    """The logits, in evaluation mode."""
    model.eval()
    return model(x)  # B, 10
