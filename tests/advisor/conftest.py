"""Knowledge folders for the tests of every room."""

from collections.abc import Callable
from pathlib import Path

import pytest
from folders import QUESTIONS, SCALE, Folder


@pytest.fixture
def new_folder(tmp_path: Path) -> Callable[[str], Folder]:
    """Makes an empty knowledge folder."""

    def make(name: str) -> Folder:
        path = tmp_path / name
        path.mkdir()
        return Folder(path)

    return make


@pytest.fixture
def base(new_folder: Callable[[str], Folder]) -> Folder:
    """A folder with a scale, three questions and two rules."""
    folder = new_folder("rules")
    folder.write("scale.yaml", SCALE)
    folder.write("questions.yaml", QUESTIONS)
    folder.rule("product-first")
    folder.rule(
        "learning-first",
        "{purpose: learning}",
        favours="pytorch",
        theme="learning",
        fires="{purpose: learning}",
        silent="{purpose: product}",
    )
    return folder
