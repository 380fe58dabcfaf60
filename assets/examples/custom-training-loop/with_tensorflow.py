"""A training loop of your own with tf.GradientTape."""

import keras
import tensorflow as tf
from sklearn.datasets import make_moons

keras.utils.set_random_seed(0)

# Data: two half circles that no straight line separates.
points, labels = make_moons(n_samples=400, noise=0.1, random_state=0)
x = tf.constant(points, dtype=tf.float32)  # (400, 2)
y = tf.constant(labels[:, None], dtype=tf.float32)  # (400, 1)

# Model, loss and optimiser.
model = keras.Sequential(
    [keras.Input(shape=(2,)), keras.layers.Dense(16, activation="tanh"), keras.layers.Dense(1)]
)
loss_of = keras.losses.BinaryCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(learning_rate=0.05)


@tf.function  # Traced once into a graph; without it the same code runs line by line.
def step(x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    with tf.GradientTape() as tape:  # The tape records what happens inside the block.
        loss = loss_of(y, model(x, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
    return loss


# Training: the gradients are new values each time, so nothing has to be cleared.
losses = [float(step(x, y)) for _ in range(150)]

# Result.
accuracy = float(tf.reduce_mean(tf.cast((model(x) > 0) == (y > 0.5), tf.float32)))
print(f"result accuracy={accuracy:.3f} first_loss={losses[0]:.4f} last_loss={losses[-1]:.4f}")
