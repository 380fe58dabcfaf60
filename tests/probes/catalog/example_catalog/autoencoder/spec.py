"""An own probe, as somebody outside this project would write it: an autoencoder on rows of their own width.

The folder's name is the probe's id. Run it with
``python -m probes run --catalog <the folder above> --probe autoencoder``.
"""

import numpy as np

from probes.contract import Batches, Parameter, ProbeSpec, Weights

# A few batches are enough: the worker goes round them as often as it needs.
STEPS = 8

SPEC = ProbeSpec(
    id="autoencoder",
    title={"en": "Autoencoder", "ja": "オートエンコーダー"},
    question={
        "en": "How fast does our anomaly detector train?",
        "ja": "自社の異常検知モデルの学習はどちらが速いか",
    },
    family="training",
    # Whole numbers that can be set with --set name=value, within these bounds.
    parameters={
        "batch": Parameter(32, 4, 512, {"en": "Rows per batch", "ja": "バッチあたりの行数"}),
        "columns": Parameter(64, 8, 512, {"en": "Columns", "ja": "列数"}),
    },
    # Keras `fit` needs to know which loss the two `loss` functions compute.
    loss="mean-squared-error",
    # Start with 1e-5 and read the certificate: state what you see, with some room above it.
    parity_tolerance=1e-5,
    typical_step_ms=1.0,
    domains=("tabular", "time-series"),
)


def batches(parameters: dict[str, int], seed: int) -> Batches:
    """Rows with a few hidden causes. Only NumPy and the seed decide, so both sides get the same ones."""
    random = np.random.default_rng([seed, 1])
    mixing = random.standard_normal((4, parameters["columns"])).astype(np.float32)
    x = (
        random.standard_normal((STEPS, parameters["batch"], 4), dtype=np.float32) @ mixing
    )  # steps, batch, columns
    return Batches(x=x, y=x, evaluation_x=x[0])  # the target is the row itself


def weights(parameters: dict[str, int], seed: int) -> Weights:
    """Initial weights in the canonical layout, ``(in, out)``; each side converts them to its own."""
    random = np.random.default_rng([seed, 2])
    columns = parameters["columns"]
    return {
        "narrow/kernel": random.uniform(-0.2, 0.2, (columns, 8)).astype(np.float32),
        "narrow/bias": random.uniform(-0.1, 0.1, 8).astype(np.float32),
        "wide/kernel": random.uniform(-0.2, 0.2, (8, columns)).astype(np.float32),
        "wide/bias": random.uniform(-0.1, 0.1, columns).astype(np.float32),
    }
