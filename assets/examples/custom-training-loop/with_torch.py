"""A training loop of your own with autograd."""

import torch
from sklearn.datasets import make_moons
from torch import nn

torch.manual_seed(0)

# Data: two half circles that no straight line separates.
points, labels = make_moons(n_samples=400, noise=0.1, random_state=0)
x = torch.tensor(points, dtype=torch.float32)  # (400, 2)
y = torch.tensor(labels[:, None], dtype=torch.float32)  # (400, 1)

# Model, loss and optimiser.
model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1))
loss_of = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)


# Runs line by line; torch.compile(step) would compile it.
def step(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    optimizer.zero_grad()  # Gradients add up in the parameters until they are cleared.
    loss = loss_of(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.detach()


# Training.
losses = [float(step(x, y)) for _ in range(150)]

# Result.
with torch.no_grad():
    accuracy = float(((model(x) > 0) == (y > 0.5)).float().mean())
print(f"result accuracy={accuracy:.3f} first_loss={losses[0]:.4f} last_loss={losses[-1]:.4f}")
