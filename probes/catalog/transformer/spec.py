"""A small transformer encoder: two blocks with layer normalisation first, the mean state classified."""

import numpy as np

from probes.contract import Batches, Parameter, ProbeSpec, Weights

CLASSES = 10
VOCABULARY = 1000
BLOCKS = 2
STEPS = 20
EVALUATED = 16

SPEC = ProbeSpec(
    id="transformer",
    title={"en": "Transformer encoder", "ja": "Transformerエンコーダ"},
    question={
        "en": "Which framework trains a small transformer faster?",
        "ja": "小さなTransformerの学習はどちらが速いか",
    },
    family="training",
    parameters={
        "batch": Parameter(32, 4, 128, {"en": "Sequences per batch", "ja": "バッチあたりの系列数"}),
        "length": Parameter(32, 8, 256, {"en": "Tokens per sequence", "ja": "系列あたりのトークン数"}),
        "heads": Parameter(4, 1, 8, {"en": "Attention heads of 16", "ja": "ヘッド数（各16次元）"}),
    },
    loss="cross-entropy",
    parity_tolerance=5e-5,
    typical_step_ms=15.0,
    domains=("language", "generative"),
    targets=("server", "high-throughput", "desktop", "batch"),
    notes={
        "en": "Layer normalisation uses PyTorch's epsilon of 1e-5 on both sides; no dropout.",
        "ja": "レイヤー正規化のイプシロンはどちらもPyTorchの既定値1e-5です。ドロップアウトは使いません。",
    },
)


def batches(parameters: dict[str, int], seed: int) -> Batches:
    """Random tokens; each votes for a class, and the sequence has the class with most votes."""
    random = np.random.default_rng([seed, 1])
    votes = random.standard_normal((VOCABULARY, CLASSES))
    x = random.integers(0, VOCABULARY, (STEPS, parameters["batch"], parameters["length"]))
    y = votes[x].sum(axis=2).argmax(axis=-1)
    evaluation_x = random.integers(0, VOCABULARY, (EVALUATED, parameters["length"]))
    return Batches(x=x, y=y.astype(np.int64), evaluation_x=evaluation_x)


def weights(parameters: dict[str, int], seed: int) -> Weights:
    """Uniform kernels, small biases, scales near one: each such that a lost one would be seen."""
    random = np.random.default_rng([seed, 2])
    width = 16 * parameters["heads"]
    drawn: dict[str, np.ndarray] = {}

    def dense(name: str, rows: int, columns: int) -> None:
        bound = np.sqrt(6 / (rows + columns))
        drawn[f"{name}/kernel"] = random.uniform(-bound, bound, (rows, columns)).astype(np.float32)  # in, out
        drawn[f"{name}/bias"] = random.uniform(-0.1, 0.1, columns).astype(np.float32)

    def normalisation(name: str) -> None:
        drawn[f"{name}/scale"] = random.uniform(0.9, 1.1, width).astype(np.float32)
        drawn[f"{name}/shift"] = random.uniform(-0.1, 0.1, width).astype(np.float32)

    drawn["token"] = random.uniform(-0.5, 0.5, (VOCABULARY, width)).astype(np.float32)
    drawn["place"] = random.uniform(-0.5, 0.5, (parameters["length"], width)).astype(np.float32)
    for block in range(BLOCKS):
        normalisation(f"{block}/before_attention")
        for name in ("query", "key", "value", "attended"):
            dense(f"{block}/{name}", width, width)
        normalisation(f"{block}/before_wide")
        dense(f"{block}/wide", width, 4 * width)
        dense(f"{block}/narrow", 4 * width, width)
    normalisation("last")
    dense("out", width, CLASSES)
    return drawn
