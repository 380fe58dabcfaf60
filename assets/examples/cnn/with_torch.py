"""A small CNN with PyTorch on 8x8 handwritten digits."""

import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)

# Data: 1,797 grey images; PyTorch puts the channel first.
digits = load_digits()
images = (digits.images / 16).astype("float32")[:, None]  # (1797, 1, 8, 8)
parts = train_test_split(images, digits.target, test_size=0.2, random_state=0)
train_x, test_x, train_y, test_y = (torch.from_numpy(part) for part in parts)

# Model: you work out the input size of the first linear layer.
model = nn.Sequential(
    nn.Conv2d(1, 16, kernel_size=3),  # (batch, 16, 6, 6)
    nn.ReLU(),
    nn.MaxPool2d(2),  # (batch, 16, 3, 3)
    nn.Flatten(),  # (batch, 144)
    nn.Linear(144, 32),
    nn.ReLU(),
    nn.Linear(32, 10),  # logits: the softmax is part of the loss
)

# CrossEntropyLoss always expects logits.
loss_of = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

# Training: 10 passes in batches of 64.
loader = DataLoader(TensorDataset(train_x, train_y), batch_size=64, shuffle=True)
losses = []
for _ in range(10):
    total = 0.0
    for batch_x, batch_y in loader:
        loss = loss_of(model(batch_x), batch_y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batch_x)
    losses.append(total / len(train_x))

# Result on images the model has not seen.
model.eval()
with torch.no_grad():
    accuracy = (model(test_x).argmax(dim=1) == test_y).float().mean().item()
print(f"result accuracy={accuracy:.3f} first_loss={losses[0]:.4f} last_loss={losses[-1]:.4f}")
