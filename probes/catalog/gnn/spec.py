"""Two graph convolutions over small graphs with a dense adjacency, the same arithmetic on both sides."""

import numpy as np

from probes.contract import Batches, Parameter, ProbeSpec, Weights

CLASSES = 10
FEATURES = 32
STEPS = 20
EVALUATED = 16
EDGE_SHARE = 0.1

SPEC = ProbeSpec(
    id="gnn",
    title={"en": "Graph convolution", "ja": "グラフ畳み込み"},
    question={
        "en": "Which framework trains a small graph network faster?",
        "ja": "小さなグラフニューラルネットワークの学習はどちらが速いか",
    },
    family="training",
    parameters={
        "batch": Parameter(32, 4, 128, {"en": "Graphs per batch", "ja": "バッチあたりのグラフ数"}),
        "nodes": Parameter(64, 8, 256, {"en": "Nodes per graph", "ja": "グラフあたりのノード数"}),
        "width": Parameter(64, 8, 256, {"en": "Hidden width", "ja": "隠れ層の幅"}),
    },
    loss="cross-entropy",
    parity_tolerance=3e-5,
    typical_step_ms=4.0,
    domains=("graph", "recommendation", "scientific"),
    targets=("batch", "server"),
    notes={
        "en": "Dense adjacency in both, so that the frameworks are compared and not their graph libraries.",
        "ja": "グラフ用ライブラリではなくフレームワーク自体を比べるため、どちらも密な隣接行列を使います。",
    },
)


def batches(parameters: dict[str, int], seed: int) -> Batches:
    """Random graphs with a mean-normalised adjacency; the class follows from the mean of the nodes."""
    random = np.random.default_rng([seed, 1])
    count = parameters["nodes"]
    teacher = random.standard_normal((FEATURES, CLASSES))

    def graphs(*shape: int) -> tuple[np.ndarray, np.ndarray]:
        nodes = random.standard_normal((*shape, count, FEATURES), dtype=np.float32)
        edges = random.random((*shape, count, count), dtype=np.float32) < EDGE_SHARE
        linked = edges | edges.swapaxes(-1, -2) | np.eye(count, dtype=bool)
        return nodes, linked / linked.sum(axis=-1, keepdims=True, dtype=np.float32)

    nodes, adjacency = graphs(STEPS, parameters["batch"])
    y = (nodes.mean(axis=2) @ teacher).argmax(axis=-1).astype(np.int64)
    return Batches(x=(nodes, adjacency), y=y, evaluation_x=graphs(EVALUATED))


def weights(parameters: dict[str, int], seed: int) -> Weights:
    """Uniform within +-sqrt(6 / (fan in + fan out)), biases small and not zero so that a lost one is seen."""
    random = np.random.default_rng([seed, 2])
    width = parameters["width"]
    drawn: dict[str, np.ndarray] = {}
    for name, shape in {
        "first": (FEATURES, width),
        "second": (width, width),
        "out": (width, CLASSES),
    }.items():
        bound = np.sqrt(6 / sum(shape))
        drawn[f"{name}/kernel"] = random.uniform(-bound, bound, shape).astype(np.float32)  # in, out
        drawn[f"{name}/bias"] = random.uniform(-0.1, 0.1, shape[1]).astype(np.float32)
    return drawn
