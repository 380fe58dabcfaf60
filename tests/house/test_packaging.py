"""The wheel carries the knowledge base, the texts and the app."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=pytestconfig.rootpath,
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_wheel_carries_every_rule_and_asset(wheel: zipfile.ZipFile, pytestconfig: pytest.Config) -> None:
    inside = set(wheel.namelist())
    root = pytestconfig.rootpath
    wanted = {
        f"advisor/_data/{path.relative_to(root).as_posix()}"
        for folder in ("rules", "assets")
        for path in (root / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted
    assert wanted <= inside


def test_wheel_carries_the_app_and_every_probe(wheel: zipfile.ZipFile, pytestconfig: pytest.Config) -> None:
    inside = set(wheel.namelist())
    probes = {p.parent.name for p in Path(pytestconfig.rootpath / "probes" / "catalog").glob("*/spec.py")}
    assert probes
    sides = ("spec.py", "with_tensorflow.py", "with_torch.py")
    assert {f"probes/catalog/{probe}/{side}" for probe in probes for side in sides} <= inside
    assert "advisor/_data/app.py" in inside
