"""A line through 100 points: the guide's first snippet, and what its settings really give."""

import numpy as np

from probes.contract import Batches, Parameter, ProbeSpec, Weights

STEPS = 20
PRINTED_ROWS = 100

SPEC = ProbeSpec(
    id="linear_regression",
    title={"en": "Linear regression", "ja": "線形回帰"},
    question={
        "en": "What does one tiny training step cost, and what do the guide's snippets really give?",
        "ja": "ごく小さな学習ステップ1回のコストはどれだけか、ガイドのコードは実際にどんな値になるか",
    },
    family="training",
    parameters={"batch": Parameter(100, 10, 1000, {"en": "Rows per batch", "ja": "バッチあたりの行数"})},
    loss="mean-squared-error",
    optimizer="sgd",
    learning_rate=0.01,
    parity_tolerance=5e-6,
    typical_step_ms=0.4,
    domains=("tabular", "time-series"),
    published={
        "tensorflow": {"weight": 2.98, "bias": 1.02, "prediction": 2.51},
        "pytorch": {"weight": 2.97, "bias": 1.01, "prediction": 2.495},
    },
    notes={
        "en": "The true line is y = 3x + 1. The guide prints a weight of 2.98 and a bias of 1.02 for Keras, "
        "2.97 and 1.01 for PyTorch. As printed, Keras runs 200 steps (batches of 32, rate 0.01), PyTorch 50 "
        "(all rows, rate 0.1).",
        "ja": "真の直線はy = 3x + 1です。ガイドの出力例は、Kerasが重み2.98、バイアス1.02、"
        "PyTorchが2.97と1.01です。記載どおりの設定では、Kerasは200ステップ（バッチ32、学習率0.01）、"
        "PyTorchは50ステップ（全件、学習率0.1）です。",
    },
)


def batches(parameters: dict[str, int], seed: int) -> Batches:
    """x uniform in 0 to 1, y = 3 x + 1 with Gaussian noise of 0.1."""
    random = np.random.default_rng([seed, 1])

    def line(*shape: int) -> tuple[np.ndarray, np.ndarray]:
        x = random.random(shape, dtype=np.float32)
        return x, 3 * x + 1 + np.float32(0.1) * random.standard_normal(shape, dtype=np.float32)

    x, y = line(STEPS, parameters["batch"], 1)
    evaluation_x, _ = line(32, 1)
    return Batches(x=x, y=y, evaluation_x=evaluation_x, printed=line(PRINTED_ROWS, 1))


def weights(parameters: dict[str, int], seed: int) -> Weights:
    """One weight and one bias."""
    random = np.random.default_rng([seed, 2])
    return {
        "line/kernel": random.uniform(0.5, 1.5, (1, 1)).astype(np.float32),  # in, out
        "line/bias": random.uniform(-0.1, 0.1, (1,)).astype(np.float32),
    }
