"""The notes beside the scripts are complete in both languages, and the scripts stay short."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.paths import EXAMPLES

TASKS = sorted(path.name for path in Path(EXAMPLES).iterdir() if path.is_dir())


def notes(task: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((Path(EXAMPLES) / task / "notes.yaml").read_text("utf-8"))
    return loaded


def texts(task: str) -> Iterator[dict[str, str]]:
    found = notes(task)
    yield from (found["title"], found["shows"], *found["notice"], *found["guide"])


def test_the_four_tasks_are_there() -> None:
    assert TASKS == ["cnn", "custom-training-loop", "regression", "save-and-export"]


@pytest.mark.parametrize("task", TASKS)
def test_id_is_the_folder(task: str) -> None:
    assert notes(task)["id"] == task


@pytest.mark.parametrize("task", TASKS)
def test_numbers_agree_between_the_languages(task: str) -> None:
    for text in texts(task):
        assert text["en"].strip()
        assert sorted(re.findall(r"\d[\d.,]*\d|\d", text["en"])) == sorted(
            re.findall(r"\d[\d.,]*\d|\d", text["ja"])
        )


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("side", ["with_tensorflow.py", "with_torch.py"])
def test_scripts_are_at_most_60_lines(task: str, side: str) -> None:
    assert len((Path(EXAMPLES) / task / side).read_text("utf-8").splitlines()) <= 60
