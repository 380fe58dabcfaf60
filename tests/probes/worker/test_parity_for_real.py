"""Real training in both frameworks: every probe agrees, and no deliberate difference goes unseen."""

from collections.abc import Mapping
from typing import Any

import pytest
from run_worker import CATALOG, EXAMPLE_CATALOG, PROBES, failures, run_worker

from probes.certificate import certify
from probes.contract import FRAMEWORKS, Framework
from probes.worker.folder import load_spec

pytestmark = pytest.mark.frameworks

DIFFERENCES = ("epsilon", "weight", "order")

Parity = Mapping[str, Any]


@pytest.fixture(scope="module")
def sides() -> dict[Framework, dict[tuple[str, str | None], Parity]]:
    """The parity events of every probe; PyTorch also with every deliberate difference."""
    found: dict[Framework, dict[tuple[str, str | None], Parity]] = {}
    for framework in FRAMEWORKS:
        differences = (None, *DIFFERENCES) if framework == "pytorch" else (None,)
        asked = [(probe, difference) for probe in PROBES for difference in differences]
        tasks = [
            {"kind": "parity", "probe": probe, **({"difference": difference} if difference else {})}
            for probe, difference in asked
        ]
        events = run_worker(framework, tasks)
        assert not failures(events)
        parity = [event for event in events if event["event"] == "parity"]
        found[framework] = dict(zip(asked, parity, strict=True))
    return found


@pytest.mark.parametrize("probe", PROBES)
def test_both_frameworks_compute_the_same(
    probe: str, sides: dict[Framework, dict[tuple[str, str | None], Parity]]
) -> None:
    left, right = (sides[framework][probe, None] for framework in FRAMEWORKS)
    assert left["weights"] == right["weights"]
    assert left["batches"] == right["batches"]
    assert (
        len(left["losses"]["sgd"]) == len(left["losses"]["adam"]) == load_spec(CATALOG / probe).parity_steps
    )
    assert certify(load_spec(CATALOG / probe), {"tensorflow": left, "pytorch": right}).granted


@pytest.mark.parametrize("probe", PROBES)
@pytest.mark.parametrize("difference", DIFFERENCES)
def test_a_deliberate_difference_voids_the_certificate(
    probe: str, difference: str, sides: dict[Framework, dict[tuple[str, str | None], Parity]]
) -> None:
    left, right = sides["tensorflow"][probe, None], sides["pytorch"][probe, difference]
    certificate = certify(load_spec(CATALOG / probe), {"tensorflow": left, "pytorch": right})
    assert not certificate.granted
    assert "differ by more than" in (certificate.reason or "")


@pytest.mark.parametrize("probe", PROBES)
def test_the_weights_are_really_trained(
    probe: str, sides: dict[Framework, dict[tuple[str, str | None], Parity]]
) -> None:
    losses = sides["pytorch"][probe, None]["losses"]
    # Both start from the same loss and part as soon as the optimisers have moved the weights.
    assert losses["sgd"][0] == losses["adam"][0]
    assert losses["sgd"][1:] != losses["adam"][1:]


def test_an_own_probe_that_follows_the_contract_agrees_too() -> None:
    task = {"kind": "parity", "probe": "autoencoder"}
    left, right = (
        next(
            event
            for event in run_worker(framework, [task], catalog=EXAMPLE_CATALOG)
            if event["event"] == "parity"
        )
        for framework in FRAMEWORKS
    )
    spec = load_spec(EXAMPLE_CATALOG / "autoencoder")
    assert certify(spec, {"tensorflow": left, "pytorch": right}).granted
