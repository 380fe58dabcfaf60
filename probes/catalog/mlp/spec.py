"""A multi-layer perceptron on a table: two hidden layers, the usual first network for tabular data."""

import numpy as np

from probes.contract import Batches, Parameter, ProbeSpec, Weights

CLASSES = 10
STEPS = 20
EVALUATED = 64

SPEC = ProbeSpec(
    id="mlp",
    title={"en": "Multilayer perceptron", "ja": "多層パーセプトロン"},
    question={
        "en": "Which framework trains a plain network on a table faster?",
        "ja": "表形式のデータを扱う単純なネットワークの学習はどちらが速いか",
    },
    family="training",
    parameters={
        "batch": Parameter(64, 8, 1024, {"en": "Rows per batch", "ja": "バッチあたりの行数"}),
        "columns": Parameter(784, 8, 2048, {"en": "Input columns", "ja": "入力の列数"}),
        "width": Parameter(256, 16, 1024, {"en": "Hidden width", "ja": "隠れ層の幅"}),
    },
    loss="cross-entropy",
    parity_tolerance=5e-4,
    typical_step_ms=2.0,
    domains=("tabular", "recommendation", "reinforcement", "scientific"),
    targets=("edge-accelerator", "microcontroller", "browser"),
)


def batches(parameters: dict[str, int], seed: int) -> Batches:
    """Random rows whose class a fixed random projection decides."""
    random = np.random.default_rng([seed, 1])
    columns = parameters["columns"]
    teacher = random.standard_normal((columns, CLASSES))
    x = random.standard_normal((STEPS, parameters["batch"], columns), dtype=np.float32)
    y = (x @ teacher).argmax(axis=-1).astype(np.int64)
    return Batches(x=x, y=y, evaluation_x=random.standard_normal((EVALUATED, columns), dtype=np.float32))


def weights(parameters: dict[str, int], seed: int) -> Weights:
    """Uniform within +-sqrt(6 / (fan in + fan out)), biases small and not zero so that a lost one is seen."""
    random = np.random.default_rng([seed, 2])
    columns, width = parameters["columns"], parameters["width"]
    drawn: dict[str, np.ndarray] = {}
    for name, shape in {"first": (columns, width), "second": (width, width), "out": (width, CLASSES)}.items():
        bound = np.sqrt(6 / sum(shape))
        drawn[f"{name}/kernel"] = random.uniform(-bound, bound, shape).astype(np.float32)  # in, out
        drawn[f"{name}/bias"] = random.uniform(-0.1, 0.1, shape[1]).astype(np.float32)
    return drawn
