"""A small convolutional network on 28 x 28 images: the guide's architecture, with logits."""

import numpy as np

from probes.contract import Batches, Parameter, ProbeSpec, Weights

CLASSES = 10
STEPS = 20
EVALUATED = 32

SPEC = ProbeSpec(
    id="cnn",
    title={"en": "Small convolutional network", "ja": "小規模な畳み込みネットワーク"},
    question={
        "en": "Which framework trains a small image classifier faster?",
        "ja": "小さな画像分類モデルの学習はどちらが速いか",
    },
    family="training",
    parameters={
        "batch": Parameter(64, 8, 256, {"en": "Images per batch", "ja": "バッチあたりの画像数"}),
        "filters": Parameter(32, 8, 64, {"en": "Convolution filters", "ja": "畳み込みフィルター数"}),
    },
    loss="cross-entropy",
    parity_tolerance=5e-4,
    typical_step_ms=10.0,
    domains=("vision", "generative"),
    targets=("android", "ios", "edge-accelerator", "microcontroller", "browser"),
)


def batches(parameters: dict[str, int], seed: int) -> Batches:
    """Random images whose class a fixed random projection decides, so that there is something to learn."""
    random = np.random.default_rng([seed, 1])
    teacher = random.standard_normal((28 * 28, CLASSES))
    x = random.standard_normal((STEPS, parameters["batch"], 28, 28, 1), dtype=np.float32)
    y = (x.reshape(STEPS, -1, 28 * 28) @ teacher).argmax(axis=-1)
    evaluation_x = random.standard_normal((EVALUATED, 28, 28, 1), dtype=np.float32)
    return Batches(x=x, y=y.astype(np.int64), evaluation_x=evaluation_x)


def weights(parameters: dict[str, int], seed: int) -> Weights:
    """Uniform within +-sqrt(6 / (fan in + fan out)), biases small and not zero so that a lost one is seen."""
    random = np.random.default_rng([seed, 2])
    filters = parameters["filters"]
    flat = 13 * 13 * filters

    def uniform(shape: tuple[int, ...], fans: int) -> np.ndarray:
        return random.uniform(-1, 1, shape).astype(np.float32) * np.float32(np.sqrt(6 / fans))

    return {
        "conv/kernel": uniform((3, 3, 1, filters), 9 + 9 * filters),  # height, width, in, out
        "conv/bias": uniform((filters,), 600),
        "hidden/kernel": uniform((flat, 64), flat + 64),  # rows in the order height, width, channel
        "hidden/bias": uniform((64,), 600),
        "out/kernel": uniform((64, CLASSES), 64 + CLASSES),
        "out/bias": uniform((CLASSES,), 600),
    }
