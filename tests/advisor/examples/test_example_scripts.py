"""Every script of assets/examples is run as a reader would run it, and must do what its notes say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.paths import EXAMPLES

SIDES = ("with_tensorflow.py", "with_torch.py")
pytestmark = pytest.mark.frameworks


def run(task: str, side: str) -> dict[str, float]:
    """The numbers of the result line, by name."""
    script = Path(EXAMPLES) / task / side
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=240,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.startswith("result "))
    return {name: float(value) for name, value in re.findall(r"(\w+)=(\S+)", line)}


@pytest.mark.parametrize("side", SIDES)
def test_regression_recovers_the_line(side: str) -> None:
    result = run("regression", side)
    assert result["w"] == pytest.approx(3, abs=0.05)
    assert result["b"] == pytest.approx(1, abs=0.05)
    assert result["last_loss"] < result["first_loss"] / 100


@pytest.mark.parametrize("side", SIDES)
def test_cnn_reads_unseen_digits(side: str) -> None:
    result = run("cnn", side)
    assert result["accuracy"] > 0.9
    assert result["last_loss"] < result["first_loss"] / 5


@pytest.mark.parametrize("side", SIDES)
def test_custom_loop_separates_the_half_circles(side: str) -> None:
    result = run("custom-training-loop", side)
    assert result["accuracy"] > 0.97
    assert result["last_loss"] < result["first_loss"] / 5


@pytest.mark.parametrize("side", SIDES)
def test_saved_and_exported_models_answer_as_the_original(side: str) -> None:
    result = run("save-and-export", side)
    assert result["saved_error"] == 0
    assert result["export_error"] < 1e-5
    assert result["single_error"] < 1e-5
