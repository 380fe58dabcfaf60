"""The device seam on a real CUDA GPU; the fakes of `test_worker_devices.py` stand in where there is none."""

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from run_worker import CATALOG, PROBES, failures, run_worker

from probes.certificate import certify
from probes.contract import FRAMEWORKS, TRACKS, Framework
from probes.machine import accelerator_possible
from probes.worker.folder import load_spec

pytestmark = [
    pytest.mark.frameworks,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        sys.platform == "darwin" or not accelerator_possible(), reason="needs hardware: a CUDA GPU"
    ),
]
VARIANTS = ("eager", "compiled", "channels-last", "tf32", "bfloat16")
HAS_TF32 = ("A", "H", "B", "L", "RTX")  # how the names of cards since 2020 go on after "NVIDIA "


@cache
def devices(framework: Framework) -> dict[str, Mapping[str, Any]]:
    started = run_worker(framework, look=True)[0]
    return {one["kind"]: one for one in started["devices"]}


@pytest.fixture(params=FRAMEWORKS)
def framework(request: pytest.FixtureRequest) -> Framework:
    """A framework that sees the GPU."""
    found: Framework = request.param
    if "cuda" not in devices(found):
        pytest.skip(f"needs hardware: a GPU that {found} sees")
    return found


@pytest.fixture
def both() -> None:
    for framework in FRAMEWORKS:
        if "cuda" not in devices(framework):
            pytest.skip(f"needs hardware: a GPU that {framework} sees")


@cache
def looked(framework: Framework) -> dict[str, Any]:
    script = Path(__file__).with_name("on_device.py")
    done = subprocess.run(
        [sys.executable, str(script), framework, "cuda"], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@cache
def parity(framework: Framework) -> dict[tuple[str, str | None], Mapping[str, Any]]:
    """The parity event of each probe, or what failed in its place."""
    asked = [(probe, None) for probe in PROBES] + [("cnn", "weight"), ("lstm", "epsilon"), ("mlp", "order")]
    tasks = [
        {"kind": "parity", "probe": probe, **({"difference": difference} if difference else {})}
        for probe, difference in asked
    ]
    events = run_worker(framework, tasks, device="cuda", threads=None)
    ended = [event for event in events if event["event"] in ("parity", "task-failed")]
    return dict(zip(asked, ended, strict=True))


def test_the_gpu_has_its_name(framework: Framework) -> None:
    assert devices(framework)["cuda"]["name"].startswith("NVIDIA")


@pytest.mark.parametrize("of", ["matrix-product", "convolution"])
def test_tf32_off_is_float32_and_on_is_not(framework: Framework, of: str) -> None:
    found = looked(framework)
    assert found["tf32-off"]["told"][of] == "off"
    assert found["tf32-on"]["told"][of] == "on"
    assert found["tf32-off"]["errors"][of] < 1e-5
    if not devices(framework)["cuda"]["name"].removeprefix("NVIDIA ").startswith(HAS_TF32):
        pytest.skip("needs hardware: a card with TF32")
    assert found["tf32-on"]["errors"][of] > 1e-4


def test_a_known_allocation_is_seen_in_the_device_peak(framework: Framework) -> None:
    peak = looked(framework)["peak"]
    assert peak["after"] - peak["before"] == pytest.approx(peak["held"], rel=0.05)


def test_running_out_of_device_memory_is_told_and_survived(framework: Framework) -> None:
    found = looked(framework)
    assert found["out-of-memory"] is True, found.get("in-its-words")
    assert found["works-afterwards"]


def test_a_clock_that_does_not_wait_sees_too_little(framework: Framework) -> None:
    events = run_worker(framework, [{"kind": "self-test"}], device="cuda", threads=None)
    found = {event["key"]: event["value"] for event in events if event["event"] == "note"}
    assert not [name for name, one in found.items() if not one["passed"]], found
    assert found["without-synchronisation"]["share-seen"] < 0.9


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("probe", PROBES)
def test_both_frameworks_compute_the_same(probe: str) -> None:
    spec = load_spec(CATALOG / probe)
    sides = {each: parity(each)[probe, None] for each in FRAMEWORKS}
    assert not failures(sides.values())
    certificate = certify(spec, sides)
    assert certificate.granted, (certificate.reason, certificate.worst)


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(("probe", "difference"), [("cnn", "weight"), ("lstm", "epsilon"), ("mlp", "order")])
def test_a_deliberate_difference_voids_the_certificate(probe: str, difference: str) -> None:
    sides = {"tensorflow": parity("tensorflow")[probe, None], "pytorch": parity("pytorch")[probe, difference]}
    assert not certify(load_spec(CATALOG / probe), sides).granted


def test_every_track_and_variant_runs_and_tells_its_device_memory(framework: Framework) -> None:
    asked = [("cnn", track, None) for track in TRACKS] + [("cnn", "matched", each) for each in VARIANTS]
    tasks = [
        {"kind": "time", "probe": probe, "track": track, "variant": variant, "seconds": 0.2, "parameters": {}}
        for probe, track, variant in asked
    ]
    events = run_worker(framework, tasks, device="cuda", threads=None)
    assert not failures(events)
    peaks = [event for event in events if event.get("metric") == "peak-device-memory"]
    assert [(one["probe"], one["track"], one["variant"]) for one in peaks] == asked
    assert all(one["value"] > 0 for one in peaks)
    rows = {
        item: told for event in events if event["event"] == "ledger" for item, told in event["items"].items()
    }
    autotuned = {track: rows[f"{track}.convolution-autotune"] for track in TRACKS}
    # Each with its own defaults as written: PyTorch does not try algorithms unless it is told to.
    own = "on" if framework == "tensorflow" else "off"
    assert autotuned == {"as-written": own, "matched": "on", "tuned": "on"}
