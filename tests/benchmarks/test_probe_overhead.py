"""Steps per second inside a probe are at least 0.98 of a bare loop in the same framework."""

import json
import subprocess
import sys
from pathlib import Path
from statistics import geometric_mean, stdev

import pytest

from probes.contract import FRAMEWORKS

pytestmark = [pytest.mark.frameworks, pytest.mark.timeout(1800)]

LEAST_SHARE = 0.98
LAUNCHES = 8
SCRIPT = Path(__file__).with_name("bare_loop.py")


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_probe_costs_next_to_nothing(framework: str) -> None:
    launches = [one_launch(framework, launch) for launch in range(LAUNCHES)]
    shares = {probe: [one[probe] for one in launches] for probe in launches[0]}
    found = {probe: geometric_mean(values) for probe, values in shares.items()}
    for probe, values in shares.items():
        print(f"{framework} {probe}: {found[probe]:.4f} (between launches ±{stdev(values):.4f})")
    assert len(found) == 7
    assert all(share >= LEAST_SHARE for share in found.values()), found


def one_launch(framework: str, launch: int) -> dict[str, float]:
    command = [sys.executable, str(SCRIPT), framework, str(launch)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=280)
    return json.loads(done.stdout.splitlines()[-1])
