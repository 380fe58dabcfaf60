"""A small CNN with Keras on 8x8 handwritten digits."""

import keras
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(0)

# Data: 1,797 grey images; Keras puts the channel last.
digits = load_digits()
images = (digits.images / 16).astype("float32")[..., None]  # (1797, 8, 8, 1)
train_x, test_x, train_y, test_y = train_test_split(images, digits.target, test_size=0.2, random_state=0)

# Model: the layers work out their input sizes themselves.
model = keras.Sequential(
    [
        keras.Input(shape=(8, 8, 1)),
        keras.layers.Conv2D(16, 3, activation="relu"),  # (batch, 6, 6, 16)
        keras.layers.MaxPooling2D(),  # (batch, 3, 3, 16)
        keras.layers.Flatten(),  # (batch, 144)
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10),  # logits: the softmax is part of the loss
    ]
)

# The loss is told that it gets logits.
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.01),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)

# Training: 10 passes in batches of 64.
history = model.fit(train_x, train_y, batch_size=64, epochs=10, verbose=0)

# Result on images the model has not seen.
_, accuracy = model.evaluate(test_x, test_y, verbose=0)
first, last = history.history["loss"][0], history.history["loss"][-1]
print(f"result accuracy={accuracy:.3f} first_loss={first:.4f} last_loss={last:.4f}")
