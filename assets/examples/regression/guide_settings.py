"""Where the settings of the guide's regressions lead. Usage: guide_settings.py [SEEDS]"""

import sys

import torch  # isort: skip  # before TensorFlow, which shares the process here
import keras
import numpy as np

SEEDS = int(sys.argv[1]) if len(sys.argv) > 1 else 20


def points(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """100 points on y = 3x + 1 with normal noise of 0.1."""
    rng = np.random.default_rng(seed)
    x = rng.random((100, 1), dtype=np.float32)
    return x, 3 * x + 1 + 0.1 * rng.standard_normal((100, 1), dtype=np.float32)


def with_keras(seed: int) -> tuple[float, float]:
    """SGD at its default learning rate of 0.01, 50 epochs in batches of 32."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input(shape=(1,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    model.fit(*points(seed), epochs=50, verbose=0)
    weight, bias = model.layers[0].get_weights()
    return weight.item(), bias.item()


def with_torch(seed: int) -> tuple[float, float]:
    """SGD at a learning rate of 0.1, 50 steps on all the points."""
    torch.manual_seed(seed)
    x, y = map(torch.from_numpy, points(seed))
    model = torch.nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(50):
        loss = torch.nn.functional.mse_loss(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model.weight.item(), model.bias.item()


for name, side in (("torch", with_torch), ("keras", with_keras)):
    weights, biases = zip(*(side(seed) for seed in range(SEEDS)), strict=True)
    print(
        f"result {name} w_min={min(weights):.2f} w_max={max(weights):.2f} "
        f"b_min={min(biases):.2f} b_max={max(biases):.2f}"
    )
