"""The README's examples run as printed."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def example(name: str) -> str:
    found = re.search(rf"<!-- example: {re.escape(name)} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    assert found, f"README has no example {name}"
    return found[1]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(example("answers.yaml"), encoding="utf-8")
    return path


def advise(*arguments: str) -> dict[str, dict[str, object]]:
    command = [sys.executable, "-m", "advisor", "advise", *arguments, "--json"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=100, cwd=Path(__file__).parents[2], check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, object]] = json.loads(done.stdout)
    return found


def test_library_example_runs(tmp_path: Path) -> None:
    script = tmp_path / "library.py"
    script.write_text(example("library.py"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=100,
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "as of the guide:" in done.stdout


def test_library_example_is_about_twenty_lines() -> None:
    assert len([line for line in example("library.py").splitlines() if line.strip()]) <= 20


def test_own_rule_example_counts(tmp_path: Path, answers: Path) -> None:
    folder = tmp_path / "house-rules"
    folder.mkdir()
    (folder / "internal-platform.yaml").write_text(
        example("house-rules/internal-platform.yaml"), encoding="utf-8"
    )
    without, with_own = advise(str(answers)), advise(str(answers), "--rules", str(folder))
    assert "internal-platform" in [reason["rule"] for reason in with_own["reasons"]]  # type: ignore[index]
    assert with_own["verdict"]["margin_decibans"] > without["verdict"]["margin_decibans"]  # type: ignore[operator]


def test_every_linked_file_exists() -> None:
    linked = re.findall(r"\]\(((?!http)[^)#]+)\)", README)
    assert linked
    assert all((Path(__file__).parents[2] / target).exists() for target in linked)
