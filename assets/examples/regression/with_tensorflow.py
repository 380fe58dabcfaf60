"""Linear regression with Keras: recover w = 3 and b = 1 from 100 noisy points."""

import keras
import numpy as np

keras.utils.set_random_seed(0)

# Data: 100 points on y = 3x + 1 with a little noise.
rng = np.random.default_rng(0)
x = rng.random((100, 1), dtype=np.float32)  # (100, 1)
y = 3 * x + 1 + 0.1 * rng.standard_normal((100, 1), dtype=np.float32)  # (100, 1)

# Model: a single weight and a single bias.
model = keras.Sequential([keras.Input(shape=(1,)), keras.layers.Dense(1)])

# Loss and optimiser are named here; Keras runs the loop.
model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.5), loss="mse")

# Training: 200 passes, each one step on all the points.
history = model.fit(x, y, batch_size=100, epochs=200, verbose=0)

# Result.
weight, bias = model.layers[0].get_weights()
first, last = history.history["loss"][0], history.history["loss"][-1]
print(f"result w={weight.item():.3f} b={bias.item():.3f} first_loss={first:.4f} last_loss={last:.4f}")
