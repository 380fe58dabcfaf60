"""Linear regression with PyTorch: recover w = 3 and b = 1 from 100 noisy points."""

import numpy as np
import torch
from torch import nn

torch.manual_seed(0)

# Data: 100 points on y = 3x + 1 with a little noise.
rng = np.random.default_rng(0)
x = rng.random((100, 1), dtype=np.float32)  # (100, 1)
y = 3 * x + 1 + 0.1 * rng.standard_normal((100, 1), dtype=np.float32)  # (100, 1)
inputs, targets = torch.from_numpy(x), torch.from_numpy(y)

# Model: a single weight and a single bias.
model = nn.Linear(1, 1)

# Loss and optimiser are objects; the loop is yours.
loss_of = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)

# Training: 200 passes, each one step on all the points.
losses = []
for _ in range(200):
    loss = loss_of(model(inputs), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

# Result.
weight, bias = model.weight.item(), model.bias.item()
print(f"result w={weight:.3f} b={bias:.3f} first_loss={losses[0]:.4f} last_loss={losses[-1]:.4f}")
