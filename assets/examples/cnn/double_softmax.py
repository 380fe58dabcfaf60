"""What a softmax before CrossEntropyLoss costs. Usage: double_softmax.py [SEEDS] [EPOCHS]"""

import sys

import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

SEEDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
EPOCHS = int(sys.argv[2]) if len(sys.argv) > 2 else 5

# The digits, enlarged to the 28 by 28 pixels of the guide's model.
digits = load_digits()
small = torch.tensor(digits.images / 16, dtype=torch.float32)[:, None]
images = nn.functional.interpolate(small, size=(28, 28), mode="bilinear")  # (1797, 1, 28, 28)
parts = train_test_split(images.numpy(), digits.target, test_size=0.2, random_state=0)
train_x, test_x, train_y, test_y = (torch.from_numpy(part) for part in parts)


def train(seed: int, softmax: bool) -> list[tuple[float, float]]:
    """Loss and test accuracy after each epoch; the layers are the guide's."""
    torch.manual_seed(seed)
    layers = [nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()]
    layers += [nn.Linear(32 * 13 * 13, 64), nn.ReLU(), nn.Linear(64, 10)]
    model = nn.Sequential(*layers, *([nn.Softmax(dim=1)] if softmax else []))
    optimizer = torch.optim.Adam(model.parameters())
    loader = DataLoader(TensorDataset(train_x, train_y), batch_size=64, shuffle=True)
    epochs = []
    for _ in range(EPOCHS):
        total = 0.0
        for x, y in loader:
            loss = nn.functional.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
        with torch.no_grad():
            accuracy = (model(test_x).argmax(dim=1) == test_y).float().mean().item()
        epochs.append((total / len(train_x), accuracy))
    return epochs


for softmax in (False, True):
    runs = [train(seed, softmax) for seed in range(SEEDS)]
    first, last = [run[0][1] for run in runs], [run[-1][1] for run in runs]
    losses = [run[-1][0] for run in runs]
    print(
        f"result {'softmax' if softmax else 'logits'} "
        f"first_min={min(first):.3f} first_max={max(first):.3f} last_min={min(last):.3f} "
        f"last_max={max(last):.3f} loss_min={min(losses):.3f} loss_max={max(losses):.3f}"
    )
