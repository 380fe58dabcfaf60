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
    return next(iter(results(task, side).values()))


def results(task: str, name: str, *arguments: str) -> dict[str, dict[str, float]]:
    """The numbers of each result line, by the word after ``result``."""
    script = Path(EXAMPLES) / task / name
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(
        [sys.executable, str(script), *arguments],
        capture_output=True,
        text=True,
        timeout=240,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split(maxsplit=2) for line in done.stdout.splitlines() if line.startswith("result ")]
    return {
        word: {key: float(value) for key, value in re.findall(r"(\w+)=(\S+)", " ".join((word, *rest)))}
        for _, word, *rest in lines
    }


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


def test_settings_of_the_guide_stop_short_of_the_line() -> None:
    for side in results("regression", "guide_settings.py", "2").values():
        assert 0 < side["w_min"] <= side["w_max"] < 2.9
        assert side["b_min"] > 1.05


def test_second_softmax_slows_learning_and_lifts_the_loss() -> None:
    found = results("cnn", "double_softmax.py", "1", "2")
    assert found["softmax"]["loss_min"] > 1.461  # log(1 + 9 / e): the least that 10 classes allow
    assert found["softmax"]["last_max"] < found["logits"]["last_min"]
