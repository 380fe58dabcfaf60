"""Save a Keras model for training and export it for serving."""

import tempfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)

# A model with dropout, so that training and inference differ.
model = keras.Sequential(
    [
        keras.Input(shape=(4,)),
        keras.layers.Dense(8, activation="relu"),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(2),
    ]
)
x = np.random.default_rng(0).random((5, 4), dtype=np.float32)  # (5, 4)
expected = model(x, training=False).numpy()  # (5, 2)

with tempfile.TemporaryDirectory() as folder:
    # To train on: architecture, weights and optimiser in a single file.
    saved = Path(folder) / "model.keras"
    model.save(saved)
    reloaded = keras.models.load_model(saved)
    saved_output = reloaded(x, training=False).numpy()

    # To serve: a SavedModel, which needs TensorFlow but neither Keras nor your code.
    exported = Path(folder) / "exported"
    model.export(exported, verbose=False)
    serving = tf.saved_model.load(exported)
    exported_output = serving.serve(x).numpy()

    # It answers for a batch of another size as well.
    one = serving.serve(x[:1]).numpy()

# Result: the largest difference from the original.
saved_error = np.abs(saved_output - expected).max()
export_error = np.abs(exported_output - expected).max()
single_error = np.abs(one - expected[:1]).max()
print(f"result saved_error={saved_error:.1e} export_error={export_error:.1e} single_error={single_error:.1e}")
