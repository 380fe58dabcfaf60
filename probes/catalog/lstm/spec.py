"""A long short-term memory over sequences, the last state classified."""

import numpy as np

from probes.contract import Batches, Parameter, ProbeSpec, Weights

CLASSES = 10
FEATURES = 16
STEPS = 20
EVALUATED = 32

SPEC = ProbeSpec(
    id="lstm",
    title={"en": "Recurrent network (LSTM)", "ja": "再帰型ネットワーク（LSTM）"},
    question={
        "en": "Which framework trains a recurrent network on sequences faster?",
        "ja": "系列データの再帰型ネットワークの学習はどちらが速いか",
    },
    family="training",
    parameters={
        "batch": Parameter(64, 8, 256, {"en": "Sequences per batch", "ja": "バッチあたりの系列数"}),
        "length": Parameter(32, 4, 128, {"en": "Sequence length", "ja": "系列長"}),
        "units": Parameter(64, 8, 256, {"en": "Units", "ja": "ユニット数"}),
    },
    loss="cross-entropy",
    parity_tolerance=1e-5,
    typical_step_ms=10.0,
    domains=("time-series", "audio"),
    targets=("microcontroller", "android", "ios"),
    notes={
        "en": "PyTorch's second bias vector stays at zero and is not trained, so that both sides have one.",
        "ja": "PyTorchの2つ目のバイアスはゼロに固定し、学習させません。どちらもバイアスが1つになります。",
    },
)


def batches(parameters: dict[str, int], seed: int) -> Batches:
    """Random sequences whose class a fixed projection of their mean decides."""
    random = np.random.default_rng([seed, 1])
    teacher = random.standard_normal((FEATURES, CLASSES))
    x = random.standard_normal((STEPS, parameters["batch"], parameters["length"], FEATURES), dtype=np.float32)
    y = (x.mean(axis=2) @ teacher).argmax(axis=-1).astype(np.int64)
    evaluation_x = random.standard_normal((EVALUATED, parameters["length"], FEATURES), dtype=np.float32)
    return Batches(x=x, y=y, evaluation_x=evaluation_x)


def weights(parameters: dict[str, int], seed: int) -> Weights:
    """Uniform kernels; gates in the order input, forget, cell, output; the forget bias near one."""
    random = np.random.default_rng([seed, 2])
    units = parameters["units"]

    def uniform(rows: int, columns: int) -> np.ndarray:
        bound = np.sqrt(6 / (rows + columns))
        return random.uniform(-bound, bound, (rows, columns)).astype(np.float32)

    bias = random.uniform(-0.1, 0.1, 4 * units).astype(np.float32)
    bias[units : 2 * units] += 1
    return {
        "lstm/kernel": uniform(FEATURES, 4 * units),  # in, gates
        "lstm/recurrent": uniform(units, 4 * units),  # units, gates
        "lstm/bias": bias,
        "out/kernel": uniform(units, CLASSES),
        "out/bias": random.uniform(-0.1, 0.1, CLASSES).astype(np.float32),
    }
