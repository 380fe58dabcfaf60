"""Times a probe's steps against a loop with no harness around it, block by block in turn, in one process.

``python bare_loop.py tensorflow|pytorch LAUNCH`` prints, as JSON, probe -> steps per second inside over bare.
Two models in one process lie at different addresses, and one of them is the slower for it in all its blocks:
which is built first alternates with the number of the launch, and a figure needs several launches.
"""

import json
import sys
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, cast

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from probes.contract import Framework  # noqa: E402
from probes.worker import environment  # noqa: E402
from probes.worker.folder import load_probe  # noqa: E402
from probes.worker.launch import open_seam  # noqa: E402
from probes.worker.modes import mode_for  # noqa: E402
from probes.worker.plan import Plan, Reading  # noqa: E402

PROBES = ("linear_regression", "mlp", "cnn", "lstm", "transformer", "gnn", "digits")
ROUNDS = 24
BLOCK_SECONDS = 0.04
WARM_UP_STEPS = 30


def main(framework: Framework, launch: int) -> dict[str, float]:
    """The median over pairs of neighbouring blocks: what slows the machine down hits both of a pair."""
    environment.set_up(framework, 1, "cpu")  # one thread: its blocks differ least from their neighbours
    seam = open_seam(framework)
    seam.prepare(1, "cpu")
    found = {}
    for name in PROBES:
        probe = load_probe(ROOT / "probes" / "catalog" / name, seam.side, {}, 1)
        mode = mode_for(framework, "matched", None)
        shares: list[float] = []
        if launch % 2:
            bare = bare_loop(framework, probe)
            seam.trainer(probe, mode).drive(alternating(bare, shares))
        else:
            trainer = seam.trainer(probe, mode)
            trainer.drive(alternating(bare_loop(framework, probe), shares))
        found[name] = median(shares)
        seam.clear()
    return found


def alternating(run: Callable[[int], None], shares: list[float]) -> Plan:
    """A plan that times a bare block beside each block of the probe's own, before and after it in turn."""

    def bare() -> float:
        start = perf_counter()
        run(count)
        return perf_counter() - start

    count = WARM_UP_STEPS
    yield count
    bare()
    count = max(3, round(BLOCK_SECONDS / ((yield 10) / 10)))
    for position in range(ROUNDS):
        first = bare() if position % 2 else None
        inside = yield count
        shares.append((bare() if first is None else first) / inside)
    return Reading(0, 0, (), True, WARM_UP_STEPS, count)


def bare_loop(framework: Framework, probe: Any) -> Callable[[int], None]:
    """Model, optimiser and loop as anybody would write them."""
    return bare_tensorflow(probe) if framework == "tensorflow" else bare_torch(probe)


def bare_tensorflow(probe: Any) -> Callable[[int], None]:
    import keras
    import tensorflow as tf

    model = probe.side.build(probe.weights, probe.parameters)
    rate = probe.spec.learning_rate
    sgd = probe.spec.optimizer == "sgd"
    optimizer = keras.optimizers.SGD(rate) if sgd else keras.optimizers.Adam(rate)
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = probe.side.loss(model, x, y)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply([tf.convert_to_tensor(one) for one in gradients], model.trainable_variables)
        return loss  # every training loop looks at it; without it a part of the graph is never computed

    x, y = probe.batches.x, probe.batches.y
    placed = cycle(
        (
            tuple(tf.constant(one[i]) for one in x) if isinstance(x, tuple) else tf.constant(x[i]),
            tf.constant(y[i]),
        )
        for i in range(len(y))
    )

    def run(count: int) -> None:
        for batch, labels in islice(placed, count):
            step(batch, labels)

    return run


def bare_torch(probe: Any) -> Callable[[int], None]:
    import torch

    model = probe.side.build(probe.weights, probe.parameters)
    trained = [one for one in model.parameters() if one.requires_grad]
    rate = probe.spec.learning_rate
    sgd = probe.spec.optimizer == "sgd"
    optimizer: Any = (
        torch.optim.SGD(trained, lr=rate) if sgd else torch.optim.Adam(trained, lr=rate, eps=1e-7)
    )
    x, y = probe.batches.x, probe.batches.y
    tensor = torch.from_numpy
    placed = cycle(
        (tuple(tensor(one[i]) for one in x) if isinstance(x, tuple) else tensor(x[i]), tensor(y[i]))
        for i in range(len(y))
    )
    model.train()

    def run(count: int) -> None:
        for batch, labels in islice(placed, count):
            optimizer.zero_grad()
            probe.side.loss(model, batch, labels).backward()
            optimizer.step()

    return run


if __name__ == "__main__":
    result = main(cast(Framework, sys.argv[1]), int(sys.argv[2]))
    print(json.dumps(result))
