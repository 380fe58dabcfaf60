"""Runs commands in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from advisor.cli.app import app

ANSWERS = """\
purpose: product
domain: [vision]
targets: [android, ios]
automl: no
one_framework_everywhere: yes
cloud: unknown
python_version: py313
"""


@pytest.fixture
def command() -> Callable[..., Result]:
    """``command("advise", path, "--json")`` runs one command line."""

    def run(*arguments: object, given: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=given)

    return run


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A file with a few valid answers, yes and no unquoted."""
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS, encoding="utf-8")
    return path
