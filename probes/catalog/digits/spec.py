"""Handwritten digits, real data: convolution with batch normalisation, trained to 95 % of the test set.

The data lie beside this file, so that an interpreter needs nothing but NumPy: "Optical Recognition of
Handwritten Digits" by E. Alpaydin and C. Kaynak, https://doi.org/10.24432/C50P49, licence CC BY 4.0; the test
part, as scikit-learn ships it.
"""

import gzip
from pathlib import Path

import numpy as np

from probes.contract import Batches, Parameter, ProbeSpec, Weights

CLASSES = 10
TRAINING_ROWS = 1437  # of 1797; the other 360 are the test set

SPEC = ProbeSpec(
    id="digits",
    title={"en": "Handwritten digits to 95%", "ja": "手書き数字で正解率95%まで"},
    question={
        "en": "How long does it take to reach 95% test accuracy on real data?",
        "ja": "実データでテスト正解率95%に達するまでどれだけかかるか",
    },
    family="training",
    parameters={
        "batch": Parameter(64, 16, 256, {"en": "Images per batch", "ja": "バッチあたりの画像数"}),
        "filters": Parameter(32, 8, 64, {"en": "Convolution filters", "ja": "畳み込みフィルター数"}),
    },
    loss="cross-entropy",
    parity_tolerance=2e-3,
    typical_step_ms=6.0,
    target_accuracy=0.95,
    domains=("vision",),
    targets=("android", "ios", "microcontroller"),
    notes={
        "en": "Keras keeps the biased running variance, PyTorch the unbiased one: at a batch of 64 they "
        "differ by a factor of 1.0002 and 1.001 in the two layers. The tolerance allows for that.",
        "ja": "移動分散として、Kerasは標本分散、PyTorchは不偏分散を保持します。バッチ64では2層で"
        "1.0002倍と1.001倍の差になり、許容差はこれを見込んでいます。",
    },
)


def batches(parameters: dict[str, int], seed: int) -> Batches:
    """The 8 x 8 images, 0 to 1, shuffled once; a last short batch is dropped."""
    table = _table()
    order = np.random.default_rng([seed, 1]).permutation(len(table))
    images = (table[order, :64] / 16).astype(np.float32).reshape(-1, 8, 8, 1)
    labels = table[order, 64].astype(np.int64)
    batch = parameters["batch"]
    steps = TRAINING_ROWS // batch
    used = steps * batch
    return Batches(
        x=images[:used].reshape(steps, batch, 8, 8, 1),
        y=labels[:used].reshape(steps, batch),
        evaluation_x=images[TRAINING_ROWS:],
        evaluation_y=labels[TRAINING_ROWS:],
    )


def weights(parameters: dict[str, int], seed: int) -> Weights:
    """Uniform kernels; batch normalisation starts at scale one and shift zero on both sides."""
    random = np.random.default_rng([seed, 2])
    filters = parameters["filters"]

    def uniform(shape: tuple[int, ...], fans: int) -> np.ndarray:
        return random.uniform(-1, 1, shape).astype(np.float32) * np.float32(np.sqrt(6 / fans))

    return {
        "first/kernel": uniform((3, 3, 1, filters), 9 + 9 * filters),  # height, width, in, out
        "second/kernel": uniform((3, 3, filters, filters), 18 * filters),
        "out/kernel": uniform((4 * filters, CLASSES), 4 * filters + CLASSES),  # rows: height, width, channel
        "out/bias": uniform((CLASSES,), 600),
    }


def _table() -> np.ndarray:
    with gzip.open(Path(__file__).with_name("digits.csv.gz"), "rt") as lines:
        return np.loadtxt(lines, delimiter=",")  # 1797, 65: 64 pixels from 0 to 16, then the digit
