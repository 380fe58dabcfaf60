"""Steps per second inside a probe are at least 0.98 of a bare loop in the same framework."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from probes.contract import FRAMEWORKS

pytestmark = pytest.mark.frameworks

LEAST_SHARE = 0.98
SCRIPT = Path(__file__).with_name("bare_loop.py")


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_probe_costs_next_to_nothing(framework: str) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), framework], capture_output=True, text=True, check=True, timeout=280
    )
    shares = json.loads(done.stdout.splitlines()[-1])
    print({probe: round(share, 4) for probe, share in shares.items()})
    assert len(shares) == 7
    assert all(share >= LEAST_SHARE for share in shares.values()), shares
