"""Deliberate differences: exactly what they say, nothing else."""

from types import SimpleNamespace

import numpy as np
import pytest
from fake_seam import FakeSeam

from probes.contract import Batches, ProbeSpec
from probes.worker.folder import Probe
from probes.worker.parity import contribute, disturb


@pytest.fixture
def probe() -> Probe:
    spec = ProbeSpec("p", {}, {}, "training", {}, "cross-entropy", parity_steps=2)
    x = np.arange(6.0).reshape(3, 2)
    weights = {
        "in/kernel": np.ones((2, 2)),
        "out/kernel": np.array([[1.0, -5.0], [2.0, 3.0]]),
        "b": np.ones(2),
    }
    return Probe(spec, SimpleNamespace(), {}, Batches(x, np.arange(3), x), weights, "batches", "weights")


def test_one_weight_of_the_last_matrix_changes_its_sign(probe: Probe) -> None:
    changed = disturb(probe, "weight")
    difference = {name: changed.weights[name] != probe.weights[name] for name in probe.weights}
    assert sum(int(array.sum()) for array in difference.values()) == 1
    assert changed.weights["out/kernel"][0, 1] == 5.0


def test_the_order_of_the_batches_is_turned_with_their_labels(probe: Probe) -> None:
    changed = disturb(probe, "order")
    assert np.array_equal(changed.batches.x, probe.batches.x[::-1])
    assert changed.batches.y.tolist() == [2, 1, 0]


def test_without_a_difference_nothing_changes(probe: Probe) -> None:
    assert disturb(probe, None) is probe


def test_another_epsilon_reaches_adam_alone(probe: Probe) -> None:
    seam = FakeSeam()
    contribute(seam, probe, "epsilon")
    assert "sgd 1e-07" in seam.log
    assert "adam 0.001" in seam.log


def test_the_hashes_do_not_give_a_difference_away(probe: Probe) -> None:
    found = contribute(FakeSeam(), probe, "weight")
    assert (found.weights, found.batches) == ("weights", "batches")
